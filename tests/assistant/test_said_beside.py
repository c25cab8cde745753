"""What a body does on a topic: the rows of the table, and beside them what the prose of the plan says to it."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from connectors.database import Store
from corpus.agencies import Agencies

TODAY = dt.date(2026, 11, 21)
NHI_CHIEU = "UBND phường Nhị Chiểu, thành phố Hải Phòng"


@pytest.fixture(scope="module")
def assistant(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


def said(office: Assistant, question: str, unit: str | None = None) -> Reply:
    return office.reply(Turn(question, TODAY, unit), Conversation())


def test_prose_on_the_topic_stands_beside_the_rows(assistant: Assistant) -> None:
    reply = said(assistant, "Sở Tư pháp Hà Nội được giao làm gì về Luật Thủ đô")
    assert [task.number for task in reply.tasks] == ["5"]
    assert "Triển khai thi hành Luật Thủ đô: Chủ trì tham mưu UBND Thành phố" in reply.text
    assert "mục II.3.b" in reply.text


def test_prose_answers_where_the_table_has_no_row(assistant: Assistant) -> None:
    reply = said(assistant, "các đoàn thể và mặt trận phường được giao những việc gì ở kế hoạch 158", NHI_CHIEU)
    assert reply.status is Status.ANSWERED
    assert "giám sát, phản biện xã hội" in reply.text


def test_a_topic_that_the_prose_of_the_body_lacks_adds_nothing(assistant: Assistant) -> None:
    assert "Phần lời" not in said(assistant, "Sở Tư pháp Hà Nội làm gì về cấp nước sạch").text


def test_discipline_is_work_and_one_persons_is_his_own(assistant: Assistant) -> None:
    work = said(assistant, "Sở Nội vụ Hà Nội kiểm tra kỷ luật công chức thế nào")
    assert work.status is not Status.REFUSED
    assert said(assistant, "ông chủ tịch bị kỷ luật của cá nhân ông ấy ra sao, kỷ luật ông Nam").status is Status.REFUSED
