"""Whose deadlines a calendar shows, and what stands behind a secret address."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.calendar_feed import CalendarFeeds
from assistant.ingest import ingest
from assistant.library import Library
from assistant.office import Office
from assistant.rights import TERMINAL
from connectors.calendar import Item
from connectors.calendar_links import CalendarLinks
from connectors.database import Store
from corpus.agencies import Agencies
from corpus.people import Channel, Person, Role, Unit
from corpus.progress import Change, ChangeKind, TaskKey, TaskState
from corpus.records import Origin
from tests.command import RunTroly

NOW = dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC)
CULTURE = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"
ECONOMY = "Phòng Kinh tế, Hạ tầng và Đô thị, UBND phường Nhị Chiểu"
INTERNAL = """UBND PHƯỜNG NHỊ CHIỂU
Số: 77/KH-UBND
KẾ HOẠCH
Kiểm tra nội bộ năm 2026

PHỤ LỤC
| STT | Nhiệm vụ | Chủ trì | Thời hạn |
| 1 | Rà soát hồ sơ nội bộ của các đơn vị | Phòng Văn hóa - Xã hội | 15/12/2026 |
"""


@pytest.fixture(scope="module")
def library(agencies: Agencies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The documents that ship and one that is internal; nobody works here yet."""
    folder = tmp_path_factory.mktemp("noi-bo")
    (folder / "kh-77.txt").write_text(INTERNAL, encoding="utf-8")
    (folder / "manifest.yaml").write_text("- {id: kh-77, file: kh-77.txt, access: internal}\n", encoding="utf-8")
    store = Store.open(None)
    documents = Path(__file__).parents[2] / "corpus" / "documents"
    assert [r.error for r in ingest([documents, folder], store, agencies) if r.error] == []
    yield Library(store, agencies, None)
    store.close()


@pytest.fixture
def office(library: Library) -> Office:
    return Office.of(library.store.engine)


def add(office: Office, name: str, unit: str = CULTURE, role: Role = Role.OFFICER) -> Person:
    return office.people.add(f"{name} {len(office.people.all())}", unit, role, NOW)


def rows(library: Library, whose: Person | Unit) -> dict[tuple[str, str], Item]:
    """What stands in a calendar, by document and number."""
    return {(item.task.document, item.task.number): item for item in CalendarFeeds(library).items(whose)}


def test_a_unit_sees_what_it_leads_and_the_duties_of_prose(library: Library, office: Office) -> None:
    found = rows(library, add(office, "Hoa").unit)
    assert ("nhi-chieu-158", "1") in found
    assert found["nhi-chieu-158", "IV.1"].task.origin is Origin.PROSE
    assert found["nhi-chieu-158", "1"].name == "KH 158"
    assert ("nhi-chieu-158", "18") not in found, "it has no day"
    for item in found.values():
        assert item.task.document in ("nhi-chieu-158", "hn-226-annex", "kh-77", "hn-226-plan")


def test_another_office_sees_nothing_of_it(library: Library, office: Office) -> None:
    found = rows(library, add(office, "Ba", "Phòng Văn hóa - Xã hội, UBND phường Ngọc Hà"))
    assert not [document for document, _ in found if document in ("nhi-chieu-158", "kh-77")]


def test_what_was_given_to_a_colleague_is_theirs_and_the_heads(library: Library, office: Office) -> None:
    hoa, ba, head = add(office, "Hoa"), add(office, "Ba"), add(office, "Lan", role=Role.HEAD)
    key = TaskKey(document="nhi-chieu-158", row="#1")
    given = Change(kind=ChangeKind.ASSIGNED, assignee=hoa.id)
    office.progress.record(key, given, by=head.id, channel=Channel.WEB, now=NOW, seen=None)
    wanted = ("nhi-chieu-158", "1")
    assert [wanted in rows(library, whose) for whose in (hoa, ba, head, head.unit)] == [True, False, True, True]


def test_what_was_given_to_somebody_of_another_unit_is_in_theirs_once(library: Library, office: Office) -> None:
    minh = add(office, "Minh", ECONOMY)
    key = TaskKey(document="nhi-chieu-158", row="#3")
    given = Change(kind=ChangeKind.ASSIGNED, assignee=minh.id)
    office.progress.record(key, given, by=None, channel=Channel.WEB, now=NOW, seen=None)
    found = [item.task.number for item in CalendarFeeds(library).items(minh) if item.task.document == "nhi-chieu-158"]
    assert found.count("3") == 1


