"""Tables of offices that lay them out otherwise: two header rows, ditto marks, merged numbers, loose sections."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.columns import read_double_header, role_of
from corpus.records import Task
from tests.corpus.reading import numbers, read_text_as_document, table


def tasks(text: str, folder: Path, agencies: Agencies) -> list[Task]:
    return list(read_text_as_document(text, folder, agencies).tasks)


def names(task: Task) -> tuple[list[str], list[str]]:
    return [m.name for m in task.lead], [m.name for m in task.coordinate]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Đơn vị cùng thực hiện", "coordinate"),
        ("Cơ quan tham gia", "coordinate"),
        ("Đơn vị liên quan", "coordinate"),
        ("Đối tượng tham gia", "other"),
        ("Đơn vị phụ trách chính", "lead"),
        ("Người chịu trách nhiệm", "lead"),
        ("Cơ quan tham mưu", "lead"),
        ("Đơn vị chủ trì, phối hợp", "lead"),
        ("Mốc hoàn thành", "deadline"),
        ("Hoàn thành trước", "deadline"),
        ("Thời gian bắt đầu", "other"),
        ("Tỷ lệ hoàn thành", "other"),
        ("Kinh phí (triệu đồng)", "note"),
        ("Việc cần làm", "title"),
    ],
)
def test_role_of_a_header_in_other_words(header: str, role: str) -> None:
    assert role_of(header) == role


def test_header_of_two_rows(tmp_path: Path, agencies: Agencies) -> None:
    found = tasks(
        table(
            "STT | Nhiệm vụ | Phân công | | Thời gian thực hiện | ",
            " | | Chủ trì | Phối hợp | Bắt đầu | Hoàn thành",
            "1 | Rà soát hộ nghèo | Phòng Kinh tế | Công an phường | Tháng 6/2026 | Tháng 7/2026",
        ),
        tmp_path,
        agencies,
    )
    assert [(t.number, names(t), t.deadline.text) for t in found] == [
        ("1", (["Phòng Kinh tế"], ["Công an phường"]), "Tháng 7/2026")
    ]


def test_rest_of_a_cut_row_is_no_second_header() -> None:
    header = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn"]
    assert read_double_header(header, ["", "thực hiện", "", "", "Báo cáo kết quả", ""]) is None
    assert read_double_header(header, ["4", "Nhiệm vụ", "Đơn vị chủ trì", "", "Kết quả", ""]) is None


def test_ditto_marks_and_dashes(tmp_path: Path, agencies: Agencies) -> None:
    found = tasks(
        table(
            "STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn",
            "1 | Kiểm tra chợ | Phòng Kinh tế | Công an phường | Tháng 8/2026",
            "2 | Kiểm tra bến xe | -nt- | nt | Như trên",
            "3 | Họp dân | // | - | Hằng quý",
        ),
        tmp_path,
        agencies,
    )
    assert [(names(t), t.deadline.text) for t in found] == [
        ((["Phòng Kinh tế"], ["Công an phường"]), "Tháng 8/2026"),
        ((["Phòng Kinh tế"], ["Công an phường"]), "Tháng 8/2026"),
        ((["Phòng Kinh tế"], []), "Hằng quý"),
    ]


@pytest.mark.parametrize(
    "section",
    ["A. TUYÊN TRUYỀN | | | ", "A. TUYÊN TRUYỀN", " | A. TUYÊN TRUYỀN | | ", "Phần I | TUYÊN TRUYỀN | | "],
)
def test_sections_in_other_places(section: str, tmp_path: Path, agencies: Agencies) -> None:
    rows = ["STT | Nhiệm vụ | Chủ trì | Thời hạn", section, "1 | Phát thanh | Công an phường | Thường xuyên"]
    rows += ["II. Công tác kiểm tra", "1 | Kiểm tra chợ | Phòng Kinh tế | Tháng 8/2026"]
    found = tasks(table(*rows), tmp_path, agencies)
    assert [number for _, number in numbers(found)] == ["1", "1"]
    assert (found[0].section_title, found[1].section) == ("TUYÊN TRUYỀN", "II")


def test_number_and_group_that_span_rows(tmp_path: Path, agencies: Agencies) -> None:
    found = tasks(
        table(
            "STT | Nhóm nhiệm vụ | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Tiến độ",
            "1 | Tuyên truyền | Phát thanh | Phòng Văn hóa - Xã hội | Công an phường | Thường xuyên",
            " | | Họp dân | Công an phường | | Hằng quý",
            "2 | Kiểm tra | Kiểm tra chợ | Phòng Kinh tế | | Tháng 8/2026",
        ),
        tmp_path,
        agencies,
    )
    assert [(t.number, t.title, t.section_title) for t in found] == [
        ("1", "Phát thanh", "Tuyên truyền"),
        ("1", "Họp dân", "Tuyên truyền"),
        ("2", "Kiểm tra chợ", "Kiểm tra"),
    ]


def test_both_roles_in_one_cell(tmp_path: Path, agencies: Agencies) -> None:
    (task,) = tasks(
        table(
            "STT | Nhiệm vụ | Phân công thực hiện | Thời hạn",
            "1 | Họp dân | Chủ trì: Công an phường. Phối hợp: Phòng Kinh tế, Trạm Y tế phường | Hằng quý",
        ),
        tmp_path,
        agencies,
    )
    assert names(task) == (["Công an phường"], ["Phòng Kinh tế", "Trạm Y tế phường"])
    assert "column_missing:coordinate" not in task.notes


def test_column_that_a_table_lacks_is_noted(tmp_path: Path, agencies: Agencies) -> None:
    rows = ("STT | Nhiệm vụ | Chủ trì | Thời hạn", "1 | Họp dân | Công an phường | Hằng quý")
    (task,) = tasks(table(*rows), tmp_path, agencies)
    assert set(task.notes) == {"column_missing:coordinate", "column_missing:product"}


def test_note_column_keeps_its_header(tmp_path: Path, agencies: Agencies) -> None:
    rows = ("STT | Nhiệm vụ | Chủ trì | Kinh phí (triệu đồng) | Thời hạn", "1 | Họp dân | Công an | 900 | Hằng quý")
    (task,) = tasks(table(*rows), tmp_path, agencies)
    assert task.remark == "Kinh phí (triệu đồng): 900"


def test_letterhead_of_can_tho_and_a_name_of_one_letter(tmp_path: Path, agencies: Agencies) -> None:
    text = (
        "UBND THÀNH PHỐ CẦN THƠ\nSỞ XÂY DỰNG\nSố: 21/KH-SXD\n\nCần Thơ, ngày 02 tháng 6 năm 2026\n\nKẾ HOẠCH\n"
        "Nâng cao chất lượng dịch vụ công\n\nI. MỤC TIÊU\n1. Giảm đi lại, giảm giấy tờ.\n\nGIÁM ĐỐC\nGiàng A Lử\n"
    )
    document = read_text_as_document(text, tmp_path, agencies).document
    assert (str(document.date), document.signer) == ("2026-06-02", "Giàng A Lử")
