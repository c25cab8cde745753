"""Comparing two runs, or a run with a release: what was fixed, what broke, and whether it is more than chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import ValidationError
from scipy import stats

from corpus.errors import CorpusError
from corpus.records import Record
from eval.result import Run

RELEASES = Path(__file__).with_name("releases")
SIGNIFICANT = 0.05
_PERMUTATIONS = 9999
_SEED = 7


class Release(Record):
    """Which questions a released version answered rightly: for each case a sign a variant, in the order of
    ``variants``: "1" right, "0" wrong, "-" not asked.
    """

    name: str
    variants: tuple[str, ...]
    cases: dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """Whether each question, by case and variant, was answered rightly."""

    name: str
    right: Mapping[tuple[str, str], bool]


class Side(Record):
    """Right replies of both sides to the same questions."""

    before: int
    after: int
    total: int


class Comparison(Record):
    """Two outcomes on the questions that both were asked; ``fixed`` and ``broke`` name questions "case+variant".

    ``p_value``: how often chance alone would make a difference as great (sign-flip permutation test, paired by
    case, since the variants of a case stand or fall together).
    """

    before: str
    after: str
    all: Side
    variants: dict[str, Side]
    fixed: tuple[str, ...]
    broke: tuple[str, ...]
    only_before: int
    only_after: int
    p_value: float

    @property
    def is_worse(self) -> bool:
        """Whether the later one is worse by more than chance."""
        return self.all.after < self.all.before and self.p_value < SIGNIFICANT

    @property
    def is_better(self) -> bool:
        """Whether the later one is better by more than chance."""
        return self.all.after > self.all.before and self.p_value < SIGNIFICANT


def outcome_of(run: Run) -> Outcome:
    """The outcome of a run."""
    return Outcome(run.info.name, {(r.case, r.variant): r.right for r in run.results})


def compare(before: Outcome, after: Outcome) -> Comparison:
    """Compares two outcomes. Raises CorpusError where they have no question in common."""
    common = [question for question in before.right if question in after.right]
    if not common:
        raise CorpusError("runs_have_nothing_in_common", before=before.name, after=after.name)
    return Comparison(
        before=before.name,
        after=after.name,
        all=_side(common, before, after),
        variants={v: _side([q for q in common if q[1] == v], before, after) for v in _variants(common)},
        fixed=_named(q for q in common if after.right[q] and not before.right[q]),
        broke=_named(q for q in common if before.right[q] and not after.right[q]),
        only_before=len(before.right) - len(common),
        only_after=len(after.right) - len(common),
        p_value=_p_value(common, before, after),
    )


def _variants(questions: Iterable[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(variant for _, variant in questions))


def _named(questions: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple("+".join(question) for question in questions)


def _side(questions: Sequence[tuple[str, str]], before: Outcome, after: Outcome) -> Side:
    return Side(
        before=sum(before.right[q] for q in questions),
        after=sum(after.right[q] for q in questions),
        total=len(questions),
    )


def _p_value(questions: Sequence[tuple[str, str]], before: Outcome, after: Outcome) -> float:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for question in questions:
        sums[question[0]][0] += before.right[question]
        sums[question[0]][1] += after.right[question]
    changed = np.array([pair for pair in sums.values() if pair[0] != pair[1]], dtype=float)
    if len(changed) < 2:  # one case may go either way
        return 1.0

    def difference(a: np.ndarray, b: np.ndarray, axis: int) -> np.ndarray:
        return np.asarray((b - a).sum(axis=axis))

    test = stats.permutation_test(
        (changed[:, 0], changed[:, 1]), difference, permutation_type="samples", vectorized=True,
        n_resamples=_PERMUTATIONS, rng=np.random.default_rng(_SEED),
    )  # fmt: skip
    return round(float(test.pvalue), 4)


def release_of(run: Run, name: str) -> Release:
    """What a release keeps of a run."""
    right = {(r.case, r.variant): r.right for r in run.results}
    signs = {True: "1", False: "0", None: "-"}
    variants = run.info.variants
    return Release(
        name=name,
        variants=variants,
        cases={c.id: "".join(signs[right.get((c.id, v))] for v in variants) for c in run.info.cases},
    )


def outcome_of_release(release: Release) -> Outcome:
    """The outcome of a release."""
    return Outcome(
        release.name,
        {
            (case, variant): sign == "1"
            for case, signs in release.cases.items()
            for variant, sign in zip(release.variants, signs, strict=True)
            if sign != "-"
        },
    )


def last_release(folder: Path = RELEASES) -> Release | None:
    """The newest release that is kept, by its version number; None where there is none yet."""
    files = sorted(folder.glob("*.json"), key=lambda path: _version_key(path.stem))
    return read_release(files[-1]) if files else None


def _version_key(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if part.isdigit())


def read_release(path: Path) -> Release:
    """A release from its file. Raises CorpusError."""
    try:
        return Release.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise CorpusError("run_unreadable", run=str(path)) from error


def write_release(release: Release, folder: Path = RELEASES) -> Path:
    """Keeps a release, a line a case, so that a change of it can be read."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{release.name}.json"
    path.write_text(release.model_dump_json(indent=0) + "\n", encoding="utf-8")
    return path
