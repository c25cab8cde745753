"""Lists and counts of tasks: by body in charge, period, kind of deadline, section and words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer.bodies import bodies_present, mentions_of, takes_part
from assistant.answer.prose import answer_by_words
from assistant.answer.prose_duties import cited_duties, duties_beside, told_duties
from assistant.answer.session import Session
from assistant.answer.standing import ended
from assistant.answer.tasks import no_such_document
from assistant.answer.wording import day, lacks_column
from assistant.reply import Choice, Reply, Status
from assistant.understand.leaders import is_led_by
from assistant.understand.query import SHOWN, AgencyRef, Ask, Attribute, Order, Period, Query
from connectors.database import TaskFilter
from corpus.due import ONE_DAY, is_overdue, next_due
from corpus.records import AgencyLevel, Deadline, DeadlineKind, Task
from corpus.vietnamese import fold, words
from prompts import say
from retrieval.coverage import Sought

_ABOVE_WARDS = (AgencyLevel.CENTRAL, AgencyLevel.CITY)
_NEAR_DAYS = 60  # days: within these it helps to say how many are left
_MOST_SHOWN = 60
WITHOUT_DAY = (DeadlineKind.ONGOING, DeadlineKind.ON_EVENT)
# Share of a topic that a task must explain to be counted under it.
_ON_TOPIC = 0.6
_LONG = 366  # days: a period that is longer is one of years


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
    if query.section and not session.store.holds(TaskFilter(documents=_scope(documents), section=query.section)):
        names = [session.name(d) for d in documents or ()]
        return Reply(
            status=Status.NOT_FOUND, text=say("endings.no_such_section", section=query.section, documents=names)
        )
    if query.leader and not any(task.leader for task in session.tasks(TaskFilter(documents=_scope(documents)))):
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
        and query.documents_from == "unit"
        and query.agencies
        and (other := _in_other_documents(query, session))
    ):
        return other
    if lacking := _lacking(query, session) if not tasks else []:
        return _no_column(lacking, query, session)
    if query.collective_lead and query.agencies:
        query, tasks = query.model_copy(update={"role_said": True}), _given_to_all(query, session)
    shares = None if query.collective_lead else _shares(tasks, query, session)
    listed = sorted(shares.own + shares.joint, key=tasks.index) if shares else tasks
    return _reply(query, session, _in_order(listed, query, session.today), shares)


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
    every = session.tasks(TaskFilter(documents=_scope(documents))) if query.empty else []
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


def described(query: Query, session: Session) -> tuple[Query, list[Task]]:
    """The tasks that a question describes; the query with its bodies as the documents call them."""
    documents = session.with_tasks(query.documents) if query.documents else None
    query = query.model_copy(update={"agencies": bodies_present(query, documents, session)})
    if _is_of_title(query, session):
        query = query.model_copy(update={"listed_words": (), "listed_accented": (), "topic": ""})
    wanted = _filter(query, documents, session.today)
    if query.listed_words:
        wanted = wanted.model_copy(update={"keys": _on_topic(query, session, documents)})
    tasks = _with_blank_days(session.tasks(wanted), wanted, query, session)
    tasks = _exactly([task for task in tasks if _in_time(task.deadline, query, session.today)], query.period)
    return query, [task for task in tasks if _fits_cells(task, query)]


def _with_blank_days(tasks: list[Task], wanted: TaskFilter, query: Query, session: Session) -> list[Task]:
    """The tasks and, where those without a fixed day are asked for, those whose deadline is left blank, in order."""
    if query.kinds != WITHOUT_DAY:
        return tasks
    blank = session.tasks(wanted.model_copy(update={"kinds": (DeadlineKind.UNREADABLE,)}))
    found = [*tasks, *(task for task in blank if not task.deadline.text)]
    position = session.shelf.catalogue.position
    return sorted(found, key=lambda task: (position[task.document], task.ordinal))


def _scope(documents: Sequence[str] | None) -> tuple[str, ...] | None:
    return tuple(documents) if documents else None


def _exactly(tasks: list[Task], period: Period | None) -> list[Task]:
    """Of a period of years ("2026 - 2030") the tasks that run from its first to its last day, where there are any."""
    if period is None or period.start is None or period.end is None or (period.end - period.start).days < _LONG:
        return tasks
    exact = [t for t in tasks if (t.deadline.window_start, t.deadline.due) == (period.start, period.end)]
    return exact or tasks


def _filter(query: Query, documents: Sequence[str] | None, today: dt.date) -> TaskFilter:
    latest = query.period.end if query.period else None
    role = query.agencies[0].role if query.agencies else "either"
    return TaskFilter(
        documents=_scope(documents),
        section=query.section,
        kinds=query.kinds,
        agencies=(query.agencies[0].agency_id, *query.agencies[0].through) if query.agencies else (),
        role=role,
        due_from=query.period.start if query.period else None,
        due_to=latest or (today if query.overdue else None),
    )


def _fits_cells(task: Task, query: Query) -> bool:
    """Whether a task's cells are as asked: empty ones, several leads, all the agencies asked about."""
    if (query.shared_lead and len(task.lead) < 2) or (query.sole_lead and len(task.lead) != 1):
        return False
    if query.collective_lead and not query.agencies and not any(body.collective for body in task.lead):
        return False
    if any(_written(task, name) or lacks_column(task, str(name)) for name in query.empty):
        return False
    if query.leader and not is_led_by(fold(task.leader or ""), query.leader):
        return False
    if any(takes_part(task, ref) for ref in query.without):
        return False
    return all(takes_part(task, ref) for ref in query.agencies)


