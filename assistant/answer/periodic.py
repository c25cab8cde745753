"""When periodic reports are due, and how often: "báo cáo năm gửi trước ngày nào", "mấy tháng báo cáo một lần"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.answer.days import days_in
from assistant.answer.quoting import SAME, finding, scope_of, telling_part
from assistant.answer.session import Session
from assistant.answer.sought import sought_by
from assistant.answer.wording import cite_passage
from assistant.find import FoundPassage
from assistant.library import passage_heading
from assistant.reply import Citation, Reply, Status
from assistant.understand.query import Ask, Attribute, Query
from corpus.records import Quality
from corpus.vietnamese import fold
from prompts import say
from retrieval.coverage import Sought, coverage

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
            "trinh dot mot gio bao lau nhieu lam"
        ).split()
    )
)
_HOW_OFTEN = re.compile(
    r"\b(?:may|bao nhieu) (?:lan|ky|dot)\b|\bbao lau(?: [a-z0-9]+){0,8} (?:mot|1) lan\b"
    r"|\b(?:may|bao nhieu) (?:thang|tuan|quy|ngay)(?: [a-z0-9]+){0,8} (?:mot|1) lan\b"
)
_RECURS = re.compile(r"\bdinh ky\b|\b(?:hang|moi) (?:nam|quy|thang|tuan)\b|\b(?:0?[369]|ba|sau|chin) thang\b")


def answer_periodic(query: Query, session: Session) -> Reply | None:
    """The passage that says by which day a periodic report is due, or how often, where nothing but such a report is
    asked about; None where there is none."""
    asked = {word for word in query.words if word}
    often = bool(_HOW_OFTEN.search(" ".join(query.search)))
    confirmed = query.whether and query.period is not None
    timed = query.days_left or confirmed or Attribute.DEADLINE in query.attributes
    if query.ask is not Ask.FIND or query.doubted or not (timed or often) or not asked >= _REPORT:
        return None
    periods = _periods_of(asked)
    subject = {word for word in asked - _OF_REPORT if not word.isdigit()}
    if not (periods or often) or not subject <= _titles(query, session):
        return None
    sought = replace(sought_by(query), figures=())  # "báo cáo 226" of its conclusion
    found = [(f, c, " ".join(fold(c.quote).split())) for f, c in _telling(query, sought, periods, session)]
    found = [one for one in found if set(_WORD.findall(one[2])) >= _REPORT and subject <= _title(one[0], session)]
    dated = [one for one in found if periods <= set(_WORD.findall(one[2])) and days_in(one[1].quote, session.today)]
    recurring = [one for one in found if _RECURS.search(one[2])] if often else []
    told = (dated if timed and periods else []) or recurring or (dated if timed else [])
    if not told or _is_row(sought, told[0][0], query, session, own=bool(subject)):
        return None
    nearest, citation, _ = told[0]
    words = say("answers.prose", findings=[finding(nearest.passage, citation, session)])
    return Reply(status=Status.ANSWERED, text=words, citations=(citation,))


def _telling(
    query: Query, sought: Sought, periods: set[str], session: Session
) -> Iterator[tuple[FoundPassage, Citation]]:
    """The passages with what they tell: those nearest to the question, then those nearest to a report of its period."""
    scope = scope_of(query, session)
    words = ("bao", "cao", *(("hang", "nam") if "nam" in periods else ("dinh", "ky")))
    found = session.find_passages(sought, scope)
    nearest = found[:_TRIED]
    if scope is not None:
        shares = {_place(f): f for f in found}
        nearest += [shares.get(_place(f), f) for f in session.find_passages(Sought(words), scope)[:_TRIED]]
    for one in nearest:
        text = session.text_of(one.passage.document)
        yield one, cite_passage(one.passage, text, telling_part(one.passage, sought, session))


def _is_row(sought: Sought, told: FoundPassage, query: Query, session: Session, *, own: bool) -> bool:
    """Whether a row of a table is the report asked for: it explains more of the question, and is of a body that is
    named, or of words that other reports have not (``own``)."""
    rows = session.find_tasks(sought, scope_of(query, session))
    best = next((row for row in rows if "bao cao" in fold(f"{row.task.title} {row.task.product}")), None)
    if best is None:
        return False
    passage, named = told.passage, {ref.agency_id for ref in query.agencies}
    damaged = session.card(passage.document).quality is Quality.OCR
    heading, rarity = passage_heading(passage), session.shelf.index.rarity
    share = coverage(sought, passage.text, heading, rarity, damaged=damaged)
    led = any(mention.agency_id in named for mention in best.task.lead)
    return (own or led) and best.coverage > share + SAME


def _place(found: FoundPassage) -> tuple[str, int]:
    return found.passage.document, found.passage.ordinal


def _title(found: FoundPassage, session: Session) -> set[str]:
    return set(session.card(found.passage.document).title_words)


def _titles(query: Query, session: Session) -> set[str]:
    """The words of the titles of the documents that are asked about."""
    return {word for document in query.documents for word in session.card(document).title_words}


def _periods_of(asked: set[str]) -> set[str]:
    """The words of a report's period; "báo cáo năm" is that of every year."""
    return asked & _PERIODS or ({"hang", "nam"} if "nam" in asked else set())
