"""Tables without vertical lines: found by a header that names the columns of a task table, parted by the white
between its words and those below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.columns import Column, read_header, role_of
from corpus.readers.layout.bands import Columns, Numbers, rows_by_number, rows_in
from corpus.readers.layout.grid import Edge
from corpus.readers.layout.lines import TextLine, segments_of, text_line
from corpus.readers.layout.page import Word, letter_height
from corpus.readers.layout.pieces import Piece
from corpus.readers.layout.rows import NOTHING, Rows, cell_text
from corpus.tables import clean_number, is_section_number
from corpus.vietnamese import fold

_CELL_GAP = 0.75  # letter heights between the headers of two columns
_SPACE = 0.5  # letter heights: less white than this lies between two words of one cell
_TALLEST = 6  # lines of a header, or of a row above its number
_SHORT = 3  # words: the first line of a header may hold so few that they tell nothing
_MOST_WORDS = 30  # on a line of a header
_FEWEST = 3  # columns
_ONE_LINE = 0.3  # letter heights: words that differ by less stand on one line
_TITLES = 3  # lines that the title of a section takes
_LONG = 0.5  # of the width of a table
_FAR = 2.5  # letter heights: so far below a table stands what is no more of it
_WIDE = 0.6  # of the width of a table: a ruled line so long parts rows
_HEADS = ("nhiem vu", "noi dung", "cong viec", "chu tri", "phoi hop", "thoi gian", "thoi han", "san pham", "ket qua",
          "tien do", "thuc hien", "phu trach", "hoan thanh", "don vi", "co quan", "ghi chu", "stt", "tt")  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """The columns of a table without lines: where each begins and ends, which holds numbers and which titles."""

    xs: tuple[float, ...]
    gaps: tuple[float, ...]  # the white between each two columns
    numbers: Numbers
    title: int

    @property
    def number(self) -> int | None:
        return self.numbers.column


@dataclass(frozen=True)
class Bare:
    """A table found among lines: from which to which, its rows, its frame for the next page."""

    start: int
    end: int
    rows: Rows
    frame: Frame


@dataclass(frozen=True)
class _Header:
    start: int
    end: int
    parts: list[list[Word]]
    columns: list[Column]


def find_table(lines: Sequence[TextLine], levels: Sequence[Edge], before: Frame | None) -> Bare | None:
    """The first table among the lines of a piece of page; ``before`` is the frame of one that may go on at its top."""
    height = letter_height([word for line in lines for word in line.words])
    header = _next_header(lines, 0, height)
    if before is not None and (header is None or header.start > 0):
        end = _end(lines[: header.start] if header else lines, 0, before, height)
        if end and _has_rows(lines[:end], before):
            return Bare(0, end, Rows(_rows(lines[:end], before, levels, height), list(before.xs)), before)
    if header is None:
        return None
    frame = _frame(header, lines[header.end :], height)
    if before is not None and len(before.xs) == len(frame.xs):
        frame = replace(frame, numbers=before.numbers)
    following = _next_header(lines, header.end, height)
    end = _end(lines[: following.start] if following else lines, header.end, frame, height)
    if not _has_rows(lines[header.end : end], frame):
        return None
    heads = [cell_text(_stacked(part), 0) for part in header.parts]
    rows = [heads, *_rows(lines[header.end : end], frame, levels, height)]
    return Bare(header.start, end, Rows(rows, list(frame.xs)), frame)


def _next_header(lines: Sequence[TextLine], start: int, height: float) -> _Header | None:
    for i in range(start, len(lines)):
        if found := _header_at(lines, i, height):
            lower = (_header_at(lines, j, height) for j in range(i + 1, min(found.end, len(lines))))
            return max([found, *filter(None, lower)], key=lambda header: _known(header.columns))
    return None


def headers_among(lines: Sequence[TextLine]) -> list[TextLine]:
    """Those of some lines that are headers of task tables."""
    height = letter_height([word for line in lines for word in line.words])
    found = (_header_at(lines, i, height) for i in range(len(lines)))
    return [line for header in found if header for line in lines[header.start : header.end]]


def _header_at(lines: Sequence[TextLine], start: int, height: float) -> _Header | None:
    """The header that begins at a line: of as many lines as leave most of its columns known."""
    if not _may_head(lines[start : start + _TALLEST]):
        return None
    best: _Header | None = None
    for end in range(start + 1, min(start + _TALLEST, len(lines)) + 1):
        if end - start > 1 and not _belongs(lines[end - 2], lines[end - 1], height):
            break
        parts = _parts(lines[start:end], height)
        columns = read_header([_words(part) for part in parts]) if len(parts) >= _FEWEST else None
        if columns and (best is None or _known(columns) >= _known(best.columns)):
            best = _Header(start, end, parts, columns)
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


def _belongs(line: TextLine, below: TextLine, height: float) -> bool:
    """Whether a line goes on with the header above it."""
    if below.top - line.bottom > 0.8 * height or below.bold != line.bold:
        return False
    return not below.words[0].text.strip("().").isdigit()


def _known(columns: Sequence[Column]) -> int:
    return sum(column.role != "other" for column in columns)


def _parts(lines: Sequence[TextLine], height: float) -> list[list[Word]]:
    """The words of a header by column: what stands below one another belongs together."""
    parts: list[list[Word]] = []
    for line in lines:
        for segment in segments_of(line, _CELL_GAP * height):
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


def _frame(header: _Header, body: Sequence[TextLine], height: float) -> Frame:
    edges = [(max(w.x1 for w in one), min(w.x0 for w in two)) for one, two in pairwise(header.parts)]
    width = header.parts[-1][-1].x1 - header.parts[0][0].x0
    parted = [line for line in body if not _is_sentence(line, width, height)]
    rivers = [_river(left, right, parted) for left, right in edges]
    words = [word for line in body for word in line.words] + header.parts[0] + header.parts[-1]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    roles = {column.role: column.index for column in header.columns}
    xs = (left - height, *(place for place, _ in rivers), right + height)
    return Frame(xs, tuple(width for _, width in rivers), Numbers(roles.get("number")), roles["title"])


def _is_sentence(line: TextLine, width: float, height: float) -> bool:
    """Whether a line runs on over much of a table's width: a title of a section, or prose below the table."""
    return line.x1 - line.x0 > _LONG * width and len(segments_of(line, _CELL_GAP * height)) == 1


