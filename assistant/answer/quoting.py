"""Quoting passages: which of them, the part of each that tells most, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer.session import Session
from assistant.answer.sought import ABOUT_TASKS
from assistant.answer.wording import cite_heading, cite_passage, readable, shorten
from assistant.find import CLOSE, ENOUGH, NAMED_BONUS, FoundPassage, FoundTask, part_of
from assistant.library import passage_heading
from assistant.reply import Citation, Reply, Status
from assistant.understand.lexicon import GOES_TO, TIMES, WHITHER
from assistant.understand.query import Query
from corpus.records import Passage, Quality, Span
from corpus.sentences import clauses, sentences
from corpus.vietnamese import fold
from prompts import say
from retrieval.coverage import Sought, coverage
from retrieval.duplicates import grouped

_LONG_QUOTE = 420
_NAMES_DAY = re.compile(r"\bngay \d|(?<![\d/])\d{1,2}/\d{1,2}(?!\d)|\bthang \d|\bquy (?:[ivx]+|\d)\b")
MOST_QUOTES = 3
_MOST_ALSO = 5  # places that are named for one quotation
SAME = 0.04
_BESIDE = 0.6  # of the coverage of the best passage
_IN_PART = 0.33  # the same where it stands in the same part and says whither: of a day it holds nothing
_PERIODS = {
    "half": re.compile(r"\b(?:0?6|sau) thang\b"),
    "nine": re.compile(r"\b(?:0?9|chin) thang\b"),
    "quarter": re.compile(r"\b(?:hang )?quy\b(?! (?:che|dinh|trinh|hoach|mo)\b)"),
    "year": re.compile(r"\bnam\b(?! 20)"),
}
# How things stand is asked, or what is aimed at; under which headings each is told.
_NOW = re.compile(r"\b(?:hien|dang|bay gio|den nay|toi nay|nam ngoai|nam truoc|vua qua|vua roi)\b|^gio\b")
_AIM = re.compile(
    r"\b(?:phan dau|muc tieu|chi tieu|(?:den|toi) (?:het|cuoi)|nam sau|sang nam|phai dat|can dat|yeu cau dat)\b"
)
_OF_NOW = re.compile(
    r"\b(?:thuc trang|hien trang|tinh hinh|danh gia|dac diem|ket qua (?:dat duoc|thuc hien)|han che|ton tai)\b"
)
_OF_AIM = re.compile(r"\b(?:muc tieu|chi tieu)\b")
# Which bound is asked for, and which a text sets.
_MOST_ASKED = re.compile(r"\b(?:(?:nhieu|cao|lau|dai|lon|muon) nhat|toi da|khong qua)\b")
_LEAST_ASKED = re.compile(r"\b(?:(?:it|thap|nho) nhat|toi thieu)\b")
_MOST_TOLD = re.compile(r"\b(?:khong (?:vuot )?qua|toi da|(?:nhieu|cao) nhat|duoi \d)")
_LEAST_TOLD = re.compile(r"\b(?:toi thieu|(?:it|thap) nhat|tro len|khong (?:it|thap) hon)")
_PARTS_OF_YEAR = re.compile(r"\b(?:dau|cuoi|giua) nam\b")
_WHOLE_YEAR = re.compile(r"\bnam\b(?! 20)")
_DOUBTED = 0.14  # where a question offers answers, each may stand in another passage


def scope_of(query: Query, session: Session) -> tuple[str, ...] | None:
    return session.shelf.catalogue.family(query.documents) if query.documents else None


def best_of(found: Sequence[FoundTask] | Sequence[FoundPassage]) -> float:
    return found[0].coverage if found else 0.0


def enough(query: Query) -> float:
    """The coverage from which on a text is an answer: less is needed where the document was named."""
    return ENOUGH - NAMED_BONUS.get(query.documents_from, 0.0)


def quote(query: Query, session: Session, sought: Sought, found: Sequence[FoundPassage]) -> Reply:
    """Quotes the best passage, and one of each other document that says about the same; what says quite the same is
    named with its place."""
    best = _near_best(query, found)
    near = [*best[:1], *saying_whither(query, found), *best[1:]]
    return quoted(near[:MOST_QUOTES], query, session, sought, near[MOST_QUOTES:])


def saying_whither(query: Query, found: Sequence[FoundPassage]) -> list[FoundPassage]:
    """The passage of the same part that says to whom something goes, where that is asked and the best one does not."""
    if not WHITHER.search(" ".join(query.search)) or GOES_TO.search(fold(found[0].passage.text)):
        return []
    top = found[0]
    beside = (p for p in found[1:] if p.passage.document == top.passage.document)
    near = (p for p in beside if part_of(p.passage) == part_of(top.passage) and p.coverage >= top.coverage * _IN_PART)
    return [p for p in near if GOES_TO.search(fold(p.passage.text))][:1]


def quoted(
    found: Sequence[FoundPassage],
    query: Query,
    session: Session,
    sought: Sought,
    others: Sequence[FoundPassage] = (),
) -> Reply:
    """Quotes passages, each with the places of those (also of ``others``) that say the same."""

    def cited(item: FoundPassage) -> Citation:
        return cite_passage(
            item.passage, session.text_of(item.passage.document), telling_part(item.passage, sought, session)
        )

    quotes = [(item, cited(item)) for item in (*found, *others)]
    groups = grouped(quotes, lambda quote: quote[1].quote, lambda quote: quote[1].document)
    groups = [group for group in groups if group.first in quotes[: len(found)]]
    findings, citations = [], []
    for group in groups:
        item, citation = group.first
        told = [other for _, other in group.also[:_MOST_ALSO]]
        citations += [citation, *_who(query, item.passage, session), *told]
        places = [{"document": session.name(other.document), "locator": other.locator} for other in told]
        more = len(group.also) - len(told)
        findings.append(finding(item.passage, citation, session) | {"also": places, "more": more})
    return Reply(status=Status.ANSWERED, text=say("answers.prose", findings=findings), citations=tuple(citations))


def of_period_asked(query: Query, found: Sequence[FoundPassage]) -> Sequence[FoundPassage]:
    """The passages with the one on the yearly report (or half-yearly, quarterly) first, where that was asked about
    and the best one, beside it in the same place, is on another."""
    wanted = _periods(" ".join(query.words))
    if not found or not wanted or wanted & _periods(fold(found[0].passage.text)):
        return found
    top = found[0]
    fit = [
        item
        for item in found
        if (item.passage.document, item.passage.path) == (top.passage.document, top.passage.path)
        and item.coverage >= top.coverage * _BESIDE
        and wanted & _periods(fold(item.passage.text))
    ]
    if not fit:
        return found
    first = replace(fit[0], coverage=top.coverage)
    return [first, *(item for item in found if item is not top and item is not fit[0])]


def of_stage_asked(query: Query, found: Sequence[FoundPassage]) -> Sequence[FoundPassage]:
    """The passages with the one on how things stand first, where that was asked and the best one sets an aim
    ("hiện … đang bao nhiêu"), or the other way round."""
    line = " ".join(query.search)
    now, aim = bool(_NOW.search(line)), bool(_AIM.search(line))
    if not found or now == aim:
        return found
    wanted, other = (_OF_NOW, _OF_AIM) if now else (_OF_AIM, _OF_NOW)
    top = found[0]
    if not other.search(_under(top)):
        return found
    return _first_of(found, lambda item: bool(wanted.search(_under(item))))


def of_bound_asked(query: Query, found: Sequence[FoundPassage]) -> Sequence[FoundPassage]:
    """The passages with the one that sets the bound asked for first ("nhiều nhất bao nhiêu"), where the best one sets
    only the other ("không ít hơn 60%")."""
    line = " ".join(query.search)
    most, least = bool(_MOST_ASKED.search(line)), bool(_LEAST_ASKED.search(line))
    if not found or most == least:
        return found
    wanted, other = (_MOST_TOLD, _LEAST_TOLD) if most else (_LEAST_TOLD, _MOST_TOLD)
    told = fold(found[0].passage.text)
    if wanted.search(told) or not other.search(told):
        return found
    return _first_of(found, lambda item: bool(wanted.search(fold(item.passage.text))))


def _first_of(found: Sequence[FoundPassage], fits: Callable[[FoundPassage], bool]) -> Sequence[FoundPassage]:
    """The passages with one of the best one's document that fits, and says nearly as much, in its place."""
    top = found[0]
    near = (item for item in found[1:] if item.passage.document == top.passage.document)
    fit = next((item for item in near if item.coverage >= top.coverage * _BESIDE and fits(item)), None)
    if fit is None:
        return found
    return [replace(fit, coverage=top.coverage), *(item for item in found if item is not fit)]