def test_the_secret_opens_the_calendar_as_things_stand(library: Library, office: Office) -> None:
    hoa = add(office, "Hoa")
    token = CalendarLinks(library.store.engine).make(hoa, NOW)
    feeds = CalendarFeeds(library)
    before = feeds.feed_for(token, NOW)
    assert before is not None
    assert "✓".encode() not in before
    key = TaskKey(document="nhi-chieu-158", row="#8")
    done = Change(state=TaskState.DONE)
    due_task = next(
        item for item in feeds.items(hoa) if item.task.deadline.due and item.task.origin is not Origin.PROSE
    )
    key = TaskKey(document=due_task.task.document, row=due_task.row)
    office.progress.record(key, done, by=hoa.id, channel=Channel.WEB, now=NOW, seen=None)
    after = feeds.feed_for(token, NOW)
    assert after is not None
    assert "✓".encode() in after
    office.people.disable(hoa.id, NOW)
    assert feeds.feed_for(token, NOW) is None
    assert feeds.feed_for("x", NOW) is None


def test_reading_internal_deadlines_is_in_the_log(library: Library, office: Office) -> None:
    hoa = add(office, "Hoa")
    assert ("kh-77", "1") in rows(library, hoa)
    token = CalendarLinks(library.store.engine).make(hoa, NOW)
    assert CalendarFeeds(library).feed_for(token, NOW)
    line = office.audit.lines(most=1)[0]
    assert (line.action, line.by, line.about, line.channel) == ("read", hoa.id, "kh-77", Channel.WEB)


def test_the_same_calendar_twice_is_the_same_bytes(library: Library, office: Office) -> None:
    unit, feeds = add(office, "Hoa").unit, CalendarFeeds(library)
    assert feeds.calendar(unit, NOW, TERMINAL) == feeds.calendar(unit, NOW, TERMINAL)


# --- the commands ----------------------------------------------------------------------------------------


@pytest.fixture
def people(filled_data: Path, call_troly: RunTroly, tmp_path: Path) -> Path:
    """A copy of the filled data folder, where Hoa works."""
    data = tmp_path / "kho"
    shutil.copytree(filled_data, data)
    assert call_troly("people", "add", "Nguyễn Thị Hoa", "--unit", CULTURE, data=data).rc == 0
    return data


def test_linking_renewing_and_revoking(call_troly: RunTroly, people: Path) -> None:
    base = {"TROLY_PUBLIC_URL": "https://troly.example.vn/"}
    first = call_troly("calendar", "link", "hoa", data=people, env=base)
    assert "https://troly.example.vn/calendar/" in first.stdout
    refused = call_troly("calendar", "link", "hoa", data=people)
    assert (refused.rc, len(refused.stderr.strip().splitlines())) == (2, 1)
    renewed = call_troly("calendar", "link", "hoa", "--renew", data=people)
    assert "\n/calendar/" in renewed.stdout
    assert "TROLY_PUBLIC_URL" in renewed.stdout
    assert "Đã thu hồi" in call_troly("calendar", "link", "hoa", "--revoke", data=people).stdout
    assert call_troly("calendar", "link", "--unit", "phong van hoa - xa hoi", data=people).rc == 0


def test_the_file_of_a_person_and_of_a_unit(call_troly: RunTroly, people: Path, tmp_path: Path) -> None:
    for arguments in (("hoa",), ("--unit", CULTURE)):
        file = tmp_path / "lich.ics"
        assert call_troly("calendar", "export", *arguments, file, data=people).rc == 0
        assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("link",),
        ("link", "Lan"),
        ("link", "hoa", "--unit", CULTURE),
        ("link", "--unit", "Phòng Lạ"),
        ("export", "a.ics"),
    ],
)
def test_bad_input_is_one_sentence(call_troly: RunTroly, people: Path, arguments: tuple[str, ...]) -> None:
    ran = call_troly("calendar", *arguments, data=people)
    assert (ran.rc, ran.stdout, len(ran.stderr.strip().splitlines())) == (2, "", 1)
