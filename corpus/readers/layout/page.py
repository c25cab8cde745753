"""What stands on a page before it is text: words and ruled lines with their places.

The origin is the top left corner; the unit is any one per page (points, pixels).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

_SAMPLE = 400  # words that tell the height of a page's letters


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its box, and how certain its reading is (0 to 1). ``size`` is the font's, 0 where unknown."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0
    bold: bool = False
    size: float = 0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, horizontal or vertical, as the box that its ink fills."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it is horizontal."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True)
class Page:
    """The words and ruled lines of a page, in any order."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def letter_height(words: Sequence[Word]) -> float:
    """The usual height of a line's letters in the unit of the page; 1 where there are no words."""
    step = len(words) // _SAMPLE + 1
    return median(word.bottom - word.top for word in words[::step]) or 1.0 if words else 1.0


def box_of(words: Iterable[Word]) -> tuple[float, float, float, float]:
    """(x0, top, x1, bottom) around words, at least one."""
    boxes = [(word.x0, word.top, word.x1, word.bottom) for word in words]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