def _under(item: FoundPassage) -> str:
    return fold(" ".join(item.passage.headings))


def _periods(words: str) -> set[str]:
    """The periods of reports that folded words name."""
    found = {name for name, pattern in _PERIODS.items() if pattern.search(words)}
    return found - {"year"} if len(found) > 1 and not _WHOLE_YEAR.search(_PARTS_OF_YEAR.sub("", words)) else found


def _who(query: Query, passage: Passage, session: Session) -> list[Citation]:
    """The heading above a passage as a citation, where it was asked who: there stand the bodies addressed."""
    if not ABOUT_TASKS & set(query.attributes):
        return []
    heading = cite_heading(passage, session.text_of(passage.document))
    return [heading] if heading else []


def _near_best(query: Query, found: Sequence[FoundPassage]) -> list[FoundPassage]:
    """The best passage of each document that is about as good as the best of all; two where answers are offered."""
    close, each = (_DOUBTED, 2) if query.doubted else (SAME, 1)
    near = [item for item in found if item.coverage >= max(enough(query), found[0].coverage - close)]
    taken: dict[str, int] = {}
    chosen = []
    for item in near:
        taken[item.passage.document] = taken.get(item.passage.document, 0) + 1
        if taken[item.passage.document] <= each:
            chosen.append(item)
    return chosen


