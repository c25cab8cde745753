"""Texts that say the same: a paragraph that one plan takes over from another.

Only the few texts of one result are compared, each with those before it, so no index of likeness is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from retrieval.tokens import pairs, syllables

ALIKE = 0.8  # share of the pairs of syllables of both that both hold
FEWEST = 8  # syllables of a text that can be told from a mere heading
_TURNS = frozenset({"khong", "chua", "cam", "tru", "huy", "bo"})  # words that turn a sentence into another
T = TypeVar("T")


@dataclass(frozen=True)
class Group(Generic[T]):
    """A result, and the later ones of other documents that say the same."""

    first: T
    also: list[T] = field(default_factory=list)


def grouped(results: Iterable[T], text_of: Callable[[T], str], document_of: Callable[[T], str]) -> list[Group[T]]:
    """Results, best first, with those of other documents that say the same put under the first of them."""
    groups: list[tuple[Group[T], _Text]] = []
    for result in results:
        text, document = _Text(text_of(result)), document_of(result)
        told = (
            group
            for group, other in groups
            if document not in map(document_of, (group.first, *group.also)) and text.is_like(other)
        )
        if (group := next(told, None)) is not None:
            group.also.append(result)
        else:
            groups.append((Group(result), text))
    return [group for group, _ in groups]


def say_the_same(one: str, other: str) -> bool:
    """Whether two texts say nearly word for word the same, with the same figures and the same "không"."""
    return _Text(one).is_like(_Text(other))


class _Text:
    """What of a text is compared."""

    def __init__(self, text: str) -> None:
        words = syllables(text)
        self._long_enough = len(words) >= FEWEST
        self._pairs = Counter(pairs(words))
        self._telling = Counter(word for word in words if word in _TURNS or any(map(str.isdigit, word)))

    def is_like(self, other: _Text) -> bool:
        if not self._long_enough or not other._long_enough or self._telling != other._telling:
            return False
        shared = (self._pairs & other._pairs).total()
        return shared >= ALIKE * (self._pairs | other._pairs).total()
