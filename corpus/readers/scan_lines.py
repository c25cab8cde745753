"""The ruled lines of a scanned page and the cells between them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from corpus.readers.scan_image import Clean, Pixels

BLACK = 150  # of 255
_DPI = 150  # at which lines are looked for
_SHORTEST = 0.3  # inches; a stroke of a letter is shorter
_BREAK = 0.12  # inches: a line of which twice as much is missing is still one
_PIECE = 0.08  # inches; so long a run where a line goes on is of the line
_STAMP = 1.2  # inches of a line that may be lost under a stamp …
_COVERED = 0.3  # … of which at least this share is under its ink
_THICKEST = 0.07  # inches
_BESIDE = 0.35  # share of a line that may have ink right beside it: a row of letters has more
_REACH = 0.06  # inches by which lines are drawn on until they meet
_LEAST_CELL = 0.12  # inches, a side
_MOST_OF_PAGE = 0.6
_FEWEST_CELLS = 4


@dataclass(frozen=True)
class Box:
    """A rectangle of an image, in pixels; ``right`` and ``bottom`` are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def mirrored(self) -> Box:
        """The same rectangle with rows and columns exchanged."""
        return Box(self.top, self.left, self.bottom, self.right)


def ruled_lines(page: Clean, dpi: int) -> tuple[list[Box], list[Box]]:
    """The lines that run across and those that run down."""
    step = max(1, dpi // _DPI)
    darkest = cv2.erode(page.grey, np.ones((step, step), np.uint8)) if step > 1 else page.grey
    black = np.asarray((darkest[::step, ::step] < BLACK).astype(np.uint8) * 255)
    stained = np.ascontiguousarray(page.stained[::step, ::step])
    across = _runs(black, stained, dpi / step)
    down = _runs(np.ascontiguousarray(black.T), np.ascontiguousarray(stained.T), dpi / step)
    return [_scaled(box, step) for box in across], [_scaled(box.mirrored(), step) for box in down]


def _scaled(box: Box, step: int) -> Box:
    return Box(box.left * step, box.top * step, box.right * step, box.bottom * step)


def _runs(black: Pixels, stained: Pixels, dpi: float) -> list[Box]:
    """The long thin runs of black across an image."""
    closed = cv2.morphologyEx(black, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    long = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, int(_SHORTEST * dpi)), np.uint8))
    grown = int(_BREAK * dpi)
    joined = cv2.dilate(long, np.ones((3, 2 * grown + 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [Box(x + grown, y + 1, x + w - grown, y + h - 1) for x, y, w, h, _ in stats[1:].tolist()]
    lines = [box for box in boxes if box.height <= _THICKEST * dpi and _stands_alone(black, box)]
    return [_drawn_on(closed, stained, box, dpi) for box in lines]


def _drawn_on(black: Pixels, stained: Pixels, box: Box, dpi: float) -> Box:
    """A line with the pieces of it that stand farther on, where a fold has cut it or a stamp covers it."""
    inked = black[box.top : box.bottom, :].max(axis=0)
    covered = stained[box.top : box.bottom, :].max(axis=0) > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (inked > 0).astype(np.int8), [0]))))
    pieces = [(a, b) for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True) if b - a >= _PIECE * dpi]

    def joins(start: int, end: int) -> bool:
        gap = end - start
        return gap <= 2 * _BREAK * dpi or (gap <= _STAMP * dpi and float(covered[start:end].mean()) >= _COVERED)

    left, right = box.left, box.right
    for a, b in (piece for piece in pieces if piece[1] > box.left):
        if joins(right, a):
            right = max(right, b)
    for a, b in reversed([piece for piece in pieces if piece[0] < box.right]):
        if joins(b, left):
            left = min(left, a)
    return Box(left, box.top, right, box.bottom)


def _stands_alone(black: Pixels, box: Box) -> bool:
    """Whether there is mostly paper above a line or below it: the serifs of a row of letters are no line."""
    above = black[max(0, box.top - 3) : max(0, box.top - 1), box.left : box.right]
    below = black[box.bottom + 1 : box.bottom + 3, box.left : box.right]
    return all(not beside.size or float(beside.max(axis=0).mean()) < 255 * _BESIDE for beside in (above, below))


def without_lines(grey: Pixels, across: list[Box], down: list[Box]) -> Pixels:
    """The page with its lines painted over; strokes of letters that cross one are left standing."""
    clean = grey.copy()
    for box in across:
        _erase(clean, box)
    upright = clean.T  # a view: what is painted in it is painted in the page
    for box in down:
        _erase(upright, box.mirrored())
    return clean


def _erase(grey: Pixels, box: Box) -> None:
    top, bottom = max(0, box.top - 2), min(grey.shape[0], box.bottom + 2)
    band = grey[top:bottom, box.left : box.right]
    above = grey[max(0, top - 2) : top, box.left : box.right]
    below = grey[bottom : bottom + 2, box.left : box.right]
    crossed = np.zeros(band.shape[1], bool)
    if above.size and below.size:
        crossed = (above.min(axis=0) < BLACK) & (below.min(axis=0) < BLACK)
    band[:, ~crossed] = 255


def cells_between(shape: tuple[int, ...], across: list[Box], down: list[Box], dpi: int) -> list[Box]:
    """The rectangles that lines close in, from top to bottom and left to right; empty where there is no table."""
    scale = min(1.0, 100 / dpi)
    height, width = int(shape[0] * scale), int(shape[1] * scale)
    lines = np.zeros((height, width), np.uint8)
    reach = _REACH * dpi
    for box in across:
        _draw(lines, box, reach, scale)
    upright = np.zeros((width, height), np.uint8)
    for box in down:
        _draw(upright, box.mirrored(), reach, scale)
    open_space = np.asarray(255 - cv2.max(lines, np.ascontiguousarray(upright.T)), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(open_space, connectivity=4)
    least, most = _LEAST_CELL * dpi * scale, _MOST_OF_PAGE * height * width
    found = [
        Box(round(x / scale), round(y / scale), round((x + w) / scale), round((y + h) / scale))
        for x, y, w, h, area in stats[1:].tolist()
        if min(w, h) >= least and area > 0.8 * w * h and w * h < most and 0 < x < width - w and 0 < y < height - h
    ]
    return sorted(found, key=lambda box: (box.top, box.left)) if len(found) >= _FEWEST_CELLS else []


def _draw(lines: Pixels, box: Box, reach: float, scale: float) -> None:
    level = round((box.top + box.bottom) / 2 * scale)
    cv2.line(lines, (round((box.left - reach) * scale), level), (round((box.right + reach) * scale), level), 255, 1)
