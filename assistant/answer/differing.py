"""Where the prose of a document and a row of its table say a thing differently: found, never settled.

A passage and a task are held against each other only in what was asked: the day, the bodies in charge,
those that take part. Where the question itself doubts ("A hay B?"), any difference counts; else only
a plain one, so that an answer is not burdened where documents agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer.session import Session
from assistant.find import FoundPassage, FoundTask
from assistant.understand.query import Attribute, Query
from corpus.agencies import Agencies, Found
from corpus.duty_days import DutyDay, agrees, comparable, duty_days
from corpus.records import Passage, Quality, Span, Task
from corpus.sentences import sentences
from corpus.vietnamese import fold, words
from retrieval.coverage import Sought, coverage
from retrieval.tokens import plain

_NEAR = 0.12  # coverage: both explain the question about as well
_ROWS = 2
_TRIED = 4  # rows that a sentence may speak of
_SAME_WORK = (
    0.55  # share of a row's own words from which on a sentence speaks of the same work; measured on all documents
)
_SURE = 0.75  # coverage from which on a passage is about what was asked, where the question does not doubt
_GAP = re.compile(r"[\s,;]*(?:(?:va|cung|-)[\s,;]*)?")
_ENUMERATOR = re.compile(r"^(?:[-+•]|[ivx]+\.|\d+(?:\.\d+)*[.)]|[a-zđ]\))\s*")
_PARTNERS = re.compile(r"\bphoi hop(?: chat che)?,? (?:voi|cung)(?: cac)? ")
_TAKES_PART = re.compile(r"[\s,;:]*phoi hop\b(?!.{0,12}chu tri)")
_LEADS = re.compile(r"[\s,;:]*(?:la (?:don vi|co quan) )?(?:chu tri|chiu trach nhiem|lam dau moi|phu trach)\b")
_PURPOSE = re.compile(
    r" (?:de (?:trien khai|thuc hien|to chuc|phuc vu|dam bao|bao dam|dap ung)"
    r"|theo|nham|phu hop|bao dam|dam bao|so voi|dap ung|tai|tren dia ban)\b"
)
_LEAST_CORE = 6  # words
ASKED = (Attribute.DEADLINE, Attribute.LEAD, Attribute.COORDINATE)


@dataclass(frozen=True)
class Other:
    """What prose says of the work of a row: the passage, and the sentence of it (None = what tells most)."""

    passage: Passage
    span: Span | None = None


def differing_passage(
    best: FoundTask, query: Query, session: Session, passages: Sequence[FoundPassage], least: float
) -> Other | None:
    """The passage that explains the question about as well as a task and says otherwise, or that speaks of the
    same work and does; None where none does."""
    if not (query.doubted or set(ASKED) & set(query.attributes)):
        return None
    task = best.task
    if alike := differing_prose(task, query, session):
        return alike
    family = session.shelf.catalogue.family((task.document,))
    enough = max(least if query.doubted else _SURE, best.coverage - _NEAR)
    near = [
        p for p in passages if p.passage.document in family and p.coverage >= enough and _is_sound(p.passage, session)
    ]
    found = next((p for p in near if differ(task, p.passage, query, session)), None)
    return Other(found.passage) if found else None


def differing_prose(task: Task, query: Query, session: Session) -> Other | None:
    """The sentence of prose on the same work as a row that says otherwise in what was asked; None where none does."""
    asked = set(ASKED) & set(query.attributes)
    return next(
        (o for o in same_work(task, session) if asked and _sentence_differs(task, o, asked, query, session)), None
    )


def same_work(task: Task, session: Session) -> Iterator[Other]:
    """The sentences of prose that speak of the same work as a row, by the words of the row itself."""
    family = session.shelf.catalogue.family((task.document,))
    core = _core(task.title)
    for found in session.find_passages(Sought(core, (), core), family):
        passage = found.passage
        if found.coverage < _SAME_WORK:
            break
        if _is_sound(passage, session):
            text = session.text_of(passage.document)
            for span in sentences(text, passage.span.start, passage.span.end):
                if _speaks_of(text[span.start : span.end], passage, core, session) >= _SAME_WORK:
                    yield Other(passage, span)


def differing_row(
    passage: FoundPassage,
    told: Span,
    query: Query,
    session: Session,
    tasks: Sequence[FoundTask],
    least: float,
) -> Task | None:
    """The task that explains a question about as well as a passage, or is the same work, and says otherwise.

    ``told`` is the part of the passage that is quoted.
    """
    asked = set(ASKED) & set(query.attributes)
    if not (query.doubted or asked) or not _is_sound(passage.passage, session):
        return None
    family = session.shelf.catalogue.family((passage.passage.document,))
    enough = max(least if query.doubted else _SURE, passage.coverage - _NEAR)
    for found in tasks[:_ROWS]:
        task = found.task
        near = found.coverage >= enough and task.document in family
        if near and found.coverage >= least and differ(task, passage.passage, query, session):
            return task
    for other in _sentences(passage.passage, told, session):
        for task in rows_of(other, session):
            if asked and _sentence_differs(task, other, asked, query, session):
                return task
    return None


def _sentences(passage: Passage, told: Span, session: Session) -> list[Other]:
    """The sentences of a passage of which some is quoted."""
    spans = sentences(session.text_of(passage.document), passage.span.start, passage.span.end)
    return [Other(passage, span) for span in spans if span.start < told.end and told.start < span.end]


def rows_of(other: Other, session: Session) -> list[Task]:
    """The rows on the same work as a sentence that sets a day or charges a body."""
    passage, sentence = other.passage, _words_of(other, session)
    family = session.shelf.catalogue.family((passage.document,))
    said = tuple(plain(word) for word in words(sentence) if not word.isdigit())
    found = session.find_tasks(Sought(said, (), said), family)[:_TRIED]
    return [f.task for f in found if _speaks_of(sentence, passage, _core(f.task.title), session) >= _SAME_WORK]


def _words_of(other: Other, session: Session) -> str:
    span = other.span or other.passage.span
    return session.text_of(other.passage.document)[span.start : span.end]


def _speaks_of(sentence: str, passage: Passage, core: tuple[str, ...], session: Session) -> float:
    """The share of the own words of a task that a sentence explains, with the title right above it."""
    above = " ".join(passage.headings[-1:])
    return coverage(Sought(core, (), core), sentence, above, session.shelf.index.rarity)


def _sentence_differs(task: Task, other: Other, asked: set[Attribute], query: Query, session: Session) -> bool:
    """Whether a sentence on the work of a row says otherwise in what was asked."""
    if Attribute.DEADLINE in asked and other_days(task, other, session):
        return True
    agencies = session.shelf.catalogue.agencies
    charged = owners(other.passage, agencies) if query.agreement else _charged_in(other, session)
    if Attribute.LEAD in asked and _others(charged, task, "lead", query):
        return True
    if Attribute.COORDINATE in asked and _charged(other.passage, task, agencies):
        return _others(_partners(other.passage, agencies), task, "coordinate", query)
    return False


def sets_other(task: Task, other: Other, query: Query, session: Session) -> bool | None:
    """Whether a sentence differs from a row in what was asked; None where it says nothing on that."""
    asked = set(ASKED) & set(query.attributes)
    if _sentence_differs(task, other, asked, query, session):
        return True
    agencies = session.shelf.catalogue.agencies
    told = (
        (Attribute.DEADLINE in asked and days_set(task, other, session))
        or (Attribute.LEAD in asked and owners(other.passage, agencies))
        or (Attribute.COORDINATE in asked and _partners(other.passage, agencies))
    )
    return False if told else None


def dated_sentences(documents: Sequence[str] | None, session: Session) -> Iterator[Other]:
    """The sentences of sound prose, in some documents (None = all), that set a day."""
    for document in documents or tuple(session.shelf.catalogue.by_id):
        date = session.card(document).document.date
        for passage in session.store.passages_of(document):
            if not _is_sound(passage, session):
                continue
            for other in _sentences(passage, passage.span, session):
                if duty_days(_words_of(other, session), date.year if date else None):
                    yield other


def _charged_in(other: Other, session: Session) -> list[Found]:
    """The bodies that a sentence charges in plain words: those it opens with, before "chủ trì"."""
    sentence = _words_of(other, session)
    opening = _at_start(sentence, session.shelf.catalogue.agencies)
    if not opening:
        return []
    after = fold(sentence)[opening[-1].end + _skipped(sentence) :]
    return opening if _LEADS.match(after) else []


def other_days(task: Task, other: Other, session: Session) -> bool:
    """Whether a sentence sets days for the work of a row, and none of them is one of the row's."""
    days = days_set(task, other, session)
    return bool(days) and not any(agrees(day, task.deadline) for day in days)


