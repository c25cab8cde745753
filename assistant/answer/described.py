"""Which tasks a question describes: by document, body, period, kind of deadline, section, cells and words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import dropwhile

from assistant.answer.bodies import bodies_present, takes_part
from assistant.answer.session import Session
from assistant.answer.wording import lacks_column
from assistant.catalogue import file_words
from assistant.understand.leaders import is_led_by
from assistant.understand.query import Attribute, Period, Query
from connectors.database import TaskFilter
from corpus.due import is_overdue, next_due
from corpus.records import Deadline, DeadlineKind, Task
from corpus.vietnamese import fold
from retrieval.coverage import Sought

WITHOUT_DAY = (DeadlineKind.ONGOING, DeadlineKind.ON_EVENT)
# Share of a topic that a task must explain to be counted under it.
_ON_TOPIC = 0.6
_NAMES_DAY = re.compile(
    r"\b(?:ngay|thang|quy) \d|\d/\d|\bquy [ivx]+\b|\bthu (?:hai|ba|tu|nam|sau|bay|\d)\b"
    r"|\b(?:cuoi|(?<!bat )dau|giua|truoc|sau|chu nhat|dot)\b"
)
_LEADING = frozenset({"vu", "ve", "viec", "chuyen", "mang", "dot", "cong", "tac"})
_YEAR = 364  # days from the first to the last of a year
_ALL_BUT_ONE = 4  # kinds of deadline, where a question leaves out what goes on always
_QUARTER, _MONTHS = 3, 12  # months of a quarter, of a year
_LONG = 366  # days: a period that is longer is one of years


def described(query: Query, session: Session) -> tuple[Query, list[Task]]:
    """The tasks that a question describes; the query with its bodies as the documents call them."""
    documents = session.with_tasks(query.documents) if query.documents else None
    query = query.model_copy(update={"agencies": bodies_present(query, documents, session)})
    if _is_of_title(query, session):
        query = query.model_copy(update={"listed_words": (), "listed_accented": (), "topic": ""})
    wanted = filter_of(query, documents, session.today)
    if query.listed_words:
        keys = _about(query.listed_words, query.listed_accented, session, documents)
        wanted = wanted.model_copy(update={"keys": keys})
    tasks = _with_blank_days(session.tasks(wanted), wanted, query, session)
    tasks = _exactly([task for task in tasks if in_time(task.deadline, query, session.today)], query.period)
    if query.period and not (query.overdue or 0 < len(query.kinds) < _ALL_BUT_ONE):
        tasks = [task for task in tasks if not is_without_day(task.deadline)] or tasks
    if query.every:
        tasks = [task for task in tasks if comes_every(task.deadline, query.every)] or tasks
    if query.longer_beside and query.period:
        tasks = [task for task in tasks if not is_of_longer(task.deadline, query.period)] or tasks
    if query.as_written and query.period:
        tasks = _as_written(tasks, query.period)
    if query.left_out:
        about = set(_about(query.left_out, (), session, documents))
        tasks = [task for task in tasks if (task.document, task.ordinal) not in about]
    return query, [task for task in tasks if _fits_cells(task, query)]


def _with_blank_days(tasks: list[Task], wanted: TaskFilter, query: Query, session: Session) -> list[Task]:
    """The tasks and, where those without a fixed day are asked for, those whose deadline is left blank, in order."""
    if query.kinds != WITHOUT_DAY:
        return tasks
    blank = session.tasks(wanted.model_copy(update={"kinds": (DeadlineKind.UNREADABLE,)}))
    found = [*tasks, *(task for task in blank if not task.deadline.text)]
    position = session.shelf.catalogue.position
    return sorted(found, key=lambda task: (position[task.document], task.ordinal))


def scope(documents: Sequence[str] | None) -> tuple[str, ...] | None:
    return tuple(documents) if documents else None


def _exactly(tasks: list[Task], period: Period | None) -> list[Task]:
    """Of a period of years ("2026 - 2030") the tasks that run from its first to its last day, where there are any."""
    if period is None or period.start is None or period.end is None or (period.end - period.start).days < _LONG:
        return tasks
    exact = [t for t in tasks if (t.deadline.window_start, t.deadline.due) == (period.start, period.end)]
    return exact or tasks


def filter_of(query: Query, documents: Sequence[str] | None, today: dt.date) -> TaskFilter:
    latest = query.period.end if query.period else None
    role = query.agencies[0].role if query.agencies else "either"
    dated = DeadlineKind.ONGOING not in query.kinds
    return TaskFilter(
        documents=scope(documents),
        section=query.section,
        kinds=(*query.kinds, *((DeadlineKind.RECURRING,) if query.kinds == (DeadlineKind.ONGOING,) else ())),
        agencies=(query.agencies[0].agency_id, *query.agencies[0].through) if query.agencies else (),
        role=role,
        due_from=query.period.start if query.period and dated else None,
        due_to=(latest or (today if query.overdue else None)) if dated else None,
    )


def _fits_cells(task: Task, query: Query) -> bool:
    """Whether a task's cells are as asked: empty ones, several leads, all the agencies asked about."""
    if (query.shared_lead and len(task.lead) < 2) or (query.sole_lead and len(task.lead) != 1):
        return False
    if query.collective_lead and not query.agencies and not any(body.collective for body in task.lead):
        return False
    if any(_written(task, name) or lacks_column(task, str(name)) for name in query.empty):
        return False
    led = query.leader or query.leader_name
    if led and not is_led_by(fold(task.leader or ""), query.leader, query.leader_name):
        return False
    if any(takes_part(task, ref) for ref in query.without):
        return False
    return all(takes_part(task, ref) for ref in query.agencies)


