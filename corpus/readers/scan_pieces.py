"""A scanned page cut into pieces of text that are read well alone: cells, lines, columns.

The pieces are set below one another on one sheet, so that one run of the engine reads them all, none mixed with what
stands beside it, and small ones (the numbers of rows) side by side, for a figure alone on a line is read badly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from corpus.readers.scan_image import Pixels
from corpus.readers.scan_lines import BLACK, Box

READ_AT = 20  # pixels: the height of small letters on a sheet, at which the engine reads best
_MOST_GROWTH = 3.0
_ROW_GAP = 0.3  # in heights of small letters, as all below
_SLIVER = 0.45  # what is no higher is a row of accents, of dots or of dashes
_NEAR = 0.8  # so near to a row of letters it belongs to it
_COLUMN_GAP = 2.2
_MARGIN = 2
_BETWEEN = 1.2
_SHORT = (2.4, 3.4)  # height and width of a piece that goes beside others
_ECHO = 1.4  # how much larger a short piece is shown the second time
_BESIDE = 4  # between pieces side by side: nearer ones are read as one word
_OFTEN = 0.5  # capitals and letters grown together with their accents may be as many as small letters
_LEAST_INK = 8  # pixels


@dataclass(frozen=True)
class Placed:
    """A piece on a sheet: where it stands there and where on the page; an ``echo`` is one that stands there already."""

    on_sheet: Box
    on_page: Box
    scale: float  # pixels of the sheet per pixel of the page
    echo: bool = False

    def holds(self, x: float, y: float) -> bool:
        at = self.on_sheet
        return at.top - 3 <= y <= at.bottom + 3 and at.left - READ_AT <= x <= at.right + READ_AT

    def on_the_page(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the sheet as one of the page."""
        dx = self.on_page.left - self.on_sheet.left / self.scale
        dy = self.on_page.top - self.on_sheet.top / self.scale
        return left / self.scale + dx, top / self.scale + dy, right / self.scale + dx, bottom / self.scale + dy


@dataclass(frozen=True)
class Sheet:
    """Pieces set for the engine."""

    image: Pixels
    placed: Sequence[Placed]

    def at(self, left: float, top: float, right: float, bottom: float) -> list[Placed]:
        """The pieces that a box of the sheet covers: more than one where the engine took neighbours for one word."""
        y = (top + bottom) / 2
        held = [p for p in self.placed if p.holds(min(max(p.on_sheet.left, left), right), y)]
        covered = [p for p in held if left <= (p.on_sheet.left + p.on_sheet.right) / 2 <= right]
        return covered or held[:1]


