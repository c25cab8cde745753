"""Until when more time is asked for: "đến 15/1", "hết tháng 3", "thêm 2 tuần"; and the days gone by, "tuần qua"."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from assistant.understand.periods import find_period
from assistant.understand.progress.words import COUNTS, LONGER, UNTIL
from assistant.understand.query import Longer

_DAY = re.compile(
    r"(?<![\w/.])(?:ngay |mung |mong )?(?P<d>[12]\d|3[01]|0?[1-9])(?:[/.-]| thang )(?P<m>1[0-2]|0?[1-9])(?:(?:[/.-]| nam )(?P<y>20\d\d|\d\d))?(?![\w/])"
)
_DAY_ALONE = re.compile(r"(?<![\w/])(?:ngay|mung|mong) (?P<d>[12]\d|3[01]|0?[1-9])(?![\w/])")
_YEAR_SAID = re.compile(r"20\d\d|nam (?:nay|sau|toi)")
_MONTHS_OF = {"thang": 1, "quy": 3}
_DAYS_OF = {"ngay": 1, "hom": 1, "tuan": 7}
_HALF = {"thang": 15, "tuan": 4, "quy": 45}  # days
_PAST = re.compile(r"(?<!\w)(?P<unit>tuan|thang|quy|nam) (?:qua|vua qua|vua roi|roi|truoc)(?!\w)")
ONE_DAY = dt.timedelta(days=1)


def day_asked(line: str, today: dt.date) -> dt.date | None:
    """The day until which a line of folded words asks for more time; without a year the next such day from today."""
    if match := _DAY.search(line):
        return _next(int(match["d"]), int(match["m"]), match["y"], today)
    if match := _DAY_ALONE.search(line):
        return _day_of_month(int(match["d"]), today)
    for until in reversed(list(UNTIL.finditer(line))):
        found = find_period(line[until.start() :], today)
        if found and found[0].end:
            return _to_come(found[0].end, line, today)
    return None


def _next(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    """A day and month in a year, or the next such day; None where there is no such day."""
    years = [int(year) + 2000 if int(year) < 100 else int(year)] if year else range(today.year, today.year + 5)
    days = (dt.date(y, month, day) for y in years if day <= calendar.monthrange(y, month)[1])
    return next((found for found in days if year or found >= today), None)


def _day_of_month(day: int, today: dt.date) -> dt.date:
    """The next such day of a month."""
    year, month = today.year, today.month
    while (day < today.day and (year, month) == (today.year, today.month)) or day > calendar.monthrange(year, month)[1]:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return dt.date(year, month, day)


def _to_come(day: dt.date, line: str, today: dt.date) -> dt.date:
    """A month or quarter that is over and named without a year is the next one."""
    if day >= today or _YEAR_SAID.search(line):
        return day
    return later(day, Longer(months=12))


def longer_asked(line: str) -> Longer | None:
    """How much more time a line of folded words asks for ("thêm 2 tuần"); None where it does not say."""
    match = LONGER.search(line)
    if match is None:
        return None
    unit = match["unit"]
    if match["n"] == "nua":
        return Longer(days=_HALF.get(unit, 1))
    count = COUNTS.get(match["n"]) or int(match["n"])
    return Longer(days=count * _DAYS_OF[unit]) if unit in _DAYS_OF else Longer(months=count * _MONTHS_OF[unit])


def later(day: dt.date, more: Longer) -> dt.date:
    """A day so much later; the last of its month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + more.months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last)) + dt.timedelta(days=more.days)


def days_past(line: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The days, both included, that a line means by "tuần qua", "tháng này", "từ đầu năm"; None where it names none."""
    match = _PAST.search(line)
    if match and match["unit"] == "tuan" and "qua" in match[0]:
        return today - dt.timedelta(days=7), today
    if match and match["unit"] == "nam":
        return dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)
    if match:
        line = line.replace(match[0], f"{match['unit']} truoc")
    if re.search(r"(?<!\w)(?:tu )?dau nam(?: den nay| toi gio| nay)?(?!\w)", line):
        return dt.date(today.year, 1, 1), today
    found = find_period(line, today)
    if found is None or found[0].start is None:
        return None
    return found[0].start, min(found[0].end or today, today)
