"""Lists and counts of tasks: by body in charge, period, kind of deadline, section and words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer.described import described, falls_in, filter_of, in_time, is_yearly, scope
from assistant.answer.list_lines import (
    collective_line,
    deadlines_line,
    list_lines,
    lost_tables,
    roles_line,
    sections_line,
    suggestions,
    through_line,
    what_of,
)
from assistant.answer.prose import answer_by_words
from assistant.answer.prose_duties import (
    cited_duties,
    duties_alone,
    duties_beside,
    duties_of_list,
    said_alone,
    said_of_body,
    told_duties,
)
from assistant.answer.session import Session
from assistant.answer.tasks import no_such_document, tell
from assistant.answer.wording import day, lacks_column
from assistant.reply import Reply, Status
from assistant.understand.query import SHOWN, Ask, Order, Period, Query
from connectors.database import TaskFilter
from corpus.due import ONE_DAY, next_due
from corpus.records import AgencyLevel, DeadlineKind, Task
from corpus.vietnamese import words
from prompts import say

_BEFORE = re.compile(r"truoc(?!\w)")
_COUNTS_THINGS = re.compile(r"\b(?:may|bao nhieu) (?:cai|chiec)\b")  # not tasks: what a task makes
_NO_YEAR = re.compile(r"(?:trong )?(?:quy (?:iv|i{1,3}|[1-4]|mot|nhat|hai|ba|bon|tu|cuoi)|thang (?:1[0-2]|0?[1-9]))")
_FEW_BESIDE = 12  # tasks that are told by their numbers alone
_ABOVE_WARDS = (AgencyLevel.CENTRAL, AgencyLevel.CITY)


@dataclass(frozen=True)
class Shares:
    """How tasks are led: alone, with others, or through a collective expression."""

    own: list[Task]
    joint: list[Task]
    collective: list[Task]


def answer_list(query: Query, session: Session) -> Reply:
    """Lists or counts the tasks that a question describes."""
    if query.unknown_document and not query.documents:
        return no_such_document(query.unknown_document, session)
    documents = session.with_tasks(query.documents) if query.documents else None
    if query.documents and not documents:
        return _without_table(query, session)
    if query.section and not session.store.holds(TaskFilter(documents=scope(documents), section=query.section)):
        names = [session.name(d) for d in documents or ()]
        return Reply(
            status=Status.NOT_FOUND, text=say("endings.no_such_section", section=query.section, documents=names)
        )
    if (query.leader or query.leader_name) and not any(
        task.leader for task in session.tasks(TaskFilter(documents=scope(documents)))
    ):
        return answer_by_words(query, session)
    query, tasks = described(query, session)
    if not tasks and query.agencies and not query.role_said:
        query, tasks = _in_either_role(query, session)
    if not tasks and query.loosely and (wider := _without_topic(query, session)):
        return wider
    explicit = query.agencies and query.role_said
    timed = query.period or query.overdue or query.kinds
    in_prose = query.listed_words or (query.documents and query.agencies and not timed)
    if not tasks and query.words and in_prose and not explicit:
        found = answer_by_words(query, session)
        if found.status is Status.ANSWERED and (query.listed_words or _names_body(found, query)):
            return found
    if (
        not tasks
        and query.documents_from in ("unit", "weak")
        and query.agencies
        and (other := _in_other_documents(query, session))
    ):
        return other
    if not tasks and (later := _in_another_year(query, session)):
        return later
    if lacking := _lacking(query, session) if not tasks else []:
        return _no_column(lacking, query, session)
    if query.collective_lead and query.agencies:
        query, tasks = query.model_copy(update={"role_said": True}), _given_to_all(query, session)
    if len(tasks) == 1 and query.listed_words and _COUNTS_THINGS.search(" ".join(query.search)) and not query.agencies:
        return tell(tasks, query, session)
    shares = None if query.collective_lead else _shares(tasks, query, session)
    narrow = query.sole_lead or query.shared_lead or query.listed_words
    if not tasks and shares and shares.collective and not narrow:
        return _only_collective(query, session, shares.collective)
    listed = sorted(shares.own + shares.joint, key=tasks.index) if shares else tasks
    return _reply(query, session, _in_order(listed, query, session.today), shares)


def _in_another_year(query: Query, session: Session) -> Reply | None:
    """What is due in the month or quarter named, without its year, of next year, where this year's holds nothing; None
    where next year's does neither."""
    period = query.period
    if period is None or not _NO_YEAR.fullmatch(period.text) or period.start is None or period.end is None:
        return None
    if period.start.year != session.today.year or not query.documents:
        return None
    next_year = Period(start=_a_year_on(period.start), end=_a_year_on(period.end), text=period.text)
    wider, tasks = described(query.model_copy(update={"period": next_year}), session)
    if not tasks:
        return None
    reply = _reply(wider, session, _in_order(tasks, wider, session.today), _shares(tasks, wider, session))
    note = say("answers.nothing_this_year", start=day(period.start), end=day(period.end), year=period.start.year + 1)
    return reply.model_copy(update={"text": f"{note}\n{reply.text}"})


