"""Duties that stand in prose: who, when and where, and what is none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.ingest import ReadDocument, records_of
from corpus.manifest import ManifestEntry
from corpus.reading import Reading
from corpus.records import DeadlineKind, Origin, Task
from tests.command import RunTroly
from tests.conftest import DOCUMENTS

HEAD = "UBND XÃ Y\n\nSố: 9/KH-UBND\n\nXã Y, ngày 03 tháng 4 năm 2027\n\nKẾ HOẠCH\n\nPhòng, chống thiên tai\n\n"


def duties(body: str, agencies: Agencies) -> tuple[Task, ...]:
    text = f"{HEAD}V. TỔ CHỨC THỰC HIỆN\n\n{body}\n"
    return records_of(Reading(text), ManifestEntry(id="a", file="a.txt"), agencies).duties


def test_a_body_that_opens_the_sentence_is_in_charge(agencies: Agencies) -> None:
    (duty,) = duties("1. Công an xã tổng rà soát nhà trọ; hoàn thành trước ngày 15/10/2027.", agencies)
    assert [m.name for m in duty.lead] == ["Công an xã"]
    assert (duty.number, duty.origin, duty.deadline.due) == ("V.1", Origin.PROSE, dt.date(2027, 10, 14))


def test_a_body_in_the_heading_is_in_charge(agencies: Agencies) -> None:
    body = "1. Phòng Kinh tế\n\n- Tổng hợp, báo cáo trước ngày 20 hằng tháng, báo cáo quý trước ngày 15 tháng cuối quý."
    (duty,) = duties(body, agencies)
    assert [m.name for m in duty.lead] == ["Phòng Kinh tế"]
    assert duty.deadline.kind is DeadlineKind.RECURRING
    assert duty.deadline.recurrence is not None
    assert {(1, 19), (3, 14), (3, 19)} <= set(duty.deadline.recurrence.days)
    assert (1, 14) not in duty.deadline.recurrence.days


@pytest.mark.parametrize(
    "body",
    [
        "1. Thực hiện Quyết định số 12/QĐ-UBND ngày 15/10/2026 của UBND xã Y.",
        "1. Hội nghị quán triệt không quá 1/2 ngày; hội nghị chuyên môn không quá 1 ngày.",
        "1. Các thôn thường xuyên kiểm tra đê điều.",
        "1. Từ ngày 01/6/2027 tổ chức trực ban.",
        "1. Giai đoạn 2027 - 2030 xây dựng hồ chứa.",
    ],
)
def test_sentences_that_set_no_duty(body: str, agencies: Agencies) -> None:
    assert duties(body, agencies) == ()


def test_the_duties_of_the_documents_that_ship(library_documents: dict[str, ReadDocument]) -> None:
    found = {name: [(d.number, d.deadline.kind) for d in read.duties] for name, read in library_documents.items()}
    assert found["hn-226-plan"] == [
        ("II.3.a", DeadlineKind.DATE),
        ("IV.1.a", DeadlineKind.DATE),
        ("IV.1.b", DeadlineKind.RECURRING),
    ]
    assert found["nhi-chieu-158"] == [("IV.1", DeadlineKind.RECURRING)]
    assert found["ngoc-ha-89"] == []
    for name, read in library_documents.items():
        text = (DOCUMENTS / f"{name}.txt").read_bytes().decode("utf-8")
        for duty in read.duties:
            assert duty.deadline.text in " ".join(text[duty.span.start : duty.span.end].split())


def test_duties_are_listed_beside_the_table_and_counted_apart(run_troly: RunTroly, filled_data: Path) -> None:
    assert len(run_troly("tasks", "--document", "nhi-chieu-158", "--json").json) == 19
    (duty,) = run_troly("tasks", "--document", "nhi-chieu-158", "--duties", "--json").json
    assert duty["number"] == "IV.1"
    question = "tháng 12/2026 phòng văn hóa xã hội có việc gì đến hạn"
    unit = "UBND phường Nhị Chiểu"
    reply = run_troly("ask", question, "--unit", unit, "--today", "2026-11-20", "--json").json
    assert "phần lời" in reply["text"]
    assert any(c["locator"] == "mục IV.1" for c in reply["citations"])
