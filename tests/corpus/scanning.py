"""Pages as an office's scanner gives them: annexes set in a table, printed, stamped, turned and degraded."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageDraw
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer

FONTS = {
    "DejaVuSerif": "dejavu/DejaVuSerif.ttf",
    "DejaVuSans": "dejavu/DejaVuSans.ttf",
    "LiberationSerif": "liberation2/LiberationSerif-Regular.ttf",
    "LiberationSans": "liberation2/LiberationSans-Regular.ttf",
    "DejaVuSerifCondensed": "dejavu/DejaVuSerifCondensed.ttf",
}
_FOLDER = Path("/usr/share/fonts/truetype")
HEADS = {
    "number": "STT",
    "title": "Nhiệm vụ",
    "lead": "Cơ quan chủ trì",
    "coordinate": "Cơ quan phối hợp",
    "product": "Sản phẩm",
    "deadline": "Thời hạn",
}
WIDTHS = {"number": 1.5, "title": 8.0, "lead": 4.2, "coordinate": 4.2, "product": 4.2, "deadline": 3.2}


@dataclass(frozen=True)
class Layout:
    """How a table is set: the font and its size (points), the columns in order, upright or across, ruled or not."""

    font: str = "DejaVuSerif"
    size: float = 11
    columns: Sequence[str] = ("number", "title", "lead", "coordinate", "product", "deadline")
    upright: bool = False
    ruled: bool = True
    double: bool = False


def print_annex(rows: Sequence[Mapping[str, Any]], layout: Layout) -> bytes:
    """The rows of an annex as a PDF: a heading, the table with its header on each page, a signature."""
    _register(layout.font)
    body = ParagraphStyle("body", fontName=layout.font, fontSize=layout.size, leading=layout.size * 1.25)
    head = ParagraphStyle("head", parent=body, alignment=1)
    page = A4 if layout.upright else landscape(A4)
    room = page[0] - 2 * 42
    total = sum(WIDTHS[column] for column in layout.columns)
    widths = [WIDTHS[column] / total * room for column in layout.columns]
    header = [Paragraph(HEADS[column], head) for column in layout.columns]
    cells: list[Any] = [header]
    style: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if layout.double:
        cells, spans = _double_header(layout.columns, head)
        style += spans
    top = len(cells)
    if layout.ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.6, colors.black))
    for title, row in _with_sections(rows):
        if title is not None:
            cells.append([Paragraph(words, body) for words in (*title, *[""] * (len(layout.columns) - 2))])
        cells.append([Paragraph(str(row.get(column, "")), body) for column in layout.columns])
    table = LongTable(cells, colWidths=widths, repeatRows=top, style=style)
    story = [Paragraph("PHỤ LỤC", head), Paragraph("PHÂN CÔNG NHIỆM VỤ CỤ THỂ", head), Spacer(1, 10), table]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=page, leftMargin=42, rightMargin=42, topMargin=40, bottomMargin=40).build(story)
    return out.getvalue()


def _register(font: str) -> None:
    if font not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(font, str(_FOLDER / FONTS[font])))


def _double_header(columns: Sequence[str], style: ParagraphStyle) -> tuple[list[Any], list[Any]]:
    lead = columns.index("lead")
    upper = [Paragraph(HEADS[c] if c not in ("lead", "coordinate") else "", style) for c in columns]
    upper[lead] = Paragraph("Phân công thực hiện", style)
    lower = [Paragraph({"lead": "Chủ trì", "coordinate": "Phối hợp"}.get(c, ""), style) for c in columns]
    spans: list[Any] = [("SPAN", (lead, 0), (lead + 1, 0))]
    spans += [("SPAN", (i, 0), (i, 1)) for i, c in enumerate(columns) if c not in ("lead", "coordinate")]
    return [upper, lower], spans


def _with_sections(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, str] | None, Mapping[str, Any]]]:
    section = None
    for row in rows:
        opened = row.get("section") if row.get("section") != section else None
        section = row.get("section")
        yield ((str(opened), str(row.get("section_title", ""))) if opened else None), row


def photographed(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF in colour."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def scanned(
    page: Image.Image,
    seed: int,
    *,
    turn: float = 1.0,
    noise: float = 12.0,
    blur: float = 0.6,
    stamp: bool = True,
    quality: int = 60,
    contrast: float = 1.0,
    light: float = 0.0,
) -> Image.Image:
    """A page as a scanner gives it. ``turn`` in degrees, ``noise`` and ``contrast`` in grey values (of 255; share of
    the full range), ``light`` how much darker (0 to 1) the corner farthest from the lamp is."""
    chance = np.random.default_rng(seed)
    if stamp:
        page = _stamped(page, chance)
    page = page.rotate(turn, resample=Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    grey = cv2.GaussianBlur(np.asarray(page).astype(np.float32), (0, 0), blur) if blur else np.asarray(page, np.float32)
    grey = 255 - (255 - grey) * contrast
    if light:
        down, across = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
        shade = 1 - light * (down / grey.shape[0] + across / grey.shape[1]) / 2
        grey *= shade[..., None]
    grey += chance.normal(0, noise, grey.shape[:2])[..., None]
    out = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def _stamped(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    """The page with a red round stamp, pressed on the print: ink takes light away from what is below it."""
    ink = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(ink)
    radius = page.width // 14
    x, y = (int(chance.uniform(0.3, 0.8) * page.width), int(chance.uniform(0.4, 0.85) * page.height))
    red = (214, 40, 48)
    for inner, width in ((radius, 7), (int(radius * 0.68), 3)):
        draw.ellipse((x - inner, y - inner, x + inner, y + inner), outline=red, width=width)
    for turn in range(0, 360, 20):
        at = (x + 0.84 * radius * np.cos(np.radians(turn)), y + 0.84 * radius * np.sin(np.radians(turn)))
        draw.text(at, "UBND", fill=red, anchor="mm")
    draw.regular_polygon((x, y, radius * 0.3), 5, fill=red)
    both = np.asarray(page, np.float32) * np.asarray(ink, np.float32) / 255
    return Image.fromarray(both.astype(np.uint8))
