"""``troly index …``, and how an ingest brings vectors up to date: faults are said, and words serve on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.faults import sentence_of
from assistant.library import DEBRIS, Library, entries
from assistant.meaning import Office, Serving, Step, is_wanted, rebuild, refresh
from assistant.settings import Settings
from assistant.terminal import complain, progress, write, write_json
from assistant.wiring import open_library
from prompts import say
from retrieval.embeddings import EmbeddingError
from retrieval.vectors import VectorError


def refresh_meaning(settings: Settings, library: Library) -> Serving | None:
    """Brings the vectors up to date where they are wanted; what goes wrong is said, and words serve on."""
    size = sum(tasks + passages for tasks, passages in library.store.counts().values())
    if not is_wanted(settings, size):
        return None
    try:
        with _steps() as step:
            return refresh(settings, office_of(library), step)
    except (EmbeddingError, VectorError) as error:
        complain(sentence_of(error))
        complain(say("index.words_alone"))
        return None


def run_rebuild(settings: Settings, *, as_json: bool) -> None:
    """Makes the word index, the model and its vectors anew from the database. Raises EmbeddingError, VectorError."""
    library = open_library(settings)
    words = library.rebuild_words()
    with _steps() as step:
        serving = rebuild(settings, office_of(library), step)
    if as_json:
        write_json({"words": words, "meaning": serving.model_dump(mode="json") if serving else None})
        return
    write(say("index.rebuilt", words=words, serving=serving))


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
