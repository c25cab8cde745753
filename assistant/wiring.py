"""The one place where the parts are put together."""

from __future__ import annotations

from pathlib import Path

from assistant.assistant import Assistant
from assistant.ingest import ingest
from assistant.library import Library
from assistant.meaning import OfficeMeaning
from assistant.office import Office
from assistant.settings import NO_EMBEDDINGS, Settings
from connectors.database import Store
from connectors.engine import open_engine
from corpus.agencies import load_agencies
from prompts import keep_compiled_in

BUNDLED_DOCUMENTS = Path(__file__).resolve().parent.parent / "corpus" / "documents"


def open_library(settings: Settings) -> Library:
    """The library in the data folder. Raises StoreError or AgencyFileError."""
    keep_compiled_in(settings.data / "cache")
    return library_in(settings)


def open_office(settings: Settings) -> Office:
    """The people, the progress and the log of the office. Raises StoreError."""
    keep_compiled_in(settings.data / "cache")
    return Office.of(open_engine(settings.store))


def library_in(settings: Settings) -> Library:
    """The library in a data folder that is only passing: nothing but store, index and vectors is kept there."""
    meaning = None if settings.embeddings == NO_EMBEDDINGS else OfficeMeaning(settings)
    return Library(Store.open(settings.store), load_agencies(settings.agencies), settings.index, meaning)


def assistant_in_memory(*documents: Path) -> Assistant:
    """The assistant over folders of documents that are read now and kept nowhere."""
    agencies = load_agencies()
    store = Store.open(None)
    for result in ingest(documents, store, agencies):
        if result.error is not None:
            raise result.error
    return Assistant(Library(store, agencies, None))


def open_assistant(settings: Settings) -> Assistant:
    """The assistant over the library in the data folder."""
    return Assistant(open_library(settings))
