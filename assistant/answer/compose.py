"""From a query to a reply: one function per kind of question."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answer.agreement import answer_agreement
from assistant.answer.changed import with_changes
from assistant.answer.check import checked
from assistant.answer.compare import answer_comparison
from assistant.answer.confirm import with_verdict
from assistant.answer.days import with_days_left
from assistant.answer.documents import answer_document
from assistant.answer.event import answer_event
from assistant.answer.force import left_out
from assistant.answer.lists import answer_list
from assistant.answer.many import too_many_tasks
from assistant.answer.periodic import answer_periodic
from assistant.answer.progress import answer_progress
from assistant.answer.progress_many import very_many
from assistant.answer.prose import answer_by_words, answer_place, beside_prose
from assistant.answer.prose_duties import with_said
from assistant.answer.session import Session, TooManyTasks
from assistant.answer.standing import with_progress
from assistant.answer.tasks import answer_by_number
from assistant.answer.transcribed import with_transcription
from assistant.reply import Reply, Status
from assistant.understand.query import Ask, Query
from assistant.updates import answer_update
from prompts import say

_ANSWERS: dict[Ask, Callable[[Query, Session], Reply]] = {
    Ask.TASK: answer_by_number,
    Ask.FIND: answer_by_words,
    Ask.LIST: lambda query, session: with_said(answer_list(query, session), query, session),
    Ask.COUNT: answer_list,
    Ask.EVENT: answer_event,
    Ask.DOCUMENT: answer_document,
    Ask.PLACE: answer_place,
}
_PREPARED = {Ask.CHAT: Status.CHAT, Ask.REFUSE: Status.REFUSED, Ask.UNCLEAR: Status.CLARIFY}


def compose(query: Query, session: Session) -> Reply:
    """The reply to a query, its quotations checked."""
    if query.reason == "outside_unit":
        names = [session.name(document) for document in query.documents]
        text = say("endings.outside_unit", unit=query.topic, documents=names)
        return Reply(status=Status.NOT_FOUND, text=text)
    if query.reason == "outside_list":
        return Reply(status=Status.CLARIFY, text=say("endings.outside_list", count=query.topic))
    try:
        told = answer_progress(query, session)
    except TooManyTasks as many:
        return very_many(many.spread, query, session)
    if told is not None:
        return checked(told, session)
    if query.ask in _PREPARED or query.reason.startswith("unclear_"):
        status = Status.NOT_FOUND if query.reason == "unclear_script" else _PREPARED.get(query.ask, Status.CLARIFY)
        return Reply(status=status, text=say(f"endings.{query.reason}"))
    if not session.shelf.catalogue.cards:
        return Reply(status=Status.NOT_FOUND, text=say("endings.no_documents"))
    try:
        reply = answer_update(query, session) if query.ask is Ask.UPDATE else _answered_in_force(query, session)
    except TooManyTasks as many:
        return too_many_tasks(many.spread, session)
    return checked(with_progress(with_changes(with_transcription(reply, session), session), query, session), session)


def _answered_in_force(query: Query, session: Session) -> Reply:
    """The reply from the documents that hold; from those that were replaced only where no other one tells it."""
    session.left_out = left_out(query, session)
    reply = _answered(query, session)
    if session.left_out and reply.status is Status.NOT_FOUND:
        session.left_out = frozenset()
        reply = _answered(query, session)
    return reply


def _answered(query: Query, session: Session) -> Reply:
    reply = (
        answer_agreement(query, session)
        or answer_comparison(query, session)
        or answer_periodic(query, session)
        or with_verdict(beside_prose(_ANSWERS[query.ask](query, session), query, session), query, session)
    )
    return with_days_left(reply, query, session)
