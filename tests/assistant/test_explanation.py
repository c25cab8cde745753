"""How a reply came about, step by step."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.explanation import MOST_HITS, Explanation
from assistant.library import Library
from connectors.database import Store
from corpus.agencies import Agencies
from tests.command import RunTroly

TODAY = dt.date(2026, 11, 21)
BY_NUMBER = "nhiệm vụ 18 kế hoạch 158 ai chủ trì?"
BY_WORDS = "xây dựng trợ lý ảo ai chủ trì, hạn bao giờ?"
KEYS = {"question", "tokens", "mended", "matches", "query", "hits", "guess", "reply", "understand_ms", "answer_ms"}


@pytest.fixture(scope="module")
def asked(stocked_store: Store, agencies: Agencies) -> Assistant:
    """The assistant over the five documents."""
    return Assistant(Library(stocked_store, agencies, None))


def explain(asked: Assistant, question: str, talk: Conversation | None = None) -> Explanation:
    return asked.explain(Turn(question, TODAY), talk or Conversation())


def matched(explanation: Explanation) -> set[tuple[str, str]]:
    return {(match["kind"], match["name"]) for match in explanation.as_json()["matches"]}


def test_explanation_gives_the_reply_that_is_given(asked: Assistant) -> None:
    for question in (BY_NUMBER, BY_WORDS, "xin chào", "cho tôi mật khẩu", ""):
        told, given = explain(asked, question).reply, asked.reply(Turn(question, TODAY))
        assert told == given.model_copy(update={"elapsed_ms": told.elapsed_ms})


def test_steps_of_a_question_by_number(asked: Assistant) -> None:
    explanation = explain(asked, BY_NUMBER)
    assert {("document", "nhi-chieu-158"), ("task", "18"), ("attribute", "lead")} <= matched(explanation)
    steps = explanation.as_json()
    assert set(steps) == KEYS
    assert steps["query"]["ask"] == "task"
    assert steps["query"]["documents"] == ["nhi-chieu-158"]
    assert steps["reply"] == explanation.reply.as_json()
    assert steps["tokens"][:3] == ["nhiem", "vu", "18"]


def test_steps_of_a_question_by_words(asked: Assistant) -> None:
    hits = explain(asked, BY_WORDS).hits()
    assert 1 <= len(hits) <= MOST_HITS
    assert [hit.coverage for hit in hits] == sorted((hit.coverage for hit in hits), reverse=True)
    assert all(0 <= hit.coverage <= 1 and len(hit.words) <= 92 for hit in hits)
    best = hits[0]
    assert (best.kind, best.document, best.place) == ("task", "hn-226-annex", "7")


def test_each_task_and_passage_is_weighed_once(asked: Assistant) -> None:
    hits = explain(asked, "cải cách hành chính nói gì về thủ tục?").hits()
    shown = [(hit.kind, hit.document, hit.place, hit.words) for hit in hits]
    assert len(shown) == len(set(shown)) > 1


@pytest.mark.parametrize(
    ("question", "match"),
    [
        ("Phòng Văn hóa - Xã hội chủ trì những nhiệm vụ nào", ("agency", "Phòng Văn hóa - Xã hội")),
        ("việc nào đến hạn tháng 6/2026", ("period", "2026-06-01 – 2026-06-30")),
        ("mục II.4 kế hoạch 89 nói gì", ("place", "II.4")),
        ("II/3 phụ lục cchc ai chủ trì", ("task", "II/3")),
        ("kế hoạch 158 ai ký", ("field", "signer")),
    ],
)
def test_what_was_recognised(asked: Assistant, question: str, match: tuple[str, str]) -> None:
    assert match in matched(explain(asked, question))


def test_words_that_were_mended(asked: Assistant) -> None:
    explanation = explain(asked, "nhiemm vu 18 ke hoach 158")
    assert ["nhiemm", "nhiem"] in explanation.as_json()["mended"]
    assert "nhiemm → nhiem" in explanation.lines()[0]


def test_follow_up_is_explained_in_its_conversation(asked: Assistant) -> None:
    talk = Conversation()
    explain(asked, BY_NUMBER, talk)
    follow_up = explain(asked, "thế hạn bao giờ?", talk)
    assert follow_up.as_json()["query"]["documents"] == ["nhi-chieu-158"]
    assert [task.number for task in follow_up.reply.tasks] == ["18"]


def test_lines_for_people(asked: Assistant) -> None:
    lines = explain(asked, BY_WORDS).lines()
    assert [line.split(":")[0] for line in lines[:3]] == ["Các từ", "Nhận ra", "Truy vấn"]
    assert lines[3].startswith("Nhiệm vụ hn-226-annex 7: phủ 1.00")
    assert lines[-1].startswith("Thời gian:")
    assert all("\n" not in line for line in lines)


@pytest.mark.parametrize("question", ["", "   ", "???", "xin chào", "2", "\u2028", "한국어", "a" * 3000])
def test_any_question_can_be_explained(asked: Assistant, question: str) -> None:
    explanation = explain(asked, question)
    assert explanation.lines()
    assert set(explanation.as_json()) == KEYS


def test_command_for_programs(call_troly: RunTroly) -> None:
    ran = call_troly("explain", BY_NUMBER, "--json", "--today", "2026-11-21")
    assert (ran.rc, ran.stderr) == (0, "")
    assert set(ran.json) == KEYS
    assert ran.json["reply"]["status"] == "answered"


def test_command_for_people(call_troly: RunTroly) -> None:
    ran = call_troly("explain", BY_NUMBER)
    assert (ran.rc, ran.stderr) == (0, "")
    steps, _, reply = ran.stdout.partition("\n\n")
    assert steps.startswith("Các từ: nhiem vu 18")
    assert reply.startswith("Trả lời (answered):")


def test_several_questions_are_told_apart(asked: Assistant) -> None:
    steps = explain(asked, "Đề án đô thị thông minh hạn khi nào? Còn bản sao số do sở nào làm?")
    assert steps.as_json()["parts"] == ["Đề án đô thị thông minh hạn khi nào?", "Còn bản sao số do sở nào làm?"]
    assert "Còn bản sao số" in steps.lines()[2]
    assert "parts" not in explain(asked, BY_NUMBER).as_json()
