"""Deadlines: what a "Thời hạn" cell says, and what it asks for on a given day.

``due`` is always the last day on which the work is still on time: "trước 10/5/2026" is due on 09/5.
Words that are not understood, or days that no calendar has, are unreadable: nobody guesses a date.
Fixed days never roll forward; only periods counted from an event do (Civil Code 2015 art. 148).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.deadline_grammar import (
    BLANK,
    RECURS,
    REFERENCE,
    UNIT,
    YEARS,
    Role,
    Unit,
    blank,
    product_days,
    recurrence,
    scan,
    unread,
)
from corpus.records import Deadline, DeadlineKind, Milestone, Recurrence
from corpus.vietnamese import fold, nfc, number_in_words, squeeze

_NO_MARKS = {ord(UNIT): " ", ord(BLANK): " "}
ONE_DAY = dt.timedelta(days=1)
LONGEST_REST = 366  # days without a working day after which a calendar must be wrong

# --- how a cell is cut into the things it says ----------------------------------------------------------

_OTHER_STARTS = (
    r"(?:bao cao|theo|thuong xuyen|lien tuc|dinh ky|(?:hang|moi) (?:nam|quy|thang|tuan)|sau khi|ngay sau|"
    r"ngay khi|khi|dot xuat|doi voi|cac|ubnd|so|phong)\b"
)
_FIRM_STARTS = r"(?:(?:truoc|cham nhat|muon nhat|hoan thanh)\b|(?:ngay|thang|quy|nam) ?(?:[0-9]|[iv]+\b))"
_DATE_STARTS = rf"(?:{_FIRM_STARTS}|(?:trong|den|tu|giai doan|du kien)\b)"
_CUT = re.compile(
    rf";|•|(?:^|(?<= ))[-–—+*] ?(?={_OTHER_STARTS})|(?:^|(?<=[a-hj-uw-z).,] ))[-–—+*] ?(?={_DATE_STARTS})"
    rf"|^[-–—+*] |(?<=\.) (?={_OTHER_STARTS}|{_DATE_STARTS})"
    rf"|(?<=\))(?<!kien\)),? (?=(?:bao cao|theo|thuong xuyen|khi|sau khi|ngay sau)\b|{_FIRM_STARTS})"
    r"| (?=bao cao [^;()]{0,60}\(? ?[l1][o06]ng ghep)"
)
_NEW_LINE_BULLET = re.compile(r"[\r\n]+[^\S\r\n]*[-–—+*•](?=\s)")
_PARENTHESIS = re.compile(r"\((?! ?d[uyv] kien ?\))[^()]*\)")
_APPLIES = re.compile(r"\((?:chi )?(?:doi voi|ap dung (?:doi voi|cho)|cho) ([^()]*)\)")
_APPLIES_OPEN = re.compile(
    r"(?:^|\x00 ?,? ?)(?:ap dung )?doi voi ([^:\x00]+?)"
    r"(?=,? (?:truoc|cham nhat|muon nhat|hoan thanh|trong|den|vao)\b| ?[:\x00]|$)"
)
_CONJUNCTION = re.compile(r"(?: ?[,;:.(]| (?:va|hoac|hay|va/hoac))+ ?$")
_LABEL = re.compile(
    r"^[ -]*(?:doi voi )?(?!(?:thoi (?:han|gian)|hoan thanh|han|tien do|bao cao|du kien)\b)([^\W\d_][^:;\x00]{1,80}): "
)

# --- the words of what has no date of its own -----------------------------------------------------------

_ONGOING = re.compile(r"\bthuong xuyen\b|\blien tuc\b|\b(?:hang|moi) ngay\b")
_EVENT = re.compile(
    r"\b(?:(?<!tiep )theo|sau khi|ngay sau|ngay khi|ngay tu khi|(?:cho )?den khi|khi|dot xuat|tuy theo|tuy thuoc|"
    r"can cu|(?:tai |trong )?ky hop)\b"
    r"|\btruoc (?=[a-z])(?!(?:ngay|thang|quy|nam|het|thoi diem|moc|luc|dau|giua|cuoi|va|hoac|trong|thu|chu|mung|"
    r"mat|tien|nua)\b)"
    r"|\b(?<!thu )(?<!thang )sau (?!\x00|thang|ngay|nam\b|quy\b|hang\b|moi\b|[0-9])[a-z]"
    r"|\bbao cao [^;()]{0,60}\(? ?[l1][o06]ng ghep|\b[l1][o06]ng ghep\b"
)
_SEPARATED = re.compile(r"(?:^|[,.:(+•–-]|\b(?:va|hoac|hay|va/hoac)) ?$")
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
    r"(?P<unit>ngay lam viec|ngay|tuan lam viec|tuan|thang|gio)\b(?! ?[0-9\x00])"
    r"(?P<link>,? ?(?:ke tu|tinh tu|tu|sau|truoc)(?: (?:ngay|khi|thoi diem|luc))*\b)?"
)


@dataclass(frozen=True, slots=True)
class _Dates:
    """A clause of dated words whose years may stand in another clause."""

    start: int
    end: int
    units: tuple[Unit, ...]
    applies_to: str | None


@dataclass(frozen=True, slots=True)
class _Cell:
    """The cell's own words, the same folded, and what ``scan`` left of them."""

    text: str
    folded: str
    rest: str
    units: tuple[Unit, ...]
    product: str
    year: int | None
    ongoing: tuple[re.Match[str], ...]
    events: tuple[re.Match[str], ...]

    def words(self, start: int, end: int) -> str:
        tail = _CONJUNCTION.search(self.folded, max(start, end - 30), end)
        words = self.text[start : tail.start() if tail else end].strip(" ,;:.-–—+*•")
        return words.rstrip(") ") if ")" in words and "(" not in words else words

    def within(self, start: int, end: int) -> tuple[Unit, ...]:
        first, after = (bisect_left(self.units, place, key=lambda unit: unit.start) for place in (start, end))
        return self.units[first:after]

    def first_ongoing(self, start: int, end: int) -> re.Match[str] | None:
        return next(_between(self.ongoing, start, end), None)

    def first_event(self, start: int, end: int) -> re.Match[str] | None:
        """The first event set apart from what stands before it, "và theo ..." but not "báo cáo theo ..."."""
        for match in _between(self.events, start, end):
            if _SEPARATED.search(self.rest[max(start, match.start() - 12) : match.start()]):
                return match
        return None

    def bounds(self, unit: Unit) -> tuple[dt.date, dt.date] | None:
        return unit.bounds(unit.year if unit.year is not None else self.year)


