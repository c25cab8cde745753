"""Task tables without any line, their rows directly below one another, as reportlab and as LibreOffice set them."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, Table

from tests.corpus.pdf_files import title, write

FONTS = {
    "DejaVu Serif": ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif-Bold.ttf"),
    "DejaVu Sans": ("dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf"),
    "Liberation Serif": ("liberation2/LiberationSerif-Regular.ttf", "liberation2/LiberationSerif-Bold.ttf"),
    "Liberation Sans": ("liberation2/LiberationSans-Regular.ttf", "liberation2/LiberationSans-Bold.ttf"),
}
WIDTHS = {"number": 0.06, "title": 0.32, "lead": 0.17, "coordinate": 0.17, "product": 0.16, "deadline": 0.12}
HEADS = {"number": "STT", "title": "Nhiệm vụ", "lead": "Chủ trì", "coordinate": "Phối hợp", "product": "Sản phẩm",
         "deadline": "Thời hạn"}  # fmt: skip
_FOLDER = Path("/usr/share/fonts/truetype")
_MARGIN = 56.0
_ALIGNED = {"TOP": WD_CELL_VERTICAL_ALIGNMENT.TOP, "MIDDLE": WD_CELL_VERTICAL_ALIGNMENT.CENTER,
            "BOTTOM": WD_CELL_VERTICAL_ALIGNMENT.BOTTOM}  # fmt: skip


@dataclass(frozen=True)
class Tight:
    """How a table is set: the font, its size and the distance of its lines (sizes), the columns and their widths
    (shares), where the cells stand in their rows, which columns stand at the top all the same, the white above and
    below the words of a cell (points), and whether rows may be cut by page breaks and the header comes again."""

    font: str = "DejaVu Serif"
    size: float = 10
    leading: float = 1.25
    upright: bool = False
    columns: tuple[str, ...] = tuple(WIDTHS)
    shares: tuple[float, ...] = tuple(WIDTHS.values())
    valign: str = "MIDDLE"
    at_top: tuple[str, ...] = ()
    padding: float = 0
    cut: bool = True
    repeat: bool = True
    justified: bool = False
    bold: bool = True  # header

    @property
    def page(self) -> tuple[float, float]:
        width, height = A4
        return (width, height) if self.upright else (height, width)

    def valign_of(self, column: str) -> str:
        return "TOP" if column in self.at_top else self.valign

    def header(self) -> list[str]:
        return [HEADS[column] for column in self.columns]


def drawn(chance: random.Random) -> Tight:
    """A layout by lot: most centre their cells, some only some of them or none."""
    columns = tuple(WIDTHS) if chance.random() < 0.7 else tuple(c for c in WIDTHS if c != "product")
    if chance.random() < 0.3:
        columns = (*columns[:2], columns[-1], *columns[2:-1])
    upright = chance.random() < 0.4
    widths = [WIDTHS[c] * (1 if c == "number" else chance.uniform(0.75, 1.3)) for c in columns]
    size = chance.choice((8, 8.5, 9) if upright else (9, 10, 11))
    shares = tuple(width / sum(widths) for width in widths)
    layout = Tight(chance.choice(list(FONTS)), size, chance.choice((1.15, 1.2, 1.25, 1.35)), upright, columns, shares,
                   padding=chance.choice((0, 0, 0, 0.5, 1)), cut=chance.random() < 0.8, repeat=chance.random() < 0.6,
                   justified=chance.random() < 0.4, bold=chance.random() < 0.8)  # fmt: skip
    at_top = (("number",), columns[1:], ("title",), (chance.choice(columns[1:]), "title"))
    ways = ("MIDDLE", ()), *(("MIDDLE", some) for some in at_top), ("TOP", ())
    valign, top = chance.choices(ways, (70, 5, 5, 5, 5, 10))[0]
    return replace(layout, valign=valign, at_top=top)


def by_reportlab(path: Path, rows: Sequence[Sequence[str]], layout: Tight) -> Path:
    """Prints the rows, which are given in the order of the layout's columns, without their header."""
    if layout.font not in pdfmetrics.getRegisteredFontNames():
        for name, file in zip((layout.font, f"{layout.font} Bold"), FONTS[layout.font], strict=True):
            pdfmetrics.registerFont(TTFont(name, _FOLDER / file))
    body = ParagraphStyle("body", fontName=layout.font, fontSize=layout.size, leading=layout.leading * layout.size,
                          alignment=4 if layout.justified else 0)  # fmt: skip
    middle = ParagraphStyle("middle", parent=body, alignment=1)
    head = ParagraphStyle("head", parent=middle, fontName=f"{layout.font} Bold" if layout.bold else layout.font)
    data = [[Paragraph(escape(cell), head) for cell in layout.header()]]
    styles = [middle if column == "number" else body for column in layout.columns]
    data += [[Paragraph(escape(cell), style) for cell, style in zip(row, styles, strict=True)] for row in rows]
    style: list[Any] = [("VALIGN", (i, 0), (i, -1), layout.valign_of(c)) for i, c in enumerate(layout.columns)]
    style += [(side, (0, 1), (-1, -1), layout.padding) for side in ("TOPPADDING", "BOTTOMPADDING")]
    width = layout.page[0] - 2 * _MARGIN
    table = Table(data, colWidths=[share * width for share in layout.shares], repeatRows=int(layout.repeat),
                  splitInRow=int(layout.cut), style=style)  # fmt: skip
    return write(path, [*title("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ"), table], layout.page)


def as_docx(path: Path, rows: Sequence[Sequence[str]], layout: Tight) -> Path:
    """The same table as a DOCX in the usual type, for LibreOffice to print."""
    document = Document()
    _set_page(document, layout)
    heading = document.add_paragraph()
    heading.add_run("PHỤ LỤC PHÂN CÔNG NHIỆM VỤ").bold = True
    table = document.add_table(0, len(layout.columns))
    table.autofit = False
    width = layout.page[0] - 2 * _MARGIN
    for i, cells in enumerate([layout.header(), *rows]):
        row = table.add_row()
        if layout.repeat and not i:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        if not layout.cut:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, text, column, share in zip(row.cells, cells, layout.columns, layout.shares, strict=True):
            cell.width, cell.text = Pt(share * width), text
            cell.vertical_alignment = _ALIGNED[layout.valign_of(column)]
            paragraph = cell.paragraphs[0]
            for run in paragraph.runs:
                run.bold = layout.bold and not i
            if not i or column == "number":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif layout.justified:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for column, share in zip(table.columns, layout.shares, strict=True):
        column.width = Pt(share * width)
    document.save(str(path))
    return path


def _set_page(document: Any, layout: Tight) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = layout.font, Pt(layout.size)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(layout.padding)
    normal.paragraph_format.line_spacing = 1.0
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT if layout.upright else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Pt(side) for side in layout.page)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(_MARGIN)


def by_libreoffice(paths: Sequence[Path], folder: Path) -> list[Path]:
    """The PDFs that LibreOffice makes of documents, all in one go."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(convert, cwd=folder, check=True, capture_output=True, timeout=60 + 20 * len(paths))
    return [folder / f"{path.stem}.pdf" for path in paths]
