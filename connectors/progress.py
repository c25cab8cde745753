"""The progress of tasks: a history that only grows, and beside it how each task stands now.

Both are written in one transaction. The standing of a task is that after its last change that was not taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Table, and_, bindparam, delete, insert, select, text, update

from connectors.audit import add_line
from connectors.engine import StoreError, rows, writing
from connectors.schema import PROGRESS, STANDINGS, TASK_AGENCIES, TASKS
from corpus.people import Channel
from corpus.progress import Change, ChangeKind, Entry, Standing, TaskKey, TaskState
from corpus.records import Record

_CHANGE = ("kind", "state", "percent", "note", "asked_due", "assignee")
_STANDING = tuple(name for name in Standing.model_fields if name != "task")
_AT_ONCE = 1000  # values that one query names
_ALL_TASKS = 7_158_026  # the lock of PostgreSQL that many changes at once take alone, single ones together


class Recorded(Record):
    """A change that was recorded. ``overtaken`` is the last change by then, where the writer did not know of it."""

    entry: Entry
    overtaken: Entry | None = None


class Told(Record):
    """One of many changes. ``seen`` is the last change of the task that the writer knew of (None: of none)."""

    task: TaskKey
    change: Change
    seen: int | None = None


class Bulk(Record):
    """What became of many changes: those recorded, and how the tasks stand whose change was left out, for somebody else
    had changed them since."""

    recorded: tuple[Entry, ...]
    overtaken: tuple[Standing, ...]


class ProgressStore:
    """Changes of tasks and how the tasks stand. All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # Writing

    def record(
        self,
        task: TaskKey,
        change: Change,
        *,
        by: str | None,
        channel: Channel,
        now: dt.datetime,
        seen: int | None,
    ) -> Recorded:
        """Adds a change by a person (id). ``seen`` is the last change that the writer knew of (None: of none).

        Two who change one task at once are both recorded, one after the other; the later one is told of the earlier.
        """
        with writing(self._engine, "progress_not_saved") as connection:
            _take_turn(connection, task)
            before = _standing(connection, task)
            entry = _add(
                connection, Entry(id=0, task=task, change=change, before=before, by=by, channel=channel, at=now)
            )
            _stand(connection, after(entry))
            _log(connection, entry, "progress_recorded")
            unknown = before is not None and before.entry != seen
            return Recorded(entry=entry, overtaken=_entry(connection, before.entry) if before and unknown else None)

    def record_all(self, changes: Sequence[Told], *, by: str | None, channel: Channel, now: dt.datetime) -> Bulk:
        """Adds many changes in one transaction, but none to a task that somebody changed since it was looked at."""
        with writing(self._engine, "progress_not_saved") as connection:
            return record_in(connection, changes, by=by, channel=channel, now=now)

    def undo(self, entry: int, *, by: str | None, channel: Channel, now: dt.datetime) -> Entry:
        """Takes a change back: the task stands as before it. Gives the entry that says so.

        Raises StoreError: "undo_unknown", "undo_done" (taken back already), "undo_overtaken" (a later change stands
        on it).
        """
        with writing(self._engine, "progress_not_saved") as connection:
            undone = _entry(connection, entry)
            if undone is None or undone.change.kind is ChangeKind.UNDONE:
                raise StoreError("undo_unknown")
            _take_turn(connection, undone.task)
            if connection.execute(select(PROGRESS.c.id).where(PROGRESS.c.undoes == entry)).first():
                raise StoreError("undo_done")
            before = _standing(connection, undone.task)
            if before is None or before.entry != entry:
                raise StoreError("undo_overtaken")
            change = Change(kind=ChangeKind.UNDONE)
            fields = {"before": before, "undoes": entry, "by": by, "channel": channel, "at": now}
            added = _add(connection, Entry(id=0, task=undone.task, change=change, **fields))
            _stand_back(connection, undone)
            _log(connection, added, "progress_undone")
            return added

    # Reading

    def standings(self, tasks: Collection[TaskKey]) -> dict[TaskKey, Standing]:
        """How some tasks stand, of those with any change."""
        if not tasks:
            return {}
        documents, names = {task.document for task in tasks}, {task.row for task in tasks}
        query = select(STANDINGS).where(
            STANDINGS.c.document.in_(sorted(documents)), STANDINGS.c.task_row.in_(sorted(names))
        )
        found = {standing.task: standing for standing in map(_read_standing, rows(self._engine, query))}
        return {task: found[task] for task in tasks if task in found}

    def standings_of(self, documents: Collection[str]) -> dict[TaskKey, Standing]:
        """How the tasks of some documents stand, of those with any change."""
        query = select(STANDINGS).where(STANDINGS.c.document.in_(sorted(documents)))
        return {standing.task: standing for standing in map(_read_standing, rows(self._engine, query))}

    def assigned_to(self, person: str) -> list[Standing]:
        """How the tasks stand that were given to a person."""
        query = select(STANDINGS).where(STANDINGS.c.assignee == person)
        return [_read_standing(row) for row in rows(self._engine, query)]

    def history(self, task: TaskKey) -> list[Entry]:
        """All changes of a task, the oldest first."""
        query = select(PROGRESS).where(*_of(PROGRESS, task)).order_by(PROGRESS.c.id)
        return [_read_entry(row) for row in rows(self._engine, query)]

    def entry(self, number: int) -> Entry | None:
        """The change with an id."""
        found = rows(self._engine, select(PROGRESS).where(PROGRESS.c.id == number))
        return _read_entry(found[0]) if found else None

    def entries(self, numbers: Collection[int]) -> dict[int, Entry]:
        """The changes with some ids, by id."""
        found: dict[int, Entry] = {}
        wanted = sorted(set(numbers))
        for start in range(0, len(wanted), _AT_ONCE):
            query = select(PROGRESS).where(PROGRESS.c.id.in_(wanted[start : start + _AT_ONCE]))
            found |= {row.id: _read_entry(row) for row in rows(self._engine, query)}
        return found

    def last_by(self, person: str) -> Entry | None:
        """The last change of a person that was not taken back."""
        later = PROGRESS.alias("later")
        undone = select(later.c.id).where(later.c.undoes == PROGRESS.c.id).exists()
        query = select(PROGRESS).where(PROGRESS.c.by == person, PROGRESS.c.kind != str(ChangeKind.UNDONE), ~undone)
        found = rows(self._engine, query.order_by(PROGRESS.c.id.desc()).limit(1))
        return _read_entry(found[0]) if found else None

    def said_with(self, entry: Entry) -> list[Entry]:
        """The changes that somebody made with the same message, the oldest first, and that change itself."""
        query = select(PROGRESS).where(PROGRESS.c.by == entry.by, PROGRESS.c.at == entry.at).order_by(PROGRESS.c.id)
        return [_read_entry(row) for row in rows(self._engine, query)]

    def between(self, start: dt.datetime, end: dt.datetime, documents: Collection[str]) -> list[Entry]:
        """The changes of some documents from ``start`` to before ``end``, the oldest first."""
        query = select(PROGRESS).where(
            PROGRESS.c.document.in_(sorted(documents)), PROGRESS.c.at >= start, PROGRESS.c.at < end
        )
        query = query.order_by(PROGRESS.c.id)
        return [_read_entry(row) for row in rows(self._engine, query)]


