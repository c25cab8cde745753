"""Amounts in the ranges that rules name: "nghỉ 4 ngày" in "từ 03 đến 05 ngày làm việc"."""

from __future__ import annotations

import pytest

from corpus.vietnamese import fold
from retrieval.coverage import Sought, coverage
from retrieval.ranges import amounts_in, ranges_in

RULES = (
    "Trưởng phòng quyết định cho nghỉ đến 02 ngày làm việc;",
    "Phó Chủ tịch quyết định cho nghỉ từ 03 đến 05 ngày làm việc;",
    "Chủ tịch quyết định cho nghỉ trên 05 ngày làm việc.",
)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("từ 03 đến 05 ngày làm việc", ["3 ngày", "5 ngày"], ["2 ngày", "6 ngày", "4 tháng"]),
        ("từ 5 triệu đồng đến dưới 10 triệu đồng", ["5 triệu", "9 triệu"], ["10 triệu", "4 triệu"]),
        ("từ 05 triệu đồng trở lên", ["8 triệu", "5 triệu", "2 tỷ"], ["4 triệu", "800 nghìn"]),
        ("trên 05 ngày", ["6 ngày"], ["5 ngày"]),
        ("dưới 12 tháng tuổi", ["8 tháng"], ["12 tháng"]),
        ("không quá 03 lần", ["3 lần", "1 lần"], ["4 lần"]),
        ("1.500.000 đồng trở xuống", ["1.500.000 đồng", "1 triệu"], ["2 triệu"]),
        ("từ đủ 18 tuổi", ["18 tuổi", "60 tuổi"], ["17 tuổi"]),
    ],
)
def test_a_range_holds_what_lies_in_it(text: str, inside: list[str], outside: list[str]) -> None:
    ranges = ranges_in(fold(text))

    def is_held(amount: str) -> bool:
        ((_, unit, value),) = amounts_in(fold(amount))
        return any(r.unit == unit and r.holds(value) for r in ranges)

    assert [amount for amount in inside if not is_held(amount)] == []
    assert [amount for amount in outside if is_held(amount)] == []


@pytest.mark.parametrize("text", ["đến ngày 05/6/2026", "từ năm 2026", "Điều 5 khoản 3", "trên 63 tỉnh, thành", ""])
def test_what_is_no_range(text: str) -> None:
    assert ranges_in(fold(text)) == ()


@pytest.mark.parametrize(("days", "rule"), [("1", 0), ("4", 1), ("6", 2), ("20", 2)])
def test_the_rule_whose_range_holds_the_case_explains_most(days: str, rule: int) -> None:
    sought = Sought(("nghi", days, "ngay"), ("nghỉ", "", "ngày"), figures=((days,),))
    shares = [coverage(sought, text, "", lambda _term: 3.0) for text in RULES]
    assert shares.index(max(shares)) == rule
    assert sorted(shares)[-2] < max(shares) - 0.2
