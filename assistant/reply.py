"""The reply, as every channel and program gets it (DESIGN, "Contract")."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from corpus.due import next_due
from corpus.records import Deadline, Record, Task


class Status(StrEnum):
    ANSWERED = "answered"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    DONE = "done"
    CHAT = "chat"


class MilestoneView(Record):
    text: str
    due: dt.date
    inferred: bool


class DeadlineView(Record):
    """A deadline as programs read it; ``next_due`` counts from the day of the question."""

    text: str
    kind: str
    due: dt.date | None
    next_due: dt.date | None
    tentative: bool
    milestones: tuple[MilestoneView, ...]


class ProgressView(Record):
    """How a task stands, as programs read it: ``state`` as in ``TaskState``, ``percent`` 0 to 100, ``who`` said so (a
    name; None where that is not kept), ``when`` in UTC, ``assignee`` who works on it in the unit (a name)."""

    state: str
    percent: int | None
    note: str
    asked_due: dt.date | None
    assignee: str | None
    who: str | None
    when: dt.datetime
    channel: str


class TaskView(Record):
    """A task as programs read it."""

    document: str
    section: str | None
    number: str
    title: str
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    product: str
    deadline: DeadlineView
    progress: ProgressView | None = None  # None: nothing recorded, or not for the person who asks
    confidence: float


class Citation(Record):
    """A quotation and its place: ``quote == text_of(document)[start:end]``."""

    document: str
    locator: str
    quote: str
    start: int
    end: int


class Choice(Record):
    """An answer that the person may pick; ``say`` is the message that picking it stands for."""

    label: str
    say: str


class Reply(Record):
    """One reply."""

    status: Status
    text: str
    tasks: tuple[TaskView, ...] = ()
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    elapsed_ms: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The reply as plain values for JSON."""
        return self.model_dump(mode="json")


def view_task(task: Task, today: dt.date) -> TaskView:
    """A task record as programs read it on a given day."""
    return TaskView(
        document=task.document,
        section=task.section,
        number=task.number,
        title=task.title,
        lead=tuple(mention.name for mention in task.lead),
        coordinate=tuple(mention.name for mention in task.coordinate),
        product=task.product,
        deadline=_view_deadline(task.deadline, today),
        confidence=task.confidence,
    )


def _view_deadline(deadline: Deadline, today: dt.date) -> DeadlineView:
    return DeadlineView(
        text=deadline.text,
        kind=str(deadline.kind),
        due=deadline.due,
        next_due=next_due(deadline, today),
        tentative=deadline.tentative,
        milestones=tuple(MilestoneView(text=m.text, due=m.due, inferred=m.inferred) for m in deadline.milestones),
    )
