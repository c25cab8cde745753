"""Reads an XLSX: every sheet that is to be seen, its cells as Excel shows them, formulas by their stored values.

Sheets are read as a stream, row by row, so that neither merged cells nor hidden rows need the whole of one in memory;
what number formats and days mean is openpyxl's. Hidden sheets, rows and columns are left out, and the reading says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import column_index_from_string, range_boundaries

from corpus.errors import CorpusError
from corpus.readers.archive import Package, open_package, whole
from corpus.readers.marks import secrecy_marks
from corpus.readers.sheet import write_sheet
from corpus.readers.writing import MAX_CELLS, Writing
from corpus.readers.xlsx_boxes import Box, boxes_of
from corpus.readers.xlsx_values import S, Values
from corpus.reading import Doubt, Reading

MAX_ROWS = 100_000
MAX_COLUMNS = 300
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW, _CELL, _COLUMN, _MERGED, _FRAME = f"{S}row", f"{S}c", f"{S}col", f"{S}mergeCell", f"{S}headerFooter"
_LETTERS = re.compile(r"[A-Z]{1,3}")
_HEADER_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z])')


@dataclass
class Sheet:
    """A sheet while it is read: its rows by number, and what of it is not to be seen."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first column, row, last column, row
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    cut_columns: set[int] = field(default_factory=set)  # hidden ones that hold words
    formulas: int = 0  # cells of formulas without a value
    frame: list[str] = field(default_factory=list)  # lines of its header and footer on paper


def read(path: Path) -> Reading:
    """The text of an XLSX. Raises CorpusError where it cannot be used (``open_package``; file_empty,
    file_too_many_rows, file_too_heavy).
    """
    return read_as(path, path.name)


def read_as(path: Path, name: str) -> Reading:
    """The text of an XLSX that a person knows under another name."""
    writing = Writing(name)
    with open_package(path, name) as package:
        doubts = list(_read_book(package, writing))
    if not writing.text.strip():
        raise CorpusError("file_empty", file=name)
    return Reading(writing.text, doubts=tuple(doubts))


def _read_book(package: Package, writing: Writing) -> Iterator[Doubt]:
    main = next((r.target for r in package.relations("") if r.kind == "officeDocument"), "xl/workbook.xml")
    book = package.xml(main)
    if book is None:
        raise CorpusError("file_damaged", file=package.name)
    values = Values(package, main, book)
    targets = {relation.id: relation for relation in package.relations(main)}
    hidden = []
    for entry in book.iterfind(f"{S}sheets/{S}sheet"):
        relation = targets.get(entry.get(_RELATION, ""))
        if relation is None or relation.kind != "worksheet" or relation.target not in package.parts:
            continue
        if entry.get("state", "visible") != "visible":
            hidden.append(entry.get("name", ""))
            continue
        sheet = _read_sheet(package, relation.target, values)
        for mark in secrecy_marks(sheet.frame):
            writing.paragraph(mark)
        boxes, first = boxes_of(package, relation.target), min(sheet.rows, default=0)
        _write_boxes([box for box in boxes if box.row < first], writing)
        write_sheet(_grid(sheet, package.name), writing, entry.get("name", ""))
        _write_boxes([box for box in boxes if box.row >= first], writing)
        yield from _doubts(sheet, package.name, entry.get("name", ""))
    if hidden:
        yield Doubt("sheets_hidden", {"file": package.name, "sheets": hidden})
    if any(part.lower().endswith("vbaproject.bin") for part in package.parts):
        yield Doubt("macros_left_out", {"file": package.name})


def _write_boxes(boxes: Sequence[Box], writing: Writing) -> None:
    for line in (line for box in boxes for line in box.lines):
        writing.paragraph(line)


def _doubts(sheet: Sheet, file: str, name: str) -> Iterator[Doubt]:
    if sheet.hidden_rows or sheet.cut_columns:
        rows, columns = sheet.hidden_rows, len(sheet.cut_columns)
        yield Doubt("cells_hidden", {"file": file, "sheet": name, "rows": rows, "columns": columns})
    if sheet.formulas:
        yield Doubt("formulas_empty", {"file": file, "sheet": name, "count": sheet.formulas})


def _read_sheet(package: Package, part: str, values: Values) -> Sheet:
    sheet = Sheet()
    number = cells = 0
    for element in package.elements(part, _ROW, _COLUMN, _MERGED, _FRAME):
        if element.tag == _ROW:
            number = whole(element.get("r"), number + 1)
            row = _read_row(element, sheet, values)
            cells += len(row)
            if row and _is_on(element.get("hidden")):
                sheet.hidden_rows += 1
            elif row:
                sheet.rows[number] = row
        elif element.tag == _COLUMN and _is_on(element.get("hidden")):
            sheet.hidden_columns.append((whole(element.get("min")), whole(element.get("max"))))
        elif element.tag == _MERGED:
            sheet.merged.append(_bounds(element.get("ref", "")))
        elif element.tag == _FRAME:
            sheet.frame = [line for part in element for line in _HEADER_CODES.sub("\n", part.text or "").split("\n")]
        if len(sheet.rows) > MAX_ROWS:
            raise CorpusError("file_too_many_rows", file=package.name, most=MAX_ROWS)
        if cells > MAX_CELLS:
            raise CorpusError("file_too_heavy", file=package.name)
        _drop(element)
    return sheet


def _drop(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _is_on(written: str | None) -> bool:
    return written in ("1", "true", "on")


def _bounds(reference: str) -> tuple[int, int, int, int]:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return 0, 0, 0, 0
    return left or 0, top or 0, right or 0, bottom or 0


def _read_row(row: Any, sheet: Sheet, values: Values) -> dict[int, str]:
    """The words of a row's cells by column from 1, without those of hidden columns."""
    words: dict[int, str] = {}
    column = 0
    for cell in row.iterchildren(_CELL):
        letters = _LETTERS.match(cell.get("r", ""))
        column = column_index_from_string(letters[0]) if letters else column + 1
        if column > MAX_COLUMNS:
            break
        told = values.words(cell)
        sheet.formulas += told is None
        if told and any(first <= column <= last for first, last in sheet.hidden_columns):
            sheet.cut_columns.add(column)
        elif told and told.strip():
            words[column] = told
    return words


def _grid(sheet: Sheet, name: str) -> list[list[str]]:
    """The rows in order, every one as wide as the widest; a cell that spans rows stands in each of them."""
    copied = 0
    for left, top, _, bottom in sheet.merged:
        told = sheet.rows.get(top, {}).get(left)
        if not told or bottom == top:
            continue
        below = range(top + 1, bottom + 1) if bottom - top < len(sheet.rows) else list(sheet.rows)
        copied += len(below)
        if copied > MAX_CELLS:
            raise CorpusError("file_too_heavy", file=name)
        for number in below:
            if top < number <= bottom and number in sheet.rows:
                sheet.rows[number].setdefault(left, told)
    width = max((max(row) for row in sheet.rows.values()), default=0)
    if width * len(sheet.rows) > 4 * MAX_CELLS:
        raise CorpusError("file_too_heavy", file=name)
    return [[row.get(i, "") for i in range(1, width + 1)] for _, row in sorted(sheet.rows.items())]
