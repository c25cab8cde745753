"""Deadlines as an iCalendar (RFC 5545) that Outlook and Google Calendar read, with the library icalendar.

Every deadline is an event of a whole day on the last day on which the work is on time. docs/calendar.md says more.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import re
import textwrap
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from corpus.due import ONE_DAY, is_weekday, next_due, remind_by
from corpus.progress import Standing, TaskState
from corpus.records import Deadline, DeadlineKind, Document, Origin, Record, Recurrence, Task
from prompts import say

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

_ZONE, _OFFSET = "Asia/Ho_Chi_Minh", dt.timedelta(hours=7)
_REFRESH = dt.timedelta(hours=6)
_REMIND_AT = dt.timedelta(hours=8)  # in the morning
_LAST = -1
_LEAP, _FEBRUARY = 2028, 2
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SILENT = (DeadlineKind.ONGOING, DeadlineKind.UNREADABLE)
_ENDED = (TaskState.DONE, TaskState.STOPPED)
_TITLE, _WORDS = 70, 600  # characters
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_NUMBER = re.compile(r"(\d+\w*)\s*/\s*(?:\d{4}/)?\s*([A-ZĐ]+)")


class Item(Record):
    """A task or a duty of prose for a calendar. ``row`` names it for good within its document; ``name`` is what the
    document is called in short, ``place`` says where it stands; ``standing`` is None where nothing was recorded."""

    task: Task
    row: str
    document: Document
    name: str
    place: str
    standing: Standing | None = None


class Occasion(Record):
    """A day on which a deadline falls, or the first of the days on which it recurs by ``rule`` (the parts of an RRULE).

    ``slot`` tells the occasions of one deadline apart; ``words`` say which one it is.
    """

    slot: str
    day: dt.date
    rule: dict[str, Any] | None = None
    words: str = ""
    tentative: bool = False


def occasions(deadline: Deadline, since: dt.date, slot: str = "") -> Iterator[Occasion]:
    """The occasions of a deadline, what recurs from ``since`` on; none where it names no day."""
    if deadline.parts:
        for number, part in enumerate(deadline.parts):
            yield from occasions(part, since, f"{slot}p{number}")
    elif deadline.kind in _SILENT:
        return
    elif deadline.kind is DeadlineKind.RECURRING and deadline.recurrence:
        yield from _recurring(deadline, deadline.recurrence, since, slot)
    elif deadline.milestones:
        for number, milestone in enumerate(deadline.milestones):
            tentative = deadline.tentative
            yield Occasion(slot=f"{slot}m{number}", day=milestone.due, words=milestone.text, tentative=tentative)
    elif deadline.due:
        tentative = deadline.tentative or deadline.kind is DeadlineKind.ON_EVENT
        words = deadline.applies_to or ""
        yield Occasion(slot=f"{slot}d", day=deadline.due, words=words, tentative=tentative)


def _recurring(deadline: Deadline, pattern: Recurrence, since: dt.date, slot: str) -> Iterator[Occasion]:
    for number, (part, rule) in enumerate(_rules(pattern)):
        first = next_due(deadline.model_copy(update={"recurrence": part}), max(since, deadline.window_start or since))
        if first is not None:
            until = {"UNTIL": deadline.due} if deadline.due else {}
            words, tentative = deadline.applies_to or "", deadline.tentative
            yield Occasion(slot=f"{slot}r{number}", day=first, rule=rule | until, words=words, tentative=tentative)


def _rules(pattern: Recurrence) -> Iterator[tuple[Recurrence, dict[str, Any]]]:
    """Recurrence rules that together give the days of a pattern.

    Outlook knows one month or a fixed step of months in a rule, so months at other distances get a rule each.
    """
    if pattern.weekday is not None:
        yield Recurrence(weekday=pattern.weekday), {"FREQ": "WEEKLY", "BYDAY": _WEEKDAYS[pattern.weekday]}
        return
    months: dict[int, list[tuple[int, int]]] = {}
    for month, day in pattern.days:
        months.setdefault(_day_of(month, day), []).append((month, day))
    for day, pairs in months.items():
        step = _step([month for month, _ in pairs])
        if step:
            every = {"INTERVAL": step} if step > 1 else {}
            yield Recurrence(days=tuple(pairs)), {"FREQ": "MONTHLY", **every, "BYMONTHDAY": day}
            continue
        for month, named in pairs:
            yearly = day if month == _FEBRUARY else min(named, calendar.monthrange(_LEAP, month)[1])
            yield Recurrence(days=((month, named),)), {"FREQ": "YEARLY", "BYMONTH": month, "BYMONTHDAY": yearly}


def _day_of(month: int, day: int) -> int:
    """The day of a month in a rule: -1 for its last one, past which no day goes."""
    return _LAST if day >= calendar.monthrange(_LEAP, month)[1] else day


def _step(months: list[int]) -> int:
    """The distance of months that follow each other evenly through the year; 0 where they do not, or it is one."""
    step, rest = divmod(12, len(months))
    even = all(later - month == step for month, later in pairwise(months))
    return step if even and not rest and len(months) > 1 else 0


# The calendar


def calendar_of(items: Iterable[Item], name: str, now: dt.datetime) -> bytes:
    """The calendar called ``name`` with the deadlines of some tasks, as the bytes of an .ics file. ``now`` is UTC."""
    found = _empty(name)
    seen: set[str] = set()
    for item in items:
        since = item.document.date or dt.date(now.year, 1, 1)
        for occasion in occasions(item.task.deadline, since):
            uid = _uid(item, occasion)
            if uid not in seen:
                seen.add(uid)
                found.add_component(_event(item, occasion, uid, now))
    return bytes(found.to_ical())


def _empty(name: str) -> Calendar:
    from icalendar import Calendar, vText

    found, called = Calendar(), vText(" ".join(_clean(name).split()))
    found.add("prodid", "-//troly//tro ly cong vu//VI")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", called)
    found.add("name", called)
    found.add("x-wr-timezone", _ZONE)
    found.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT6H")
    found.add_component(_zone())
    return found


def _zone() -> Any:
    """Vietnam's time; a calendar needs one component at least, also where nothing is due."""
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _ZONE)
    standard.add("dtstart", dt.datetime(1975, 6, 13))  # noqa: DTZ001 - local by RFC 5545
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _event(item: Item, occasion: Occasion, uid: str, now: dt.datetime) -> Event:
    from icalendar import Event

    standing = item.standing
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("last-modified", _changed(item, now))
    event.add("sequence", standing.entry if standing else 0)
    event.add("dtstart", occasion.day)
    event.add("dtend", occasion.day + ONE_DAY)
    if occasion.rule:
        event.add("rrule", occasion.rule)
    event.add("summary", _summary(item, occasion))
    event.add("description", _description(item, occasion))
    event.add("status", _status(standing, occasion))
    event.add("transp", "TRANSPARENT")
    if standing is None or standing.state not in _ENDED or (occasion.rule and standing.state is TaskState.DONE):
        for delay in _reminders(occasion):
            event.add_component(_alarm(delay, _summary(item, occasion)))
    return event