def _between(marks: tuple[re.Match[str], ...], start: int, end: int) -> Iterator[re.Match[str]]:
    for place in range(bisect_left(marks, start, key=re.Match.start), len(marks)):
        if marks[place].start() >= end:
            return
        yield marks[place]


def read_deadline(cell: str, *, product: str = "", year: int | None = None) -> Deadline:
    """Reads a deadline cell, any spelling of it; never fails.

    ``year`` is the document's, for words that name none. ``product`` is the product cell, whose days
    count only where this cell recurs without naming days.

    A cell that says several things keeps them all in ``parts``, each with ``applies_to`` where the cell
    says it; several plain dates are milestones instead. The whole then takes its kind from the first
    dated part, else the first recurring one, else the first part. Its ``due`` is the latest firm date
    among the parts, whether they apply to different things or are steps of one: only then is nothing
    left to do. A part with an impossible date makes the whole unreadable.
    """
    text = squeeze(cell)
    marked = squeeze(_NEW_LINE_BULLET.sub(" •", nfc(cell)))
    folded = fold(marked if len(marked) == len(text) else text).translate(_NO_MARKS)
    units, rest = scan(blank(REFERENCE, blank(_APPLIES, folded)))
    known = year if year is not None and year in YEARS else None
    ongoing, events = tuple(_ONGOING.finditer(rest)), tuple(_EVENT.finditer(rest))
    read = _Cell(text, folded, rest, tuple(units), product, known, ongoing, events)
    return _whole(text, _resolved(read, list(_clauses(read))))


def _clauses(cell: _Cell) -> Iterator[Deadline | _Dates]:
    masked = _PARENTHESIS.sub(lambda match: f"({'x' * (len(match[0]) - 2)})", cell.folded)
    cuts = [(match.start(), match.end()) for match in _CUT.finditer(masked)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(masked)]
    for start, end in zip(starts, ends, strict=True):
        start += len(masked[start:end]) - len(masked[start:end].lstrip())
        yield from _clause(cell, start, end)


