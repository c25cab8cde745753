"""Text boxes of a sheet are read beside its cells."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from corpus.readers.xlsx import read
from corpus.reading import Reading
from corpus.secrecy import degree_of_secrecy
from tests.corpus.files import Table, save_xlsx

ROWS = [["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["1", "Rà soát hộ nghèo", "Phòng Kinh tế", "Tháng 7/2026"]]
_NAMES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
    'Target="../drawings/drawing1.xml"/></Relationships>'
)


def box(row: int, *lines: str, hidden: str = "0") -> str:
    paragraphs = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return (
        f"<xdr:twoCellAnchor><xdr:from><xdr:row>{row}</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr>"
        f'<xdr:cNvPr id="2" name="b" hidden="{hidden}"/></xdr:nvSpPr><xdr:txBody>{paragraphs}</xdr:txBody></xdr:sp>'
        "</xdr:twoCellAnchor>"
    )


def book(folder: Path, *boxes: str) -> str:
    path = save_xlsx(folder / "a.xlsx", {"Bảng": [Table(ROWS)]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", f"<xdr:wsDr {_NAMES}>{''.join(boxes)}</xdr:wsDr>")
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", _RELATIONS)
    return read(path).text


def test_boxes_stand_below_the_table_that_they_hang_beside(tmp_path: Path) -> None:
    text = book(tmp_path, box(4, "Ghi chú: báo cáo hằng tháng", "Gửi về Văn phòng"), box(9, "ẩn", hidden="1"))
    assert text.index("Rà soát hộ nghèo") < text.index("Ghi chú: báo cáo hằng tháng") < text.index("Gửi về Văn phòng")
    assert "ẩn" not in text


@pytest.mark.parametrize("row", [0, 6])
def test_a_mark_of_secrecy_in_a_box_is_seen(row: int, tmp_path: Path) -> None:
    assert degree_of_secrecy(Reading(book(tmp_path, box(row, "TUYỆT MẬT")))) == "Tuyệt mật"
