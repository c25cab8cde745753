"""A page of a PDF as words and ruled lines with their places, by PDFium.

Only what is drawn is read: scripts, links, annotations, attachments and form fields are never run or followed.
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from corpus.readers.layout import Page, Rule, Word
from corpus.readers.pdf_lines import Box, Pictures, drawn_lines

MOST_CHARACTERS = 60_000  # of one page; what comes after is not read
_ANGLES = 40  # letters whose direction is asked
_FONT_NAME = 200  # bytes
_LINE_END = "\x02\ufffe"  # how PDFium gives a hyphen at the end of a line
_PLAIN = str.maketrans(
    {"\x02": "-", "\ufffe": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SPACES = frozenset(
    "\0\t\n\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u3000\ufeff"
)
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_ABOVE = 0.8  # of the height of letters stands above the line of writing
_DIGITS = "0123456789"
_UNITS = ("m", "km", "cm", "co")
_RAISED = 0.8  # of the height of its word: so small is the mark of a footnote
_STROKED = 1.6  # widths of its letters: a "word" so wide has a jump in it


@dataclass(frozen=True)
class Font:
    """What a font's name says."""

    name: str = ""
    bold: bool = False


@dataclass
class Drawn:
    """What stands on a page.

    ``fonts`` holds the name of the font of each word, ``pictures`` what covers the page, ``shapes`` how many lines and
    curves are drawn on it.
    """

    page: Page
    fonts: list[str]
    pictures: Pictures
    shapes: int


@dataclass(frozen=True)
class Turn:
    """From the space of a page to that of its reader: quarter turns, then the origin at the top left."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box (left, bottom, right, top) of the page as (x0, top, x1, bottom) of the reader."""
        if self.quarters == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.quarters == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.quarters == 2:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0


def drawn_on(page: Any) -> Drawn:
    """The words and lines of a page. ``page`` is a pypdfium2 page."""
    text = page.get_textpage()
    try:
        letters = _Letters(text.raw)
        turn = _turn(page, letters)
        found = drawn_lines(page.raw, turn.box)
        words, fonts = letters.words(turn, found.lines)
        return Drawn(Page(*turn.size, words, found.lines), fonts, found.pictures, found.shapes)
    finally:
        text.close()


def _turn(page: Any, letters: _Letters) -> Turn:
    """How a page is to be turned so that its words stand upright, whichever way the page itself is shown."""
    quarters = letters.quarters()
    if quarters is None:
        quarters = pdfium.FPDFPage_GetRotation(page.raw) % 4
    return Turn(quarters, *page.get_bbox())


