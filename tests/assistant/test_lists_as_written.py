"""Lists by what the cells say: a quarter named as the deadline, exact words, rows in which a body stands, what a list
is to leave out, and words of a question for a list that are no topic."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.understand.periods import day_stated
from assistant.wiring import assistant_in_memory
from connectors.database import Store
from corpus.agencies import Agencies

TODAY = dt.date(2026, 11, 21)
DOCUMENTS = Path(__file__).parents[2] / "eval" / "documents"
WARD = "UBND phường Nhị Chiểu, thành phố Hải Phòng"
OTHER_WARD = "UBND phường Ngọc Hà, thành phố Hà Nội"


@pytest.fixture(scope="module")
def office(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


@pytest.fixture(scope="module")
def levees() -> Assistant:
    """A city's plan against floods, a ward's on petitions, a department's rules of work."""
    return assistant_in_memory(DOCUMENTS / "levees")


@pytest.fixture(scope="module")
def offices() -> Assistant:
    """A commune's plan with work that comes again each month and quarter."""
    return assistant_in_memory(DOCUMENTS / "offices")


@pytest.fixture(scope="module")
def honours() -> Assistant:
    """A ward's plan in which its military command takes part."""
    return assistant_in_memory(DOCUMENTS / "honours")


def said(office: Assistant, *turns: str, unit: str | None = None, today: dt.date = TODAY) -> Reply:
    conversation = Conversation()
    replies = [office.reply(Turn(turn, today, unit), conversation) for turn in turns]
    return replies[-1]


def told(reply: Reply) -> list[str]:
    return [task.number for task in reply.tasks]


# --- the deadline as it is written -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    ["phường có bao nhiêu việc thời hạn quý IV năm nay", "cac nhiem vu de han quy 4 cua phuong, liet ke giup"],
)
def test_a_quarter_named_as_the_deadline_has_the_whole_year_told_beside(office: Assistant, question: str) -> None:
    reply = said(office, question, unit=WARD)
    assert told(reply) == ["7", "8", "9", "11", "13"]
    assert "2 nhiệm vụ chỉ ghi “Năm 2026” (hạn cuối 31/12/2026): STT 12, 14" in reply.text


@pytest.mark.parametrize("question", ["trong quý IV phải làm xong những việc nào", "quý IV việc nào tới hạn"])
def test_what_is_to_be_done_by_then_holds_the_whole_year_too(office: Assistant, question: str) -> None:
    assert {"12", "14"} < set(told(said(office, question, unit=WARD)))


def test_the_quarter_or_the_year_named_as_deadline_is_both(office: Assistant) -> None:
    reply = said(office, "việc nào thời hạn quý IV hoặc năm 2026", unit=WARD)
    assert {"12", "14"} < set(told(reply)) and "chỉ ghi" not in reply.text


def test_a_list_narrowed_to_a_quarter_is_as_one_asked_at_once(office: Assistant) -> None:
    reply = said(office, "kế hoạch 158 có tổng cộng mấy việc", "mấy việc trong đó thời hạn quý IV", unit=WARD)
    assert told(reply) == ["7", "8", "9", "11", "13"]


def test_the_exact_words_of_a_deadline_are_counted(office: Assistant) -> None:
    reply = said(office, "phụ lục 226 hà nội có mấy việc ghi hạn nguyên văn là năm 2026")
    assert told(reply) == ["7", "8", "9", "12", "16", "17", "18", "21"]


def test_work_that_comes_again_on_no_day_that_is_said_stands_beside(offices: Assistant) -> None:
    reply = said(offices, "quý II năm 2026 An Phú có việc nào đến hạn")
    assert not {"Hằng tháng", "Hằng quý"} & {task.deadline.text for task in reply.tasks}
    assert "việc làm định kỳ (“Hằng tháng”; “Hằng quý”" in reply.text


def test_work_that_comes_again_on_a_day_is_listed(offices: Assistant) -> None:
    reply = said(offices, "quý II năm 2026 An Phú có việc nào đến hạn")
    assert "Trước ngày 20 hằng tháng" in {task.deadline.text for task in reply.tasks}


def test_a_year_and_common_words_name_no_plan_of_another_ward(office: Assistant) -> None:
    reply = said(office, "cho biết việc hạn tháng 12/2026 của phường", unit=WARD)
    assert {task.document for task in reply.tasks} == {"nhi-chieu-158"}


# --- rows in which a body stands, numbers, sections -----------------------------------------------------------


def test_the_rows_in_whose_column_a_body_stands(office: Assistant) -> None:
    reply = said(office, "cột phối hợp dòng nào có Văn phòng UBND Thành phố, phụ lục 226 Hà Nội")
    assert told(reply) == ["2", "6", "17", "18"]


def test_in_which_rows_a_body_stands_and_in_which_role(levees: Assistant) -> None:
    reply = said(levees, "Hội Chữ thập đỏ thành phố xuất hiện ở những mục nào của bảng, làm gì")
    assert told(reply) == ["13", "18"] and "phối hợp 2 việc" in reply.text


