"""What a reply is told from may no longer hold: another stored document changes it, or its own day has passed."""

from __future__ import annotations

from assistant.answer.force import expired
from assistant.answer.session import Session
from assistant.answer.wording import cite_relation, day
from assistant.reply import Reply, Status
from corpus.records import Relation
from prompts import say

_MOST = 2  # documents that are spoken of


def with_changes(reply: Reply, session: Session) -> Reply:
    """The reply with a sentence, and the place that says so, for each document in it that another one changes."""
    told = dict.fromkeys([*(t.document for t in reply.tasks), *(c.document for c in reply.citations)])
    if reply.status is not Status.ANSWERED:
        return reply
    changed = [document for document in told if session.card(document).changed_by]
    for document in changed[:_MOST]:
        reply = _with_change(reply, document, session)
    ended = [document for document in told if document not in changed and _end_of(document, session)]
    for document in ended[:_MOST]:
        reply = _with_end(reply, document, session)
    return reply


def _end_of(document: str, session: Session) -> Relation | None:
    return expired(session.card(document).document, session.today)


def _with_end(reply: Reply, document: str, session: Session) -> Reply:
    """The reply with the day until which a document held, where that has passed."""
    end = _end_of(document, session)
    if end is None or end.until is None:
        return reply
    note = say("answers.expired", document=session.name(document), until=day(end.until))
    place = cite_relation(document, end.span, session.text_of(document))
    return reply.model_copy(update={"text": f"{reply.text}\n\n{note}", "citations": (*reply.citations, place)})


def _with_change(reply: Reply, document: str, session: Session) -> Reply:
    kind, by = session.card(document).changed_by[-1]
    if any(citation.document == by for citation in reply.citations):
        return reply
    note = say("answers.changed", document=session.name(document), kind=kind, by=session.name(by))
    text = session.text_of(by)
    changing = session.card(by).document
    places = [cite_relation(by, r.span, text) for r in changing.relations if str(r.kind) == kind]
    citations = (*reply.citations, *places[:1])
    return reply.model_copy(update={"text": f"{reply.text}\n\n{note}", "citations": citations})
