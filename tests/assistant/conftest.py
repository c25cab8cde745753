"""What the tests of the assistant share: an office that may record progress."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.index_commands import refresh_meaning
from assistant.ingest import ingest
from assistant.library import Library
from assistant.wiring import library_in
from connectors.database import Store
from corpus.agencies import Agencies
from tests.assistant.desk import Desk
from tests.assistant.learned import static
from tests.conftest import DOCUMENTS


@pytest.fixture(scope="session")
def working_assistant(agencies: Agencies) -> Iterator[Assistant]:
    """An assistant whose store is written to; ``desk`` empties it of what earlier tests recorded."""
    store = Store.open(None)
    list(ingest([DOCUMENTS], store, agencies))
    yield Assistant(Library(store, agencies, None))
    store.close()


@pytest.fixture
def desk(working_assistant: Assistant) -> Desk:
    return Desk(working_assistant)


@pytest.fixture(scope="session")
def learned_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the five documents, from which a model has been learned; tests only read from it."""
    settings = static(tmp_path_factory.mktemp("learned"))
    library = library_in(settings)
    assert {result.error for result in ingest([DOCUMENTS], library.store, library.agencies)} == {None}
    assert refresh_meaning(settings, library) is not None
    library.store.close()
    return settings.data