def _river(left: float, right: float, body: Sequence[TextLine]) -> tuple[float, float]:
    """The middle and the width of the white that fewest words below a header cross, between two of its columns."""
    inside = [(max(w.x0, left), min(w.x1, right)) for line in body for w in line.words if w.x0 < right and w.x1 > left]
    marks = sorted({left, right, *(x for pair in inside for x in pair)})
    best, place, width = len(inside) + 1, (left + right) / 2, right - left
    run = left
    counts = [sum(a < (one + two) / 2 < b for a, b in inside) for one, two in pairwise(marks)]
    for i, (one, two) in enumerate(pairwise(marks)):
        run = run if i and counts[i - 1] == counts[i] else one
        if counts[i] < best or (counts[i] == best and two - run > width):
            best, place, width = counts[i], (run + two) / 2, two - run
    return place, width


def _crossed(line: TextLine, frame: Frame, height: float) -> int:
    """How many of the whites between columns the words of a line run through."""
    count = 0
    for place, width in zip(frame.xs[1:-1], frame.gaps, strict=True):
        before = max((word.x1 for word in line.words if word.centre < place), default=None)
        after = min((word.x0 for word in line.words if word.centre >= place), default=None)
        if before is not None and after is not None:
            count += after - before < min(_SPACE * height, 0.8 * width)
        elif before is not None and before > place + 0.3 * height:
            count += 1
    return count


def _filled(line: TextLine, frame: Frame) -> set[int]:
    return {_column(word, frame) for word in line.words}


def _column(word: Word, frame: Frame) -> int:
    return sum(word.centre >= x for x in frame.xs[1:-1])


