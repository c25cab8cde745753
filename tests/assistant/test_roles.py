"""Bodies in lists and counts: alone, with others, given to all; what is asked of one document and stands in another."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from connectors.database import Store
from corpus.agencies import Agencies


@pytest.fixture(scope="module")
def assistant(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


def ask(assistant: Assistant, text: str) -> Reply:
    return assistant.reply(Turn(text, dt.date(2026, 11, 21)))


@pytest.mark.parametrize(
    ("question", "count", "said"),
    [
        ("Phòng VHXH nhị chiểu chủ trì riêng mấy việc", 9, "chủ trì riêng"),
        ("phòng văn hóa xã hội nhị chiểu cùng chủ trì mấy việc", 2, "cùng chủ trì với đơn vị khác"),
        ("phong vhxh nhi chieu duoc giao chung viec gi", 4, "giao chung trong đó có Phòng Văn hóa - Xã hội"),
        ("kế hoạch 158 có bao nhiêu việc giao chung", 4, "giao chung cho nhiều đơn vị"),
        ("kế hoạch 158 có mấy việc giao chung cho các phòng", 4, "giao chung cho nhiều đơn vị"),
        ("sở nội vụ phụ lục II chủ trì bao nhiêu, phối hợp bao nhiêu", 11, "chủ trì 4 việc, phối hợp 7 việc"),
        ("so tai chinh chu tri hay phoi hop trong phu luc ha noi", 1, "chủ trì 0 việc, phối hợp 1 việc"),
        ("phòng VHXH nhị chiểu đi phối hợp những việc nào (k phải chủ trì nhé)", 3, "phối hợp"),
    ],
)
def test_how_tasks_are_led(assistant: Assistant, question: str, count: int, said: str) -> None:
    reply = ask(assistant, question)
    assert len(reply.tasks) == count
    assert said in reply.text


def test_body_that_leads_nothing(assistant: Assistant) -> None:
    question = "so tai chinh co duoc giao chu tri rieng viec nao trong phu luc ha noi ko hay chi phoi hop"
    reply = ask(assistant, question)
    assert "Không có nhiệm vụ nào do Sở Tài chính chủ trì riêng" in reply.text
    assert "Sở Tài chính phối hợp 1 việc: STT 11." in reply.text
    assert "giao chung" in reply.text
    assert [citation.locator.split()[-1] for citation in reply.citations] == ["11"]


@pytest.mark.parametrize(
    ("question", "document", "where"),
    [
        ("phuong nhi chieu co phai xay trung tam dashboard ko", "hn-226-annex", "nhiệm vụ 20"),
        ("phụ lục hà nội có việc bồi dưỡng kỹ năng số không", "nhi-chieu-158", "nhiệm vụ 13"),
        ("trong kh 158 trung tâm dashboard do ai làm", "hn-226-annex", "nhiệm vụ 20"),
    ],
)
def test_what_stands_in_another_document(assistant: Assistant, question: str, document: str, where: str) -> None:
    reply = ask(assistant, question)
    assert reply.status is Status.NOT_FOUND
    assert "không thấy" in reply.text
    assert where in reply.text
    assert [citation.document for citation in reply.citations] == [document]


@pytest.mark.parametrize("question", ["phường nhị chiểu có nuôi cá tra không", "phong vhxh nhi chieu co may can bo"])
def test_what_stands_nowhere(assistant: Assistant, question: str) -> None:
    reply = ask(assistant, question)
    assert reply.status is Status.NOT_FOUND
    assert not reply.citations


@pytest.mark.parametrize(
    "question",
    [
        "luong phu cap cua can bo phong vhxh phuong nhi chieu bao nhieu",
        "kinh phí cho lớp bồi dưỡng kỹ năng số nhị chiểu bao nhiêu",
    ],
)
def test_money_is_answered_by_amounts_only(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).status in (Status.NOT_FOUND, Status.REFUSED)
