"""Rows that stand directly below one another, no line or white between them: parted by one fit of all columns.

A row ends where the next begins; its highest cell fills it; the words of each column stand at the top, in the middle or
at the foot of all rows alike, and so do the numbers. Of all ways to part the lines the one is taken that strains these
rules least: a dynamic programme over the places where rows may end. A row that a page break cut keeps few of the rules.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from corpus.readers.layout.lines import TextLine

Columns = list[list[TextLine]]
_NEVER = float("inf")
_NEAR = 0.2  # line distances: places so near are one
_BROKEN = 1.8  # line distances: the lines of one cell stand nearer
_MOST_WAYS = 400_000  # rows between any two places that are weighed
# Strains. A cell that is 0.1 line distances from its place strains by 1, 0.2 by 4.
_OFF = 0.1
_MOST = 25.0  # of one cell at most
_LOOSE = 0.2  # line distances of white in the highest cell that strain by 1
_APART = 10.0  # lines of one cell that are far from one another
_SMALL = 4.0  # a cell that begins within a sentence
_EMPTY = 1.0  # a cell without words
_CUT = 4.0  # a row that a page break cut
_TORN = 12.0  # at most, beside that, where its words stand anyhow
_ASTRAY = 60.0  # words that belong to no row though no page break is near
_ALIEN = 3 * _MOST  # a row whose number is far from its place


class Stand(Enum):
    """Where the words of a cell stand in its row."""

    MIDDLE = "middle"
    TOP = "top"
    FOOT = "foot"

    def strain(self, first: float, last: float, top: float, foot: float, pitch: float) -> float:
        """Of a cell in a row between two places: by how far its lines, from a first to a last middle, are from where
        they should stand."""
        if self is Stand.MIDDLE:
            off = (first + last - top - foot) / 2
        elif self is Stand.TOP:
            off = first - top - pitch / 2
        else:
            off = foot - pitch / 2 - last
        return min((off / pitch / _OFF) ** 2, _MOST)


Stands = tuple[Stand, ...]
Way = dict[tuple[float, float], float]  # from a place to another: the strain of a row between them


@dataclass(frozen=True)
class Fit:
    """How lines are parted: the places where the rows begin and the last one ends, from the top; how much each row
    strains; how much more the whole would if the lines at each place were parted in another way."""

    places: list[float]
    strains: list[float]
    margins: list[float]
    cost: float


@dataclass(frozen=True)
class Sheet:
    """The lines of columns from top to bottom, those of ``number`` with the numbers at ``marks``; the usual distance of
    two lines; the places where rows may end. A page break may have cut the first row (``cut_above``), the last one
    (``cut_below``)."""

    columns: Columns
    number: int
    marks: list[float]
    pitch: float
    cut_above: bool
    cut_below: bool
    middles: list[list[float]]
    places: list[float]
    spans: dict[tuple[float, float], list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def top(self) -> float:
        return self.places[0]

    @property
    def foot(self) -> float:
        return self.places[-1]

    def lines(self, top: float, foot: float) -> list[tuple[int, int]]:
        """Of each column the lines between two places: the first, and the first below."""
        found = self.spans.get((top, foot))
        if found is None:
            found = [(bisect_left(column, top), bisect_left(column, foot)) for column in self.middles]
            self.spans[top, foot] = found
        return found

    def within(self, top: float, foot: float) -> Columns:
        """The lines between two places, by column."""
        return [column[a:b] for column, (a, b) in zip(self.columns, self.lines(top, foot), strict=True)]

    def above(self, place: float) -> list[int]:
        """How many lines of each column stand above a place."""
        return [foot for _, foot in self.lines(-_NEVER, place)]

    def between(self, index: int) -> list[float]:
        """The places between a mark and the one before it."""
        marks = [-_NEVER, *self.marks, _NEVER]
        return [place for place in self.places if marks[index] < place < marks[index + 1]]


def sheet_of(
    columns: Columns, number: int, marks: Sequence[TextLine], height: float, *, above: bool, below: bool
) -> Sheet | None:
    """The sheet of columns that hold some lines, among them the marks; None where there are too many ways."""
    ordered = [sorted(column, key=lambda line: line.middle) for column in columns]
    middles = [[line.middle for line in column] for column in ordered]
    pitch = _pitch(middles, height)
    places = _places(sorted(middle for column in middles for middle in column), pitch)
    sheet = Sheet(ordered, number, [mark.middle for mark in marks], pitch, above, below, middles, places)
    counts = [len(sheet.between(i)) for i in range(len(marks) + 1)]
    return sheet if sum(one * other for one, other in pairwise(counts)) <= _MOST_WAYS else None


def _pitch(middles: Sequence[Sequence[float]], height: float) -> float:
    steps = sorted(below - above for column in middles for above, below in pairwise(column))
    steps = [step for step in steps if step > 0.7 * height]
    return min(steps[len(steps) // 3], 2 * height) if steps else 1.25 * height


def _places(middles: Sequence[float], pitch: float) -> list[float]:
    """Where a row may begin or end: half a line above or below the middle of one."""
    edges = sorted(middle + side * pitch / 2 for middle in middles for side in (-1, 1))
    groups = [[edges[0]]]
    for edge in edges[1:]:
        if edge - groups[-1][0] > _NEAR * pitch:
            groups.append([])
        groups[-1].append(edge)
    return [sum(group) / len(group) for group in groups]


def fitted(sheet: Sheet, stands: Stands) -> Fit:
    """The way to part the lines that strains least, where the cells of each column stand as told."""
    between = [sheet.between(i) for i in range(len(sheet.marks) + 1)]
    ways: list[Way] = [
        {(top, foot): _strain(sheet, stands, i, top, foot) for top in tops for foot in feet}
        for i, (tops, feet) in enumerate(pairwise(between))
    ]
    cut_below = sheet.cut_below and stands[sheet.number] is not Stand.TOP  # else its number would stand there
    down = [{place: _rest(sheet, sheet.top, place, cut=sheet.cut_above) for place in between[0]}]
    for way, tops, feet in zip(ways, between, between[1:], strict=False):
        before = down[-1]
        down.append({foot: min(before[top] + way[top, foot] for top in tops) for foot in feet})
    up = [{place: _rest(sheet, place, sheet.foot, cut=cut_below) for place in between[-1]}]
    for way, tops, feet in zip(ways[::-1], between[-2::-1], between[::-1], strict=False):
        after = up[-1]
        up.append({top: min(after[foot] + way[top, foot] for foot in feet) for top in tops})
    return _traced(sheet, ways, down, up[::-1])


def _traced(
    sheet: Sheet, ways: Sequence[Way], down: Sequence[dict[float, float]], up: Sequence[dict[float, float]]
) -> Fit:
    """The best of what was reckoned from above and from below."""
    costs = [{place: one[place] + other[place] for place in one} for one, other in zip(down, up, strict=True)]
    places = [min(costs[0], key=costs[0].__getitem__)]
    for way, after in zip(ways, up[1:], strict=True):
        places.append(min((way[places[-1], foot] + cost, foot) for foot, cost in after.items())[1])
    cost = costs[0][places[0]]
    margins = [
        min((other for y, other in row.items() if sheet.above(y) != sheet.above(place)), default=_NEVER) - cost
        for row, place in zip(costs, places, strict=True)
    ]
    return Fit(places, [way[pair] for way, pair in zip(ways, pairwise(places), strict=True)], margins, cost)


def stands_seen(sheet: Sheet, stands: Stands, fit: Fit) -> Stands:
    """How the cells of each column stand in the rows that were found, where that is clearly not as told."""
    found = list(stands)
    for i, told in enumerate(stands):
        if i == sheet.number:
            continue
        strains = {stand: _strain_of_column(sheet, i, stand, fit.places) for stand in Stand}
        best = min(strains, key=strains.__getitem__)
        if strains[best] < strains[told] / 2:
            found[i] = best
    return tuple(found)


def _strain_of_column(sheet: Sheet, column: int, stand: Stand, places: Sequence[float]) -> float:
    middles, strain = sheet.middles[column], 0.0
    for top, foot in pairwise(places):
        start, end = sheet.lines(top, foot)[column]
        if start < end:
            strain += stand.strain(middles[start], middles[end - 1], top, foot, sheet.pitch)
    return strain


def _rest(sheet: Sheet, top: float, foot: float, *, cut: bool) -> float:
    """The strain of the lines before the first row or after the last, which are part of one on another page."""
    if top >= foot:
        return 0.0
    if not cut:
        return _ASTRAY
    spans = [(i, *span) for i, span in enumerate(sheet.lines(top, foot)) if i != sheet.number]
    small = sum(_begins_small(sheet, *span) for span in spans) if foot == sheet.foot else 0
    return _CUT + _SMALL * small + sum(_broken(sheet, *span) for span in spans)


def _strain(sheet: Sheet, stands: Stands, index: int, top: float, foot: float) -> float:
    """The strain of a row between two places, around a mark."""
    mark, pitch = sheet.marks[index], sheet.pitch
    number = stands[sheet.number].strain(mark, mark, top, foot, pitch)
    first = sheet.cut_above and index == 0 and top == sheet.top
    last = sheet.cut_below and index == len(sheet.marks) - 1 and foot == sheet.foot
    if number >= _MOST and not (first or last):
        return _ALIEN + (foot - top) / pitch
    cells, words, white = 0.0, 0.0, foot - top - pitch
    spans = sheet.lines(top, foot)
    for i, (start, end) in enumerate(spans):
        if i == sheet.number:
            continue
        if start == end:
            words += _EMPTY
            continue
        one, other = sheet.middles[i][start], sheet.middles[i][end - 1]
        cells += stands[i].strain(one, other, top, foot, pitch)
        words += _broken(sheet, i, start, end) + _SMALL * _begins_small(sheet, i, start, end)
        white = min(white, foot - top - (other - one) - pitch)
    strain = number + cells
    if first or last:
        strain = min(strain, _cut(sheet, index, spans, top))
    return strain + words + min((white / pitch / _LOOSE) ** 2, _MOST)


def _cut(sheet: Sheet, index: int, spans: Sequence[tuple[int, int]], top: float) -> float:
    """The strain of the part of a row on one side of a page break: its words begin at its top, or stand anyhow."""
    firsts = [sheet.middles[i][start] for i, (start, end) in enumerate(spans) if i != sheet.number and start < end]
    strains = (Stand.TOP.strain(middle, middle, top, top, sheet.pitch) for middle in (sheet.marks[index], *firsts))
    return _CUT + min(sum(strains), _TORN)


def _begins_small(sheet: Sheet, column: int, start: int, end: int) -> bool:
    return start < end and sheet.columns[column][start].text[:1].islower()


def _broken(sheet: Sheet, column: int, start: int, end: int) -> float:
    middles = sheet.middles[column]
    return _APART * sum(middles[i + 1] - middles[i] > _BROKEN * sheet.pitch for i in range(start, end - 1))