def _written(task: Task, name: Attribute) -> bool:
    """Whether a cell of a task holds anything."""
    return bool(task.deadline.text if name is Attribute.DEADLINE else getattr(task, str(name)))


def _in_time(deadline: Deadline, query: Query, today: dt.date) -> bool:
    if query.overdue and not is_overdue(deadline, today):
        return False
    return query.period is None or falls_in(deadline, query.period)


def falls_in(deadline: Deadline, period: Period) -> bool:
    """Whether a deadline has a day inside a period (its due day, a milestone, a recurrence)."""
    start = period.start or dt.date(1990, 1, 1)
    end = period.end or dt.date(2100, 12, 31)
    dates = [m.due for m in deadline.milestones] or ([deadline.due] if deadline.due else [])
    if deadline.kind is DeadlineKind.RECURRING:
        following = next_due(deadline, start)
        return following is not None and following <= end
    return any(start <= date <= end for date in dates)


def _is_of_title(query: Query, session: Session) -> bool:
    """Whether the topic of a list is only that of the documents meant: "việc tuyển quân" of the call-up plan."""
    titles = {word for document in query.documents for word in session.card(document).title_words}
    topic = set(filter(None, query.listed_words))
    return bool(topic) and topic <= titles


def _on_topic(query: Query, session: Session, documents: Sequence[str] | None) -> tuple[tuple[str, int], ...]:
    """The keys of the tasks that hold the words of a list."""
    sought = Sought(query.listed_words, query.listed_accented, query.listed_words)
    found = session.find_tasks(sought, documents)
    return tuple((f.task.document, f.task.ordinal) for f in found if f.coverage >= _ON_TOPIC)


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
    wanted = _filter(query, session.with_tasks(query.documents), session.today).model_copy(
        update={"agencies": tuple(holders)}
    )
    taken = {(t.document, t.ordinal) for t in direct}
    found = [t for t in session.tasks(wanted) if (t.document, t.ordinal) not in taken]
    return [t for t in found if _in_time(t.deadline, query, session.today)]


