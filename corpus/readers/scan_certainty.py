"""How certain a word of a scan is, from what the engine says of it.

The engine's figure is no probability: of syllables at 85 every third is wrong, at 96 one in two hundred. The tables
are what ``tests/corpus/calibrate_scans.py`` prints, of some 73,000 words of printed and scanned pages that are known.
To be learned again when the engine, its data or the cleaning changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.vietnamese import fold
from corpus.vocabulary import is_syllable

# (what the engine says, the least share of such words that were right), rising; between two points a straight line.
_SYLLABLES = (
    (16.2, 0.303),
    (47.1, 0.553),
    (65.2, 0.565),
    (78.0, 0.586),
    (85.6, 0.587),
    (88.3, 0.663),
    (90.3, 0.747),
    (92.5, 0.946),
    (94.8, 0.974),
    (95.7, 0.994),
)
_OTHERS = (
    (14.5, 0.066),
    (41.2, 0.137),
    (59.2, 0.249),
    (73.6, 0.418),
    (81.1, 0.713),
    (85.8, 0.727),
    (88.4, 0.909),
    (90.4, 0.988),
    (92.0, 0.989),
)
_FIGURES = (
    (26.8, 0.568),
    (57.6, 0.677),
    (76.0, 0.827),
    (81.2, 0.864),
    (85.8, 0.886),
    (88.4, 0.937),
    (92.1, 0.986),
    (96.3, 0.999),
)
_POINTS = {"syllable": _SYLLABLES, "other": _OTHERS, "figure": _FIGURES}
_WORDS_OF_A_FIELD = 5
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[^\w]")


def certainty_of(text: str, said: float) -> float:
    """How certain a word is (0 to 1), for what the engine ``said`` (0 to 100): that as many such words as a field
    holds are all right, for a field is as doubtful as its worst word, and nothing wrong may be stated.
    """
    return float(_share(_POINTS[kind_of(text)], said) ** _WORDS_OF_A_FIELD)


def kind_of(text: str) -> str:
    """What a word is to the tables: "figure", "syllable" or "other"."""
    if _DIGIT.search(text):
        return "figure"
    return "syllable" if is_syllable(fold(_SIGN.sub("", text))) else "other"


def _share(points: Sequence[tuple[float, float]], said: float) -> float:
    place = min(max(bisect_right(points, (said, 2.0)), 1), len(points) - 1)
    (low, under), (high, over) = points[place - 1], points[place]
    return under + (over - under) * min(max((said - low) / (high - low), 0.0), 1.0)
