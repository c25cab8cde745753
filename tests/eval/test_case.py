"""The cases that ship, and what a person reads about cases that cannot be used."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from connectors.database import Store
from corpus.errors import CorpusError
from corpus.records import Origin
from eval.case import (
    CASES,
    SHIPPED,
    TODAY,
    Case,
    CaseError,
    Problem,
    Suite,
    check_against,
    kinds,
    load_suites,
    matches_any,
    tag_labels,
    task_key,
)
from tests.eval.records import make_case

GOOD = """\
- id: tot-001
  turns: ["nhiệm vụ 18 ai chủ trì?"]
  status: answered
  tags: [number]
"""


def cases_in(suites: list[Suite]) -> list[Case]:
    return [case for suite in suites for case in suite.cases]


def problems_of(folder: Path, **files: str) -> tuple[Problem, ...]:
    """What is wrong with case files that are written as given."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_suites(folder)
    return caught.value.problems


# --- the cases that ship ---------------------------------------------------------------------------------


def test_shipped_cases_are_many(shipped_suites: list[Suite]) -> None:
    assert len(cases_in(shipped_suites)) >= 1300
    assert len(next(suite for suite in shipped_suites if suite.name == SHIPPED).cases) >= 300


def test_shipped_ids_are_unique(shipped_suites: list[Suite]) -> None:
    counts = Counter(case.id for case in cases_in(shipped_suites))
    assert [id for id, count in counts.items() if count > 1] == []


def test_every_row_that_the_program_read_is_asked_about(shipped_suites: list[Suite], stocked_store: Store) -> None:
    expected = {key for case in cases_in(shipped_suites) for key in case.tasks or ()}
    rows = [task_key(task) for task in stocked_store.tasks() if task.origin is not Origin.REVIEW]
    assert len(rows) == 86
    assert [row for row in rows if row not in expected] == []


def test_every_tag_is_used(shipped_suites: list[Suite]) -> None:
    used = {tag for case in cases_in(shipped_suites) for tag in case.tags}
    assert set(tag_labels()) - used == set()


def test_shipped_cases_expect_what_stands_in_the_shipped_documents(
    shipped_suites: list[Suite], stocked_store: Store
) -> None:
    shipped = next(suite for suite in shipped_suites if suite.name == SHIPPED)
    assert [problem.sentence() for problem in check_against(shipped, stocked_store, CASES)] == []


def test_every_suite_has_documents(shipped_suites: list[Suite]) -> None:
    assert {suite.name for suite in shipped_suites} == {
        SHIPPED,
        "hostile",
        "livelihood",
        "offices",
        "youth",
        "communes",
        "villages",
        "townships",
        "hamlets",
        "wards",
        "highlands",
        "markets",
        "provinces",
        "wells",
        "kitchens",
        "levees",
        "roads",
        "flats",
        "shores",
        "honours",
        "canals",
        "gardens",
        "elders",
        "waters",
    }
    assert all(any(suite.documents.iterdir()) for suite in shipped_suites)


# --- a case ----------------------------------------------------------------------------------------------


def test_case_takes_one_status_or_several_and_one_wording_or_several() -> None:
    case = make_case(status=["answered", "clarify"], facts=["Phòng Kinh tế", ["19", "mười chín"]])
    assert [str(status) for status in case.status] == ["answered", "clarify"]
    assert case.facts == (("Phòng Kinh tế",), ("19", "mười chín"))
    assert make_case().status == ("answered",)


def test_case_without_a_day_is_asked_on_the_day_of_the_suite(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD + GOOD.replace("001", "002") + "  today: 2026-02-28\n", encoding="utf-8")
    first, second = cases_in(load_suites(tmp_path))
    assert first.today == TODAY
    assert second.today == dt.date(2026, 2, 28)


def test_kind_of_a_case_is_its_first_tag() -> None:
    assert make_case(tags=["list", "deadline"]).kind == "list"
    assert {"list", "number"} <= kinds()
    assert "deadline" not in kinds()


def test_texts_are_in_normal_form_but_turns_stay_as_typed(tmp_path: Path) -> None:
    decomposed = "Thu\u031bo\u031b\u0300ng"
    (tmp_path / "a.yaml").write_text(
        GOOD.replace("nhiệm vụ 18", decomposed) + f"  facts: ['{decomposed}']\n", encoding="utf-8"
    )
    (case,) = cases_in(load_suites(tmp_path))
    assert case.turns[0].startswith(decomposed)
    assert case.facts == (("Thường",),)


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("nhi-chieu-158//18", True),
        ("nhi-chieu-158//*", True),
        ("*/18", True),
        ("nhi-chieu-158//1", False),
        (".*", False),
    ],
)
def test_pattern_of_tasks(pattern: str, fits: bool) -> None:
    assert matches_any("nhi-chieu-158//18", [pattern]) is fits


# --- folders ---------------------------------------------------------------------------------------------


