"""Where the prose of a document and a row of its table say a thing differently: found, never settled.

A passage and a task are held against each other only in what was asked: the day, the bodies in charge,
those that take part. Where the question itself doubts ("A hay B?"), any difference counts; else only
a plain one, so that an answer is not burdened where documents agree.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from assistant.answer.session import Session
from assistant.find import ENOUGH, FoundPassage, FoundTask
from assistant.library import passage_heading
from assistant.understand.query import Attribute, Query
from corpus.agencies import Agencies, Found
from corpus.records import Passage, Quality, Task
from corpus.vietnamese import fold, words
from retrieval.coverage import Sought, coverage
from retrieval.tokens import plain

_NEAR = 0.12  # coverage: both explain the question about as well
_ROWS = 2
_SURE = 0.75  # coverage from which on a passage is about what was asked, where the question does not doubt
_GAP = re.compile(r"[\s,;]*(?:(?:va|cung|-)[\s,;]*)?")
_ENUMERATOR = re.compile(r"^(?:[-+•]|[ivx]+\.|\d+(?:\.\d+)*[.)]|[a-zđ]\))\s*")
_PARTNERS = re.compile(r"\bphoi hop(?: chat che)?,? (?:voi|cung)(?: cac)? ")
_TAKES_PART = re.compile(r"[\s,;:]*phoi hop\b(?!.{0,12}chu tri)")
_DAY = re.compile(
    r"\b(?P<before>truoc|cham nhat|den het|het|hoan thanh)(?: vao| la| trong)? (?:ngay )?"
    r"(?P<day>\d{1,2})(?:[/.-]| thang )(?P<month>\d{1,2})(?:(?:[/.-]| nam )(?P<year>\d{4}))?(?!\d)"
)
_PURPOSE = re.compile(
    r" (?:de (?:trien khai|thuc hien|to chuc|phuc vu|dam bao|bao dam|dap ung)"
    r"|theo|nham|phu hop|bao dam|dam bao|so voi|dap ung|tai|tren dia ban)\b"
)
_LEAST_CORE = 6  # words
_ASKED = (Attribute.DEADLINE, Attribute.LEAD, Attribute.COORDINATE)


def differing_passage(
    best: FoundTask, query: Query, session: Session, passages: Sequence[FoundPassage], least: float
) -> FoundPassage | None:
    """The passage that explains the question about as well as a task and says otherwise; None where none does."""
    if not (query.doubted or set(_ASKED) & set(query.attributes)):
        return None
    task = best.task
    family = session.shelf.catalogue.family((task.document,))
    enough = max(least if query.doubted else _SURE, best.coverage - _NEAR)
    near = [
        p for p in passages if p.passage.document in family and p.coverage >= enough and _is_sound(p.passage, session)
    ]
    found = next((p for p in near if differ(task, p.passage, query, session)), None)
    return found or (_same_work(task, session, family) if Attribute.DEADLINE in query.attributes else None)


def differing_row(
    passage: FoundPassage, query: Query, session: Session, tasks: Sequence[FoundTask], least: float
) -> Task | None:
    """The task that explains a question about as well as a passage, or is the same work, and says otherwise."""
    if not (query.doubted or set(_ASKED) & set(query.attributes)) or not _is_sound(passage.passage, session):
        return None
    family = session.shelf.catalogue.family((passage.passage.document,))
    enough = max(least if query.doubted else _SURE, passage.coverage - _NEAR)
    for found in tasks[:_ROWS]:
        task = found.task
        alike = found.coverage >= enough or _speaks_of(passage.passage, task, session) >= ENOUGH
        if (
            task.document in family
            and found.coverage >= least
            and alike
            and differ(task, passage.passage, query, session)
        ):
            return task
    return None


def _speaks_of(passage: Passage, task: Task, session: Session) -> float:
    """The share of a task's own words that a passage explains."""
    core = _core(task.title)
    return coverage(Sought(core, (), core), passage.text, passage_heading(passage), session.shelf.index.rarity)


def _same_work(task: Task, session: Session, family: Sequence[str]) -> FoundPassage | None:
    """The passage that speaks of the same work, by the words of the task itself, and sets another day for it."""
    if not any(_days_of(task)):
        return None
    core = _core(task.title)
    found = session.find_passages(Sought(core, (), core), family)
    return next(
        (p for p in found if p.coverage >= ENOUGH and _is_sound(p.passage, session) and _other_days(task, p.passage)),
        None,
    )


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
    if Attribute.DEADLINE in asked and _other_days(task, passage):
        return True
    if Attribute.LEAD in asked and _others(owners(passage, agencies), task, "lead", query):
        return True
    if Attribute.COORDINATE in asked and _charged(passage, task, agencies):
        return _others(_partners(passage, agencies), task, "coordinate", query)
    return query.doubted and _name_one_each(task, passage, query, session)


def _other_days(task: Task, passage: Passage) -> bool:
    """Whether a passage sets days and none of them is one of the task's."""
    known = set(_days_of(task))
    said = [set(days) for days in _days_in(fold(passage.text))]
    return bool(known and said) and not any(days & known for days in said)


def _days_of(task: Task) -> Iterator[tuple[int, int]]:
    """The (month, day) pairs on which a task is due."""
    deadline = task.deadline
    if deadline.recurrence:
        yield from deadline.recurrence.days
    dates = [m.due for m in deadline.milestones] + ([deadline.due] if deadline.due else [])
    yield from ((date.month, date.day) for date in dates)


def _days_in(line: str) -> Iterator[tuple[tuple[int, int], ...]]:
    """The days by which a folded line asks for something; "before a day" stands for that day and the one before."""
    for match in _DAY.finditer(line):
        try:
            day = dt.date(int(match["year"] or 2024), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        before = day - dt.timedelta(days=1)
        yield (day.month, day.day), (before.month, before.day)


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
