"""Runs: what they leave, how an interrupted one goes on, and what becomes of cases at which all breaks down."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import eval.run
from assistant.answer.session import Session
from assistant.answer.wording import task_values
from assistant.assistant import Assistant
from assistant.reply import Status, TaskView, view_task
from corpus.errors import CorpusError
from corpus.records import Task
from eval.case import CASES, SHIPPED, Case, CaseError, Suite, load_suites
from eval.examiner import Examiner, Home, Plan
from eval.figures import figures
from eval.gate import Gate, checks, passes
from eval.judging import Fault
from eval.result import RESULTS, RUN, Result, Run, RunFolder, find_run, last_finished, run_folders
from eval.run import Order, ask_all, chosen, fingerprint, run
from tests.eval import examining
from tests.eval.records import SMALL_CASES, STARTED, VAN, make_case, make_result, make_run, write_small_office

IDS = ["ong-001", "ong-002", "ong-003"]


def now() -> dt.datetime:
    return STARTED


def no_step(_done: int, _total: int) -> None:
    """Whom nobody tells how far a run is."""


def small_order(folder: Path, cases: str = SMALL_CASES) -> Order:
    asked, documents = write_small_office(folder, cases)
    return Order(cases=asked, documents=documents, variants=("plain", "folded"), jobs=1)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A run of the small office by the real examiner; tests only read from it."""
    folder = tmp_path_factory.mktemp("run")
    return run(small_order(folder / "office"), folder / "runs", now, no_step)


def interrupted(finished: RunFolder, runs: Path, kept: int) -> RunFolder:
    """A copy of the finished run as an interruption would have left it: so many results and half a line."""
    folder = RunFolder(runs / finished.path.name)
    shutil.copytree(finished.path, folder.path)
    lines = finished.results.read_text(encoding="utf-8").splitlines(keepends=True)
    folder.results.write_text("".join(lines[:kept]) + lines[kept][:40], encoding="utf-8")
    folder.write_info(folder.read_info().model_copy(update={"finished": None}))
    return folder


# --- what a run leaves -----------------------------------------------------------------------------------


def test_run_leaves_what_was_run(finished: RunFolder) -> None:
    info = json.loads((finished.path / RUN).read_text(encoding="utf-8"))
    assert info["name"] == finished.path.name == "2026-11-21-090000"
    assert info["variants"] == ["plain", "folded"]
    assert (info["seed"], info["jobs"]) == (7, 1)
    assert [case["id"] for case in info["cases"]] == IDS
    assert info["finished"] is not None
    assert info["seconds"] > 0


def test_run_leaves_a_result_for_each_question(finished: RunFolder) -> None:
    lines = [json.loads(line) for line in finished.results.read_text(encoding="utf-8").splitlines()]
    assert [(line["case"], line["variant"]) for line in lines] == [(id, v) for id in IDS for v in ("plain", "folded")]
    results = finished.read().results
    assert [result.right for result in results] == [True] * 6
    assert [result.status for result in results[::2]] == [Status.ANSWERED, Status.ANSWERED, Status.CHAT]
    assert results[0].tasks == (f"{VAN}//1",)
    assert "Phòng Kinh tế" in results[0].text
    assert results[1].turns == ("nhiem vu 1 ai chu tri?",)
    assert results[1].text == "", "of a right reply in another way only the verdict is kept"
    assert all(result.ms > 0 for result in results)


def test_run_leaves_no_data_folder_and_no_half_file(finished: RunFolder) -> None:
    assert {path.name for path in finished.path.iterdir()} == {RUN, RESULTS}


