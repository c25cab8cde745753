"""Answers from prose: what a question wants to hear, which words of it carry none of that, which passage says it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answer.prose import answer_by_words
from assistant.answer.session import Session
from assistant.assistant import Assistant, Turn
from assistant.conversation import follow
from assistant.find import ENOUGH, FoundPassage, FoundTask, Telling
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.rights import TERMINAL
from assistant.state import State
from assistant.understand.expectations import expected
from assistant.understand.question import read_question
from assistant.understand.reading import Context
from assistant.wiring import assistant_in_memory
from connectors.database import Store
from corpus.agencies import Agencies
from eval.case import DOCUMENTS
from retrieval.coverage import Sought

TODAY = dt.date(2026, 11, 21)
WARD = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"


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
    """The assistant over plans and regulations of two wards."""
    return assistant_in_memory(DOCUMENTS / "offices")


def asked(assistant: Assistant, question: str, unit: str | None = None) -> Reply:
    return assistant.reply(Turn(text=question, today=TODAY, unit=unit))


@pytest.mark.parametrize(
    ("question", "says", "says_not"),
    [
        ("việc này theo nghị định số mấy", "theo nghi dinh so 42/2022", "theo nghi dinh cua chinh phu"),
        ("căn cứ quyết định nào", "quyet dinh so 534", "cac quyet dinh"),
        ("dữ liệu đạt cấp độ mấy", "dat cap do 3", "dat cap do cao"),
        ("kinh phí lấy từ đâu", "bo tri tu ngan sach nha nuoc", "bo tri kinh phi trong du toan"),
        ("trưởng phòng chịu trách nhiệm trước ai", "chiu trach nhiem truc tiep truoc ubnd", "chiu trach nhiem ve"),
        ("mấy tháng kiểm tra một lần", "dinh ky 06 thang mot lan", "kiem tra dot xuat"),
        ("được bao nhiêu mỗi tháng", "400.000 dong/nguoi/thang", "30 nguoi"),
    ],
)
def test_an_answer_holds_what_is_asked_for(question: str, says: str, says_not: str) -> None:
    patterns = expected(read_question(question), lambda _term: True)
    assert patterns
    assert [bool(holds(pattern, says)) for pattern in patterns] == [True] * len(patterns)
    assert not all(holds(pattern, says_not) for pattern in patterns)


def holds(pattern: str, text: str) -> bool:
    return bool(re.search(pattern, text))


@pytest.mark.parametrize(
    ("question", "unit", "told"),
    [
        ("kinh phi lam ke hoach 158 lay tu dau", None, "ngân sách nhà nước"),
        ("tien thuc hien ke hoach 226 cua ha noi lay tu dau", None, "các nguồn huy động hợp pháp khác"),
        ("dich vu cong toan trinh can cu nghi dinh nao vay", WARD, "42/2022/NĐ-CP"),
        ("Hà Nội yêu cầu họp trực tuyến từ 70% trở lên phải không ạ?", None, "60%"),
    ],
)
def test_words_of_the_question_are_no_topic(shipped: Assistant, question: str, unit: str | None, told: str) -> None:
    reply = asked(shipped, question, unit)
    assert reply.status is Status.ANSWERED
    assert told in reply.text


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("o ngoc ha linh vuc cai cach tai chinh cong phong nao chu tri", "- Chu tri: Phong Kinh té"),
        ("kế hoạch 89 phường Ngọc Hà: cải cách thể chế ai chủ trì", "- Chu tri: Van phong HDND"),
        ("cai cach che do cong vu o ngoc ha do ai phu trach", "- Chu tri: Phong Vian hoa"),
    ],
)
def test_the_line_that_gives_a_whole_part_to_a_body(shipped: Assistant, question: str, line: str) -> None:
    """The line bears none of the words of the question: they stand in the title of its part."""
    assert asked(shipped, question).citations[0].quote.startswith(line)


def test_the_sentence_on_the_work_itself_goes_before_one_that_opens_with_the_role(shipped: Assistant) -> None:
    question = "ai chiu trach nhiem chu tri xay dung va to chuc thuc hien ke hoach cchc o phuong"
    reply = asked(shipped, question, "UBND phường Ngọc Hà, thành phố Hà Nội")
    assert reply.citations[0].quote.startswith("- Chu tich UBND phuong")


def test_with_whom_a_body_that_is_named_works_is_told_from_prose_too(shipped: Assistant) -> None:
    question = "Ở Hà Nội, kiểm soát chất lượng dự thảo VBQPPL thì Sở Tư pháp phối hợp với ai?"
    reply = asked(shipped, question)
    assert [task.number for task in reply.tasks] == ["4"]
    assert "phối hợp với Văn phòng UBND Thành phố" in reply.text


def test_when_and_to_whom_may_stand_in_two_places_of_a_part(shipped: Assistant) -> None:
    question = "bao cao quy 3 cua ngoc ha chot so lieu tu ngay nao den ngay nao, gui ve phong nao tong hop"
    quotes = [citation.quote for citation in asked(shipped, question).citations]
    assert "14/9/2026" in quotes[0]
    assert "vé Phong Vin hoa" in quotes[1]


def test_to_whom_something_goes_is_not_who_leads(offices: Assistant) -> None:
    reply = asked(offices, "báo cáo tuần nộp phòng nào?")
    assert not reply.tasks
    assert "Văn phòng HĐND và UBND phường" in reply.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("cong tac vien an toan thuc pham duoc bao nhieu moi thang", "400.000"),
        ("tiền rác hộ gia đình minh tân bao nhiêu 1 tháng", "28.000"),
    ],
)
def test_a_sum_for_each_month(livelihood: Assistant, question: str, told: str) -> None:
    assert told in asked(livelihood, question).text


def test_a_wage_that_no_plan_tells_stays_untold(livelihood: Assistant) -> None:
    assert asked(livelihood, "lương công nhân thu gom rác bao nhiêu 1 tháng").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    "question",
    ["kế hoạch 89 căn cứ quyết định nào của thành phố", "ke hoach cchc cua phuong can cu quyet dinh nao cua thanh pho"],
)
def test_a_document_of_the_city_asked_for_is_not_one_named(shipped: Assistant, question: str) -> None:
    reply = asked(shipped, question, "UBND phường Ngọc Hà, thành phố Hà Nội")
    assert "600/QD-UBND" in reply.text


def test_an_index_is_a_topic_beside_the_decision_asked_for(shipped: Assistant) -> None:
    assert "5666" in asked(shipped, "chỉ số cchc ở kế hoạch ngọc hà theo quyết định số nào của thành phố").text


class _Barely(Session):
    """A session in which a task is only just an answer, and a passage a little less than one."""

    def find_tasks(self, sought: Sought, documents: Sequence[str] | None = None) -> list[FoundTask]:
        return [replace(super().find_tasks(sought, documents)[0], coverage=ENOUGH + 0.01)]

    def find_passages(
        self,
        sought: Sought,
        documents: Sequence[str] | None = None,
        *,
        told_by: Telling | None = None,
    ) -> list[FoundPassage]:
        return [replace(super().find_passages(sought, documents, told_by=told_by)[0], coverage=ENOUGH - 0.01)]


def test_a_task_that_is_only_just_an_answer_is_told_where_no_passage_is_one(shipped: Assistant) -> None:
    """It stood so little ahead of the best passage that prose was preferred, of which nothing was left to quote."""
    shelf = shipped.library.shelf()
    context = Context(shelf.catalogue, TODAY, None, shelf.speller, shelf.index.knows)
    query = follow("kiểm tra cải cách hành chính năm 2026", context, State())
    now = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
    session = _Barely(shipped.library.store, shelf, TODAY, shipped.office, TERMINAL, now)
    reply = answer_by_words(query, session)
    assert reply.status is Status.ANSWERED
    assert reply.tasks
    assert reply.citations


TAKEN_OVER = "Niêm yết công khai thủ tục đăng ký nuôi ong tại bộ phận một cửa và trên trang thông tin điện tử."
BODIES = {"tp": "THÀNH PHỐ AN BÌNH", "phuong": "PHƯỜNG HÒA LẠC", "xa": "XÃ TÂN TIẾN"}


@pytest.fixture(scope="module")
def taken_over(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over a city's plan and two that took a paragraph over from it, one with another day."""
    folder = tmp_path_factory.mktemp("plans")
    for number, (name, body) in enumerate(BODIES.items(), 11):
        lines = (
            f"ỦY BAN NHÂN DÂN\n{body}",
            f"Số: {number}/KH-UBND",
            "KẾ HOẠCH\nCải cách hành chính năm 2026",
            "I. NHIỆM VỤ",
            f"1. {TAKEN_OVER}",
            f"2. Rà soát sổ theo dõi đàn ong của các hộ và báo cáo kết quả trước ngày {number} hằng tháng.",
        )
        (folder / f"{name}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return assistant_in_memory(folder)


def test_what_several_documents_say_in_the_same_words_is_quoted_once_and_all_are_cited(taken_over: Assistant) -> None:
    reply = asked(taken_over, "niêm yết thủ tục đăng ký nuôi ong ở đâu")
    assert {citation.document for citation in reply.citations} == set(BODIES)
    assert reply.text.count("Niêm yết công khai") == 1
    assert "Cũng nêu tại" in reply.text
    assert all(place in reply.text for place in ("thành phố An Bình", "phường Hòa Lạc", "xã Tân Tiến"))


def test_what_differs_in_a_day_is_quoted_each_time(taken_over: Assistant) -> None:
    reply = asked(taken_over, "rà soát sổ theo dõi đàn ong báo cáo trước ngày nào")
    assert "Cũng nêu tại" not in reply.text
    assert all(f"ngày {day} hằng tháng" in reply.text for day in (11, 12, 13))
