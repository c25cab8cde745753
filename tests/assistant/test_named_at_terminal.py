"""The audit log knows who reads and runs the office at the terminal, where a name is given."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant.ingest import ingest
from assistant.wiring import open_library
from connectors.people import PeopleStore
from corpus.agencies import Agencies
from corpus.people import Role
from tests.assistant.serving import settings_in
from tests.command import RunTroly

UNIT = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"
INTERNAL = """UBND PHƯỜNG NHỊ CHIỂU
Số: 77/KH-UBND
KẾ HOẠCH
Kiểm tra nội bộ năm 2026

PHỤ LỤC
| STT | Nhiệm vụ | Chủ trì | Thời hạn |
| 1 | Rà soát hồ sơ nội bộ của các đơn vị | Phòng Văn hóa - Xã hội | 15/12/2026 |
"""


@pytest.fixture(scope="module")
def filled(filled_data: Path, agencies: Agencies, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with an internal plan, Hoa (officer) and Tín (IT)."""
    folder = tmp_path_factory.mktemp("co-quan")
    shutil.copytree(filled_data, folder / "kho")
    plans = folder / "noi-bo"
    plans.mkdir()
    (plans / "kh-77.txt").write_text(INTERNAL, encoding="utf-8")
    (plans / "manifest.yaml").write_text("- {id: kh-77, file: kh-77.txt, access: internal}\n", encoding="utf-8")
    store = open_library(settings_in(folder / "kho")).store
    assert [result.error for result in ingest([plans], store, agencies) if result.error] == []
    for name, role in (("Nguyễn Thị Hoa", Role.OFFICER), ("Lê Văn Tín", Role.IT)):
        PeopleStore(store.engine).add(name, UNIT, role, dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    store.close()
    return folder / "kho"


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled, tmp_path / "kho")
    return tmp_path / "kho"


def noted(troly: RunTroly, data: Path, action: str) -> list[tuple[str | None, str, bool]]:
    """Who did it, about what, and whether at the terminal without a name; the newest first."""
    lines: list[dict[str, Any]] = troly("audit", "--action", action, "--json", data=data).json
    return [(line["name"], line["about"], line["terminal"]) for line in lines]


@pytest.mark.parametrize(
    "arguments",
    [("tasks", "--lead", "Phòng Văn hóa - Xã hội"), ("tasks", "--json"), ("documents",), ("text", "kh-77")],
)
def test_who_reads_what_is_internal_is_in_the_log(call_troly: RunTroly, data: Path, arguments: tuple[str, ...]) -> None:
    assert call_troly(*arguments, data=data).rc == 0
    assert call_troly(*arguments, "--as", "hoa", data=data).rc == 0
    assert call_troly(*arguments, data=data, env={"TROLY_PERSON": "tin"}).rc == 0
    assert noted(call_troly, data, "read") == [
        ("Lê Văn Tín", "kh-77", False),
        ("Nguyễn Thị Hoa", "kh-77", False),
        (None, "kh-77", True),
    ]


@pytest.mark.parametrize("arguments", [("tasks", "--document", "nhi-chieu-158"), ("text", "nhi-chieu-158")])
def test_what_is_public_is_not(call_troly: RunTroly, data: Path, arguments: tuple[str, ...]) -> None:
    assert call_troly(*arguments, data=data).rc == 0
    assert noted(call_troly, data, "read") == []


def test_who_takes_a_document_out(call_troly: RunTroly, data: Path) -> None:
    assert call_troly("documents", "--remove", "kh-77", "--as", "tin", data=data).rc == 0
    assert noted(call_troly, data, "document_removed") == [("Lê Văn Tín", "kh-77", False)]


@pytest.mark.parametrize(
    ("action", "arguments"),
    [
        ("backup", ("backup", "{to}/sao-luu.zip")),
        ("data_export", ("data", "export", "hoa", "{to}/hoa.json")),
        ("data_erase", ("data", "erase", "hoa", "--yes")),
        ("audit_read", ("audit",)),
        ("calendar_link", ("calendar", "link", "hoa")),
    ],
)
def test_who_runs_the_office_is_in_the_log(
    call_troly: RunTroly, data: Path, tmp_path: Path, action: str, arguments: tuple[str, ...]
) -> None:
    typed = [part.format(to=tmp_path) for part in arguments]
    assert call_troly(*typed, "--as", "tin", data=data).rc == 0
    name, _, terminal = noted(call_troly, data, action)[0]
    assert (name, terminal) == ("Lê Văn Tín", False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("backup", "{to}/sao-luu.zip"),
        ("restore", "{to}/cu.zip", "--replace"),
        ("data", "export", "tin", "{to}/tin.json"),
        ("data", "erase", "tin", "--yes"),
        ("data", "clean"),
        ("audit",),
        ("calendar", "link", "tin"),
        ("calendar", "link", "tin", "--revoke"),
        ("calendar", "export", "tin", "{to}/tin.ics"),
    ],
)
def test_an_officer_who_is_named_may_not(
    call_troly: RunTroly, data: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert call_troly("backup", tmp_path / "cu.zip", data=data).rc == 0
    typed = [part.format(to=tmp_path) for part in arguments]
    ran = call_troly(*typed, "--as", "hoa", data=data)
    assert (ran.rc, ran.stdout) == (2, "")
    assert "không thuộc quyền" in ran.stderr
    assert {file.name for file in tmp_path.iterdir()} == {"kho", "cu.zip"}


def test_ones_own_calendar_is_ones_own(call_troly: RunTroly, data: Path) -> None:
    assert call_troly("calendar", "link", "hoa", "--as", "hoa", data=data).rc == 0
    assert call_troly("calendar", "link", "--unit", UNIT, "--as", "hoa", data=data).rc == 0
    assert [name for name, _, _ in noted(call_troly, data, "calendar_link")] == ["Nguyễn Thị Hoa"] * 2


def test_a_backup_is_restored_by_name_and_into_an_empty_folder_by_nobody(
    call_troly: RunTroly, data: Path, tmp_path: Path
) -> None:
    assert call_troly("backup", tmp_path / "a.zip", "--as", "tin", data=data).rc == 0
    assert call_troly("restore", tmp_path / "a.zip", "--replace", "--as", "tin", data=data).rc == 0
    assert noted(call_troly, data, "restore") == [("Lê Văn Tín", "a.zip", False)]
    env = {"TROLY_PERSON": "tin"}
    assert call_troly("restore", tmp_path / "a.zip", data=tmp_path / "moi", env=env).rc == 0
    assert noted(call_troly, tmp_path / "moi", "restore") == [(None, "a.zip", True)]


def test_the_log_says_where_nobody_was_named(call_troly: RunTroly, data: Path) -> None:
    csv = data.parent / "ds.csv"
    csv.write_text(
        "STT,Văn bản,Nội dung công việc,Trạng thái\n1,77/KH-UBND,Rà soát hồ sơ nội bộ của các đơn vị,Hoàn thành\n",
        encoding="utf-8",
    )
    assert call_troly("lists", "import", csv, "--apply", data=data).rc == 0
    assert noted(call_troly, data, "list_imported") == [(None, "ds", True)]
    assert "(máy chủ, không nêu tên)" in call_troly("audit", "--action", "list_imported", data=data).stdout
