"""Counts of how tasks stand, on both engines: they follow every change and every new reading."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from connectors.database import Store, TaskFilter
from connectors.overview import Counts, Overview
from connectors.progress import ProgressStore
from corpus.people import Channel
from corpus.progress import Change, TaskKey, TaskState
from corpus.records import Deadline, DeadlineKind
from tests.connectors.records import due, put, task

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
TENTATIVE = Deadline(text="dự kiến", kind=DeadlineKind.DATE, due=dt.date(2026, 1, 1), tentative=True)


@pytest.fixture
def office(engine: Engine) -> Engine:
    """Five tasks: three past due (one of them tentatively), one due today, one without a day."""
    tasks = [
        task("a", 0, lead=["vhxh"], deadline=due("2026-11-21")),
        task("a", 1, lead=["vhxh", "vp"], deadline=due("2026-05-31")),
        task("a", 2, lead=["vp"], deadline=TENTATIVE),
        task("a", 3, lead=["vp"], coordinate=["vhxh"], deadline=due("2026-11-22")),
    ]
    put(Store(engine), "a", tasks=tasks)
    put(Store(engine), "b", tasks=[task("b", 0, lead=["vp"])])
    return engine


def say(engine: Engine, row: str, state: TaskState, document: str = "a", minute: int = 0) -> int:
    key, now = TaskKey(document=document, row=f"#{row}"), NOW + dt.timedelta(minutes=minute)
    store = ProgressStore(engine)
    return store.record(key, Change(state=state), by="hoa", channel=Channel.CLI, now=now, seen=None).entry.id


def test_nothing_recorded(office: Engine) -> None:
    assert Overview(office).counts(TaskFilter(), TODAY) == Counts(total=5, overdue=2, silent=5)
    assert [key.row for key in Overview(office).overdue(TaskFilter(), TODAY, 9)] == ["#2", "#1"]
    assert Overview(office).counts(TaskFilter(documents=()), TODAY) == Counts()


def test_counts_follow_changes_and_their_undoing(office: Engine) -> None:
    done = say(office, "2", TaskState.DONE)
    say(office, "1", TaskState.EXTENSION)
    say(office, "1", TaskState.STOPPED, "b")
    counts = Overview(office).counts(TaskFilter(), TODAY)
    assert counts == Counts(total=5, done=1, stopped=1, overdue=1, silent=2)
    assert counts.open == 3
    ProgressStore(office).undo(done, by="hoa", channel=Channel.CLI, now=NOW)
    assert Overview(office).counts(TaskFilter(), TODAY) == Counts(total=5, stopped=1, overdue=2, silent=3)


def test_a_new_reading_keeps_what_was_said(office: Engine) -> None:
    say(office, "2", TaskState.DONE)
    put(Store(office), "a", "Bản mới", tasks=[task("a", 7, number="2", lead=["vhxh"], deadline=due("2026-05-31"))])
    assert Overview(office).counts(TaskFilter(documents=("a",)), TODAY) == Counts(total=1, done=1)
    assert Overview(office).behind(TaskFilter(documents=("a",)), TODAY, 9) == []


def test_counts_of_a_filter(office: Engine) -> None:
    say(office, "1", TaskState.DONE)
    wanted = TaskFilter(agencies=("vhxh",), role="lead")
    assert Overview(office).counts(wanted, TODAY) == Counts(total=2, done=1, overdue=1, silent=1)
    assert Overview(office).counts(TaskFilter(due_to=dt.date(2026, 6, 1)), TODAY).total == 2


def test_bodies_by_what_is_overdue(office: Engine) -> None:
    say(office, "1", TaskState.UNDERWAY)
    bodies = Overview(office).behind(TaskFilter(), TODAY, 9)
    assert [(b.agency, b.total, b.overdue, b.silent) for b in bodies] == [("vhxh", 2, 2, 1), ("vp", 4, 1, 4)]
    assert [b.agency for b in Overview(office).behind(TaskFilter(), TODAY, 1)] == ["vhxh"]
    assert [b.total for b in Overview(office).behind(TaskFilter(documents=("a",)), TODAY, 9)] == [2, 3]
    assert Overview(office).behind(TaskFilter(documents=("b",)), TODAY, 9) == []


def test_tasks_in_a_state_the_last_changed_first(office: Engine) -> None:
    for minute, row in enumerate(("4", "1", "2")):
        say(office, row, TaskState.UNDERWAY, minute=minute)
    found = Overview(office).standing_as(TaskFilter(), TaskState.UNDERWAY, 2)
    assert [key.row for key in found] == ["#2", "#1"]
    assert Overview(office).standing_as(TaskFilter(agencies=("vp",), role="lead"), TaskState.UNDERWAY, 9) == [
        TaskKey(document="a", row="#2"),
        TaskKey(document="a", row="#4"),
    ]
