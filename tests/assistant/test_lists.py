"""Lists: their order, going on with them, what is left of the days."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.understand.ordering import find_order
from assistant.understand.query import SHOWN, Order
from connectors.database import Store
from corpus.agencies import Agencies

TODAY = dt.date(2026, 11, 21)
LONG = "phụ lục II có những nhiệm vụ nào"


@pytest.fixture(scope="module")
def office(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


def said(office: Assistant, *turns: str) -> Reply:
    conversation = Conversation()
    return [office.reply(Turn(text, TODAY), conversation) for text in turns][-1]


def places(reply: Reply) -> list[int]:
    """The numbers at the heads of a list's lines."""
    return [int(line.partition(".")[0]) for line in reply.text.splitlines() if line.partition(".")[0].isdigit()]


@pytest.mark.parametrize(
    ("line", "order", "most"),
    [
        ("liet ke nhiem vu theo thu tu han", Order.DUE_FIRST, None),
        ("xep theo han gan nhat truoc", Order.DUE_FIRST, None),
        ("sap xep tu muon den som", Order.DUE_LAST, None),
        ("3 viec gan den han nhat", Order.DUE_FIRST, 3),
        ("hai nhiem vu han muon nhat", Order.DUE_LAST, 2),
    ],
)
def test_an_order_is_read(line: str, order: Order, most: int | None) -> None:
    found = find_order(line)
    assert found is not None
    assert (found.order, found.most) == (order, most)


@pytest.mark.parametrize(
    "line", ["viec nao phai xong truoc 30/6", "gui truoc ngay 10", "theo thoi han quy dinh", "viec nao gan han nhat"]
)
def test_where_none_is_asked_for_there_is_none(line: str) -> None:
    assert find_order(line) is None


def test_a_list_by_due_day(office: Assistant) -> None:
    tasks = said(office, "liệt kê nhiệm vụ kế hoạch 158 theo thứ tự hạn").tasks
    days = [task.deadline.next_due or task.deadline.due for task in tasks]
    dated = [day for day in days if day]
    assert len(tasks) == 19
    assert dated == sorted(dated) and days[: len(dated)] == dated


def test_only_so_many_of_the_first_still_to_come(office: Assistant) -> None:
    tasks = said(office, "3 việc gần đến hạn nhất của phường Nhị Chiểu").tasks
    assert len(tasks) == 3
    assert all((task.deadline.next_due or TODAY) >= TODAY for task in tasks)


def test_a_list_goes_on_to_its_end(office: Assistant) -> None:
    second = said(office, LONG, "xem tiếp")
    assert places(second) == list(range(SHOWN + 1, 2 * SHOWN + 1))
    assert len(second.tasks) == 43
    last = said(office, LONG, "xem tiếp", "còn nữa không", "các việc còn lại", "tiếp đi")
    assert places(last) == [41, 42, 43]
    ended = said(office, LONG, "xem tiếp", "tiếp", "tiếp", "tiếp", "tiếp")
    assert ended.status is Status.ANSWERED and not places(ended)


def test_a_list_is_told_to_its_end_at_once(office: Assistant) -> None:
    assert places(said(office, LONG, "liệt kê hết ra")) == list(range(1, 44))


def test_a_place_counts_in_the_whole_list(office: Assistant) -> None:
    reply = said(office, LONG, "xem tiếp", "cái thứ 12")
    assert [(task.section, task.number) for task in reply.tasks] == [("II", "8")]


def test_what_is_suggested_beside_a_list_is_no_numbered_choice(office: Assistant) -> None:
    first = said(office, LONG)
    assert first.choices[0].say == "Xem tiếp"
    assert said(office, LONG, "cái đầu tiên").tasks[0].number == "1"


def test_days_are_told_where_they_are_near_or_over(office: Assistant) -> None:
    text = said(office, "liệt kê nhiệm vụ kế hoạch 158").text
    assert "Quý IV/2026 (còn 40 ngày)" in text
    assert "Trước 10/5/2026 (quá hạn 196 ngày, chưa ghi nhận hoàn thành)" in text


def test_where_a_period_to_come_holds_nothing_the_next_task_is_named(office: Assistant) -> None:
    reply = said(office, "tuần sau phường Nhị Chiểu có việc gì đến hạn")
    assert reply.status is Status.NOT_FOUND and not reply.tasks
    assert "Sau đó gần nhất là ngày 31/12/2026 (còn 40 ngày), có 7 nhiệm vụ:" in reply.text
    assert reply.citations[0].locator.endswith("STT 7") and len(reply.citations) == 7
    soon = said(office, "phường Nhị Chiểu việc nào sắp đến hạn")
    assert soon.status is Status.ANSWERED and {task.number for task in soon.tasks} >= {"7", "9", "13"}
