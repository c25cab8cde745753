"""What outside lists say of tasks, as last read: kept apart from the plans; written in one transaction with the
progress that comes of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from connectors.engine import rows, writing
from connectors.lists import Listed
from connectors.progress import Bulk, Told, record_in
from connectors.schema import AUDIT, LISTED_TASKS, LISTS
from corpus.people import Channel
from corpus.progress import TaskKey
from corpus.records import Record

_AT_ONCE = 1000
_INDEXED = 240  # characters of a text that an index holds


class Kept(Record):
    """A row as it was kept. ``changed_at`` (UTC) is when it last said anything new."""

    list: str
    row: Listed
    changed_at: dt.datetime
    gone_at: dt.datetime | None = None


class ListInfo(Record):
    """A list that was read: its kind, where the next reading goes on, when it was read (UTC)."""

    id: str
    kind: str
    cursor: str | None
    read_at: dt.datetime


class ListStore:
    """The lists of an office. All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def lists(self) -> list[ListInfo]:
        return [ListInfo(**row._mapping) for row in rows(self._engine, select(LISTS).order_by(LISTS.c.id))]

    def cursor(self, name: str) -> str | None:
        """Where the next reading of a list goes on."""
        found = rows(self._engine, select(LISTS.c.cursor).where(LISTS.c.id == name))
        return found[0].cursor if found else None

    def kept(self, name: str | None = None) -> list[Kept]:
        """What a list, or all of them, said when last read, with what is in it no longer."""
        query = select(LISTED_TASKS).order_by(LISTED_TASKS.c.list, LISTED_TASKS.c.ref)
        return [
            _read(row)
            for row in rows(self._engine, query if name is None else query.where(LISTED_TASKS.c.list == name))
        ]

    def kept_of(self, tasks: Collection[TaskKey]) -> list[Kept]:
        """What all lists say now of some tasks."""
        found: list[Kept] = []
        wanted = sorted(tasks, key=lambda task: (task.document, task.row))
        for start in range(0, len(wanted), _AT_ONCE):
            part = set(wanted[start : start + _AT_ONCE])
            query = select(LISTED_TASKS).where(
                LISTED_TASKS.c.document.in_({task.document for task in part}),
                LISTED_TASKS.c.task_row.in_({task.row for task in part}),
                LISTED_TASKS.c.gone_at.is_(None),
            )
            found += [kept for row in rows(self._engine, query) if (kept := _read(row)).row.task in part]
        return found

    def write(
        self,
        info: ListInfo,
        listed: Sequence[Listed],
        changes: Sequence[Told],
        *,
        whole: bool,
        by: str | None,
        now: dt.datetime,
    ) -> Bulk:
        """Keeps what a list says and records the changes that come of it: both as a whole or not at all.

        Where the list was read as a whole, rows that are not in it are gone from it.
        """
        with writing(self._engine, "list_not_saved") as connection:
            bulk = record_in(connection, changes, by=by, channel=Channel.LIST, now=now)
            _put_info(connection, info)
            _put_rows(connection, info.id, listed, whole=whole, now=now)
            details = {"rows": len(listed), "changes": len(bulk.recorded), "conflicts": len(bulk.overtaken)}
            _note(connection, info.id, details, by, now)
            return bulk


def _put_info(connection: Connection, info: ListInfo) -> None:
    values = info.model_dump(exclude={"id"})
    if connection.execute(update(LISTS).where(LISTS.c.id == info.id).values(values)).rowcount == 0:
        connection.execute(insert(LISTS), {"id": info.id, **values})


def _put_rows(connection: Connection, name: str, listed: Sequence[Listed], *, whole: bool, now: dt.datetime) -> None:
    query = select(LISTED_TASKS.c.ref, LISTED_TASKS.c.record, LISTED_TASKS.c.gone_at).where(LISTED_TASKS.c.list == name)
    before = {row.ref: row for row in connection.execute(query)}
    fresh, changed = [], []
    for row in {row.ref: row for row in listed}.values():
        values = _values(name, row, now)
        known = before.get(row.ref)
        if known is None:
            fresh.append(values)
        elif _without_place(known.record) != _without_place(values["record"]) or known.gone_at or row.gone:
            changed.append(values)
    here = {row.ref for row in listed}
    gone = [ref for ref, row in before.items() if whole and ref not in here and row.gone_at is None]
    if fresh:
        connection.execute(insert(LISTED_TASKS), fresh)
    at = (LISTED_TASKS.c.list == name) & (LISTED_TASKS.c.ref == bindparam("b_ref"))
    if changed:
        named = [name for name in changed[0] if name not in ("list", "ref")]
        anew = update(LISTED_TASKS).where(at).values({name: bindparam(name) for name in named})
        connection.execute(anew, [{**values, "b_ref": values["ref"]} for values in changed])
    if gone:
        connection.execute(update(LISTED_TASKS).where(at).values(gone_at=now), [{"b_ref": ref} for ref in gone])


def _values(name: str, row: Listed, now: dt.datetime) -> dict[str, Any]:
    return {
        "list": name,
        "ref": row.ref,
        "document": row.task.document if row.task else None,
        "task_row": row.task.row if row.task else None,
        "number": row.number[:_INDEXED],
        "title": row.title,
        "lead": row.lead,
        "due": row.due,
        "state": None if row.state is None else str(row.state),
        "percent": row.percent,
        "note": row.note,
        "record": row.model_dump_json(),
        "changed_at": now,
        "gone_at": now if row.gone else None,
    }


def _without_place(record: str) -> dict[str, Any]:
    """What a row says, wherever in its sheet it stands."""
    return {name: value for name, value in json.loads(record).items() if name not in ("line", "sheet", "seen", "said")}


def _read(row: Any) -> Kept:
    listed = Listed.model_validate_json(row.record)
    return Kept(list=row.list, row=listed, changed_at=row.changed_at, gone_at=row.gone_at)


def _note(connection: Connection, name: str, details: dict[str, int], by: str | None, now: dt.datetime) -> None:
    """The line of the audit log, kept or not together with what it tells of."""
    values = {"at": now, "by": by, "channel": str(Channel.LIST), "action": "list_imported", "about": name}
    connection.execute(insert(AUDIT), {**values, "details": json.dumps(details)})
