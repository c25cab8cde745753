"""Reviews: read, found again where their lines stand, laid over what was read, shown where their source changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.errors import CorpusError
from corpus.ingest import ReadDocument, records_of
from corpus.manifest import ManifestEntry
from corpus.reading import Reading
from corpus.records import DeadlineKind, Origin
from corpus.review_files import corrected
from corpus.reviews import SHIPPED, fingerprint, place_of, read_review
from tests.corpus.reading import table

TEXT = table(
    "STT | Nhiệm vụ | Chủ trì | Phối hợp | Sản phẩm | Thời hạn",
    "1 | Lập kế hoạch | Văn phòng HĐND và UBND | Công an phường | Kế hoạch | Tháng 5/2026",
    "2 | Gửi báo cáo | Phòng Văn hóa - Xã hội | Công an phường | Báo cáo | Thang 0S/2O26",
)
DAY = dt.date(2026, 11, 22)


def read_with(folder: Path | None, agencies: Agencies, text: str = TEXT) -> ReadDocument:
    entry = ManifestEntry(id="van-ban", file="van-ban.txt")
    return records_of(Reading(text), entry, agencies, (folder,) if folder else ())


def review(folder: Path, agencies: Agencies, fields: dict[str, str], illegible: Sequence[str] = ()) -> Path:
    task = read_with(None, agencies).tasks[1]
    return corrected(
        folder, task, TEXT, fields, illegible, by="Lan", why="đối chiếu bản giấy", when=DAY, what="sửa một ô"
    )


def test_the_shipped_transcription_covers_all_rows_of_plan_89(library_documents: dict[str, ReadDocument]) -> None:
    read = library_documents["ngoc-ha-89"]
    assert [task.number for task in read.tasks] == [str(i + 1) for i in range(43)]
    assert {task.origin for task in read.tasks} == {Origin.REVIEW}
    illegible = [task.number for task in read.tasks if task.deadline.kind is DeadlineKind.UNREADABLE]
    assert illegible == ["5", "17"]
    assert [doubt.code for doubt in read.doubts if doubt.code.startswith("review")] == []


def test_every_transcribed_row_quotes_its_lines_as_received(library_documents: dict[str, ReadDocument]) -> None:
    read = library_documents["ngoc-ha-89"]
    lines = read.text.split("\n")
    for row, task in zip(read_review(SHIPPED / "ngoc-ha-89.yaml").rows, read.tasks, strict=True):
        first, last = map(int, row.lines.split("-"))
        assert read.text[task.span.start : task.span.end] == "\n".join(lines[first - 1 : last]).strip()


def test_a_correction_changes_its_field_and_is_certain(tmp_path: Path, agencies: Agencies) -> None:
    review(tmp_path, agencies, {"deadline": "Tháng 5/2026"})
    before, after = read_with(None, agencies).tasks[1], read_with(tmp_path, agencies).tasks[1]
    assert before.deadline.kind is DeadlineKind.UNREADABLE
    assert (after.deadline.due, after.title, after.origin) == (dt.date(2026, 5, 31), before.title, Origin.REVIEW)
    assert after.span == before.span


def test_a_second_correction_keeps_the_first(tmp_path: Path, agencies: Agencies) -> None:
    review(tmp_path, agencies, {"deadline": "Tháng 5/2026"})
    path = review(tmp_path, agencies, {"lead": "Công an phường"}, ["product"])
    (row,) = read_review(path).rows
    assert (row.deadline, row.lead, row.illegible, row.by) == ("Tháng 5/2026", "Công an phường", ("product",), "Lan")


def test_a_field_marked_illegible_is_not_stated(tmp_path: Path, agencies: Agencies) -> None:
    review(tmp_path, agencies, {}, ["lead", "deadline"])
    task = read_with(tmp_path, agencies).tasks[1]
    assert task.lead == ()
    assert task.deadline.kind is DeadlineKind.UNREADABLE
    assert {"unreadable:lead", "unreadable:deadline"} <= set(task.notes)


def test_a_review_follows_its_lines_when_they_move(tmp_path: Path, agencies: Agencies) -> None:
    review(tmp_path, agencies, {"deadline": "Tháng 5/2026"})
    read = read_with(tmp_path, agencies, "Mở đầu của văn bản này.\n\n" + TEXT)
    assert read.tasks[1].deadline.due == dt.date(2026, 5, 31)


def test_a_review_whose_lines_changed_is_a_doubt_and_not_applied(tmp_path: Path, agencies: Agencies) -> None:
    review(tmp_path, agencies, {"deadline": "Tháng 5/2026"})
    read = read_with(tmp_path, agencies, TEXT.replace("Gửi báo cáo", "Gửi báo cáo tháng"))
    assert read.tasks[1].origin is Origin.TABLE
    assert [doubt.code for doubt in read.doubts if doubt.code.startswith("review")] == ["review_outdated"]


def test_a_transcribed_row_that_the_program_did_not_find_becomes_a_task(tmp_path: Path, agencies: Agencies) -> None:
    text = "KẾ HOẠCH\n\n7 Ra soat ho so Phong Van hoa Thang 6/2026\nluu tru Xa hoi\n"
    held = fingerprint(text.split("\n")[2:4])
    (tmp_path / "van-ban.yaml").write_text(
        "document: van-ban\nwho: Lan\nwhen: 2026-11-22\nwhat: chép tay\nwhy: bản quét mờ\ntable: Phụ lục\nrows:\n"
        f"- {{number: 7, lines: 3-4, hash: '{held}', title: Rà soát hồ sơ lưu trữ, "
        "lead: Phòng Văn hóa - Xã hội, deadline: Tháng 6/2026}\n",
        encoding="utf-8",
    )
    (task,) = read_with(tmp_path, agencies, text).tasks
    assert (task.number, task.table, task.lead[0].agency_id) == ("7", "Phụ lục", "phong-van-hoa-xa-hoi")
    assert text[task.span.start : task.span.end].startswith("7 Ra soat")
    assert task.deadline.due == dt.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("words", "code", "details"),
    [
        ("rows: [", "review_unreadable", {"line": 2}),
        ("document: van-ban\nwho: A\nwhen: hôm qua\nwhat: b\nwhy: c\n", "review_bad", {"row": None, "field": "when"}),
        (
            "document: van-ban\nwho: A\nwhen: 2026-01-01\nwhat: b\nwhy: c\nrows:\n- {number: 3, lines: 1, hash: x}\n",
            "review_bad",
            {"row": "3", "field": "lines"},
        ),
        ("", "review_bad", {"row": None, "field": "document"}),
    ],
)
def test_a_bad_review_is_named_and_the_document_read_without_it(
    words: str, code: str, details: dict[str, object], tmp_path: Path, agencies: Agencies
) -> None:
    path = tmp_path / "van-ban.yaml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_review(path)
    assert caught.value.code == code
    assert details.items() <= caught.value.details.items()
    read = read_with(tmp_path, agencies)
    assert len(read.tasks) == 2
    assert code in [doubt.code for doubt in read.doubts]


def test_white_space_does_not_make_lines_others() -> None:
    assert fingerprint(["18  Tiếp tục ", "xây dựng"]) == fingerprint(["18 Tiếp tục", " xây dựng"])
    assert fingerprint(["18 Tiếp tục"]) != fingerprint(["19 Tiếp tục"])


def test_a_place_out_of_the_text_is_none(tmp_path: Path, agencies: Agencies) -> None:
    (row,) = read_review(review(tmp_path, agencies, {"lead": "Công an phường"})).rows
    assert place_of(row, ["một dòng"]) is None