def days_set(task: Task, other: Other, session: Session) -> list[DutyDay]:
    """The days that a sentence sets and that can be held against those of a row."""
    date = session.card(other.passage.document).document.date
    return comparable(duty_days(_words_of(other, session), date.year if date else None), task.deadline)


def _core(title: str) -> tuple[str, ...]:
    """The folded words of a title without what it is done for or by: its purpose, its grounds."""
    said = tuple(plain(word) for word in words(title))
    match = _PURPOSE.search(" ".join(said))
    core = tuple(" ".join(said)[: match.start()].split()) if match else said
    return core if len(core) >= _LEAST_CORE else said


def _is_sound(passage: Passage, session: Session) -> bool:
    """Whether a passage can be held against a row: of the body of a document that was read well."""
    return passage.role == "body" and session.card(passage.document).document.quality is not Quality.OCR


def differ(task: Task, passage: Passage, query: Query, session: Session) -> bool:
    """Whether a task and a passage say otherwise in what was asked."""
    agencies = session.shelf.catalogue.agencies
    asked = set(query.attributes)
    if Attribute.DEADLINE in asked and other_days(task, Other(passage), session):
        return True
    if Attribute.LEAD in asked and _others(owners(passage, agencies), task, "lead", query):
        return True
    if Attribute.COORDINATE in asked and _charged(passage, task, agencies):
        return _others(_partners(passage, agencies), task, "coordinate", query)
    return query.doubted and _name_one_each(task, passage, query, session)


