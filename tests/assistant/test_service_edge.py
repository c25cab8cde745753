"""The edge of the service: bad input, limits, what goes wrong inside, and its end."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from assistant.assistant import Assistant
from assistant.commands import ready_assistant
from assistant.service.app import MOST_BODY
from assistant.service.desk import ChatTurn, Desk, Talk
from assistant.service.edge import BodyLimit, Buckets, client_of
from assistant.service.refusals import Refusal
from assistant.service.work import Work
from assistant.settings import Settings, SettingsError, read_settings
from connectors.engine import StoreError
from tests.assistant.serving import served, settings_in

SECRET = "chị Hoa hỏi lương của anh Nam"
ASK = {"turns": ["nhiệm vụ 18 kế hoạch 158 ai chủ trì?"], "today": "2026-11-21"}


@pytest.fixture(scope="module")
def data(filled_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bien") / "kho"
    shutil.copytree(filled_data, folder)
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[httpx.Client]:
    with served(settings_in(data)) as opened:
        yield opened


def told(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of a refusal, which says one sentence or two on one line, and is safe to show."""
    error = answer.json()["error"]
    assert set(answer.json()) == {"error"}
    assert set(error) == {"code", "message"}
    assert re.fullmatch(r"[^\n]+[.]", error["message"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "server" not in answer.headers
    return answer.status_code, error["code"]


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (b"", (400, "bad_json")),
        (b"{", (400, "bad_json")),
        (b"\xff\xfe", (400, "bad_json")),
        (b"[" * 100_000, (400, "bad_json")),
        (b'{"turns": [1' + b"0" * 5000 + b"]}", (400, "bad_json")),
        (b"[]", (422, "bad_body")),
        (b"null", (422, "bad_body")),
        (b'"nv 18"', (422, "bad_body")),
        (b"{}", (422, "bad_field")),
        (b'{"turns": []}', (422, "bad_field")),
        (b'{"turns": "nv 18"}', (422, "bad_field")),
        (b'{"turns": [1]}', (422, "bad_field")),
        (b'{"turns": [null]}', (422, "bad_field")),
        (b'{"turns": ["\\ud800"]}', (422, "bad_field")),
        (b'{"turns": ["a"], "unit": 5}', (422, "bad_field")),
        (b'{"turns": ["a"], "id": []}', (422, "bad_field")),
        (b'{"turns": ["a"], "conversation": ""}', (422, "bad_field")),
        (b'{"turns": ["a"], "conversation": 7}', (422, "bad_field")),
        (b'{"turns": ["a"], "today": "2026-13-01"}', (422, "bad_date")),
        (b'{"turns": ["a"], "today": "21/11/2026"}', (422, "bad_date")),
        (b'{"turns": ["a"], "today": 20261121}', (422, "bad_date")),
        (json.dumps({"turns": ["a"] * 51}).encode(), (422, "too_many_turns")),
        (json.dumps({"turns": ["a" * 20_001]}).encode(), (422, "message_too_long")),
        (json.dumps({"turns": ["a" * MOST_BODY]}).encode(), (413, "body_too_large")),
    ],
)
def test_bad_input_is_said_in_a_sentence(client: httpx.Client, body: bytes, refused: tuple[int, str]) -> None:
    answer = client.post("/api/v1/chat", content=body)
    assert told(answer) == refused
    assert client.post("/api/v1/chat", json=ASK).status_code == 200, "the next one is answered"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"conversation": "x"},
        {"conversation": "x", "verdict": "maybe"},
        {"conversation": "x", "verdict": "right", "answer": 0},
        {"conversation": "x", "verdict": "right", "note": "a" * 1001},
    ],
)
def test_bad_opinions(client: httpx.Client, body: dict[str, Any]) -> None:
    assert told(client.post("/api/v1/feedback", json=body)) == (422, "bad_field")


def test_methods_that_are_not_there(client: httpx.Client) -> None:
    for method, path in (("GET", "/api/v1/chat"), ("DELETE", "/api/v1/chat"), ("POST", "/healthz")):
        answer = client.request(method, path)
        assert told(answer) == (405, "bad_method")
        assert answer.headers["Allow"]


def test_a_body_in_pieces_is_counted(client: httpx.Client) -> None:
    pieces = (b" " * 65_536 for _ in range(100))
    assert told(client.post("/api/v1/chat", content=pieces)) == (413, "body_too_large")


