"""What turns texts into vectors: the static model of the office's own words, or one of sentence-transformers.

Vectors are rows of unit length, float32, so that a dot product is the cosine. An embedder names itself by
model and version; vectors of different names are never compared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # numpy costs 60 to 90 ms, so it is loaded with the first vector
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_BATCH = 32
_UNSAFE = re.compile(r"[^a-z0-9]+")
_NAME_CHARS = 40


class EmbeddingError(RuntimeError):
    """An embedding model that cannot be used; ``code`` names the sentence in prompts/."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details


class Embedder(Protocol):
    """Texts in, unit vectors out. ``name``: model and version, fit for the name of a Chroma collection."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def passages(self, texts: Sequence[str]) -> Matrix:
        """One row a text: [len(texts), dimensions]."""
        ...

    def question(self, text: str) -> Matrix:
        """The vector of a question: [dimensions]; all zero where nothing in it is known."""
        ...

    def unknown(self, terms: Sequence[str]) -> list[str]:
        """Those of some terms (syllables, pairs) of which the model knows nothing."""
        ...


class TransformerModel:
    """A model of sentence-transformers, by the name of a folder or of a model that this machine has or can fetch.

    ``max_length`` is in tokens of the model; the prefixes are what its card asks for ("query: ", "passage: ").
    Raises EmbeddingError where it cannot be loaded.
    """

    def __init__(
        self,
        model: str,
        *,
        question_prefix: str = "",
        passage_prefix: str = "",
        max_length: int | None = None,
        cache: Path | None = None,
    ) -> None:
        self._model = _load(model, cache)
        if max_length is not None:
            self._model.max_seq_length = max_length
        self._question_prefix, self._passage_prefix = question_prefix, passage_prefix
        self.name = name_of(model, question_prefix, passage_prefix, max_length)
        self.dimensions = int(self._model.get_embedding_dimension())

    def passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode([self._passage_prefix + text for text in texts])

    def question(self, text: str) -> Matrix:
        row: Matrix = self._encode([self._question_prefix + text])[0]
        return row

    def unknown(self, terms: Sequence[str]) -> list[str]:
        """None: such a model reads any text in pieces that it knows."""
        return []

    def _encode(self, texts: Sequence[str]) -> Matrix:
        import numpy as np

        rows = self._model.encode(
            list(texts),
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(rows, dtype=np.float32)


def _load(model: str, cache: Path | None) -> Any:
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # which would write among what a service or a command says
    folder = Path(model).expanduser()
    try:
        found = str(folder) if folder.is_dir() else model
        return SentenceTransformer(found, cache_folder=str(cache) if cache else None)
    except Exception as error:  # hubs, files and models fail in ways of their own; all mean "not loaded"
        raise EmbeddingError("model_unknown", model=model) from error


def name_of(model: str, question_prefix: str = "", passage_prefix: str = "", max_length: int | None = None) -> str:
    """A name for a model as it is set: readable, and unlike that of any other setting or folder content."""
    folder = Path(model).expanduser()
    parts = [model, question_prefix, passage_prefix, str(max_length)]
    if folder.is_dir():
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        parts += [f"{path.relative_to(folder)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=4).hexdigest()
    plain = _UNSAFE.sub("-", Path(model).name.lower()).strip("-")[:_NAME_CHARS].strip("-")
    return f"{plain or 'model'}-{digest}"
