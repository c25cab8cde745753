"""What people say of answers is told from questions, corrections and reports, and taken down."""

from __future__ import annotations

import pytest

from assistant.feedback import _NAMES, MOST_NOTE
from assistant.reply import Status
from assistant.understand.opinions import opinion
from corpus.people import Channel
from corpus.vietnamese import fold
from tests.assistant.desk import Desk

WRONG = {
    "câu trả lời sai rồi": "",
    "trả lời chưa đúng": "",
    "tra loi sai roi": "",
    "câu trả lời chưa đúng, hạn là 30/6": "hạn là 30/6",
    "Câu trả lời của bạn chưa đầy đủ ạ.": "",
    "em trả lời lạc đề rồi": "",
    "đáp án sai": "",
    "tôi thấy câu trả lời chưa chuẩn": "",
    "trợ lý trả lời không liên quan!": "",
    "bạn trả lời chưa đúng về thời hạn": "về thời hạn",
    "hình như câu trả lời trên bị nhầm, đơn vị chủ trì là Phòng Kinh tế": "đơn vị chủ trì là Phòng Kinh tế",
    "góp ý: nên ghi thêm số điện thoại": "nên ghi thêm số điện thoại",
    "Góp ý về câu trả lời: sai hạn nhiệm vụ 18": "sai hạn nhiệm vụ 18",
    "báo lỗi - số hiệu văn bản bị sai": "số hiệu văn bản bị sai",
}
RIGHT = (
    "câu trả lời đúng rồi, cảm ơn",
    "trả lời rất tốt",
    "cau tra loi nay huu ich lam",
    "góp ý: câu trả lời rất rõ ràng",
)
NONE = (
    "không, ý tôi là KH 226",
    "sai rồi, ý tôi là Ngọc Hà",
    "sai rồi",
    "không đúng",
    "đúng rồi",
    "câu trả lời sai rồi, ý tôi là nv 7",
    "câu trả lời sai rồi, xem lại giúp em",
    "câu trả lời đúng không",
    "trả lời chưa đúng hạn",
    "nv 7 trả lời chưa đúng hạn",
    "trả lời đúng hạn 80% kiến nghị",
    "trả lời kiến nghị cử tri chưa đầy đủ",
    "trả lời chậm, chưa đúng quy định",
    "công an trả lời sai thì sao",
    "trả lời chưa đúng thì ai chịu trách nhiệm",
    "hệ thống trả lời tự động chưa chính xác thì báo phòng nào",
    "phản hồi của người dân chưa được xử lý",
    "góp ý dự thảo kế hoạch hạn khi nào",
    "góp ý: dự thảo kế hoạch 158 hạn khi nào?",
    "nhận xét: nv 18 ai chủ trì",
    "phản hồi: nv 7 xong rồi",
    "góp ý: nhiệm vụ 7 làm được 60%",
    "báo lỗi hệ thống cho ai",
    "cảm ơn bạn, trả lời nhanh quá",
    "nv 7 kh 158 xong rồi",
    "Văn bản trả lời",
    "",
    "câu trả lời sai " * 200,
)


@pytest.mark.parametrize(("text", "note"), WRONG.items())
def test_that_an_answer_is_wrong(text: str, note: str) -> None:
    found = opinion(text, after_answer=True)
    assert found is not None
    assert (found.useful, found.note) == (False, note)


@pytest.mark.parametrize("text", RIGHT)
def test_that_an_answer_is_right(text: str) -> None:
    found = opinion(text, after_answer=True)
    assert found is not None
    assert found.useful


@pytest.mark.parametrize("text", NONE)
def test_what_may_be_something_else_is_left_to_others(text: str) -> None:
    assert opinion(text, after_answer=True) is None


@pytest.mark.parametrize("text", [*WRONG, *RIGHT])
def test_nothing_is_passed_over_unread(text: str) -> None:
    """What feedback.py looks for before it reads a message as an opinion stands in all of them."""
    assert any(name in fold(text) for name in _NAMES)


def test_without_an_answer_only_a_label_makes_it_one() -> None:
    assert opinion("câu trả lời sai rồi", after_answer=False) is None
    assert opinion("góp ý: chữ hơi nhỏ", after_answer=False) is not None


def test_lan_says_that_the_answer_was_wrong(desk: Desk) -> None:
    before = len(desk.office.feedback.last(999))
    reply = desk.say("lan", "nv 18 kh 158 ai chủ trì?", "câu trả lời chưa đúng, chị Nguyễn Thị Lan phụ trách mà")
    assert reply.status is Status.DONE
    assert "ghi nhận góp ý" in reply.text
    kept, *others = desk.office.feedback.last(999)
    assert len(others) == before
    assert (kept.person, kept.channel, kept.useful) == (desk.people["lan"].id, Channel.TELEGRAM, False)
    assert kept.question == "nv 18 kh 158 ai chủ trì?"
    assert "Phòng Văn hóa - Xã hội" in kept.reply
    assert "Lan" not in kept.note, "no names of persons are kept"
    again = desk.say("lan", "thế hạn bao giờ?")
    assert [task.number for task in again.tasks] == ["18"], "what was spoken of is spoken of still"


def test_what_waits_for_a_yes_is_not_disturbed(desk: Desk) -> None:
    before = len(desk.office.feedback.last(999))
    desk.say("lan", "xin lùi nv 18 kh 158 đến 15/1/2027 vì chờ hướng dẫn")
    assert desk.conversations["lan"].state.pending
    desk.say("lan", "trả lời sai rồi")
    assert len(desk.office.feedback.last(999)) == before


def test_a_very_long_note_is_cut(desk: Desk) -> None:
    desk.say("stranger", "nv 18 kh 158 ai chủ trì?", "góp ý: " + "chữ nhỏ quá " * 70)
    assert len(desk.office.feedback.last(1)[0].note) <= MOST_NOTE
