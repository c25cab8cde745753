"""Finding by words: the tasks and passages that explain most of what was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library import PASSAGE, TASK, Shelf, passage_heading, task_body, task_heading
from connectors.database import Store
from corpus.records import Passage, Quality, Task
from corpus.vietnamese import fold
from retrieval.coverage import Sought, coverage
from retrieval.words import WordHit

LIMIT = 24
# Share of the question that a text must explain to be an answer; measured on the question sets of tests/ (see
# docs/adr/0005): below it, wrong answers outnumber wrong refusals.
ENOUGH = 0.6
NAMED_BONUS = {"named": 0.1, "context": 0.06, "unit": 0.06}
CLOSE = 0.1
UNTOLD = 0.65
UNASKED_DAMAGE = 0.85


@dataclass(frozen=True)
class FoundTask:
    """A task that explains ``coverage`` (0 to 1) of the question; ``score`` is its BM25 score."""

    task: Task
    coverage: float
    score: float


@dataclass(frozen=True)
class FoundPassage:
    """A passage that explains ``coverage`` (0 to 1) of the question; ``score`` is its BM25 score."""

    passage: Passage
    coverage: float
    score: float
    telling: bool = True

    @property
    def rank(self) -> float:
        """Its coverage, less where it does not tell the attribute asked about."""
        return self.coverage if self.telling else self.coverage * UNTOLD


def find_tasks(store: Store, shelf: Shelf, sought: Sought, documents: Sequence[str] | None = None) -> list[FoundTask]:
    """Tasks by how much of the question they explain, best first."""
    hits = _hits(shelf, sought, TASK, documents)
    tasks = store.tasks_by_key(hits)
    found = [
        FoundTask(
            task,
            coverage(sought, task_body(task), task_heading(task), shelf.index.rarity),
            hits[(task.document, task.ordinal)],
        )
        for task in tasks
    ]
    return sorted(found, key=lambda f: (-round(f.coverage, 2), -f.score))


def find_passages(
    store: Store, shelf: Shelf, sought: Sought, documents: Sequence[str] | None = None, *, telling: str = ""
) -> list[FoundPassage]:
    """Passages by how much of the question they explain, best first.

    ``telling`` is a pattern (folded text) of passages that tell the attribute asked about.
    """
    hits = _hits(shelf, sought, PASSAGE, documents)
    passages = store.passages(hits)
    found = [
        FoundPassage(
            passage,
            _explained(shelf, sought, passage, named=documents is not None),
            hits[_place(passage)],
            telling=not telling or bool(re.search(telling, fold(passage.text))),
        )
        for passage in passages
    ]
    return sorted(found, key=lambda f: (-round(f.rank, 2), -f.score))


def _explained(shelf: Shelf, sought: Sought, passage: Passage, *, named: bool) -> float:
    """Coverage by a passage; one read badly counts a little less where nobody asked for its document."""
    damaged = shelf.catalogue.document(passage.document).quality is Quality.OCR
    share = coverage(sought, passage.text, passage_heading(passage), shelf.index.rarity, damaged=damaged)
    return share if named or not damaged else share * UNASKED_DAMAGE


def _place(passage: Passage) -> tuple[str, int]:
    return passage.document, passage.ordinal


def _hits(shelf: Shelf, sought: Sought, group: str, documents: Sequence[str] | None) -> dict[tuple[str, int], float]:
    found = shelf.index.search(list(sought.ranking), LIMIT, documents=documents, group=group)
    return {_key(hit): hit.score for hit in found}


def _key(hit: WordHit) -> tuple[str, int]:
    document, _, ordinal = hit.key.partition("\t")
    return document, int(ordinal)
