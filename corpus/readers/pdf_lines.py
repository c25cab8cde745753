"""The ruled lines that a page of a PDF draws, and how much of it pictures cover."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from corpus.readers.layout import Rule

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

MOST_OBJECTS = 30_000  # drawn on one page; what comes after is not looked at
MOST_LINES = 5_000
_MOST_POINTS = 400  # of one path; more is a drawing
_DEEPEST = 5  # forms within forms
_THIN = 3.0  # points: a box so thin is a line
_SHORTEST = 2.0  # points
_FRAME = 4.0  # points between the outer and the inner box of a frame


@dataclass
class Pictures:
    """The boxes of the pictures on a page; ``dpi`` is the resolution of the largest (dots per inch), 0 without any."""

    boxes: list[Box] = field(default_factory=list)
    dpi: float = 0.0

    def share(self, width: float, height: float) -> float:
        """The share of the page that they cover, 0 to 1; where they overlap they count twice."""
        covered = 0.0
        for x0, top, x1, bottom in self.boxes:
            across, down = min(x1, width) - max(x0, 0), min(bottom, height) - max(top, 0)
            covered += max(across, 0) * max(down, 0)
        return min(1.0, covered / (width * height)) if width * height > 0 else 0.0


@dataclass
class Drawing:
    """What else than text is drawn on a page: its lines, its pictures, how many shapes of any kind."""

    to_reader: Callable[[float, float, float, float], Box]
    lines: list[Rule] = field(default_factory=list)
    pictures: Pictures = field(default_factory=Pictures)
    shapes: int = 0
    left: int = MOST_OBJECTS


def drawn_lines(page: Any, to_reader: Callable[[float, float, float, float], Box]) -> Drawing:
    """The thin boxes and straight lines of a page. ``to_reader`` turns (left, bottom, right, top) of the page."""
    found = Drawing(to_reader)
    count = pdfium.FPDFPage_CountObjects(page)
    _look(((pdfium.FPDFPage_GetObject(page, i)) for i in range(min(count, MOST_OBJECTS))), None, found, 0)
    return found


def _look(objects: Iterator[Any], matrix: Matrix | None, found: Drawing, depth: int) -> None:
    for drawn in objects:
        found.left -= 1
        if found.left < 0 or len(found.lines) >= MOST_LINES:
            return
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.shapes += 1
            _look_at_path(drawn, matrix, found)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            _look_at_picture(drawn, matrix, found)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = min(pdfium.FPDFFormObj_CountObjects(drawn), MOST_OBJECTS)
            inner = (pdfium.FPDFFormObj_GetObject(drawn, i) for i in range(count))
            _look(inner, _times(_matrix(drawn), matrix), found, depth + 1)


def _look_at_picture(picture: Any, matrix: Matrix | None, found: Drawing) -> None:
    box = found.to_reader(*_bounds(picture, matrix))
    across, down = ctypes.c_uint(), ctypes.c_uint()
    largest = all(_area(box) > _area(other) for other in found.pictures.boxes)
    if largest and pdfium.FPDFImageObj_GetImagePixelSize(picture, across, down) and _area(box) > 0:
        found.pictures.dpi = 72 * (across.value * down.value / _area(box)) ** 0.5
    found.pictures.boxes.append(box)


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _look_at_path(path: Any, matrix: Matrix | None, found: Drawing) -> None:
    box = _bounds(path, matrix)
    if _is_line(box):
        if _is_painted(path):
            found.lines.append(Rule(*found.to_reader(*box)))
        return
    if box[2] - box[0] < _THIN and box[3] - box[1] < _THIN:
        return
    fill, stroke = _paint(path)
    points = pdfium.FPDFPath_CountSegments(path)
    if not (fill or stroke) or points > _MOST_POINTS:
        return
    boxes = list(_parts(path, points, _times(_matrix(path), matrix), stroke=stroke))
    for x0, y0, x1, y1 in boxes:
        if _is_line((x0, y0, x1, y1)):
            found.lines.append(Rule(*found.to_reader(x0, y0, x1, y1)))
    if not stroke and _is_frame(boxes):
        found.lines += [Rule(*found.to_reader(*side)) for side in _sides(boxes[0])]


def _parts(path: Any, points: int, matrix: Matrix, *, stroke: bool) -> Iterator[Box]:
    """The boxes of the shapes of a path; the straight lines of one that is stroked."""
    shape: list[tuple[float, float]] = []
    for i in range(points):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            yield from _boxes(shape, stroke=stroke)
            shape = []
        shape.append(_point(segment, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment) and shape[0] != shape[-1]:
            shape.append(shape[0])
    yield from _boxes(shape, stroke=stroke)


def _boxes(shape: list[tuple[float, float]], *, stroke: bool) -> Iterator[Box]:
    if len(shape) < 2:
        return
    runs = list(itertools.pairwise(shape)) if stroke else [tuple(shape)]
    for run in runs:
        xs, ys = zip(*run, strict=True)
        yield min(xs), min(ys), max(xs), max(ys)


def _is_line(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= _THIN and max(width, height) >= max(_SHORTEST, 2 * min(width, height))


def _is_frame(boxes: list[Box]) -> bool:
    """Whether the shapes of a filled path are one box within another: what is between them is a border."""
    if len(boxes) != 2:
        return False
    return all(abs(one - other) <= _FRAME for one, other in zip(*boxes, strict=True))


def _sides(box: Box) -> list[Box]:
    x0, y0, x1, y1 = box
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def _is_painted(path: Any) -> bool:
    return any(_paint(path))


def _paint(path: Any) -> tuple[bool, bool]:
    """Whether a path is filled and whether it is stroked."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke):
        return False, False
    return fill.value != 0, stroke.value != 0


def _bounds(drawn: Any, matrix: Matrix | None) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return 0.0, 0.0, 0.0, 0.0
    box = left.value, bottom.value, right.value, top.value
    return box if matrix is None else _moved(box, matrix)


def _moved(box: Box, matrix: Matrix) -> Box:
    corners = [_at(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(drawn: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, found):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _point(segment: Any, matrix: Matrix) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return _at(x.value, y.value, matrix)


def _at(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
