"""Finding by meaning in an office: which model and which vectors serve, and how they are brought up to date.

What serves is named in one small file that is put in place when all is ready, so that questions go on with the old
model while a new one is built. Where anything is missing, damaged or away, words answer alone; the log and
``troly doctor`` say so.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.settings import AUTO, NO_EMBEDDINGS, STATIC, Settings
from corpus.records import Record
from retrieval.embeddings import EmbeddingError
from retrieval.search import Near, VectorMeaning
from retrieval.vectors import Item, VectorError, VectorFile, Vectors
from retrieval.words import Entry

if TYPE_CHECKING:
    from assistant.catalogue import Catalogue
    from retrieval.chroma import ChromaStore
    from retrieval.embeddings import Embedder

_LOG = logging.getLogger(__name__)
FEWEST = 1000  # passages and tasks from which on the office's own model is worth its training (docs/adr/0009)
GROWTH = 1.5  # as many entries as when it was trained, from which on it is trained again
_RETRY_S = 30.0
_STATIC_PREFIX = "static-"
_COPY_PREFIX = "vectors-"
Step = Callable[[str, int, int], None]


class Serving(Record):
    """What serves: the embedding setting and the model made of it, where its vectors lie, of which revision.

    ``copy_name`` is the folder of the copy that questions read, None where they ask a server.
    """

    setting: str
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
    """Finds by the vectors that serve; follows when others begin to serve. See ``retrieval.search.Meaning``."""

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
        try:
            with self._lock:
                opened = self._present()
            return opened.near(text, group, limit, keys, documents) if opened is not None else None
        except (VectorError, EmbeddingError) as error:
            _LOG.warning("words alone: %s", error)
            self._opened, self._not_before = None, self._clock() + _RETRY_S
            return None

    def _present(self) -> VectorMeaning | None:
        """The model and vectors that serve; opened when first needed and when others come to serve."""
        try:
            mark = self._settings.serving.stat().st_mtime_ns
        except OSError:
            return None
        if mark != self._mark:
            self._mark, self._opened, self._not_before = mark, None, 0.0
        if self._opened is None and self._clock() >= self._not_before:
            serving = read_serving(self._settings)
            if serving is not None and self._settings.embeddings != NO_EMBEDDINGS:
                self._opened = VectorMeaning(
                    open_embedder(self._settings, serving), open_vectors(self._settings, serving)
                )
        return self._opened


def open_embedder(settings: Settings, serving: Serving) -> Embedder:
    """The model that serves. Raises EmbeddingError."""
    if not serving.model.startswith(_STATIC_PREFIX):
        return _transformer(settings, serving.setting)
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
    return _transformer(settings, settings.embeddings)


def _transformer(settings: Settings, model: str) -> Embedder:
    from retrieval.embeddings import TransformerModel

    return TransformerModel(
        model,
        question_prefix=settings.embeddings_question_prefix,
        passage_prefix=settings.embeddings_passage_prefix,
        max_length=settings.embeddings_max_length,
    )


# Bringing it up to date


@dataclass(frozen=True)
class Office:
    """What is to be found in an office: its entries with the catalogue that they belong to."""

    entries: Sequence[Entry]
    catalogue: Catalogue

    def items(self) -> Iterator[Item]:
        """What gets a vector, with what a search may be restricted to."""
        for entry in self.entries:
            document = self.catalogue.document(entry.document)
            yield Item(
                group=entry.group,
                key=entry.key,
                document=entry.document,
                text=f"{entry.heading} {entry.body}".strip(),
                issuer=document.issuer or "",
                access=str(document.access),
            )


def is_wanted(settings: Settings, entries: int) -> bool:
    """Whether an office with so many entries is to be searched by meaning."""
    if settings.embeddings == AUTO:
        return entries >= FEWEST
    return settings.embeddings != NO_EMBEDDINGS and entries > 0


def refresh(settings: Settings, office: Office, step: Step) -> Serving | None:
    """Brings vectors up to date after an ingest; trains where there is no model yet or the corpus has grown enough.

    ``step``: the sentence for what is going on, done, of how many. None where meaning is not wanted or the corpus is
    too small. Raises EmbeddingError or VectorError; what served before serves on.
    """
    if not is_wanted(settings, len(office.entries)):
        return None
    serving = read_serving(settings)
    if serving is not None and _is_fresh(settings, serving, office):
        return serving
    return _built(settings, office, step, trained=_still_good(settings, serving, len(office.entries)))


def rebuild(settings: Settings, office: Office, step: Step) -> Serving | None:
    """Makes model and vectors anew from the database, whatever state they are in; a damaged Chroma folder is replaced.

    None where the setting or the size of the corpus wants none: what there was is then removed.
    Raises EmbeddingError or VectorError (a server that is away).
    """
    if settings.embeddings == NO_EMBEDDINGS or not office.entries:
        _forget_all(settings)
        return None
    if settings.chroma is None and not _is_sound(settings):
        from retrieval.chroma import clear

        clear(settings.chroma_folder)
    serving = _built(settings, office, step, trained=None)
    if serving is None:
        _forget_all(settings)
    return serving


def _built(settings: Settings, office: Office, step: Step, *, trained: str | None) -> Serving | None:
    """As ``_build``, but None where there is too little to learn from."""
    try:
        return _build(settings, office, step, trained=trained)
    except EmbeddingError as error:
        if error.code == "model_too_small":
            return None
        raise


def _is_sound(settings: Settings) -> bool:
    try:
        with contextlib.closing(open_chroma(settings)) as store:
            return all(store.open(model).size >= 0 for model in store.collections())
    except VectorError:
        return False


def _is_fresh(settings: Settings, serving: Serving, office: Office) -> bool:
    """Whether what serves is of this revision and of the present settings, and can be read."""
    if not serves_setting(settings, serving) or serving.revision != office.catalogue.revision:
        return False
    try:
        return open_vectors(settings, serving).size == len(office.entries)
    except VectorError:
        return False


def serves_setting(settings: Settings, serving: Serving) -> bool:
    """Whether what serves is what the settings now ask for."""
    return serving.server == settings.chroma and serving.setting == _setting(settings)


def _still_good(settings: Settings, serving: Serving | None, entries: int) -> str | None:
    """The static model that serves, where the corpus has not outgrown it."""
    if serving is None or not serving.model.startswith(_STATIC_PREFIX) or _setting(settings) != STATIC:
        return None
    from retrieval.static import StaticModel

    try:
        card = StaticModel(settings.models / serving.model).card
    except (OSError, ValueError):
        return None
    return serving.model if entries < GROWTH * card.passages else None


def _setting(settings: Settings) -> str:
    return STATIC if settings.embeddings == AUTO else settings.embeddings


def _build(settings: Settings, office: Office, step: Step, *, trained: str | None) -> Serving:
    """Makes what is to serve beside what serves, and then puts it in its place."""
    embedder = _embedder(settings, office, step, trained)
    with contextlib.closing(open_chroma(settings)) as store:
        serving = _stored(settings, office, step, embedder, store)
        _put(settings.serving, serving.model_dump_json(indent=2))
        _forget_others(settings, store, serving)
    return serving


def _stored(settings: Settings, office: Office, step: Step, embedder: Embedder, store: ChromaStore) -> Serving:
    """Brings the vectors of a model up to date; gives what is to serve."""
    store.sync(embedder, office.items(), lambda done, total: step("embedding", done, total))
    revision, copy = office.catalogue.revision, None
    if settings.chroma is None:
        copy = f"{_COPY_PREFIX}{embedder.name}-{revision}"
        store.copy(embedder.name, settings.index / copy)
    return Serving(
        setting=_setting(settings),
        model=embedder.name,
        server=settings.chroma,
        copy_name=copy,
        revision=revision,
        entries=len(office.entries),
    )


def _embedder(settings: Settings, office: Office, step: Step, trained: str | None) -> Embedder:
    if _setting(settings) != STATIC:
        return _transformer(settings, settings.embeddings)
    if trained is not None:
        from retrieval.static import StaticModel

        return StaticModel(settings.models / trained)
    from retrieval.training import TooSmallError, train

    try:
        return train(office.entries, settings.models, lambda done, total: step("training", done, total))
    except TooSmallError as error:
        raise EmbeddingError("model_too_small", pairs=error.pairs) from error


def _put(place: Path, text: str) -> None:
    """Writes a file so that a reader meets the old or the new one."""
    place.parent.mkdir(parents=True, exist_ok=True)
    work = place.with_name(f".{place.name}-{os.getpid()}")
    work.write_text(text, encoding="utf-8")
    work.replace(place)


def _forget_others(settings: Settings, store: ChromaStore, serving: Serving) -> None:
    """Removes models, vectors and copies that no longer serve."""
    for model in store.collections():
        if model != serving.model:
            store.forget(model)
    _remove(settings.models, _STATIC_PREFIX, serving.model)
    _remove(settings.index, _COPY_PREFIX, serving.copy_name)


def _forget_all(settings: Settings) -> None:
    settings.serving.unlink(missing_ok=True)
    _remove(settings.models, _STATIC_PREFIX, None)
    _remove(settings.index, _COPY_PREFIX, None)
    if settings.chroma is None:
        from retrieval.chroma import clear

        clear(settings.chroma_folder)


def _remove(folder: Path, prefix: str, keep: str | None) -> None:
    with contextlib.suppress(OSError):
        for place in folder.iterdir():
            if place.name.startswith(prefix) and place.name != keep:
                shutil.rmtree(place, ignore_errors=True)
