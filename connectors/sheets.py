"""Reads an office's task list from XLSX or CSV: rows of words by role, whatever its columns, titles and notes.

What the words mean for which task is told in ``lists_reading``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from connectors.lists import ListError, RawRow, ReadList
from connectors.sheets_columns import Columns, find_columns
from connectors.sheets_grid import Grid, grids_of
from corpus.tables import clean_number, is_section_number, section_label
from corpus.vietnamese import fold

_FOOT = re.compile(r"^(?:tong(?: cong| so)?|cong|ghi chu|chu thich|luu y|noi nhan)(?:\W|$)")
_SIGNATURE = re.compile(r"^(?:nguoi lap(?: bieu)?|lap bieu|thu truong(?: don vi)?|noi nhan:.*|(?:tm|kt|tl)\. .*)$")
_DOCUMENT = re.compile(
    r"\b(?:ke hoach|quyet dinh|van ban|cong van|thong bao|chuong trinh|phu luc|ket luan)\b.*\d|\d+\s*/\s*[a-z]"
)
_CARRIED = ("document", "section")  # what stands once above the rows for which it holds
_JOINED = ("lead", "coordinate", "product", "note", "result")
_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r])")


def read_sheets(path: Path) -> ReadList:
    """The rows of all tables of a list in a file.

    Raises CorpusError where the file cannot be read; ListError "list_kind", "list_no_header" (no row of headers is
    known), "list_empty" (headers with nothing below).
    """
    grids, changed = grids_of(path)
    rows: list[RawRow] = []
    heading: list[str] = []
    found = False
    for grid in grids:
        columns = find_columns(grid)
        if columns is None:
            continue
        found = True
        heading += [
            cell for n in sorted(grid.rows) if n < columns.first for cell in dict.fromkeys(grid.rows[n].values())
        ]
        rows += _rows(grid, columns)
    if not found:
        raise ListError("list_no_header" if any(grid.rows for grid in grids) else "file_empty", file=path.name)
    if not rows:
        raise ListError("list_empty", file=path.name)
    return ReadList(rows=tuple(rows), heading=tuple(heading), at=changed)


def _rows(grid: Grid, columns: Columns) -> Iterator[RawRow]:
    """The rows of a sheet: titles of sections and documents hold for the rows below them, what spans rows is one."""
    held: dict[str, str] = {}
    current: RawRow | None = None
    for number in _lines(grid, columns):
        cells = {role: told for role, column in columns.by_role.items() if (told := _clean(grid, number, column))}
        own = {role for role, column in columns.by_role.items() if role in cells and (number, column) not in grid.inner}
        if current is not None and cells.get("title") and not own & {"title", "number", "code"}:
            current = _extended(current, {role: cells[role] for role in own})
            continue
        if _is_index(cells) or _is_foot(cells):
            continue
        if (title := _title_of(cells, grid.rows[number])) is not None:
            held |= title
            continue
        if not cells:
            continue
        if not grid.name and max(grid.rows[number]) > max(grid.rows[columns.last]):
            cells["over"] = grid.rows[number][max(grid.rows[number])]  # of a CSV: a sign in a cell has parted it
        if current is not None:
            yield current
        for role in _CARRIED:
            if cells.get(role):
                held[role] = cells[role]
            elif held.get(role):
                cells[role] = held[role]
        current = RawRow(line=number, sheet=grid.name, cells=cells)
    if current is not None:
        yield current


def _lines(grid: Grid, columns: Columns) -> Iterator[int]:
    """The numbers of the rows below a header, without headers that stand there again."""
    head = {grid.rows.get(columns.first, {}).get(column) for column in columns.by_role.values()}
    for number in sorted(grid.rows):
        repeated = sum(1 for cell in grid.rows[number].values() if cell in head)
        if number > columns.last and repeated * 2 <= len(grid.rows[number]):
            yield number


def _clean(grid: Grid, number: int, column: int) -> str:
    return _ESCAPED.sub("", grid.rows[number].get(column, ""))


def _extended(row: RawRow, more: dict[str, str]) -> RawRow:
    """A row with what further rows say of the same task."""
    cells = dict(row.cells)
    for role, told in more.items():
        known = cells.get(role, "")
        if not known:
            cells[role] = told
        elif role in _JOINED and told not in known:
            cells[role] = f"{known}\n{told}"
    return row.model_copy(update={"cells": cells})


def _is_index(cells: dict[str, str]) -> bool:
    """Whether a row only counts the columns: "(1) (2) (3)", "A B C"."""
    figures = [cell.strip("()[]. ") for cell in cells.values()]
    if len(figures) < 3 or any(len(figure) > 2 for figure in figures):
        return False
    return len(set(figures)) == len(figures) and (
        all(f.isdigit() for f in figures) or all(f.isalpha() for f in figures)
    )


def _is_foot(cells: dict[str, str]) -> bool:
    """Whether a row sums up, or is a note or a signature."""
    if clean_number(cells.get("number", "")) or "code" in cells:
        return False
    first = cells.get("number") or cells.get("title") or next(iter(cells.values()), "")
    return bool(_FOOT.match(_opening(first))) or any(_SIGNATURE.match(_opening(cell)) for cell in cells.values())


def _opening(cell: str) -> str:
    return fold(cell).strip(" *-(")


def _title_of(cells: dict[str, str], row: dict[int, str]) -> dict[str, str] | None:
    """What a row says for those below it, as the title of a section or of a document; None where it is a task."""
    number = clean_number(cells.get("number", ""))
    told = set(row.values()) - ({cells["number"]} if number else set())
    words = next(iter(told), "")
    if "code" in cells or len(told) > 1 or not (told or cells):
        return None
    if number and not is_section_number(number):
        return None
    if number:
        return {"section": number}
    if _DOCUMENT.search(fold(words)) and "document" not in cells:
        return {"document": words, "section": ""}
    label = section_label(words)
    return {"section": label.value if label else words} if words else {}
