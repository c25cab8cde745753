"""What a short follow-up asks of the prose just quoted: another thing that the same place says, or one beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer.days import days_in
from assistant.answer.quoting import quote
from assistant.answer.session import Session
from assistant.answer.sought import in_other_words, sought_by
from assistant.find import ENOUGH, FoundPassage, part_of
from assistant.library import passage_heading
from assistant.reply import Citation, Reply, Status
from assistant.state import State
from assistant.understand.query import Ask, Attribute, Query
from corpus.records import Passage
from corpus.vietnamese import fold
from prompts import say
from retrieval.coverage import Sought, coverage

SHORT = 9  # words: a longer message says itself what it is about
_TIME = re.compile(
    r"\d{1,2}[/.]\d|\b(?:ngay|thang|quy|nam) (?:\d|[ivx]+\b)|\d (?:ngay|gio|thang|tuan|phut)\b"
    r"|\bhang (?:nam|quy|thang|tuan)\b"
)
_AHEAD = 0.1  # how much more of what is asked anew another place must say to be told instead


def of_prose_told(asked: Query, reply: Reply, state: State, session: Session) -> Reply | None:
    """The place quoted before, or one beside it, where it answers a short follow-up better than what was found.

    ``asked`` is the message, of at most SHORT words, as it is read alone. None where something is named, or where the
    reply is as near to it.
    """
    alone = asked.ask is Ask.FIND and not (asked.documents_from == "named" or asked.agencies or asked.tasks)
    if not state.places or not alone or reply.status is Status.CLARIFY:
        return None
    sought = in_other_words(asked, sought_by(asked))
    timed = asked.days_left or Attribute.DEADLINE in asked.attributes
    told = [p for p in _beside(state.places, session) if _holds(p, sought) and not (timed and _is_timeless(p))]
    if not told or not (any(sought.words) or sought.expects):
        return None
    found = sorted((FoundPassage(p, _share(p, sought, session), -i) for i, p in enumerate(told)), key=_order)
    best = found[0]
    if any(sought.words) and best.coverage < ENOUGH:
        return None
    if not sought.expects and best.coverage < 1.0 and reply.status is Status.ANSWERED:
        return None
    if reply.status is Status.ANSWERED and not _is_nearer(best, reply, sought, session):
        return None
    dated = timed and any(days_in(citation.quote, session.today) for citation in reply.citations)
    if dated and not days_in(best.passage.text, session.today):
        return None
    return quote(asked.model_copy(update={"documents": (best.passage.document,)}), session, sought, [best])


def nearest_told(query: Query, reply: Reply, state: State, session: Session) -> Reply | None:
    """The place quoted before, where a follow-up found nothing and that place is nearest to it; else None."""
    if reply.status is not Status.NOT_FOUND or query.ask is not Ask.FIND or len(reply.citations) != 1:
        return None
    cited = reply.citations[0]
    told = [p for p in _quoted(state.places, session) if _is_in(cited, p)]
    if not told:
        return None
    sought = in_other_words(query, sought_by(query))
    answer = quote(query, session, sought, [FoundPassage(told[0], 1.0, 0.0)])
    return answer.model_copy(update={"text": f"{say('answers.in_other_words', likely=False)}\n{answer.text}"})


def _order(found: FoundPassage) -> tuple[float, float]:
    return -round(found.coverage, 1), -found.score


def _quoted(places: Sequence[tuple[str, int, int]], session: Session) -> list[Passage]:
    """The passages quoted."""
    held = [place for place in places if place[0] in session.shelf.catalogue.by_id]
    return [
        passage
        for document, start, end in held
        for passage in session.shelf.records.passages_of(document, roles=["body"])
        if passage.span.start <= start and end <= passage.span.end
    ]


def _beside(places: Sequence[tuple[str, int, int]], session: Session) -> list[Passage]:
    """The passages quoted, then those of the same part of the outline."""
    said = _quoted(places, session)
    parts = {(p.document, part_of(p)) for p in said if p.path and part_of(p)}
    documents = dict.fromkeys(document for document, _ in parts)
    passages = (p for document in documents for p in session.shelf.records.passages_of(document, roles=["body"]))
    return list(dict.fromkeys([*said, *(p for p in passages if p.path and (p.document, part_of(p)) in parts)]))


def _is_timeless(passage: Passage) -> bool:
    return _TIME.search(fold(passage.text)) is None


def _holds(passage: Passage, sought: Sought) -> bool:
    """Whether a passage holds what the kind of question asks for."""
    text = fold(passage.text)
    return all(re.search(pattern, text) for pattern in sought.expects)


def _share(passage: Passage, sought: Sought, session: Session) -> float:
    if not any(sought.words):
        return 1.0
    bare = replace(sought, expects=())
    return coverage(bare, passage.text, passage_heading(passage), session.shelf.index.rarity)


def _is_nearer(best: FoundPassage, reply: Reply, sought: Sought, session: Session) -> bool:
    """Whether what was told before says as much of what is asked anew as what was found elsewhere."""
    if any(_is_in(citation, best.passage) for citation in reply.citations):
        return False
    if reply.tasks:
        return bool(sought.expects)
    others = [p for c in reply.citations for p in _beside([(c.document, c.start, c.end)], session) if _is_in(c, p)]
    fitting = [p for p in others if _holds(p, sought)]
    return best.coverage >= max((_share(p, sought, session) for p in fitting), default=0.0) - _AHEAD


def _is_in(citation: Citation, passage: Passage) -> bool:
    return (
        citation.document == passage.document
        and passage.span.start <= citation.start
        and citation.end <= passage.span.end
    )
