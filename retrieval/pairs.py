"""What the static model learns from: pairs of texts of the office that belong together.

A sentence belongs to the rest of its article (inverse cloze), a heading to what stands under it. Nobody has
to write questions, and nothing but the office's own documents is used.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.tokens import syllables
from retrieval.words import Entry

MOST_PAIRS = 40_000
MOST_HELD_OUT = 300
HELD_OUT_SHARE = 0.05
_FEWEST = 5  # syllables of a sentence or of what stands around it
_HEADING_FEWEST = 2
_LONGEST = 200  # syllables of a text that are read
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+|\n+")


@dataclass(frozen=True)
class Article:
    """What stands under one heading: the syllables of the heading and of each sentence."""

    heading: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]

    def rest(self, left_out: Collection[int] = ()) -> list[str]:
        """The syllables of the article with its heading, without some sentences."""
        return [*self.heading, *self.body(left_out)]

    def body(self, left_out: Collection[int] = ()) -> list[str]:
        """The same without the heading."""
        return [word for i, sentence in enumerate(self.sentences) if i not in left_out for word in sentence]


@dataclass(frozen=True)
class Pair:
    """Two texts (syllables) that belong together, and the article from which they are."""

    asked: tuple[str, ...]
    answer: tuple[str, ...]
    article: int


def articles_of(entries: Iterable[Entry]) -> list[Article]:
    """Entries put together by document and heading, in the order in which they come."""
    headings: dict[tuple[str, ...], tuple[str, ...]] = {}
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for entry in entries:
        place = (entry.group, entry.document, entry.heading) if entry.heading else (entry.group, entry.key)
        headings.setdefault(place, tuple(syllables(entry.heading, repair=entry.damaged)))
        sentences = (syllables(piece, repair=entry.damaged) for piece in _SENTENCE.split(entry.body))
        found.setdefault(place, []).extend(tuple(s) for s in sentences if len(s) >= _FEWEST)
    return [Article(headings[place], tuple(sentences)) for place, sentences in found.items()]


@dataclass(frozen=True)
class Lesson:
    """The pairs to learn from, and by article the sentences that are held out to measure by; these are in no pair."""

    pairs: tuple[Pair, ...]
    held_out: Mapping[int, frozenset[int]]

    @property
    def questions(self) -> list[tuple[int, int]]:
        """What is held out, as (article, sentence)."""
        return [(i, k) for i, sentences in self.held_out.items() for k in sorted(sentences)]


def lesson_of(articles: Sequence[Article], seed: int) -> Lesson:
    """What to learn from the articles; the same articles and seed give the same lesson."""
    chance = random.Random(seed)
    places = [(i, k) for i, article in enumerate(articles) for k in range(len(article.sentences)) if _has_rest(article)]
    apart = set(chance.sample(places, min(MOST_HELD_OUT, int(len(places) * HELD_OUT_SHARE))))
    held_out = {i: frozenset(k for j, k in apart if j == i) for i in sorted({i for i, _ in apart})}
    chosen = [place for place in places if place not in apart]
    headed = [i for i, a in enumerate(articles) if len(a.heading) >= _HEADING_FEWEST and a.sentences]
    if len(chosen) + len(headed) > MOST_PAIRS:
        headed = sorted(chance.sample(headed, min(len(headed), MOST_PAIRS // 4)))
        chosen = sorted(chance.sample(chosen, min(len(chosen), MOST_PAIRS - len(headed))))
    pairs = [_pair(articles[i].sentences[k], articles[i].rest({k, *held_out.get(i, ())}), i) for i, k in chosen]
    pairs += [_pair(articles[i].heading, articles[i].body(held_out.get(i, ())), i) for i in headed]
    return Lesson(tuple(pair for pair in pairs if pair.asked and pair.answer), held_out)


def _has_rest(article: Article) -> bool:
    return len(article.sentences) > 1 or len(article.heading) >= _FEWEST


def _pair(asked: Sequence[str], answer: Sequence[str], article: int) -> Pair:
    return Pair(tuple(asked[:_LONGEST]), tuple(answer[:_LONGEST]), article)


def batches(pairs: Sequence[Pair], size: int, chance: random.Random) -> list[list[Pair]]:
    """The pairs in random batches in which each article stands once: another of its pairs would be a false contrast."""
    order = list(pairs)
    chance.shuffle(order)
    made: list[list[Pair]] = []
    open_batches: list[tuple[list[Pair], set[int]]] = []
    for pair in order:
        place = next((b for b in open_batches if pair.article not in b[1]), None)
        if place is None:
            place = ([], set())
            open_batches.append(place)
        place[0].append(pair)
        place[1].add(pair.article)
        if len(place[0]) == size:
            made.append(place[0])
            open_batches.remove(place)
    return made + [batch for batch, _ in open_batches if len(batch) > 1]
