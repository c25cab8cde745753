"""What a document says it does to others (it is attached to one, amends, replaces or abolishes one), and until when it
holds itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.deadlines import read_deadline
from corpus.letterhead import REFERENCE
from corpus.records import Passage, Relation, RelationKind, Span
from corpus.sentences import sentences
from corpus.vietnamese import fold

_ATTACHED = re.compile(r"kem theo\W+(?:[a-z]+ ){0,6}$")
_AMENDS = re.compile(
    r"\b(?:sua doi|bo sung|dieu chinh)(?:,? bo sung)?"
    r"(?: (?:mot so|cac))?(?: (?:dieu|noi dung|diem|nhiem vu))*(?: cua| tai)?\W*$"
)
# "Bãi bỏ khoản 2 Điều 5 của Quyết định số …": the rest of it still holds
_IN_PART = re.compile(
    r"\b(?:thay the|thay cho|bai bo|huy bo)(?: (?:mot so|mot phan|cac|cum tu|tu))?"
    r"(?: (?:dieu|khoan|diem|muc|tiet|phan|noi dung|nhiem vu|phu luc|bieu|chi tieu|thoi han)\b)[^.;]{0,60}\W*$"
)
_REPLACES = re.compile(r"\b(?:thay the|thay cho|bai bo|huy bo)(?: (?:toan bo|cac))*(?: cua)?\W*$")
_HOLDS_UNTIL = re.compile(
    r"\b(?:thuc hien|hieu luc|ap dung|gia tri)\b[^.;]{0,60}?"
    r"(?P<until>\bden (?:het )?(?:ngay |thang |quy |nam )*\d[^,;]{0,30})"
)
_ENDED = re.compile(r"^.{0,120}?\bhet hieu luc\b")
_THIS = re.compile(
    r"\b(?:ke hoach|quyet dinh|quy che|quy dinh|nghi quyet|chi thi|huong dan|chuong trinh|van ban|phu luc) nay\b"
)
_BEGINS = re.compile(r"^\W*(?:\d+\W+)?(?:thay the|thay cho|bai bo|huy bo|sua doi|bo sung|dieu chinh)\b")
_HEADS = ("letterhead", "annex")
_BEFORE, _AFTER = 90, 160  # characters


def relations_of(passages: Iterable[Passage], text: str, number: str | None) -> tuple[Relation, ...]:
    """The relations that a document states, in order, each once; ``number`` is its own.

    A relation is taken from the title block, from a sentence that speaks of the document itself ("Kế hoạch này thay
    thế …") or that begins with what it does ("Bãi bỏ Quyết định số …"): others are told of other documents.
    """
    found: dict[tuple[RelationKind, str], Relation] = {}
    for passage in passages:
        if passage.role == "basis":
            continue
        for relation in _of_passage(passage, text):
            if relation.number != plain_number(number):
                found.setdefault((relation.kind, relation.number), relation)
    return tuple(found.values())


def plain_number(number: str | None) -> str:
    """A number as it is compared: "158/KH-UBND" and "158 / KH - UBND" are one."""
    return re.sub(r"\s", "", fold(number or ""))


def _of_passage(passage: Passage, text: str) -> Iterator[Relation]:
    head = passage.role in _HEADS
    spans = [passage.span] if head else sentences(text, passage.span.start, passage.span.end)
    for span in spans:
        folded = fold(text[span.start : span.end])
        if not head and _THIS.search(folded):
            yield from _validity(span, text, folded)
        if head or _THIS.search(folded) or _BEGINS.match(folded):
            yield from _of_sentence(span, text, head=head)


def _validity(span: Span, text: str, folded: str) -> Iterator[Relation]:
    """Until when a document says that it holds itself: "Kế hoạch này thực hiện đến hết ngày 31/12/2026"."""
    found = _HOLDS_UNTIL.search(" ".join(folded.split()))
    until = read_deadline(found["until"]).due if found else None
    if until is not None:
        said = " ".join(text[span.start : span.end].split())
        yield Relation(kind=RelationKind.EXPIRES, number="", text=said, span=span, until=until)


def _of_sentence(span: Span, text: str, *, head: bool) -> Iterator[Relation]:
    doing: RelationKind | None = None
    last = span.start
    for match in REFERENCE.finditer(text, span.start, span.end):
        before = fold(" ".join(text[max(last, match.start() - _BEFORE) : match.start()].split())) + " "
        after = fold(" ".join(text[match.end("number") : min(span.end, match.end("number") + _AFTER)].split()))
        # "thay thế Kế hoạch số 1 và Kế hoạch số 2": the second is replaced, too
        doing = _kind(before, after, head=head) or (doing if before.strip() in ("va", ",", ", va", ";") else None)
        last = match.end()
        if doing is not None and match["number"][0].isdigit():
            place = Span(start=match.start(), end=match.end())
            yield Relation(
                kind=doing, number=plain_number(match["number"]), text=" ".join(match[0].split()), span=place
            )


def _kind(before: str, after: str, *, head: bool) -> RelationKind | None:
    if head and _ATTACHED.search(before):
        return RelationKind.ATTACHED
    if _IN_PART.search(before):
        return RelationKind.AMENDS
    if _REPLACES.search(before) or (not head and _ENDED.match(after)):
        return RelationKind.REPLACES
    return RelationKind.AMENDS if _AMENDS.search(before) else None
