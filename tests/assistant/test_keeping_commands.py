"""``troly backup``, ``restore``, ``data`` and ``audit``: what is said, what is refused, and the same answers after."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from assistant.library import Library
from connectors.backup import write_backup
from connectors.backup_check import opened
from connectors.backup_restore import restore
from connectors.database import Store
from connectors.engine import open_engine
from connectors.people import PeopleStore
from connectors.progress import ProgressStore
from corpus.agencies import Agencies
from corpus.people import Channel
from corpus.progress import Change, ChangeKind, TaskKey, TaskState
from tests import postgres
from tests.command import RunTroly
from tests.connectors.records import put

UNIT = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"
QUESTIONS = (
    "nv 18 kh 158 ai chủ trì",
    "việc nào quá hạn",
    "báo cáo 6 tháng gửi trước ngày nào",
    "kh 89 có bao nhiêu việc",
)


@pytest.fixture
def office(filled_data: Path, call_troly: RunTroly, tmp_path: Path) -> Path:
    """A copy of the filled data folder, with Hoa and a file of the office's own."""
    data = tmp_path / "kho"
    shutil.copytree(filled_data, data)
    (data / "reviews").mkdir(exist_ok=True)
    (data / "reviews" / "la.yaml").write_text("document: la\n", encoding="utf-8")
    assert call_troly("people", "add", "Nguyễn Thị Hoa", "--unit", UNIT, data=data).rc == 0
    return data


def answers(troly: RunTroly, data: Path, env: dict[str, str] | None = None) -> list[Any]:
    lines = [json.dumps({"id": q, "unit": None, "today": "2026-11-21", "turns": [q]}) for q in QUESTIONS]
    ran = troly("ask", "--jsonl", "-", data=data, env=env, stdin="\n".join(lines).encode())
    assert ran.rc == 0, ran.stderr
    return [{**line["reply"], "elapsed_ms": 0} for line in ran.lines]


def sentence(ran: Any) -> str:
    """What a refused command says: one sentence, and nothing else."""
    assert (ran.rc, ran.stdout) == (2, "")
    said: str = ran.stderr.strip()
    assert len(said.splitlines()) == 1
    return said


def test_an_office_moves_to_an_empty_folder_and_answers_the_same(
    call_troly: RunTroly, office: Path, tmp_path: Path
) -> None:
    file, moved = tmp_path / "sao-luu.zip", tmp_path / "moi"
    said = call_troly("backup", file, data=office).stdout
    assert "5 văn bản" in said
    assert "1 cán bộ" in said
    assert "1 tệp kèm theo" in said
    assert "Đã khôi phục" in call_troly("restore", file, data=moved).stdout
    assert answers(call_troly, moved) == answers(call_troly, office)
    assert (moved / "reviews" / "la.yaml").is_file()
    assert "đang có dữ liệu" in sentence(call_troly("restore", file, data=moved))


def test_an_office_moves_to_postgresql_in_the_same_folder_and_back(
    call_troly: RunTroly, run_troly: RunTroly, office: Path, tmp_path: Path, postgres_server: Any
) -> None:
    there = {"TROLY_DATABASE": postgres.url(postgres_server).get_secret_value()}
    engine = open_engine(postgres.url(postgres_server))
    postgres.emptied(engine)
    engine.dispose()
    before = answers(call_troly, office)
    call_troly("backup", tmp_path / "a.zip", data=office)
    assert run_troly("restore", tmp_path / "a.zip", data=office, env=there).rc == 0
    assert run_troly("documents", "--remove", "ngoc-ha-89", data=office, env=there).rc == 0
    moved = answers(run_troly, office, there)
    assert moved[0] == before[0]
    assert moved[-1] != before[-1]
    assert answers(call_troly, office) == before, "each database has an index of its own"
    run_troly("backup", tmp_path / "b.zip", data=office, env=there)
    assert call_troly("restore", tmp_path / "b.zip", "--replace", data=office).rc == 0
    assert answers(call_troly, office) == moved


