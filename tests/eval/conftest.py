"""What tests of the evaluation share: the shipped cases, read once, and a small office of its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

import eval.run
from assistant.assistant import Assistant
from assistant.wiring import assistant_in_memory
from eval.case import Suite, load_suites
from eval.examiner import Home
from tests.eval import examining
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


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs ask an examiner that needs no library and no process of its own."""

    @contextmanager
    def pool(_jobs: int, _start: eval.run.Start, _homes: tuple[Home, ...]) -> Iterator[ThreadPoolExecutor]:
        with ThreadPoolExecutor(1) as threads:
            yield threads

    monkeypatch.setattr(eval.run, "_pool", pool)
    monkeypatch.setattr(eval.run, "time", SimpleNamespace(perf_counter=count().__next__))  # a second at each look
    monkeypatch.setattr(eval.run, "ask_all", partial(eval.run.ask_all, examine=examining.answer))
