"""One page into blocks in reading order: ruled tables, and the prose between them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.readers.layout.grid import edges_of, grids_of
from corpus.readers.layout.lines import TextLine, in_columns
from corpus.readers.layout.page import Page, Word, letter_height
from corpus.readers.layout.prose import bold_tells, frame_of, paragraphs_in
from corpus.readers.layout.rows import rows_of
from corpus.readers.layout.runon import Block


def blocks_of(page: Page) -> list[Block]:
    """The paragraphs and rows of a page from top to bottom."""
    height = letter_height(page.words)
    grids = grids_of(*edges_of(page.rules, height), height)
    blocks: list[Block] = []
    rest = page.words
    for grid in grids:
        above = [word for word in rest if word.middle <= grid.box[1]]
        inside = [word for word in rest if grid.holds(word)]
        taken = {id(word) for word in (*above, *inside)}
        rest = [word for word in rest if id(word) not in taken]
        blocks += _prose(above)
        rows = rows_of(grid, inside, height)
        if rows.cells:
            blocks.append(rows)
    return blocks + _prose(rest)


def _prose(words: Sequence[Word]) -> list[Block]:
    columns = in_columns(words)
    if not columns:
        return []
    wide = [column for column in columns if _is_wide(column, columns)]
    lines = [line for column in wide for line in column]
    frame = frame_of(lines) if lines else None
    marks = bold_tells(lines)
    blocks: list[Block] = []
    for column in columns:
        own = frame if frame is not None and column in wide else frame_of(column)
        blocks += paragraphs_in(column, own, marks=marks and own is frame)
    return blocks


def _is_wide(column: list[TextLine], columns: list[list[TextLine]]) -> bool:
    """Whether no other column stands beside one."""
    top, bottom = column[0].top, column[-1].bottom
    return all(other is column or other[-1].bottom <= top + 1 or other[0].top >= bottom - 1 for other in columns)
