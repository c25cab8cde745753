"""Reviews laid over what the program read of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.agencies import Agencies
from corpus.deadlines import read_deadline
from corpus.errors import CorpusError
from corpus.reading import Doubt
from corpus.records import Deadline, DeadlineKind, Origin, Span, Task
from corpus.reviews import FIELDS, Review, ReviewRow, place_of, span_of_lines
from corpus.task_table import named_here

_OVERLAP = 0.5  # of the shorter of two ranges that are the same row


@dataclass(frozen=True)
class Reviewed:
    """The tasks of a document with its reviews applied, and what could not be applied."""

    tasks: tuple[Task, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Page:
    """What a row is applied to: the text and its lines, what a commune is called, the year of the plan."""

    document: str
    file: str
    lines: Sequence[str]
    agencies: Agencies
    commune: str
    year: int | None


def transcribed(reviews: Sequence[Review | CorpusError], text: str) -> list[Span]:
    """The ranges of a text of which a person has read whole rows, in order: the program need not read them."""
    lines = text.split("\n")
    rows = (row for review in reviews if isinstance(review, Review) for row in review.rows if row.title is not None)
    places = (place_of(row, lines) for row in rows)
    return sorted((span_of_lines(*place, lines) for place in places if place), key=lambda span: span.start)


def reviewed(tasks: Sequence[Task], reviews: Sequence[Review | CorpusError], page: Page) -> Reviewed:
    """The tasks of a document with its reviews laid over them, one after the other."""
    found, doubts = list(tasks), []
    for review in reviews:
        if isinstance(review, CorpusError):
            doubts.append(Doubt(review.code, review.details))
            continue
        for row in review.rows:
            doubt = _apply(row, review, found, page)
            if doubt is not None:
                doubts.append(doubt)
    return Reviewed(tuple(tasks) if found == list(tasks) else _in_order(found), tuple(doubts))


def _in_order(tasks: Sequence[Task]) -> tuple[Task, ...]:
    placed = sorted(tasks, key=lambda task: (task.span.start, task.ordinal))
    return tuple(task.model_copy(update={"ordinal": i}) for i, task in enumerate(placed))


def _apply(row: ReviewRow, review: Review, tasks: list[Task], page: Page) -> Doubt | None:
    """Lays a row over the tasks; gives the doubt where its lines changed or no task stands there."""
    place = place_of(row, page.lines)
    details: dict[str, object] = {
        "file": page.file,
        "document": page.document,
        "number": row.number,
        "lines": row.lines,
    }
    if place is None:
        return Doubt("review_outdated", details)
    span = span_of_lines(*place, page.lines)
    there = [task for task in tasks if _same_place(task.span, span)]
    if not there and row.title is None:
        return Doubt("review_row_missing", details)
    base = next((task for task in there if task.number == row.number), there[0] if there else None)
    new = _merged(base or _blank(row, review, span, tasks, page), row, review, page)
    if row.title is not None:
        new = new.model_copy(update={"span": span})
    gone = there if row.title is not None else [base]
    tasks[:] = [task for task in tasks if task not in gone]
    tasks.append(new)
    return None


def _same_place(one: Span, other: Span) -> bool:
    common = min(one.end, other.end) - max(one.start, other.start)
    return common > _OVERLAP * min(one.end - one.start, other.end - other.start)


def _blank(row: ReviewRow, review: Review, span: Span, tasks: Sequence[Task], page: Page) -> Task:
    """A task that the program did not find."""
    table = review.table or next((task.table for task in tasks), "")
    return Task(
        document=page.document,
        ordinal=len(tasks),
        table=table,
        section=None,
        section_title=None,
        number=row.number,
        title="",
        deadline=Deadline(text="", kind=DeadlineKind.UNREADABLE),
        span=span,
        certainty=dict.fromkeys(FIELDS, 0.0),
    )


def _merged(task: Task, row: ReviewRow, review: Review, page: Page) -> Task:
    update: dict[str, object] = {"number": row.number, "origin": Origin.REVIEW}
    if row.section is not None:
        update |= {"section": row.section, "section_title": review.sections.get(row.section, task.section_title)}
    if review.table:
        update["table"] = review.table
    update |= {name: value for name in row.given if (value := _value(name, row, task, page)) is not None}
    update |= {name: _illegible(name, task) for name in row.illegible if name not in row.given}
    certainty = {name: value for name, value in task.certainty.items() if name not in (*row.given, "number")}
    certainty |= dict.fromkeys(row.illegible, 0.0)
    dropped = {f"unreadable:{name}" for name in row.given} | {"number_missing"}
    notes = [note for note in task.notes if note not in dropped]
    notes += [f"unreadable:{name}" for name in row.illegible if f"unreadable:{name}" not in notes]
    update |= {"certainty": certainty, "confidence": min(certainty.values(), default=1.0), "notes": tuple(notes)}
    return task.model_copy(update=update)


def _illegible(name: str, task: Task) -> object:
    """What stays of a field that nobody can read: of a deadline the words, of bodies none."""
    if name == "deadline":
        return Deadline(text=task.deadline.text, kind=DeadlineKind.UNREADABLE)
    return () if name in ("lead", "coordinate") else getattr(task, name)


def _value(name: str, row: ReviewRow, task: Task, page: Page) -> object:
    words = getattr(row, name)
    if name in ("lead", "coordinate"):
        return () if name in row.illegible else named_here(page.agencies.split(words), page.commune)
    if name != "deadline":
        return words
    found = read_deadline(words, product=row.product or task.product, year=page.year)
    return Deadline(text=found.text, kind=DeadlineKind.UNREADABLE) if "deadline" in row.illegible else found
