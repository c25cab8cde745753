"""PDF files made from the real texts, for the tests of the PDF reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import yaml
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

FONTS = Path("/usr/share/fonts/truetype/dejavu")
HEADERS = {
    "hn-226-annex": ["Stt", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm/Kết quả", "Thời hạn"],
    "cchc-2026-2030": ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Dự kiến kết quả", "Thời gian"],
    "nhi-chieu-158": ["STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn"],
}
_ANNEXES = Path(__file__).parents[1] / "data" / "annexes.yaml"
_MARGIN = 56
_SHARES = (0.06, 0.32, 0.17, 0.17, 0.16, 0.12)  # of the width, by column
_RULES: dict[str, list[tuple[Any, ...]]] = {
    "all": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "inner": [("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "level": [("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black)],
    "upright": [("BOX", (0, 0), (-1, -1), 0.5, colors.black), ("LINEBEFORE", (0, 0), (-1, -1), 0.5, colors.black),
                ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)],
    "dotted": [("GRID", (0, 0), (-1, -1), 0.4, colors.black, 1, (0.1, 2.5))],
    "none": [],
}  # fmt: skip

Cells = Sequence[Sequence[str]]


def plain(size: float = 10) -> ParagraphStyle:
    """A paragraph in DejaVu Serif, which has all Vietnamese letters; skips the test where the font is missing."""
    if not (FONTS / "DejaVuSerif.ttf").exists():
        pytest.skip("needs the DejaVu fonts: apt install fonts-dejavu")
    if "Serif" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Serif", FONTS / "DejaVuSerif.ttf"))
        pdfmetrics.registerFont(TTFont("SerifBold", FONTS / "DejaVuSerif-Bold.ttf"))
        pdfmetrics.registerFontFamily("Serif", normal="Serif", bold="SerifBold", italic="Serif", boldItalic="SerifBold")
    return ParagraphStyle("plain", fontName="Serif", fontSize=size, leading=1.25 * size)


def centred(size: float = 10) -> ParagraphStyle:
    return ParagraphStyle("centred", parent=plain(size), fontName="SerifBold", alignment=1)


def words(text: str, *, bold: bool = False, size: float = 10, justified: bool = False, indent: float = 0) -> Flowable:
    """A paragraph of the page."""
    style = ParagraphStyle("own", parent=plain(size), alignment=4 if justified else 0, firstLineIndent=indent,
                           spaceAfter=6 if indent else 0)  # fmt: skip
    return Paragraph(f"<b>{escape(text)}</b>" if bold else escape(text), style)


def title(*lines: str) -> list[Flowable]:
    return [*(Paragraph(escape(line), centred(12)) for line in lines), Spacer(1, 10)]


def table(
    rows: Cells, rules: str = "all", *, heads: int = 1, spans: Sequence[tuple[Any, ...]] = (), **how: Any
) -> Table:
    """A table; ``rules`` names which lines it has, ``how``: size, valign, widths (points), shares, repeat."""
    size, width = how.get("size", 10), how.get("width", landscape(A4)[0]) - 2 * _MARGIN
    widths = how.get("widths") or [share * width for share in how.get("shares", _SHARES)]
    data = [
        [Paragraph(escape(cell), centred(size) if i < heads else plain(size)) for cell in row]
        for i, row in enumerate(rows)
    ]
    style = [*_RULES[rules], ("VALIGN", (0, 0), (-1, -1), how.get("valign", "TOP")), *spans]
    if "padding" in how:
        style += [(side, (0, 0), (-1, -1), how["padding"]) for side in ("TOPPADDING", "BOTTOMPADDING")]
    return Table(data, colWidths=widths, repeatRows=how.get("repeat", 0), splitInRow=1, style=style)


def write(
    path: Path,
    story: list[Flowable],
    page: tuple[float, float] = landscape(A4),
    each: Callable[..., None] | None = None,
) -> Path:
    """Writes a PDF; ``each`` draws on every page, by default the number of those after the first."""

    def number(canvas: Any, _: object) -> None:
        if canvas.getPageNumber() > 1:
            canvas.setFont("Helvetica", 10)
            canvas.drawCentredString(page[0] / 2, page[1] - 30, str(canvas.getPageNumber()))

    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN)
    SimpleDocTemplate(str(path), pagesize=page, **margins).build(
        story, onFirstPage=each or number, onLaterPages=each or number
    )
    return path


def annex_rows(document: str) -> list[list[str]]:
    """The header and the rows of an annex, its sections as rows of their own."""
    rows, section = [HEADERS[document]], None
    for row in yaml.safe_load(_ANNEXES.read_text(encoding="utf-8"))[document]:
        if row["section"] != section:
            section = row["section"]
            rows.append([section, row.get("section_title", ""), "", "", "", ""])
        rows.append([row[name] for name in ("number", "title", "lead", "coordinate", "product", "deadline")])
    return rows


def write_annex(path: Path, document: str, rules: str, page: tuple[float, float] = landscape(A4), **how: Any) -> Path:
    """An annex as a PDF of several pages."""
    head = title("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ CỤ THỂ")
    tail = words("Trên đây là các nhiệm vụ được phân công, các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.")
    return write(path, [*head, table(annex_rows(document), rules, width=page[0], **how), Spacer(1, 10), tail], page)