def test_the_number_of_a_row_after_the_name_of_its_column(office: Assistant) -> None:
    reply = said(office, "tt 13 cua bang phan cong do ai chu tri", unit=WARD)
    assert told(reply) == ["13"]


def test_a_circular_is_no_row(office: Assistant) -> None:
    assert told(said(office, "theo TT 13 của Bộ thì văn thư lưu bao lâu", unit=WARD)) != ["13"]


def test_a_section_by_its_number_and_its_title(office: Assistant) -> None:
    reply = said(office, "phần II cải cách thể chế của Ngọc Hà gồm những nhiệm vụ số mấy")
    assert told(reply) == ["16", "17", "18", "19"]


def test_the_latest_month_of_one_task_is_no_comparison(office: Assistant) -> None:
    reply = said(office, "nv 9 muộn nhất tháng mấy phải xong", unit=OTHER_WARD)
    assert told(reply) == ["9"] and "9/2026" in reply.text


@pytest.mark.parametrize("name", ["p kte ht dt", "phòng kte ht-đt", "phong kte, ha tang va do thi"])
def test_a_body_typed_in_initials(office: Assistant, name: str) -> None:
    assert told(said(office, f"{name} ngoc ha om nhung viec gi")) == ["37", "38", "39", "40"]


def test_the_command_of_a_ward_is_no_ward(honours: Assistant) -> None:
    reply = said(honours, "phuong doi phoi hop may viec")
    assert reply.status is Status.ANSWERED and "Ban Chỉ huy Quân sự" in reply.text


# --- words that are no topic ----------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", ["vụ chống ngập", "về phòng chống ngập úng"])
def test_the_subject_of_the_plan_leaves_no_row_out(levees: Assistant, topic: str) -> None:
    reply = said(levees, f"kế hoạch 118 giao UBND xã phường chủ trì việc nào {topic}")
    assert told(reply) == ["8", "13", "14"]


def test_a_plan_named_by_its_subject_alone(levees: Assistant) -> None:
    reply = said(levees, "bên chống ngập việc nào làm thường xuyên")
    assert told(reply) == ["8", "19"]


def test_what_a_list_is_to_leave_out(office: Assistant) -> None:
    whole = said(office, "phòng VHXH chủ trì những việc nào", unit=WARD)
    less = said(office, "phòng VHXH chủ trì những việc nào, đừng kể mấy việc khen thưởng", unit=WARD)
    assert set(told(whole)) - set(told(less)) == {"14", "19"}


def test_the_chairman_himself_and_not_the_deputy(office: Assistant) -> None:
    reply = said(office, "chính Chủ tịch phường chỉ đạo những việc nào, chứ không phải phó chủ tịch", unit=OTHER_WARD)
    assert told(reply) == ["1", "5", "7"]


def test_the_day_stated_is_no_period(office: Assistant) -> None:
    reply = said(office, "nay là 21/11 rồi, tháng 12 phòng VHXH còn chốt việc nào nữa", unit=OTHER_WARD)
    assert {"11", "13", "15"} <= set(told(reply))


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("nay 21/11 roi, thang 12 co gi", True),
        ("hom nay 21/11 co gi den han", False),
        ("nay 20/11, thang 12 co gi", False),
    ],
)
def test_a_day_is_stated_only_where_it_is_that_day_and_another_time_is_asked(line: str, stated: bool) -> None:
    assert (day_stated(line, TODAY) is not None) is stated


def test_what_is_due_first_of_tasks_that_are_all_past(levees: Assistant) -> None:
    reply = said(levees, "Sở NN&MT chủ trì việc gì ở kế hoạch 118", "trong đó cái nào phải xong sớm hơn")
    assert told(reply) == ["11"]


def test_two_lists_joined_by_then(office: Assistant) -> None:
    reply = said(office, "phụ lục CCHC 2026-2030: quý III/2026 có việc nào, rồi các việc có mốc năm 2027 nữa")
    assert {task.number for task in reply.tasks} >= {"7", "3", "2"} and "Sơ kết" in reply.text


# --- who asks -------------------------------------------------------------------------------------------------


def test_a_rule_is_answered_to_somebody_whose_body_is_not_known(levees: Assistant) -> None:
    reply = said(levees, "phòng em nhận nhầm văn bản đến thì phải trả lại trong mấy ngày")
    assert reply.status is Status.ANSWERED and "01 ngày làm việc" in reply.text


def test_the_tasks_of_somebody_whose_body_is_not_known_are_asked_back(levees: Assistant) -> None:
    assert said(levees, "phòng em chủ trì những việc nào trong kế hoạch 118").status is Status.CLARIFY


def test_what_is_done_in_a_ward_is_no_name_of_one(levees: Assistant) -> None:
    reply = said(levees, "don khieu nai gui phuong giu ho so bao lau")
    assert "phường Giu" not in reply.text


def test_a_ward_that_is_not_here_is_still_told(levees: Assistant) -> None:
    assert "phường Long Bien" in said(levees, "ke hoach cua phuong long bien giao ai lam dau moi").text
