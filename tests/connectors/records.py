"""Small documents for tests of the store, written without the readers."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from connectors.database import Store
from corpus.records import AgencyMention, Deadline, DeadlineKind, Document, Passage, Span, Task


def document(name: str, text: str = "Văn bản") -> Document:
    return Document(id=name, file=f"{name}.txt", sha256=hashlib.sha256(text.encode()).hexdigest())


def passage(name: str, ordinal: int, words: str = "Một câu.", role: str = "body") -> Passage:
    span = Span(start=ordinal, end=ordinal + 1)
    return Passage(document=name, ordinal=ordinal, path="I", headings=(), text=words, span=span, role=role)


def mention(agency: str) -> AgencyMention:
    return AgencyMention(text=agency, name=agency, agency_id=agency)


def task(
    name: str,
    ordinal: int,
    *,
    number: str | None = None,
    section: str | None = None,
    lead: Sequence[str] = (),
    coordinate: Sequence[str] = (),
    deadline: Deadline | None = None,
) -> Task:
    return Task(
        document=name,
        ordinal=ordinal,
        table="Phụ lục",
        section=section,
        section_title=None,
        number=number or str(ordinal + 1),
        title=f"Nhiệm vụ {ordinal + 1}",
        lead=tuple(map(mention, lead)),
        coordinate=tuple(map(mention, coordinate)),
        deadline=deadline or Deadline(text="Thường xuyên", kind=DeadlineKind.ONGOING),
        span=Span(start=ordinal, end=ordinal + 1),
    )


def due(day: str) -> Deadline:
    return Deadline(text=day, kind=DeadlineKind.DATE, due=dt.date.fromisoformat(day))


def put(store: Store, name: str, text: str = "Văn bản", passages: int = 2, tasks: Sequence[Task] = ()) -> None:
    """Puts a document with so many passages into a store."""
    store.replace(document(name, text), "{}", text, [passage(name, i, f"{text} {i}.") for i in range(passages)], tasks)
