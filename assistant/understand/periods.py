"""Which days a question means: "quý IV/2026", "tháng sau", "từ nay đến hết năm", "trước 30/6".

All days are dates in Vietnam; a period without a year is in the year of ``today``, the next one for
what can only lie ahead is never guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.understand.query import Period
from corpus.vietnamese import roman_value

_YEAR = r"(?:[ /.-](?:nam )?(?P<year>20\d\d)|[ /.-]?(?:cua )?(?P<rel> ?nam (?:nay|sau|toi|ngoai)))?"
_MONTH = re.compile(rf"(?<![\w/])(?:trong )?thang (?P<m>1[0-2]|0?[1-9])(?![\w]){_YEAR}(?!\w)")
_MONTH_SLASH = re.compile(r"(?<![\w/])(?P<m>1[0-2]|0?[1-9])/(?P<year>20\d\d)(?!\w)")
_QUARTER = re.compile(rf"(?<![\w/])quy (?P<q>iv|i{{1,3}}|[1-4])(?!\w){_YEAR}(?!\w)")
_HALF = re.compile(rf"(?<!\w)(?:6|sau) thang (?P<h>dau|cuoi) nam{_YEAR}(?!\w)")
_YEAR_ALONE = re.compile(r"(?<![\w/.-])(?:trong |ca )?(?:nam )?(?P<year>20\d\d)(?![\w/-])")
_DAY = re.compile(r"(?<![\w/])(?:ngay )?(?P<d>\d{1,2})[/-](?P<m>\d{1,2})(?:[/-](?P<year>\d{4}|\d\d))?(?![\w/])")
_DAY_WORDS = re.compile(r"(?<!\w)ngay (?P<d>\d{1,2}) thang (?P<m>\d{1,2})(?: nam (?P<year>\d{4}))?(?!\w)")
_RELATIVE_YEAR = re.compile(r"(?<!\w)nam (?P<r>nay|sau|toi|ngoai)(?!\w)")
_NEXT_DAYS = re.compile(
    r"(?<!\w)(?:trong )?(?:vong )?(?P<n>\d{1,3}) (?P<u>ngay|tuan|thang) (?:nua|toi|sap toi|tiep theo)(?!\w)"
)
_BEFORE = re.compile(r"(?:truoc|before)(?: ngay| thang| quy)?\s*$")
_UNTIL = re.compile(r"(?:den het|den cuoi|cho den|den|toi|cham nhat(?: la)?|het|by|until)(?: ngay)?\s*$")
_AFTER = re.compile(r"(?:sau|after)(?: ngay)?\s*$")
_FROM = re.compile(r"(?:tu|ke tu|from|since)(?: ngay)?\s*$")
_NOW_TO = re.compile(r"(?<!\w)tu (?:nay|gio|bay gio|hom nay) (?:den|toi|cho den)(?: het| cuoi)? *")
_SPECIAL = re.compile(
    r"(?<!\w)(?P<k>hom nay|ngay mai|tuan nay|tuan (?:sau|toi)|thang nay|thang (?:sau|toi)|quy nay|quy (?:sau|toi)"
    r"|cuoi nam(?: nay)?|het nam(?: nay)?|cuoi thang(?: nay)?|cuoi quy(?: nay)?|dau nam(?: nay)?|sap toi|sap den han"
    r"|this week|next week|this month|next month|this year|this quarter)(?!\w)"
)


@dataclass(frozen=True)
class Window:
    """The days that words name, before "trước" or "sau" bends them."""

    start: dt.date
    end: dt.date
    span: tuple[int, int]


def find_period(line: str, today: dt.date) -> tuple[Period, tuple[int, int]] | None:
    """The period in a line of folded words, and the characters that name it; None where there is none."""
    windows = _windows(line, today)
    if not windows:
        return None
    first = windows[0]
    if now := _NOW_TO.search(line):
        last = windows[-1]
        span = (min(now.start(), last.span[0]), last.span[1])
        return Period(start=today, end=last.end, text=line[slice(*span)]), span
    if len(windows) > 1 and re.fullmatch(
        r"\s*(?:den|toi|-|–|va|cho den)?\s*(?:het|cuoi|ngay|nam)?\s*", line[first.span[1] : windows[1].span[0]]
    ):
        second = windows[1]
        span = (first.span[0], second.span[1])
        return Period(
            start=min(first.start, second.start), end=max(first.end, second.end), text=line[slice(*span)]
        ), span
    return _bent(line, first)


def _bent(line: str, window: Window) -> tuple[Period, tuple[int, int]]:
    before = line[: window.span[0]]
    day = dt.timedelta(days=1)
    for pattern, start, end in (
        (_BEFORE, None, window.start - day),
        (_UNTIL, None, window.end),
        (_AFTER, window.end + day, None),
        (_FROM, window.start, None),
    ):
        if match := pattern.search(before):
            span = (match.start(), window.span[1])
            return Period(start=start, end=end, text=line[slice(*span)]), span
    return Period(start=window.start, end=window.end, text=line[slice(*window.span)]), window.span


def _windows(line: str, today: dt.date) -> list[Window]:
    found: list[Window] = []
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], tuple[dt.date, dt.date] | None]], ...] = (
        (_DAY_WORDS, _day), (_HALF, _half), (_QUARTER, _quarter), (_MONTH, _month), (_MONTH_SLASH, _month), (_DAY, _day),
        (_NEXT_DAYS, _next_days), (_SPECIAL, _special), (_RELATIVE_YEAR, _relative_year), (_YEAR_ALONE, _year_alone),
    )  # fmt: skip
    for pattern, read in readers:
        for match in pattern.finditer(line):
            if any(match.start() < end and start < match.end() for start, end in (w.span for w in found)):
                continue
            days = read(match, today)
            if days:
                found.append(Window(*days, match.span()))
    return sorted(found, key=lambda window: window.span)


def _year(match: re.Match[str], today: dt.date) -> int:
    groups = match.groupdict()
    if groups.get("year"):
        year = int(groups["year"])
        return year + 2000 if year < 100 else year
    relative = groups.get("rel") or ""
    return today.year + (1 if re.search(r"sau|toi", relative) else -1 if "ngoai" in relative else 0)


def _months(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _month(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    month = int(match["m"])
    return _months(_year(match, today), month, month)


def _quarter(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    quarter = roman_value(match["q"].upper()) or int(match["q"])
    return _months(_year(match, today), 3 * quarter - 2, 3 * quarter)


def _half(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    return _months(_year(match, today), 1, 6) if match["h"] == "dau" else _months(_year(match, today), 7, 12)


def _day(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date] | None:
    try:
        day = dt.date(_year(match, today), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return day, day


def _year_alone(match: re.Match[str], _today: dt.date) -> tuple[dt.date, dt.date]:
    return _months(int(match["year"]), 1, 12)


def _relative_year(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    step = {"nay": 0, "sau": 1, "toi": 1, "ngoai": -1}[match["r"]]
    return _months(today.year + step, 1, 12)


def _next_days(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    days = int(match["n"]) * {"ngay": 1, "tuan": 7, "thang": 30}[match["u"]]
    return today, today + dt.timedelta(days=days)


def _special(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    words = match["k"]
    later = bool(re.search(r"sau|toi|next", words)) and not words.startswith("sap")
    if words in ("hom nay", "ngay mai"):
        day = today + dt.timedelta(days=words == "ngay mai")
        return day, day
    if "tuan" in words or "week" in words:
        monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=later)
        return monday, monday + dt.timedelta(days=6)
    if words.startswith("sap"):
        return today, today + dt.timedelta(days=30)
    if "quy" in words or "quarter" in words:
        return _shifted_quarter(today, later)
    if "thang" in words or "month" in words:
        return _shifted_month(today, later)
    if words.startswith("dau nam"):
        return _months(today.year, 1, 3)
    if words.startswith("cuoi nam"):
        return dt.date(today.year, 10, 1), dt.date(today.year, 12, 31)
    return today, dt.date(today.year, 12, 31)


def _shifted_quarter(today: dt.date, later: bool) -> tuple[dt.date, dt.date]:
    index = today.year * 4 + (today.month - 1) // 3 + later
    year, quarter = divmod(index, 4)
    return _months(year, 3 * quarter + 1, 3 * quarter + 3)


def _shifted_month(today: dt.date, later: bool) -> tuple[dt.date, dt.date]:
    year, month = divmod(today.year * 12 + today.month - 1 + later, 12)
    return _months(year, month + 1, month + 1)
