"""How fast a digital PDF is read, and in how much memory: ``python -m eval.bench_pdf [FILE.pdf]``.

Without a file it makes one of 500 pages from the annexes that ship (needs reportlab and the DejaVu fonts).
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from corpus.readers.pdf import read

_PAGES = 500
_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
_DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"
_WIDTHS = (36, 250, 120, 120, 120, 84)  # points


def main(arguments: list[str]) -> None:
    """Prints pages, pages a second of processor time, and the most memory held (MB)."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(arguments[0]) if arguments else _made(Path(folder) / "bench.pdf")
        start = time.process_time()
        pages = len(read(file).pages)
        seconds = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{pages} pages, {pages / seconds:.0f} pages a second, at most {most:.0f} MB\n")


def _made(path: Path) -> Path:
    from pypdfium2 import PdfDocument
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("Serif", _FONT))
    style = ParagraphStyle("plain", fontName="Serif", fontSize=10, leading=12.5)
    text = (_DOCUMENTS / "cchc-2026-2030.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line.count("\t") == len(_WIDTHS) - 1]
    cells = [[Paragraph(cell, style) for cell in row] for row in rows]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([Table(cells, colWidths=_WIDTHS, style=grid)])
    with PdfDocument(path) as one, PdfDocument.new() as many:
        while len(many) < _PAGES:
            many.import_pages(one, list(range(min(len(one), _PAGES - len(many)))))
        many.save(path.with_name("many.pdf"))
    return path.with_name("many.pdf")


if __name__ == "__main__":
    main(sys.argv[1:])