def test_a_body_that_says_it_is_large_is_not_waited_for(client: httpx.Client) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=10) as raw:
        raw.sendall(b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_does_not_come_is_not_waited_for_for_ever() -> None:
    async def never() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()

    async def run() -> None:
        with pytest.raises(Refusal, match="body_late"):
            await BodyLimit(app, 10, seconds=0.01)({"type": "http", "headers": []}, never, never)  # type: ignore[arg-type]

    anyio.run(run)


# --- how often -------------------------------------------------------------------------------------------


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(60, lambda: now[0])
    assert [buckets.take("a") for _ in range(60)] == [0.0] * 60
    assert buckets.take("a") == pytest.approx(1.0)
    assert buckets.take("b") == 0.0, "another client has a bucket of its own"
    now[0] = 1.0
    assert (buckets.take("a"), buckets.take("a") > 0) == (0.0, True)
    now[0] = 1e6
    assert [buckets.take("a") for _ in range(61)][-1] > 0, "a pause saves up no more than a minute"


def test_each_message_counts(data: Path) -> None:
    talk = {**ASK, "turns": [*ASK["turns"]] * 5}
    with served(settings_in(data, web_rate=8)) as client:
        assert client.post("/api/v1/chat", json=talk).status_code == 200
        assert told(client.post("/api/v1/chat", json=talk)) == (429, "too_many")
    with served(settings_in(data, web_rate=2)) as client:
        assert told(client.post("/api/v1/chat", json=talk)) == (429, "too_many")
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("client", "named"),
    [
        (("10.0.0.7", 5), "10.0.0.7"),
        (("2001:db8::1:2:3:4", 5), "2001:db8::/64"),
        (("::ffff:10.0.0.7", 5), "10.0.0.7"),
        (None, "unknown"),
        (("", 0), "unknown"),
    ],
)
def test_who_a_client_is(client: tuple[str, int] | None, named: str) -> None:
    assert client_of({"client": client}) == named


def test_who_asks_too_often_is_told_when_to_come_back(data: Path) -> None:
    with served(settings_in(data, web_rate=2)) as client:
        for address in ("1.1.1.1", "2.2.2.2"):  # nobody named a proxy: what it says is not believed
            assert client.get("/readyz", headers={"X-Forwarded-For": address}).status_code == 200
        answer = client.get("/readyz", headers={"X-Forwarded-For": "3.3.3.3"})
        assert told(answer) == (429, "too_many")
        assert 1 <= int(answer.headers["Retry-After"]) <= 31
        assert client.get("/healthz").status_code == 200


def test_clients_behind_a_named_proxy_are_told_apart(data: Path) -> None:
    with served(settings_in(data, web_rate=1, web_proxies="127.0.0.1, 10.0.0.0/8")) as client:
        status = [
            client.get("/readyz", headers={"X-Forwarded-For": chain}).status_code
            for chain in ("1.1.1.1", "2.2.2.2", "1.1.1.1", "9.9.9.9, 2.2.2.2", "3.3.3.3, 10.1.2.3")
        ]
    assert status == [200, 200, 429, 429, 200], "what stands before the last stranger may be made up"


# --- from other sites ------------------------------------------------------------------------------------


