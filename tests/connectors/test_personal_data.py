"""What is held on a person is found as a whole and goes as a whole; what was done about tasks stays."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select

from connectors.audit import AuditLog
from connectors.calendar_links import CalendarLinks
from connectors.engine import StoreError
from connectors.people import PeopleStore
from connectors.personal_data import erase, held_on
from connectors.progress import ProgressStore
from connectors.retention import Retention, clean
from connectors.schema import AUDIT, CONVERSATIONS, FEEDBACK, LINK_CODES, METADATA, UNANSWERED
from corpus.people import Channel, Person, Role
from corpus.progress import Change, ChangeKind, TaskKey, TaskState

NOW = dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC)
UNIT = "Phòng Văn hóa - Xã hội, UBND phường A"
FIRST, SECOND = TaskKey(document="kh-1", row="#7"), TaskKey(document="kh-1", row="#8")


@dataclass
class Cast:
    """Hoa, who wants her data to go, and Ba, whose data stay."""

    hoa: Person
    ba: Person
    secrets: tuple[str, ...]


@pytest.fixture
def cast(engine: Engine) -> Cast:
    people, progress, audit = PeopleStore(engine), ProgressStore(engine), AuditLog(engine)
    hoa = people.add("Nguyễn Thị Hoa", UNIT, Role.HEAD, NOW)
    ba = people.add("Trần Văn Ba", UNIT, Role.OFFICER, NOW)
    people.redeem(people.make_code(hoa.id, NOW), Channel.TELEGRAM, "7700112233", NOW)
    people.redeem(people.make_code(ba.id, NOW), Channel.TELEGRAM, "8800112233", NOW)
    links = (CalendarLinks(engine).make(hoa, NOW), CalendarLinks(engine).make(ba, NOW), people.make_code(hoa.id, NOW))
    chat = Channel.TELEGRAM
    progress.record(FIRST, Change(state=TaskState.UNDERWAY, percent=60), by=hoa.id, channel=chat, now=NOW, seen=None)
    given = Change(kind=ChangeKind.ASSIGNED, assignee=hoa.id)
    progress.record(FIRST, given, by=ba.id, channel=chat, now=NOW, seen=None)
    note = "chị Nguyễn Thị Hoa đã gửi báo cáo"
    progress.record(FIRST, Change(state=TaskState.UNDERWAY, note=note), by=ba.id, channel=chat, now=NOW, seen=None)
    done = Change(state=TaskState.DONE, note="xong")
    progress.record(FIRST, done, by=ba.id, channel=chat, now=NOW, seen=None)
    progress.record(SECOND, Change(state=TaskState.DONE), by=ba.id, channel=chat, now=NOW, seen=None)
    audit.note("report", by=hoa.id, channel=chat, now=NOW, about="kh-1 #7", details={"account": "7700112233", "n": 7})
    audit.note(
        "person_add", by=None, channel=Channel.CLI, now=NOW, about=hoa.id, details={"name": hoa.name, "role": "head"}
    )
    audit.note("report", by=ba.id, channel=chat, now=NOW, about="kh-1 #8", details={"n": 8})
    with engine.begin() as connection:
        talk = {"channel": "telegram", "state": '{"said": "em Hoa day"}', "updated_at": NOW}
        connection.execute(insert(CONVERSATIONS), {**talk, "account": "7700112233", "person": None})
        connection.execute(insert(CONVERSATIONS), {**talk, "account": "8800112233", "person": ba.id})
        words = {"at": NOW, "channel": "web", "useful": True, "question": "Hoa hỏi", "reply": "", "note": "hay"}
        connection.execute(insert(FEEDBACK), [{**words, "person": person.id} for person in (hoa, ba)])
    return Cast(hoa, ba, links)


def whole(engine: Engine) -> str:
    """Everything in the database, as one text."""
    with engine.connect() as connection:
        return "\n".join(
            str(tuple(row)) for table in METADATA.sorted_tables for row in connection.execute(select(table))
        )


# --- shown -----------------------------------------------------------------------------------------------


def test_all_that_is_held_is_shown_without_hashes(engine: Engine, cast: Cast) -> None:
    held = held_on(engine, cast.hoa)
    written = json.dumps(held, ensure_ascii=False)
    assert {name: len(rows) for name, rows in held.items()} == {
        "person": 1,
        "accounts": 1,
        "link_codes": 1,
        "link_tries": 0,
        "calendars": 1,
        "changes": 1,
        "given_to": 1,
        "tasks_now": 1,
        "conversations": 1,
        "feedback": 1,
        "log": 3,
    }
    assert held["person"][0]["name"] == "Nguyễn Thị Hoa"
    assert held["person"][0]["unit"] == UNIT
    assert "hash" not in written
    assert not any(secret in written for secret in cast.secrets)
    assert "8800112233" not in written, "nothing of anybody else"


# --- erased ----------------------------------------------------------------------------------------------


def test_nothing_of_a_person_is_left_and_the_work_is(engine: Engine, cast: Cast) -> None:
    progress = ProgressStore(engine)
    before = [(e.change.state, e.change.percent, e.at) for e in progress.history(FIRST)]
    done = erase(engine, cast.hoa, name="(đã xóa)", now=NOW)
    left = whole(engine)
    assert left.count(cast.hoa.id) == 1, "only the nameless row of the person has the id"
    assert not any(word in left for word in ("Nguyễn Thị Hoa", "nguyen thi hoa", "7700112233"))
    history = progress.history(FIRST)
    assert [(e.change.state, e.change.percent, e.at) for e in history] == before
    assert history[0].by is None
    assert history[1].change.assignee is None
    assert history[2].change.note == "chị … đã gửi báo cáo"
    assert [e.before.by if e.before else "-" for e in history] == ["-", None, None, cast.ba.id]
    assert history[3].before is not None
    assert history[3].before.assignee is None
    assert progress.standings([FIRST])[FIRST].assignee is None
    assert done == {
        "accounts": 1,
        "link_codes": 1,
        "link_tries": 0,
        "calendars": 1,
        "conversations": 1,
        "feedback": 1,
        "changes": 2,
        "log": 3,
    }


def test_the_log_keeps_what_was_done_and_when(engine: Engine, cast: Cast) -> None:
    erase(engine, cast.hoa, name="(đã xóa)", now=NOW)
    lines = [(line.action, line.by, line.about, line.details, line.at) for line in AuditLog(engine).lines()]
    assert [line[1] for line in lines if line[0] == "progress_recorded"] == [*[cast.ba.id] * 4, None]
    assert [line for line in lines if line[0] != "progress_recorded"] == [
        ("report", cast.ba.id, "kh-1 #8", {"n": 8}, NOW),
        ("person_add", None, "", {"role": "head"}, NOW),
        ("report", None, "kh-1 #7", {"n": 7}, NOW),
    ]


def test_others_keep_all_of_theirs(engine: Engine, cast: Cast) -> None:
    before = held_on(engine, cast.ba)
    erase(engine, cast.hoa, name="(đã xóa)", now=NOW)
    after = held_on(engine, cast.ba)
    for rows in (*before.values(), *after.values()):
        for row in rows:
            row.pop("before", None)
            row.pop("assignee", None)
    before["changes"][1]["note"] = after["changes"][1]["note"]
    assert after == before


def test_who_was_erased_has_no_access_and_is_not_found(engine: Engine, cast: Cast) -> None:
    erase(engine, cast.hoa, name="(đã xóa)", now=NOW)
    people = PeopleStore(engine)
    assert people.by_account(Channel.TELEGRAM, "7700112233") is None
    assert people.find("Hoa") == []
    assert CalendarLinks(engine).whose(cast.secrets[0]) is None
    with pytest.raises(StoreError, match="code_bad"):
        people.redeem(cast.secrets[2], Channel.ZALO_OA, "1", NOW)
    erased = people.get(cast.hoa.id)
    assert erased is not None
    assert not erased.active
    assert set(erase(engine, erased, name="(đã xóa)", now=NOW).values()) == {0}, "a second time does nothing"


def test_a_change_that_stands_on_an_erased_one_can_be_taken_back(engine: Engine, cast: Cast) -> None:
    progress = ProgressStore(engine)
    erase(engine, cast.hoa, name="(đã xóa)", now=NOW)
    last = progress.history(FIRST)[-1]
    progress.undo(last.id, by=cast.ba.id, channel=Channel.WEB, now=NOW)
    assert progress.standings([FIRST])[FIRST].assignee is None


def test_a_namesake_is_not_erased_from_notes(engine: Engine, cast: Cast) -> None:
    other = PeopleStore(engine).add(cast.hoa.name, "Phòng Kinh tế, UBND phường A", Role.OFFICER, NOW)
    erase(engine, cast.hoa, name="(đã xóa)", now=NOW)
    assert ProgressStore(engine).history(FIRST)[2].change.note == "chị Nguyễn Thị Hoa đã gửi báo cáo"
    assert PeopleStore(engine).find("Hoa") == [other]


def test_the_words_are_gone_from_the_file_too(engine: Engine, cast: Cast) -> None:
    if engine.dialect.name != "sqlite":
        return  # a server cleans its files by itself
    erase(engine, cast.hoa, name="(đã xóa)", now=NOW)
    engine.dispose()
    data = b"".join(path.read_bytes() for path in Path(str(engine.url.database)).parent.glob("troly.sqlite3*"))
    assert "Trần Văn Ba".encode() in data
    assert b"em Hoa day" in data, "what Ba said stays"
    for words in ("Nguyễn Thị Hoa", "7700112233"):
        assert words.encode() not in data


# --- how long --------------------------------------------------------------------------------------------

KEPT = Retention(conversations=90, audit=730, unanswered=365, feedback=365)


def test_what_is_older_than_it_is_to_be_kept_goes(engine: Engine) -> None:
    people = PeopleStore(engine)
    hoa = people.add("Hoa", UNIT, Role.OFFICER, NOW)
    people.make_code(hoa.id, NOW - dt.timedelta(hours=1))
    with engine.begin() as connection:
        for days in (10, 89, 91, 364, 366, 729, 731):
            at = NOW - dt.timedelta(days=days)
            talk = {"channel": "web", "account": str(days), "person": None, "state": "{}", "updated_at": at}
            connection.execute(insert(CONVERSATIONS), talk)
            line = {"at": at, "by": None, "channel": "cli", "action": "x", "about": "", "details": "{}"}
            connection.execute(insert(AUDIT), line)
            asked = {"folded": str(days), "question": "?", "times": 1, "first_at": at, "last_at": at}
            connection.execute(insert(UNANSWERED), asked)
            said = {"at": at, "channel": "web", "useful": True, "question": "", "reply": "", "note": ""}
            connection.execute(insert(FEEDBACK), said)
    done = clean(engine, KEPT, NOW)
    assert done == {"conversations": 5, "audit": 1, "unanswered": 3, "feedback": 3, "link_codes": 1, "link_tries": 0}
    with engine.connect() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(t)).scalar_one()
            for t in (CONVERSATIONS, AUDIT, UNANSWERED, FEEDBACK, LINK_CODES)
        ]
    assert counts == [2, 6, 4, 4, 0]
    assert set(clean(engine, KEPT, NOW).values()) == {0}
