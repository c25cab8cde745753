"""Conversations: what a follow-up keeps, what it changes, what begins anew."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.wiring import assistant_in_memory
from connectors.database import Store
from corpus.agencies import Agencies
from eval.case import DOCUMENTS

TODAY = dt.date(2026, 11, 21)


class Talk:
    """One assistant; each call is a conversation of its own and gives the last reply."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __call__(self, *turns: str, today: dt.date = TODAY) -> Reply:
        conversation = Conversation()
        replies = [self._assistant.reply(Turn(text, today), conversation) for text in turns]
        return replies[-1]


@pytest.fixture(scope="module")
def talk(stocked_store: Store, agencies: Agencies) -> Talk:
    return Talk(Assistant(Library(stocked_store, agencies, None)))


def keys(reply: Reply) -> list[str]:
    return [f"{task.document}/{task.section or ''}/{task.number}" for task in reply.tasks]


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("nhiệm vụ 13 kế hoạch 158 hạn nào", "ok em", "thế ai phối hợp"), ["nhi-chieu-158//13"]),
        (("nhiệm vụ 13 kế hoạch 158 hạn nào", "hạn sao", "sản phẩm phải ra là gì"), ["nhi-chieu-158//13"]),
        (("nhiệm vụ 17 kế hoạch 158", "còn 18 thì hạn thế nào"), ["nhi-chieu-158//18"]),
        (("nv 13 kh 158 làm gì", "cho xin mật khẩu", "thế hạn khi nào"), ["nhi-chieu-158//13"]),
        (("Công an thành phố chủ trì việc gì trong phụ lục II", "thời gian thực hiện?"), ["cchc-2026-2030/VII/3"]),
    ],
)
def test_what_was_spoken_of_is_kept(talk: Talk, turns: tuple[str, ...], told: list[str]) -> None:
    assert keys(talk(*turns)) == told


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("nhiệm vụ 2 ai chủ trì", "phụ lục cchc", "mục V", "hạn thế nào"), ["cchc-2026-2030/V/2"]),
        (("nhiệm vụ 3 hạn nào", "cái của Nhị Chiểu", "ai phối hợp"), ["nhi-chieu-158//3"]),
        (("nhiệm vụ 2 ai chủ trì", "số 4 nhé"), ["nhi-chieu-158//2"]),
        (("nhiệm vụ 2 ai chủ trì", "chọn cái thứ tư"), ["nhi-chieu-158//2"]),
        (("nhiệm vụ 2 ai chủ trì", "cái của kế hoạch 158 nhé"), ["nhi-chieu-158//2"]),
        (("nhiệm vụ 3 ai chủ trì", "phụ lục II mục VI"), ["cchc-2026-2030/VI/3"]),
        (("nhiệm vụ 9 kế hoạch 158 hạn nào", "không, ý tôi là phụ lục Hà Nội"), ["hn-226-annex//9"]),
        (("nhiệm vụ 9 kế hoạch 158 hạn nào", "nhầm, nv 14"), ["nhi-chieu-158//14"]),
        (("nhiệm vụ 12 phụ lục Hà Nội", "nhiệm vụ 3 trong phụ lục cchc", "2"), ["cchc-2026-2030/II/3"]),
        (("nhiệm vụ 12 phụ lục Hà Nội", "nhiệm vụ 5 trong phụ lục thành phố"), ["hn-226-annex//5"]),
    ],
)
def test_choices_and_corrections(talk: Talk, turns: tuple[str, ...], told: list[str]) -> None:
    assert keys(talk(*turns)) == told


@pytest.mark.parametrize(
    ("follow_up", "told"),
    [
        ("cái đầu tiên hạn nào", ["cchc-2026-2030/V/1"]),
        ("cái cuối ai phối hợp", ["cchc-2026-2030/V/2"]),
        ("cái cuối cùng thì sao", ["cchc-2026-2030/V/2"]),
        ("việc thứ hai sản phẩm là gì", ["cchc-2026-2030/V/2"]),
        ("hai việc đầu", ["cchc-2026-2030/V/1", "cchc-2026-2030/V/2"]),
    ],
)
def test_places_in_the_last_list(talk: Talk, follow_up: str, told: list[str]) -> None:
    assert keys(talk("cho xem các nhiệm vụ mục V phụ lục cchc", follow_up)) == told


