"""Made-up plans: the same for a seed, and read by the reader as they were meant."""

from __future__ import annotations

from itertools import islice

import pytest

from assistant.wiring import assistant_in_memory
from connectors.database import Store, TaskFilter
from corpus.records import DeadlineKind
from eval.plans import Chain, Plan, known_chain, make_plans, write_plans

PLANS, TASKS = 4, 50


@pytest.fixture(scope="module")
def chain() -> Chain:
    return known_chain()


@pytest.fixture(scope="module")
def plans(chain: Chain) -> list[Plan]:
    return list(make_plans(PLANS, TASKS, chain))


@pytest.fixture(scope="module")
def store(plans: list[Plan], tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("plans")
    write_plans(folder, plans)
    return assistant_in_memory(folder).library.store


def test_same_seed_makes_the_same_plans(chain: Chain, plans: list[Plan]) -> None:
    assert list(make_plans(PLANS, TASKS, chain)) == plans
    assert [p.text for p in islice(make_plans(PLANS, TASKS, chain, seed=7), PLANS)] != [p.text for p in plans]


def test_every_task_is_read_with_its_number_lead_and_deadline(plans: list[Plan], store: Store) -> None:
    for plan in plans:
        tasks = store.tasks(TaskFilter(documents=(plan.id,)))
        assert [(t.number, t.lead[0].text, t.deadline.text) for t in tasks] == [
            (row.number, row.lead, row.deadline) for row in plan.rows
        ]
        assert [t.title for t in tasks] == [row.title for row in plan.rows]
        assert all(t.deadline.kind is not DeadlineKind.UNREADABLE for t in tasks)


def test_letterhead_is_read(plans: list[Plan], store: Store) -> None:
    held = {document.id: document for document in store.documents()}
    assert [(held[p.id].number, held[p.id].kind) for p in plans] == [(p.number, "Kế hoạch") for p in plans]
    assert all(plan.place.split(" ", 1)[1] in (held[plan.id].issuer or "") for plan in plans)


def test_every_third_plan_has_sections(plans: list[Plan], store: Store) -> None:
    sections = [{task.section for task in store.tasks(TaskFilter(documents=(plan.id,)))} for plan in plans]
    assert sections == [{"I", "II", "III", "IV", "V"}, {None}, {None}, {"I", "II", "III", "IV", "V"}]


def test_no_two_plans_of_one_place_and_words_are_varied(plans: list[Plan]) -> None:
    assert len({plan.issuer for plan in plans}) == PLANS
    titles = [row.title for plan in plans for row in plan.rows]
    assert len(set(titles)) > 0.9 * len(titles)
