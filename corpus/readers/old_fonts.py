"""Text typed with the fonts of before Unicode (TCVN3/ABC such as .VnTime, VNI such as VNI-Times) into Unicode.

In those fonts the letters of Vietnamese stand at the places of other Western letters, so a PDF gives "KÕ ho¹ch" for
"Kế hoạch" (TCVN 5712:1993, VN3) or "Keá hoaïch" (VNI for Windows).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from enum import StrEnum

from corpus.vietnamese import fold
from corpus.vocabulary import is_syllable


class Coding(StrEnum):
    """What the letters of a font stand for."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-capitals"  # fonts whose name ends in H draw small letters as capitals
    VNI = "vni"


_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, _HAT, _BREVE = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323", "\u0302", "\u0306"
_VNI_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _HAT, "á": _HAT + _ACUTE, "à": _HAT + _GRAVE, "å": _HAT + _HOOK, "ã": _HAT + _TILDE, "ä": _HAT + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}{''.join(_VNI_MARKS).upper()}])")
_LETTERS = frozenset("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz")
_TCVN3_NAME = re.compile(r"(?i)^(?:[a-z]{6}\+)?\.?vn(?!i[-_ ])[a-z]")
_CAPITALS_NAME = re.compile(r"H(?:[-,].*)?$")
_VNI_NAME = re.compile(r"(?i)^(?:[a-z]{6}\+)?vni(?:[-_ ]|$)")
_WORD = re.compile(r"[^\W\d_]+(?:[\xad¸¶·¹¨»¼½¾§¡¢£¤¥¦©«¬®µ÷×][^\W\d_]*)*")
_ENOUGH = 4  # words with letters beyond ASCII that tell the coding of a font
_MOST = 0.75  # of them read as Vietnamese in a coding that is right
_FEW = 0.4  # of them read as Vietnamese in one that is wrong


def coding_of(font: str, words: Sequence[str]) -> Coding | None:
    """How the words of a font are coded, by what they say and by its name; None where they are Unicode already."""
    telling = [word for word in words if not word.isascii()]
    if len(telling) < _ENOUGH:
        named = _named(font)
        return named if named and telling and _share(telling, str) < _FEW else named if not telling else None
    if _share(telling, str) > _FEW:
        return None
    best = max((Coding.TCVN3, Coding.VNI), key=lambda coding: _share(telling, _READERS[coding]))
    if _share(telling, _READERS[best]) < _MOST:
        return _named(font)
    return _named(font) if best is Coding.TCVN3 and _named(font) is Coding.TCVN3_CAPITALS else best


def may_be_old(font: str) -> bool:
    """Whether a font is one of before Unicode by its name."""
    return _named(font) is not None


def _named(font: str) -> Coding | None:
    if _VNI_NAME.match(font):
        return Coding.VNI
    if _TCVN3_NAME.match(font):
        return Coding.TCVN3_CAPITALS if _CAPITALS_NAME.search(font) else Coding.TCVN3
    return None


def decoded(text: str, coding: Coding) -> str:
    """A text in Unicode (NFC).

    >>> decoded("KÕ ho¹ch", Coding.TCVN3), decoded("Keá hoaïch", Coding.VNI)
    ('Kế hoạch', 'Kế hoạch')
    """
    return _READERS[coding](text)


def _from_tcvn3(text: str) -> str:
    """Where the font's "ư" came out as a hyphen ("ch-¬ng"), it is put back if that makes a syllable."""
    found = "".join(_TCVN3.get(char, char) for char in text)
    if "-" in found:
        found = re.sub(r"[^\W\d_]+-[^\W\d_]*|-[^\W\d_]+", lambda match: _with_u(match[0]), found)
    return found


def _with_u(word: str) -> str:
    candidate = word.replace("-", "ư")
    parts = [part for part in word.split("-") if part]
    if is_syllable(fold(candidate)) and not all(_is_vietnamese(part) for part in parts):
        return candidate
    return word


def _from_vni(text: str) -> str:
    def pair(match: re.Match[str]) -> str:
        base = match[1]
        letter = {"ô": "ơ", "ö": "ư", "Ô": "Ơ", "Ö": "Ư"}.get(base, base)
        return unicodedata.normalize("NFC", letter + _VNI_MARKS[match[2].lower()])

    out, place = [], 0
    for match in _VNI_PAIR.finditer(text):
        out += [_vni_letters(text[place : match.start()]), pair(match)]
        place = match.end()
    return "".join([*out, _vni_letters(text[place:])])


def _vni_letters(text: str) -> str:
    small = (_VNI_LETTERS.get(char.lower()) for char in text)
    return "".join(
        char if new is None else new.upper() if char.isupper() else new for char, new in zip(text, small, strict=True)
    )


_READERS: dict[Coding, Callable[[str], str]] = {
    Coding.TCVN3: _from_tcvn3,
    Coding.TCVN3_CAPITALS: lambda text: _from_tcvn3(text).upper(),
    Coding.VNI: _from_vni,
}


def _share(words: Sequence[str], reader: Callable[[str], str]) -> float:
    parts = [part for word in words for part in _WORD.findall(word) if not part.isascii()]
    return sum(_is_vietnamese(reader(part)) for part in parts) / len(parts) if parts else 0.0


def _is_vietnamese(word: str) -> bool:
    small = unicodedata.normalize("NFC", word).lower()
    return all(char in _LETTERS for char in small) and is_syllable(fold(small))
