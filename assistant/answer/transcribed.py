"""That an answer rests on what a person has read of a bad scan, said in one sentence."""

from __future__ import annotations

from typing import cast

from assistant.answer.session import Session
from assistant.reply import Reply, Status, TaskView
from connectors.database import TaskFilter
from corpus.records import Origin, Quality
from prompts import say

_Row = tuple[str, str | None, str]


def with_transcription(reply: Reply, session: Session) -> Reply:
    """The reply with the documents named whose rows a person transcribed, where it tells of such rows."""
    if reply.status is not Status.ANSWERED or not reply.tasks:
        return reply
    scanned = [name for name in dict.fromkeys(task.document for task in reply.tasks) if _is_scan(name, session)]
    documents = [name for name in scanned if any(_row(task) in _rows(name, session) for task in reply.tasks)]
    if not documents:
        return reply
    sentence = say("answers.transcribed", documents=[session.name(document) for document in documents])
    return reply.model_copy(update={"text": f"{reply.text}\n{sentence}"})


def _is_scan(document: str, session: Session) -> bool:
    return session.card(document).document.quality is Quality.OCR


def _row(task: TaskView) -> _Row:
    return task.document, task.section, task.number


def _rows(document: str, session: Session) -> frozenset[_Row]:
    """The rows of a document that a person transcribed; worked out once."""
    key = ("transcribed", document)
    if key not in session.shelf.kept:
        tasks = session.tasks(TaskFilter(documents=(document,)))
        found = ((document, task.section, task.number) for task in tasks if task.origin is Origin.REVIEW)
        session.shelf.kept[key] = frozenset(found)
    return cast("frozenset[_Row]", session.shelf.kept[key])
