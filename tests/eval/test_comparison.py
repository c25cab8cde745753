"""Two outcomes side by side, and releases that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import CorpusError
from eval.comparison import (
    Outcome,
    Release,
    compare,
    last_release,
    outcome_of,
    outcome_of_release,
    read_release,
    release_of,
    write_release,
)
from tests.eval.records import make_case, make_result, make_run


def outcome(name: str, right: int, cases: int, variants: tuple[str, ...] = ("plain",)) -> Outcome:
    """The first ``right`` of so many cases are right in all variants."""
    return Outcome(name, {(f"c{i:03}", v): i < right for i in range(cases) for v in variants})


def test_what_was_fixed_and_what_broke() -> None:
    before = Outcome("trước", {("a", "plain"): True, ("a", "nfd"): False, ("b", "plain"): True, ("x", "plain"): True})
    after = Outcome("sau", {("a", "plain"): False, ("a", "nfd"): True, ("b", "plain"): True, ("y", "plain"): True})
    found = compare(before, after)
    assert (found.before, found.after) == ("trước", "sau")
    assert (found.fixed, found.broke) == (("a+nfd",), ("a+plain",))
    assert (found.only_before, found.only_after) == (1, 1)
    assert (found.all.before, found.all.after, found.all.total) == (2, 2, 3)
    assert (found.variants["plain"].before, found.variants["plain"].after, found.variants["plain"].total) == (2, 1, 2)


def test_equal_runs_differ_by_nothing() -> None:
    found = compare(outcome("trước", 30, 40), outcome("sau", 30, 40))
    assert found.p_value == 1
    assert (found.fixed, found.broke, found.is_worse, found.is_better) == ((), (), False, False)


def test_twenty_cases_that_all_break_are_no_chance() -> None:
    found = compare(outcome("trước", 20, 40), outcome("sau", 0, 40))
    assert found.p_value < 0.001
    assert found.is_worse
    assert not found.is_better


def test_twenty_cases_that_are_all_fixed_are_no_chance() -> None:
    found = compare(outcome("trước", 0, 40), outcome("sau", 20, 40))
    assert found.p_value < 0.001
    assert found.is_better
    assert not found.is_worse


def test_as_many_fixed_as_broken_are_chance() -> None:
    before = outcome("trước", 10, 20)
    after = Outcome("sau", {question: not right for question, right in before.right.items()})
    found = compare(before, after)
    assert (len(found.fixed), len(found.broke)) == (10, 10)
    assert found.p_value > 0.9


def test_few_that_break_may_be_chance() -> None:
    found = compare(outcome("trước", 40, 40), outcome("sau", 37, 40))
    assert found.p_value == 0.25  # three signs of eight, both ways: 2/8
    assert not found.is_worse


def test_variants_of_a_case_that_break_together_count_as_one() -> None:
    ways = tuple(f"w{i}" for i in range(13))
    found = compare(outcome("trước", 40, 40, ways), outcome("sau", 39, 40, ways))
    assert len(found.broke) == 13
    assert found.p_value == 1


def test_outcomes_without_a_common_question() -> None:
    with pytest.raises(CorpusError) as caught:
        compare(Outcome("trước", {("a", "plain"): True}), Outcome("sau", {("b", "plain"): True}))
    assert caught.value.code == "runs_have_nothing_in_common"


# --- releases --------------------------------------------------------------------------------------------


def test_release_keeps_the_outcome_of_a_run(tmp_path: Path) -> None:
    run = make_run(
        [make_result("a"), make_result("a", variant="nfd", right=False), make_result("b", right=False)],
        [make_case("a"), make_case("b"), make_case("c")],
        ("plain", "nfd"),
    )
    path = write_release(release_of(run, "0.2.0"), tmp_path / "moi")
    kept = read_release(path)
    assert kept.cases == {"a": "10", "b": "0-", "c": "--"}
    assert outcome_of_release(kept) == Outcome("0.2.0", outcome_of(run).right)


def test_release_has_a_line_for_each_case(tmp_path: Path) -> None:
    release = Release(name="1", variants=("plain",), cases={"a": "1", "b": "0"})
    lines = write_release(release, tmp_path).read_text(encoding="utf-8").splitlines()
    assert any('"a"' in line and '"b"' not in line for line in lines)


def test_newest_release_is_the_one_with_the_highest_number(tmp_path: Path) -> None:
    for name in ("0.10.0", "0.9.0", "0.2.1"):
        write_release(Release(name=name, variants=("plain",), cases={"a": "1"}), tmp_path)
    newest = last_release(tmp_path)
    assert newest is not None
    assert newest.name == "0.10.0"


def test_no_release_yet(tmp_path: Path) -> None:
    assert last_release(tmp_path / "khong-co") is None


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"name": "1", "variants": [], "cases": {"a": 1}}'])
def test_release_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "0.1.0.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        last_release(tmp_path)
    assert (caught.value.code, caught.value.details) == ("run_unreadable", {"run": str(path)})
