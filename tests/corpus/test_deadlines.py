"""Deadline cells: every form in use, real annexes, damaged ones, and what may never happen."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.deadlines import read_deadline
from corpus.due import due_from_event, is_overdue, next_due, remind_by
from corpus.records import Deadline, DeadlineKind, Recurrence
from corpus.vietnamese import fold

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
DATE, MILESTONES = DeadlineKind.DATE, DeadlineKind.MILESTONES
RECURRING, ONGOING = DeadlineKind.RECURRING, DeadlineKind.ONGOING
ON_EVENT, UNREADABLE = DeadlineKind.ON_EVENT, DeadlineKind.UNREADABLE

YEAR_ENDS = ((12, 31),)
HALF_ENDS = ((6, 30), (12, 31))
QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def weekday_works(when: dt.date) -> bool:
    return when.weekday() < 5


# --- single dates and periods ---------------------------------------------------------------------------

PERIODS = [
    ("Tháng 5/2026", "2026-05-01", "2026-05-31"),
    ("Tháng 02/2028", "2028-02-01", "2028-02-29"),
    ("THÁNG 02/2026", "2026-02-01", "2026-02-28"),
    ("Thang 02/2026", "2026-02-01", "2026-02-28"),
    ("  Tháng\n 8 ,  năm 2026 ", "2026-08-01", "2026-08-31"),
    ("tháng 5.2026", "2026-05-01", "2026-05-31"),
    ("tháng mười hai năm 2026", "2026-12-01", "2026-12-31"),
    ("chậm nhất tháng 9/2026", "2026-09-01", "2026-09-30"),
    ("Hoàn thành trong tháng 8/2026", "2026-08-01", "2026-08-31"),
    ("Quý IV/2026", "2026-10-01", "2026-12-31"),
    ("Quý II/2026", "2026-04-01", "2026-06-30"),
    ("quy iii/2026", "2026-07-01", "2026-09-30"),
    ("Quý 4 năm 2026", "2026-10-01", "2026-12-31"),
    ("Q4/2026", "2026-10-01", "2026-12-31"),
    ("quý tư năm 2026", "2026-10-01", "2026-12-31"),
    ("hết quý II/2026", "2026-04-01", "2026-06-30"),
    ("quý III - IV/2026", "2026-07-01", "2026-12-31"),
    ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
    ("6 tháng cuối năm 2026", "2026-07-01", "2026-12-31"),
    ("9 tháng đầu năm 2026", "2026-01-01", "2026-09-30"),
    ("Năm 2026", "2026-01-01", "2026-12-31"),
    ("trong năm 2026", "2026-01-01", "2026-12-31"),
    ("đến hết năm 2026", "2026-01-01", "2026-12-31"),
    ("2026 - 2030", "2026-01-01", "2030-12-31"),
    ("2026—2030", "2026-01-01", "2030-12-31"),
    ("giai đoạn 2026 - 2030", "2026-01-01", "2030-12-31"),
    ("Tiếp tục triển khai 2026 - 2030", "2026-01-01", "2030-12-31"),
    ("2026 – tháng 2/2027", "2026-01-01", "2027-02-28"),
    ("Từ tháng 3/2026 đến tháng 12/2026", "2026-03-01", "2026-12-31"),
    ("Từ tháng 3 đến tháng 12/2026", "2026-03-01", "2026-12-31"),
    ("tháng 5-6/2026", "2026-05-01", "2026-06-30"),
    ("tháng 11 - tháng 2/2027", "2026-11-01", "2027-02-28"),
    ("tháng 11/2026 - tháng 2", "2026-11-01", "2027-02-28"),
    ("từ ngày 10-15/5/2026", "2026-05-10", "2026-05-15"),
    ("Từ ngày 01/5/2026 đến ngày 30/6/2026", "2026-05-01", "2026-06-30"),
    ("Bắt đầu tháng 5/2026, hoàn thành tháng 12/2026", "2026-05-01", "2026-12-31"),
    ("Năm 2026 (quý III)", "2026-07-01", "2026-09-30"),
    ("Hoàn thành trong năm 2026 theo Nghị quyết 41/2025/NQ-HĐND", "2026-01-01", "2026-12-31"),
    ("Trước 10/5/2026", None, "2026-05-09"),
    ("trước ngày 05/6/2026", None, "2026-06-04"),
    ("Trước 01/01/2026", None, "2025-12-31"),
    ("trước 30/6 năm 2026", None, "2026-06-29"),
    ("trước ngày 10 tháng 5 năm 2026", None, "2026-05-09"),
    ("trước tháng 6/2026", None, "2026-05-31"),
    ("trước quý III/2026", None, "2026-06-30"),
    ("trước năm 2027", None, "2026-12-31"),
    ("trước 16h00 ngày 10/5/2026", None, "2026-05-10"),
    ("trước 16 giờ 30 phút, ngày 10/5/2026", None, "2026-05-10"),
    ("trước 0h00 ngày 10/5/2026", None, "2026-05-09"),
    ("ngày 10 tháng 5 năm 2026", None, "2026-05-10"),
    ("10/5/2026", None, "2026-05-10"),
    ("10-5-2026", None, "2026-05-10"),
    ("10.5.2026", None, "2026-05-10"),
    ("05/6/2026", None, "2026-06-05"),
    ("29/02/2028", None, "2028-02-29"),
    ("chậm nhất là ngày 18/6/2026", None, "2026-06-18"),
    ("đến ngày 18/6/2026", None, "2026-06-18"),
    ("đầu tháng 7/2026", None, "2026-07-01"),
    ("giữa tháng 7/2026", None, "2026-07-15"),
    ("cuối tháng 7/2026", None, "2026-07-31"),
    ("giữa năm 2027", None, "2027-06-30"),
    ("cuối năm 2027", None, "2027-12-31"),
]


@pytest.mark.parametrize(("cell", "start", "due"), PERIODS)
def test_a_single_date_or_period(cell: str, start: str | None, due: str) -> None:
    read = read_deadline(cell)
    assert (read.kind, read.window_start, read.due) == (DATE, day(start), day(due))
    assert not read.tentative and not read.parts and not read.milestones


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("trong tháng 8", "2026-08-31"),
        ("Quý III", "2026-09-30"),
        ("quý III - IV", "2026-12-31"),
        ("6 tháng đầu năm", "2026-06-30"),
        ("ngay trong năm", "2026-12-31"),
        ("đến hết năm", "2026-12-31"),
        ("trước 30/6", "2026-06-29"),
        ("đầu tháng 7", "2026-07-01"),
    ],
)
def test_words_without_a_year_take_the_documents_year_or_stay_unread(cell: str, due: str) -> None:
    assert read_deadline(cell, year=2026).due == on(due)
    unknown = read_deadline(cell)
    assert (unknown.kind, unknown.due, unknown.text) == (UNREADABLE, None, cell)


@pytest.mark.parametrize(
    "cell",
    [
        "", "  \n", "00 050006", "---", "khẩn trương", "31/02/2026", "29/02/2026", "31/6/2026", "0/5/2026",
        "ngày 32 tháng 5 năm 2026", "tháng 13/2026", "tháng 0/2026", "quý V", "quý V/2026", "Quý 5/2026",
        "năm 1989", "năm 2101", "10/5/1899", "chậm nhất ngày 18", "2030 - 2026", "tháng năm 2026",
        "năm học 2026-2027", "tuần đầu tháng 5/2026", "10 ngày đầu tháng 6/2026", "trước ngày 15 hằng quý",
        "Trong 6 tháng", "10/5/26", "Tháng 11/2026; báo cáo tháng 2",
        "Quý I/2026 và hằng năm",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_never_guessed(cell: str) -> None:
    read = read_deadline(cell, year=2026 if cell in ("quý V", "chậm nhất ngày 18") else None)
    assert (read.kind, read.due, read.window_start) == (UNREADABLE, None, None)
    assert next_due(read, on("2026-01-01")) is None and not is_overdue(read, on("2100-01-01"))


def test_an_impossible_part_makes_the_whole_unreadable_but_keeps_the_rest() -> None:
    read = read_deadline("Tháng 13/2026; báo cáo tháng 12/2026")
    assert (read.kind, read.due) == (UNREADABLE, None)
    assert [part.kind for part in read.parts] == [UNREADABLE, DATE]


# --- milestones -----------------------------------------------------------------------------------------


def test_milestones_infer_a_year_and_say_so() -> None:
    read = read_deadline("Thí điểm vào tháng 5; báo cáo kết quả tháng 12/2026", year=2025)
    assert (read.kind, read.due) == (MILESTONES, on("2026-12-31"))
    assert [(m.text, m.due, m.inferred) for m in read.milestones] == [
        ("Thí điểm vào tháng 5", on("2026-05-31"), True),
        ("báo cáo kết quả tháng 12/2026", on("2026-12-31"), False),
    ]


@pytest.mark.parametrize(
    ("cell", "dues"),
    [
        ("Tháng 6/2026 và tháng 12/2026", ["2026-06-30", "2026-12-31"]),
        ("Tháng 3, 6, 9/2026", ["2026-03-31", "2026-06-30", "2026-09-30"]),
        ("Quý II và quý IV/2026", ["2026-06-30", "2026-12-31"]),
        ("trước ngày 15/6 và 15/12/2026", ["2026-06-14", "2026-12-14"]),
        ("Tháng 11; tháng 2/2027", ["2026-11-30", "2027-02-28"]),
        ("Năm 2026: tháng 5 thí điểm; tháng 12 báo cáo", ["2026-05-31", "2026-12-31"]),
        ("- Tháng 6/2026: dự thảo\n- Tháng 12/2026: ban hành", ["2026-06-30", "2026-12-31"]),
    ],
)
def test_several_dates_are_milestones(cell: str, dues: list[str]) -> None:
    read = read_deadline(cell)
    assert read.kind == MILESTONES and read.due == on(dues[-1])
    assert [milestone.due for milestone in read.milestones] == [on(due) for due in dues]


# --- what recurs ----------------------------------------------------------------------------------------

RECURRENT = [
    ("Hàng năm", YEAR_ENDS),
    ("hằng quý", QUARTER_ENDS),
    ("Định kỳ 6 tháng, hằng năm", HALF_ENDS),
    ("Định kỳ 06 tháng và cả năm", HALF_ENDS),
    ("6 tháng/lần", HALF_ENDS),
    ("Định kỳ tháng cuối quý", QUARTER_ENDS),
    ("Dinh ky thang cuol quy", QUARTER_ENDS),
    ("Báo cáo định kỳ hàng quý, 6 tháng và hằng năm", QUARTER_ENDS),
    ("hằng quý; hằng năm", QUARTER_ENDS),
    ("Định kỳ 06 tháng (trước ngày 10 tháng 6) và hằng năm (trước ngày 10 tháng 12)", ((6, 9), (12, 9))),
    ("Trước ngày 15/6 và 15/12 hằng năm", ((6, 14), (12, 14))),
    ("trước ngày 01/3 hằng năm", ((2, 29),)),
    ("trước ngày 20 hằng tháng", tuple((month, 19) for month in range(1, 13))),
    ("ngày 25 hàng tháng", tuple((month, 25) for month in range(1, 13))),
    ("hằng quý, trước ngày 18 của tháng cuối quý", ((3, 17), (6, 17), (9, 17), (12, 17))),
    ("ngày 20 các tháng 3, 6, 9, 12 hằng năm", ((3, 20), (6, 20), (9, 20), (12, 20))),
    ("tháng 6 và tháng 12 hằng năm", HALF_ENDS),
]


@pytest.mark.parametrize(("cell", "days"), RECURRENT)
def test_what_recurs(cell: str, days: tuple[tuple[int, int], ...]) -> None:
    read = read_deadline(cell)
    assert (read.kind, read.recurrence, read.due) == (RECURRING, Recurrence(days=days), None)


@pytest.mark.parametrize(
    ("cell", "weekday"),
    [
        ("thứ Sáu hằng tuần", 4),
        ("Thứ 6 hàng tuần", 4),
        ("thứ hai hằng tuần", 0),
        ("Chủ nhật hằng tuần", 6),
        ("trước thứ Sáu hằng tuần", 3),
        ("trước 16h thứ Sáu hằng tuần", 4),
    ],
)
def test_what_recurs_by_the_week(cell: str, weekday: int) -> None:
    assert read_deadline(cell).recurrence == Recurrence(weekday=weekday)


@pytest.mark.parametrize(
    "cell", ["Hàng năm, bắt đầu từ năm 2026", "Hàng năm, bắt đầu từ 2026", "Hằng năm, từ năm 2026"]
)
def test_a_recurrence_with_a_beginning(cell: str) -> None:
    read = read_deadline(cell)
    assert (read.kind, read.recurrence) == (RECURRING, Recurrence(days=YEAR_ENDS))
    assert (read.window_start, read.due) == (on("2026-01-01"), None)


def test_a_recurrence_with_an_end_stops_there() -> None:
    read = read_deadline("Hằng năm, giai đoạn 2026 - 2030")
    assert next_due(read, on("2030-12-31")) == on("2030-12-31")
    assert next_due(read, on("2031-01-01")) is None


def test_a_recurrence_within_a_period() -> None:
    read = read_deadline("ngày 20 hằng tháng trong quý III/2026")
    assert [next_due(read, on(today)) for today in ("2026-01-01", "2026-08-21", "2026-09-21")] == [
        on("2026-07-20"),
        on("2026-09-20"),
        None,
    ]


def test_the_product_gives_days_only_where_the_cell_recurs_without_them() -> None:
    product = (
        "Báo cáo kết quả thực hiện định kỳ 6 tháng và hằng năm (trước ngày 15/6 và 15/12 Sở Nội vụ tổng "
        "hợp, báo cáo UBND Thành phố, Bộ Nội vụ) theo Quyết định số 534/QĐ-TTg ngày 11/12/2025"
    )
    read = read_deadline("Định kỳ 6 tháng, hằng năm", product=product)
    assert read.recurrence == Recurrence(days=((6, 14), (12, 14)))
    own = read_deadline("Định kỳ 6 tháng (trước ngày 10/6), hằng năm (trước ngày 10/12)", product=product)
    assert own.recurrence == Recurrence(days=((6, 9), (12, 9)))
    assert read_deadline("Quý IV/2026", product=product) == read_deadline("Quý IV/2026")
    assert read_deadline("Thường xuyên", product=product) == read_deadline("Thường xuyên")


# --- without a date, and on events ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ("Thường xuyên", None),
        ("Thường\nxuyên", None),
        ("Liên tục", None),
        ("Thường xuyên, liên tục", None),
        ("Thường xuyên trong năm", None),
        ("Thường xuyên, bắt đầu từ năm 2026", "2026-01-01"),
        ("Thường xuyên, từ năm 2026", "2026-01-01"),
        ("Từ năm 2026", "2026-01-01"),
    ],
)
def test_what_goes_on(cell: str, start: str | None) -> None:
    read = read_deadline(cell)
    assert (read.kind, read.window_start, read.due) == (ONGOING, day(start), None)


EVENTS = [
    "Theo chỉ đạo của UBND Thành phố",
    "Theo chi dao ctia Thanh phd",
    "Theo chỉ đạo của Thành phố và hướng dẫn của Sở, Ngành",
    "Sau khi có hướng dẫn của Bộ Khoa học & Công nghệ và thành phố",
    "Ngay sau công bố kết quả Chỉ số PAR INDEX, SIPAS của thành phố Hà Nội",
    "Theo quy định của ngành",
    "Theo Kế hoạch của Thành phố",
    "Theo K& hoach cua Thanh phd",
    "Theo Kế hoạch số 158/KH-UBND ngày 05/5/2026 của UBND phường",
    "Theo kế hoạch hàng năm hoặc đột xuất",
    "theo tiến độ",
    "đột xuất khi có yêu cầu",
    "Khi có yêu cầu",
    "sau ngày 30/6/2026",
    "Trước khi trình HĐND",
    "Xong trước Tết Nguyên đán 2027",
    "Trước kỳ họp HĐND cuối năm 2026",
    "Báo cáo kết quả thực hiện (lồng ghép trong kỳ Báo cáo CCHC)",
    "Bao cao két qua thuc hién (16ng ghép trong ky Bao cao CCHC)",
]


@pytest.mark.parametrize("cell", EVENTS)
def test_what_waits_for_an_event(cell: str) -> None:
    read = read_deadline(cell, year=2026)
    assert (read.kind, read.due, read.offset_days, read.event) == (ON_EVENT, None, None, cell)
    assert not read.parts and not is_overdue(read, on("2100-01-01"))


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("Theo Kế hoạch của Thành phố (dự kiến tháng 2/2026)", "2026-02-28"),
        ("Theo Kế hoạch của Thành phố (Dự kiến tháng 12/2026)", "2026-12-31"),
        ("Theo Kế hoạch của Thành phố, dự kiến quý I/2026", "2026-03-31"),
        ("Theo Ké hoach cua Thanh pho (dy kién thang 2/2026)", "2026-02-28"),
        ("Theo Kế hoạch của Thành phố (dự kiến trước 10/5/2026)", "2026-05-09"),
    ],
)
def test_a_tentative_date_is_reminded_of_but_never_overdue(cell: str, due: str) -> None:
    read = read_deadline(cell)
    assert (read.kind, read.due, read.tentative) == (ON_EVENT, on(due), True)
    assert read.event and "ki" not in read.event
    assert next_due(read, on("2026-01-01")) == on(due)
    assert not is_overdue(read, on("2100-01-01"))


@pytest.mark.parametrize(
    ("cell", "days", "working", "event"),
    [
        (
            "Trong thời hạn 15 ngày kể từ ngày Thủ tướng Chính phủ ban hành kế hoạch trọng tâm, liên ngành",
            15,
            False,
            "Thủ tướng Chính phủ ban hành kế hoạch trọng tâm, liên ngành",
        ),
        ("sau 05 ngày làm việc kể từ ngày nhận được văn bản", 5, True, "nhận được văn bản"),
        ("chậm nhất 30 ngày sau khi có kết luận", 30, False, "có kết luận"),
        ("15 (mười lăm) ngày kể từ ngày ký", 15, False, "ký"),
        ("mười ngày làm việc kể từ ngày ký", 10, True, "ký"),
        ("Trong vòng 2 tuần kể từ ngày ký", 14, False, "ký"),
        ("Trong vòng 06 tháng kể từ ngày ký", None, False, "ký"),
        ("chậm nhất 10 ngày trước ngày khai mạc", None, False, "trước ngày khai mạc"),
    ],
)
def test_a_period_counted_from_an_event(cell: str, days: int | None, working: bool, event: str) -> None:
    read = read_deadline(cell, year=2026)
    assert (read.kind, read.due, read.event) == (ON_EVENT, None, event)
    assert (read.offset_days, read.working_days) == (days, working)


# --- two things in one cell -----------------------------------------------------------------------------


def test_parts_keep_what_each_applies_to() -> None:
    read = read_deadline(
        "- Tháng 12/2026 (đối với tiêu chuẩn, định mức tài sản chuyên dùng lĩnh vực y tế, giáo dục và đào "
        "tạo) - Theo Thông tư của Bộ, Ngành và chỉ đạo của Thành phố (đối với lĩnh vực khác)"
    )
    assert (read.kind, read.due) == (DATE, on("2026-12-31"))
    dated, event = read.parts
    assert (dated.kind, dated.due) == (DATE, on("2026-12-31"))
    assert dated.applies_to == ("tiêu chuẩn, định mức tài sản chuyên dùng lĩnh vực y tế, giáo dục và đào tạo")
    assert (event.kind, event.due, event.applies_to) == (ON_EVENT, None, "lĩnh vực khác")


def test_a_tentative_plan_with_a_periodic_report() -> None:
    read = read_deadline(
        "Theo Kế hoạch của Thành phố (dự kiến Tháng 3/2026) Báo cáo kết quả thực hiện (lồng ghép trong kỳ Báo cáo CCHC)"
    )
    assert (read.kind, read.due, read.tentative) == (ON_EVENT, on("2026-03-31"), True)
    assert [(part.kind, part.due) for part in read.parts] == [(ON_EVENT, on("2026-03-31")), (ON_EVENT, None)]


@pytest.mark.parametrize(
    ("cell", "kind", "due", "kinds"),
    [
        ("Thường xuyên, báo cáo trước 15/12/2026", DATE, "2026-12-14", [ONGOING, DATE]),
        ("Thường xuyên; định kỳ 6 tháng, hằng năm", RECURRING, None, [ONGOING, RECURRING]),
        ("Định kỳ hằng quý hoặc đột xuất khi có yêu cầu", RECURRING, None, [RECURRING, ON_EVENT]),
        ("Sau khi có hướng dẫn, chậm nhất 30/6/2026", DATE, "2026-06-30", [ON_EVENT, DATE]),
        ("Quý IV/2026 và theo chỉ đạo của Thành phố", DATE, "2026-12-31", [DATE, ON_EVENT]),
        ("Cấp xã: trước 10/5/2026; Sở Nội vụ: trước 15/5/2026", DATE, "2026-05-14", [DATE, DATE]),
        (
            "- Thang 6/2026\n- Bao cao ket qua thuc hien (long ghep trong ky Bao cao CCHC)",
            DATE,
            "2026-06-30",
            [DATE, ON_EVENT],
        ),
        (
            "- Theo chỉ đạo của Trung ương, Thành phố - Báo cáo kết quả thực hiện (lồng ghép trong kỳ Báo cáo CCHC)",
            ON_EVENT,
            None,
            [ON_EVENT, ON_EVENT],
        ),
    ],
)
def test_a_cell_with_two_things(cell: str, kind: DeadlineKind, due: str | None, kinds: list[DeadlineKind]) -> None:
    read = read_deadline(cell)
    assert (read.kind, read.due, [part.kind for part in read.parts]) == (kind, day(due), kinds)
    assert read.text == " ".join(cell.split())


def test_a_whole_of_parts_is_asked_for_part_by_part() -> None:
    read = read_deadline("Cấp xã: trước 10/5/2026; Sở Nội vụ: trước 15/5/2026")
    assert [part.applies_to for part in read.parts] == ["Cấp xã", "Sở Nội vụ"]
    assert next_due(read, on("2026-05-01")) == on("2026-05-09")
    assert next_due(read, on("2026-05-10")) == on("2026-05-14")
    assert not is_overdue(read, on("2026-05-14")) and is_overdue(read, on("2026-05-15"))


# --- the real annexes -----------------------------------------------------------------------------------


def cells_of(name: str) -> list[str]:
    lines = (DOCUMENTS / name).read_text(encoding="utf-8").splitlines()
    last = [line.split("\t")[-1].strip() for line in lines if line.count("\t") == 5]
    return [cell for cell in last if cell and cell not in ("Thời hạn", "Thời gian")]


REAL = {
    "hn-226-annex.txt": {
        "Tháng 5/2026": (DATE, "2026-05-31"),
        "Tháng 6/2026": (DATE, "2026-06-30"),
        "Năm 2026": (DATE, "2026-12-31"),
        "Quý IV/2026": (DATE, "2026-12-31"),
        "Hàng năm, bắt đầu từ năm 2026": (RECURRING, None),
        "Định kỳ 6 tháng, hằng năm": (RECURRING, None),
        "Thường xuyên": (ONGOING, None),
        "Thường xuyên, bắt đầu từ năm 2026": (ONGOING, None),
        "Theo chỉ đạo của UBND Thành phố": (ON_EVENT, None),
        "Thí điểm vào tháng 5; báo cáo kết quả tháng 12/2026": (MILESTONES, "2026-12-31"),
    },
    "nhi-chieu-158.txt": {
        "Trước 10/5/2026": (DATE, "2026-05-09"),
        "Quý II/2026": (DATE, "2026-06-30"),
        "Quý IV/2026": (DATE, "2026-12-31"),
        "Năm 2026": (DATE, "2026-12-31"),
        "Hàng năm, bắt đầu từ 2026": (RECURRING, None),
        "Hàng năm, từ năm 2026": (RECURRING, None),
        "Thường xuyên": (ONGOING, None),
        "Thường xuyên, từ năm 2026": (ONGOING, None),
        "Sau khi có hướng dẫn của Bộ Khoa học & Công nghệ và thành phố.": (ON_EVENT, None),
    },
    "cchc-2026-2030.txt": {
        "2026 - 2030": (DATE, "2030-12-31"),
        "2026 – tháng 2/2027": (DATE, "2027-02-28"),
        "Tiếp tục triển khai 2026 - 2030": (DATE, "2030-12-31"),
        "Năm 2027": (DATE, "2027-12-31"),
        "Tháng 12/2026": (DATE, "2026-12-31"),
        "Tháng 6/2028": (DATE, "2028-06-30"),
        "Tháng 9/2026": (DATE, "2026-09-30"),
        "Hàng năm": (RECURRING, None),
        "Thường xuyên": (ONGOING, None),
        "Theo kế hoạch hàng năm hoặc đột xuất": (ON_EVENT, None),
        "Trong thời hạn 15 ngày kể từ ngày Thủ tướng Chính phủ ban hành kế hoạch trọng tâm, liên ngành": (
            ON_EVENT,
            None,
        ),
        # one cell over two pages: halves that the reader of tables joins
        "Thường": (UNREADABLE, None),
        "xuyên": (UNREADABLE, None),
    },
}


@pytest.mark.parametrize("name", REAL)
def test_every_cell_of_the_clean_annexes(name: str) -> None:
    read = {cell: read_deadline(cell) for cell in cells_of(name)}
    assert {cell: (deadline.kind, deadline.due) for cell, deadline in read.items()} == {
        cell: (kind, day(due)) for cell, (kind, due) in REAL[name].items()
    }


@pytest.mark.parametrize(
    ("cell", "kind", "due"),
    [
        ("Thang 02/2026", DATE, "2026-02-28"),
        ("Théang 12/2026", DATE, "2026-12-31"),
        ("Théng 10/2026", DATE, "2026-10-31"),
        ("Cham nhat thang 9/2026", DATE, "2026-09-30"),
        ("Cham nhat thang 12/2026", DATE, "2026-12-31"),
        ("Tu thang 3/2026 dén thang 12/2026", DATE, "2026-12-31"),
        ("Theo Ké hoach cua Thanh pho (du kién quy 1/2026)", ON_EVENT, "2026-03-31"),
        ("Theo Ké hoach cua Thanh pho (du kién thang 2/2026)", ON_EVENT, "2026-02-28"),
        ("Th?o ke }loaCh cua Thanh pho (dy kién thang 2/2026)", DATE, "2026-02-28"),
        ("Dinh ky thang cuol quy", RECURRING, None),
        ("Ngay sau cong bd két qua Chi số PAR INDEX, SIPAS cua thanh pho Ha Noi", ON_EVENT, None),
        ("Theo quy dinh cta nganh", ON_EVENT, None),
        ("00 050006", UNREADABLE, None),
    ],
)
def test_the_readable_cells_of_the_scan(cell: str, kind: DeadlineKind, due: str | None) -> None:
    read = read_deadline(cell)
    assert (read.kind, read.due) == (kind, day(due))
    assert read.due is None or read.tentative == ("kién" in cell)


# --- on a given day -------------------------------------------------------------------------------------


def test_next_due_of_dates_and_milestones() -> None:
    date = read_deadline("Trước 10/5/2026")
    assert next_due(date, on("2026-05-09")) == on("2026-05-09")
    assert next_due(date, on("2026-05-10")) is None
    steps = read_deadline("Thí điểm vào tháng 5; báo cáo kết quả tháng 12/2026")
    assert next_due(steps, on("2026-05-31")) == on("2026-05-31")
    assert next_due(steps, on("2026-06-01")) == on("2026-12-31")
    assert next_due(read_deadline("Thường xuyên, từ năm 2026"), on("2026-01-01")) is None


def test_next_due_of_what_recurs() -> None:
    halves = read_deadline("Định kỳ 6 tháng, hằng năm")
    assert next_due(halves, on("2026-06-30")) == on("2026-06-30")
    assert next_due(halves, on("2026-07-01")) == on("2026-12-31")
    assert next_due(read_deadline("trước ngày 10/6 hằng năm"), on("2026-06-10")) == on("2027-06-09")
    months = read_deadline("ngày 31 hằng tháng")
    assert next_due(months, on("2027-02-01")) == on("2027-02-28")
    assert next_due(months, on("2028-02-01")) == on("2028-02-29")
    friday = read_deadline("thứ Sáu hằng tuần")
    assert next_due(friday, on("2026-05-08")) == on("2026-05-08")
    assert next_due(friday, on("2026-05-09")) == on("2026-05-15")
    later = read_deadline("Hàng năm, bắt đầu từ năm 2028")
    assert next_due(later, on("2026-01-01")) == on("2028-12-31")


def test_overdue_is_the_day_after_the_last_one() -> None:
    date = read_deadline("Tháng 5/2026")
    assert not is_overdue(date, on("2026-05-31")) and is_overdue(date, on("2026-06-01"))
    steps = read_deadline("Thí điểm vào tháng 5; báo cáo kết quả tháng 12/2026")
    assert not is_overdue(steps, on("2026-12-31")) and is_overdue(steps, on("2027-01-01"))
    for cell in ("Hằng năm, giai đoạn 2026 - 2030", "Thường xuyên, từ năm 2026", "Dự kiến tháng 6/2026"):
        assert not is_overdue(read_deadline(cell), on("2100-01-01"))


def test_days_counted_from_an_event() -> None:
    fifteen = read_deadline("Trong thời hạn 15 ngày kể từ ngày Thủ tướng ban hành Kế hoạch")
    # Friday 01/5 + 15 = Saturday 16/5: the next working day is Monday 18/5 (Civil Code art. 148)
    assert due_from_event(fifteen, on("2026-05-01"), weekday_works) == on("2026-05-18")
    assert due_from_event(fifteen, on("2026-05-04"), weekday_works) == on("2026-05-19")
    working = read_deadline("sau 05 ngày làm việc kể từ ngày nhận được văn bản")
    assert due_from_event(working, on("2026-05-07"), weekday_works) == on("2026-05-14")
    assert due_from_event(read_deadline("Năm 2026"), on("2026-05-07"), weekday_works) is None


def test_remind_by_the_last_working_day() -> None:
    assert remind_by(on("2026-05-09"), weekday_works) == on("2026-05-08")
    assert remind_by(on("2026-05-08"), weekday_works) == on("2026-05-08")
    with pytest.raises(ValueError, match="no working day"):
        remind_by(on("2026-05-08"), lambda _: False)


# --- what holds for every cell --------------------------------------------------------------------------

GRAMMAR = [
    "Tháng 5/2026", "tháng 13/2026", "tháng 8", "Quý IV/2026", "quý", "V", "III", "năm 2026", "năm", "2026",
    "2030", "-", "–", ";", ",", "(", ")", ":", "và", "đến", "từ", "trước", "sau", "chậm nhất", "trước ngày",
    "15/6", "31/02/2026", "10-5-2026", "ngày 20", "hằng tháng", "hằng năm", "hàng quý", "thứ Sáu hằng tuần",
    "Định kỳ", "6 tháng", "đầu năm", "cuối tháng", "giữa", "Thường xuyên", "liên tục", "bắt đầu từ",
    "Theo Kế hoạch của Thành phố", "dự kiến", "Sau khi có", "hướng dẫn", "đột xuất", "theo", "đối với", "y tế",
    "Trong thời hạn", "15 ngày", "làm việc", "kể từ ngày", "ban hành", "16h00", "tháng cuối quý", "báo cáo",
    "lồng ghép", "đến hết", "trong", "số 66/NQ-CP", "\n-", "•", "12", "05", "/", "giai đoạn", "mười lăm",
]  # fmt: skip
CELLS = st.lists(st.sampled_from(GRAMMAR), max_size=12).map(" ".join)
ANYTHING = st.one_of(
    st.text(max_size=80),
    CELLS,
    st.lists(st.one_of(st.sampled_from(GRAMMAR), st.text(max_size=4)), max_size=10).map("".join),
)
STEADY = settings(derandomize=True, deadline=None, max_examples=400, database=None)


def meaning(read: Deadline) -> object:
    """What a deadline says apart from its words."""
    dues = [(milestone.due, milestone.inferred) for milestone in read.milestones]
    counted = (read.tentative, read.offset_days, read.working_days)
    parts = [meaning(part) for part in read.parts]
    return read.kind, read.due, read.window_start, dues, read.recurrence, counted, parts


@STEADY
@given(cell=ANYTHING, product=ANYTHING, year=st.none() | st.integers(-5, 3000))
def test_nothing_fails_and_every_reading_is_sound(cell: str, product: str, year: int | None) -> None:
    read = read_deadline(cell, product=product, year=year)
    for one in (read, *read.parts):
        assert one.kind != UNREADABLE or one.due is None
        assert one.kind not in (DATE, MILESTONES) or one.due is not None
        assert one.kind != RECURRING or one.recurrence not in (None, Recurrence())
        assert one.kind != MILESTONES or one.due == max(step.due for step in one.milestones) or one.parts
        assert not one.tentative or one.due is not None
    today = on("2026-05-05")
    asked = next_due(read, today)
    assert asked is None or asked >= today
    assert not is_overdue(read, today) or (
        read.due is not None and read.due < today and bool(read.parts or asked is None)
    )
    assert read.text == " ".join(read.text.split())


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


@st.composite
def periods(draw: st.DrawFn) -> tuple[str, dt.date, dt.date]:
    """A unit of the calendar in one of its spellings, with its first and last day."""
    year = draw(st.integers(1991, 2099))
    joint = draw(st.sampled_from(["/", " năm ", ", năm ", "/ "]))
    kind = draw(st.sampled_from(["month", "quarter", "half", "year"]))
    if kind == "month":
        month = draw(st.integers(1, 12))
        number = draw(st.sampled_from([str(month), f"{month:02}"]))
        return f"tháng {number}{joint}{year}", dt.date(year, month, 1), month_end(year, month)
    if kind == "quarter":
        quarter = draw(st.integers(1, 4))
        number = draw(st.sampled_from([str(quarter), ["I", "II", "III", "IV"][quarter - 1]]))
        return f"quý {number}{joint}{year}", dt.date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter)
    if kind == "half":
        half = draw(st.sampled_from([1, 2]))
        text = f"6 tháng {['đầu', 'cuối'][half - 1]} năm {year}"
        return text, dt.date(year, 6 * half - 5, 1), month_end(year, 6 * half)
    return f"năm {year}", dt.date(year, 1, 1), dt.date(year, 12, 31)


@STEADY
@given(periods(), st.sampled_from(["", "trong ", "Hoàn thành trong ", "chậm nhất ", "đến hết ", "hết "]))
def test_a_period_is_due_at_its_end(period: tuple[str, dt.date, dt.date], prefix: str) -> None:
    words, first, last = period
    read = read_deadline(prefix + words)
    assert (read.kind, read.window_start, read.due) == (DATE, first, last)


@STEADY
@given(periods())
def test_before_a_period_is_the_day_before_it(period: tuple[str, dt.date, dt.date]) -> None:
    words, first, _ = period
    read = read_deadline(f"Trước {words}")
    assert (read.kind, read.window_start, read.due) == (DATE, None, first - dt.timedelta(days=1))


@STEADY
@given(periods(), periods(), st.sampled_from(["{} - {}", "{} – {}", "từ {} đến {}", "Từ {} đến hết {}"]))
def test_a_range_lies_between_its_ends(
    one: tuple[str, dt.date, dt.date], other: tuple[str, dt.date, dt.date], form: str
) -> None:
    read = read_deadline(form.format(one[0], other[0]))
    if one[1] > other[2]:
        assert read.kind == UNREADABLE
    else:
        assert (read.kind, read.window_start, read.due) == (DATE, one[1], other[2])


@STEADY
@given(st.dates(on("1990-01-02"), on("2100-12-31")), st.sampled_from("/.-"), st.booleans())
def test_a_day_in_any_spelling(when: dt.date, separator: str, zeros: bool) -> None:
    number = (f"{when.day:02}", f"{when.month:02}") if zeros else (f"{when.day}", f"{when.month}")
    written = separator.join((*number, str(when.year)))
    assert read_deadline(f"chậm nhất ngày {written}").due == when
    assert read_deadline(f"Trước {written}").due == when - dt.timedelta(days=1)
    assert read_deadline(f"ngày {when.day} tháng {when.month} năm {when.year}").due == when


@STEADY
@given(CELLS, st.none() | st.just(2026))
def test_spelling_changes_nothing(cell: str, year: int | None) -> None:
    said = meaning(read_deadline(cell, year=year))
    for spelt in (fold(cell), cell.upper(), cell.replace(" ", "  "), cell.replace("hằng", "hàng")):
        assert meaning(read_deadline(spelt, year=year)) == said


@STEADY
@given(ANYTHING)
def test_normal_forms_read_alike(cell: str) -> None:
    cell = cell.encode("utf-8", "replace").decode("utf-8")
    assert read_deadline(unicodedata.normalize("NFD", cell)) == read_deadline(unicodedata.normalize("NFC", cell))


@pytest.mark.parametrize("word", [*GRAMMAR, "1/", "(đối với ", "thang 1,1,", "a "])
def test_long_garbage_is_read_in_reasonable_time(word: str) -> None:
    garbage = ((word + " ") * 10_000)[:10_000]
    began = time.perf_counter()
    read_deadline(garbage, product=garbage)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    "cell", ["Hằng ngày, 24/24 giờ", "Quanh năm", "Không thời hạn", "Năm 2026 và các năm tiếp theo"]
)
def test_what_goes_on_has_no_last_day(cell: str) -> None:
    reading = read_deadline(cell, year=2026)
    assert (reading.kind, reading.due) == (ONGOING, None)


@pytest.mark.parametrize("cell", ["02 lần/năm", "Mỗi năm 02 lần", "Tuần đầu hằng quý", "Mỗi tuần 2 lần"])
def test_how_often_without_days_recurs_on_no_known_day(cell: str) -> None:
    reading = read_deadline(cell, year=2026)
    assert (reading.kind, reading.recurrence) == (RECURRING, None)


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Tuần cuối hằng quý", ((3, 31), (6, 30), (9, 30), (12, 31))),
        ("Ngày 01 tháng đầu quý", ((1, 1), (4, 1), (7, 1), (10, 1))),
        ("Định kỳ 6 tháng trước ngày 15/6, hằng năm trước ngày 05/12", ((6, 14), (12, 4))),
    ],
)
def test_days_that_recur_in_other_words(cell: str, days: tuple[tuple[int, int], ...]) -> None:
    recurrence = read_deadline(cell, year=2026).recurrence
    assert recurrence is not None
    assert recurrence.days == days


def test_expected_in_brackets_is_tentative_and_a_season_is_no_date() -> None:
    assert read_deadline("Tháng 11/2026 (dự kiến)").tentative
    assert read_deadline("Mùa khô hằng năm", year=2026).due is None
    assert read_deadline("Trong 10 ngày đầu tháng", year=2026).offset_days is None


@pytest.mark.parametrize(("cell", "due"), [("2026-06-15", "2026-06-15"), ("Trước 2026-06-15", "2026-06-14")])
def test_days_as_programs_write_them(cell: str, due: str) -> None:
    assert read_deadline(cell, year=2025).due == dt.date.fromisoformat(due)


def test_a_day_that_no_calendar_has_is_unreadable_in_any_order() -> None:
    assert read_deadline("2026-02-31").kind is DeadlineKind.UNREADABLE


# --- kept up, and when most is done -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "due", "days"),
    [
        ("Trước 15/5/2026, cập nhật hằng tháng", "2026-05-14", 12),
        ("Quý II/2026, rà soát hằng năm", "2026-06-30", 1),
        ("Trước ngày 30/6/2026 và cập nhật hàng quý", "2026-06-29", 4),
    ],
)
def test_done_by_a_day_and_kept_up_from_then_on(text: str, due: str, days: int) -> None:
    found = read_deadline(text)
    assert (found.kind, found.due) == (DATE, on(due))
    assert found.recurrence is not None
    assert len(found.recurrence.days) == days


@pytest.mark.parametrize("text", ["Quý I/2026 và hằng năm", "Tháng 5/2026, hằng năm"])
def test_one_day_or_every_year_is_not_decided(text: str) -> None:
    assert read_deadline(text).kind == UNREADABLE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thường xuyên, cao điểm tháng 5 và tháng 9/2026", ONGOING),
        ("Thường xuyên (cao điểm quý IV/2026)", ONGOING),
        ("Hằng năm, tập trung vào quý IV", RECURRING),
    ],
)
def test_when_most_is_done_is_no_day_that_can_pass(text: str, kind: DeadlineKind) -> None:
    found = read_deadline(text)
    assert found.kind == kind
    assert not is_overdue(found, on("2027-06-01"))
