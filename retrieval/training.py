"""Training the static model on the office's own passages, with sentence-transformers.

A ``StaticEmbedding`` over folded syllables and pairs starts from the latent semantics of the corpus (truncated
SVD of its term counts) and learns with ``MultipleNegativesRankingLoss``. Everything random is seeded, so that the
same corpus gives the same model. torch and sentence-transformers (5 s, 500 MB) are loaded here only.
"""

from __future__ import annotations

import hashlib
import math
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prompts import say
from retrieval.pairs import Article, Lesson, Pair, articles_of, batches, lesson_of
from retrieval.static import FORMAT, Card, Figures, StaticModel, mean_rows, write_model
from retrieval.tokens import terms
from retrieval.words import Entry, build_index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retrieval.embeddings import Matrix

DIMENSIONS = 256
EPOCHS = 5
BATCH = 256
RATE = 0.01
SCALE = 20.0
SEED = 20261
FEWEST_PAIRS = 200
MOST_TERMS = 400_000
_MOST_FOR_SVD = 20_000  # articles
_WARM_UP = 0.1
_LEAST_RATE = 0.02
_DEPTH = 10
_MEAN_KEPT, _SQUARE_KEPT, _TINY = 0.9, 0.999, 1e-8
Step = Callable[[int, int], None]


class TooSmallError(ValueError):
    """A corpus with fewer than FEWEST_PAIRS pairs to learn from; ``pairs`` says how many it has."""

    def __init__(self, pairs: int) -> None:
        super().__init__(f"{pairs} pairs")
        self.pairs = pairs


def train(entries: Iterable[Entry], folder: Path, step: Step, *, seed: int = SEED) -> StaticModel:
    """Trains a model in ``folder``/static-VERSION, in place of what stood there; ``step``: batches done, of how many.

    Raises TooSmallError where there is too little to learn from.
    """
    started = time.perf_counter()
    known = list(entries)
    articles = articles_of(known)
    lesson = lesson_of(articles, seed)
    if len(lesson.pairs) < FEWEST_PAIRS:
        raise TooSmallError(len(lesson.pairs))
    words = _vocabulary(articles)
    weights = _learn(words, _first_weights(articles, words, seed), lesson.pairs, step, seed)
    card = Card(
        version=_version(known, seed),
        passages=len(known),
        documents=len({entry.document for entry in known}),
        pairs=len(lesson.pairs),
        terms=len(words),
        dimensions=DIMENSIONS,
        epochs=EPOCHS,
        seed=seed,
        seconds=round(time.perf_counter() - started, 1),
        held_out=_measured(_by_model(articles, lesson, words, weights), lesson),
        held_out_words=_measured(_by_words(articles, lesson), lesson),
        made_with=_made_with(),
    )
    return _keep(folder, words, weights, card)


def _keep(folder: Path, words: Sequence[str], weights: Matrix, card: Card) -> StaticModel:
    place = folder / f"static-{card.version}"
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".static-", dir=folder))
    try:
        write_model(work, words, weights, card, say("index.card", card=card))
        shutil.rmtree(place, ignore_errors=True)
        work.rename(place)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return StaticModel(place)


def _version(entries: Sequence[Entry], seed: int) -> str:
    """Eight letters that stand for what was trained on and how."""
    digest = hashlib.blake2b(digest_size=4)
    digest.update(f"{FORMAT} {DIMENSIONS} {EPOCHS} {BATCH} {RATE} {SCALE} {seed}".encode())
    for entry in entries:
        digest.update(f"\0{entry.heading}\0{entry.body}".encode())
    return digest.hexdigest()


def _made_with() -> str:
    from importlib.metadata import version

    return ", ".join(f"{name} {version(name)}" for name in ("sentence-transformers", "torch", "scikit-learn"))


def _vocabulary(articles: Sequence[Article]) -> list[str]:
    """The terms of at least two articles (all, in a small corpus), the most common ones where they are too many."""
    held_by = Counter(term for article in articles for term in set(terms(article.rest())))
    common = [term for term, count in held_by.items() if count > 1]
    if len(common) > MOST_TERMS:
        common = sorted(common, key=lambda term: (-held_by[term], term))[:MOST_TERMS]
    return sorted(common)


def _first_weights(articles: Sequence[Article], words: Sequence[str], seed: int) -> Matrix:
    """Latent semantics: each term's place in a truncated SVD of the corpus, longer the rarer it is."""
    import numpy as np
    from sklearn.utils.extmath import randomized_svd

    chosen = articles
    if len(articles) > _MOST_FOR_SVD:
        chosen = random.Random(seed).sample(list(articles), _MOST_FOR_SVD)
    counts, rarity = _counts(chosen, words)
    rank = min(DIMENSIONS, *(size - 1 for size in counts.shape))
    weights = np.zeros((len(words), DIMENSIONS), dtype=np.float32)
    _, _, right = randomized_svd(counts, n_components=rank, n_iter=3, random_state=seed)
    weights[:, :rank] = right.T * rarity[:, None]
    return weights


def _counts(articles: Sequence[Article], words: Sequence[str]) -> tuple[Any, NDArray[np.float32]]:
    """Articles by terms, (1 + log count) x rarity at unit length; and the rarity of each term."""
    import numpy as np
    from scipy.sparse import csr_matrix, diags

    column = {word: i for i, word in enumerate(words)}
    held = [Counter(term for term in terms(a.rest()) if term in column) for a in articles]
    rows = [i for i, counter in enumerate(held) for _ in counter]
    columns = [column[term] for counter in held for term in counter]
    values = [1 + math.log(count) for counter in held for count in counter.values()]
    counts = csr_matrix((values, (rows, columns)), shape=(len(articles), len(words)), dtype=np.float32)
    found = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.log(1 + (len(articles) - found + 0.5) / (found + 0.5)).astype(np.float32)
    weighed = counts @ diags(rarity)
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1))).ravel()
    return diags(1 / np.maximum(lengths, 1e-6)) @ weighed, rarity