def _reply(query: Query, session: Session, tasks: Sequence[Task], shares: Shares | None) -> Reply:
    if query.skip >= len(tasks) > 0:
        return _all_told(query, session, tasks)
    head = say(
        "answers.list_head", total=len(tasks), counting=query.ask is Ask.COUNT, what=_what(query, session, tasks)
    )
    lines = [head]
    cited: Sequence[Task] = tasks
    if shares and shares.joint and not query.shared_lead:
        lines.append(say("answers.list_shares", own=len(shares.own), joint=len(shares.joint)))
    if tasks and query.agencies and query.agencies[0].role == "either":
        lines.append(_roles_line(tasks, query.agencies[0]))
    if not tasks and query.agencies and not query.collective_lead:
        in_stead, cited = _other_part(query, session)
        lines += in_stead
    due, coming = (None, []) if tasks else _next_due(query, session)
    if due is not None:
        lines += _coming_lines(due, coming, query, session)
        cited = [*cited, *coming]
    if query.grouped and tasks:
        lines.append(_sections_line(tasks))
    if tasks and query.agencies and query.agencies[0].through:
        lines.append(_through_line(query.agencies[0], tasks))
    lines += _lines(query, session, tasks)
    if shares and shares.collective:
        lines.append(collective_line(shares.collective))
    lines += _lost_tables(query, session)
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
        choices=_suggestions(query, tasks, session.today),
    )


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
    return [head, *_lines(query, session, coming)]


def _all_told(query: Query, session: Session, tasks: Sequence[Task]) -> Reply:
    """The list that was to go on has ended."""
    text = say("answers.list_ended", total=len(tasks), what=_what(query, session, tasks))
    return Reply(
        status=Status.ANSWERED,
        text=text,
        tasks=tuple(map(session.view, tasks)),
        citations=tuple(map(session.cite, tasks)),
    )


def _roles_line(tasks: Sequence[Task], ref: AgencyRef) -> str:
    """In how many tasks a body leads, and in how many it coordinates."""
    lead, coordinate = (
        sum(takes_part(task, ref.model_copy(update={"role": role})) for task in tasks)
        for role in ("lead", "coordinate")
    )
    return say("answers.list_roles", lead=lead, coordinate=coordinate)


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


def _lines(query: Query, session: Session, tasks: Sequence[Task]) -> list[str]:
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


def _suggestions(query: Query, tasks: Sequence[Task], today: dt.date) -> tuple[Choice, ...]:
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


def _sections_line(tasks: Sequence[Task]) -> str:
    """Into which sections the tasks fall, with how many each."""
    counts: dict[tuple[str, str, str], int] = {}
    for task in tasks:
        if task.section:
            key = (task.document, task.section, task.section_title or "")
            counts[key] = counts.get(key, 0) + 1
    rows = [{"number": number, "title": title, "n": n} for (_, number, title), n in counts.items()]
    return say("answers.list_sections", rows=rows)


def _through_line(ref: AgencyRef, tasks: Sequence[Task]) -> str:
    """That the tasks are given to a body only through expressions that stand for it."""
    held = [m.name for task in tasks for m in mentions_of(task, ref.role) if m.agency_id in ref.through]
    words = list({fold(name): name for name in reversed(held)}.values())
    return say("answers.list_through", words=words[:3])


def collective_line(tasks: Sequence[Task]) -> str:
    words = list({fold(m.name): m.name for task in reversed(tasks) for m in task.lead if m.collective}.values())
    return say("answers.list_collective", n=len(tasks), words=words[:3])


def _lost_tables(query: Query, session: Session) -> list[str]:
    """A note where a document that belongs to the question has a table that could not be read."""
    cards = session.unreadable(query.documents or None)
    return [say("answers.unreadable_table", document=session.name(card.document.id)) for card in cards]


def _what(query: Query, session: Session, tasks: Sequence[Task]) -> str:
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


def _without_table(query: Query, session: Session) -> Reply:
    """The documents meant hold no tasks that could be read."""
    cards = session.unreadable(query.documents)
    if not cards:
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
