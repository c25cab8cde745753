"""Lists of an office's own read from XLSX and CSV, matched with the plans, and what they would change."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from connectors.database import Store
from connectors.lists import Listed, ListError, RawRow, ReadList
from connectors.lists_changes import Preview, preview
from connectors.lists_comparison import Differs, compare, differences_of
from connectors.lists_matching import Plans
from connectors.lists_reading import Sorted, sort_rows
from connectors.lists_store import ListInfo, ListStore
from connectors.lists_values import read_day, read_percent, read_state
from connectors.progress import ProgressStore, Told
from connectors.sheets import read_sheets
from connectors.sheets_export import Line, headers, write_list
from corpus.agencies import Agencies
from corpus.people import Channel
from corpus.progress import Change, TaskKey, TaskState, keyed
from corpus.records import Document, Task
from tests.connectors.records import due, mention, task

NOW = dt.datetime(2026, 7, 1, 2, tzinfo=dt.UTC)
DONE, UNDERWAY = TaskState.DONE, TaskState.UNDERWAY
HEAD = ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Tình trạng")


def a_book(path: Path, rows: Sequence[Any], merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def plan(name: str = "kh-158", number: str = "158/KH-UBND", titles: Sequence[str] = ()) -> tuple[Document, list[Task]]:
    titles = titles or (
        "Xây dựng kế hoạch cải cách hành chính năm 2026",
        "Rà soát, đơn giản hóa thủ tục hành chính",
        "Tổ chức tập huấn chuyển đổi số cho cán bộ",
    )
    tasks = [
        task(name, i, deadline=due("2026-06-30")).model_copy(update={"title": title, "lead": (mention("so-noi-vu"),)})
        for i, title in enumerate(titles)
    ]
    return Document(id=name, file=f"{name}.txt", number=number, title=f"Kế hoạch {name}"), tasks


def plans(*held: tuple[Document, list[Task]], heading: Sequence[str] = ()) -> Plans:
    return Plans([d for d, _ in held], keyed([t for _, tasks in held for t in tasks]), heading)


def taken(read: ReadList, found: Plans, agencies: Agencies) -> Sorted:
    return sort_rows(read, found, agencies, (), {"kh-158": 2026}, lambda _done, _of: None)


# --- reading ---------------------------------------------------------------------------------------------


def test_columns_are_found_in_any_order_below_titles(tmp_path: Path) -> None:
    rows = [
        ["UBND PHƯỜNG NHỊ CHIỂU"],
        ["BẢNG THEO DÕI KẾ HOẠCH SỐ 158/KH-UBND"],
        [],
        ["Ghi chú", "Tiến độ", "Thời hạn", "Cơ quan chủ trì", "Nội dung công việc", "TT"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["gấp", "Đã hoàn thành", dt.date(2026, 7, 15), "Sở Nội vụ", "Họp giao ban", 1],
        ["", "chưa", "15.7.26", "Sở Nội vụ", "Báo cáo", 2],
        ["", "", "", "", "Tổng cộng: 2 nhiệm vụ", ""],
        ["Người lập biểu", "", "", "", "Chủ tịch", ""],
    ]
    read = read_sheets(a_book(tmp_path / "a.xlsx", rows))
    assert [row.line for row in read.rows] == [6, 7]
    assert read.rows[0].cells == {
        "note": "gấp",
        "state": "Đã hoàn thành",
        "deadline": "15/07/2026",
        "lead": "Sở Nội vụ",
        "title": "Họp giao ban",
        "number": "1",
    }
    assert "BẢNG THEO DÕI KẾ HOẠCH SỐ 158/KH-UBND" in read.heading


def test_a_header_of_two_rows_with_merged_cells(tmp_path: Path) -> None:
    rows = [
        ["STT", "Nhiệm vụ", "Phân công", "", "Kết quả thực hiện", "", ""],
        ["", "", "Chủ trì", "Phối hợp", "Trạng thái", "%", "Ghi chú"],
        [1, "Họp giao ban", "Sở Nội vụ", "Sở Tài chính", "đang t/h", 0.6, "x"],
    ]
    read = read_sheets(a_book(tmp_path / "a.xlsx", rows, ("A1:A2", "B1:B2", "C1:D1", "E1:G1")))
    assert read.rows[0].line == 3
    assert read.rows[0].cells == {
        "number": "1",
        "title": "Họp giao ban",
        "lead": "Sở Nội vụ",
        "coordinate": "Sở Tài chính",
        "state": "đang t/h",
        "percent": "0.6",
        "note": "x",
    }


def test_columns_of_marks_say_the_state(tmp_path: Path, agencies: Agencies) -> None:
    rows = [
        ["STT", "Nhiệm vụ", "Tình trạng", "", ""],
        ["", "", "Đã xong", "Đang làm", "Chưa làm"],
        [1, "Xây dựng kế hoạch cải cách hành chính năm 2026", "x", "", ""],
        [2, "Rà soát, đơn giản hóa thủ tục hành chính", "", "X", ""],
        [3, "Tổ chức tập huấn chuyển đổi số cho cán bộ", "x", "x", ""],
    ]
    read = read_sheets(a_book(tmp_path / "a.xlsx", rows, ("A1:A2", "B1:B2", "C1:E1")))
    found = taken(read, plans(plan()), agencies)
    assert [row.state for row in found.listed] == [DONE, UNDERWAY]
    assert [bad.code for bad in found.bad] == ["states_marked"]


def test_titles_of_sections_and_documents_hold_for_the_rows_below(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["Kế hoạch số 158/KH-UBND ngày 12/3/2026"],
        ["I", "CÔNG TÁC CHỈ ĐẠO"],
        [1, "Họp", "Sở Nội vụ", "", "xong"],
        ["II", "CẢI CÁCH THỂ CHẾ"],
        [1, "Rà soát", "Sở Tư pháp", "", "xong"],
    ]
    read = read_sheets(a_book(tmp_path / "a.xlsx", rows))
    assert [(row.cells["section"], row.cells["title"]) for row in read.rows] == [("I", "Họp"), ("II", "Rà soát")]
    assert all("158/KH-UBND" in row.cells["document"] for row in read.rows)


def test_a_task_that_spans_rows_is_one(tmp_path: Path) -> None:
    rows = [HEAD, [1, "Họp", "Sở Nội vụ", "", "xong"], ["", "", "Sở Tài chính", "", ""], [2, "Báo cáo", "", "", "chưa"]]
    read = read_sheets(a_book(tmp_path / "a.xlsx", rows, ("A2:A3", "B2:B3")))
    assert [row.cells["number"] for row in read.rows] == ["1", "2"]
    assert read.rows[0].cells["lead"] == "Sở Nội vụ\nSở Tài chính"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_of_any_code_page_and_delimiter(tmp_path: Path, encoding: str, sign: str) -> None:
    path = tmp_path / "a.csv"
    text = "\r\n".join([sign.join(HEAD), sign.join(["1", "Họp giao ban", "Sở Nội vụ", "15/7/2026", "đang t/h"]), ""])
    if encoding == "cp1258":
        import unicodedata

        text = "".join(_in_1258(unicodedata.normalize("NFD", char)) for char in text)
    path.write_bytes(text.encode(encoding))
    row = read_sheets(path).rows[0]
    assert (row.line, row.cells["title"], row.cells["state"]) == (2, "Họp giao ban", "đang t/h")


def _in_1258(decomposed: str) -> str:
    """A letter as the code page holds it: with its hat or horn, the tone after it."""
    import unicodedata

    tones = [mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tones)) + "".join(tones)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"PK\x03\x04 broken", "file_damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list_kind"),
        ("a.pdf", b"%PDF-1.7", "list_kind"),
        ("a.csv", b"", "file_empty"),
        ("a.csv", "Chào anh chị\nHôm nay trời đẹp\n".encode(), "list_no_header"),
        ("a.csv", ";".join(HEAD).encode(), "list_empty"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ValueError) as raised:
        read_sheets(path)
    assert getattr(raised.value, "code", "") == code


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ListError) as raised:
        read_sheets(tmp_path / "a.xlsx")
    assert raised.value.code == "file_missing"


# --- values ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("Đã hoàn thành", DONE), ("HT", DONE), ("x", DONE), ("Đã xong.", DONE), ("Hoàn thành quá hạn", DONE),
        ("đã t/h", DONE), ("Đã hoàn thành, BC số 12/BC-UBND", DONE), ("100%", DONE), ("done", DONE),
        ("đang t/h", UNDERWAY), ("ĐANG THỰC HIỆN (60%)", UNDERWAY), ("Hoàn thành 60%", UNDERWAY),
        ("Cơ bản hoàn thành", UNDERWAY), ("60%", UNDERWAY), ("Thường xuyên", UNDERWAY),
        ("chưa", TaskState.NOT_STARTED), ("Chưa thực hiện", TaskState.NOT_STARTED), ("chưa t/h", TaskState.NOT_STARTED),
        ("xin lùi", TaskState.EXTENSION), ("Đề nghị gia hạn đến 30/9", TaskState.EXTENSION),
        ("Tạm dừng", TaskState.STOPPED), ("hủy", TaskState.STOPPED),
    ],
)  # fmt: skip
def test_states_in_words(cell: str, state: TaskState) -> None:
    read = read_state(cell)
    assert read is not None
    assert read.state is state


@pytest.mark.parametrize("cell", ["Chưa hoàn thành", "Quá hạn", "Đúng tiến độ"])
def test_what_only_says_that_a_task_is_open_is_no_state(cell: str) -> None:
    read = read_state(cell)
    assert read is not None
    assert read.state is None


@pytest.mark.parametrize("cell", ["linh tinh", "Đúng hạn", "140%", "-", "Phòng Văn hóa"])
def test_what_says_nothing_of_a_state(cell: str) -> None:
    assert read_state(cell) is None


def test_per_cents_as_shares_and_as_whole_numbers() -> None:
    assert [read_percent(cell, True) for cell in ("0.6", "1", "60%")] == [60, 100, 60]
    assert [read_percent(cell, False) for cell in ("60", "1", "0,6", "khoảng 60 %", "nhiều")] == [60, 1, 60, 60, None]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("15/7/2026", dt.date(2026, 7, 15)), ("15.7.26", dt.date(2026, 7, 15)), ("46218", dt.date(2026, 7, 15)),
        ("2026-07-15", dt.date(2026, 7, 15)), ("tháng 7/2026", dt.date(2026, 7, 31)),
        ("trước 15/7", dt.date(2026, 7, 14)), ("31/2/2026", None), ("7/15/2026", None), ("Thường xuyên", None),
    ],
)  # fmt: skip
def test_days(cell: str, day: dt.date | None) -> None:
    assert read_day(cell, 2026).due == day


# --- matching --------------------------------------------------------------------------------------------


def matched(found: Plans, **cells: str) -> str:
    match = found.match(RawRow(line=1, cells=cells))
    return match.fault if match.task is None else f"{match.task.document}{match.task.row}"


def test_a_row_is_found_by_code_number_or_title() -> None:
    found = plans(plan(), plan("kh-90", "90/KH-UBND", ("Xây dựng nông thôn mới nâng cao trên địa bàn", "Trồng cây")))
    assert matched(found, code="kh-158|#2") == "kh-158#2"
    assert matched(found, code="kh-158|#9") == "code_unknown"
    assert matched(found, document="KH 158", number="3") == "kh-158#3"
    assert matched(found, document="Kế hoạch 90/KH-UBND ngày 1/2/2026", number="2.") == "kh-90#2"
    assert matched(found, number="1", title="Xây dựng nông thôn mới nâng cao") == "kh-90#1"
    assert matched(found, title="rà soát đơn giản hoá thủ tục hành chính") == "kh-158#2"
    assert matched(found, title="Tổ chức tập huấn chuyển đổi số cho cán bộ, công chức") == "not_in_plan"
    assert matched(found, document="158", number="03") == "kh-158#3"
    assert matched(found, number="2") == "ambiguous"
    assert matched(found, document="Kế hoạch 77/KH-UBND", number="1", title="Trồng cây") == "not_in_plan"
    assert matched(found, note="x") == "empty"


def test_a_number_whose_title_is_another_one_is_not_taken() -> None:
    assert matched(plans(plan()), number="1", title="Tổ chức tập huấn chuyển đổi số cho cán bộ") == "kh-158#3"


def test_the_heading_of_a_sheet_tells_which_of_two_plans_is_meant() -> None:
    both = (plan(), plan("kh-90", "90/KH-UBND"))
    assert matched(plans(*both), number="2", title="Rà soát, đơn giản hóa thủ tục hành chính") == "ambiguous"
    found = plans(*both, heading=["Thực hiện Kế hoạch số 90/KH-UBND"])
    assert matched(found, number="2", title="Rà soát, đơn giản hóa thủ tục hành chính") == "kh-90#2"


# --- rows that go in, and those that do not --------------------------------------------------------------


def test_good_rows_go_in_and_bad_ones_are_told(tmp_path: Path, agencies: Agencies) -> None:
    titles = [f"Nhiệm vụ {word} của phường trong năm" for word in "một hai ba bốn năm sáu bảy tám chín".split()]
    rows = [
        ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Trạng thái", "Tỷ lệ"],
        [1, titles[0], "Sở Nội vụ", "30/6/2026", "Đã hoàn thành", ""],
        [2, titles[1], "Cục Lạ Hoắc", "", "xong", ""],
        [3, titles[2], "", "32/13/2026", "xong", ""],
        [4, titles[3], "", "", "đang làm", 140],
        [5, titles[4], "", "", "ba phải", ""],
        [6, titles[5], "", "", "xong", ""],
        [6, titles[5], "", "", "chưa", ""],
        [7, titles[6], "", "", "xong", 30],
        [12, "Việc không có trong kế hoạch nào cả", "", "", "xong", ""],
        [8, titles[7], "", "", "xong", ""],
        [8, titles[7], "", "", "xong", ""],
        ["", "", "Sở Nội vụ", "", "xong", ""],
    ]
    found = taken(read_sheets(a_book(tmp_path / "a.xlsx", rows)), plans(plan(titles=titles)), agencies)
    assert [row.number for row in found.listed] == ["1", "8"]
    assert [(bad.line, bad.code) for bad in found.bad] == [
        (3, "agency_unknown"), (4, "day_unreadable"), (5, "percent_range"), (6, "state_unknown"), (7, "twice"),
        (8, "twice"), (9, "state_and_percent"), (10, "not_in_plan"), (12, "repeated"), (13, "empty"),
    ]  # fmt: skip
    assert [row.title for row in found.strange] == ["Việc không có trong kế hoạch nào cả"]


def test_results_in_prose_are_notes_and_states_where_they_begin_so(tmp_path: Path, agencies: Agencies) -> None:
    rows = [
        ["STT", "Kế hoạch", "Kết quả thực hiện đến nay"],
        [1, "158", "Đã ban hành Kế hoạch số 12/KH-UBND"],
        [2, "158", "Đã hoàn thành"],
        [3, "158", "Đang thực hiện, đã có dự thảo lần 2"],
    ]
    found = taken(read_sheets(a_book(tmp_path / "a.xlsx", rows)), plans(plan()), agencies)
    assert [(row.state, row.note) for row in found.listed] == [
        (None, "Đã ban hành Kế hoạch số 12/KH-UBND"), (DONE, ""), (UNDERWAY, "Đang thực hiện, đã có dự thảo lần 2"),
    ]  # fmt: skip


def test_a_row_of_a_csv_with_cells_too_many_does_not_go_in(tmp_path: Path, agencies: Agencies) -> None:
    path = tmp_path / "a.csv"
    path.write_text("STT;Kế hoạch;Trạng thái;Ghi chú\n1;158;xong;a\n2;158;xong;a;b\n")
    found = taken(read_sheets(path), plans(plan()), agencies)
    assert ([row.line for row in found.listed], [bad.code for bad in found.bad]) == ([2], ["cells_over"])


# --- what would change -----------------------------------------------------------------------------------


KEY = TaskKey(document="kh-158", row="#1")


def row(**fields: Any) -> Listed:
    base = {"ref": "kh-158|#1", "line": 2, "task": KEY, "number": "1", "title": "Xây dựng kế hoạch"}
    return Listed(**{**base, **fields})


def seen(engine: Engine, listed: Listed, at: dt.datetime | None = None) -> Preview:
    progress = ProgressStore(engine)
    kept = {each.row.ref: each for each in ListStore(engine).kept("L")}
    return preview([listed], [], progress.standings([KEY]), progress, kept, at, {})


def apply(engine: Engine, listed: Listed, now: dt.datetime, at: dt.datetime | None = None) -> Preview:
    found = seen(engine, listed, at)
    info = ListInfo(id="L", kind="file", cursor=None, read_at=now)
    ListStore(engine).write(info, [listed], [c.told for c in found.changes], whole=True, by="p", now=now)
    return found


def said(found: Preview) -> list[tuple[str, Any, Any]]:
    return [(field.field, field.before, field.after) for change in found.changes for field in change.fields]


def record(engine: Engine, now: dt.datetime, **change: Any) -> int:
    progress = ProgressStore(engine)
    recorded = progress.record(KEY, Change(**change), by="hoa", channel=Channel.CLI, now=now, seen=None)
    return recorded.entry.id


def test_what_a_list_says_anew_is_a_change_and_once(engine: Engine) -> None:
    found = apply(engine, row(state=UNDERWAY, percent=60, note="chờ", said=("note",)), NOW, at=NOW)
    assert said(found) == [("state", None, UNDERWAY), ("percent", None, 60), ("note", "", "chờ")]
    standing = ProgressStore(engine).standings([KEY])[KEY]
    assert (standing.state, standing.percent, standing.note, standing.channel) == (UNDERWAY, 60, "chờ", Channel.LIST)
    assert seen(engine, row(state=UNDERWAY, percent=60, note="chờ", said=("note",))).same == 1


def test_what_somebody_said_since_is_not_overwritten(engine: Engine) -> None:
    apply(engine, row(state=UNDERWAY), NOW, at=NOW)
    record(engine, NOW + dt.timedelta(days=1), state=DONE)
    assert seen(engine, row(state=UNDERWAY)).same == 1, "a list that says what it said before says nothing new"
    found = seen(engine, row(state=TaskState.STOPPED))
    assert (len(found.changes), len(found.conflicts)) == (0, 1)
    assert found.conflicts[0].standing.state is DONE


def test_a_first_list_older_than_what_is_known_changes_nothing(engine: Engine) -> None:
    record(engine, NOW, state=DONE)
    assert len(seen(engine, row(state=UNDERWAY), at=NOW - dt.timedelta(hours=1)).conflicts) == 1
    assert len(seen(engine, row(state=UNDERWAY), at=None).conflicts) == 1
    assert len(seen(engine, row(state=UNDERWAY), at=NOW + dt.timedelta(hours=1)).changes) == 1


def test_a_sheet_of_the_programs_own_says_what_was_changed_in_it(engine: Engine) -> None:
    first = record(engine, NOW, state=UNDERWAY, percent=60, note="chờ")
    exported = {"state": UNDERWAY, "percent": 60, "note": "chờ", "said": ("state", "note"), "seen": first}
    assert seen(engine, row(**exported)).same == 1
    assert said(seen(engine, row(**{**exported, "state": DONE}))) == [("state", UNDERWAY, DONE)]
    assert said(seen(engine, row(**{**exported, "note": ""}))) == [("note", "chờ", "")]
    record(engine, NOW + dt.timedelta(days=1), state=DONE)
    assert seen(engine, row(**exported)).same == 1, "a row that nobody changed in the sheet undoes nothing"
    assert len(seen(engine, row(**{**exported, "percent": 80})).conflicts) == 1
    assert seen(engine, row(**{**exported, "state": DONE, "percent": 60, "note": ""})).same == 1


def test_a_day_that_is_asked_for_asks_for_more_time(engine: Engine) -> None:
    first = record(engine, NOW, state=UNDERWAY)
    found = apply(engine, row(state=UNDERWAY, asked_due=dt.date(2026, 9, 1), said=("state",), seen=first), NOW)
    assert [field for field, _, _ in said(found)] == ["state", "asked_due"]
    assert ProgressStore(engine).standings([KEY])[KEY].asked_due == dt.date(2026, 9, 1)


def test_an_open_task_is_not_set_back(engine: Engine) -> None:
    record(engine, NOW, state=TaskState.EXTENSION)
    assert seen(engine, row(open=True), at=NOW + dt.timedelta(days=1)).same == 1


def test_many_changes_are_recorded_together_but_none_that_was_forestalled(engine: Engine) -> None:
    progress = ProgressStore(engine)
    other = TaskKey(document="kh-158", row="#2")
    record(engine, NOW, state=DONE)
    told = [Told(task=KEY, change=Change(state=UNDERWAY)), Told(task=other, change=Change(state=UNDERWAY))]
    bulk = progress.record_all(told, by="p", channel=Channel.LIST, now=NOW)
    assert ([e.task for e in bulk.recorded], [s.task for s in bulk.overtaken]) == ([other], [KEY])
    again = progress.record_all(
        [Told(task=other, change=Change(state=DONE), seen=bulk.recorded[0].id)], by="p", channel=Channel.LIST, now=NOW
    )
    assert again.recorded[0].before is not None
    assert {k: s.state for k, s in progress.standings([KEY, other]).items()} == {KEY: DONE, other: DONE}


# --- lists kept and compared -----------------------------------------------------------------------------


def test_lists_and_plans_are_compared(engine: Engine) -> None:
    store, lists, progress = Store(engine), ListStore(engine), ProgressStore(engine)
    document, tasks = plan()
    store.replace(document, "{}", "văn bản", [], tasks)
    listed = [
        row(due=dt.date(2026, 7, 15), lead="Sở Tài chính", lead_ids=("so-tai-chinh",), state=UNDERWAY),
        Listed(ref="la", line=9, task=None, number="9", title="Việc lạ", due=dt.date(2026, 1, 2)),
    ]
    record(engine, NOW, state=DONE)
    info = ListInfo(id="L", kind="file", cursor=None, read_at=NOW)
    lists.write(info, listed, [], whole=True, by=None, now=NOW)
    found = compare("L", store, lists, progress)
    assert [(d.kind, d.plan, d.listed) for d in found[:4]] == [
        (Differs.DUE, "2026-06-30", "2026-07-15"),
        (Differs.LEAD, "so-noi-vu", "Sở Tài chính"),
        (Differs.STATE, "done", "underway"),
        (Differs.NOT_IN_PLAN, None, "2026-01-02"),
    ]
    assert [(d.kind, d.number) for d in found[4:]] == [(Differs.NOT_IN_LIST, "2"), (Differs.NOT_IN_LIST, "3")]
    assert len(differences_of([KEY], store, lists, progress)) == 3
    lists.write(info, listed[1:], [], whole=True, by=None, now=NOW)
    assert differences_of([KEY], store, lists, progress) == [], "what is in the list no longer differs no longer"


# --- writing out -----------------------------------------------------------------------------------------


def lines() -> list[Line]:
    document, tasks = plan(titles=("=1+1 là công thức", "- Họp\n+ Báo cáo", "Tiếng Việt có dấu: ỷ, ặ, ườ\x07"))
    return [Line(key=key, task=t, document=document.number or "") for key, t in keyed(tasks)]


def test_excel_finds_words_days_and_a_frozen_header(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", lines(), "Danh sách", lambda _done, _of: None)
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == headers()
    assert sheet.freeze_panes == "E3"
    assert [sheet.cell(r, 4).value for r in (3, 4, 5)] == [
        "=1+1 là công thức", "- Họp\n+ Báo cáo", "Tiếng Việt có dấu: ỷ, ặ, ườ ",
    ]  # fmt: skip
    assert {sheet.cell(r, 4).data_type for r in (3, 4, 5)} == {"s"}, "no formula"
    assert sheet.cell(3, 4).quotePrefix
    assert str(sheet.cell(3, 9).value) == "2026-06-30 00:00:00"
    assert sheet.cell(3, 9).number_format == "dd/mm/yyyy"
    assert sheet.cell(3, 16).value == "kh-158|#1"


def test_a_csv_opens_in_excel_and_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_list(path, lines(), "Danh sách", lambda _done, _of: None)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        titles = [row["Nhiệm vụ"] for row in csv.DictReader(file, delimiter=";")]
    assert titles[:2] == ["'=1+1 là công thức", "'- Họp\n+ Báo cáo"]
    assert read_sheets(path).rows[0].cells["title"] == "=1+1 là công thức"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_is_written_comes_back_as_it_was(tmp_path: Path, suffix: str, agencies: Agencies) -> None:
    path = tmp_path / f"a{suffix}"
    write_list(path, lines(), "Danh sách", lambda _done, _of: None)
    document, tasks = plan(titles=[line.task.title for line in lines()])
    found = taken(read_sheets(path), plans((document, tasks)), agencies)
    assert found.bad == ()
    assert [(r.task, r.seen, r.due) for r in found.listed] == [(line.key, 0, dt.date(2026, 6, 30)) for line in lines()]


def test_no_file_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("của người khác")
    for target, code in (
        (path, "list_there"),
        (tmp_path / "a.doc", "list_suffix"),
        (tmp_path / "b" / "a.csv", "list_not_written"),
    ):
        with pytest.raises(ListError) as raised:
            write_list(target, lines(), "Danh sách", lambda _done, _of: None)
        assert raised.value.code == code
    assert path.read_text() == "của người khác"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]
