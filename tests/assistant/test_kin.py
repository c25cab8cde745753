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
