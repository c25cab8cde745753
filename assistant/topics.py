"""How a search goes on: a follow-up keeps the topic of the last question where it only changes a part of it."""

from __future__ import annotations

import re

from assistant.catalogue import Catalogue
from assistant.state import State
from assistant.told import changed
from assistant.understand.follow_ups import PART, PERIODS, ROW_ASKED
from assistant.understand.query import Ask, Attribute, Query
from corpus.vietnamese import fold
from corpus.vietnamese import words as words_of

_REPORT = ("bao", "cao")
_NEW = 2  # words: so few without an opening may yet change a part of the last topic
_TABLES = ("phu luc", "bang")


def going_on(query: Query, last: Query, state: State, *, opened: bool, short: bool) -> Query:
    """A query that goes on from the last one: in its document, and with its topic where the new words are a part of
    it. ``instead`` of the query given is the other way to read the message. Where the last answer quoted from one
    document, a message that takes the topic up is about that; where it told of tasks, a new topic is asked all that was
    asked of them."""
    if query.ask is not Ask.FIND:
        return query
    quoted = state.quoted
    alone = _in_its_documents(query, last, opened=opened)
    if opened and state.tasks and alone.attributes == last.attributes and not query.attributes:
        alone = changed(alone, attributes=state.asked)
    if last.ask is not Ask.FIND or not short or not last.words:
        return alone
    together = _in_its_documents(with_last_topic(query, last), last, opened=opened)
    known = {"hang", *last.words, *(words_of(query.period.text) if query.period else ()), *PERIODS}
    together = changed(together, refines=tuple(word for word in query.naming if word not in known))
    if opened and len(quoted) == 1 and not together.documents:
        together = changed(together, documents=quoted, documents_from="context", refines=())
    of_its_own = len(query.naming) >= _NEW and not set(query.naming) & set(last.words)  # "thế còn trợ lý ảo"
    if (opened and not of_its_own) or (0 < len(query.naming) <= _NEW and query.documents_from not in ("named", "weak")):
        return changed(together, instead=alone)
    return changed(alone, instead=together) if query.documents_from not in ("named", "weak") else alone


def with_last_topic(query: Query, last: Query) -> Query:
    """A topic that changes a part of the last one ("thế báo cáo năm thì sao?"): its words and those it left alone."""
    dropped = {*query.words, *(PERIODS if _tells_period(query) else ())}
    kept = [(w, a) for w, a in zip(last.words, last.accented, strict=True) if w not in dropped and not w.isdigit()]
    words, accented = zip(*kept, strict=True) if kept else ((), ())
    return changed(
        query,
        words=(*query.words, "", *words),
        accented=(*query.accented, "", *accented),
        said=(*query.said, "", *words),
        said_accented=(*query.said_accented, "", *accented),
        search=(*query.search, *filter(None, words)),
    )


def in_part_of_document(line: str, query: Query, last: Query, catalogue: Catalogue) -> Query | None:
    """The last question asked of the table or of the prose of its documents: "trong phụ lục ghi thế nào"."""
    match = PART.match(line)
    if match is None or query.documents_from == "named" or last.ask not in (Ask.FIND, Ask.LIST, Ask.COUNT):
        return None
    table = match["part"].startswith(_TABLES)
    family = [catalogue.by_id[document] for document in catalogue.family(last.documents)]
    annexes = {c.id for c in family if c.annex_of}
    of_table = tuple(c.id for c in family if (c.id in annexes if annexes else c.tasks))
    documents = of_table if table else tuple(c.id for c in family if c.id not in annexes)
    if not documents:
        return None
    return changed(
        last,
        documents=documents,
        documents_from="named",
        about_work=table,
        attributes=query.attributes or last.attributes,
    )


def row_of_told(line: str, last: Query, state: State, catalogue: Catalogue) -> Query | None:
    """The row of the annex on what prose was quoted about: "dòng số mấy trong phụ lục"."""
    tables = tuple(c for c in catalogue.family(state.quoted) if catalogue.by_id[c].tasks)
    if not ROW_ASKED.search(line) or last.ask is not Ask.FIND or not state.places or not tables:
        return None
    title = (Attribute.TITLE,)
    return changed(last, documents=tables, documents_from="named", about_work=True, attributes=title, expects=())


def holds_new(query: Query, texts: tuple[str, ...]) -> bool:
    """Whether what was found holds the words by which a follow-up changes the topic."""
    held = set(re.findall(r"\w+", " ".join(map(fold, texts))))
    return set(query.refines) <= held


def _tells_period(query: Query) -> bool:
    """Whether a follow-up names a report, or nothing but a period."""
    words = [word for word in query.words if word]
    return tuple(words[:2]) == _REPORT or (bool(words) and set(words) <= PERIODS)


def _in_its_documents(query: Query, last: Query, *, opened: bool) -> Query:
    if query.documents_from == "named" or last.documents_from not in ("named", "context"):
        return query
    carried = query.attributes or (last.attributes if opened else ())
    return changed(query, documents=last.documents, documents_from="context", attributes=carried)
