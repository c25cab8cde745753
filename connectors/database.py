"""The task database: documents, passages and tasks, in SQLite or PostgreSQL through SQLAlchemy.

A document's records are replaced in one transaction, which also raises the store's revision; whoever
keeps something derived (the word index) compares revisions and knows when to derive it anew.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    Tuple,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from connectors.engine import StoreError, is_sound, open_engine, rows, writing
from connectors.schema import DEADLINES, DOCUMENTS, DUTIES, META, PASSAGES, READINGS, STANDINGS, TASK_AGENCIES, TASKS
from corpus.due import late_after
from corpus.progress import TaskKey, keyed
from corpus.records import Access, DeadlineKind, Document, Passage, Record, Task

__all__ = ["Received", "Store", "StoreError", "TaskFilter"]

_REVISION, _READER = "revision", "reader"
_INDEXED = 240  # characters
_FIRST_REVISIONS = 2**40
_META = select(META.c.value).where(META.c.name == bindparam("name"))


class TaskFilter(Record):
    """Which tasks are wanted; an empty field does not restrict. Dates are inclusive.

    ``due_from``/``due_to`` keep tasks with a date in the window and all recurring ones, whose days the
    caller compares. ``agencies`` with ``role`` ("lead", "coordinate" or "either") keeps tasks that name
    one of them; ``keys`` those with one of these (document, ordinal).
    """

    documents: tuple[str, ...] | None = None
    section: str | None = None
    number: str | None = None
    agencies: tuple[str, ...] = ()
    role: str = "either"
    kinds: tuple[DeadlineKind, ...] = ()
    due_from: dt.date | None = None
    due_to: dt.date | None = None
    keys: tuple[tuple[str, int], ...] | None = None


class Received(Record):
    """How a document's file was read.

    ``file_hash`` is of its bytes, ``content_hash`` of its folded words (both SHA-256, hexadecimal); ``reader`` is the
    version of the readers; ``record`` what the reader gave beside the text, as JSON.
    """

    file_hash: str
    content_hash: str
    reader: str
    record: str


class Store:
    """Documents, passages and tasks of one office; only the public ones where ``public_only``."""

    def __init__(self, engine: Engine, *, public_only: bool = False) -> None:
        self._engine = engine
        self._seen = (DOCUMENTS.c.access == str(Access.PUBLIC),) if public_only else ()

    def public(self) -> Store:
        """The same store as everybody may see it, to read from."""
        return type(self)(self._engine, public_only=True)

    def holds_internal(self) -> bool:
        """Whether there are documents that not everybody may see."""
        return bool(self._all(select(DOCUMENTS.c.id).where(DOCUMENTS.c.access != str(Access.PUBLIC)).limit(1)))

    @classmethod
    def open(cls, target: Path | SecretStr | None) -> Store:
        """Opens the store in a SQLite file, in PostgreSQL by its URL, or in memory (None). Raises StoreError."""
        return cls(open_engine(target))

    @property
    def engine(self) -> Engine:
        """What the other parts of the task database share with this one."""
        return self._engine

    def close(self) -> None:
        self._engine.dispose()

    # Reading

    def revision(self) -> int:
        """A number that rises with every change of what is stored; 0 where nothing was.

        No two stores have one in common, so what is derived from one is never taken for that of another.
        """
        return int(self._meta(_REVISION) or 0)

    def reader(self) -> str | None:
        """The version of the readers that made the stored records."""
        return self._meta(_READER)

    def documents(self) -> list[Document]:
        """All documents in the order in which they first came."""
        rows = self._all(select(DOCUMENTS.c.record).where(*self._seen).order_by(DOCUMENTS.c.position))
        return [Document.model_validate_json(row.record) for row in rows]

    def fingerprints(self) -> dict[str, str]:
        """By document id, what tells whether a file has changed since it was read."""
        rows = self._all(select(DOCUMENTS.c.id, DOCUMENTS.c.fingerprint))
        return {row.id: row.fingerprint for row in rows}

    def entries(self) -> dict[str, str]:
        """By document id, the manifest entry (JSON) under which it was read."""
        return {row.id: row.entry for row in self._all(select(DOCUMENTS.c.id, DOCUMENTS.c.entry))}

    def read_from(self, document: str) -> tuple[str, str] | None:
        """The fingerprint and the manifest entry of a document, or None where there is no such document."""
        query = select(DOCUMENTS.c.fingerprint, DOCUMENTS.c.entry).where(DOCUMENTS.c.id == document)
        rows = self._all(query)
        return (str(rows[0].fingerprint), str(rows[0].entry)) if rows else None

    def received(self, document: str) -> Received | None:
        """How a document's file was read; None where that is not known."""
        rows = self._all(select(READINGS).where(READINGS.c.document == document))
        return _received(rows[0]) if rows else None

    def alike(self, content_hash: str) -> list[str]:
        """The documents whose words are the same, in the order in which they came."""
        query = select(DOCUMENTS.c.id).join(READINGS, READINGS.c.document == DOCUMENTS.c.id)
        rows = self._all(query.where(READINGS.c.content_hash == content_hash).order_by(DOCUMENTS.c.position))
        return [row.id for row in rows]

    def text_of(self, document: str) -> str | None:
        """The text of a document as received, or None where there is no such document."""
        rows = self._all(select(DOCUMENTS.c.text).where(DOCUMENTS.c.id == document, *self._seen))
        return str(rows[0].text) if rows else None

    def counts(self) -> dict[str, tuple[int, int]]:
        """By document id, how many tasks and how many passages it holds."""
        tasks = self._count_by_document(TASKS)
        passages = self._count_by_document(PASSAGES)
        return {
            row.id: (tasks.get(row.id, 0), passages.get(row.id, 0))
            for row in self._all(select(DOCUMENTS.c.id).where(*self._seen))
        }

    def passages(self, keys: Iterable[tuple[str, int]] | None = None) -> list[Passage]:
        """The passages with the given (document, ordinal) keys, in that order; all where ``keys`` is None."""
        if keys is None:
            query = select(PASSAGES.c.record).where(*self._of_seen(PASSAGES))
            rows = self._all(query.order_by(PASSAGES.c.document, PASSAGES.c.ordinal))
            return [Passage.model_validate_json(row.record) for row in rows]
        return [Passage.model_validate_json(record) for record in self._by_key(PASSAGES, list(keys))]

    def passages_of(self, document: str, roles: Sequence[str] = ()) -> list[Passage]:
        """The passages of a document in order, of the given roles or of all."""
        query = select(PASSAGES.c.record).where(PASSAGES.c.document == document, *self._of_seen(PASSAGES))
        query = query.order_by(PASSAGES.c.ordinal)
        if roles:
            query = query.where(PASSAGES.c.role.in_(roles))
        return [Passage.model_validate_json(row.record) for row in self._all(query)]

    def tasks(self, wanted: TaskFilter | None = None) -> list[Task]:
        """The tasks that a filter keeps, by document in the order of coming, then by row."""
        return [Task.model_validate_json(record) for _, record in self.unread_tasks(wanted)]

    def unread_tasks(self, wanted: TaskFilter | None = None) -> list[tuple[tuple[str, int], str]]:
        """The tasks that ``tasks`` gives, each as its (document, ordinal) and its JSON."""
        query = (
            select(TASKS.c.document, TASKS.c.ordinal, TASKS.c.record)
            .join(DOCUMENTS, DOCUMENTS.c.id == TASKS.c.document)
            .where(_key(TASKS).in_(self._keys(wanted or TaskFilter())), *self._seen)
            .order_by(DOCUMENTS.c.position, TASKS.c.ordinal)
        )
        return [((row.document, row.ordinal), row.record) for row in self._all(query)]

    def keys_of(self, tasks: Sequence[Task]) -> dict[tuple[str, int], tuple[TaskKey, bool]]:
        """By (document, ordinal) the keys of some tasks, and whether anything was reported of them; without those that
        the store no longer holds."""
        wanted = {(task.document, task.ordinal) for task in tasks}
        if not wanted:
            return {}
        columns = (TASKS.c.document, TASKS.c.ordinal, TASKS.c.task_row, TASKS.c.state)
        found = self._all(select(*columns).where(*_among(TASKS, wanted), *self._of_seen(TASKS)))
        rows = {(row.document, row.ordinal): row for row in found}
        return {
            place: (TaskKey(document=place[0], row=rows[place].task_row), rows[place].state is not None)
            for place in wanted & set(rows)
        }

    def tasks_by_row(self, keys: Collection[TaskKey]) -> dict[TaskKey, Task]:
        """By key the tasks that the documents hold now."""
        if not keys:
            return {}
        documents, rows = {key.document for key in keys}, {key.row for key in keys}
        among = (TASKS.c.document.in_(sorted(documents)), TASKS.c.task_row.in_(sorted(rows)), *self._of_seen(TASKS))
        query = select(TASKS.c.document, TASKS.c.task_row, TASKS.c.record).where(*among)
        found = {TaskKey(document=row.document, row=row.task_row): row.record for row in self._all(query)}
        return {key: Task.model_validate_json(found[key]) for key in keys if key in found}

    def duties(self, documents: Collection[str] | None = None) -> list[Task]:
        """The duties that stand in the prose of some documents (None = of all), by document in the order of coming."""
        query = (
            select(DUTIES.c.record)
            .join(DOCUMENTS, DOCUMENTS.c.id == DUTIES.c.document)
            .where(*self._seen)
            .order_by(DOCUMENTS.c.position, DUTIES.c.ordinal)
        )
        if documents is not None:
            query = query.where(DUTIES.c.document.in_(sorted(documents)))
        return [Task.model_validate_json(row.record) for row in self._all(query)]

    def spread(self, wanted: TaskFilter) -> dict[str, int]:
        """By document how many tasks a filter keeps, of those that hold any."""
        keys = self._keys(wanted).subquery()
        rows = self._all(select(keys.c.document, func.count().label("n")).group_by(keys.c.document))
        return {row.document: int(row.n) for row in rows}

    def holds(self, wanted: TaskFilter) -> bool:
        """Whether a filter keeps any task."""
        return bool(self._all(self._keys(wanted).limit(1)))

    def tasks_by_key(self, keys: Iterable[tuple[str, int]]) -> list[Task]:
        """The tasks with the given (document, ordinal) keys, in that order."""
        return [Task.model_validate_json(record) for record in self._by_key(TASKS, list(keys))]

    # Writing

    def replace(
        self,
        document: Document,
        entry: str,
        text: str,
        passages: Sequence[Passage],
        tasks: Sequence[Task],
        received: Received | None = None,
        duties: Sequence[Task] = (),
    ) -> None:
        """Puts a document in the place of the one with its id, in one transaction. Raises StoreError."""
        with writing(self._engine, "store_not_written", document=document.id) as connection:
            position = _forget(connection, document.id)
            connection.execute(insert(DOCUMENTS), _document_row(document, entry, text, position))
            if received is not None:
                connection.execute(insert(READINGS), {"document": document.id, **received.model_dump()})
            keys = list(keyed(tasks))
            _insert(connection, PASSAGES, [_passage_row(p) for p in passages])
            states = _states(connection, document.id)
            _insert(connection, TASKS, [{**_task_row(key, t), "state": states.get(key.row)} for key, t in keys])
            _insert(connection, DEADLINES, [row for key, t in keys for row in _days(key, t)])
            _insert(connection, DUTIES, [_record_row(duty) for duty in duties])
            named = [{**row, "state": states.get(key.row)} for key, t in keys for row in _agency_rows(t)]
            _insert(connection, TASK_AGENCIES, named)
            _raise_revision(connection)

    def remove(self, document: str) -> bool:
        """Removes a document with its records; False where there was none."""
        with writing(self._engine) as connection:
            known = connection.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == document)).first()
            if known is None:
                return False
            _forget(connection, document)
            _raise_revision(connection)
            return True

    def set_reader(self, version: str) -> None:
        """Notes which version of the readers made the stored records."""
        with writing(self._engine) as connection:
            _set_meta(connection, _READER, version)

    def is_sound(self) -> bool:
        """Whether the database passes its own check of consistency."""
        return is_sound(self._engine)

    # Helpers

    def _all(self, query: Any, values: Mapping[str, object] | None = None) -> list[Any]:
        return rows(self._engine, query, values)

    def _of_seen(self, table: Table) -> list[ColumnElement[bool]]:
        """What keeps the rows of the documents that may be seen."""
        return [table.c.document.in_(select(DOCUMENTS.c.id).where(*self._seen))] if self._seen else []

    def _keys(self, wanted: TaskFilter) -> Select[tuple[str, int]]:
        """The keys of the tasks that a filter keeps."""
        kept = [*conditions(wanted), *self._of_seen(TASKS)]
        return select(TASKS.c.document, TASKS.c.ordinal).where(*kept)

    def _meta(self, name: str) -> str | None:
        rows = self._all(_META, {"name": name})
        return str(rows[0].value) if rows else None

    def _count_by_document(self, table: Table) -> dict[str, int]:
        rows = self._all(select(table.c.document, func.count().label("n")).group_by(table.c.document))
        return {row.document: int(row.n) for row in rows}

    def _by_key(self, table: Table, keys: list[tuple[str, int]]) -> Iterator[str]:
        if not keys:
            return
        rows = self._all(
            select(table.c.document, table.c.ordinal, table.c.record).where(*_among(table, keys), *self._of_seen(table))
        )
        records = {(row.document, row.ordinal): row.record for row in rows}
        yield from (records[key] for key in keys if key in records)