def _clause(cell: _Cell, start: int, end: int) -> Iterator[Deadline | _Dates]:
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


def _applies_to(cell: _Cell, start: int, end: int) -> tuple[str | None, int]:
    """To what a clause applies, and where the clause begins after a label ("Cấp xã: ...")."""
    found = _APPLIES.search(cell.folded, start, end)
    if found:
        return cell.words(*found.span(1)), start
    label = _LABEL.match(cell.rest[start:end])
    if label and not (_EVENT.search(label[1]) or _ONGOING.search(label[1]) or RECURS.search(label[1])):
        return cell.words(start + label.start(1), start + label.end(1)), start + label.end()
    found = _APPLIES_OPEN.search(cell.rest[start:end])
    return (cell.words(start + found.start(1), start + found.end(1)) if found else None), start


def _piece(cell: _Cell, start: int, end: int, applies_to: str | None) -> tuple[Deadline | _Dates | None, int]:
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


def _unseparated(cell: _Cell, start: int, end: int, applies_to: str | None) -> tuple[Deadline | None, int]:
    """An event in the middle of a sentence ("Báo cáo theo chỉ đạo của ...")."""
    found = _EVENT.search(cell.rest, start, end) or _PERIODIC.search(cell.rest, start, end)
    return _event(cell, start, end, applies_to) if found else (None, end)


def _ongoing(cell: _Cell, match: re.Match[str], end: int, applies_to: str | None) -> tuple[Deadline, int]:
    """ "Thường xuyên", with "bắt đầu từ năm 2026" where nothing but a beginning follows."""
    stop = _next_mark(cell, match.end(), end)
    units = cell.within(match.end(), stop)
    only_start = all(unit.role == Role.FROM for unit in units) and not RECURS.search(cell.rest, match.end(), stop)
    bounds = cell.bounds(units[0]) if units and only_start else None
    if units and only_start and not all(unit.possible for unit in units):
        return _unreadable(cell, match.start(), stop), stop
    reading = Deadline(
        text=cell.words(match.start(), stop if only_start else match.end()),
        kind=DeadlineKind.ONGOING,
        window_start=bounds[0] if bounds else None,
        applies_to=applies_to,
    )
    return reading, stop if only_start else match.end()


def _next_mark(cell: _Cell, start: int, end: int) -> int:
    ongoing = cell.first_ongoing(start, end)
    event = cell.first_event(start + 1, end)
    return min((match.start() for match in (ongoing, event) if match), default=end)


def _event(cell: _Cell, start: int, end: int, applies_to: str | None) -> tuple[Deadline, int]:
    """Words that wait for something, up to a date that they set apart (", chậm nhất 30/6/2026")."""
    after = _AFTER_EVENT.search(cell.rest, start, end)
    mark = next(_between(cell.events, start, end), None)
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


def _firm_bounds(cell: _Cell, unit: Unit) -> tuple[dt.date, dt.date] | None:
    bounds = cell.bounds(unit)
    if bounds is None or unit.role != Role.BEFORE:
        return bounds
    return bounds[0], bounds[0] - ONE_DAY


def _without_tentative(cell: _Cell, start: int, end: int) -> str | None:
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


def _counted(cell: _Cell, start: int, end: int, match: re.Match[str], applies_to: str | None) -> Deadline:
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


# --- dated words ----------------------------------------------------------------------------------------


def _unreadable(cell: _Cell, start: int, end: int) -> Deadline:
    return Deadline(text=cell.words(start, end), kind=DeadlineKind.UNREADABLE)


def _dated(cell: _Cell, start: int, end: int, applies_to: str | None) -> Deadline | _Dates | None:
    """What recurs or has a date before any event's words; None where the words name neither."""
    mark = _EVENT.search(cell.rest, start, end)
    stop = mark.start() if mark else end
    units = cell.within(start, stop)
    if not all(unit.possible for unit in units) or unread(cell.rest, start, stop):
        return _unreadable(cell, start, end)
    if RECURS.search(cell.rest, start, stop):
        return _recurring(cell, start, stop, end, applies_to)
    if not units:
        return None
    if any(unit.role == Role.AFTER for unit in units):
        return _after(cell, start, end, units, applies_to)
    return _Dates(start, end, units, applies_to)


