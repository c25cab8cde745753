"""Rows whose cells stand at half the height of the row: each cell's lines lie evenly around the row's number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.readers.layout.lines import TextLine

Columns = list[list[TextLine]]
Strain = Callable[[Sequence[TextLine]], float]  # how far lines lie from where those of a row should, squared

_SMALL = 1.0  # letter heights: a row whose words begin in the middle of a sentence strains like lines so far off
_GUESSED = 0.5  # confidence
_STRAY = 1.5  # letter heights: lines are taken for part of no row here rather than be so far from its middle


def rows_around(columns: Columns, marks: Sequence[TextLine]) -> list[Columns]:
    """The rows around their numbers, and before and after them the parts of rows that a page break cut.

    The last row may be cut itself: then its lines begin beside its number. Nothing but places tells which line
    belongs to which row, so all of them are unsure.
    """
    strains = [_stray(marks[0]), *map(_around, marks[:-1]), _around_or_below(marks[-1]), _stray(None)]
    parts = [_shares(column, strains) for column in columns]
    rows = [[[_unsure(line) for line in part[i]] for part in parts] for i in range(len(strains))]
    return [row for row in rows if any(row)]


def _unsure(line: TextLine) -> TextLine:
    words = [replace(word, confidence=min(word.confidence, _GUESSED)) for word in line.words]
    return replace(line, words=words)


def _around(mark: TextLine) -> Strain:
    def strain(lines: Sequence[TextLine]) -> float:
        begun = (_SMALL * mark.height) ** 2 if lines[0].text[:1].islower() else 0.0
        return begun + ((lines[0].top + lines[-1].bottom) / 2 - mark.middle) ** 2

    return strain


def _around_or_below(mark: TextLine) -> Strain:
    around = _around(mark)
    return lambda lines: min(around(lines), (lines[0].middle - mark.middle) ** 2)


def _stray(following: TextLine | None) -> Strain:
    """Lines that belong to no number: cheap above the first, where a page begins with the rest of a row."""

    def strain(lines: Sequence[TextLine]) -> float:
        if following is not None and lines[-1].middle > following.middle:
            return float("inf")
        return (_STRAY * lines[0].height) ** 2

    return strain


def _shares(lines: Sequence[TextLine], strains: Sequence[Strain]) -> list[list[TextLine]]:
    """The lines of a column by row: of all ways to part them the one that strains the rows least."""
    count = len(lines)
    costs = [0.0] + [float("inf")] * count  # of the best way to part the first so many lines among the rows so far
    chosen: list[list[int]] = []
    for strain in strains:
        best, starts = list(costs), list(range(count + 1))
        for start, before in enumerate(costs):
            for end in range(start + 1, count + 1):
                cost = before + strain(lines[start:end])
                if cost < best[end]:
                    best[end], starts[end] = cost, start
        costs = best
        chosen.append(starts)
    shares: list[list[TextLine]] = []
    end = count
    for starts in reversed(chosen):
        shares.append(list(lines[starts[end] : end]))
        end = starts[end]
    return shares[::-1]
