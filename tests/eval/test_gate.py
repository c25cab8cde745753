"""The gate: what passes, what does not, and what a person reads about a gate file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import CorpusError
from eval.comparison import Comparison, Outcome, compare
from eval.figures import figures
from eval.gate import Gate, checks, passes, read_gate
from eval.judging import MEASURES
from eval.result import Result
from tests.eval.records import make_case, make_result, make_run

GATE = """\
[measures]
right = 0.9
crashes = 0.01
[variants]
folded = 0.8
[tags]
lead = 0.5
[suites]
xa = 1
"""


def gate_in(folder: Path, text: str) -> Gate:
    path = folder / "gate.toml"
    path.write_text(text, encoding="utf-8")
    return read_gate(path)


def measured(right: int, total: int = 10, measure: str = "right") -> list[Result]:
    return [make_result(f"c{i}", measures={measure: (int(i < right), 1)}) for i in range(total)]


def is_let_through(gate: Gate, results: list[Result], comparison: Comparison | None = None) -> bool:
    return passes(gate, list(checks(gate, figures(make_run(results, variants=("plain", "folded"))))), comparison)


WORSE = compare(Outcome("0.1.0", {(f"c{i}", "plain"): True for i in range(20)}),
                Outcome("nay", {(f"c{i}", "plain"): False for i in range(20)}))  # fmt: skip


@pytest.mark.parametrize(("right", "passed"), [(10, True), (9, True), (8, False), (0, False)])
def test_share_must_reach_its_floor(right: int, passed: bool) -> None:
    assert is_let_through(Gate(measures={"right": 0.9}), measured(right)) is passed


@pytest.mark.parametrize("measure", [name for name, better in MEASURES.items() if better == "lower"])
@pytest.mark.parametrize(("count", "passed"), [(0, True), (1, True), (2, False), (10, False)])
def test_share_of_what_is_better_low_must_stay_under_its_ceiling(measure: str, count: int, passed: bool) -> None:
    assert is_let_through(Gate(measures={measure: 0.1}), measured(count, measure=measure)) is passed


@pytest.mark.parametrize("measure", MEASURES)
def test_measure_that_was_not_measured_does_not_pass(measure: str) -> None:
    results = [make_result(measures={"right" if measure != "right" else "facts": (1, 1)})]
    gate = Gate(measures={measure: 0.0 if MEASURES[measure] == "higher" else 1.0})
    (check,) = checks(gate, figures(make_run(results)))
    assert check.value is None
    assert not is_let_through(gate, results)


@pytest.mark.parametrize(
    ("limits", "passed"),
    [
        ({"variants": {"folded": 0.5}}, True),
        ({"variants": {"folded": 0.6}}, False),
        ({"variants": {"nfd": 0.0}}, False),
        ({"tags": {"lead": 0.5}}, True),
        ({"tags": {"lead": 0.6}}, False),
        ({"suites": {"xa": 1.0}}, True),
        ({"suites": {"shipped": 0.1}}, False),
        ({"suites": {"khong-co": 0.0}}, False),
    ],
)
def test_limits_of_ways_tags_and_suites(limits: dict[str, dict[str, float]], passed: bool) -> None:
    cases = [make_case("a", tags=["number", "lead"]), make_case("b", tags=["list", "lead"])]
    results = [
        make_result("a", suite="xa"), make_result("b", right=False),
        make_result("a", variant="folded", suite="xa"), make_result("b", variant="folded", right=False),
    ]  # fmt: skip
    gate = Gate.model_validate({"measures": {}, **limits})
    found = list(checks(gate, figures(make_run(results, cases, ("plain", "folded")))))
    assert passes(gate, found, None) is passed


def test_one_limit_that_fails_is_enough() -> None:
    gate = Gate(measures={"right": 0.5, "facts": 0.5})
    results = [make_result("a", measures={"right": (1, 1), "facts": (0, 1)})]
    found = {check.name: check.passed for check in checks(gate, figures(make_run(results)))}
    assert found == {"right": True, "facts": False}
    assert not is_let_through(gate, results)


def test_build_that_is_worse_than_the_release_does_not_pass() -> None:
    gate = Gate(measures={"right": 0.5})
    assert is_let_through(gate, measured(10))
    assert not is_let_through(gate, measured(10), WORSE)
    assert is_let_through(gate.model_copy(update={"worse_than_release": True}), measured(10), WORSE)


def test_build_that_differs_by_chance_passes() -> None:
    same = compare(Outcome("0.1.0", {("a", "plain"): True}), Outcome("nay", {("a", "plain"): False}))
    assert is_let_through(Gate(measures={"right": 0.5}), measured(10), same)


# --- gate files ------------------------------------------------------------------------------------------


def test_gate_that_ships_can_be_read() -> None:
    assert "right" in read_gate().measures


def test_gate_file(tmp_path: Path) -> None:
    gate = gate_in(tmp_path, GATE)
    assert gate.measures == {"right": 0.9, "crashes": 0.01}
    assert (gate.variants, gate.tags, gate.suites) == ({"folded": 0.8}, {"lead": 0.5}, {"xa": 1})
    assert gate.worse_than_release is False


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("right", "rihgt", "measures.rihgt"),
        ("folded", "foldd", "variants.foldd"),
        ("lead", "led", "tags.led"),
        ("[variants]", "[varians]", "varians"),
        ("[measures]", "[mesures]", "measures"),
        ("0.9", "1.1", "measures.right"),
        ("0.9", "-0.1", "measures.right"),
        ("0.9", "nan", "measures.right"),
        ("0.9", '"cao"', "measures.right"),
        ("[measures]", "worse_than_release = 'có'\n[measures]", "worse_than_release"),
    ],
)
def test_bad_key_or_value_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(CorpusError) as caught:
        gate_in(tmp_path, GATE.replace(old, new, 1))
    assert caught.value.code == "gate_bad"
    assert caught.value.details["file"] == "gate.toml"
    assert caught.value.details["key"] == key


def test_gate_file_that_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        gate_in(tmp_path, "right: 0.9")
    assert caught.value.code == "gate_bad"


def test_gate_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_gate(tmp_path / "khong-co.toml")
    assert caught.value.code == "file_missing"
