"""Tables of cells between tabs or bars: rows that go on over a page break are one row again.

A converter writes a table that spans pages as several blocks, the header repeated before each, and
the rest of a cut row as a line whose number cell is empty. Nothing here knows what the columns mean
beyond the roles that ``corpus.columns`` reads from the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.columns import Column, read_double_header, read_header
from corpus.markup import clean
from corpus.outline import Label, find_label
from corpus.paragraphs import Line
from corpus.records import Span
from corpus.vietnamese import fold, roman_value

_NUMBER = re.compile(r"^(?:[IVXLC]+|\d{1,4}|[a-zA-ZđĐ])(?:[.\-]\d{1,3})*$")
_JOINED = re.compile(r"[^\W_][-/–]$")
_TOTAL = re.compile(r"^(?:tong cong|tong so|cong|tong)\b(?:[^a-z]*$|\s*:|\s*\(?\d)")
_BEGINS = re.compile(r"(?:[-–+•]\s*)?(?=[^\W\d_])(?![a-zà-ỹđ])")
_NOTE = re.compile(r"^(ghi chu|luu y)\s*:")
_SECTION_KINDS = ("part", "chapter", "division", "capital", "roman")
_SECTION = re.compile(r"^(?:phan|nhom|muc|chuong|linh vuc)(?: thu)? (?:[ivx]+|\d+|[a-h])\b")
_WHEN = re.compile(
    r"(?:truoc|quy|thang|nam|thuong xuyen|hang|moi|dinh ky|ngay|sau|tu|trong|den|cham nhat|hoan thanh)\b|\d{1,2}[/.]\d"
)
_OPEN_DAY = re.compile(r"(?:\b(?:truoc|ngay|quy|thang|nam|tu|den|trong|va|hang|sau|dinh ky|cham nhat)|[,;/-])$")


@dataclass(frozen=True)
class CellLines:
    """Consecutive lines of cells; ``after_prose`` says that words of no table stand before them."""

    lines: Sequence[Line]
    after_prose: bool


@dataclass
class Row:
    """A row under construction: its cells as pieces of clean text, and its range in the source.

    ``spans`` says for each cell where its pieces stand in the source.
    """

    cells: list[list[str]]
    start: int
    end: int
    spans: list[list[Span]]

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


def read_tables(groups: Iterable[CellLines], text: str) -> tuple[list[Table], list[Line]]:
    """Reads the groups of consecutive lines of cells of a document; a repeated header goes on with its table.

    Gives the tables and the lines that belong to none. After prose a header begins a new table, and lines
    without a header go on with the last one only where they bear a number.
    """
    tables: list[Table] = []
    left: list[Line] = []
    for group in groups:
        opened = not group.after_prose
        rows = [[clean(cell) for cell in line.cells] for line in group.lines]
        taken = 0
        for place, (line, cells) in enumerate(zip(group.lines, rows, strict=True)):
            if place < taken:
                continue
            columns, size = _header(rows[place : place + 2])
            if columns is not None:
                taken = place + size
                _open(columns, _trimmed(line, text), tables, anew=not opened)
                opened = True
            elif tables and (opened or clean_number(cells[0])) and not _is_prose(cells, tables[-1]):
                opened = True
                _add(cells, line, _trimmed(line, text), tables[-1])
            else:
                left.append(line)
                opened = False
    for table in tables:
        table.rows = [row for row in table.rows if row.filled and not _is_total(row, table)]
    return tables, left


def _header(rows: Sequence[Sequence[str]]) -> tuple[list[Column] | None, int]:
    """The columns that the first rows head and how many rows that takes; (None, 0) where they head none."""
    double = read_double_header(*rows) if len(rows) > 1 else None
    if double is not None:
        return double, 2
    single = read_header(rows[0])
    return single, 1 if single else 0


def _open(columns: list[Column], span: Span, tables: list[Table], *, anew: bool) -> None:
    """Begins a table, or goes on with the last one where its header is only repeated."""
    if anew or not tables or _roles(tables[-1].columns) != _roles(columns):
        tables.append(Table(columns, span))
    else:
        tables[-1].columns = columns


def _roles(columns: Sequence[Column]) -> list[str]:
    return [column.role for column in columns]


def _trimmed(line: Line, text: str) -> Span:
    raw = text[line.start : line.end]
    return Span(start=line.end - len(raw.lstrip()), end=line.start + len(raw.rstrip()))


def _add(cells: list[str], line: Line, span: Span, table: Table) -> None:
    width = len(table.columns)
    if len(cells) > width or len(cells) < width - 1:
        table.ragged += any(cells[width:])
    cells = _without_spread([*cells[:width], *[""] * (width - len(cells))], table)
    if _is_index_row(cells) or _repeats_header(cells, table):
        return
    places = [*line.cell_spans[:width], *[Span(start=line.end, end=line.end)] * (width - len(line.cell_spans))]
    row = Row([[cell] if cell else [] for cell in cells], span.start, span.end, [[place] for place in places])
    if table.rows and _is_same_task(cells, table):
        _extend(table.rows[-1], _what_is_new(row, table.rows[-1]))
        return
    if table.rows and not _is_total(row, table) and _continues(cells, table) and not _is_section_title(row, table):
        _extend(table.rows[-1], row)
    else:
        table.rows.append(row)


def _is_same_task(cells: list[str], table: Table) -> bool:
    """Whether a row tells more of the task above it: number and title span both, so both rows bear them."""
    number, title = table.column("number"), table.column("title")
    above = table.rows[-1]
    if title is None or len([cell for cell in cells if cell]) < 3 or not cells[title]:
        return False
    return cells[title] == above.cell(title) and (number is None or cells[number] in ("", above.cell(number)))


def _what_is_new(row: Row, above: Row) -> Row:
    """A row without the words that already stand in the one above it, whose own are closed by a semicolon."""
    for i, pieces in enumerate(row.cells):
        if pieces and pieces[0] in [piece.rstrip(";") for piece in above.cells[i]]:
            row.cells[i], row.spans[i] = [], []
        elif pieces and above.cells[i] and above.cells[i][-1][-1:] not in ";,.:":
            above.cells[i][-1] += ";"
    return row


def _without_spread(cells: list[str], table: Table) -> list[str]:
    """The cells with a section's title in one place, where a converter spread it over all columns."""
    number, title = table.column("number"), table.column("title")
    told = [cell for i, cell in enumerate(cells) if i != number and cell]
    if title is None or len(told) < 3 or len(set(told)) > 1:
        return cells
    first = cells[number] if number is not None and cells[number] != told[0] else ""
    return [first if i == number else told[0] if i == title else "" for i in range(len(cells))]


