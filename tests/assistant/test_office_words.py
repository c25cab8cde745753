"""Documents and bodies that a question names indirectly: by subject, issuer, the person's own unit, the turn before;
and look-alikes that name none."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.understand.fields import find_fields
from assistant.understand.lexicon import GROUPED, INCLUDING_JOINT
from assistant.understand.periods import find_period
from assistant.understand.query import DocumentField, Query
from assistant.understand.small_talk import small_talk
from assistant.understand.units import documents_of_unit
from assistant.wiring import assistant_in_memory
from connectors.database import Store
from corpus.agencies import Agencies
from eval.case import DOCUMENTS

TODAY = dt.date(2026, 11, 21)
WASTE, FOOD = "ke-hoach-thu-gom-rac-xa-minh-tan", "ke-hoach-an-toan-thuc-pham-2026"


@pytest.fixture(scope="module")
def shipped(stocked_store: Store, agencies: Agencies) -> Assistant:
    """The assistant over the five documents that ship."""
    return Assistant(Library(stocked_store, agencies, None))


@pytest.fixture(scope="module")
def livelihood() -> Assistant:
    """The assistant over plans on waste and on food safety."""
    return assistant_in_memory(DOCUMENTS / "livelihood")


def understood(assistant: Assistant, *turns: str, unit: str | None = None) -> tuple[Query, Reply]:
    """The query and the reply of the last turn."""
    conversation = Conversation()
    for text in turns:
        explanation = assistant.explain(Turn(text, TODAY, unit), conversation)
    return explanation.query, explanation.reply


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("trong phụ lục thu gom rác có việc nào thường xuyên", WASTE),
        ("ke hoach thu gom rac co may viec", WASTE),
        ("theo bảng phân công an toàn thực phẩm thì có mấy việc hạn tháng 6", FOOD),
        ("bảng phân công của chi cục có mấy việc", FOOD),
    ],
)
def test_a_subject_or_issuer_names_the_document_and_is_no_topic(
    livelihood: Assistant, question: str, document: str
) -> None:
    query, reply = understood(livelihood, question)
    assert query.documents == (document,)
    assert query.listed_words == ()
    assert reply.status is Status.ANSWERED


def test_words_of_a_title_elsewhere_stay_the_topic(livelihood: Assistant) -> None:
    query, _ = understood(livelihood, "những việc nào về rác thải xây dựng ở minh tân")
    assert "rac" in query.listed_words


def test_a_plan_that_is_to_be_made_names_no_document(shipped: Assistant) -> None:
    query, _ = understood(shipped, "ai ban hành kế hoạch theo dõi thi hành văn bản quy phạm pháp luật")
    assert query.documents_from != "named"


@pytest.mark.parametrize("asked", ["phường mình", "phường em", "phường bọn mình", "bọn em", "bên mình"])
def test_the_own_office_means_all_of_its_plan(shipped: Assistant, asked: str) -> None:
    query, reply = understood(shipped, f"{asked} có mấy việc", unit="UBND phường Nhị Chiểu")
    assert (query.documents, query.agencies) == (("nhi-chieu-158",), ())
    assert len(reply.tasks) == 19


def test_the_own_ward_is_not_another(shipped: Assistant) -> None:
    query, _ = understood(shipped, "việc số 4 trong phụ lục của phường mình", unit="UBND phường Nhị Chiểu")
    assert query.documents == ("nhi-chieu-158",)


def test_a_ward_without_documents_is_said_to_have_none(shipped: Assistant) -> None:
    query, reply = understood(shipped, "phường em có mấy việc", unit="UBND phường Hồng Gai, Quảng Ninh")
    assert query.unknown_document == "UBND phường Hồng Gai"
    assert reply.status is Status.NOT_FOUND


def test_until_is_no_person(shipped: Assistant) -> None:
    query, _ = understood(shipped, "tính tới 15/6 nhị chiểu có việc nào quá hạn", unit="UBND phường Ngọc Hà")
    assert query.documents == ("nhi-chieu-158",)


@pytest.mark.parametrize(
    ("unit", "documents"),
    [
        ("UBND xã Sóc Sơn, Hà Nội", ("hn-226-plan", "hn-226-annex")),
        ("Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu", ("nhi-chieu-158",)),
        ("UBND phường Hồng Gai, Quảng Ninh", ()),
        ("Sở Nội vụ", ()),
    ],
)
def test_the_documents_of_a_unit(shipped: Assistant, unit: str, documents: tuple[str, ...]) -> None:
    assert documents_of_unit(unit, shipped.library.shelf().catalogue) == documents


def test_a_commune_takes_part_through_what_is_given_to_all(shipped: Assistant) -> None:
    _, reply = understood(shipped, "bên em phối hợp việc nào", unit="UBND xã Sóc Sơn, Hà Nội")
    assert [task.number for task in reply.tasks] == ["4", "7", "12", "22"]
    assert "giao chung" in reply.text


def test_a_body_told_of_is_asked_for_in_another_role(shipped: Assistant) -> None:
    query, reply = understood(shipped, "phòng vhxh nhị chiểu chủ trì mấy việc", "phòng đó phối hợp việc nào")
    assert [(ref.name, ref.role) for ref in query.agencies] == [("Phòng Văn hóa - Xã hội", "coordinate")]
    assert {task.document for task in reply.tasks} == {"nhi-chieu-158"}


def test_among_that_number_is_no_body(shipped: Assistant) -> None:
    query, _ = understood(shipped, "nhị chiểu có việc nào hạn quý IV", "trong số đó phòng vhxh chủ trì việc nào")
    assert query.period is not None


@pytest.mark.parametrize("text", ["cái việc đấy ai chủ trì", "đơn vị đó phối hợp việc nào", "viec do han khi nao"])
def test_what_points_back_to_nothing_is_asked_back(shipped: Assistant, text: str) -> None:
    assert understood(shipped, text)[1].status is Status.CLARIFY


@pytest.mark.parametrize(("second", "number"), [("việc thứ 3 trong đó hạn nào", "7"), ("số 9 ở trên hạn nào", "9")])
def test_a_place_of_the_list_or_a_number_in_it(shipped: Assistant, second: str, number: str) -> None:
    _, reply = understood(shipped, "sở tư pháp chủ trì việc nào trong phụ lục II", second)
    assert [(task.section, task.number) for task in reply.tasks] == [("II", number)]


def test_what_waits_for_an_event_is_not_late(shipped: Assistant) -> None:
    late = "thế giờ chưa làm thì có bị coi là trễ hạn không"
    assert understood(shipped, "việc 14 phụ lục hà nội hạn nào", late)[1].text.startswith("Chưa thể coi")
    assert "đã quá hạn 144 ngày" in understood(shipped, "việc 5 phụ lục hà nội hạn nào", late)[1].text


def test_a_wrong_figure_is_denied_and_a_right_one_confirmed(shipped: Assistant) -> None:
    _, wrong = understood(shipped, "nghe nói phải cắt 20% văn bản hành chính ở nhị chiểu đúng không")
    assert wrong.text.startswith("Không phải 20%: văn bản ghi 15%")
    _, right = understood(shipped, "nghe nói phải cắt 15% văn bản hành chính ở nhị chiểu đúng không")
    assert right.text.startswith("Đúng")


def test_all_by_one_body_counts_only_rows_that_name_it(shipped: Assistant) -> None:
    _, reply = understood(shipped, "mục II phụ lục II đều do sở tư pháp chủ trì đúng không")
    assert reply.text.startswith("Không: Sở Tư pháp chủ trì 9/13")


def test_days_left_to_a_day_of_prose(livelihood: Assistant, shipped: Assistant) -> None:
    _, reply = understood(shipped, "báo cáo năm của nhị chiểu còn mấy ngày nữa phải gửi")
    assert "21/11/2026" in reply.text
    assert "còn 18 ngày" in reply.text


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("tu thang 1 den thang 3 sang nam", ((2027, 1, 1), (2027, 3, 31))),
        ("sang nam tu thang 1 den thang 3", ((2027, 1, 1), (2027, 3, 31))),
        ("tu thang 11 den thang 3 nam sau", ((2026, 11, 1), (2027, 3, 31))),
        ("thang 3 nam sau", ((2027, 3, 1), (2027, 3, 31))),
        ("dau nam sau", ((2027, 1, 1), (2027, 3, 31))),
        ("sang nam", ((2027, 1, 1), (2027, 12, 31))),
    ],
)
def test_next_year(line: str, days: tuple[tuple[int, int, int], tuple[int, int, int]]) -> None:
    found = find_period(line, TODAY)
    assert found is not None
    assert (found[0].start, found[0].end) == (dt.date(*days[0]), dt.date(*days[1]))


def test_next_year_from_a_leap_day() -> None:
    found = find_period("thang 2 den thang 3 sang nam", dt.date(2028, 2, 29))
    assert found is not None
    assert found[0].end == dt.date(2029, 3, 31)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("ke hoach cap tren ma phuong dua vao so may", (DocumentField.BASIS,)),
        ("dua tren ke hoach nao", (DocumentField.BASIS,)),
        ("ngay ban hanh la ngay may, so may", (DocumentField.NUMBER, DocumentField.DATE)),
    ],
)
def test_the_fields_of_a_document(line: str, fields: tuple[DocumentField, ...]) -> None:
    assert find_fields(line) == fields


@pytest.mark.parametrize("line", ["tuyet voi, huu ich qua", "oki e nhe, thanks", "hi, e oi co day khong", "tien qua"])
def test_praise_is_small_talk(line: str) -> None:
    assert small_talk(line)


@pytest.mark.parametrize(
    "line", ["dich vu cong tien ich ai chu tri", "bao cao nhanh gui khi nao", "chi tiet nhiem vu 5", "ai truc"]
)
def test_content_is_no_small_talk(line: str) -> None:
    assert small_talk(line) is None


def test_joint_ones_are_included_not_alone() -> None:
    assert INCLUDING_JOINT.search("chu tri may viec, tinh ca viec dong chu tri")
    assert not INCLUDING_JOINT.search("tinh ca phoi hop")
    assert GROUPED.search("chia lam may muc")
    assert not GROUPED.search("muc iii co may viec")
