"""``troly ingest`` over folders as offices have them: subfolders, strangers, copies, and a folder that is watched."""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path

import pytest

from tests.command import TROLY, RunTroly, environment
from tests.corpus.reading import table

HEADER = "STT | Nhiệm vụ | Chủ trì | Phối hợp | Sản phẩm | Thời hạn"
ONE = "1 | Xây dựng kế hoạch | Phòng Văn hóa - Xã hội | | Kế hoạch | Quý I/2027"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "van-ban"
    (made / "nam-2026").mkdir(parents=True)
    (made / "ke-hoach.txt").write_text(table(HEADER, ONE), encoding="utf-8")
    (made / "nam-2026" / "bao-cao.txt").write_text("I. CHUNG\n\n1. Một câu.\n", encoding="utf-8")
    return made


def test_folders_within_a_folder_are_read_and_strangers_are_named(
    call_troly: RunTroly, folder: Path, tmp_path: Path
) -> None:
    (folder / "phim.mp4").write_bytes(b"\x00")
    (folder / "~$ke-hoach.docx").write_bytes(b"\x00")
    (folder / ".an.txt").write_text("Ẩn.\n", encoding="utf-8")
    ran = call_troly("ingest", folder, "--json", data=tmp_path / "kho")
    assert ran.rc == 0
    assert {row["file"]: row["outcome"] for row in ran.json} == {"ke-hoach.txt": "added", "bao-cao.txt": "added"}
    assert "phim.mp4" in ran.stderr
    assert "~$" not in ran.stderr


def test_a_copy_under_another_name_is_not_stored_twice(call_troly: RunTroly, folder: Path, tmp_path: Path) -> None:
    text = (folder / "ke-hoach.txt").read_text(encoding="utf-8")
    (folder / "ke-hoach-ban-sao.txt").write_text(text.replace("\n", "\r\n"), encoding="utf-8")
    ran = call_troly("ingest", folder, "--json", data=tmp_path / "kho")
    assert ran.rc == 0
    outcomes = {row["file"]: (row["outcome"], row["document"]) for row in ran.json}
    assert outcomes["ke-hoach.txt"] == ("same", "ke-hoach-ban-sao")
    assert "ke-hoach-ban-sao" in ran.stderr
    assert len(call_troly("tasks", "--json", data=tmp_path / "kho").json) == 1


HEAD = "UBND PHƯỜNG X\n\nSố: 12/KH-UBND\n\nPhường X, ngày 03 tháng 4 năm 2027\n\nKẾ HOẠCH\n\nPhòng cháy\n\nI. VIỆC\n\n"
BODY = " ".join(f"Tổ dân phố số {i} kiểm tra bình chữa cháy." for i in range(30))


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (f"{HEAD}1. {BODY}\n", f"{HEAD}1. {BODY}\n\n2\n", "same"),  # a number of a page is the only difference
        (f"{HEAD}1. {BODY}\n", f"{HEAD}1. Dọn cống.\n", "added"),  # the same number, other words
        (f"{HEAD}1. {BODY}\n", f"{HEAD.replace('03 tháng 4', '09 tháng 9')}1. {BODY}\n", "added"),
    ],
)
def test_one_plan_as_two_files(call_troly: RunTroly, tmp_path: Path, first: str, second: str, outcome: str) -> None:
    (tmp_path / "a.txt").write_text(first, encoding="utf-8")
    (tmp_path / "b.txt").write_text(second, encoding="utf-8")
    data = tmp_path / "kho"
    assert call_troly("ingest", tmp_path / "a.txt", "--json", data=data).rc == 0
    assert call_troly("ingest", tmp_path / "b.txt", "--json", data=data).json[0]["outcome"] == outcome


def test_the_clean_text_of_a_scan_takes_its_place(call_troly: RunTroly, tmp_path: Path) -> None:
    (tmp_path / "quet.txt").write_text(f"{HEAD}1. {BODY}\n", encoding="utf-8")
    (tmp_path / "manifest.yaml").write_text("- {id: quet, file: quet.txt, quality: ocr}\n", encoding="utf-8")
    (tmp_path / "goc.txt").write_text(f"{HEAD}1. {BODY} Hết.\n", encoding="utf-8")
    data = tmp_path / "kho"
    ran = call_troly("ingest", tmp_path, "--json", data=data)
    assert [row["outcome"] for row in ran.json] == ["added", "replaced"]
    assert [d["id"] for d in call_troly("documents", "--json", data=data).json] == ["goc"]


def test_the_table_names_each_file_with_what_was_read(call_troly: RunTroly, folder: Path, tmp_path: Path) -> None:
    ran = call_troly("ingest", folder, data=tmp_path / "kho")
    (row,) = [line for line in ran.stdout.splitlines() if "ke-hoach.txt" in line]
    cells = [cell.strip() for cell in row.strip("│┃ ").split("│")]
    assert cells[:2] == ["ke-hoach.txt", "đã nạp"]
    assert cells[4] == "1"


def test_a_watched_folder_takes_in_what_comes(folder: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [TROLY, "ingest", "--watch", str(folder), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(tmp_path / "kho"),
        cwd=tmp_path,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        late = threading.Timer(60, process.kill)  # else a fault here would wait for ever
        late.start()
        try:
            assert "Đang theo dõi" in process.stderr.readline()
            (folder / "moi.txt").write_text("I. CHUNG\n\n1. Câu mới.\n", encoding="utf-8")
            while "moi.txt" not in (line := process.stdout.readline()):
                assert line, "the process ended"
            assert json.loads("{" + line.strip().rstrip(",") + "}") == {"file": "moi.txt"}
        finally:
            late.cancel()
            process.kill()


def test_only_folders_are_watched(call_troly: RunTroly, folder: Path, tmp_path: Path) -> None:
    ran = call_troly("ingest", "--watch", folder / "ke-hoach.txt", data=tmp_path / "kho")
    assert ran.rc == 2
    assert len(ran.stderr.strip().splitlines()) == 1
    assert "không phải thư mục" in ran.stderr
