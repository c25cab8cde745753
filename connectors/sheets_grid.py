"""The cells of a spreadsheet or a CSV as words, with the numbers of their rows; merged cells say the same throughout.

Unlike a document, a list is read with its hidden rows and columns: who filters a list hides rows, and means them still.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import column_index_from_string, range_boundaries

from connectors.lists import MOST_ROWS, ListError
from corpus.readers.archive import Package, open_package, whole
from corpus.readers.delimited import rows_of
from corpus.readers.writing import MAX_CELLS
from corpus.readers.xlsx_values import S, Values
from corpus.vietnamese import nfc

_MAX_BYTES = 64 * 2**20
_MAX_COLUMNS = 300
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
_LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass
class Grid:
    """A sheet: words by row and column, both from 1. ``inner`` are the cells that a merged one covers."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    inner: set[tuple[int, int]] = field(default_factory=set)

    def row(self, number: int, width: int) -> list[str]:
        cells = self.rows.get(number, {})
        return [cells.get(i, "") for i in range(1, width + 1)]


def grids_of(path: Path) -> tuple[list[Grid], dt.datetime | None]:
    """The sheets of a file that can be seen and when it was last changed (UTC), as the file itself says or else the
    disk. Raises CorpusError; ListError "list_kind" where it is neither XLSX nor CSV.
    """
    try:
        if not path.exists():
            raise ListError("file_missing", file=path.name)
        if not path.is_file():
            raise ListError("list_kind", file=path.name)
        stat = path.stat()
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise ListError("file_unreadable", file=path.name) from error
    if stat.st_size > _MAX_BYTES:
        raise ListError("file_too_large", file=path.name, megabytes=_MAX_BYTES // 2**20)
    changed = dt.datetime.fromtimestamp(stat.st_mtime, dt.UTC)
    if start == _OLE or path.suffix.lower() in (".xls", ".ods", ".docx", ".pdf", ".doc"):
        raise ListError("list_kind", file=path.name)
    if start == _ZIP or path.suffix.lower() in (".xlsx", ".xlsm"):
        with open_package(path, path.name) as package:
            return list(_book(package)), _modified(package) or changed
    rows = {i: _filled(row) for i, row in enumerate(rows_of(path), start=1)}
    return [Grid("", {i: row for i, row in rows.items() if row})], changed


def _filled(row: list[str]) -> dict[int, str]:
    return {i: cell.strip() for i, cell in enumerate(row[:_MAX_COLUMNS], start=1) if cell.strip()}


def _modified(package: Package) -> dt.datetime | None:
    core = package.xml("docProps/core.xml")
    written = core.findtext(_MODIFIED) if core is not None else None
    try:
        moment = dt.datetime.fromisoformat(written.strip()) if written else None
    except ValueError:
        return None
    return moment.astimezone(dt.UTC) if moment is not None and moment.tzinfo is not None else None


def _book(package: Package) -> Iterator[Grid]:
    main = next((r.target for r in package.relations("") if r.kind == "officeDocument"), "xl/workbook.xml")
    book = package.xml(main)
    if book is None:
        raise ListError("file_damaged", file=package.name)
    values = Values(package, main, book)
    targets = {relation.id: relation for relation in package.relations(main)}
    for entry in book.iterfind(f"{S}sheets/{S}sheet"):
        relation = targets.get(entry.get(_RELATION, ""))
        usable = relation is not None and relation.kind == "worksheet" and relation.target in package.parts
        if usable and relation is not None and entry.get("state", "visible") == "visible":
            yield _sheet(package, relation.target, values, entry.get("name", ""))


def _sheet(package: Package, part: str, values: Values, name: str) -> Grid:
    grid, merged = Grid(name), []
    number = cells = 0
    for element in package.elements(part, f"{S}row", f"{S}mergeCell"):
        if element.tag == f"{S}row":
            number = whole(element.get("r"), number + 1)
            row = _row(element, values)
            cells += len(row)
            if row:
                grid.rows[number] = row
        else:
            merged.append(element.get("ref", ""))
        if len(grid.rows) > MOST_ROWS:
            raise ListError("file_too_many_rows", file=package.name, most=MOST_ROWS)
        if cells > MAX_CELLS:
            raise ListError("file_too_heavy", file=package.name)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    _spread(grid, merged, package.name)
    return grid


def _row(element: Any, values: Values) -> dict[int, str]:
    words: dict[int, str] = {}
    column = 0
    for cell in element.iterchildren(f"{S}c"):
        letters = _LETTERS.match(cell.get("r", ""))
        column = column_index_from_string(letters[0]) if letters else column + 1
        if column > _MAX_COLUMNS:
            break
        told = nfc(values.words(cell) or "").strip()
        if told:
            words[column] = told
    return words


def _spread(grid: Grid, merged: list[str], name: str) -> None:
    """Lets each cell that a merged one covers say what the whole says."""
    copied = 0
    for reference in merged:
        try:
            left, top, right, bottom = (bound or 0 for bound in range_boundaries(reference))
        except ValueError:
            continue
        told = grid.rows.get(top, {}).get(left)
        lines = [n for n in range(top, bottom + 1) if n in grid.rows] if bottom - top < len(grid.rows) else [top]
        copied += len(lines) * (right - left + 1)
        if copied > MAX_CELLS:
            raise ListError("file_too_heavy", file=name)
        for line in lines if told else ():
            for column in range(left, min(right, _MAX_COLUMNS) + 1):
                if (line, column) != (top, left):
                    grid.rows[line][column] = told or ""
                    grid.inner.add((line, column))
