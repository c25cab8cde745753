"""How a deadline cell is cut into the things it says, and what each of them is.

What waits for an event, goes on or recurs is read here; dated words are left to ``deadline_dates``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from corpus.deadline_cells import APPLIES, EVENT, ONGOING, Cell, Dates, between, unreadable
from corpus.deadline_grammar import Role, Unit, unread
from corpus.deadline_recurrence import RECURS, is_often, product_days, recurrence
from corpus.due import ONE_DAY
from corpus.records import Deadline, DeadlineKind
from corpus.vietnamese import fold, number_in_words, squeeze

# --- how a cell is cut into the things it says ----------------------------------------------------------

_OTHER_STARTS = (
    r"(?:bao cao|theo|thuong xuyen|lien tuc|dinh ky|(?:hang|moi) (?:nam|quy|thang|tuan)|sau khi|ngay sau|"
    r"ngay khi|khi|dot xuat|doi voi|cac|ubnd|so|phong)\b"
)
_FIRM_STARTS = r"(?:(?:truoc|cham nhat|muon nhat|hoan thanh)\b|(?:ngay|thang|quy|nam) ?(?:[0-9]|[iv]+\b))"
_DATE_STARTS = rf"(?:{_FIRM_STARTS}|(?:trong|den|tu|giai doan|du kien)\b)"
# "Trước 15/5/2026, cập nhật hằng tháng": done by a day, and kept up from then on.
_KEPT_UP = (
    r"(?:(?:sau do|tiep tuc|thuong xuyen|cap nhat|ra soat|bo sung|kiem tra|duy tri|danh gia|dieu chinh|theo doi|"
    r"thuc hien|va) ){1,5}(?:dinh ky )?(?:hang|moi) (?:nam|quy|thang|tuan)\b"
)
_CUT = re.compile(
    rf";|•|(?:^|(?<= ))[-–—+*] ?(?={_OTHER_STARTS})|(?:^|(?<=[a-hj-uw-z).,] ))[-–—+*] ?(?={_DATE_STARTS})"
    rf"|^[-–—+*] |(?<=\.) (?={_OTHER_STARTS}|{_DATE_STARTS})"
    rf"|(?<=\))(?<!kien\)),? (?=(?:bao cao|theo|thuong xuyen|khi|sau khi|ngay sau)\b|{_FIRM_STARTS})"
    r"| (?=bao cao [^;()]{0,60}\(? ?[l1][o06]ng ghep)"
    rf"|(?:, ?va |,| va) (?={_KEPT_UP})"
)
_PARENTHESIS = re.compile(r"\((?! ?d[uyv] kien ?\))[^()]*\)")
_APPLIES_OPEN = re.compile(
    r"(?:^|\x00 ?,? ?)(?:ap dung )?doi voi ([^:\x00]+?)"
    r"(?=,? (?:truoc|cham nhat|muon nhat|hoan thanh|trong|den|vao)\b| ?[:\x00]|$)"
)
_LABEL = re.compile(
    r"^[ -]*(?:doi voi )?(?!(?:thoi (?:han|gian)|hoan thanh|han|tien do|bao cao|du kien)\b)([^\W\d_][^:;\x00]{1,80}): "
)

# --- the words of what has no date of its own -----------------------------------------------------------

_AFTER_EVENT = re.compile(
    r"(?:,|;| nhung) ?(?:nhung )?(?:(?:bao cao|hoan thanh|phai|xong|gui)\b ?){0,3}"
    r"(?:truoc|cham nhat|muon nhat|khong qua|khong muon hon|hoan thanh)\b[^\x00]{0,30}\x00"
    r"|(?:,| va| hoac)? (?:thuong xuyen|lien tuc)\b"
)
_PLAIN_EVENT_DATE = re.compile(r" (?:truoc|cham nhat|muon nhat)(?: (?:la|trong|vao|[0-9h: ]{1,6}))* ?\x00")
_TENTATIVE_PARENTHESIS = re.compile(r"\(? ?d[uyv] kien[^()]*\)?")
_OFTEN = re.compile(r"\b(?:hang|moi) (?:tuan|thang)\b")
_PERIODIC = re.compile(r"\bdinh ky\b")

# "Trong thời hạn 15 ngày kể từ ngày ...", "sau 05 ngày làm việc kể từ ngày ...", "chậm nhất 30 ngày sau khi"
_OFFSET = re.compile(
    r"(?P<lead>\btrong(?: (?:vong|thoi han|thoi gian))?|\bsau|\bcham nhat(?: (?:la|sau|trong))*|\bthoi han|"
    r"\bmuon nhat|\bkhong qua|)(?: la)? ?(?<![0-9a-z/])(?P<n>[0-9]{1,3}|(?:[a-z]+ ){0,2}[a-z]+)(?: ?\([^()]{1,30}\))? ?"
    r"(?P<unit>ngay lam viec|ngay|tuan lam viec|tuan|thang|gio)\b(?! ?[0-9\x00]| (?:dau|cuoi|giua)\b)"
    r"(?P<link>,? ?(?:ke tu|tinh tu|tu|sau|truoc(?! ?\x00))(?: (?:ngay|khi|thoi diem|luc))*\b)?"
)


def clauses(cell: Cell) -> Iterator[Deadline | Dates]:
    """What the cell says, in its order; dated words without their years."""
    masked = _PARENTHESIS.sub(lambda match: f"({'x' * (len(match[0]) - 2)})", cell.folded)
    cuts = [(match.start(), match.end()) for match in _CUT.finditer(masked)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(masked)]
    for start, end in zip(starts, ends, strict=True):
        start += len(masked[start:end]) - len(masked[start:end].lstrip())
        yield from _clause(cell, start, end)


def _clause(cell: Cell, start: int, end: int) -> Iterator[Deadline | Dates]:
    applies_to, start = _applies_to(cell, start, end)
    offset = _OFFSET.search(cell.rest, start, end)
    while offset and not _is_offset(offset):
        offset = _OFFSET.search(cell.rest, offset.start() + 1, end)
    if offset:
        yield _counted(cell, start, end, offset, applies_to)
        return
    while start < end:
        piece, start = _piece(cell, start, end, applies_to)
        if piece is not None:
            yield piece


def _applies_to(cell: Cell, start: int, end: int) -> tuple[str | None, int]:
    """To what a clause applies, and where the clause begins after a label ("Cấp xã: ...")."""
    found = APPLIES.search(cell.folded, start, end)
    if found:
        return cell.words(*found.span(1)), start
    label = _LABEL.match(cell.rest[start:end])
    if label and not (EVENT.search(label[1]) or ONGOING.search(label[1]) or RECURS.search(label[1])):
        return cell.words(start + label.start(1), start + label.end(1)), start + label.end()
    found = _APPLIES_OPEN.search(cell.rest[start:end])
    return (cell.words(start + found.start(1), start + found.end(1)) if found else None), start


def _piece(cell: Cell, start: int, end: int, applies_to: str | None) -> tuple[Deadline | Dates | None, int]:
    """The first thing that the words say, and where the next one begins."""
    ongoing = cell.first_ongoing(start, end)
    event = cell.first_event(start, end)
    marks = [match.start() for match in (ongoing, event) if match]
    first = min(marks, default=end)
    if first > start:
        piece = _dated(cell, start, first, applies_to)
        if piece is not None or not marks:
            return (piece, first) if piece else _unseparated(cell, start, end, applies_to)
    if ongoing and ongoing.start() == first:
        return _ongoing(cell, ongoing, end, applies_to)
    return _event(cell, start, end, applies_to)


def _unseparated(cell: Cell, start: int, end: int, applies_to: str | None) -> tuple[Deadline | None, int]:
    """An event in the middle of a sentence ("Báo cáo theo chỉ đạo của ...")."""
    found = EVENT.search(cell.rest, start, end) or _PERIODIC.search(cell.rest, start, end)
    return _event(cell, start, end, applies_to) if found else (None, end)


def _ongoing(cell: Cell, match: re.Match[str], end: int, applies_to: str | None) -> tuple[Deadline, int]:
    """ "Thường xuyên", with "bắt đầu từ năm 2026" where nothing but a beginning follows."""
    stop = _next_mark(cell, match.end(), end)
    units = cell.within(match.end(), stop)
    only_start = all(unit.role == Role.FROM for unit in units) and not RECURS.search(cell.rest, match.end(), stop)
    bounds = cell.bounds(units[0]) if units and only_start else None
    if units and only_start and not all(unit.possible for unit in units):
        return unreadable(cell, match.start(), stop), stop
    reading = Deadline(
        text=cell.words(match.start(), stop if only_start else match.end()),
        kind=DeadlineKind.ONGOING,
        window_start=bounds[0] if bounds else None,
        applies_to=applies_to,
    )
    return reading, stop if only_start else match.end()


def _next_mark(cell: Cell, start: int, end: int) -> int:
    ongoing = cell.first_ongoing(start, end)
    event = cell.first_event(start + 1, end)
    return min((match.start() for match in (ongoing, event) if match), default=end)


def _event(cell: Cell, start: int, end: int, applies_to: str | None) -> tuple[Deadline, int]:
    """Words that wait for something, up to a date that they set apart (", chậm nhất 30/6/2026")."""
    after = _AFTER_EVENT.search(cell.rest, start, end)
    mark = next(between(cell.events, start, end), None)
    if after is None and mark and mark[0] == "theo":
        after = _PLAIN_EVENT_DATE.search(cell.rest, start, end)
        if after and any(unit.tentative for unit in cell.within(after.start(), after.end())):
            after = None
    stop = after.start() if after and after.start() > start else end
    due = [
        bounds[1]
        for unit in cell.within(start, stop)
        if unit.tentative and (bounds := _firm_bounds(cell, unit)) is not None
    ]
    reading = Deadline(
        text=cell.words(start, stop),
        kind=DeadlineKind.ON_EVENT,
        due=max(due, default=None),
        tentative=bool(due),
        event=_without_tentative(cell, start, stop),
        applies_to=applies_to,
    )
    return reading, stop


def _firm_bounds(cell: Cell, unit: Unit) -> tuple[dt.date, dt.date] | None:
    bounds = cell.bounds(unit)
    if bounds is None or unit.role != Role.BEFORE:
        return bounds
    return bounds[0], bounds[0] - ONE_DAY


def _without_tentative(cell: Cell, start: int, end: int) -> str | None:
    found = _TENTATIVE_PARENTHESIS.search(cell.folded, start, end)
    if found is None:
        return cell.words(start, end) or None
    pieces = (cell.words(start, found.start()), cell.words(found.end(), end))
    return " ".join(piece for piece in pieces if piece) or None


def _is_offset(match: re.Match[str]) -> bool:
    if _count(match["n"]) is None:
        return False
    return bool(match["link"]) or (bool(match["lead"]) and match["unit"] != "thang")


def _count(words: str) -> int | None:
    if words.isdigit():
        return int(words)
    tokens = words.split()
    found = number_in_words(tokens)
    return found[0] if found and found[1] == len(tokens) and found[0] else None


def _counted(cell: Cell, start: int, end: int, match: re.Match[str], applies_to: str | None) -> Deadline:
    """A period counted from an event; months and hours, and days before it, are left to the words."""
    count, unit = _count(match["n"]) or 0, match["unit"]
    backwards = "truoc" in (match["link"] or "")
    days = {"ngay": count, "tuan": 7 * count}.get(unit.split()[0]) if not backwards else None
    if unit == "tuan lam viec" and days:
        days = 5 * count
    return Deadline(
        text=cell.words(start, end),
        kind=DeadlineKind.ON_EVENT,
        event=cell.words(match.end() if match["link"] and not backwards else match.end("unit"), end) or None,
        offset_days=days or None,
        working_days=bool(days) and unit.endswith("lam viec"),
        applies_to=applies_to,
    )


# --- what recurs, and where dated words begin -----------------------------------------------------------


def _dated(cell: Cell, start: int, end: int, applies_to: str | None) -> Deadline | Dates | None:
    """What recurs or has a date before any event's words; None where the words name neither."""
    mark = EVENT.search(cell.rest, start, end)
    stop = mark.start() if mark else end
    units = cell.within(start, stop)
    if not all(unit.possible for unit in units) or unread(cell.rest, start, stop):
        return unreadable(cell, start, end)
    if RECURS.search(cell.rest, start, stop):
        return _recurring(cell, start, stop, end, applies_to)
    if not units:
        return None
    if any(unit.role == Role.AFTER for unit in units):
        return _after(cell, start, end, units, applies_to)
    return Dates(start, end, units, applies_to)