def _short(words: str | None) -> str | None:
    """Words as an index of PostgreSQL can hold them; what is longer was read from no sound table."""
    return words if words is None else words[:_INDEXED]


def _key(table: Table) -> Tuple:
    return tuple_(table.c.document, table.c.ordinal)


def _among(table: Table, keys: Collection[tuple[str, int]]) -> list[ColumnElement[bool]]:
    """What keeps the rows with some keys, and a few more: SQLite goes over all rows for a list of pairs."""
    documents, ordinals = {document for document, _ in keys}, {ordinal for _, ordinal in keys}
    return [table.c.document.in_(sorted(documents)), table.c.ordinal.in_(sorted(ordinals))]


def conditions(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    """What keeps the rows of TASKS that a filter keeps."""
    found: list[ColumnElement[bool]] = []
    if wanted.keys is not None:
        found += [*_among(TASKS, wanted.keys), _key(TASKS).in_(wanted.keys)]
    if wanted.documents is not None:
        found.append(TASKS.c.document.in_(wanted.documents))
    if wanted.section is not None:
        found.append(TASKS.c.section == _short(wanted.section))
    if wanted.number is not None:
        found.append(TASKS.c.number == _short(wanted.number))
    if wanted.kinds:
        found.append(TASKS.c.kind.in_([str(kind) for kind in wanted.kinds]))
    if wanted.agencies:
        found.append(_names_agency(wanted))
    if wanted.due_from or wanted.due_to:
        found.append(_in_window(wanted))
    return found


def _names_agency(wanted: TaskFilter) -> ColumnElement[bool]:
    query = select(TASK_AGENCIES.c.document, TASK_AGENCIES.c.ordinal).where(
        TASK_AGENCIES.c.agency.in_([_short(agency) for agency in wanted.agencies])
    )
    if wanted.role != "either":
        query = query.where(TASK_AGENCIES.c.role == wanted.role)
    if wanted.documents is not None:
        query = query.where(TASK_AGENCIES.c.document.in_(wanted.documents))
    return _key(TASKS).in_(query)


def _in_window(wanted: TaskFilter) -> ColumnElement[bool]:
    bounds: list[ColumnElement[bool]] = [TASKS.c.last_due.is_not(None)]
    if wanted.due_from:
        bounds.append(TASKS.c.last_due >= wanted.due_from)
    if wanted.due_to:
        bounds.append(TASKS.c.first_due <= wanted.due_to)
    return or_(and_(*bounds), TASKS.c.kind == str(DeadlineKind.RECURRING))


def _forget(connection: Connection, document: str) -> int:
    """Deletes a document's rows; gives its position, or the next free one."""
    found = connection.execute(select(DOCUMENTS.c.position).where(DOCUMENTS.c.id == document)).first()
    for table in (TASK_AGENCIES, DEADLINES, TASKS, DUTIES, PASSAGES, READINGS):
        connection.execute(delete(table).where(table.c.document == document))
    connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id == document))
    if found is not None:
        return int(found.position)
    return int(connection.execute(select(func.coalesce(func.max(DOCUMENTS.c.position), -1))).scalar_one()) + 1


