"""Progress on both engines: a history that only grows, standings that follow, two who write at once."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from connectors.audit import AuditLog
from connectors.engine import StoreError, open_engine, rows
from connectors.progress import ProgressStore, after
from connectors.schema import AUDIT, PROGRESS, STANDINGS
from corpus.people import Channel
from corpus.progress import Change, ChangeKind, Entry, TaskKey, TaskState

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
KEY = TaskKey(document="a", row="II#7")
HALF = Change(state=TaskState.UNDERWAY, percent=50)
DONE = Change(state=TaskState.DONE, note="đã trình ký")


@pytest.fixture
def progress(engine: Engine) -> ProgressStore:
    return ProgressStore(engine)


def add(progress: ProgressStore, change: Change, by: str = "hoa", now: dt.datetime = NOW, key: TaskKey = KEY) -> Entry:
    """A change by somebody who knows how the task stands."""
    standing = progress.standings([key]).get(key)
    seen = standing.entry if standing else None
    recorded = progress.record(key, change, by=by, channel=Channel.CLI, now=now, seen=seen)
    assert recorded.overtaken is None
    return recorded.entry


def test_a_change_is_recorded_with_who_when_and_where(progress: ProgressStore) -> None:
    entry = add(progress, HALF)
    assert (entry.by, entry.at, entry.channel, entry.before) == ("hoa", NOW, Channel.CLI, None)
    standing = progress.standings([KEY])[KEY]
    assert (standing.state, standing.percent, standing.entry, standing.at) == (TaskState.UNDERWAY, 50, entry.id, NOW)
    assert progress.standings([TaskKey(document="a", row="#7")]) == {}
    assert progress.standings([]) == {}


def test_history_keeps_old_and_new(progress: ProgressStore) -> None:
    add(progress, HALF)
    add(progress, DONE, by="nam", now=NOW + HOUR)
    first, second = progress.history(KEY)
    assert second.before == after(first)
    assert second.before and second.before.percent == 50
    assert (second.change.state, second.change.note) == (TaskState.DONE, "đã trình ký")
    assert progress.entry(first.id) == first


def test_what_a_change_does_not_name_stays(progress: ProgressStore) -> None:
    add(progress, Change(kind=ChangeKind.ASSIGNED, assignee="nam"))
    assert progress.standings([KEY])[KEY].state is TaskState.NOT_STARTED
    add(progress, HALF)
    add(progress, Change(note="chờ Sở góp ý"))
    standing = progress.standings([KEY])[KEY]
    assert (standing.assignee, standing.percent, standing.note) == ("nam", 50, "chờ Sở góp ý")
    assert [s.task for s in progress.assigned_to("nam")] == [KEY]


def test_giving_a_task_to_somebody_leaves_what_was_said_of_it_with_who_said_it(progress: ProgressStore) -> None:
    add(progress, HALF, by="hoa")
    given = add(progress, Change(kind=ChangeKind.ASSIGNED, assignee="nam"), by="sep", now=NOW + HOUR)
    standing = progress.standings([KEY])[KEY]
    assert (standing.by, standing.at, standing.percent, standing.entry) == ("hoa", NOW, 50, given.id)


def test_a_day_asked_for_goes_with_the_request(progress: ProgressStore) -> None:
    asked = dt.date(2027, 1, 15)
    add(progress, Change(state=TaskState.EXTENSION, asked_due=asked))
    assert progress.standings([KEY])[KEY].asked_due == asked
    add(progress, HALF)
    assert progress.standings([KEY])[KEY].asked_due is None


def test_undoing_lets_the_task_stand_as_before_and_adds_to_the_history(progress: ProgressStore) -> None:
    half = add(progress, HALF)
    done = add(progress, DONE)
    undone = progress.undo(done.id, by="hoa", channel=Channel.WEB, now=NOW + HOUR)
    assert (undone.undoes, undone.change.kind) == (done.id, ChangeKind.UNDONE)
    assert progress.standings([KEY])[KEY] == after(half)
    assert [e.id for e in progress.history(KEY)] == [half.id, done.id, undone.id]
    assert progress.last_by("hoa") == half
    progress.undo(half.id, by="hoa", channel=Channel.WEB, now=NOW + HOUR)
    assert progress.standings([KEY]) == {}
    assert progress.last_by("hoa") is None


@pytest.mark.parametrize("case", ["undo_done", "undo_overtaken", "undo_unknown"])
def test_what_cannot_be_taken_back(progress: ProgressStore, case: str) -> None:
    number = add(progress, HALF).id
    if case == "undo_done":
        progress.undo(number, by="hoa", channel=Channel.CLI, now=NOW)
    if case == "undo_overtaken":
        add(progress, DONE, by="nam")
    if case == "undo_unknown":
        number += 100
    before = progress.history(KEY)
    with pytest.raises(StoreError, match=case):
        progress.undo(number, by="hoa", channel=Channel.CLI, now=NOW)
    assert progress.history(KEY) == before


def test_the_later_of_two_is_told_of_the_earlier_and_both_are_kept(progress: ProgressStore) -> None:
    first = add(progress, HALF)
    nam = progress.record(KEY, DONE, by="nam", channel=Channel.WEB, now=NOW, seen=first.id)
    hoa = progress.record(KEY, Change(percent=60), by="hoa", channel=Channel.CLI, now=NOW, seen=first.id)
    assert nam.overtaken is None
    assert hoa.overtaken == nam.entry
    assert len(progress.history(KEY)) == 3


def test_changes_between_two_moments(progress: ProgressStore) -> None:
    other = TaskKey(document="b", row="#1")
    add(progress, HALF)
    add(progress, HALF, now=NOW + HOUR, key=other)
    add(progress, DONE, now=NOW + 2 * HOUR)
    found = progress.between(NOW, NOW + 2 * HOUR, ["a", "b"])
    assert [entry.task.document for entry in found] == ["a", "b"]
    assert progress.between(NOW, NOW + 3 * HOUR, ["b"]) == [found[1]]
    assert progress.between(NOW, NOW + 3 * HOUR, []) == []


def test_what_was_said_with_one_message(progress: ProgressStore) -> None:
    other = TaskKey(document="b", row="#1")
    first = add(progress, HALF)
    second = add(progress, DONE, key=other)
    add(progress, HALF, now=NOW + HOUR)
    add(progress, HALF, by="nam", key=other)
    assert progress.said_with(second) == [first, second]


def test_changes_and_their_undoing_are_in_the_audit_log_without_words_or_names(
    progress: ProgressStore, engine: Engine
) -> None:
    entry = add(progress, Change(state=TaskState.DONE, note="đã trình chị Lan", assignee=None))
    progress.undo(entry.id, by="nam", channel=Channel.WEB, now=NOW + HOUR)
    undone, recorded = AuditLog(engine).lines()
    assert (recorded.action, recorded.by, recorded.about, recorded.at) == ("progress_recorded", "hoa", "a II#7", NOW)
    assert recorded.details == {"entry": entry.id, "kind": "state", "state": "done"}
    assert (undone.action, undone.by, undone.details["undoes"]) == ("progress_undone", "nam", entry.id)


def test_a_change_that_cannot_be_logged_is_not_made(progress: ProgressStore, engine: Engine) -> None:
    before = add(progress, HALF)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO gone"))
    try:
        with pytest.raises(StoreError, match="progress_not_saved"):
            add(progress, DONE)
        with pytest.raises(StoreError, match="progress_not_saved"):
            progress.undo(before.id, by="hoa", channel=Channel.CLI, now=NOW)
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO audit"))
    assert progress.history(KEY) == [before]
    assert progress.standings([KEY])[KEY].entry == before.id


def test_a_moment_without_its_zone_is_refused(progress: ProgressStore) -> None:
    with pytest.raises(StoreError, match="progress_not_saved"):
        progress.record(KEY, HALF, by="hoa", channel=Channel.CLI, now=dt.datetime(2026, 1, 1), seen=None)  # noqa: DTZ001
    assert progress.history(KEY) == []


def test_many_who_write_at_once_lose_nothing(progress: ProgressStore, engine: Engine) -> None:
    def write(who: int) -> None:
        own = ProgressStore(engine)
        for percent in range(10):
            own.record(KEY, Change(percent=percent), by=str(who), channel=Channel.WEB, now=NOW, seen=None)

    writers = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    history = progress.history(KEY)
    assert len(history) == 40
    for before, entry in itertools.pairwise(history):
        assert entry.before is not None
        assert entry.before.entry == before.id  # one after the other, each knowing the one before
    assert progress.standings([KEY])[KEY].entry == history[-1].id


def test_a_locked_database_says_that_nothing_was_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.engine._WAIT", 0.05)
    path = tmp_path / "troly.sqlite3"
    engine, other = open_engine(path), open_engine(path)
    with other.connect() as holder:
        holder.exec_driver_sql("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="progress_not_saved"):
            ProgressStore(engine).record(KEY, HALF, by="hoa", channel=Channel.CLI, now=NOW, seen=None)
        holder.exec_driver_sql("ROLLBACK")
    assert add(ProgressStore(engine), HALF).id == 1
    engine.dispose()
    other.dispose()


_WRITER = """
import datetime as dt, sys
from pathlib import Path
from pydantic import SecretStr
from connectors.engine import open_engine
from connectors.progress import ProgressStore
from corpus.people import Channel
from corpus.progress import Change, TaskKey
target = sys.argv[1]
progress = ProgressStore(open_engine(SecretStr(target) if "://" in target else Path(target)))
now = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
for i in range(100_000):
    key = TaskKey(document="a", row=f"#{i % 5}")
    progress.record(key, Change(percent=i % 101), by="hoa", channel=Channel.CLI, now=now, seen=None)
    if i == 0:
        print("ready", flush=True)
