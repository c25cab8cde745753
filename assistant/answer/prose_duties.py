"""Beside the rows of a table: the duties that the prose of the same plans sets for a period."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer.session import Session
from assistant.answer.wording import cite_duty, day, duty_locator, shorten
from assistant.reply import Citation
from assistant.understand.query import AgencyRef, Ask, Query
from corpus.due import next_due
from corpus.records import Task
from prompts import say

_SHOWN = 3


def duties_beside(query: Query, session: Session) -> list[Task]:
    """The duties in the prose of the documents of a question that fall into its period and to its bodies.

    None where the question asks for more than a period (a topic, a section, a kind), for a count or for the rest.
    """
    narrow = query.listed_words or query.section or query.kinds or query.empty or query.grouped
    if query.period is None or not query.documents or query.ask is Ask.COUNT or query.skip or narrow:
        return []
    from assistant.answer.described import falls_in

    duties = session.store.duties(query.documents)
    duties = [duty for duty in duties if duty.document not in session.left_out]
    return [d for d in duties if falls_in(d.deadline, query.period) and _is_of(d, query.agencies)]


def told_duties(duties: Sequence[Task], query: Query, session: Session) -> str:
    """The first duties in words, each with its day in the period that is asked about."""
    start = (query.period.start if query.period else None) or session.today
    items = [
        {
            "title": shorten(duty.title),
            "due": day(due) if (due := next_due(duty.deadline, start) or duty.deadline.due) else duty.deadline.text,
            "source": f"{session.name(duty.document)}, {duty_locator(duty)}",
        }
        for duty in duties[:_SHOWN]
    ]
    return say("answers.list_duties", items=items, total=len(duties))


def cited_duties(duties: Sequence[Task], session: Session) -> list[Citation]:
    """The first duties as citations."""
    return [cite_duty(duty, session.text_of(duty.document)) for duty in duties[:_SHOWN]]


def _is_of(duty: Task, agencies: Sequence[AgencyRef]) -> bool:
    """Whether a duty is that of all the bodies that are asked about."""
    held = {mention.agency_id for mention in duty.lead}
    return all(ref.agency_id in held and not ref.negated and ref.role != "coordinate" for ref in agencies)
