"""Questions in the words of officers, not in those of the documents."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.reply import Status
from assistant.wiring import BUNDLED_DOCUMENTS, assistant_in_memory
from prompts import say

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


def test_the_nearest_thing_is_told_as_such_where_it_is_likely_meant(office: Assistant) -> None:
    """No thesaurus knows "giờ giấc" or "soạn"; what else the task holds tells that it is meant."""
    question = "công văn chấn chỉnh giờ giấc làm việc hành chính phòng nào soạn?"
    unit = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"
    explanation = office.explain(Turn(question, TODAY, unit), Conversation())
    assert [task.number for task in explanation.reply.tasks] == ["4"]
    assert explanation.reply.text.startswith(say("answers.in_other_words", likely=True))
    guess = explanation.as_json()["guess"]
    assert guess["told"] and 0.5 < guess["likelihood"] < 1


def test_a_bar_that_nothing_passes_keeps_the_nearest_thing_untold(office: Assistant) -> None:
    strict = Assistant(office.library, guess_from=1.0)
    question = "công văn chấn chỉnh giờ giấc làm việc hành chính phòng nào soạn?"
    reply = strict.reply(Turn(question, TODAY, "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"))
    assert reply.status is Status.NOT_FOUND


@pytest.mark.parametrize(
    "question",
    [
        "chạy xe vượt đèn đỏ phạt bao nhiêu tiền",
        "nhị chiểu tiêm chó dại phòng nào lo",
        "thành phố mua xe hơi công mấy chiếc",
        "luong co so moi nhat la bao nhieu",
    ],
)
def test_what_the_documents_do_not_hold_is_not_found_in_other_words(office: Assistant, question: str) -> None:
    assert office.reply(Turn(text=question, today=TODAY)).status is Status.NOT_FOUND