def finding(passage: Passage, citation: Citation, session: Session) -> dict[str, object]:
    return {
        "document": session.name(passage.document),
        "locator": citation.locator,
        "heading": heading_of(passage),
        "quote": readable(citation.quote),
        "damaged": session.card(passage.document).document.quality is Quality.OCR,
        "also": (),
        "more": 0,
    }


def heading_of(passage: Passage) -> str:
    """The title right above a passage, without its number, short."""
    titles = [t for t in passage.headings if not re.match(r"(?i)ph[uụ]\s+l[uụ]c", t)]
    if not titles:
        return ""
    return shorten(re.sub(r"^(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s*", "", titles[-1]).rstrip(" :.;"), 90)


def telling_part(passage: Passage, sought: Sought, session: Session) -> Span:
    """The part of a passage to quote: all of it if short, else the sentences, else the clauses that tell most."""
    text = session.text_of(passage.document)
    if passage.span.end - passage.span.start <= _LONG_QUOTE:
        return _with_items(passage, text, session)
    if _by_heading(passage, sought, session):
        return _opening(passage, text)
    part = _best_part(list(sentences(text, passage.span.start, passage.span.end)), passage, sought, session)
    if part.end - part.start <= 2 * _LONG_QUOTE:
        return part
    return _best_part(list(clauses(text, part.start, part.end)), passage, sought, session)


def _with_items(passage: Passage, text: str, session: Session) -> Span:
    """A whole passage, with the items below it where it only opens them ("gồm:"), as many as make a long quotation."""
    if not text[: passage.span.end].rstrip().endswith(":"):
        return passage.span
    end = passage.span.end
    for item in session.shelf.records.passages_of(passage.document):
        if item.span.start < end:
            continue
        if not item.path.startswith(f"{passage.path}.") or item.span.end - passage.span.start > 2 * _LONG_QUOTE:
            break
        end = item.span.end
    return Span(start=passage.span.start, end=end)


def _by_heading(passage: Passage, sought: Sought, session: Session) -> bool:
    """Whether it is the words above a passage that were asked for, so that all of it is the answer."""
    rarity = session.shelf.index.rarity
    above = coverage(sought, "", passage_heading(passage), rarity)
    return above > 0 and coverage(sought, passage.text, passage_heading(passage), rarity) < above + CLOSE


def _opening(passage: Passage, text: str) -> Span:
    """The first sentences of a passage, as many as make a long quotation."""
    end = passage.span.start
    for sentence in sentences(text, passage.span.start, passage.span.end):
        if end > passage.span.start and sentence.end - passage.span.start > 2 * _LONG_QUOTE:
            break
        end = sentence.end
    return Span(start=passage.span.start, end=end)


def _best_part(parts: Sequence[Span], passage: Passage, sought: Sought, session: Session) -> Span:
    """The part that explains most, widened to its neighbours while they add something and it stays short."""
    text = session.text_of(passage.document)
    rarity = session.shelf.index.rarity
    damaged = session.card(passage.document).document.quality is Quality.OCR

    def explained(first: int, last: int) -> float:
        piece = text[parts[first].start : parts[last].end]
        return coverage(sought, piece, passage_heading(passage), rarity, damaged=damaged)

    first = last = max(range(len(parts)), key=lambda i: explained(i, i))
    best = explained(first, last)
    while True:
        wider = [(a, b) for a, b in ((first - 1, last), (first, last + 1)) if a >= 0 and b < len(parts)]
        gains = [(explained(a, b), -abs(b - last), a, b) for a, b in wider]
        gains = [g for g in gains if g[0] > best + 0.02 and parts[g[3]].end - parts[g[2]].start <= 2 * _LONG_QUOTE]
        if not gains:
            return _with_day(parts, first, last, sought, text)
        best, _, first, last = max(gains)


def _with_day(parts: Sequence[Span], first: int, last: int, sought: Sought, text: str) -> Span:
    """The parts from ``first`` to ``last``, with the neighbour that names the day where one was asked for."""
    chosen = Span(start=parts[first].start, end=parts[last].end)
    asked = sought.dated or not TIMES.isdisjoint(sought.expects)
    if not asked or _NAMES_DAY.search(fold(text[chosen.start : chosen.end])):
        return chosen
    for a, b in ((first, last + 1), (last, last + 1), (first - 1, last), (first - 1, first)):
        if a < 0 or b >= len(parts) or parts[b].end - parts[a].start > 2 * _LONG_QUOTE:
            continue
        added = parts[b] if b > last else parts[a]
        if _NAMES_DAY.search(fold(text[added.start : added.end])):
            return Span(start=parts[a].start, end=parts[b].end)
    return chosen