def _after(cell: _Cell, start: int, end: int, units: tuple[Unit, ...], applies_to: str | None) -> Deadline:
    """ "Sau ngày 30/6/2026": nothing is due, the work merely begins then."""
    bounds = cell.bounds(next(unit for unit in units if unit.role == Role.AFTER))
    return Deadline(
        text=cell.words(start, end),
        kind=DeadlineKind.ON_EVENT,
        event=cell.words(start, end),
        window_start=bounds[1] + ONE_DAY if bounds else None,
        applies_to=applies_to,
    )


def _recurring(cell: _Cell, start: int, stop: int, end: int, applies_to: str | None) -> Deadline | None:
    """What recurs. ``window_start`` and ``due`` bound it where the cell names years for it."""
    units = cell.within(start, stop)
    words = cell.rest[start:stop]
    limits = [unit for place, unit in enumerate(units) if _is_limit(units, place, words)]
    days = [unit for unit in units if unit not in limits]
    pattern = recurrence(words, days, product_days(fold(squeeze(cell.product))) if not days else [])
    if pattern is None or any(unit.year for unit in days):  # "Quý I/2026 và hằng năm": which of them?
        return None if not days and _PERIODIC.search(words) else _unreadable(cell, start, end)
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


def _resolved(cell: _Cell, pieces: list[Deadline | _Dates]) -> list[Deadline]:
    """The pieces in order; dated ones get their years from each other, then from the document."""
    dated = [piece for piece in pieces if isinstance(piece, _Dates)]
    if len(dated) > 1 and len(dated) == len(pieces) and not any(piece.applies_to for piece in dated):
        units = tuple(unit for piece in dated for unit in piece.units)
        clauses = [(piece.start, piece.end) for piece in dated]
        return [_from_units(cell, _Dates(0, len(cell.text), units, None), _years(units), clauses)]
    years = _years([unit for piece in dated for unit in piece.units])
    readings = [
        (piece, piece if isinstance(piece, Deadline) else _from_units(cell, piece, years, [])) for piece in pieces
    ]
    if not any(reading.kind in _FIRM for _, reading in readings):  # "thường xuyên trong năm", of no known year
        readings = [
            (piece, reading) for piece, reading in readings if isinstance(piece, Deadline) or reading.window_start
        ]
    return _merged(reading for _, reading in readings)


def _merged(readings: Iterable[Deadline]) -> list[Deadline]:
    """Neighbours that say one thing ("hằng quý; hằng năm", "thường xuyên, liên tục") become one."""
    merged: list[Deadline] = []
    for reading in readings:
        if merged and _alike(merged[-1], reading):
            merged[-1] = _joined(merged[-1], reading)
        else:
            merged.append(reading)
    return merged


def _alike(one: Deadline, other: Deadline) -> bool:
    if one.kind != other.kind or one.applies_to != other.applies_to:
        return False
    if one.kind == DeadlineKind.RECURRING and one.recurrence and other.recurrence:
        bounded = (one.due, one.window_start) != (other.due, other.window_start)
        return bool(one.recurrence.days and other.recurrence.days) and not bounded
    return one.kind == DeadlineKind.ONGOING


def _joined(one: Deadline, other: Deadline) -> Deadline:
    update: dict[str, object] = {
        "text": f"{one.text}; {other.text}",
        "window_start": one.window_start or other.window_start,
    }
    if one.recurrence and other.recurrence:
        days = {*one.recurrence.days, *other.recurrence.days}
        update["recurrence"] = Recurrence(days=tuple(sorted(days)))
    return one.model_copy(update=update)


def _years(units: Iterable[Unit]) -> dict[Unit, int]:
    """Years for units that name none: from the next that does, so that steps stay in order ("tháng 11;
    tháng 2/2027" is November 2026), else from the one before, where that keeps the order too."""
    every = list(units)
    years: dict[Unit, int] = {}
    following: tuple[int, Unit] | None = None
    for unit in reversed(every):
        if unit.year is not None:
            following = unit.year, unit
        elif following is not None:
            year = following[0] - (unit.first[0] > following[1].last[0])
            years[unit], following = year, (year, unit)
    previous: tuple[int, Unit] | None = None
    for unit in every:
        known = unit.year if unit.year is not None else years.get(unit)
        if known is None and previous is not None:
            in_order = unit.last[0] >= previous[1].first[0]
            known = previous[0] if in_order else previous[0] + 1 if unit.linked else 0
            years[unit] = known
        previous = (known, unit) if known else previous
    return years


