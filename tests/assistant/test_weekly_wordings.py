"""What officers typed in a week: words of the regions, bodies as everybody calls them, whose plan is meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.rights import Asker
from assistant.understand.dialects import in_common
from assistant.understand.question import read_question
from assistant.wiring import assistant_in_memory
from connectors.database import Store
from corpus.agencies import Agencies
from corpus.people import Channel

TODAY = dt.date(2026, 11, 21)
CULTURE = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"
NGOC_HA = "Phòng Văn hóa - Xã hội, UBND phường Ngọc Hà"
JUSTICE = "Sở Tư pháp thành phố Hà Nội"
OTHERS = Path(__file__).parents[2] / "eval" / "documents" / "townships"


@pytest.fixture(scope="module")
def office(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


@pytest.fixture(scope="module")
def townships() -> Assistant:
    """A commune's plan, another's regulation, a ward's notice without a table."""
    return assistant_in_memory(OTHERS)


def said(office: Assistant, *turns: str, unit: str | None = CULTURE) -> Reply:
    conversation = Conversation()
    return [office.reply(Turn(text, TODAY, unit), conversation) for text in turns][-1]


def named(reply: Reply) -> list[str]:
    """The tasks of a reply as document/section/number."""
    return [f"{task.document}/{task.section or ''}/{task.number}" for task in reply.tasks]


@pytest.mark.parametrize(
    ("typed", "common"),
    [
        ("bản sao số thì khi mô làm", "bản sao số thì khi nào làm"),
        ("phòng mô lo rứa", "phòng nào lo vậy"),
        ("nv 18 lam chi rua", "nv 18 lam gi vay"),
        ("tháng ni có việc chi", "tháng này có việc gì"),
        ("xây dựng mô hình điểm ở mô", "xây dựng mô hình điểm ở đâu"),
        ("phải mần xong chưa hông", "phải làm xong chưa không"),
        ("được hỗ trợ nhiêu", "được hỗ trợ bao nhiêu"),
        ("fòng nào fụ trách, ai fai nop", "phòng nào phụ trách, ai phai nop"),
        ("nộp file form mẫu qua fax a@f.vn", "nộp file form mẫu qua fax a@f.vn"),
    ],
)
def test_words_of_the_regions(typed: str, common: str) -> None:
    assert in_common(typed) == common


@pytest.mark.parametrize(
    "text",
    [
        "thủ tục đăng ký kết hôn",
        "may in bi hong",
        "khi mở rộng mô hình",
        "phong mo hinh diem",
        "chi tiêu, chi phí",
        "làm chi bộ",
        "bao nhiêu việc",
        "năm nio",
    ],
)
def test_what_only_looks_like_them(text: str) -> None:
    assert in_common(text) == text


def test_a_syllable_with_a_tone_is_no_abbreviation() -> None:
    assert read_question("làm hỏng máy ảnh").words == ["lam", "hong", "may", "anh"]
    assert read_question("có việc gì hong").words[-1] == "khong"


# --- whose plan is meant ---------------------------------------------------------------------------------


def test_a_city_officer_means_the_annex_of_the_city(office: Assistant) -> None:
    assert named(said(office, "nhiệm vụ số 4 trong phụ lục 226, sở mình phối hợp với ai", unit=JUSTICE)) == [
        "hn-226-annex//4"
    ]


def test_the_own_ward_is_not_added_to_a_plan_that_is_named(office: Assistant) -> None:
    text = "nhiệm vụ 16 trong phụ lục 226 của thành phố thì phường mình có phải chủ trì không"
    assert named(said(office, text, unit=NGOC_HA)) == ["hn-226-annex//16"]


def test_what_the_own_plan_lacks_is_answered_from_that_of_its_city(office: Assistant) -> None:
    text = "thành phố bắt bớt báo cáo giấy bao nhiêu phần trăm"
    found = said(office, text, unit=NGOC_HA)
    assert "hn-226-annex//18" in named(found)
    assert not any(name.startswith("nhi-chieu") for name in named(found)), "a ward of another city"


def test_a_ward_that_leads_in_the_plan_of_its_city(office: Assistant) -> None:
    found = said(office, "theo phụ lục 226 của thành phố thì phường phải chủ trì những việc nào", unit=NGOC_HA)
    assert len(found.tasks) == 16
    assert "UBND các xã, phường" in found.text


