"""Shares with their intervals, by measure, way of typing and tag; times."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.figures import Share, figures, share
from eval.result import Result
from tests.eval.records import make_case, make_result, make_run


def results(*right: bool, variants: tuple[str, ...] = ("plain",)) -> list[Result]:
    """A case for each value, right or wrong in all its variants."""
    return [make_result(f"c{i}", right=r, variant=v) for i, r in enumerate(right) for v in variants]


def test_share_is_a_ratio_of_sums() -> None:
    found = share(
        [make_result("a", measures={"sources": (1, 4)}), make_result("b", measures={"sources": (1, 1)})], "sources"
    )
    assert found is not None
    assert (found.right, found.total, found.value) == (2, 5, 0.4)


def test_replies_of_which_a_case_does_not_speak_do_not_count() -> None:
    asked = [make_result("a", measures={"facts": (1, 1)}), make_result("b", measures={"right": (0, 1)})]
    assert share(asked, "facts") == Share(right=1, total=1, low=1, high=1)
    assert share(asked, "sources") is None
    assert share([]) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
@settings(derandomize=True, max_examples=40, deadline=None)
def test_interval_holds_the_share(pairs: list[tuple[int, int]]) -> None:
    asked = [make_result(f"c{i}", measures={"facts": (min(p), max(p))}) for i, p in enumerate(pairs)]
    found = share(asked, "facts")
    if not any(max(pair) for pair in pairs):
        assert found is None
        return
    assert found is not None
    assert 0 <= found.low <= found.value + 1e-4
    assert found.value - 1e-4 <= found.high <= 1


@pytest.mark.parametrize(("right", "value"), [((True,), 1), ((False,), 0), ((True,) * 9, 1), ((False,) * 9, 0)])
def test_share_that_is_the_same_everywhere_has_no_interval(right: tuple[bool, ...], value: float) -> None:
    found = share(results(*right))
    assert found is not None
    assert (found.low, found.high) == (value, value)


def test_more_cases_make_the_interval_narrower() -> None:
    few, many = share(results(*[True, False] * 8)), share(results(*[True, False] * 200))
    assert few is not None
    assert many is not None
    assert few.low < 0.4 < many.low < 0.5 < many.high < 0.6 < few.high


def test_variants_of_a_case_count_as_one_when_chance_is_weighed() -> None:
    """Ten cases asked in ten ways are not a hundred cases."""
    ways = tuple(f"w{i}" for i in range(10))
    once, ten_ways = share(results(*[True, False] * 5)), share(results(*[True, False] * 5, variants=ways))
    hundred = share(results(*[True, False] * 50))
    assert once is not None
    assert ten_ways is not None
    assert hundred is not None
    assert ten_ways.total == 100
    assert (ten_ways.low, ten_ways.high) == (once.low, once.high)
    assert ten_ways.high - ten_ways.low > 2 * (hundred.high - hundred.low)


def test_same_results_give_the_same_figures() -> None:
    run = make_run(results(*[True, False, True] * 5))
    assert figures(run) == figures(run)


def test_groups() -> None:
    cases = [make_case("a", tags=["number", "lead"]), make_case("b", tags=["list", "lead"])]
    run = make_run(
        [
            make_result("a"),
            make_result("a", variant="folded", right=False),
            make_result("b", right=False, suite="xa"),
            make_result("b", variant="folded", suite="xa"),
        ],
        cases,
        ("plain", "folded"),
    )
    found = figures(run)
    assert (found.questions, found.cases, found.seconds) == (4, 2, 1.5)
    assert {name: (s.right, s.total) for name, s in found.tags.items()} == {
        "number": (1, 1), "list": (0, 1), "lead": (1, 2),
    }  # fmt: skip
    assert {name: (s.right, s.total) for name, s in found.suites.items()} == {"shipped": (1, 1), "xa": (0, 1)}
    assert {name: (s.right, s.total) for name, s in found.variants.items()} == {"plain": (1, 2), "folded": (1, 2)}
    assert found.measures["right"].total == 2
    assert found.everything["right"].total == 4


def test_variants_stand_in_the_order_of_the_run() -> None:
    run = make_run(results(True, variants=("nfd", "plain", "folded")), variants=("plain", "folded", "nfd"))
    assert list(figures(run).variants) == ["plain", "folded", "nfd"]


def test_percentiles_of_questions_as_written() -> None:
    timed = [make_result(f"c{i}", ms=float(i)) for i in range(1, 102)]
    slow = [make_result("c1", variant="folded", ms=9999.0), make_result("c102", ms=7777.0, status=None, right=False)]
    found = figures(make_run([*timed, *slow])).milliseconds
    assert found == {"p50": 51.0, "p95": 96.0, "p99": 100.0, "max": 101.0}


def test_run_in_which_all_crashed_has_no_times() -> None:
    assert figures(make_run([make_result(status=None, right=False)])).milliseconds == {}