@dataclass(frozen=True, slots=True)
class _Step:
    start: int
    end: int
    first: dt.date | None
    due: dt.date
    unit: Unit


def _from_units(cell: _Cell, piece: _Dates, years: dict[Unit, int], clauses: list[tuple[int, int]]) -> Deadline:
    bounded = [(unit, unit.bounds(_year_of(unit, years, cell.year))) for unit in piece.units]
    steps: list[_Step] = []
    since: dt.date | None = None
    for place, (unit, bounds) in enumerate(bounded):
        if bounds is None or unit.first[0] == 0:
            return _unreadable(cell, piece.start, piece.end)
        linked_on = place + 1 < len(bounded) and bounded[place + 1][0].linked
        if unit.role == Role.FROM or linked_on:
            since = since or bounds[0]
            continue
        steps.append(_step(unit, bounds, since))
        since = None
        if steps[-1].first and steps[-1].first > steps[-1].due:
            return _unreadable(cell, piece.start, piece.end)
    steps = _without_containers(cell, steps)
    if since and not steps:
        return _open_ended(cell, piece, since)
    return _dates(cell, piece, steps, clauses)


def _year_of(unit: Unit, years: dict[Unit, int], documents: int | None) -> int | None:
    return unit.year if unit.year is not None else years.get(unit, documents)


def _step(unit: Unit, bounds: tuple[dt.date, dt.date], since: dt.date | None) -> _Step:
    if unit.role == Role.BEFORE:
        return _Step(unit.start, unit.end, since, bounds[0] - ONE_DAY, unit)
    single = bounds[0] == bounds[1]
    return _Step(unit.start, unit.end, since or (None if single else bounds[0]), bounds[1], unit)


def _without_containers(cell: _Cell, steps: list[_Step]) -> list[_Step]:
    """ "Năm 2026 (quý IV)", "tháng 12/2026, chậm nhất 15/12/2026": the finer words are the deadline."""
    kept: list[_Step] = []
    for place, step in enumerate(steps):
        following = steps[place + 1] if place + 1 < len(steps) else None
        if following and step.first and step.first <= following.due <= step.due:
            finer = following.unit.months < step.unit.months
            if finer and not re.search(r";|\bva\b", cell.folded[step.end : following.start]):
                continue
        kept.append(step)
    return kept


def _open_ended(cell: _Cell, piece: _Dates, since: dt.date) -> Deadline:
    text = cell.words(piece.start, piece.end)
    return Deadline(text=text, kind=DeadlineKind.ONGOING, window_start=since, applies_to=piece.applies_to)


def _dates(cell: _Cell, piece: _Dates, steps: list[_Step], clauses: list[tuple[int, int]]) -> Deadline:
    last = max(steps, key=lambda step: step.due)
    reading = Deadline(
        text=cell.words(piece.start, piece.end),
        kind=DeadlineKind.DATE,
        due=last.due,
        window_start=last.first,
        tentative=any(step.unit.tentative for step in steps),
        applies_to=piece.applies_to,
    )
    if len(steps) == 1:
        return reading
    milestones = tuple(
        Milestone(text=_step_words(cell, step, steps, clauses), due=step.due, inferred=step.unit.year is None)
        for step in steps
    )
    return reading.model_copy(update={"kind": DeadlineKind.MILESTONES, "milestones": milestones, "window_start": None})


def _step_words(cell: _Cell, step: _Step, steps: list[_Step], clauses: list[tuple[int, int]]) -> str:
    """The clause that names the step, or only its date where a clause names several."""
    for start, end in clauses:
        if start <= step.start < end and sum(start <= other.start < end for other in steps) == 1:
            return cell.words(start, end)
    return cell.words(step.start, step.end)


# --- the whole cell -------------------------------------------------------------------------------------

_FIRM = (DeadlineKind.DATE, DeadlineKind.MILESTONES)