def test_replacing_backs_up_first_and_can_be_taken_back(call_troly: RunTroly, office: Path, tmp_path: Path) -> None:
    empty = tmp_path / "trong.zip"
    call_troly("backup", empty, data=tmp_path / "khac")
    before = answers(call_troly, office)
    assert call_troly("restore", empty, "--replace", data=office).rc == 0
    assert not (office / "reviews" / "la.yaml").exists()
    (kept,) = (office / "backups").glob("before-restore-*.zip")
    assert call_troly("restore", kept, "--replace", data=office).rc == 0
    assert answers(call_troly, office) == before
    assert (office / "reviews" / "la.yaml").is_file()


def test_a_backup_goes_into_the_data_folder_where_no_place_is_named(call_troly: RunTroly, office: Path) -> None:
    call_troly("backup", data=office)
    (file,) = (office / "backups").glob("troly-*.zip")
    assert call_troly("backup", office / "backups", data=office).rc == 0
    assert file.stat().st_mode & 0o077 == 0


def test_settings_and_derived_files_are_in_no_backup(call_troly: RunTroly, office: Path, tmp_path: Path) -> None:
    agencies = office / "don-vi.yaml"
    agencies.write_text("[]\n", encoding="utf-8")
    (office / ".env").write_text("TROLY_DATABASE=postgresql://u:bi-mat@h/d\n", encoding="utf-8")
    ran = call_troly("backup", tmp_path / "a.zip", data=office, env={"TROLY_AGENCIES": str(agencies)})
    assert ran.rc == 0, ran.stderr
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        files = [name for name in archive.namelist() if name.startswith("files/")]
        assert not any(b"bi-mat" in archive.read(name) for name in archive.namelist())
    assert files == ["files/don-vi.yaml", "files/reviews/la.yaml"]


