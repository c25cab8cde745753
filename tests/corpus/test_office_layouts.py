"""Assignment tables as offices lay them out, as DOCX, as a sheet and as a page: the same tasks from each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.ingest import ReadDocument, read_source
from corpus.manifest import ManifestEntry
from corpus.sources import Source
from tests.corpus.files import Block, Bold, Cell, Row, Table, save_docx, save_html, save_xlsx

KT, CA, YT, VP = "Phòng Kinh tế", "Công an phường", "Trạm Y tế phường", "Văn phòng HĐND và UBND phường"


def C(text: str, across: int = 1, down: int = 1) -> Cell:
    return Cell(text, across, down)


# What a table is called: its rows, then (section, number, title, lead, deadline) of each task.
LAYOUTS: dict[str, tuple[Sequence[Row], list[tuple[str | None, str, str, str, str]]]] = {
    "columns in any order": (
        [["TT", "Tiến độ hoàn thành", "Nội dung công việc", "Sản phẩm đầu ra", "Đơn vị phối hợp", "Cơ quan chủ trì"],
         ["1.", "30/6/2026", "Lập danh sách", "Danh sách", CA, KT], ["2.", "Quý III/2026", "Kiểm tra", "", YT, CA]],
        [(None, "1", "Lập danh sách", KT, "30/6/2026"), (None, "2", "Kiểm tra", CA, "Quý III/2026")],
    ),
    "three rows of headers": (
        [[C("STT", down=3), C("Nhiệm vụ", down=3), C("Tổ chức thực hiện", across=4)],
         [C("Đơn vị", across=2), C("Thời gian", across=2)], ["Chủ trì", "Phối hợp", "Bắt đầu", "Hoàn thành"],
         ["1", "Rà soát đất công", KT, CA, "01/6/2026", "30/8/2026"]],
        [(None, "1", "Rà soát đất công", KT, "30/8/2026")],
    ),
    "years below one header": (
        [[C("STT", down=2), C("Nhiệm vụ", down=2), C("Chủ trì", down=2), C("Lộ trình", across=2),
         C("Thời hạn", down=2)],
         ["2026", "2027"], ["1", "Làm đường", KT, "x", "", "Năm 2026"]],
        [(None, "1", "Làm đường", KT, "Năm 2026")],
    ),
    "numbers of two levels": (
        [["STT", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"], ["I", C("SỐ HÓA", across=4)],
         ["I.1", "Chữ ký số", VP, "", "Tháng 7/2026"], ["II", C("AN SINH", across=4)],
         ["II.1", "Tặng quà", KT, "", "27/7/2026"]],
        [("I", "I.1", "Chữ ký số", VP, "Tháng 7/2026"), ("II", "II.1", "Tặng quà", KT, "27/7/2026")],
    ),
    "letters below numbers": (
        [["TT", "Nhiệm vụ", "Đơn vị thực hiện", "Sản phẩm", "Thời hạn"], ["1", "Thủ tục hành chính", "", "", ""],
         ["a)", "Rà soát", VP, "Báo cáo", "Tháng 6/2026"], ["b)", "Niêm yết", KT, "Bảng", "Thường xuyên"]],
        [("1", "a", "Rà soát", VP, "Tháng 6/2026"), ("1", "b", "Niêm yết", KT, "Thường xuyên")],
    ),
    "items of a list below a number": (
        [["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"], ["1", "Thủ tục hành chính", "", "", ""],
         ["", "- Rà soát", VP, "", "Tháng 6/2026"], ["", "- Niêm yết", KT, "", "Tháng 7/2026"],
         ["2", "Họp dân", CA, "", "Hằng quý"]],
        [(None, "1", "Thủ tục hành chính - Rà soát", VP, "Tháng 6/2026"), (None, "1", "- Niêm yết", KT, "Tháng 7/2026"),
         (None, "2", "Họp dân", CA, "Hằng quý")],
    ),
    "sections over all columns, a total and a note": (
        [["STT", "Công việc", "Phụ trách", "Hạn"], [C("A. Kinh tế", across=4)], ["1", "Thu thuế", KT, "31/10/2026"],
         [C("B. Xã hội", across=4)], ["1", "Khám sức khỏe", YT, "Quý II/2026"], [C("Tổng số: 02 nhiệm vụ", across=4)],
         [C("Ghi chú: báo cáo trước ngày 25 hằng tháng.", across=4)]],
        [("A", "1", "Thu thuế", KT, "31/10/2026"), ("B", "1", "Khám sức khỏe", YT, "Quý II/2026")],
    ),
    "no numbers": (
        [["Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"], ["Dọn kênh", KT, CA, "Hằng tuần"],
         ["Trồng cây", CA, "", "Tháng 2/2027"]],
        [(None, "1", "Dọn kênh", KT, "Hằng tuần"), (None, "2", "Trồng cây", CA, "Tháng 2/2027")],
    ),
    "a number over several works": (
        [["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"], ["(1)", "(2)", "(3)", "(4)", "(5)"],
         [C("1", down=2), "Thành lập tổ", VP, "", "Tháng 5/2026"], ["Ban hành quy chế của tổ", KT, "", "Tháng 6/2026"],
         ["2", "Sơ kết", VP, "", "Tháng 12/2026"]],
        [(None, "1", "Thành lập tổ", VP, "Tháng 5/2026"), (None, "1", "Ban hành quy chế của tổ", KT, "Tháng 6/2026"),
         (None, "2", "Sơ kết", VP, "Tháng 12/2026")],
    ),
    "fields of work at the left": (
        [["Lĩnh vực", "STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
         [C("Y tế", down=2), "1", "Tiêm chủng", YT, "Hằng tháng"],
         ["2", "Phun muỗi", YT, "Tháng 8/2026"]],
        [(None, "1", "Tiêm chủng", YT, "Hằng tháng"), (None, "2", "Phun muỗi", YT, "Tháng 8/2026")],
    ),
    "who leads and coordinates over rows": (
        [["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn"], ["1", "Việc một", C(CA, down=3),
         C(KT, down=3), "Tháng 6/2026"],
         ["2", "Việc hai", "Tháng 7/2026"], ["3", "Việc ba", "Tháng 8/2026"]],
        [(None, str(i), f"Việc {word}", CA, f"Tháng {i + 5}/2026") for i, word in enumerate(("một", "hai", "ba"), 1)],
    ),
    "works below headings of one number": (
        [["TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian thực hiện"], ["1", C("Tuyên truyền", across=3)],
         ["1.1", "Viết bài", VP, "Hằng tháng"], ["2", C("Kiểm tra", across=3)], ["2.1", "Chợ", KT, "Quý IV/2026"]],
        [("1", "1.1", "Viết bài", VP, "Hằng tháng"), ("2", "2.1", "Chợ", KT, "Quý IV/2026")],
    ),
    "both roles in one cell": (
        [["STT", "Nhiệm vụ", "Đơn vị chủ trì/phối hợp", "Thời hạn"],
         ["1", "Diễn tập", f"Chủ trì: {CA}\nPhối hợp: {YT}", "Tháng 9/2026"]],
        [(None, "1", "Diễn tập", CA, "Tháng 9/2026")],
    ),
    "sections that name who leads": (
        [["STT", "Nội dung công việc", "Sản phẩm", "Thời hạn"], ["I", C(KT.upper(), across=3)],
         ["1", "Rà soát chợ", "Báo cáo", "Tháng 6/2026"], ["II", C(CA.upper(), across=3)],
         ["1", "Tuần tra", "", "Hằng ngày"]],
        [("I", "1", "Rà soát chợ", KT, "Tháng 6/2026"), ("II", "1", "Tuần tra", CA, "Hằng ngày")],
    ),
    "a work programme": (
        [["TT", "Tên văn bản, đề án", "Cơ quan chủ trì soạn thảo", "Cơ quan phối hợp", "Cấp ban hành",
         "Thời gian trình"],
         ["1", "Quy chế văn hóa công sở", VP, KT, "UBND", "15/7/2026"]],
        [(None, "1", "Quy chế văn hóa công sở", VP, "15/7/2026")],
    ),
    "headers in capitals on two lines": (
        [["SỐ\nTT", "NỘI DUNG\nCÔNG VIỆC", "GIAO\nĐƠN VỊ", "DỰ KIẾN\nHOÀN THÀNH", "GHI CHÚ"],
         ["1", "Kiểm kê", KT, "31/12/2026", ""]],
        [(None, "1", "Kiểm kê", KT, "31/12/2026")],
    ),
    "its title within the table": (
        [[C("BẢNG PHÂN CÔNG NHIỆM VỤ", across=4)], ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
         ["1", "Kiểm kê", KT, "31/12/2026"]],
        [(None, "1", "Kiểm kê", KT, "31/12/2026")],
    ),
    "a list of persons": ([["STT", "Họ và tên", "Chức vụ", "Đơn vị"], ["1", "Trần Thị Bưởi", "Trưởng phòng", KT]], []),
    "a timetable": ([["Ngày", "Buổi", "Nội dung", "Địa điểm"], ["Thứ hai", "Sáng", "Chào cờ", "Sân UBND"]], []),
}  # fmt: skip


def read_as(path: Path, agencies: Agencies) -> ReadDocument:
    return read_source(Source(path, ManifestEntry(id="van-ban", file=path.name)), agencies)


def saved(form: str, folder: Path, *blocks: Block) -> Path:
    path = folder / f"van-ban.{form}"
    if form == "xlsx":
        return save_xlsx(path, {"Sheet1": blocks})
    return save_docx(path, *blocks) if form == "docx" else save_html(path, *blocks)


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout: str, form: str, tmp_path: Path, agencies: Agencies) -> None:
    rows, expected = LAYOUTS[layout]
    read = read_as(saved(form, tmp_path, Bold("KẾ HOẠCH"), Table(rows)), agencies)
    assert [
        (t.section, t.number, t.title, "; ".join(m.name for m in t.lead), t.deadline.text) for t in read.tasks
    ] == expected
    assert {d.code for d in read.doubts} <= {"column_missing"}


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_two_annexes_with_the_same_header(form: str, tmp_path: Path, agencies: Agencies) -> None:
    header = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]
    one, two = ([header, ["1", title, KT, "Tháng 6/2026"]] for title in ("Rà soát", "Kiểm tra"))
    path = saved(form, tmp_path, Bold("PHỤ LỤC I"), Table(one), Bold("PHỤ LỤC II"), Table(two))
    assert [(t.table, t.number, t.title) for t in read_as(path, agencies).tasks] == [
        ("Phụ lục I", "1", "Rà soát"), ("Phụ lục II", "1", "Kiểm tra")
    ]  # fmt: skip


def test_a_table_of_sums_is_no_table_of_tasks_and_stays_readable(tmp_path: Path, agencies: Agencies) -> None:
    rows = [["STT", "Khoản mục", "Số tiền (đồng)"], ["1", "Văn phòng phẩm", "5.000.000"]]
    read = read_as(saved("docx", tmp_path, "I. KINH PHÍ", Table(rows)), agencies)
    assert read.tasks == ()
    assert any("Văn phòng phẩm 5.000.000" in passage.text for passage in read.passages)
