"""The header of a task table without lines: the lines whose words name its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.columns import Column, is_usual, read_header, role_of
from corpus.readers.layout.lines import TextLine, segments_of, text_line
from corpus.readers.layout.page import Word, letter_height
from corpus.readers.layout.pieces import Piece
from corpus.readers.layout.rows import cell_text
from corpus.vietnamese import fold

CELL_GAP = 0.75  # letter heights between the headers of two columns
TALLEST = 6  # lines of a header, or of a row above its number
_SHORT = 3  # words: the first line of a header may hold so few that they tell nothing
_MOST_WORDS = 30  # on a line of a header
_FEWEST = 3  # columns
_ONE_LINE = 0.3  # letter heights: words that differ by less stand on one line
_HEADS = ("nhiem vu", "noi dung", "cong viec", "chu tri", "phoi hop", "thoi gian", "thoi han", "san pham", "ket qua",
          "tien do", "thuc hien", "phu trach", "hoan thanh", "don vi", "co quan", "ghi chu", "stt", "tt")  # fmt: skip


@dataclass(frozen=True)
class Header:
    """A header: from which line to which, its words and its text by column, what its columns mean."""

    start: int
    end: int
    parts: list[list[Word]]
    columns: list[Column]

    @property
    def cells(self) -> list[Piece]:
        return [cell_text(_stacked(part), 0) for part in self.parts]


def next_header(lines: Sequence[TextLine], start: int, height: float, heads: Sequence[str] = ()) -> Header | None:
    """The first header from a line on; ``heads`` are the words of one that may come again."""
    for i in range(start, len(lines)):
        if found := _header_at(lines, i, height, heads):
            lower = (_header_at(lines, j, height, heads) for j in range(i + 1, min(found.end, len(lines))))
            return max([found, *filter(None, lower)], key=lambda header: _told(header.columns, heads))
    return None


def headers_among(lines: Sequence[TextLine]) -> list[TextLine]:
    """Those of some lines that are headers of task tables."""
    height = letter_height([word for line in lines for word in line.words])
    found = (_header_at(lines, i, height) for i in range(len(lines)))
    return [line for header in found if header for line in lines[header.start : header.end]]


def _header_at(lines: Sequence[TextLine], start: int, height: float, heads: Sequence[str] = ()) -> Header | None:
    """The header that begins at a line: of as many lines as leave most of its columns known."""
    if not _may_head(lines[start : start + TALLEST]) or _goes_on(lines[start], height):
        return None
    best: Header | None = None
    for end in range(start + 1, min(start + TALLEST, len(lines)) + 1):
        if end - start > 1 and not _belongs(lines[end - 2], lines[end - 1], height):
            break
        parts = _parts(lines[start:end], height)
        columns = _columns(parts)
        if columns and (best is None or _told(columns, heads) >= _told(best.columns, heads)):
            best = Header(start, end, parts, columns)
    return best


def _may_head(lines: Sequence[TextLine]) -> bool:
    """Whether the words of a header begin here: a cheap look before the closer one."""
    first = fold(lines[0].text)
    if len(lines) > 1 and len(lines[0].words) <= _SHORT:
        first += " " + fold(lines[1].text)
    if len(lines[0].words) > _MOST_WORDS or first[:1].isdigit() or not any(head in first for head in _HEADS):
        return False
    words = fold(" ".join(line.text for line in lines))
    return sum(head in words for head in _HEADS) > 2


def _goes_on(line: TextLine, height: float) -> bool:
    """Whether all of a line stands within sentences."""
    return all(segment[0].text[:1].islower() for segment in segments_of(line, CELL_GAP * height))


def _belongs(line: TextLine, below: TextLine, height: float) -> bool:
    """Whether a line goes on with the header above it."""
    if below.top - line.bottom > 0.8 * height or below.bold != line.bold:
        return False
    return not below.words[0].text.strip("().").isdigit()


def _known(columns: Sequence[Column]) -> int:
    return sum(column.role != "other" for column in columns)


def _columns(parts: Sequence[list[Word]]) -> list[Column] | None:
    """The columns that words name; None where too few are named, or most of them begin within a sentence."""
    texts = [_words(part) for part in parts]
    small = sum(text[:1].islower() and not is_usual(text) for text in texts)
    return read_header(texts) if len(texts) >= _FEWEST and 2 * small <= len(texts) else None


def _told(columns: Sequence[Column], heads: Sequence[str]) -> tuple[bool, int, int, int]:
    """How well columns are told: as those of a known header; then how many are known, and by just their words."""
    known = _known(columns)
    same = [column.header for column in columns] == list(heads)
    return same, known, sum(is_usual(column.header) for column in columns), known - len(columns)


def _parts(lines: Sequence[TextLine], height: float) -> list[list[Word]]:
    """The words of a header by column: what stands below one another belongs together."""
    parts: list[list[Word]] = []
    for line in lines:
        for segment in segments_of(line, CELL_GAP * height):
            left, right = segment[0].x0, segment[-1].x1
            near = [min(w.x0 for w in part) < right and left < max(w.x1 for w in part) for part in parts]
            below = [word for part, is_near in zip(parts, near, strict=True) if is_near for word in part]
            parts = [part for part, is_near in zip(parts, near, strict=True) if not is_near]
            parts.append(below + segment)
    whole = sorted(parts, key=lambda part: min(word.x0 for word in part))
    parts = [part for group in whole for part in _divided(group, height)]
    return [part for i, part in enumerate(parts) if not _stands_over(part, parts[max(0, i - 1) : i + 2])]


def _stands_over(part: list[Word], near: Sequence[list[Word]]) -> bool:
    """Whether a header stands above and between those of two columns, which it heads together."""
    middle = max(word.middle for word in part)
    return len(near) == 3 and all(other is part or min(word.top for word in other) > middle for other in near)


def _divided(part: list[Word], height: float) -> list[list[Word]]:
    """A header over several columns gives way to those below it: "Phân công" over "Chủ trì" and "Phối hợp"."""
    if part[-1].middle - part[0].middle < _ONE_LINE * height:
        return [part]
    lines = _stacked(part)
    lower = _parts(lines[1:], height) if len(lines) > 1 else []
    if len(lower) > 1 and all(role_of(_words(piece)) != "other" for piece in lower):
        return lower
    return [part]


def _stacked(words: Sequence[Word]) -> list[TextLine]:
    if len(words) == 1:
        return [text_line(words)]
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        if lines and word.middle - lines[-1][0].middle < 0.5 * (word.bottom - word.top):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [text_line(line) for line in lines]


def _words(part: Sequence[Word]) -> str:
    return cell_text(_stacked(part), 0).text
