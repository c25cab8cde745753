"""What officers typed about a commune's waste, a city's heritage, a ward's elders and a province's water: the nearest
place quoted, what the place just quoted says besides, when reports are due, plans named by other words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.understand.dialects import in_common
from assistant.understand.question import read_question
from assistant.wiring import assistant_in_memory
from connectors.database import Store
from corpus.agencies import Agencies

TODAY = dt.date(2026, 11, 21)
DOCUMENTS = Path(__file__).parents[2] / "eval" / "documents"
NHI_CHIEU = "UBND phường Nhị Chiểu, thành phố Hải Phòng"


@pytest.fixture(scope="module")
def assistant(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


@pytest.fixture(scope="module")
def canals() -> Assistant:
    """A commune's plan on waste, its regulation of halls and a notice on fires."""
    return assistant_in_memory(DOCUMENTS / "canals")


@pytest.fixture(scope="module")
def gardens() -> Assistant:
    """A city's plan on heritage, its directive on markets and a department's guide to vocational courses."""
    return assistant_in_memory(DOCUMENTS / "gardens")


@pytest.fixture(scope="module")
def elders() -> Assistant:
    """A ward's plan for the elderly, its regulation of community houses and a notice on pavements."""
    return assistant_in_memory(DOCUMENTS / "elders")


@pytest.fixture(scope="module")
def waters() -> Assistant:
    """A province's plan on rural water and its decision on support."""
    return assistant_in_memory(DOCUMENTS / "waters")


def said(office: Assistant, *turns: str, unit: str | None = None) -> Reply:
    conversation = Conversation()
    return [office.reply(Turn(turn, TODAY, unit), conversation) for turn in turns][-1]


def told(reply: Reply) -> list[tuple[str | None, str]]:
    return [(task.section, task.number) for task in reply.tasks]


@pytest.mark.parametrize(
    ("unit", "question"),
    [
        (NHI_CHIEU, "Còn bao lâu nữa thì phường phải chốt báo cáo năm KL226 gửi thành phố?"),
        (NHI_CHIEU, "bao cao 6 thang len thanh pho truoc ngay bao nhieu, phong nao gom so lieu"),
        (NHI_CHIEU, "bao lâu phường phải báo cáo kết luận 226 một lần"),
        (NHI_CHIEU, "bc 6 tháng gửi lên thành phố là trước 15/6 đúng ko em"),
        (None, "kế hoạch 158 báo cáo thành phố mấy lần một năm"),
    ],
)
def test_when_and_how_often_reports_are_due(assistant: Assistant, unit: str | None, question: str) -> None:
    reply = said(assistant, question, unit=unit)
    assert reply.status is Status.ANSWERED
    assert "trước ngày 10 tháng 6" in reply.citations[0].quote


def test_a_report_in_a_row_is_told_from_the_row(assistant: Assistant) -> None:
    question = "bao cao ket luan 226 nua nam thi so minh phai tong hop truoc ngay nao"
    assert told(said(assistant, question, unit="Sở Nội vụ thành phố Hà Nội")) == [(None, "22")]


@pytest.mark.parametrize(
    ("turns", "quoted"),
    [
        (("binh chua chay o cho het han thi chung nao phai thay xong", "bao nhieu binh"), "56 bình"),
        (("binh chua chay o cho het han thi chung nao phai thay xong", "tien o dau ra"), "nguồn thu của chợ"),
    ],
)
def test_the_place_just_quoted_is_asked_on(canals: Assistant, turns: tuple[str, ...], quoted: str) -> None:
    reply = said(canals, *turns)
    assert reply.status is Status.ANSWERED
    assert [quoted in citation.quote for citation in reply.citations] == [True]


def test_a_long_question_is_not_of_the_place_just_quoted(canals: Assistant) -> None:
    turns = (
        "binh chua chay o cho het han thi chung nao phai thay xong",
        "mức thu tiền rác của hộ gia đình là bao nhiêu",
    )
    assert "32.000" in said(canals, *turns).text


def test_the_nearest_place_is_quoted_where_nothing_is_found(canals: Assistant) -> None:
    reply = said(canals, "nha toi di lam xa 3 thang khong co ai o nha, vay co phai dong tien rac k")
    assert reply.text.startswith("Tôi không tìm thấy")
    assert "tạm ngưng nộp" in reply.citations[0].quote


def test_what_has_nothing_to_do_with_the_documents_is_not_quoted(assistant: Assistant) -> None:
    reply = said(assistant, "giá vàng hôm nay bao nhiêu")
    assert reply.status is Status.NOT_FOUND
    assert not reply.citations


def test_what_shares_no_typed_word_is_said_to_be_nearest_only(assistant: Assistant) -> None:
    assert said(assistant, "lịch thi đấu bóng đá").text.startswith("Tôi không tìm thấy")


