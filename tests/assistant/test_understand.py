"""What a question means: bodies, documents and abbreviations as officers write them."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant
from assistant.library import Library
from assistant.understand.query import Ask, Query
from assistant.understand.reading import Context
from assistant.understand.understand import understand
from assistant.wiring import assistant_in_memory
from connectors.database import Store
from corpus.abbreviations import learned
from corpus.agencies import Agencies
from eval.case import DOCUMENTS


@pytest.fixture(scope="module")
def livelihood() -> Assistant:
    """The assistant over plans on waste and on food safety."""
    return assistant_in_memory(DOCUMENTS / "livelihood")


def read(asked: Library, question: str) -> Query:
    shelf = asked.shelf()
    context = Context(shelf.catalogue, dt.date(2026, 11, 21), None, shelf.speller, shelf.index.knows)
    return understand(question, context)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("kh attp nói gì về bếp ăn", "an toan thuc pham"),
        ("xlvp thế nào", "xu ly vi pham"),
    ],
)
def test_abbreviation_of_the_offices_own_field(livelihood: Assistant, question: str, words: str) -> None:
    query = read(livelihood.library, question)
    assert words in " ".join(query.words) or query.documents == ("ke-hoach-an-toan-thuc-pham-2026",)


def test_initials_that_stand_for_two_runs_alike_are_not_learned() -> None:
    once = ["an", "toan", "thuc", "pham"]
    assert learned([once])["attp"] == ("an", "toan", "thuc", "pham")
    assert "attp" not in learned([once, ["anh", "ta", "thich", "pho"]])
    assert "att" not in learned([once])


def test_body_named_without_its_level(livelihood: Assistant) -> None:
    query = read(livelihood.library, "đoàn thanh niên minh tân phối hợp việc nào")
    assert query.ask is Ask.LIST
    assert [(ref.name, ref.role) for ref in query.agencies] == [("Đoàn Thanh niên xã", "coordinate")]


def test_section_and_number_with_a_stroke(livelihood: Assistant) -> None:
    query = read(livelihood.library, "II/1 kế hoạch 87 hạn ngày mấy")
    assert [(ref.section, ref.number) for ref in query.tasks] == [("II", "1")]
    assert query.documents == ("ke-hoach-thu-gom-rac-xa-minh-tan",)


@pytest.mark.parametrize("question", ["quý II/2026 có việc nào đến hạn", "việc nào hạn quý 3 năm 2026"])
def test_quarter_is_a_period_and_no_task(livelihood: Assistant, question: str) -> None:
    query = read(livelihood.library, question)
    assert query.ask is Ask.LIST
    assert query.period is not None
    assert not query.tasks


@pytest.mark.parametrize(
    ("question", "topic"),
    [("liệt kê nhiệm vụ của công an", "công an"), ("có việc nào về in ấn không", "ấn")],
)
def test_words_that_english_shares_are_content(
    stocked_store: Store, agencies: Agencies, question: str, topic: str
) -> None:
    query = read(Library(stocked_store, agencies, None), question)
    assert topic in query.topic or topic in " ".join(ref.name.lower() for ref in query.agencies)


def test_no_word_is_mended_into_one_that_is_refused(stocked_store: Store, agencies: Agencies) -> None:
    speller = Library(stocked_store, agencies, None).shelf().speller
    assert speller.mend("meetings") != ("settings",)
    assert speller.mend("instructions") == ("instructions",)


@pytest.mark.parametrize(
    ("question", "section", "tasks"),
    [
        ("nhóm 3 có mấy việc trong phụ lục cchc", "III", []),
        ("phần thứ bảy cchc 2026-2030 gồm những việc gì", "VII", []),
        ("muc 2 phan ba phu luc cchc ai phu trach", None, [("III", "2")]),
        ("phần bốn việc 2 phụ lục cchc hạn khi nào", None, [("IV", "2")]),
        ("danh mục cchc 2026-2030 sở nội vụ chủ trì mấy việc", None, []),
        ("phân bón nào dùng cho phụ lục cchc", None, []),
    ],
)
def test_section_in_words(
    stocked_store: Store, agencies: Agencies, question: str, section: str | None, tasks: list[tuple[str, str]]
) -> None:
    query = read(Library(stocked_store, agencies, None), question)
    assert query.section == section
    assert [(ref.section, ref.number) for ref in query.tasks] == tasks


@pytest.mark.parametrize(
    ("question", "attributes"),
    [
        (
            "chủ trì, phối hợp, kết quả và thời gian của nhiệm vụ IV.2 cchc",
            {"lead", "coordinate", "product", "deadline"},
        ),
        ("nv 9 kh 158 ai làm, ai phối hợp, bao giờ xong, báo cáo gì", {"lead", "coordinate", "deadline", "product"}),
        ("nhiệm vụ 9 kế hoạch 158 ai cùng làm", {"coordinate"}),
        ("nhiệm vụ 9 kế hoạch 158 phòng nào phối hợp với ai", {"coordinate"}),
    ],
)
def test_attributes_asked_together(
    stocked_store: Store, agencies: Agencies, question: str, attributes: set[str]
) -> None:
    query = read(Library(stocked_store, agencies, None), question)
    assert {str(attribute) for attribute in query.attributes} == attributes


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("văn phòng ubnd thành phố chủ trì việc nào trong chương trình cchc 26-30", "Văn phòng UBND Thành phố"),
        ("tt pvhcc nhị chiểu chủ trì mấy việc", "Trung tâm Phục vụ hành chính công phường"),
        ("việc nào do sở khoa học chủ trì ở phụ lục II", "Sở Khoa học và Công nghệ"),
    ],
)
def test_bodies_named_in_short_beside_a_document(
    stocked_store: Store, agencies: Agencies, question: str, name: str
) -> None:
    query = read(Library(stocked_store, agencies, None), question)
    assert [ref.name for ref in query.agencies] == [name]
    assert not query.listed_words


def test_most_frequent_run_stands_behind_initials() -> None:
    once, twice = ["anh", "ta", "gap", "thay"], [["an", "toan", "giao", "thong"]] * 2
    assert learned([once, *twice])["atgt"] == ("an", "toan", "giao", "thong")
    assert learned([once, *twice])["atg"] == ("an", "toan", "giao")
    assert "tat" not in learned([["an", "toan", "an"], ["toan"]])  # no run over two titles
