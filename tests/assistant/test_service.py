"""The service over HTTP: questions, calendars, opinions, and who sees what."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.going_on import LASTS
from assistant.ingest import ingest
from assistant.journal import read_journal
from assistant.office import Office
from assistant.service.desk import ChatTurn, Desk
from assistant.wiring import open_library
from connectors.calendar_links import CalendarLinks
from connectors.engine import open_engine
from corpus.agencies import Agencies
from corpus.people import Channel, Person, Role
from tests.assistant.serving import served, settings_in
from tests.command import RunTroly

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
CULTURE = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"
INTERNAL = """LƯU HÀNH NỘI BỘ
UBND PHƯỜNG NHỊ CHIỂU
Số: 77/KH-UBND
KẾ HOẠCH
Diễn tập chữa cháy kho lưu trữ năm 2026

PHỤ LỤC
| STT | Nhiệm vụ | Chủ trì | Thời hạn |
| 1 | Diễn tập chữa cháy kho lưu trữ | Phòng Văn hóa - Xã hội | 15/12/2026 |
"""
PUBLIC = """UBND PHƯỜNG MỚI
Số: 99/KH-UBND
KẾ HOẠCH
Trồng bằng lăng năm 2026

PHỤ LỤC
| STT | Nhiệm vụ | Chủ trì | Thời hạn |
| 1 | Trồng bằng lăng dọc đường ven sông | Phòng Kinh tế | 20/12/2026 |
"""


@pytest.fixture(scope="module")
def data(filled_data: Path, agencies: Agencies, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the module's own: the five documents and an internal one."""
    folder = tmp_path_factory.mktemp("dich-vu") / "kho"
    shutil.copytree(filled_data, folder)
    take_in(folder, agencies, "kh-77", INTERNAL, "internal")
    return folder


def take_in(data: Path, agencies: Agencies, name: str, text: str, access: str) -> None:
    """Takes in a document as another process does."""
    folder = data.parent / name
    folder.mkdir()
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "manifest.yaml").write_text(f"- {{id: {name}, file: {name}.txt, access: {access}}}\n", encoding="utf-8")
    store = open_library(settings_in(data)).store
    assert [result.error for result in ingest([folder], store, agencies) if result.error] == []
    store.close()


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[httpx.Client]:
    with served(settings_in(data)) as opened:
        yield opened


@pytest.fixture
def office(data: Path) -> Iterator[Office]:
    engine = open_engine(data / "troly.sqlite3")
    yield Office.of(engine)
    engine.dispose()


def chat(client: httpx.Client, *turns: str, **more: object) -> httpx.Response:
    answer = client.post("/api/v1/chat", json={"turns": turns, "today": "2026-11-21", **more})
    assert answer.status_code == 200, answer.text
    return answer


def same(reply: dict[str, Any]) -> dict[str, Any]:
    return {**reply, "elapsed_ms": 0}


TALKS: list[dict[str, Any]] = [
    {"id": "a", "turns": ["nhiệm vụ 18 kế hoạch 158 ai chủ trì?"], "today": "2026-11-21"},
    {"id": 2, "turns": ["nv 18 kh 158 ai lam", "bao gio xong"], "unit": None, "today": None},
    {"turns": ["phòng mình chủ trì việc gì"], "unit": CULTURE, "today": "2026-11-21"},
    {"turns": ["hội nghị chuyên môn được họp tối đa mấy ngày?"], "today": "2026-11-21", "more": 1},
    {"turns": ["giá vàng hôm nay"], "today": "2026-11-21"},
    {"turns": ["kh 89 có bao nhiêu việc"], "today": "2026-11-21"},
    {"turns": ["   "], "today": "2026-11-21"},
    {"turns": ["a" * 3000], "today": "2026-11-21"},
    {"turns": ["chào bạn"], "today": "2026-11-21"},
]


def test_the_reply_is_that_of_the_command(client: httpx.Client, call_troly: RunTroly) -> None:
    lines = "\n".join(json.dumps({**talk, "today": talk["today"] or "2026-11-22"}) for talk in TALKS)
    told = call_troly("ask", "--jsonl", "-", stdin=lines.encode(), env={"TROLY_EMBEDDINGS": "none"}).lines
    for talk, line in zip(TALKS, told, strict=True):
        answer = client.post("/api/v1/chat", json={**talk, "today": talk["today"] or "2026-11-22"})
        assert same(answer.json()) == same(line["reply"]), talk
        assert answer.headers.get("Troly-Conversation") is None, "nothing is kept that nobody wanted"


def test_a_conversation_goes_on_under_its_token(client: httpx.Client, data: Path) -> None:
    first = chat(client, "nhiệm vụ 13 kế hoạch 158 ai chủ trì?", conversation="new")
    token = first.headers["Troly-Conversation"]
    assert (len(token) >= 43, first.headers["Troly-Answer"]) == (True, "1")
    second = chat(client, "thế hạn bao giờ?", conversation=token)
    assert [task["number"] for task in second.json()["tasks"]] == ["13"]
    assert (second.headers["Troly-Conversation"], second.headers["Troly-Answer"]) == (token, "2")
    assert token.encode() not in b"".join(path.read_bytes() for path in data.glob("troly.sqlite3*"))


def test_a_token_that_nobody_handed_out_begins_a_conversation_of_another(client: httpx.Client) -> None:
    answer = chat(client, "thế hạn bao giờ?", conversation="mine-own-token")
    assert answer.json()["status"] == "clarify"
    assert answer.headers["Troly-Conversation"] != "mine-own-token"


