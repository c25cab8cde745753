"""The rows of a ruled table as text: a cell over several columns in its first, one over several rows in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.readers.layout.grid import Grid, cells_in
from corpus.readers.layout.lines import TextLine
from corpus.readers.layout.page import Word
from corpus.readers.layout.pieces import Piece, is_torn, joined, piece_of

NOTHING = Piece()


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
    table = [[NOTHING] * across for _ in range(down)]
    for cell in cells_in(grid, words, height):
        text = cell_text(cell.lines)
        for row in range(cell.rows[0], cell.rows[1] + 1):
            table[row][cell.columns[0]] = text
    return Rows([row for row in table if any(row)], grid.xs)


def cell_text(lines: Sequence[TextLine]) -> Piece:
    """The words of a cell, its lines joined; a syllable that a narrow column tore apart is one again."""
    pieces: list[Piece] = []
    for line in lines:
        piece = piece_of(line.words)
        if pieces and _tears(pieces[-1].text, piece.text):
            before = pieces.pop()
            shift = len(before.text)
            moved = tuple((start + shift, end + shift, sure) for start, end, sure in piece.unsure)
            piece = Piece(before.text + piece.text, before.unsure + moved)
        pieces.append(piece)
    return joined(pieces)


def _tears(above: str, below: str) -> bool:
    return is_torn(above.rsplit(" ", 1)[-1], below.split(" ", 1)[0])
