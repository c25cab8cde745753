"""Bringing vectors up to date: a model is trained or loaded, texts become vectors beside those that serve, and when all
is ready these give way. One process does it at a time."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.meaning import (
    STATIC_PREFIX,
    Serving,
    configured_embedder,
    open_chroma,
    open_vectors,
    read_serving,
    serves_setting,
    setting_of,
)
from assistant.settings import AUTO, NO_EMBEDDINGS, STATIC, Settings
from retrieval.embeddings import EmbeddingError
from retrieval.vectors import Item, VectorError
from retrieval.words import Entry

if TYPE_CHECKING:
    from assistant.catalogue import Catalogue
    from retrieval.chroma import ChromaStore
    from retrieval.embeddings import Embedder

FEWEST = 1000  # passages and tasks from which on the office's own model is worth its training (docs/adr/0009)
GROWTH = 1.5  # as many entries as when it was trained, from which on it is trained again
_COPY_PREFIX = "vectors-"
Step = Callable[[str, int, int], None]


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


@contextlib.contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Lets one process at a time build. Raises EmbeddingError "index_building" where another one does."""
    from filelock import FileLock, Timeout

    settings.building.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.building, blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise EmbeddingError("index_building") from error
    try:
        yield
    finally:
        lock.release()


def is_building(settings: Settings) -> bool:
    """Whether a process builds at this moment."""
    if not settings.building.exists():
        return False
    try:
        with alone(settings):
            return False
    except EmbeddingError:
        return True


def is_behind(settings: Settings, entries: int, revision: int) -> bool:
    """Whether what serves is not what the settings ask for, or not of this revision of the database."""
    serving = read_serving(settings)
    return is_wanted(settings, entries) and (
        serving is None or serving.revision != revision or not serves_setting(settings, serving)
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


def _still_good(settings: Settings, serving: Serving | None, entries: int) -> str | None:
    """The static model that serves, where the corpus has not outgrown it."""
    if serving is None or not serving.model.startswith(STATIC_PREFIX) or setting_of(settings) != STATIC:
        return None
    from retrieval.static import StaticModel

    try:
        card = StaticModel(settings.models / serving.model).card
    except (OSError, ValueError):
        return None
    return serving.model if entries < GROWTH * card.passages else None


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
    own = setting_of(settings) == STATIC
    return Serving(
        setting=setting_of(settings),
        question_prefix="" if own else settings.embeddings_question_prefix,
        passage_prefix="" if own else settings.embeddings_passage_prefix,
        max_length=None if own else settings.embeddings_max_length,
        model=embedder.name,
        server=settings.chroma,
        copy_name=copy,
        revision=revision,
        entries=len(office.entries),
    )


def _embedder(settings: Settings, office: Office, step: Step, trained: str | None) -> Embedder:
    configured = configured_embedder(settings)
    if configured is not None:
        return configured
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
    _remove(settings.models, STATIC_PREFIX, serving.model)
    _remove(settings.index, _COPY_PREFIX, serving.copy_name)


def _forget_all(settings: Settings) -> None:
    settings.serving.unlink(missing_ok=True)
    _remove(settings.models, STATIC_PREFIX, None)
    _remove(settings.index, _COPY_PREFIX, None)
    if settings.chroma is None:
        from retrieval.chroma import clear

        clear(settings.chroma_folder)


def _remove(folder: Path, prefix: str, keep: str | None) -> None:
    with contextlib.suppress(OSError):
        for place in folder.iterdir():
            if place.name.startswith(prefix) and place.name != keep:
                shutil.rmtree(place, ignore_errors=True)