def _status(standing: Standing | None, occasion: Occasion) -> str:
    if standing and standing.state is TaskState.STOPPED:
        return "CANCELLED"
    return "TENTATIVE" if occasion.tentative else "CONFIRMED"


def _changed(item: Item, now: dt.datetime) -> dt.datetime:
    """When what is told was last changed (UTC)."""
    if item.standing:
        return item.standing.at.replace(microsecond=0)
    day = item.document.date
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) if day else now


def _uid(item: Item, occasion: Occasion) -> str:
    kind = "prose" if item.task.origin is Origin.PROSE else "row"
    named = "\t".join((item.task.document, kind, item.row))
    return f"{hashlib.sha256(named.encode()).hexdigest()[:32]}-{occasion.slot}@troly"


def _reminders(occasion: Occasion) -> Iterator[dt.timedelta]:
    """When to remind, from the beginning of the day: in the morning of the last working day before.

    A series reminds by the same distances each time: a day and three days before, one of which is a weekday.
    """
    if not occasion.rule:
        yield remind_by(occasion.day - ONE_DAY, is_working_day) - occasion.day + _REMIND_AT
    elif occasion.rule["FREQ"] == "WEEKLY":
        yield remind_by(occasion.day - ONE_DAY, is_weekday) - occasion.day + _REMIND_AT
    else:
        yield from (_REMIND_AT - 3 * ONE_DAY, _REMIND_AT - ONE_DAY)


def _alarm(delay: dt.timedelta, summary: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", delay)
    return alarm


def is_working_day(day: dt.date) -> bool:
    """Whether a day is a working day in Vietnam: from Monday to Friday, and no public holiday."""
    return is_weekday(day) and day not in _holidays()


@cache
def _holidays() -> Any:
    from holidays import country_holidays

    return country_holidays("VN")


# Words


def _summary(item: Item, occasion: Occasion) -> str:
    task = item.task
    sentence = "calendar.duty" if task.origin is Origin.PROSE else "calendar.task"
    done = item.standing is not None and item.standing.state is TaskState.DONE and not occasion.rule
    words = textwrap.shorten(occasion.words, _TITLE // 2, placeholder="…")
    title = textwrap.shorten(task.title, _TITLE, placeholder="…")
    said = {"number": task.number, "section": task.section, "document": item.name, "title": title, "words": words}
    return _clean(say(sentence, **said, done=done, tentative=occasion.tentative))


def _description(item: Item, occasion: Occasion) -> str:
    task = item.task
    return _clean(
        say(
            "calendar.description",
            title=textwrap.shorten(task.title, _WORDS, placeholder="…"),
            lead="; ".join(mention.name for mention in task.lead),
            product=textwrap.shorten(task.product, _WORDS, placeholder="…"),
            deadline=textwrap.shorten(task.deadline.text, _WORDS, placeholder="…"),
            tentative=occasion.tentative,
            place=item.place,
            standing=item.standing,
            recurs=occasion.rule is not None,
            at=(item.standing.at + _OFFSET).date() if item.standing else None,
        )
    )


def number_of(document: Document) -> str | None:
    """The number of a document in short: "KH 158" for 158/KH-UBND; None where it has none of that form."""
    found = _NUMBER.search(document.number or "")
    return f"{found[2]} {found[1]}" if found else None


def _clean(words: str) -> str:
    return _NO_TEXT.sub(" ", words)