def test_other_sites_may_not_ask_unless_they_are_named(client: httpx.Client, data: Path) -> None:
    preflight = {"Origin": "https://a.vn", "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Origin" not in client.post("/api/v1/chat", json=ASK, headers=preflight).headers
    assert client.options("/api/v1/chat", headers=preflight).status_code == 405
    with served(settings_in(data, web_origins="https://a.vn, http://localhost:3000")) as named:
        allowed = named.options("/api/v1/chat", headers=preflight)
        assert (allowed.status_code, allowed.headers["Access-Control-Allow-Origin"]) == (200, "https://a.vn")
        other = named.post("/api/v1/chat", json=ASK, headers={"Origin": "https://b.vn"})
        assert "Access-Control-Allow-Origin" not in other.headers
        own = named.post("/api/v1/chat", content=b"{", headers={"Origin": "https://a.vn"})
        assert own.headers["Access-Control-Allow-Origin"] == "https://a.vn", "a refusal can be read, too"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TROLY_WEB_ORIGINS", "*"),
        ("TROLY_WEB_ORIGINS", "https://a.vn/"),
        ("TROLY_WEB_PROXIES", "*"),
        ("TROLY_WEB_PROXIES", "nginx"),
        ("TROLY_WEB_RATE", "0"),
        ("TROLY_WEB_AT_ONCE", "nhiều"),
    ],
)
def test_settings_that_cannot_be_meant(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        read_settings()


# --- what goes wrong inside ------------------------------------------------------------------------------


class Broken(Desk):
    def chat(self, asked: ChatTurn, now: dt.datetime) -> Talk:
        raise ValueError(SECRET)


def test_a_fault_is_one_sentence_and_the_log_holds_no_words_of_a_person(
    data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_in(data)
    with caplog.at_level(logging.DEBUG), served(settings, Broken(settings)) as client:
        assert told(client.post("/api/v1/chat", json={"turns": [SECRET]})) == (500, "failed")
        assert client.get("/healthz").status_code == 200
    assert "ValueError at" in caplog.text
    assert "test_service_edge.py" in caplog.text, "where it went wrong"
    assert SECRET not in caplog.text


def test_a_database_that_is_away_is_tried_again(data: Path) -> None:
    settings, now = settings_in(data), [0.0]
    tries: list[float] = []

    def opened(wanted: Settings) -> Assistant:
        tries.append(now[0])
        if now[0] < 60:
            raise StoreError("store_away", path="10.0.0.5/troly")
        return ready_assistant(wanted)

    with served(settings, Desk(settings, opened, lambda: now[0])) as client:
        for _ in range(3):
            answer = client.post("/api/v1/chat", json=ASK)
            assert told(answer) == (503, "store_away")
            assert answer.headers["Retry-After"]
            assert "10.0.0.5" not in answer.text
            assert told(client.get("/readyz")) == (503, "store_away")
            assert client.get("/healthz").status_code == 200
        assert tries == [0.0], "each try may take long"
        now[0] = 61.0
        assert client.post("/api/v1/chat", json=ASK).json()["status"] == "answered"


def test_a_database_that_goes_away_while_it_runs(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "kho")
    settings = settings_in(tmp_path / "kho")
    desk = Desk(settings)
    with served(settings, desk) as client:
        assert client.post("/api/v1/chat", json=ASK).status_code == 200
        with desk.assistant().library.store.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE meta RENAME TO meta_away")
        assert told(client.post("/api/v1/chat", json=ASK)) == (503, "store_away")
        with desk.assistant().library.store.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE meta_away RENAME TO meta")
        assert client.post("/api/v1/chat", json=ASK).status_code == 200


def test_a_store_without_documents_is_not_ready(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "kho")
    settings = settings_in(tmp_path / "kho")
    desk = Desk(settings)
    store = desk.assistant().library.store
    for document in store.documents():
        store.remove(document.id)
    with served(settings, desk) as client:
        answer = client.get("/readyz")
        assert told(answer) == (503, "no_documents")


# --- many at once, and the end ---------------------------------------------------------------------------


def test_too_much_work_is_refused_and_late_work_not_waited_for() -> None:
    go = threading.Event()

    async def run() -> None:
        work = Work(1, longest_s=0.05, most_waiting=1)
        codes: list[str] = []

        async def one() -> None:
            try:
                await work.run(go.wait)
            except Refusal as refusal:
                codes.append(refusal.code)

        async with anyio.create_task_group() as tasks:
            for _ in range(3):
                tasks.start_soon(one)
        assert sorted(codes) == ["busy", "too_slow", "too_slow"]
        go.set()
        work.close()

    anyio.run(run)


def test_many_ask_at_once_and_get_what_one_gets(client: httpx.Client) -> None:
    questions = ["nv 18 kh 158 ai chủ trì", "kh 89 có bao nhiêu việc", "hội nghị chuyên môn họp tối đa mấy ngày?"]

    def ask(question: str) -> str:
        reply = client.post("/api/v1/chat", json={"turns": [question], "today": "2026-11-21"}).json()
        return json.dumps({**reply, "elapsed_ms": 0})

    alone = [ask(question) for question in questions]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, questions * 8)) == alone * 8


class Slow(Desk):
    """Answers when it is let to."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.came, self.go = threading.Event(), threading.Event()

    def chat(self, asked: ChatTurn, now: dt.datetime) -> Talk:
        self.came.set()
        assert self.go.wait(20)
        return super().chat(asked, now)


def test_a_turn_that_runs_is_answered_before_the_end(data: Path) -> None:
    settings = settings_in(data)
    desk = Slow(settings)
    with ThreadPoolExecutor(1) as threads:
        with served(settings, desk) as client:
            asked = threads.submit(httpx.post, f"{client.base_url}/api/v1/chat", json=ASK, timeout=30)
            assert desk.came.wait(20)
            threading.Timer(0.2, desk.go.set).start()  # only once the end has begun
        assert asked.result().json()["status"] == "answered"
