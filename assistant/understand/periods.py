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

_YEAR = r"(?:[ /.-](?:nam )?(?P<year>20\d\d)|[ /.-]?(?:cua )?(?P<rel> ?(?:nam (?:nay|sau|toi|ngoai)|sang nam)))?"
_MONTH = re.compile(rf"(?<![\w/])(?:trong )?thang (?P<m>1[0-2]|0?[1-9])(?![\w]){_YEAR}(?!\w)")
# "Tháng sáu 2026", "quý tư": without accents "thang sau" is next month and "thang nam" no month, unless a year follows.
_MONTH_IN_WORDS = re.compile(
    rf"(?<!\w)thang (?P<words>muoi (?:mot|hai)|gieng|chap|mot|hai|ba|tu|bon|bay|tam|chin|muoi|(?:sau|nam)(?= (?:nam )?20\d\d)){_YEAR}(?!\w)"
)
_QUARTER_IN_WORDS = re.compile(rf"(?<!\w)quy (?P<words>mot|nhat|hai|ba|bon|tu|cuoi){_YEAR}(?!\w)")
_NEW_YEAR = re.compile(
    r"(?:(?<=truoc )|(?<=den )|(?<=toi )|(?<=sau ))(?P<tet>(?:tet|nam moi) (?:duong(?: lich)?|tay)|tet(?: nguyen dan| am lich| am| ta)?(?! trung| thieu| doc))(?!\w)"
)
_MONTH_SLASH = re.compile(r"(?<![\w/])(?P<m>1[0-2]|0?[1-9])/(?P<year>20\d\d)(?!\w)")
_QUARTER = re.compile(rf"(?<![\w/])quy (?P<q>iv|i{{1,3}}|[1-4])(?!\w){_YEAR}(?!\w)")
_HALF = re.compile(rf"(?<!\w)(?:6|sau) thang (?P<h>dau|cuoi) nam{_YEAR}(?!\w)")
_YEAR_ALONE = re.compile(r"(?<![\w/.-])(?:trong |ca )?(?:nam )?(?P<year>20\d\d)(?![\w/-])")
_YEARS = re.compile(
    r"(?<![\w/.-])(?:trong )?(?:(?:ca )?(?:giai doan|nhiem ky|thoi ky) )?(?:tu )?(?:nam )?(?P<year>20\d\d)"
    r"(?: ?[-–] ?| den (?:het )?| toi )(?:nam )?(?P<last>20\d\d)(?![\w/-])"
)
_DAY = re.compile(r"(?<![\w/])(?:ngay )?(?P<d>\d{1,2})[/-](?P<m>\d{1,2})(?:[/-](?P<year>\d{4}|\d\d))?(?![\w/])")
_DAY_WORDS = re.compile(r"(?<!\w)ngay (?P<d>\d{1,2}) thang (?P<m>\d{1,2})(?: nam (?P<year>\d{4}))?(?!\w)")
_RELATIVE_YEAR = re.compile(
    r"(?<!\w)(?:nam (?P<r>nay|sau|toi|ngoai|truoc(?! ngay| khi| han| \d)|roi)|(?P<next>sang nam))(?!\w)(?! 20\d\d)"
)
_NEXT_YEAR = re.compile(r"(?<!\w)(?:sang nam|nam (?:sau|toi))(?!\w)")
_MONTHS = re.compile(r"(?<![\w/])(?:thang (?:1[0-2]|0?[1-9])|quy (?:iv|i{1,3}|[1-4]))(?!\w)")
_COUNT = r"(?P<n>\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua|vai)"
_NEXT_DAYS = re.compile(
    rf"(?<!\w)(?:trong )?(?:vong )?{_COUNT} (?P<u>ngay|tuan|thang|hom) (?:nua|toi|sap toi|tiep theo|sap den|ke tiep)(?!\w)"
)
_LAST_DAYS = re.compile(
    rf"(?<!\w)(?:trong )?(?:vong )?{_COUNT} (?P<u>ngay|tuan|thang|hom) (?:qua|vua qua|truoc day|gan day|vua roi)(?!\w)"
)
_WEEKDAY = re.compile(
    r"(?<!\w)(?:thu (?P<w>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu nhat)) (?:(?P<r>tuan (?:nay|sau|toi))|nay)(?!\w)"
)
_PART_OF_MONTH = re.compile(
    rf"(?<!\w)(?P<part>nua dau|nua cuoi|dau|giua|cuoi) (?:(?P<rm>thang (?:nay|sau|toi))|thang (?P<m>1[0-2]|0?[1-9])(?![\w]){_YEAR})(?!\w)"
)
_PART_OF_QUARTER = re.compile(
    rf"(?<!\w)(?P<part>nua dau|nua cuoi|dau|giua|cuoi) (?:(?P<rq>quy (?:nay|sau|toi)|quy(?! [\div]))|quy (?P<q>iv|i{{1,3}}|[1-4])(?!\w){_YEAR})(?!\w)"
)
_PART_OF_YEAR = re.compile(
    r"(?<!\w)(?P<part>nua dau|nua cuoi|giua|(?:dau|cuoi)(?= nam (?:sau|toi))) nam(?: (?P<year>20\d\d)| (?P<rel>nay|sau|toi))?(?!\w)"
)
# "Còn dưới 45 ngày", "còn hơn 1 tháng nữa mới hết hạn", "chưa tới hạn".
_WITHIN = re.compile(
    rf"(?<!\w)(?:con|trong) (?:lai )?(?:duoi|chua den|chua toi|khong qua|it hon|chua day) {_COUNT} (?P<u>ngay|tuan|thang|hom)(?: nua)?(?!\w)"
)
_BEYOND = re.compile(rf"(?<!\w)con (?:lai )?(?:hon|tren|it nhat) {_COUNT} (?P<u>ngay|tuan|thang|hom)(?: nua)?(?!\w)")
_NOT_YET = re.compile(r"(?<!\w)chua (?:den|toi|het|qua) han(?!\w)")
_REST = re.compile(
    r"(?<!\w)(?:(?:thoi gian )?con lai(?: cua| trong)?|phan con lai(?: cua)?|het) (?P<u>tuan|thang|quy|nam)(?: nay)?(?! \d|\w)"
)
# "Nay 21/11 rồi, …": says which day it is, where it is that day.
_IT_IS = re.compile(r"(?<!\w)(?:hom )?nay (?:la |da |moi |cung )*(?=(?:ngay |mung )?\d{1,2}[/-]\d{1,2}(?!\w))")
_BEFORE = re.compile(r"(?:truoc|before)(?: ngay| thang| quy)?\s*$")
_UNTIL = re.compile(r"(?:den het|den cuoi|cho den|den|toi|cham nhat(?: la)?|het|by|until)(?: ngay)?\s*$")
_AFTER = re.compile(r"(?:sau|after)(?: ngay)?\s*$")
_FROM = re.compile(r"(?:tu|ke tu|from|since)(?: ngay)?\s*$")
_NOW_TO = re.compile(r"(?<!\w)tu (?:nay|gio|bay gio|hom nay) (?:den|toi|cho den)(?: het| cuoi)? *")
_SPECIAL = re.compile(
    r"(?<!\w)(?P<k>hom nay|today|ngay mai|hom qua|ngay (?:kia|mot)|(?:tuan|thang|quy) (?:nay|sau|toi|truoc(?! ngay| khi| han| \d)|roi|vua roi|ke tiep)"
    r"|trong (?:tuan|thang|quy)(?= (?:co|phai|viec|nhiem vu|thi|can|den|toi|la)(?= |$)|,|$)"
    r"|cuoi nam(?: nay)?|cuoi thang|cuoi tuan(?: nay)?|dau nam(?: nay)?|sap toi han|sap toi|sap (?:den|het|qua|can) han"
    r"|this week|next week|this month|next month|this year|this quarter)(?!\w)"
)
# Days that no text of a plan names by such words: they are no topic.
RELATIVE = re.compile(
    r"(?<!\w)(?:(?:tinh )?(?:den|toi) )?(?:sang nam|nam (?:toi|ngoai)|nam sau(?! thang)|hom nay|ngay mai|hom qua|ngay (?:kia|mot)|(?:tuan|thang|quy) (?:nay|sau|toi|truoc(?! ngay| khi| han| \d)|roi)|(?:trong )?(?:vong )?\d{1,3} (?:ngay|tuan|hom) (?:nua|toi|sap toi|qua)|(?:con |duoc )?(?:may|bao nhieu) (?:ngay|hom)(?: nua)?(?= (?:la|de|den|thi|toi)|$)|(?:may|bao nhieu) (?:ngay|hom) nua)(?!\w)"
)
_DAYS = r"(?:ngay|hom)(?P<working> (?:lam viec|cong))?"
DAYS_LEFT = re.compile(
    rf"(?<!\w)(?:(?:con|qua(?: han)?|tre(?: han)?|cham|het)(?: lai)?(?: duoc| da)? (?:may|bao nhieu) {_DAYS}"
    rf"|(?:may|bao nhieu) {_DAYS.replace('working', 'at_work')} nua"
    r"|(?:tre|qua(?: han)?|cham|lo)(?: han)?(?: duoc| da| mat)? (?:bao lau|may (?:tuan|thang)|bao nhieu (?:tuan|thang))(?: roi)?"
    r"|(?:con )?bao lau nua(?= (?:la|thi|den|moi|het)|$))(?!\w)"
)
_JOIN = re.compile(r"\s*(?:den|toi|-|–|va|hoac|hay|cho den)?\s*(?:het|cuoi|ngay|nam)?\s*")
_OR = re.compile(r"\b(?:hoac|hay)\b")
_LOOSE = (
    "cuoi nam",
    "dau nam",
    "giua nam",
    "nam nay",
    "trong nam",
    "sap toi",
)  # a day or quarter beside them says more
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_MONTH_NAMES = {**_NUMBERS, "gieng": 1, "tu": 4, "muoi mot": 11, "muoi hai": 12, "chap": 12}
_WEEKDAYS = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
_LENGTHS = {"ngay": 1, "hom": 1, "tuan": 7, "thang": 30}  # days
_TENTHS = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, 0), "nua dau": (1, 15), "nua cuoi": (16, 0)}


