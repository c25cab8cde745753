"""Questions about progress, answered from how the tasks stand: what is open, overdue, done; who said so; who is behind.

Only for those who may see progress; everybody else is told what the plan says (the answer of the other rooms).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer.asker import name_of, who_said
from assistant.answer.progress_changes import changed
from assistant.answer.progress_lists import finished, listed, overview, slowest, tasks_of_person
from assistant.answer.session import Session
from assistant.answer.standing import (
    by_key,
    change_words,
    may_see,
    moment,
    named,
    seen_task,
    standing_line,
    standings,
)
from assistant.answer.tasks import tasks_named
from assistant.reply import Reply, Status
from assistant.understand.query import About, Attribute, Query
from corpus.due import is_overdue
from corpus.progress import Entry, Standing, TaskState
from corpus.records import Task
from prompts import say

_MOST_TASKS = 4  # that one question by number tells of
_MOST_ENTRIES = 10
_LISTS = frozenset({About.OPEN, About.OVERDUE, About.BY_STATE, About.SILENT})


def answer_progress(query: Query, session: Session) -> Reply | None:
    """The reply to a question about progress; None where none is asked, where it is not for the person who asks, or
    where nothing is recorded that the plan does not say better."""
    asked = query.progress
    if asked is None or not may_see(session):
        return None
    if query.tasks:
        return _of_tasks(query, session)
    if asked.about in _LISTS:
        return listed(query, session)
    if asked.about is About.FINISHED:
        return finished(query, session)
    if asked.about is About.CHANGED:
        return changed(query, session)
    if asked.about is About.SLOWEST:
        return slowest(query, session)
    if asked.about is About.OVERVIEW:
        return overview(query, session)
    return tasks_of_person(query, session) if asked.about is About.MINE else None


def _of_tasks(query: Query, session: Session) -> Reply | None:
    """How the tasks named stand, what was said of them, who works on them; None where they are many or none."""
    tasks = tasks_named(query, session)
    if not 0 < len(tasks) <= _MOST_TASKS or query.progress is None:
        return None
    keys = by_key(tasks, session)
    stands = standings(list(keys), session)
    asks_more = set(query.attributes) - {Attribute.DEADLINE}
    if query.progress.about not in (About.HISTORY, About.ASSIGNEE) and (asks_more or not stands):
        return None  # the answer from the plan, and how the tasks stand beside it
    lines: list[str] = []
    for key, task in keys.items():
        standing = stands.get(key)
        if query.progress.about is About.HISTORY:
            lines += _history(task, session.office.progress.history(key), session)
        elif query.progress.about is About.ASSIGNEE:
            who = name_of(standing.assignee, session) if standing else None
            lead = [] if who else [mention.name for mention in task.lead]
            lines.append(say("progress.assignee_of", task=named(task, session), assignee=who, lead=lead))
        else:
            lines += _stands(task, standing, session)
    return Reply(
        status=Status.ANSWERED,
        text="\n".join(lines),
        tasks=tuple(seen_task(task, stands.get(key), session) for key, task in keys.items()),
        citations=tuple(map(session.cite, tasks)),
    )


def _stands(task: Task, standing: Standing | None, session: Session) -> list[str]:
    """How one task stands, with its deadline."""
    line = say("progress.standing_of", task=named(task, session), standing=standing_line(standing, session))
    lines = [line]
    if task.deadline.text:
        lines.append(say("progress.due", text=task.deadline.text))
    done = standing is not None and standing.state is TaskState.DONE
    if not done and task.deadline.due and is_overdue(task.deadline, session.today):
        lines.append(say("progress.late", days=(session.today - task.deadline.due).days))
    return [" ".join(lines)]


def _history(task: Task, entries: Sequence[Entry], session: Session) -> list[str]:
    """Who said what of a task and when, the newest first."""
    undone = {entry.undoes for entry in entries if entry.undoes}
    lines = [say("progress.history_head", task=named(task, session), count=len(entries))]
    for i, entry in enumerate(list(reversed(entries))[:_MOST_ENTRIES], 1):
        words = say("progress.undo_words") if entry.undoes else change_words(entry.change, session)
        who = who_said(entry, session)
        taken_back = entry.id in undone
        lines.append(
            say("progress.history_line", index=i, who=who, when=moment(entry.at), change=words, undone=taken_back)
        )
    if len(entries) > _MOST_ENTRIES:
        lines.append(say("progress.history_more", n=len(entries) - _MOST_ENTRIES))
    return lines
