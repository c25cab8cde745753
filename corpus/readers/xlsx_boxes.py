"""The text boxes of a sheet of an XLSX: what stands in its drawings, beside the cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.readers.archive import Package, whole

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST = 200  # boxes of a sheet


@dataclass(frozen=True)
class Box:
    """The paragraphs of a text box and the row (from 1) in which it begins; 0 where it hangs on none."""

    row: int
    lines: tuple[str, ...]


def boxes_of(package: Package, sheet: str) -> list[Box]:
    """The text boxes of a sheet that are to be seen, from top to bottom."""
    drawings = [r.target for r in package.relations(sheet) if r.kind == "drawing" and r.target in package.parts]
    found = [box for drawing in drawings for box in _of_drawing(package.xml(drawing))]
    return sorted(found, key=lambda box: box.row)[:_MOST]


def _of_drawing(root: Any | None) -> Iterator[Box]:
    for anchor in () if root is None else root:
        row = anchor.find(f"{_XDR}from/{_XDR}row")
        for shape in anchor.iter(f"{_XDR}sp"):
            named = shape.find(f"{_XDR}nvSpPr/{_XDR}cNvPr")
            if named is not None and named.get("hidden") in ("1", "true"):
                continue
            if lines := tuple(_lines(shape)):
                yield Box(0 if row is None else whole(row.text) + 1, lines)


def _lines(shape: Any) -> Iterator[str]:
    for paragraph in shape.iterfind(f"{_XDR}txBody/{_A}p"):
        pieces = ("\n" if e.tag == f"{_A}br" else e.text or "" for e in paragraph.iter(f"{_A}t", f"{_A}br"))
        yield from (line for line in "".join(pieces).split("\n") if line.strip())
