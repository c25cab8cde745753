"""One page after another into blocks in reading order: tables, and the prose between them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.readers.layout.bare import Frame, find_table
from corpus.readers.layout.grid import Edge, edges_of, grids_of
from corpus.readers.layout.lines import TextLine, in_columns, lines_in
from corpus.readers.layout.page import Page, Word, letter_height
from corpus.readers.layout.prose import bold_tells, frame_of, paragraphs_in
from corpus.readers.layout.rows import Rows, rows_of
from corpus.readers.layout.runon import Block


class Sheets:
    """Reads the pages of one document; remembers the columns of a table without lines that may go on."""

    def __init__(self) -> None:
        self._columns: Frame | None = None

    def blocks_of(self, page: Page) -> list[Block]:
        """The paragraphs and rows of a page from top to bottom."""
        height = letter_height(page.words)
        levels, uprights = edges_of(page.rules, height)
        blocks: list[Block] = []
        rest = page.words
        for grid in grids_of(levels, uprights, height):
            above = [word for word in rest if word.middle <= grid.box[1]]
            inside = [word for word in rest if grid.holds(word)]
            taken = {id(word) for word in (*above, *inside)}
            rest = [word for word in rest if id(word) not in taken]
            blocks += self._between(above, levels)
            rows = rows_of(grid, inside, height)
            if rows.cells:
                blocks.append(rows)
                self._columns = None
        return blocks + self._between(rest, levels)

    def _between(self, words: Sequence[Word], levels: Sequence[Edge]) -> list[Block]:
        """The blocks of a piece of page without vertical lines."""
        lines = lines_in(words)
        blocks: list[Block] = []
        while lines:
            table = find_table(lines, levels, self._columns)
            self._columns = table.frame if table and table.end == len(lines) else None
            prose = lines[: table.start] if table else lines
            blocks += _prose([word for line in prose for word in line.words])
            if table is None:
                break
            blocks.append(table.rows)
            lines = lines[table.end :]
        return blocks


def _prose(words: Sequence[Word]) -> list[Block]:
    columns = in_columns(words)
    wide = [column for column in columns if _is_wide(column, columns)]
    lines = [line for column in wide for line in column]
    frame = frame_of(lines) if lines else None
    marks = bold_tells(lines)
    blocks: list[Block] = []
    for column in columns:
        own = frame if frame is not None and column in wide else frame_of(column, beside=True)
        blocks += paragraphs_in(column, own, marks=marks and own is frame)
    return blocks


def _is_wide(column: list[TextLine], columns: list[list[TextLine]]) -> bool:
    """Whether no other column stands beside one."""
    top, bottom = column[0].top, column[-1].bottom
    return all(other is column or other[-1].bottom <= top + 1 or other[0].top >= bottom - 1 for other in columns)


__all__ = ["Rows", "Sheets"]
