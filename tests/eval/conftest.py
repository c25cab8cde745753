"""What tests of the evaluation share: the shipped cases, read once, and a small office of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.wiring import assistant_in_memory
from eval.case import Suite, load_suites
from tests.eval.records import SMALL_CASES, write_small_office


@pytest.fixture(scope="session")
def shipped_suites() -> list[Suite]:
    """All cases that ship."""
    return load_suites()


@pytest.fixture
def small_office(tmp_path: Path) -> tuple[Path, Path]:
    """(cases, documents) of an office with one plan and three cases."""
    return write_small_office(tmp_path / "office", SMALL_CASES)


@pytest.fixture(scope="session")
def small_assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over the one plan of the small office."""
    _, documents = write_small_office(tmp_path_factory.mktemp("office"), SMALL_CASES)
    return assistant_in_memory(documents)
