"""The layout engine on pages of words and ruled lines, ten units to a line and six to a letter."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from corpus.readers.layout import Page, Rule, Word, write_pages

WIDE, HIGH = 600.0, 800.0
LETTER, LINE = 5.0, 10.0


def at(x: float, y: float, text: str, confidence: float = 1.0, *, bold: bool = False) -> list[Word]:
    """The words of a line that begins at a place."""
    found: list[Word] = []
    for word in text.split():
        end = x + LETTER * len(word)
        found.append(Word(word, x, y, end, y + LINE, confidence, bold))
        x = end + 0.6 * LETTER
    return found


def page(*lines: list[Word], rules: Iterable[Rule] = ()) -> Page:
    return Page(WIDE, HIGH, [word for line in lines for word in line], list(rules))


def level(y: float, x0: float = 50, x1: float = 550) -> Rule:
    return Rule(x0, y - 0.25, x1, y + 0.25)


def upright(x: float, top: float, bottom: float) -> Rule:
    return Rule(x - 0.25, top, x + 0.25, bottom)


def text_of(*pages: Page) -> str:
    return write_pages(pages).text


XS = (50, 90, 300, 420, 550)
HEADER = ("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn")


def row(y: float, *cells: str) -> list[Word]:
    return [word for x, cell in zip(XS, cells, strict=False) for word in at(x + 4, y, cell)]


def ruled(*ys: float) -> list[Rule]:
    return [*map(level, ys), *(upright(x, ys[0], ys[-1]) for x in XS)]


def test_letterhead_is_read_left_before_right() -> None:
    found = text_of(
        page(
            at(80, 100, "ỦY BAN NHÂN DÂN"), at(320, 100, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
            at(85, 115, "PHƯỜNG NHỊ CHIỂU"), at(350, 115, "Độc lập - Tự do"),
            at(90, 135, "Số: 158/KH-UBND"), at(330, 135, "Nhị Chiểu, ngày 05 tháng 5"),
        )
    )  # fmt: skip
    assert [line for line in found.split("\n") if line] == [
        "ỦY BAN NHÂN DÂN", "PHƯỜNG NHỊ CHIỂU", "Số: 158/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "Độc lập - Tự do", "Nhị Chiểu, ngày 05 tháng 5",
    ]  # fmt: skip


def test_recipients_beside_a_signature_that_begins_higher() -> None:
    found = text_of(
        page(
            at(350, 96, "TM. ỦY BAN NHÂN DÂN"), at(60, 106, "Nơi nhận:"), at(380, 110, "CHỦ TỊCH"),
            at(60, 118, "- Như trên;"), at(60, 130, "- Lưu: VT."), at(370, 170, "Nguyễn Văn A"),
        )
    )  # fmt: skip
    assert found.index("- Lưu: VT.") < found.index("TM. ỦY BAN") < found.index("CHỦ TỊCH") < found.index("Nguyễn")


LONG = "Thực hiện Kế hoạch số 144 của Ủy ban nhân dân thành phố về việc chấn chỉnh lề lối làm việc và"
REST = "nâng cao hiệu quả của hệ thống chính trị."


def test_lines_of_a_paragraph_are_one_line_and_an_indent_begins_another() -> None:
    found = text_of(page(at(80, 100, LONG), at(50, 114, REST), at(80, 128, LONG), at(50, 142, REST)))
    assert found == f"{LONG} {REST}\n\n{LONG} {REST}\n"


def test_a_number_of_a_document_cut_at_the_end_of_a_line_is_whole() -> None:
    first = "Thực hiện Kế hoạch của Ủy ban nhân dân thành phố và của phường về Kết luận số 226-"
    found = text_of(page(at(80, 100, first), at(50, 114, "KL/TW của Ban Bí thư.")))
    assert "226-KL/TW của Ban Bí thư." in found


def test_a_bold_line_is_a_heading() -> None:
    lines = [at(50, 130 + 14 * i, LONG) for i in range(9)]
    assert text_of(page(at(50, 100, "I. MỤC ĐÍCH", bold=True), *lines)).startswith("## I. MỤC ĐÍCH\n\n")


def test_a_paragraph_goes_over_a_page_break_and_the_page_begins_within_it() -> None:
    reading = write_pages([page(at(80, 700, LONG)), page(at(50, 100, REST), at(80, 130, LONG))])
    assert reading.text.startswith(f"{LONG} {REST}\n\n{LONG}")
    assert reading.text[reading.pages[1] :].startswith(REST)
    assert reading.pages[0] == 0


def test_pages_begin_after_form_feeds() -> None:
    reading = write_pages([page(at(50, 100, "Một.")), page(), page(at(50, 100, "Ba."))])
    assert reading.text == "Một.\n\f\n\fBa.\n"
    assert reading.pages == (0, 6, 8)


def test_page_numbers_and_running_lines_are_left_out() -> None:
    pages = [
        page(at(60, 30, "UBND phường Nhị Chiểu"), at(300, 50, str(i + 1)),
             at(50, 120, f"Nội dung {name} của trang này."), at(60, 770, f"Kế hoạch {i + 1}/158"))
        for i, name in enumerate(("thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu"))
    ]  # fmt: skip
    found = text_of(*pages)
    assert "UBND" not in found
    assert "158" not in found
    assert [line for line in found.replace("\f", "\n").split("\n") if line] == [
        f"Nội dung thứ {name} của trang này." for name in ("nhất", "hai", "ba", "tư", "năm", "sáu")
    ]


def test_a_number_in_the_first_row_of_a_page_is_no_page_number() -> None:
    rows = page(row(54, "2", "Báo cáo", "Phòng Kinh tế", "Quý I"), rules=ruled(50, 70))
    assert text_of(rows) == "2\tBáo cáo\tPhòng Kinh tế\tQuý I\n"


def test_a_ruled_table() -> None:
    found = text_of(
        page(
            row(104, *HEADER), row(124, "1", "Xây dựng kế hoạch", "Phòng Kinh tế", "Quý I"),
            row(136, "", "của phường"), row(154, "2", "Báo cáo"), rules=ruled(100, 120, 150, 170),
        )
    )  # fmt: skip
    assert found.split("\n")[:3] == [
        "STT\tNhiệm vụ\tChủ trì\tThời hạn",
        "1\tXây dựng kế hoạch của phường\tPhòng Kinh tế\tQuý I",
        "2\tBáo cáo\t\t",
    ]


def test_merged_cells_stand_in_their_first_column_and_in_each_of_their_rows() -> None:
    rules = [level(100), level(120), level(140), level(160, 50, 300), level(160, 420, 550), level(180)]
    rules += [upright(x, 100, 180) for x in (50, 550)] + [upright(x, 120, 180) for x in (90, 300, 420)]
    found = text_of(
        page(
            at(60, 104, "A. CÔNG TÁC CHUNG"), row(124, *HEADER), row(144, "1", "Một", "Phòng Kinh tế", "Quý I"),
            row(164, "2", "Hai", "", "Quý II"), rules=rules,
        )
    )  # fmt: skip
    assert found.split("\n")[:4] == [
        "A. CÔNG TÁC CHUNG\t\t\t", "STT\tNhiệm vụ\tChủ trì\tThời hạn", "1\tMột\tPhòng Kinh tế\tQuý I",
        "2\tHai\tPhòng Kinh tế\tQuý II",
    ]  # fmt: skip


def test_a_table_without_outer_border_and_with_broken_lines() -> None:
    broken = [Rule(x, y - 0.2, x + 20, y + 0.2) for y in (120, 140) for x in range(50, 550, 25)]
    rules = [*broken, *(upright(x, 100, 160) for x in XS[1:-1])]
    rows = [row(104, *HEADER), row(124, "1", "Một", "Phòng A", "Quý I"), row(144, "2", "Hai", "Phòng B", "Quý II")]
    assert text_of(page(*rows, rules=rules)).count("\t") == 9


def test_a_box_around_prose_is_no_table() -> None:
    rules = [level(90), level(130), upright(50, 90, 130), upright(550, 90, 130)]
    assert "\t" not in text_of(page(at(60, 100, "Lưu ý: chỉ dùng trong cơ quan."), rules=rules))


@pytest.mark.parametrize("header", [True, False])
def test_a_row_cut_by_a_page_break_is_one_row(header: bool) -> None:
    first = page(
        row(104, *HEADER), row(124, "1", "Xây dựng Đề án", "Phòng Kinh tế", "Quý I"), rules=ruled(100, 120, 140)
    )
    top = [row(104, *HEADER)] if header else []
    rest = [row(124, "", "Chuyển đổi số", "Hạ tầng", "Quý II"), row(144, "2", "Báo cáo", "Phòng A", "Quý III")]
    second = page(*top, *rest, rules=ruled(*((100, 120) if header else (120,)), 140, 160))
    found = text_of(first, second)
    assert "1\tXây dựng Đề án Chuyển đổi số\tPhòng Kinh tế Hạ tầng\tQuý I Quý II\n" in found
    assert "\n2\tBáo cáo" in found or "\f2\tBáo cáo" in found


def test_rows_of_a_table_whose_rows_share_a_number_are_not_joined() -> None:
    rows = [row(104, *HEADER), row(124, "1", "Một", "Phòng A", "Quý I"), row(144, "", "Hai", "Phòng B", "Quý II"),
            row(164, "2", "Ba", "Phòng C", "Quý II")]  # fmt: skip
    second = page(row(124, "", "Bốn", "Phòng D", "Quý III"), rules=ruled(120, 140))
    assert "\f\tBốn\tPhòng D\tQuý III" in text_of(page(*rows, rules=ruled(100, 120, 140, 160, 180)), second)


def test_a_number_that_comes_on_the_next_page_is_that_of_the_row() -> None:
    first = page(row(104, *HEADER), row(124, "1", "Một", "Phòng A", "Quý I"), row(144, "", "Xây dựng Đề án"),
                 rules=ruled(100, 120, 140, 160))  # fmt: skip
    second = page(row(124, "2", "số hóa", "Phòng B", "Quý II"), rules=ruled(120, 140))
    assert "2\tXây dựng Đề án số hóa\tPhòng B\tQuý II" in text_of(first, second)


def test_the_title_of_a_section_at_the_foot_of_a_page_stays_alone() -> None:
    first = page(row(104, *HEADER), row(124, "1", "Một", "Phòng A", "Quý I"), row(144, "", "CẢI CÁCH THỂ CHẾ"),
                 rules=ruled(100, 120, 140, 160))  # fmt: skip
    second = page(row(124, "1", "Hai", "Phòng B", "Quý II"), rules=ruled(120, 140))
    assert "\tCẢI CÁCH THỂ CHẾ\t\t\n\f1\tHai" in text_of(first, second)


def test_a_table_without_lines_ends_where_prose_runs_through_its_columns() -> None:
    found = text_of(
        page(
            row(104, *HEADER), row(124, "1", "Xây dựng kế hoạch", "Phòng Kinh tế", "Quý I"), row(136, "", "của phường"),
            row(160, "2", "Báo cáo", "Phòng Văn hóa", "Quý II"), at(60, 190, LONG), at(54, 204, REST),
        )
    )  # fmt: skip
    assert found.split("\n")[:3] == [
        "STT\tNhiệm vụ\tChủ trì\tThời hạn", "1\tXây dựng kế hoạch của phường\tPhòng Kinh tế\tQuý I",
        "2\tBáo cáo\tPhòng Văn hóa\tQuý II",
    ]  # fmt: skip
    assert f"{LONG} {REST}" in found


def test_a_table_without_lines_goes_on_over_the_page() -> None:
    first = page(row(700, *HEADER), row(720, "1", "Một việc", "Phòng A", "Quý I"))
    second = page(row(100, "2", "Hai việc", "Phòng B", "Quý II"), row(120, "3", "Ba việc", "Phòng C", "Quý III"))
    assert "\f2\tHai việc\tPhòng B\tQuý II\n3\tBa việc\tPhòng C\tQuý III" in text_of(first, second)


def test_words_that_a_narrow_column_tears_are_whole() -> None:
    rules = [level(100, 50, 150), level(160, 50, 150), *(upright(x, 100, 160) for x in (50, 78, 110, 150))]
    lines = [at(53, 104, "Thườ"), at(53, 116, "ng"), at(53, 128, "xuyên"), at(82, 104, "Sở"), at(82, 116, "Nội"),
             at(82, 128, "vụ"), at(113, 104, "226-K"), at(113, 116, "L/TW")]  # fmt: skip
    assert text_of(page(*lines, rules=rules)) == "Thường xuyên\tSở Nội vụ\t226-KL/TW\n"


def test_words_read_unsurely_are_told_by_their_place() -> None:
    reading = write_pages([page(at(50, 100, "Kế hoạch", 0.4), at(150, 100, "của phường"))])
    assert [(reading.text[u.span.start : u.span.end], u.confidence) for u in reading.unsure] == [
        ("Kế", 0.4), ("hoạch", 0.4),
    ]  # fmt: skip


def test_cells_read_unsurely_are_told_by_their_place() -> None:
    table = page(row(104, *HEADER), row(124, "1", "Một"), at(304, 124, "Phong A", 0.5), rules=ruled(100, 120, 140))
    reading = write_pages([page(at(50, 100, "Trang một.")), table])
    assert [reading.text[u.span.start : u.span.end] for u in reading.unsure] == ["Phong", "A"]


def test_footnotes_stand_after_the_paragraph_that_goes_over_the_page() -> None:
    note = [Word(w.text, w.x0, w.top, w.x1, w.top + 7) for w in at(50, 740, "1 Theo báo cáo của Sở Nội vụ.")]
    body = [at(50, 100 + 14 * i, LONG) for i in range(5)]
    found = text_of(page(*body, at(50, 700, LONG), note), page(at(50, 100, REST), at(80, 130, LONG)))
    assert f"{LONG} {REST}\n\n1 Theo báo cáo của Sở Nội vụ.\n\n{LONG}" in found


def test_nothing() -> None:
    assert write_pages([]).text.strip() == ""
    assert write_pages([Page(0, 0)]).pages == (0,)
