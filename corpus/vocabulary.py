"""Which folded words can be Vietnamese syllables, how damaged a text is, and what a damaged word was.

A folded syllable is an onset and a rhyme of closed lists, so a text that OCR has damaged betrays
itself by words that no speaker could say ("chirc", "t6", "phuwong").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from corpus.vietnamese import fold

_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RHYMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep"
    " iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on"
    " ong oo ooc oong op ot u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot"
    " uou up ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yet yeu".split()
)
_TOKEN = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[a-z]")
_CONFUSED = (
    ("6", "o"), ("0", "o"), ("1", "l"), ("5", "s"), ("4", "a"), ("8", "b"), ("ugc", "uoc"), ("udc", "uoc"),
    ("udng", "uong"), ("odng", "uong"), ("irc", "uc"), ("tmg", "ung"), ("mg", "ng"), ("ir", "u"), ("yc", "uc"), ("w", ""),
)  # fmt: skip
# "ồ", "ổ", "ộ" are often read as d, b or 6 between letters: "hd so" is "hồ sơ", "chuyen ddi" is "chuyển đổi".
_LOST_O = re.compile(r"(?<=[bcdghklmnpqrstvxu])[db](?=i|ng|n|c|t|m|p|$)")
_MAX_DISTANCE = 1


@cache
def is_syllable(word: str) -> bool:
    """Whether a folded word can be a Vietnamese syllable.

    >>> is_syllable("nghiem"), is_syllable("chirc")
    (True, False)
    """
    for onset in _ONSETS:
        if word.startswith(onset) and word[len(onset) :] in _RHYMES:
            return True
    return word == "gi"


def damage_share(texts: Iterable[str]) -> float:
    """The share (0 to 1) of words of letters that cannot be syllables; capitals (abbreviations) do not count."""
    tokens = [token for text in texts for token in _TOKEN.findall(text) if not token.isupper()]
    words = [word for token in tokens if _LETTER.search(word := fold(token))]
    return sum(not is_syllable(word) for word in words) / len(words) if words else 0.0


def usual_damage(texts: Sequence[str]) -> float:
    """The share of damaged words (0 to 1) in the passage that holds the middle word of a document.

    A bad scan is damaged all over; English words, addresses and mark-up stand in some passages only. Never
    more than the share of the whole.
    """
    shares = sorted((damage_share([text]), len(_TOKEN.findall(text))) for text in texts)
    middle, passed = sum(count for _, count in shares) / 2, 0
    for share, count in shares:
        passed += count
        if passed >= middle:
            return min(share, damage_share(texts))
    return 0.0


@cache
def _syllables() -> tuple[str, ...]:
    return tuple(sorted({onset + rhyme for onset in _ONSETS for rhyme in _RHYMES}))


@lru_cache(maxsize=65536)
def repaired(word: str) -> str:
    """The syllable that a damaged folded word most likely was, or the word itself where none is near.

    Well-known confusions of OCR are undone first (6 for o, "irc" for "uc"), then one letter may differ.

    >>> repaired("chirc"), repaired("t6"), repaired("2026")
    ('chuc', 'to', '2026')
    """
    if word.isdigit() or len(word) < 2 or is_syllable(word):
        return word
    for wrong, right in _CONFUSED:
        if wrong in word and is_syllable(candidate := word.replace(wrong, right)):
            return candidate
    if is_syllable(candidate := _LOST_O.sub("o", word)):
        return candidate
    if len(word) < 4:
        return word
    found = process.extractOne(word, _syllables(), scorer=Levenshtein.distance, score_cutoff=_MAX_DISTANCE)
    return found[0] if found else word
