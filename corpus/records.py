"""The records that every room speaks in: documents, passages, tasks, deadlines and agencies.

Ranges are half-open ``[start, end)`` character offsets into the text of the document as received
(``troly text DOCUMENT`` prints it), so ``text[start:end]`` is a quotation by construction.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

# Kinds of documents that are issued with a decision or a plan, folded.
ATTACHED_KINDS = frozenset(
    {
        "quy che",
        "quy dinh",
        "ke hoach",
        "phuong an",
        "de an",
        "noi quy",
        "dieu le",
        "chuong trinh",
        "huong dan",
        "danh muc",
    }
)


class Record(BaseModel):
    """A value that does not change once made; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A range of characters ``[start, end)`` in a document's text."""

    start: int
    end: int


class Access(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"


class Quality(StrEnum):
    CLEAN = "clean"
    OCR = "ocr"


class DeadlineKind(StrEnum):
    DATE = "date"
    MILESTONES = "milestones"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    ON_EVENT = "on_event"
    UNREADABLE = "unreadable"


class Origin(StrEnum):
    """Where a task was read: a row of a table, a sentence of prose, or a transcription that a person made."""

    TABLE = "table"
    PROSE = "prose"
    REVIEW = "review"


class Milestone(Record):
    """One of several dates in a deadline. ``inferred`` says that the year was not written beside it."""

    text: str
    due: dt.date
    inferred: bool = False


class Recurrence(Record):
    """The days of the year on which a recurring deadline falls.

    ``days`` are (month, day) pairs in the order of the year. ``weekday`` (0 = Monday) is set instead
    for a weekly one. A day past the end of its month means that month's last day.
    """

    days: tuple[tuple[int, int], ...] = ()
    weekday: int | None = None


class Deadline(Record):
    """When a task is due, beside the words that say so.

    ``due`` is the last day on which the work is still on time. ``tentative`` marks a date that waits
    for an event ("dự kiến"): it may be reminded of, never called overdue. ``offset_days`` counts from
    the event, excluding its day (Civil Code 2015 art. 147); ``working_days`` says that only working
    days count. ``window_start`` is the first day of a period. ``parts`` holds the pieces of a cell
    that says more than one thing, each with ``applies_to`` where the cell says to what.
    """

    text: str
    kind: DeadlineKind
    due: dt.date | None = None
    window_start: dt.date | None = None
    milestones: tuple[Milestone, ...] = ()
    recurrence: Recurrence | None = None
    tentative: bool = False
    event: str | None = None
    offset_days: int | None = None
    working_days: bool = False
    applies_to: str | None = None
    parts: tuple[Deadline, ...] = ()


class AgencyLevel(StrEnum):
    CENTRAL = "central"
    CITY = "city"
    WARD = "ward"
    OTHER = "other"


class Agency(Record):
    """A body that leads or coordinates; a collective stands for all its members."""

    id: str
    name: str
    level: AgencyLevel = AgencyLevel.OTHER
    collective: bool = False
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    includes: tuple[str, ...] = ()


class AgencyMention(Record):
    """An agency as a cell names it: ``text`` as written, ``agency_id`` where it was recognised."""

    text: str
    name: str
    agency_id: str
    collective: bool = False
    score: float = 100.0


class Basis(Record):
    """A document that another one names as its ground: its designation and where that stands."""

    text: str
    span: Span


class RelationKind(StrEnum):
    """What a document does to another one; abolishing counts as replacing. EXPIRES speaks of the document itself."""

    ATTACHED = "attached"
    AMENDS = "amends"
    REPLACES = "replaces"
    EXPIRES = "expires"


class Relation(Record):
    """That a document is attached to, amends or replaces another one, and where it says so.

    ``number`` is the other one's, folded and without spaces; ``text`` its designation as written. A document that says
    until when it holds itself has a relation without a number; ``until`` is that day.
    """

    kind: RelationKind
    number: str
    text: str
    span: Span
    until: dt.date | None = None


class Document(Record):
    """A plan, annex or regulation. ``None`` means that the text itself does not say.

    ``pages`` counts its pages; 0 where the file has none.
    """

    id: str
    file: str
    kind: str | None = None
    number: str | None = None
    issuer: str | None = None
    date: dt.date | None = None
    title: str | None = None
    signer: str | None = None
    annex_of: str | None = None
    access: Access = Access.PUBLIC
    quality: Quality = Quality.CLEAN
    sha256: str = ""
    declared_tasks: int | None = None
    based_on: tuple[Basis, ...] = ()
    relations: tuple[Relation, ...] = ()
    marks: dict[str, Span] = Field(default_factory=dict)
    pages: int = 0


class Passage(Record):
    """A piece of prose that ends with a sentence, with its place in the outline.

    ``path`` is such as "II.4.a", empty before the first heading; ``headings`` are the titles above
    it, outermost first; ``text`` is clean (NFC, no mark-up), while ``span`` gives the words as received. ``page`` is
    the one on which it begins, counted from 1; None where the file has no pages.
    """

    document: str
    ordinal: int
    path: str
    headings: tuple[str, ...]
    text: str
    span: Span
    role: str = "body"
    page: int | None = None


class Task(Record):
    """One row of an assignment table, or a duty that stands in prose.

    ``certainty`` says by field ("number", "title", "lead", "coordinate", "leader", "product", "deadline") how
    certain its reading is, from 0 to 1; a field that is not named was read without doubt. ``confidence`` is the lowest.
    ``page`` is the one on which its row begins, counted from 1; None where the file has no pages.
    """

    document: str
    ordinal: int
    table: str
    section: str | None
    section_title: str | None
    number: str
    title: str
    lead: tuple[AgencyMention, ...] = ()
    coordinate: tuple[AgencyMention, ...] = ()
    leader: str | None = None
    product: str = ""
    remark: str = ""
    deadline: Deadline
    span: Span
    confidence: float = 1.0
    certainty: dict[str, float] = Field(default_factory=dict)
    origin: Origin = Origin.TABLE
    page: int | None = None
    notes: tuple[str, ...] = ()
