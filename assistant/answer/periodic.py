"""When periodic reports are due, and how often: "báo cáo năm gửi trước ngày nào", "mấy tháng báo cáo một lần"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from assistant.answer.days import days_in
from assistant.answer.quoting import SAME, quoted, saying_whither, scope_of, telling_part
from assistant.answer.session import Session
from assistant.answer.sought import sought_by
from assistant.find import FoundPassage
from assistant.library import passage_heading
from assistant.reply import Reply
from assistant.understand.query import Ask, Attribute, Query
from corpus.records import Quality
from corpus.vietnamese import fold
from retrieval.coverage import Sought, coverage
from retrieval.tokens import syllables

_TRIED = 10  # passages
_WORD = re.compile(r"\w+")
_REPORT = frozenset({"bao", "cao"})
_PERIODS = frozenset({"hang", "6", "thang", "quy", "dinh", "ky", "tuan"})
# What may be asked of a report, beside the title of its plan, and still be about nothing but when it is due.
_OF_REPORT = (
    _REPORT
    | _PERIODS
    | frozenset(
        (
            "nam giua truoc ngay dung muon gui nop ve thanh pho len phai cho ket qua thuc hien tinh cap tren ca "
            "cuoi moc lan may tong hop chot so lieu gom phuong xa don vi co quan phong ban nganh truong dau luan "
            "trinh dot mot gio bao lau nhieu lam bo so"
        ).split()
    )
)
_SENDING = frozenset({"gui", "nop", "trinh", "nhap"})
_LONG_FIGURE = 3  # digits of a number that names a document
_DAY = re.compile(r"\bngay \d|(?<![\d/])\d{1,2}/\d{1,2}(?!\d)|\d thang \d")
_ANY_PERIOD = re.compile(r"\b(?:cuoi|dinh) ky\b")
_HOW_OFTEN = re.compile(
    r"\b(?:may|bao nhieu) (?:lan|ky|dot)\b|\bbao lau(?: [a-z0-9]+){0,8} (?:mot|1) lan\b"
    r"|\b(?:may|bao nhieu) (?:thang|tuan|quy|ngay)(?: [a-z0-9]+){0,8} (?:mot|1) lan\b"
)
# To the person's own body; its words ("sở tôi") are no longer in what is searched for.
_TO_US = re.compile(r"\b(?:gui|nop)(?: [a-z]+){0,2} (?:ve|len|cho|den)(?= (?:truoc|cham|khi|luc|ngay|vao|hom)\b|$)")
_RECURS = re.compile(r"\bdinh ky\b|\b(?:hang|moi) (?:nam|quy|thang|tuan)\b|\b(?:0?[369]|ba|sau|chin) thang\b")


@dataclass(frozen=True)
class _Told:
    """A passage with the folded text of its part that would be quoted, the words of that, whether it names days."""

    found: FoundPassage
    line: str
    words: frozenset[str]
    days: bool


def answer_periodic(query: Query, session: Session) -> Reply | None:
    """The passage that says by which day a periodic report is due, or how often, where nothing but such a report is
    asked about; None where there is none."""
    asked = {word for word in query.words if word}
    if query.ask is not Ask.FIND or query.doubted or not asked >= _REPORT:
        return None
    often = _HOW_OFTEN.search(" ".join(query.search)) is not None
    confirmed = query.whether and query.period is not None
    timed = query.days_left or confirmed or Attribute.DEADLINE in query.attributes
    if not often and not (timed and (_periods_of(asked) or asked & _SENDING)):
        return None
    for documents in _plans(query, _subject_asked(asked, query), session):
        within = query.model_copy(update={"documents": documents})
        if reply := _due(within, asked, session, timed=timed, often=often):
            return reply
    return None


def _subject_asked(asked: set[str], query: Query) -> set[str]:
    """The words of a question that say which report is meant."""
    bodies = {word for ref in query.agencies for word in syllables(ref.name)}
    return {word for word in asked - _OF_REPORT - bodies if not word.isdigit() or len(word) >= _LONG_FIGURE}


def _plans(query: Query, subject: set[str], session: Session) -> Iterator[tuple[str, ...]]:
    """The documents that are asked about; after them those of the person's city that are about what these are not."""
    yield query.documents
    if subject and query.documents and not any(subject <= _subject(d, session) for d in query.documents):
        near = tuple(document for document in query.near if subject <= _subject(document, session))
        if near:
            yield near


