"""Words in reading order as text, with what of it is unsure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.layout.page import Word
from corpus.vietnamese import fold, nfc
from corpus.vocabulary import is_syllable

_OPEN = re.compile(r"[^\W_][-/–]$")  # "226-" at the end of a line goes on without a space


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text without line ends or tabs; ``unsure`` holds (start, end, confidence) in characters."""

    text: str = ""
    unsure: tuple[tuple[int, int, float], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


def joined(pieces: Iterable[Piece]) -> Piece:
    """Pieces one after another: a space between, none where "226-" waits for "KL/TW"."""
    text, unsure = "", []
    for piece in filter(None, pieces):
        if text and not _goes_on(text, piece.text):
            text += " "
        unsure += [(start + len(text), end + len(text), sure) for start, end, sure in piece.unsure]
        text += piece.text
    return Piece(text, tuple(unsure))


def piece_of(words: Sequence[Word]) -> Piece:
    """The words of one line as text, a space between each two."""
    text = nfc(" ".join(word.text for word in words))
    if all(word.confidence >= 1 for word in words):
        return Piece(text)
    return joined_words(words)


def joined_words(words: Iterable[Word]) -> Piece:
    text, unsure = "", []
    for word in words:
        text += " " if text else ""
        start = len(text)
        text += nfc(word.text)
        if word.confidence < 1:
            unsure.append((start, len(text), word.confidence))
    return Piece(text, tuple(unsure))


def _goes_on(text: str, following: str) -> bool:
    return bool(_OPEN.search(text)) and following[0].isalnum()


def is_torn(first: str, rest: str) -> bool:
    """Whether two pieces of letters are one syllable that a narrow column tore apart ("Thườ", "ng")."""
    if not (first.isalpha() and rest.isalpha() and rest.islower()):
        return False
    one, other = fold(first), fold(rest)
    return is_syllable(one + other) and not (is_syllable(one) and is_syllable(other))
