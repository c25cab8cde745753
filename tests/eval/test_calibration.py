"""Learning when the nearest thing is likely meant."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from assistant.answer.guess import MODEL, Model, Signs
from eval.calibration import MOST_WRONG, Sample, learn

_SIGNS = Signs(
    coverage=0.3,
    ahead=0.1,
    syllables=1.0,
    pairs=0.5,
    held_pairs=1.0,
    unheld=0.3,
    score=2.0,
    asks_task=1.0,
    asks_day=0.0,
    asks_whether=0.0,
)


def _samples(n: int = 200) -> list[Sample]:
    """Things that are meant have more coverage, mostly."""
    rng = Random(5)
    made = []
    for i in range(n):
        right = i % 2 == 0
        coverage = rng.gauss(0.5 if right else 0.25, 0.08)
        made.append(Sample(f"case-{i // 2}", replace(_SIGNS, coverage=coverage), not right, right))
    return made


def test_what_tells_right_from_wrong_gets_the_weight() -> None:
    learned = learn(_samples())
    assert learned.weights["coverage"] > 1
    assert learned.weights["ahead"] == pytest.approx(0)  # the same in all samples
    assert learned.card.area_under_curve > 0.9


def test_the_threshold_holds_wrong_answers_down() -> None:
    card = learn(_samples()).card
    assert card.answered_though_unanswerable <= MOST_WRONG * card.unanswerable
    assert card.answered_rightly > card.right_guesses / 2


def test_a_written_model_is_what_the_assistant_reads(tmp_path: Path) -> None:
    learned = learn(_samples())
    learned.write(tmp_path / "model.json")
    held = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    model = Model(held["weights"], held["bias"], held["threshold"])
    assert model.likelihood(replace(_SIGNS, coverage=0.6)) > model.threshold
    assert model.likelihood(replace(_SIGNS, coverage=0.15)) < model.threshold
    assert held["card"]["cases"] == 100


def test_the_model_that_ships_knows_every_sign() -> None:
    held = json.loads(MODEL.read_text(encoding="utf-8"))
    assert set(held["weights"]) == set(vars(_SIGNS))
    assert 0 < held["threshold"] < 1
