"""How tasks stand, for those who may see it: looked up once per reply, worded, put into the views of tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from assistant.answer.asker import denied, name_of
from assistant.answer.session import Session
from assistant.answer.wording import day, shorten
from assistant.reply import ProgressView, Reply, Status, TaskView
from assistant.rights import Action
from assistant.understand.query import Ask, Query
from corpus.progress import Change, ChangeKind, Standing, TaskKey, TaskState
from corpus.records import Task
from prompts import say

VIETNAM = dt.timezone(dt.timedelta(hours=7))  # no summer time since 1975
_SHORT_TITLE = 80
_FEW = 3  # tasks: of more in one reply the text says nothing of progress, the views do


def may_see(session: Session) -> bool:
    """Whether the person who asks may see progress."""
    return denied(session, Action.SEE_PROGRESS) is None


def with_progress(reply: Reply, query: Query, session: Session) -> Reply:
    """The reply with how its tasks stand, for a person who may see it; one look into the store for all of them."""
    if not reply.tasks or query.ask is Ask.UPDATE or not may_see(session):
        return reply
    held = [(view, session.viewed.get(view)) for view in reply.tasks]
    keys = session.store.keys_of([task for _, task in held if task])
    of_task = dict(zip(((t.document, t.ordinal) for _, t in held if t), keys, strict=False))
    stands = standings(keys, session)
    views, lines = [], []
    for view, task in held:
        standing = stands.get(of_task[task.document, task.ordinal]) if task else None
        views.append(view.model_copy(update={"progress": view_of(standing, session)}) if standing else view)
        if standing and len(held) <= _FEW and query.progress is None:
            line = standing_line(standing, session)
            lines.append(
                line if len(held) == 1 else say("progress.standing_of", task=named(task, session), standing=line)
            )
    text = "\n".join([reply.text, "", *lines]) if lines and reply.status is Status.ANSWERED else reply.text
    return reply.model_copy(update={"tasks": tuple(views), "text": text})


def view_of(standing: Standing, session: Session) -> ProgressView:
    """A standing as programs read it."""
    return ProgressView(
        state=str(standing.state),
        percent=standing.percent,
        note=standing.note,
        asked_due=standing.asked_due,
        assignee=name_of(standing.assignee, session),
        who=name_of(standing.by, session),
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
    title = shorten(task.title, _SHORT_TITLE).rstrip(".")
    document = session.name(task.document)
    return say("progress.task", number=task.number, section=task.section, title=title, document=document)


def moment(at: dt.datetime) -> str:
    """A moment (UTC) as officers read it, in the time of Vietnam: "14:05 ngày 22/11/2026"."""
    here = at.astimezone(VIETNAM)
    return f"{here:%H:%M} {day(here.date())}"


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
        who=name_of(standing.by, session),
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
        who=name_of(standing.by, session),
        when=moment(standing.at),
    )


def _percent(standing: Standing) -> int | None:
    return None if standing.percent in (0, 100) else standing.percent


def standings(keys: Collection[TaskKey], session: Session) -> dict[TaskKey, Standing]:
    """How some tasks stand, of those of which anything was said."""
    return session.office.progress.standings(keys)


def by_key(tasks: Sequence[Task], session: Session) -> dict[TaskKey, Task]:
    """Some stored tasks by their keys."""
    return dict(zip(session.store.keys_of(tasks), tasks, strict=True))
