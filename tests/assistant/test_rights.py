"""Who may see and change what: a test per cell of the table in docs/rights.md, and whose task is whose."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.catalogue import Catalogue
from assistant.library import Library
from assistant.rights import TERMINAL, Action, Asker, denial, is_of_office, leads
from connectors.database import Store, TaskFilter
from corpus.agencies import Agencies
from corpus.people import Channel, Person, Role, Unit
from corpus.progress import Change, Entry, TaskKey
from corpus.records import Task
from prompts import say

DOCS = Path(__file__).parents[2] / "docs" / "rights.md"
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
OFFICE = "UBND phường Nhị Chiểu"
CULTURE = f"Phòng Văn hóa - Xã hội, {OFFICE}"
PLAN = "nhi-chieu-158"


def person(role: Role, unit: str = CULTURE, name: str = "Nguyễn Thị Hoa", left: bool = False) -> Person:
    home = Unit(id=unit, name=unit)
    return Person(id=name, name=name, unit=home, role=role, disabled_at=NOW if left else None)


STRANGER = Asker(channel=Channel.TELEGRAM, account="1")
ASKERS = {
    "citizen": STRANGER,
    "officer": Asker(person=person(Role.OFFICER)),
    "head": Asker(person=person(Role.HEAD)),
    "leadership": Asker(person=person(Role.LEADERSHIP, OFFICE)),
    "IT": Asker(person=person(Role.IT, f"Văn phòng HĐND và UBND, {OFFICE}")),
    "terminal": TERMINAL,
}


@pytest.fixture(scope="module")
def catalogue(stocked_store: Store, agencies: Agencies) -> Iterator[Catalogue]:
    yield Library(stocked_store, agencies, None).shelf().catalogue


@pytest.fixture(scope="module")
def own(stocked_store: Store) -> Task:
    """A task that the division for culture leads."""
    return next(t for t in stocked_store.tasks(TaskFilter(documents=(PLAN,), number="18")))


@pytest.fixture(scope="module")
def foreign(stocked_store: Store) -> Task:
    """A task of the same plan that another body leads."""
    return next(t for t in stocked_store.tasks(TaskFilter(documents=(PLAN,), number="11")))


def rows() -> list[tuple[str, str, str]]:
    """The cells of the table in the docs: who, what, and what stands there."""
    lines = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    header, _, *body = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [(who, row[0], cell) for row in body for who, cell in zip(header[1:], row[1:], strict=True)]


@pytest.mark.parametrize(("who", "what", "cell"), rows())
def test_every_cell_of_the_table(
    who: str, what: str, cell: str, catalogue: Catalogue, own: Task, foreign: Task
) -> None:
    """A cell says "yes", "no", "own unit" or "whole office"."""
    named = re.search(r"`(\w+)`", what)
    assert named, what
    action, asker = Action(named[1]), ASKERS[who]
    on_own = denial(asker, action, task=own, catalogue=catalogue) is None
    on_other = denial(asker, action, task=foreign, catalogue=catalogue) is None
    expected = {"yes": (True, True), "no": (False, False), "own unit": (True, False), "whole office": (True, True)}
    assert (on_own, on_other) == expected[cell]


def test_the_table_has_a_row_for_every_action_and_a_column_for_everybody() -> None:
    assert {what.split("`")[1] for _, what, _ in rows()} == {str(action) for action in Action}
    assert {who for who, _, _ in rows()} == set(ASKERS)


@pytest.mark.parametrize("asker", ASKERS.values(), ids=list(ASKERS))
@pytest.mark.parametrize("action", Action)
def test_every_denial_has_its_sentence(asker: Asker, action: Action, catalogue: Catalogue, foreign: Task) -> None:
    found = denial(asker, action, task=foreign, catalogue=catalogue)
    assert found is None or say(f"rights.{found.code}", **found.details).endswith(".")


def test_who_has_left_is_a_stranger(catalogue: Catalogue, own: Task) -> None:
    asker = Asker(person=person(Role.HEAD, left=True), channel=Channel.TELEGRAM)
    assert {action for action in Action if denial(asker, action, task=own, catalogue=catalogue) is None} == {
        Action.SEE_PUBLIC
    }


def test_whom_a_task_was_given_may_report_but_not_pass_it_on(catalogue: Catalogue, foreign: Task) -> None:
    hoa = ASKERS["officer"]
    given = {"task": foreign, "catalogue": catalogue, "assignee": hoa.id}
    assert denial(hoa, Action.REPORT, **given) is None  # type: ignore[arg-type]
    assert denial(hoa, Action.ASSIGN, **given) is not None  # type: ignore[arg-type]


def test_only_own_changes_are_taken_back_by_an_officer(catalogue: Catalogue, own: Task) -> None:
    key = TaskKey(document=own.document, row="#18")
    entry = Entry(id=1, task=key, change=Change(), by="somebody", channel=Channel.CLI, at=NOW)
    asked = {"task": own, "catalogue": catalogue, "entry": entry}
    assert denial(ASKERS["officer"], Action.UNDO, **asked) is not None  # type: ignore[arg-type]
    assert denial(ASKERS["head"], Action.UNDO, **asked) is None  # type: ignore[arg-type]


def test_a_division_of_another_ward_has_no_part_in_the_plan(catalogue: Catalogue, own: Task) -> None:
    other = person(Role.HEAD, "Phòng Văn hóa - Xã hội, UBND phường Ngọc Hà")
    assert not leads(other, own, catalogue)
    assert not is_of_office(other, catalogue.by_id[PLAN])
    assert denial(
        Asker(person=person(Role.LEADERSHIP, "UBND phường Ngọc Hà")), Action.REPORT, task=own, catalogue=catalogue
    )


def test_a_task_for_all_communes_is_for_the_heads_of_each(stocked_store: Store, catalogue: Catalogue) -> None:
    plans = tuple(d for d in catalogue.ids if d != PLAN)
    shared = [
        t for t in stocked_store.tasks(TaskFilter(documents=plans)) if "UBND các xã, phường" in {m.name for m in t.lead}
    ]
    task = shared[0]
    office = "UBND phường Hoàn Kiếm"
    assert leads(person(Role.HEAD, f"Văn phòng HĐND và UBND, {office}"), task, catalogue)
    assert not leads(person(Role.OFFICER, f"Văn phòng HĐND và UBND, {office}"), task, catalogue)
