"""Where the prose of a document and a row of its table say a thing differently: found, never settled.

A passage and a task are held against each other only in what was asked: the day, the bodies in charge,
those that take part. Where the question itself doubts ("A hay B?"), any difference counts; else only
a plain one, so that an answer is not burdened where documents agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.duties import Duty, rows_on, said_in, said_on
from assistant.answer.session import Session
from assistant.find import FoundPassage, FoundTask
from assistant.understand.query import Attribute, Query
from corpus.agencies import Agencies, Found
from corpus.duty_days import DutyDay, agrees, comparable, duty_days
from corpus.records import Passage, Quality, Span, Task
from corpus.vietnamese import fold

_NEAR = 0.12  # coverage: both explain the question about as well
_ROWS = 2
_SURE = 0.75  # coverage from which on a passage is about what was asked, where the question does not doubt
_GAP = re.compile(r"[\s,;]*(?:(?:va|cung|-)[\s,;]*)?")
_ENUMERATOR = re.compile(r"^(?:[-+•]|[ivx]+\.|\d+(?:\.\d+)*[.)]|[a-zđ]\))\s*")
_PARTNERS = re.compile(r"\bphoi hop(?: chat che)?,? (?:voi|cung)(?: cac)? ")
_TAKES_PART = re.compile(r"[\s,;:]*phoi hop\b(?!.{0,12}chu tri)")
_LEADS = re.compile(r"[\s,;:]*(?:la (?:don vi|co quan) )?(?:chu tri|chiu trach nhiem|lam dau moi|phu trach)\b")
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
    found = next(
        (
            p
            for p in near
            if differ(task, p.passage, query, session) or _names_partners(task, p.passage, query, session)
        ),
        None,
    )
    return Other(found.passage) if found else None


def _names_partners(task: Task, passage: Passage, query: Query, session: Session) -> bool:
    """Whether it is asked with whom a body works, and a passage that charges this body names others than the row."""
    agencies = session.shelf.catalogue.agencies
    if Attribute.COORDINATE not in query.attributes or not query.agencies:
        return False
    charged = {found.agency.id for found in owners(passage, agencies)} & {ref.agency_id for ref in query.agencies}
    partners = {found.agency.id for found in _partners(passage, agencies)}
    return bool(charged and partners - {mention.agency_id for mention in task.coordinate})


def differing_prose(task: Task, query: Query, session: Session) -> Other | None:
    """The sentence of prose on the same work as a row that says otherwise in what was asked; None where none does."""
    if not set(ASKED) & set(query.attributes):
        return None
    said = said_on(task, session, plainly=not query.agreement)
    return next((Other(duty.passage, duty.span) for duty in said if differs(task, duty, query, session)), None)


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
    said = said_in(passage.passage, told, session) if asked else []
    plain = [duty for duty in said if duty.days or duty.gives_role]
    return next((task for d in plain for task in rows_on(d, session) if differs(task, d, query, session)), None)


def differs(task: Task, duty: Duty, query: Query, session: Session) -> bool:
    """Whether a sentence on the work of a row says otherwise in what was asked."""
    asked, agencies = set(query.attributes), session.shelf.catalogue.agencies
    if Attribute.DEADLINE in asked and _other_days(task, duty.days):
        return True
    if Attribute.LEAD in asked and _others(_charged_by(duty, query, agencies), task, "lead", query):
        return True
    if Attribute.COORDINATE in asked and _charged(duty.passage, task, agencies):
        return _others(_partners(duty.passage, agencies), task, "coordinate", query)
    return False


def speaks(task: Task, duty: Duty, query: Query, session: Session) -> bool:
    """Whether a sentence on the work of a row says anything on what was asked."""
    asked, agencies = set(query.attributes), session.shelf.catalogue.agencies
    return bool(
        (Attribute.DEADLINE in asked and comparable(duty.days, task.deadline))
        or (Attribute.LEAD in asked and owners(duty.passage, agencies))
        or (Attribute.COORDINATE in asked and _partners(duty.passage, agencies))
    )


def _charged_by(duty: Duty, query: Query, agencies: Agencies) -> list[Found]:
    """The bodies that a sentence charges in plain words: those it opens with, before "chủ trì"; where the question
    asks for such differences, those of its passage."""
    if query.agreement:
        return owners(duty.passage, agencies)
    opening = _at_start(duty.text, agencies) if duty.gives_role else []
    after = fold(duty.text)[opening[-1].end + _skipped(duty.text) :] if opening else ""
    return opening if _LEADS.match(after) else []


def _other_days(task: Task, days: Sequence[DutyDay]) -> bool:
    """Whether prose sets days, and none of them is one of a row's."""
    known = comparable(days, task.deadline)
    return bool(known) and not any(agrees(day, task.deadline) for day in known)


def _is_sound(passage: Passage, session: Session) -> bool:
    """Whether a passage can be held against a row: of the body of a document that was read well."""
    return passage.role == "body" and session.card(passage.document).document.quality is not Quality.OCR


def differ(task: Task, passage: Passage, query: Query, session: Session) -> bool:
    """Whether a task and a passage say otherwise in what was asked."""
    agencies = session.shelf.catalogue.agencies
    asked = set(query.attributes)
    date = session.card(passage.document).document.date
    if Attribute.DEADLINE in asked and _other_days(task, duty_days(passage.text, date.year if date else None)):
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
