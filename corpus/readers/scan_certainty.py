"""How certain a word of a scan is, from what the engine says of it.

The engine's figure is no probability: of words at 85 every sixth is wrong, at 96 one in five hundred. The tables were
learned by an earlier form of ``tests/corpus/calibrate_scans.py`` from printed and scanned pages whose words are known
(some 18,000 words), and lowered by hand where few words were seen. To be learned again when the engine, its data or
the cleaning changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.vietnamese import fold
from corpus.vocabulary import is_syllable

# (what the engine says, share of such words that were right), rising; between two points a straight line.
_SYLLABLES = (
    (0, 0.2),
    (50, 0.5),
    (70, 0.7),
    (85, 0.8),
    (90, 0.87),
    (93, 0.91),
    (95, 0.985),
    (96, 0.997),
    (97, 0.999),
    (100, 1.0),
)
_OTHERS = ((0, 0.05), (50, 0.3), (75, 0.5), (88, 0.82), (90, 0.95), (92, 0.995), (97, 0.998), (100, 1.0))
# Figures are read well or not at all, and one wrong figure is a wrong day: less than 90 counts as doubt.
_FIGURES = ((0, 0.05), (50, 0.3), (80, 0.6), (89, 0.85), (91, 0.97), (93, 0.995), (97, 0.999), (100, 1.0))
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
