"""What officers type between two meetings: bare numbers, pieces, half sentences, and what must not be denied."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.several import pieces_asked
from assistant.understand.small_talk import small_talk
from connectors.database import Store
from corpus.agencies import Agencies

TODAY = dt.date(2026, 11, 21)
CULTURE = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"
NGOC_HA = "Phòng Văn hóa - Xã hội, UBND phường Ngọc Hà"
HOME_AFFAIRS = "Sở Nội vụ thành phố Hà Nội"


@pytest.fixture(scope="module")
def office(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


def said(office: Assistant, *turns: str, unit: str | None = CULTURE) -> Reply:
    conversation = Conversation()
    return [office.reply(Turn(text, TODAY, unit), conversation) for text in turns][-1]


def named(reply: Reply) -> list[str]:
    """The tasks of a reply as document/number."""
    return [f"{task.document}/{task.number}" for task in reply.tasks]


@pytest.mark.parametrize(
    ("text", "unit", "task"),
    [
        ("43 ai chủ trì", NGOC_HA, "ngoc-ha-89/43"),
        ("hạn 32", NGOC_HA, "ngoc-ha-89/32"),
        ("nhiệm vụ số 13 thời gian hoàn thành", CULTURE, "nhi-chieu-158/13"),
        ("trợ lý ảo", CULTURE, "nhi-chieu-158/15"),
        ("nv 22 của Ngọc Hà nói gì", None, "ngoc-ha-89/22"),
    ],
)
def test_what_few_words_mean(office: Assistant, text: str, unit: str | None, task: str) -> None:
    assert named(said(office, text, unit=unit)) == [task]


@pytest.mark.parametrize("text", ["việc nào trễ", "có gì trễ không", "cái nào hết hạn mà chưa xong", "việc nào lố hạn"])
def test_late_in_other_words(office: Assistant, text: str) -> None:
    assert named(said(office, text)) == ["nhi-chieu-158/1", "nhi-chieu-158/4"]


def test_the_years_plan_is_no_period(office: Assistant) -> None:
    assert "Có 43 nhiệm vụ" in said(office, "kh cchc 2026 của phường giao bao nhiêu nhiệm vụ", unit=NGOC_HA).text
    assert "Có 43 nhiệm vụ" not in said(office, "bao nhiêu việc cchc hạn 2026", unit=NGOC_HA).text


def test_what_is_due_on_the_very_day_is_told_beside_before(office: Assistant) -> None:
    reply = said(office, "kế hoạch 158 việc nào phải xong trước 31/12/2026")
    assert named(reply) == ["nhi-chieu-158/1", "nhi-chieu-158/4"]
    assert "Có 7 việc hạn đúng ngày 31/12/2026: STT 7, 8, 9, 11, 12, 13, 14." in reply.text


def test_who_is_said_to_do_it_is_confirmed_or_put_right(office: Assistant) -> None:
    assert said(office, "trợ lý ảo có phải văn phòng làm không").text.startswith("Không phải: Văn phòng")
    assert said(office, "phòng mình có phải làm trợ lý ảo không").text.startswith("Đúng, Phòng Văn hóa")


def test_what_may_be_meant_in_other_words_is_not_denied(office: Assistant) -> None:
    assert not said(office, "phường mình có phải giảm họp không").text.startswith("Không, ")
    assert said(office, "kế hoạch 158 có việc xây dựng đô thị thông minh không").text.startswith("Không, ")


def test_a_word_that_no_task_holds_is_left_out_and_said_to_be(office: Assistant) -> None:
    reply = said(office, "phòng mình quý IV bòm việc nào")
    assert "Không nhiệm vụ nào có từ “bòm”" in reply.text and "nhi-chieu-158/13" in named(reply)


def test_a_city_body_that_the_units_plan_gives_nothing_is_found_in_others(office: Assistant) -> None:
    reply = said(office, "công an thành phố làm gì", unit=HOME_AFFAIRS)
    assert named(reply) == ["cchc-2026-2030/3"] and "không giao việc nào như anh/chị hỏi" in reply.text
    assert named(said(office, "còn công an phường thì làm gì", unit=HOME_AFFAIRS)) == []


@pytest.mark.parametrize(
    ("turns", "task"),
    [
        (("trợ lý ảo", "ai làm", "bên hà nội thì sao"), "hn-226-annex/7"),
        (("việc nào quá hạn", "cái số 2 hạn bao giờ"), "nhi-chieu-158/4"),
        (("việc nào quá hạn", "ai làm việc đầu"), "nhi-chieu-158/1"),
        (("nv 7 ai chủ trì", "ở kế hoạch hà nội thì việc này là số mấy"), "hn-226-annex/14"),
        (("việc số 11 ai làm", "phối hợp với ai", "thế phải đạt bao nhiêu %"), "nhi-chieu-158/11"),
    ],
)
def test_follow_ups(office: Assistant, turns: tuple[str, ...], task: str) -> None:
    assert named(said(office, *turns)) == [task]


def test_numbers_that_run_through_sections_leave_the_section(office: Assistant) -> None:
    assert named(said(office, "việc 38 ai làm", "thế việc 41", unit=NGOC_HA)) == ["ngoc-ha-89/41"]


def test_the_day_of_the_document_spoken_of(office: Assistant) -> None:
    assert "05/05/2026" in said(office, "kế hoạch 158 ai ký", "ngày nào").text


def test_another_role_of_the_same_body_is_counted(office: Assistant) -> None:
    reply = said(office, "sở mình chủ trì việc gì", "có bao nhiêu việc phối hợp", unit=HOME_AFFAIRS)
    assert reply.text.startswith("Có 8 nhiệm vụ Sở Nội vụ phối hợp")


def test_pieces_of_a_message_are_cut_where_each_asks() -> None:
    assert pieces_asked("nộp ở đâu, mấy ngày có trả lời, mất lệ phí không") == (
        "nộp ở đâu", "mấy ngày có trả lời", "mất lệ phí không",
    )  # fmt: skip
    assert pieces_asked("họp, giao ban thì ai chủ trì") == ("họp, giao ban thì ai chủ trì",)
    assert pieces_asked("đạt 1,5 ngày là bao nhiêu") == ("đạt 1,5 ngày là bao nhiêu",)


def test_pieces_find_what_the_whole_does_not(office: Assistant) -> None:
    text = "hội nghị quán triệt họp tối đa mấy ngày, thứ bảy có phải mặc áo dài không, còn hội nghị chuyên môn mấy ngày"
    reply = said(office, text)
    assert reply.status is Status.ANSWERED and "1/2 ngày" in reply.text


@pytest.mark.parametrize(
    ("line", "kind"),
    [("hy", "chat_greeting"), ("ban may tuoi", "chat_who"), ("toi da may ngay", None), ("huong dan dung", "chat_able")],
)
def test_small_talk(line: str, kind: str | None) -> None:
    assert small_talk(line) == kind
