"""With many plans of many wards: what nobody can read is counted and asked back, the own ward's plan is meant."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from assistant.answer.session import MOST_TASKS
from assistant.assistant import Assistant, Conversation, Turn
from assistant.reply import Reply, Status
from assistant.wiring import assistant_in_memory
from corpus.due import is_overdue
from corpus.people import Channel
from corpus.progress import Change, TaskState
from corpus.vietnamese import fold
from eval.plans import Plan, known_chain, make_plans, write_plans

TODAY = dt.date(2026, 11, 21)
PLANS, TASKS = 12, 50


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    return list(make_plans(PLANS, TASKS, known_chain()))


@pytest.fixture(scope="module")
def assistant(plans: list[Plan], tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    assert PLANS * TASKS > MOST_TASKS
    folder = tmp_path_factory.mktemp("plans")
    write_plans(folder, plans)
    return assistant_in_memory(folder)


def ask(assistant: Assistant, text: str, unit: str | None = None) -> Reply:
    return assistant.answer(Turn(text, TODAY, unit), Conversation())


def held(reply: Reply) -> set[tuple[str, str]]:
    return {(task.document, task.number) for task in reply.tasks}


def test_number_that_all_plans_hold_is_asked_back_with_the_newest(assistant: Assistant) -> None:
    reply = ask(assistant, "nhiệm vụ 18 ai chủ trì")
    assert reply.status is Status.CLARIFY
    assert f"có ở {PLANS} nơi" in reply.text
    newest = assistant.library.shelf().catalogue.newest([f"plan-{i:05}" for i in range(PLANS)], 5)
    picked = [held(ask(assistant, choice.say)) for choice in reply.choices]
    assert picked == [{(document, "18")} for document in newest]


def test_list_that_nobody_reads_is_counted_and_asked_back(assistant: Assistant) -> None:
    reply = ask(assistant, "liệt kê tất cả nhiệm vụ")
    assert reply.status is Status.CLARIFY
    assert f"{PLANS * TASKS} nhiệm vụ trong {PLANS} văn bản" in reply.text
    assert not reply.tasks
    assert 2 <= len(reply.choices) <= 5
    assert len(held(ask(assistant, reply.choices[0].say))) == TASKS


def test_choice_of_a_list_keeps_what_was_asked(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.answer.session.MOST_TASKS", 20)
    question = "các nhiệm vụ thường xuyên là những việc nào?"
    reply = ask(assistant, question)
    assert reply.status is Status.CLARIFY
    picked = ask(assistant, reply.choices[0].say)
    assert picked.tasks
    assert {task.deadline.kind for task in picked.tasks} == {"ongoing"}
    assert len({task.document for task in picked.tasks}) == 1


@pytest.mark.parametrize("typed", [str, fold])
def test_officer_is_told_of_the_own_plan(assistant: Assistant, plans: list[Plan], typed: type[str]) -> None:
    for plan in plans[::4]:
        reply = ask(assistant, typed("nhiệm vụ 7 ai chủ trì"), f"UBND {plan.place}")
        assert held(reply) == {(plan.id, "7")}
        lead = plan.rows[6].lead
        led = {(plan.id, row.number) for row in plan.rows if row.lead == lead}
        assert led <= held(ask(assistant, typed(f"{lead} chủ trì những việc nào"), f"UBND {plan.place}"))


def test_number_that_several_plans_bear_means_the_own_one(
    plans: list[Plan], tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, second = (replace(p, text=p.text.replace(f"Số: {p.number}", "Số: 77/KH-UBND")) for p in plans[:2])
    folder = tmp_path_factory.mktemp("same")
    write_plans(folder, [first, second])
    assistant = assistant_in_memory(folder)
    assert held(ask(assistant, "nhiệm vụ 3 kế hoạch 77")) == {(first.id, "3"), (second.id, "3")}
    assert held(ask(assistant, "nhiệm vụ 3 kế hoạch 77", second.issuer)) == {(second.id, "3")}


def test_task_that_no_plan_holds_is_said_in_one_sentence(assistant: Assistant) -> None:
    reply = ask(assistant, "nhiệm vụ 300 ai chủ trì")
    assert reply.status is Status.NOT_FOUND
    assert f"{PLANS} văn bản" in reply.text
    assert len(reply.text) < 200


def test_body_of_one_ward_is_found_among_many_of_its_kind(assistant: Assistant, plans: list[Plan]) -> None:
    name = next(row.lead for plan in plans for row in plan.rows if row.lead.startswith("Trường Tiểu học"))
    led = {(plan.id, row.number) for plan in plans for row in plan.rows if row.lead == name}
    assert held(ask(assistant, f"{name} chủ trì những việc nào")) == led
    slipped = name.replace("Tiểu", "Tiẻu").replace("học", "hoc")
    assert held(ask(assistant, f"{slipped} chủ trì những việc nào")) == led


@pytest.mark.parametrize("question", ["đơn vị nào chậm nhất", "còn bao nhiêu việc chưa xong"])
def test_how_far_very_many_tasks_are_is_counted_and_the_document_asked_back(
    assistant: Assistant, question: str
) -> None:
    store = assistant.library.store
    late = [t for t in store.tasks() if is_overdue(t.deadline, TODAY)]
    ((key, _),) = store.keys_of(late[:1]).values()
    now = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)
    done = Change(state=TaskState.DONE)
    entry = assistant.office.progress.record(key, done, by=None, channel=Channel.LIST, now=now, seen=None).entry
    reply = ask(assistant, question)
    assistant.office.progress.undo(entry.id, by=None, channel=Channel.LIST, now=now)
    assert reply.status is Status.CLARIFY
    assert f"{PLANS * TASKS} nhiệm vụ trong {PLANS} văn bản: 1 đã xong" in reply.text
    assert f"{len(late) - 1} quá hạn" in reply.text
    led = Counter(body for task in late[1:] for body in {lead.agency_id for lead in task.lead})
    assert f": {led.most_common(1)[0][1]} việc quá hạn" in reply.text
    assert reply.choices
