"""Comparisons: the verdict stands first, the facts compared and their citations after it."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.understand.query import Attribute
from assistant.wiring import assistant_in_memory
from connectors.database import Store
from corpus.agencies import Agencies
from eval.case import DOCUMENTS

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def shipped(stocked_store: Store, agencies: Agencies) -> Assistant:
    """The assistant over the five documents that ship."""
    return Assistant(Library(stocked_store, agencies, None))


@pytest.fixture(scope="module")
def livelihood() -> Assistant:
    """The assistant over plans on waste and on food safety."""
    return assistant_in_memory(DOCUMENTS / "livelihood")


@pytest.fixture(scope="module")
def offices() -> Assistant:
    """The assistant over documents of three offices."""
    return assistant_in_memory(DOCUMENTS / "offices")


def ask(assistant: Assistant, *turns: str) -> Reply:
    """The reply to the last turn; its quotations stand in their documents."""
    conversation = Conversation()
    replies = [assistant.answer(Turn(turn, TODAY), conversation) for turn in turns]
    for citation in replies[-1].citations:
        text = assistant.library.store.text_of(citation.document) or ""
        assert citation.quote == text[citation.start : citation.end]
    return replies[-1]


def told(reply: Reply) -> list[str]:
    return [f"{task.document}/{task.section or ''}/{task.number}" for task in reply.tasks]


def verdict(reply: Reply) -> str:
    assert reply.status is Status.ANSWERED, reply.text
    return reply.text.splitlines()[0]


def test_which_task_is_due_first(shipped: Assistant) -> None:
    reply = ask(shipped, "Nhiệm vụ 1 với nhiệm vụ 4 của phường Nhị Chiểu, cái nào đến hạn sớm hơn?")
    assert verdict(reply) == "Nhiệm vụ 1 đến hạn trước: 09/05/2026."
    assert told(reply) == ["nhi-chieu-158//1", "nhi-chieu-158//4"]
    assert len(reply.citations) == 2


def test_same_last_day_is_said_to_be_the_same(shipped: Assistant) -> None:
    reply = ask(shipped, "nv 7 và nv 14 của kh 158 việc nào phải xong trước")
    assert "cùng đến hạn ngày 31/12/2026" in verdict(reply)


def test_task_without_a_date_is_not_compared_by_date(shipped: Assistant) -> None:
    reply = ask(shipped, "nv 15 và nv 16 kh 158 việc nào đến hạn trước")
    assert "chưa so được theo ngày" in verdict(reply)
    assert told(reply) == ["nhi-chieu-158//15", "nhi-chieu-158//16"]


@pytest.mark.parametrize(
    ("question", "tasks"),
    [
        ("nhiệm vụ 12 kế hoạch 158 và phụ lục Hà Nội", ["nhi-chieu-158//12", "hn-226-annex//12"]),
        ("nv 12 kh158 voi nv 12 phu luc ha noi", ["nhi-chieu-158//12", "hn-226-annex//12"]),
        (
            "so 20 phu luc ha noi voi VII.1 phu luc cchc cai nao xong truoc",
            ["hn-226-annex//20", "cchc-2026-2030/VII/1"],
        ),
        (
            "trợ lý ảo: thời hạn của Hà Nội với của phường Nhị Chiểu có giống nhau không",
            ["hn-226-annex//7", "nhi-chieu-158//15"],
        ),
    ],
)
def test_two_documents_side_by_side(shipped: Assistant, question: str, tasks: list[str]) -> None:
    reply = ask(shipped, question)
    assert told(reply) == tasks
    assert [citation.document for citation in reply.citations] == [task.split("/")[0] for task in tasks]


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("mục VII.5 và VII.6 cchc 2026-2030 có chung đơn vị chủ trì không", "Có, giống nhau: cùng do Văn phòng UBND"),
        ("nv 11 và nv 12 kế hoạch 158 có cùng đơn vị chủ trì không?", "Không, hai bên khác nhau về đơn vị chủ trì"),
        ("nhiệm vụ 12 và 14 kế hoạch 158 có cùng hạn không", "Có, giống nhau: cùng thời hạn 31/12/2026"),
        ("nhiệm vụ 5 khác nhiệm vụ 8 kế hoạch 158 thế nào, so sánh giúp", "Khác nhau về nội dung"),
    ],
)
def test_alike_or_not(shipped: Assistant, question: str, opening: str) -> None:
    assert verdict(ask(shipped, question)).startswith(opening)


def test_body_that_leads_both(shipped: Assistant) -> None:
    reply = ask(shipped, "đơn vị nào của phường Nhị Chiểu có tên chủ trì ở cả nhiệm vụ 2 lẫn nhiệm vụ 9")
    assert verdict(reply) == "Văn phòng HĐND và UBND phường chủ trì cả 2 việc."


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        (
            "kế hoạch 158: phòng vhxh hay văn phòng hđnd và ubnd chủ trì nhiều việc hơn",
            "Phòng Văn hóa - Xã hội chủ trì nhiều hơn: 11",
        ),
        (
            "sở nào chủ trì nhiều việc nhất trong phụ lục phân công KL 226 của Hà Nội",
            "Sở Khoa học và Công nghệ và Sở Nội vụ bằng nhau, mỗi đơn vị chủ trì 2",
        ),
        ("trong phụ lục II mục nào có nhiều nhiệm vụ nhất", "Mục II"),
        ("phụ lục Hà Nội với phụ lục kế hoạch 158 bên nào nhiều nhiệm vụ hơn", "Phụ lục của UBND thành phố Hà Nội"),
    ],
)
def test_who_has_more(shipped: Assistant, question: str, opening: str) -> None:
    assert verdict(ask(shipped, question)).startswith(opening)


@pytest.mark.parametrize(
    ("question", "tasks"),
    [
        ("việc nào của kế hoạch 158 đến hạn sớm nhất", ["nhi-chieu-158//1"]),
        ("viec nao cua ke hoach 158 den han som nhat", ["nhi-chieu-158//1"]),
        (
            "phụ lục II, không kể các việc ghi chung 2026 - 2030, việc nào có hạn muộn nhất",
            ["cchc-2026-2030/VII/1"],
        ),
    ],
)
def test_first_and_last_of_all(shipped: Assistant, question: str, tasks: list[str]) -> None:
    assert told(ask(shipped, question)) == tasks


def test_first_of_what_was_listed(shipped: Assistant) -> None:
    reply = ask(
        shipped, "Sở Khoa học và Công nghệ chủ trì việc nào trong phụ lục cchc", "trong đó việc nào hạn sớm nhất"
    )
    assert told(reply) == ["cchc-2026-2030/VII/7"]


def test_on_documents_never_seen(livelihood: Assistant, offices: Assistant) -> None:
    assert verdict(ask(livelihood, "kế hoạch 87 ai chủ trì nhiều việc nhất")).startswith(
        "Phòng Kinh tế chủ trì nhiều nhất: 5"
    )
    assert told(ask(livelihood, "việc nào sắp đến hạn nhất kế hoạch 87")) == ["ke-hoach-thu-gom-rac-xa-minh-tan/II/6"]
    assert verdict(ask(livelihood, "I.1 và II.1 kế hoạch 87 việc nào xong trước")).startswith("Nhiệm vụ 1 mục I ")
    assert verdict(ask(offices, "B.3 và C.2 an phú có cùng đơn vị chủ trì không")).startswith(
        "Không, hai bên khác nhau"
    )
    assert told(ask(offices, "việc nào của phường hòa bình hạn muộn nhất")) == ["ke-hoach-phong-chong-lut-bao//15"]


@pytest.mark.parametrize(
    ("question", "tasks"),
    [
        ("nhiệm vụ 5 và 8 kế hoạch 158 ai chủ trì", ["nhi-chieu-158//5", "nhi-chieu-158//8"]),
        ("việc nào phải xong trước tháng 6 kế hoạch 158", ["nhi-chieu-158//1"]),
        ("vhxh và văn phòng cùng chủ trì việc nào ở nhị chiểu", ["nhi-chieu-158//9", "nhi-chieu-158//10"]),
        ("việc nào ở Nhị Chiểu cả phòng vhxh và văn phòng đều là cơ quan phối hợp", ["nhi-chieu-158//11"]),
    ],
)
def test_look_alikes_compare_nothing(shipped: Assistant, question: str, tasks: list[str]) -> None:
    reply = ask(shipped, question)
    assert told(reply) == tasks
    assert "nhất:" not in verdict(reply)
    assert "hơn:" not in verdict(reply)


def test_prose_of_one_plan_beside_a_row_of_another_says_which_share_is_higher(shipped: Assistant) -> None:
    reply = ask(
        shipped,
        "tỷ lệ số hóa hồ sơ thủ tục hành chính: Nhị Chiểu đặt bao nhiêu %, Ngọc Hà đặt bao nhiêu %, bên nào thấp hơn?",
    )
    assert verdict(reply) == "Kế hoạch 89/KH-UBND của UBND phường Ngọc Hà ghi mức thấp hơn: 80% so với 95%."
    assert {citation.document for citation in reply.citations} == {"ngoc-ha-89", "nhi-chieu-158"}


def test_days_that_two_passages_name_are_alike(shipped: Assistant) -> None:
    reply = ask(
        shipped, "Hạn báo cáo 6 tháng: phường Nhị Chiểu và kế hoạch 226 của thành phố Hà Nội có khác nhau không?"
    )
    assert verdict(reply) == "Giống nhau: hai nơi cùng ghi 10/06 và 10/12."
    assert told(reply) == []


def test_two_names_side_by_side_share_what_is_said_before_and_after_them(shipped: Assistant) -> None:
    reply = ask(shipped, "giảm số lượng hội nghị thì Nhị Chiểu với Hà Nội mỗi năm tỷ lệ có giống nhau không")
    assert verdict(reply) == "Có, giống nhau: hai nơi cùng ghi 10%."
    assert told(reply) == ["nhi-chieu-158//6", "hn-226-annex//6"]


def test_the_row_that_names_who_leads_goes_before_prose(shipped: Assistant) -> None:
    reply = ask(
        shipped,
        "So giúp mình: tuyên truyền kết quả kết luận 226 trên đài thì Nhị Chiểu giao ai chủ trì, Hà Nội giao ai?",
    )
    assert told(reply) == ["nhi-chieu-158//17", "hn-226-annex//23"]


def test_what_stands_before_a_colon_is_said_for_both() -> None:
    assistant = assistant_in_memory(DOCUMENTS / "levees")
    reply = ask(
        assistant,
        "Báo cáo, số liệu định kỳ: Đà Nẵng gửi Sở Xây dựng về chống ngập ngày nào, An Cựu gửi Văn phòng ngày nào?",
    )
    assert "trước ngày 20 hằng tháng" in reply.citations[0].quote
    assert "trước ngày 12 tháng cuối quý" in reply.citations[1].quote


def test_which_of_two_plans_asks_for_no_body(shipped: Assistant) -> None:
    comparison = shipped.explain(
        Turn("Trợ lý ảo: Hà Nội với Nhị Chiểu, bên nào hạn ngày nào?", TODAY), Conversation()
    ).query.compared
    assert comparison is not None
    assert comparison.asked == (Attribute.DEADLINE,)


def test_who_signed_two_documents_compares_no_tasks(shipped: Assistant) -> None:
    reply = ask(shipped, "ai ký kế hoạch 158 của Nhị Chiểu và ai ký kế hoạch 89 của Ngọc Hà")
    assert told(reply) == []
    assert "Lãnh Duy Tiên" in reply.text
