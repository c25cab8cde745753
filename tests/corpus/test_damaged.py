"""Tables whose cells a scan has mixed: plan 89 as received, and other pages made as bad scans make them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz

from corpus.accents import Language, restored
from corpus.agencies import Agencies
from corpus.certainty import LEAST
from corpus.damaged import Known, damaged_tasks
from corpus.damaged_header import find_damaged
from corpus.deadlines import read_deadline
from corpus.ingest import ReadDocument, records_of
from corpus.paragraphs import lines_of
from corpus.readers import read
from corpus.records import DeadlineKind, Task
from corpus.sources import sources_in
from corpus.task_table import TableContext
from corpus.vietnamese import fold
from eval.reading import CERTAIN_WRONG, RIGHT, Score, compared
from tests.conftest import DOCUMENTS
from tests.corpus.damaging import BAD, FADED, PLAIN, Damage, Row, damaged

ANNEXES: dict[str, list[Row]] = yaml.safe_load((Path(__file__).parents[1] / "data" / "annexes.yaml").read_text("utf-8"))
SIX = ("number", "title", "lead", "coordinate", "product", "deadline")
WARD = ("number", "title", "lead", "coordinate", "deadline", "product")
# A plan of a ward that no document has: four bodies lead in turn, deadlines of every kind.
WORK = (
    "Rà soát, cập nhật danh mục hồ sơ lưu trữ của phường", "Tổ chức tuyên truyền phòng cháy, chữa cháy tại khu dân cư",
    "Kiểm tra an toàn thực phẩm tại các chợ trên địa bàn", "Xây dựng phương án phòng, chống thiên tai năm 2026",
    "Lập danh sách hộ nghèo, hộ cận nghèo đề nghị hỗ trợ", "Sửa chữa hệ thống chiếu sáng các tuyến ngõ",
    "Tập huấn kỹ năng số cho cán bộ tổ dân phố", "Đối thoại với doanh nghiệp, hộ kinh doanh trên địa bàn",
    "Thống kê, phân loại rác thải tại nguồn", "Tổ chức hội nghị sơ kết công tác sáu tháng đầu năm",
    "Vận động nhân dân hiến đất mở rộng đường", "Tiếp nhận, giải quyết phản ánh của người dân",
    "Khảo sát nhu cầu học nghề của lao động nông thôn", "Chỉnh trang vỉa hè, lòng đường tuyến phố chính",
    "Phổ biến quy định về an ninh mạng cho học sinh", "Cấp thẻ thư viện điện tử cho thiếu nhi",
)  # fmt: skip
LEADS = ("Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND", "Phòng Kinh tế, Hạ tầng và Đô thị", "Công an phường")
DAYS = ("Tháng 3/2026", "Chậm nhất tháng 9/2026", "Thường xuyên", "Quý II/2026", "Tháng 12/2026")


def ward_plan(rows: int) -> list[Row]:
    return [
        {
            "number": str(i + 1),
            "title": WORK[i % len(WORK)],
            "lead": LEADS[i % len(LEADS)],
            "coordinate": "Các phòng, ban, đơn vị liên quan",
            "deadline": DAYS[i % len(DAYS)],
            "product": ("Kế hoạch", "Báo cáo", "Văn bản")[i % 3],
        }
        for i in range(rows)
    ]


@pytest.fixture(scope="module")
def known(agencies: Agencies) -> Known:
    """What damaged words are held against: the clean prose of one plan, none of the tables that are damaged here."""
    return Known.of(agencies, [(DOCUMENTS / "hn-226-plan.txt").read_text("utf-8")])


@pytest.fixture(scope="module")
def alone(agencies: Agencies, library_documents: dict[str, ReadDocument]) -> Score:
    """What the program alone reads of plan 89, against its transcription."""
    source = next(source for source in sources_in(DOCUMENTS) if source.entry.id == "ngoc-ha-89")
    own = records_of(read(source.path), source.entry, agencies, ()).tasks
    return compared(source.entry.id, library_documents["ngoc-ha-89"].tasks, own)


def read_page(text: str, known: Known) -> list[Task]:
    return damaged_tasks(lines_of(text), lambda _: TableContext("trang", "Phụ lục", 2026), lambda: known)


def letters(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(words))


def test_plan_89_by_program_alone_reaches_its_bars(alone: Score) -> None:
    assert alone.numbered >= 36
    assert alone.fields["lead"][RIGHT] >= 0.8 * alone.rows
    assert alone.fields["deadline"][RIGHT] >= 0.7 * alone.rows


@pytest.mark.parametrize("name", ["lead", "coordinate", "leader", "deadline", "title", "product"])
def test_nothing_of_plan_89_is_read_wrong_and_held_for_certain(alone: Score, name: str) -> None:
    assert alone.fields[name][CERTAIN_WRONG] == 0


def outcome(
    rows: Sequence[Row], columns: Sequence[str], damage: Damage, seed: int, known: Known
) -> tuple[float, float, float]:
    """The shares of rows found, of leads right, and of leads and days stated wrong, of a page made from rows."""
    tasks = read_page(damaged(rows, columns, damage, seed), known)
    by_number = {task.number: task for task in tasks}
    found = leads = wrong = 0
    for row in rows:
        task = by_number.get(row["number"])
        if task is None or fuzz.ratio(letters(task.title), letters(row["title"])) < 50:
            continue
        found += 1
        named = [mention.agency_id for mention in task.lead]
        right = named == [mention.agency_id for mention in known.agencies.split(row["lead"])]
        leads += right
        wanted = read_deadline(row["deadline"], product=row["product"], year=2026)
        stated = task.deadline.kind is not DeadlineKind.UNREADABLE
        wrong += (bool(named) and not right) + (stated and task.deadline.due != wanted.due)
    return found / len(rows), leads / len(rows), wrong / (2 * len(rows))


@pytest.mark.parametrize(("damage", "seed"), [(PLAIN, 1), (FADED, 2), (BAD, 3)])
def test_a_plan_of_another_ward_is_read_through_its_damage(damage: Damage, seed: int, known: Known) -> None:
    found, leads, wrong = outcome(ward_plan(24), WARD, damage, seed, known)
    assert found >= 0.85
    assert leads >= 0.7
    assert wrong <= 0.03


@pytest.mark.parametrize(("document", "seed"), [("nhi-chieu-158", 1), ("hn-226-annex", 2)])
def test_what_is_not_read_for_certain_of_a_hard_page_is_not_stated(document: str, seed: int, known: Known) -> None:
    found, _, wrong = outcome(ANNEXES[document], SIX, FADED, seed, known)
    assert found >= 0.85
    assert wrong <= 0.06


@pytest.mark.parametrize(
    "said",
    [
        "Thường xuyên thành phố", "Thường xuyên sâu sắc", "tháng tháng 12/2026", "từ năm 2026",
        "Tháng 9/2026 - 2026 2030",
        "định kỳ Quý II/2026", "2030 2026",
    ],
)  # fmt: skip
def test_a_deadline_with_words_of_other_cells_is_left_to_review(said: str, known: Known) -> None:
    rows = [{**row, "deadline": said} if row["number"] == "6" else row for row in ward_plan(16)]
    task = next(task for task in read_page(damaged(rows, WARD, FADED, 5), known) if task.number == "6")
    assert task.deadline.kind is DeadlineKind.UNREADABLE


def test_a_section_below_the_header_is_no_part_of_it(known: Known) -> None:
    section: Row = {"section": "I", "title": "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"}
    tasks = read_page(damaged([section, *ward_plan(16)], WARD, FADED, 5), known)
    assert {task.section for task in tasks} == {"I"}
    assert all("leader" not in task.certainty for task in tasks)


def test_fields_below_the_threshold_are_left_out_with_a_note(known: Known) -> None:
    tasks = read_page(damaged(ward_plan(16), WARD, BAD, 5), known)
    for task in tasks:
        unsure = {name for name, value in task.certainty.items() if value < LEAST} - {"number"}
        assert {f"unreadable:{name}" for name in unsure} <= set(task.notes)
        assert not (task.lead and "lead" in unsure)
        assert task.deadline.kind is DeadlineKind.UNREADABLE or "deadline" not in unsure


def test_a_task_quotes_the_lines_that_it_was_read_from(known: Known) -> None:
    text = damaged(ward_plan(16), WARD, FADED, 5)
    for task in read_page(text, known):
        quote = letters(text[task.span.start : task.span.end])
        assert fuzz.partial_ratio(letters(task.title)[:12], quote) >= 80


@pytest.mark.parametrize("name", ["hn-226-plan", "nhi-chieu-158", "hn-226-annex", "cchc-2026-2030"])
def test_prose_beside_sound_tables_is_no_damaged_one(name: str, library_documents: dict[str, ReadDocument]) -> None:
    assert not list(find_damaged([line for line in lines_of(library_documents[name].text) if "\t" not in line.raw]))


def test_accents_come_from_the_language_and_the_scan_is_heard() -> None:
    language = Language(["Báo cáo kết quả thực hiện kế hoạch", "kế hoạch của phường", "bảo đảm an toàn"])
    assert restored(language, ["bao", "cao", "ket", "qua"], ["Bao", "cdo", "két", "quà,"]) == "Báo cáo kết quả,"
    assert restored(language, ["cchc", "2026"], ["CCHC", "2026."]) == "CCHC 2026."
    assert language.spelled(["xyz"], ["xyz"]) == ["xyz"]
