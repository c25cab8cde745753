"""Questions about progress: what is open, overdue, done; who said so; and what strangers are not told."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.reply import Status
from assistant.understand.progress.days import days_past
from tests.assistant.desk import TODAY, Desk, told


def test_a_morning_of_two_people_with_different_rights(desk: Desk) -> None:
    # Given that Lan of the division for culture has reported two tasks, one of them after a yes
    desk.say("lan", "nv 13 kh 158 xong rồi", "đúng")
    desk.say("lan", "nv 14 kh 158 được 40%")
    # When the officer of another division asks, they see it, and change nothing
    assert "đã hoàn thành" in desk.say("minh", "nv 13 kh 158 xong chưa").text
    assert desk.say("minh", "nv 13 kh 158 chưa làm gì").status is Status.REFUSED
    # Then the head sees what is left of the division, and takes back what was wrong
    left = desk.say("nam", "phòng mình còn bao nhiêu việc chưa xong")
    assert "10 việc chưa xong" in left.text
    assert "9/11 việc chưa có ai cập nhật" in left.text
    assert ("13", "done") not in told(left)
    desk.say("nam", "hủy cập nhật nv 13 kh 158", "đúng")
    assert "11 việc chưa xong" in desk.say("nam", "phòng mình còn bao nhiêu việc chưa xong").text
    # And the log has all of it, the readings too
    noted = desk.noted()
    changes = [action for action in noted if action != "read_progress"]
    assert changes == ["progress_recorded", "progress_recorded", "progress_refused", "progress_undone"]
    assert noted.index("read_progress") == 2  # that of the other division's officer


@pytest.mark.parametrize(
    "question", ["nv 13 xong chưa", "nv 13 đến đâu rồi", "tình hình nv 13", "nó xong chưa", "xong chưa"]
)
def test_how_a_task_stands(desk: Desk, question: str) -> None:
    reply = desk.say("lan", "nv 13 kh 158 được 60%", question)
    assert reply.status is Status.ANSWERED
    assert told(reply) == [("13", "underway")]
    assert "được 60% (theo Nguyễn Thị Lan, 09:01 22/11/2026)" in reply.text
    assert reply.citations


def test_a_task_of_which_nobody_has_said_anything(desk: Desk) -> None:
    reply = desk.say("lan", "nv 13 kh 158 xong chưa")
    assert "chưa có cập nhật nào" in reply.text
    assert told(reply) == [("13", None)]


def test_who_said_what(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 được 20%", "hủy cập nhật vừa rồi")
    desk.say("hoa", "nv 13 kh 158 được 30%")
    assert told(desk.say("nam", "ai cập nhật nv 13 kh 158 gần nhất")) == [("13", "underway")]
    lines = desk.say("nam", "ai cập nhật nv 13 kh 158").text.splitlines()
    assert ["Lê Thị Hoa" in lines[1], "hủy cập nhật trước" in lines[2], "(đã hủy)" in lines[3]] == [True] * 3


def test_who_works_on_it_and_what_is_mine(desk: Desk) -> None:
    assert "Chưa ghi" in desk.say("nam", "ai đang làm nv 13 kh 158").text
    desk.say("nam", "giao cho chị Hoa nv 13 kh 158", "đúng")
    assert "Lê Thị Hoa đang làm" in desk.say("minh", "ai đang làm nv 13 kh 158").text
    mine = desk.say("hoa", "việc của tôi")
    assert [number for number, _ in told(mine)] == ["13"]
    assert told(desk.say("hoa", "việc này em làm được 80%")) == [("13", "underway")]
    assert "Không có việc giao cho anh/chị" in desk.say("lan", "việc giao cho tôi").text


def test_done_work_is_overdue_no_more(desk: Desk) -> None:
    assert [n for n, _ in told(desk.say("nam", "việc nào quá hạn"))] == ["1", "4"]
    desk.say("lan", "nv 4 kh 158 xong rồi", "đúng")
    reply = desk.say("nam", "việc nào quá hạn")
    assert [n for n, _ in told(reply)] == ["1"]
    assert "1/1 việc chưa có ai cập nhật" in reply.text
    assert "quá hạn 145 ngày" not in desk.say("nam", "phòng mình chủ trì những việc nào").text


def test_strangers_are_told_what_the_plan_says_and_nothing_more(desk: Desk) -> None:
    before = desk.say("stranger", "việc nào quá hạn kế hoạch 158")
    desk.say("lan", "nv 4 kh 158 xong rồi", "đúng")
    after = desk.say("stranger", "việc nào quá hạn kế hoạch 158")
    assert (after.text, told(after)) == (before.text, told(before))
    assert told(desk.say("stranger", "nv 4 kh 158 xong chưa")) == [("4", None)]
    assert "Lan" not in desk.say("stranger", "ai cập nhật nv 4 kh 158").text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("việc nào đang làm", "14"),
        ("việc nào chưa bắt đầu", "17"),
        ("việc nào xin lùi", "16"),
        ("việc nào đã xong", "13"),
        ("viec nao dang lam", "14"),
    ],
)
def test_tasks_of_a_state(desk: Desk, question: str, number: str) -> None:
    desk.say("lan", "nv 13 kh 158 xong rồi, nv 14 được 40%, nv 17 chưa làm gì, nv 16 xin lùi đến 15/1", "đúng")
    reply = desk.say("nam", question)
    assert [n for n, _ in told(reply)] == [number]


def test_what_was_done_in_a_week(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 xong rồi", "đúng")
    for question in ("tuần qua phòng mình làm xong gì", "tháng này phường mình làm xong những việc gì"):
        assert told(desk.say("nam", question)) == [("13", "done")]
    assert told(desk.say("nam", "tháng trước phòng mình làm xong gì")) == []


def test_who_is_furthest_behind_and_what_cannot_be_said(desk: Desk) -> None:
    reply = desk.say("chu_tich", "đơn vị nào chậm nhất")
    assert "1. Phòng Văn hóa - Xã hội: 2 việc quá hạn" in reply.text
    assert "19/19 việc chưa có ai cập nhật" in reply.text
    desk.say("lan", "nv 1 và 4 kh 158 xong rồi", "đúng")
    assert "Chưa đơn vị nào" in desk.say("chu_tich", "đơn vị nào chậm nhất").text


def test_a_unit_at_a_glance(desk: Desk) -> None:
    desk.say("lan", "nv 4 kh 158 xong rồi, nv 13 được 60%", "đúng")
    for question in ("tình hình thực hiện kế hoạch 158 của phòng mình", "báo cáo tiến độ các nhiệm vụ của phòng mình"):
        reply = desk.say("nam", question)
        for words in (
            "11 việc",
            "1 đã hoàn thành",
            "1 đang thực hiện",
            "1 việc quá hạn chưa xong",
            "9/11 việc chưa có",
        ):
            assert words in reply.text
        assert [n for n, _ in told(reply)] == ["1"]


def test_a_list_goes_on_and_ends(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 được 60%", "phòng mình còn bao nhiêu việc chưa xong")
    assert "11. STT 19" in desk.say("lan", "xem tiếp").text
    assert "Đã hết danh sách" in desk.say("lan", "xem tiếp").text
    assert [n for n, _ in told(desk.say("lan", "còn việc nào quá hạn không"))] == ["1", "4"]


def test_what_is_done_is_not_told_as_late(desk: Desk) -> None:
    assert "quá hạn 197 ngày" in desk.say("nam", "nv 1 kh 158 hạn nào").text.replace("đã qua hạn", "quá hạn")
    desk.say("lan", "nv 1 kh 158 xong rồi", "đúng")
    for question in ("nv 1 kh 158 hạn nào", "nv 1 kh 158 có trễ hạn không"):
        reply = desk.say("nam", question)
        assert "197 ngày" not in reply.text
        assert "đã hoàn thành" in reply.text


def test_a_task_told_of_says_how_it_stands(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 được 60%")
    reply = desk.say("minh", "bồi dưỡng kỹ năng số kế hoạch 158 ai chủ trì")
    assert ("13", "underway") in told(reply)
    assert "được 60%" in reply.text


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("tuan qua", dt.date(2026, 11, 15), TODAY),
        ("thang nay", dt.date(2026, 11, 1), TODAY),
        ("thang truoc", dt.date(2026, 10, 1), dt.date(2026, 10, 31)),
        ("tu dau nam den nay", dt.date(2026, 1, 1), TODAY),
        ("quy 3", dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
    ],
)
def test_days_gone_by(line: str, start: dt.date, end: dt.date) -> None:
    assert days_past(line, TODAY) == (start, end)
