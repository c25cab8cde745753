"""Who asks: the unit of the person decides what "mình" means, and which plans are for it."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from connectors.database import Store
from corpus.agencies import Agencies

HAI_AN = "UBND phường Hải An, thành phố Hải Phòng"
CAU_GIAY = "Phòng Kinh tế, UBND phường Cầu Giấy, Hà Nội"
SCIENCE = "Sở Khoa học và Công nghệ thành phố Hải Phòng"
OFFICE = "Văn phòng HĐND và UBND phường Nhị Chiểu"
IRRIGATION = "Chi cục Thủy lợi, tỉnh Cà Mau"


@pytest.fixture(scope="module")
def assistant(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


def ask(assistant: Assistant, text: str, unit: str | None) -> Reply:
    return assistant.reply(Turn(text, dt.date(2026, 11, 21), unit))


@pytest.mark.parametrize(
    ("unit", "question", "documents", "count"),
    [
        (CAU_GIAY, "phường ta phải làm gì", {"hn-226-annex"}, 16),
        (HAI_AN, "phường ta phải làm gì theo phụ lục II", {"cchc-2026-2030"}, 13),
        (SCIENCE, "sở tôi chủ trì việc gì", {"cchc-2026-2030"}, 6),
        (OFFICE, "vp em chủ trì mấy việc", {"nhi-chieu-158"}, 6),
        (OFFICE, "phường mình có mấy việc", {"nhi-chieu-158"}, 19),
    ],
)
def test_own_tasks(assistant: Assistant, unit: str, question: str, documents: set[str], count: int) -> None:
    reply = ask(assistant, question, unit)
    assert {task.document for task in reply.tasks} == documents
    assert len(reply.tasks) == count


@pytest.mark.parametrize(
    ("unit", "question"),
    [
        (HAI_AN, "phường mình có việc nào trong phụ lục Hà Nội không"),
        (SCIENCE, "sở mình làm gì trong phụ lục hà nội"),
        (IRRIGATION, "chi cục mình chủ trì việc gì"),
        (IRRIGATION, "bên em có việc nào không"),
    ],
)
def test_documents_that_are_not_for_a_unit(assistant: Assistant, unit: str, question: str) -> None:
    reply = ask(assistant, question, unit)
    assert reply.status is Status.NOT_FOUND
    assert f"không giao việc cho {unit.split(',')[0]}" in reply.text
    assert not reply.tasks


@pytest.mark.parametrize("question", ["phòng mình chủ trì việc gì", "phường ta có việc gì", "bên em có mấy việc"])
def test_nobody_said_who_asks(assistant: Assistant, question: str) -> None:
    reply = ask(assistant, question, None)
    assert reply.status is Status.CLARIFY
    assert "thuộc đơn vị nào" in reply.text
