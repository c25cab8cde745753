"""The tables of the task database."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()
META = Table(
    "meta",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", String(255), nullable=False),
)
DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("entry", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("text", Text, nullable=False),
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
TASKS = Table(
    "tasks",
    METADATA,
    Column("document", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("section", String(32)),
    Column("number", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("first_due", Date),
    Column("last_due", Date),
    Column("record", Text, nullable=False),
    Index("tasks_by_number", "number", "document"),
    # All that a filter looks at, so that counting does not read the records, which are long.
    Index("tasks_filtered", "document", "ordinal", "section", "number", "kind", "first_due", "last_due"),
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
    Column("document", String(64), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("agency", String(128), primary_key=True),
    Column("collective", Boolean, nullable=False),
    Index("task_agencies_agency", "agency", "role"),
)
