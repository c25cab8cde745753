"""What the sides of a comparison name: tasks by number or by words, or the passages that say it.

Two documents held against each other on one subject are looked through together: of the rows and passages that explain
the subject in each of them, those are told that explain most of it and say it most alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from assistant.answer.measures import asks_amount, due_day
from assistant.answer.quoting import best_of, enough, scope_of
from assistant.answer.session import Session
from assistant.answer.sought import ABOUT_TASKS, in_other_words, more_in_other_words, sought_by
from assistant.answer.tasks import tasks_numbered
from assistant.find import FoundPassage, Telling
from assistant.understand.amounts import amounts_in
from assistant.understand.lexicon import TIMES, TOLD_BY
from assistant.understand.query import Attribute, Comparison, Query, Relation
from corpus.records import Quality, Task
from corpus.vietnamese import fold

Found = Task | FoundPassage

_SAME_COVERAGE = 0.04
_MOST_RIVALS = 2  # more tasks that fit alike: the words are too vague to compare by
_CANDIDATES = 5  # rows and as many passages of a side
_DATED = 0.1  # for each place that names a day, where days are compared
_PAIR = 2
_FLOOR = 0.35  # coverage from which on a place may be the other side of one that explains enough
_ALIKE = 0.25  # how much being alike counts beside how much of the subject both places explain
_OF_ROW, _ROW = 0.2, 0.1  # how much prose must be ahead of a row that says who, what or whom, and of any other
_OF_A_KIND = 0.1  # two rows, or two passages, beside a row and a passage
_DAY = re.compile(r"\bngay \d|(?<![\d/])\d{1,2}/\d{1,2}(?!\d)|\bthang \d|\bquy (?:[ivx]+|\d)\b")
_BY_WORDS_THAT_COMPARE = frozenset({Relation.SAME, Relation.HIGHER, Relation.LOWER, Relation.FIRST, Relation.LAST})


def sides(query: Query, compared: Comparison, session: Session) -> list[tuple[Query, Found]] | None:
    """The sides of a comparison with what they name, by the split that explains them best; None where none does."""
    best: tuple[float, list[tuple[Query, Found]]] = (0.0, [])
    for split in compared.splits:
        found = _named(split, query, compared, session)
        if found is None:
            continue
        surety, things = found
        places = {_place(thing) for thing in things}
        if len(places) == len(things) and surety > best[0]:
            best = surety, list(zip(split, things, strict=True))
    return best[1] or None


def _named(
    split: Sequence[Query], query: Query, compared: Comparison, session: Session
) -> tuple[float, list[Found]] | None:
    """What one way to read the sides finds, with its surety."""
    if all(side.tasks for side in split):
        return _numbered(split, session)
    found = _worded(split, session)
    if not any(side.tasks for side in split) and _of_two_documents(split, session):
        return _paired(split, query, compared, session) or found
    return found


def _of_two_documents(split: Sequence[Query], session: Session) -> bool:
    family = session.shelf.catalogue.family
    families = [set(family(query.documents)) for query in split]
    return len(families) > 1 and all(families) and not set.intersection(*families)


def _place(found: Found) -> tuple[str, str, int]:
    if isinstance(found, Task):
        return "task", found.document, found.ordinal
    return "passage", found.passage.document, found.passage.ordinal


def _numbered(split: Sequence[Query], session: Session) -> tuple[float, list[Found]] | None:
    """The tasks that sides name by number, one each; of several documents the one that holds them all."""
    named = [
        [t for ref in query.tasks for t in tasks_numbered(ref, session.with_tasks(query.documents) or None, session)]
        for query in split
    ]
    if all(len(tasks) == 1 for tasks in named):
        return 1.0, [tasks[0] for tasks in named]
    shared = set.intersection(*({t.document for t in tasks} for tasks in named))
    if len(shared) != 1:
        return None
    held = [[t for t in tasks if t.document in shared] for tasks in named]
    return (1.0, [tasks[0] for tasks in held]) if all(len(tasks) == 1 for tasks in held) else None


def _worded(split: Sequence[Query], session: Session) -> tuple[float, list[Found]] | None:
    """What sides name by words: the task, or the passage where no task says it; with the least surety of all."""
    found = [_best(query, session) for query in split]
    if not all(found):
        return None
    sure = [item for item in found if item]
    return min(surety for surety, _ in sure), [thing for _, thing in sure]


def _best(query: Query, session: Session) -> tuple[float, Found] | None:
    if query.tasks:
        numbered = _numbered((query,), session)
        return (numbered[0], numbered[1][0]) if numbered else None
    sought, scope = sought_by(query), scope_of(query, session)
    tasks = session.find_tasks(sought, scope)
    if tasks and tasks[0].coverage >= enough(query):
        rivals = [f for f in tasks if f.coverage >= tasks[0].coverage - _SAME_COVERAGE]
        return (tasks[0].coverage, tasks[0].task) if len(rivals) <= _MOST_RIVALS else None
    passages = session.find_passages(sought, scope)
    if query.documents and passages and passages[0].coverage >= enough(query):
        return passages[0].coverage, passages[0]
    return None


def _paired(
    split: Sequence[Query], query: Query, compared: Comparison, session: Session
) -> tuple[float, list[Found]] | None:
    """Of each document the place that says the subject, the two most alike; None where none of them explains enough of
    it, or one nearly nothing."""
    by = compared.by or next((a for side in split for a in side.attributes), None)
    offered = [
        [(share, found) for share, found in _offered(side, by, session) if _tells(found, query, compared)]
        for side in split
    ]
    if not all(offered) or len(offered) != _PAIR or not all(side.words for side in split):
        return None
    least = enough(split[0])
    tops = sorted(max(share for share, _ in places) for places in offered)
    if tops[1] < least or (tops[0] < least and compared.relation not in _BY_WORDS_THAT_COMPARE):
        return None
    read_well = all(session.card(id_).quality is not Quality.OCR for side in split for id_ in side.documents)
    one_subject = read_well and split[0].words == split[1].words

    def worth(pair: tuple[tuple[float, Found], tuple[float, Found]]) -> float:
        (first, left), (second, right) = pair
        alike = _ALIKE * _overlap(_text(left), _text(right)) if one_subject else 0.0
        of_a_kind = _OF_A_KIND * (isinstance(left, Task) == isinstance(right, Task))
        dated = sum(_names_day(place) for place in (left, right)) if by is Attribute.DEADLINE else 0
        return first + second + alike + of_a_kind + _DATED * dated

    (first, left), (second, right) = max(product(offered[0], offered[1]), key=worth)
    return (first + second) / 2, [left, right]


def _names_day(found: Found) -> bool:
    if isinstance(found, Task):
        return due_day(found.deadline) is not None
    return _DAY.search(fold(_text(found))) is not None


def _tells(found: Found, query: Query, compared: Comparison) -> bool:
    """Whether a place holds what is compared: an amount, where one is; a day of prose, where days are."""
    if asks_amount(query, compared):
        return any(amounts_in(fold(f"{found.title} {found.product}" if isinstance(found, Task) else _text(found))))
    dated = compared.by is Attribute.DEADLINE and not isinstance(found, Task)
    return not dated or any(re.search(pattern, fold(_text(found))) for pattern in TIMES)


def _offered(query: Query, asked: Attribute | None, session: Session) -> Iterator[tuple[float, Found]]:
    """The rows and passages of a side that may be meant, with how much of it they explain; a row that tells plainly
    who goes before prose, and prose that does not tell it behind."""
    told_by = Telling(*TOLD_BY[asked]) if asked in TOLD_BY else None
    in_rows = asked in ABOUT_TASKS
    typed, scope = sought_by(query), scope_of(query, session)
    for sought, more in ((typed, 0.0), (in_other_words(query, typed), more_in_other_words(query))):
        rows, prose = session.find_tasks(sought, scope), session.find_passages(sought, scope, told_by=told_by)
        for row in rows[:_CANDIDATES]:
            if row.coverage - more >= _FLOOR:
                yield row.coverage - more + (_OF_ROW if in_rows else _ROW), row.task
        for found in prose[:_CANDIDATES]:
            if found.rank - more >= _FLOOR and found.passage.role == "body":
                yield found.rank - more, replace(found, coverage=found.rank)
        if max(best_of(rows), best_of(prose)) >= enough(query):
            return


def _text(found: Found) -> str:
    return found.title if isinstance(found, Task) else found.passage.text


def _overlap(one: str, other: str) -> float:
    """The share of the words of the shorter text that the other one holds."""
    first, second = set(fold(one).split()), set(fold(other).split())
    return len(first & second) / max(1, min(len(first), len(second)))
