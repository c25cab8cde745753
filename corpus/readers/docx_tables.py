"""Tables of a DOCX: spans in both directions, rows and cells in content controls, tables within tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from corpus.readers.archive import whole
from corpus.readers.docx_styles import Style, Styles, W, draws_lines, value
from corpus.readers.docx_text import Words, plain
from corpus.readers.grid import Placed, aligned, is_layout
from corpus.readers.writing import Writing

_ROW, _CELL, _TABLE, _PARAGRAPH = f"{W}tr", f"{W}tc", f"{W}tbl", f"{W}p"
_PROPERTIES, _MERGE, _SPAN = f"{W}tcPr", f"{W}vMerge", f"{W}gridSpan"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_BOX_SIDES = 3  # of a cell with so many lines around it is to be seen that it is one
_MAX_SPAN = 500  # columns
_LOOKED_AT = 12  # rows


class Reader(Protocol):
    """What a table needs of the document that it stands in."""

    styles: Styles
    writing: Writing

    def words(self, element: Any) -> tuple[Words, Style, str]: ...
    def laid_out(self, cell: Any) -> None: ...
    def framed(self, cell: Any) -> None: ...


def write_table(table: Any, reader: Reader) -> None:
    """Writes a table: as rows of cells, or as prose where it only lays words out."""
    rows = list(_rows(table))
    first = [[plain(cell) for cell in _inside(row, _CELL)] for row in rows[: _LOOKED_AT + 1]]
    widest = max(map(len, first), default=0)
    if widest < 2 and len(rows) <= _LOOKED_AT:
        for row in rows:
            for cell in _inside(row, _CELL):
                reader.framed(cell)
    elif is_layout(first, bordered=_is_bordered(table, reader.styles)) or _holds_tables(table, widest):
        _write_columns(rows, reader)
    else:
        reader.writing.table(aligned(list(_placed_rows(rows, reader)), _widths(table)))


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also where something wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _rows(table: Any) -> Iterator[Any]:
    """The rows that were not deleted."""
    return (row for row in _inside(table, _ROW) if row.find(f"{W}trPr/{W}del") is None)


def _holds_tables(table: Any, widest: int) -> bool:
    return widest <= 2 and table.find(f".//{_TABLE}") is not None


def _write_columns(rows: Sequence[Any], reader: Reader) -> None:
    """The cells of each column from top to bottom: the agency and its number, then the state and the day."""
    columns: dict[int, list[Any]] = {}
    for row in rows:
        at = 0
        for cell in _inside(row, _CELL):
            columns.setdefault(at, []).append(cell)
            at += _span(cell.find(_PROPERTIES))
    for at in sorted(columns):
        for cell in columns[at]:
            reader.laid_out(cell)


def _is_bordered(table: Any, styles: Styles) -> bool:
    """Whether lines are to be seen between the cells."""
    own = table.find(f"{W}tblPr/{W}tblBorders")
    if own is not None:
        drawn = draws_lines(own)
    else:
        drawn = styles.of(value(table.find(f"{W}tblPr/{W}tblStyle")), "table").bordered
    return drawn or any(draws_lines(borders, _BOX_SIDES) for borders in table.iter(f"{W}tcBorders"))


def _widths(table: Any) -> list[float]:
    return [float(whole(column.get(f"{W}w"))) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]


def _placed_rows(rows: Sequence[Any], reader: Reader) -> Iterator[list[Placed]]:
    """Rows with the words of cells that span rows in each of them."""
    above: dict[int, str] = {}
    for row in rows:
        placed: list[Placed] = []
        at = _skipped(row)
        for cell in _inside(row, _CELL):
            properties = cell.find(_PROPERTIES)
            span, merge = _span(properties), None if properties is None else properties.find(_MERGE)
            if merge is not None and value(merge) != "restart" and at in above:
                text = above[at]
            else:
                text = cell_text(cell, reader)
                above.pop(at, None)
            if merge is not None:
                above[at] = text
            if not _is_covered(properties):
                placed.append(Placed(at, span, text))
            at += span
        yield placed


def _is_covered(properties: Any | None) -> bool:
    """Whether the cell at the left spans this one, in the way of old files."""
    merge = None if properties is None else properties.find(f"{W}hMerge")
    return merge is not None and value(merge) != "restart"


def _span(properties: Any | None) -> int:
    span = None if properties is None else properties.find(_SPAN)
    return 1 if span is None else max(1, min(whole(value(span), 1), _MAX_SPAN))


def _skipped(row: Any) -> int:
    return min(whole(value(row.find(f"{W}trPr/{W}gridBefore"))), _MAX_SPAN)


def cell_text(cell: Any, reader: Reader) -> str:
    """The words of a cell, a line for each paragraph; a table within it row by row."""
    return "\n".join(filter(None, _lines(cell, reader)))


def _lines(parent: Any, reader: Reader) -> Iterator[str]:
    begun = ""
    for child in parent:
        if child.tag == _PARAGRAPH:
            words, _, label = reader.words(child)
            text = begun + words.text
            begun = text if words.goes_on else ""
            if not words.goes_on:
                yield f"{label} {text.strip()}".strip()
            for box in words.boxes:
                yield from _lines(box, reader)
        elif child.tag == _TABLE:
            for row in _rows(child):
                yield " ".join(filter(None, (cell_text(cell, reader) for cell in _inside(row, _CELL))))
        elif child.tag in _WRAPPERS:
            yield from _lines(child, reader)
    yield begun.strip()