"""


def test_a_writer_killed_at_any_moment_leaves_nothing_half_done(
    engine: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The history and the standings agree after each of five kills."""
    target = str(engine.url.database) if engine.dialect.name == "sqlite" else engine.url.render_as_string(False)
    chance = random.Random(7)
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, target], cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ}
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(chance.uniform(0.01, 0.1))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        assert_whole(engine)


def assert_whole(engine: Engine) -> None:
    """Each task stands as its last change says; seen by one query, for a server may still end what a client began."""
    same = (PROGRESS.c.document == STANDINGS.c.document) & (PROGRESS.c.task_row == STANDINGS.c.task_row)
    last = select(func.max(PROGRESS.c.id)).where(same).scalar_subquery()
    percent = select(PROGRESS.c.percent).where(PROGRESS.c.id == STANDINGS.c.entry).scalar_subquery()
    reported = select(func.count(PROGRESS.c.task_row.distinct())).scalar_subquery()
    logged = select(func.count()).select_from(AUDIT).scalar_subquery()
    changes = select(func.count()).select_from(PROGRESS).scalar_subquery()
    query = select(STANDINGS, last, percent, reported, logged, changes)
    standings = rows(engine, query)
    assert standings
    for row in standings:
        *_, last_id, said, tasks, lines, history = row
        assert (row.entry, row.percent) == (last_id, said)
        assert (tasks, lines) == (len(standings), history)