def after(entry: Entry) -> Standing:
    """How a task stands after a change: what the change does not name stays as it was."""
    before, change = entry.before, entry.change
    made = {"task": entry.task, "entry": entry.id, "by": entry.by, "channel": entry.channel, "at": entry.at}
    if change.kind is ChangeKind.ASSIGNED:
        # Who gives a task to somebody says nothing of how far it is: what was said of that stays with who said it.
        kept = before.model_dump(exclude={"entry"}) if before else {"state": TaskState.NOT_STARTED, **made}
        return Standing(**{**kept, "assignee": change.assignee, "entry": entry.id})
    state = change.state or (before.state if before else TaskState.UNDERWAY)
    percent = change.percent
    if percent is None and before and state is before.state:
        percent = before.percent
    asked = change.asked_due if state is TaskState.EXTENSION else None
    assignee = before.assignee if before else None
    return Standing(state=state, percent=percent, note=change.note, asked_due=asked, assignee=assignee, **made)


def record_in(
    connection: Connection, changes: Sequence[Told], *, by: str | None, channel: Channel, now: dt.datetime
) -> Bulk:
    """Adds many changes in a transaction that somebody has begun (``ProgressStore.record_all``); a task comes once."""
    _take_all_turns(connection)
    standings = dict(_standings_among(connection, {told.task.document for told in changes}))
    fresh, overtaken = [], []
    for told in changes:
        before = standings.get(told.task)
        if before is not None and before.entry != told.seen:
            overtaken.append(before)
        else:
            entry = Entry(id=0, task=told.task, change=told.change, before=before, by=by, channel=channel, at=now)
            fresh.append(entry)
    recorded = _add_all(connection, fresh)
    _stand_all(connection, [after(entry) for entry in recorded], standings)
    return Bulk(recorded=tuple(recorded), overtaken=tuple(overtaken))


def _log(connection: Connection, entry: Entry, action: str) -> None:
    """Puts a change into the audit log, without what was said in words and without names."""
    change = entry.change
    details = {"entry": entry.id, "kind": str(change.kind), "state": change.state and str(change.state)}
    details |= {"percent": change.percent, "asked_due": change.asked_due, "undoes": entry.undoes}
    said = {name: value for name, value in details.items() if value is not None}
    about = f"{entry.task.document} {entry.task.row}"
    add_line(connection, action, by=entry.by, channel=entry.channel, now=entry.at, about=about, details=said)


