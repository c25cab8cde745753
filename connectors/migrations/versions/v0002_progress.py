"""Progress, people, lists, conversations, calendar feeds and the audit log; rows get a key that outlives a new reading.

Revision ID: 0002
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_DOCUMENTS = sa.table("documents", *(sa.column(name) for name in ("id", "record", "access")))
_TASKS = sa.table(
    "tasks", *(sa.column(name) for name in ("document", "ordinal", "section", "number", "record", "task_row")),
    sa.column("late_after", sa.Date()),
)  # fmt: skip
_AGENCIES = sa.table("task_agencies", *map(sa.column, ("document", "ordinal")), sa.column("late_after", sa.Date()))
_DEADLINES = sa.table(
    "deadlines", *(sa.column(name) for name in ("document", "task_row", "position")),
    sa.column("due", sa.Date()), sa.column("tentative", sa.Boolean()),
)  # fmt: skip


def _fill(connection: sa.Connection) -> None:
    """Gives the stored documents who may see them, the tasks their keys, and each day on which they are due a row."""
    for document in connection.execute(sa.select(_DOCUMENTS.c.id, _DOCUMENTS.c.record)).all():
        access = json.loads(document.record).get("access", "public")
        connection.execute(sa.update(_DOCUMENTS).where(_DOCUMENTS.c.id == document.id).values(access=access))
    seen: Counter[tuple[str, str]] = Counter()
    query = sa.select(_TASKS).order_by(_TASKS.c.document, _TASKS.c.ordinal)
    for task in connection.execute(query).all():
        row = f"{task.section or ''}#{task.number}"
        seen[task.document, row] += 1
        times = seen[task.document, row]
        row = row if times == 1 else f"{row}~{times}"
        here = (_TASKS.c.document == task.document) & (_TASKS.c.ordinal == task.ordinal)
        deadline = json.loads(task.record)["deadline"]
        connection.execute(sa.update(_TASKS).where(here).values(task_row=row, late_after=_late_after(deadline)))
        named = (_AGENCIES.c.document == task.document) & (_AGENCIES.c.ordinal == task.ordinal)
        connection.execute(sa.update(_AGENCIES).where(named).values(late_after=_late_after(deadline)))
        if days := _days(task.document, row, deadline):
            connection.execute(sa.insert(_DEADLINES), days)


def _late_after(deadline: dict[str, Any]) -> dt.date | None:
    firm = deadline["kind"] in ("date", "milestones") and not deadline["tentative"] and deadline["due"]
    return dt.date.fromisoformat(deadline["due"]) if firm else None


def _days(document: str, row: str, deadline: dict[str, Any]) -> list[dict[str, Any]]:
    days = [deadline["due"], *(milestone["due"] for milestone in deadline["milestones"])]
    return [
        {
            "document": document,
            "task_row": row,
            "position": i,
            "due": dt.date.fromisoformat(day),
            "tentative": deadline["tentative"],
        }
        for i, day in enumerate(dict.fromkeys(day for day in days if day))
    ]


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_by_person", "audit", ["by", "at"])
    op.create_index("audit_by_time", "audit", ["at"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "link_tries",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=128), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account"),
    )
    op.create_table(
        "lists",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "progress",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("task_row", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_due", sa.Date(), nullable=True),
        sa.Column("assignee", sa.String(length=32), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("undoes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("progress_by_person", "progress", ["by", "id"])
    op.create_index("progress_by_time", "progress", ["document", "at"])
    op.create_index("progress_of_task", "progress", ["document", "task_row", "id"])
    op.create_index("progress_undone", "progress", ["undoes"])
    op.create_table(
        "standings",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("task_row", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_due", sa.Date(), nullable=True),
        sa.Column("assignee", sa.String(length=32), nullable=True),
        sa.Column("entry", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("document", "task_row"),
    )
    op.create_index("standings_by_assignee", "standings", ["assignee"])
    op.create_table(
        "unanswered",
        sa.Column("folded", sa.String(length=64), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("folded"),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("folded"),
    )
    op.create_table(
        "deadlines",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("task_row", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("tentative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "task_row", "position"),
    )
    op.create_index("deadlines_by_day", "deadlines", ["due", "document", "task_row"])
    op.create_table(
        "listed_tasks",
        sa.Column("list", sa.String(length=64), nullable=False),
        sa.Column("ref", sa.String(length=128), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("task_row", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["list"], ["lists.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list", "ref"),
    )
    op.create_index("listed_tasks_of_task", "listed_tasks", ["document", "task_row"])
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit"],
            ["units.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("people_by_name", "people", ["folded"])
    op.create_table(
        "conversations",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=128), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel", "account"),
    )
    op.create_table(
        "feeds",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["unit"],
            ["units.id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_table(
        "identities",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=128), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel", "account"),
    )
    op.create_index("identities_by_person", "identities", ["person"])
    op.create_table(
        "link_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    # SQLite adds it in place: to make the table anew would delete what refers to it.
    op.add_column("documents", sa.Column("access", sa.String(16), nullable=False, server_default="public"))
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(sa.Column("task_row", sa.Text(), nullable=False, server_default=""))
        tasks.add_column(sa.Column("late_after", sa.Date()))
        tasks.add_column(sa.Column("state", sa.String(16)))
    for column in (sa.Column("state", sa.String(16)), sa.Column("late_after", sa.Date())):
        op.add_column("task_agencies", column)
    _fill(op.get_bind())
    with op.batch_alter_table("tasks") as tasks:
        tasks.alter_column("task_row", existing_type=sa.Text(), existing_nullable=False, server_default=None)
    op.create_index("tasks_by_row", "tasks", ["document", "task_row"])
    op.create_index("tasks_late", "tasks", ["late_after", "state", "document", "task_row"])
    op.create_index("tasks_by_state", "tasks", ["state", "late_after"])
    op.create_index("task_agencies_counted", "task_agencies", ["role", "agency", "state", "late_after"])


def downgrade() -> None:
    op.drop_column("documents", "access")
    op.drop_index("task_agencies_counted", table_name="task_agencies")
    for name in ("state", "late_after"):
        op.drop_column("task_agencies", name)
    op.drop_index("tasks_by_state", table_name="tasks")
    op.drop_index("tasks_late", table_name="tasks")
    op.drop_index("tasks_by_row", table_name="tasks")
    with op.batch_alter_table("tasks") as tasks:
        tasks.drop_column("task_row")
        tasks.drop_column("late_after")
        tasks.drop_column("state")
    op.drop_table("link_codes")
    op.drop_index("identities_by_person", table_name="identities")
    op.drop_table("identities")
    op.drop_table("feeds")
    op.drop_table("conversations")
    op.drop_index("people_by_name", table_name="people")
    op.drop_table("people")
    op.drop_index("listed_tasks_of_task", table_name="listed_tasks")
    op.drop_table("listed_tasks")
    op.drop_index("deadlines_by_day", table_name="deadlines")
    op.drop_table("deadlines")
    op.drop_table("units")
    op.drop_table("unanswered")
    op.drop_index("standings_by_assignee", table_name="standings")
    op.drop_table("standings")
    op.drop_index("progress_undone", table_name="progress")
    op.drop_index("progress_of_task", table_name="progress")
    op.drop_index("progress_by_time", table_name="progress")
    op.drop_index("progress_by_person", table_name="progress")
    op.drop_table("progress")
    op.drop_table("lists")
    op.drop_table("link_tries")
    op.drop_table("feedback")
    op.drop_index("audit_by_time", table_name="audit")
    op.drop_index("audit_by_person", table_name="audit")
    op.drop_table("audit")
