"""The rows of a ruled table as text: a cell over several columns in its first, one over several rows in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.readers.layout.bands import Columns, Numbers, numbered_column, rows_in
from corpus.readers.layout.grid import Cell, Grid, cells_in
from corpus.readers.layout.lines import TextLine
from corpus.readers.layout.page import Word
from corpus.readers.layout.pieces import Piece, attached, is_cut, is_torn, joined, piece_of
from corpus.readers.layout.standing import Breaks
from corpus.vietnamese import fold
from corpus.vocabulary import is_syllable

NOTHING = Piece()
MARGINS = 1.6  # letter heights that the margins of a cell take at most


@dataclass
class Rows:
    """The rows of a table on one page; ``xs`` = where its columns are parted, as many as cells and one more.

    ``headers`` are the places of the rows that are its header.
    """

    cells: list[list[Piece]]
    xs: list[float]
    headers: set[int] = field(default_factory=set)


def rows_of(grid: Grid, words: Sequence[Word], height: float) -> Rows:
    """The rows of a ruled table that hold words. ``words`` are those inside it, ``height`` that of its letters."""
    across, down = len(grid.xs) - 1, len(grid.ys) - 1
    cells = cells_in(grid, words, height)
    table: list[list[Piece]] = []
    for band in range(down):
        inside = [cell for cell in cells if cell.rows[0] <= band <= cell.rows[1]]
        table += _rows_of_band(inside, grid, across, height)
    return Rows([row for row in table if any(row)], grid.xs)


def _rows_of_band(cells: Sequence[Cell], grid: Grid, across: int, height: float) -> list[list[Piece]]:
    """The row between two ruled lines, or the rows where several numbers stand there one below the other."""
    columns: Columns = [[] for _ in range(across)]
    for cell in cells:
        columns[cell.columns[0]] = cell.lines
    whole = any(cell.rows[0] < cell.rows[1] for cell in cells)
    number = None if whole else numbered_column(columns)
    widths = {cell.columns[0]: grid.xs[cell.columns[1] + 1] - grid.xs[cell.columns[0]] for cell in cells}
    rows = [columns] if number is None else rows_in(columns, Numbers(number), height, Breaks())
    return [[cell_text(lines, widths.get(i, 0)) for i, lines in enumerate(row)] for row in rows]


def cell_text(lines: Sequence[TextLine], width: float) -> Piece:
    """The words of a cell, its lines joined; what a column of ``width`` tore apart within a word is one again."""
    pieces: list[Piece] = []
    for i, line in enumerate(lines):
        piece = piece_of(line.words)
        if i and _tears(lines[i - 1], line, width):
            piece = attached(pieces.pop(), piece)
        pieces.append(piece)
    return joined(pieces)


def _tears(above: TextLine, below: TextLine, width: float) -> bool:
    """Whether a word had no room on one line: it fills a line alone, or is none by itself, and its rest begins the
    next."""
    first, rest = above.words[-1], below.words[0]
    taken = first.x1 - first.x0 + rest.x1 - rest.x0
    broken = len(above.words) > 1 and not (first.text.isalpha() and not is_syllable(fold(first.text)))
    if (broken and not is_cut(first.text, rest.text)) or taken < width - MARGINS * above.height:
        return False
    return is_torn(first.text, rest.text)
