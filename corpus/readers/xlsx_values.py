"""What a cell of a spreadsheet shows: shared words, days, per cents, figures with the places that its format gives."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from corpus.errors import CorpusError
from corpus.readers.archive import Package, whole
from corpus.readers.writing import MAX_CHARS

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_PLACES = re.compile(r"0\.(0+)")
_FILLED = re.compile(r"^0{2,}$")
_EXACT = 2**53


class Values:
    """The shared words and the formats of a workbook."""

    def __init__(self, package: Package, main: str, book: Any) -> None:
        parts = {relation.kind: relation.target for relation in package.relations(main)}
        self._shared = _shared_words(package, parts.get("sharedStrings", ""))
        self._formats = _formats(package.xml(parts.get("styles", "")))
        properties = book.find(f"{S}workbookPr")
        mac = properties is not None and properties.get("date1904") in ("1", "true")
        self._epoch = CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900

    def words(self, cell: Any) -> str | None:
        """What a cell shows, "" where it is empty; None for a formula whose value was not stored or is an error."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _words_in(cell.find(f"{S}is"))
        value = cell.findtext(f"{S}v")
        if not value or kind == "e":
            return None if cell.find(f"{S}f") is not None else ""
        if kind == "s":
            place = whole(value, len(self._shared))
            return self._shared[place] if place < len(self._shared) else ""
        if kind in ("str", "d"):
            return str(value)
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._figure(value, self._format_of(cell))

    def _format_of(self, cell: Any) -> str:
        style = whole(cell.get("s"))
        return self._formats[style] if style < len(self._formats) else "General"

    def _figure(self, written: str, form: str) -> str:
        try:
            number = float(written)
        except ValueError:
            return written
        if is_date_format(form):
            return self._day(number, form) or written
        return figure(number, form)

    def _day(self, number: float, form: str) -> str:
        try:
            moment = from_excel(number, self._epoch)
        except (ValueError, OverflowError):
            return ""
        if isinstance(moment, dt.timedelta):
            return str(moment)
        if isinstance(moment, dt.time):
            return moment.strftime("%H:%M")
        return shown_day(moment, form) if isinstance(moment, dt.datetime) else ""


def shown_day(moment: dt.datetime, form: str) -> str:
    """A day as its format shows it, in the order of the country: no day of the month where the format has none.

    >>> shown_day(dt.datetime(2026, 6, 15), "d-mmm-yy"), shown_day(dt.datetime(2026, 6, 1), "mmm-yy")
    ('15/06/2026', '06/2026')
    """
    codes = _QUOTED.sub("", form).lower()
    if not any(sign in codes for sign in "dy"):
        return moment.strftime("%H:%M")
    day = moment.strftime("%d/%m/%Y") if "d" in codes else moment.strftime("%m/%Y" if "m" in codes else "%Y")
    return moment.strftime("%H:%M ") + day if "h" in codes and (moment.hour or moment.minute) else day


def figure(number: float, form: str) -> str:
    """A number as its format shows it; without places where it has none.

    >>> figure(3.0, "General"), figure(0.95, "0%"), figure(1.1, "0.00"), figure(5, "00"), figure(2.1, "General")
    ('3', '95%', '1.10', '05', '2.1')
    """
    codes = _QUOTED.sub("", form).split(";")[0]
    if "%" in codes:
        return f"{figure(number * 100, codes.replace('%', ''))}%"
    places = _PLACES.search(codes)
    if places:
        return f"{number:.{min(len(places[1]), 12)}f}"
    if number.is_integer() and abs(number) < _EXACT:
        written = str(int(number))
        return written.zfill(len(codes)) if _FILLED.match(codes) else written
    return f"{number:.10g}"


def _shared_words(package: Package, part: str) -> list[str]:
    words: list[str] = []
    size = 0
    if part not in package.parts:
        return words
    for element in package.elements(part, f"{S}si"):
        words.append(_words_in(element))
        size += len(words[-1])
        if size > MAX_CHARS:
            raise CorpusError("file_too_heavy", file=package.name)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return words


def _words_in(element: Any | None) -> str:
    """The words of a cell, also where parts of them are set differently; not how they are spoken."""
    if element is None:
        return ""
    parts = [element.findtext(f"{S}t"), *(run.findtext(f"{S}t") for run in element.iterchildren(f"{S}r"))]
    return "".join(part or "" for part in parts)


def _formats(styles: Any | None) -> list[str]:
    """The number format of each style of cells."""
    if styles is None:
        return []
    own = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.iter(f"{S}numFmt")}
    used = (style.get("numFmtId", "0") for style in styles.iterfind(f"{S}cellXfs/{S}xf"))
    return [own.get(i) or BUILTIN_FORMATS.get(whole(i), "General") for i in used]
