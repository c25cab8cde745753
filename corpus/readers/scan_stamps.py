"""Stamps of secrecy on a scanned page: red, in a frame, and gone once the page is cleaned for reading."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from corpus.readers.layout import Word
from corpus.readers.marks import secrecy_marks
from corpus.readers.scan_image import Pixels
from corpus.readers.tesseract import words_on

_REDDER = 50  # of 255: how far red stands above the other colours in the ink of a stamp
_JOINED = 0.12  # inches: what stands nearer belongs to one stamp
_HEIGHTS = (0.15, 1.2)  # inches
_LEAST_WIDE = 1.4  # of its height; a round stamp is as wide as high
_MOST_STAMPS = 6
_FRAME = 0.5  # of a stamp's side: a line as long as this is its frame
_LETTERS = 60  # pixels: the height at which a stamp is read
_EDGE = 20  # pixels


def secrecy_stamps(page: Pixels, dpi: int) -> list[Word]:
    """What the stamps of secrecy on a page (red, green, blue) say, as words above the page; [] where it has none."""
    said = (" ".join(seen.text for seen in words_on(stamp, 300)) for stamp in _stamps(page, dpi))
    line = 0.2 * dpi
    return [
        Word(mark, 0.0, -3 * line * (i + 1), line * len(mark), -3 * line * (i + 1) + line)
        for i, mark in enumerate(secrecy_marks(said))
    ]


def _stamps(page: Pixels, dpi: int) -> Iterator[Pixels]:
    """The wide red things on a page, black on white without their frames."""
    red, green, blue = cv2.split(page)
    ink = (cv2.subtract(red, cv2.max(green, blue)) > _REDDER).astype(np.uint8)
    if not ink.any():
        return
    reach = max(3, round(_JOINED * dpi))
    blobs = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(blobs)
    found = 0
    for left, top, width, height, _ in stats[1:]:
        low, high = (inches * dpi for inches in _HEIGHTS)
        if low <= height <= high and width >= _LEAST_WIDE * height and found < _MOST_STAMPS:
            found += 1
            yield _readable(ink[top : top + height, left : left + width])


def _readable(ink: Pixels) -> Pixels:
    height, width = ink.shape
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(3, round(_FRAME * width))), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((max(3, round(_FRAME * height)), 1), np.uint8))
    frame = cv2.dilate(cv2.bitwise_or(across, down), np.ones((5, 5), np.uint8))
    letters = np.where(frame > 0, 0, ink).astype(np.uint8)
    rows = np.flatnonzero(letters.sum(axis=1))
    tall = max(8, int(rows[-1] - rows[0])) if rows.size else height
    scale = _LETTERS / tall
    paper = np.asarray(255 - 255 * letters, np.uint8)
    black = cv2.resize(paper, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.pad(black, _EDGE, constant_values=255), np.uint8)
