"""What a list leaves out and tells beside: tasks of a longer time, on no day that is said, on the very day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.answer.described import described, falls_in, is_of_longer, is_without_day
from assistant.answer.session import Session
from assistant.answer.wording import day
from assistant.understand.query import SHOWN, Period, Query
from corpus.due import ONE_DAY
from corpus.records import DeadlineKind, Task
from prompts import say

_BEFORE = re.compile(r"truoc(?!\w)")
_FEW = 12  # tasks that are told by their numbers alone


def without_day_beside(query: Query, session: Session, tasks: Sequence[Task]) -> list[Task]:
    """What a list of a period leaves out because it only comes again, on no day that is said."""
    period = query.period
    if not tasks or period is None or query.kinds or query.overdue or query.skip:
        return []
    every = described(query.model_copy(update={"period": None, "kinds": (DeadlineKind.RECURRING,)}), session)[1]
    found = [task for task in every if is_without_day(task.deadline) and falls_in(task.deadline, period)]
    return _not_in(tasks, found)


def longer_beside(query: Query, session: Session, tasks: Sequence[Task]) -> list[Task]:
    """What a list of a quarter leaves out because it names the whole year that ends in it."""
    if not tasks or not query.longer_beside or query.period is None or query.skip:
        return []
    every = described(query.model_copy(update={"longer_beside": False, "as_written": False}), session)[1]
    return _not_in(tasks, [task for task in every if is_of_longer(task.deadline, query.period)])


def _not_in(tasks: Sequence[Task], others: Sequence[Task]) -> list[Task]:
    """Some tasks without those of a list."""
    held = {(task.document, task.ordinal) for task in tasks}
    return [task for task in others if (task.document, task.ordinal) not in held]


def coordinated_beside(query: Query, session: Session) -> list[Task]:
    """What a body coordinates, where its work was asked for without a role and what it leads is told."""
    if len(query.agencies) != 1 or query.role_said or query.agencies[0].role != "lead" or query.skip or query.most:
        return []
    ref = query.agencies[0].model_copy(update={"role": "coordinate"})
    _, tasks = described(query.model_copy(update={"agencies": (ref,)}), session)
    return tasks if len({task.document for task in tasks}) == 1 and len(tasks) <= _FEW else []


def due_on_the_day(query: Query, session: Session) -> list[Task]:
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


def on_the_day_line(tasks: Sequence[Task]) -> str:
    due = tasks[0].deadline.due
    places = [f"{task.section}.{task.number}" if task.section else task.number for task in tasks[:SHOWN]]
    more = len(tasks) - len(places)
    return say("answers.list_on_the_day", day=day(due) if due else "", n=len(tasks), places=places, more=more)
