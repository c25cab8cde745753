"""What answering one question needs at hand, and what was found on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.answer.guess import Guess, model
from assistant.answer.wording import cite_task, document_name, task_values
from assistant.catalogue import Card
from assistant.find import FoundPassage, FoundTask, Telling, find_passages, find_tasks
from assistant.library import Shelf
from assistant.office import Office
from assistant.reply import Citation, TaskView, view_task
from assistant.rights import Asker
from assistant.understand.query import Planned
from connectors.database import Store, TaskFilter
from corpus.progress import Standing, TaskKey
from corpus.records import Task
from retrieval.coverage import Sought

MOST_TASKS = 500  # of several documents: nobody reads more, so which document is meant is asked back


class TooManyTasks(Exception):
    """More tasks fit a question than anybody reads: ``spread`` says how many in which documents."""

    def __init__(self, spread: Mapping[str, int]) -> None:
        super().__init__(f"{sum(spread.values())} tasks in {len(spread)} documents")
        self.spread = spread


@dataclass
class Session:
    """The store and its shelf at one revision, who asks, and the day and the moment (UTC) of a question; texts of
    documents are read once.

    ``asked`` is the message as it came, to be said again for one document. ``guess_from`` is the likelihood from which
    on the nearest thing is told where nothing explains enough of the question (None = as measured). ``found`` keeps
    what was found by words and ``guess`` the nearest thing, where it came to that, for ``troly explain``.
    """

    store: Store
    shelf: Shelf
    today: dt.date
    office: Office
    asker: Asker
    now: dt.datetime
    asked: str = ""
    guess_from: float | None = None
    guess: Guess | None = None
    found: list[FoundTask | FoundPassage] = field(default_factory=list)
    pending: tuple[Planned, ...] = ()  # changes that wait for a yes
    viewed: dict[TaskView, Task] = field(default_factory=dict)  # the tasks behind the views that a reply may hold
    names: dict[str, str] = field(default_factory=dict)  # of people, by id
    keys: dict[tuple[str, int], TaskKey] = field(default_factory=dict)  # of tasks by (document, ordinal)
    stands: dict[TaskKey, Standing | None] = field(default_factory=dict)  # as far as looked up
    left_out: frozenset[str] = frozenset()  # documents that another one has replaced

    @property
    def least_likelihood(self) -> float:
        """The likelihood from which on the nearest thing is told."""
        return model().threshold if self.guess_from is None else self.guess_from

    def tasks(self, wanted: TaskFilter) -> list[Task]:
        """The tasks that a filter keeps. Raises TooManyTasks where several documents hold more than anybody reads."""
        if self.shelf.catalogue.tasks > MOST_TASKS and (wanted.documents is None or len(wanted.documents) > 1):
            spread = self.store.spread(wanted)
            if sum(spread.values()) > MOST_TASKS and len(spread) > 1:
                raise TooManyTasks(spread)
        return [task for task in self.shelf.records.tasks(wanted) if task.document not in self.left_out]

    def find_tasks(self, sought: Sought, documents: Sequence[str] | None = None) -> list[FoundTask]:
        """Tasks by how much of the question they explain, best first."""
        found = find_tasks(self.shelf, sought, documents)
        found = [one for one in found if one.task.document not in self.left_out]
        self.found.extend(found)
        return found

    def find_passages(
        self, sought: Sought, documents: Sequence[str] | None = None, *, told_by: Telling | None = None
    ) -> list[FoundPassage]:
        """Passages by how much of the question they explain, best first."""
        found = find_passages(self.shelf, sought, documents, told_by=told_by)
        found = [one for one in found if one.passage.document not in self.left_out]
        self.found.extend(found)
        return found

    def text_of(self, document: str) -> str:
        """The text of a document as received."""
        return self.shelf.records.text_of(document)

    def card(self, document: str) -> Card:
        return self.shelf.catalogue.by_id[document]

    def name(self, document: str) -> str:
        """What a document is called in a sentence."""
        return document_name(self.card(document))

    def values(self, task: Task) -> dict[str, Any]:
        """A task's values for the sentences of prompts/."""
        return task_values(task, self.card(task.document), self.today)

    def view(self, task: Task) -> TaskView:
        view = view_task(task, self.today)
        self.viewed[view] = task
        return view

    def cite(self, task: Task) -> Citation:
        return cite_task(task, self.text_of(task.document))

    def with_tasks(self, documents: tuple[str, ...]) -> tuple[str, ...]:
        """The documents of a family that hold tasks, or could not be read into them."""
        catalogue = self.shelf.catalogue
        return tuple(d for d in catalogue.family(documents) if catalogue.by_id[d].tasks)

    def unreadable(self, documents: tuple[str, ...] | None) -> list[Card]:
        """The documents whose assignment table was lost: tasks declared, none read."""
        return [card for card in self.shelf.catalogue.unreadable if documents is None or card.id in documents]
