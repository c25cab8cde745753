"""Lines into paragraphs: joins what a page or line break tore apart, keeps the range in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.cells import cells_of, has_bars, is_framed, is_rule, ranges_of
from corpus.markup import clean, is_heading_line
from corpus.outline import find_label
from corpus.records import Span
from corpus.vietnamese import fold

_LINE = re.compile(r"[^\n\r\f\v\u2028\u2029]+")
_PAGE_NUMBER = re.compile(r"^\s*[-–]?\s*\d{1,4}\s*[-–]?\s*$")
_TERMINAL = re.compile(r"[.;:!?…]['\"”’)*]*$")
_ANNEX_LINE = re.compile(r"^phu luc(?: so)?(?: [ivx]+| \d+| [a-h])?$")
_FULL_LINE = 60
_PAGE_WIDTH = 140  # characters
_FEW_WIDE = 0.02  # of a wrapped document's lines
# Words with which no sentence ends: what follows goes on with it, even with a capital.
_CONNECTIVES = frozenset(
    {
        "cua",
        "va",
        "tai",
        "cho",
        "voi",
        "ve",
        "theo",
        "cac",
        "nhung",
        "den",
        "tu",
        "trong",
        "do",
        "la",
        "tren",
        "bang",
        "hoac",
    }
)


@dataclass(frozen=True)
class Line:
    """A non-blank line of the source; ``gap`` says that a blank line or page break stands before it.

    ``barred`` says that it is a row of a Markdown table.
    """

    start: int
    end: int
    raw: str
    gap: bool
    barred: bool = False

    @property
    def cells(self) -> list[str]:
        """Its cells as written; one where it is no row of a table."""
        return cells_of(self.raw, barred=self.barred)

    @property
    def cell_spans(self) -> list[Span]:
        """Where its cells stand in the source."""
        found = ranges_of(self.raw, barred=self.barred)
        return [Span(start=self.start + start, end=self.start + end) for start, end in found]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose: its clean words and its range; ``marked`` = its mark-up says heading."""

    span: Span
    text: str
    marked: bool


def lines_of(text: str) -> list[Line]:
    """The lines that hold words, without page numbers that stand alone and rules of dashes in tables."""
    lines: list[Line] = []
    previous_end = 0
    for match in _LINE.finditer(text):
        if not match[0].strip():
            continue
        gap = text.count("\n", previous_end, match.start()) > 1 or "\f" in text[previous_end : match.start()]
        lines.append(Line(match.start(), match.end(), match[0], gap or not lines))
        previous_end = match.end()
    return list(_without_page_numbers(_with_bars(lines)))


def _with_bars(lines: list[Line]) -> list[Line]:
    """The lines with the rows of Markdown tables marked: those between bars, and all around a rule of dashes."""
    ruled: set[int] = set()
    for i, line in enumerate(lines):
        if is_rule(line.raw):
            ruled.update({i - 1} if i and not line.gap and has_bars(lines[i - 1].raw) else ())
            below = i + 1
            while below < len(lines) and not lines[below].gap and has_bars(lines[below].raw):
                ruled.add(below)
                below += 1
    marked = (replace(line, barred=i in ruled or is_framed(line.raw)) for i, line in enumerate(lines))
    return [line for line in marked if not is_rule(line.raw)]


def _without_page_numbers(lines: list[Line]) -> Iterator[Line]:
    gap_before = False
    for i, line in enumerate(lines):
        alone = line.gap and (i + 1 == len(lines) or lines[i + 1].gap)
        if alone and _PAGE_NUMBER.match(line.raw):
            gap_before = True
            continue
        yield replace(line, gap=line.gap or gap_before)
        gap_before = False


def paragraphs_of(lines: list[Line], text: str) -> list[Paragraph]:
    """Joins lines of prose into paragraphs. A sentence that a page break cuts stays one paragraph."""
    groups: list[list[Line]] = []
    wrapped = _is_wrapped(lines)
    for line in lines:
        if groups and _continues(groups[-1], line) and (wrapped or not _is_whole(groups[-1][-1], line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [p for group in groups if (p := _paragraph(group, text)).text]


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether a converter broke lines at the width of the page; else each line is a paragraph as it was typed."""
    return sum(len(line.raw) > _PAGE_WIDTH for line in lines) <= len(lines) * _FEW_WIDE


def _is_whole(line: Line, following: Line) -> bool:
    """Whether a sentence ends with a line and another begins with a capital on the next."""
    return bool(_TERMINAL.search(clean(line.raw))) and clean(following.raw)[:1].isupper()


def _paragraph(group: list[Line], text: str) -> Paragraph:
    start, end = group[0].start, group[-1].end
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    end -= len(raw) - len(raw.rstrip())
    words = clean("\n".join(line.raw for line in group))
    marked = all(is_heading_line(line.raw) for line in group)
    return Paragraph(Span(start=start, end=end), words, marked)


def _continues(group: list[Line], line: Line) -> bool:
    """Whether a line goes on with the paragraph before it."""
    previous, words = clean(group[-1].raw), clean(line.raw)
    if not words or not previous or _starts_anew(line, words) or is_annex_line(previous):
        return False
    open_bold = "".join(item.raw for item in group).count("**") % 2 == 1
    if open_bold and not line.gap:
        return True
    if is_heading_line(group[-1].raw):
        return False
    return _goes_on_after_gap(previous, words) if line.gap else _goes_on(previous, words)


def _starts_anew(line: Line, words: str) -> bool:
    label = find_label(words)
    if label is not None and label.kind == "number" and not line.gap and words[label.length :][:1].islower():
        return False
    return label is not None or is_heading_line(line.raw) or is_annex_line(words)


def _goes_on_after_gap(previous: str, words: str) -> bool:
    if _TERMINAL.search(previous):
        return False
    if words[0].islower() or (words[0].isdigit() and len(previous) >= _FULL_LINE):
        return True
    return len(previous) >= _FULL_LINE and fold(previous).split()[-1] in _CONNECTIVES


def _goes_on(previous: str, words: str) -> bool:
    if words[0] in "([":
        return len(previous) >= _FULL_LINE and not _TERMINAL.search(previous) and not previous.isupper()
    if words[0].islower() or previous.endswith(","):
        return True
    if _TERMINAL.search(previous):
        return len(previous) >= _FULL_LINE and not previous.endswith((";", ":"))
    return len(previous) >= _FULL_LINE and previous.isupper() == words.isupper()


def is_annex_line(words: str) -> bool:
    """Whether a clean line is the title of an annex: "PHỤ LỤC", "Phụ lục II"."""
    return len(words) <= 20 and bool(_ANNEX_LINE.match(fold(words).strip(" .:]|[")))
