"""The journal: kept only where an office turns it on, without persons, and in nobody's way."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
import stat
from pathlib import Path

import pytest

import assistant.journal
from assistant.assistant import Assistant, Conversation, Turn
from assistant.commands import ready_assistant
from assistant.journal import Entry, Journal, read_journal
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.settings import Settings
from connectors.database import Store
from corpus.agencies import Agencies
from corpus.errors import CorpusError
from tests.command import RunTroly

TODAY = dt.date(2026, 11, 21)
QUESTION = "nhiệm vụ 18 kế hoạch 158 ai chủ trì?"
ON = {"TROLY_JOURNAL": "1"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.jsonl"


@pytest.fixture(scope="module")
def library(stocked_store: Store, agencies: Agencies) -> Library:
    return Library(stocked_store, agencies, None)


def keep(path: Path, text: str, said: str = "Phòng Kinh tế", unit: str | None = None) -> Entry:
    """A turn as the journal holds it."""
    Journal(path).keep(Turn(text, TODAY, unit), Conversation(), Reply(status=Status.ANSWERED, text=said))
    return list(read_journal(path))[-1]


def test_turns_are_kept(library: Library, path: Path) -> None:
    asked = Assistant(library, Journal(path))
    talk = Conversation()
    first = asked.reply(Turn(QUESTION, TODAY, "UBND phường Nhị Chiểu"), talk)
    asked.reply(Turn("thế hạn bao giờ?", TODAY), talk)
    asked.reply(Turn("xin chào", TODAY))
    entries = list(read_journal(path))
    assert [entry.question for entry in entries] == [QUESTION, "thế hạn bao giờ?", "xin chào"]
    assert entries[0].reply == first.text
    assert [entry.status for entry in entries] == [Status.ANSWERED, Status.ANSWERED, Status.CHAT]
    assert [entry.unit for entry in entries] == ["UBND phường Nhị Chiểu", None, None]
    assert entries[0].conversation == entries[1].conversation != entries[2].conversation


def test_no_hour_and_no_person_is_kept(path: Path) -> None:
    name, phone, mail = "Nguyễn Văn An", "0912 345 678", "an@xa.gov.vn"
    keep(path, f"tôi là {name}, {phone}, {mail}", f"Chào anh {name}", f"ông {name}")
    text = path.read_text(encoding="utf-8")
    assert all(part not in text for part in (name, phone, mail))
    assert set(json.loads(text)) == {"conversation", "today", "unit", "question", "status", "reply"}
    assert json.loads(text)["today"] == "2026-11-21"


def test_journal_is_read_by_its_owner_only(path: Path) -> None:
    keep(path, QUESTION)
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_journal_is_off_unless_turned_on(filled_data: Path) -> None:
    assert ready_assistant(Settings(data=filled_data)).journal is None
    on = ready_assistant(Settings(data=filled_data, journal=True)).journal
    assert on is not None
    assert on.path == filled_data / "journal.jsonl"


@pytest.fixture
def own_data(filled_data: Path, tmp_path: Path) -> Path:
    """A filled data folder to write into."""
    return Path(shutil.copytree(filled_data, tmp_path / "own"))


def test_command_keeps_nothing_unless_told(call_troly: RunTroly, own_data: Path) -> None:
    assert call_troly("ask", QUESTION, data=own_data).rc == 0
    assert not (own_data / "journal.jsonl").exists()


def test_commands_keep_what_people_ask_and_nothing_else(call_troly: RunTroly, own_data: Path) -> None:
    for arguments in (("ask", QUESTION), ("explain", QUESTION), ("ask", "--jsonl", "-")):
        assert call_troly(*arguments, data=own_data, stdin=b'{"turns": ["xin"]}\n', env=ON).rc == 0
    assert [entry.question for entry in read_journal(own_data / "journal.jsonl")] == [QUESTION]


def test_conversation_in_the_terminal_is_one(call_troly: RunTroly, own_data: Path) -> None:
    call_troly("chat", data=own_data, stdin=f"{QUESTION}\nthế hạn bao giờ?\nthoát\n".encode(), env=ON)
    first, second = read_journal(own_data / "journal.jsonl")
    assert first.conversation == second.conversation != ""


def test_journal_that_cannot_be_written_stops_no_reply(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("không phải thư mục", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        reply = Assistant(library, Journal(tmp_path / "data" / "journal.jsonl")).reply(Turn(QUESTION, TODAY))
    assert reply.status is Status.ANSWERED
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "journal not written" in caplog.text


def test_large_journal_makes_room_for_a_new_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant.journal, "_MOST_BYTES", 300)
    for i in range(8):
        keep(path, f"câu {i}")
    older = list(read_journal(path.with_name("journal.1.jsonl")))
    newer = list(read_journal(path))
    assert sorted(file.name for file in path.parent.iterdir()) == ["journal.1.jsonl", "journal.jsonl"]
    asked = [entry.question for entry in (*older, *newer)]
    assert asked == [f"câu {i}" for i in range(8 - len(asked), 8)]
    assert older
    assert newer


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\u2028", "\u0085", "\x0b", "\x1c", "\ud800"])
def test_any_question_is_one_line(path: Path, mark: str) -> None:
    keep(path, "câu đầu")
    entry = keep(path, f"một{mark}hai", f"ba{mark}bốn")
    assert len(list(read_journal(path))) == 2
    assert entry.question.startswith("một")
    assert entry.question.endswith("hai")


@pytest.mark.parametrize("line", ["không phải JSON", "{}", "[]", '{"question": "một"}', "null", "5"])
def test_bad_line_is_named(path: Path, line: str) -> None:
    keep(path, QUESTION)
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        list(read_journal(path))
    assert caught.value.code == "journal_bad_line"
    assert caught.value.details == {"file": "journal.jsonl", "line": 3}
