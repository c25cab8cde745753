"""The report: one page that holds every failed case and needs no other file."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from assistant.reply import Status
from eval.comparison import Outcome, compare
from eval.figures import figures
from eval.gate import Check
from eval.judging import Fault
from eval.report import Verdicts, report
from eval.result import Result, Run
from tests.eval.records import make_case, make_result, make_run

_VOID = {"meta", "input", "br", "img", "link", "hr", "rect", "line"}
CASES = [
    make_case(
        "ong-001", turns=["nhiệm vụ 1 ai chủ trì?", "thế hạn bao giờ?"], tasks=["ong//1"],
        facts=[["Phòng Kinh tế", "PKT"]], documents=["ong"], quotes=["mở lớp"],
        forbidden=["Hội Nông dân"], unit="UBND xã Minh Tân", note="hai lượt",
        tags=["number", "lead"],
    ),
    make_case("ong-002", turns=["<script>alert('ong')</script> & “hết”"], tags=["chat"]),
    make_case("ong-003"),
    make_case("ong-004", turns=["việc nào của Phòng Văn hóa"], tags=["list"], tasks=[]),
]  # fmt: skip
RESULTS = [
    make_result(
        "ong-001", right=False, turns=CASES[0].turns, text="Phòng Văn hóa\nchủ trì", steps=("Bước một", "Bước <hai>"),
        faults=(Fault(kind="not_said", value="Phòng Kinh tế"), Fault(kind="task_missing", value="ong//1")),
    ),
    make_result(
        "ong-002", right=False, turns=CASES[1].turns, text="<b>đậm</b>",
        faults=(Fault(kind="status", value="chat"),),
    ),
    make_result("ong-003", ms=70.0),
    make_result(
        "ong-003", variant="folded", right=False, turns=("nhiem vu 1 ai chu tri?",), status=Status.NOT_FOUND,
        text="Không tìm thấy", steps=("Bước ba",), faults=(Fault(kind="status", value="not_found"),),
    ),
    make_result("ong-004", right=False, status=None, faults=(Fault(kind="crashed", value="KeyError"),)),
]  # fmt: skip


class Page(HTMLParser):
    """A page as it is read: elements by name, those that stay open or close early, words outside scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.unbalanced: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


def run_of(results: list[Result]) -> Run:
    return make_run(results, CASES, ("plain", "folded"), "2026-11-21-020000")


def page_of(results: list[Result], verdicts: Verdicts | None = None, broken: int = 0) -> str:
    run = run_of(results)
    comparison = None
    if broken:
        before = {(f"c{i}", "plain"): True for i in range(broken)}
        comparison = compare(Outcome("0.1.0", before), Outcome("nay", dict.fromkeys(before, False)))
    return report(run, figures(run), comparison, verdicts)


@pytest.fixture(scope="module")
def text() -> str:
    """The page of a run with failed cases."""
    return page_of(RESULTS)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_every_failed_case_is_there(text: str) -> None:
    assert re.findall(r"<summary><code>(.+?)</code>", text) == ["ong-001", "ong-002", "ong-004", "ong-003"]


@pytest.mark.parametrize(
    "words",
    [
        "nhiệm vụ 1 ai chủ trì? → thế hạn bao giờ?",  # question
        "Trợ lý: trả lời",  # reply
        "Phòng Văn hóa chủ trì",
        "không nói “Phòng Kinh tế”",  # faults
        "thiếu nhiệm vụ ong//1",
        "Phòng Kinh tế / PKT",  # expectation
        "mở lớp",
        "Hội Nông dân",
        "UBND xã Minh Tân",
        "21/11/2026",
        "hai lượt",
        "không nhiệm vụ nào",
        "Bước một",  # steps
        "Bước <hai>",
        "nhiem vu 1 ai chu tri?",  # another way of typing
        "Bước ba",
        "trợ lý dừng đột ngột (KeyError)",  # a crash
        "(không có lời đáp)",
        "Lần chạy 2026-11-21-020000",
        "09:00 ngày 21/11/2026",  # in Vietnam
    ],
)
def test_failed_case_is_told_in_full(page: Page, words: str) -> None:
    assert words in page.text


def test_right_questions_are_not_listed(page: Page) -> None:
    """Of ong-003 only the way that failed is told."""
    assert page.text.count("ong-003") == 1
    assert "Không tìm thấy" in page.text


def test_what_people_typed_is_no_markup(text: str, page: Page) -> None:
    assert page.count("script") == 1
    assert page.count("b") == text.count("<b>") == 7, "three tiles, four times, none of a reply"
    assert "<script>alert('ong')</script> & “hết”" in page.text
    assert "<b>đậm</b>" in page.text


def test_page_needs_no_other_file(text: str, page: Page) -> None:
    assert "http" not in text.replace("http-equiv", "")
    assert "@import" not in text
    assert "url(" not in text
    assert page.count("link") == page.count("img") == page.count("iframe") == 0
    assert not any("src" in attributes or "href" in attributes for _, attributes in page.elements)


def test_page_is_whole(text: str, page: Page) -> None:
    assert text.startswith("<!doctype html>")
    assert page.unbalanced == []
    assert page.count("main") == page.count("style") == page.count("title") == 1
    assert ("html", {"lang": "vi"}) in page.elements
    assert page.count("details") == 5, "four cases, and the reply in another way of typing"


def test_tags_of_failed_cases_can_be_chosen(page: Page) -> None:
    shown = {attributes.get("value") for tag, attributes in page.elements if tag == "option"}
    assert {"", "number", "lead", "chat", "list"} == shown
    marked = {attributes.get("data-tags") for tag, attributes in page.elements if tag == "details"}
    assert "number lead" in marked


def test_times_are_counted(page: Page) -> None:
    """Three milliseconds thrice, seventy once."""
    assert "≤2 0 ≤4 3 ≤6 0" in page.text
    assert ">50 1" in page.text


def test_run_without_a_fault(text: str) -> None:
    good = Page(page_of([make_result("ong-003")]))
    assert "Không có ca nào sai" in good.text
    assert good.unbalanced == []
    assert "Không có ca nào sai" not in Page(text).text


def test_run_without_questions_as_written_has_its_page() -> None:
    assert "Theo nhãn" in Page(page_of([make_result("ong-003", variant="folded")])).text


def test_gate_that_is_passed() -> None:
    limit = Check(group="measures", name="right", limit=0.5, value=0.9)
    page = Page(page_of(RESULTS, Verdicts([limit], True)))
    assert "Đạt: cả 1 ngưỡng đều qua." in page.text
    assert page.unbalanced == []


def test_gate_that_is_not_passed_names_each_limit_and_the_release() -> None:
    limits = [
        Check(group="measures", name="right", limit=0.95, value=0.9),
        Check(group="tags", name="lead", limit=0.5, value=None),
        Check(group="measures", name="crashes", limit=0.0, value=0.0, lower_is_better=True),
    ]
    page = Page(page_of(RESULTS, Verdicts(limits, False), broken=20))
    assert "Không đạt." in page.text
    assert "Trả lời đúng 90.0% (ít nhất 95.0%)" in page.text
    assert "Hỏi cơ quan chủ trì không đo được (ít nhất 50.0%)" in page.text
    assert "Dừng đột ngột 0.0%" not in page.text
    assert "kém bản phát hành 0.1.0" in page.text
    assert page.unbalanced == []


def test_comparison_names_what_broke() -> None:
    page = Page(page_of(RESULTS, broken=20))
    assert "hỏng 20 câu" in page.text
    assert "c19+plain" in page.text
    assert "không phải ngẫu nhiên" in page.text
