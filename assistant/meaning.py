"""Finding by meaning in an office: which model and which vectors serve.

What serves is named in one small file that is put in place when all is ready, so that questions go on with the old
model while a new one is built (``assistant/renewal.py``). Where anything is missing, damaged or away, words answer
alone; the log and ``troly doctor`` say so.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.settings import AUTO, NO_EMBEDDINGS, STATIC, Settings
from corpus.records import Record
from retrieval.embeddings import EmbeddingError
from retrieval.search import Near, VectorMeaning
from retrieval.vectors import VectorError, VectorFile, Vectors

if TYPE_CHECKING:
    from retrieval.chroma import ChromaStore
    from retrieval.embeddings import Embedder

_LOG = logging.getLogger(__name__)
_RETRY_S = 30.0
STATIC_PREFIX = "static-"


class Serving(Record):
    """What serves: the embedding settings and the model made of them, where its vectors lie, of which revision.

    ``copy_name`` is the folder of the copy that questions read, None where they ask a server.
    """

    setting: str
    question_prefix: str = ""
    passage_prefix: str = ""
    max_length: int | None = None
    model: str
    server: str | None
    copy_name: str | None
    revision: int
    entries: int


def read_serving(settings: Settings) -> Serving | None:
    """What serves at present, or None."""
    try:
        return Serving.model_validate_json(settings.serving.read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return None


class OfficeMeaning:
    """Finds by the vectors that serve. See ``retrieval.search.Meaning``.

    When others come to serve they are opened beside those that are open, and questions go on with these until then: a
    large model takes seconds to load.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._mark: int | None = None
        self._opened: VectorMeaning | None = None
        self._not_before = 0.0
        self._lock = threading.Lock()  # two threads open the same vectors once

    def near(
        self, text: str, group: str, limit: int, keys: Iterable[str], documents: Sequence[str] | None
    ) -> Near | None:
        """None where words must answer alone; why is logged."""
        opened = None
        try:
            with self._lock:
                opened = self._present()
            return opened.near(text, group, limit, keys, documents) if opened is not None else None
        except (VectorError, EmbeddingError) as error:
            _LOG.warning("words alone: %s", error)
            with self._lock:
                if self._opened is opened:  # not what another thread has opened meanwhile
                    self._opened, self._not_before = None, self._clock() + _RETRY_S
            return None

    def _present(self) -> VectorMeaning | None:
        """The model and vectors that serve; opened when first needed and when others come to serve."""
        try:
            mark = self._settings.serving.stat().st_mtime_ns
        except OSError:
            return None
        if mark != self._mark:
            self._mark, self._not_before = mark, 0.0
            if self._opened is not None:
                threading.Thread(target=self._follow, args=(mark,), name="troly-meaning", daemon=True).start()
        if self._opened is None and self._clock() >= self._not_before:
            self._opened = self._open()
        return self._opened

    def _open(self) -> VectorMeaning | None:
        serving = read_serving(self._settings)
        if serving is None or self._settings.embeddings == NO_EMBEDDINGS:
            return None
        return VectorMeaning(open_embedder(self._settings, serving), open_vectors(self._settings, serving))

    def _follow(self, mark: int) -> None:
        """Opens what has come to serve and puts it in the place of what was open."""
        try:
            opened = self._open()
        except (VectorError, EmbeddingError) as error:
            _LOG.warning("the vectors that came to serve cannot be opened: %s", error)
            return
        with self._lock:
            if mark == self._mark:
                self._opened = opened


def open_embedder(settings: Settings, serving: Serving) -> Embedder:
    """The model that serves. Raises EmbeddingError."""
    if not serving.model.startswith(STATIC_PREFIX):
        from retrieval.embeddings import TransformerModel

        model = TransformerModel(
            serving.setting,
            question_prefix=serving.question_prefix,
            passage_prefix=serving.passage_prefix,
            max_length=serving.max_length,
        )
        if model.name != serving.model:
            raise EmbeddingError("model_changed", model=serving.setting)
        return model
    from retrieval.static import StaticModel

    try:
        return StaticModel(settings.models / serving.model)
    except (OSError, ValueError) as error:
        raise EmbeddingError("model_damaged", folder=serving.model) from error


def open_vectors(settings: Settings, serving: Serving) -> Vectors:
    """The vectors that serve: the copy of them, or Chroma. Raises VectorError."""
    if serving.copy_name is not None:
        return VectorFile(settings.index / serving.copy_name)
    return open_chroma(settings).open(serving.model)


def open_chroma(settings: Settings) -> ChromaStore:
    """The office's Chroma. Raises VectorError."""
    from retrieval.chroma import ChromaStore

    return ChromaStore(settings.chroma or settings.chroma_folder, settings.chroma_prefix)


def configured_embedder(settings: Settings) -> Embedder | None:
    """The model that the settings name, or None where they name none. Raises EmbeddingError."""
    if settings.embeddings in (AUTO, STATIC, NO_EMBEDDINGS):
        return None
    from retrieval.embeddings import TransformerModel

    return TransformerModel(
        settings.embeddings,
        question_prefix=settings.embeddings_question_prefix,
        passage_prefix=settings.embeddings_passage_prefix,
        max_length=settings.embeddings_max_length,
    )


def serves_setting(settings: Settings, serving: Serving) -> bool:
    """Whether what serves is what the settings now ask for; a model's folder may have got another content."""
    from retrieval.embeddings import name_of

    if serving.server != settings.chroma or serving.setting != setting_of(settings):
        return False
    return serving.model.startswith(STATIC_PREFIX) or serving.model == name_of(
        settings.embeddings,
        settings.embeddings_question_prefix,
        settings.embeddings_passage_prefix,
        settings.embeddings_max_length,
    )


def setting_of(settings: Settings) -> str:
    """The embedding that the settings ask for where an office is to be searched by meaning."""
    return STATIC if settings.embeddings == AUTO else settings.embeddings