def _whole(text: str, readings: list[Deadline]) -> Deadline:
    if not readings:
        return Deadline(text=text, kind=DeadlineKind.UNREADABLE)
    if len(readings) == 1:
        return readings[0].model_copy(update={"text": text})
    parts = tuple(readings)
    main = _main(parts)
    if main.kind == DeadlineKind.UNREADABLE:
        return Deadline(text=text, kind=main.kind, parts=parts)
    dated = [part for part in parts if part.due and part.kind != DeadlineKind.RECURRING]
    firm = [part for part in dated if part.kind in _FIRM and not part.tentative]
    latest = max(firm or dated, key=lambda part: part.due or dt.date.min, default=main)
    counted = next((part for part in parts if part.offset_days), main)
    return main.model_copy(
        update={
            "text": text,
            "due": latest.due,
            "tentative": latest.tentative,
            "event": next((part.event for part in parts if part.event), None),
            "recurrence": next((part.recurrence for part in parts if part.recurrence), None),
            "offset_days": counted.offset_days,
            "working_days": counted.working_days,
            "applies_to": None,
            "parts": parts,
        }
    )


def _main(parts: tuple[Deadline, ...]) -> Deadline:
    """The part that gives the whole its kind."""
    for kinds in ((DeadlineKind.UNREADABLE,), _FIRM, (DeadlineKind.RECURRING,)):
        for part in parts:
            if part.kind in kinds:
                return part
    return parts[0]


# --- on a given day -------------------------------------------------------------------------------------


def next_due(deadline: Deadline, today: dt.date) -> dt.date | None:
    """The next day, ``today`` or later, on which the deadline asks for work; None where there is none.

    A tentative date counts. A recurring one begins with ``window_start`` and ends with ``due``.
    """
    if deadline.kind == DeadlineKind.UNREADABLE:
        return None
    if deadline.parts:
        asked = (next_due(part, today) for part in deadline.parts)
        return min((day for day in asked if day), default=None)
    if deadline.kind == DeadlineKind.RECURRING and deadline.recurrence:
        return _next_occurrence(deadline, deadline.recurrence, today)
    days = [milestone.due for milestone in deadline.milestones]
    if not days and deadline.due:
        days = [deadline.due]
    return min((day for day in days if day >= today), default=None)


def _next_occurrence(deadline: Deadline, pattern: Recurrence, today: dt.date) -> dt.date | None:
    start = max(today, deadline.window_start or today)
    if pattern.weekday is not None:
        found: dt.date | None = start + dt.timedelta(days=(pattern.weekday - start.weekday()) % 7)
    else:
        pairs = [(year, *pair) for year in (start.year, start.year + 1) for pair in pattern.days]
        found = min((day for pair in pairs if (day := _clamped(*pair)) >= start), default=None)
    return None if found and deadline.due and found > deadline.due else found


def _clamped(year: int, month: int, day: int) -> dt.date:
    while True:
        try:
            return dt.date(year, month, day)
        except ValueError:
            day -= 1


def due_from_event(
    deadline: Deadline, event_date: dt.date, is_working_day: Callable[[dt.date], bool]
) -> dt.date | None:
    """The last day of a period counted from an event; None where the deadline counts none.

    The day of the event is not counted (Civil Code 2015 art. 147); a period that would end on a day of
    rest ends with the next working day (art. 148).
    """
    if not deadline.offset_days:
        return None
    if not deadline.working_days:
        return _working_day(event_date + dt.timedelta(days=deadline.offset_days), ONE_DAY, is_working_day)
    day = event_date
    for _ in range(deadline.offset_days):
        day = _working_day(day + ONE_DAY, ONE_DAY, is_working_day)
    return day


def remind_by(due: dt.date, is_working_day: Callable[[dt.date], bool]) -> dt.date:
    """The last working day on or before ``due``. ValueError where a year before it has none."""
    return _working_day(due, -ONE_DAY, is_working_day)


def _working_day(day: dt.date, step: dt.timedelta, is_working_day: Callable[[dt.date], bool]) -> dt.date:
    for _ in range(LONGEST_REST):
        if is_working_day(day):
            return day
        day += step
    raise ValueError(f"no working day within {LONGEST_REST} days of {day}")


def is_overdue(deadline: Deadline, today: dt.date) -> bool:
    """Whether all the work is past due: the last milestone, the latest part; never a tentative date."""
    firm = deadline.kind in _FIRM and not deadline.tentative
    return firm and deadline.due is not None and deadline.due < today
