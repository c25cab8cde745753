"""Duties that stand in prose: "trước ngày 10 tháng 6 gửi báo cáo về Sở Nội vụ", as task records marked so.

A duty is a sentence that sets a day of its own (``corpus.duty_days``) for something to be done. Who does it is taken
from the sentence where a body opens it, else from the heading right above it where that names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.agencies import Agencies
from corpus.deadlines import read_deadline
from corpus.duty_days import phrase_of
from corpus.markup import clean
from corpus.outline import find_label
from corpus.records import Deadline, DeadlineKind, Origin, Passage, Span, Task
from corpus.sentences import sentences
from corpus.task_table import TableContext, named_here
from corpus.vietnamese import fold

_BODY = (
    r"(?:cac |truong |giam doc |chanh |thu truong |chu tich )*"
    r"(?:phong|ban|van phong|cong an|trung tam|so|ubnd|uy ban|tram|hoi|doan|don vi|co quan|to|thon|truong|mat tran"
    r"|chi cuc|cuc|bo|hop tac xa|cong ty|co so|doi|thanh tra|quan su|bo phan)"
)
_ACTS = (
    r"(?:chu tri|la (?:co quan|dau moi|don vi)|bao cao|tong hop|gui|trinh|nop|lap|xay dung|ban hanh|hoan thanh|to chuc"
    r"|ra soat|trien khai|thuc hien|chi dao|phoi hop|tham muu|theo doi|cap nhat|bien soan|hop|thu|cong bo|kiem tra"
    r"|danh gia|chiu trach nhiem|co trach nhiem|duoc giao|can cu|dinh ky|hang|truoc|cham nhat|phai|cu)"
)
_OPENS = re.compile(rf"^(?:de nghi |giao |yeu cau )?(?P<who>{_BODY}\b[^;:.]{{0,120}}?)(?=\s*:|\s+{_ACTS}\b)")
_HEADS = re.compile(rf"^(?:trach nhiem (?:cua )?|de nghi )?(?P<who>{_BODY}\b.{{0,150}})$")
_ACTING = re.compile(rf"\b{_ACTS}\b")
_SETS = re.compile(r"\b(?:truoc|cham nhat|muon nhat|hoan thanh|xong|khong qua|dinh ky)\b|^(?:den|het|vao|trong)\b")
_NEXT = re.compile(r", (?=(?i:báo cáo|gửi|trình|nộp|tổng hợp)\b)")  # another thing to be done, with a day of its own
_KINDS = (DeadlineKind.DATE, DeadlineKind.MILESTONES, DeadlineKind.RECURRING)
_TITLE = 400  # characters


def duties_of(passages: Sequence[Passage], text: str, about: TableContext, agencies: Agencies) -> list[Task]:
    """The duties in the prose of a document, in order."""
    found: list[Task] = []
    for passage in passages:
        if passage.role == "body":
            found += _in_passage(passage, text, about, agencies, len(found))
    return found


def _in_passage(passage: Passage, text: str, about: TableContext, agencies: Agencies, first: int) -> Iterator[Task]:
    for span in sentences(text, passage.span.start, passage.span.end):
        words = _words(text[span.start : span.end])
        deadline = _deadline(words, about.year)
        if deadline is None or not _ACTING.search(fold(words)):
            continue
        yield Task(
            document=passage.document,
            ordinal=first,
            table="",
            section=None,
            section_title=passage.headings[-1] if passage.headings else None,
            number=passage.path,
            title=words if len(words) <= _TITLE else words[:_TITLE].rsplit(" ", 1)[0] + "…",
            lead=named_here(agencies.split(_who(words, passage)), about.commune),
            deadline=deadline,
            span=Span(start=span.start, end=span.end),
            origin=Origin.PROSE,
        )
        first += 1


def _words(raw: str) -> str:
    """A sentence without its mark-up, its number and its bullet."""
    words = clean(raw)
    label = find_label(words)
    return (words[label.length :] if label else words).strip(" -–+*•")


def _deadline(words: str, year: int | None) -> Deadline | None:
    """The deadline that a sentence sets, None where it sets none or says it in words that are not understood."""
    phrase = phrase_of(words)
    if not _SETS.search(fold(phrase)):
        return None
    deadline = read_deadline(_NEXT.sub("; ", phrase), year=year)
    return deadline.model_copy(update={"text": phrase}) if deadline.kind in _KINDS else None


def _who(words: str, passage: Passage) -> str:
    """The words that say who is to do it, "" where neither the sentence nor a heading above does."""
    opened = _OPENS.match(fold(words))
    if opened:
        return words[opened.start("who") : opened.end("who")]
    for heading in reversed(passage.headings):
        label = find_label(heading)
        title = (heading[label.length :] if label else heading).strip(" :.")
        headed = _HEADS.match(fold(title))
        if headed:
            return title[headed.start("who") :]
    return ""
