"""Tables without vertical lines: found by a header that names the columns of a task table, parted by the white
between its words and those below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.readers.layout.bands import Columns, Numbers, rows_by_number, rows_in
from corpus.readers.layout.grid import Edge
from corpus.readers.layout.header import CELL_GAP, TALLEST, Header, next_header
from corpus.readers.layout.lines import TextLine, lines_in, segments_of, text_line
from corpus.readers.layout.page import Word, letter_height
from corpus.readers.layout.pieces import Piece
from corpus.readers.layout.rows import NOTHING, Rows, cell_text
from corpus.readers.layout.standing import Breaks
from corpus.tables import clean_number, is_section_number

_INDENT = 3.0  # letter heights: so far into a column its lines may begin
_ONE_EDGE = 0.2  # letter heights: lines that begin within so little stand below one another
_EDGE = 0.5  # letter heights before the lines of a column: there it begins
_FEW = 3  # lines
_MOST = 0.8  # of the lines of the rest of a row: so many begin at the left edges of their columns
_SPARSE = 12  # lines: so few do not tell the columns
_SPACE = 0.5  # letter heights: less white than this lies between two words of one cell
_TITLES = 3  # lines that the title of a section takes
_LONG = 0.5  # of the width of a table
_FAR = 2.5  # letter heights: so far below a table stands what is no more of it
_WIDE = 0.6  # of the width of a table: a ruled line so long parts rows


@dataclass(frozen=True)
class Frame:
    """The columns of a table without lines: where each begins and ends, which holds numbers and which titles."""

    xs: tuple[float, ...]
    gaps: tuple[float, ...]  # the white between each two columns
    numbers: Numbers
    title: int
    heads: tuple[str, ...] = ()  # the words of its header
    # Where the lines of each column begin, None where not most of them begin below one another.
    lefts: tuple[float | None, ...] = ()

    @property
    def number(self) -> int | None:
        return self.numbers.column


@dataclass(frozen=True)
class Bare:
    """A table found among lines: from which to which, its rows, its frame for where it may go on."""

    start: int
    end: int
    rows: Rows
    frame: Frame
    goes_on: bool  # nothing but another header stands between its end and that of the piece of page


def find_table(
    lines: Sequence[TextLine], levels: Sequence[Edge], before: Frame | None, *, cut: bool = True
) -> Bare | None:
    """The first table among the lines of a piece of page; ``before`` is the frame of one that may go on at its top,
    where a page break may have ``cut`` it."""
    height = letter_height([word for line in lines for word in line.words])
    header = next_header(lines, 0, height, before.heads if before else ())
    if before is not None and (header is None or header.start > 0):
        end = _end(lines[: header.start] if header else lines, 0, before, height)
        if end and (_has_rows(lines[:end], before) or (cut and _is_rest(lines[:end], before, height))):
            goes_on = end == (header.start if header else len(lines))
            rows = _rows(lines[:end], before, levels, height, Breaks(above=cut, below=end == len(lines)))
            return Bare(0, end, Rows(rows, list(before.xs)), before, goes_on)
    if header is None:
        return None
    again = before is not None and _is_again(header, before)
    sparse = again and len(lines) - header.end < _SPARSE
    frame = before if before is not None and sparse else _frame(header, lines[header.end :], height)
    frame = replace(frame, heads=tuple(cell.text for cell in header.cells))
    if before is not None and len(before.xs) == len(frame.xs):
        frame = replace(frame, numbers=before.numbers)
    following = next_header(lines, header.end, height, frame.heads)
    end = _end(lines[: following.start] if following else lines, header.end, frame, height)
    if not _has_rows(lines[header.end : end], frame):
        if before is None or not again:
            return None
        frame = before
        end = _end(lines[: following.start] if following else lines, header.end, frame, height)
    goes_on = end == (following.start if following else len(lines))
    breaks = Breaks(above=cut and before is not None, below=end == len(lines))
    rows = [header.cells, *_rows(lines[header.end : end], frame, levels, height, breaks)]
    return Bare(header.start, end, Rows(rows, list(frame.xs)), frame, goes_on)


def _is_again(header: Header, before: Frame) -> bool:
    """Whether a header is that of a frame, at its place."""
    if tuple(cell.text for cell in header.cells) != before.heads:
        return False
    middles = [(min(word.x0 for word in part) + max(word.x1 for word in part)) / 2 for part in header.parts]
    return all(left < middle < right for middle, (left, right) in zip(middles, pairwise(before.xs), strict=True))


def _frame(header: Header, body: Sequence[TextLine], height: float) -> Frame:
    edges = [(max(w.x1 for w in one), min(w.x0 for w in two)) for one, two in pairwise(header.parts)]
    width = header.parts[-1][-1].x1 - header.parts[0][0].x0
    parted = [line for line in body if not _is_sentence(line, width, height)]
    starts = [segment[0].x0 for line in parted for segment in segments_of(line, CELL_GAP * height)]
    rivers = [_river(left, right, parted, starts, height) for left, right in edges]
    words = [word for line in body for word in line.words] + header.parts[0] + header.parts[-1]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    roles = {column.role: column.index for column in header.columns}
    places = [_place(one, other, starts, height) for one, other in rivers]
    gaps = tuple(other - one for one, other in rivers)
    xs = (left - height, *places, right + height)
    lefts = tuple(_left(starts, one, other, height) for one, other in pairwise(xs))
    return Frame(xs, gaps, Numbers(roles.get("number")), roles["title"], lefts=lefts)


def _left(starts: Sequence[float], left: float, right: float, height: float) -> float | None:
    """Where most lines of a column begin."""
    inside = [start for start in starts if left <= start < right]
    best = max(inside, key=lambda start: _begun(start, inside, height), default=0.0)
    return best if 2 * _begun(best, inside, height) > len(inside) else None


def _place(left: float, right: float, starts: Sequence[float], height: float) -> float:
    """Where in the white between two columns they are parted: in its middle, or right before the second one where most
    of its lines begin below one another, since those of the first may be longer on other pages."""
    near = sum(left < start < right + _INDENT * height for start in starts)
    sure = 2 * _begun(right, starts, height) > near
    return max((left + right) / 2, right - _EDGE * height) if sure else (left + right) / 2


def _begun(edge: float, starts: Sequence[float], height: float) -> int:
    """How many lines begin at the left edge of a column; 0 where they are few."""
    count = sum(abs(start - edge) < _ONE_EDGE * height for start in starts)
    return count if count >= _FEW else 0


def _is_sentence(line: TextLine, width: float, height: float) -> bool:
    """Whether a line runs on over much of a table's width: a title of a section, or prose below the table."""
    return line.x1 - line.x0 > _LONG * width and len(segments_of(line, CELL_GAP * height)) == 1


