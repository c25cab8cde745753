"""The calendar words of a deadline: days, months, quarters, halves and years.

Everything here works on text from ``vietnamese.fold`` (same length as the squeezed cell), in which words
already used up are overwritten: a calendar unit by ``UNIT``, words that name no date by ``BLANK``.
Lengths never change, so that positions are positions in the cell.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.vietnamese import roman_value

YEARS = range(1990, 2101)
UNIT, BLANK = "\x00", "\x01"
LEAP = 2028  # recurring days are reckoned in a leap year: the end of February is (2, 29), clamped later

MonthDay = tuple[int, int]


class Role(StrEnum):
    DUE = "due"  # trong, đến, chậm nhất, or nothing
    BEFORE = "before"  # trước
    AFTER = "after"  # sau
    FROM = "from"  # từ, bắt đầu từ


@dataclass(frozen=True, slots=True)
class Unit:
    """A calendar expression at ``[start, end)``: from ``first`` to ``last``, both (month, day).

    Day 0 is the last day of its month; month 0 is a day of no named month ("ngày 20"). ``months`` is how
    long the unit is (0 a day). ``linked`` joins it to the unit before it as the end of a range.
    """

    start: int
    end: int
    months: int
    first: MonthDay
    last: MonthDay
    year: int | None = None
    role: Role = Role.DUE
    tentative: bool = False
    linked: bool = False

    def bounds(self, year: int | None) -> tuple[dt.date, dt.date] | None:
        """The first and last day in that year; None where there are no such days."""
        if year is None or year not in YEARS:
            return None
        try:
            return dt.date(year, *self.first), _day(year, self.last)
        except ValueError:
            return None

    @property
    def possible(self) -> bool:
        """Whether such days exist at all: not 31/02, month 13, quarter V or the year 2200."""
        if self.first[0] == 0:
            return 1 <= self.first[1] <= 31
        return self.bounds(LEAP if self.year is None else self.year) is not None


def _day(year: int, month_day: MonthDay) -> dt.date:
    month, day = month_day
    return dt.date(year, month, day or calendar.monthrange(year, min(max(month, 1), 12))[1])


# --- the patterns, in the order in which they use up the text -------------------------------------------

_DASH = "[-–—−‐‑]"
_N = "[0-9]{1,2}(?![0-9])"
_YEAR = rf"(?:(?: ?[/.,]| ?{_DASH}| ?,? nam| cua nam)? ?(?P<year>[0-9]{{4}})(?![0-9/]))?"
_SEP = rf"(?: ?(?:,|&|{_DASH}) ?| (?:va|den|toi|hoac)(?: het| cuoi)? )"
_MONTH_WORD = r"(?:muoi mot|muoi hai|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)(?= ?/ ?[0-9]{4}| nam [0-9]{4})"
_M = rf"(?:{_N}(?! ?(?:thang|ngay|lan|%)| ?[/.] ?{_N})|{_MONTH_WORD})"
_Q_WORD = r"(?:mot|nhat|hai|ba|bon|tu)(?= ?/ ?[0-9]{4}| nam [0-9]{4})"
_Q = rf"(?:[ivxl]{{1,4}}(?![a-z0-9])|{_N}(?! ?[/.] ?{_N})|{_Q_WORD})"
_NUMBERS = {
    "mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_ITEM = re.compile(rf"(?:\bthang )?(?P<item>[0-9]{{1,2}}|\b(?:{_WORDS})\b)")
_Q_ITEM = re.compile(rf"(?:\bquy )?(?:\b|(?<=q)|(?<=quy))(?P<item>[ivxl]{{1,4}}(?![a-z])|[0-9]{{1,2}}|(?:{_WORDS})\b)")

# Law numbers are not dates: "số 66/NQ-CP ngày 26/03/2025", "41/2025/NQ-HĐND".
REFERENCE = re.compile(
    r"(?:\bso:? ?[0-9][0-9a-z./&-]*|(?<![0-9/])[0-9]{1,5}(?:/[0-9]{4})?/[a-z][0-9a-z&-]*)"
    r"(?:,? ngay [0-9]{1,2}(?:/| thang )[0-9]{1,2}(?:/| nam )[0-9]{4})?"
)
# "6 tháng đầu năm", "9 tháng năm 2026", "6 tháng cuối năm 2026"
_HALF = re.compile(
    r"(?<![0-9])(?:0?(?P<n>[369])|sau) thang (?:(?P<edge>dau|cuoi) (?:cua )?nam(?!\w)|(?=nam [0-9]{4}))" + _YEAR
)
_HALF_WORD = re.compile(rf"\bnua (?P<edge>dau|cuoi) nam\b{_YEAR}")
# "10-15/5/2026", "từ ngày 10 đến 15/5"
_DAY_RANGE = re.compile(
    rf"(?:\bngay )?(?<!thang )(?<!quy )(?<![0-9/.])({_N}) ?(?:{_DASH}|den(?: ngay)?) ?({_N}) ?/ ?({_N})"
    r"(?: ?/ ?(?P<year>[0-9]{4}))?(?![0-9/])"
)
# "10/5/2026", "10-5-2026", "10.5.2026", "30/6 năm 2026"
_DAY = re.compile(
    rf"(?:\bngay )?(?<![0-9/.])({_N}) ?(?P<sep>[/.-]) ?({_N})(?: ?(?P=sep) ?|,? nam )(?P<year>[0-9]{{4}})(?![0-9/])"
)
# "2026-06-15", as sheets and programs write it
_ISO_DAY = re.compile(
    r"(?:\bngay )?(?<![0-9/.-])(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?![0-9/-])"
)
# "ngày 10 tháng 5 năm 2026", "ngày 20 các tháng 3, 6, 9"
_DAY_WORDS = re.compile(
    rf"(?:\b(?:ngay|mung|mong) )?(?<![0-9/.])(?P<day>{_N}) (?:cua )?(?:cac )?thang "
    rf"(?P<list>{_M}(?:{_SEP}(?:thang )?{_M})*){_YEAR}"
)
# "Tháng 5/2026", "tháng 3, 6, 9/2026", "tháng 5-6/2026"
_MONTHS = re.compile(rf"(?<!hang )(?<!moi )\bth[e]?ang ?(?P<list>{_M}(?:{_SEP}(?:thang )?{_M})*){_YEAR}")
# "Quý IV/2026", "Quý 4 năm 2026", "quý III - IV/2026", "Q4/2026"
_QUARTERS = re.compile(rf"(?<!hang )(?<!moi )\b(?:quy ?|q\.? ?(?=[0-9]))(?P<list>{_Q}(?:{_SEP}(?:quy )?{_Q})*){_YEAR}")
_MONTH_YEAR = re.compile(rf"(?<![0-9/.])({_N}) ?/ ?(?P<year>[0-9]{{4}})(?![0-9/])")
_DAY_MONTH = re.compile(
    rf"(?:\bngay )?(?<![0-9/.])(?!24 ?/ ?24)({_N}) ?/ ?({_N})(?! ?[0-9/]| ?lan| ngay)"
    rf"|\bngay ({_N})[.-]({_N})(?![.-]?[0-9])"
)
# "Năm 2026", "2026 - 2030"; a number of four digits alone is a year only where a date could end
_YEARS = re.compile(
    rf"\bnam ?(?P<year>[0-9]{{4}})(?![0-9])"
    rf"|(?<![0-9/.,])(?P<bare>[12][0-9]{{3}})(?=$| ?(?:[,;:.()\x00\x01]|{_DASH}|den\b|toi\b|va\b|tro\b))"
)
# "ngay trong năm", "đến hết năm", "cuối năm": the year of the document
_THE_YEAR = re.compile(
    r"\b(?:(?<=trong )|(?<=het )|(?<=cuoi )|(?<=dau )|(?<=giua ))nam(?: nay)?"
    r"(?! ?[0-9]| (?:sau|toi|truoc|ngoai|hoc|lien|thu)\b)\b"
)
_BARE_DAY = re.compile(
    rf"\bngay (?P<list>{_N}(?:{_SEP}(?:ngay )?{_N})*)(?! ?(?:lam viec|thang(?! (?:cuo|dau))|ngay|/))"
)

_EDGE = re.compile(r"\b(nua dau|nua cuoi|dau|giua|cuo[il]) (?:ngay )?(?:cua )?$")


def _edged(start: int, end: int, months: int, first: int, year: int | None, folded: str) -> Unit:
    """A unit of whole months from month ``first`` on; "đầu", "giữa", "cuối" before it make it a day."""
    last = first + max(months, 1) - 1
    whole = Unit(start, end, months, (first, 1), (last, 0), year)
    edge = _EDGE.search(folded[max(0, start - 20) : start])
    if edge is None:
        return whole
    middle = {1: (first, 15), 3: (first + 1, 15)}.get(months, (first + months // 2 - 1, 0))
    point = {"dau": (first, 1), "giua": middle, "nua dau": middle}.get(edge[1], (last, 0))
    if edge[1].startswith("nua"):
        return replace(whole, last=point)
    return replace(whole, months=0, first=point if point[1] else (point[0], _last_day(point[0])), last=point)


def _last_day(month: int) -> int:
    """The shortest last day, so that it exists in every year."""
    return calendar.monthrange(2027, month)[1]


Match = re.Match[str]
Build = Callable[[Match, str], Iterator[Unit]]


def _year(match: Match) -> int | None:
    found = match.groupdict().get("year") or match.groupdict().get("bare")
    return int(found) if found else None


def _half(match: Match, folded: str) -> Iterator[Unit]:
    length = int(match.groupdict().get("n") or 6)
    first = 13 - length if match["edge"] == "cuoi" else 1
    yield Unit(*match.span(), length, (first, 1), (first + length - 1, 0), _year(match))


def _day_range(match: Match, folded: str) -> Iterator[Unit]:
    one, other, month = int(match[1]), int(match[2]), int(match[3])
    yield Unit(*match.span(), 0, (month, one), (month, other), _year(match))


def _iso_day(match: Match, folded: str) -> Iterator[Unit]:
    yield _one_day(match.span(), int(match["month"]), int(match["day"]), _year(match))


def _day_month(match: Match, folded: str) -> Iterator[Unit]:
    numbers = [int(group) for name, group in enumerate(match.groups(), 1) if group and group.isdigit()]
    yield _one_day(match.span(), numbers[1], numbers[0], _year(match))


def _one_day(span: tuple[int, int], month: int, day: int, year: int | None) -> Unit:
    return Unit(*span, 0, (month, day), (month, day), year) if day and month else _nowhere(span)


def _nowhere(span: tuple[int, int]) -> Unit:
    """A unit that no calendar has: it makes the words around it unreadable."""
    return Unit(*span, 0, (13, 1), (13, 1))


def _listed(match: Match, item: re.Pattern[str]) -> Iterator[tuple[str, tuple[int, int], int | None]]:
    """The members of "tháng 3, 6, 9/2026" with their places; the year stands with the last."""
    found = list(item.finditer(match.string, *match.span("list")))
    for place, one in enumerate(found):
        start = match.start() if place == 0 else one.start()
        final = place == len(found) - 1
        yield one["item"], (start, match.end() if final else one.end()), _year(match) if final else None


def number_of(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word, 0)


def _day_words(match: Match, folded: str) -> Iterator[Unit]:
    for word, span, year in _listed(match, _ITEM):
        yield _one_day(span, number_of(word), int(match["day"]), year)


def _months(match: Match, folded: str) -> Iterator[Unit]:
    for word, span, year in _listed(match, _ITEM):
        number = number_of(word)
        yield _edged(*span, 1, number, year, folded) if 1 <= number <= 12 else _nowhere(span)


def _quarters(match: Match, folded: str) -> Iterator[Unit]:
    for word, span, year in _listed(match, _Q_ITEM):
        number = number_of(word) or roman_value(word.replace("l", "i").upper()) or 0
        yield _edged(*span, 3, 3 * number - 2, year, folded) if 1 <= number <= 4 else _nowhere(span)


def _month_year(match: Match, folded: str) -> Iterator[Unit]:
    number = int(match[1])
    yield (_edged(*match.span(), 1, number, _year(match), folded) if 1 <= number <= 12 else _nowhere(match.span()))


def _whole_year(match: Match, folded: str) -> Iterator[Unit]:
    yield _edged(*match.span(), 12, 1, _year(match), folded)


def _bare_days(match: Match, folded: str) -> Iterator[Unit]:
    for one in re.finditer(_N, match["list"]):
        at = match.start("list") + one.start()
        day = (0, int(one[0]))
        yield Unit(match.start() if one.start() == 0 else at, at + len(one[0]), 0, day, day)


_RULES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_HALF, _half),
    (_HALF_WORD, _half),
    (_ISO_DAY, _iso_day),
    (_DAY_RANGE, _day_range),
    (_DAY, _day_month),
    (_DAY_WORDS, _day_words),
    (_MONTHS, _months),
    (_QUARTERS, _quarters),
    (_MONTH_YEAR, _month_year),
    (_DAY_MONTH, _day_month),
    (_YEARS, _whole_year),
    (_THE_YEAR, _whole_year),
    (_BARE_DAY, _bare_days),
)

# --- the words before a unit ----------------------------------------------------------------------------

_HOUR = r"(?P<hour>[0-9]{1,2}) ?(?:h|g|gio|:)(?: ?[0-9]{2}(?: ?phut)?)?"
_FILL = r"(?: (?:ngay|thoi diem|moc|luc|dau|giua|cuoi|vao|trong|khoang))*"
_BEFORE = re.compile(rf"\btruoc{_FILL}(?: {_HOUR}(?: ?,)?(?: cua)?{_FILL})? ?$")
_AFTER = re.compile(rf"(?<!thu )(?<!thang )\bsau{_FILL} ?$")
_FROM = re.compile(rf"\b(?:tu|bat dau|khoi dong){_FILL} ?$")
LISTED = re.compile(r"^ ?(?:,|;|va|&|hoac)(?: ngay)? ?$")
_RANGE = re.compile(
    rf"^ ?(?:{_DASH}|(?:cho )?(?:den|toi))(?: (?:het|truoc|cuoi|dau|giua|khoang|thoi diem|trong|ngay))* ?$"
)
_TENTATIVE = re.compile(r"\bd[uyv] kien\b")
_TENTATIVE_AFTER = re.compile(r" ?\( ?d[uyv] kien ?\)")


def role_of(lead: str) -> Role:
    before = _BEFORE.search(lead)
    if before:  # "trước 16h00 ngày 10/5": the hour falls on that very day
        return Role.DUE if int(before["hour"] or 0) else Role.BEFORE
    if _AFTER.search(lead):
        return Role.AFTER
    return Role.FROM if _FROM.search(lead) else Role.DUE


def _with_lead(unit: Unit, previous: Unit | None, folded: str) -> Unit:
    lead = folded[max(previous.end if previous else 0, unit.start - 60) : unit.start]
    role = role_of(lead)
    if role == Role.FROM and unit.months == 0 and unit.first != unit.last:
        role = Role.DUE  # "từ ngày 10-15/5" has its end with it
    expected = bool(_TENTATIVE.search(lead) or _TENTATIVE_AFTER.match(folded[unit.end : unit.end + 12]))
    if previous is None:
        return replace(unit, role=role, tentative=expected)
    listed, linked = bool(LISTED.search(lead)), bool(_RANGE.search(lead))
    if role == Role.DUE and listed and previous.months == unit.months and previous.role == Role.BEFORE:
        role = Role.BEFORE  # "trước ngày 15/6 và 15/12"
    tentative = expected or (previous.tentative and (listed or linked))
    return replace(unit, role=role, tentative=tentative, linked=linked)


def scan(folded: str) -> tuple[list[Unit], str]:
    """The calendar units in their order, and the text with their words overwritten by ``UNIT``."""
    found: list[Unit] = []
    rest = folded

    def use_up(build: Build) -> Callable[[Match], str]:
        def used(match: Match) -> str:
            found.extend(build(match, folded))
            return UNIT * len(match[0])

        return used

    for pattern, build in _RULES:
        rest = pattern.sub(use_up(build), rest)
    units: list[Unit] = []
    for unit in sorted(found, key=lambda unit: unit.start):
        units.append(_with_lead(unit, units[-1] if units else None, folded))
    return units, rest


# Numbers left beside a word of the calendar, weeks of a month, school years: not to be guessed.
_UNREAD = re.compile(
    r"[0-9] ?/ ?[0-9]|(?<!hang )(?<!moi )\bth[e]?ang ?[0-9](?![0-9]? lan)|\b(?:quy|ngay|nam) ?[0-9](?![0-9]? lan)"
    r"|\bnam hoc\b"
    r"|(?<!hang )(?<!moi )\b(?:thang|quy)[ ,]{1,2}\x00|\bquy [ivx]+\b(?! pham)"
    r"|\b(?:tuan|[0-9]{1,3} ngay)(?: (?:thu|dau|cuoi))?(?: [a-z0-9]{1,4})? (?:cua )?\x00"
)


def unread(rest: str, start: int, end: int) -> bool:
    """Whether ``rest`` (of ``scan``) keeps words of the calendar there that no rule could read."""
    return _UNREAD.search(rest, start, end) is not None


def blank(pattern: re.Pattern[str], folded: str) -> str:
    """The text with all matches overwritten by ``BLANK``."""
    return pattern.sub(lambda match: BLANK * len(match[0]), folded)
