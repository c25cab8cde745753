"""The tables of the task database, for SQLite and PostgreSQL alike. migrations/ says how they came to be."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class UtcTime(TypeDecorator[dt.datetime]):
    """An aware moment; kept in UTC. A naive one is a fault of the caller."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its time zone")
        value = value.astimezone(dt.UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        moment: dt.datetime = value
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


METADATA = MetaData()
_NUMBERED = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in INTEGER columns

META = Table(
    "meta",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", String(255), nullable=False),
)

# What was read from documents: replaced as a whole when a document is read again.

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("entry", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("access", String(16), nullable=False),
)
# How a document's file was read, so that it need not be read again: scans take long, and files may be gone.
READINGS = Table(
    "readings",
    METADATA,
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("file_hash", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("reader", String(16), nullable=False),
    Column("record", Text, nullable=False),
    Index("readings_by_content", "content_hash"),
)
PASSAGES = Table(
    "passages",
    METADATA,
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("role", String(16), nullable=False),
    Column("record", Text, nullable=False),
)
# ``task_row`` is the task's key in its document (corpus.progress.TaskKey): what outlives a new reading refers to it.
# ``late_after`` is the day after which the task is overdue, empty where it has no firm day. ``state`` is that of
# STANDINGS, kept beside what it is counted with: a count over all tasks joins nothing.
TASKS = Table(
    "tasks",
    METADATA,
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("section", Text),
    Column("number", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("first_due", Date),
    Column("last_due", Date),
    Column("record", Text, nullable=False),
    Column("task_row", Text, nullable=False),
    Column("late_after", Date),
    Column("state", String(16)),
    Index("tasks_by_number", "number", "document"),
    # All that a filter looks at, so that counting does not read the records, which are long.
    Index("tasks_filtered", "document", "ordinal", "section", "number", "kind", "first_due", "last_due"),
    Index("tasks_by_row", "document", "task_row"),
    Index("tasks_late", "late_after", "state", "document", "task_row"),
    Index("tasks_by_state", "state", "late_after"),
)
# Duties that stand in prose, apart from the rows of tables: a plan of 19 tasks has 19, however many duties it names.
DUTIES = Table(
    "duties",
    METADATA,
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("record", Text, nullable=False),
)
TASK_AGENCIES = Table(
    "task_agencies",
    METADATA,
    Column("document", Text, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("agency", Text, primary_key=True),
    Column("collective", Boolean, nullable=False),
    Column("state", String(16)),  # of the task, as its last day
    Column("late_after", Date),
    Index("task_agencies_agency", "agency", "role"),
    Index("task_agencies_counted", "role", "agency", "state", "late_after"),
)
# Every day on which a task is due, for who asks by days: one for a date, one for each milestone.
DEADLINES = Table(
    "deadlines",
    METADATA,
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("task_row", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("due", Date, nullable=False),
    Column("tentative", Boolean, nullable=False),
    Index("deadlines_by_day", "due", "document", "task_row"),
)

# The people of the office.

UNITS = Table(
    "units",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),
)
PEOPLE = Table(
    "people",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("unit", ForeignKey("units.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("disabled_at", UtcTime),
    Index("people_by_name", "folded"),
)
IDENTITIES = Table(
    "identities",
    METADATA,
    Column("channel", String(16), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("linked_at", UtcTime, nullable=False),
    Index("identities_by_person", "person"),
)
LINK_CODES = Table(
    "link_codes",
    METADATA,
    Column("code_hash", String(64), primary_key=True),
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)
# Wrong codes per account, so that they cannot be tried through.
LINK_TRIES = Table(
    "link_tries",
    METADATA,
    Column("channel", String(16), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)

# What was done. ``progress`` only grows; ``standings`` holds how each task stands after its last change.

PROGRESS = Table(
    "progress",
    METADATA,
    Column("id", _NUMBERED, primary_key=True, autoincrement=True),
    Column("document", Text, nullable=False),
    Column("task_row", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16)),
    Column("percent", Integer),
    Column("note", Text, nullable=False),
    Column("asked_due", Date),
    Column("assignee", String(32)),
    Column("before", Text),
    Column("undoes", _NUMBERED),
    Column("by", String(32)),
    Column("channel", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("progress_of_task", "document", "task_row", "id"),
    Index("progress_by_person", "by", "id"),
    Index("progress_by_time", "document", "at"),
    Index("progress_undone", "undoes"),
    sqlite_autoincrement=True,
)
STANDINGS = Table(
    "standings",
    METADATA,
    Column("document", Text, primary_key=True),
    Column("task_row", Text, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("percent", Integer),
    Column("note", Text, nullable=False),
    Column("asked_due", Date),
    Column("assignee", String(32)),
    Column("entry", _NUMBERED, nullable=False),
    Column("by", String(32)),
    Column("channel", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("standings_by_assignee", "assignee"),
)

# What an office's own lists say of tasks, kept apart from what the plans say.

LISTS = Table(
    "lists",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("cursor", Text),
    Column("read_at", UtcTime, nullable=False),
)
LISTED_TASKS = Table(
    "listed_tasks",
    METADATA,
    Column("list", ForeignKey("lists.id", ondelete="CASCADE"), primary_key=True),
    Column("ref", String(128), primary_key=True),
    Column("document", Text),
    Column("task_row", Text),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("due", Date),
    Column("state", String(16)),
    Column("percent", Integer),
    Column("note", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("gone_at", UtcTime),
    Index("listed_tasks_of_task", "document", "task_row"),
)

# Conversations and what is learned from them.

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("channel", String(16), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("person", ForeignKey("people.id", ondelete="CASCADE")),
    Column("state", Text, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", _NUMBERED, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("person", String(32)),
    Column("channel", String(16), nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("question", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("note", Text, nullable=False),
)
UNANSWERED = Table(
    "unanswered",
    METADATA,
    Column("folded", String(64), primary_key=True),
    Column("question", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)

# Calendar feeds, and the log of every change and of every reading of what is internal.

FEEDS = Table(
    "feeds",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("person", ForeignKey("people.id", ondelete="CASCADE")),
    Column("unit", ForeignKey("units.id")),
    Column("made_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
)
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", _NUMBERED, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("by", String(32)),
    Column("channel", String(16), nullable=False),
    Column("action", String(32), nullable=False),
    Column("about", Text, nullable=False),
    Column("details", Text, nullable=False),
    Index("audit_by_time", "at"),
    Index("audit_by_person", "by", "at"),
    sqlite_autoincrement=True,
)
