"""Search by words and by meaning together.

Words propose, meaning proposes, and one score orders both: the BM25 score as a share of the best one, plus ``WEIGHT``
times the cosine. Ranks are never fused (a weak model would count as much as a good one); docs/adr/0009 has the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from retrieval.embeddings import Embedder
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


class Meaning(Protocol):
    """What finds by meaning: cosines by key for a text, of the nearest entries and of those named.

    None where nothing can be said (there are no vectors, the store is away, no word is known): words then answer alone.
    """

    def cosines(
        self, text: str, group: str, limit: int, keys: Iterable[str], documents: Sequence[str] | None
    ) -> Mapping[str, float] | None: ...


class VectorMeaning:
    """Finds by the vectors of a model."""

    def __init__(self, embedder: Embedder, vectors: Vectors) -> None:
        self._embedder = embedder
        self._vectors = vectors

    def cosines(
        self, text: str, group: str, limit: int, keys: Iterable[str], documents: Sequence[str] | None
    ) -> Mapping[str, float] | None:
        """Raises VectorError where the vectors cannot be read."""
        vector = self._embedder.question(text)
        if not vector.any():
            return None
        return self._vectors.near(vector, group, limit, keys=keys, documents=documents)


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
    cosines = meaning.cosines(text, group, DEPTH, [hit.key for hit in found], documents)
    return fused(found, cosines)[:limit]


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