def test_a_citizen_sees_nothing_internal_and_changes_nothing(client: httpx.Client, office: Office) -> None:
    for unit in (None, CULTURE):
        hidden = chat(client, "diễn tập chữa cháy kho lưu trữ ai chủ trì?", unit=unit).json()
        assert "kh-77" not in json.dumps(hidden)
        assert "Diễn tập chữa cháy kho lưu trữ" not in hidden["text"]
        refused = chat(client, "nv 7 kh 158 xong rồi", unit=unit, conversation="new").json()
        assert refused["status"] == "refused"
    assert office.progress.standings_of(["nhi-chieu-158"]) == {}


def test_a_code_joins_no_account_here(client: httpx.Client, office: Office) -> None:
    lan = office.people.add("Trần Thị Lan", CULTURE, Role.OFFICER, NOW)
    code = office.people.make_code(lan.id, dt.datetime.now(dt.UTC))
    assert chat(client, f"liên kết {code}", conversation="new").json()["status"] != "done"
    assert office.people.identities(lan.id) == []


def test_what_another_process_takes_in_is_answered_without_a_restart(
    client: httpx.Client, data: Path, agencies: Agencies
) -> None:
    question = "trồng bằng lăng dọc đường ven sông ai chủ trì?"
    assert chat(client, question).json()["tasks"] == []
    take_in(data, agencies, "kh-99", PUBLIC, "public")
    (task,) = chat(client, question).json()["tasks"]
    assert task["document"] == "kh-99"


def test_a_conversation_is_one_in_the_journal(data: Path) -> None:
    with served(settings_in(data, journal=True)) as client:
        token = chat(client, "nv 13 kh 158 ai chủ trì?", conversation="new").headers["Troly-Conversation"]
        chat(client, "thế hạn bao giờ?", conversation=token)
        chat(client, "thế hạn bao giờ?")
    first, second, other = [entry.conversation for entry in read_journal(data / "journal.jsonl")]
    assert first == second != other
    assert token not in (data / "journal.jsonl").read_text(encoding="utf-8")


def test_conversations_that_nobody_can_go_on_with_are_removed(data: Path, office: Office) -> None:
    clock = [0.0]
    desk = Desk(settings_in(data), clock=lambda: clock[0])
    begin = ChatTurn(turns=["nv 13 kh 158 ai chủ trì?"], conversation="new")
    old = desk.chat(begin, NOW - 3 * LASTS).token
    clock[0] = 3601
    desk.chat(begin, NOW)
    account = f"talk {hashlib.sha256(str(old).encode()).hexdigest()}"
    assert office.conversations.get(Channel.WEB, account, NOW - 9 * LASTS) is None
    desk.close()


# --- opinions --------------------------------------------------------------------------------------------


def test_an_answer_is_judged_by_its_number_once(client: httpx.Client, office: Office) -> None:
    before = len(office.feedback.last(999))
    first = chat(client, "nhiệm vụ 13 kế hoạch 158 ai chủ trì?", conversation="new")
    token = first.headers["Troly-Conversation"]
    chat(client, "thế hạn bao giờ?", conversation=token)
    for _ in range(2):
        said = client.post("/api/v1/feedback", json={"conversation": token, "answer": 1, "verdict": "wrong"})
        assert said.json()["recorded"] is True
    client.post("/api/v1/feedback", json={"conversation": token, "verdict": "right", "note": " anh Lê Văn Hùng khen "})
    last, first_said, *others = office.feedback.last(999)
    assert len(others) == before
    assert (last.question, last.useful, last.note) == ("thế hạn bao giờ?", True, "anh [tên] khen")
    assert (first_said.question, first_said.useful) == ("nhiệm vụ 13 kế hoạch 158 ai chủ trì?", False)
    assert (first_said.person, first_said.channel) == (None, Channel.WEB)


@pytest.mark.parametrize("answer", [None, 7])
def test_an_answer_that_is_not_there_is_not_judged(client: httpx.Client, answer: int | None) -> None:
    said = client.post("/api/v1/feedback", json={"conversation": "x", "answer": answer, "verdict": "wrong"})
    assert (said.status_code, said.json()["error"]["code"]) == (404, "answer_unknown")


# --- calendars -------------------------------------------------------------------------------------------


@pytest.fixture
def hoa(office: Office) -> Person:
    return office.people.add(f"Nguyễn Thị Hoa {len(office.people.all())}", CULTURE, Role.OFFICER, NOW)


def test_a_calendar_behind_its_secret(client: httpx.Client, office: Office, data: Path, hoa: Person) -> None:
    links = CalendarLinks(open_engine(data / "troly.sqlite3"))
    address = f"/calendar/{links.make(hoa, NOW)}.ics"
    got, head = client.get(address), client.head(address)
    assert got.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert got.headers["Cache-Control"].startswith("private")
    assert got.content.startswith(b"BEGIN:VCALENDAR")
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", got.headers["Content-Length"])
    tag = got.headers["ETag"]
    for wanted in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = client.get(address, headers={"If-None-Match": wanted})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert client.get(address, headers={"If-None-Match": '"x"'}).status_code == 200
    read = office.audit.lines(most=1)[0]
    assert (read.action, read.by, read.channel, read.about) == ("read", hoa.id, Channel.WEB, "kh-77")
    links.revoke(hoa, NOW)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 500, "..%2f..%2fetc", "%00" * 20, "ă" * 20])
def test_no_calendar_there(client: httpx.Client, token: str) -> None:
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.status_code == 404
    assert answer.json()["error"]["message"].count(".") == 1
    assert client.head(f"/calendar/{token}.ics").status_code == 404


# --- whether it lives ------------------------------------------------------------------------------------


def test_it_lives_and_is_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["documents"] in (5, 6), "the internal one is not counted"


@pytest.mark.parametrize("path", ["/", "/docs", "/redoc", "/openapi.json", "/api/v1", "/calendar/", "/API/v1/chat"])
def test_nothing_else_is_there(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
