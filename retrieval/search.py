"""Search by words and by meaning together.

Words propose, meaning proposes, and one score orders both: the BM25 score as a share of the best one, plus ``WEIGHT``
times the cosine, less where the model does not know the words of the question that tell most. Ranks are never fused (a
weak model would count as much as a good one); docs/adr/0009 has the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from retrieval.embeddings import Embedder
from retrieval.tokens import syllables, terms
from retrieval.vectors import Vectors
from retrieval.words import WordHit, WordIndex

WEIGHT = 0.5
DEPTH = 100  # candidates of each kind


@dataclass(frozen=True)
class Hit:
    """An entry that was found: its fused score on the scale of the best BM25 score, and what it is made of.

    ``words`` is the BM25 score (0 where words do not propose it), ``meaning`` the cosine (None without vectors).
    """

    key: str
    score: float
    words: float
    meaning: float | None = None


@dataclass(frozen=True)
class Near:
    """Cosines by key, and the terms of the question of which the model knows nothing."""

    cosines: Mapping[str, float]
    unknown: Sequence[str] = ()


class Meaning(Protocol):
    """What finds by meaning: the entries nearest to a question, and how near those named are.

    None where nothing can be said (there are no vectors, the store is away, no word is known): words then answer alone.
    """

    def near(
        self, text: str, group: str, limit: int, keys: Iterable[str], documents: Sequence[str] | None
    ) -> Near | None: ...


class VectorMeaning:
    """Finds by the vectors of a model."""

    def __init__(self, embedder: Embedder, vectors: Vectors) -> None:
        self._embedder = embedder
        self._vectors = vectors

    def near(
        self, text: str, group: str, limit: int, keys: Iterable[str], documents: Sequence[str] | None
    ) -> Near | None:
        """Raises VectorError where the vectors cannot be read."""
        vector = self._embedder.question(text)
        if not vector.any():
            return None
        cosines = self._vectors.near(vector, group, limit, keys=keys, documents=documents)
        return Near(cosines, self._embedder.unknown(terms(syllables(text))))


def search(
    index: WordIndex,
    meaning: Meaning | None,
    tokens: list[str],
    text: str,
    group: str,
    limit: int = 20,
    *,
    also: Iterable[str] = (),
    documents: Sequence[str] | None = None,
) -> list[Hit]:
    """The best entries of a group, best first.

    ``tokens``: the folded words of the question, ``text`` the question itself; ``also`` and ``documents`` as in
    ``WordIndex.search``.
    """
    if meaning is None:
        found = index.search(tokens, limit, also=also, documents=documents, group=group)
        return [Hit(hit.key, hit.score, hit.score) for hit in found]
    found = index.search(tokens, max(limit, DEPTH), also=also, documents=documents, group=group)
    near = meaning.near(text, group, DEPTH, [hit.key for hit in found], documents)
    if near is None:
        return fused(found, None)[:limit]
    return fused(found, near.cosines, WEIGHT * known_share(index, tokens, near.unknown))[:limit]


def known_share(index: WordIndex, tokens: list[str], unknown: Sequence[str]) -> float:
    """How much of a question (0 to 1, by rarity, of the terms that any entry holds) the model knows.

    A name that it never met tells most and says nothing to it: then words must decide.
    """
    missing = frozenset(unknown)
    held = {term: index.rarity(term) for term in terms(tokens) if index.knows(term)}
    total = sum(held.values())
    return sum(rarity for term, rarity in held.items() if term not in missing) / total if total else 1.0


def fused(found: Sequence[WordHit], cosines: Mapping[str, float] | None, weight: float = WEIGHT) -> list[Hit]:
    """Hits of words and cosines as one list, best first; hits of equal score stand in the order of words."""
    if cosines is None:
        return [Hit(hit.key, hit.score, hit.score) for hit in found]
    best = max((hit.score for hit in found), default=0.0) or 1.0
    words = {hit.key: hit.score for hit in found}
    hits = [
        Hit(key, words.get(key, 0.0) + best * weight * cosines.get(key, 0.0), words.get(key, 0.0), cosines.get(key))
        for key in dict.fromkeys([*words, *cosines])
    ]
    return sorted(hits, key=lambda hit: -hit.score)