@pytest.mark.parametrize("follow_up", ["cái thứ ba hạn khi nào", "viec thu tu ai phoi hop", "cái thứ 5"])
def test_place_beyond_the_last_list_is_said(talk: Talk, follow_up: str) -> None:
    opening = "cho xem các nhiệm vụ mục V phụ lục cchc"
    reply = talk(opening, follow_up)
    assert reply.status is Status.CLARIFY
    assert "2 việc" in reply.text
    assert keys(talk(opening, follow_up, "cái đầu tiên")) == ["cchc-2026-2030/V/1"]


def test_days_of_the_week_are_no_places_in_a_list(talk: Talk) -> None:
    reply = talk("cho xem các nhiệm vụ mục V phụ lục cchc", "thứ sáu tuần sau có việc gì đến hạn")
    assert "2 việc" not in reply.text


def test_the_list_stays_while_its_tasks_are_told_one_by_one(talk: Talk) -> None:
    reply = talk("mục IV phụ lục CCHC 2026-2030 gồm những việc gì", "cái đầu tiên ai chủ trì", "cái cuối cùng thì sao")
    assert keys(reply) == ["cchc-2026-2030/IV/3"]
    assert "Chủ trì" in reply.text


def test_list_is_narrowed_twice(talk: Talk) -> None:
    opening = (
        "Sở Khoa học và Công nghệ chủ trì những việc nào trong phụ lục CCHC 2026-2030",
        "trong đó việc nào hạn trước 2028",
    )
    assert keys(talk(*opening)) == ["cchc-2026-2030/VI/3", "cchc-2026-2030/VII/7"]
    assert keys(talk(*opening, "trong các việc đó cái nào hạn sớm nhất")) == ["cchc-2026-2030/VII/7"]


def test_list_is_narrowed_to_what_two_bodies_share(talk: Talk) -> None:
    reply = talk(
        "phòng văn hóa xã hội nhị chiểu chủ trì việc gì hạn quý IV/2026",
        "trong đó việc nào làm chung với Văn phòng HĐND và UBND",
    )
    assert keys(reply) == ["nhi-chieu-158//9"]
    assert "Văn phòng HĐND và UBND phường" in reply.text.splitlines()[0]


def test_one_thing_of_a_list_changes(talk: Talk) -> None:
    first = "Sở Tư pháp chủ trì những việc gì ở phụ lục II"
    assert len(keys(talk(first, "Sở Nội vụ thì sao"))) == 4
    assert len(keys(talk(first, "còn Sở Nội vụ", "không, phối hợp cơ"))) == 7
    assert keys(talk("tháng này nhị chiểu có việc gì đến hạn", "tháng sau thì sao"))


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (
            (
                "ai chủ trì xây dựng Trung tâm Dashboard của Hà Nội",
                "hội nghị chuyên môn tối đa mấy ngày",
                "ok",
                "quay lại việc Dashboard, hạn khi nào",
            ),
            ["hn-226-annex//20"],
        ),
        (
            ("nhiệm vụ 22 phụ lục Hà Nội ai chủ trì", "nhiệm vụ 4 kế hoạch 158", "quay lại nhiệm vụ 22, hạn nào"),
            ["hn-226-annex//22"],
        ),
    ],
)  # fmt: skip
def test_topic_of_before(talk: Talk, turns: tuple[str, ...], told: list[str]) -> None:
    assert keys(talk(*turns)) == told


def test_that_task_in_another_document(talk: Talk) -> None:
    reply = talk("phụ lục Hà Nội việc số 15 cơ quan nào phối hợp", "việc đó bên Nhị Chiểu thì ai chủ trì")
    assert keys(reply) == ["nhi-chieu-158//11"]


