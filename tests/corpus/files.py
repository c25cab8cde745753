"""Files as offices send them, made for a test: one list of blocks as DOCX, as a page of HTML, as a sheet of XLSX.

``annex_blocks`` gives the real annexes as blocks, so that every format can be held against what the text gives.
"""

from __future__ import annotations

import html
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from corpus.markup import clean
from corpus.paragraphs import is_annex_line, lines_of, paragraphs_of
from corpus.vietnamese import TONES

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
_ANNEXES = Path(__file__).parents[1] / "data" / "annexes.yaml"
_SHEET_NAMES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION_NAMES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FIELDS = ("number", "title", "lead", "coordinate", "product", "deadline")


@dataclass(frozen=True)
class Cell:
    """A cell of a table that spans others; its lines are parted by line ends."""

    text: str
    across: int = 1
    down: int = 1


Row = Sequence[str | Cell]


@dataclass(frozen=True)
class Table:
    """A table: each row without the cells that are covered from above or from the left."""

    rows: Sequence[Row]
    bordered: bool = True
    heads: int = 1  # rows that are repeated on every page

    def cells(self) -> Iterator[list[Cell]]:
        return ([cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in self.rows)

    def placed(self) -> list[list[tuple[int, Cell]]]:
        """The cells of each row with the column at which they begin."""
        taken: set[tuple[int, int]] = set()
        rows = []
        for y, row in enumerate(self.cells()):
            at, placed = 0, []
            for cell in row:
                while (y, at) in taken:
                    at += 1
                placed.append((at, cell))
                taken.update((y + down, at + i) for i in range(cell.across) for down in range(cell.down))
                at += cell.across
            rows.append(placed)
        return rows

    @property
    def width(self) -> int:
        return max(at + cell.across for row in self.placed() for at, cell in row)


@dataclass(frozen=True)
class Bold:
    """A paragraph wholly in bold."""

    text: str
    centred: bool = False


@dataclass(frozen=True)
class Heading:
    """A paragraph of a style of headings."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Xml:
    """What no block above can say, in the words of WordprocessingML (prefix ``w``)."""

    words: str


Block = str | Table | Bold | Heading | Xml


def letterhead(agency: str, number: str, day: str) -> Table:
    """The head of a document after Decree 30/2020: a table without lines; ``agency`` may have several lines."""
    state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    return Table([[agency, state], [number, day]], bordered=False, heads=0)


def signature(recipients: str, signer: str) -> Table:
    """The foot of a document: recipients at the left, who signs at the right."""
    return Table([[f"Nơi nhận:\n{recipients}", signer]], bordered=False, heads=0)


def annex_blocks(document: str) -> list[Block]:
    """A real annex with what stands before it: its paragraphs, then its table as its office wrote it."""
    text = (DOCUMENTS / f"{document}.txt").read_text(encoding="utf-8")
    lines = [line for line in lines_of(text) if len(line.cells) < 3]
    header = next(line.cells for line in lines_of(text) if len(line.cells) >= 3)
    blocks: list[Block] = []
    for paragraph in paragraphs_of(lines, text):
        if is_annex_line(paragraph.text) or paragraph.marked:
            blocks.append(Bold(paragraph.text, centred=True))
        else:
            blocks.append(paragraph.text)
    return [*blocks, Table([[clean(cell) for cell in header], *annex_rows(document)])]


def annex_rows(document: str) -> Iterator[list[str]]:
    """The rows of a real annex, sections on rows of their own; a list within a cell has a line for each item."""
    section = None
    for row in yaml.safe_load(_ANNEXES.read_text(encoding="utf-8"))[document]:
        if row["section"] != section:
            section = row["section"]
            yield [section, row["section_title"], "", "", "", ""]
        yield [_listed(row[field]) for field in _FIELDS]


def _listed(cell: str) -> str:
    return re.sub(r" (?=- [A-ZĐ])", "\n", cell) if cell.startswith("- ") else cell


def save_docx(path: Path, *blocks: Block, change: Callable[[Any], None] | None = None) -> Path:
    """Writes a DOCX in the usual type and margins; ``change`` may alter the document before it is saved."""
    document = Document()
    _set_page(document)
    for block in blocks:
        _add_to_docx(document, block)
    if change:
        change(document)
    document.save(str(path))
    return path


def _set_page(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.left_margin, section.right_margin, section.top_margin = Cm(2.5), Cm(1.5), Cm(2)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _add_to_docx(document: Any, block: Block) -> None:
    if isinstance(block, Table):
        _add_table(document, block)
    elif isinstance(block, Heading):
        document.add_heading(block.text, block.level)
    elif isinstance(block, Bold):
        paragraph = document.add_paragraph()
        paragraph.add_run(block.text).bold = True
        if block.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif isinstance(block, Xml):
        document.element.body.insert(len(document.element.body) - 1, _parsed(block.words))
    else:
        document.add_paragraph(block)


def _parsed(words: str) -> Any:
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {nsdecls('w', 'wp', 'a', 'r')}", words.strip(), count=1))


def _add_table(document: Any, block: Table) -> None:
    table = document.add_table(rows=len(block.rows), cols=block.width)
    table.style = "Table Grid" if block.bordered else "Normal Table"
    grid = [list(row._tr.tc_lst) for row in table.rows]
    for y, row in enumerate(block.placed()):
        for at, cell in row:
            _fill(grid[y][at], cell, bold=block.bordered and y < block.heads)
            _merge(grid, y, at, cell)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, _widths(block), strict=True):
        column.w = Cm(width)
    for cell_width in table._tbl.xpath(".//w:tcW"):
        cell_width.getparent().remove(cell_width)
    for row in table.rows[: block.heads]:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))


def _widths(block: Table) -> list[float]:
    """How wide columns are drawn, in cm: those of many words wider."""
    sizes = [1] * block.width
    for row in block.placed():
        for at, cell in row:
            sizes[at] = max(sizes[at], len(cell.text) if cell.across == 1 else 1)
    shares = [min(max(size, 5), 60) for size in sizes]
    return [25.5 * share / sum(shares) for share in shares]


def _fill(element: Any, cell: Cell, *, bold: bool) -> None:
    first = element.p_lst[0]
    for line in reversed(cell.text.split("\n")[1:]):
        first.addnext(_line(line, bold=bold))
    first.getparent().replace(first, _line(cell.text.split("\n")[0], bold=bold))


def _line(words: str, *, bold: bool) -> Any:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    shown = f'<w:r>{weight}<w:t xml:space="preserve">{html.escape(words)}</w:t></w:r>' if words else ""
    return _parsed(f"<w:p>{shown}</w:p>")


def _merge(grid: list[list[Any]], y: int, at: int, cell: Cell) -> None:
    for down in range(cell.down):
        element = grid[y + down][at]
        for covered in grid[y + down][at + 1 : at + cell.across]:
            covered.getparent().remove(covered)
        if cell.across > 1:
            element.grid_span = cell.across
        if cell.down > 1:
            element.vMerge = "continue" if down else "restart"


def windows_1258(text: str) -> bytes:
    """The bytes of an old Vietnamese Windows: vowels whole, tone marks after them."""
    return "".join(map(_tone_apart, text)).encode("cp1258")


def _tone_apart(char: str) -> str:
    marks = unicodedata.normalize("NFD", char)
    tones = "".join(mark for mark in marks if mark in TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES)) + tones


def save_html(path: Path, *blocks: Block) -> Path:
    """Writes a page of HTML as a gate of a province does, with its menu and scripts around it."""
    shown = "\n".join(map(_html_of, blocks))
    path.write_text(
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Văn bản</title><style>p {{}}</style></head><body>'
        f'<nav><a href="/">Trang chủ</a></nav><script>alert("x")</script><div id="content">{shown}</div></body></html>',
        encoding="utf-8",
    )
    return path


def _html_of(block: Block) -> str:
    if isinstance(block, Table):
        return f"<table>{''.join(map(_html_row, block.cells()))}</table>"
    if isinstance(block, Heading):
        return f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
    if isinstance(block, Bold):
        return f"<p><b>{html.escape(block.text)}</b></p>"
    assert isinstance(block, str), "no HTML for what only Word can say"
    return f"<p>{html.escape(block)}</p>"


def _html_row(row: list[Cell]) -> str:
    cells = (
        f'<td colspan="{c.across}" rowspan="{c.down}">{html.escape(c.text).replace(chr(10), "<br/>")}</td>' for c in row
    )
    return f"<tr>{''.join(cells)}</tr>"


def save_xlsx(
    path: Path, sheets: Mapping[str, Sequence[Block]], change: Callable[[Workbook], None] | None = None
) -> Path:
    """Writes a workbook, a sheet for each name: titles in merged rows, tables with lines around their cells."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, blocks in sheets.items():
        sheet: Any = book.create_sheet(name)
        width = max((block.width for block in blocks if isinstance(block, Table)), default=1)
        for block in blocks:
            _add_to_sheet(sheet, block, width)
    if change:
        change(book)
    book.save(path)
    return path


def shared(path: Path) -> Path:
    """A workbook as Excel writes it: the words of its cells in a part of their own."""
    words: list[str] = []

    def keep(match: re.Match[str]) -> str:
        words.append(match[1])
        return f't="s"><v>{len(words) - 1}</v></c>'

    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name).decode("utf-8") for name in file.namelist()}
    for name in parts:
        if "worksheets/sheet" in name:
            parts[name] = re.sub(r't="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', keep, parts[name], flags=re.DOTALL)
    items = "".join(f"<si><t>{word}</t></si>" for word in words)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_SHEET_NAMES}">{items}</sst>'
    link = (
        f'<Relationship Id="rId99" Type="{_RELATION_NAMES}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace("</Relationships>", link)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return path


def _add_to_sheet(sheet: Any, block: Block, width: int) -> None:
    top = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    if not isinstance(block, Table):
        assert not isinstance(block, Xml), "no sheet for what only Word can say"
        sheet.cell(top, 1, block if isinstance(block, str) else block.text)
        sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=width)
        return
    line = Side(style="thin")
    for y, row in enumerate(block.placed(), top):
        for at, cell in row:
            written = sheet.cell(y, at + 1, cell.text)
            written.alignment = Alignment(wrap_text=True, vertical="top")
            written.border = Border(left=line, right=line, top=line, bottom=line)
            written.font = Font(name="Times New Roman", bold=y == top)
            if cell.across > 1 or cell.down > 1:
                end = {"end_row": y + cell.down - 1, "end_column": at + cell.across}
                sheet.merge_cells(start_row=y, start_column=at + 1, **end)
