"""What the tests of the assistant share: an office that may record progress."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.assistant import Assistant
from assistant.ingest import ingest
from assistant.library import Library
from connectors.database import Store
from corpus.agencies import Agencies
from tests.assistant.desk import Desk
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