def owners(passage: Passage, agencies: Agencies) -> list[Found]:
    """The bodies that a passage charges: those it opens with, else those of the title above it."""
    opening = _at_start(passage.text, agencies)
    if opening:
        return [] if _TAKES_PART.match(fold(passage.text)[opening[-1].end + _skipped(passage.text) :]) else opening
    return next((found for title in reversed(passage.headings[-2:]) if (found := _at_start(title, agencies))), [])


def _skipped(text: str) -> int:
    match = _ENUMERATOR.match(fold(text))
    return match.end() if match else 0


def _at_start(text: str, agencies: Agencies) -> list[Found]:
    """The bodies named one after the other at the start of a text."""
    return _in_a_row(text[_skipped(text) :][:300], agencies)


def _in_a_row(text: str, agencies: Agencies) -> list[Found]:
    found: list[Found] = []
    end = 0
    for item in agencies.find(text):
        if not _GAP.fullmatch(fold(text[end : item.start])):
            break
        found.append(item)
        end = item.end
    return found


def _partners(passage: Passage, agencies: Agencies) -> list[Found]:
    """The bodies that a passage names after "phối hợp với"."""
    match = _PARTNERS.search(fold(passage.text))
    return _in_a_row(passage.text[match.end() :][:300], agencies) if match else []


def _charged(passage: Passage, task: Task, agencies: Agencies) -> bool:
    """Whether a passage charges a body that leads the task."""
    return bool({found.agency.id for found in owners(passage, agencies)} & {m.agency_id for m in task.lead})


def _others(named: Sequence[Found], task: Task, role: str, query: Query) -> bool:
    """Whether a passage names other bodies than the cell of a task."""
    cell = task.coordinate if role == "coordinate" else task.lead
    said, known = {f.agency.id for f in named}, {m.agency_id for m in cell}
    if not said or not known or said == known:
        return False
    collective = all(f.agency.collective for f in named), all(m.collective for m in cell)
    if all(collective):
        return False
    if query.doubted:
        return True
    taking_part = {m.agency_id for m in (*task.lead, *task.coordinate)}
    return not any(collective) and not said & taking_part


def _name_one_each(task: Task, passage: Passage, query: Query, session: Session) -> bool:
    """Whether of the bodies that a question offers the row names one and the passage another."""
    agencies = session.shelf.catalogue.agencies
    offered = {ref.agency_id for ref in query.agencies}
    text = session.text_of(task.document)
    row = {f.agency.id for f in agencies.find(text[task.span.start : task.span.end])} & offered
    prose = {f.agency.id for f in agencies.find(f"{' '.join(passage.headings[-1:])}\n{passage.text}")} & offered
    return bool(row - prose and prose - row)
