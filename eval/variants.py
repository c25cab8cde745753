"""The other ways in which people type the same question, made by program from a case, always the same for a seed.

A way that changes nothing in a question ("nhiệm vụ 18" has no old tone placement) gives no variant of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

import yaml

from corpus.abbreviations import SHARED, TYPED
from corpus.vietnamese import TONES, fold, nfc

FRAMES = Path(__file__).with_name("frames.yaml")
PLAIN = "plain"
_WORD = re.compile(r"[^\W\d_]+")
_FREE = re.compile(r"(?<![\w/.-])[^\W\d_]+(?![\w/-]|\.\w)")  # words outside of signs: "158/KH-UBND", "II.4.a"
_SPACED = re.compile(r"(?<![\w/.-])([^\W\d_]{2,}) ([^\W\d_]{2,})(?![\w/-]|\.\w)")
_LATE = re.compile(r"^(.*(?<!q)(?:o(?=[ae])|u(?=y)))(.)$")  # words in which the place of the tone has changed
_TELEX_TONES = dict(zip("\u0301\u0300\u0309\u0303\u0323", "sfrxj", strict=True))
_VNI_TONES = dict(zip("\u0301\u0300\u0309\u0303\u0323", "12345", strict=True))
_TELEX_SHAPES = {"â": "aa", "ă": "aw", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_VNI_SHAPES = {"â": "a6", "ă": "a8", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
_SLIP_SHARE, _JOIN_SHARE, _LEFTOVER_SHARE = 0.15, 0.15, 0.3
_FRAMED_WORDS = 3


@dataclass
class Typist:
    """Whose hands: ``chance`` decides, ``spelled`` gives for folded words how documents spell them."""

    chance: Random
    spelled: Mapping[str, str] = field(default_factory=dict)


def variants(
    turns: tuple[str, ...], seed: str, spelled: Mapping[str, str], names: Iterable[str] | None = None
) -> dict[str, tuple[str, ...]]:
    """The turns in every way that changes at least one of them, by name; first as they are.

    ``seed``: the same text makes the same variants, on any machine. ``names`` restricts (None: all ways).
    """
    made = {PLAIN: turns}
    for name, way in WAYS.items():
        typist = Typist(Random(f"{seed}/{name}"), spelled)
        typed = tuple(way(turn, typist) for turn in turns)
        if typed != turns:
            made[name] = typed
    wanted = set(made if names is None else names)
    return {name: typed for name, typed in made.items() if name in wanted}


def spelled_in(texts: Iterable[str]) -> dict[str, str]:
    """For the words that abbreviations stand for, folded: how these texts spell them most often."""
    counts: dict[str, Counter[str]] = {}
    wanted = {*SHARED.values(), *TYPED.values()}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, wanted), key=len, reverse=True))})(?!\w)")
    for text in texts:
        clean = nfc(text)
        for match in pattern.finditer(fold(clean)):
            counts.setdefault(match[0], Counter())[clean[match.start() : match.end()].lower()] += 1
    return {full: min(forms, key=lambda form: (-forms[form], form)) for full, forms in counts.items()}


def _folded(text: str, _typist: Typist) -> str:
    return fold(text)


def _partial(text: str, typist: Typist) -> str:
    return _WORD.sub(lambda m: fold(m[0]) if typist.chance.random() < 0.5 else m[0], nfc(text))


def _telex(text: str, typist: Typist) -> str:
    return _left_over(text, typist, _TELEX_SHAPES, _TELEX_TONES)


def _vni(text: str, typist: Typist) -> str:
    return _left_over(text, typist, _VNI_SHAPES, _VNI_TONES)


def _left_over(text: str, typist: Typist, shapes: Mapping[str, str], tones: Mapping[str, str]) -> str:
    """Some words as the keys were struck, because the input method was off or took them for English."""
    accented = [m for m in _FREE.finditer(nfc(text)) if fold(m[0]) != m[0].lower()]
    chosen = _some(accented, _LEFTOVER_SHARE, typist.chance)
    return _replaced(nfc(text), [(m, _keys(m[0], shapes, tones)) for m in chosen])


def _keys(word: str, shapes: Mapping[str, str], tones: Mapping[str, str]) -> str:
    """The keys of a word, the tone struck last."""
    letters, tone = "", ""
    for char in word:
        decomposed = unicodedata.normalize("NFD", char)
        tone = next((tones[mark] for mark in decomposed if mark in TONES), tone)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in TONES))
        keys = shapes.get(bare.lower(), bare)
        letters += keys.capitalize() if bare.isupper() else keys
    return letters + tone


def _slips(text: str, typist: Typist) -> str:
    """A letter doubled, left out or struck too early in some longer words."""
    longer = [m for m in _FREE.finditer(nfc(text)) if len(m[0]) > 3 and not m[0].isupper()]
    return _replaced(nfc(text), [(m, _slip(m[0], typist.chance)) for m in _some(longer, _SLIP_SHARE, typist.chance)])


def _slip(word: str, chance: Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("doubled", "dropped", "early"))
    if kind == "doubled":
        return word[:at] + word[at] + word[at:]
    if kind == "dropped":
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _joined(text: str, typist: Typist) -> str:
    pairs = list(_SPACED.finditer(nfc(text)))
    return _replaced(nfc(text), [(m, m[1] + m[2]) for m in _some(pairs, _JOIN_SHARE, typist.chance)])


def _abbreviated(text: str, typist: Typist) -> str:
    """Words for which offices have a short form, in that form."""
    clean, folded = nfc(text), fold(text)
    for full, shorts in sorted(_shorts().items(), key=lambda item: -len(item[0])):
        for match in reversed(list(re.finditer(rf"(?<![\w/-]){full}(?![\w/-])", folded))):
            short = typist.chance.choice(shorts)
            clean = clean[: match.start()] + short + clean[match.end() :]
            folded = folded[: match.start()] + short + folded[match.end() :]
    return clean


@cache
def _shorts() -> dict[str, list[str]]:
    """The short forms (two letters or more) of folded words."""
    shorts: dict[str, list[str]] = {}
    for short, full in (*SHARED.items(), *TYPED.items()):
        if 1 < len(short) < len(full):
            shorts.setdefault(full, []).append(short)
    return shorts


def _in_full(text: str, typist: Typist) -> str:
    """Short forms in full, spelled as documents spell them."""
    known = {**TYPED, **SHARED}

    def full(match: re.Match[str]) -> str:
        bare = match[0].lower().replace("đ", "d")
        words = known.get(bare) if bare == fold(match[0]) else None  # "hồng" is not "hong"
        return match[0] if words is None else typist.spelled.get(words, words)

    return re.sub(r"(?<![\w/-])[^\W\d_]+(?![\w/-])", full, nfc(text))


def _tone_moved(text: str, _typist: Typist) -> str:
    """ "hòa" as "hoà" and the other way round: the two school rules of where the tone stands."""
    return _WORD.sub(lambda m: _other_place(m[0]), nfc(text))


def _other_place(word: str) -> str:
    shape = _LATE.match(fold(word))
    if shape is None:
        return word
    first, last = word[-2], word[-1]
    for source, target, first_is_source in ((first, last, True), (last, first, False)):
        marks = unicodedata.normalize("NFD", source)
        tone = next((mark for mark in marks if mark in TONES), "")
        if tone:
            bare = unicodedata.normalize("NFC", marks.replace(tone, ""))
            moved = unicodedata.normalize("NFC", target + tone)
            return word[:-2] + (bare + moved if first_is_source else moved + bare)
    return word


def _nfd(text: str, _typist: Typist) -> str:
    return unicodedata.normalize("NFD", text)


def _capitals(text: str, _typist: Typist) -> str:
    return text.upper()


def _polite(text: str, typist: Typist) -> str:
    return _framed(text, typist, "polite")


def _english(text: str, typist: Typist) -> str:
    return _framed(text, typist, "english")


def _framed(text: str, typist: Typist, kind: str) -> str:
    """A whole question within a frame; a bare "2" or "cảm ơn" stays."""
    frame = typist.chance.choice(_frames()[kind])
    question = text.rstrip(" ?.!")
    return frame.replace("{q}", question) if len(question.split()) >= _FRAMED_WORDS else text


@cache
def _frames() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.safe_load(FRAMES.read_text(encoding="utf-8"))
    return loaded


def _some(found: list[re.Match[str]], share: float, chance: Random) -> list[re.Match[str]]:
    """About a share of what was found, one at least where there is any."""
    if not found:
        return []
    return [m for m in found if chance.random() < share] or [chance.choice(found)]


def _replaced(text: str, changes: list[tuple[re.Match[str], str]]) -> str:
    for match, words in sorted(changes, key=lambda change: -change[0].start()):
        text = text[: match.start()] + words + text[match.end() :]
    return text


WAYS: dict[str, Callable[[str, Typist], str]] = {
    "folded": _folded,
    "partial": _partial,
    "telex": _telex,
    "vni": _vni,
    "slips": _slips,
    "joined": _joined,
    "abbreviated": _abbreviated,
    "in_full": _in_full,
    "tone_moved": _tone_moved,
    "nfd": _nfd,
    "capitals": _capitals,
    "polite": _polite,
    "english": _english,
}
NAMES = (PLAIN, *WAYS)
