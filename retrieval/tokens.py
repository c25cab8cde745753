"""What the word index counts: folded syllables and pairs of neighbouring syllables."""

from __future__ import annotations

from itertools import pairwise

from corpus.abbreviations import in_full
from corpus.vietnamese import words
from corpus.vocabulary import repaired

PAIR = "_"
SPELLED = {"ki": "ky", "li": "ly", "mi": "my", "si": "sy", "ti": "ty", "hi": "hy", "qui": "quy"}


def syllables(text: str, *, repair: bool = False) -> list[str]:
    """The folded words of a text in order, abbreviations in full; ``repair`` mends what OCR has damaged."""
    tokens = in_full([plain(word) for word in words(text)])
    return [repaired(token) for token in tokens] if repair else tokens


def plain(word: str) -> str:
    """One form of what is written in two: "02" and "2", "kỉ" and "kỷ"."""
    if word.isdigit():
        return word.lstrip("0") or word
    return SPELLED.get(word, word)


def terms(tokens: list[str]) -> list[str]:
    """Syllables and, after them, each pair of neighbours joined by "_"."""
    return [*tokens, *pairs(tokens)]


def pairs(tokens: list[str]) -> list[str]:
    """Each pair of neighbouring syllables, joined by "_"."""
    return [f"{a}{PAIR}{b}" for a, b in pairwise(tokens)]
