"""Figures of a run: the share of each measure with its interval, and times.

A share is a ratio of sums over questions; its interval (95 %) comes from a bootstrap over cases, since the
variants of one case stand or fall together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from scipy import stats

from corpus.records import Record
from eval.case import tag_labels
from eval.judging import MEASURES
from eval.result import Result, Run

_RESAMPLES = 1000
_SEED = 7
_PERCENTILES = (50, 95, 99)


class Share(Record):
    """``right`` of ``total``, with the ends of its 95 % interval (0 to 1)."""

    right: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.right / self.total


class Figures(Record):
    """All figures of a run. ``measures`` are those of questions as written; ``milliseconds`` percentiles by name."""

    questions: int
    cases: int
    seconds: float
    measures: dict[str, Share]
    everything: dict[str, Share]
    tags: dict[str, Share]
    suites: dict[str, Share]
    variants: dict[str, Share]
    milliseconds: dict[str, float]


def figures(run: Run) -> Figures:
    """The figures of a run."""
    plain = run.plain
    return Figures(
        questions=len(run.results),
        cases=len(run.info.cases),
        seconds=run.info.seconds,
        measures=_measures(plain),
        everything=_measures(run.results),
        tags=_by(plain, lambda result: run.cases[result.case].tags, tag_labels()),
        suites=_by(plain, lambda result: (result.suite,)),
        variants=_by(run.results, lambda result: (result.variant,), run.info.variants),
        milliseconds=_times(plain),
    )


def share(results: Sequence[Result], measure: str = "right") -> Share | None:
    """The share of a measure over results, or None where none of them counts in it."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for result in results:
        right, total = result.measures.get(measure, (0, 0))
        sums[result.case][0] += right
        sums[result.case][1] += total
    pairs = np.array([pair for pair in sums.values() if pair[1]], dtype=float).reshape(-1, 2)
    if not len(pairs):
        return None
    low, high = _interval(pairs[:, 0], pairs[:, 1])
    return Share(right=int(pairs[:, 0].sum()), total=int(pairs[:, 1].sum()), low=low, high=high)


def _interval(right: np.ndarray, total: np.ndarray) -> tuple[float, float]:
    """The 95 % interval of a ratio of sums; a share that is the same in all cases has none."""
    value = float(right.sum() / total.sum())
    if len(right) < 2 or np.all(right / total == value):
        return value, value

    def ratio(a: np.ndarray, b: np.ndarray, axis: int) -> np.ndarray:
        return np.asarray(a.sum(axis=axis) / b.sum(axis=axis))

    found = stats.bootstrap(
        (right, total), ratio, paired=True, vectorized=True, n_resamples=_RESAMPLES, method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval  # fmt: skip
    return round(float(found.low), 4), round(float(found.high), 4)


def _measures(results: Sequence[Result]) -> dict[str, Share]:
    found = {name: share(results, name) for name in MEASURES}
    return {name: value for name, value in found.items() if value is not None}


def _by(
    results: Sequence[Result], keys: Callable[[Result], Iterable[str]], order: Iterable[str] | Mapping[str, str] = ()
) -> dict[str, Share]:
    """The share of right replies in each group, in a given order of groups, the others after it."""
    groups: dict[str, list[Result]] = {key: [] for key in order}
    for result in results:
        for key in keys(result):
            groups.setdefault(key, []).append(result)
    found = {key: share(group) for key, group in groups.items()}
    return {key: value for key, value in found.items() if value is not None}


def _times(results: Sequence[Result]) -> dict[str, float]:
    times = [result.ms for result in results if result.status is not None]
    if not times:
        return {}
    return {f"p{p}": round(float(np.percentile(times, p)), 2) for p in _PERCENTILES} | {"max": max(times)}
