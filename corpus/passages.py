"""Prose into passages: each ends with a sentence and knows its place in the outline.

Roles: body; letterhead (before the first heading); basis (what the document rests on); recipients;
signature; annex (the title block of an annex); debris (an assignment table whose cells were lost, as
in a bad scan: it can be pointed at, never quoted as fact).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.markup import clean
from corpus.outline import BULLETS, Label, Outline, find_label
from corpus.paragraphs import Paragraph, is_annex_line
from corpus.records import ATTACHED_KINDS, Passage, Span
from corpus.sentences import sentences
from corpus.task_table import looks_like_task_table_text
from corpus.vietnamese import fold

MAX_CHARS = 1200
_HEADING_CHARS = 260
_TITLE_CHARS = 90  # an article's title that ends with a full stop is no longer than this
_ENDS_OPEN = re.compile(r"[^.;:!?…]$")
_RECIPIENTS = re.compile(r"^no[il1] nh.{1,3}\s*:?")
_SIGNATURE = re.compile(r"^(?:tm|kt|tl|tuq|q)\s?\.\s?[a-z]|^(?:chu tich|truong phong|giam doc|chanh van phong)$")
_BASIS = re.compile(r"^\W*(?:c.n c[a-z]{1,3}\b|thuc hien |theo |can cu|.{0,12}kem theo )")
_ADDRESSED = re.compile(r"^(?:kinh gui|tren day la|tr.n d.y la)")


@dataclass
class _Reading:
    """What is known while a document is read from top to bottom."""

    outline: Outline = field(default_factory=Outline)
    part: str = ""
    zone: str = "letterhead"
    lead: int | None = None  # how many headings were open where a paragraph led into a list


def passages_of(paragraphs: list[Paragraph], text: str, document: str) -> list[Passage]:
    """The passages of a document's prose, in order."""
    reading = _Reading()
    found: list[Passage] = []
    titled: set[int] = set()
    for i, paragraph in enumerate(paragraphs):
        if i in titled:
            continue
        label = None if reading.zone == "debris" else find_label(paragraph.text)
        role = _role(paragraph, label, reading)
        if role == "heading":
            below = _title_below(paragraphs, i, label)
            titled.update({i + 1} if below else ())
            _open_heading(paragraph, label, reading, below)
            if not _has_children(paragraphs, i):
                found.extend(_split(paragraph, text, document, reading, "body", len(found)))
            continue
        if label is not None and role == "body":
            reading.outline.open(label, _lead_in(paragraph.text))
        elif role == "body":
            _after_list(paragraph, reading)
        found.extend(_split(paragraph, text, document, reading, role, len(found)))
    return _merge_zones(found, text)


def _role(paragraph: Paragraph, label: Label | None, reading: _Reading) -> str:
    """The role of a paragraph; also moves ``reading`` into the zone that it opens."""
    folded = fold(paragraph.text)
    if is_annex_line(paragraph.text):
        reading.outline.reset()
        reading.part, reading.zone = paragraph.text.strip(" .:]|["), "annex"
        return "annex"
    if reading.zone == "annex" and looks_like_task_table_text(paragraph.text):
        reading.zone = "debris"
    if reading.zone == "debris":
        return "debris"
    if reading.zone in ("recipients", "signature") and _opens_attachment(folded, label):
        reading.outline.reset()
        reading.part = paragraph.text.strip(" .:") if label is None else reading.part
        reading.zone = "body"
    elif _RECIPIENTS.match(folded):
        reading.outline.reset()
        reading.zone = "recipients"
    elif _SIGNATURE.match(folded) and len(folded) < 120:
        reading.outline.reset()
        reading.zone = "signature"
    elif label is not None and label.kind not in BULLETS and reading.zone != "signature":
        reading.zone = "body"
    elif reading.zone == "body" and _ADDRESSED.match(folded):
        reading.outline.reset()
    return _role_in_zone(paragraph, label, reading, folded)


def _opens_attachment(folded: str, label: Label | None) -> bool:
    """Whether a regulation or plan begins after the signature of the decision that issues it."""
    if label is not None:
        return label.kind in ("part", "chapter", "article")
    return folded.strip(" .:") in ATTACHED_KINDS


def _role_in_zone(paragraph: Paragraph, label: Label | None, reading: _Reading, folded: str) -> str:
    if reading.zone == "letterhead":
        return "basis" if _BASIS.match(folded) and len(folded) > 40 else "letterhead"
    if reading.zone != "body":
        return reading.zone
    return "heading" if _is_heading(paragraph, label) else "body"


