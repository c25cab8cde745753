"""Who changed what in some days: "hôm nay ai cập nhật gì"."""

from __future__ import annotations

import datetime as dt

from assistant.answer.asker import who_said
from assistant.answer.session import Session
from assistant.answer.standing import change_words, midnight, moment, named, seen_task, standings
from assistant.answer.wording import day
from assistant.reply import Reply, Status
from assistant.understand.query import Query
from assistant.understand.units import documents_of_unit
from corpus.due import ONE_DAY
from corpus.progress import Entry, TaskKey
from corpus.records import Task
from prompts import say

_MOST = 10
_WEEK = dt.timedelta(days=7)  # where no days are named


def changed(query: Query, session: Session) -> Reply | None:
    """The changes of some days, of the last week where none are named, in the documents that are named, else in those
    of the office; the newest first. None where nobody in particular asks."""
    asked, person = query.progress, session.asker.person
    if asked is None:
        return None
    start, end = asked.start or session.today - _WEEK, asked.end or session.today
    documents = set(query.documents) if query.documents_from == "named" else set()
    if not documents and person is not None:
        documents = set(documents_of_unit(person.unit.name, session.shelf.catalogue))
    documents = documents or set(session.shelf.catalogue.ids)
    entries = session.office.progress.between(midnight(start), midnight(end + ONE_DAY), documents)[::-1]
    tasks = session.store.tasks_by_row({entry.task for entry in entries[:_MOST]})
    entries = [entry for entry in entries[:_MOST] if entry.task in tasks] + entries[_MOST:]
    lines = [say("progress.changed_head", total=len(entries), start=day(start), end=day(end))]
    lines += [_line(i, entry, tasks, session) for i, entry in enumerate(entries[:_MOST], 1)]
    if len(entries) > _MOST:
        lines.append(say("progress.changed_more", n=len(entries) - _MOST))
    stands = standings(list(tasks), session)
    return Reply(
        status=Status.ANSWERED,
        text="\n".join(lines),
        tasks=tuple(seen_task(task, stands.get(key), session) for key, task in tasks.items()),
        citations=tuple(map(session.cite, tasks.values())),
    )


def _line(index: int, entry: Entry, tasks: dict[TaskKey, Task], session: Session) -> str:
    words = say("progress.undo_words") if entry.undoes else change_words(entry.change, session)
    who, task = who_said(entry, session), named(tasks[entry.task], session)
    return say("progress.changed_line", index=index, who=who, when=moment(entry.at), task=task, change=words)
