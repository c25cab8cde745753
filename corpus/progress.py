"""What was done about a task: changes as they were said, and how a task stands after them.

Changes are only ever added. A change that is taken back stays and is followed by one that undoes it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from pydantic import Field

from corpus.people import Channel
from corpus.records import Record, Task

_MOST = 100  # characters of a section or a number; longer ones were read from no sound table
_TIMES = re.compile(r"~(\d+)$")


class TaskKey(Record):
    """Names a row so that it is the same after its document was read again.

    ``row`` is the section and the number as the table writes them ("II#3", "#18"), with "~2" after the second row of
    one section and number.
    """

    document: str
    row: str

    @property
    def section(self) -> str | None:
        return self.row.rpartition("#")[0] or None

    @property
    def number(self) -> str:
        return _TIMES.sub("", self.row.rpartition("#")[2])


def keyed(tasks: Iterable[Task]) -> Iterator[tuple[TaskKey, Task]]:
    """The tasks of one or more documents with their keys; those of a document are given in their order, all of them."""
    seen: Counter[tuple[str, str]] = Counter()
    for task in tasks:
        row = f"{(task.section or '')[:_MOST]}#{task.number[:_MOST]}"
        seen[task.document, row] += 1
        times = seen[task.document, row]
        yield TaskKey(document=task.document, row=row if times == 1 else f"{row}~{times}"), task


class TaskState(StrEnum):
    NOT_STARTED = "not_started"
    UNDERWAY = "underway"
    DONE = "done"
    EXTENSION = "extension"  # more time is asked for
    STOPPED = "stopped"


class ChangeKind(StrEnum):
    STATE = "state"  # state, percent, note, asked_due
    ASSIGNED = "assigned"  # to whom in the unit
    UNDONE = "undone"  # an earlier change is taken back


class Change(Record):
    """What somebody says of a task. ``percent`` is 0 to 100; ``asked_due`` the day that more time is asked until;
    ``assignee`` the id of a person."""

    kind: ChangeKind = ChangeKind.STATE
    state: TaskState | None = None
    percent: int | None = Field(default=None, ge=0, le=100)
    note: str = Field(default="", max_length=2000)
    asked_due: dt.date | None = None
    assignee: str | None = None


class Standing(Record):
    """How a task stands. ``entry`` is the id of the change that made it so; ``at`` is UTC, ``by`` the id of a person
    (None: somebody whose data were erased, or a list of the office)."""

    task: TaskKey
    state: TaskState
    percent: int | None = None
    note: str = ""
    asked_due: dt.date | None = None
    assignee: str | None = None
    entry: int
    by: str | None = None
    channel: Channel
    at: dt.datetime


class Entry(Record):
    """One change in the history of a task. ``before`` is how the task stood until then (None: nothing was recorded);
    ``undoes`` the id of the change that this one takes back."""

    id: int
    task: TaskKey
    change: Change
    before: Standing | None = None
    undoes: int | None = None
    by: str | None = None
    channel: Channel
    at: dt.datetime
