"""What recurs in a deadline: "hằng quý", "trước ngày 15 hằng tháng", "thứ sáu hằng tuần".

The words are the rest of ``deadline_grammar.scan``, in which the calendar's units are used up.
"""

from __future__ import annotations

import calendar
import re

from corpus.deadline_grammar import LEAP, LISTED, REFERENCE, MonthDay, Role, Unit, blank, number_of, role_of, scan
from corpus.records import Recurrence

RECURS = re.compile(
    r"\b(?:hang|moi|tung) (?:nam|quy|thang|tuan|ky)\b|\bdinh ky\b"
    r"|\bthang (?:cuo[il]|dau(?: tien)?) (?:cua )?(?:moi |hang )?quy\b|\bcac thang\b(?! ?[0-9\x00])"
    r"|(?<![0-9])(?:[0-9]{1,2}|mot|hai|ba|bon) lan ?(?:/|moi|trong|mot|tren)? ?(?:(?:01|1) )?(?:nam|quy|thang|tuan)\b"
    r"|\b(?:nam|quy|thang|tuan) (?:[0-9]{1,2}|mot|hai|ba|bon) lan\b"
    r"|(?<![0-9])(?:0?[24]|hai|ba|bon) thang ?(?:/|mot) ?(?:0?1 )?lan\b"
    r"|(?<![0-9])(?<!trong )(?<!vong )(?<!han )(?<!sau )(?:0?[369]|sau) thang\b(?! (?:dau|cuoi|ke tu|tu)\b)"
)
_LAST_MONTH = re.compile(r"\bthang cuo[il] (?:cung )?(?:cua )?(?:moi |hang )?(?:quy|ky)\b")
_FIRST_MONTH = re.compile(r"\bthang dau (?:tien )?(?:cua )?(?:moi |hang )?quy\b")
_EVERY_N = re.compile(r"(?<![0-9])(?:0?([0-9]{1,2})|(hai|ba|bon|sau)) thang\b(?! (?:hai|ba|bon|[2-9]) lan)")
_MONTHLY = re.compile(r"(?:\b(?:hang|moi|tung|cac|va|ky|cao) |[,/] ?)thang\b(?! (?:cuo[il]|dau) )")
_QUARTERLY = re.compile(r"\bquy\b(?! (?:dinh|che|trinh|hoach|mo)\b)")
_YEARLY = re.compile(r"(?<![0-9] )(?<!trong )\bnam\b")
_NOT_YEARLY = re.compile(
    r"(?<![0-9])(?:[2-9]|0[2-9]|[1-9][0-9]) (?:nam|tuan|lan)\b|\b(?:hai|ba|bon|nam) (?:nam|tuan|lan)\b"
)
# Often enough to count, on days that nobody names.
_TIMES = re.compile(
    r"(?<![0-9])(?:0?[2-9]|[1-9][0-9]|hai|ba|bon) lan\b"
    r"|\btuan (?:dau(?: tien)?|thu [a-z0-9]+|cuoi)?(?: cua)?(?: (?:hang|moi))? ?(?:thang|quy|nam)\b"
)
_LAST_WEEK = re.compile(r"\btuan cuoi(?: cung)?(?: cua)? (?=(?:(?:hang|moi|tung) )?(?:thang|quy|nam)\b)")
_WEEKDAY = re.compile(r"\b(?:thu (hai|ba|tu|nam|sau|bay|[2-7])|(chu nhat))\b")


def _period_months(words: str) -> set[int] | None:
    """The months in which the named periods end; None for periods that no day of the year can give."""
    months: set[int] = set()
    for every in _EVERY_N.finditer(words):
        length = int(every[1]) if every[1] else number_of(every[2])
        if length != 9 and (length == 0 or 12 % length):
            return None
        months |= {9} if length == 9 else set(range(length, 13, length))
    if _NOT_YEARLY.search(words):
        return None
    if _QUARTERLY.search(words):
        months |= {3, 6, 9, 12}
    if _MONTHLY.search(words):
        months |= set(range(1, 13))
    return months | ({12} if _YEARLY.search(words) else set())


def _month_end(month: int) -> MonthDay:
    return month, calendar.monthrange(LEAP, month)[1]


def _day_before(month: int, day: int) -> MonthDay:
    if day > 1:
        return month, day - 1
    return _month_end((month - 2) % 12 + 1)


def _in_year(unit: Unit, months: set[int]) -> set[MonthDay]:
    """The days of the year of one unit: of itself, or of ``months`` for a day of no named month."""
    if unit.first[0] == 0:
        pairs = {(month, unit.first[1]) for month in months}
    elif unit.role == Role.BEFORE:
        pairs = {unit.first}
    else:
        pairs = {unit.last if unit.last[1] else _month_end(unit.last[0])}
    return {_day_before(*pair) for pair in pairs} if unit.role == Role.BEFORE else pairs


def _weekly(words: str) -> Recurrence:
    """The named day of the week, else Sunday, the end of the week."""
    named = _WEEKDAY.search(words)
    if named is None:
        return Recurrence(weekday=6)
    day = 6 if named[2] else number_of(named[1]) - 2
    return Recurrence(weekday=(day - 1) % 7 if role_of(words[: named.start()]) == Role.BEFORE else day)


def recurrence(words: str, units: list[Unit], product: list[Unit]) -> Recurrence | None:
    """The days on which the words recur; ``product`` gives days where the cell names none.

    ``words`` is the rest of ``scan``; ``units`` are the cell's units without its bounds ("từ năm 2026").
    None where the words leave the day open ("trước ngày 15 hằng quý", "02 lần/năm").
    """
    words = _LAST_WEEK.sub("", words)
    if not units and is_often(words):
        return None
    if re.search(r"\btuan\b", words) and not _NOT_YEARLY.search(words):
        return _weekly(words)
    days = {pair for unit in units for pair in _in_year(unit, _months_of_days(words))}
    months = _period_months(words)
    if units:
        return Recurrence(days=tuple(sorted(days))) if days else None
    if months is None:
        return None
    days = {pair for unit in product for pair in _in_year(unit, _months_of_days(words))}
    days = days or {_month_end(month) for month in months}
    return Recurrence(days=tuple(sorted(days))) if days else None


def is_often(words: str) -> bool:
    """Whether words tell how often something is done, but not on which days ("02 lần/năm", "tuần đầu hằng quý")."""
    return _TIMES.search(_LAST_WEEK.sub("", words)) is not None


def _months_of_days(words: str) -> set[int]:
    """The months that "ngày 20" means: every one, or the first or last of each period."""
    if _FIRST_MONTH.search(words):
        return {1, 4, 7, 10}
    if _LAST_MONTH.search(words):
        return _period_months(words) or set()
    return set(range(1, 13)) if _MONTHLY.search(words) else set()


_PRODUCT_LEAD = re.compile(r"\b(?:truoc|cham nhat|muon nhat|vao|den|ngay)(?: la)?(?: ngay)? ?$")


def product_days(folded: str) -> list[Unit]:
    """The days without a year that a product cell announces ("trước ngày 15/6 và 15/12")."""
    units, _ = scan(blank(REFERENCE, folded))
    taken: list[Unit] = []
    for unit in units:
        lead = folded[max(0, unit.start - 30) : unit.start]
        joined = bool(taken) and bool(LISTED.search(folded[taken[-1].end : unit.start]))
        named = folded.startswith("ngay ", unit.start) or bool(_PRODUCT_LEAD.search(lead)) or joined
        if unit.months == 0 and unit.year is None and unit.possible and named:
            taken.append(unit)
    return taken