@pytest.mark.parametrize("data", [b"", b"khong phai", b"PK\x03\x04 cut"])
def test_files_that_are_no_backups(call_troly: RunTroly, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    sentence(call_troly("restore", file, data=tmp_path / "kho"))
    assert not (tmp_path / "kho" / "troly.sqlite3").exists()


def test_a_place_that_cannot_be_written_to(call_troly: RunTroly, office: Path) -> None:
    assert "Không ghi được tệp" in sentence(call_troly("backup", "/proc/khong-co/a.zip", data=office))


# --- personal data ---------------------------------------------------------------------------------------


def test_what_is_held_on_hoa_is_written_out(call_troly: RunTroly, office: Path, tmp_path: Path) -> None:
    call_troly("people", "link", "hoa", data=office)
    assert call_troly("data", "export", "hoa", tmp_path / "hoa.json", data=office).rc == 0
    held = json.loads((tmp_path / "hoa.json").read_text(encoding="utf-8"))
    assert held["person"][0]["name"] == "Nguyễn Thị Hoa"
    assert len(held["link_codes"]) == 1
    assert {line["action"] for line in held["log"]} == {"person_add", "link_code", "data_export"}
    summary = (tmp_path / "hoa.md").read_text(encoding="utf-8")
    assert "# Dữ liệu đang lưu về Nguyễn Thị Hoa" in summary
    assert "| Mã liên kết đã cấp | 1 |" in summary
    assert {(tmp_path / name).stat().st_mode & 0o077 for name in ("hoa.json", "hoa.md")} == {0}


def test_every_kind_of_change_is_written_out_in_words(call_troly: RunTroly, office: Path, tmp_path: Path) -> None:
    engine = open_engine(office / "troly.sqlite3")
    (hoa,) = PeopleStore(engine).find("hoa")
    progress, key = ProgressStore(engine), TaskKey(document="kh-1", row="#7")
    said: dict[str, Any] = {"by": hoa.id, "channel": Channel.CLI, "now": dt.datetime(2026, 11, 21, tzinfo=dt.UTC)}
    for state in TaskState:
        progress.record(key, Change(state=state, note="ghi chú của Hoa"), seen=None, **said)
    progress.record(key, Change(note="chỉ ghi chú"), seen=None, **said)
    given = progress.record(key, Change(kind=ChangeKind.ASSIGNED, assignee=hoa.id), seen=None, **said)
    progress.undo(given.entry.id, **said)
    engine.dispose()
    ran = call_troly("data", "export", "hoa", tmp_path / "hoa.json", data=office)
    assert ran.rc == 0, ran.stderr
    lines = [line for line in (tmp_path / "hoa.md").read_text(encoding="utf-8").splitlines() if "kh-1 #7" in line]
    assert len(lines) == len(TaskState) + 3
    assert lines[2] == "- 2026-11-21, kh-1 #7: đã hoàn thành: ghi chú của Hoa"
    assert "giao việc" in lines[-2]
    assert "hủy một cập nhật" in lines[-1]


@pytest.mark.parametrize("answer", ["", "\n", "y\n", "không\n", "xóa đi đâu\n"])
def test_nothing_is_erased_without_a_clear_yes(call_troly: RunTroly, office: Path, answer: str) -> None:
    ran = call_troly("data", "erase", "hoa", data=office, stdin=answer.encode())
    assert ran.rc == 2
    assert "Chưa xóa gì" in ran.stderr
    assert call_troly("people", "list", "--json", data=office).json[0]["name"] == "Nguyễn Thị Hoa"


@pytest.mark.parametrize(("arguments", "answer"), [((), "Xóa\n"), ((), "xoa\n"), (("--yes",), "")])
def test_erasing_is_said_and_logged_without_the_name(
    call_troly: RunTroly, office: Path, arguments: tuple[str, ...], answer: str
) -> None:
    ran = call_troly("data", "erase", "hoa", *arguments, data=office, stdin=answer.encode())
    assert ran.rc == 0, ran.stderr
    assert "bản sao lưu cũ" in ran.stdout
    log = call_troly("audit", "--json", data=office)
    assert "Hoa" not in log.stdout
    assert [line["action"] for line in log.json] == ["data_erase", "person_add"]
    assert log.json[0]["details"]["log"] == 1
    assert "không có ai" in sentence(call_troly("data", "erase", "hoa", data=office)).lower()


def test_cleaning_says_how_much(call_troly: RunTroly, office: Path) -> None:
    said = call_troly("data", "clean", data=office, env={"TROLY_KEEP_AUDIT_DAYS": "30"}).stdout
    assert "0 dòng nhật ký quá 30 ngày" in said
    assert "TROLY_KEEP_AUDIT_DAYS" in sentence(call_troly("data", "clean", env={"TROLY_KEEP_AUDIT_DAYS": "0"}))


# --- the log ---------------------------------------------------------------------------------------------


def test_the_log_is_a_table_with_names_and_the_time_of_vietnam(call_troly: RunTroly, office: Path) -> None:
    shown = call_troly("audit", data=office).stdout
    assert "person_add" in shown
    assert "Nguyễn Thị Hoa" in shown, "whom the line is about"
    (read, added) = call_troly("audit", "--json", data=office).json
    assert (read["action"], added["action"]) == ("audit_read", "person_add")
    assert added["at"].endswith("+07:00")
    assert call_troly("audit", "--action", "person_add", "--json", data=office).json == [added]
    assert call_troly("audit", "--since", "2999-01-01", "--json", data=office).json == []
    assert call_troly("audit", "--person", "hoa", "--json", data=office).json == []


@pytest.mark.parametrize("arguments", [("--since", "hom qua"), ("--person", "Lan"), ("--most", "0")])
def test_bad_wishes_of_the_log(call_troly: RunTroly, office: Path, arguments: tuple[str, ...]) -> None:
    sentence(call_troly("audit", *arguments, data=office))


def test_a_process_that_answers_sees_what_was_restored_meanwhile(agencies: Agencies, tmp_path: Path) -> None:
    """Both stores have as many changes behind them: a count alone would let the old index serve on."""
    plans = {}
    for name, words in (("a", "trồng cây xanh"), ("b", "diệt bọ gậy")):
        store = Store.open(tmp_path / f"{name}.sqlite3")
        put(store, "kh", f"Kế hoạch {words}", passages=3)
        write_backup(store.engine, tmp_path / f"{name}.zip", {}, program="1", now=dt.datetime.now(dt.UTC))
        plans[name] = store
    library = Library(plans["a"], agencies, tmp_path / "index")
    before = library.shelf()
    assert before.index.knows("trong")
    with opened(tmp_path / "b.zip") as backup:
        restore(plans["a"].engine, backup, tmp_path, replacing=())
    after = library.shelf()
    assert after is not before
    assert (after.index.knows("gay"), after.index.knows("trong")) == (True, False)
    for store in plans.values():
        store.close()