def _river(
    left: float, right: float, body: Sequence[TextLine], starts: Sequence[float], height: float
) -> tuple[float, float]:
    """The white between two columns: what fewest words below a header cross, where most lines begin, the widest."""
    inside = [(max(w.x0, left), min(w.x1, right)) for line in body for w in line.words if w.x0 < right and w.x1 > left]
    marks = sorted({left, right, *(x for pair in inside for x in pair)})
    counts = [sum(a < (one + two) / 2 < b for a, b in inside) for one, two in pairwise(marks)]
    found: list[tuple[int, int, float, float, float]] = [(len(inside) + 1, 0, left - right, left, right)]
    run = left
    for i, (one, two) in enumerate(pairwise(marks)):
        run = run if i and counts[i - 1] == counts[i] else one
        begun = _begun(two, starts, height) if two - run > _SPACE * height else 0
        found.append((counts[i], -begun, run - two, run, two))
    return min(found)[3:]


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
        far = bottom is not None and line.top - bottom > _FAR * height
        if far and len(_filled(line, frame)) < 3 and not _is_row(_until_crossed(lines, place, frame, height), frame):
            return place
        if _crossed(line, frame, height):
            after = _after_title(lines, place, frame, height)
            if after is None:
                return place
            place = after
        bottom = max(bottom or 0.0, lines[place].bottom)
        place += 1
    return place


