"""Texts of several documents that say the same are one result; what differs in a figure or a "không" stays apart."""

from __future__ import annotations

import pytest

from retrieval.duplicates import grouped, say_the_same

CITY = (
    "Niêm yết công khai thủ tục hành chính tại bộ phận một cửa, trên trang thông tin điện tử và báo cáo kết quả "
    "về Văn phòng UBND thành phố trước ngày 15 hằng tháng."
)


@pytest.mark.parametrize(
    "other",
    [
        CITY.replace("UBND thành phố", "UBND phường"),
        CITY.replace("Niêm yết công khai", "- Niêm yết công khai các"),
        CITY.upper(),
        CITY.replace("tại bộ phận", "ở bộ phận").replace(",", ""),
    ],
)
def test_a_paragraph_that_was_taken_over(other: str) -> None:
    assert say_the_same(CITY, other)
    assert say_the_same(other, CITY)


@pytest.mark.parametrize(
    "other",
    [
        CITY.replace("ngày 15", "ngày 20"),
        CITY.replace("Niêm yết", "Không niêm yết"),
        CITY.replace("hằng tháng", "hằng tháng 6"),
        CITY.replace("tại bộ phận một cửa, trên trang thông tin điện tử", "ở trụ sở"),
        "Tổ chức tập huấn kỹ năng số cho cán bộ, công chức và người lao động của phường.",
        "",
    ],
)
def test_a_paragraph_that_says_something_else(other: str) -> None:
    assert not say_the_same(CITY, other)


def test_headings_are_too_short_to_tell() -> None:
    assert not say_the_same("Tổ chức thực hiện", "Tổ chức thực hiện")


def test_results_of_other_documents_stand_under_the_first() -> None:
    found = [("ward", CITY), ("ward", CITY), ("plan", "Việc khác"), ("city", CITY), ("city", CITY)]
    groups = grouped(found, lambda item: item[1], lambda item: item[0])
    told = [(group.first[0], [document for document, _ in group.also]) for group in groups]
    assert told == [("ward", ["city"]), ("ward", ["city"]), ("plan", [])]
    assert grouped([], str, str) == []