def _end(lines: Sequence[TextLine], start: int, frame: Frame, height: float) -> int:
    """Where the lines that keep to the columns of a frame end; titles of sections run through them."""
    place, bottom = start, None
    while place < len(lines):
        line = lines[place]
        if bottom is not None and line.top - bottom > _FAR * height and len(_filled(line, frame)) < 3:
            return place
        if _crossed(line, frame, height):
            after = _after_title(lines, place, frame, height)
            if after is None:
                return place
            place = after
        bottom = max(bottom or 0.0, lines[place].bottom)
        place += 1
    return place


def _after_title(lines: Sequence[TextLine], place: int, frame: Frame, height: float) -> int | None:
    """The last line of a section's title that begins at a line, with rows of the table below it; else None."""
    if place + _TITLES >= len(lines) and _is_section(lines[place], frame):
        return len(lines) - 1
    for last in range(place, min(place + _TITLES, len(lines) - 1)):
        below = lines[last + 1]
        if not _crossed(below, frame, height):
            return last if _is_row(lines[last + 1 : last + 1 + _TALLEST], frame) else None
    return None


def _is_row(lines: Sequence[TextLine], frame: Frame) -> bool:
    """Whether lines begin a row of a table: several columns are filled, the one of the numbers by a number."""
    if not any(len(_filled(line, frame)) > 2 for line in lines):
        return False
    first = [line.words[0] for line in lines]
    numbered = (clean_number(word.text) and _column(word, frame) == frame.number for word in first)
    return frame.number is None or any(numbered)


def _is_section(line: TextLine, frame: Frame) -> bool:
    """Whether a line bears the number of a section in its column: at the foot of a page its rows are on the next."""
    first = line.words[0]
    number = clean_number(first.text)
    return bool(number and is_section_number(number)) and _column(first, frame) == frame.number


def _has_rows(lines: Sequence[TextLine], frame: Frame) -> bool:
    return any(len(_filled(line, frame)) > 2 for line in lines) or (
        len(frame.xs) == 4 and any(len(_filled(line, frame)) > 1 for line in lines)
    )


def _rows(lines: Sequence[TextLine], frame: Frame, levels: Sequence[Edge], height: float) -> list[list[Piece]]:
    """The rows of the lines below a header: titles of sections apart, the rest by ruled lines, white and numbers."""
    width = frame.xs[-1] - frame.xs[0]
    cuts = [edge.at for edge in levels if edge.end - edge.start > _WIDE * width]
    found: list[list[Piece]] = []
    run: list[TextLine] = []
    ruled = sum(lines[0].top < cut < lines[-1].bottom for cut in cuts) > 1 if lines else False
    for line in lines:
        crossing = _crossed(line, frame, height) > 0
        cut = bool(run) and any(run[-1].middle < y < line.middle for y in cuts)
        if run and (cut or crossing):
            found += _run(run, frame, height, ruled=ruled)
            run = []
        if crossing:
            found.append(_title_row(line, frame))
        else:
            run.append(line)
    return found + (_run(run, frame, height, ruled=ruled) if run else [])


def _run(lines: Sequence[TextLine], frame: Frame, height: float, *, ruled: bool) -> list[list[Piece]]:
    columns: Columns = [[] for _ in frame.xs[1:]]
    for line in lines:
        parts: dict[int, list[Word]] = {}
        for word in line.words:
            parts.setdefault(_column(word, frame), []).append(word)
        for column, words in parts.items():
            columns[column].append(text_line(words))
    rows = (rows_by_number if ruled else rows_in)(columns, frame.numbers, height)
    widths = [right - left for left, right in pairwise(frame.xs)]
    return [[cell_text(cell, width) for cell, width in zip(row, widths, strict=True)] for row in rows]


def _title_row(line: TextLine, frame: Frame) -> list[Piece]:
    """The title of a section, which runs through the columns: its number in its place, the rest as title."""
    row = [NOTHING] * (len(frame.xs) - 1)
    words = line.words
    if frame.number is not None and len(words) > 1 and clean_number(words[0].text):
        row[frame.number], words = cell_text([text_line(words[:1])], 0), words[1:]
    row[frame.title] = cell_text([text_line(words)], 0)
    return row
