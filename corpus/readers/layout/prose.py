"""Lines of a page into paragraphs, by their indents, by where they end, and by the white between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from corpus.outline import BULLETS, find_label
from corpus.readers.layout.lines import TextLine
from corpus.readers.layout.page import letter_height
from corpus.readers.layout.pieces import Piece, joined, piece_of

_TERMINAL = re.compile(r"[.;:!?…/]['\"”’)*]*$")
_INDENT = 0.7  # letter heights
_FAR = 1.8  # usual distances between two lines: so much white ends any paragraph
_APART = 1.22  # usual distances: so much white ends a paragraph whose sentence is over
_MANY_LINES = 8
_HEADING_CHARS = 260
_MANY_BOLD = 0.6  # of a page's lines: where so many are bold, bold tells nothing


class Step(Enum):
    """How a line stands to the one above: the same paragraph, perhaps the same, surely another."""

    ON = "on"
    MAYBE = "maybe"
    ANEW = "anew"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a line of one that cannot be told from its neighbours (``step`` to what stands above).

    ``open_start`` and ``open_end`` say that it may go on from the page before and over to the next; ``aside`` that
    it is a note at the foot of a page.
    """

    piece: Piece
    step: Step = Step.ANEW
    heading: bool = False
    open_start: bool = False
    open_end: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The margins of a column, the height of its letters, the usual distance from line to line.

    ``beside`` = another column stands next to it, as in a letterhead: its lines are mostly names and titles.
    """

    left: float
    right: float
    height: float
    pitch: float
    beside: bool = False

    def indent(self, line: TextLine) -> float:
        return (line.x0 - self.left) / self.height

    def centred(self, line: TextLine) -> bool:
        before, after = line.x0 - self.left, self.right - line.x1
        return before > self.height and abs(before - after) < max(1.6 * self.height, 0.12 * (before + after))

    def full(self, line: TextLine, following: TextLine) -> bool:
        """Whether the first word of the next line had no room on a line."""
        word = following.words[0]
        return line.x1 + word.x1 - word.x0 + 0.15 * self.height > self.right - 0.2 * self.height


def frame_of(lines: Sequence[TextLine], *, beside: bool = False) -> Frame:
    """The frame of the lines of one column, at least one."""
    height = letter_height([word for line in lines for word in line.words])
    pitches = sorted(below.middle - line.middle for line, below in itertools.pairwise(lines))
    pitches = [pitch for pitch in pitches if pitch > 0.5 * height]
    pitch = pitches[len(pitches) // 3] if pitches else 1.3 * height
    left = _shared(sorted(line.x0 for line in lines), height)
    right = -_shared(sorted(-line.x1 for line in lines), height)
    return Frame(left, right, height, min(pitch, 2.5 * height), beside)


def _shared(edges: list[float], height: float) -> float:
    """The outermost edge, of many lines that two of them share."""
    if len(edges) < _MANY_LINES:
        return edges[0]
    for edge, following in itertools.pairwise(edges):
        if following - edge < _INDENT * height:
            return edge
    return edges[0]


def paragraphs_in(lines: Sequence[TextLine], frame: Frame, *, marks: bool) -> list[Paragraph]:
    """The paragraphs of a column's lines; ``marks`` = headings are told by their bold letters."""
    groups: list[tuple[Step, list[TextLine]]] = []
    for line in lines:
        step = _step(groups[-1][1], line, frame) if groups else Step.ANEW
        if step is Step.ON and frame.beside and not line.text[:1].islower():
            step = Step.MAYBE
        if step is Step.ON:
            groups[-1][1].append(line)
        else:
            groups.append((step, [line]))
    found = [_paragraph(step, group, frame, marks=marks) for step, group in groups]
    return [replace(paragraph, open_start=_may_go_on(lines[0], frame)) if i == 0 else paragraph
            for i, paragraph in enumerate(found)]  # fmt: skip


def bold_tells(lines: Sequence[TextLine]) -> bool:
    """Whether so few lines are bold that these are headings."""
    return sum(line.bold for line in lines) <= _MANY_BOLD * len(lines) or len(lines) < 8


def _step(group: list[TextLine], line: TextLine, frame: Frame) -> Step:
    above = group[-1]
    pitch = (line.middle - above.middle) / frame.pitch
    if pitch > _FAR or pitch < 0:
        return Step.ANEW
    full, small = frame.full(above, line), line.text[:1].islower()
    if above.bold != line.bold and not (full and small):
        return Step.ANEW
    if frame.centred(above) and frame.centred(line):
        return _centred_step(above, line, full=full)
    if find_label(line.text):
        return Step.ON if full and _is_no_label(group, line, frame) else Step.ANEW
    if full and frame.centred(line) and not _TERMINAL.search(above.text):
        return Step.MAYBE if above.text.isupper() else Step.ON
    if not full:
        return Step.MAYBE if (small and not _TERMINAL.search(above.text)) or above.text.endswith(",") else Step.ANEW
    return _step_of_full(group, line, frame, pitch)


def _centred_step(above: TextLine, line: TextLine, *, full: bool) -> Step:
    if above.text.isupper() != line.text.isupper():
        return Step.ANEW
    return Step.ON if full and not above.text.isupper() else Step.MAYBE


def _is_no_label(group: list[TextLine], line: TextLine, frame: Frame) -> bool:
    """Whether words like "- 2030" or "2. Sau đó" only happen to begin a line in the middle of a paragraph."""
    if _TERMINAL.search(group[-1].text) or frame.indent(line) > _INDENT:
        return False
    label = find_label(line.text)
    if label is None or (label.kind not in BULLETS and label.kind != "number"):
        return False
    if line.text[label.length :][:1].islower() and abs(line.x0 - group[-1].x0) < _INDENT * frame.height:
        return True
    return frame.indent(group[0]) > _INDENT and (line.x0 - group[-1].x0 < _INDENT * frame.height)


def _step_of_full(group: list[TextLine], line: TextLine, frame: Frame, pitch: float) -> Step:
    """The step after a line that is full: mostly on, unless an indent or white says that a paragraph begins."""
    above = group[-1]
    over = bool(_TERMINAL.search(above.text)) and not line.text[:1].islower()
    if over and pitch > _APART:
        return Step.ANEW
    deeper = (line.x0 - above.x0) / frame.height
    if deeper > _INDENT:
        return Step.ON if len(group) == 1 and find_label(above.text) else Step.ANEW
    if over and frame.indent(line) > _INDENT and abs(deeper) < _INDENT and len(group) == 1:
        return Step.ANEW
    return Step.ON


def _may_go_on(line: TextLine, frame: Frame) -> bool:
    return frame.indent(line) < _INDENT and not frame.centred(line) and find_label(line.text) is None


def _paragraph(step: Step, group: list[TextLine], frame: Frame, *, marks: bool) -> Paragraph:
    piece = joined(piece_of(line.words) for line in group)
    last = group[-1]
    heading = marks and _is_heading(piece.text) and all(line.bold for line in group)
    reaches = last.x1 > frame.right - 4 * frame.height and not frame.centred(last)
    return Paragraph(piece, step, heading, open_end=reaches)


def _is_heading(text: str) -> bool:
    return len(text) <= _HEADING_CHARS and not text.endswith((".", ";", ",")) and sum(map(str.isalpha, text)) > 2
