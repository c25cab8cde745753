"""Persons are taken out of what is kept; offices, places, documents and figures stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.privacy import without_persons
from tests.corpus.test_vietnamese import ANY


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("anh Nguyễn Văn An chủ trì nv 18 phải không", "anh [tên] chủ trì nv 18 phải không"),
        ("Trần Thị Bích Ngọc hỏi về kế hoạch", "[tên] hỏi về kế hoạch"),
        ("Lê Hoàng Minh Đức có việc gì", "[tên] có việc gì"),
        ("nguyễn văn an hỏi", "[tên] hỏi"),
        ("nguyen van an hoi nv 18", "[tên] hoi nv 18"),
        ("đồng chí Phạm Tuấn phụ trách", "đồng chí [tên] phụ trách"),
        ("ông Hùng có việc gì", "ông [tên] có việc gì"),
        ("chị Hoa ơi, nv 18 hạn nào", "chị [tên] ơi, nv 18 hạn nào"),
        ("chủ tịch Đỗ Mạnh ký", "chủ tịch [tên] ký"),
        ("đ/c Vũ Thị Hà và đ/c Ngô Quang Huy", "đ/c [tên] và đ/c [tên]"),
    ],
)
def test_names_are_gone(text: str, left: str) -> None:
    assert without_persons(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("gọi 0912345678 nhé", "gọi [số] nhé"),
        ("sđt 0912 345 678", "sđt [số]"),
        ("sđt 0912.345.678", "sđt [số]"),
        ("+84 912 345 678", "[số]"),
        ("024-3825-3536", "[số]"),
        ("CCCD 001099012345", "CCCD [số]"),
        ("CMND 123456789 cấp ở đâu", "CMND [số] cấp ở đâu"),
        ("gửi an.nguyen@hanoi.gov.vn giúp", "gửi [thư điện tử] giúp"),
        ("a+b@c.vn, d@e.com", "[thư điện tử], [thư điện tử]"),
    ],
)
def test_numbers_and_addresses_are_gone(text: str, left: str) -> None:
    assert without_persons(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Văn hóa - Xã hội phường Nhị Chiểu chủ trì việc nào",
        "phường Trần Phú và đường Nguyễn Văn Linh",
        "Hồ Chí Minh",
        "thành phố Hồ Chí Minh, tỉnh Hà Giang, Lâm Đồng",
        "phố Nguyễn Huệ Trung Tâm",
        "kế hoạch 158/KH-UBND ngày 05/5/2026, mục II.4.a",
        "Quyết định 534/QĐ-TTg; 09/2019/NĐ-CP",
        "nhiệm vụ 18 hạn 30/6/2026 hoàn thành 15%",
        "kinh phí 3.150 triệu đồng, 1.000.000.000 đồng",
        "Ban Chỉ đạo, Hội Nông dân, Mặt trận Tổ quốc, Đoàn Thanh niên",
        "anh chị cho em hỏi",
        "bà con nông dân, ông bà nào cũng được",
        "tháng 6/2026",
        "",
    ],
)
def test_offices_places_documents_and_figures_stay(text: str) -> None:
    assert without_persons(text) == text


@pytest.mark.parametrize("text", ["anh Nguyễn Văn An hỏi", "chị Trần Thị Bích"])
def test_decomposed_text_is_read_alike(text: str) -> None:
    assert without_persons(unicodedata.normalize("NFD", text)) == without_persons(text)


@given(ANY)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_no_text_fails_and_what_is_left_can_be_written(text: str) -> None:
    assert without_persons(text).encode("utf-8").decode("utf-8") == without_persons(text)


@given(st.text(alphabet="abcAnếH. ,\n", max_size=40), st.text(alphabet="xyzôĐ. ,\n", max_size=40))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_number_is_gone_wherever_it_stands(before: str, after: str) -> None:
    assert "0912345678" not in without_persons(f"{before} 0912345678 {after}")