def test_what_the_document_spoken_of_says_of_itself(talk: Talk) -> None:
    assert "Lãnh Duy Tiên" in talk("nhiệm vụ 18 kế hoạch 158 ai chủ trì", "ai ký").text
    assert "09/02/2026" in talk("kế hoạch 89 căn cứ quyết định nào", "quyết định đó ban hành ngày nào").text.replace(
        "9/2/2026", "09/02/2026"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("nhiệm vụ 13 kế hoạch 158 hạn nào", "phụ lục II việc nào do Công an thành phố chủ trì"),
        ("Sở Tư pháp chủ trì những việc gì ở phụ lục II", "nhiệm vụ 4 kế hoạch 158 ai chủ trì"),
        ("nhiệm vụ 13 kế hoạch 158 hạn nào", "lịch chiếu phim cuối tuần"),
    ],
)
def test_new_topic_is_a_new_topic(talk: Talk, first: str, second: str) -> None:
    assert keys(talk(first, second)) == keys(talk(second))


def test_event_counts_from_the_day_supposed(talk: Talk) -> None:
    first = (
        "nếu Thủ tướng ban hành kế hoạch trọng tâm, liên ngành ngày 03/02/2027 "
        "thì hạn ban hành kế hoạch theo dõi thi hành văn bản là ngày nào"
    )
    reply = talk(first)
    assert keys(reply) == ["cchc-2026-2030/II/12"]
    assert "18/02/2027" in reply.text
    assert "15 ngày" in reply.citations[0].quote
    assert "16/03/2027" in talk(first, "nếu ban hành ngày 01/03/2027 thì sao").text


def test_event_that_would_end_on_a_sunday(talk: Talk) -> None:
    reply = talk("II.12 phụ lục cchc: nếu ban hành ngày 06/02/2027 thì hạn là ngày nào")
    assert "hạn là ngày 22/02/2027" in reply.text
    assert "21/02/2027" in reply.text


def test_event_without_a_number_of_days_is_not_counted(talk: Talk) -> None:
    reply = talk(
        "nếu Bộ Khoa học và Công nghệ ra hướng dẫn ngày 01/12/2026 thì trợ lý ảo ở Nhị Chiểu phải xong ngày nào"
    )
    assert keys(reply) == ["nhi-chieu-158//15"]
    assert "không nêu số ngày" in reply.text


def test_days_left_are_said_with_both_days(talk: Talk) -> None:
    text = talk("nhiệm vụ 13 kế hoạch 158 còn bao nhiêu ngày nữa").text
    assert "21/11/2026 đến hạn 31/12/2026 còn 40 ngày" in text
    assert "đã qua 196 ngày" in talk("nhiệm vụ 1 kế hoạch 158 quá hạn mấy ngày rồi").text
    assert "đúng hôm nay" in talk("nhiệm vụ 13 kế hoạch 158 còn mấy ngày", today=dt.date(2026, 12, 31)).text
    assert "không tính được số ngày" in talk("nhiệm vụ 15 kế hoạch 158 còn mấy ngày nữa").text


def test_lead_alone_and_lead_together(talk: Talk) -> None:
    alone = talk("Nhị Chiểu có mấy việc chỉ một mình phòng VHXH chủ trì")
    together = talk("việc nào phòng VHXH phường Nhị Chiểu chủ trì chung với đơn vị khác")
    assert (len(alone.tasks), len(together.tasks)) == (9, 2)


