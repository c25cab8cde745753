"""Deadlines: what a "Thời hạn" cell says, and what it asks for on a given day.

``due`` is always the last day on which the work is still on time: "trước 10/5/2026" is due on 09/5.
Words that are not understood, or days that no calendar has, are unreadable: nobody guesses a date.
Fixed days never roll forward; only periods counted from an event do (Civil Code 2015 art. 148).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from corpus.deadline_cells import read_cell
from corpus.deadline_clauses import clauses
from corpus.deadline_dates import FIRM, resolved
from corpus.deadline_grammar import ONE_DAY
from corpus.records import Deadline, DeadlineKind, Recurrence

LONGEST_REST = 366  # days without a working day after which a calendar must be wrong


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
    read = read_cell(cell, product, year)
    return _whole(read.text, _merged(resolved(read, list(clauses(read)))))


# --- the whole cell -------------------------------------------------------------------------------------


def _merged(readings: list[Deadline]) -> list[Deadline]:
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
    firm = [part for part in dated if part.kind in FIRM and not part.tentative]
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
    for kinds in ((DeadlineKind.UNREADABLE,), FIRM, (DeadlineKind.RECURRING,)):
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
    firm = deadline.kind in FIRM and not deadline.tentative
    return firm and deadline.due is not None and deadline.due < today