def test_the_year_of_a_plan_is_no_deadline(office: Assistant) -> None:
    all_year = said(office, "phòng em chủ trì mấy việc trong kế hoạch cchc phường năm nay", unit=NGOC_HA)
    due = said(office, "phòng em chủ trì mấy việc hạn năm nay", unit=NGOC_HA)
    assert len(all_year.tasks) > len(due.tasks) > 0


def test_two_documents_named_side_by_side(office: Assistant) -> None:
    text = "Sở Nội vụ chủ trì những việc gì trong phụ lục 226 Hà Nội và phụ lục CCHC 2026-2030"
    assert {name.split("/")[0] for name in named(said(office, text, unit=None))} == {"hn-226-annex", "cchc-2026-2030"}


def test_a_plan_that_is_only_cited_is_said_not_to_be_here(office: Assistant) -> None:
    found = said(office, "kế hoạch 144 của thành phố Hải Phòng giao những nhiệm vụ gì cho các sở")
    assert (found.status, found.tasks) == (Status.NOT_FOUND, ())
    assert "“kế hoạch 144”" in found.text


# --- what is asked ---------------------------------------------------------------------------------------


def test_a_deadline_as_it_is_written(office: Assistant) -> None:
    written = said(office, "phụ lục 226 Hà Nội những việc nào ghi hạn quý IV/2026", unit=None)
    due = said(office, "phụ lục 226 Hà Nội những việc nào đến hạn quý IV/2026", unit=None)
    assert {"hn-226-annex//10", "hn-226-annex//20"} <= set(named(written)) < set(named(due))
    assert not any(task.deadline.kind == "recurring" for task in written.tasks)


def test_regular_work_left_out(office: Assistant) -> None:
    text = "phụ lục CCHC 2026-2030 việc nào phải xong trong năm 2026, không kể mấy việc thường xuyên"
    found = said(office, text, unit=None)
    assert found.tasks
    assert not any(task.deadline.kind == "ongoing" for task in found.tasks)


@pytest.mark.parametrize(
    "text", ["nhóm cải cách TTHC trong kh 89 gồm những nhiệm vụ nào", "phần cải cách tthc kh 89 có việc gì"]
)
def test_a_section_by_its_title_in_short(office: Assistant, text: str) -> None:
    assert {name.split("/")[1] for name in named(said(office, text, unit=NGOC_HA))} == {"III"}


def test_how_often_is_asked_of_the_deadline(office: Assistant) -> None:
    assert "Hàng năm" in said(office, "nhiệm vụ I.2 phụ lục cchc 26-30 mấy năm làm 1 lần", unit=None).text


def test_in_which_case_is_no_question_for_a_day(office: Assistant) -> None:
    found = said(office, "khi nào văn phòng được trả lại hồ sơ dự thảo văn bản")
    assert "Kiên quyết trả lại hồ sơ" in found.text


def test_the_row_below_and_above(office: Assistant) -> None:
    asked = "đề án đô thị thông minh bao giờ xong"
    assert named(said(office, asked, "việc ngay sau nó trong phụ lục là gì", unit=None)) == ["cchc-2026-2030/VII/2"]
    assert named(said(office, asked, "việc tiếp theo ai làm", "việc trước nó ai làm", unit=None)) == [
        "cchc-2026-2030/VII/1"
    ]
    assert said(office, "nhiệm vụ 19 kh 158 là gì", "việc ngay sau nó là gì").tasks == ()


def test_a_correction_names_another_plan_however_loosely(office: Assistant) -> None:
    found = said(office, "nhiệm vụ 3 hạn khi nào", "à ý chị là nhiệm vụ 3 mục II phụ lục cchc 2026-2030 ấy")
    assert named(found) == ["cchc-2026-2030/II/3"]


def test_the_signer_of_the_plan_that_was_spoken_of(townships: Assistant) -> None:
    assert "Lô Văn Thành" in said(townships, "kế hoạch phòng chống thiên tai ký ngày nào", "ai ký vậy", unit=None).text


def test_both_of_two_bodies(office: Assistant) -> None:
    found = said(office, "việc nào vừa văn phòng vừa phòng VHXH cùng chủ trì")
    assert named(found) == ["nhi-chieu-158//9", "nhi-chieu-158//10"]


