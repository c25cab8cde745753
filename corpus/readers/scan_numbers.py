"""The numbers of a scanned table's rows, settled by one another.

A numeral alone in its cell is what an engine reads worst ("H" for II, "g" for 8), and what a row is asked for by. But
numbers follow one another: a reading that fits its neighbours is certain, one that does not is doubtful, and where
only one numeral looks like what was read and fits between both neighbours, it is that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from corpus.vietnamese import fold

_ROMANS = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX",
]  # fmt: skip
_STROKES = str.maketrans(
    {"|": "I", "l": "I", "L": "I", "1": "I", "!": "I", "[": "I", "]": "I", "i": "I", "j": "I", "v": "V"}
)
_DOUBLE = {"H": ("II",), "W": ("IV", "VI"), "N": ("IV", "II"), "M": ("III", "V"), "U": ("II",), "Y": ("V",)}
_FIGURES = str.maketrans(
    {"l": "1", "L": "1", "I": "1", "|": "1", "i": "1", "!": "1", "]": "1", "[": "1", "o": "0", "O": "0", "Q": "0",
     "z": "2", "Z": "2", "s": "5", "S": "5", "b": "6", "G": "6", "g": "8", "B": "8", "q": "9"}
)  # fmt: skip
_END = ".)/:,"
_LETTERS = "ABCDEGHKLM"  # as sections bear them
_ITEM = re.compile(r"[a-zđ]{1,2}[.)]")  # a row within a row
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_BACKWARDS = 4.0  # … a section's that was there already
_SAID_ONCE = 0.5
_ASTRAY = 2.0  # what a number costs that does not follow the one before it
_LATE = 1.0  # … that is the first of its kind and not 1
_SELDOM = 0.3  # … that is a first section below rows, or goes on counting in a new section
_LOOKS_LIKE = 0.6  # … that only looks like what was read
_UNLIKE = 1.5  # … that follows, and is like what was read but for a stroke
_PATHS = 24
_LONGEST = 6  # characters

FITS, CLEAR, ALIKE, ODD, GUESSED = 0.97, 0.9, 0.8, 0.55, 0.5


@dataclass(frozen=True)
class Numeral:
    """The number of a row as read, and how certain that is (0 to 1); ``other`` as it was read the second time."""

    text: str
    confidence: float
    other: str = ""
    other_confidence: float = 0.0

    @property
    def agreed(self) -> bool:
        return self.text.rstrip(_END) == self.other.rstrip(_END)


@dataclass(frozen=True)
class Above:
    """The last numbers above a row: of a section, of a row, of a row within a row (text before its last figure)."""

    roman: int | None = None
    letter: int | None = None
    figure: int | None = None
    dotted: tuple[int, int] | None = None
    fresh: bool = True  # a section begins: its rows are counted from 1
    item: None = None


@dataclass(frozen=True)
class _Path:
    cost: float
    above: Above
    chosen: tuple[str, ...]
    fits: tuple[bool, ...]
    known: tuple[bool, ...]


def settled(read: Sequence[Numeral], above: Above = Above()) -> tuple[list[Numeral], Above]:
    """The numbers of a column from top to bottom, and what stands above the row after the last.

    Where most of what was read is no number at all, the column is given back as it is.
    """
    told = sum(_value(numeral.text) is not None or _value(numeral.other) is not None for numeral in read)
    if told * 2 < len(read):
        return list(read), above
    paths = [_Path(0.0, above, (), (), ())]
    for numeral in read:
        further = [step for path in paths for step in _steps(path, numeral)]
        paths = sorted(further, key=lambda path: path.cost)[:_PATHS]
    best = paths[0]
    sure = [
        _judged(numeral, text, before=best.fits[i], after=(*best.fits, True)[i + 1], known=best.known[i])
        for i, (numeral, text) in enumerate(zip(read, best.chosen, strict=True))
    ]
    return sure, best.above


def _judged(numeral: Numeral, chosen: str, *, before: bool, after: bool, known: bool) -> Numeral:
    """``before`` and ``after``: it follows and is followed; ``known``: something of its kind stands above it."""
    read = chosen == numeral.text or chosen == numeral.other
    if not read:
        another = numeral.agreed and _value(numeral.text) is not None
        return Numeral(chosen, ALIKE if before and after and known and not another else GUESSED)
    if _value(chosen) is None:
        return Numeral(chosen, min(numeral.confidence, GUESSED))
    if before and (after or numeral.agreed) and (known or numeral.agreed):
        return Numeral(chosen, FITS)
    if numeral.agreed and numeral.confidence >= CLEAR and (before or after):
        return Numeral(chosen, numeral.confidence)
    return Numeral(chosen, min(numeral.confidence, ODD))


def _steps(path: _Path, numeral: Numeral) -> Iterator[_Path]:
    for text, cost in _candidates(numeral, path.above).items():
        value = _value(text)
        follows, above = _after(path.above, value)
        known = value is not None and getattr(path.above, value[0]) is not None
        again = known and value is not None and value[0] == "roman" and value[2] <= (path.above.roman or 0)
        astray = 0.0 if follows else _BACKWARDS if again else _ASTRAY
        price = path.cost + cost + astray + _oddness(path.above, value, known=known)
        yield _Path(price, above, (*path.chosen, text), (*path.fits, follows), (*path.known, known))


def _oddness(above: Above, value: tuple[str, int, int] | None, *, known: bool) -> float:
    """What it costs that a number, though it may follow, seldom stands where it does."""
    if value is None:
        return 0.0
    kind, _, number = value
    if (number > 1 and not known) or (value == ("figure", 0, 1) and not above.fresh):
        return _LATE
    first_below_rows = kind == "roman" and not known and above.figure is not None
    counted_on = kind == "figure" and above.fresh and known and number > 1
    return _SELDOM if first_below_rows or counted_on else 0.0


def _candidates(numeral: Numeral, above: Above) -> dict[str, float]:
    """What may have been meant by what was read, each with what it costs to believe it."""
    found: dict[str, float] = {}
    doubtful = 0.0 if numeral.agreed or not numeral.other else _SAID_ONCE
    for text, sure in ((numeral.text, numeral.confidence), (numeral.other, numeral.other_confidence)):
        if text:
            found.setdefault(text, (1 - sure) * doubtful if _value(text) is not None else _ASTRAY)
    for text in dict.fromkeys((numeral.text, numeral.other)):
        bare = text.rstrip(_END)
        for alike, cost in _alike(bare, above):
            cost *= 2 if numeral.agreed and _value(text) is not None else 1
            found.setdefault(alike + text[len(bare) :], cost)
    return found


def _alike(bare: str, above: Above) -> Iterator[tuple[str, float]]:
    """What looks like some characters, and what would follow here and is not far from them."""
    if not bare:
        return
    for roman in romans_like(bare):
        yield roman, _LOOKS_LIKE
    figure = bare.translate(_FIGURES)
    if _FIGURE.fullmatch(figure) and not figure.startswith("0"):
        yield figure, _LOOKS_LIKE
    last = above.roman or 0
    numeric = _FIGURE.fullmatch(figure) and any(char in "23456789" for char in figure)
    if not numeric and last < len(_ROMANS) and _differ_by_a_stroke(bare, _ROMANS[last]):
        yield _ROMANS[last], _UNLIKE
    following = str((above.figure or 0) + 1)
    if any(char.isdigit() for char in figure) and Levenshtein.distance(figure, following) <= 1 < len(figure):
        yield following, _UNLIKE


def _differ_by_a_stroke(bare: str, following: str) -> bool:
    shapes = _shapes(bare)
    return any(Levenshtein.distance(shape, following) <= 1 and shape[0] == following[0] for shape in shapes if shape)


def romans_like(bare: str) -> list[str]:
    """The Roman numerals that look like some characters."""
    return [shape for shape in _shapes(bare) if shape in _ROMANS]


def _shapes(bare: str) -> list[str]:
    """What some characters may be, read as the strokes of Roman numerals."""
    plain = "".join("I" if fold(char) == "i" else char for char in bare[:_LONGEST]).translate(_STROKES)
    shapes = [""]
    for char in plain:
        shapes = [shape + way for shape in shapes for way in _DOUBLE.get(char, (char,))]
    return shapes


def _value(text: str) -> tuple[str, int, int] | None:
    """(kind, number before the point, number) of a row's number; None where it is none."""
    if _ITEM.fullmatch(text):
        return "item", 0, 0
    bare = text.rstrip(_END).removeprefix("(")
    if bare in _ROMANS:
        return "roman", 0, _ROMANS.index(bare) + 1
    if len(bare) == 1 and bare in _LETTERS:
        return "letter", 0, _LETTERS.index(bare) + 1
    if not _FIGURE.fullmatch(bare):
        return None
    first, _, second = bare.partition(".")
    return ("dotted", int(first), int(second)) if second else ("figure", 0, int(first))


def _after(above: Above, value: tuple[str, int, int] | None) -> tuple[bool, Above]:
    """Whether a number follows what stands above it, and what stands above the next."""
    if value is None:
        return False, above
    kind, first, number = value
    if kind == "item":
        return True, above
    if kind == "roman":
        return above.roman in (None, number - 1), replace(above, roman=number, dotted=None, fresh=True)
    if kind == "letter":
        return (above.letter or 0) == number - 1, Above(letter=number)
    if kind == "dotted":
        follows = above.dotted in (None, (first, number - 1)) or number == 1
        return follows, replace(above, dotted=(first, number), figure=first, fresh=False)
    began = above.dotted is None and above.figure is None
    restarts = number == 1 and (above.fresh or (above.figure or 0) > 1)
    follows = began or restarts or number == (above.figure or 0) + 1
    return follows, replace(above, figure=number, dotted=None, fresh=False)