def _is_heading(paragraph: Paragraph, label: Label | None) -> bool:
    if label is None:
        return paragraph.marked
    if label.kind in BULLETS:
        return False
    if paragraph.marked or label.kind in ("part", "chapter", "division", "article"):
        return len(paragraph.text) < 2 * _HEADING_CHARS
    ends_open = bool(_ENDS_OPEN.search(paragraph.text))
    return ends_open and len(paragraph.text) <= _HEADING_CHARS


def _title_below(paragraphs: list[Paragraph], i: int, label: Label | None) -> str:
    """The title of a chapter that stands on the line under its bare number, or ""."""
    bare = (
        label is not None and label.kind in ("part", "chapter", "division") and len(paragraphs[i].text) <= label.length
    )
    if not bare or i + 1 == len(paragraphs):
        return ""
    below = paragraphs[i + 1]
    return below.text if find_label(below.text) is None and (below.marked or below.text.isupper()) else ""


def _open_heading(paragraph: Paragraph, label: Label | None, reading: _Reading, below: str) -> None:
    reading.lead = None
    if label is not None:
        reading.outline.open(label, f"{paragraph.text} {below}".strip())


def _after_list(paragraph: Paragraph, reading: _Reading) -> None:
    """A paragraph without a number that follows a list belongs to what led into the list, not to its last item."""
    depth = len(reading.outline.nodes)
    if paragraph.text.endswith(":"):
        reading.lead = depth
    elif reading.lead is not None and depth > reading.lead and paragraph.text[:1].isupper():
        del reading.outline.nodes[reading.lead :]
        reading.lead = None


def _lead_in(text: str) -> str:
    """The words of a numbered paragraph under which its bullets stand: its last sentence if it ends with ":"."""
    if not text.endswith(":"):
        return ""
    return re.split(r"(?<=[.;])\s", text)[-1][:_HEADING_CHARS]


def _says_all(text: str, label: Label | None) -> bool:
    """Whether an article is no title but a sentence of its own: "Điều 3. Chánh Văn phòng … chịu trách nhiệm …./."."""
    return label is not None and label.kind == "article" and text.endswith((".", "/", ";")) and len(text) > _TITLE_CHARS


def _has_children(paragraphs: list[Paragraph], i: int) -> bool:
    """Whether prose stands under a heading before the next heading of its rank or above."""
    if i + 1 == len(paragraphs):
        return False
    own, following = find_label(paragraphs[i].text), paragraphs[i + 1]
    label = find_label(following.text)
    if own is None or label is None:
        return not (following.marked or _says_all(paragraphs[i].text, own) or _RECIPIENTS.match(fold(following.text)))
    return label.rank > own.rank


def _split(
    paragraph: Paragraph, text: str, document: str, reading: _Reading, role: str, first: int
) -> Iterator[Passage]:
    """A paragraph as one passage, or as several of whole sentences where it is long."""
    headings = ((reading.part,) if reading.part else ()) + reading.outline.titles
    pieces = _pieces(paragraph.span, text) if len(paragraph.text) > MAX_CHARS else [paragraph.span]
    for i, span in enumerate(pieces):
        yield Passage(
            document=document,
            ordinal=first + i,
            path=reading.outline.path,
            headings=headings,
            text=clean(text[span.start : span.end]) if len(pieces) > 1 else paragraph.text,
            span=span,
            role=role,
        )


def _pieces(span: Span, text: str) -> list[Span]:
    pieces: list[Span] = []
    for sentence in sentences(text, span.start, span.end):
        if pieces and sentence.end - pieces[-1].start <= MAX_CHARS:
            pieces[-1] = Span(start=pieces[-1].start, end=sentence.end)
        else:
            pieces.append(sentence)
    return pieces


def _merge_zones(passages: list[Passage], text: str) -> list[Passage]:
    """Makes one passage of each run of recipients, of a signature, of the title block of an annex."""
    merged: list[Passage] = []
    for passage in passages:
        previous = merged[-1] if merged else None
        if previous and passage.role in ("recipients", "signature", "annex", "debris") and _same(previous, passage):
            span = Span(start=previous.span.start, end=passage.span.end)
            words = f"{previous.text} {passage.text}"
            merged[-1] = previous.model_copy(update={"span": span, "text": words})
        else:
            merged.append(passage.model_copy(update={"ordinal": len(merged)}))
    return merged


def _same(previous: Passage, passage: Passage) -> bool:
    return previous.role == passage.role and len(previous.text) + len(passage.text) <= 2 * MAX_CHARS
