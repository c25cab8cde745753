"""The rows of a sheet as text: what stands above its table, the table, what stands below."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from corpus.columns import read_double_header, read_header
from corpus.readers.writing import Writing, cell_words
from corpus.tables import clean_number
from corpus.vietnamese import fold

_TABLE_CELLS = 3  # a row of so many words belongs to a table
_SERIAL = re.compile(r"^[3-7]\d{4}$")
_ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?$")
_DAY_ZERO = dt.date(1899, 12, 30)  # of the serial numbers of spreadsheets (the calendar of 1900)
_DAYS = re.compile(r"\b(?:ngay|thoi han|thoi gian|han)\b")
_GENERIC = re.compile(r"^(?:sheet|trang tinh|trang|bang tinh|bang|table|worksheet)[ _]?\d*$")
_CLOSE_CHARS = 60  # a line of a letterhead is no longer


def write_sheet(rows: Sequence[Sequence[str]], writing: Writing, name: str = "") -> None:
    """Writes the rows of a sheet; ``name`` is told as a heading where it says anything."""
    if not any(any(row) for row in rows):
        return
    if name and not _GENERIC.match(fold(name).strip()):
        writing.heading(name)
    start = 0
    while start < len(rows):
        start += _write_part(rows[start:], writing)


def _write_part(rows: Sequence[Sequence[str]], writing: Writing) -> int:
    """Writes what stands above a table, the table, and what is left if no other table follows; how many rows."""
    first, size = _head_of(rows)
    following = _next_head(rows, first + size)
    last = _end_of(rows[:following], first + size)
    _write_prose(rows[:first], writing)
    if last > first:
        writing.table([*rows[first : first + size], *with_days(rows[first + size : last], rows[first : first + size])])
    if following < len(rows):
        return last
    _write_prose(rows[last:], writing)
    return len(rows)


def _next_head(rows: Sequence[Sequence[str]], start: int) -> int:
    """Where the header of a further table stands, below a title of its own; else the end."""
    for i in range(start + 1, len(rows)):
        if _filled(rows[i]) >= _TABLE_CELLS and _filled(rows[i - 1]) <= 1 and read_header(rows[i]):
            return i
    return len(rows)


def _head_of(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Where the table begins and of how many rows its header is: those of a task table before any others."""
    for i, row in enumerate(rows[:200]):
        if i + 1 < len(rows) and read_double_header(row, rows[i + 1]):
            return i, 2
        if read_header(row):
            return i, 1
    wide = (i for i, row in enumerate(rows) if _filled(row) >= _TABLE_CELLS)
    return next(wide, len(rows)), 1


def _end_of(rows: Sequence[Sequence[str]], first: int) -> int:
    """Where the table ends: after its last row of several cells or with a number of its own."""
    for i in range(len(rows) - 1, first - 1, -1):
        numbered = _filled(rows[i]) > 1 and clean_number(cell_words(rows[i][0]))
        if _filled(rows[i]) >= _TABLE_CELLS or numbered:
            return i + 1
    return min(first, len(rows))


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _write_prose(rows: Sequence[Sequence[str]], writing: Writing) -> None:
    """Rows of no table: those side by side (a letterhead, a signature) from top to bottom, the left ones first."""
    beside = [i for i, row in enumerate(rows) if _filled(row) > 1]
    start, end = (beside[0], beside[-1] + 1) if beside else (0, 0)
    if beside and start and _filled(rows[start - 1]) == 1 and fold(" ".join(rows[start - 1])).strip()[:4] == "noi ":
        start -= 1
    _write_down(rows[:start], writing, close=False)
    if end:
        end = len(rows) if _is_foot(rows[start:end]) else end
        _write_down(rows[start:end], writing, close=True)
    _write_down(rows[end:], writing, close=False)


def _is_foot(rows: Sequence[Sequence[str]]) -> bool:
    """Whether recipients stand at the left, so that what follows stands beside or below a signature."""
    return any(fold(cell).strip().startswith("noi nhan") for row in rows for cell in row)


def _write_down(rows: Sequence[Sequence[str]], writing: Writing, *, close: bool) -> None:
    columns = sorted({i for row in rows for i, cell in enumerate(row) if cell.strip()}) if close else [None]
    for column in columns:
        before = ""
        for row in rows:
            for cell in row if column is None else row[column : column + 1]:
                if cell.strip() and cell != before:
                    near = bool(before) and close and max(len(before), len(cell)) <= _CLOSE_CHARS
                    writing.paragraph(cell, close=near)
                    before = cell


def with_days(rows: Sequence[Sequence[str]], header: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows with the days under headers of days as people write them: serial numbers and "2026-06-15" are none.

    >>> with_days([["1", "46188"]], [["Số hộ", "Ngày hoàn thành"]])
    [['1', '15/06/2026']]
    """
    heads = [" ".join(row[i] for row in header if i < len(row)) for i in range(max(map(len, header), default=0))]
    days = {i for i, head in enumerate(heads) if _DAYS.search(fold(head))}
    return [[_day(cell) if i in days else cell for i, cell in enumerate(row)] for row in rows]


def _day(cell: str) -> str:
    words = cell.strip()
    if _SERIAL.match(words):
        return (_DAY_ZERO + dt.timedelta(days=int(words))).strftime("%d/%m/%Y")
    found = _ISO_DAY.match(words)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else cell
