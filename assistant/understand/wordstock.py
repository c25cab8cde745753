"""The words that are likely in a question, with accents, and which stand beside which: by the office's documents
and by the words of questions."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise

from corpus.vietnamese import fold, nfc, toneless_key

_RUN = re.compile(r"[^\W_]+(?: [^\W_]+)*")
_NUMBER = re.compile(r"\d+")
OFTEN = 3  # times that two words stand side by side, to belong together
_MOST_CHARS = 4_000_000
_ASKED_COUNT = 12  # what a word of questions counts, beside the times that documents hold it


class Wordstock:
    """Counts of words and of pairs of neighbours.

    ``asked`` are words of questions, folded or with accents, ``beside`` pairs of them, folded.
    """

    def __init__(self, texts: Iterable[str], asked: Iterable[str], beside: Iterable[tuple[str, str]]) -> None:
        self._forms: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._read(texts)
        self._folded: Counter[str] = Counter()
        for form, count in self._forms.items():
            self._folded[fold(form)] += count
        for word in asked:
            self._forms[word] += _ASKED_COUNT
            self._folded[fold(word)] += _ASKED_COUNT
        for pair in beside:
            self._pairs[pair] += _ASKED_COUNT
        self._total = max(1, self._forms.total())

    def _read(self, texts: Iterable[str]) -> None:
        left = _MOST_CHARS
        for text in texts:
            for run in _RUN.findall(_NUMBER.sub("0", nfc(text[:left]).lower())):
                words = run.split()
                self._forms.update(words)
                self._pairs.update(pairwise(words))
                self._pairs.update(pairwise(fold(run).split()))
            left -= len(text)
            if left <= 0:
                return

    @cached_property
    def forms(self) -> list[str]:
        """All words of three letters or more, as they are spelled."""
        return sorted(form for form in self._forms if len(form) > 2)

    @cached_property
    def folded(self) -> list[str]:
        """The same words folded."""
        return sorted(word for word in self._folded if len(word) > 2)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(map(toneless_key, self._forms))

    @cached_property
    def _beside(self) -> Mapping[tuple[str, bool], list[str]]:
        """For a word with whether it comes first: what often stands after it, or before it."""
        beside: dict[tuple[str, bool], list[str]] = {}
        for (left, right), count in self._pairs.items():
            if count >= OFTEN:
                beside.setdefault((left, True), []).append(right)
                beside.setdefault((right, False), []).append(left)
        return beside

    def fitting(self, left: str, right: str) -> list[str]:
        """What often stands after one word or before another, by either spelling of them; in a fixed order."""
        near = {(form, True) for form in (left, fold(left))} | {(form, False) for form in (right, fold(right))}
        return sorted({word for key in near for word in self._beside.get(key, ())})

    def holds(self, word: str) -> bool:
        """Whether a word in lower case is known as it is spelled, or, typed without accents, in any spelling."""
        return word in self._folded if word.isascii() else toneless_key(word) in self._keys

    def holds_folded(self, word: str) -> bool:
        """Whether a folded word is known in any spelling."""
        return word in self._folded

    def count(self, word: str) -> int:
        """How often a word stands in the documents; one without accents in any spelling."""
        return self._folded[word] if word.isascii() else self._forms[word]

    def weight(self, word: str) -> float:
        """How unlikely a word is: the logarithm of the share of words that it is not, about 2 to 10."""
        return math.log(self._total / (self.count(word) + 0.5))

    def together(self, left: str, right: str) -> int:
        """How often two words stand side by side, folded or as they are spelled; all numbers are one."""
        return self._pairs["0" if left.isdigit() else left, "0" if right.isdigit() else right]