class _Letters:
    """The characters of a page and where they stand."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self.count = min(max(pdfium.FPDFText_CountChars(text), 0), MOST_CHARACTERS)
        self.string = self._string()
        self._fonts: dict[int, Font] = {}
        self._box = pdfium.FS_RECTF()

    def _string(self) -> str:
        """One character for each that PDFium counts."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = pdfium.FPDFText_GetText(self._text, 0, self.count, buffer)
        found = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(found) == self.count:
            return found
        codes = (pdfium.FPDFText_GetUnicode(self._text, i) for i in range(self.count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    def quarters(self) -> int | None:
        """The quarter turns in which most letters stand, None where there are no letters."""
        places = [i for i in range(0, self.count, max(1, self.count // _ANGLES)) if self.string[i] not in _SPACES]
        angles = (pdfium.FPDFText_GetCharAngle(self._text, i) for i in places)
        turns = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
        return turns.most_common(1)[0][0] if turns else None

    def words(self, turn: Turn, lines: Sequence[Rule]) -> tuple[list[Word], list[str]]:
        words: list[Word] = []
        fonts: list[str] = []
        uprights = sorted((line for line in lines if not line.level), key=lambda line: line.x0 + line.x1)
        for start, end in self._ranges():
            end = self._without_mark(start, end, turn)
            font = self._font(start)
            for word in self._word(start, end, turn, uprights, font):
                words.append(word)
                fonts.append(font.name)
        return words, fonts

    def _ranges(self) -> Iterator[tuple[int, int]]:
        start = None
        for i, char in enumerate(self.string):
            if char in _SPACES:
                if start is not None:
                    yield start, i
                start = None
            elif start is None:
                start = i
            elif char in _LINE_END:
                yield start, i + 1
                start = None
        if start is not None:
            yield start, len(self.string)

    def _word(self, start: int, end: int, turn: Turn, uprights: Sequence[Rule], font: Font) -> Iterator[Word]:
        first = self._at(start, turn)
        last = first if end - start == 1 else self._at(end - 1, turn)
        box = first[0], first[1], last[2], first[3]
        if self._is_whole(box, first, last, end - start) and not _is_crossed(box, uprights):
            yield _word(self.string[start:end], self._on_base(start, box, turn), font)
            return
        run = start
        boxes = [self._at(i, turn) for i in range(start, end)]
        for i in range(start + 1, end + 1):
            if i == end or _jumps(boxes[i - 1 - start], boxes[i - start], uprights):
                parts = boxes[run - start : i - start]
                yield _word(self.string[run:i], self._on_base(run, _around(parts), turn), font)
                run = i

    @staticmethod
    def _is_whole(box: Box, first: Box, last: Box, count: int) -> bool:
        """Whether the letters of a word stand on one line, one after the other without a jump."""
        height = first[3] - first[1]
        level = abs(first[3] - last[3]) < 0.5 * max(height, 0.1)
        return level and -0.1 <= box[2] - box[0] <= _STROKED * max(height, 0.1) * count

    def _without_mark(self, start: int, end: int, turn: Turn) -> int:
        """Where a word ends without the small raised number of a footnote; that of "m²" stays."""
        letters = self.string[start:end].rstrip(_DIGITS)
        cut = start + len(letters)
        if cut == end or not letters or end - cut > 2 or letters.isdigit() or letters.lower().endswith(_UNITS):
            return end
        mark, whole = self._at(end - 1, turn), self._at(start, turn)
        return cut if mark[3] - mark[1] < _RAISED * (whole[3] - whole[1]) and mark[3] < whole[3] else end

    def _on_base(self, i: int, box: Box, turn: Turn) -> Box:
        """A box set by its line of writing: what fonts say of their own height differs within one line."""
        across, up = ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetCharOrigin(self._text, i, across, up):
            return box
        base = turn.box(across.value, up.value, across.value, up.value)[1]
        height = box[3] - box[1]
        return box[0], base - _ABOVE * height, box[2], base + (1 - _ABOVE) * height

    def _at(self, i: int, turn: Turn) -> Box:
        found = self._box
        if not pdfium.FPDFText_GetLooseCharBox(self._text, i, found):
            return 0.0, 0.0, 0.0, 0.0
        return turn.box(found.left, found.bottom, found.right, found.top)

    def _font(self, i: int) -> Font:
        drawn = pdfium.FPDFText_GetTextObject(self._text, i)
        if not drawn:
            return Font()
        handle = pdfium.FPDFTextObj_GetFont(drawn)
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            self._fonts[key] = _font(handle)
        return self._fonts[key]


def _font(handle: Any) -> Font:
    if not handle:
        return Font()
    buffer = ctypes.create_string_buffer(_FONT_NAME)
    pdfium.FPDFFont_GetBaseFontName(handle, buffer, _FONT_NAME)
    name = buffer.value.decode("utf-8", "replace")
    return Font(name, any(part in name.lower() for part in _BOLD))


def _word(letters: str, box: Box, font: Font) -> Word:
    text = letters if letters.isascii() and letters.isprintable() else letters.translate(_PLAIN)
    return Word(text, *box, bold=font.bold, size=round(box[3] - box[1], 1))


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _is_crossed(box: Box, uprights: Sequence[Rule]) -> bool:
    """Whether a ruled line runs through a box; the lines come from left to right."""
    x0, top, x1, bottom = box
    middle = (top + bottom) / 2
    for line in uprights[bisect_left(uprights, 2 * x0 + 2, key=lambda line: line.x0 + line.x1) :]:
        if line.x0 + line.x1 > 2 * x1 - 2:
            return False
        if line.top < middle < line.bottom:
            return True
    return False


def _jumps(one: Box, other: Box, uprights: Sequence[Rule]) -> bool:
    """Whether a letter does not go on where the one before it ended, or a ruled line stands between them."""
    height = max(one[3] - one[1], 0.1)
    apart = other[0] - one[2] > 0.6 * height or other[2] < one[0] - 0.1
    between = min((one[0] + one[2]) / 2, one[2]), max((other[0] + other[2]) / 2, other[0])
    ruled = any(
        between[0] < (u.x0 + u.x1) / 2 < between[1] and u.top < (one[1] + one[3]) / 2 < u.bottom for u in uprights
    )
    return apart or ruled or abs(one[3] - other[3]) > 0.5 * height