def _take_turn(connection: Connection, task: TaskKey) -> None:
    """Waits for others who change the same task: SQLite has one writer at a time, PostgreSQL many."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock_shared(:all)"), {"all": _ALL_TASKS})
        query = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        connection.execute(query, {"name": f"{task.document}\t{task.row}"})


def _take_all_turns(connection: Connection) -> None:
    """Waits for all who change a task, and lets them wait: a lock per task would be more than a server holds."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:all)"), {"all": _ALL_TASKS})


def _standings_among(connection: Connection, documents: Collection[str]) -> Iterator[tuple[TaskKey, Standing]]:
    for row in connection.execute(select(STANDINGS).where(STANDINGS.c.document.in_(sorted(documents)))):
        standing = _read_standing(row)
        yield standing.task, standing


def _of(table: Table, task: TaskKey) -> tuple[Any, Any]:
    return table.c.document == task.document, table.c.task_row == task.row


def _standing(connection: Connection, task: TaskKey) -> Standing | None:
    row = connection.execute(select(STANDINGS).where(*_of(STANDINGS, task))).first()
    return None if row is None else _read_standing(row)


def _entry(connection: Connection, number: int) -> Entry | None:
    row = connection.execute(select(PROGRESS).where(PROGRESS.c.id == number)).first()
    return None if row is None else _read_entry(row)


def _add(connection: Connection, entry: Entry) -> Entry:
    return _add_all(connection, [entry])[0]


def _add_all(connection: Connection, entries: Sequence[Entry]) -> list[Entry]:
    """Adds changes in their order; gives them with their ids."""
    if not entries:
        return []
    query = insert(PROGRESS).returning(PROGRESS.c.id, sort_by_parameter_order=True)
    numbers = connection.execute(query, [_values(entry) for entry in entries]).scalars().all()
    return [entry.model_copy(update={"id": int(number)}) for entry, number in zip(entries, numbers, strict=True)]


def _values(entry: Entry) -> dict[str, Any]:
    change = entry.change
    return {
        **_place(entry.task),
        **change.model_dump(),
        "kind": str(change.kind),
        "state": None if change.state is None else str(change.state),
        "before": entry.before.model_dump_json() if entry.before else None,
        "undoes": entry.undoes,
        "by": entry.by,
        "channel": str(entry.channel),
        "at": entry.at,
    }


def _stand(connection: Connection, standing: Standing) -> None:
    values = _standing_values(standing)
    changed = connection.execute(update(STANDINGS).where(and_(*_of(STANDINGS, standing.task))).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(STANDINGS), {**_place(standing.task), **values})
    _mark(connection, standing.task, standing.state)


def _mark(connection: Connection, task: TaskKey, state: TaskState | None) -> None:
    """Puts the state beside the task, where it is counted."""
    value = None if state is None else str(state)
    connection.execute(update(TASKS).where(*_of(TASKS, task)).values(state=value))
    rows_of_task = select(TASKS.c.ordinal).where(*_of(TASKS, task))
    named = (TASK_AGENCIES.c.document == task.document, TASK_AGENCIES.c.ordinal.in_(rows_of_task))
    connection.execute(update(TASK_AGENCIES).where(*named).values(state=value))


def _stand_all(connection: Connection, standings: Sequence[Standing], known: Collection[TaskKey]) -> None:
    """Lets tasks stand anew, of which some stand already."""
    gone = [{f"b_{name}": value for name, value in _place(s.task).items()} for s in standings if s.task in known]
    if gone:
        here = and_(STANDINGS.c.document == bindparam("b_document"), STANDINGS.c.task_row == bindparam("b_task_row"))
        connection.execute(delete(STANDINGS).where(here), gone)
    if standings:
        connection.execute(insert(STANDINGS), [{**_place(s.task), **_standing_values(s)} for s in standings])


def _standing_values(standing: Standing) -> dict[str, Any]:
    return standing.model_dump(exclude={"task"}) | {"state": str(standing.state), "channel": str(standing.channel)}


def _stand_back(connection: Connection, undone: Entry) -> None:
    """Lets a task stand as it did before a change."""
    if undone.before is None:
        connection.execute(delete(STANDINGS).where(*_of(STANDINGS, undone.task)))
        _mark(connection, undone.task, None)
    else:
        _stand(connection, undone.before)


def _place(task: TaskKey) -> dict[str, str]:
    return {"document": task.document, "task_row": task.row}


def _read_standing(row: Any) -> Standing:
    fields = {name: getattr(row, name) for name in _STANDING}
    return Standing(task=TaskKey(document=row.document, row=row.task_row), **fields)


def _read_entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        task=TaskKey(document=row.document, row=row.task_row),
        change=Change(**{name: getattr(row, name) for name in _CHANGE}),
        before=Standing.model_validate_json(row.before) if row.before else None,
        undoes=row.undoes,
        by=row.by,
        channel=row.channel,
        at=row.at,
    )