def _due(query: Query, asked: set[str], session: Session, *, timed: bool, often: bool) -> Reply | None:
    """What the documents of a query say of when the report is due; None where they say nothing of it."""
    subject = _subject_asked(asked, query)
    sought = replace(sought_by(query), figures=())  # "báo cáo 226" of its conclusion
    found = [one for one in _telling(query, sought, _periods_of(asked), session) if one.words >= _REPORT]
    found = [one for one in found if subject <= _subject(one.found.passage.document, session) | one.words]
    sending = set() if "chot" in asked else asked & _SENDING  # by when its figures are counted
    told = _fitting(found, _periods_of(asked), sending, timed=timed, often=often)
    if told is None or _is_row(sought, told, query, session, own=any(not word.isdigit() for word in subject)):
        return None
    undated = session.find_passages(replace(sought, expects=()), scope_of(query, session))
    others = [found for found in undated if _place(found) != _place(told)]
    return quoted([told, *saying_whither(query, [told, *others])], query, session, sought)


def _fitting(
    found: Sequence[_Told], periods: set[str], sending: set[str], *, timed: bool, often: bool
) -> FoundPassage | None:
    """Of the passages on reports the one that tells what is asked: the day of the period, how often, any day."""
    dated = [one for one in found if one.days and periods <= one.words]
    if sending and not periods >= {"thang", "nam"}:  # before those that say until when figures are counted
        general = [one for one in found if _DAY.search(one.line) and _ANY_PERIOD.search(one.line) and one not in dated]
        dated = sorted([*dated, *general], key=lambda one: not one.words & _SENDING)
    recurring = [one for one in found if _RECURS.search(one.line)] if often else []
    fitting = (dated if timed and periods else []) or recurring
    if not fitting and timed:
        fitting = dated if often or periods else [one for one in dated if _RECURS.search(one.line)]
    return fitting[0].found if fitting else None


def _telling(query: Query, sought: Sought, periods: set[str], session: Session) -> Iterator[_Told]:
    """The passages with what they tell: those nearest to the question, then those nearest to a report of its period."""
    scope = scope_of(query, session)
    words = ("bao", "cao", *(("hang", "nam") if "nam" in periods else ("dinh", "ky")))
    found = session.find_passages(sought, scope)
    nearest = found[:_TRIED]
    if scope is not None:
        shares = {_place(f): f for f in found}
        nearest += [shares.get(_place(f), f) for f in session.find_passages(Sought(words), scope)[:_TRIED]]
    for one in nearest:
        span = telling_part(one.passage, sought, session)
        quote = session.text_of(one.passage.document)[span.start : span.end]
        damaged = session.card(one.passage.document).quality is Quality.OCR
        told = frozenset(syllables(quote, repair=damaged))
        yield _Told(one, " ".join(fold(quote).split()), told, days=bool(days_in(quote, session.today)))


def _is_row(sought: Sought, told: FoundPassage, query: Query, session: Session, *, own: bool) -> bool:
    """Whether a row of a table is the report asked for: it explains more of the question, and is of a body that is
    named, or of words that other reports have not (``own``)."""
    rows = session.find_tasks(sought, scope_of(query, session))
    best = next((row for row in rows if "bao cao" in fold(f"{row.task.title} {row.task.product}")), None)
    if best is None:
        return False
    passage = told.passage
    damaged = session.card(passage.document).quality is Quality.OCR
    heading, rarity = passage_heading(passage), session.shelf.index.rarity
    share = coverage(sought, passage.text, heading, rarity, damaged=damaged)
    line, told_to = " ".join(query.search), fold(passage.text)
    to_us = _TO_US.search(line) is not None
    senders = {ref.agency_id for ref in query.agencies if not to_us and not _is_recipient(_spoken(ref.name), line)}
    led = any(mention.agency_id in senders for mention in best.task.lead)
    received = any(_is_recipient(fold(ref.name), told_to) for ref in query.agencies if ref.agency_id in senders)
    return (led and received) or ((own or led) and best.coverage > share + SAME)


def _is_recipient(body: str, text: str) -> bool:
    """Whether a folded text has something go to a body: "gửi về Sở Nội vụ"."""
    return re.search(rf"\b(?:ve|len|cho|toi|den|gui|nop) {re.escape(body)}\b", text) is not None


def _spoken(body: str) -> str:
    """A body's name as it stands in a question whose abbreviations are written out."""
    return " ".join(syllables(body))


def _place(found: FoundPassage) -> tuple[str, int]:
    return found.passage.document, found.passage.ordinal


def _subject(document: str, session: Session) -> frozenset[str]:
    """The words of what a whole document is about and whose it is: its title, its opening, the places of its office;
    worked out once."""
    key = ("subject", document)
    if key not in session.shelf.kept:
        card = session.card(document)
        opening = (p for p in session.shelf.records.passages_of(document) if not p.path and p.role == "body")
        places = (place.name or "" for place in card.places)
        spoken = " ".join(fold(text) for text in (*(p.text for p in opening), *places))
        session.shelf.kept[key] = frozenset((*card.title_words, *_WORD.findall(spoken)))
    return cast("frozenset[str]", session.shelf.kept[key])


def _periods_of(asked: set[str]) -> set[str]:
    """The words of a report's period; "báo cáo năm" is that of every year."""
    return asked & _PERIODS or ({"hang", "nam"} if "nam" in asked else set())
