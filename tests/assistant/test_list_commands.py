"""``troly lists …``: export, change, preview, write; fetch; compare; who may; and one sentence for each fault."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from connectors.audit import AuditLog
from connectors.engine import open_engine
from connectors.people import PeopleStore
from connectors.progress import ProgressStore
from corpus.people import Channel, Role
from corpus.progress import Change, TaskKey, TaskState
from prompts import knows
from tests.command import Ran, RunTroly
from tests.connectors.list_server import list_server

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
PLAN = "nhi-chieu-158"
Call = Callable[..., Ran]


@pytest.fixture
def data(filled_data: Path, tmp_path: Path) -> Path:
    """A data folder of this test alone with the five documents."""
    copy = tmp_path / "data"
    copy.mkdir()
    shutil.copy(filled_data / "troly.sqlite3", copy / "troly.sqlite3")
    return copy


@pytest.fixture
def troly(call_troly: RunTroly, data: Path) -> Call:
    def call(*arguments: str | Path, env: dict[str, str] | None = None) -> Ran:
        return call_troly("lists", *arguments, data=data, env=env)

    return call


def change(path: Path, changes: dict[int, dict[str, Any]]) -> Path:
    """Changes cells by row and header, as somebody does in a spreadsheet."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns: dict[Any, Any] = {cell.value: cell.column for cell in sheet[2]}
    for row, cells in changes.items():
        for header, value in cells.items():
            sheet.cell(row, columns[header]).value = value
    book.save(path)
    return path


def progress_of(data: Path) -> ProgressStore:
    return ProgressStore(open_engine(data / "troly.sqlite3"))


def exported(troly: Call, tmp_path: Path, name: str = "so-theo-doi.xlsx") -> Path:
    ran = troly("export", tmp_path / name, "--document", PLAN)
    assert ran.rc == 0, ran.stderr
    return tmp_path / name


def test_a_list_goes_out_and_comes_back_with_exactly_what_was_changed(troly: Call, data: Path, tmp_path: Path) -> None:
    path = exported(troly, tmp_path)
    assert troly("import", path, "--json").json["changes"] == []
    change(path, {3: {"Trạng thái": "HT"}, 4: {"Trạng thái": "đang t/h", "Tỷ lệ (%)": 0.6}, 5: {"Ghi chú": "chờ"}})
    seen = troly("import", path)
    assert seen.rc == 0
    assert "trạng thái (trống) → Đã hoàn thành" in seen.stdout
    assert "19 dòng: 3 dòng có thay đổi, 16 dòng không có gì mới" in seen.stdout
    assert "--apply" in seen.stdout
    assert progress_of(data).standings_of([PLAN]) == {}, "a preview writes nothing"
    assert "Đã ghi 3 thay đổi" in troly("import", path, "--apply").stdout
    standings = {key.row: standing for key, standing in progress_of(data).standings_of([PLAN]).items()}
    assert {row: (s.state, s.percent) for row, s in standings.items()} == {
        "#1": (TaskState.DONE, None), "#2": (TaskState.UNDERWAY, 60), "#3": (TaskState.NOT_STARTED, None),
    }  # fmt: skip
    assert "không có gì mới" in troly("import", path, "--apply").stdout
    again = exported(troly, tmp_path, "lan-hai.xlsx")
    change(again, {4: {"Tỷ lệ (%)": 80}, 5: {"Ghi chú": None}})
    fields = [
        (c["line"], f["field"], f["after"])
        for c in troly("import", again, "--json").json["changes"]
        for f in c["fields"]
    ]
    assert fields == [(4, "percent", 80), (5, "note", "")]


def test_what_somebody_said_after_the_export_is_a_conflict(troly: Call, data: Path, tmp_path: Path) -> None:
    path = change(exported(troly, tmp_path), {3: {"Trạng thái": "đang làm"}, 4: {"Trạng thái": "xong"}})
    people = PeopleStore(open_engine(data / "troly.sqlite3"))
    hoa = people.add("Nguyễn Thị Hoa", "Phòng Kinh tế, UBND phường Nhị Chiểu", Role.OFFICER, NOW)
    first = TaskKey(document=PLAN, row="#1")
    change_made = Change(state=TaskState.DONE)
    progress_of(data).record(first, change_made, by=hoa.id, channel=Channel.WEB, now=NOW, seen=None)
    ran = troly("import", path, "--apply")
    assert ran.rc == 1
    assert "Nguyễn Thị Hoa đã cập nhật lúc 07:00 ngày 01/07/2026 (hiện là: Đã hoàn thành)" in ran.stdout
    standings = progress_of(data).standings_of([PLAN])
    assert standings[first].state is TaskState.DONE
    assert standings[TaskKey(document=PLAN, row="#2")].state is TaskState.DONE


def test_bad_rows_are_told_and_the_others_go_in(troly: Call, tmp_path: Path) -> None:
    path = change(
        exported(troly, tmp_path),
        {
            3: {"Tỷ lệ (%)": 140},
            4: {"Trạng thái": "ba phải"},
            5: {"Mã": "nhi-chieu-158|#99"},
            6: {"Trạng thái": "xong"},
        },
    )
    ran = troly("import", path)
    assert ran.rc == 1
    assert "Dòng 3 (trang “Nhiệm vụ”): tỷ lệ “140” phải từ 0 đến 100." in ran.stdout
    assert "không hiểu trạng thái “ba phải”" in ran.stdout
    assert "cột Mã không khớp" in ran.stdout
    assert "1 dòng có thay đổi" in ran.stdout


