"""One page after another into blocks in reading order: tables, and the prose between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.readers.layout.bare import Frame, find_table
from corpus.readers.layout.grid import Edge, edges_of, grids_of
from corpus.readers.layout.lines import TextLine, in_columns, lines_in
from corpus.readers.layout.page import Page, Word, letter_height
from corpus.readers.layout.prose import Paragraph, bold_tells, frame_of, paragraphs_in
from corpus.readers.layout.rows import rows_of
from corpus.readers.layout.runon import Block

_SMALL = 0.92  # of the height of a page's letters: those of notes are lower
_MARK = re.compile(r"^(?:\(?\d{1,2}\)?|\*{1,3})[.:]?\s+\S")


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
        body, notes = _footnotes(rest, height)
        blocks += self._between(body, levels)
        return blocks + [replace(block, aside=True) for block in _prose(notes) if isinstance(block, Paragraph)]

    def _between(self, words: Sequence[Word], levels: Sequence[Edge]) -> list[Block]:
        """The blocks of a piece of page without vertical lines."""
        lines = lines_in(words)
        blocks: list[Block] = []
        while lines:
            table = find_table(lines, levels, self._columns, cut=not blocks)
            self._columns = table.frame if table and table.goes_on else None
            prose = lines[: table.start] if table else lines
            blocks += _prose([word for line in prose for word in line.words])
            if table is None:
                break
            blocks.append(table.rows)
            lines = lines[table.end :]
        return blocks


def _footnotes(words: Sequence[Word], height: float) -> tuple[list[Word], list[Word]]:
    """The words of a piece of page, and those of the notes at its foot: smaller letters, the first line numbered."""
    if not any(word.bottom - word.top < _SMALL * height for word in words):
        return list(words), []
    lines = lines_in(words)
    start = len(lines)
    while start and max(word.bottom - word.top for word in lines[start - 1].words) < _SMALL * height:
        start -= 1
    while start < len(lines) and not _MARK.match(lines[start].text):
        start += 1
    body, notes = lines[:start], lines[start:]
    return [word for line in body for word in line.words], [word for line in notes for word in line.words]


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
