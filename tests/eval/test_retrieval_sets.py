"""The sets to measure search on: what asks, what answers, and that they can be read again."""

from __future__ import annotations

from pathlib import Path

from eval.case import Case
from eval.retrieval import Collection, Line, read_collection
from eval.retrieval_sets import _answers, _is_by_content, by_law, write_collection
from retrieval.words import Entry

HELD = [
    Entry("d\t1", "d", "passage", "Báo cáo trước ngày 15 hằng tháng về Văn phòng"),
    Entry("d\t2", "d", "passage", "Trước ngày 15 họp giao ban", "Văn phòng"),
    Entry("e\t1", "e", "passage", "Báo cáo trước ngày 15 hằng tháng về Văn phòng"),
    Entry("d\t1", "d", "task", "Niêm yết giá"),
]
TASKS = {"d\t1": "d//4"}


def case(**fields: object) -> Case:
    common = {"id": "c-1", "turns": ["hỏi"], "status": "answered", "tags": ["prose"]}
    return Case.model_validate({**common, **fields})


def test_what_answers_a_case() -> None:
    assert _answers(case(tasks=["d/*/4"], tags=["words"]), HELD, TASKS) == ["task:d/1"]
    assert _answers(case(documents=["d"], quotes=["trước ngày 15 hằng tháng"]), HELD, TASKS) == ["passage:d/1"]
    assert _answers(case(documents=["d|e"], facts=["ngày 15", ["VP", "Văn phòng"]]), HELD, TASKS) == [
        "passage:d/1", "passage:d/2", "passage:e/1",
    ]  # fmt: skip
    assert _answers(case(documents=["d"]), HELD, TASKS) == []


def test_which_cases_ask_by_content() -> None:
    assert _is_by_content(case())
    assert not _is_by_content(case(tags=["number"]))
    assert not _is_by_content(case(turns=["một", "hai"]))
    assert not _is_by_content(case(status="not_found"))


def test_a_law_with_enough_questions_is_a_set_of_its_own(tmp_path: Path) -> None:
    articles = {
        name: Line.model_validate({"_id": name, "text": f"điều {name}"}) for name in ("Luật Ong@1", "Luật Ong@2", "B@1")
    }
    queries = {f"q{i}": f"hỏi {i}" for i in range(6)}
    judged = {f"q{i}": {"Luật Ong@1": 1, "B@1": 1} if i else {"B@1": 1} for i in range(6)}
    made = by_law(Collection(articles, queries, judged))
    assert set(made) == {"luat-ong", "b"}
    write_collection(tmp_path / "s", made["luat-ong"])
    again = read_collection(tmp_path / "s")
    assert set(again.corpus) == {"Luật Ong@1", "Luật Ong@2"}
    assert set(again.queries) == {"q1", "q2", "q3", "q4", "q5"}
    assert again.judged["q1"] == {"Luật Ong@1": 1}
