"""Documents that belong together: an annex finds its plan, and what was changed by another document is said to be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.assistant import Assistant, Turn
from assistant.wiring import assistant_in_memory
from tests.corpus.reading import table

TODAY = dt.date(2027, 5, 1)
HEADER = "STT | Nhiệm vụ | Chủ trì | Phối hợp | Sản phẩm | Thời hạn"
ROW = "1 | Lắp đặt camera giám sát | Công an phường | Phòng Kinh tế | Báo cáo | Tháng 6/2027"


def plan(ward: str, number: str, title: str, body: str) -> str:
    head = f"UBND PHƯỜNG {ward.upper()}\n\nSố: {number}\n\nPhường {ward}, ngày 03 tháng 1 năm 2027\n\nKẾ HOẠCH\n\n"
    return f"{head}{title}\n\nI. NỘI DUNG\n\n1. {body}\n"


@pytest.fixture
def office(tmp_path: Path) -> Assistant:
    wifi = "Mỗi tổ dân phố lắp đặt mười hai điểm phát sóng công cộng."
    annex = (
        f"PHỤ LỤC\n\n(Kèm theo Kế hoạch số 12/KH-UBND ngày 03/01/2027 của UBND phường Hoa Lư)\n\n{table(HEADER, ROW)}"
    )
    change = "Sửa đổi, bổ sung Kế hoạch số 12/KH-UBND ngày 03/01/2027 của UBND phường Hoa Lư về chuyển đổi số"
    texts = {
        "kh12": plan("Hoa Lư", "12/KH-UBND", "Chuyển đổi số năm 2027", wifi),
        "pl12": annex,
        "kh12-khac": plan("Mỹ An", "12/KH-UBND", "Phòng chống lụt bão năm 2027", "Dọn cống trước mùa mưa."),
        "kh20": plan("Hoa Lư", "20/KH-UBND", change, "Bổ sung nhiệm vụ tập huấn kỹ năng số cho người cao tuổi."),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return assistant_in_memory(tmp_path)


def test_an_annex_finds_the_plan_of_its_own_ward(office: Assistant) -> None:
    cards = office.library.shelf().catalogue.by_id
    assert cards["pl12"].annex_of == "kh12"
    assert cards["kh12"].annex_of is None


def test_an_amended_plan_is_said_to_be_amended_with_the_place(office: Assistant) -> None:
    assert office.library.shelf().catalogue.by_id["kh12"].changed_by == (("amends", "kh20"),)
    reply = office.reply(Turn("phường Hoa Lư lắp đặt bao nhiêu điểm phát sóng công cộng", TODAY, None))
    assert "sửa đổi, bổ sung bởi Kế hoạch 20/KH-UBND" in reply.text
    (note,) = [citation for citation in reply.citations if citation.document == "kh20"]
    assert note.quote.startswith("Kế hoạch số 12/KH-UBND")


def test_a_plan_that_nobody_changed_is_told_without_a_note(office: Assistant) -> None:
    reply = office.reply(Turn("phường Mỹ An dọn cống trước mùa nào", TODAY, None))
    assert "mùa mưa" in reply.text
    assert "Lưu ý" not in reply.text


WORK = "1 | Lắp đặt camera giám sát tại chợ | {} | Phòng Kinh tế | Báo cáo | {}"


def annexed(number: str, title: str, row: str, last: str, date: str = "03 tháng 1 năm 2027") -> str:
    head = f"UBND PHƯỜNG HOA LƯ\n\nSố: {number}\n\nPhường Hoa Lư, ngày {date}\n\nKẾ HOẠCH\n\n"
    body = f"{title}\n\nI. NỘI DUNG\n\n1. {last}\n\nPHỤ LỤC\n\nPHÂN CÔNG NHIỆM VỤ\n\n"
    return f"{head}{body}{table(HEADER, row)}"


def held(folder: Path, **texts: str) -> Assistant:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return assistant_in_memory(folder)


@pytest.fixture
def renewed(tmp_path: Path) -> Assistant:
    """An office whose plan of safety was replaced by another one; its plan of floods holds, by its words, to 2026."""
    old = annexed(
        "12/KH-UBND", "Bảo đảm an toàn chợ năm 2027", WORK.format("Công an phường", "Tháng 6/2027"), "Một việc."
    )
    change = "Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 03/01/2027 của UBND phường Hoa Lư."
    new = annexed(
        "30/KH-UBND", "Bảo đảm an toàn chợ", WORK.format("Phòng Kinh tế", "Tháng 9/2027"), change,
        "02 tháng 4 năm 2027",
    )  # fmt: skip
    row = "1 | Nạo vét cống rãnh | Công an phường | Phòng Kinh tế | Báo cáo | Tháng 6/2026"
    flood = annexed(
        "9/KH-UBND", "Phòng chống ngập úng", row, "Kế hoạch này thực hiện đến hết ngày 31/12/2026.",
        "05 tháng 1 năm 2026",
    )  # fmt: skip
    return held(tmp_path, kh12=old, kh30=new, kh9=flood)


@pytest.mark.parametrize(
    "question",
    [
        "ai chủ trì lắp đặt camera giám sát tại chợ",
        "lap dat camera giam sat tai cho bao gio xong",
        "nhiệm vụ 1 kế hoạch an toàn chợ",
        "các nhiệm vụ về camera",
    ],
)
def test_the_successor_answers_and_the_replaced_plan_does_not(question: str, renewed: Assistant) -> None:
    reply = renewed.reply(Turn(question, TODAY, None))
    assert {task.document for task in reply.tasks} == {"kh30"}, reply.text
    assert "Lưu ý" not in reply.text


@pytest.mark.parametrize("question", ["nhiệm vụ 1 kế hoạch 12", "kế hoạch 12/KH-UBND giao ai lắp camera tại chợ"])
def test_asked_by_its_number_the_replaced_plan_answers_with_the_note(question: str, renewed: Assistant) -> None:
    reply = renewed.reply(Turn(question, TODAY, None))
    assert {task.document for task in reply.tasks} == {"kh12"}
    assert "thay thế hoặc bãi bỏ bởi Kế hoạch 30/KH-UBND" in reply.text


def test_a_list_of_a_body_leaves_out_what_was_replaced(renewed: Assistant) -> None:
    reply = renewed.reply(Turn("các việc Công an phường chủ trì", TODAY, None))
    assert "kh12" not in {task.document for task in reply.tasks}


def test_before_its_successor_was_issued_a_plan_still_holds(renewed: Assistant) -> None:
    reply = renewed.reply(Turn("nhiệm vụ 1 kế hoạch an toàn chợ năm 2027", dt.date(2027, 2, 1), None))
    assert "kh12" in {task.document for task in reply.tasks} or "12/KH-UBND" in reply.text


def test_a_plan_whose_day_has_passed_says_so(renewed: Assistant) -> None:
    reply = renewed.reply(Turn("ai nạo vét cống rãnh", TODAY, None))
    assert "chỉ thực hiện đến hết ngày 31/12/2026" in reply.text
    assert reply.citations[-1].quote.startswith("Kế hoạch này thực hiện")
    assert "Lưu ý" not in renewed.reply(Turn("ai nạo vét cống rãnh", dt.date(2026, 5, 1), None)).text


def test_the_number_of_a_task_is_not_that_of_the_replaced_plan(tmp_path: Path) -> None:
    change = "Kế hoạch này thay thế Kế hoạch số 1/KH-UBND ngày 03/01/2027 của UBND phường Hoa Lư."
    title = "Bảo đảm an toàn chợ"
    old = annexed("1/KH-UBND", title, WORK.format("Công an phường", "Tháng 6/2027"), "Một việc.")
    new = annexed("30/KH-UBND", title, WORK.format("Phòng Kinh tế", "Tháng 9/2027"), change, "02 tháng 4 năm 2027")
    office = held(tmp_path, kh1=old, kh30=new)
    assert {task.document for task in office.reply(Turn("nhiệm vụ 1 ai chủ trì", TODAY, None)).tasks} == {"kh30"}
    assert {task.document for task in office.reply(Turn("nv 1 kh 1 ai chủ trì", TODAY, None)).tasks} == {"kh1"}
