"""Reading reports of progress from messages: what is one, of which task, what it says, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.library import Library
from assistant.understand.query import Ask, Query, Step
from assistant.understand.reading import Context
from assistant.understand.understand import understand
from connectors.database import Store
from corpus.agencies import Agencies
from tests.assistant.desk import CULTURE, TODAY


@pytest.fixture(scope="module")
def context(stocked_store: Store, agencies: Agencies) -> Context:
    shelf = Library(stocked_store, agencies, None).shelf()
    return Context(shelf.catalogue, TODAY, CULTURE, shelf.speller, shelf.index.knows)


def only_step(query: Query) -> Step:
    assert query.ask is Ask.UPDATE
    assert query.update is not None
    (step,) = query.update.steps
    return step


def said(step: Step) -> tuple[list[str], str, int | None]:
    assert step.change is not None
    return [ref.number for ref in step.tasks], str(step.change.state or ""), step.change.percent


@pytest.mark.parametrize(
    ("text", "numbers", "state", "percent"),
    [
        ("nv 7 kh 158 xong rồi", ["7"], "done", 100),
        ("nhiệm vụ 7 đã hoàn thành", ["7"], "done", 100),
        ("nv7 done", ["7"], "done", 100),
        ("nv7 xogn rồi nhé em", ["7"], "done", 100),
        ("đã trình ký xong nv 3", ["3"], "done", 100),
        ("NV 7 ĐÃ XONG", ["7"], "done", 100),
        ("nhiem vu so bay da lam xong", ["7"], "done", 100),
        ("nv 10 xong 100%", ["10"], "done", 100),
        ("nv 3, 5 và 7 xong rồi", ["3", "5", "7"], "done", 100),
        ("dạ anh ơi nv 7 em làm xong rồi ạ", ["7"], "done", 100),
        ("đang làm được 60%", [], "underway", 60),
        ("nv 12 mới được khoảng 60 phần trăm", ["12"], "underway", 60),
        ("em báo cáo nv 4 đạt 75%", ["4"], "underway", 75),
        ("nv 18 tien do 45%", ["18"], "underway", 45),
        ("nv 4 chưa xong, mới được 30%", ["4"], "underway", 30),
        ("nv 6 cơ bản xong", ["6"], "underway", None),
        ("nv 6 đã xong phần dự thảo", ["6"], "underway", None),
        ("nv 11 đang chờ sở góp ý", ["11"], "underway", None),
        ("nv 5 chưa làm gì", ["5"], "not_started", None),
        ("nv 5 chua bat dau", ["5"], "not_started", None),
        ("tạm dừng nv 9 vì hết kinh phí", ["9"], "stopped", None),
        ("nv 9 hoãn lại vì thiếu người", ["9"], "stopped", None),
        ("việc này xong rồi", [], "done", 100),
        ("nó xong rồi nhé", [], "done", 100),
    ],
)
def test_a_report_is_read(context: Context, text: str, numbers: list[str], state: str, percent: int | None) -> None:
    assert said(only_step(understand(text, context))) == (numbers, state, percent)


@pytest.mark.parametrize(
    "text",
    [
        "nv 7 xong chưa", "nv 7 làm xong chưa?", "khi nào xong nv 7", "nv 7 hoàn thành khi nào", "nv 7 xong rồi hả",
        "nv 7 lam xong chua", "nếu nv 7 xong rồi thì làm gì tiếp", "nv 7 chưa xong", "ai đang làm nv 7",
        "nhiệm vụ 7 phải hoàn thành trước 30/6", "nv 7 có được gia hạn không", "việc nào xin lùi", "nv 7 giao cho ai",
        "nhiệm vụ 7 giao cho Phòng Văn hóa chủ trì", "sau khi nv 7 xong thì nộp báo cáo", "đang triển khai đề án 06",
        "tỷ lệ hồ sơ trực tuyến đạt 90%", "phòng mình đã hoàn thành những việc nào", "nv 7 sắp đến hạn",
        "viec thu muoi sau, ket qua can dat?", "nhiệm vụ số 25 phụ lục Hà Nội do đơn vị nào chủ trì?",
        "nvu 13 kế hoạch 158 bao h xong v", "giao nhiệm vụ cho Công an phường",
    ],
)  # fmt: skip
def test_what_asks_supposes_or_orders_is_no_report(context: Context, text: str) -> None:
    assert understand(text, context).ask is not Ask.UPDATE


@pytest.mark.parametrize("text", ["sửa hạn nv 7 thành 30/6", "xóa nv 7", "đổi thời hạn nhiệm vụ 7 sang 30/12"])
def test_orders_to_change_the_plan_stay_refused(context: Context, text: str) -> None:
    assert understand(text, context).reason == "refuse_destroy"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("xin lùi nv 12 đến 15/1 vì chờ hướng dẫn", dt.date(2027, 1, 15)),
        ("xin lui nv 12 den 15/1 vi cho huong dan", dt.date(2027, 1, 15)),
        ("đề nghị lùi thời hạn nhiệm vụ 12 sang 30/12", dt.date(2026, 12, 30)),
        ("xin gia hạn nv 12 đến hết tháng 3", dt.date(2027, 3, 31)),
        ("nv 12 cần gia hạn đến cuối năm", dt.date(2026, 12, 31)),
        ("cho nv 12 lùi đến 20/12/2026 được không ạ", dt.date(2026, 12, 20)),
    ],
)
def test_more_time_is_asked_until_a_day(context: Context, text: str, day: dt.date) -> None:
    step = only_step(understand(text, context))
    assert said(step)[:2] == (["12"], "extension")
    assert step.change is not None
    assert step.change.asked_due == day


@pytest.mark.parametrize(
    ("text", "days", "months"),
    [
        ("cho em gia hạn việc này thêm 2 tuần", 14, 0),
        ("xin lùi nv 8 thêm một tháng", 0, 1),
        ("em xin thêm 10 ngày cho nv 8", 10, 0),
    ],
)
def test_more_time_is_asked_by_its_length(context: Context, text: str, days: int, months: int) -> None:
    step = only_step(understand(text, context))
    assert step.longer is not None
    assert (step.longer.days, step.longer.months) == (days, months)


@pytest.mark.parametrize(
    ("text", "name", "to_self"),
    [
        ("giao cho chị Hoa phòng mình nv 7", "Hoa", False),
        ("nv 7 để anh Nam làm", "Nam", False),
        ("nv 7 giao cho Lan nhé", "Lan", False),
        ("nhờ chị Lan theo dõi nv 7", "Lan", False),
        ("nhờ Lan làm nv 7", "Lan", False),
        ("giao Lan nv 7", "Lan", False),
        ("giao chị Chi nv 7", "Chi", False),
        ("phân công đồng chí Nguyễn Văn Nam phụ trách nhiệm vụ 7", "Nguyễn Văn Nam", False),
        ("em nhận nv 7", "", True),
        ("nv 7 để em làm", "", True),
    ],
)
def test_a_task_is_given_to_somebody(context: Context, text: str, name: str, to_self: bool) -> None:
    step = only_step(understand(text, context))
    assert ([ref.number for ref in step.tasks], step.assignee, step.to_self) == (["7"], name, to_self)


@pytest.mark.parametrize(
    "text", ["nhờ anh xem giúp nv 7", "nhờ em tra nv 7", "nhờ chị chỉ cách làm nv 7", "nhờ em làm báo cáo nv 7"]
)
def test_a_favour_gives_nobody_a_task(context: Context, text: str) -> None:
    assert understand(text, context).update is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("tạm dừng nv 9 vì hết kinh phí", "hết kinh phí"),
        ("nv 9 xong rồi, kết quả: đã ban hành Quyết định 12/QĐ-UBND", "đã ban hành Quyết định 12/QĐ-UBND"),
        ("nv 9 được 40% do thiếu người", "thiếu người"),
        ("nv 9 tạm dừng (chờ sở phê duyệt)", "chờ sở phê duyệt"),
        ("ghi chú nv 9: đã gửi sở Nội vụ ngày 20/11", "đã gửi sở Nội vụ ngày 20/11"),
        ("đã trình ký xong nv 9", "trình ký"),
    ],
)
def test_notes_are_kept_as_typed(context: Context, text: str, note: str) -> None:
    step = only_step(understand(text, context))
    assert step.change is not None
    assert step.change.note == note


def test_several_things_in_one_message(context: Context) -> None:
    query = understand("nv 3 xong rồi, nv 5 được 40%, còn nv 9 chưa làm gì", context)
    assert query.update is not None
    assert [said(step) for step in query.update.steps] == [
        (["3"], "done", 100),
        (["5"], "underway", 40),
        (["9"], "not_started", None),
    ]


@pytest.mark.parametrize("text", ["hủy cập nhật vừa rồi", "huy cap nhat vua roi", "rút lại báo cáo vừa rồi", "undo"])
def test_the_last_change_is_to_be_taken_back(context: Context, text: str) -> None:
    query = understand(text, context)
    assert query.update is not None
    assert (query.update.undo, query.update.wrong, query.update.steps) == (True, (), ())


def test_a_mistake_is_put_right(context: Context) -> None:
    query = understand("nhầm, nv 8 mới xong chứ không phải nv 7", context)
    assert query.update is not None
    assert [ref.number for ref in query.update.wrong] == ["7"]
    assert said(query.update.steps[0])[:2] == (["8"], "done")
