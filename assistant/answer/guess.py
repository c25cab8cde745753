"""The nearest thing, where nothing explains enough of a question: how likely it is meant all the same.

An officer's words are seldom those of the plan, and coverage alone cannot tell "asked in other words" from "not
in the documents". What else speaks for the nearest thing is weighed by a small logistic model, measured on the
cases of eval/ (``troly eval calibrate``); likelihood.json holds it with its card.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from assistant.answer.sought import ABOUT_TASKS
from assistant.find import CLOSE, FoundPassage, FoundTask
from assistant.library import Shelf, passage_heading, task_body, task_heading
from assistant.understand.expectations import NUMBER_TO_CALL, is_amount
from assistant.understand.lexicon import TIMES
from assistant.understand.query import Attribute, Query
from corpus.records import Quality
from corpus.vietnamese import fold
from retrieval.coverage import Sought, evidence

_FRAME = ("letterhead", "signature", "recipients")  # what stands around a text answers no question in other words
LIKELY = 0.62  # from which on the nearest thing is told without a word that what was asked for was not found
MODEL = Path(__file__).with_name("likelihood.json")


@dataclass(frozen=True)
class Signs:
    """What speaks for the nearest thing: its coverage, how far that is ahead of the next of its kind, the
    evidence in it (see retrieval.coverage.Evidence), its score in units of the greatest rarity, and whether the
    question asks of a task, of a day, or for a yes or no.
    """

    coverage: float
    ahead: float
    syllables: float
    pairs: float
    held_pairs: float
    unheld: float
    score: float
    asks_task: float
    asks_day: float
    asks_whether: float


@dataclass(frozen=True)
class Guess:
    """The nearest thing and how likely (0 to 1) it is what was asked for."""

    found: FoundTask | FoundPassage
    signs: Signs
    likelihood: float


@dataclass(frozen=True)
class Model:
    """The logistic model: a weight for each sign, and the likelihood from which on a guess is told."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def likelihood(self, signs: Signs) -> float:
        """How likely (0 to 1) something with these signs is meant."""
        total = self.bias + sum(self.weights[name] * value for name, value in asdict(signs).items())
        return 1 / (1 + math.exp(-total))


@cache
def model() -> Model:
    """The model that ships."""
    held = json.loads(MODEL.read_text(encoding="utf-8"))
    return Model(held["weights"], held["bias"], held["threshold"])


def guess(
    query: Query, shelf: Shelf, sought: Sought, tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]
) -> Guess | None:
    """The nearest task or passage with its likelihood; None where nothing was found."""
    best_task, best_passage = (found[0].coverage if found else 0.0 for found in (tasks, passages))
    ranked: Sequence[FoundTask | FoundPassage] = tasks if tasks and best_task >= best_passage - CLOSE else passages
    if not ranked or (isinstance(ranked[0], FoundPassage) and ranked[0].passage.role in _FRAME):
        return None
    told_by_row = ABOUT_TASKS & set(query.attributes) and not NUMBER_TO_CALL.search(" ".join(query.search))
    if not told_by_row and _lacks(ranked[0], sought):
        return None
    signs = _signs(query, shelf, sought, ranked)
    return Guess(ranked[0], signs, model().likelihood(signs))


def _lacks(found: FoundTask | FoundPassage, sought: Sought) -> bool:
    """Whether a thing holds none of the money, share, name or number that a question asks for."""
    if isinstance(found, FoundTask):
        text = fold(f"{task_body(found.task)} {found.task.product} {found.task.deadline.text}")
    else:
        text = fold(found.passage.text)
    wanted = (p for p in sought.expects if p not in TIMES and not is_amount(p))
    return any(not re.search(pattern, text) for pattern in wanted)


def _signs(query: Query, shelf: Shelf, sought: Sought, ranked: Sequence[FoundTask | FoundPassage]) -> Signs:
    best, *others = ranked
    if isinstance(best, FoundTask):
        held = evidence(sought, task_body(best.task), task_heading(best.task), shelf.index.rarity)
    else:
        passage = best.passage
        damaged = shelf.catalogue.document(passage.document).quality is Quality.OCR
        held = evidence(sought, passage.text, passage_heading(passage), shelf.index.rarity, damaged=damaged)
    return Signs(
        coverage=best.coverage,
        ahead=best.coverage - (others[0].coverage if others else 0.0),
        syllables=held.syllables,
        pairs=held.pairs,
        held_pairs=float(held.held_pairs),
        unheld=held.unheld,
        score=best.score / shelf.index.rarity("\0"),
        asks_task=float(bool(ABOUT_TASKS & set(query.attributes))),
        asks_day=float(Attribute.DEADLINE in query.attributes),
        asks_whether=float(query.whether),
    )
