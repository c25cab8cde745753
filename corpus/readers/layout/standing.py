"""The rows of a table that nothing but its words part: of the usual ways in which cells stand in their rows the one
that strains least, and how sure each row is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.readers.layout.lines import TextLine
from corpus.readers.layout.tight import Columns, Fit, Sheet, Stand, Stands, fitted, sheet_of, stands_seen

_GUESSED = 0.5  # confidence
_CLEAR = 12.0  # strain: another way to part the lines that costs so much more is none
_EASY = 10.0  # strain of a row that is well understood
_HARD = 22.0  # strain of a row that makes those beside it doubtful
_KNOWN = 14.0  # strain: so much dearer is a way in which the cells of the pages before did not stand
_MANY = 3  # rows: so many tell how cells stand
# Numbers, then the other cells.
_USUAL = ((Stand.MIDDLE, Stand.MIDDLE), (Stand.TOP, Stand.TOP), (Stand.TOP, Stand.MIDDLE), (Stand.MIDDLE, Stand.TOP),
          (Stand.FOOT, Stand.FOOT))  # fmt: skip


@dataclass(frozen=True)
class Breaks:
    """Whether a page break may have cut the first row of some lines, and the last."""

    above: bool = True
    below: bool = True


@dataclass(frozen=True)
class _Tried:
    stands: Stands
    fit: Fit
    cost: float


def tight_rows(
    columns: Columns, marks: Sequence[TextLine], number: int, height: float, breaks: Breaks, before: Stands | None
) -> tuple[list[Columns], Stands | None]:
    """The rows around the marks, which stand in the column ``number``, with what a page break cut before and after
    them; and how the cells stand, where that is told by these rows or ``before``. What is not clear is unsure."""
    sheet = sheet_of(columns, number, marks, height, above=breaks.above, below=breaks.below)
    if sheet is None:
        return [_unsure_row(columns)], before
    tried = _tried(sheet, before)
    best = min(tried, key=lambda one: one.cost)
    rivals = [one.fit for one in tried if one.cost < best.cost + _CLEAR]
    rows = []
    edges = [sheet.top - 1, *best.fit.places, sheet.foot + 1]
    for i, (top, foot) in enumerate(pairwise(edges), -1):
        row = sheet.within(top, foot)
        if any(row):
            rows.append(row if _is_sure(sheet, best.fit, rivals, i) else _unsure_row(row))
    return rows, best.stands if before is None or len(marks) >= _MANY else before


def _tried(sheet: Sheet, before: Stands | None) -> list[_Tried]:
    """What the usual ways in which cells stand give, that of the pages before, and the best after a closer look."""
    count = len(sheet.columns)
    ways = [tuple(one if i == sheet.number else rest for i in range(count)) for one, rest in _USUAL]
    if before is not None and len(before) == count and before not in ways:
        ways.append(before)
    tried = [_try(sheet, way, before) for way in ways]
    best = min(tried, key=lambda one: one.cost)
    closer = stands_seen(sheet, best.stands, best.fit)
    return tried if closer in ways else [*tried, _try(sheet, closer, before)]


def _try(sheet: Sheet, stands: Stands, before: Stands | None) -> _Tried:
    fit = fitted(sheet, stands)
    return _Tried(stands, fit, fit.cost + (0 if before in (None, stands) else _KNOWN))


def _is_sure(sheet: Sheet, fit: Fit, rivals: Sequence[Fit], row: int) -> bool:
    """Whether a row (-1: what stands before the first; as many as there are: after the last) is parted clearly."""
    ends = range(max(row, 0), min(row + 2, len(fit.places)))
    own, near = fit.strains[row : row + 1] if row >= 0 else [], fit.strains[max(row - 1, 0) : row + 2]
    if any(strain >= _EASY for strain in own) or any(strain >= _HARD for strain in near):
        return False
    same = all(sheet.above(fit.places[i]) == sheet.above(rival.places[i]) for rival in rivals for i in ends)
    return same and all(fit.margins[i] > _CLEAR for i in ends)


def _unsure_row(row: Columns) -> Columns:
    return [[_unsure(line) for line in column] for column in row]


def _unsure(line: TextLine) -> TextLine:
    words = [replace(word, confidence=min(word.confidence, _GUESSED)) for word in line.words]
    return replace(line, words=words)