def _learn(words: Sequence[str], weights: Matrix, pairs: Sequence[Pair], step: Step, seed: int) -> Matrix:
    """The weights after learning from all pairs ``EPOCHS`` times."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(seed)
    static = StaticEmbedding(_tokenizer(words), embedding_weights=weights)
    loss = MultipleNegativesRankingLoss(SentenceTransformer(modules=[static], device="cpu"), scale=SCALE)
    rows, known = _Rows(static.embedding), {word: i for i, word in enumerate(words)}
    steps = [batch for epoch in range(EPOCHS) for batch in batches(pairs, BATCH, random.Random(seed + epoch))]
    for done, batch in enumerate(steps):
        sides = [[_known(side, known) for side in texts] for texts in _sides(batch)]
        with rows.only(sides) as features:
            loss(features, torch.empty(0)).backward()
        rows.move(RATE * _schedule(done / len(steps)))
        step(done + 1, len(steps))
    return rows.weights


def _sides(batch: Sequence[Pair]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    return [pair.asked for pair in batch], [pair.answer for pair in batch]


def _known(text: Sequence[str], rows: Mapping[str, int]) -> list[int]:
    return [rows[term] for term in terms(list(text)) if term in rows]


class _Rows:
    """The weights of an embedding, of which each step reads and moves only the rows that its batch holds.

    Adam (Kingma & Ba 2015) kept by row: PyTorch's SparseAdam sorts every occurrence of every term and takes five
    times as long.
    """

    def __init__(self, embedding: Any) -> None:
        import numpy as np

        self._embedding = embedding
        self.weights: Matrix = embedding.weight.detach().numpy().copy()
        self._mean, self._square = np.zeros_like(self.weights), np.zeros_like(self.weights)
        self._steps = 0
        self._rows: Any = None

    @contextmanager
    def only(self, sides: Sequence[Sequence[Sequence[int]]]) -> Iterator[list[dict[str, Any]]]:
        """Puts the rows of a batch into the embedding; gives the batch in their numbers, for StaticEmbedding."""
        import numpy as np
        import torch

        self._rows, numbers = np.unique(np.concatenate([t for texts in sides for t in texts]), return_inverse=True)
        self._embedding.weight = torch.nn.Parameter(torch.from_numpy(self.weights[self._rows.astype(np.int64)]))
        features, start = [], 0
        for texts in sides:
            ends = np.cumsum([len(text) for text in texts])
            piece = torch.from_numpy(numbers[start : start + ends[-1]].astype(np.int64))
            features.append({"input_ids": piece, "offsets": torch.from_numpy(np.concatenate([[0], ends[:-1]]))})
            start += int(ends[-1])
        yield features

    def move(self, rate: float) -> None:
        """One step of Adam for these rows."""
        import numpy as np

        self._steps += 1
        rows, slope = self._rows.astype(np.int64), self._embedding.weight.grad.numpy()
        mean = self._mean[rows] = _MEAN_KEPT * self._mean[rows] + (1 - _MEAN_KEPT) * slope
        square = self._square[rows] = _SQUARE_KEPT * self._square[rows] + (1 - _SQUARE_KEPT) * slope**2
        unbiased = math.sqrt(1 - _SQUARE_KEPT**self._steps) / (1 - _MEAN_KEPT**self._steps)
        self.weights[rows] -= rate * unbiased * mean / (np.sqrt(square) + _TINY)


def _schedule(done: float) -> float:
    """The share of the learning rate: up for a tenth of the way, then down."""
    return min(1.0, (done + 1e-3) / _WARM_UP) * max(_LEAST_RATE, 1 - done)


def _tokenizer(words: Sequence[str]) -> Any:
    """Terms between blanks, as rows of the weights."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer


def _by_model(articles: Sequence[Article], lesson: Lesson, words: Sequence[str], weights: Matrix) -> list[list[int]]:
    """For each sentence held out, the articles by cosine, best first; its own article stands without it."""
    rows = {word: i for i, word in enumerate(words)}

    def vectors(texts: Iterable[Sequence[str]]) -> Matrix:
        return mean_rows([[rows[t] for t in terms(list(text)) if t in rows] for text in texts], weights)

    matrix = vectors(article.rest(lesson.held_out.get(i, ())) for i, article in enumerate(articles))
    asked = vectors(articles[i].sentences[k] for i, k in lesson.questions)
    return [(-(matrix @ row)).argsort(kind="stable")[:_DEPTH].tolist() for row in asked]


def _by_words(articles: Sequence[Article], lesson: Lesson) -> list[list[int]]:
    """The same by the word index."""
    entries = (Entry(str(i), "", "", " ".join(a.rest(lesson.held_out.get(i, ()))), "") for i, a in enumerate(articles))
    index = build_index(None, entries)
    asked = (articles[i].sentences[k] for i, k in lesson.questions)
    return [[int(hit.key) for hit in index.search(list(words), _DEPTH)] for words in asked]


def _measured(found: Sequence[Sequence[int]], lesson: Lesson) -> Figures | None:
    if not found:
        return None
    ranks = [best.index(i) + 1 if i in best else 0 for best, (i, _) in zip(found, lesson.questions, strict=True)]
    return Figures(
        questions=len(ranks),
        top_1=round(sum(rank == 1 for rank in ranks) / len(ranks), 4),
        top_10=round(sum(rank > 0 for rank in ranks) / len(ranks), 4),
        mrr_10=round(sum(1 / rank for rank in ranks if rank) / len(ranks), 4),
    )
