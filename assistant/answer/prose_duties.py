"""Beside the rows of a table: the duties that the prose of the same plans sets for a period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer.quoting import telling_part
from assistant.answer.session import Session
from assistant.answer.wording import cite_duty, cite_passage, day, duty_locator, readable, shorten
from assistant.catalogue import without_level
from assistant.find import CLOSE, ENOUGH
from assistant.reply import Citation, Reply, Status
from assistant.understand.query import SHOWN, AgencyRef, Ask, Query
from corpus.due import next_due
from corpus.records import Agency, Passage, Span, Task
from corpus.sentences import sentences
from corpus.vietnamese import fold, words
from prompts import say
from retrieval.coverage import Sought, coverage
from retrieval.thesaurus import substitutes, weights

_SHOWN = 3
_OPENING = 160  # characters
_LEADS_TO_BODY = re.compile(r"^[\s*_#–-]*(?:(?:[IVX]+|\d+)[.)]\s*|[a-zđ]\)\s*)?[*_]*(?:(?:Giao|Đề nghị|Yêu cầu)\s+)?")


def duties_beside(query: Query, session: Session) -> list[Task]:
    """The duties in the prose of the documents of a question that fall into its period and to its bodies.

    None where the question asks for more than a period (a topic, a section, a kind), for a count or for the rest.
    """
    narrow = query.listed_words or query.section or query.kinds or query.empty or query.grouped
    if query.period is None or not query.documents or query.ask is Ask.COUNT or query.skip or narrow:
        return []
    from assistant.answer.described import falls_in

    duties = session.store.duties(query.documents)
    duties = [duty for duty in duties if duty.document not in session.left_out]
    return [d for d in duties if falls_in(d.deadline, query.period) and _is_of(d, query.agencies)]


def duties_of_list(query: Query, session: Session) -> list[Task]:
    """The duties in the prose of the documents of a list, of its bodies and in its period; none where more is asked."""
    named = {word for document in query.documents for word in _name_of(document, session)}
    topic = set(filter(None, query.listed_words)) - named
    if topic or query.section or query.kinds or query.empty or query.grouped or query.skip:
        return []
    from assistant.answer.described import falls_in

    duties = session.store.duties(query.documents)
    held = [duty for duty in duties if duty.document not in session.left_out and _is_of(duty, query.agencies)]
    period = query.period
    if period is None or set(words(period.text)) <= named:  # "thông báo kết luận tháng 1"
        return held
    return [duty for duty in held if falls_in(duty.deadline, period)]


def said_of_body(query: Query, session: Session) -> list[tuple[Passage, Span]]:
    """What the prose of the documents of a list says to the one body asked about: the passages under its name, and the
    sentences that begin with it; none where more is asked."""
    named = {word for document in query.documents for word in _name_of(document, session)}
    narrow = query.section or query.kinds or query.empty or query.grouped or query.skip or query.period
    if len(query.agencies) != 1 or narrow or set(filter(None, query.listed_words)) - named:
        return []
    return list(_said_to(query.agencies[0], query.documents, session))


def _said_to(ref: AgencyRef, documents: Sequence[str], session: Session) -> Iterator[tuple[Passage, Span]]:
    """The passages under the name of a body, and the sentences that begin with it."""
    for document in documents:
        text = session.text_of(document)
        for passage in session.shelf.records.passages_of(document, roles=["body"]):
            if passage.headings and _is_addressed(passage.headings[-1], ref, session):
                yield passage, passage.span
                continue
            parts = sentences(text, passage.span.start, passage.span.end)
            yield from ((passage, part) for part in parts if _opens_with(text[part.start : part.end], ref, session))


def with_said(reply: Reply, query: Query, session: Session) -> Reply:
    """A list of what one body does, with what the prose of the same documents says to it on the topic asked about; of
    a body that the tables give nothing, all that the prose says to it."""
    empty = reply.status is Status.NOT_FOUND
    narrow = query.section or query.kinds or query.empty or query.grouped or query.skip or query.period or query.overdue
    if len(query.agencies) != 1 or narrow or not query.documents or not (empty or reply.tasks):
        return reply
    ref = query.agencies[0]
    if query.ask is not Ask.LIST or ref.negated or (query.role_said and ref.role == "coordinate"):
        return reply
    said = list(_on_topic(query, session, every=empty))
    if not said:
        return reply
    citations = [cite_passage(passage, session.text_of(passage.document), span) for passage, span in said[:_SHOWN]]
    items = [
        {"quote": readable(c.quote).lstrip("-+* "), "source": f"{session.name(c.document)}, {c.locator}"}
        for c in citations
    ]
    text = say("answers.said_beside", body=ref.name, total=len(said), items=items, beside=not empty)
    return reply.model_copy(
        update={
            "status": Status.ANSWERED,
            "text": f"{reply.text}\n{text}",
            "citations": (*reply.citations, *citations),
        }
    )


def _on_topic(query: Query, session: Session, *, every: bool) -> Iterator[tuple[Passage, Span]]:
    """What the prose says to the body asked about that explains the topic; without a topic nothing, or ``every``
    passage."""
    documents = session.shelf.catalogue.family(query.documents)
    named = {word for document in documents for word in _name_of(document, session)}
    rarity = session.shelf.index.rarity
    for passage, span in _said_to(query.agencies[0], documents, session):
        above = named.union(words(passage.headings[-1])) if passage.headings else named
        topic = tuple("" if word in above else word for word in query.listed_words)
        if not any(topic):
            if every:
                yield passage, span
            continue
        typed = Sought(topic, query.listed_accented)
        other = replace(typed, substitutes=substitutes(topic, typed.accented), weights=weights(topic, typed.accented))
        if max(coverage(sought, passage.text, "", rarity) for sought in (typed, other)) >= ENOUGH - CLOSE:
            yield passage, telling_part(passage, other, session) if span == passage.span else span


def _opens_with(text: str, ref: AgencyRef, session: Session) -> bool:
    """Whether a heading or sentence begins with a body, after its number and "Giao", "Đề nghị", "Yêu cầu"."""
    words_left = _LEADS_TO_BODY.sub("", text[:_OPENING])
    bodies = session.shelf.catalogue.agencies.find(words_left)
    first = next((body for body in bodies if body.start <= 1), None)
    return first is not None and _is_body(first.agency, ref)


def _is_addressed(heading: str, ref: AgencyRef, session: Session) -> bool:
    """Whether a heading that begins with a body names the one asked about, first or with others."""
    if not _opens_with_any(heading, session):
        return False
    bodies = session.shelf.catalogue.agencies.find(heading[: 2 * _OPENING])
    return any(_is_body(body.agency, ref) for body in bodies)


def _opens_with_any(text: str, session: Session) -> bool:
    bodies = session.shelf.catalogue.agencies.find(_LEADS_TO_BODY.sub("", text[:_OPENING]))
    return any(body.start <= 1 for body in bodies)


def _is_body(agency: Agency, ref: AgencyRef) -> bool:
    return agency.id == ref.agency_id or without_level(agency.name) == without_level(ref.name)


def said_alone(said: Sequence[tuple[Passage, Span]], query: Query, session: Session) -> Reply:
    """What the prose of documents without a table says to a body, as an answer."""
    citations = [cite_passage(passage, session.text_of(passage.document), span) for passage, span in said[:SHOWN]]
    names = list(dict.fromkeys(session.name(passage.document) for passage, _ in said))
    items = [{"quote": readable(c.quote), "source": f"{session.name(c.document)}, {c.locator}"} for c in citations]
    told = [fold(" ".join([*passage.headings[-1:], passage.text])) for passage, _ in said]
    bodies = [_as_written(ref, told, session) for ref in query.agencies]
    text = say("answers.said_of_body", documents=names, bodies=bodies, total=len(said), items=items)
    return Reply(status=Status.ANSWERED, text=text, citations=tuple(citations))


def _as_written(ref: AgencyRef, told: Sequence[str], session: Session) -> str:
    """A body as folded texts call it: "Công an xã" where a commune's plan does."""
    agency = session.shelf.catalogue.agencies.get(ref.agency_id)
    names = (ref.name, *(agency.aliases if agency else ()))
    return next((name for name in names if any(fold(name) in text for text in told)), ref.name)


