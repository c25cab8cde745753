"""The days that a sentence of prose sets for a duty: "hoàn thành trước ngày 15/10/2026", "trong quý III/2026".

Days of documents that are cited, beginnings and whole years set none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.deadline_grammar import LISTED, REFERENCE, Role, Unit, blank, scan
from corpus.due import ONE_DAY
from corpus.records import Deadline
from corpus.vietnamese import fold, squeeze

_SETS = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|hoan thanh|xong|ket thuc|het|trong|vao|den|toi|khong muon hon|khong qua)"
    r"(?: (?:la|vao|trong|truoc|het|ngay|cuoi|dau|giua|thoi han|thang|quy))* ?$"
)
_LEADING = re.compile(
    r"(?:\b(?:dinh ky|hang|moi|truoc|cham nhat|muon nhat|hoan thanh|xong|ket thuc|het|trong|vao|den|toi|khong muon hon"
    r"|khong qua|la|cuoi|dau|giua|thang|quy|nam|tuan|\d{1,2}|ngay|thoi han)\b[ (,]*)+$"
)
# "báo cáo tháng trước ngày 20": the month belongs to the report
_BARE = re.compile(r"(?:thang|quy|nam|tuan|moi|la) (?=truoc|cham nhat|muon nhat|vao|trong|khong)")
_FOLLOWING = re.compile(
    r"\)?(?: (?:hang|moi) (?:thang|quy|nam|tuan)| (?:cua )?thang (?:cuoi|dau) (?:cua )?(?:moi )?quy"
    r"| (?:cua )?thang sau)*\)?"
)
_CITED = re.compile(r" (?:cua|ve)\b")
_YEAR = 360  # days: a deadline as long as a year leaves room for a day within it


@dataclass(frozen=True)
class DutyDay:
    """The last day on time: of one year, or of every year (``year`` None; month 0 = of every month)."""

    month: int
    day: int
    year: int | None
    before: bool  # "trước ngày …": the day before the one named

    @property
    def date(self) -> dt.date | None:
        if self.year is None or self.month == 0:
            return None
        try:
            return dt.date(self.year, self.month, self.day) - ONE_DAY * self.before
        except ValueError:
            return None


def duty_days(text: str, year: int | None) -> list[DutyDay]:
    """The days that a sentence sets; ``year`` is the document's, for days that name none."""
    return [_day_of(unit, year) for unit in _setting(fold(squeeze(text)))]


def phrase_of(text: str) -> str:
    """The words of a sentence that say when, from the first day that it sets to the last; "" where it sets none.

    >>> phrase_of("Phòng Kinh tế báo cáo định kỳ trước ngày 15 hằng tháng về Sở Tài chính")
    'định kỳ trước ngày 15 hằng tháng'
    """
    words = squeeze(text)
    folded = fold(words)
    units = _setting(folded)
    if not units:
        return ""
    lead, rest = _LEADING.search(folded[: units[0].start]), _FOLLOWING.match(folded, units[-1].end)
    start = lead.start() if lead else units[0].start
    start += len(bare[0]) if (bare := _BARE.match(folded[start:])) else 0
    return words[start : rest.end() if rest else units[-1].end].strip()


def _setting(folded: str) -> list[Unit]:
    """The calendar units of a folded sentence that set its days."""
    units, _ = scan(blank(REFERENCE, folded))
    found: list[Unit] = []
    for place, unit in enumerate(units):
        begins = place + 1 < len(units) and units[place + 1].linked
        listed = bool(found) and LISTED.search(folded[found[-1].end : unit.start])
        if begins or unit.role in (Role.FROM, Role.AFTER) or unit.months >= 12 or not unit.possible:
            continue
        if unit.linked or listed or (_SETS.search(folded[: unit.start]) and not _is_cited(unit, folded)):
            found.append(unit)
    return found


def _is_cited(unit: Unit, folded: str) -> bool:
    return unit.months == 0 and unit.role is not Role.BEFORE and bool(_CITED.match(folded, unit.end))


def _day_of(unit: Unit, year: int | None) -> DutyDay:
    known = unit.year or year
    before = unit.role is Role.BEFORE
    if unit.first[0] == 0 or known is None:
        month, day = unit.first if before else unit.last
        return DutyDay(month, day or 31, None, before)
    bounds = unit.bounds(known)
    end = (bounds[0] if before else bounds[1]) if bounds else None
    month, day = (end.month, end.day) if end else unit.first
    return DutyDay(month, day, known, before)


def comparable(days: Sequence[DutyDay], deadline: Deadline) -> list[DutyDay]:
    """Of the days of a sentence those that can be held against a deadline: of every year against what recurs."""
    if deadline.recurrence:
        return [day for day in days if deadline.recurrence.days]
    return [day for day in days if day.date and _dates(deadline)]


def agrees(day: DutyDay, deadline: Deadline) -> bool:
    """Whether a day is one of a deadline's, be it "before the 15th" or "the 15th", or lies within its year."""
    if deadline.recurrence:
        return any(_same_day(day, *pair) for pair in deadline.recurrence.days)
    date = day.date
    if date is None:
        return False
    if any(abs(date - due) <= ONE_DAY for due in _dates(deadline)):
        return True
    start, end = deadline.window_start, deadline.due
    return bool(start and end and (end - start).days >= _YEAR and start <= date <= end)


def _dates(deadline: Deadline) -> list[dt.date]:
    dates = [milestone.due for milestone in deadline.milestones] + [part.due for part in deadline.parts if part.due]
    return [*dates, deadline.due] if deadline.due else dates


def _same_day(day: DutyDay, month: int, of_month: int) -> bool:
    """Whether a day of every year or month is the one named or the one before it."""
    return day.month in (0, month) and abs(day.day - of_month) <= 1