@pytest.mark.parametrize(
    "question",
    [
        "phòng kinh tế đứng đầu những việc nào trong bảng phân công rác (kh 87)",
        "ke hoach rac phong kinh te chu tri viec gi",
    ],
)
def test_a_plan_is_named_by_other_words_of_its_title(canals: Assistant, question: str) -> None:
    assert [number for _, number in told(said(canals, question))] == ["4", "5", "6", "11", "13"]


def test_constant_work_is_also_what_says_how_often_at_least(canals: Assistant) -> None:
    reply = said(canals, "kế hoạch rác có mấy việc phải làm hoài quanh năm, kể ra giùm")
    assert [number for _, number in told(reply)] == ["16", "17"]


def test_a_notice_is_named_by_its_kind_and_subject(canals: Assistant) -> None:
    reply = said(canals, "thông báo phòng cháy giao công an xã làm gì")
    assert "13 cơ sở nhà trọ" in reply.text
    assert "Công an xã" in reply.text
    assert "Công an phường" not in reply.text


def test_a_directive_without_a_table_answers_a_list_by_its_prose(gardens: Assistant) -> None:
    assert "đường dây, công tơ" in said(gardens, "chỉ thị phòng cháy chợ giao điện lực việc gì").text


def test_a_rank_is_no_row(gardens: Assistant) -> None:
    reply = said(gardens, "Mấy chợ lớn hạng 1 hạng 2 thì kiểm tra cháy nổ phải xong trước hôm nào?")
    assert "15 tháng 10" in reply.text


def test_an_office_under_a_city_asks_its_documents(gardens: Assistant) -> None:
    unit = "UBND xã A Lưới 2, thành phố Huế"
    reply = said(gardens, "Xã em ít nhất phải có bao nhiêu học viên thì được mở lớp?", unit=unit)
    assert reply.status is Status.ANSWERED
    assert unit.split(",")[0] not in reply.text


def test_who_is_given_work_is_who_leads_it(gardens: Assistant) -> None:
    reply = said(gardens, "mục III nhiệm vụ 2 giao cho ai, phải nộp ra cái gì")
    assert "Sở Tài chính" in reply.text
    assert "Nghị quyết" in reply.text


@pytest.mark.parametrize("correction", ["À nhầm, mục IV mới đúng", "nham roi, muc IV co"])
def test_the_section_of_a_number_is_corrected(gardens: Assistant, correction: str) -> None:
    assert told(said(gardens, "mục II nhiệm vụ 2 ai chủ trì", correction)) == [("IV", "2")]


def test_a_place_that_opens_a_list_is_quoted_with_it(elders: Assistant) -> None:
    reply = said(elders, "ban chủ nhiệm nhà sinh hoạt cộng đồng có mấy người")
    assert "Tổ trưởng tổ dân phố làm Chủ nhiệm" in reply.citations[0].quote


def test_a_row_is_told_where_prose_names_nobody(elders: Assistant) -> None:
    question = "ben nao lo vu lam tay vin voi loi doc cho cac cu o cong vien"
    assert told(said(elders, question)) == [(None, "13")]


def test_a_number_to_call_is_no_other_number(elders: Assistant) -> None:
    reply = said(elders, "số điện thoại đường dây nóng phản ánh vỉa hè của phường là số nào")
    assert "02 giờ" not in reply.text or reply.text.startswith("Tôi không tìm thấy")


def test_two_numbers_of_one_section(waters: Assistant) -> None:
    reply = said(waters, "Việc số 2 với số 3 ở mục IV phụ lục KH 278 ai chủ trì?")
    assert told(reply) == [("IV", "2"), ("IV", "3")]


def test_to_invest_is_no_first_task(waters: Assistant) -> None:
    turns = ("sở y tế chủ trì việc gì trong phụ lục kh 278", "viec dau tu phong xet nghiem do phoi hop voi so nao")
    assert told(said(waters, *turns)) == [("III", "2")]


@pytest.mark.parametrize(
    "question",
    ["tien lam ke hoach chan chinh le loi lam viec lay o dau ra", "Tiền đâu để làm mấy việc trong kế hoạch 158"],
)
def test_where_the_money_for_a_plan_comes_from(assistant: Assistant, question: str) -> None:
    assert "ngân sách nhà nước theo phân cấp" in said(assistant, question, unit=NHI_CHIEU).text


@pytest.mark.parametrize(
    ("typed", "common"),
    [
        ("từ chừ tới hết năm có việc chi hè", "từ bây giờ tới hết năm có việc gì"),
        ("xong hồi mô", "xong khi nào"),
        ("tiền đâu để làm việc này", "kinh phí lấy từ đâu việc này"),
        ("tien dau tu bao nhieu", "tien dau tu bao nhieu"),
        ("kỳ nghỉ hè", "kỳ nghỉ hè"),
        ("mùa hè", "mùa hè"),
    ],
)
def test_words_of_regions(typed: str, common: str) -> None:
    assert " ".join(in_common(typed).split()) == common


def test_a_word_spelled_with_its_accents_is_no_slip(assistant: Assistant) -> None:
    speller = assistant.library.shelf().speller
    assert "nuoi" in read_question("phường có nuôi cá tra không", speller).words
