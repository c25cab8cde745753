"""A scanned page made fit to be read: light evened, stamps and ink of pens taken off, turned upright, level."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike

Pixels = MatLike  # rows × columns of bytes, 0 = black; with a third axis: red, green, blue

_SHRINK = 8  # light changes slowly over a page
_DARKEST_PAPER = 70  # of 255; what is darker all over is no paper
_COLOURED = 60  # how far the strongest colour stands above the weakest where ink is no black (of 255)
_COLOURLESS = 30  # so much of a colour black print has after a bad JPEG
_BLACK_BELOW = 120  # of 255: what is lighter under a stamp is the stamp
_INK = 160  # of 255: darker than paper and its noise
_PRINTED_IN_COLOUR = 0.5  # share of the ink: so much is no stamp and no signature
_LEAST_GRAIN, _MUCH_GRAIN = 4, 12  # of 255, between neighbours on bare paper
_LEVEL_DPI = 75
_MOST_TURN = 7.0  # degrees
_LEAST_TURN = 0.05


@dataclass(frozen=True)
class Clean:
    """A page as grey, paper white and print black, and where coloured ink was taken off it (255; else 0)."""

    grey: Pixels
    stained: Pixels

    def turned(self, angle: float) -> Clean:
        """The page turned about its middle by an angle (degrees, counter-clockwise)."""
        return Clean(turned(self.grey, angle), turned(self.stained, angle, empty=0)) if angle else self

    def rotated(self, way: int) -> Clean:
        """The page turned by a quarter or a half, as OpenCV names it."""
        return Clean(cv2.rotate(self.grey, way), cv2.rotate(self.stained, way))


def cleaned(page: Pixels) -> Clean:
    """A page of colours as grey: paper white wherever the light was poor, print black, coloured ink gone."""
    strongest = weakest = _evened(np.ascontiguousarray(page[:, :, 0]))
    for i in (1, 2):  # one after the other: pages are large
        other = _evened(np.ascontiguousarray(page[:, :, i]))
        strongest, weakest = cv2.max(strongest, other), cv2.min(weakest, other)
    colour = cv2.subtract(strongest, weakest)
    if _is_printed_in_colour(weakest, colour):
        return Clean(_contrasted(_denoised(weakest)), np.zeros_like(weakest))
    stained = cv2.dilate((colour > _COLOURED).astype(np.uint8) * 255, np.ones((5, 5), np.uint8))
    return Clean(_contrasted(_denoised(_without_colour(strongest, colour, stained))), stained)


def _without_colour(strongest: Pixels, colour: Pixels, stained: Pixels) -> Pixels:
    """The page without coloured ink; what is black below it stays, for black is weak in every colour."""
    lifted = np.asarray(cv2.add(strongest, cv2.subtract(colour, np.full_like(colour, _COLOURLESS))), np.uint8)
    lifted[(stained > 0) & (strongest > _BLACK_BELOW)] = 255
    return lifted


def _is_printed_in_colour(weakest: Pixels, colour: Pixels) -> bool:
    """Whether most of a page's ink has a colour: then it is no stamp and no signature."""
    ink = weakest[::4, ::4] < _INK
    coloured = ink & (colour[::4, ::4] > _COLOURED)
    return int(np.count_nonzero(coloured)) > _PRINTED_IN_COLOUR * max(1, int(np.count_nonzero(ink)))


def _evened(page: Pixels) -> Pixels:
    """One colour of a page divided by the light that falls on it, so that paper is white all over."""
    height, width = page.shape
    small = cv2.resize(page, (max(1, width // _SHRINK), max(1, height // _SHRINK)), interpolation=cv2.INTER_AREA)
    light = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 15)
    light = cv2.GaussianBlur(np.maximum(light, _DARKEST_PAPER), (0, 0), 5)
    return np.asarray(cv2.divide(page, cv2.resize(light, (width, height)), scale=255), np.uint8)


def _denoised(grey: Pixels) -> Pixels:
    """The page without the grain of the paper, as strong a filter as the grain asks for."""
    sample = grey[::3, ::3].astype(np.int16)
    steps = np.abs(np.diff(sample, axis=1))[sample[:, 1:] > _INK]
    grain = float(np.median(steps)) if steps.size else 0.0
    if grain < _LEAST_GRAIN:
        return grey
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.6 if grain < _MUCH_GRAIN else 0.9), np.uint8)


def _contrasted(grey: Pixels) -> Pixels:
    """Print as black and paper as white as they can be: the darkest of the page's ink becomes 0."""
    marks = grey[grey < 225]
    if not marks.size:
        return grey
    dark = min(float(np.percentile(marks, 10)), 190.0)
    table = np.clip((np.arange(256) - dark) * 255 / (235 - dark), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(grey, table), np.uint8)


def turn_of(grey: Pixels, dpi: int) -> float:
    """By how many degrees (counter-clockwise) the lines of a page must be turned to be level."""
    ink = _small_ink(grey, dpi)
    coarse = max(np.arange(-_MOST_TURN, _MOST_TURN + 0.1, 0.5), key=lambda angle: _sharpness(ink, float(angle)))
    fine = max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=lambda angle: _sharpness(ink, float(angle)))
    return float(fine) if abs(fine) >= _LEAST_TURN else 0.0


def lies_on_its_side(grey: Pixels, dpi: int) -> bool:
    """Whether the lines of text run up or down the page."""
    ink = _small_ink(grey, dpi)
    letters = cv2.subtract(ink, cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 40), np.uint8)))
    letters = cv2.subtract(letters, cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((40, 1), np.uint8)))
    across = max(_sharpness(letters, angle) for angle in np.arange(-5, 5.1, 0.5))
    upright = np.ascontiguousarray(letters.T)
    down = max(_sharpness(upright, angle) for angle in np.arange(-5, 5.1, 0.5))
    return down > 1.3 * across


def _small_ink(grey: Pixels, dpi: int) -> Pixels:
    scale = min(1.0, _LEVEL_DPI / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(255 - small, np.uint8)


def _sharpness(ink: Pixels, angle: float) -> float:
    """How sharply lines and the space between them part when the page is turned by an angle (degrees)."""
    height, width = ink.shape
    slope = np.tan(np.radians(angle))
    shear = np.array([[1, 0, 0], [-slope, 1, slope * width / 2]], np.float32)
    rows = cv2.warpAffine(ink, shear, (width, height)).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def turned(page: Pixels, angle: float, empty: int = 255) -> Pixels:
    """An image turned about its middle by an angle (degrees, counter-clockwise), ``empty`` where it ends."""
    if not angle:
        return page
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return np.asarray(
        cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(empty, empty, empty)), np.uint8
    )
