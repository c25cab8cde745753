"""Writes tasks with their progress as XLSX or CSV for Excel, such that the rows are known again when they come back."""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connectors.lists import ListError
from corpus.progress import Standing, TaskKey
from corpus.records import Record, Task
from corpus.vietnamese import nfc
from prompts import say

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_WIDTHS = (18, 7, 7, 50, 24, 24, 24, 18, 12, 16, 8, 12, 18, 30, 17, 16, 9)  # characters
_DAYS = frozenset({8, 11})  # columns from 0
_SHORT = frozenset({1, 2, 8, 9, 10, 11, 14})
_TIME, _PERCENT, _OWN = 14, 10, (15, 16)
_LINE = 14.0  # points that a line of words is high
_MOST_LINES = 28  # a row of Excel is 409 points high at most
_LONGEST = 32_000  # characters of a cell of Excel, with room
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = re.compile(r"^[=+\-@\t\r]")
Step = Callable[[int, int], None]


class Line(Record):
    """A task as it is written: ``document`` is what people call its plan, ``assignee`` a name."""

    key: TaskKey
    task: Task
    document: str
    standing: Standing | None = None
    assignee: str = ""


def write_list(path: Path, lines: Sequence[Line], title: str, step: Step) -> None:
    """Writes a list to a file that is not there yet, XLSX or CSV by its name.

    Raises ListError: "list_there", "list_suffix", "list_not_written".
    """
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise ListError("list_suffix", file=path.name)
    if path.exists():
        raise ListError("list_there", file=path.name)
    passing = path.with_name(f".{path.name}.{os.getpid()}{suffix}")
    try:
        (_write_xlsx if suffix == ".xlsx" else _write_csv)(passing, lines, title, step)
        os.link(passing, path)  # fails where a file of that name has come meanwhile
    except FileExistsError as error:
        raise ListError("list_there", file=path.name) from error
    except OSError as error:
        raise ListError("list_not_written", file=path.name) from error
    finally:
        passing.unlink(missing_ok=True)


def headers() -> list[str]:
    """The headers of the columns."""
    return say("lists.columns").split("|")


def values_of(line: Line) -> list[Any]:
    """The cells of a task: words, days, whole numbers; None where nothing is said."""
    task, standing = line.task, line.standing
    return [
        line.document,
        task.section,
        int(task.number) if task.number.isdigit() and not task.number.startswith("0") else task.number,
        task.title,
        "; ".join(mention.text for mention in task.lead),
        "; ".join(mention.text for mention in task.coordinate),
        task.product,
        task.deadline.text,
        task.deadline.due,
        say("lists.state", name=str(standing.state)) if standing else None,
        standing.percent if standing else None,
        standing.asked_due if standing else None,
        line.assignee,
        standing.note if standing else None,
        standing.at.astimezone(_HERE).replace(tzinfo=None) if standing else None,
        f"{line.key.document}|{line.key.row}",
        standing.entry if standing else 0,
    ]


def _words(value: str) -> str:
    return _CONTROL.sub(" ", nfc(value))[:_LONGEST]


def _write_csv(path: Path, lines: Sequence[Line], _title: str, step: Step) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(headers())
        for i, line in enumerate(lines):
            out.writerow([_as_text(value) for value in values_of(line)])
            step(i + 1, len(lines))


def _as_text(value: Any) -> str:
    """A cell of a CSV; what a spreadsheet would take for a formula begins with an apostrophe, as people write it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    words = _words(str(value))
    return f"'{words}" if _FORMULA.match(words) else words


def _write_xlsx(path: Path, lines: Sequence[Line], title: str, step: Step) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(say("lists.sheet"))
    _set_page(sheet, len(lines))
    style = _Styles(sheet)
    sheet.append([style.title(title)])
    sheet.append([style.head(header, own=i in _OWN) for i, header in enumerate(headers())])
    for i, line in enumerate(lines):
        values = values_of(line)
        sheet.row_dimensions[i + 3].height = _height(values)
        sheet.append(style.row(values))
        step(i + 1, len(lines))
    _offer_states(sheet, len(lines))
    book.save(path)


def _set_page(sheet: Any, count: int) -> None:
    from openpyxl.utils import get_column_letter

    for i, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    sheet.freeze_panes = "E3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(_WIDTHS))}{count + 2}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
    sheet.print_area = f"A1:{get_column_letter(min(_OWN))}{count + 2}"  # without what only the program needs


def _height(values: Sequence[Any]) -> float:
    """How high a row must be for its words to be seen, in points."""
    words = [(value, width) for value, width in zip(values, _WIDTHS, strict=True) if isinstance(value, str)]
    lines = (sum(-(-max(len(part), 1) // max(width - 2, 1)) for part in value.split("\n")) for value, width in words)
    return _LINE * min(max(lines, default=1), _MOST_LINES) + 2


def _offer_states(sheet: Any, count: int) -> None:
    """Lets Excel offer the states; others may be written too, for people write in their own words."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = ",".join(
        say("lists.state", name=name) for name in ("not_started", "underway", "done", "extension", "stopped")
    )
    choice = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True, showErrorMessage=False)
    choice.add(f"J3:J{max(count + 2, 3)}")
    sheet.data_validations.append(choice)


class _Styles:
    """Cells as they look."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._sheet = sheet
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self._middle = Alignment(wrap_text=True, vertical="top", horizontal="center")
        self._centred = Alignment(wrap_text=True, vertical="center", horizontal="center")
        thin = Side(style="thin", color="BFBFBF")
        self._border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._bold, self._large, self._faint = Font(bold=True), Font(bold=True, size=14), Font(color="808080", size=9)
        self._fill = PatternFill("solid", fgColor="DDEBF7")

    def title(self, words: str) -> Any:
        cell = self._cell(_words(words))
        cell.font = self._large
        return cell

    def head(self, words: str, *, own: bool) -> Any:
        cell = self._cell(words)
        cell.font, cell.fill, cell.alignment, cell.border = self._bold, self._fill, self._centred, self._border
        if own:
            cell.font = self._faint
        return cell

    def row(self, values: Iterable[Any]) -> list[Any]:
        cells = [self._cell(_words(value) if isinstance(value, str) else value) for value in values]
        for i, cell in enumerate(cells):
            cell.alignment, cell.border = self._middle if i in _SHORT else self._wrapped, self._border
            if i in _DAYS:
                cell.number_format = "dd/mm/yyyy"
            elif i == _TIME:
                cell.number_format = "dd/mm/yyyy hh:mm"
            elif i in _OWN:
                cell.font = self._faint
        return cells

    def _cell(self, value: Any) -> Any:
        """A cell; words stay words, also where they begin as a formula does."""
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = bool(_FORMULA.match(value))  # and stay so when somebody edits them
        return cell
