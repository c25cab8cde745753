"""Which days words mean, counted from Saturday 21 November 2026."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.understand.events import find_event
from assistant.understand.periods import asks_working_days, find_period

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("tuan nay", "2026-11-16", "2026-11-22"),
        ("tuan sau", "2026-11-23", "2026-11-29"),
        ("tuan truoc", "2026-11-09", "2026-11-15"),
        ("thang nay", "2026-11-01", "2026-11-30"),
        ("thang sau", "2026-12-01", "2026-12-31"),
        ("thang truoc", "2026-10-01", "2026-10-31"),
        ("trong thang co viec gi", "2026-11-01", "2026-11-30"),
        ("quy nay", "2026-10-01", "2026-12-31"),
        ("quy sau", "2027-01-01", "2027-03-31"),
        ("cuoi quy", "2026-12-01", "2026-12-31"),
        ("dau quy sau", "2027-01-01", "2027-01-31"),
        ("cuoi nam", "2026-10-01", "2026-12-31"),
        ("cuoi thang nay", "2026-11-01", "2026-11-30"),
        ("nua dau thang 12", "2026-12-01", "2026-12-15"),
        ("nua cuoi thang sau", "2026-12-16", "2026-12-31"),
        ("nua cuoi nam 2027", "2027-07-01", "2027-12-31"),
        ("tu nay den het nam", "2026-11-21", "2026-12-31"),
        ("tu gio den cuoi quy", "2026-11-21", "2026-12-31"),
        ("con lai trong nam", "2026-11-21", "2026-12-31"),
        ("het thang", "2026-11-21", "2026-11-30"),
        ("10 ngay nua", "2026-11-21", "2026-12-01"),
        ("trong 2 tuan toi", "2026-11-21", "2026-12-05"),
        ("ba thang toi", "2026-11-21", "2027-02-21"),
        ("thang ba co viec gi", "2026-03-01", "2026-03-31"),
        ("thang muoi hai", "2026-12-01", "2026-12-31"),
        ("thang sau nam 2027", "2027-06-01", "2027-06-30"),
        ("quy tu phai xong gi", "2026-10-01", "2026-12-31"),
        ("viec nao sap het han", "2026-11-21", "2026-12-21"),
        ("viec nao con duoi 45 ngay", "2026-11-21", "2027-01-05"),
        ("viec nao con hon 1 thang nua moi het han", "2026-12-22", "None"),
        ("viec nao chua toi han", "2026-11-21", "None"),
        ("xong truoc tet duong lich", "None", "2026-12-31"),
        ("xong truoc tet", "None", "2027-02-05"),
        ("7 ngay qua", "2026-11-14", "2026-11-21"),
        ("hom nay", "2026-11-21", "2026-11-21"),
        ("ngay mai", "2026-11-22", "2026-11-22"),
        ("thu sau tuan sau", "2026-11-27", "2026-11-27"),
        ("chu nhat nay", "2026-11-22", "2026-11-22"),
        ("nam truoc", "2025-01-01", "2025-12-31"),
        ("trong giai doan 2026-2027", "2026-01-01", "2027-12-31"),
        ("tu nam 2026 den nam 2028", "2026-01-01", "2028-12-31"),
    ],
)
def test_period(words: str, start: str, end: str) -> None:
    found = find_period(words, TODAY)
    assert found is not None
    assert (str(found[0].start), str(found[0].end)) == (start, end)


@pytest.mark.parametrize(
    "words",
    ["bao cao nam truoc ngay may", "bao cao quy truoc ngay may", "viec thu sau", "trong quy che lam viec"],
)
def test_no_period(words: str) -> None:
    assert find_period(words, TODAY) is None


def test_month_away_ends_with_a_shorter_month() -> None:
    found = find_period("1 thang nua", dt.date(2027, 1, 31))
    assert found is not None
    assert found[0].end == dt.date(2027, 2, 28)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("neu thu tuong ban hanh ngay 03/02/2027 thi han la ngay nao", dt.date(2027, 2, 3)),
        ("han la ngay nao neu thu tuong ban hanh ngay 03/02/2027", dt.date(2027, 2, 3)),
        ("so tu phap nhan duoc van ban hom nay thi cham nhat khi nao phai xong", TODAY),
    ],
)
def test_event_supposed(line: str, day: dt.date) -> None:
    event = find_event(line, TODAY)
    assert event is not None
    assert event.day == day


@pytest.mark.parametrize(
    "line",
    [
        "hom nay ke hoach 158 co viec nao den han",
        "ke hoach ban hanh ngay 05/5/2026 do ai ky",
        "viec nao han truoc 30/6/2026 thi ai chu tri",
        "tu 01/01/2027 den 30/6/2027 viec nao den han",
        "nhiem vu 13 han ngay nao",
    ],
)
def test_no_event(line: str) -> None:
    assert find_event(line, TODAY) is None


@pytest.mark.parametrize(
    "line", ["nhiem vu 5 tinh tu hom nay thi han la ngay nao", "gia su hom nay co quyet dinh thi phai xong ngay nao"]
)
def test_event_of_today(line: str) -> None:
    event = find_event(line, TODAY)
    assert event is not None
    assert event.day == TODAY


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("nhiem vu 3 con may ngay lam viec", True),
        ("con bao nhieu ngay nua", False),
        ("tra loi trong 5 ngay lam viec", False),
    ],
)
def test_working_days_asked(line: str, asked: bool) -> None:
    assert asks_working_days(line) is asked
