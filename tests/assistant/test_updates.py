"""Recording reports in chat: who may, what is confirmed first, what is undone, what is said when it goes wrong."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import text

from assistant.assistant import Assistant
from assistant.reply import Status
from assistant.state import State
from corpus.people import Role
from corpus.progress import TaskKey, TaskState
from tests.assistant.desk import ECONOMY, NOW, Desk, told

SEVEN = TaskKey(document="nhi-chieu-158", row="#7")
THIRTEEN = TaskKey(document="nhi-chieu-158", row="#13")


def state_of(desk: Desk, key: TaskKey) -> TaskState | None:
    standing = desk.office.progress.standings([key]).get(key)
    return standing.state if standing else None


def test_a_percentage_is_recorded_at_once_with_name_and_time(desk: Desk) -> None:
    reply = desk.say("lan", "nv 13 kh 158 được 60%")
    assert reply.status is Status.DONE
    assert told(reply) == [("13", "underway")]
    for words in ("nhiệm vụ 13", "60%", "Nguyễn Thị Lan", "09:01 22/11/2026", "hủy cập nhật vừa rồi"):
        assert words in reply.text
    progress = reply.tasks[0].progress
    assert progress is not None
    assert (progress.percent, progress.who, progress.channel) == (60, "Nguyễn Thị Lan", "telegram")
    assert reply.as_json()["tasks"][0]["progress"]["when"] == "2026-11-22T02:01:00Z"


@pytest.mark.parametrize("yes", ["đúng", "ok em", "vâng", "1", "xác nhận", "dung roi", "ừ"])
def test_done_is_recorded_after_a_yes(desk: Desk, yes: str) -> None:
    asked = desk.say("lan", "nv 13 kh 158 xong rồi")
    assert (asked.status, [choice.say for choice in asked.choices]) == (Status.CLARIFY, ["Đúng", "Không"])
    assert state_of(desk, THIRTEEN) is None
    assert desk.say("lan", yes).status is Status.DONE
    assert state_of(desk, THIRTEEN) is TaskState.DONE


@pytest.mark.parametrize("no", ["không", "thôi", "2", "hủy", "khoan đã", "sai rồi"])
def test_a_no_records_nothing(desk: Desk, no: str) -> None:
    desk.say("lan", "nv 13 kh 158 xong rồi", no)
    assert state_of(desk, THIRTEEN) is None
    desk.say("lan", "đúng")
    assert state_of(desk, THIRTEEN) is None


def test_another_question_drops_what_was_waiting_and_says_so(desk: Desk) -> None:
    reply = desk.say("lan", "nv 13 kh 158 xong rồi", "nv 14 hạn khi nào")
    assert told(reply) == [("14", None)]
    assert "chưa được ghi" in reply.text
    desk.say("lan", "đúng")
    assert state_of(desk, THIRTEEN) is None


def test_another_report_drops_what_was_waiting_and_says_so(desk: Desk) -> None:
    reply = desk.say("lan", "nv 13 kh 158 xong rồi", "nv 14 đang làm được 20%")
    assert "nhiệm vụ 13 ở trên chưa được ghi" in reply.text
    assert state_of(desk, THIRTEEN) is None


def test_what_waits_is_kept_as_json(desk: Desk) -> None:
    desk.say("lan", "xin lùi nv 13 kh 158 đến 15/1 vì chờ hướng dẫn")
    conversation = desk.conversations["lan"]
    assert conversation.state.pending
    conversation.state = State.model_validate_json(conversation.state.model_dump_json())
    reply = desk.say("lan", "đúng")
    assert reply.tasks[0].progress is not None
    assert str(reply.tasks[0].progress.asked_due) == "2027-01-15"
    assert reply.tasks[0].progress.note == "chờ hướng dẫn"


def test_two_weeks_more_count_from_the_deadline(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 hạn khi nào", "cho em gia hạn việc này thêm 2 tuần", "đúng")
    standing = desk.office.progress.standings([THIRTEEN])[THIRTEEN]
    assert (standing.state, str(standing.asked_due)) == (TaskState.EXTENSION, "2027-01-14")


def test_several_tasks_in_one_message_are_confirmed_together(desk: Desk) -> None:
    asked = desk.say("lan", "nv 13 kh 158 xong rồi, nv 14 được 40%, còn nv 17 chưa làm gì")
    assert asked.text.count("\n- ") == 3
    reply = desk.say("lan", "đúng")
    assert told(reply) == [("13", "done"), ("14", "underway"), ("17", "not_started")]
    assert told(desk.say("lan", "hủy cập nhật vừa rồi", "đúng")) == [("13", None), ("14", None), ("17", None)]


def test_a_report_of_another_units_task_is_refused_and_noted(desk: Desk) -> None:
    reply = desk.say("minh", "nv 13 kh 158 xong rồi")
    assert reply.status is Status.REFUSED
    assert "Phòng Văn hóa - Xã hội" in reply.text
    assert state_of(desk, THIRTEEN) is None
    assert desk.noted() == ["progress_refused"]


def test_of_several_tasks_those_of_others_are_left_out_and_named(desk: Desk) -> None:
    asked = desk.say("lan", "nv 13 và 2 kh 158 xong rồi")
    assert asked.status is Status.CLARIFY
    assert told(asked) == [("13", None)]
    assert "Nhiệm vụ 2" in asked.text


def test_a_stranger_is_told_how_to_become_known(desk: Desk) -> None:
    reply = desk.say("stranger", "nv 13 kh 158 xong rồi")
    assert reply.status is Status.REFUSED
    assert "mã liên kết" in reply.text
    assert desk.noted() == ["progress_refused"]


def test_who_has_left_records_nothing(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 xong rồi")
    desk.people["lan"] = desk.office.people.disable(desk.people["lan"].id, NOW)
    assert desk.say("lan", "đúng").status is Status.REFUSED
    assert state_of(desk, THIRTEEN) is None


def test_who_has_moved_to_another_unit_records_nothing_there(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 xong rồi")
    desk.people["lan"] = desk.office.people.change(desk.people["lan"].id, unit=ECONOMY)
    assert desk.say("lan", "đúng").status is Status.REFUSED
    assert state_of(desk, THIRTEEN) is None


def test_the_head_gives_a_task_to_somebody_of_the_unit(desk: Desk) -> None:
    asked = desk.say("nam", "giao cho chị Hoa phòng mình nv 13 kh 158")
    assert "Lê Thị Hoa" in asked.text
    reply = desk.say("nam", "đúng")
    assert reply.tasks[0].progress is not None
    assert reply.tasks[0].progress.assignee == "Lê Thị Hoa"


def test_namesakes_are_asked_back_and_picked(desk: Desk) -> None:
    desk.office.people.add(
        "Đỗ Thị Hoa", desk.people["hoa"].unit.name, desk.people["hoa"].role, NOW + dt.timedelta(days=1)
    )
    asked = desk.say("nam", "giao cho chị Hoa nv 13 kh 158")
    assert [choice.label for choice in asked.choices] == ["Lê Thị Hoa", "Đỗ Thị Hoa"]
    desk.say("nam", "2", "đúng")
    standing = desk.office.progress.standings([THIRTEEN])[THIRTEEN]
    assert desk.office.people.get(standing.assignee or "").name == "Đỗ Thị Hoa"  # type: ignore[union-attr]


@pytest.mark.parametrize(("name", "words"), [("Hạnh", "troly people add"), ("Minh", "Phòng Kinh tế")])
def test_a_name_that_is_not_of_the_unit(desk: Desk, name: str, words: str) -> None:
    reply = desk.say("nam", f"giao cho anh {name} nv 13 kh 158")
    assert reply.status is Status.NOT_FOUND
    assert words in reply.text


def test_only_heads_stop_a_task(desk: Desk) -> None:
    assert desk.say("lan", "tạm dừng nv 13 kh 158 vì hết kinh phí").status is Status.REFUSED
    desk.say("nam", "tạm dừng nv 13 kh 158 vì hết kinh phí", "đúng")
    assert state_of(desk, THIRTEEN) is TaskState.STOPPED


def test_who_confirms_late_is_told_of_the_change_in_between(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 xong rồi")
    desk.say("hoa", "nv 13 kh 158 được 20%")
    reply = desk.say("lan", "đúng")
    assert reply.status is Status.DONE
    assert "Lê Thị Hoa đã ghi" in reply.text
    assert "20%" in reply.text
    assert len(desk.office.progress.history(THIRTEEN)) == 2


def test_a_change_is_taken_back_by_who_made_it(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 được 20%", "nv 13 kh 158 được 60%")
    reply = desk.say("lan", "hủy cập nhật vừa rồi")
    assert reply.status is Status.DONE
    assert "20%" in reply.text
    assert desk.office.progress.standings([THIRTEEN])[THIRTEEN].percent == 20
    assert desk.say("hoa", "hủy cập nhật vừa rồi").status is Status.NOT_FOUND


def test_of_others_only_the_head_takes_back_after_a_yes(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 được 20%")
    assert desk.say("hoa", "hủy cập nhật nv 13 kh 158").status is Status.REFUSED
    assert desk.say("nam", "hủy cập nhật nv 13 kh 158").status is Status.CLARIFY
    assert desk.say("nam", "đúng").status is Status.DONE
    assert state_of(desk, THIRTEEN) is None


def test_a_mistake_is_put_right_in_one_message(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 xong rồi", "đúng")
    desk.say("lan", "nhầm, nv 14 mới xong chứ không phải nv 13", "đúng")
    fourteen = TaskKey(document="nhi-chieu-158", row="#14")
    assert (state_of(desk, THIRTEEN), state_of(desk, fourteen)) == (None, TaskState.DONE)


def test_a_number_that_is_not_there(desk: Desk) -> None:
    reply = desk.say("lan", "nhiệm vụ 40 kh 158 xong rồi")
    assert reply.status is Status.NOT_FOUND
    assert "19 nhiệm vụ" in reply.text


def test_a_number_in_several_places_is_asked_back_and_picked(desk: Desk) -> None:
    asked = desk.say("lan", "nv 3 phụ lục cchc được 50%")
    assert (asked.status, len(asked.choices)) == (Status.CLARIFY, 5)
    picked = desk.say("lan", "2")
    assert picked.status is Status.REFUSED  # of a department of the city
    assert "Nhiệm vụ 3 mục II" in picked.text


def test_without_a_task_it_is_asked_which(desk: Desk) -> None:
    assert desk.say("lan", "đang làm được 60%").status is Status.CLARIFY
    reply = desk.say("lan", "nv 13 kh 158 ai chủ trì", "đang làm được 60%")
    assert told(reply) == [("13", "underway")]


def test_more_time_without_a_day_is_asked_back(desk: Desk) -> None:
    reply = desk.say("lan", "nv 13 kh 158 xin lùi")
    assert reply.status is Status.CLARIFY
    assert "đến ngày nào" in reply.text


def test_a_report_and_a_question_in_one_message(desk: Desk) -> None:
    reply = desk.say("lan", "nv 13 kh 158 xong rồi nhé. nv 14 kh 158 hạn bao giờ?")
    assert [task.number for task in reply.tasks] == ["13", "14"]
    desk.say("lan", "đúng")
    assert state_of(desk, THIRTEEN) is TaskState.DONE


def test_an_update_that_cannot_be_saved_is_said_so(desk: Desk, working_assistant: Assistant) -> None:
    engine = working_assistant.library.store.engine
    desk.say("lan", "nv 13 kh 158 xong rồi")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE progress RENAME TO away"))
    try:
        reply = desk.say("lan", "đúng")
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO progress"))
    assert reply.status is Status.NOT_FOUND
    assert "CHƯA lưu" in reply.text
    assert state_of(desk, THIRTEEN) is None


def test_every_change_stands_in_the_log(desk: Desk) -> None:
    desk.say("lan", "nv 13 kh 158 được 20%", "hủy cập nhật vừa rồi")
    desk.say("minh", "nv 13 kh 158 được 20%")
    assert desk.noted() == ["progress_recorded", "progress_undone", "progress_refused"]


def test_a_row_that_a_person_transcribed_is_reported_like_any_other(desk: Desk) -> None:
    unit = "Phòng Văn hóa - Xã hội, UBND phường Ngọc Hà"
    desk.people["ngoc"] = desk.office.people.add("Bùi Văn Ngọc", unit, Role.OFFICER, NOW)
    desk.say("ngoc", "nhiệm vụ 9 mục I kh 89 xong rồi", "đúng")
    assert told(desk.say("ngoc", "nhiệm vụ 9 mục I kh 89 xong chưa")) == [("9", "done")]
