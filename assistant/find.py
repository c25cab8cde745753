"""Finding: the tasks and passages that explain most of what was asked; words propose them, and meaning where it can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from assistant.library import PASSAGE, TASK, Shelf, passage_heading, task_body, task_heading
from assistant.understand.lexicon import TIMES, WHENEVER
from corpus.records import DeadlineKind, Passage, Quality, Task
from corpus.vietnamese import fold
from retrieval.coverage import Sought, coverage
from retrieval.search import Hit, search
from retrieval.thesaurus import Phrase
from retrieval.tokens import pairs

LIMIT = 24
# Share of the question that a text must explain to be an answer; measured on the question sets of tests/ (see
# docs/adr/0005): below it, wrong answers outnumber wrong refusals.
ENOUGH = 0.6
OTHER_WORDS_MORE = 0.1  # more, where other words stand for those that were typed
UNACCENTED_MORE = 0.12  # the same where they were typed without accents, so that each may be several words
NAMED_BONUS = {"named": 0.1, "context": 0.06, "unit": 0.06}
CLOSE = 0.1
TOLD_FIRST = 1.1
UNTOLD = 0.65
TOLD_ABOVE = 0.95
TOLD_OTHERWISE = 0.85
UNASKED_DAMAGE = 0.85
_FEW = 2  # words
_CHARGE = re.compile(r"\W*(?:chu tri|phoi hop) ?:")
_WHENEVER = frozenset({WHENEVER})
_DATED = frozenset({DeadlineKind.DATE, DeadlineKind.MILESTONES})


@dataclass(frozen=True)
class FoundTask:
    """A task that explains ``coverage`` (0 to 1) of the question; ``score`` orders those that explain as much."""

    task: Task
    coverage: float
    score: float


@dataclass(frozen=True)
class FoundPassage:
    """A passage that explains ``coverage`` (0 to 1) of the question; ``score`` orders those that explain as much."""

    passage: Passage
    coverage: float
    score: float
    telling: float = 1.0

    @property
    def rank(self) -> float:
        """Its coverage, less where it does not tell the attribute asked about."""
        return min(1.0, self.coverage * self.telling)


@dataclass(frozen=True)
class Telling:
    """Patterns, of folded text, by which passages tell an attribute: ``plainly``, by ``otherwise`` other words, or by
    the heading ``above`` them."""

    plainly: str
    otherwise: str
    above: str = ""


def find_tasks(shelf: Shelf, sought: Sought, documents: Sequence[str] | None = None) -> list[FoundTask]:
    """Tasks by how much of the question they explain, best first."""
    hits = _hits(shelf, sought, TASK, documents)
    timeless = {told: _without(sought, told) for told in (frozenset(), _WHENEVER, TIMES)}
    tasks = shelf.records.tasks_by_key(hits)
    found = [
        FoundTask(
            task,
            coverage(
                timeless[_times_told(task)],
                task_body(task),
                task_heading(task),
                shelf.index.rarity,
            ),
            hits[(task.document, task.ordinal)],
        )
        for task in tasks
    ]
    return sorted(found, key=lambda f: (-round(f.coverage, 2), -f.score))


def _times_told(task: Task) -> frozenset[str]:
    """The patterns for a day that a row answers however it is written: it sets days, or an event where no day is asked
    for, or leaves its deadline out, which is an answer too."""
    if task.deadline.kind in _DATED or not task.deadline.text.strip():
        return TIMES
    return _WHENEVER if task.deadline.kind is DeadlineKind.ON_EVENT else frozenset()


def _without(sought: Sought, told: frozenset[str]) -> Sought:
    """What is sought without some of its patterns; itself where it has none of them."""
    if told.isdisjoint(sought.expects):
        return sought
    return replace(sought, expects=tuple(pattern for pattern in sought.expects if pattern not in told))


def find_passages(
    shelf: Shelf,
    sought: Sought,
    documents: Sequence[str] | None = None,
    *,
    told_by: Telling | None = None,
) -> list[FoundPassage]:
    """Passages by how much of the question they explain, best first.

    ``told_by``: how passages tell the attribute asked about, None where none is.
    """
    hits = _hits(shelf, sought, PASSAGE, documents)
    passages = shelf.records.passages(hits)
    if told_by is not None:
        passages += [p for p in _charges(shelf, passages, told_by.plainly) if _place(p) not in hits]
    found = [
        FoundPassage(
            passage,
            _explained(shelf, sought, passage, named=documents is not None),
            hits.get(_place(passage), 0.0),
            telling=_telling(passage, told_by),
        )
        for passage in passages
    ]
    return sorted(found, key=lambda f: (f.coverage < ENOUGH, -round(f.rank, 2), -f.score))


def _charges(shelf: Shelf, passages: Sequence[Passage], plainly: str) -> list[Passage]:
    """The lines that say for a whole part who has it in charge ("Chủ trì: Phòng Kinh tế"), in the parts of passages."""
    parts = {(p.document, part_of(p)) for p in passages}
    lines = (line for document in {p.document for p in passages} for line in _lines_of_charge(shelf, document))
    return [p for p in lines if (p.document, part_of(p)) in parts and re.match(rf"\W*{plainly} ?:", fold(p.text))]


def _lines_of_charge(shelf: Shelf, document: str) -> Sequence[Passage]:
    """The lines of a document that name a role and after a colon who has it; worked out once."""
    key = ("charge", document)
    if key not in shelf.kept:
        shelf.kept[key] = [p for p in shelf.records.passages_of(document) if _CHARGE.match(fold(p.text))]
    return cast("Sequence[Passage]", shelf.kept[key])


def part_of(passage: Passage) -> str:
    """The part of the outline that a passage stands in, with the parts beside its own ("II.6" of "II.6.3")."""
    return passage.path.rpartition(".")[0]


def _explained(shelf: Shelf, sought: Sought, passage: Passage, *, named: bool) -> float:
    """Coverage by a passage; one read badly counts a little less where nobody asked for its document."""
    damaged = shelf.catalogue.document(passage.document).quality is Quality.OCR
    share = coverage(sought, passage.text, passage_heading(passage), shelf.index.rarity, damaged=damaged)
    return share if named or not damaged else share * UNASKED_DAMAGE


def _telling(passage: Passage, told_by: Telling | None) -> float:
    """How well a passage tells the attribute asked about (1 = plainly, or none is asked about)."""
    if told_by is None:
        return 1.0
    words = fold(passage.text)
    if re.match(rf"\W*{told_by.plainly}", words):
        return TOLD_FIRST
    if re.search(told_by.plainly, words):
        return 1.0
    if told_by.above and passage.headings and re.match(told_by.above, fold(passage.headings[-1])):
        return TOLD_ABOVE
    return TOLD_OTHERWISE if re.search(told_by.otherwise, words) else UNTOLD


def _place(passage: Passage) -> tuple[str, int]:
    return passage.document, passage.ordinal


def _hits(shelf: Shelf, sought: Sought, group: str, documents: Sequence[str] | None) -> dict[tuple[str, int], float]:
    also = [term for s in sought.substitutes for phrase in s.phrases for term in _terms(phrase)]
    named = [word for word in sought.words if word]
    if len(named) <= _FEW:  # so few words find little: what may stand for them is looked for, too
        also += [term for word in named for term in sought.synonyms.get(word, ())]
    tokens = list(sought.ranking)
    found = search(shelf.index, shelf.meaning, tokens, _spelled(sought), group, LIMIT, also=also, documents=documents)
    return {_key(hit): hit.score for hit in found}


def _spelled(sought: Sought) -> str:
    """The words by which is ranked, with accents where they were typed: what a language model reads."""
    typed = {word: form for word, form in zip(sought.words, sought.accented, strict=False) if form}
    return " ".join(typed.get(word, word) for word in sought.ranking)


def _terms(phrase: Phrase) -> Sequence[str]:
    """The terms by which the index finds a phrase: its pairs, or its only word."""
    return pairs(list(phrase.words)) or phrase.words


def _key(hit: Hit) -> tuple[str, int]:
    document, _, ordinal = hit.key.partition("\t")
    return document, int(ordinal)
