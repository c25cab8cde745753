"""What many tests share: the agencies, the five documents read once, and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from assistant.ingest import Outcome, ingest
from connectors.database import Store
from connectors.engine import open_engine
from corpus.agencies import Agencies, load_agencies
from corpus.ingest import ReadDocument, read_source
from corpus.sources import sources_in
from tests import postgres
from tests.command import Ran, RunTroly, call_command, run_command

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"


@pytest.fixture(scope="session")
def agencies() -> Agencies:
    """The agencies that ship."""
    return load_agencies()


@pytest.fixture(scope="session")
def library_documents(agencies: Agencies) -> dict[str, ReadDocument]:
    """The five documents that ship, read into records, by id."""
    return {source.entry.id: read_source(source, agencies) for source in sources_in(DOCUMENTS)}


@pytest.fixture(scope="session")
def stocked_store(agencies: Agencies) -> Iterator[Store]:
    """A store in memory with the five documents; tests only read from it."""
    store = Store.open(None)
    assert {result.outcome for result in ingest([DOCUMENTS], store, agencies)} == {Outcome.ADDED}
    yield store
    store.close()


@pytest.fixture(scope="session")
def filled_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the command line took the five documents; tests only read from it."""
    data = tmp_path_factory.mktemp("data")
    ran = run_command(("ingest", DOCUMENTS), data, data, b"", None)
    assert ran.rc == 0, ran.stderr
    return data


@pytest.fixture
def run_troly(filled_data: Path, tmp_path: Path) -> RunTroly:
    """Runs ``troly …`` in a process of its own."""

    def run(
        *arguments: str | Path, data: Path | None = None, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> Ran:
        return run_command(arguments, data or filled_data, tmp_path, stdin, env)

    return run


@pytest.fixture
def call_troly(filled_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunTroly:
    """Calls ``troly …`` in this process: for the many cases whose process would teach nothing new."""

    def call(
        *arguments: str | Path, data: Path | None = None, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> Ran:
        return call_command(arguments, data or filled_data, tmp_path, stdin, env, monkeypatch)

    return call


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server of this test run."""
    server = postgres.start(tmp_path_factory.mktemp("postgres"))
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_engine(postgres_server: Any) -> Iterator[Engine]:
    opened = open_engine(postgres.url(postgres_server))
    yield opened
    opened.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty task database, once in a SQLite file and once in PostgreSQL."""
    if request.param == "postgresql":
        opened = request.getfixturevalue("postgres_engine")
        postgres.emptied(opened)
        yield opened
        return
    opened = open_engine(tmp_path / "troly.sqlite3")
    yield opened
    opened.dispose()
