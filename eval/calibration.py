"""Learning when the nearest thing is likely meant: the weights of assistant/answer/likelihood.json, from the cases.

Every case is asked with each nearest thing told, however unlikely; where it is told, the judge says whether that
was right. A logistic regression over its signs is fitted to these; cross-validation by case gives the two kinds of
error, and the threshold is the lowest that wrongly answers at most a given share of what the documents do not hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answer.guess import Signs
from assistant.reply import Status
from corpus.records import Record
from corpus.vietnamese import fold
from eval.case import Case, load_suites
from eval.examiner import Examiner
from eval.judging import judge
from eval.run import Order, ready

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

MOST_WRONG = 0.15  # of the nearest things told where the documents hold nothing, the share that a guess may tell
_FOLDS = 8
_REGULARIZATION = 0.3  # scikit-learn's C


@dataclass(frozen=True)
class Sample:
    """A nearest thing that was told: the case, its signs, whether the case wants no answer, whether it was right."""

    case: str
    signs: Signs
    unanswerable: bool
    right: bool


class Card(Record):
    """What a model was learned from and how it does on cases that it did not see (cross-validation by case)."""

    cases: int
    guesses: int
    right_guesses: int
    unanswerable: int
    area_under_curve: float
    threshold: float
    answered_rightly: int
    answered_wrongly: int
    answered_though_unanswerable: int


@dataclass(frozen=True)
class Learned:
    """A model with its card."""

    weights: dict[str, float]
    bias: float
    card: Card

    def as_json(self) -> dict[str, Any]:
        """The model as the assistant reads it."""
        return {
            "weights": {name: round(weight, 3) for name, weight in self.weights.items()},
            "bias": round(self.bias, 3),
            "threshold": self.card.threshold,
            "card": self.card.model_dump(exclude={"threshold"}),
        }

    def write(self, path: Path) -> None:
        """Writes the model where the assistant reads it."""
        path.write_text(json.dumps(self.as_json(), indent=2) + "\n", encoding="utf-8")


def samples(order: Order, step: Callable[[int, int], None]) -> list[Sample]:
    """Asks the cases of an order, as typed and without accents, and judges every nearest thing told.

    Raises CaseError, CorpusError.
    """
    suites = load_suites(order.cases, order.documents)
    total, done = sum(len(suite.cases) for suite in suites), 0
    found: list[Sample] = []
    with ready(suites, order) as homes:
        for suite, home in zip(suites, homes, strict=True):
            examiner = Examiner(home, guess_from=0.0)
            for case in suite.cases:
                found += _of_case(case, examiner)
                step(done := done + 1, total)
    return found


def learn(found: Sequence[Sample]) -> Learned:
    """The model that fits the samples, with its figures by cross-validation."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict

    names = list(asdict(found[0].signs))
    signs = np.array([[asdict(s.signs)[name] for name in names] for s in found])
    right = np.array([s.right for s in found])
    unanswerable = np.array([s.unanswerable for s in found])
    cases = [s.case for s in found]
    held_out = cross_val_predict(_model(), signs, right, groups=cases, cv=GroupKFold(_FOLDS), method="predict_proba")[
        :, 1
    ]
    threshold = _threshold(held_out, unanswerable)
    fitted = _model().fit(signs, right)
    scaler, regression = fitted[0], fitted[-1]
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - weights @ scaler.mean_)
    told = held_out >= threshold
    card = Card(
        cases=len(set(cases)),
        guesses=len(found),
        right_guesses=int(right.sum()),
        unanswerable=int(unanswerable.sum()),
        area_under_curve=round(float(roc_auc_score(right, held_out)), 3),
        threshold=round(threshold, 3),
        answered_rightly=int((told & right).sum()),
        answered_wrongly=int((told & ~right & ~unanswerable).sum()),
        answered_though_unanswerable=int((told & unanswerable).sum()),
    )
    return Learned(dict(zip(names, map(float, weights), strict=True)), bias, card)


def _of_case(case: Case, examiner: Examiner) -> Iterator[Sample]:
    for turns in dict.fromkeys((case.turns, tuple(fold(turn) for turn in case.turns))):
        explanation = examiner.converse(case, turns)
        if explanation.session.guess is not None:
            right = not judge(explanation.reply, case, examiner.source).faults
            yield Sample(case.id, explanation.session.guess.signs, Status.ANSWERED not in case.status, right)


def _model() -> Pipeline:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=_REGULARIZATION))


def _threshold(likelihoods: np.ndarray, unanswerable: np.ndarray) -> float:
    """The lowest threshold, halfway between two likelihoods, that keeps wrong answers within MOST_WRONG."""
    allowed = int(MOST_WRONG * unanswerable.sum())
    ordered = sorted(likelihoods, reverse=True)
    best = float(ordered[0])
    for above, below in pairwise(ordered):
        middle = (above + below) / 2
        if (likelihoods[unanswerable] >= middle).sum() > allowed:
            break
        best = float(middle)
    return best
