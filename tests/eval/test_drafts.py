"""From life to cases: tables of officers and journals as drafts, without persons, for review."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.assistant import Assistant
from corpus.errors import CorpusError
from eval.case import TODAY, CaseError, Problem, check_against, load_suites
from eval.drafts import Held, as_yaml, drafts, read_held
from tests.eval.records import VAN


def csv_in(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "cau-hoi.csv"
    path.write_bytes(text.encode(encoding))
    return path


def journal_in(folder: Path, *turns: Sequence[str]) -> Path:
    """A journal of (conversation, question) turns."""
    path = folder / "journal.jsonl"
    entries = (
        {
            "conversation": id,
            "today": "2026-11-20",
            "question": question,
            "status": "answered",
            "reply": "…",
            "unit": unit,
        }
        for id, question, unit in ((*turn, None)[:3] for turn in turns)
    )
    path.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries), encoding="utf-8")
    return path


def draft_of(assistant: Assistant, *turns: str, **given: Any) -> dict[str, Any]:
    (draft,) = drafts([Held(turns, **given)], assistant, "nhap")
    return draft


# --- tables ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_table_in_each_form(tmp_path: Path, mark: str, encoding: str) -> None:
    rows = [["Câu hỏi", "Đơn vị", "Ngày hỏi"], ["nhiệm vụ 1 ai chủ trì?", "UBND xã Minh Tân", "20/11/2026"]]
    path = csv_in(tmp_path, "\r\n".join(mark.join(row) for row in rows) + "\r\n", encoding)
    assert read_held(path) == [Held(("nhiệm vụ 1 ai chủ trì?",), "UBND xã Minh Tân", dt.date(2026, 11, 20))]


def test_columns_stand_in_any_order_and_are_written_in_any_way(tmp_path: Path) -> None:
    head = "Ghi chú,NGÀY HỎI, Không được  nói ,van ban,Phải nói,Đơn vị hỏi,Cột khác,câu hỏi"
    row = "gấp,2026-11-20,Hội Nông dân,ong;rac,Phòng Kinh tế; tháng 6/2026 ;,xã,bỏ qua,nhiệm vụ 1?"
    assert read_held(csv_in(tmp_path, f"{head}\n{row}\n")) == [
        Held(
            turns=("nhiệm vụ 1?",),
            unit="xã",
            today=dt.date(2026, 11, 20),
            facts=("Phòng Kinh tế", "tháng 6/2026"),
            documents=("ong", "rac"),
            forbidden=("Hội Nông dân",),
            note="gấp",
        )
    ]


def test_line_breaks_in_a_cell_divide_turns(tmp_path: Path) -> None:
    path = csv_in(tmp_path, 'Câu hỏi,Ghi chú\n"nhiệm vụ 1 ai chủ trì?\r\n\r\n thế hạn bao giờ? ",hai lượt\n')
    (held,) = read_held(path)
    assert held.turns == ("nhiệm vụ 1 ai chủ trì?", "thế hạn bao giờ?")
    assert held.today == TODAY


def test_rows_without_a_question_and_short_rows_are_passed_over(tmp_path: Path) -> None:
    path = csv_in(tmp_path, "Ngày hỏi,Câu hỏi\n,\n20/11/2026\n\n,nhiệm vụ 1?\n")
    assert [held.turns for held in read_held(path)] == [("nhiệm vụ 1?",)]


@pytest.mark.parametrize("day", ["31/02/2026", "2026-13-01", "hôm qua", "20.11.26"])
def test_bad_day_is_named_with_line_and_column(tmp_path: Path, day: str) -> None:
    path = csv_in(tmp_path, f"Câu hỏi, Ngày hỏi\nmột,20/11/2026\nhai,{day}\n")
    with pytest.raises(CorpusError) as caught:
        read_held(path)
    assert caught.value.code == "csv_bad_value"
    assert caught.value.details == {"file": "cau-hoi.csv", "line": 3, "column": "Ngày hỏi", "value": day}


@pytest.mark.parametrize("day", ["20/11/2026", "20.11.2026", "20-11-2026", "2026-11-20"])
def test_day_in_each_form(tmp_path: Path, day: str) -> None:
    (held,) = read_held(csv_in(tmp_path, f"Câu hỏi,Ngày\nmột,{day}\n"))
    assert held.today == dt.date(2026, 11, 20)


@pytest.mark.parametrize("text", ["", "Đơn vị;Ngày\nxã;20/11/2026\n", "nhiệm vụ 1?\n"])
def test_table_without_a_column_of_questions(tmp_path: Path, text: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read_held(csv_in(tmp_path, text))
    assert (caught.value.code, caught.value.details) == ("csv_no_question", {"file": "cau-hoi.csv"})


def test_table_that_is_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_held(csv_in(tmp_path, "Câu hỏi\n", "utf-16"))
    assert caught.value.code == "file_not_utf8"


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_held(tmp_path / "khong-co.csv")
    assert caught.value.code == "file_missing"


# --- journals --------------------------------------------------------------------------------------------


def test_turns_of_a_journal_are_grouped_by_conversation(tmp_path: Path) -> None:
    path = journal_in(tmp_path, ("a", "một"), ("b", "hai"), ("a", "ba", "xã Minh Tân"))
    assert read_held(path) == [
        Held(("một", "ba"), "xã Minh Tân", dt.date(2026, 11, 20)),
        Held(("hai",), None, dt.date(2026, 11, 20)),
    ]


def test_bad_line_of_a_journal_is_named(tmp_path: Path) -> None:
    path = journal_in(tmp_path, ("a", "một"))
    path.write_text(path.read_text(encoding="utf-8") + "\n{}\n", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_held(path)
    assert caught.value.details == {"file": "journal.jsonl", "line": 3}


# --- drafts ----------------------------------------------------------------------------------------------


def test_draft_expects_what_the_assistant_answers_today(small_assistant: Assistant) -> None:
    assert draft_of(small_assistant, "nhiệm vụ 1 ai chủ trì?") == {
        "id": "nhap-001",
        "draft": True,
        "turns": ["nhiệm vụ 1 ai chủ trì?"],
        "status": "answered",
        "tasks": [f"{VAN}//1"],
        "documents": [VAN],
        "tags": ["number"],
    }


def test_draft_expects_what_the_officer_wrote(small_assistant: Assistant) -> None:
    draft = draft_of(
        small_assistant, "nhiệm vụ 1 ai chủ trì?", facts=("Phòng Kinh tế",), documents=("khac",), forbidden=("Hội",),
        note="gấp", unit="UBND xã Minh Tân", today=dt.date(2026, 1, 2),
    )  # fmt: skip
    assert draft["facts"] == [["Phòng Kinh tế"]]
    assert (draft["documents"], draft["forbidden"], draft["note"]) == (["khac"], ["Hội"], "gấp")
    assert (draft["unit"], draft["today"]) == ("UBND xã Minh Tân", dt.date(2026, 1, 2))


def test_draft_of_a_conversation_expects_its_last_reply(small_assistant: Assistant) -> None:
    draft = draft_of(small_assistant, "nhiệm vụ 2 ai chủ trì?", "thế nhiệm vụ 1?")
    assert draft["tasks"] == [f"{VAN}//1"]
    assert draft["tags"] == ["number", "conversation"]


def test_draft_about_prose_quotes_it(small_assistant: Assistant) -> None:
    draft = draft_of(small_assistant, "mỗi thôn có ít nhất bao nhiêu đàn ong?")
    assert "tasks" not in draft
    assert "15 đàn ong" in draft["quotes"][0]


def test_persons_are_gone(small_assistant: Assistant) -> None:
    name, phone = "Nguyễn Văn An", "0912 345 678"
    draft = draft_of(
        small_assistant, f"tôi là {name}, sđt {phone}, hỏi nhiệm vụ 1?", unit=f"anh {name}", note=f"gọi {phone}",
        facts=(f"ông {name}",), forbidden=(phone,),
    )  # fmt: skip
    text = as_yaml([draft])
    assert name not in text
    assert phone not in text
    assert text.count("[tên]") == 3
    assert text.count("[số]") == 3


def test_drafts_are_counted(small_assistant: Assistant) -> None:
    made = drafts([Held(("xin chào",)), Held(("nhiệm vụ 1?",))], small_assistant, "xa")
    assert [draft["id"] for draft in made] == ["xa-001", "xa-002"]


def test_draft_is_no_case_until_it_was_reviewed(small_assistant: Assistant, tmp_path: Path) -> None:
    held = [
        Held(("nhiệm vụ 1 ai chủ trì?",)),
        Held(("thôn có mấy đàn ong: ít nhất?", "# cảm ơn"), today=dt.date(2026, 1, 2)),
    ]
    path = tmp_path / "nhap.yaml"
    path.write_text(as_yaml(drafts(held, small_assistant, "nhap")), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_suites(tmp_path)
    problems: tuple[Problem, ...] = caught.value.problems
    assert [(problem.case, problem.field) for problem in problems] == [("nhap-001", "draft"), ("nhap-002", "draft")]
    assert "bản nháp" in problems[0].reason
    path.write_text(path.read_text(encoding="utf-8").replace("  draft: true\n", ""), encoding="utf-8")
    (suite,) = load_suites(tmp_path)
    assert [case.turns for case in suite.cases] == [conversation.turns for conversation in held]
    assert suite.cases[1].today == dt.date(2026, 1, 2)
    assert check_against(suite, small_assistant.library.store, tmp_path) == []


def test_case_file_reads_back_as_it_was_written(small_assistant: Assistant) -> None:
    made = list(drafts([Held(("nhiệm vụ 1: ai? 'hay' \"thế\"",), facts=("Phòng Kinh tế",))], small_assistant, "a"))
    assert yaml.safe_load(as_yaml(made)) == made