def _name_of(document: str, session: Session) -> Iterator[str]:
    """The words of a document's kind and title, its figures without leading zeros."""
    card = session.card(document)
    for word in (*words(card.document.kind or ""), *card.title_words):
        yield word.lstrip("0") or word


def told_duties(duties: Sequence[Task], query: Query, session: Session) -> str:
    """The first duties beside a table in words, each with its day in the period that is asked about."""
    return _told(say("answers.duties_beside", total=len(duties)), duties, query, session, _SHOWN)


def duties_alone(duties: Sequence[Task], query: Query, session: Session) -> Reply:
    """The work that documents without a table give in their prose, as an answer."""
    names = list(dict.fromkeys(session.name(duty.document) for duty in duties))
    bodies = [ref.name for ref in query.agencies]
    heading = say("answers.duties_alone", documents=names, total=len(duties), bodies=bodies)
    return Reply(
        status=Status.ANSWERED,
        text=_told(heading, duties, query, session, SHOWN),
        citations=tuple(cited_duties(duties, session, SHOWN)),
    )


def _told(heading: str, duties: Sequence[Task], query: Query, session: Session, shown: int) -> str:
    start = (query.period.start if query.period else None) or session.today
    items = [
        {
            "title": shorten(duty.title),
            "due": day(due) if (due := next_due(duty.deadline, start) or duty.deadline.due) else duty.deadline.text,
            "source": f"{session.name(duty.document)}, {duty_locator(duty)}",
        }
        for duty in duties[:shown]
    ]
    return say("answers.list_duties", heading=heading, items=items, total=len(duties))


def cited_duties(duties: Sequence[Task], session: Session, shown: int = _SHOWN) -> list[Citation]:
    """The first duties as citations."""
    return [cite_duty(duty, session.text_of(duty.document)) for duty in duties[:shown]]


def _is_of(duty: Task, agencies: Sequence[AgencyRef]) -> bool:
    """Whether a duty is that of all the bodies that are asked about."""
    held = {mention.agency_id for mention in duty.lead}
    return all(ref.agency_id in held and not ref.negated and ref.role != "coordinate" for ref in agencies)
