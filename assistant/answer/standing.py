"""How tasks stand, for those who may see it: looked up once per reply, worded, put into the views of tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from assistant.answer.asker import denied, name_of, who_said
from assistant.answer.session import Session
from assistant.answer.wording import day, task_title
from assistant.reply import ProgressView, Reply, Status, TaskView
from assistant.rights import Action
from assistant.understand.query import About, Ask, Query
from corpus.progress import Change, ChangeKind, Standing, TaskKey, TaskState
from corpus.records import Origin, Task
from prompts import say

VIETNAM = dt.timezone(dt.timedelta(hours=7))  # no summer time since 1975
ENDED = frozenset({TaskState.DONE, TaskState.STOPPED})
_SHORT_TITLE = 80
_FEW = 3  # tasks: of more in one reply the text says nothing of progress, the views do


def may_see(session: Session) -> bool:
    """Whether the person who asks may see progress."""
    return denied(session, Action.SEE_PROGRESS) is None


def with_progress(reply: Reply, query: Query, session: Session) -> Reply:
    """The reply with how its tasks stand, for a person who may see it; one look into the store for all of them."""
    if not reply.tasks or query.ask is Ask.UPDATE:
        return reply
    if not may_see(session):
        return _untold(reply) if _asks_of_one(reply, query) else reply
    held = {view: session.viewed[view] for view in reply.tasks if view in session.viewed}
    keys = by_key(list(held.values()), session)
    stands = standings(list(keys), session)
    of_task = {_place(task): stands[key] for key, task in keys.items() if key in stands}
    views = tuple(_seen(view, held.get(view), of_task, session) for view in reply.tasks)
    lines = _lines(list(held.values()), of_task, query, session) if reply.status is Status.ANSWERED else []
    text = "\n".join([reply.text, "", *lines]) if lines else reply.text
    return reply.model_copy(update={"tasks": views, "text": text})


def _asks_of_one(reply: Reply, query: Query) -> bool:
    """Whether it is asked how far one task is, beyond whether its day has passed."""
    standing = query.progress is not None and query.progress.about is About.STANDING
    return standing and bool(query.tasks) and len(reply.tasks) == 1 and not (query.late or query.overdue)


def _untold(reply: Reply) -> Reply:
    """The reply with a word that progress is not for everybody."""
    if reply.status is not Status.ANSWERED:
        return reply
    return reply.model_copy(update={"text": "\n\n".join([reply.text, say("progress.not_told")])})


def _seen(view: TaskView, task: Task | None, of_task: Mapping[tuple[str, int], Standing], session: Session) -> TaskView:
    standing = _standing_of(task, of_task) if task else None
    return view.model_copy(update={"progress": view_of(standing, session)}) if standing else view


def _standing_of(task: Task, of_task: Mapping[tuple[str, int], Standing]) -> Standing | None:
    return None if task.origin is Origin.PROSE else of_task.get(_place(task))


def _lines(
    tasks: Sequence[Task], of_task: Mapping[tuple[str, int], Standing], query: Query, session: Session
) -> list[str]:
    """How a few tasks stand; that nobody has said anything of those listed, where their progress was asked."""
    asked = query.progress is not None
    of_one = query.progress is not None and query.progress.about is About.STANDING
    if asked and not of_one and not of_task:
        return [say("progress.silent_all", total=len(tasks))]
    if len(tasks) > _FEW:
        return []
    told = [(task, _standing_of(task, of_task)) for task in tasks]
    lines = [(task, standing_line(standing, session)) for task, standing in told if standing or of_one]
    if len(tasks) == 1:
        return [line for _, line in lines]
    return [say("progress.standing_of", task=named(task, session), standing=line) for task, line in lines]


def view_of(standing: Standing, session: Session) -> ProgressView:
    """A standing as programs read it."""
    return ProgressView(
        state=str(standing.state),
        percent=standing.percent,
        note=standing.note,
        asked_due=standing.asked_due,
        assignee=name_of(standing.assignee, session),
        who=who_said(standing, session),
        when=standing.at,
        channel=str(standing.channel),
    )


def seen_task(task: Task, standing: Standing | None, session: Session) -> TaskView:
    """The view of a task with how it stands."""
    view = session.view(task)
    return view.model_copy(update={"progress": view_of(standing, session)}) if standing else view


def named(task: Task | None, session: Session) -> str:
    """A task in a sentence: "nhiệm vụ 7 “…” (Kế hoạch 158 …)"."""
    if task is None:
        return ""
    title = task_title(task, _SHORT_TITLE).rstrip(".")
    document = session.name(task.document)
    return say("progress.task", number=task.number, section=task.section, title=title, document=document)


def moment(at: dt.datetime) -> str:
    """A moment (UTC) as officers read it, in the time of Vietnam: "14:05 ngày 22/11/2026"."""
    here = at.astimezone(VIETNAM)
    return f"{here:%H:%M} {day(here.date())}"


def midnight(date: dt.date) -> dt.datetime:
    """When a day begins in Vietnam, in UTC."""
    return dt.datetime.combine(date, dt.time(), VIETNAM).astimezone(dt.UTC)


def change_words(change: Change, session: Session, due: str | None = None) -> str:
    """What a change says."""
    return say(
        "progress.change",
        state=str(change.state) if change.state else None,
        percent=None if change.percent in (0, 100) else change.percent,
        asked_due=day(change.asked_due) if change.asked_due else None,
        note=change.note,
        assignee=name_of(change.assignee, session) if change.kind is ChangeKind.ASSIGNED else None,
        due=due,
    )


def brief(standing: Standing, session: Session) -> str:
    """How a task stands, in a few words with who said so and when."""
    return say(
        "progress.brief",
        state=str(standing.state),
        percent=_percent(standing),
        asked_due=day(standing.asked_due) if standing.asked_due else None,
        who=who_said(standing, session),
        when=moment(standing.at),
    )


def words_of(standing: Standing) -> str:
    """How a task stands, in a few words."""
    asked = day(standing.asked_due) if standing.asked_due else None
    return say("progress.state_words", state=str(standing.state), percent=_percent(standing), asked_due=asked)


def words_of_state(state: TaskState) -> str:
    """A state in words."""
    return say("progress.state_words", state=str(state), percent=None, asked_due=None)


def standing_line(standing: Standing | None, session: Session) -> str:
    """How a task stands, in a line of its own."""
    if standing is None:
        return say("progress.no_standing")
    return say(
        "progress.standing",
        state=str(standing.state),
        percent=_percent(standing),
        asked_due=day(standing.asked_due) if standing.asked_due else None,
        note=standing.note,
        assignee=name_of(standing.assignee, session),
        who=who_said(standing, session),
        when=moment(standing.at),
    )


def _percent(standing: Standing) -> int | None:
    return None if standing.percent in (0, 100) else standing.percent


def standings(keys: Collection[TaskKey], session: Session) -> dict[TaskKey, Standing]:
    """How some tasks stand, of those of which anything was said; each looked up once in a question."""
    new = [key for key in keys if key not in session.stands]
    if new:
        session.stands.update(dict.fromkeys(new) | session.office.progress.standings(new))
    return {key: standing for key in keys if (standing := session.stands[key])}


def ended(tasks: Sequence[Task], session: Session) -> set[tuple[str, int]]:
    """Of some tasks those (document, ordinal) that are recorded as done or stopped, where the person may see it."""
    if not tasks or not may_see(session):
        return set()
    keys = by_key(tasks, session)
    stands = standings(list(keys), session)
    return {(keys[key].document, keys[key].ordinal) for key, standing in stands.items() if standing.state in ENDED}


def values_told(tasks: Sequence[Task], session: Session) -> list[dict[str, Any]]:
    """The values of tasks for the sentences of prompts/; of what is recorded as done it is not said that it is late."""
    over = ended(tasks, session)
    values = [session.values(task) for task in tasks]
    for task, told in zip(tasks, values, strict=True):
        if (task.document, task.ordinal) in over:
            told["deadline"] = {**told["deadline"], "left": None}
    return values


def by_key(tasks: Sequence[Task], session: Session) -> dict[TaskKey, Task]:
    """The rows among some tasks by their keys, each looked up once in a question; without those that the
    store no longer holds. What stands in prose has no progress of its own."""
    rows = [task for task in tasks if task.origin is not Origin.PROSE]
    found = session.store.keys_of([task for task in rows if _place(task) not in session.keys])
    session.keys.update({place: key for place, (key, _) in found.items()})
    session.stands.update({key: None for key, reported in found.values() if not reported})
    return {session.keys[_place(task)]: task for task in rows if _place(task) in session.keys}


def _place(task: Task) -> tuple[str, int]:
    return task.document, task.ordinal