def test_what_is_coordinated_is_told_beside_what_is_led(office: Assistant) -> None:
    assert "Ngoài ra phối hợp 3 việc: STT 7, STT 8, STT 11." in said(office, "phòng mình có việc gì").text
    assert "Ngoài ra phối hợp" not in said(office, "phòng mình chủ trì việc gì").text


# --- bodies, wards that are none ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("việc nào trong kh 45 có mặt trận tham gia phối hợp", ["kh-45//8", "kh-45//10", "kh-45//17"]),
        ("đoàn TN xã dính mấy việc trong kế hoạch 45", ["kh-45//5"]),
        ("lam ban do sat lo giao don vi nao chu tri", ["kh-45//3"]),
        ("phuong an cam qua ngam tran khi lu phai xong truoc ngay nao", ["kh-45//14"]),
        ("ai lập ds hộ phải sơ tán", ["kh-45//12"]),
    ],
)
def test_bodies_and_things_by_their_everyday_names(townships: Assistant, text: str, tasks: list[str]) -> None:
    assert named(said(townships, text, unit=None)) == tasks


def test_a_notice_without_a_table_tells_what_its_prose_gives(townships: Assistant) -> None:
    found = said(
        townships,
        "thông báo kết luận tháng 1 giao phòng mình những việc gì",
        unit="Phòng Văn hóa - Xã hội, UBND phường Cái Răng",
    )
    assert found.status is Status.ANSWERED
    assert "không có bảng nhiệm vụ" in found.text
    assert {c.document for c in found.citations} == {"tb-7"}
    assert len(found.citations) == 2


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("mình xin nghỉ 4 ngày thì ai duyệt", "từ 03 đến 05 ngày"),
        ("xe hư sửa hết 8 triệu ai quyết vậy anh", "từ 05 triệu đồng trở lên"),
        ("xe hu sua het 8tr ai quyet", "từ 05 triệu đồng trở lên"),
    ],
)
def test_a_rule_whose_range_holds_the_case(townships: Assistant, text: str, quoted: str) -> None:
    assert quoted in said(townships, text, unit="Phòng Kinh tế, UBND xã Tháp Mười").text


def test_pieces_share_what_the_first_one_names() -> None:
    office = assistant_in_memory(OTHERS.parent / "hamlets")
    text = "hội trường xã chứa được bao nhiêu người, đăng ký trước mấy ngày"
    found = said(office, text, unit="Trung tâm Cung ứng dịch vụ công xã Hòa Thịnh").text
    assert "220 người" in found
    assert "đăng ký hội trường trước ít nhất 03 ngày" in found


# --- progress ----------------------------------------------------------------------------------------------


def test_strangers_are_told_that_progress_is_not_for_everybody(office: Assistant) -> None:
    stranger = Asker(channel=Channel.WEB)
    for text, noted in (("nhiệm vụ 13 làm tới đâu rồi, được mấy phần trăm", True), ("nhiệm vụ 13 ai làm", False)):
        reply = office.reply(Turn(text, TODAY, CULTURE, asker=stranger))
        assert ("không ghi tiến độ thực hiện" in reply.text) is noted


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("nhiệm vụ 9 kế hoạch 158 của Nhị Chiểu ai chủ trì, mốc nào", "- Thời hạn: Quý IV/2026"),
        ("nhiệm vụ 4 của kế hoạch 158 Nhị Chiểu ai làm, ra loại văn bản gì", "- Sản phẩm/kết quả: Công văn"),
    ],
)
def test_marks_in_time_and_sorts_of_papers_are_cells_of_a_row(office: Assistant, question: str, line: str) -> None:
    assert line in said(office, question, unit=None).text


def test_who_else_has_a_part_in_it_is_asked_beside_who_leads() -> None:
    levees = assistant_in_memory(OTHERS.parent / "levees")
    reply = said(
        levees, "Nhắn tin cảnh báo sớm đến thuê bao di động: ai chủ trì, viễn thông có tham gia không?", unit=None
    )
    assert "- Chủ trì: Sở Nông nghiệp và Môi trường" in reply.text
    assert "các doanh nghiệp viễn thông" in reply.text


def test_of_which_body_names_no_document_by_its_title() -> None:
    levees = assistant_in_memory(OTHERS.parent / "levees")
    reply = said(levees, "ho tro ho dan vay von nang nen nha la viec cua so nao, khi nao trinh", unit=None)
    assert "- Chủ trì: Sở Tài chính" in reply.text
