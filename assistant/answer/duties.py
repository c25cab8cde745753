"""What the prose of a plan asks for, a sentence each, beside the rows of its table: kept for a revision of the store.

So that an answer can look for what prose says otherwise without a search of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer.session import Session
from connectors.database import TaskFilter
from corpus.duty_days import DutyDay, duty_days
from corpus.records import Passage, Quality, Span, Task
from corpus.sentences import sentences
from corpus.vietnamese import fold, words
from retrieval.coverage import Sought, coverage
from retrieval.tokens import plain

# Share of a row's own words from which on a sentence speaks of the same work; measured on all documents at hand.
SAME_WORK = 0.55
_SHARED_WORDS = 0.35  # share of a row's words below which a sentence cannot reach that
_MOST_KEPT = 200  # families of documents
_ROLE = re.compile(r"\b(?:chu tri|chiu trach nhiem|phu trach|dau moi|phoi hop)\b")
_PURPOSE = re.compile(
    r" (?:de (?:trien khai|thuc hien|to chuc|phuc vu|dam bao|bao dam|dap ung)"
    r"|theo|nham|phu hop|bao dam|dam bao|so voi|dap ung|tai|tren dia ban)\b"
)
_LEAST_CORE = 6  # words


@dataclass(frozen=True)
class Duty:
    """A sentence of prose, the days that it sets, and whether it gives somebody a role."""

    passage: Passage
    span: Span
    text: str
    words: frozenset[str]
    days: tuple[DutyDay, ...]
    gives_role: bool


@dataclass(frozen=True)
class Row:
    """A task and its own words: without what it is done for or by."""

    task: Task
    core: tuple[str, ...]


@dataclass(frozen=True)
class Duties:
    """What a plan and its annexes ask for, in prose and in rows."""

    said: tuple[Duty, ...]
    rows: tuple[Row, ...]


def duties_of(document: str, session: Session) -> Duties:
    """The duties in the family of a document."""
    family = session.shelf.catalogue.family((document,))
    kept = session.shelf.kept
    if family not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        tasks = session.shelf.records.tasks(TaskFilter(documents=tuple(family)))
        said = tuple(duty for member in family for duty in _duties(member, session)) if tasks else ()
        kept[family] = Duties(said, tuple(Row(task, core_of(task.title)) for task in tasks))
    found = kept[family]
    assert isinstance(found, Duties)
    return found


def _duties(document: str, session: Session) -> Iterator[Duty]:
    held = session.card(document).document
    if held.quality is Quality.OCR:
        return
    text, year = session.text_of(document), held.date.year if held.date else None
    for passage in session.shelf.records.passages_of(document):
        if passage.role != "body":
            continue
        for span in sentences(text, passage.span.start, passage.span.end):
            said = text[span.start : span.end]
            above = " ".join(passage.headings[-1:])
            yield Duty(
                passage=passage,
                span=span,
                text=said,
                words=frozenset(map(plain, words(f"{above} {said}"))),
                days=tuple(duty_days(said, year)),
                gives_role=bool(_ROLE.search(fold(said))),
            )


def said_on(task: Task, session: Session, *, plainly: bool = True) -> Iterator[Duty]:
    """The sentences on the same work as a row; ``plainly`` = only those that set a day or give somebody a role."""
    core = core_of(task.title)
    said = (d for d in duties_of(task.document, session).said if d.days or d.gives_role or not plainly)
    return (duty for duty in said if _is_on(duty, core, session))


def rows_on(duty: Duty, session: Session) -> Iterator[Task]:
    """The rows on the same work as a sentence."""
    rows = duties_of(duty.passage.document, session).rows
    return (row.task for row in rows if _is_on(duty, row.core, session))


def said_in(passage: Passage, told: Span, session: Session) -> list[Duty]:
    """The sentences of a passage that are quoted, at least in part."""
    place = passage.document, passage.ordinal
    said = [d for d in duties_of(passage.document, session).said if (d.passage.document, d.passage.ordinal) == place]
    return [d for d in said if d.span.start < told.end and told.start < d.span.end]


def _is_on(duty: Duty, core: Sequence[str], session: Session) -> bool:
    """Whether a sentence, with the title right above it, explains enough of a row's own words."""
    own = set(core)
    if len(own & duty.words) < _SHARED_WORDS * len(own):
        return False
    sought, above = Sought(tuple(core), (), tuple(core)), " ".join(duty.passage.headings[-1:])
    return coverage(sought, duty.text, above, session.shelf.index.rarity) >= SAME_WORK


def core_of(title: str) -> tuple[str, ...]:
    """The folded words of a title without what it is done for or by: its purpose, its grounds."""
    said = tuple(plain(word) for word in words(title))
    match = _PURPOSE.search(" ".join(said))
    core = tuple(" ".join(said)[: match.start()].split()) if match else said
    return core if len(core) >= _LEAST_CORE else said
