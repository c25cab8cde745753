"""Calendars that Outlook and Google read: what RFC 5545 asks for, the days of recurrences, and secret addresses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar
from sqlalchemy import Engine, select

from connectors.calendar import Item, calendar_of, is_working_day, occasions
from connectors.calendar_links import CalendarLinks
from connectors.engine import StoreError
from connectors.people import PeopleStore
from connectors.schema import FEEDS
from corpus.deadlines import read_deadline
from corpus.due import next_due
from corpus.people import Channel, Role
from corpus.progress import Standing, TaskKey, TaskState
from corpus.records import Deadline, DeadlineKind, Document, Milestone, Recurrence
from tests.connectors.records import task

NOW = dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC)
PLAN = Document(id="kh", file="kh.txt", number="158/KH-UBND", date=dt.date(2026, 1, 15))
UNIT = "Phòng Văn hóa - Xã hội, UBND phường A"


def item(deadline: Deadline, state: TaskState | None = None, **changes: Any) -> Item:
    key = TaskKey(document="kh", row="#18")
    standing = None
    if state:
        standing = Standing(task=key, state=state, entry=7, channel=Channel.WEB, at=NOW, **changes)
    row = task("kh", 0, number="18", lead=["Phòng VHXH"], deadline=deadline)
    return Item(task=row, row="#18", document=PLAN, name="KH 158", place="KH 158, STT 18", standing=standing)


def events(*items: Item) -> list[Any]:
    """The events of a calendar, read back by the library."""
    return list(Calendar.from_ical(calendar_of(items, "Lịch thử", NOW)).walk("VEVENT"))


def due(day: str, **fields: Any) -> Deadline:
    return Deadline(text=day, kind=DeadlineKind.DATE, due=dt.date.fromisoformat(day), **fields)


def recurring(*days: tuple[int, int], weekday: int | None = None, **fields: Any) -> Deadline:
    pattern = Recurrence(days=tuple(sorted(days)), weekday=weekday)
    return Deadline(text="định kỳ", kind=DeadlineKind.RECURRING, recurrence=pattern, **fields)


def every_month(day: int) -> Deadline:
    return recurring(*((month, day) for month in range(1, 13)))


# --- what stands in it -----------------------------------------------------------------------------------


def test_a_deadline_is_an_event_of_a_whole_day() -> None:
    (event,) = events(item(due("2026-12-31")))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    assert event["SUMMARY"] == "NV 18 KH 158: Nhiệm vụ 1"
    assert "Chủ trì: Phòng VHXH" in event["DESCRIPTION"]
    assert "Nguồn: KH 158, STT 18" in event["DESCRIPTION"]
    assert event["STATUS"] == "CONFIRMED"


def test_each_milestone_is_an_event() -> None:
    days = (dt.date(2026, 6, 30), dt.date(2026, 12, 31))
    milestones = tuple(Milestone(text=f"đợt {i}", due=day) for i, day in enumerate(days, 1))
    deadline = Deadline(text="hai đợt", kind=DeadlineKind.MILESTONES, due=days[1], milestones=milestones)
    found = events(item(deadline))
    assert [(event["DTSTART"].dt, event["SUMMARY"]) for event in found] == [
        (days[0], "NV 18 KH 158: Nhiệm vụ 1 (đợt 1)"),
        (days[1], "NV 18 KH 158: Nhiệm vụ 1 (đợt 2)"),
    ]
    assert len({event["UID"] for event in found}) == 2


@pytest.mark.parametrize("kind", [DeadlineKind.ONGOING, DeadlineKind.ON_EVENT, DeadlineKind.UNREADABLE])
def test_what_names_no_day_is_in_no_calendar(kind: DeadlineKind) -> None:
    assert events(item(Deadline(text="Thường xuyên", kind=kind))) == []


def test_a_date_that_waits_for_something_is_tentative() -> None:
    waiting = Deadline(text="dự kiến quý I", kind=DeadlineKind.ON_EVENT, due=dt.date(2026, 3, 31), tentative=True)
    (event,) = events(item(waiting))
    assert event["STATUS"] == "TENTATIVE"
    assert "(dự kiến)" in event["SUMMARY"]
    assert "dự kiến, còn chờ" in event["DESCRIPTION"]


def test_the_parts_of_a_cell_are_events_of_their_own() -> None:
    parts = (due("2026-06-30", applies_to="khối 1"), Deadline(text="Thường xuyên", kind=DeadlineKind.ONGOING))
    (event,) = events(item(due("2026-12-31", parts=parts)))
    assert event["DTSTART"].dt == dt.date(2026, 6, 30)
    assert event["SUMMARY"].endswith("(khối 1)")


@pytest.mark.parametrize(
    ("state", "mark", "status", "alarms"),
    [
        (TaskState.DONE, "✓ NV 18", "CONFIRMED", 0),
        (TaskState.STOPPED, "NV 18", "CANCELLED", 0),
        (TaskState.UNDERWAY, "NV 18", "CONFIRMED", 1),
        (TaskState.EXTENSION, "NV 18", "CONFIRMED", 1),
    ],
)
def test_how_a_task_stands(state: TaskState, mark: str, status: str, alarms: int) -> None:
    asked = dt.date(2027, 1, 15) if state is TaskState.EXTENSION else None
    (event,) = events(item(due("2026-12-31"), state, percent=60, asked_due=asked))
    assert event["SUMMARY"].startswith(mark)
    assert event["STATUS"] == status
    assert len(event.walk("VALARM")) == alarms
    assert "60% (ngày 21/11/2026)" in event["DESCRIPTION"] or "xin đến 15/01/2027" in event["DESCRIPTION"]
    assert event["SEQUENCE"] == 7
    assert event["LAST-MODIFIED"].dt == NOW


def test_a_series_is_not_done_with_one_report() -> None:
    (event,) = events(item(every_month(25), TaskState.DONE))
    assert not event["SUMMARY"].startswith("✓")
    assert "Cập nhật gần nhất: hoàn thành" in event["DESCRIPTION"]
    assert event.walk("VALARM")


def test_events_keep_their_names_when_the_day_changes() -> None:
    assert events(item(due("2026-12-31")))[0]["UID"] == events(item(due("2027-01-15"), TaskState.UNDERWAY))[0]["UID"]


# --- form ------------------------------------------------------------------------------------------------

NASTY = 'Xây dựng; "kế hoạch", phần a\\b\nDÒNG: mới\x07\x0b ' + "rất dài tiếng Việt có dấu ạ ể ữ 🙂 " * 30


def test_the_form_is_that_of_the_rfc() -> None:
    nasty = item(due("2026-12-31"))
    nasty = nasty.model_copy(update={"task": nasty.task.model_copy(update={"title": NASTY, "product": NASTY})})
    data = calendar_of([nasty, item(every_month(31)), item(due("2026-12-31"))], "Lịch; của, chị Hoa\n", NOW)
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines), "RFC 5545 3.1: at most 75 bytes"
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    unfolded = re.sub(b"\r\n[ \t]", b"", data).decode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", unfolded)
    for needed in ("VERSION:2.0", "PRODID:", "X-WR-CALNAME:", "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "METHOD:PUBLISH"):
        assert needed in unfolded
    calendar: Any = Calendar.from_ical(data)
    assert calendar.errors == []
    assert "\r\nX-WR-CALNAME:Lịch\\; của\\, chị Hoa\r\n" in unfolded
    found: list[Any] = list(calendar.walk("VEVENT"))
    assert len(found) == len({event["UID"] for event in found}) == 2, "one row is in it once"
    for event in found:
        assert event.errors == []
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert event["DTSTAMP"].dt.tzinfo is not None
        for alarm in event.walk("VALARM"):
            assert {"ACTION", "TRIGGER", "DESCRIPTION"} <= set(alarm)


def test_a_calendar_without_events_is_one_all_the_same() -> None:
    calendar: Any = Calendar.from_ical(calendar_of([], "Trống", NOW))
    assert calendar.walk("VEVENT") == []
    assert calendar.subcomponents, "RFC 5545 3.6: at least one component"
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Asia/Ho_Chi_Minh"


# --- reminders -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "reminded"),
    [
        ("2026-12-02", dt.date(2026, 12, 1)),  # a Wednesday
        ("2026-11-23", dt.date(2026, 11, 20)),  # a Monday: on Friday
        ("2026-11-22", dt.date(2026, 11, 20)),  # a Sunday
        ("2026-09-03", dt.date(2026, 8, 28)),  # after the National Day, with the Monday given off before it
        ("2026-05-02", dt.date(2026, 4, 29)),  # after 30 April and 1 May
    ],
)
def test_the_reminder_comes_on_the_last_working_day_before(day: str, reminded: dt.date) -> None:
    (event,) = events(item(due(day)))
    (alarm,) = event.walk("VALARM")
    start = dt.datetime.combine(event["DTSTART"].dt, dt.time())
    assert start + alarm["TRIGGER"].dt == dt.datetime.combine(reminded, dt.time(8))
    assert is_working_day(reminded)


def test_new_year_is_no_working_day() -> None:
    assert not is_working_day(dt.date(2027, 1, 1))
    assert not is_working_day(dt.date(2027, 2, 6)), "Tết"
    assert is_working_day(dt.date(2026, 11, 23))


# --- recurrences -----------------------------------------------------------------------------------------

START, END = dt.date(2026, 1, 15), dt.date(2030, 12, 31)


def by_rules(deadline: Deadline) -> list[dt.date]:
    """The days from START to END by the rules in the calendar, as another program expands them."""
    found: list[dt.date] = []
    for event in events(item(deadline)):
        first = dt.datetime.combine(event["DTSTART"].dt, dt.time())
        rule = event["RRULE"].to_ical().decode()
        days = [moment.date() for moment in rrulestr(rule, dtstart=first).between(first, _end(), inc=True)]
        assert days[0] == event["DTSTART"].dt, "the first day must be one of the series"
        found += days
    return sorted(found)


def _end() -> dt.datetime:
    return dt.datetime.combine(END, dt.time())


def by_deadline(deadline: Deadline) -> list[dt.date]:
    found: list[dt.date] = []
    day = next_due(deadline, START)
    while day is not None and day <= END:
        found.append(day)
        day = next_due(deadline, day + dt.timedelta(days=1))
    return found


def _cases() -> Iterable[Deadline]:
    yield from (every_month(day) for day in (1, 15, 25, 28, 29, 30, 31))
    yield from (recurring(weekday=day) for day in range(7))
    yield recurring((3, 31), (6, 30), (9, 30), (12, 31))
    yield recurring((6, 30), (12, 31))
    yield recurring((6, 9), (12, 9))
    yield recurring((12, 31))
    yield recurring((2, 29))
    yield recurring((2, 28))
    yield recurring((2, 31))
    yield recurring((1, 10), (2, 10), (7, 10))
    yield recurring((2, 28), (5, 31), (8, 31), (11, 30))
    yield recurring((2, 29), (5, 31), (8, 31), (11, 30))
    yield recurring((4, 30), (6, 15), (11, 20))
    yield recurring((12, 31), window_start=dt.date(2027, 1, 1))
    yield recurring(*((month, 20) for month in range(1, 13)), due=dt.date(2028, 7, 20))
    yield recurring(weekday=4, due=dt.date(2027, 6, 30), window_start=dt.date(2026, 9, 1))
    for words in ("Trước ngày 20 hằng tháng", "Định kỳ hằng quý", "Thứ sáu hằng tuần", "Hằng năm", "6 tháng một lần"):
        yield read_deadline(words, year=2026)


CASES = list(_cases())


@pytest.mark.parametrize("deadline", CASES, ids=lambda d: f"{d.text} {d.recurrence}")
def test_rules_give_the_days_of_the_deadline_for_five_years(deadline: Deadline) -> None:
    days = by_deadline(deadline)
    assert days
    assert by_rules(deadline) == days


def test_the_last_day_of_a_month_is_said_so() -> None:
    rules = [o.rule for o in occasions(recurring((3, 31), (6, 30), (9, 30), (12, 31)), START)]
    assert rules == [{"FREQ": "MONTHLY", "INTERVAL": 3, "BYMONTHDAY": -1}]
    assert [o.rule for o in occasions(recurring((12, 31)), START)] == [
        {"FREQ": "YEARLY", "BYMONTH": 12, "BYMONTHDAY": 31}
    ]


@pytest.mark.parametrize("deadline", CASES, ids=lambda d: f"{d.text} {d.recurrence}")
def test_rules_are_of_the_kinds_that_outlook_knows(deadline: Deadline) -> None:
    for occasion in occasions(deadline, START):
        rule = occasion.rule or {}
        assert rule["FREQ"] != "YEARLY" or isinstance(rule["BYMONTH"], int), "one month in a yearly rule"
        assert rule["FREQ"] != "MONTHLY" or "BYMONTH" not in rule


# --- secret addresses ------------------------------------------------------------------------------------


def test_a_secret_opens_the_calendar_of_its_person_and_only_its_hash_is_kept(engine: Engine) -> None:
    people, links = PeopleStore(engine), CalendarLinks(engine)
    hoa = people.add("Hoa", UNIT, Role.OFFICER, NOW)
    token = links.make(hoa, NOW)
    found = links.whose(token)
    assert found is not None
    assert (found.person, found.unit) == (hoa.id, None)
    with engine.connect() as connection:
        assert token not in str(connection.execute(select(FEEDS)).all())
    assert len(token) >= 40
    for other in ("", token[:-1], token + "x", token.upper(), "\udcff", "a" * 100_000):
        assert links.whose(other) is None


def test_a_renewed_address_ends_the_old_one_and_nothing_else_does(engine: Engine) -> None:
    people, links = PeopleStore(engine), CalendarLinks(engine)
    hoa, ba = (people.add(name, UNIT, Role.OFFICER, NOW) for name in ("Hoa", "Ba"))
    first, other, unit = links.make(hoa, NOW), links.make(ba, NOW), links.make(hoa.unit, NOW)
    with pytest.raises(StoreError, match="calendar_there"):
        links.make(hoa, NOW)
    assert links.whose(first) is not None
    second = links.make(hoa, NOW, renew=True)
    assert links.whose(first) is None
    assert None not in [links.whose(token) for token in (second, other, unit)]


def test_revoked_and_made_anew(engine: Engine) -> None:
    hoa, links = PeopleStore(engine).add("Hoa", UNIT, Role.OFFICER, NOW), CalendarLinks(engine)
    token = links.make(hoa.unit, NOW)
    assert links.revoke(hoa.unit, NOW)
    assert not links.revoke(hoa.unit, NOW)
    assert links.whose(token) is None
    assert links.whose(links.make(hoa.unit, NOW)) is not None


def test_who_leaves_loses_the_calendar_at_once(engine: Engine) -> None:
    people, links = PeopleStore(engine), CalendarLinks(engine)
    hoa = people.add("Hoa", UNIT, Role.OFFICER, NOW)
    token, unit = links.make(hoa, NOW), links.make(hoa.unit, NOW)
    left = people.disable(hoa.id, NOW)
    assert links.whose(token) is None
    assert links.whose(unit) is not None
    with engine.connect() as connection:
        revoked = select(FEEDS.c.revoked_at).where(FEEDS.c.person == hoa.id)
        assert connection.execute(revoked).scalar_one() == NOW
    with pytest.raises(StoreError, match="person_left"):
        links.make(left, NOW)
