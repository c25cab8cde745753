"""The lines of a list: what it is of, its tasks, what stands beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from assistant.answer.bodies import mentions_of, takes_part
from assistant.answer.session import Session
from assistant.answer.standing import ended
from assistant.answer.wording import day
from assistant.reply import Choice
from assistant.understand.query import SHOWN, AgencyRef, Query
from corpus.due import is_overdue, next_due
from corpus.records import Task
from corpus.vietnamese import fold
from prompts import say

_NEAR_DAYS = 60  # days: within these it helps to say how many are left
_LEAST_TOLD, _MOST_WRITTEN = 4, 5  # tasks of a list, and different deadlines, of which is told how many have which
_MOST_SHOWN = 60
YEARS_END = ((12, 31),)


def roles_line(tasks: Sequence[Task], ref: AgencyRef) -> str:
    """In how many tasks a body leads, and in how many it coordinates."""
    lead, coordinate = (
        sum(takes_part(task, ref.model_copy(update={"role": role})) for task in tasks)
        for role in ("lead", "coordinate")
    )
    return say("answers.list_roles", lead=lead, coordinate=coordinate)


def list_lines(query: Query, session: Session, tasks: Sequence[Task]) -> list[str]:
    many = len({task.document for task in tasks}) > 1
    lines = []
    if many:
        lines.append(_per_document(tasks, session))
    show_lead = not query.agencies or query.agencies[0].role != "lead"
    shown = tasks[query.skip : _told_to(query)]
    over = ended(tasks, session)
    for i, task in enumerate(shown, query.skip + 1):
        left = None if (task.document, task.ordinal) in over else days_left(task, session.today)
        values = session.values(task) | {"left": left}
        lines.append(say("answers.list_line", index=i, task=values, show_document=many, show_lead=show_lead))
    if more := _untold(query, tasks):
        lines.append(say("answers.list_more", n=more, goes_on=True))
    return lines


def _untold(query: Query, tasks: Sequence[Task]) -> int:
    """How many tasks come after those that are told."""
    return max(0, len(tasks) - _told_to(query))


def _told_to(query: Query) -> int:
    """The place after the last task that is told."""
    return query.skip + (_MOST_SHOWN if query.whole else SHOWN)


def days_left(task: Task, today: dt.date) -> int | None:
    """The days to a firm due day that is near, or how many have passed (below 0); None where neither helps."""
    deadline = task.deadline
    if deadline.tentative:
        return None
    due = next_due(deadline, today) or (deadline.due if is_overdue(deadline, today) else None)
    return (due - today).days if due and (due - today).days <= _NEAR_DAYS else None


def suggestions(query: Query, tasks: Sequence[Task], today: dt.date) -> tuple[Choice, ...]:
    """What may be asked next of a list: its next tasks, the one that is due first."""
    names = []
    if _untold(query, tasks):
        names.append("more")
    if query.order is None and sum(next_due(task.deadline, today) is not None for task in tasks) > 1:
        names.append("first_due")
    return tuple(
        Choice(label=say("answers.suggest_list", name=name), say=say("answers.suggest_list", name=name))
        for name in names
    )


def _per_document(tasks: Sequence[Task], session: Session) -> str:
    """How many of the tasks stand in which document."""
    counts = Counter(task.document for task in tasks)
    rows = [{"document": session.name(d), "count": n} for d, n in list(counts.items())[:SHOWN]]
    return say("answers.list_by_document", rows=rows, more=len(counts) - len(rows))


def deadlines_line(tasks: Sequence[Task]) -> str:
    """How many tasks of a period have which deadline as it is written, where these are few; "" else."""
    counts = Counter(" ".join(task.deadline.text.split()) for task in tasks)
    if len(tasks) < _LEAST_TOLD or not 1 < len(counts) <= _MOST_WRITTEN:
        return ""
    return say("answers.list_deadlines", rows=[{"text": text, "n": n} for text, n in counts.most_common()])


def longer_line(tasks: Sequence[Task]) -> str:
    """What names a longer time that ends in the period asked about, with its words and its last days."""
    written = list(dict.fromkeys(" ".join(task.deadline.text.split()) for task in tasks))
    last = sorted({task.deadline.due for task in tasks if task.deadline.due})
    places = [f"{task.section}.{task.number}" if task.section else task.number for task in tasks[:SHOWN]]
    more = len(tasks) - len(places)
    days = [day(date) for date in last]
    return say("answers.list_longer", n=len(tasks), written=written, days=days, places=places, more=more)


def without_day_line(tasks: Sequence[Task], session: Session) -> str:
    """What only comes again, on no day that is said, with how often."""
    yearly = all(
        deadline.recurrence and deadline.recurrence.days == YEARS_END for deadline in (t.deadline for t in tasks)
    )
    often = list(dict.fromkeys(" ".join(task.deadline.text.split()) for task in tasks))
    values = [session.values(task) for task in tasks[:SHOWN]]
    return say("answers.list_without_day", n=len(tasks), tasks=values, yearly=yearly, often=often[:_MOST_WRITTEN])


def sections_line(tasks: Sequence[Task]) -> str:
    """Into which sections the tasks fall, with how many each."""
    counts: dict[tuple[str, str, str], int] = {}
    for task in tasks:
        if task.section:
            key = (task.document, task.section, task.section_title or "")
            counts[key] = counts.get(key, 0) + 1
    rows = [{"number": number, "title": title, "n": n} for (_, number, title), n in counts.items()]
    return say("answers.list_sections", rows=rows)


def through_line(ref: AgencyRef, tasks: Sequence[Task]) -> str:
    """That the tasks are given to a body only through expressions that stand for it."""
    held = [m.name for task in tasks for m in mentions_of(task, ref.role) if m.agency_id in ref.through]
    words = list({fold(name): name for name in reversed(held)}.values())
    return say("answers.list_through", words=words[:3])


def collective_line(tasks: Sequence[Task]) -> str:
    words = list({fold(m.name): m.name for task in reversed(tasks) for m in task.lead if m.collective}.values())
    return say("answers.list_collective", n=len(tasks), words=words[:3])


def lost_tables(query: Query, session: Session) -> list[str]:
    """A note where a document that belongs to the question has a table that could not be read."""
    cards = session.unreadable(query.documents or None)
    return [say("answers.unreadable_table", document=session.name(card.document.id)) for card in cards]


def what_of(query: Query, session: Session, tasks: Sequence[Task]) -> str:
    agency = query.agencies[0] if query.agencies else None
    holders = list(session.with_tasks(query.documents)) or list(dict.fromkeys(task.document for task in tasks))
    names = [session.name(d) for d in holders] if query.documents or len(holders) == 1 else []
    period = ""
    if query.period:
        start, end = query.period.start, query.period.end
        period = say("answers.period_words", start=day(start) if start else None, end=day(end) if end else None)
    same = [ref.name for ref in query.agencies if agency and ref.role == agency.role]
    return " " + say(
        "answers.list_what",
        agency=say("answers.all_of", names=same) if same else None,
        others=[{"name": ref.name, "role": ref.role} for ref in query.agencies if ref.name not in same],
        without=[{"name": ref.name, "role": ref.role} for ref in query.without],
        sole_lead=query.sole_lead,
        role=agency.role if agency else None,
        documents="; ".join(names),
        sections=query.section,
        period=period,
        kinds=[say("answers.kind_words", kind=str(kind)) for kind in query.kinds],
        overdue=query.overdue,
        leader=query.leader_said,
        empty=list(query.empty),
        shared_lead=query.shared_lead,
        collective_lead=query.collective_lead,
        topic=query.topic,
    )
