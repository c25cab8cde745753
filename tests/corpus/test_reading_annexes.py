"""The three clean annexes, cell by cell against tests/data/annexes.yaml, which eyes have read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

import pytest
import yaml

from corpus.ingest import ReadDocument
from corpus.markup import clean
from corpus.records import AgencyMention, Task
from corpus.vietnamese import nfc, squeeze


class Row(TypedDict, total=False):
    """A row as the data file gives it; ``section_title`` only where the table has sections."""

    section: str | None
    section_title: str
    number: str
    title: str
    lead: str
    coordinate: str
    product: str
    deadline: str


_DATA = Path(__file__).parents[1] / "data" / "annexes.yaml"
ANNEXES: dict[str, list[Row]] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
COUNTS = {"hn-226-annex": 24, "cchc-2026-2030": 43, "nhi-chieu-158": 19}
PLACES = [(document, place) for document, count in COUNTS.items() for place in range(count)]
CELLS = [(*place, cell) for place in PLACES for cell in ("title", "product", "deadline", "lead", "coordinate")]
_BETWEEN = re.compile(r"[\s,;.\-–]*(?:và[\s,;]*)?")


def cell_of(task: Task, name: str) -> str:
    return {"title": task.title, "product": task.product, "deadline": task.deadline.text}[name]


def uncovered(cell: str, mentions: Sequence[AgencyMention]) -> str:
    """What of a cell stands in no mention, once separators and "và" between mentions are taken away."""
    rest, left = cell, ""
    for mention in mentions:
        before, found, rest = rest.partition(mention.text)
        assert found, f"{mention.text!r} does not stand in {cell!r} after the mention before it"
        left += _BETWEEN.sub("", before, count=1)
    return left + _BETWEEN.sub("", rest, count=1)


@pytest.mark.parametrize(("document", "count"), COUNTS.items())
def test_every_row_is_one_record_in_the_order_of_the_table(
    document: str, count: int, library_documents: dict[str, ReadDocument]
) -> None:
    read = library_documents[document]
    assert len(ANNEXES[document]) == count
    assert [(task.section, task.number) for task in read.tasks] == [
        (row["section"], row["number"]) for row in ANNEXES[document]
    ]
    assert [task.ordinal for task in read.tasks] == list(range(count))
    assert {task.document for task in read.tasks} == {document}


@pytest.mark.parametrize(("document", "place", "cell"), CELLS)
def test_cell_is_read_word_for_word(
    document: str, place: int, cell: str, library_documents: dict[str, ReadDocument]
) -> None:
    task, row = library_documents[document].tasks[place], ANNEXES[document][place]
    expected = {"title": row["title"], "product": row["product"], "deadline": row["deadline"]}.get(cell)
    if expected is not None:
        assert cell_of(task, cell) == expected
        return
    written = row["lead"] if cell == "lead" else row["coordinate"]
    mentions = task.lead if cell == "lead" else task.coordinate
    assert bool(mentions) == bool(written)
    assert uncovered(written, mentions) == ""


@pytest.mark.parametrize(("document", "place"), PLACES)
def test_section_title_and_confidence(document: str, place: int, library_documents: dict[str, ReadDocument]) -> None:
    task, row = library_documents[document].tasks[place], ANNEXES[document][place]
    assert task.section_title == row.get("section_title")
    assert task.confidence == 1.0
    assert task.notes == ()


@pytest.mark.parametrize(("document", "place"), PLACES)
def test_span_holds_the_row(document: str, place: int, library_documents: dict[str, ReadDocument]) -> None:
    read, row = library_documents[document], ANNEXES[document][place]
    written = read.text[read.tasks[place].span.start : read.tasks[place].span.end]
    number, title, *_ = written.split("\t")
    assert number.rstrip(".") == row["number"]
    assert row["title"].startswith(clean(title))
    assert all(word in squeeze(nfc(written)) for word in row["deadline"].split())


@pytest.mark.parametrize("document", COUNTS)
def test_spans_follow_one_another_and_end_before_the_next_row(
    document: str, library_documents: dict[str, ReadDocument]
) -> None:
    read = library_documents[document]
    for task, following in pairwise(read.tasks):
        assert task.span.start < task.span.end <= following.span.start
    whole = "".join(read.text[task.span.start : task.span.end] for task in read.tasks)
    assert not re.search(r"(?mi)^stt\t.*\n\d", whole), "a span holds a header that belongs to the next page only"


def test_a_row_cut_by_a_page_break_is_one_record_whose_span_crosses_the_break(
    library_documents: dict[str, ReadDocument],
) -> None:
    """Rows 6, 12 and 17 of nhi-chieu-158, row 10 of hn-226-annex, row II.11 of cchc-2026-2030 (over three pages)."""
    for document, section, number, headers in [
        ("nhi-chieu-158", None, "6", 1),
        ("nhi-chieu-158", None, "8", 0),
        ("nhi-chieu-158", None, "12", 1),
        ("nhi-chieu-158", None, "17", 1),
        ("hn-226-annex", None, "10", 1),
        ("cchc-2026-2030", "II", "11", 2),
    ]:
        read = library_documents[document]
        found = [task for task in read.tasks if (task.section, task.number) == (section, number)]
        assert len(found) == 1, (document, number)
        written = read.text[found[0].span.start : found[0].span.end]
        assert written.upper().count("STT\t") == headers, (document, number)


def test_the_annexes_carry_their_own_names(library_documents: dict[str, ReadDocument]) -> None:
    labels = {document: {task.table for task in library_documents[document].tasks} for document in COUNTS}
    assert labels == {"hn-226-annex": {"Phụ lục"}, "cchc-2026-2030": {"Phụ lục II"}, "nhi-chieu-158": {"Phụ lục"}}


@pytest.mark.parametrize("document", [*COUNTS, "hn-226-plan"])
def test_clean_documents_raise_no_doubt(document: str, library_documents: dict[str, ReadDocument]) -> None:
    assert library_documents[document].doubts == ()


def test_the_damaged_annex_is_told_from_its_transcription(library_documents: dict[str, ReadDocument]) -> None:
    read = library_documents["ngoc-ha-89"]
    assert {task.origin for task in read.tasks} == {"review"}
    assert [doubt.code for doubt in read.doubts] == ["fields_unsure", "deadlines_unreadable"]
