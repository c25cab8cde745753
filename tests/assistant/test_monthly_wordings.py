"""What officers typed in a month about documents that nobody had seen: the rest of a question, bodies of a province,
leaders by name, what a notice gives a body, what comes again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.reply import Reply, Status
from assistant.understand.dialects import in_common
from assistant.understand.expectations import expected
from assistant.understand.periods import find_period
from assistant.understand.question import read_question
from assistant.wiring import assistant_in_memory

TODAY = dt.date(2026, 11, 21)
DOCUMENTS = Path(__file__).parents[2] / "eval" / "documents"
OF_A_DEPARTMENT = "Phòng Kế hoạch - Tài chính, Sở Nông nghiệp và Môi trường tỉnh Quảng Ngãi"


@pytest.fixture(scope="module")
def highlands() -> Assistant:
    """A commune's plan against forest fires, and its regulation of a hall."""
    return assistant_in_memory(DOCUMENTS / "highlands")


@pytest.fixture(scope="module")
def provinces() -> Assistant:
    """The plan of a department of a province, and a city's notice on buses."""
    return assistant_in_memory(DOCUMENTS / "provinces")


@pytest.fixture(scope="module")
def flats() -> Assistant:
    """A ward's plan whose tasks are led by persons, and another ward's notice without a table."""
    return assistant_in_memory(DOCUMENTS / "flats")


@pytest.fixture(scope="module")
def shores() -> Assistant:
    """The plan of a committee of a city, and the city's rules of night markets."""
    return assistant_in_memory(DOCUMENTS / "shores")


def said(office: Assistant, *turns: str, unit: str | None = None, today: dt.date = TODAY) -> Reply:
    conversation = Conversation()
    replies = [office.reply(Turn(turn, today, unit), conversation) for turn in turns]
    return replies[-1]


def told(reply: Reply) -> list[str]:
    return [f"{task.section or ''}/{task.number}" for task in reply.tasks]


# --- the rest of a question ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "unit", "held"),
    [
        ("ky cam ket ko dot ray bao gio phai xong, bao nhieu ban", None, ["28/02/2026", "1.240 bản"]),
        ("diễn tập cháy rừng tháng mấy thế, trạm mình có phải tham gia k", "Trạm Y tế xã Kông Bơ La", ["Trạm Y tế xã"]),
        ("loa xã phát tin cảnh báo cháy ngày mấy lượt, lúc cấp V thì sao", None, ["04 lượt/ngày"]),
        ("báo cáo tổng kết rừng cuối năm gửi ai, hạn ngày mấy", None, ["05/12/2026", "gửi UBND tỉnh"]),
    ],
)
def test_a_row_answers_the_rest_of_a_question_with_its_other_cells(
    highlands: Assistant, question: str, unit: str | None, held: list[str]
) -> None:
    reply = said(highlands, question, unit=unit)
    assert reply.status is Status.ANSWERED and len(reply.tasks) == 1
    assert all(words in reply.text for words in held)


def test_a_cell_that_was_not_asked_for_is_not_told(highlands: Assistant) -> None:
    assert "1.240" not in said(highlands, "ký cam kết không đốt rẫy bao giờ phải xong").text


@pytest.mark.parametrize(
    ("line", "of_times"),
    [("loa phat may luot", True), ("ngay may luot", True), ("ngay may nop", False)],
)
def test_so_many_times_a_day_is_no_date(line: str, of_times: bool) -> None:
    patterns = expected(read_question(line), lambda _term: False)
    assert any("luot" in pattern for pattern in patterns) == of_times


# --- bodies of a province, collectives -------------------------------------------------------------------------


def test_a_body_of_a_province_keeps_the_name_that_its_plan_gives_it(provinces: Assistant) -> None:
    reply = said(provinces, "chốt kiểm dịch tết có phải sở xây dựng chủ trì ko")
    assert reply.tasks[0].lead == ("Công an tỉnh",)
    assert "Công an tỉnh" in reply.text and "thành phố" not in reply.text.split("\n")[0]


def test_what_falls_to_a_body_only_with_others_is_listed_and_said_to_be_so(provinces: Assistant) -> None:
    reply = said(provinces, "ubnd xã chủ trì việc nào trong kh phòng chống dịch vật nuôi")
    assert told(reply) == ["I/2", "I/3", "II/3", "III/4"]
    assert "không nêu riêng" in reply.text