def _a_year_on(date: dt.date) -> dt.date:
    """The same day of the next year; the last of February for 29 February."""
    return date.replace(year=date.year + 1, day=28 if (date.month, date.day) == (2, 29) else date.day)


def _only_collective(query: Query, session: Session, tasks: Sequence[Task]) -> Reply:
    """What falls to a body only through expressions that stand for many, where it leads nothing by its own name."""
    first, *others = query.agencies
    through = tuple(dict.fromkeys(m.agency_id for task in tasks for m in task.lead if m.collective))
    named = query.model_copy(update={"agencies": (first.model_copy(update={"through": through}), *others)})
    reply = _reply(named, session, _in_order(tasks, named, session.today), None)
    note = say("answers.none_by_name", name=first.name)
    return reply.model_copy(update={"text": f"{note}\n{reply.text}"})


def _in_other_documents(query: Query, session: Session) -> Reply | None:
    """What a body has in other documents where those of the person's unit give it nothing; None where nobody does."""
    bodies = [session.shelf.catalogue.agencies.get(ref.agency_id) for ref in query.agencies]
    if any(body is None or body.level not in _ABOVE_WARDS for body in bodies):
        return None  # "Phòng Kinh tế" of another ward is another body
    wider, tasks = described(query.model_copy(update={"documents": (), "documents_from": ""}), session)
    if not tasks or {ref.agency_id for ref in wider.agencies} != {ref.agency_id for ref in query.agencies}:
        return None
    names = [session.name(document) for document in session.with_tasks(query.documents)]
    reply = _reply(wider, session, _in_order(tasks, wider, session.today), _shares(tasks, wider, session))
    if query.documents_from == "weak":
        return reply
    note = say("answers.nothing_of_unit", documents=names)
    return reply.model_copy(update={"text": f"{note}\n{reply.text}"})


def _without_topic(query: Query, session: Session) -> Reply | None:
    """All that a question describes but for one word that no task holds, said to be left out; None where that is
    nothing either."""
    wider, tasks = described(query.model_copy(update={"listed_words": (), "listed_accented": (), "topic": ""}), session)
    if not tasks:
        return None
    shares = None if wider.collective_lead else _shares(tasks, wider, session)
    reply = _reply(wider, session, _in_order(tasks, wider, session.today), shares)
    note = say("answers.topic_left_out", topic=query.topic)
    return reply.model_copy(update={"text": f"{note}\n{reply.text}"})


def _in_order(tasks: Sequence[Task], query: Query, today: dt.date) -> list[Task]:
    """Tasks in the order wanted, undated ones last; where only some of the first are wanted, those still to come."""
    if query.order is None:
        return list(tasks)
    days = [(next_due(task.deadline, today) or task.deadline.due, task) for task in tasks]
    dated = [(day, task) for day, task in days if day and not (query.most and day < today)]
    dated.sort(key=lambda pair: pair[0], reverse=query.order is Order.DUE_LAST)
    ordered = [task for _, task in dated]
    return ordered[: query.most] if query.most else [*ordered, *(task for day, task in days if day is None)]


