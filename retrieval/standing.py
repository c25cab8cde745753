"""What stands in a text for words of a question: phrases of the thesaurus, and what each is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.vietnamese import toneless_key
from retrieval.thesaurus import Phrase, Substitute
from retrieval.tokens import pairs

_SUBSTITUTE_SHARE = 0.95
_HELD_SHARE = 0.65  # the same where the documents hold the phrase that was asked for
_COMMON, _COMMON_SHARE = 0.55, 0.6  # a syllable this common is mostly a part of other words


@dataclass(frozen=True)
class Stand:
    """What stands in a text for words of the question: the place of these, its worth, its first and last word."""

    start: int
    end: int
    worth: float
    first: str
    last: str


def standing(
    found: Sequence[tuple[Substitute, tuple[float, ...]]], known: Mapping[str, float], present: frozenset[str] | None
) -> dict[int, Stand]:
    """By the place of each word the best phrase of a text that may stand for it."""
    best: dict[int, Stand] = {}
    for substitute, shares in found:
        for phrase, share in zip(substitute.phrases, shares, strict=True):
            worth = share * _worth_of(phrase, known, present)
            if not worth:
                continue
            stand = Stand(substitute.start, substitute.end, worth, phrase.words[0], phrase.words[-1])
            for i in range(substitute.start, substitute.end):
                if i not in best or best[i].worth < worth:
                    best[i] = stand
    return best


@lru_cache(maxsize=256)
def shared(
    words: tuple[str, ...], found: tuple[Substitute, ...], rarity: Callable[[str], float]
) -> tuple[tuple[Substitute, tuple[float, ...]], ...]:
    """What each phrase that may stand for words of a question is worth.

    Less where the documents hold the phrase that was asked for: then its words are theirs; less also for a
    common syllable, which is mostly a part of other words.
    """
    most = rarity("\0")

    def share(substitute: Substitute, phrase: Phrase) -> float:
        asked = words[substitute.start : substitute.end]
        held = len(asked) > 1 and all(rarity(f"{a}_{b}") < most for a, b in pairwise(asked))
        common = len(phrase.words) == 1 and rarity(phrase.words[0]) < _COMMON * most
        return (_HELD_SHARE if held else _SUBSTITUTE_SHARE) * (_COMMON_SHARE if common else 1.0)

    return tuple((substitute, tuple(share(substitute, p) for p in substitute.phrases)) for substitute in found)


def _worth_of(phrase: Phrase, known: Mapping[str, float], present: frozenset[str] | None) -> float:
    """What a phrase is worth where it stands in a text as it is spelled, else 0."""
    if len(phrase.words) == 1:
        spelled = present is None or toneless_key(phrase.spelled[0]) in present
        return known.get(phrase.words[0], 0.0) if spelled else 0.0
    return min(known.get(f"{a}_{b}", 0.0) for a, b in pairwise(phrase.words))


def instead(term: str, at: int, known: Mapping[str, float], stands: Mapping[int, Stand]) -> float:
    """What a syllable or pair is worth by the phrases that stand for its words."""
    here = stands.get(at)
    first, _, second = term.partition("_")
    if not second:
        return here.worth if here else 0.0
    there = stands.get(at + 1)
    if here and here is there:
        return here.worth
    befores = {first} if here is None else {first, here.last}
    afters = {second} if there is None else {second, there.first}
    if any(f"{before}_{after}" in known for before in befores for after in afters):
        return _SUBSTITUTE_SHARE
    return 0.0


def commonest(found: Sequence[Substitute], rarity: Callable[[str], float]) -> dict[int, float]:
    """By place the rarity of the most common phrase that may stand for a word."""
    least: dict[int, float] = {}
    for substitute in found:
        rare = min(max(map(rarity, pairs(list(phrase.words)) or phrase.words)) for phrase in substitute.phrases)
        for i in range(substitute.start, substitute.end):
            least[i] = min(rare, least.get(i, rare))
    return least
