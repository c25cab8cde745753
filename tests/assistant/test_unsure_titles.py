"""A title that was read unsurely says so wherever the task is named."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.answer.wording import task_title
from assistant.assistant import Assistant, Turn
from assistant.wiring import assistant_in_memory
from connectors.database import TaskFilter
from corpus.certainty import LEAST
from tests.corpus.damaging import FADED, damaged
from tests.corpus.test_damaged import WARD, ward_plan

MARK = "(đọc chưa rõ)"
TODAY = dt.date(2026, 3, 1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("scanned")
    head = (
        "UBND PHƯỜNG HOA LƯ\n\nSố: 12/KH-UBND\n\nHoa Lư, ngày 03 tháng 1 năm 2026\n\nKẾ HOẠCH\n\nCông tác năm 2026\n\n"
    )
    (folder / "kh12.txt").write_text(head + damaged(ward_plan(16), WARD, FADED, 5), encoding="utf-8")
    return assistant_in_memory(folder)


def test_replies_and_lists_mark_what_was_not_read_for_certain(office: Assistant) -> None:
    tasks = office.library.store.tasks(TaskFilter())
    unsure = next(task for task in tasks if task.certainty["title"] < LEAST)
    told = office.reply(Turn(f"nhiệm vụ {unsure.number} kế hoạch 12", TODAY, None))
    assert MARK in told.text
    assert told.tasks[0].confidence < LEAST
    listed = office.reply(Turn("kế hoạch 12 có những nhiệm vụ nào", TODAY, None))
    assert MARK in listed.text


def test_a_title_is_cut_before_the_mark(office: Assistant) -> None:
    for task in office.library.store.tasks(TaskFilter()):
        said = task_title(task, 20)
        assert said.endswith(MARK) == (task.certainty["title"] < LEAST)
        assert len(said.removesuffix(MARK)) <= len("x" * 20 + "… ")