def _lacking(query: Query, session: Session) -> list[Task]:
    """A task of each document meant whose table has no column for a cell that is asked for as empty."""
    documents = session.with_tasks(query.documents) if query.documents else None
    every = session.tasks(TaskFilter(documents=scope(documents))) if query.empty else []
    lacking = (task for task in every if any(lacks_column(task, str(name)) for name in query.empty))
    return list({task.document: task for task in lacking}.values())


def _no_column(lacking: Sequence[Task], query: Query, session: Session) -> Reply:
    """That the tables have no such column, so that no cell of it can be empty; with a row that shows it."""
    lines = []
    for name in map(str, query.empty):
        documents = [session.name(task.document) for task in lacking if lacks_column(task, name)]
        lines += [say("answers.no_column", name=name, documents=documents)] if documents else []
    return Reply(status=Status.ANSWERED, text="\n".join(lines), citations=tuple(map(session.cite, lacking)))


def _in_either_role(query: Query, session: Session) -> tuple[Query, list[Task]]:
    """The tasks in which a body takes part in any role, where it leads none and no role was asked about."""
    first, *others = query.agencies
    either = query.model_copy(update={"agencies": (first.model_copy(update={"role": "either"}), *others)})
    wider, tasks = described(either, session)
    return (wider, tasks) if tasks else (query, [])


def _names_body(reply: Reply, query: Query) -> bool:
    """Whether prose that was found speaks of the body asked about, in most of the words by which it was named."""
    held = set(pairwise(words(reply.text)))
    named = [pair for pair in pairwise(query.words) if all(pair)]
    return not reply.tasks and 2 * sum(pair in held for pair in named) > len(named)


def _shares(tasks: Sequence[Task], query: Query, session: Session) -> Shares | None:
    """Own, joint and collective leads of the agency asked about; None where none is asked about as lead."""
    if not query.agencies or query.agencies[0].role != "lead" or query.agencies[0].through:
        return None
    ref = query.agencies[0]
    own = [task for task in tasks if [m.agency_id for m in task.lead] == [ref.agency_id]]
    joint = [task for task in tasks if task not in own]
    return Shares(own, joint, _collective(query, session, tasks))


def _given_to_all(query: Query, session: Session) -> list[Task]:
    """The tasks that fall to a body only through an expression that includes it."""
    lead = query.agencies[0].model_copy(update={"role": "lead"})
    led = query.model_copy(update={"agencies": (lead,), "collective_lead": False})
    named = (
        led if lead.through else led.model_copy(update={"documents": query.documents or session.shelf.catalogue.ids})
    )
    return described(led, session)[1] if lead.through else _collective(named, session, described(led, session)[1])


def _collective(query: Query, session: Session, direct: Sequence[Task]) -> list[Task]:
    """Tasks that fall to the agency only through an expression such as "Các phòng, đơn vị"."""
    agencies = session.shelf.catalogue.agencies
    member = agencies.get(query.agencies[0].agency_id)
    if member is None or member.collective:
        return []
    holders = [a.id for a in agencies if a.collective and agencies.includes(a, member)]
    if not holders or not query.documents:
        return []
    wanted = filter_of(query, session.with_tasks(query.documents), session.today).model_copy(
        update={"agencies": tuple(holders)}
    )
    taken = {(t.document, t.ordinal) for t in direct}
    found = [t for t in session.tasks(wanted) if (t.document, t.ordinal) not in taken]
    return [t for t in found if in_time(t.deadline, query, session.today)]


