"""What a deadline asks for on a given day: the next day of work, whether it is overdue, when to remind.

Apart from the grammar of deadlines, which a question does not need.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from corpus.records import Deadline, DeadlineKind, Recurrence

FIRM = (DeadlineKind.DATE, DeadlineKind.MILESTONES)
ONE_DAY = dt.timedelta(days=1)
_SATURDAY = 5
LONGEST_REST = 366  # days without a working day after which a calendar must be wrong


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


def is_weekday(date: dt.date) -> bool:
    """Whether a day is one from Monday to Friday; holidays are not known here, which replies say."""
    return date.weekday() < _SATURDAY


def working_days(today: dt.date, due: dt.date) -> int:
    """How many days from Monday to Friday lie after ``today``, up to and with ``due``."""
    return sum(is_weekday(today + ONE_DAY * i) for i in range(1, (due - today).days + 1))


def _working_day(day: dt.date, step: dt.timedelta, is_working_day: Callable[[dt.date], bool]) -> dt.date:
    for _ in range(LONGEST_REST):
        if is_working_day(day):
            return day
        day += step
    raise ValueError(f"no working day within {LONGEST_REST} days of {day}")


def late_after(deadline: Deadline) -> dt.date | None:
    """The day after which all the work is past due: of the last milestone, the latest part; never a tentative one."""
    return deadline.due if deadline.kind in FIRM and not deadline.tentative else None


def is_overdue(deadline: Deadline, today: dt.date) -> bool:
    """Whether all the work is past due."""
    last = late_after(deadline)
    return last is not None and last < today
