"""Tables of any format as rows of cells: columns that hardly fit one another, and tables that only lay words out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.columns import read_double_header, read_header
from corpus.vietnamese import fold

_HALF = 0.5
_LAID_OUT_ROWS = 12
_LAID_OUT_COLUMNS = 3
_STATE = re.compile(r"\bcong hoa xa hoi chu nghia\b|\bdang cong san viet nam\b|^no[il1] nhan\s*:?")
_LETTER = re.compile(r"^(?:tm|kt|tl|tuq|q)\s?\.|^so\s*:\s*\S*\s*[/-]|\bngay\b.{0,8}\bthang\b.{0,8}\bnam\b|^kinh gui")


@dataclass(frozen=True)
class Placed:
    """A cell: the column of the grid at which it begins, how many it spans, its words."""

    start: int
    span: int
    text: str


def is_layout(rows: Sequence[Sequence[str]], *, bordered: bool) -> bool:
    """Whether a table only puts words beside each other: a letterhead, recipients beside a signature."""
    if max(map(len, rows), default=0) > _LAID_OUT_COLUMNS or len(rows) > _LAID_OUT_ROWS or heads_tasks(rows):
        return False
    words = [fold(cell).strip() for row in rows for cell in row]
    return any(_STATE.search(cell) or (not bordered and _LETTER.search(cell)) for cell in words)


def heads_tasks(rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of the first rows heads an assignment table."""
    return any(map(read_header, rows[:3])) or any(read_double_header(up, low) for up, low in pairwise(rows[:4]))


def aligned(rows: Sequence[Sequence[Placed]], widths: Sequence[float] = ()) -> list[list[str]]:
    """Rows with every cell in its column, where most rows have theirs.

    ``widths`` are those of the columns of the grid; a row whose cells begin elsewhere (drawn by hand) is fitted by
    what its cells cover.
    """
    edges = _edges(rows)
    if not edges:
        return []
    offsets = _offsets(widths, max(cell.start + cell.span for row in rows for cell in row))
    bounds = [*edges, len(offsets) - 1]
    columns = [(offsets[a], offsets[b]) for a, b in pairwise(bounds)]
    places = {edge: i for i, edge in enumerate(edges)}
    fitted = []
    for row in rows:
        cells = [""] * len(columns)
        exact = all(cell.start in places for cell in row)
        for cell in row:
            covered = offsets[cell.start], offsets[cell.start + cell.span]
            at = places[cell.start] if exact else _column_under(covered, columns)
            cells[at] = f"{cells[at]} {cell.text}".strip()
        fitted.append(cells)
    return fitted


def _edges(rows: Sequence[Sequence[Placed]]) -> list[int]:
    """Where the columns begin: as in the rows of which there are most, those of many cells counting for more."""
    counted = Counter(tuple(cell.start for cell in row) for row in rows if row)
    if not counted:
        return []
    usual = max(counted, key=lambda starts: (counted[starts] * (len(starts) - 1), len(starts)))
    return [0, *usual[1:]]


def _offsets(widths: Sequence[float], columns: int) -> list[float]:
    """Where the columns of the grid begin and the last one ends."""
    known = [width if width > 0 else 1.0 for width in widths[:columns]]
    usual = sum(known) / len(known) if known else 1.0
    offsets = [0.0]
    for width in [*known, *[usual] * (columns - len(known))]:
        offsets.append(offsets[-1] + width)
    return offsets


def _column_under(covered: tuple[float, float], columns: Sequence[tuple[float, float]]) -> int:
    """The first column that a cell covers by half, else the one of which it covers most."""
    shares = [max(0.0, min(covered[1], b) - max(covered[0], a)) / max(b - a, 1e-9) for a, b in columns]
    half = (i for i, share in enumerate(shares) if share >= _HALF)
    return next(half, max(range(len(shares)), key=shares.__getitem__))