def letter_height(clean: Pixels, dpi: int) -> int:
    """The height in pixels of most letters: of the small ones without accents."""
    black = np.asarray((clean < BLACK).astype(np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = (height >= 0.03 * dpi) & (height <= 0.25 * dpi) & (width > 0.4 * height) & (width < 1.6 * height)
    if np.count_nonzero(letters) < 5:
        return max(4, round(0.085 * dpi))
    counts = np.convolve(np.bincount(height[letters]), (1, 1, 1), "same")
    often = np.flatnonzero(counts >= _OFTEN * counts.max())
    return int(often[0] + counts[often[0] : often[0] + 3].argmax())


def pieces_of(clean: Pixels, cells: Sequence[Box], letter: int) -> list[Box]:
    """The pieces of a page without its lines: what stands in each cell, then what stands outside, cut by white."""
    rest = (clean < BLACK).astype(np.uint8)
    found: list[Box] = []
    for cell in cells:
        inside = rest[cell.top : cell.bottom, cell.left : cell.right]
        found += _cut(inside, cell.left, cell.top, letter)
        inside[:] = 0
    return found + list(_cut(rest, 0, 0, letter))


def _cut(ink: Pixels, left: int, top: int, letter: int) -> Iterator[Box]:
    """The blocks of ink that white parts: lines from lines, then columns from columns, as often as it goes."""
    rows = _with_accents(_runs_of(ink.max(axis=1), max(2, round(_ROW_GAP * letter))), letter)
    if not rows:
        return
    if len(rows) > 1:
        for start, end in rows:
            yield from _cut(ink[start:end], left, top + start, letter)
        return
    ((start, end),) = rows
    columns = _runs_of(ink[start:end].max(axis=0), round(_COLUMN_GAP * letter))
    if len(columns) > 1:
        for first, last in columns:
            yield from _cut(ink[start:end, first:last], left + first, top + start, letter)
        return
    first, last = columns[0]
    if int(ink[start:end, first:last].sum()) >= _LEAST_INK:
        yield Box(left + first, top + start, left + last, top + end)


def _with_accents(rows: Sequence[tuple[int, int]], letter: int) -> list[tuple[int, int]]:
    """Rows of which those of accents alone are one with the letters that they stand on or under."""
    joined: list[tuple[int, int]] = []
    for start, end in rows:
        thin = min(end - start, *(last - first for first, last in joined[-1:])) <= _SLIVER * letter if joined else False
        if thin and start - joined[-1][1] <= _NEAR * letter:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _runs_of(filled: Pixels, gap: int) -> list[tuple[int, int]]:
    """Where something stands, as ranges with at least ``gap`` of nothing between them."""
    places = np.flatnonzero(filled)
    if not places.size:
        return []
    breaks = np.flatnonzero(np.diff(places) > gap)
    starts = places[np.concatenate(([0], breaks + 1))]
    ends = places[np.concatenate((breaks, [len(places) - 1]))] + 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def set_on_sheet(clean: Pixels, pieces: Sequence[Box], letter: int) -> Sheet:
    """The pieces below one another, as large as the engine reads best.

    The shortest go side by side, twice: once more larger and beside others, so that a numeral is read two times.
    """
    scale = min(_MOST_GROWTH, READ_AT / letter)
    short = [piece for piece in pieces if piece.height < _SHORT[0] * letter and piece.width < _SHORT[1] * letter]
    long = [piece for piece in pieces if piece not in short]
    width = round(max([piece.width * scale for piece in long] + [40 * READ_AT])) + 2 * _MARGIN * READ_AT
    placed, foot = _side_by_side(short, scale, width, round(_BETWEEN * READ_AT), echo=False)
    echoes, foot = _side_by_side(short[::-1], scale * _ECHO, width, foot, echo=True)
    placed += echoes
    for piece in long:
        placed.append(_placed(piece, scale, _MARGIN * READ_AT, foot))
        foot = placed[-1].on_sheet.bottom + round(_BETWEEN * READ_AT)
    image = np.full((foot, width), 255, np.uint8)
    for one in placed:
        at = one.on_sheet
        image[at.top : at.bottom, at.left : at.right] = _crop(clean, one)
    return Sheet(image, placed)


def _placed(piece: Box, scale: float, x: int, y: int, *, echo: bool = False) -> Placed:
    width, height = max(1, round(piece.width * scale)), max(1, round(piece.height * scale))
    return Placed(Box(x, y, x + width, y + height), piece, scale, echo)


def _crop(clean: Pixels, placed: Placed) -> Pixels:
    page, size = placed.on_page, (placed.on_sheet.width, placed.on_sheet.height)
    way = cv2.INTER_CUBIC if placed.scale > 1 else cv2.INTER_AREA
    return np.asarray(
        cv2.resize(clean[page.top : page.bottom, page.left : page.right], size, interpolation=way), np.uint8
    )


def _side_by_side(pieces: Sequence[Box], scale: float, width: int, top: int, *, echo: bool) -> tuple[list[Placed], int]:
    """Pieces in rows, all of a row on one foot, and where (y) the next may stand."""
    rows: list[list[Placed]] = []
    x = width
    for piece in pieces:
        if x + piece.width * scale > width - _MARGIN * READ_AT:
            rows.append([])
            x = _MARGIN * READ_AT
        rows[-1].append(_placed(piece, scale, x, 0, echo=echo))
        x = rows[-1][-1].on_sheet.right + _BESIDE * READ_AT
    done: list[Placed] = []
    for row in rows:
        height = max(one.on_sheet.height for one in row)
        for one in row:
            box, down = one.on_sheet, top + height - one.on_sheet.height
            done.append(replace(one, on_sheet=Box(box.left, down, box.right, down + box.height)))
        top += height + 2 * round(_BETWEEN * READ_AT)
    return done, top
