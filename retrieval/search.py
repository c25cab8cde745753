"""Search by words and by meaning together.

Words propose, meaning proposes, and one score orders both: the BM25 score as a share of the best one, plus ``WEIGHT``
times the likeness. The likeness is the cosine for the part of the question that the model knows; for the rest, such as
a name that it never met, it is how much of it an entry holds. Ranks are never fused (a weak model would count as much
as a good one); docs/adr/0011 has the figures.
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
HELD, MOST_HELD = 0.5, 3.0  # what an unknown term counts that an entry holds; the cosine of like texts is about 0.5
DEPTH = 100  # candidates of each kind


@dataclass(frozen=True)
class Hit:
    """An entry that was found: its fused score on the scale of the best BM25 score, and what it is made of.

    ``words`` is the BM25 score (0 where words do not propose it), ``meaning`` the likeness (None without vectors).
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
    return fused(found, likeness(index, tokens, near, [hit.key for hit in found], group))[:limit]


def likeness(
    index: WordIndex, tokens: Sequence[str], near: Near, keys: Iterable[str], group: str
) -> Mapping[str, float]:
    """How like the question the entries are that words (``keys``) or meaning propose, by key.

    The cosine counts by the share of the question (by rarity, of the terms that any entry holds) that the model knows.
    The rest it cannot judge, and there an entry is as like as it holds of it: a name that stands in one entry tells
    most and is in no model. The more is unknown, the less the cosine is worth beside what is held: where that is more
    than a third, what is held counts by the odds that a term is unknown.
    """
    rarities = {term: index.rarity(term) for term in terms(list(tokens)) if index.knows(term)}
    missing = {term: rarities[term] for term in near.unknown if term in rarities}
    total = sum(rarities.values())
    if not missing or not total:
        return near.cosines
    unknown = sum(missing.values()) / total
    known = 1 - unknown
    weight = max(HELD, min(MOST_HELD, unknown / max(known, 1e-6)))
    proposed = list(dict.fromkeys([*keys, *near.cosines]))
    held = index.held(missing, proposed, group)
    return {key: known * near.cosines.get(key, 0.0) + weight * held.get(key, 0.0) / total for key in proposed}


def fused(found: Sequence[WordHit], likeness: Mapping[str, float] | None, weight: float = WEIGHT) -> list[Hit]:
    """Hits of words and of meaning as one list, best first; hits of equal score stand in the order of words."""
    if likeness is None:
        return [Hit(hit.key, hit.score, hit.score) for hit in found]
    best = max((hit.score for hit in found), default=0.0) or 1.0
    words = {hit.key: hit.score for hit in found}
    hits = [
        Hit(key, words.get(key, 0.0) + best * weight * likeness.get(key, 0.0), words.get(key, 0.0), likeness.get(key))
        for key in dict.fromkeys([*words, *likeness])
    ]
    return sorted(hits, key=lambda hit: -hit.score)