def test_every_reason_for_which_a_row_does_not_go_in_has_a_sentence() -> None:
    source = "".join(
        (ROOT / "connectors" / f"lists_{name}.py").read_text() for name in ("reading", "matching", "changes")
    )
    codes = set(re.findall(r'(?:_Fault\(|fault=|code=|else )"([a-z_]+)"', source))
    assert len(codes) > 12
    assert [code for code in codes if not knows(f"lists.bad_{code}")] == []


def test_lists_are_compared_with_plans(troly: Call, tmp_path: Path) -> None:
    assert "Chưa nhập danh sách nào" in troly("compare").stderr
    path = change(
        exported(troly, tmp_path), {3: {"Hạn cuối": dt.date(2026, 7, 15)}, 4: {"Đơn vị chủ trì": "Sở Nội vụ"}}
    )
    troly("import", path, "--apply")
    ran = troly("compare")
    assert "danh sách ghi 15/7/2026" in ran.stdout
    assert "chủ trì, danh sách ghi Sở Nội vụ" in ran.stdout
    assert {d["kind"] for d in troly("compare", "so-theo-doi", "--json").json} == {"due", "lead"}
    assert "Không có danh sách “la”" in troly("compare", "la").stderr


def test_who_may_exchange_lists_and_change_what(troly: Call, data: Path, tmp_path: Path) -> None:
    people = PeopleStore(open_engine(data / "troly.sqlite3"))
    people.add("Nguyễn Thị Hoa", "Phòng Kinh tế, UBND phường Nhị Chiểu", Role.OFFICER, NOW)
    people.add("Trần Văn Bình", "Phòng Kinh tế, UBND phường Láng", Role.HEAD, NOW)
    tin = people.add("Lê Tin", "Văn phòng, UBND phường Nhị Chiểu", Role.IT, NOW)
    path = change(exported(troly, tmp_path), {3: {"Trạng thái": "xong"}})
    for arguments, told in (
        (("--as", "Hoa"), "Việc này không thuộc quyền của anh/chị"),
        (("--as", "Không Ai"), "Không có ai tên “Không Ai”"),
    ):
        ran = troly("import", path, "--apply", *arguments)
        assert (ran.rc, told in ran.stderr) == (2, True)
    assert "không do đơn vị của anh/chị chủ trì" in troly("import", path, "--as", "Bình", "--apply").stdout
    assert progress_of(data).standings_of([PLAN]) == {}
    assert troly("import", path, "--as", "Lê Tin", "--apply").rc == 0
    standing = progress_of(data).standings_of([PLAN])[TaskKey(document=PLAN, row="#1")]
    assert (standing.by, standing.channel) == (tin.id, Channel.LIST)
    noted = AuditLog(open_engine(data / "troly.sqlite3")).lines(action="list_imported")
    assert noted[0].by == tin.id
    assert noted[0].details["changes"] == 1


def test_a_list_is_fetched_then_only_what_changed(troly: Call, data: Path) -> None:
    with list_server("abc") as server:
        server.items = [
            {"id": f"t{n}", "ma": f"{PLAN}|#{n}", "tt": state, "updated_at": f"2026-06-0{n}"}
            for n, state in ((1, "xong"), (2, "đang làm"), (3, "chưa"))
        ]
        (data / "list-sources.yaml").write_text(
            f"vp:\n  kind: rest\n  url: {server.url}\n  path: /tasks\n  items: data.items\n  limit: 2\n"
            "  token_from: VP_TOKEN\n"
            "  fields: {ref: id, code: ma, state: tt, updated: updated_at}\n"
        )
        assert "Chưa đặt biến môi trường VP_TOKEN" in troly("fetch", "vp").stderr
        env = {"VP_TOKEN": "abc"}
        assert "3 dòng có thay đổi" in troly("fetch", "vp", env=env).stdout
        assert "Đã ghi 3 thay đổi" in troly("fetch", "vp", "--apply", env=env).stdout
        server.items[1] |= {"tt": "xong", "updated_at": "2026-06-20"}
        ran = troly("fetch", "vp", "--apply", env=env)
        assert "1 dòng: 1 dòng có thay đổi" in ran.stdout
        assert "updated_since=2026-06-03" in server.asked[-1][0]
        server.ills = [(401, {})]
        assert "từ chối truy cập" in troly("fetch", "vp", env=env).stderr
    assert "Không có danh sách “la”" in troly("fetch", "la").stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "khong-co.xlsx"), "Không tìm thấy “khong-co.xlsx”"),
        (("export", "a.doc"), "phải kết thúc bằng .xlsx hoặc .csv"),
        (("export", "a.xlsx", "--document", "la"), "Không có văn bản mã “la”"),
        (("export", "a.xlsx", "--unit", "Cục Xyz Lạ Hoắc"), "Không nhận ra đơn vị"),
    ],
)
def test_faults_are_one_sentence(troly: Call, arguments: tuple[str, ...], told: str) -> None:
    ran = troly(*arguments)
    assert ran.rc == 2
    assert told in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_the_tasks_of_a_unit_are_written_alone(troly: Call, tmp_path: Path) -> None:
    ran = troly("export", tmp_path / "a.csv", "--unit", "Sở Tư pháp")
    assert ran.rc == 0, ran.stderr
    leads = [line.split(";")[4] for line in (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1:] if "|" in line]
    assert leads
    assert not (tmp_path / "a.xlsx").exists()
    assert "đã có" in troly("export", tmp_path / "a.csv").stderr