def _written(task: Task, name: Attribute) -> bool:
    """Whether a cell of a task holds anything."""
    return bool(task.deadline.text if name is Attribute.DEADLINE else getattr(task, str(name)))


def in_time(deadline: Deadline, query: Query, today: dt.date) -> bool:
    if query.overdue and not is_overdue(deadline, today):
        return False
    if query.kinds == (DeadlineKind.ONGOING,) and deadline.kind is DeadlineKind.RECURRING:
        return "thuong xuyen" in fold(deadline.text)  # "thường xuyên, ít nhất 01 lần/quý"
    if query.period is None or (deadline.kind in query.kinds and deadline.kind is DeadlineKind.ONGOING):
        return True  # what goes on has no day that could fall into a period
    return falls_in(deadline, query.period)


def _as_written(tasks: list[Task], period: Period) -> list[Task]:
    """The tasks whose deadline says just this year ("Năm 2026"), else a time within these days; all where none does."""
    year = period.start is not None and period.end is not None and (period.end - period.start).days >= _YEAR
    exact = year and [t for t in tasks if (t.deadline.window_start, t.deadline.due) == (period.start, period.end)]
    return exact or [t for t in tasks if _is_within(t.deadline, period)] or tasks


def _is_within(deadline: Deadline, period: Period) -> bool:
    """Whether a deadline names a time inside a period, and nothing that comes again or is longer."""
    start, end = deadline.window_start or deadline.due, deadline.due
    if deadline.kind is DeadlineKind.RECURRING or start is None or end is None:
        return False
    return (period.start is None or start >= period.start) and (period.end is None or end <= period.end)


def is_of_longer(deadline: Deadline, period: Period) -> bool:
    """Whether a deadline names just the quarter or year that a shorter period ends in ("Năm 2026" for quarter IV)."""
    start, end = deadline.window_start, deadline.due
    if start is None or end is None or period.start is None or period.end is None:
        return False
    ends_with = {(start.year, start.month + _QUARTER - 1), (start.year, start.month + _MONTHS - 1)}
    whole = start.day == 1 and start.month % _QUARTER == 1 and (end.year, end.month) in ends_with
    return whole and deadline.kind is DeadlineKind.DATE and end - start > period.end - period.start


def falls_in(deadline: Deadline, period: Period) -> bool:
    """Whether a deadline has a day inside a period (its due day, a milestone, a recurrence)."""
    following = next_due(deadline, period.start or dt.date.min)
    return following is not None and following <= (period.end or dt.date.max)


def is_without_day(deadline: Deadline) -> bool:
    """Whether a deadline says no more than that work is done every year, quarter or month: the end of it, at which it
    is due, is said nowhere."""
    return deadline.kind is DeadlineKind.RECURRING and not _NAMES_DAY.search(fold(deadline.text))


def comes_every(deadline: Deadline, units: Sequence[str]) -> bool:
    """Whether a deadline comes again each "week", "month", "quarter", "half" year or "year", any of these."""
    often = {12: "month", 4: "quarter", 2: "half", 1: "year"}
    recurrences = [part.recurrence for part in (deadline, *deadline.parts) if part.recurrence]
    return any(("week" if r.weekday is not None else often.get(len(r.days), "")) in units for r in recurrences)


def _is_of_title(query: Query, session: Session) -> bool:
    """Whether the topic of a list is only that of the documents meant: "việc tuyển quân" of the call-up plan."""
    titles = {w for d in query.documents for w in (*session.card(d).title_words, *file_words(d))}
    topic = subject_of(query)
    return bool(topic) and titles.issuperset(topic)


def subject_of(query: Query) -> list[str]:
    """The words of the topic of a list without those that only lead to it: "vụ chống ngập"."""
    words = [word for word in query.listed_words if word]
    return list(dropwhile(_LEADING.__contains__, words)) or words


def _about(
    topic: tuple[str, ...], accented: tuple[str, ...], session: Session, documents: Sequence[str] | None
) -> tuple[tuple[str, int], ...]:
    """The keys of the tasks that hold the words of a topic."""
    found = session.find_tasks(Sought(topic, accented or ("",) * len(topic), topic), documents)
    return tuple((f.task.document, f.task.ordinal) for f in found if f.coverage >= _ON_TOPIC)
