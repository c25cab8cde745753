"""Vietnamese text: normal form, folding for comparison, words, numbers and Roman numerals.

Folded text is NFC, lower case, without accents and with đ = d. It has the same length as its NFC
input, character by character, so that a match in folded text is a match in the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_UNUSUAL = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "²": "2", "³": "3"}
_TEN = 10
_KEPT_FOLDED = 1024  # letters at most of a text that is kept folded
_YEARS = 2  # words of "ba năm"
_SMALL = {
    "khong": 0, "linh": 0, "le": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "nhat": 1, "nhi": 2,
}  # fmt: skip
_ROMAN = re.compile(r"^M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def nfc(text: str) -> str:
    """The text in Unicode normal form C, with lone surrogates replaced by U+FFFD."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    if char in _UNUSUAL:
        return _UNUSUAL[char]
    base = unicodedata.normalize("NFD", char)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else base


def fold(text: str) -> str:
    """Folded text: lower case, no accents, đ = d; as long as ``nfc(text)``.

    >>> fold("Đẩy mạnh chuyển đổi số")
    'day manh chuyen doi so'
    """
    if text.isascii():
        return text.lower()
    return _folded(text) if len(text) <= _KEPT_FOLDED else _fold_chars(text)


def _fold_chars(text: str) -> str:
    return "".join(map(_fold_char, nfc(text)))


_folded = lru_cache(maxsize=4096)(_fold_chars)  # cells, passages and words are compared with question after question


@lru_cache(maxsize=16384)
def toneless_key(word: str) -> str:
    """A word in lower case with its tone mark moved to the end, so that "hoà" and "hòa" are one."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(char for char in decomposed if char in TONES)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in TONES)) + tones


def words(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits, in order."""
    return _WORD.findall(fold(text))


def squeeze(text: str) -> str:
    """The text with every run of white space as one space, trimmed, in NFC."""
    return " ".join(nfc(text).split())


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral in capitals, or None where it is not one.

    >>> roman_value("VII"), roman_value("IIII")
    (7, None)
    """
    if not text or not _ROMAN.match(text):
        return None
    values = [_ROMAN_VALUES[char] for char in text]
    return sum(-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True))


def spoken_figure(tokens: list[str]) -> str | None:
    """The digits of a number that all of these folded words say, in full or digit by digit; None where they say none.

    >>> spoken_figure("mot tram nam muoi tam".split()), spoken_figure("mot nam tam".split())
    ('158', '158')
    >>> spoken_figure(["ba", "nam"]) is None
    True
    """
    if tokens[-1:] == ["nam"] and len(tokens) == _YEARS:
        return None  # "ba năm" is three years
    if len(tokens) > _YEARS and tokens[1] == "tram" and 0 < _SMALL.get(tokens[0], 0) < _TEN:
        rest = tokens[3:] if tokens[2] in ("linh", "le") else tokens[2:]
        read = number_in_words(rest)
        return str(_SMALL[tokens[0]] * 100 + read[0]) if read and read[1] == len(rest) else None
    read = number_in_words(tokens)
    if read and read[1] == len(tokens):
        return str(read[0])
    digits = [_SMALL.get(token, _TEN) for token in tokens]
    return "".join(map(str, digits)) if tokens and max(digits) < _TEN else None


def number_in_words(tokens: list[str]) -> tuple[int, int] | None:
    """Reads a number below 100 written in folded words at the start of ``tokens``.

    Gives (value, how many tokens it took), or None. "mười tám" is (18, 2), "hai mươi mốt" (21, 3),
    "hai lăm" (25, 2).
    """
    if not tokens or tokens[0] not in _SMALL:
        return None
    first = _SMALL[tokens[0]]
    rest = [_SMALL.get(token) for token in tokens[1:3]]
    if first == 10:
        return (10 + rest[0], 2) if rest and rest[0] and rest[0] < 10 else (10, 1)
    if rest and rest[0] == 10 and first >= 2:
        return (first * 10 + rest[1], 3) if len(rest) > 1 and rest[1] and rest[1] < 10 else (first * 10, 2)
    if rest and rest[0] == 5 and tokens[1] == "lam" and first >= 2:
        return first * 10 + 5, 2
    return first, 1
