"""Tab-separated tables: rows that go on over a page break are one row again.

A converter writes a table that spans pages as several blocks, the header repeated before each, and
the rest of a cut row as a line whose number cell is empty. Nothing here knows what the columns mean
beyond the roles that ``corpus.columns`` reads from the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.columns import Column, read_header
from corpus.markup import clean
from corpus.paragraphs import Line
from corpus.records import Span
from corpus.vietnamese import fold, roman_value

_NUMBER = re.compile(r"^(?:[IVXLC]+|\d{1,4}|[a-zA-ZđĐ])(?:[.\-]\d{1,3})*$")
_JOINED = re.compile(r"[^\W_][-/–]$")
_TOTAL = re.compile(r"^(tong cong|tong so|cong|tong)\b[^a-z]*$")
_NOTE = re.compile(r"^(ghi chu|luu y)\s*:")


@dataclass
class Row:
    """A row under construction: its cells as pieces of clean text, and its range in the source."""

    cells: list[list[str]]
    start: int
    end: int

    def cell(self, index: int) -> str:
        """The words of one cell, its pieces joined as the page break cut them."""
        return join_pieces(self.cells[index])

    @property
    def span(self) -> Span:
        return Span(start=self.start, end=self.end)

    @property
    def filled(self) -> set[int]:
        return {i for i, pieces in enumerate(self.cells) if any(pieces)}


@dataclass
class Table:
    """A table with a header that was understood. ``ragged`` counts rows with too few or too many cells."""

    columns: Sequence[Column]
    header: Span
    rows: list[Row] = field(default_factory=list)
    ragged: int = 0

    def column(self, role: str) -> int | None:
        return next((column.index for column in self.columns if column.role == role), None)


def join_pieces(pieces: Iterable[str]) -> str:
    """Joins the pieces of a cut cell: a space between words, none after "226-" or "534/".

    >>> join_pieces(["Kết luận số 226-", "KL/TW", "của Ban"])
    'Kết luận số 226-KL/TW của Ban'
    """
    joined = ""
    for piece in filter(None, pieces):
        glue = "" if not joined or (_JOINED.search(joined) and piece[0].isalnum()) else " "
        joined += glue + piece
    return joined


def read_tables(groups: Iterable[Sequence[Line]], text: str) -> list[Table]:
    """Reads the groups of consecutive tab lines of a document; a repeated header goes on with its table."""
    tables: list[Table] = []
    for group in groups:
        for line in group:
            _take(line, tables, text)
    for table in tables:
        table.rows = [row for row in table.rows if row.filled and not _is_total(row, table)]
    return tables


def _take(line: Line, tables: list[Table], text: str) -> None:
    cells = [clean(cell) for cell in line.raw.split("\t")]
    columns = read_header(cells)
    if columns is not None:
        if not tables or _roles(tables[-1].columns) != _roles(columns):
            tables.append(Table(columns, _trimmed(line, text)))
        else:
            tables[-1].columns = columns
        return
    if tables:
        _add(cells, _trimmed(line, text), tables[-1])


def _roles(columns: Sequence[Column]) -> list[str]:
    return [column.role for column in columns]


def _trimmed(line: Line, text: str) -> Span:
    raw = text[line.start : line.end]
    return Span(start=line.end - len(raw.lstrip()), end=line.start + len(raw.rstrip()))


def _add(cells: list[str], span: Span, table: Table) -> None:
    width = len(table.columns)
    if len(cells) > width or len(cells) < width - 1:
        table.ragged += any(cells[width:])
    cells = [*cells[:width], *[""] * (width - len(cells))]
    if _is_index_row(cells):
        return
    if table.rows and _continues(cells, table):
        _extend(table.rows[-1], cells, span)
    else:
        table.rows.append(Row([[cell] if cell else [] for cell in cells], span.start, span.end))


def _is_index_row(cells: list[str]) -> bool:
    """Whether the row only counts the columns: "1 2 3 4 5 6", "(1) (2) (3)"."""
    figures = [cell.strip("()") for cell in cells if cell]
    return len(figures) > 2 and figures == [str(i + 1) for i in range(len(figures))]


def _continues(cells: list[str], table: Table) -> bool:
    number, title = table.column("number"), table.column("title")
    if number is None or title is None:
        return False
    if clean_number(cells[number]):
        return False
    if cells[number]:
        return False
    return not _looks_complete(cells, table)


def _looks_complete(cells: list[str], table: Table) -> bool:
    """Whether a row without a number stands alone: every column filled, each beginning like a first word."""
    filled = [cell for i, cell in enumerate(cells) if i != table.column("number")]
    return all(cell and (cell[0].isupper() or cell[0].isdigit() or cell[0] in '-–+“"') for cell in filled)


def _extend(row: Row, cells: list[str], span: Span) -> None:
    for pieces, cell in zip(row.cells, cells, strict=True):
        if cell:
            pieces.append(cell)
    row.end = span.end


def _is_total(row: Row, table: Table) -> bool:
    title, number = table.column("title"), table.column("number")
    words = fold(" ".join(row.cell(i) for i in (number, title) if i is not None)).strip()
    return bool(_TOTAL.match(words) or _NOTE.match(words))


def clean_number(cell: str) -> str | None:
    """The row number of a cell without its final dot or bracket, or None where it is none.

    >>> clean_number("18."), clean_number("2.1"), clean_number("Sở Nội vụ")
    ('18', '2.1', None)
    """
    number = cell.strip().strip("()").rstrip(".)/ ")
    number = re.sub(r"\s*\.\s*", ".", number)
    return number if _NUMBER.match(number) else None


def is_section_number(number: str) -> bool:
    """Whether a row number is such as sections bear: a Roman numeral or a capital letter."""
    return roman_value(number) is not None or (len(number) == 1 and number.isupper())
