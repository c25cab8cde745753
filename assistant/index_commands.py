"""``troly index …``, and how an ingest brings vectors up to date: faults are said, and words serve on."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.faults import sentence_of
from assistant.library import DEBRIS, Library, entries
from assistant.meaning import Serving
from assistant.renewal import Office, Step, alone, is_wanted, rebuild, refresh
from assistant.settings import Settings
from assistant.terminal import complain, progress, write, write_json
from assistant.wiring import open_library
from prompts import say
from retrieval.embeddings import EmbeddingError
from retrieval.vectors import VectorError

_LOG = logging.getLogger(__name__)
_BUSY = "index_building"  # another process is at it


def refresh_meaning(settings: Settings, library: Library) -> Serving | None:
    """Brings the vectors up to date where they are wanted; what goes wrong is said, and words serve on.

    Where another process builds, it takes in what is new here when it is done.
    """
    if not is_wanted(settings, entries_of(library)):
        return None
    try:
        return _refreshed(settings, library)
    except (EmbeddingError, VectorError) as error:
        complain(sentence_of(error))
        if error.code != _BUSY:
            complain(say("index.words_alone"))
        return None


def _refreshed(settings: Settings, library: Library) -> Serving | None:
    """Goes on until nothing has come in while it worked. Raises EmbeddingError or VectorError."""
    with alone(settings), _steps() as step:
        while True:
            serving = refresh(settings, office_of(library), step)
            if serving is None or serving.revision == library.store.revision():
                return serving


def run_refresh(settings: Settings, *, as_json: bool) -> None:
    """Brings model and vectors up to date where the settings or the documents have changed.
    Raises EmbeddingError or VectorError."""
    try:
        serving = _refreshed(settings, open_library(settings))
    except (EmbeddingError, VectorError) as error:
        if error.code != _BUSY:
            _LOG.warning("the vectors are not brought up to date: %s", error)
        raise
    if as_json:
        write_json({"meaning": serving.model_dump(mode="json") if serving else None})
        return
    write(say("index.refreshed", serving=serving))


def run_rebuild(settings: Settings, *, as_json: bool) -> None:
    """Makes the word index, the model and its vectors anew from the database. Raises EmbeddingError, VectorError."""
    library = open_library(settings)
    with alone(settings):
        words = library.rebuild_words()
        with _steps() as step:
            serving = rebuild(settings, office_of(library), step)
    if as_json:
        write_json({"words": words, "meaning": serving.model_dump(mode="json") if serving else None})
        return
    write(say("index.rebuilt", words=words, serving=serving))


def entries_of(library: Library) -> int:
    """How many passages and tasks the database holds."""
    return sum(tasks + passages for tasks, passages in library.store.counts().values())


def office_of(library: Library) -> Office:
    """What an office can be searched for by meaning: all but what a scan has ruined."""
    catalogue = library.shelf().catalogue
    found = [entry for entry in entries(library.store, catalogue) if entry.group != DEBRIS]
    return Office(found, catalogue)


@contextmanager
def _steps() -> Iterator[Step]:
    """A bar that tells what is going on; training and embedding are its two parts."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with progress(say("index.working")) as step:
        yield lambda _name, done, total: step(done, total)
