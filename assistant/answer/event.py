"""The deadline that follows from an event: counted from the day that a question supposes, by the rule of the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.answer.prose import answer_by_words
from assistant.answer.quoting import enough
from assistant.answer.session import Session
from assistant.answer.sought import sought_by
from assistant.answer.tasks import answer_by_number, tasks_named, tell
from assistant.answer.wording import day
from assistant.reply import Reply
from assistant.understand.query import Attribute, Query
from corpus.due import ONE_DAY, due_from_event, is_weekday
from corpus.records import Deadline, DeadlineKind, Task
from prompts import say

_LESS = 0.1  # a task that waits for an event is told at less coverage: there are few of them
_MOST = 3


def answer_event(query: Query, session: Session) -> Reply:
    """Tells when the tasks meant would be due if their event happened on ``query.event``."""
    query = query.model_copy(update={"attributes": (Attribute.DEADLINE,)})
    waiting = [task for task in _meant(query, session) if task.deadline.kind is DeadlineKind.ON_EVENT]
    if not waiting or query.event is None:
        return answer_by_number(query, session) if query.tasks else answer_by_words(query, session)
    reply = tell(waiting[:_MOST], query, session)
    lines = [_counted(task, query.event, several=len(waiting) > 1) for task in waiting[:_MOST]]
    return reply.model_copy(update={"text": "\n".join([*lines, "", reply.text])})


def _meant(query: Query, session: Session) -> Sequence[Task]:
    """The tasks named by number, or the one that waits for an event and fits the words best."""
    if query.tasks:
        return tasks_named(query, session)
    sought = sought_by(query)
    scopes = [session.shelf.catalogue.family(query.documents) if query.documents else None]
    if query.documents and query.documents_from != "named":
        scopes.append(None)
    for scope in scopes:
        found = [f for f in session.find_tasks(sought, scope) if f.task.deadline.kind is DeadlineKind.ON_EVENT]
        if found and found[0].coverage >= enough(query) - _LESS:
            return [found[0].task]
    return []


def _counted(task: Task, event: dt.date, *, several: bool) -> str:
    """The due day with the way it is counted, or that the row gives no number of days."""
    deadline = task.deadline
    due = due_from_event(deadline, event, is_weekday)
    return say(
        "answers.event",
        number=task.number if several else None,
        event=day(event),
        due=day(due) if due else None,
        days=deadline.offset_days,
        working=deadline.working_days,
        moved_from=_moved_from(deadline, event, due),
        words=deadline.text,
    )


def _moved_from(deadline: Deadline, event: dt.date, due: dt.date | None) -> str | None:
    """The day of rest on which the period would have ended, where it did."""
    if due is None or deadline.working_days or deadline.offset_days is None:
        return None
    ended = event + deadline.offset_days * ONE_DAY
    return day(ended) if ended != due else None
