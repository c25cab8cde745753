"""Task lists of an office's own, as files and other systems hold them: rows as read, what they say, what is wrong.

What a list says is kept apart from what the plans say (``lists_store``) and compared with it (``lists_comparison``).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field

from corpus.errors import CorpusError
from corpus.progress import TaskKey, TaskState
from corpus.records import Record

# What the cells of a row may say; files find their columns by the words of headers (``sheets_columns``).
ROLES = (
    "code", "document", "section", "number", "title", "lead", "coordinate", "product", "deadline", "due", "state",
    "percent", "asked", "assignee", "note", "seen",
)  # fmt: skip
MARK = "mark_"  # before a state: a column whose cell is marked where a task is in that state
MOST_ROWS = 100_000


class ListError(CorpusError):
    """A list that cannot be read or written; ``code`` names the sentence in prompts/."""


class RawRow(Record):
    """A row as it was read: words by role. ``line`` counts from 1, in its sheet; ``ref`` is its name in a system that
    names rows; ``gone`` says that the system no longer holds it."""

    line: int
    cells: dict[str, str]
    sheet: str = ""
    ref: str = ""
    gone: bool = False


class ReadList(Record):
    """A list as read. ``heading`` are the lines above its tables; ``at`` (UTC) is when it was last changed, None where
    nobody knows; ``whole`` says that what is not in it is in the list no longer; ``cursor`` is where the next reading
    goes on."""

    rows: tuple[RawRow, ...]
    heading: tuple[str, ...] = ()
    at: dt.datetime | None = None
    whole: bool = True
    cursor: str | None = None


class Bad(Record):
    """A row that does not go in; ``code`` names the sentence "lists.bad_…"."""

    line: int
    sheet: str
    code: str
    details: dict[str, Any] = Field(default_factory=dict)


class Listed(Record):
    """What a row says of a task. ``task`` is None where no plan holds it; ``said`` are the roles whose cell held words
    or, in a list that the program wrote, stood in the sheet. ``open`` says: not done, and no more than that."""

    ref: str
    line: int
    sheet: str = ""
    task: TaskKey | None
    document: str = ""
    number: str = ""
    title: str = ""
    lead: str = ""
    lead_ids: tuple[str, ...] = ()
    deadline: str = ""
    due: dt.date | None = None
    state: TaskState | None = None
    open: bool = False
    percent: int | None = None
    asked_due: dt.date | None = None
    assignee: str = ""
    note: str = ""
    said: tuple[str, ...] = ()
    seen: int | None = None  # the change after which a sheet of the program's own was written; 0 = before any
    gone: bool = False
