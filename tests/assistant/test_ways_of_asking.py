"""Ways in which officers ask that a blind round found unread, each rule in other words than the round had."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.reply import Reply, Status
from assistant.understand.dialects import in_common
from assistant.wiring import BUNDLED_DOCUMENTS, assistant_in_memory
from corpus.vietnamese import spoken_figure

TODAY = dt.date(2026, 11, 21)
NHI_CHIEU, NGOC_HA, HA_NOI = "UBND phường Nhị Chiểu", "UBND phường Ngọc Hà", "UBND thành phố Hà Nội"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return assistant_in_memory(BUNDLED_DOCUMENTS)


def ask(assistant: Assistant, unit: str | None, *turns: str) -> Reply:
    conversation = Conversation()
    return [assistant.reply(Turn(text, TODAY, unit), conversation) for text in turns][-1]


def numbers(reply: Reply) -> list[str]:
    return [task.number for task in reply.tasks]


@pytest.mark.parametrize(
    ("unit", "question", "told"),
    [
        (NHI_CHIEU, "nhiệm vụ IX ai phối hợp", ["9"]),
        (NHI_CHIEU, "viec so V han khi nao", ["5"]),
        (None, "nhiệm vụ XIV phụ lục phường Nhị Chiểu sản phẩm gì", ["14"]),
        (NGOC_HA, "nhiệm vụ 24 xong hồi tháng mấy", ["24"]),
        (NHI_CHIEU, "nv 4 bao h xong", ["4"]),
    ],
)
def test_task_by_number(assistant: Assistant, unit: str | None, question: str, told: list[str]) -> None:
    assert numbers(ask(assistant, unit, question)) == told


def test_report_of_work_done_is_still_one(assistant: Assistant) -> None:
    assert ask(assistant, NGOC_HA, "nhiệm vụ 24 xong rồi").status is Status.REFUSED


def test_roman_figures_stay_sections_where_there_are_sections(assistant: Assistant) -> None:
    assert ask(assistant, NGOC_HA, "nhiệm vụ VII ai chủ trì").tasks == ()


@pytest.mark.parametrize(
    ("said", "figure"),
    [("tam chin", "89"), ("tam muoi chin", "89"), ("mot tram linh hai", "102"), ("ba nam", None), ("tai lieu", None)],
)
def test_spoken_figure(said: str, figure: str | None) -> None:
    assert spoken_figure(said.split()) == figure


@pytest.mark.parametrize("question", ["kế hoạch một năm tám ai ký", "ke hoach so mot tram nam muoi tam ai ky"])
def test_plan_by_its_number_in_words(assistant: Assistant, question: str) -> None:
    assert "Lãnh Duy Tiên" in ask(assistant, None, question).text


def test_year_in_words_is_no_plan(assistant: Assistant) -> None:
    assert "158" in ask(assistant, NHI_CHIEU, "kế hoạch năm hai nghìn không trăm hai sáu có mấy việc").text


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("văn phòng cáng đáng mấy việc", 6),
        ("trung tâm phục vụ hành chính công ôm bao nhiêu nhiệm vụ", 2),
        ("kế hoạch có bao nhiêu việc cả thảy", 19),
        ("những việc phải làm quanh năm", 7),
    ],
)
def test_counts_with_other_verbs(assistant: Assistant, question: str, total: int) -> None:
    assert len(ask(assistant, NHI_CHIEU, question).tasks) == total


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("việc nào chủ tịch trực tiếp chỉ đạo", ["1", "5", "7"]),
        ("chu tich ubnd phuong phu trach may viec", ["1", "5", "7"]),
        ("việc nào thuộc phó chủ tịch mà hạn tháng 10", ["26"]),
    ],
)
def test_lists_by_who_directs(assistant: Assistant, question: str, told: list[str]) -> None:
    assert numbers(ask(assistant, NGOC_HA, question)) == told


def test_plan_without_leaders_answers_from_its_prose(assistant: Assistant) -> None:
    reply = ask(assistant, NHI_CHIEU, "chủ tịch phường chịu trách nhiệm việc gì")
    assert reply.status is Status.ANSWERED and not reply.tasks and reply.citations


def test_two_lists_in_one_message(assistant: Assistant) -> None:
    reply = ask(assistant, NHI_CHIEU, "phòng VHXH chủ trì mấy việc, việc nào quá hạn")
    assert "Có 11 nhiệm vụ" in reply.text and "2 nhiệm vụ do Phòng Văn hóa - Xã hội" in reply.text
    assert "1." in ask(assistant, NHI_CHIEU, "có mấy việc hạn quý IV và việc nào sắp đến hạn").text


def test_roles_joined_by_and_stay_one_list(assistant: Assistant) -> None:
    assert len(ask(assistant, NHI_CHIEU, "văn phòng chủ trì việc nào và phối hợp việc nào").tasks) == 8


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("có việc nào quá hạn không", "ai chủ trì cái đầu tiên"), ["1"]),
        (("các việc hạn quý IV", "hạn của việc thứ hai là khi nào"), ["8"]),
        (("việc 2 ai chủ trì", "việc đó làm đến bao giờ"), ["2"]),
    ],
)
def test_follow_ups(assistant: Assistant, turns: tuple[str, ...], told: list[str]) -> None:
    assert numbers(ask(assistant, NHI_CHIEU, *turns)) == told


def test_they_are_the_body_told_of(assistant: Assistant) -> None:
    reply = ask(assistant, HA_NOI, "việc nào của sở tư pháp", "liệt kê việc phối hợp của họ")
    assert "Sở Tư pháp phối hợp" in reply.text


def test_another_report_keeps_what_was_asked(assistant: Assistant) -> None:
    assert "14/12/2026" in ask(assistant, NGOC_HA, "báo cáo quý 3 chốt số liệu ngày nào", "còn báo cáo năm").text


@pytest.mark.parametrize(
    ("unit", "question", "words"),
    [
        (NHI_CHIEU, "kế hoạch yêu cầu gì về thời gian họp", "không quá 1/2 ngày"),
        (NHI_CHIEU, "ke hoach noi gi ve thoi gian hop", "không quá 1/2 ngày"),
        (HA_NOI, "ai chịu trách nhiệm trước UBND thành phố", "Chịu trách nhiệm trực tiếp trước UBND Thành phố"),
        (NHI_CHIEU, "trưởng phòng chịu trách nhiệm trước ai về kết quả kết luận 226", "các phòng, ban chuyên môn"),
        (NGOC_HA, "ai chịu trách nhiệm chủ trì xây dựng và tổ chức kế hoạch cchc", "Chu tich UBND phuong chiu"),
    ],
)
def test_prose(assistant: Assistant, unit: str, question: str, words: str) -> None:
    assert words in " ".join(citation.quote for citation in ask(assistant, unit, question).citations)


@pytest.mark.parametrize(
    "question", ["ngọc hà với nhị chiểu nơi nào nhiều việc hơn", "ngoc ha hay nhi chieu it viec hon"]
)
def test_documents_with_more_work(assistant: Assistant, question: str) -> None:
    text = ask(assistant, None, question).text
    assert "43" in text and "19" in text


@pytest.mark.parametrize(("question", "yes"), [("tháng 12/2026", True), ("quý 3", False)])
def test_deadline_confirmed_by_words(assistant: Assistant, question: str, yes: bool) -> None:
    reply = ask(assistant, NHI_CHIEU, f"số hóa văn bản có phải hạn {question} không")
    assert numbers(reply) == ["11"] and reply.text.startswith("Đúng") is yes


def test_long_row_in_passing_is_not_told_beside_the_best(assistant: Assistant) -> None:
    reply = ask(assistant, None, "văn bản quy phạm pháp luật thực hiện luật thủ đô tháng mấy phải xong")
    assert [task.document for task in reply.tasks] == ["hn-226-annex"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mấy đơn vị ph cùng", "mấy đơn vị phoi hop cùng"),
        ("phòng nào ct vậy", "phòng nào chu tri vậy"),
        ("nv nào chốt trong tháng 9", "nv nào hạn trong tháng 9"),
        ("CA phường lo gì", "công an phường lo gì"),
        ("độ ph của nước", "độ ph của nước"),
        ("ca phường cùng làm", "ca phường cùng làm"),
    ],
)
def test_what_hurried_hands_shorten(typed: str, meant: str) -> None:
    assert in_common(typed) == meant