def _after(cell: Cell, start: int, end: int, units: tuple[Unit, ...], applies_to: str | None) -> Deadline:
    """ "Sau ngày 30/6/2026": nothing is due, the work merely begins then."""
    bounds = cell.bounds(next(unit for unit in units if unit.role == Role.AFTER))
    return Deadline(
        text=cell.words(start, end),
        kind=DeadlineKind.ON_EVENT,
        event=cell.words(start, end),
        window_start=bounds[1] + ONE_DAY if bounds else None,
        applies_to=applies_to,
    )


def _recurring(cell: Cell, start: int, stop: int, end: int, applies_to: str | None) -> Deadline | None:
    """What recurs. ``window_start`` and ``due`` bound it where the cell names years for it."""
    units = cell.within(start, stop)
    words = cell.rest[start:stop]
    limits = [unit for place, unit in enumerate(units) if _is_limit(units, place, words)]
    days = [unit for unit in units if unit not in limits]
    pattern = recurrence(words, days, product_days(fold(squeeze(cell.product))) if not days else [])
    if pattern is None and not units and is_often(words):
        return Deadline(text=cell.words(start, end), kind=DeadlineKind.RECURRING, applies_to=applies_to)
    if pattern is None or any(unit.year for unit in days):  # "Quý I/2026 và hằng năm": which of them?
        return None if not days and _PERIODIC.search(words) else unreadable(cell, start, end)
    bounds = [pair for unit in limits if (pair := cell.bounds(unit)) is not None]
    closed = [unit for unit in limits if unit.role != Role.FROM and cell.bounds(unit)]
    return Deadline(
        text=cell.words(start, end),
        kind=DeadlineKind.RECURRING,
        due=max(pair[1] for pair in bounds) if closed else None,
        window_start=min((pair[0] for pair in bounds), default=None),
        recurrence=pattern,
        applies_to=applies_to,
    )


def _is_limit(units: tuple[Unit, ...], place: int, words: str) -> bool:
    """Whether a unit says since when or for how long something recurs, rather than on which day."""
    unit = units[place]
    ranged = unit.linked or (place + 1 < len(units) and units[place + 1].linked)
    within = bool(unit.year and unit.months and _OFTEN.search(words))  # "hằng tháng trong quý III/2026"
    return unit.role == Role.FROM or unit.months == 12 or ranged or within
