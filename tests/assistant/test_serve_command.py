"""``troly serve`` and ``troly feedback`` as an officer of IT runs them."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.command import TROLY, RunTroly, environment

UNIT = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"
QUESTION = "nhiệm vụ 18 kế hoạch 158 ai chủ trì?"


@pytest.fixture
def data(filled_data: Path, call_troly: RunTroly, tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    shutil.copytree(filled_data, folder)
    for name, role in (("Nguyễn Thị Hoa", "officer"), ("Lê Văn Tín", "it")):
        assert call_troly("people", "add", name, "--unit", UNIT, "--role", role, data=folder).rc == 0
    return folder


@contextmanager
def running(data: Path, more: dict[str, str] | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The service in a process of its own, and its address."""
    command: list[str | Path] = [TROLY, "serve", "--port", "0"]
    env = environment(data, more or {"TROLY_EMBEDDINGS": "none"})
    with subprocess.Popen(command, cwd=data.parent, env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert address, said
            yield process, address[0]
        finally:
            process.kill()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_is_started_asked_and_ended(call_troly: RunTroly, data: Path, end: signal.Signals) -> None:
    link = call_troly("calendar", "link", "hoa", data=data).stdout
    path = re.search(r"/calendar/(\S+)\.ics", link)
    assert path
    with running(data) as (process, address):
        assert httpx.get(f"{address}/readyz").json() == {"status": "ready", "documents": 5}
        reply = httpx.post(f"{address}/api/v1/chat", json={"turns": [QUESTION], "today": "2026-11-21"}).json()
        assert (reply["status"], reply["tasks"][0]["number"]) == ("answered", "18")
        assert httpx.get(address + path[0]).content.startswith(b"BEGIN:VCALENDAR")
        assert httpx.get(f"{address}/calendar/{path[1]}x.ics").status_code == 404
        process.send_signal(end)
        assert process.wait(20) == 0
        assert process.stderr is not None
        said = process.stderr.read()
    assert said.strip() == "Dịch vụ đã dừng."
    logged = "".join(file.read_text(encoding="utf-8") for file in data.glob("*.log"))
    assert path[1] not in said + logged, "the address of a calendar is a secret"


def test_a_port_that_is_taken(call_troly: RunTroly, data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = call_troly("serve", "--port", str(port), data=data)
    assert (ran.rc, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"Cổng {port} tại 127.0.0.1 đang có chương trình khác dùng.")
    assert len(ran.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("host", ["203.0.113.9", "khong-co.invalid", "x" * 300, "1.2.3.4.5"])
def test_an_address_that_is_not_of_this_machine(call_troly: RunTroly, data: Path, host: str) -> None:
    ran = call_troly("serve", "--host", host, "--port", "0", data=data)
    assert (ran.rc, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Không mở được địa chỉ")


def test_a_port_that_is_none(call_troly: RunTroly) -> None:
    ran = call_troly("serve", "--port", "99999")
    assert (ran.rc, len(ran.stderr.strip().splitlines())) == (2, 1)


def test_its_help_is_vietnamese(call_troly: RunTroly) -> None:
    assert "Mở dịch vụ HTTP của trợ lý" in call_troly("serve", "--help").stdout
    assert "Góp ý của người dùng" in call_troly("feedback", "--help").stdout


def test_a_question_loads_nothing_of_it() -> None:
    code = "import sys, assistant.cli, assistant.commands; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded & {"fastapi", "starlette", "uvicorn", "httpx"} == set()


# --- opinions --------------------------------------------------------------------------------------------


def test_what_is_said_in_a_conversation_is_listed_for_it(call_troly: RunTroly, data: Path) -> None:
    assert "Chưa có góp ý" in call_troly("feedback", "list", data=data).stdout
    typed = f"{QUESTION}\ncâu trả lời chưa đúng, anh Lê Văn Tín chủ trì\ngóp ý: câu trả lời rất rõ ràng\nthoát\n"
    said = call_troly("chat", "--as", "hoa", data=data, stdin=typed.encode()).stdout
    assert said.count("ghi nhận") == 2
    right, wrong = call_troly("feedback", "list", "--json", "--as", "tin", data=data).json
    assert (right["useful"], wrong["useful"], wrong["question"]) == (True, False, QUESTION)
    assert wrong["note"] == "anh [tên] chủ trì"
    assert call_troly("feedback", "list", "--json", "--wrong", data=data).json == [wrong]
    assert len(call_troly("feedback", "list", "--json", "--most", "1", data=data).json) == 1
    shown = call_troly("feedback", "list", data=data).stdout
    assert "chưa đúng" in shown
    assert "2 góp ý" in shown
    log = call_troly("audit", "--action", "feedback_read", "--json", data=data).json
    assert [line["name"] for line in log] == [None, None, None, "Lê Văn Tín", None]


def test_opinions_are_read_by_it_alone(call_troly: RunTroly, data: Path) -> None:
    ran = call_troly("feedback", "list", "--as", "hoa", data=data)
    assert (ran.rc, ran.stdout) == (2, "")
    assert "không thuộc quyền" in ran.stderr


def test_what_hoa_said_is_hers(call_troly: RunTroly, data: Path, tmp_path: Path) -> None:
    typed = f"{QUESTION}\ncâu trả lời sai rồi\nthoát\n"
    call_troly("chat", "--as", "hoa", data=data, stdin=typed.encode())
    call_troly("data", "export", "hoa", tmp_path / "hoa.json", data=data)
    held = json.loads((tmp_path / "hoa.json").read_text(encoding="utf-8"))
    assert [said["question"] for said in held["feedback"]] == [QUESTION]
    call_troly("data", "erase", "hoa", "--yes", data=data)
    assert call_troly("feedback", "list", "--json", data=data).json == []
