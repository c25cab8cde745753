"""How much of a question a text explains: the basis of "the documents do not say".

A BM25 score says which text fits best, not whether it fits. Coverage is the share, weighed by rarity, of
the question's syllables and neighbouring pairs that stand in the text or in the headings above it; a
word typed with accents that stands there only with other accents ("lương" against "lượng") counts less.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.vietnamese import nfc
from retrieval.tokens import pairs, syllables

_WORD = re.compile(r"[^\W_]+")
_PAIR_WEIGHT = 0.6
_HEADING_SHARE = 0.75
_OTHER_ACCENT_SHARE = 0.35
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True)
class Sought:
    """The words sought: folded, and with accents where they were typed so (else "")."""

    words: tuple[str, ...]
    accented: tuple[str, ...] = ()


def coverage(
    sought: Sought, body: str, heading: str, rarity: Callable[[str], float], *, damaged: bool = False
) -> float:
    """The share (0 to 1) of what is sought that a text explains."""
    body_words = syllables(body, repair=damaged)
    heading_words = syllables(heading, repair=damaged)
    known = {**dict.fromkeys(_terms(heading_words), _HEADING_SHARE), **dict.fromkeys(_terms(body_words), 1.0)}
    if not damaged:
        _weaken_other_accents(sought, f"{body} {heading}", known)
    total = matched = 0.0
    for term, weight in _weighed(sought.words, rarity):
        total += weight
        matched += weight * known.get(term, 0.0)
    return matched / total if total else 0.0


def _terms(words: Sequence[str]) -> list[str]:
    return [*words, *pairs(list(words))]


def _weighed(words: Sequence[str], rarity: Callable[[str], float]) -> list[tuple[str, float]]:
    unique = list(dict.fromkeys(words))
    weighed = [(word, rarity(word)) for word in unique]
    weighed += [(pair, _PAIR_WEIGHT * rarity(pair)) for pair in dict.fromkeys(pairs(list(words)))]
    return weighed


def _weaken_other_accents(sought: Sought, text: str, known: dict[str, float]) -> None:
    """Lowers the worth of words that stand in the text only with other accents than were typed."""
    typed = {w: toneless_key(a) for w, a in zip(sought.words, sought.accented, strict=False) if a and not a.isascii()}
    wanted = {word: key for word, key in typed.items() if word in known}
    if not wanted:
        return
    present = {toneless_key(word) for word in _WORD.findall(nfc(text))}
    for word, key in wanted.items():
        if key not in present:
            known[word] *= _OTHER_ACCENT_SHARE


def toneless_key(word: str) -> str:
    """A word in lower case with its tone mark moved to the end, so that "hoà" and "hòa" are one."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(char for char in decomposed if char in _TONES)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES)) + tones