@dataclass(frozen=True)
class Window:
    """The days that words name, before "trước" or "sau" bends them."""

    start: dt.date
    end: dt.date
    span: tuple[int, int]


def day_stated(line: str, today: dt.date) -> tuple[int, int] | None:
    """Where a line only says which day it is, beside the period it asks about ("nay 21/11 rồi, tháng 12 …"); else None."""
    said = _IT_IS.search(line)
    windows = _windows(line, today) if said else []
    at = next((w for w in windows if said and w.span[0] == said.end() and w.start == w.end == today), None)
    if said is None or at is None or not any(w.start > today or w.end > today for w in windows):
        return None
    return said.start(), at.span[1]


def find_period(line: str, today: dt.date) -> tuple[Period, tuple[int, int]] | None:
    """The period in a line of folded words, and the characters that name it; None where there is none."""
    if shifted := _in_next_year(line, today):
        return shifted
    if ahead := _ahead(line, today):
        return ahead
    windows = _windows(line, today)
    if not windows:
        return None
    first = windows[0]
    if len(windows) > 1 and _says_again(line, first, windows[1]):
        first = Window(first.start, first.end, (first.span[0], windows[1].span[1]))
        windows = [first]
    if now := _NOW_TO.search(line):
        last = next((w for w in windows if w.span[1] > now.end()), windows[-1])
        span = (min(now.start(), last.span[0]), last.span[1])
        return Period(start=today, end=last.end, text=line[slice(*span)]), span
    between = line[first.span[1] : windows[1].span[0]] if len(windows) > 1 else ""
    either = _OR.search(between) and _within(first, windows[1])  # "quý IV hoặc năm 2026": not all of the year
    if len(windows) > 1 and not either and _JOIN.fullmatch(between):
        second = windows[1]
        span = (first.span[0], second.span[1])
        return Period(
            start=min(first.start, second.start), end=max(first.end, second.end), text=line[slice(*span)]
        ), span
    if len(windows) > 1 and _within(windows[1], first) and line[slice(*first.span)].startswith(_LOOSE):
        first = windows[1]
    return _bent(line, first)


