"""Questions in the words of officers, not in those of the documents."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Turn
from assistant.reply import Status
from assistant.wiring import BUNDLED_DOCUMENTS, assistant_in_memory

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def office() -> Assistant:
    """The assistant over the documents that ship."""
    return assistant_in_memory(BUNDLED_DOCUMENTS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("xây kho dữ liệu quốc gia với cloud dùng chung ai chủ trì", "Công an thành phố"),
        ("hướng dẫn tính tiền làm chuyển đổi số bao giờ phải có", "12/2026"),
        ("nhìn lại giữa chừng mô hình chính quyền 2 cấp vào năm nào", "2027"),
    ],
)
def test_a_task_in_everyday_words(office: Assistant, question: str, told: str) -> None:
    reply = office.reply(Turn(text=question, today=TODAY))
    assert reply.status is Status.ANSWERED
    assert told in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "nhị chiểu mở lớp dạy bơi cho trẻ con ai lo",
        "chạy xe vượt đèn đỏ phạt bao nhiêu tiền",
        "nhị chiểu tiêm chó dại phòng nào lo",
        "thành phố mua xe hơi công mấy chiếc",
        "luong co so moi nhat la bao nhieu",
    ],
)
def test_what_the_documents_do_not_hold_is_not_found_in_other_words(office: Assistant, question: str) -> None:
    assert office.reply(Turn(text=question, today=TODAY)).status is Status.NOT_FOUND
