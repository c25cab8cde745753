"""Running the static model: a row of weights for each term, and a text is the mean of the rows of its terms.

A question costs a few look-ups in two memory-mapped files, with numpy alone. ``retrieval/training.py`` makes
the folder; docs/adr/0009 tells what was measured.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.records import Record
from retrieval.tokens import syllables, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retrieval.embeddings import Matrix

FORMAT = 1
CARD, READABLE, KEYS, WEIGHTS, VOCABULARY = "card.json", "README.md", "keys.npy", "weights.npy", "vocabulary.txt"


class Figures(Record):
    """What was measured on pairs that the training did not see: shares from 0 to 1 of ``questions`` questions.

    ``top_1`` and ``top_10``: the passage among the first; ``mrr_10``: mean reciprocal rank among the first ten.
    """

    questions: int
    top_1: float
    top_10: float
    mrr_10: float


class Card(Record):
    """What a static model was trained on and how it measured. Sizes are counts, times seconds."""

    format: int = FORMAT
    version: str
    passages: int
    documents: int
    pairs: int
    terms: int
    dimensions: int
    epochs: int
    seed: int
    seconds: float
    held_out: Figures | None
    held_out_words: Figures | None
    made_with: str


class StaticModel:
    """A trained model in its folder. Raises OSError or ValueError where the folder holds none that can be read."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        self.card = Card.model_validate_json((folder / CARD).read_text(encoding="utf-8"))
        if self.card.format != FORMAT:
            raise ValueError(f"format {self.card.format}")
        self._folder = folder
        try:
            self._keys: NDArray[np.uint64] = np.load(folder / KEYS, mmap_mode="r")
            self._weights: Matrix = np.load(folder / WEIGHTS, mmap_mode="r")
        except EOFError as error:
            raise ValueError("empty file") from error
        if self._weights.shape != (len(self._keys), self.card.dimensions):
            raise ValueError("weights and vocabulary differ")

    @property
    def name(self) -> str:
        return f"static-{self.card.version}"

    @property
    def dimensions(self) -> int:
        return self.card.dimensions

    def passages(self, texts: Sequence[str]) -> Matrix:
        return mean_rows([self._known(terms(syllables(text))) for text in texts], self._weights)

    def question(self, text: str) -> Matrix:
        found = [row for row in self._looked_up(terms(syllables(text))) if row >= 0]
        vector: Matrix = mean_rows([found], self._weights)[0]
        return vector

    def unknown(self, terms: Sequence[str]) -> list[str]:
        """The terms that have no row."""
        return [term for term, row in zip(terms, self._looked_up(terms), strict=True) if row < 0]

    def _known(self, wanted: Iterable[str]) -> list[int]:
        rows = self._rows
        return [rows[term] for term in wanted if term in rows]

    @cached_property
    def _rows(self) -> dict[str, int]:
        """The row of each term: worth reading when many texts are embedded, not for one question."""
        words = (self._folder / VOCABULARY).read_text(encoding="utf-8").split("\n")
        return {word: i for i, word in enumerate(words)}

    def _looked_up(self, wanted: Sequence[str]) -> list[int]:
        """The row of each term, -1 where it has none."""
        import numpy as np

        hashes = np.array([hashed(term) for term in wanted], dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._keys, hashes), len(self._keys) - 1)
        rows: list[int] = np.where(self._keys[places] == hashes, places, -1).tolist()
        return rows


def mean_rows(rows: Sequence[Sequence[int]], weights: Any) -> Matrix:
    """The means of rows of ``weights`` at unit length: [len(rows), dimensions]; zero where there are none."""
    import numpy as np

    means = np.zeros((len(rows), weights.shape[1]), dtype=np.float32)
    for i, numbers in enumerate(rows):
        if numbers:
            means[i] = weights[numbers].mean(axis=0)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    means /= np.where(lengths > 0, lengths, 1)
    return means


def hashed(term: str) -> int:
    """The 64-bit key under which a term is looked up."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")


def write_model(folder: Path, words: Sequence[str], weights: Any, card: Card, readable: str) -> None:
    """Writes a model into an empty folder; ``weights`` has a row for each of ``words``."""
    import numpy as np

    keys = np.array([hashed(word) for word in words], dtype=np.uint64)
    order = np.argsort(keys)
    np.save(folder / KEYS, keys[order])
    np.save(folder / WEIGHTS, np.ascontiguousarray(weights[order], dtype=np.float32))
    (folder / VOCABULARY).write_text("\n".join(words[i] for i in order), encoding="utf-8")
    (folder / CARD).write_text(card.model_dump_json(indent=2) + "\n", encoding="utf-8")
    (folder / READABLE).write_text(readable + "\n", encoding="utf-8")
