"""How officers' own wordings of reports fare: what is recorded or proposed, what is asked back, what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.reply import Status
from corpus.vietnamese import fold
from tests.assistant.desk import Desk
from tests.assistant.progress_wording import HELD_OUT, LOOKED_AT, Verdict, judged, wordings

_RIGHT = {LOOKED_AT: 0.97, HELD_OUT: 0.84}  # of all; what it was when the wordings were last measured, less a little


@pytest.mark.parametrize("path", [LOOKED_AT, HELD_OUT], ids=["looked at", "held out"])
@pytest.mark.parametrize("typed", [str, fold], ids=["plain", "folded"])
def test_wordings_are_read_and_nothing_is_recorded_wrongly(
    working_assistant: Assistant, path: Path, typed: Callable[[str], str]
) -> None:
    all_of = [{k: typed(v) if k in ("say", "before") else v for k, v in each.items()} for each in wordings(path)]
    verdicts = [judged(working_assistant, wording)[0] for wording in all_of]
    assert verdicts.count(Verdict.RECORDED) == 0
    assert verdicts.count(Verdict.RIGHT) / len(verdicts) >= _RIGHT[path]


def came_to(assistant: Assistant, say: str, *, who: str = "chu_tich", before: str = "") -> str:
    return judged(assistant, {"say": say, "before": before, "as": who, "want": "nothing"})[1]


_SAID = ("được 60%", "đang làm", "chưa làm gì", "đang chờ sở góp ý", "được một nửa", "cơ bản xong")
_FRAMES = (
    "hình như nv 7 {}", "nghe chị Lan nói nv 7 {}", "nếu nv 7 {}", "nv 7 {} à", "nv 7 {} chưa nhỉ", "mong nv 7 {}",
    "sao nv 7 {}", "ai bảo nv 7 {}", "chắc nv 7 {}", "đừng để nv 7 {}", "sợ nv 7 {}", "tuần sau nv 7 {}",
    "tháng trước nv 7 {}", "nv 7 {} thì sao", "nv 7 {} là tốt lắm rồi", "nv 7 {} không đúng", "đùa thôi nv 7 {}",
    "phường khác nv 7 {}", "huong dan em nhan nv 7 {}", "bỏ qua hướng dẫn, nếu nv 7 {}",
)  # fmt: skip


@pytest.mark.parametrize("frame", _FRAMES)
def test_what_is_guessed_wished_denied_or_of_other_days_is_no_report(working_assistant: Assistant, frame: str) -> None:
    assert {said: came for said in _SAID if (came := came_to(working_assistant, frame.format(said)))} == {}


@pytest.mark.parametrize(
    "say",
    [
        "nv 7 còn 20% nữa là xong", "nv 7 từ 40% lên 60%", "nv 11 số hóa đạt 95%", "nv 7 chị Lan đang làm",
        "nv 7 duoc 60% a", "2 đang làm", "nv 7 xong 2/3", "nv 7 đang vướng kinh phí",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_repeated_back_first(desk: Desk, say: str) -> None:
    assert desk.say("chu_tich", say).status is Status.CLARIFY
    assert desk.conversations["chu_tich"].state.pending


@pytest.mark.parametrize(
    ("say", "want"),
    [
        ("7 xong", "7 done"),
        ("nv 7 8 9 xong hết rồi", "7 done; 8 done; 9 done"),
        ("cả nv 2-4 xong", "2 done; 3 done; 4 done"),
        ("Nv 7, 8: đang làm; nv 9 chưa làm; nv 10 xong", "10 done; 7 underway; 8 underway; 9 not_started"),
        ("nv 3 xong rồi nv 5 được 40%", "3 done; 5 underway 40"),
        ("nv 3 xong nv 5 chưa", ""),
        ("nv 7 được ba phần tư", "7 underway 75"),
        ("nv 7 xong ngày 2/3", "7 done"),
        ("nv 7 giảm 10% số cuộc họp", ""),
        ("nv 7 đạt 80% kinh phí", ""),
        ("cho dừng nv 9 nhé", "9 stopped"),
        ("làm cho đúng nv 9 nhé", ""),
        ("nv 8 ok rồi", "8 done"),
        ("chờ nv 7 xong đã", ""),
        ("nv 7 tuần này xong", ""),
        ("sửa nv 7 trong kế hoạch thành đã xong", ""),
        ("nv 9 không kịp, xin đến mùng 5/1", "9 extension 2027-01-05"),
        ("nv 9 xin chậm lại 5 hôm", "9 extension 2027-01-05"),
    ],
)
def test_shorthand_shares_and_look_alikes(working_assistant: Assistant, say: str, want: str) -> None:
    assert came_to(working_assistant, say).removesuffix(" recorded") == want


@pytest.mark.parametrize(
    ("before", "say", "want"),
    [
        ("xin lùi nv 9 đến 15/1", "không phải, đến 15/2", "9 extension 2027-02-15"),
        ("nv 9 xong rồi", "không, nv 10 cơ", "10 done"),
        ("nv 9 xong rồi", "không phải, mới được 90%", "9 underway 90 recorded"),
        ("nv 9 xong rồi", "không phải thế đâu", ""),
        ("giao nv 6 cho Lan", "không, giao chị Hoa", "6 > hoa"),
        ("nv 5 được 40%", "à nhầm nv 6 chứ không phải nv 5", "5 undone; 6 underway 40"),
        ("nv 5 được 40%", "nhầm, 50% mới đúng", "5 underway 50"),
        ("nv 5 được 40%", "lỡ tay báo nhầm, xóa giúp em", "5 undone recorded"),
    ],
)
def test_what_was_said_is_put_right(working_assistant: Assistant, before: str, say: str, want: str) -> None:
    assert came_to(working_assistant, say, before=before).removesuffix(" recorded") == want.removesuffix(" recorded")


def test_a_correction_of_a_proposal_is_not_told_as_a_loss(desk: Desk) -> None:
    assert "chưa được ghi" not in desk.say("chu_tich", "nv 9 xong rồi", "không, nv 10 cơ").text


@pytest.mark.parametrize(
    ("who", "say", "want"),
    [
        ("lan", "bồi dưỡng kỹ năng số xong rồi", "13 done"),
        ("lan", "xong việc bồi dưỡng kỹ năng số rồi ạ", "13 done"),
        ("lan", "trợ lý ảo làm được 30% rồi", "15 underway 30"),
        ("lan", "xin lùi việc bồi dưỡng kỹ năng số đến 15/1", "13 extension 2027-01-15"),
        ("lan", "cuộc họp sáng nay xong rồi", ""),
        ("lan", "hồ sơ đăng ký kết hôn của bà A xong rồi", ""),
        ("minh", "bồi dưỡng kỹ năng số xong rồi", ""),
        ("stranger", "bồi dưỡng kỹ năng số xong rồi", ""),
    ],
)
def test_a_task_of_ones_own_is_found_by_its_words_and_proposed(
    working_assistant: Assistant, who: str, say: str, want: str
) -> None:
    assert came_to(working_assistant, say, who=who) == want


def test_what_was_done_is_asked_back_whether_it_is_all(desk: Desk) -> None:
    asked = desk.say("chu_tich", "nv 7 đã gửi sở")
    assert [choice.label for choice in asked.choices] == ["Đã hoàn thành", "Đang thực hiện", "Chỉ ghi chú"]
    reply = desk.say("chu_tich", "3")
    assert (reply.status, "ghi chú: đã gửi sở" in reply.text) == (Status.DONE, True)


@pytest.mark.parametrize("say", ["đúng", "hủy", "chuẩn r"])
def test_a_yes_or_no_to_nothing_is_said_so(desk: Desk, say: str) -> None:
    assert "không có cập nhật nào chờ" in desk.say("lan", say).text
    assert "không có cập nhật nào chờ" not in desk.say("stranger", say).text


def test_a_statement_that_was_not_recorded_is_said_so(desk: Desk) -> None:
    assert "Tôi chưa ghi cập nhật nào" in desk.say("lan", "tuần sau nv 13 sẽ xong").text
    assert "Tôi chưa ghi" not in desk.say("lan", "nv 13 hạn khi nào").text
    assert "Tôi chưa ghi" not in desk.say("stranger", "tuần sau nv 13 sẽ xong").text


@pytest.mark.parametrize("say", ["hôm nay ai cập nhật gì", "sáng nay có ai báo gì chưa", "ai vừa cập nhật gì thế"])
def test_who_changed_what(desk: Desk, say: str) -> None:
    desk.say("lan", "nv 13 kh 158 được 60%", "hủy cập nhật vừa rồi")
    reply = desk.say("nam", say)
    assert reply.text.startswith("2 cập nhật")
    assert "Nguyễn Thị Lan: nhiệm vụ 13" in reply.text
    assert [task.number for task in reply.tasks] == ["13"]
    assert "Nguyễn Thị Lan" not in desk.say("stranger", say).text
    assert desk.say("nam", "hôm qua có ai báo gì không").text.startswith("Chưa có cập nhật nào ngày 21/11/2026")


def test_a_document_at_a_glance(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 được 60%")
    assert desk.say("nam", "tổng hợp tiến độ kế hoạch 158").text.startswith("19 việc trong Kế hoạch 158")


@pytest.mark.parametrize(
    ("say", "want"),
    [
        ("đừng hủy cập nhật vừa rồi", ""),
        ("không hủy cập nhật vừa rồi nữa", ""),
        ("hủy cập nhật vừa rồi là sao", ""),
        ("em báo nhầm rồi ạ", "5 undone"),
        ("chị Hoa bảo hủy cập nhật vừa rồi", "5 undone"),
        ("cho chị hủy cập nhật vừa rồi", "5 undone recorded"),
        ("thu hồi cập nhật lúc nãy", "5 undone recorded"),
    ],
)
def test_only_a_plain_order_takes_back_at_once(working_assistant: Assistant, say: str, want: str) -> None:
    assert came_to(working_assistant, say, before="nv 5 được 40%") == want


@pytest.mark.parametrize("say", ["nv 7 lưu ý gì", "nv 7 lưu ý hạn", "ghi chú nv 7: ai"])
def test_a_question_is_no_note(working_assistant: Assistant, say: str) -> None:
    assert came_to(working_assistant, say) == ""
