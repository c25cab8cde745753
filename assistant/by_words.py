"""Reports of tasks that are named by their words: "bồi dưỡng kỹ năng số xong rồi"."""

from __future__ import annotations

from itertools import pairwise

from assistant.answer.asker import denied
from assistant.answer.session import Session
from assistant.reports import ref_of
from assistant.rights import Action
from assistant.understand.query import Ask, Query, Step, TaskRef
from assistant.understand.units import documents_of_unit
from corpus.people import Person
from corpus.records import Task
from corpus.vietnamese import words as words_of
from retrieval.coverage import Sought

_FEWEST = 2  # words of a title: one alone may be about anything
_OPENING = 3  # words of a title among which a mere two must stand
_ENOUGH = 0.75  # of the words said


def as_report(query: Query, session: Session) -> Query:
    """The report that a message makes of a task of the person by its words; the query as it was where it makes none."""
    person, update = session.asker.person, query.perhaps
    if update is None or person is None or not person.active:
        return query
    if update.agreed is not None:
        return Query(ask=Ask.UPDATE, update=update)
    steps = [_meant(step, person, session) if step.words else step for step in update.steps]
    if not all(steps):
        return query
    said = update.model_copy(update={"steps": tuple(step for step in steps if step)})
    return Query(ask=Ask.UPDATE, documents=query.documents, documents_from=query.documents_from, update=said)


def _meant(step: Step, person: Person, session: Session) -> Step | None:
    """A step with the tasks that its words mean; None where they mean none."""
    documents = step.documents or documents_of_unit(person.unit.name, session.shelf.catalogue) or None
    sought = Sought(step.words, step.words, step.words)
    found = [(_share(step.words, f.task), f.task) for f in session.find_tasks(sought, documents)]
    own = [(share, task) for share, task in found if share and denied(session, Action.REPORT, task) is None]
    best = max((share for share, _ in own), default=0.0)
    among: tuple[TaskRef, ...] = tuple(ref_of(session.view(task)) for share, task in own if share == best)
    return step.model_copy(update={"tasks": among, "one_of": True}) if among else None


def _share(words: tuple[str, ...], task: Task) -> float:
    """How many of some words stand in the title of a task, as a share; 0 where they are too few."""
    title = words_of(task.title)
    pairs = set(pairwise(title))
    held = [word for word in words if word in title]
    together = any(pair in pairs for pair in pairwise(words))
    share = len(held) / len(words)
    few = len(held) == _FEWEST and not set(held) <= set(title[:_OPENING])
    return share if len(held) >= _FEWEST and together and share >= _ENOUGH and not few else 0.0
