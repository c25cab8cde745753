"""Words into lines, and lines that stand side by side into columns of their own."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.layout.page import Word, box_of, letter_height

_OVERLAP = 0.5  # of the lower of two heights: words that overlap so much stand on one line
_RIVER = 1.4  # letter heights: the white between two columns of prose is at least so wide
_WIDE_GAP = 2.2  # letter heights: so wide a gap parts a line even where no line above or below is parted there
_NEAR = 1.0  # letter heights between the lines of one column


@dataclass(slots=True)
class TextLine:
    """The words of one line from left to right, and the box around them."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))


def text_line(words: Iterable[Word]) -> TextLine:
    """The line that some words make, at least one."""
    ordered = sorted(words, key=lambda word: word.x0)
    return TextLine(ordered, *box_of(ordered))


def lines_in(words: Sequence[Word]) -> list[TextLine]:
    """The lines of words that stand in one column, from top to bottom."""
    rows: list[tuple[float, float, list[Word]]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        place = next((i for i in range(len(rows) - 1, max(-1, len(rows) - 4), -1) if _on(word, rows[i])), None)
        if place is None:
            rows.append((word.top, word.bottom, [word]))
        else:
            rows[place][2].append(word)
    return sorted((text_line(found) for _, _, found in rows), key=lambda line: line.middle)


def _on(word: Word, row: tuple[float, float, list[Word]]) -> bool:
    top, bottom, _ = row
    shared = min(bottom, word.bottom) - max(top, word.top)
    return shared >= _OVERLAP * min(bottom - top, word.bottom - word.top)


def segments_of(line: TextLine, gap: float) -> list[list[Word]]:
    """The words of a line, parted wherever the white between two is wider than ``gap``."""
    parts = [[line.words[0]]]
    edge = line.words[0].x1
    for word in line.words[1:]:
        if word.x0 - edge > gap:
            parts.append([])
        parts[-1].append(word)
        edge = max(edge, word.x1)
    return parts


def in_columns(words: Sequence[Word]) -> list[list[TextLine]]:
    """The lines of a piece of page in reading order, as columns: what stands side by side comes left before right."""
    if not words:
        return []
    height = letter_height(words)
    lines = lines_in(words)
    columns: list[list[TextLine]] = [[]]
    place = 0
    while place < len(lines):
        found = _side_by_side(lines, place, height)
        if found is None:
            columns[-1].append(lines[place])
            place += 1
            continue
        end, edge = found
        block = [word for line in lines[place:end] for word in line.words]
        columns += in_columns([word for word in block if word.centre < edge])
        columns += in_columns([word for word in block if word.centre >= edge])
        columns.append([])
        place = end
    return [column for column in columns if column]


def _side_by_side(lines: list[TextLine], place: int, height: float) -> tuple[int, float] | None:
    """Where the block of two columns that begins at a line ends, and the x that parts them; None where none begins."""
    start, rivers = place, _rivers(lines[place], height)
    if not rivers and not _leads_right(lines, place, height):
        return None
    best: tuple[int, float] | None = None
    for left, right in rivers or _rivers(lines[place + 1], height):
        found = _block(lines, start, left, right, height)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


def _leads_right(lines: list[TextLine], place: int, height: float) -> bool:
    """Whether a line stands alone above the right one of two columns ("TM. ỦY BAN NHÂN DÂN")."""
    if place + 1 >= len(lines):
        return False
    line, below = lines[place], lines[place + 1]
    near = below.top - line.bottom < _NEAR * height
    return near and any(left < line.x0 for left, _ in _rivers(below, height))


def _rivers(line: TextLine, height: float) -> list[tuple[float, float]]:
    parts = segments_of(line, _RIVER * height)
    edges = [(max(word.x1 for word in part), min(word.x0 for word in part)) for part in parts]
    return [(left[0], right[1]) for left, right in itertools.pairwise(edges)]


def _block(lines: list[TextLine], start: int, left: float, right: float, height: float) -> tuple[int, float] | None:
    """How far down a river runs: lines that cross it end it, and so do lines far below on one side only."""
    parted, end = 0, start
    bottom: dict[bool, float] = {}
    first = right - left
    for line in lines[start:]:
        narrowed = _narrowed(line, left, right)
        if narrowed is None or narrowed[1] - narrowed[0] < _RIVER * height:
            break
        sides = {word.centre > (left + right) / 2 for word in line.words}
        if len(sides) == 1 and parted and _far(line, bottom.get(*sides), height):
            break
        left, right = narrowed
        parted += len(sides) == 2
        bottom.update(dict.fromkeys(sides, line.bottom))
        end += 1
    alone = parted == 1 and first < _WIDE_GAP * height
    return None if not parted or alone else (end, (left + right) / 2)


def _far(line: TextLine, above: float | None, height: float) -> bool:
    return above is None or line.top - above > 3 * _NEAR * height


def _narrowed(line: TextLine, left: float, right: float) -> tuple[float, float] | None:
    """What is left of a river beside the words of a line; None where a word stands in its middle."""
    middle = (left + right) / 2
    for word in line.words:
        if word.x0 < middle < word.x1:
            return None
        if word.x1 <= middle:
            left = max(left, word.x1)
        else:
            right = min(right, word.x0)
    return left, right