def _reply(query: Query, session: Session, tasks: Sequence[Task], shares: Shares | None) -> Reply:
    if query.skip >= len(tasks) > 0:
        return _all_told(query, session, tasks)
    head = say(
        "answers.list_head", total=len(tasks), counting=query.ask is Ask.COUNT, what=what_of(query, session, tasks)
    )
    lines = [head]
    cited: Sequence[Task] = tasks
    if shares and shares.joint and not query.shared_lead:
        lines.append(say("answers.list_shares", own=len(shares.own), joint=len(shares.joint)))
    if tasks and query.agencies and query.agencies[0].role == "either":
        lines.append(roles_line(tasks, query.agencies[0]))
    if not tasks and query.agencies and not query.collective_lead:
        in_stead, cited = _other_part(query, session)
        lines += in_stead
    due, coming = (None, []) if tasks else _next_due(query, session)
    if due is not None:
        lines += _coming_lines(due, coming, query, session)
        cited = [*cited, *coming]
    if query.period and (written := deadlines_line(tasks)):
        lines.append(written)
    if query.grouped and tasks:
        lines.append(sections_line(tasks))
    if tasks and query.agencies and query.agencies[0].through:
        lines.append(through_line(query.agencies[0], tasks))
    lines += list_lines(query, session, tasks)
    if shares and shares.collective:
        lines.append(collective_line(shares.collective))
    if tasks and (beside := _coordinated_beside(query, session)):
        lines.append(say("answers.list_coordinated", n=len(beside), tasks=[session.values(task) for task in beside]))
        cited = [*cited, *beside[:SHOWN]]
    if on_the_day := _on_the_day(query, session):
        lines.append(_on_the_day_line(on_the_day))
        cited = [*cited, *on_the_day[:SHOWN]]
    if yearly := _yearly_beside(query, session, tasks):
        lines.append(say("answers.list_yearly", n=len(yearly), tasks=[session.values(task) for task in yearly[:SHOWN]]))
    lines += lost_tables(query, session)
    duties = duties_beside(query, session)
    lines += [told_duties(duties, query, session)] if duties else []
    counted = query.ask is Ask.COUNT and not query.listed_words
    soon = coming if query.period and query.period.text.startswith("sap ") else []
    found = bool(tasks or soon or duties or counted or query.overdue or query.empty)
    return Reply(
        status=Status.ANSWERED if found else Status.NOT_FOUND,
        text="\n".join(lines),
        tasks=tuple(map(session.view, tasks or soon)),
        citations=(*map(session.cite, cited), *cited_duties(duties, session)),
        choices=suggestions(query, tasks, session.today),
    )


def _yearly_beside(query: Query, session: Session, tasks: Sequence[Task]) -> list[Task]:
    """What a list of a period leaves out because it is only done every year, where the year ends in that period."""
    period = query.period
    if not tasks or period is None or query.kinds or query.overdue or query.skip:
        return []
    every = described(query.model_copy(update={"period": None, "kinds": (DeadlineKind.RECURRING,)}), session)[1]
    held = {(task.document, task.ordinal) for task in tasks}
    found = [task for task in every if is_yearly(task.deadline) and falls_in(task.deadline, period)]
    return [task for task in found if (task.document, task.ordinal) not in held]


def _coordinated_beside(query: Query, session: Session) -> list[Task]:
    """What a body coordinates, where its work was asked for without a role and what it leads is told."""
    if len(query.agencies) != 1 or query.role_said or query.agencies[0].role != "lead" or query.skip or query.most:
        return []
    ref = query.agencies[0].model_copy(update={"role": "coordinate"})
    _, tasks = described(query.model_copy(update={"agencies": (ref,)}), session)
    return tasks if len({task.document for task in tasks}) == 1 and len(tasks) <= _FEW_BESIDE else []


def _next_due(query: Query, session: Session) -> tuple[dt.date | None, list[Task]]:
    """Where a period to come holds no task: the day after it on which some are due next, and these."""
    if query.period is None or query.period.end is None or query.period.end < session.today or not query.documents:
        return None, []
    later = Period(start=query.period.end + ONE_DAY, end=None, text="")
    tasks = described(query.model_copy(update={"period": later}), session)[1]
    days = [(due, task) for task in tasks if (due := next_due(task.deadline, later.start or session.today))]
    first = min((due for due, _ in days), default=None)
    return first, [task for due, task in days if due == first]