def _until_crossed(lines: Sequence[TextLine], place: int, frame: Frame, height: float) -> Sequence[TextLine]:
    below = lines[place : place + 2 * TALLEST]
    return below[: next((i for i, line in enumerate(below) if _crossed(line, frame, height)), None)]


def _after_title(lines: Sequence[TextLine], place: int, frame: Frame, height: float) -> int | None:
    """The last line of a section's title that begins at a line, with rows of the table below it; else None."""
    if place + _TITLES >= len(lines) and _is_section(lines[place], frame):
        return len(lines) - 1
    for last in range(place, min(place + _TITLES, len(lines) - 1)):
        below = lines[last + 1]
        if not _crossed(below, frame, height):
            return last if _is_row(lines[last + 1 : last + 1 + TALLEST], frame) else None
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


def _is_rest(lines: Sequence[TextLine], frame: Frame, height: float) -> bool:
    """Whether lines are but the rest of a row, below one another in its columns and none in that of the numbers."""
    parts = [(line, i) for line in lines for i in _filled(line, frame)]
    columns = {i for _, i in parts}
    if frame.number in columns or (len(columns) < 2 and not lines[0].text[:1].islower()):
        return False
    begun = sum(_begins(line, frame, i, height) for line, i in parts)
    return begun >= _MOST * len(parts)


def _begins(line: TextLine, frame: Frame, column: int, height: float) -> bool:
    """Whether what a line has in a column begins at the left edge of the column."""
    left = frame.lefts[column] if frame.lefts else None
    first = next(word.x0 for word in line.words if _column(word, frame) == column)
    return left is not None and abs(first - left) < _ONE_EDGE * height


def _rows(
    lines: Sequence[TextLine], frame: Frame, levels: Sequence[Edge], height: float, breaks: Breaks
) -> list[list[Piece]]:
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
            found += _run(run, frame, height, Breaks(breaks.above and not found, below=False), ruled=ruled)
            run = []
        if crossing:
            found.append(_title_row(line, frame))
        else:
            run.append(line)
    return found + (
        _run(run, frame, height, Breaks(breaks.above and not found, breaks.below), ruled=ruled) if run else []
    )


def _run(lines: Sequence[TextLine], frame: Frame, height: float, breaks: Breaks, *, ruled: bool) -> list[list[Piece]]:
    inside: list[list[Word]] = [[] for _ in frame.xs[1:]]
    for line in lines:
        for word in line.words:
            inside[_column(word, frame)].append(word)
    columns: Columns = [lines_in(words) for words in inside]
    rows = (rows_by_number if ruled else rows_in)(columns, frame.numbers, height, breaks)
    widths = [
        _width(column, right - left, height) for column, (left, right) in zip(columns, pairwise(frame.xs), strict=True)
    ]
    return [[cell_text(cell, width) for cell, width in zip(row, widths, strict=True)] for row in rows]


def _width(column: Sequence[TextLine], most: float, height: float) -> float:
    """The width of a column: where words are torn its longest line fills it, but for the margins of its cells."""
    taken = max((line.x1 for line in column), default=0.0) - min((line.x0 for line in column), default=0.0)
    return min(most, taken + height)


def _title_row(line: TextLine, frame: Frame) -> list[Piece]:
    """The title of a section, which runs through the columns: its number in its place, the rest as title."""
    row = [NOTHING] * (len(frame.xs) - 1)
    words = line.words
    if frame.number is not None and len(words) > 1 and clean_number(words[0].text):
        row[frame.number], words = cell_text([text_line(words[:1])], 0), words[1:]
    row[frame.title] = cell_text([text_line(words)], 0)
    return row
