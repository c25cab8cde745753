"""The words that are likely in a question, with accents, and which stand beside which: by the office's documents
and by the words of questions."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from corpus.vietnamese import fold, nfc, toneless_key

_RUN = re.compile(r"[^\W_]+(?: [^\W_]+)*")
_NUMBER = re.compile(r"\d+")
OFTEN = 3  # times that two words stand side by side, to belong together
_MOST_CHARS = 4_000_000
_ASKED_COUNT = 12  # what a word of questions counts, beside the times that documents hold it
_RIGHT = 32  # bits of the right word in the number of a pair


@dataclass(frozen=True)
class Counts:
    """How often texts hold words, and which side by side, in a form that is read back without being made anew.

    ``words`` are all words, as they are spelled and folded; ``forms`` and ``folded`` how often each stands as
    spelled so, and in any spelling. ``pairs`` are neighbours as numbers (left << 32 | right, by places in ``words``) in
    ascending order, ``times`` how often each pair stands.
    """

    words: Sequence[str]
    forms: array[int]
    folded: array[int]
    pairs: array[int]
    times: array[int]

    @cached_property
    def place(self) -> dict[str, int]:
        """By word its place."""
        return {word: at for at, word in enumerate(self.words)}

    @cached_property
    def total(self) -> int:
        """How many words the texts hold."""
        return sum(self.forms)

    def form(self, word: str) -> int:
        """How often a word stands as it is spelled."""
        at = self.place.get(word)
        return 0 if at is None else self.forms[at]

    def in_any_spelling(self, word: str) -> int:
        """How often a folded word stands in any spelling."""
        at = self.place.get(word)
        return 0 if at is None else self.folded[at]

    def together(self, left: str, right: str) -> int:
        """How often two words stand side by side, folded or as they are spelled."""
        first, second = self.place.get(left), self.place.get(right)
        if first is None or second is None:
            return 0
        pair = first << _RIGHT | second
        at = bisect_left(self.pairs, pair)
        return self.times[at] if at < len(self.pairs) and self.pairs[at] == pair else 0

    def after(self, word: str) -> Iterator[str]:
        """What often stands after a word."""
        first = self.place.get(word)
        if first is None:
            return
        for at in range(bisect_left(self.pairs, first << _RIGHT), bisect_left(self.pairs, first + 1 << _RIGHT)):
            if self.times[at] >= OFTEN:
                yield self.words[self.pairs[at] & 0xFFFFFFFF]

    def before(self, word: str) -> Iterator[str]:
        """What often stands before a word."""
        second = self.place.get(word)
        yield from self._before.get(second, ()) if second is not None else ()

    @cached_property
    def _before(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for pair, times in zip(self.pairs, self.times, strict=True):
            if times >= OFTEN:
                found.setdefault(pair & 0xFFFFFFFF, []).append(self.words[pair >> _RIGHT])
        return found


def count_words(texts: Iterable[str]) -> Counts:
    """Counts the words of texts, of the first four million characters."""
    forms, pairs = _counted(texts)
    folded: Counter[str] = Counter()
    for form, count in forms.items():
        folded[fold(form)] += count
    words = sorted({*forms, *folded})
    place = {word: at for at, word in enumerate(words)}
    numbered = sorted((place[left] << _RIGHT | place[right], count) for (left, right), count in pairs.items())
    return Counts(
        words,
        array("I", (forms[word] for word in words)),
        array("I", (folded[word] for word in words)),
        array("Q", (pair for pair, _ in numbered)),
        array("I", (count for _, count in numbered)),
    )


def _counted(texts: Iterable[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    forms: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    left = _MOST_CHARS
    for text in texts:
        for run in _RUN.findall(_NUMBER.sub("0", nfc(text[:left]).lower())):
            words = run.split()
            forms.update(words)
            pairs.update(pairwise(words))
            pairs.update(pairwise(fold(run).split()))
        left -= len(text)
        if left <= 0:
            break
    return forms, pairs


class Wordstock:
    """Counts of words and of pairs of neighbours.

    ``counts`` are those of the documents; ``asked`` are words of questions, folded or with accents, ``beside`` pairs of
    them, folded.
    """

    def __init__(self, counts: Counts, asked: Iterable[str], beside: Iterable[tuple[str, str]]) -> None:
        self._counts = counts
        self._forms: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for word in asked:
            self._forms[word] += _ASKED_COUNT
        for pair in beside:
            self._pairs[pair] += _ASKED_COUNT
        self._folded: Counter[str] = Counter()
        for form, count in self._forms.items():
            self._folded[fold(form)] += count
        self._total = max(1, counts.total + self._forms.total())

    @cached_property
    def forms(self) -> list[str]:
        """All words of three letters or more, as they are spelled."""
        held = (word for word, count in zip(self._counts.words, self._counts.forms, strict=True) if count)
        return sorted(form for form in {*held, *self._forms} if len(form) > 2)

    @cached_property
    def folded(self) -> list[str]:
        """The same words folded."""
        held = (word for word, count in zip(self._counts.words, self._counts.folded, strict=True) if count)
        return sorted(word for word in {*held, *self._folded} if len(word) > 2)

    @cached_property
    def _keys(self) -> frozenset[str]:
        held = (word for word, count in zip(self._counts.words, self._counts.forms, strict=True) if count)
        return frozenset(toneless_key(form) for form in {*held, *self._forms})

    @cached_property
    def _beside(self) -> dict[tuple[str, bool], list[str]]:
        """For a word of questions with whether it comes first: what stands after it, or before it."""
        beside: dict[tuple[str, bool], list[str]] = {}
        for (left, right), count in self._pairs.items():
            if count + self._counts.together(left, right) >= OFTEN:
                beside.setdefault((left, True), []).append(right)
                beside.setdefault((right, False), []).append(left)
        return beside

    def fitting(self, left: str, right: str) -> list[str]:
        """What often stands after one word or before another, by either spelling of them; in a fixed order."""
        found: set[str] = set()
        for form in {left, fold(left)}:
            found.update(self._counts.after(form), self._beside.get((form, True), ()))
        for form in {right, fold(right)}:
            found.update(self._counts.before(form), self._beside.get((form, False), ()))
        return sorted(found)

    def holds(self, word: str) -> bool:
        """Whether a word in lower case is known as it is spelled, or, typed without accents, in any spelling."""
        if word.isascii():
            return self.holds_folded(word)
        return bool(self.count(word)) or toneless_key(word) in self._keys

    def holds_folded(self, word: str) -> bool:
        """Whether a folded word is known in any spelling."""
        return word in self._folded or bool(self._counts.in_any_spelling(word))

    def count(self, word: str) -> int:
        """How often a word stands in the documents; one without accents in any spelling."""
        if word.isascii():
            return self._folded[word] + self._counts.in_any_spelling(word)
        return self._forms[word] + self._counts.form(word)

    def weight(self, word: str) -> float:
        """How unlikely a word is: the logarithm of the share of words that it is not, about 2 to 10."""
        return math.log(self._total / (self.count(word) + 0.5))

    def together(self, left: str, right: str) -> int:
        """How often two words stand side by side, folded or as they are spelled; all numbers are one."""
        left, right = "0" if left.isdigit() else left, "0" if right.isdigit() else right
        return self._pairs[left, right] + self._counts.together(left, right)
