"""Judging replies: for each fault one reply that has it and one that has not, and what each measure counts."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.reply import Citation, DeadlineView, Reply, Status, TaskView
from corpus.agencies import Agencies
from eval.judging import MEASURES, Fault, Source, Verdict, judge, judge_crash
from prompts import say
from tests.eval.records import make_case

ROWS = (
    "1. Phòng Kinh tế chủ trì mở lớp, hạn tháng 6/2026.",
    "2. Phòng Văn hóa - Xã hội chủ trì điều tra, hạn tháng 9/2026.",
)
TEXT = "\n".join(ROWS)


@pytest.fixture
def source(agencies: Agencies) -> Source:
    """Two documents of two rows each."""
    return Source({"ong": TEXT, "khac": "Văn bản khác.\n"}, agencies)


def cite(row: int = 0, document: str = "ong", shift: int = 0) -> Citation:
    """A row of the document as a quotation; ``shift`` moves its range."""
    start = TEXT.index(ROWS[row])
    return Citation(
        document=document, locator="1", quote=ROWS[row], start=start + shift, end=start + shift + len(ROWS[row])
    )


def task(number: str = "1", lead: tuple[str, ...] = ("Phòng Kinh tế",), due: str = "tháng 6/2026") -> TaskView:
    deadline = DeadlineView(text=due, kind="date", due=None, next_due=None, tentative=False, milestones=())
    return TaskView(
        document="ong", section=None, number=number, title="Mở lớp", lead=lead, coordinate=(), product="",
        deadline=deadline, confidence=1,
    )  # fmt: skip


def reply(text: str = "Phòng Kinh tế chủ trì.", status: Status = Status.ANSWERED, **given: Any) -> Reply:
    return Reply(status=status, text=text, **{"tasks": (task(),), "citations": (cite(),), **given})


def kinds_of(verdict: Verdict) -> list[str]:
    return [fault.kind for fault in verdict.faults]


RIGHT: dict[str, Any] = {
    "tasks": ["ong//1"], "facts": ["phòng kinh tế"], "documents": ["ong|khac"], "quotes": ["mở lớp, hạn"],
    "forbidden": ["Hội Nông dân"],
}  # fmt: skip


def test_right_reply_has_no_fault(source: Source) -> None:
    verdict = judge(reply(), make_case(**RIGHT), source)
    assert verdict.faults == ()
    assert verdict.measures["right"] == (1, 1)
    lower = {name for name, better in MEASURES.items() if better == "lower"}
    assert all(right == (0 if name in lower else total) for name, (right, total) in verdict.measures.items())


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault(kind="own_check"), reply(say("endings.failed"))),
        (Fault(kind="status", value="clarify"), reply(status=Status.CLARIFY)),
        (Fault(kind="task_missing", value="ong//1"), reply(tasks=())),
        (Fault(kind="task_extra", value="ong//2"), reply(tasks=(task(), task("2")))),
        (Fault(kind="not_cited", value="ong|khac"), reply(citations=())),
        (Fault(kind="not_quoted", value="mở lớp, hạn"), reply(citations=(cite(1),))),
        (Fault(kind="not_said", value="phòng kinh tế"), reply("Phòng Văn hóa - Xã hội chủ trì.")),
        (Fault(kind="said", value="Hội Nông dân"), reply("Phòng Kinh tế; phối hợp: HỘI NÔNG DÂN")),
        (Fault(kind="quote_invalid", value="ong"), reply(citations=(cite(shift=3),))),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
def test_each_kind_of_fault(source: Source, fault: Fault, told: Reply) -> None:
    verdict = judge(told, make_case(**RIGHT), source)
    assert fault in verdict.faults
    assert verdict.measures["right"] == (0, 1)
    assert fault.sentence()


def test_every_kind_of_fault_has_its_words() -> None:
    kinds = (
        "status", "task_missing", "task_extra", "not_cited", "not_quoted", "not_said", "said", "quote_invalid",
        "own_check", "crashed",
    )  # fmt: skip
    sentences = {Fault(kind=kind, value="answered").sentence() for kind in kinds}
    assert len(sentences) == len(kinds)


def test_sections_are_part_of_a_task(source: Source) -> None:
    told = reply(tasks=(task().model_copy(update={"section": "II"}),))
    assert kinds_of(judge(told, make_case(tasks=["ong/II/1"]), source)) == []
    assert kinds_of(judge(told, make_case(tasks=["ong//1"]), source)) == ["task_missing", "task_extra"]


def test_tasks_that_are_not_judged_and_tasks_that_must_not_be_told(source: Source) -> None:
    assert kinds_of(judge(reply(), make_case(), source)) == []
    assert kinds_of(judge(reply(), make_case(tasks=[]), source)) == ["task_extra"]


# --- wordings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "text", "said"),
    [
        ("1", "có 15 việc", False),
        ("1", "có 1 việc", True),
        ("15", "15%", True),
        ("5", "có 15 việc", False),
        ("5", "1,5 triệu", False),
        ("1", "1.500 hộ", False),
        ("1", "Nhiệm vụ 1.", True),
        ("500", "1.500 hộ", False),
        ("6/2026", "tháng 6/2026", True),
        ("6/2026", "16/2026", False),
        ("5/6", "15/6/2026", False),
        ("phong kinh te", "PHÒNG  KINH\nTẾ", True),
        ("Sở (mới)", "Sở (mới)", True),
        ("a.c", "abc", False),
    ],
)
def test_figures_at_the_ends_of_a_wording_do_not_run_on(source: Source, wording: str, text: str, said: bool) -> None:
    told = reply(text, tasks=(), citations=())
    assert kinds_of(judge(told, make_case(facts=[wording]), source)) == ([] if said else ["not_said"])
    assert kinds_of(judge(told, make_case(forbidden=[wording]), source)) == (["said"] if said else [])


def test_one_of_the_wordings_is_enough_but_every_fact_must_be_said(source: Source) -> None:
    case = make_case(facts=[["19 việc", "19 nhiệm vụ"], ["Phòng Kinh tế"]])
    assert kinds_of(judge(reply("Có 19 nhiệm vụ của Phòng Kinh tế"), case, source)) == []
    verdict = judge(reply("Có 19 nhiệm vụ"), case, source)
    assert verdict.faults == (Fault(kind="not_said", value="Phòng Kinh tế"),)
    assert verdict.measures["facts"] == (0, 1)


def test_forbidden_wording_counts_against_the_facts(source: Source) -> None:
    case = make_case(forbidden=["Hội Nông dân"])
    assert judge(reply(), case, source).measures["facts"] == (1, 1)
    assert judge(reply("Hội Nông dân"), case, source).measures["facts"] == (0, 1)
    assert "facts" not in judge(reply(), make_case(), source).measures


# --- loose endings ---------------------------------------------------------------------------------------


def test_question_back_that_is_accepted_beside_an_answer_needs_nothing_more(source: Source) -> None:
    case = make_case(**RIGHT, status=["answered", "clarify"])
    back = reply("Anh/chị hỏi kế hoạch nào?", Status.CLARIFY, tasks=(), citations=())
    verdict = judge(back, case, source)
    assert kinds_of(verdict) == []
    assert {"task_sets", "task_recall", "sources"} & set(verdict.measures) == set()


def test_question_back_must_still_not_say_what_is_forbidden(source: Source) -> None:
    case = make_case(**RIGHT, status=["answered", "clarify"])
    back = reply("Hội Nông dân phải không?", Status.CLARIFY, tasks=(), citations=())
    assert kinds_of(judge(back, case, source)) == ["said"]


def test_not_found_that_is_accepted_beside_an_answer_needs_the_facts_only(source: Source) -> None:
    case = make_case(**RIGHT, status=["answered", "not_found"])
    told = reply("Văn bản không nêu.", Status.NOT_FOUND, tasks=(), citations=())
    assert kinds_of(judge(told, case, source)) == ["not_said"]


def test_question_back_alone_is_judged_in_full(source: Source) -> None:
    case = make_case(facts=["kế hoạch nào"], documents=["ong"], status="clarify")
    back = reply("Anh/chị hỏi gì?", Status.CLARIFY, tasks=(), citations=())
    assert kinds_of(judge(back, case, source)) == ["not_cited", "not_said"]


# --- measures of tasks and sources -----------------------------------------------------------------------


def test_precision_and_recall(source: Source) -> None:
    case = make_case(tasks=["ong//1", "ong//2", "ong//3"])
    measures = judge(reply(tasks=(task("1"), task("4"))), case, source).measures
    assert measures["task_sets"] == (0, 1)
    assert measures["task_precision"] == (1, 2)
    assert measures["task_recall"] == (1, 3)


def test_optional_tasks_count_neither_way(source: Source) -> None:
    case = make_case(tasks=["ong//1"], tasks_optional=["ong//2*"])
    verdict = judge(reply(tasks=(task("1"), task("2"), task("21"))), case, source)
    assert kinds_of(verdict) == []
    assert verdict.measures["task_sets"] == (1, 1)
    assert verdict.measures["task_precision"] == (1, 1)
    assert kinds_of(judge(reply(tasks=(task("1"), task("3"))), case, source)) == ["task_extra"]


def test_task_that_is_wanted_counts_though_a_pattern_makes_it_optional(source: Source) -> None:
    case = make_case(tasks=["ong//1"], tasks_optional=["ong//*"])
    assert judge(reply(tasks=(task("1"),)), case, source).measures["task_recall"] == (1, 1)
    assert kinds_of(judge(reply(tasks=(task("2"),)), case, source)) == ["task_missing"]


def test_sources_are_counted_one_by_one(source: Source) -> None:
    case = make_case(documents=["ong", "khac"])
    assert judge(reply(), case, source).measures["sources"] == (1, 2)


# --- measures of citations -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad", [cite(shift=1), cite(document="khong-co"), cite().model_copy(update={"quote": "", "end": 0, "start": 0})]
)
def test_citation_that_does_not_hold(source: Source, bad: Citation) -> None:
    verdict = judge(reply(citations=(cite(), bad)), make_case(), source)
    assert verdict.measures["citation_validity"] == (1, 2)
    assert kinds_of(verdict) == ["quote_invalid"]


def test_citation_in_other_letters_is_none(source: Source) -> None:
    upper = cite().model_copy(update={"quote": ROWS[0].upper()})
    assert judge(reply(citations=(upper,)), make_case(), source).measures["citation_validity"] == (0, 1)


@pytest.mark.parametrize(
    ("told", "support"),
    [
        (reply(), (1, 1)),
        (reply(citations=(cite(1),)), (0, 1)),
        (reply(tasks=(task(lead=("Phòng Văn hóa - Xã hội",)),)), (0, 1)),
        (reply(tasks=(task(due="tháng 9/2026"),)), (0, 1)),
        (reply(tasks=(task(lead=("Phòng Kinh tế", "Phòng Văn hóa - Xã hội")),)), (0, 1)),
        (reply(tasks=(task(), task("2", ("Phòng Văn hóa - Xã hội",), "tháng 9/2026"))), (1, 2)),
        (
            reply(tasks=(task(), task("2", ("Phòng Văn hóa - Xã hội",), "tháng 9/2026")), citations=(cite(0), cite(1))),
            (2, 2),
        ),
    ],
    ids=["own row", "row of another", "swapped lead", "other deadline", "lead too many", "one uncited", "both cited"],
)
def test_citation_must_hold_bodies_and_deadline_of_its_task(
    source: Source, told: Reply, support: tuple[int, int]
) -> None:
    assert judge(told, make_case(), source).measures["citation_support"] == support


def test_body_may_be_cited_by_another_of_its_names(agencies: Agencies) -> None:
    row = "Phòng VHXH chủ trì, tháng 6/2026"
    cited = Citation(document="ong", locator="1", quote=row, start=0, end=len(row))
    told = reply(tasks=(task(lead=("Phòng Văn hóa - Xã hội",)),), citations=(cited,))
    assert judge(told, make_case(), Source({"ong": row}, agencies)).measures["citation_support"] == (1, 1)


def test_fact_must_stand_in_a_quotation_unless_it_stands_nowhere(source: Source) -> None:
    case = make_case(facts=["tháng 9/2026", "không nêu"])
    told = reply("Hạn tháng 9/2026; sản phẩm: không nêu", tasks=(), citations=(cite(1),))
    assert judge(told, case, source).measures["citation_support"] == (1, 1)
    wrong_row = told.model_copy(update={"citations": (cite(0),)})
    assert judge(wrong_row, case, source).measures["citation_support"] == (0, 1)


@pytest.mark.parametrize("status", [Status.NOT_FOUND, Status.CLARIFY, Status.CHAT])
def test_only_answers_need_support(source: Source, status: Status) -> None:
    assert "citation_support" not in judge(reply(status=status), make_case(facts=["Phòng Kinh tế"]), source).measures


# --- measures of endings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "status", "measure", "counted"),
    [
        (["refused"], Status.REFUSED, "right_refusals", (1, 1)),
        (["refused"], Status.ANSWERED, "right_refusals", (0, 1)),
        (["refused"], Status.NOT_FOUND, "right_refusals", (0, 1)),
        (["not_found", "refused"], Status.NOT_FOUND, "right_refusals", (1, 1)),
        (["answered", "refused"], Status.REFUSED, "right_refusals", None),
        (["answered"], Status.REFUSED, "wrong_refusals", (1, 1)),
        (["answered"], Status.NOT_FOUND, "wrong_refusals", (1, 1)),
        (["answered"], Status.ANSWERED, "wrong_refusals", (0, 1)),
        (["answered", "not_found"], Status.NOT_FOUND, "wrong_refusals", None),
        (["clarify"], Status.CLARIFY, "right_questions_back", (1, 1)),
        (["clarify"], Status.ANSWERED, "right_questions_back", (0, 1)),
        (["answered", "clarify"], Status.CLARIFY, "right_questions_back", None),
        (["answered"], Status.CLARIFY, "needless_questions_back", (1, 1)),
        (["answered"], Status.ANSWERED, "needless_questions_back", (0, 1)),
        (["answered", "clarify"], Status.CLARIFY, "needless_questions_back", None),
    ],
)
def test_measures_of_endings(
    source: Source, accepted: list[str], status: Status, measure: str, counted: tuple[int, int] | None
) -> None:
    measures = judge(reply(status=status), make_case(status=accepted), source).measures
    assert measures.get(measure) == counted


# --- crashes ---------------------------------------------------------------------------------------------


def test_crash_is_wrong_in_all_that_a_case_asks_for() -> None:
    verdict = judge_crash(make_case(**RIGHT), "KeyError")
    assert verdict.faults == (Fault(kind="crashed", value="KeyError"),)
    assert "KeyError" in verdict.faults[0].sentence()
    assert verdict.measures["crashes"] == (1, 1)
    for measure in ("right", "facts", "task_sets", "sources"):
        assert verdict.measures[measure] == (0, 1)
    assert verdict.measures["task_recall"] == (0, 1)


@pytest.mark.parametrize(
    ("given", "measure"),
    [
        ({"forbidden": ["Hội Nông dân"]}, "facts"),
        ({"tasks": []}, "task_sets"),
        ({"status": "refused"}, "right_refusals"),
        ({"status": "clarify"}, "right_questions_back"),
    ],
)
def test_crash_is_not_right_by_saying_nothing(given: dict[str, Any], measure: str) -> None:
    assert judge_crash(make_case(**given), "KeyError").measures[measure] == (0, 1)


def test_crash_is_no_refusal(source: Source) -> None:
    measures = judge_crash(make_case(), "KeyError").measures
    assert measures["wrong_refusals"] == (0, 1)
    assert judge(reply(), make_case(), source).measures["crashes"] == (0, 1)


def test_rows_that_a_person_transcribed_claim_no_quotation(agencies: Agencies) -> None:
    told = reply(tasks=(task(lead=("Sở Y tế",)),))
    source = Source({"ong": TEXT}, agencies)
    assert judge(told, make_case(), source).measures["citation_support"] == (0, 1)
    transcribed = Source({"ong": TEXT}, agencies, frozenset({"ong"}))
    assert "citation_support" not in judge(told, make_case(), transcribed).measures