def _coming_lines(due: dt.date, coming: Sequence[Task], query: Query, session: Session) -> list[str]:
    """What is due next after a period without tasks."""
    if len(coming) == 1:
        return [say("answers.list_next", task=session.values(coming[0]))]
    head = say("answers.list_next_day", day=day(due), n=len(coming), left=(due - session.today).days)
    return [head, *list_lines(query, session, coming)]


def _on_the_day(query: Query, session: Session) -> list[Task]:
    """Where what is to be done "before" a day is asked for: what is due on that very day."""
    period = query.period
    if period is None or period.start is not None or period.end is None or not _BEFORE.match(period.text):
        return []
    day_after = period.end + ONE_DAY
    one = Period(start=day_after, end=day_after, text="")
    return [
        task for task in described(query.model_copy(update={"period": one}), session)[1] if _due_on(task, day_after)
    ]


def _due_on(task: Task, date: dt.date) -> bool:
    """Whether a task's deadline is one day, and which."""
    return task.deadline.due == date and not task.deadline.milestones


def _on_the_day_line(tasks: Sequence[Task]) -> str:
    due = tasks[0].deadline.due
    places = [f"{task.section}.{task.number}" if task.section else task.number for task in tasks[:SHOWN]]
    more = len(tasks) - len(places)
    return say("answers.list_on_the_day", day=day(due) if due else "", n=len(tasks), places=places, more=more)


def _all_told(query: Query, session: Session, tasks: Sequence[Task]) -> Reply:
    """The list that was to go on has ended."""
    text = say("answers.list_ended", total=len(tasks), what=what_of(query, session, tasks))
    return Reply(
        status=Status.ANSWERED,
        text=text,
        tasks=tuple(map(session.view, tasks)),
        citations=tuple(map(session.cite, tasks)),
    )


def _other_part(query: Query, session: Session) -> tuple[list[str], list[Task]]:
    """What a body that leads nothing (nothing alone) has instead: tasks led with others, tasks that it coordinates."""
    ref = query.agencies[0]
    if ref.role != "lead" or ref.through or len(query.agencies) > 1:
        return [], []
    lines, cited = [], []
    for role in (["lead"] if query.sole_lead else []) + ["coordinate"]:
        changes = {"agencies": (ref.model_copy(update={"role": role}),), "sole_lead": False, "shared_lead": False}
        tasks = described(query.model_copy(update=changes), session)[1]
        if tasks:
            places = [f"{task.section}.{task.number}" if task.section else task.number for task in tasks[:SHOWN]]
            more = len(tasks) - len(places)
            lines.append(say("answers.list_instead", name=ref.name, role=role, n=len(tasks), places=places, more=more))
        cited += tasks[:SHOWN]
    return lines, cited


def _without_table(query: Query, session: Session) -> Reply:
    """The documents meant hold no tasks that could be read."""
    cards = session.unreadable(query.documents)
    said, duties = (said_of_body(query, session), duties_of_list(query, session)) if not cards else ([], [])
    if said and len(said) >= len(duties):
        return said_alone(said, query, session)
    if duties:
        return duties_alone(duties, query, session)
    if not cards:
        if query.words and (found := answer_by_words(query, session)).status is Status.ANSWERED:
            return found
        names = [session.name(d) for d in query.documents]
        return Reply(status=Status.NOT_FOUND, text=say("endings.no_tasks", documents=names))
    document = cards[0].document
    if query.ask is Ask.COUNT and not (
        query.agencies or query.period or query.kinds or query.listed_words or query.section
    ):
        text = say(
            "answers.document_tasks", document=session.name(document.id), read=0, declared=document.declared_tasks
        )
        return Reply(status=Status.ANSWERED, text=text)
    return Reply(status=Status.NOT_FOUND, text=say("endings.table_unreadable", document=session.name(document.id)))
