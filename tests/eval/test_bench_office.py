"""The benchmark with many plans: planted questions ask for tasks that stand there, and it tells which were answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.wiring import assistant_in_memory
from corpus.vietnamese import fold
from eval.bench import Figure, Question, answer
from eval.bench_office import PLANTED, Planted, is_found, plant
from eval.plans import known_chain, make_plans, write_plans


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("plans")
    write_plans(folder, make_plans(3, 10, known_chain()))
    return assistant_in_memory(folder)


def test_questions_are_planted_on_tasks_that_stand_there_half_of_them_without_accents(office: Assistant) -> None:
    planted = plant(office)
    held = {(task.document, task.number) for task in office.library.store.tasks()}
    assert len(planted) == 3 * PLANTED
    assert all(item.tasks and item.tasks <= held for item in planted)
    assert sum(fold(item.question.text) == item.question.text for item in planted) == len(planted) // 2
    assert plant(office) == planted


def test_planted_questions_are_answered(office: Assistant) -> None:
    planted = [item for item in plant(office) if item.question.group == "by number"]
    assert all(is_found(item, answer(office, item.question)) for item in planted)
    other = Planted(Question("by number", planted[0].question.text), frozenset({("plan-00000", "99")}))
    assert not is_found(other, answer(office, other.question))


def test_a_share_may_be_under_its_bar() -> None:
    assert Figure("found", 80, "%", 90, more_is_better=True).line().endswith("at least 90 %   UNDER")
    assert Figure("found", 95, "%", 90, more_is_better=True).line().endswith("at least 90 %   ok")
    assert Figure("time", 95, "ms", 90).line().endswith("at most 90 ms  OVER")
