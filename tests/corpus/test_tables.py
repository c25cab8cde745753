"""Tables the reader has never seen: other headers, numberings, page breaks, empty cells, stray lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.columns import read_header, role_of
from corpus.ingest import ReadDocument
from corpus.records import Task
from corpus.tables import clean_number, is_section_number, join_pieces
from tests.corpus.reading import numbers, read_text_as_document, table

HEADER = "STT | Nhiệm vụ | Chủ trì | Phối hợp | Sản phẩm | Thời hạn"
ONE = "1 | Xây dựng kế hoạch | Phòng Văn hóa - Xã hội | Các phòng, đơn vị | Kế hoạch | Quý I/2027"
TWO = "2 | Tổ chức hội nghị | Văn phòng HĐND và UBND | Các phòng, đơn vị | Hội nghị | Tháng 3/2027"
THREE = "3 | Báo cáo kết quả | Phòng Văn hóa - Xã hội | | Báo cáo | Trước 15/12/2027"
ANNEX = "\nPHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n"


class Reader:
    """Reads texts; the file is gone with the test."""

    def __init__(self, folder: Path, agencies: Agencies) -> None:
        self._folder, self._agencies = folder, agencies

    def __call__(self, text: str) -> ReadDocument:
        return read_text_as_document(text, self._folder, self._agencies)


@pytest.fixture
def read(tmp_path: Path, agencies: Agencies) -> Reader:
    return Reader(tmp_path, agencies)


def cells(task: Task) -> tuple[str, list[str], list[str], str, str]:
    lead, coordinate = ([m.text for m in mentions] for mentions in (task.lead, task.coordinate))
    return task.title, lead, coordinate, task.product, task.deadline.text


def codes(document: ReadDocument) -> list[str]:
    return [doubt.code for doubt in document.doubts]


# --- headers ---------------------------------------------------------------------------------------------


def test_columns_in_another_order_and_other_words(read: Reader) -> None:
    document = read(
        table(
            "TT | Nội dung công việc | Thời gian hoàn thành | Đơn vị chủ trì | Kết quả",
            "1 | Rà soát thủ tục | Quý II/2027 | Phòng Văn hóa - Xã hội | Báo cáo",
            "2 | Tập huấn kỹ năng số | 30/9/2027 | Trung tâm Phục vụ hành chính công | 02 lớp",
        )
    )
    assert [cells(task) for task in document.tasks] == [
        ("Rà soát thủ tục", ["Phòng Văn hóa - Xã hội"], [], "Báo cáo", "Quý II/2027"),
        ("Tập huấn kỹ năng số", ["Trung tâm Phục vụ hành chính công"], [], "02 lớp", "30/9/2027"),
    ]
    assert document.doubts == ()


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("STT", "number"),
        ("Số TT", "number"),
        ("T.T", "number"),
        ("NHIỆM VỤ", "title"),
        ("Nhiệm vụ/Giải pháp", "title"),
        ("Nội dung công việc", "title"),
        ("Cơ quan, đơn vị chủ trì", "lead"),
        ("ĐƠN VỊ CHỦ TRÌ", "lead"),
        ("Đơn vị chủ trì, thực hiện", "lead"),
        ("Cơ quan phối hợp", "coordinate"),
        ("Đơn vị phối hợp", "coordinate"),
        ("Sản phẩm/ Kết quả", "product"),
        ("Dự kiến kết quả", "product"),
        ("Kết quả", "product"),
        ("Thời hạn hoàn thành", "deadline"),
        ("Thời gian thực hiện", "deadline"),
        ("Tiến độ", "deadline"),
        ("Ghi chú", "note"),
        ("Phòng chủ trì", "lead"),
        ("Bộ phận đầu mối tham mưu", "lead"),
        ("Phòng, ban được giao thực hiện", "lead"),
        ("Phối hợp thực hiện với", "coordinate"),
        ("Lãnh đạo Sở phụ trách", "leader"),
        ("Ngày hoàn thành theo kế hoạch", "deadline"),
        ("Dự toán kinh phí thực hiện", "note"),
        ("Màu sắc", "other"),
        ("", "other"),
    ],
)
def test_role_of_a_header(header: str, role: str) -> None:
    assert role_of(header) == role


def test_leader_column_is_not_taken_for_the_lead(read: Reader) -> None:
    document = read(
        table(
            "TT | Nhiệm vụ | Lãnh đạo phụ trách | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời gian",
            "1 | Kiểm tra công vụ | Phó Chủ tịch UBND phường | Phòng Văn hóa - Xã hội | | Báo cáo | Tháng 5/2027",
        )
    )
    (task,) = document.tasks
    assert task.leader == "Phó Chủ tịch UBND phường"
    assert [m.text for m in task.lead] == ["Phòng Văn hóa - Xã hội"]


@pytest.mark.parametrize("header_words", [["1", "Xây dựng", "Sở Nội vụ"], ["a", "b"], [], ["", "", "", ""]])
def test_a_row_that_is_no_header(header_words: list[str]) -> None:
    assert read_header(header_words) is None


def test_repeated_header_of_a_new_page_is_no_task(read: Reader) -> None:
    document = read(table(HEADER, ONE) + "\n" + table(HEADER, TWO) + "\n" + table(HEADER.upper(), THREE))
    assert numbers(document.tasks) == [(None, "1"), (None, "2"), (None, "3")]


@pytest.mark.parametrize("index", ["1 | 2 | 3 | 4 | 5 | 6", "(1) | (2) | (3) | (4) | (5) | (6)"])
def test_index_row_is_no_task(read: Reader, index: str) -> None:
    document = read(table(HEADER, index, ONE, TWO))
    assert [task.title for task in document.tasks] == ["Xây dựng kế hoạch", "Tổ chức hội nghị"]


@pytest.mark.parametrize("index", ["A | B | C | D | E | F", "a | b | c | d | e | f"])
def test_index_row_in_letters_is_no_task(read: Reader, index: str) -> None:
    document = read(table(HEADER, index, ONE, TWO))
    assert numbers(document.tasks) == [(None, "1"), (None, "2")]


# --- numbering and sections ------------------------------------------------------------------------------


def test_sections_with_numbers_that_restart(read: Reader) -> None:
    document = read(
        table(
            HEADER,
            "I | CÔNG TÁC CHỈ ĐẠO | | | |",
            ONE,
            TWO,
            "II | CẢI CÁCH THỂ CHẾ | | | |",
            ONE,
            THREE.replace("3", "2", 1),
        )
    )
    assert numbers(document.tasks) == [("I", "1"), ("I", "2"), ("II", "1"), ("II", "2")]
    assert [task.section_title for task in document.tasks][::2] == ["CÔNG TÁC CHỈ ĐẠO", "CẢI CÁCH THỂ CHẾ"]
    assert [task.ordinal for task in document.tasks] == [0, 1, 2, 3]


def test_dotted_numbers_under_a_numbered_heading(read: Reader) -> None:
    document = read(
        table(
            HEADER,
            "I | CHUYỂN ĐỔI SỐ | | | |",
            "1 | Nhóm nhiệm vụ hạ tầng | | | |",
            "1.1 | Nâng cấp mạng | Phòng Văn hóa - Xã hội | | Mạng | Quý I/2027",
            "1.2. | Mua máy chủ | Phòng Văn hóa - Xã hội | | Máy chủ | Quý II/2027",
            "2 | Nhóm nhiệm vụ dữ liệu | | | |",
            "2.1 | Số hóa hồ sơ | Phòng Văn hóa - Xã hội | | Hồ sơ số | Quý IV/2027",
        )
    )
    assert [task.number for task in document.tasks] == ["1.1", "1.2", "2.1"]
    assert [task.title for task in document.tasks] == ["Nâng cấp mạng", "Mua máy chủ", "Số hóa hồ sơ"]
    assert all(task.section for task in document.tasks)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1)", "1"),
        ("(1)", "1"),
        ("18.", "18"),
        ("2.1.", "2.1"),
        ("2 . 1", "2.1"),
        ("a)", "a"),
        ("đ)", "đ"),
        ("05", "05"),
    ],
)
def test_number_without_its_final_dot_or_bracket(read: Reader, written: str, number: str) -> None:
    assert clean_number(written) == number
    document = read(table(HEADER, ONE.replace("1", written, 1)))
    assert [task.number for task in document.tasks] == [number]


@pytest.mark.parametrize("written", ["", "Sở Nội vụ", "-", "2026-", "12345", "1/2"])
def test_what_is_no_row_number(written: str) -> None:
    assert clean_number(written) is None


@pytest.mark.parametrize(
    ("number", "section"), [("IV", True), ("A", True), ("1", False), ("a", False), ("IIII", False)]
)
def test_section_numbers(number: str, section: bool) -> None:
    assert is_section_number(number) is section


def test_section_row_that_an_editor_stripped_of_its_trailing_tabs(read: Reader) -> None:
    document = read(
        table(HEADER)
        + "I\tCÔNG TÁC CHỈ ĐẠO\t\n"
        + table(ONE)
        + "II\tCẢI CÁCH THỂ CHẾ\n"
        + table(TWO.replace("2", "1", 1))
    )
    assert numbers(document.tasks) == [("I", "1"), ("II", "1")]
    assert [task.section_title for task in document.tasks] == ["CÔNG TÁC CHỈ ĐẠO", "CẢI CÁCH THỂ CHẾ"]


def test_section_title_that_goes_on_over_the_page_break(read: Reader) -> None:
    document = read(
        table(HEADER, ONE, "II | XÂY DỰNG VÀ PHÁT TRIỂN CHÍNH PHỦ ĐIỆN TỬ, | | | |")
        + "\n"
        + table(HEADER, " | CHÍNH PHỦ SỐ | | | |", TWO.replace("2", "1", 1))
    )
    assert numbers(document.tasks) == [(None, "1"), ("II", "1")]
    assert document.tasks[1].section_title == "XÂY DỰNG VÀ PHÁT TRIỂN CHÍNH PHỦ ĐIỆN TỬ, CHÍNH PHỦ SỐ"


def test_section_without_a_number(read: Reader) -> None:
    document = read(table(HEADER, " | Nhiệm vụ thường xuyên | | | |", ONE))
    (task,) = document.tasks
    assert (task.section, task.section_title, task.number) == (None, "Nhiệm vụ thường xuyên", "1")


def test_unnumbered_section_between_tasks_does_not_run_into_the_task_above(read: Reader) -> None:
    """A row with words in the title alone, in capitals, opens a section; it is no rest of the row above."""
    document = read(table(HEADER, ONE, " | NHIỆM VỤ ĐỘT XUẤT | | | |", TWO))
    assert [task.title for task in document.tasks] == ["Xây dựng kế hoạch", "Tổ chức hội nghị"]
    assert document.tasks[1].section_title == "NHIỆM VỤ ĐỘT XUẤT"


# --- rows over page breaks -------------------------------------------------------------------------------


def test_row_cut_over_two_page_breaks(read: Reader) -> None:
    document = read(
        table(HEADER, "1 | Rà soát, hoàn | Văn phòng HĐND | Các phòng, | Báo cáo gửi | Hằng")
        + "\n"
        + table(HEADER, " | thiện quy định | và UBND | đơn vị | UBND phường | năm,")
        + "\n"
        + table(HEADER, " | về chức năng | | | (qua Phòng VHXH) | từ năm 2027", TWO)
    )
    assert numbers(document.tasks) == [(None, "1"), (None, "2")]
    first = document.tasks[0]
    assert first.title == "Rà soát, hoàn thiện quy định về chức năng"
    assert first.product == "Báo cáo gửi UBND phường (qua Phòng VHXH)"
    assert first.deadline.text == "Hằng năm, từ năm 2027"
    assert [m.text for m in first.lead] == ["Văn phòng HĐND và UBND"]
    assert document.text[first.span.start : first.span.end].endswith("từ năm 2027")


def test_number_and_code_of_a_document_cut_apart_are_joined(read: Reader) -> None:
    document = read(
        table(HEADER, "1 | Thực hiện Kết luận số 226- | Sở Nội vụ | | Quyết định số 534/ | Năm 2027")
        + "\n"
        + table(HEADER, " | KL/TW của Ban Bí thư | | | QĐ-TTg |")
    )
    (task,) = document.tasks
    assert task.title == "Thực hiện Kết luận số 226-KL/TW của Ban Bí thư"
    assert task.product.replace(" ", "") == "Quyếtđịnhsố534/QĐ-TTg"


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        (["226-", "KL/TW"], "226-KL/TW"),
        (["534/", "QĐ-TTg"], "534/QĐ-TTg"),
        (["2026 -", "2030"], "2026 - 2030"),
        (["Văn phòng", "", "HĐND"], "Văn phòng HĐND"),
        ([], ""),
        (["", ""], ""),
    ],
)
def test_pieces_of_a_cell(pieces: list[str], joined: str) -> None:
    assert join_pieces(pieces) == joined


def test_rest_of_a_row_that_begins_with_a_capital_belongs_to_the_row_above(read: Reader) -> None:
    """The cells of "Thành phố" go on in capitals, but not every column is filled."""
    document = read(
        table(HEADER, "1 | Báo cáo Chủ tịch UBND | Sở Nội vụ | | Báo cáo | Năm 2027")
        + "\n"
        + table(HEADER, " | Thành phố Hà Nội | | | |", TWO)
    )
    assert [task.title for task in document.tasks] == ["Báo cáo Chủ tịch UBND Thành phố Hà Nội", "Tổ chức hội nghị"]


# --- cells and lines -------------------------------------------------------------------------------------


def test_empty_cells_stay_empty(read: Reader) -> None:
    document = read(table(HEADER, "1 | Tuyên truyền | Phòng Văn hóa - Xã hội | | |", "2 | Báo cáo | | | |"))
    assert [cells(task) for task in document.tasks] == [
        ("Tuyên truyền", ["Phòng Văn hóa - Xã hội"], [], "", ""),
        ("Báo cáo", [], [], "", ""),
    ]


def test_trailing_tabs_stripped_by_an_editor(read: Reader) -> None:
    document = read(table(HEADER) + "1\tTuyên truyền\tPhòng Văn hóa - Xã hội\n" + table(TWO))
    assert [cells(task)[:2] for task in document.tasks] == [
        ("Tuyên truyền", ["Phòng Văn hóa - Xã hội"]),
        ("Tổ chức hội nghị", ["Văn phòng HĐND và UBND"]),
    ]


def test_task_row_of_which_only_number_and_title_are_left_is_not_lost(read: Reader) -> None:
    """An editor that strips trailing tabs leaves one tab; the row is still a row."""
    document = read(table(HEADER, ONE) + "2\tTuyên truyền\n" + table(THREE))
    assert [task.title for task in document.tasks] == ["Xây dựng kế hoạch", "Tuyên truyền", "Báo cáo kết quả"]


def test_cell_too_many_is_reported(read: Reader) -> None:
    document = read(table(HEADER, ONE + " | thừa", TWO))
    assert numbers(document.tasks) == [(None, "1"), (None, "2")]
    assert "rows_ragged" in codes(document)


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(read: Reader, line_end: str) -> None:
    text = (ANNEX + table(HEADER, ONE, TWO)).replace("\n", line_end)
    document = read(text)
    assert [cells(task)[0] for task in document.tasks] == ["Xây dựng kế hoạch", "Tổ chức hội nghị"]
    assert document.tasks[1].deadline.text == "Tháng 3/2027"
    assert document.text == text
    for task in document.tasks:
        assert "\r" not in document.text[task.span.start : task.span.end]


def test_form_feeds_between_pages(read: Reader) -> None:
    document = read(
        table(HEADER, ONE, "2 | Rà soát quy | Sở Nội vụ | | Báo cáo | Năm 2027")
        + "\f"
        + table(HEADER, " | chế làm việc | | | |", THREE)
    )
    assert [task.title for task in document.tasks] == [
        "Xây dựng kế hoạch",
        "Rà soát quy chế làm việc",
        "Báo cáo kết quả",
    ]


@pytest.mark.parametrize("total", ["Tổng cộng: 02 nhiệm vụ", "TỔNG SỐ", "Cộng"])
def test_total_row_is_no_task(read: Reader, total: str) -> None:
    document = read(table(HEADER, ONE, TWO, f" | {total} | | | |"))
    assert [task.title for task in document.tasks] == ["Xây dựng kế hoạch", "Tổ chức hội nghị"]


def test_total_row_in_the_number_column_is_no_task(read: Reader) -> None:
    document = read(table(HEADER, ONE, TWO, "Tổng cộng | | | | 02 |"))
    assert [task.title for task in document.tasks] == ["Xây dựng kế hoạch", "Tổ chức hội nghị"]
    assert document.tasks[-1].product == "Hội nghị"


def test_notes_row_is_no_task(read: Reader) -> None:
    document = read(table(HEADER, ONE, TWO, "Ghi chú: số liệu tính đến 31/12 | | | | |"))
    assert [task.title for task in document.tasks] == ["Xây dựng kế hoạch", "Tổ chức hội nghị"]
    assert document.tasks[-1].title == "Tổ chức hội nghị"


def test_task_that_begins_like_a_total_stays(read: Reader) -> None:
    document = read(table(HEADER, "1 | Tổng hợp kết quả | Sở Nội vụ | | Báo cáo | Năm 2027"))
    assert [task.title for task in document.tasks] == ["Tổng hợp kết quả"]


def test_html_lists_inside_a_cell(read: Reader) -> None:
    product = '<ul style="list-style-type: none"> - Kế hoạch;<br> - Báo cáo &amp; biểu mẫu </ul>'
    document = read(table(HEADER, f"1 | <i>Rà soát</i> | Sở Nội vụ | | {product} | Năm 2027"))
    (task,) = document.tasks
    assert (task.title, task.product) == ("Rà soát", "- Kế hoạch; - Báo cáo & biểu mẫu")


def test_decomposed_accents_are_read_as_composed(read: Reader) -> None:
    import unicodedata

    document = read(unicodedata.normalize("NFD", table(HEADER, ONE)))
    (task,) = document.tasks
    assert task.title == unicodedata.normalize("NFC", "Xây dựng kế hoạch")
    assert [m.agency_id for m in task.lead] == ["phong-van-hoa-xa-hoi"]


# --- documents -------------------------------------------------------------------------------------------


def test_two_tables_in_one_document_bear_their_own_annex_titles(read: Reader) -> None:
    document = read(
        "\nPhụ lục I\nNHIỆM VỤ NĂM 2027\n\n"
        + table(HEADER, ONE, TWO)
        + "\nPhụ lục II\nNHIỆM VỤ THƯỜNG XUYÊN\n\n"
        + table(HEADER, ONE, THREE)
    )
    assert [(task.table, task.number) for task in document.tasks] == [
        ("Phụ lục I", "1"),
        ("Phụ lục I", "2"),
        ("Phụ lục II", "1"),
        ("Phụ lục II", "3"),
    ]
    assert [task.ordinal for task in document.tasks] == [0, 1, 2, 3]


def test_two_tables_of_different_columns_in_one_document(read: Reader) -> None:
    document = read(
        "\nPhụ lục I\n\n"
        + table(HEADER, "I | CHUNG | | | |", ONE)
        + "\nPhụ lục II\n\n"
        + table("TT | Nội dung | Đơn vị chủ trì | Thời gian", "1 | Sơ kết | Sở Nội vụ | Quý IV/2027")
    )
    assert [(task.table, task.section, task.title) for task in document.tasks] == [
        ("Phụ lục I", "I", "Xây dựng kế hoạch"),
        ("Phụ lục II", None, "Sơ kết"),
    ]


def test_second_annex_with_the_same_columns_does_not_inherit_the_last_section(read: Reader) -> None:
    document = read(
        "\nPhụ lục I\n\n" + table(HEADER, "I | CHUNG | | | |", ONE) + "\nPhụ lục II\n\n" + table(HEADER, TWO)
    )
    assert [(task.table, task.section) for task in document.tasks] == [("Phụ lục I", "I"), ("Phụ lục II", None)]


def test_first_row_of_a_second_annex_is_no_rest_of_the_first(read: Reader) -> None:
    document = read(
        "\nPhụ lục I\n\n"
        + table(HEADER, ONE)
        + "\nPhụ lục II\n\n"
        + table(HEADER, " | Việc chung | Sở Nội vụ | | |", TWO)
    )
    assert document.tasks[0].title == "Xây dựng kế hoạch"


def test_table_without_a_number_column(read: Reader) -> None:
    document = read(
        table(
            "Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn",
            "Xây dựng kế hoạch | Sở Nội vụ | Sở Tư pháp | Quý I/2027",
            "Tổ chức hội nghị | Sở Tư pháp | | Quý II/2027",
        )
    )
    assert [(task.number, task.title) for task in document.tasks] == [
        ("1", "Xây dựng kế hoạch"),
        ("2", "Tổ chức hội nghị"),
    ]
    assert codes(document) == ["column_missing"]
    assert document.doubts[0].details["columns"] == ["number"]


@pytest.mark.parametrize(
    ("header", "row", "missing"),
    [
        ("STT | Nhiệm vụ | Phối hợp | Thời hạn", "1 | Sơ kết | Sở Nội vụ | Quý IV/2027", ["lead"]),
        ("STT | Nhiệm vụ | Chủ trì | Sản phẩm", "1 | Sơ kết | Sở Nội vụ | Báo cáo", ["deadline"]),
        ("STT | Nhiệm vụ | Sản phẩm", "1 | Sơ kết | Báo cáo", ["lead", "deadline"]),
    ],
)
def test_missing_column_is_reported_and_noted(read: Reader, header: str, row: str, missing: list[str]) -> None:
    document = read(table(header, row))
    (task,) = document.tasks
    assert task.title == "Sơ kết"
    assert [doubt.details["columns"] for doubt in document.doubts if doubt.code == "column_missing"] == [missing]
    assert set(task.notes) >= {f"column_missing:{role}" for role in missing}


def test_prose_with_tabs_is_no_table(read: Reader) -> None:
    document = read(
        "Số:\t12/KH-UBND\tHà Nội,\tngày 01 tháng 02 năm 2027\n\nKẾ HOẠCH\n\nI. MỤC ĐÍCH\n\nNội dung chính.\n"
    )
    assert document.tasks == ()


def test_prose_with_tabs_is_still_prose(read: Reader) -> None:
    """What is no row of a table is found and quoted like any other line."""
    closing = "\n\nNơi nhận:\t\tTM. ỦY BAN NHÂN DÂN\n- Sở Nội vụ;\t\tCHỦ TỊCH\n"
    for text in ("KẾ HOẠCH\n\nI. CHUNG\n\n1. Một việc.\n", table(HEADER, ONE, TWO)):
        words = " ".join(passage.text for passage in read(text + closing).passages)
        assert "Nơi nhận:" in words
        assert "CHỦ TỊCH" in words


def test_prose_with_tabs_after_a_table_does_not_run_into_its_last_row(read: Reader) -> None:
    document = read(table(HEADER, ONE, TWO) + "\n\nNơi nhận:\t\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\t\tCHỦ TỊCH\n")
    assert [task.title for task in document.tasks] == ["Xây dựng kế hoạch", "Tổ chức hội nghị"]
    assert document.tasks[-1].deadline.text == "Tháng 3/2027"
    assert "CHỦ TỊCH" not in str(document.tasks[-1])


def test_a_table_of_figures_that_assigns_nothing_gives_no_task(read: Reader) -> None:
    document = read(table("STT | Chỉ tiêu | Đơn vị tính | Năm 2026", "1 | Hồ sơ trực tuyến | % | 95"))
    assert document.tasks == ()


def test_declared_number_of_tasks_that_differs_is_reported(tmp_path: Path, agencies: Agencies) -> None:
    from corpus.ingest import read_source
    from corpus.manifest import ManifestEntry
    from corpus.sources import Source

    path = tmp_path / "phu-luc.txt"
    path.write_text(table(HEADER, ONE, TWO), encoding="utf-8")
    document = read_source(Source(path, ManifestEntry(id="phu-luc", file=path.name, tasks=3)), agencies)
    assert [(doubt.code, doubt.details["declared"], doubt.details["read"]) for doubt in document.doubts] == [
        ("task_count_differs", 3, 2)
    ]


def test_a_thousand_rows(read: Reader) -> None:
    document = read(table(HEADER, *(ONE.replace("1", str(i), 1) for i in range(1, 1001))))
    assert [task.number for task in document.tasks] == [str(i) for i in range(1, 1001)]