def _within(inner: Window, outer: Window) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def spans_around(line: str, today: dt.date, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Where a line names days among which those named at ``span`` are ("cuối năm … quý IV")."""
    windows = _windows(line, today)
    named = next((w for w in windows if span[0] <= w.span[0] and w.span[1] <= span[1]), None)
    return [w.span for w in windows if named and w is not named and _within(named, w)]


def _says_again(line: str, first: Window, second: Window) -> bool:
    """Whether a second period only says which the first one is: "quý vừa rồi (quý IV)"."""
    one, other = line[slice(*first.span)], line[slice(*second.span)]
    same_unit = one.split()[0] == other.split()[0] in ("quy", "thang", "tuan")
    relative = re.search(r"(?:nay|sau|toi|truoc|roi|ke tiep)$", one)
    return bool(same_unit and relative and not line[first.span[1] : second.span[0]].strip(" ,"))


def _ahead(line: str, today: dt.date) -> tuple[Period, tuple[int, int]] | None:
    """The days to come that are told by how many are left; None where none are."""
    if match := _WITHIN.search(line):
        period = Period(start=today, end=_next_days(match, today)[1], text=match[0])
    elif match := _BEYOND.search(line):
        period = Period(start=_next_days(match, today)[1] + dt.timedelta(days=1), end=None, text=match[0])
    elif match := _NOT_YET.search(line):
        period = Period(start=today, end=None, text=match[0])
    else:
        return None
    return period, match.span()


def _in_next_year(line: str, today: dt.date) -> tuple[Period, tuple[int, int]] | None:
    """The period of months or quarters to which "sang năm" or "năm sau" belongs, wherever that stands; else None.

    Of two months the year belongs to both, where the second does not come first in the year ("tháng 11 đến tháng 3").
    """
    said = _NEXT_YEAR.search(line)
    months = _MONTHS.findall(line)
    if said is None or not months or re.search(r"20\d\d|(?<!\w)nay(?!\w)", line):
        return None
    rest = line[: said.start()] + " " * len(said[0]) + line[said.end() :]
    found = find_period(rest, today.replace(year=today.year + 1, day=min(today.day, 28)))
    in_order = found is None or not (first := _windows(rest, today)) or first[0].start <= first[-1].start
    return found if in_order else None


def asks_working_days(line: str) -> bool:
    """Whether the days left that a line asks for are to be working days."""
    match = DAYS_LEFT.search(line)
    return bool(match and (match["working"] or match["at_work"]))


def find_day(line: str, today: dt.date) -> tuple[dt.date, tuple[int, int]] | None:
    """The one day that a line names ("ngày 03/02/2027", "hôm nay") and the characters that name it; else None."""
    days = [window for window in _windows(line, today) if window.start == window.end]
    return (days[0].start, days[0].span) if len(days) == 1 else None


def _bent(line: str, window: Window) -> tuple[Period, tuple[int, int]]:
    before = line[: window.span[0]]
    day = dt.timedelta(days=1)
    ends = line[slice(*window.span)].startswith("cuoi")  # "trước cuối năm": until it ends, not until its end begins
    for pattern, start, end in (
        (_BEFORE, None, window.end if ends else window.start - day),
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
        (_DAY_WORDS, _day), (_HALF, _half), (_PART_OF_MONTH, _part_of_month), (_PART_OF_QUARTER, _part_of_quarter),
        (_QUARTER, _quarter), (_MONTH, _month), (_MONTH_IN_WORDS, _month_in_words), (_QUARTER_IN_WORDS, _quarter_in_words), (_NEW_YEAR, _new_year), (_MONTH_SLASH, _month), (_DAY, _day), (_WEEKDAY, _weekday),
        (_NEXT_DAYS, _next_days), (_LAST_DAYS, _last_days), (_PART_OF_YEAR, _part_of_year), (_REST, _rest),
        (_SPECIAL, _special), (_RELATIVE_YEAR, _relative_year), (_YEARS, _years), (_YEAR_ALONE, _year_alone),
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


def _month_in_words(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    month = _MONTH_NAMES[match["words"]]
    return _months(_year(match, today), month, month)


def _quarter_in_words(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    quarter = {"nhat": 1, "cuoi": 4}.get(match["words"]) or _NUMBERS.get(match["words"], 4)
    return _months(_year(match, today), 3 * quarter - 2, 3 * quarter)


def _new_year(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The next New Year's day: 1 January, or that of the lunar year by the public holidays of Vietnam."""
    if match["tet"].endswith(("duong", "duong lich", "tay")):
        day = dt.date(today.year + 1, 1, 1)
        return day, day
    from holidays import country_holidays  # takes long to load, and few ask for it

    named = country_holidays("VN", years=(today.year, today.year + 1), language="en_US").items()
    coming = min((day for day, name in named if name == "Lunar New Year" and day >= today), default=None)
    return (coming, coming) if coming else None


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


def _years(match: re.Match[str], _today: dt.date) -> tuple[dt.date, dt.date] | None:
    first, last = int(match["year"]), int(match["last"])
    return (dt.date(first, 1, 1), dt.date(last, 12, 31)) if first <= last else None


def _relative_year(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    step = 1 if match["next"] else {"nay": 0, "sau": 1, "toi": 1}.get(match["r"], -1)
    return _months(today.year + step, 1, 12)


def _next_days(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    return today, _days_from(match, today, 1)


def _last_days(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    return _days_from(match, today, -1), today


def _days_from(match: re.Match[str], today: dt.date, direction: int) -> dt.date:
    unit = match["u"]
    if match["n"] in ("nua", "vai"):
        days = {"thang": 15, "tuan": 4}.get(unit, 3) if match["n"] == "nua" else 3 * _LENGTHS[unit]
        return today + dt.timedelta(days=direction * days)
    count = _NUMBERS.get(match["n"]) or int(match["n"])
    if unit == "thang":
        return _months_away(today, direction * count)
    return today + dt.timedelta(days=direction * count * _LENGTHS[unit])


def _months_away(day: dt.date, count: int) -> dt.date:
    """The same day some months away, the last of its month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _weekday(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    number = 8 if match["sunday"] else _WEEKDAYS.get(match["w"]) or int(match["w"])
    monday = _monday(today) + dt.timedelta(weeks=bool(match["r"]) and not match["r"].endswith("nay"))
    day = monday + dt.timedelta(days=number - 2)
    return day, day


def _monday(today: dt.date) -> dt.date:
    return today - dt.timedelta(days=today.weekday())


def _part_of_month(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    start, end = _month(match, today) if match["m"] else _shifted_month(today, not match["rm"].endswith("nay"))
    if match["part"] == "cuoi" and not match["m"]:
        return start, end
    first, last = _TENTHS[match["part"]]
    return start.replace(day=first), start.replace(day=last) if last else end


def _part_of_quarter(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    if match["q"]:
        start, end = _quarter(match, today)
    else:
        start, end = _shifted_quarter(today, bool(re.search("sau|toi", match["rq"])))
    first, middle, last = ((start.year, start.month + i) for i in range(3))
    month = {"dau": first, "giua": middle, "cuoi": last}.get(match["part"])
    if month:
        return _months(month[0], month[1], month[1])
    half = dt.date(*middle, 15)
    return (start, half) if match["part"] == "nua dau" else (half + dt.timedelta(days=1), end)


def _part_of_year(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    year = int(match["year"]) if match["year"] else today.year + (match["rel"] in ("sau", "toi"))
    return _months(
        year, *{"nua dau": (1, 6), "giua": (5, 8), "nua cuoi": (7, 12), "dau": (1, 3), "cuoi": (10, 12)}[match["part"]]
    )


def _rest(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    return today, {
        "tuan": _monday(today) + dt.timedelta(days=6),
        "thang": _shifted_month(today, 0)[1],
        "quy": _shifted_quarter(today, 0)[1],
        "nam": dt.date(today.year, 12, 31),
    }[match["u"]]


def _special(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    words = match["k"]
    away = {"hom nay": 0, "today": 0, "ngay mai": 1, "hom qua": -1, "ngay kia": 2, "ngay mot": 2}.get(words)
    if away is not None:
        day = today + dt.timedelta(days=away)
        return day, day
    if words.startswith("sap"):
        return today, today + dt.timedelta(days=30)
    if words.startswith("dau nam"):
        return _months(today.year, 1, 3)
    if words.startswith("cuoi nam"):
        return _months(today.year, 10, 12)
    if words == "this year":
        return _months(today.year, 1, 12)
    step = 1 if re.search(r"sau|toi|next|ke tiep", words) else -1 if re.search(r"truoc|roi", words) else 0
    if "tuan" in words or "week" in words:
        monday = _monday(today) + dt.timedelta(weeks=step)
        return monday, monday + dt.timedelta(days=6)
    if "quy" in words or "quarter" in words:
        return _shifted_quarter(today, step)
    return _shifted_month(today, step)


def _shifted_quarter(today: dt.date, step: int) -> tuple[dt.date, dt.date]:
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + step, 4)
    return _months(year, 3 * quarter + 1, 3 * quarter + 3)


def _shifted_month(today: dt.date, step: int) -> tuple[dt.date, dt.date]:
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    return _months(year, month + 1, month + 1)