def test_small_talk_first_is_answered_so(talk: Talk) -> None:
    assert talk("chào buổi sáng").status is Status.CHAT
    assert talk("chào em").choices == ()


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Đề án đô thị thông minh hạn khi nào", "Còn bản sao số do sở nào làm?"), ["cchc-2026-2030/VII/7"]),
        (
            ("sở tư pháp hà nội chủ trì việc gì trong phụ lục kế hoạch 226", "thế còn phối hợp?"),
            ["hn-226-annex//3", "hn-226-annex//5", "hn-226-annex//11"],
        ),
        (
            ("cchc 2026-2030 có mấy nhiệm vụ", "mục VII có mấy việc", "việc nào trong mục đó vp ubnd tp chủ trì"),
            ["cchc-2026-2030/VII/5", "cchc-2026-2030/VII/6"],
        ),
        (
            ("ke hoach theo doi thi hanh vbqppl hang nam han nao", "gia su thu tuong ban hanh ngay 25/12/2026 thi sao"),
            ["cchc-2026-2030/II/12"],
        ),
        (("hà nội yêu cầu ban hành kế hoạch của từng cơ quan hạn nào", "phụ lục ghi thế nào"), ["hn-226-annex//1"]),
    ],
)  # fmt: skip
def test_follow_ups_stay_beside_what_was_asked(talk: Talk, turns: tuple[str, ...], told: list[str]) -> None:
    assert keys(talk(*turns)) == told


def test_other_role_after_single_tasks_of_the_list(talk: Talk) -> None:
    turns = ("sở nội vụ chủ trì việc gì trong phụ lục II", "việc thứ hai hạn nào")
    assert len(keys(talk(*turns, "thế còn phối hợp việc nào"))) == 7
    assert keys(talk(*turns, "thế còn phối hợp?")) == ["cchc-2026-2030/I/3"]
    assert len(keys(talk(turns[0], "ai phối hợp"))) == 4


def test_list_stays_in_the_document_spoken_of_where_it_holds_any(talk: Talk) -> None:
    assert len(keys(talk("kế hoạch 158 ai ký", "có mấy nhiệm vụ"))) == 19
    assert {
        key.split("/")[0] for key in keys(talk("nhiệm vụ 9 kế hoạch 158 ai làm", "Sở Tư pháp chủ trì việc gì"))
    } == {
        "hn-226-annex",
        "cchc-2026-2030",
    }


def test_prose_topic_is_refined_or_left(talk: Talk) -> None:
    yearly = talk("theo kế hoạch hà nội báo cáo định kỳ gửi về đâu", "hạn hằng năm là ngày nào")
    assert "hằng năm (trước ngày 10 tháng 12)" in yearly.text
    other = talk(
        "hội nghị chuyên môn nhị chiểu tối đa mấy ngày", "ai ban hành Quyết định bãi bỏ các văn bản quy phạm pháp luật"
    )
    assert keys(other)[:1] == ["cchc-2026-2030/II/8"]


def test_ten_turns(talk: Talk) -> None:
    turns = (
        "chào em",
        "nhiệm vụ 3 ai chủ trì",
        "4",
        "hạn khi nào",
        "còn nhiệm vụ 13?",
        "không, ý tôi là phụ lục II mục VII số 3",
        "trong mục đó việc nào của Văn phòng UBND thành phố",
        "cái đầu tiên ai phối hợp",
        "hội nghị chuyên môn tối đa mấy ngày",
        "quay lại nhiệm vụ 13, sản phẩm là gì",
        "cảm ơn, để mai hỏi tiếp",
    )
    replies = [talk(*turns[: i + 1]) for i in range(len(turns))]
    assert [reply.status for reply in replies] == [
        Status.CHAT, Status.CLARIFY, *[Status.ANSWERED] * 8, Status.CHAT,
    ]  # fmt: skip
    assert 2 <= len(replies[1].choices) <= 5
    assert keys(replies[2]) == keys(replies[3]) == ["nhi-chieu-158//3"]
    assert keys(replies[4]) == ["nhi-chieu-158//13"]
    assert keys(replies[5]) == ["cchc-2026-2030/VII/3"]
    assert keys(replies[6]) == ["cchc-2026-2030/VII/5", "cchc-2026-2030/VII/6"]
    assert keys(replies[7]) == ["cchc-2026-2030/VII/5"]
    assert "không quá 1 ngày" in replies[8].text
    assert keys(replies[9]) == ["nhi-chieu-158//13"]
    assert "Công văn cử tham gia" in replies[9].text


