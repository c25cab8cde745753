"""The days that prose sets for a duty, and whether they agree with those of a row."""

from __future__ import annotations

import pytest

from corpus.deadlines import read_deadline
from corpus.duty_days import agrees, comparable, duty_days


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("hoàn thành trước ngày 15/10/2026", 1),
        ("trình ban hành trong tháng 6/2026 để có hiệu lực", 1),
        ("gửi báo cáo trước ngày 15/6 và 15/12", 2),
        ("theo Quyết định số 178-QĐ/TW ngày 27/6/2024 của Bộ Chính trị", 0),
        ("Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013", 0),
        ("giấy phép xây dựng từ năm 2015 trở lại đây", 0),
        ("trong vòng 05 ngày làm việc kể từ ngày nhận", 0),
    ],
)
def test_days_that_a_sentence_sets(sentence: str, count: int) -> None:
    assert len(duty_days(sentence, 2026)) == count


@pytest.mark.parametrize(
    ("sentence", "cell", "alike"),
    [
        ("hoàn thành trước ngày 15/10/2026", "Tháng 9/2026", False),
        ("hoàn thành trước ngày 05/6/2026", "Tháng 5/2026", False),
        ("xong trước ngày 31/12/2026", "Quý IV/2026", True),
        ("xong trong tháng 9/2026", "Quý III/2026", True),
        ("chậm nhất ngày 15/12/2026", "Năm 2026", True),
        ("trước ngày 20 hằng tháng", "Trước ngày 20 hằng tháng", True),
        ("trước ngày 10/6 và 10/12", "Trước ngày 15/6 và 15/12 hằng năm", False),
    ],
)
def test_days_agree_by_value(sentence: str, cell: str, alike: bool) -> None:
    deadline = read_deadline(cell, year=2026)
    days = comparable(duty_days(sentence, 2026), deadline)
    assert days
    assert any(agrees(day, deadline) for day in days) is alike
