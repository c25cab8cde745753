"""Rows that no ruled line parts: told by the white between them and by the numbers in front of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.layout.lines import TextLine
from corpus.readers.layout.standing import Breaks, tight_rows
from corpus.readers.layout.tight import Stands
from corpus.tables import clean_number
from corpus.vietnamese import roman_value

_WHITE = 0.3  # letter heights more than between the lines of a cell: so much white parts rows
_LEVEL = 0.4  # letter heights: lines that differ by less stand side by side

Columns = list[list[TextLine]]


@dataclass
class Numbers:
    """Where the numbers of a table stand: in which column, and how its cells stand in their rows (None = not known
    yet). ``tight`` = rows were seen that no white parts. Kept from page to page.
    """

    column: int | None
    stands: Stands | None = None
    tight: bool = False


def rows_in(columns: Columns, numbers: Numbers, height: float, breaks: Breaks) -> list[Columns]:
    """The rows that stand in the lines of each column."""
    white = _usual_white(columns, height) + _WHITE * height
    blocks = _parted(columns, _whites(columns, white))
    if numbers.column is None:
        return [row for block in blocks for row in _begun(block, height)]
    numbers.tight |= any(len(_marks(block, numbers)) > 1 for block in blocks)
    return _by_number(columns, numbers, height, breaks) if numbers.tight else blocks


def _begun(columns: Columns, height: float) -> list[Columns]:
    """The rows of a block without numbers: each begins where words begin in more than half of its columns."""
    lines = [line for column in columns for line in column]
    places = sum(map(bool, columns))
    cuts: list[float] = []
    for line in max(columns, key=len):
        beside = [other for other in lines if abs(other.middle - line.middle) < _LEVEL * height]
        if 2 * sum(not other.text[:1].islower() for other in beside) > places > 1:
            cuts.append(line.top - _LEVEL * height / 2)
    return _parted(columns, cuts[1:])


def rows_by_number(columns: Columns, numbers: Numbers, height: float, breaks: Breaks) -> list[Columns]:
    """The rows between two ruled lines, by their numbers: one where there stands one number or none."""
    if len(_marks(columns, numbers)) < 2:
        return [columns]
    return _by_number(columns, numbers, height, breaks)


def numbered_column(columns: Columns) -> int | None:
    """The column among the first two whose lines are only numbers, some of them in succession; None where none is."""
    for i, column in enumerate(columns[:2]):
        numbers = [clean_number(line.text) for line in column]
        if len(numbers) > 1 and all(numbers) and any(_succeeds(one, other) for one, other in pairwise(numbers)):
            return i
    return None


def _succeeds(number: str | None, following: str | None) -> bool:
    """Whether a number follows another: 3 and 4, 1.2 and 1.3, I and 1, 4 and II."""
    if number is None or following is None:
        return False
    one, other = number.rpartition(".")[2], following.rpartition(".")[2]
    if one.isdigit() and other.isdigit():
        return int(other) == int(one) + 1
    before, after = roman_value(one), roman_value(other)
    if before and after:
        return after == before + 1
    return one.isdigit() != other.isdigit()


def _marks(columns: Columns, numbers: Numbers) -> list[TextLine]:
    return [] if numbers.column is None else [line for line in columns[numbers.column] if clean_number(line.text)]


def _by_number(columns: Columns, numbers: Numbers, height: float, breaks: Breaks) -> list[Columns]:
    marks = _marks(columns, numbers)
    if numbers.column is None or not marks:
        return [columns]
    rows, numbers.stands = tight_rows(columns, marks, numbers.column, height, breaks, numbers.stands)
    return rows


def _usual_white(columns: Columns, height: float) -> float:
    """The usual white between the lines of a cell."""
    whites = sorted(below.top - line.bottom for column in columns for line, below in pairwise(column))
    return min(whites[len(whites) // 4], 0.8 * height) if whites else 0.2 * height


def _whites(columns: Columns, least: float) -> list[float]:
    """The middles of the white bands across all columns that are higher than ``least``."""
    lines = sorted((line for column in columns for line in column), key=lambda line: line.top)
    found: list[float] = []
    bottom = lines[0].bottom if lines else 0.0
    for line in lines[1:]:
        if line.top - bottom > least:
            found.append((line.top + bottom) / 2)
        bottom = max(bottom, line.bottom)
    return found


def _parted(columns: Columns, cuts: Sequence[float]) -> list[Columns]:
    """The lines of each column between one cut and the next, without pieces that hold none."""
    edges = [float("-inf"), *cuts, float("inf")]
    pieces = [
        [[line for line in column if top <= line.middle < bottom] for column in columns]
        for top, bottom in pairwise(edges)
    ]
    return [piece for piece in pieces if any(piece)]