def test_each_folder_of_cases_has_its_own_documents(tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    (cases / "xa" / "sau").mkdir(parents=True)
    (cases / "a.yaml").write_text(GOOD, encoding="utf-8")
    (cases / "xa" / "b.yaml").write_text(GOOD.replace("001", "002"), encoding="utf-8")
    (cases / "xa" / "sau" / "c.yaml").write_text(GOOD.replace("001", "003"), encoding="utf-8")
    suites = {suite.name: suite for suite in load_suites(cases, tmp_path / "khac")}
    assert suites[SHIPPED].documents == tmp_path / "khac"
    assert suites["xa"].documents == tmp_path / "documents" / "xa"
    assert [case.id for suite in suites.values() for case in suite.cases] == ["tot-001", "tot-002"]


def test_folder_without_cases(tmp_path: Path) -> None:
    (tmp_path / "trong.yaml").write_text("# chưa có\n", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_suites(tmp_path)
    assert caught.value.code == "cases_none"


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        load_suites(tmp_path / "khong-co")
    assert caught.value.code == "file_missing"


# --- cases that cannot be used ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("  statuss: answered", "statuss", "không có mục nào"),
        ("  draft: true", "draft", "bản nháp"),
        ("  today: 2026-13-01", "today", "năm-tháng-ngày"),
        ("  today: 2026-02-30", "today", "năm-tháng-ngày"),
        ("  today: 20261121", "today", "năm-tháng-ngày"),
        ("  today: 21/11/2026", "today", "năm-tháng-ngày"),
        ("  facts: Phòng Kinh tế", "facts", "không hợp lệ"),
        ("  note: 5", "note", "không hợp lệ"),
        ("  unit: ''", "unit", "không hợp lệ"),
    ],
)
def test_bad_field_is_named_with_file_and_line(tmp_path: Path, line: str, field: str, reason: str) -> None:
    (problem,) = problems_of(tmp_path, a=f"{GOOD}{line}\n")
    assert (problem.file, problem.line, problem.case, problem.field) == ("a.yaml", 5, "tot-001", field)
    assert reason in problem.reason
    assert all(part in problem.sentence() for part in ("a.yaml", "5", "tot-001", field))


@pytest.mark.parametrize("field", ["id", "turns", "status", "tags"])
def test_missing_field_is_named_where_its_case_begins(tmp_path: Path, field: str) -> None:
    kept = [line for line in GOOD.splitlines() if f"{field}:" not in line]
    text = "# đầu tệp\n" + "\n".join(kept).replace("  turns", "- turns" if field == "id" else "  turns") + "\n"
    (problem,) = problems_of(tmp_path, a=text)
    assert (problem.file, problem.line, problem.field) == ("a.yaml", 2, field)
    assert "thiếu" in problem.reason


def test_bad_status_is_told_with_those_there_are(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, a=GOOD.replace("status: answered", "status: answred"))
    assert (problem.line, problem.field) == (3, "status")
    assert "not_found" in problem.reason


def test_bad_item_of_a_list_is_named_by_its_own_line(tmp_path: Path) -> None:
    text = GOOD + "  facts:\n  - Phòng Kinh tế\n  - ''\n"
    (problem,) = problems_of(tmp_path, a=text)
    assert (problem.line, problem.field) == (7, "facts")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("id: tot-001\n", "danh sách"), ("- [\n", "YAML"), ("- chỉ một dòng\n", "mỗi ca"), ("\x00", "YAML")],
)
def test_file_that_is_no_list_of_cases(tmp_path: Path, text: str, reason: str) -> None:
    (problem,) = problems_of(tmp_path, a=text)
    assert problem.file == "a.yaml"
    assert problem.line >= 1
    assert reason in problem.reason


def test_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("- id: tốt".encode("utf-16"))
    with pytest.raises(CaseError) as caught:
        load_suites(tmp_path)
    assert [problem.file for problem in caught.value.problems] == ["a.yaml"]


def test_id_that_another_file_has_is_named_with_that_file(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, a=GOOD, b=GOOD)
    assert (problem.file, problem.line, problem.field) == ("b.yaml", 1, "id")
    assert "a.yaml" in problem.reason


@pytest.mark.parametrize(
    ("tags", "reason"), [("[number, khong_co]", "khong_co"), ("[deadline, number]", "loại câu hỏi")]
)
def test_bad_tags(tmp_path: Path, tags: str, reason: str) -> None:
    (problem,) = problems_of(tmp_path, a=GOOD.replace("[number]", tags))
    assert (problem.line, problem.field) == (4, "tags")
    assert reason in problem.reason


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace("answered", "khong_co") + "  today: mai\n" + GOOD.replace("001", "002") + "  drft: 1\n"
    problems = problems_of(tmp_path, a=bad, b=bad.replace("tot", "khac"))
    assert [(problem.file, problem.field) for problem in problems] == [
        (file, field) for file in ("a.yaml", "b.yaml") for field in ("status", "today", "drft")
    ]


def test_sentence_of_the_fault_names_every_problem(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD + "  sai: 1\n  nham: 2\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_suites(tmp_path)
    assert len(caught.value.details["problems"]) == 2  # type: ignore[arg-type]


# --- what the documents do not hold ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "field", "line"),
    [
        ("  tasks: [nhi-chieu-158//18, nhi-chieu-158//99]", "tasks", 5),
        ("  tasks:\n  - nhi-chieu-158//18\n  - nhi-chieu-158//99", "tasks", 7),
        ("  documents: ['nhi-chieu-158|khong-co']", "documents", 5),
        ("  quotes: ['không văn bản nào nói thế']", "quotes", 5),
    ],
)
def test_case_that_expects_what_no_document_holds(
    tmp_path: Path, stocked_store: Store, lines: str, field: str, line: int
) -> None:
    (tmp_path / "a.yaml").write_text(f"{GOOD}{lines}\n", encoding="utf-8")
    (suite,) = load_suites(tmp_path)
    (problem,) = check_against(suite, stocked_store, tmp_path)
    assert (problem.file, problem.line, problem.field) == ("a.yaml", line, field)


def test_case_that_expects_what_a_document_holds(tmp_path: Path, stocked_store: Store) -> None:
    held = "  tasks: [nhi-chieu-158//18]\n  documents: ['nhi-chieu-158|hn-226-plan']\n"
    quoted = "  quotes: ['hoàn thành   trước ngày\n\n    05/6/2026']\n"
    (tmp_path / "a.yaml").write_text(GOOD + held + quoted, encoding="utf-8")
    (suite,) = load_suites(tmp_path)
    assert check_against(suite, stocked_store, tmp_path) == []
