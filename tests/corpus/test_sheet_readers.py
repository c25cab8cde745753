"""XLSX and CSV: the sheets as they are seen, days and figures as people write them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from corpus.agencies import Agencies
from corpus.errors import CorpusError
from corpus.ingest import ReadDocument, read_source
from corpus.manifest import ManifestEntry
from corpus.readers import read
from corpus.reading import Reading
from corpus.sources import Source
from tests.corpus.files import Cell, Row, Table, save_xlsx, shared, windows_1258
from tests.corpus.test_docx_reader import HEADER

TASKS = (
    "STT;Nhiệm vụ;Chủ trì;Thời hạn\n1;Rà soát hộ nghèo;Phòng Kinh tế;Tháng 6/2026\n2;Họp dân;Công an phường;Hằng quý\n"
)


def lines(reading: Reading) -> list[str]:
    return [line for line in reading.text.split("\n") if line]


def document_of(path: Path, agencies: Agencies) -> ReadDocument:
    return read_source(Source(path, ManifestEntry(id="van-ban", file=path.name)), agencies)


def book(path: Path, fill: Any) -> Path:
    """A workbook of one sheet as ``fill`` makes it."""
    made = Workbook()
    fill(made.active)
    made.save(path)
    return path


def test_days_and_figures_as_they_are_shown(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["STT", "Nhiệm vụ", "Chủ trì", "Tỷ lệ", "Kinh phí", "Thời hạn"])
        sheet.append([1.0, "Họp", "Phòng Kinh tế", 0.95, 1500000, dt.date(2026, 6, 15)])
        sheet.append([2.1, "Hội", "Phòng Kinh tế", 0.5, 12.5, dt.date(2026, 7, 1)])
        sheet.append(["3", "Thu", "Phòng Kinh tế", None, None, 46188])
        sheet["D2"].number_format = sheet["D3"].number_format = "0%"
        sheet["E2"].number_format = "#,##0"
        sheet["F3"].number_format = "mmm-yy"

    assert lines(read(book(tmp_path / "a.xlsx", fill)))[1:] == [
        "1\tHọp\tPhòng Kinh tế\t95%\t1500000\t15/06/2026",
        "2.1\tHội\tPhòng Kinh tế\t50%\t12.5\t07/2026",
        "3\tThu\tPhòng Kinh tế\t\t\t15/06/2026",
    ]


def test_letterhead_title_table_and_signature(tmp_path: Path, agencies: Agencies) -> None:
    def fill(sheet: Any) -> None:
        rows = [
            ["ỦY BAN NHÂN DÂN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["PHƯỜNG BẾN GỖ", None, None, "Độc lập - Tự do - Hạnh phúc"],
            ["Số: 27/KH-UBND", None, None, "Bến Gỗ, ngày 04 tháng 6 năm 2026"],
            [],
            ["KẾ HOẠCH"],
            ["Nâng cao chất lượng dịch vụ công"],
            [],
            ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn"],
            ["I", "TUYÊN TRUYỀN"],
            [1, "Phát thanh", "Phòng Văn hóa - Xã hội", None, "Tin bài", "Thường xuyên"],
            [2, "Họp dân"],
            ["Tổng cộng: 02 nhiệm vụ"],
            [],
            ["Nơi nhận:", None, None, "TM. ỦY BAN NHÂN DÂN"],
            ["- Lưu: VT.", None, None, "CHỦ TỊCH"],
            [None, None, None, "Lò Thị Mai"],
        ]
        for row in rows:
            sheet.append(row)

    read = document_of(book(tmp_path / "a.xlsx", fill), agencies)
    document = read.document
    assert (document.number, document.issuer, str(document.date), document.kind, document.signer) == (
        "27/KH-UBND", "UBND phường Bến Gỗ", "2026-06-04", "Kế hoạch", "Lò Thị Mai"
    )  # fmt: skip
    assert document.title == "Nâng cao chất lượng dịch vụ công"
    assert [(t.section, t.number, t.title) for t in read.tasks] == [("I", "1", "Phát thanh"), ("I", "2", "Họp dân")]


def test_merged_cells_and_header_of_two_rows(tmp_path: Path, agencies: Agencies) -> None:
    rows: list[Row] = [
        [Cell("TT", down=2), Cell("Nội dung", down=2), Cell("Phân công", across=2), Cell("Thời hạn", down=2)],
        ["Chủ trì", "Phối hợp"],
        [Cell("I. KIỂM TRA", across=5)],
        ["1", "Chợ", Cell("Phòng Kinh tế", down=2), "Công an phường", "Tháng 8/2026"],
        ["2", "Bến xe", "", "Tháng 9/2026"],
    ]
    read = document_of(save_xlsx(tmp_path / "a.xlsx", {"Sheet1": ["KẾ HOẠCH", Table(rows)]}), agencies)
    assert [(t.section, t.number, [m.name for m in t.lead], t.deadline.text) for t in read.tasks] == [
        ("I", "1", ["Phòng Kinh tế"], "Tháng 8/2026"),
        ("I", "2", ["Phòng Kinh tế"], "Tháng 9/2026"),
    ]


def test_what_is_hidden_is_left_out_and_said(tmp_path: Path) -> None:
    def hide(made: Workbook) -> None:
        made["Lưu"].sheet_state = "hidden"
        made["Việc"].row_dimensions[3].hidden = True
        made["Việc"].column_dimensions["D"].hidden = True

    rows = [HEADER, ["1", "ẩn", "a", "b", "c", "d"], ["2", "hiện", "e", "che", "g", "h"]]
    path = save_xlsx(tmp_path / "a.xlsx", {"Việc": ["Bảng", Table(rows)], "Lưu": ["nháp"], "Quý 3": ["mới"]}, hide)
    reading = read(path)
    assert lines(reading)[:2] == ["## Việc", "Bảng"]
    assert lines(reading)[-2:] == ["## Quý 3", "mới"]
    assert not any(word in reading.text for word in ("ẩn", "che", "nháp"))
    assert [(d.code, d.details) for d in reading.doubts] == [
        ("cells_hidden", {"file": "a.xlsx", "sheet": "Việc", "rows": 1, "columns": 1}),
        ("sheets_hidden", {"file": "a.xlsx", "sheets": ["Lưu"]}),
    ]


def test_formulas_without_a_stored_value_are_said(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"])
        sheet.append(["=ROW()-1", "Họp", "Phòng Kinh tế", "Hằng quý"])

    (doubt,) = read(book(tmp_path / "a.xlsx", fill)).doubts
    assert (doubt.code, doubt.details["count"]) == ("formulas_empty", 1)


def test_shared_words_and_marks_of_secrecy_on_paper(tmp_path: Path) -> None:
    def mark(made: Workbook) -> None:
        sheet: Any = made["A"]
        sheet.oddHeader.right.text = "TỐI MẬT"

    path = shared(save_xlsx(tmp_path / "a.xlsx", {"A": ["Bảng", Table([HEADER])]}, mark))
    assert lines(read(path)) == ["TỐI MẬT", "## A", "Bảng", "\t".join(HEADER)]


def test_two_sheets_with_their_own_tables(tmp_path: Path, agencies: Agencies) -> None:
    rows = [HEADER, ["1", "Họp dân", "Công an phường", "", "Biên bản", "Hằng quý"]]
    path = save_xlsx(tmp_path / "a.xlsx", {"Phụ lục I": [Table(rows)], "Phụ lục II": [Table(rows)]})
    assert [(t.table, t.number) for t in document_of(path, agencies).tasks] == [("Phụ lục I", "1"), ("Phụ lục II", "1")]


@pytest.mark.parametrize(
    "data",
    [
        TASKS.encode(),
        TASKS.encode("utf-8-sig"),
        TASKS.encode("utf-16"),
        TASKS.encode("utf-16-le"),
        TASKS.encode("utf-16-be"),
        windows_1258(TASKS),
        TASKS.replace(";", ",").encode(),
        TASKS.replace(";", "\t").encode(),
        TASKS.replace("\n", "\r\n").encode(),
        ("sep=;\n" + TASKS).encode(),
        TASKS.replace("Rà soát hộ nghèo", '"Rà soát\nhộ ""nghèo"";"').encode(),
    ],
)
def test_delimited_files_of_every_code_page(data: bytes, tmp_path: Path, agencies: Agencies) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    read = document_of(path, agencies)
    assert [(t.number, t.title.replace('"', "").strip(";"), t.deadline.text) for t in read.tasks] == [
        ("1", "Rà soát hộ nghèo", "Tháng 6/2026"), ("2", "Họp dân", "Hằng quý")
    ]  # fmt: skip


def test_days_of_a_delimited_file(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("STT\tNhiệm vụ\tChủ trì\tNgày hoàn thành\n1\tHọp\tCông an\t2026-06-15\n2\tHội\tCông an\t46188\n")
    assert [line.split("\t")[-1] for line in lines(read(path))][1:] == ["15/06/2026", "15/06/2026"]


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 20, "Phòng Kinh tế".encode("utf-16")[:-1]])
def test_delimited_file_of_no_known_code_page(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(CorpusError, match="file_not_utf8"):
        read(path)
