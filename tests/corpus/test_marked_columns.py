"""Tables with a column for each body and marks that say who leads and who helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.ingest import read_source
from corpus.manifest import ManifestEntry
from corpus.records import Task
from corpus.sources import Source
from tests.corpus.files import Cell, Table, save_docx, save_html, save_xlsx
from tests.corpus.reading import read_text_as_document, table

BODIES = "Văn phòng HĐND và UBND | Phòng Kinh tế | Công an phường"


def told(tasks: tuple[Task, ...]) -> list[tuple[str, list[str], list[str]]]:
    return [(t.number, [m.name for m in t.lead], [m.name for m in t.coordinate]) for t in tasks]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            (f"STT | Nhiệm vụ | {BODIES} | Thời hạn", "1 | Rà soát hộ nghèo |  | x |  | Tháng 7/2026",
             "2 | Trực bão | X |  | x | Tháng 9/2026", "3 | Dọn kênh |  |  |  | Tháng 9/2026"),
            [("1", ["Phòng Kinh tế"], []), ("2", ["Văn phòng HĐND và UBND phường", "Công an phường"], []),
             ("3", [], [])],
        ),
        (
            (f"STT | Nhiệm vụ | {BODIES} | Thời hạn", "1 | Rà soát hộ nghèo | PH | CT |  | Tháng 7/2026",
             "2 | Trực bão | x |  | CT | Tháng 9/2026"),
            [("1", ["Phòng Kinh tế"], ["Văn phòng HĐND và UBND phường"]),
             ("2", ["Công an phường"], ["Văn phòng HĐND và UBND phường"])],
        ),
        (
            ("STT | Nội dung công việc | Đơn vị thực hiện | | | Thời hạn", f" | | {BODIES} | ",
             "1 | Rà soát hộ nghèo | P | C | P | Tháng 7/2026"),
            [("1", ["Phòng Kinh tế"], ["Văn phòng HĐND và UBND phường", "Công an phường"])],
        ),
        (
            ("TT | Nhiệm vụ | Thời gian | Sản phẩm | Phòng Kinh tế | Công an phường | Đội trật tự đô thị",
             "1 | Kiểm tra vỉa hè | Tháng 5/2026 | Báo cáo | x | | ✓"),
            [("1", ["Phòng Kinh tế", "Đội trật tự đô thị"], [])],
        ),
    ],
)  # fmt: skip
def test_marks_name_the_bodies(
    rows: tuple[str, ...], expected: list[tuple[str, list[str], list[str]]], tmp_path: Path, agencies: Agencies
) -> None:
    assert told(read_text_as_document(table(*rows), tmp_path, agencies).tasks) == expected


@pytest.mark.parametrize(
    "rows",
    [
        ("STT | Nhiệm vụ | Chủ trì | Phòng Kinh tế | Công an phường | Thời hạn",
         "1 | Rà soát hộ nghèo | UBND phường | x | x | Tháng 7/2026"),
        ("STT | Nhiệm vụ | Quý I | Quý II | Sản phẩm | Thời hạn",
         "1 | Rà soát hộ nghèo | x |  | Báo cáo | Tháng 3/2026"),
        ("STT | Nhiệm vụ | Phòng Kinh tế | Công an phường | Thời hạn",
         "1 | Rà soát hộ nghèo | 12 hộ | 5 hộ | Tháng 7/2026"),
    ],
)  # fmt: skip
def test_other_columns_are_no_bodies(rows: tuple[str, ...], tmp_path: Path, agencies: Agencies) -> None:
    (task,) = read_text_as_document(table(*rows), tmp_path, agencies).tasks
    assert "Phòng Kinh tế" not in [mention.name for mention in task.lead]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
def test_marks_in_office_files(kind: str, tmp_path: Path, agencies: Agencies) -> None:
    rows = [
        [Cell("STT", down=2), Cell("Nhiệm vụ", down=2), Cell("Đơn vị thực hiện", across=3), Cell("Thời hạn", down=2)],
        [Cell(name.strip()) for name in BODIES.split("|")],
        [Cell(words) for words in ("1", "Rà soát hộ nghèo", "PH", "CT", "", "Tháng 7/2026")],
        [Cell(words) for words in ("2", "Trực bão", "", "", "CT", "Tháng 9/2026")],
    ]
    path = tmp_path / f"bang.{kind}"
    if kind == "xlsx":
        save_xlsx(path, {"Bảng": [Table(rows)]})
    else:
        {"docx": save_docx, "html": save_html}[kind](path, Table(rows))
    tasks = read_source(Source(path, ManifestEntry(id="bang", file=path.name)), agencies).tasks
    assert told(tasks) == [
        ("1", ["Phòng Kinh tế"], ["Văn phòng HĐND và UBND phường"]),
        ("2", ["Công an phường"], []),
    ]
