"""Words in reading order as text, with what of it is unsure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.layout.page import Word
from corpus.vietnamese import fold, nfc, roman_value
from corpus.vocabulary import is_syllable

# "226-" and "534/" at the end of a line go on without a space.
_OPEN = re.compile(r"[^\W_][-–]$|[\dA-ZĐ]/$")
# What can be cut within "186/2025/NĐ-CP", "226-KL/TW" and "31/12/2025": the begin and the rest.
_CUT = (
    (re.compile(r"^\(?\d[\d.]*/(?:\d{4}/)?[A-ZĐ]*$"), re.compile(r"^[A-ZĐ]*-[A-ZĐ]+\d*[,.;:)]*$")),
    (re.compile(r"^\(?\d+-[A-ZĐ]+/?[A-ZĐ]*$"), re.compile(r"^[A-ZĐ]{0,3}/?[A-ZĐ]{1,3}[,.;:)]*$")),
    (re.compile(r"^\(?\d$"), re.compile(r"^\d/\d{1,2}/\d{1,4}[,.;:)]*$")),
    (re.compile(r"^\(?\d{1,2}(?:/\d{1,2})?$"), re.compile(r"^(?:/\d{1,2})?/\d{4}[,.;:)]*$")),
    (re.compile(r"^\(?\d{1,2}/\d$"), re.compile(r"^\d/\d{4}[,.;:)]*$")),
    (re.compile(r"^\(?\d{1,2}/\d{1,2}/\d$"), re.compile(r"^\d{3}[,.;:)]*$")),
    (re.compile(r"^\(?\d{1,2}/\d{1,2}/\d\d$"), re.compile(r"^\d{2}[,.;:)]*$")),
    (re.compile(r"^\(?\d{1,2}/\d{1,2}/\d{3}$"), re.compile(r"^\d[,.;:)]*$")),
)
_LONGEST_NUMBER = 3  # digits of the number of a row
_LONGEST_CAPITALS = 6  # letters of "STT", "UBND", "XVIII"


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


def attached(piece: Piece, rest: Piece) -> Piece:
    """Two pieces without a space between."""
    shift = len(piece.text)
    moved = tuple((start + shift, end + shift, sure) for start, end, sure in rest.unsure)
    return Piece(piece.text + rest.text, piece.unsure + moved)


def is_cut(first: str, rest: str) -> bool:
    """Whether two pieces are one date or one number of a document, by their signs.

    >>> is_cut("30/1", "1/2026"), is_cut("226-KL", "/TW"), is_cut("30/1", "2026")
    (True, True, False)
    """
    return any(begin.match(first) and end.match(rest) for begin, end in _CUT)


def is_torn(first: str, rest: str) -> bool:
    """Whether two pieces are one word that a narrow column tore apart.

    >>> is_torn("Thườ", "ng"), is_torn("ST", "T"), is_torn("1", "2"), is_torn("Sở", "Nội")
    (True, True, True, False)
    """
    if is_cut(first, rest):
        return True
    whole = first + rest.rstrip(".")
    if whole.isdigit():
        return len(whole) <= _LONGEST_NUMBER
    if not (first.isalpha() and rest.rstrip(".,;:)").isalpha()):
        return False
    one, other = fold(first), fold(rest.rstrip(".,;:)"))
    if one + other == "stt" or (roman_value(first) and roman_value(rest) and roman_value(whole)):
        return True
    if not (rest.islower() or whole.isupper()):
        return False
    whole_word = is_syllable(one + other) or (whole.isupper() and len(whole) <= _LONGEST_CAPITALS)
    return whole_word and not (is_syllable(one) and is_syllable(other))
