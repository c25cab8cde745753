"""The audit log: every change, and every reading of what is internal; it only grows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Engine, insert, select

from connectors.engine import rows, writing
from connectors.schema import AUDIT
from corpus.people import Channel
from corpus.records import Record


class Note(Record):
    """One line of the log. ``by`` is the id of a person, None for an unknown account or the machine's own terminal;
    ``about`` names what was changed or read; no message and no name of a person stands in ``details``."""

    id: int
    at: dt.datetime
    by: str | None
    channel: Channel
    action: str
    about: str
    details: dict[str, Any] = Field(default_factory=dict)


class AuditLog:
    """All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(
        self,
        action: str,
        *,
        by: str | None,
        channel: Channel,
        now: dt.datetime,
        about: str = "",
        details: Mapping[str, object] | None = None,
    ) -> None:
        """Adds a line."""
        with writing(self._engine, "audit_not_written") as connection:
            add_line(connection, action, by=by, channel=channel, now=now, about=about, details=details)

    def lines(
        self, *, since: dt.datetime | None = None, by: str | None = None, action: str | None = None, most: int = 200
    ) -> list[Note]:
        """The last lines, the newest first."""
        query = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(most)
        if since is not None:
            query = query.where(AUDIT.c.at >= since)
        if by is not None:
            query = query.where(AUDIT.c.by == by)
        if action is not None:
            query = query.where(AUDIT.c.action == action)
        return [_read(row) for row in rows(self._engine, query)]


def add_line(
    connection: Connection,
    action: str,
    *,
    by: str | None,
    channel: Channel,
    now: dt.datetime,
    about: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    """Adds a line in the transaction of the change that it tells of: neither is kept without the other."""
    written = json.dumps(details or {}, ensure_ascii=False, default=str)
    values = {"at": now, "by": by, "channel": str(channel), "action": action, "about": about, "details": written}
    connection.execute(insert(AUDIT), values)


def _read(row: Any) -> Note:
    fields = {name: getattr(row, name) for name in ("id", "at", "by", "channel", "action", "about")}
    return Note(**fields, details=json.loads(row.details))
