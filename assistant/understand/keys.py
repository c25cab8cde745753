"""The keys of Telex and VNI as they are left in a text where the input method was off: "nhieemj", "nhie65m", "vuj".

A word may hold marks and keys at once ("trươngf", "chươ1ng"); keys may stand right after their letter or later.
"""

from __future__ import annotations

import re
import unicodedata

from corpus.vietnamese import TONES, fold
from corpus.vocabulary import is_syllable

_TELEX_TONES = dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_TONES = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_HAT, _HORN, _BREVE, _BAR = "\u0302", "\u031b", "\u0306", "đ"
_VNI_SHAPES = {"6": (_HAT, "aeo"), "7": (_HORN, "uo"), "8": (_BREVE, "a")}
_VNI = re.compile(r"^[^\W\d_]+\d[^\W_]*$")
_VOWELS = "aeiouy"
_ALONE = frozenset({"aj", "af", "a5", "a2", "ys"})  # of single letters with a tone only these are words of a question


class _Word:
    """A syllable while its keys are struck: bare letters, the shape of each, one tone (``twice``: it got two)."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.shapes: list[str] = []
        self.tone = ""
        self.twice = False

    def put(self, char: str) -> None:
        """Adds a letter with the marks that it bears already."""
        marks = unicodedata.normalize("NFD", "d" if char == _BAR else char)
        tone = next((mark for mark in marks if mark in TONES), "")
        self.twice = self.twice or bool(tone and self.tone)
        self.tone = tone or self.tone
        self.letters.append(marks[0])
        self.shapes.append(_BAR if char == _BAR else "".join(mark for mark in marks[1:] if mark not in TONES))

    def has_vowel(self) -> bool:
        return any(letter in _VOWELS for letter in self.letters)

    def shape(self, mark: str, fitting: str) -> bool:
        """Gives the last letters that can bear it a shape; "uo" takes the horn together. False where none can."""
        places = [i for i, letter in enumerate(self.letters) if letter in fitting and not self.shapes[i]]
        if not places:
            return False
        last = places[-1]
        self.shapes[last] = mark
        before = last - 1
        if mark == _HORN and self.letters[last] == "o" and before >= 0 and self.letters[before] == "u":
            self.shapes[before] = _HORN
        return True

    def bar(self) -> bool:
        """Makes the first letter "đ"; False where it is no "d"."""
        if not self.letters or self.letters[0] != "d" or self.shapes[0]:
            return False
        self.shapes[0] = _BAR
        return True

    def text(self) -> str:
        place = self._tone_place()
        pieces = [
            _BAR if shape == _BAR else letter + shape + (self.tone if i == place else "")
            for i, (letter, shape) in enumerate(zip(self.letters, self.shapes, strict=True))
        ]
        return unicodedata.normalize("NFC", "".join(pieces))

    def _tone_place(self) -> int:
        """The letter that bears the tone: a shaped vowel, else as school rules say ("hòa", "toán", "của")."""
        bare = "".join(self.letters)
        skip = 2 if bare.startswith(("qu", "gi")) and len(bare) > 2 and bare[2] in _VOWELS else 0
        vowels = [i for i in range(skip, len(bare)) if bare[i] in _VOWELS]
        shaped = [i for i in vowels if self.shapes[i]]
        if not vowels or shaped:
            return shaped[-1] if shaped else -1
        run = [i for i in vowels if i - vowels[0] == vowels.index(i)]
        closed = run[-1] < len(bare) - 1
        return run[-1] if len(run) > 1 and closed else run[1] if len(run) > 2 else run[0]


def decoded(word: str) -> str | None:
    """The word in lower case that the keys of Telex or VNI in it stand for; None where there are none."""
    lower = unicodedata.normalize("NFC", word.lower())
    if any(char.isdigit() for char in lower):
        return _vni(lower) if _VNI.match(lower) else None
    return _telex(lower)


def _vni(word: str) -> str | None:
    made = _Word()
    for char in word:
        if char in _VNI_TONES and made.has_vowel():
            if made.tone:
                return None
            made.tone = _VNI_TONES[char]
        elif char == "9":
            if not made.bar():
                return None
        elif char in _VNI_SHAPES:
            if not made.shape(*_VNI_SHAPES[char]):
                return None
        elif char.isdigit():
            return None
        else:
            made.put(char)
    return _syllable(made, word)


def _telex(word: str) -> str | None:
    made = _Word()
    for char in word:
        if not (
            (char in _TELEX_TONES and made.has_vowel() and _toned(made, char))
            or (char == "w" and (made.shape(_HORN, "o") or made.shape(_HORN, "u") or made.shape(_BREVE, "a")))
            or (char in "aeo" and char in made.letters and made.shape(_HAT, char))
            or (char == "d" and made.bar())
        ):
            made.put(char)
    return _syllable(made, word)


def _toned(made: _Word, char: str) -> bool:
    if made.tone:
        return False
    made.tone = _TELEX_TONES[char]
    return True


def _syllable(made: _Word, word: str) -> str | None:
    text = made.text()
    whole = len(made.letters) > 1 or (made.tone and made.shapes[0]) or word in _ALONE
    return text if text != word and whole and not made.twice and is_syllable(fold(text)) else None