def test_a_ward_without_documents_is_told_what_its_province_gives_all_wards(provinces: Assistant) -> None:
    question = "phường mình phải đứng ra làm chính mấy việc trong kế hoạch dịch bệnh vật nuôi"
    reply = said(provinces, question, unit="UBND phường Nghĩa Lộ, tỉnh Quảng Ngãi")
    assert told(reply) == ["I/2", "I/3", "II/3", "III/4"]


def test_bodies_are_counted_against_those_that_a_collective_stands_for(provinces: Assistant) -> None:
    reply = said(provinces, "chi cục chăn nuôi thú y với ubnd xã bên nào chủ trì nhiều việc hơn, mấy việc")
    assert "7 nhiệm vụ" in reply.text and "4 nhiệm vụ" in reply.text


def test_the_office_of_a_city_is_named_with_its_city(provinces: Assistant) -> None:
    card = provinces.library.shelf().catalogue.by_id["tb-418"]
    assert card.document.issuer == "Văn phòng UBND thành phố Hải Phòng"


def test_an_issuer_whose_name_holds_a_comma_is_named_in_full(shores: Assistant) -> None:
    assert "Ban Chỉ đạo phòng, chống tai nạn" in said(shores, "kế hoạch 207 do ai ban hành").text


def test_a_paper_with_radio_and_television_is_one_body(shores: Assistant) -> None:
    assert said(shores, "mục II việc 1 ai chủ trì").tasks[0].lead == ("Báo và Phát thanh, Truyền hình",)


# --- what comes again, and when --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "tasks"),
    [
        ("viec nao lam hang thang vay, kh 207", ["II/1", "III/3", "IV/1"]),
        ("kh 207 việc nào làm mỗi quý", ["III/2"]),
        ("kh 207 việc nào làm hằng tuần", ["IV/4"]),
    ],
)
def test_how_often_something_comes_again_is_kept_apart(provinces: Assistant, question: str, tasks: list[str]) -> None:
    assert told(said(provinces, question)) == tasks


def test_each_round_of_a_deadline_falls_into_its_own_period(provinces: Assistant) -> None:
    assert "III/4" in told(said(provinces, "từ giờ tới 5/12 có việc nào tới hạn không, kh 207 ấy"))
    assert "III/4" in told(said(provinces, "việc nào hạn tháng 2/2027 trong kh 207"))


def test_a_quarter_without_tasks_this_year_is_looked_for_in_the_next() -> None:
    kitchens = assistant_in_memory(DOCUMENTS / "kitchens")
    reply = said(kitchens, "liệt kê mục II phụ lục kế hoạch bếp ăn cho mình", "trong đó cái nào xong trong quý III")
    assert reply.status is Status.ANSWERED and "2027" in reply.text
    assert {task.section for task in reply.tasks} == {"II"}


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("cuoi nam con viec nao han quy 4", "2026-10-01", "2026-12-31"),
        ("nam nay viec nao han thang 3", "2026-03-01", "2026-03-31"),
        ("han quy iv hoac nam 2026", "2026-10-01", "2026-12-31"),
        ("nam 2026 hoac 2027", "2026-01-01", "2027-12-31"),
    ],
)
def test_of_two_periods_the_one_that_says_more_is_meant(line: str, start: str, end: str) -> None:
    found = find_period(line, TODAY)
    assert found is not None
    assert (str(found[0].start), str(found[0].end)) == (start, end)


# --- leaders by name, notices without a table ------------------------------------------------------------------


def test_tasks_are_listed_by_the_name_of_who_directs_them(flats: Assistant) -> None:
    assert told(said(flats, "kh 41 chủ tịch Lộc theo dõi việc nào"))[:2] == ["/6", "/7"]
    assert told(said(flats, "kh 41 chủ tịch Lộc theo dõi việc nào", "còn anh Đạt?")) == ["/8", "/14"]
    assert len(said(flats, "chị Hạnh phó chủ tịch theo dõi bao nhiêu việc trong kế hoạch 41").tasks) == 9


def test_a_list_without_a_leader_is_no_list_of_a_leader(flats: Assistant) -> None:
    assert len(said(flats, "kh 41 có mấy nhiệm vụ chủ trì bởi công an phường").tasks) > 1


def test_a_notice_without_a_table_tells_what_its_prose_gives_a_body(flats: Assistant) -> None:
    reply = said(flats, "theo thông báo 204 công an phường được giao những việc gì")
    assert len(reply.citations) == 3
    assert all("Công an phường" in citation.quote for citation in reply.citations)