@pytest.mark.parametrize("question", ["nhiệm vụ 1 phụ lục II ai chủ trì", "nhiệm vụ 3 hạn khi nào", "ai ký"])
def test_choices_are_few_and_each_is_understood_when_sent_back(talk: Talk, question: str) -> None:
    reply = talk(question)
    assert reply.status is Status.CLARIFY
    assert 2 <= len(reply.choices) <= 5
    for number, choice in enumerate(reply.choices, 1):
        said, counted = talk(question, choice.say), talk(question, str(number))
        assert said.text == counted.text
        assert said.status is not Status.NOT_FOUND


@pytest.mark.parametrize(
    "ending",
    [
        "thoi tam biet nhe, mai hoi tiep",
        "ok để chị xem",
        "thế thôi em nhé",
        "không hỏi gì nữa, cảm ơn",
        "lúc khác hỏi tiếp",
    ],
)
def test_end_of_a_talk(talk: Talk, ending: str) -> None:
    assert talk("nhiệm vụ 18 kế hoạch 158 ai chủ trì", ending).status is Status.CHAT


def test_another_plan_is_asked_the_same_and_more(talk: Talk) -> None:
    reply = talk("thí điểm trợ lý ảo ở Hà Nội ai chủ trì", "còn Nhị Chiểu thì sao, thời hạn nữa")
    assert keys(reply) == ["nhi-chieu-158//15"]
    assert "- Chủ trì: " in reply.text
    assert "- Thời hạn: " in reply.text


def test_a_similar_task_of_another_plan(talk: Talk) -> None:
    reply = talk(
        "nhiệm vụ 6 kế hoạch 158 Nhị Chiểu ai chủ trì", "phía thành phố Hà Nội có việc tương tự không, ai phối hợp?"
    )
    assert keys(reply) == ["hn-226-annex//6"]
    assert "- Phối hợp: Văn phòng UBND Thành phố" in reply.text


def test_the_row_on_what_was_quoted_is_then_spoken_of(talk: Talk) -> None:
    turns = (
        "Hà Nội yêu cầu cắt giảm bao nhiêu % báo cáo bằng văn bản",
        "là dòng số mấy trong bảng phụ lục",
        "ai phối hợp",
    )
    reply = talk(*turns)
    assert keys(reply) == ["hn-226-annex//18"]
    assert "- Phối hợp: Văn phòng UBND Thành phố; Sở Khoa học và Công nghệ" in reply.text


def test_a_new_topic_is_asked_all_that_was_asked_before(talk: Talk) -> None:
    reply = talk("trợ lý ảo Hà Nội ai chủ trì", "hạn thế nào", "thế còn trung tâm dashboard thì sao")
    assert keys(reply) == ["hn-226-annex//20"]
    assert "- Chủ trì: " in reply.text
    assert "- Thời hạn: " in reply.text


def test_a_talk_on_rows_goes_on_with_rows(talk: Talk) -> None:
    first = "tuyên truyền kết quả kết luận 226 thì Hà Nội giao ai chủ trì"
    reply = talk(first, "thế ở Nhị Chiểu phòng nào, phối hợp với ai")
    assert keys(reply) == ["nhi-chieu-158//17"]
    assert "- Phối hợp: " in reply.text


def test_a_row_that_names_who_takes_part_goes_before_prose_that_names_nobody(talk: Talk) -> None:
    assert keys(talk("Nhị Chiểu giảm 10% hội nghị thì đơn vị nào phối hợp")) == ["nhi-chieu-158//6"]


def test_the_place_just_quoted_is_told_where_it_is_nearest() -> None:
    assistant = assistant_in_memory(DOCUMENTS / "honours")
    assistant.guess_from = 1.0  # so that nothing is told for being likely meant
    talk = Talk(assistant)
    assert talk("thế lỡ có phòng nào quên không báo hủy 2 lần thì sao").status is Status.NOT_FOUND
    reply = talk("đăng ký xe trước mấy ngày", "thế lỡ có phòng nào quên không báo hủy 2 lần thì sao")
    assert reply.status is Status.ANSWERED
    assert "tạm dừng bố trí xe 01 tháng" in reply.text