def _is_index_row(cells: list[str]) -> bool:
    """Whether the row only counts the columns: "1 2 3 4 5 6", "(1) (2) (3)", "A B C D"."""
    figures = [cell.strip("()").upper() for cell in cells if cell]
    counted = [str(i + 1) for i in range(len(figures))], list("ABCDEFGHIJKLMN"[: len(figures)])
    return len(figures) > 2 and figures in counted


def _repeats_header(cells: list[str], table: Table) -> bool:
    """Whether the row is the rest of a header of several rows: what spans them stands in it again."""
    title = table.column("title")
    same = [c for c in table.columns if c.header and cells[c.index] == c.header]
    return len(same) > 1 and any(c.index == title for c in same)


def _continues(cells: list[str], table: Table) -> bool:
    number, title = table.column("number"), table.column("title")
    if number is None or title is None:
        return False
    if clean_number(cells[number]):
        return False
    if cells[number]:
        return False
    return not (_looks_complete(cells, table) or _begins_another(cells, table))


def _is_prose(cells: list[str], table: Table) -> bool:
    """Whether cells are lines of prose side by side, such as recipients and signature under a table."""
    number = table.column("number")
    if number is None or number >= len(cells) or not cells[number] or clean_number(cells[number]):
        return False
    if _SECTION.match(fold(cells[number])):
        return False
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and len(filled) < len(table.columns) - 1 and not _TOTAL.match(fold(cells[number]))


def _is_section_title(row: Row, table: Table) -> bool:
    """Whether a row without a number is a title of its own, numbered in its cell or in capitals, not the rest
    of a section's title."""
    title = table.column("title")
    if title is None or row.filled != {title}:
        return False
    if section_label(row.cell(title)):
        return True
    if not row.cell(title).isupper():
        return False
    previous = table.rows[-1]
    return len(previous.filled) > 2 and len(row.cell(title).split()) > 1


def _looks_complete(cells: list[str], table: Table) -> bool:
    """Whether a row without a number stands alone: every column filled, each beginning like a first word."""
    filled = [cell for i, cell in enumerate(cells) if i != table.column("number")]
    return all(cell and (cell[0].isupper() or cell[0].isdigit() or cell[0] in '-–+“"') for cell in filled)


def _begins_another(cells: list[str], table: Table) -> bool:
    """Whether a row without a number is a task of its own under a number that spans several: what, who and
    when begin anew, after a row whose day is complete."""
    title, lead, deadline = (table.column(role) for role in ("title", "lead", "deadline"))
    if title is None or lead is None or deadline is None:
        return False
    begun = all(_BEGINS.match(cells[i]) for i in (title, lead)) and _WHEN.match(fold(cells[deadline]))
    before = table.rows[-1].cell(deadline)
    return bool(begun and before and not _OPEN_DAY.search(fold(before)))


def _extend(row: Row, rest: Row) -> None:
    for i, pieces in enumerate(rest.cells):
        row.cells[i].extend(pieces)
        row.spans[i].extend(rest.spans[i])
    row.end = rest.end


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


def section_label(words: str) -> Label | None:
    """The number with which the title of a section begins ("A. …", "II. …", "Phần I …"), or None."""
    label = find_label(words)
    return label if label and label.kind in _SECTION_KINDS else None


def is_section_number(number: str) -> bool:
    """Whether a row number is such as sections bear: a Roman numeral or a capital letter."""
    return roman_value(number) is not None or (len(number) == 1 and number.isupper())