def _states(connection: Connection, document: str) -> dict[str, str]:
    """By row how the tasks of a document stand, where that is recorded."""
    query = select(STANDINGS.c.task_row, STANDINGS.c.state).where(STANDINGS.c.document == document)
    return {row.task_row: row.state for row in connection.execute(query)}


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _raise_revision(connection: Connection) -> None:
    row = connection.execute(select(META.c.value).where(META.c.name == _REVISION)).first()
    _set_meta(connection, _REVISION, str(int(row.value) + 1 if row else _first_revision()))


def _first_revision() -> int:
    """Where a store begins to count, which is nowhere near another one."""
    return 1 + secrets.randbelow(_FIRST_REVISIONS)


def renew_revision(connection: Connection) -> None:
    """Begins to count anew, for contents that came from elsewhere."""
    _set_meta(connection, _REVISION, str(_first_revision()))


def _set_meta(connection: Connection, name: str, value: str) -> None:
    changed = connection.execute(update(META).where(META.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(META), {"name": name, "value": value})


def _received(row: Any) -> Received:
    return Received.model_validate({name: getattr(row, name) for name in Received.model_fields})


def _document_row(document: Document, entry: str, text: str, position: int) -> dict[str, Any]:
    return {
        "id": document.id,
        "position": position,
        "fingerprint": document.sha256,
        "entry": entry,
        "record": document.model_dump_json(),
        "text": text,
        "access": str(document.access),
    }


def _passage_row(passage: Passage) -> dict[str, Any]:
    return {
        "document": passage.document,
        "ordinal": passage.ordinal,
        "role": passage.role,
        "record": passage.model_dump_json(),
    }


def _record_row(task: Task) -> dict[str, Any]:
    return {"document": task.document, "ordinal": task.ordinal, "record": task.model_dump_json()}


def _due_days(task: Task) -> list[dt.date]:
    said = (task.deadline, *task.deadline.parts)
    days = (day for one in said for day in (one.due, *(milestone.due for milestone in one.milestones)))
    return list(dict.fromkeys(day for day in days if day is not None))


def _days(key: TaskKey, task: Task) -> Iterator[dict[str, Any]]:
    for position, due in enumerate(_due_days(task)):
        place = {"document": key.document, "task_row": key.row, "position": position}
        yield {**place, "due": due, "tentative": task.deadline.tentative}


def _task_row(key: TaskKey, task: Task) -> dict[str, Any]:
    dates = _due_days(task)
    return {
        "task_row": key.row,
        "late_after": late_after(task.deadline),
        "document": task.document,
        "ordinal": task.ordinal,
        "section": _short(task.section),
        "number": _short(task.number),
        "kind": str(task.deadline.kind),
        "first_due": min(dates, default=None),
        "last_due": max(dates, default=None),
        "record": task.model_dump_json(),
    }


def _agency_rows(task: Task) -> Iterator[dict[str, Any]]:
    for role, mentions in (("lead", task.lead), ("coordinate", task.coordinate)):
        seen: set[str] = set()
        for mention in mentions:
            if (agency := mention.agency_id[:_INDEXED]) not in seen:
                seen.add(agency)
                yield {
                    "document": task.document,
                    "ordinal": task.ordinal,
                    "role": role,
                    "agency": agency,
                    "collective": mention.collective,
                    "late_after": late_after(task.deadline),
                }