@pytest.mark.usefixtures("quick")
def test_steps_are_told(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    run(small_order(tmp_path), tmp_path / "runs", now, lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


# --- going on --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_interrupted_run_goes_on_without_asking_again(finished: RunFolder, tmp_path: Path) -> None:
    left = interrupted(finished, tmp_path / "runs", kept=3)
    folder = run(small_order(tmp_path / "office"), tmp_path / "runs", now, no_step)
    assert folder.path == left.path
    found = folder.read()
    assert [(result.case, result.text == examining.ASKED) for result in found.results] == [
        ("ong-001", False), ("ong-001", False),
        ("ong-002", True), ("ong-002", True), ("ong-003", True), ("ong-003", True),
    ]  # fmt: skip
    assert found.info.finished is not None
    assert found.info.seconds == pytest.approx(finished.read_info().seconds + 1)


@pytest.mark.usefixtures("quick")
def test_run_that_is_stopped_keeps_what_is_done_and_its_time(tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    order = small_order(tmp_path / "office")
    with pytest.raises(KeyboardInterrupt):
        run(order, tmp_path / "runs", now, stop)
    (left,) = run_folders(tmp_path / "runs")
    info = left.read_info()
    assert (info.finished, info.seconds) == (None, 1)
    assert {result.case for result in left.read_results()} == {"ong-001", "ong-002"}
    assert run(order, tmp_path / "runs", now, no_step).path == left.path
    assert len(left.read().results) == 6


@pytest.mark.usefixtures("quick")
def test_finished_run_is_left_as_it_is(finished: RunFolder, tmp_path: Path) -> None:
    shutil.copytree(finished.path, tmp_path / "runs" / finished.path.name)
    folder = run(small_order(tmp_path / "office"), tmp_path / "runs", now, no_step)
    assert folder.path.name == "2026-11-21-090000-2"
    assert len(run_folders(tmp_path / "runs")) == 2


@pytest.mark.usefixtures("quick")
def test_changed_cases_start_a_new_run(finished: RunFolder, tmp_path: Path) -> None:
    left = interrupted(finished, tmp_path / "runs", kept=3)
    changed = SMALL_CASES.replace("xin chào", "chào bạn")
    folder = run(small_order(tmp_path / "office", changed), tmp_path / "runs", now, no_step)
    assert folder.path != left.path
    assert {result.text for result in folder.read().results} == {examining.ASKED}
    assert left.read_info().finished is None


@pytest.mark.usefixtures("quick")
def test_fresh_run_does_not_go_on(finished: RunFolder, tmp_path: Path) -> None:
    left = interrupted(finished, tmp_path / "runs", kept=3)
    assert run(small_order(tmp_path / "office"), tmp_path / "runs", now, no_step, fresh=True).path != left.path


@pytest.mark.usefixtures("quick")
def test_run_of_an_older_form_does_not_stand_in_the_way(finished: RunFolder, tmp_path: Path) -> None:
    left = interrupted(finished, tmp_path / "runs", kept=3)
    (left.path / RUN).write_text('{"name": "cũ"}', encoding="utf-8")
    assert run(small_order(tmp_path / "office"), tmp_path / "runs", now, no_step).read_info().finished is not None


def test_mark_changes_with_all_that_decides_results(tmp_path: Path) -> None:
    order = small_order(tmp_path / "office")
    suites = load_suites(order.cases, order.documents)
    mark = fingerprint(order, suites)
    bodies = tmp_path / "agencies.yaml"
    bodies.write_text("[]", encoding="utf-8")
    marks = {
        mark,
        fingerprint(replace(order, seed=8), suites),
        fingerprint(replace(order, variants=("plain",)), suites),
        fingerprint(replace(order, agencies=bodies), suites),
        fingerprint(order, chosen(suites, ["lead"])),
    }
    plan = suites[0].documents / f"{VAN}.txt"
    plan.write_text(plan.read_text(encoding="utf-8") + "Ghi chú.\n", encoding="utf-8")
    assert len({*marks, fingerprint(order, suites)}) == 6
    plan.write_text(plan.read_text(encoding="utf-8").removesuffix("Ghi chú.\n"), encoding="utf-8")
    assert fingerprint(replace(order, jobs=4), suites) == mark


def test_half_a_case_is_asked_again(tmp_path: Path) -> None:
    """Results of a case may be cut off between two lines, where nothing tells."""
    folder = RunFolder.make(tmp_path, make_run([make_result()]).info)
    folder.add([make_result("a"), make_result("b"), make_result("b", variant="nfd")])
    assert [result.case for result in folder.mend()] == ["a"]
    assert [result.case for result in folder.read_results()] == ["a"]


def test_empty_results_can_be_mended(tmp_path: Path) -> None:
    assert RunFolder.make(tmp_path, make_run([make_result()]).info).mend() == []


@pytest.mark.parametrize("mark", ["\u2028", "\u0085", "\x0b", "\x1e"])
def test_line_separator_inside_a_reply_loses_no_result(tmp_path: Path, mark: str) -> None:
    folder = RunFolder.make(tmp_path, make_run([make_result()]).info)
    folder.add([make_result(text=f"một{mark}hai")])
    assert [result.text for result in folder.read_results()] == [f"một{mark}hai"]


# --- which cases, on what --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("only", "ids"),
    [((), IDS), (("ong-002",), ["ong-002"]), (("lead", "chat"), ["ong-001", "ong-003"]), ((SHIPPED,), IDS)],
)
def test_cases_by_id_tag_or_suite(tmp_path: Path, only: tuple[str, ...], ids: list[str]) -> None:
    order = small_order(tmp_path)
    found = chosen(load_suites(order.cases, order.documents), only)
    assert [case.id for suite in found for case in suite.cases] == ids


def test_id_or_tag_that_no_case_has_is_named(tmp_path: Path) -> None:
    order = small_order(tmp_path)
    with pytest.raises(CorpusError) as caught:
        chosen(load_suites(order.cases, order.documents), ["lead", "ong-999"])
    assert (caught.value.code, caught.value.details) == ("cases_not_known", {"names": ["ong-999"]})


def test_cases_that_expect_what_the_documents_do_not_hold_stop_a_run(tmp_path: Path) -> None:
    order = small_order(tmp_path, SMALL_CASES.replace(f"{VAN}//2", f"{VAN}//7"))
    with pytest.raises(CaseError) as caught:
        run(order, tmp_path / "runs", now, no_step)
    assert [(problem.case, problem.field) for problem in caught.value.problems] == [("ong-002", "tasks")]
    assert run_folders(tmp_path / "runs") == []


def test_runs_are_found_by_name_and_by_path(finished: RunFolder, tmp_path: Path) -> None:
    runs = finished.path.parent
    for name in (finished.path.name, str(finished.path), str(finished.path / RUN)):
        assert find_run(name, runs).path == finished.path
    with pytest.raises(CorpusError) as caught:
        find_run("khong-co", runs)
    assert caught.value.details == {"run": "khong-co", "known": [finished.path.name]}
    assert last_finished(runs).path == finished.path
    with pytest.raises(CorpusError) as caught:
        last_finished(tmp_path)
    assert caught.value.code == "run_none"


def test_unfinished_run_is_not_the_last_one(finished: RunFolder, tmp_path: Path) -> None:
    interrupted(finished, tmp_path, kept=3)
    with pytest.raises(CorpusError) as caught:
        last_finished(tmp_path)
    assert caught.value.code == "run_none"


# --- breaking down ---------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """The folder of a run that has just begun."""
    cases = [make_case(id) for id in IDS]
    return RunFolder.make(tmp_path, make_run([], cases, ("plain", "folded")).info)


def asked(folder: RunFolder) -> list[tuple[str, Case]]:
    return [(SHIPPED, case) for case in folder.read_info().cases]


def outcomes(folder: RunFolder) -> list[tuple[str, str, bool]]:
    return [(result.case, result.variant, result.right) for result in folder.read().results]


OTHERS_RIGHT = [
    ("ong-001", "plain", True), ("ong-001", "folded", True),
    ("ong-002", "plain", False),
    ("ong-003", "plain", True), ("ong-003", "folded", True),
]  # fmt: skip


def crash_in(folder: RunFolder) -> Result:
    """What is kept of the one case at which all broke down, the others being right."""
    assert outcomes(folder) == OTHERS_RIGHT
    (bad,) = folder.read().failed
    assert (bad.status, bad.measures["crashes"]) == (None, (1, 1))
    return bad


@pytest.mark.usefixtures("quick")
def test_case_that_cannot_be_examined_fails_and_the_others_go_on(folder: RunFolder) -> None:
    order = Order(variants=("plain", "folded"), jobs=1)
    ask_all(asked(folder), (), order, folder, [], no_step, examine=examining.break_at_bad)
    assert crash_in(folder).faults == (Fault(kind="crashed", value="KeyError"),)


def test_case_that_brings_down_its_process_fails_and_the_others_go_on(folder: RunFolder) -> None:
    order = Order(variants=("plain", "folded"), jobs=2)
    ask_all(asked(folder), (), order, folder, [], no_step, start=examining.ready, examine=examining.die_at_bad)
    assert crash_in(folder).faults == (Fault(kind="crashed", value="process died"),)


def test_dead_process_is_told_of_though_questions_as_written_are_not_asked(tmp_path: Path) -> None:
    folder = RunFolder.make(tmp_path, make_run([], [make_case(examining.BAD)], ("folded",)).info)
    order = Order(variants=("folded",), jobs=1)
    ask_all(asked(folder), (), order, folder, [], no_step, start=examining.ready, examine=examining.die_at_bad)
    assert outcomes(folder) == [(examining.BAD, "folded", False)]


def test_processes_that_never_come_up_blame_no_case(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eval.run, "_MOST_DEATHS", 1)
    order = Order(variants=("plain",), jobs=1)
    with pytest.raises(CorpusError) as caught:
        ask_all(asked(folder), (), order, folder, [], no_step, start=examining.never_ready, examine=examining.answer)
    assert caught.value.code == "run_broken"
    assert outcomes(folder) == []


@pytest.fixture(scope="module")
def examiner(filled_data: Path) -> Examiner:
    """Asks about the five documents, in this process."""
    return Examiner(Home(SHIPPED, filled_data, None))


def test_crash_of_the_assistant_fails_that_question_alone(examiner: Examiner, monkeypatch: pytest.MonkeyPatch) -> None:
    def explain(self: Assistant, turn: object, conversation: object) -> object:
        if "nhiem vu" in getattr(turn, "text", ""):
            raise RuntimeError
        return real(self, turn, conversation)  # type: ignore[arg-type]

    real = Assistant.explain
    monkeypatch.setattr(Assistant, "explain", explain)
    case = make_case(turns=["nhiệm vụ 18 kế hoạch 158 ai chủ trì?"])
    plain, folded = examiner.examine(case, Plan(("plain", "folded"), 7))
    assert (plain.variant, plain.right) == ("plain", True)
    assert (folded.variant, folded.right, folded.status) == ("folded", False, None)
    assert [(fault.kind, fault.value) for fault in folded.faults] == [("crashed", "RuntimeError")]
    assert folded.steps[-1].startswith("test_run.py:")


def test_failed_question_keeps_reply_and_steps_once(examiner: Examiner) -> None:
    case = make_case(turns=["nhiệm vụ 18 kế hoạch 158 ai chủ trì?"], facts=["Sở Xây dựng"])
    plain, folded = examiner.examine(case, Plan(("plain", "folded"), 7))
    assert not plain.right
    assert plain.steps
    assert not folded.right
    assert folded.text
    assert folded.steps == (), "the steps tell nothing new where the question as written fails too"


# --- a fault that the gate must find ---------------------------------------------------------------------

BODIES = Gate(measures={"right": 0.8}, tags={"lead": 0.8, "coordinate": 0.8})


@pytest.fixture(scope="module")
def body_cases(shipped_suites: list[Suite]) -> list[Case]:
    """Cases on the shipped documents that ask for one task by number, who leads and who coordinates."""
    shipped = next(suite for suite in shipped_suites if suite.name == SHIPPED)
    found = {tag: [c for c in shipped.cases if c.kind == "number" and tag in c.tags] for tag in ("lead", "coordinate")}
    assert min(map(len, found.values())) >= 5
    return list({case.id: case for cases in found.values() for case in cases[:40]}.values())


def judged(examiner: Examiner, cases: list[Case]) -> Run:
    results = [result for case in cases for result in examiner.examine(case, Plan(("plain",), 7))]
    return make_run(results, cases)


@pytest.fixture(scope="module")
def missed_anyway(examiner: Examiner, body_cases: list[Case]) -> set[str]:
    """The cases that the assistant as it is does not answer right."""
    return {result.case for result in judged(examiner, body_cases).failed}


def gate_says(found: Run) -> tuple[bool, set[str]]:
    """Whether a run passes, and the limits that it misses."""
    limits = list(checks(BODIES, figures(found)))
    return passes(BODIES, limits, None), {f"{check.group}.{check.name}" for check in limits if not check.passed}


@pytest.fixture
def swapped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An assistant that takes the bodies that lead for those that coordinate, and the other way round."""

    def swap(task: Task) -> Task:
        return task.model_copy(update={"lead": task.coordinate, "coordinate": task.lead})

    def view(self: Session, task: Task) -> TaskView:
        return view_task(swap(task), self.today)

    def values(self: Session, task: Task) -> dict[str, object]:
        return task_values(swap(task), self.card(task.document), self.today)

    monkeypatch.setattr(Session, "view", view)
    monkeypatch.setattr(Session, "values", values)
    yield


def test_build_that_ships_passes(examiner: Examiner, body_cases: list[Case]) -> None:
    assert gate_says(judged(examiner, body_cases)) == (True, set())


@pytest.mark.usefixtures("swapped")
def test_swapped_lead_and_coordinator_do_not_pass(
    examiner: Examiner, body_cases: list[Case], missed_anyway: set[str]
) -> None:
    found = judged(examiner, body_cases)
    assert gate_says(found) == (False, {"measures.right", "tags.lead", "tags.coordinate"})
    named = {result.case for result in found.failed}
    assert named <= {case.id for case in body_cases}
    assert len(named) > len(body_cases) / 2
    new = [result for result in found.failed if result.case not in missed_anyway]
    assert len(new) > len(body_cases) / 2
    assert {fault.kind for result in new for fault in result.faults} <= {"not_said", "said"}


def test_shipped_cases_are_those_of_a_plain_order() -> None:
    order = Order()
    assert (order.cases, order.documents, order.only) == (CASES, None, ())
    assert order.processes >= 1


def test_result_is_named_by_case_and_way() -> None:
    result: Result = make_result("a", variant="nfd")
    assert result.id == "a+nfd"
