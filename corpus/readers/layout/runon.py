"""Rows that a page break cuts become one row again, and headers that ran into a row below are parted from it.

``corpus.tables`` joins the rest of a row where its words betray it; here the page itself tells: the last row of a
page and the first of the next, in a table that numbers every row, are one unless both bear a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus.columns import Column, read_double_header, read_header
from corpus.readers.layout.pieces import Piece, joined
from corpus.readers.layout.prose import Paragraph
from corpus.readers.layout.rows import NOTHING, Rows
from corpus.tables import clean_number, section_label
from corpus.vietnamese import fold

Block = Paragraph | Rows
Row = list[Piece]

_SUM = re.compile(r"^(?:tong (?:so|cong)\b|(?:tong|cong)\s*(?:[:(\d]|$)|(?:ghi chu|luu y)\b)")
_INDEX = re.compile(r"^\(?(?:\d{1,2}|[A-N])\)?$")
_SHIFT = 0.02  # of the width of a table: its columns stand so near on the next page


@dataclass
class _Open:
    """The table that may go on: its columns, its header's words, whether rows inside its pages lack numbers."""

    columns: Sequence[Column] = ()
    header: list[str] = field(default_factory=list)
    unnumbered: bool = False

    @property
    def number(self) -> int | None:
        return next((column.index for column in self.columns if column.role == "number"), None)


def over_pages(pages: Iterable[list[Block]]) -> Iterator[list[Block]]:
    """The blocks of pages with the rows cut between them joined on the page where they begin."""
    held: list[list[Block]] = []
    table = _Open()
    for blocks in pages:
        last = held[0][-1] if held and held[0] else None
        first = blocks[0] if blocks else None
        if isinstance(first, Rows) and isinstance(last, Rows):
            _align(first, last)
        for block in blocks:
            if isinstance(block, Rows):
                _read(block, table)
        joins = isinstance(first, Rows) and isinstance(last, Rows) and _join(last, first, table)
        _note(blocks, table)
        if joins and isinstance(first, Rows) and not first.cells and len(blocks) == 1:
            held.append([])
            continue
        yield from held
        held = [[block for block in blocks if not isinstance(block, Rows) or block.cells]]
    yield from held


def _align(rows: Rows, before: Rows) -> None:
    """Gives the rows of a page the columns of the table on the page before, of which they show only some."""
    near = _SHIFT * (before.xs[-1] - before.xs[0])
    if len(rows.xs) >= len(before.xs):
        return
    places = [next((i for i, x in enumerate(before.xs) if abs(x - own) <= near), None) for own in rows.xs]
    found = [place for place in places if place is not None]
    if len(found) < len(places):
        return
    wider = [[NOTHING] * (len(before.xs) - 1) for _ in rows.cells]
    for row, cells in zip(wider, rows.cells, strict=True):
        for place, cell in zip(found[:-1], cells, strict=True):
            row[place] = cell
    rows.cells, rows.xs = wider, before.xs


def _read(rows: Rows, table: _Open) -> None:
    """Finds the headers among rows; what stands in one cell with a repeated header is parted from it."""
    place = 0
    while place < len(rows.cells):
        _part_header(rows, place, table)
        texts = _texts(rows.cells[place])
        below = _texts(rows.cells[place + 1]) if place + 1 < len(rows.cells) else []
        double = read_double_header(texts, below) if below else None
        columns = double or read_header(texts)
        if columns:
            fresh = [column.header for column in columns] != table.header
            table.columns, table.header = columns, [column.header for column in columns]
            table.unnumbered = table.unnumbered and not fresh
            rows.headers.update((place, place + 1) if double else (place,))
        place += 2 if double else 1


def _part_header(rows: Rows, place: int, table: _Open) -> None:
    row, header = rows.cells[place], table.header
    if len(row) != len(header) or not all(cell.text.startswith(head) for cell, head in zip(row, header, strict=True)):
        return
    rest = [_after(cell, len(head)) for cell, head in zip(row, header, strict=True)]
    if any(rest):
        rows.cells[place : place + 1] = [[Piece(head) for head in header], rest]


def _after(piece: Piece, size: int) -> Piece:
    text = piece.text[size:].lstrip()
    start = len(piece.text) - len(text)
    return Piece(text, tuple((a - start, b - start, sure) for a, b, sure in piece.unsure if a >= start))


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row]


def _join(last: Rows, first: Rows, table: _Open) -> bool:
    """Joins the last row of a page with the first of the next where they are one; says whether it did."""
    number = table.number
    place = next((i for i, row in enumerate(first.cells) if i not in first.headers and not _is_index(row)), None)
    if number is None or place is None or not last.cells or len(last.cells) - 1 in last.headers or table.unnumbered:
        return False
    head, rest = last.cells[-1], first.cells[place]
    if len(head) != len(rest) or number >= len(head):
        return False
    if any(_is_own(row, number) for row in (head, rest)) or (head[number] and rest[number]):
        return False
    last.cells[-1] = [joined((one, other)) for one, other in zip(head, rest, strict=True)]
    del first.cells[place]
    first.headers = {i for i in first.headers if i < place}
    if len(first.cells) == len(first.headers):
        first.cells.clear()
    return True


def _is_own(row: Row, number: int) -> bool:
    """Whether a row without a number is a section's title, a sum or a note, never the part of another."""
    filled = [cell.text for cell in row if cell]
    if row[number] and not clean_number(row[number].text):
        return True
    words = [cell.text for i, cell in enumerate(row) if cell and i != number]
    if not filled or _SUM.match(fold(filled[0])):
        return True
    if len(words) != 1:
        return False
    return section_label(words[0]) is not None or (words[0].isupper() and len(words[0].split()) > 1)


def _is_index(row: Row) -> bool:
    """Whether a row only counts the columns: "(1) (2) (3)"."""
    filled = [cell.text for cell in row if cell]
    return len(filled) > 2 and all(_INDEX.match(text) for text in filled)


def _note(blocks: Sequence[Block], table: _Open) -> None:
    """Notes whether rows without a number stand inside a page, where no break can have cut them."""
    number = table.number
    for block in blocks:
        if not isinstance(block, Rows) or number is None:
            continue
        for i, row in enumerate(block.cells[1:-1], 1):
            bare = i not in block.headers and i - 1 not in block.headers and number < len(row) and not row[number]
            if bare and sum(map(bool, row)) > 1 and not _is_own(row, number):
                table.unnumbered = True
