"""Tables with ruled lines: which lines make one, and the cells that they part."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.layout.lines import TextLine, lines_in
from corpus.readers.layout.page import Rule, Word

_MOST_LINES = 600  # of each direction on a page; more is a drawing
_SAME = 0.3  # letter heights: lines so near are one
_BREAK = 0.7  # letter heights: so wide a break in a line is none
_SHORT = 0.7  # letter heights: what is shorter is no line
_FEW_UPRIGHTS = 3  # without any line across them they make no table
_TALL = 4.0  # letter heights
_COVERED = 0.5  # of the side of a cell: so much of it ruled is a border


@dataclass(frozen=True, slots=True)
class Edge:
    """A ruled line: where it stands across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Grid:
    """A ruled table: where its columns and rows are parted, its ruled lines."""

    xs: list[float]
    ys: list[float]
    levels: list[Edge]
    uprights: list[Edge]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, word: Word) -> bool:
        left, top, right, bottom = self.box
        return left < word.centre < right and top < word.middle < bottom


@dataclass(frozen=True)
class Cell:
    """A cell: the first and last of the columns and rows that it takes (from 0), its lines."""

    columns: tuple[int, int]
    rows: tuple[int, int]
    lines: list[TextLine]


def edges_of(rules: Sequence[Rule], height: float) -> tuple[list[Edge], list[Edge]]:
    """The horizontal and the vertical lines, the pieces of each joined. ``height`` is that of the letters."""
    levels = [Edge((r.top + r.bottom) / 2, r.x0, r.x1) for r in rules if r.level]
    uprights = [Edge((r.x0 + r.x1) / 2, r.top, r.bottom) for r in rules if not r.level]
    return _whole(levels, height), _whole(uprights, height)


def _whole(edges: list[Edge], height: float) -> list[Edge]:
    tracks: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: edge.at):
        if tracks and edge.at - tracks[-1][-1].at < _SAME * height / 2:
            tracks[-1].append(edge)
        else:
            tracks.append([edge])
    found: list[Edge] = []
    for track in tracks:
        found += _merged(track, height)
    longest = sorted((e for e in found if e.end - e.start > _SHORT * height), key=lambda e: e.start - e.end)
    return sorted(longest[:_MOST_LINES], key=lambda edge: edge.at)


def _merged(track: list[Edge], height: float) -> list[Edge]:
    found: list[Edge] = []
    for edge in sorted(track, key=lambda edge: edge.start):
        if found and edge.start - found[-1].end < _BREAK * height:
            found[-1] = Edge(found[-1].at, found[-1].start, max(found[-1].end, edge.end))
        else:
            found.append(edge)
    return found


def grids_of(levels: list[Edge], uprights: list[Edge], height: float) -> list[Grid]:
    """The ruled tables that crossing lines make, from top to bottom."""
    groups = _crossing(levels, uprights, _BREAK * height)
    grids = [_grid(*group, height) for group in groups if group[0] and group[1]]
    grids += _standing([edge for group in groups if not group[0] for edge in group[1]], height)
    found = [grid for grid in grids if len(grid.xs) > 2 or (len(grid.ys) > 2 and len(grid.xs) > 1)]
    return sorted(found, key=lambda grid: grid.ys[0])


def _crossing(levels: list[Edge], uprights: list[Edge], near: float) -> list[tuple[list[Edge], list[Edge]]]:
    parent = list(range(len(levels) + len(uprights)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, level in enumerate(levels):
        for j, upright in enumerate(uprights, len(levels)):
            across = level.start - near < upright.at < level.end + near
            if across and upright.start - near < level.at < upright.end + near:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = defaultdict(lambda: ([], []))
    for i, edge in enumerate((*levels, *uprights)):
        groups[root(i)][i >= len(levels)].append(edge)
    return list(groups.values())


def _standing(uprights: list[Edge], height: float) -> list[Grid]:
    """Tables of which a page shows vertical lines only, as between two page breaks: those that begin and end alike."""
    found: list[Grid] = []
    while uprights:
        first = uprights[0]
        alike = [e for e in uprights if max(abs(e.start - first.start), abs(e.end - first.end)) < _SHORT * height]
        uprights = [edge for edge in uprights if edge not in alike]
        if len(alike) > _FEW_UPRIGHTS and first.end - first.start > _TALL * height:
            xs = _places((edge.at for edge in alike), (), height)
            found.append(Grid(xs, [first.start, first.end], [], alike))
    return found


def _grid(levels: list[Edge], uprights: list[Edge], height: float) -> Grid:
    xs = _places((edge.at for edge in uprights), ((edge.start, edge.end) for edge in levels), height)
    ys = _places((edge.at for edge in levels), ((edge.start, edge.end) for edge in uprights), height)
    return Grid(xs, ys, levels, uprights)


def _places(lines: Iterable[float], ends: Iterable[tuple[float, float]], height: float) -> list[float]:
    """Where cells are parted: at the lines, and at the ends of those across where a table has no outer border."""
    found: list[float] = []
    for at in sorted(lines):
        if not found or at - found[-1] > _SAME * height:
            found.append(at)
    reach = list(ends)
    if reach and found[0] - (start := min(start for start, _ in reach)) > height:
        found.insert(0, start)
    if reach and (end := max(end for _, end in reach)) - found[-1] > height:
        found.append(end)
    return found


def cells_in(grid: Grid, words: Sequence[Word], height: float) -> list[Cell]:
    """The cells of a ruled table with their lines, by row and column; ``words`` are those inside it."""
    region = _regions(grid, height)
    across, down = len(grid.xs) - 1, len(grid.ys) - 1
    held: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        column = min(max(bisect_right(grid.xs, word.centre) - 1, 0), across - 1)
        row = min(max(bisect_right(grid.ys, word.middle) - 1, 0), down - 1)
        held[region[row][column]].append(word)
    spans: dict[int, list[int]] = {}
    for row in range(down):
        for column in range(across):
            box = spans.setdefault(region[row][column], [column, column, row, row])
            box[0], box[1], box[3] = min(box[0], column), max(box[1], column), row
    return [Cell((a, b), (c, d), lines_in(held[key])) for key, (a, b, c, d) in spans.items()]


def _regions(grid: Grid, height: float) -> list[list[int]]:
    """For each place of the grid, row by row, the number of the cell that it belongs to."""
    across, down = len(grid.xs) - 1, len(grid.ys) - 1
    region = [[row * across + column for column in range(across)] for row in range(down)]

    def merge(one: int, other: int) -> None:
        for line in region:
            for i, value in enumerate(line):
                if value == one:
                    line[i] = other

    beside = [_along(grid.uprights, x, height) for x in grid.xs]
    below = [_along(grid.levels, y, height) for y in grid.ys]
    for row in range(down):
        for column in range(1, across):
            if not _covers(beside[column], grid.ys[row], grid.ys[row + 1]):
                merge(region[row][column], region[row][column - 1])
    for row in range(1, down):
        for column in range(across):
            if region[row][column] != region[row - 1][column] and not _covers(
                below[row], grid.xs[column], grid.xs[column + 1]
            ):
                merge(region[row][column], region[row - 1][column])
    return region


def _along(edges: list[Edge], at: float, height: float) -> list[Edge]:
    return [edge for edge in edges if abs(edge.at - at) <= _SAME * height]


def _covers(edges: list[Edge], start: float, end: float) -> bool:
    return sum(max(0.0, min(edge.end, end) - max(edge.start, start)) for edge in edges) >= _COVERED * (end - start)