def test_what_stands_under_the_name_of_a_body_is_its_own(provinces: Assistant) -> None:
    reply = said(provinces, "thông báo 418 sở xây dựng phải làm gì")
    assert [citation.locator for citation in reply.citations][:3] == ["mục III.1.a", "mục III.1.b", "mục III.1.c"]


# --- follow-ups ------------------------------------------------------------------------------------------------


def test_a_follow_up_that_names_a_body_asks_of_the_task_told(provinces: Assistant) -> None:
    turns = ("tết này lập mấy chốt kiểm dịch", "ai chủ trì", "sở xây dựng có tham gia ko")
    reply = said(provinces, *turns)
    assert told(reply) == ["III/1"] and reply.text.startswith("Đúng, Sở Xây dựng phối hợp")


def test_a_follow_up_that_finds_nothing_is_about_the_task_told(provinces: Assistant) -> None:
    reply = said(provinces, "văn phòng sở chủ trì việc gì trong KH 207", "đội đó bao nhiêu người")
    assert told(reply) == ["II/4"] and "21 thành viên" in reply.text


def test_what_was_told_is_still_spoken_of_after_a_question_that_found_nothing(provinces: Assistant) -> None:
    turns = ("mục II việc 4 kh 207 là gì", "trời hôm nay màu tím than ra sao nhỉ", "hạn")
    assert told(said(provinces, *turns)) == ["II/4"]


def test_where_a_duty_of_prose_goes_stands_in_it(provinces: Assistant) -> None:
    unit = "Sở Giáo dục và Đào tạo thành phố Hải Phòng"
    reply = said(provinces, "sở mình phải làm gì trong thông báo 418", "gửi cho ai, hạn nào", unit=unit)
    assert "Sở Xây dựng" in reply.text and "10/12/2026" in reply.text


def test_how_things_stand_and_what_is_aimed_at_are_told_apart(provinces: Assistant) -> None:
    now = said(provinces, "hiện có mấy tuyến buýt được trợ giá")
    aim = said(provinces, "giờ có mấy tuyến buýt được trợ giá", "cuối 2027 thành mấy")
    assert "13 tuyến" in now.text
    assert "16 tuyến" in aim.text


# --- words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "common"),
    [
        ("từ bữa nào tới bữa nào", "từ ngày nào tới ngày nào"),
        ("giá nhiu vậy", "giá bao nhiêu vậy"),
        ("ai ph việc này", "ai phoi hop việc này"),
        ("vỉa hè rộng 2m5", "vỉa hè rộng 2,5 met"),
        ("1m2 bao nhiêu", "1m2 bao nhiêu"),
    ],
)
def test_more_words_of_the_regions_are_said_in_common_ones(typed: str, common: str) -> None:
    assert in_common(typed) == common


@pytest.mark.parametrize(
    "question", ["vỡ ống nước thì mấy tiếng phải khắc phục xong", "vỡ ống nước nhà dân thì báo ai"]
)
def test_a_broken_pipe_is_nobodys_wife(highlands: Assistant, question: str) -> None:
    assert said(highlands, question).status is not Status.REFUSED


@pytest.mark.parametrize("question", ["cho xin so dien thoai cua anh chu tich", "vợ ông chủ tịch làm ở đâu"])
def test_data_of_persons_stay_refused(highlands: Assistant, question: str) -> None:
    assert said(highlands, question).status is Status.REFUSED


def test_an_amount_beyond_a_limit_finds_the_rule_that_says_no() -> None:
    markets = assistant_in_memory(DOCUMENTS / "markets")
    assert "3 mét" in said(markets, "vỉa hè rộng 2m5 có được sử dụng tạm thời không").text


def test_the_nearest_thing_must_hold_what_is_asked_for(provinces: Assistant) -> None:
    asked = "giám đốc trung tâm quản lý giao thông công cộng tên gì"
    assert said(provinces, asked).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    "question", ["kinh phí làm 226 bên Hà Nội lấy từ đâu", "kinh phi lam 226 ben ha noi lay tu dau"]
)
def test_number_of_what_is_carried_out_beside_a_place_is_no_topic(question: str) -> None:
    five = assistant_in_memory(DOCUMENTS.parents[1] / "corpus" / "documents")
    reply = said(five, question)
    assert "ngân sách nhà nước" in reply.text
    assert {citation.document for citation in reply.citations} == {"hn-226-plan"}
