"""Whose deadlines stand in a calendar: what a person has to see to, and what a unit leads.

An officer sees the unit's tasks but for those that were given to somebody else; heads and leadership see all of them;
everybody sees what was given to them, wherever it comes from.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from assistant.answer.wording import document_name, duty_locator, task_locator
from assistant.catalogue import Catalogue
from assistant.library import Library
from assistant.office import Office
from assistant.readings import note_readings
from assistant.rights import Asker, leads, means
from connectors.calendar import Item, calendar_of, number_of
from connectors.calendar_links import CalendarLinks
from connectors.database import TaskFilter
from corpus.people import Channel, Person, Role, Unit
from corpus.progress import Standing, TaskKey
from corpus.records import DeadlineKind, Document, Origin, Task
from prompts import say

_DATED = (DeadlineKind.DATE, DeadlineKind.MILESTONES, DeadlineKind.RECURRING, DeadlineKind.ON_EVENT)


class CalendarFeeds:
    """The calendars of an office. All raise StoreError."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._office = Office.of(library.store.engine)
        self._links = CalendarLinks(library.store.engine)

    def feed_for(self, token: str, now: dt.datetime) -> bytes | None:
        """The .ics file behind a secret address; None where there is none (any more). ``now`` is UTC."""
        feed = self._links.whose(token)
        if feed is None:
            return None
        whose: Person | Unit | None
        if feed.person:
            whose = self._office.people.get(feed.person)
        else:
            whose = next((unit for unit in self._office.people.units() if unit.id == feed.unit), None)
        person = whose if isinstance(whose, Person) else None
        return None if whose is None else self.calendar(whose, now, Asker(person=person, channel=Channel.WEB))

    def calendar(self, whose: Person | Unit, now: dt.datetime, asker: Asker) -> bytes:
        """The .ics file of a person or a unit. That ``asker`` read internal documents in it goes into the audit log
        first."""
        items = list(self.items(whose))
        note_readings(self._office, asker, (item.document for item in items), now)
        return calendar_of(items, say("calendar.name", whose=name_of(whose)), now)

    def items(self, whose: Person | Unit) -> Iterator[Item]:
        """The tasks and duties of prose whose deadlines a calendar shows, document by document."""
        person = _stand_in(whose)
        given = {s.task: s for s in self._office.progress.assigned_to(whose.id)} if isinstance(whose, Person) else {}
        catalogue = self._library.shelf().catalogue
        for document, tasks in self._led(person):
            for key, task, standing in self._standing(tasks, document):
                if _sees(whose, standing):
                    given.pop(key, None)
                    yield self._item(task, key.row, standing)
        for key, task in self._library.store.tasks_by_row(given).items():
            yield self._item(task, key.row, given[key])
        for duty in self._library.store.duties():
            if leads(person, duty, catalogue):
                yield self._item(duty, _duty_row(duty), None)

    def _led(self, person: Person) -> Iterator[tuple[str, list[Task]]]:
        """By document the tasks with a day that a person's unit leads; what names no such body is not read."""
        catalogue, store = self._library.shelf().catalogue, self._library.store
        for document in catalogue.ids:
            named = catalogue.mentions_in(document)
            bodies = tuple(m.agency_id for m in named if means(m, person, document, catalogue))
            if bodies:
                wanted = TaskFilter(documents=(document,), agencies=bodies, role="lead", kinds=_DATED)
                yield document, [task for task in store.tasks(wanted) if leads(person, task, catalogue)]

    def _standing(self, tasks: list[Task], document: str) -> Iterator[tuple[TaskKey, Task, Standing | None]]:
        standings = self._office.progress.standings_of([document])
        keys = self._library.store.keys_of(tasks)
        for task in tasks:
            if found := keys.get((task.document, task.ordinal)):
                yield found[0], task, standings.get(found[0])

    def _item(self, task: Task, row: str, standing: Standing | None) -> Item:
        catalogue = self._library.shelf().catalogue
        document = catalogue.document(task.document)
        place = duty_locator(task) if task.origin is Origin.PROSE else task_locator(task)
        return Item(
            task=task,
            row=row,
            document=document,
            name=_short_name(document, catalogue),
            place=f"{document_name(catalogue.by_id[document.id])}, {place}",
            standing=standing,
        )


def _short_name(document: Document, catalogue: Catalogue) -> str:
    """What a document is called in few words: "KH 158", "PL KH 226", else as in answers."""
    parent = catalogue.by_id.get(document.annex_of or "")
    if parent is not None and (number := number_of(parent.document)):
        return say("calendar.annex", document=number)
    return number_of(document) or document_name(catalogue.by_id[document.id])


def name_of(whose: Person | Unit) -> str:
    """What a person or a unit is called in a sentence."""
    return whose.name if isinstance(whose, Person) else whose.short


def _stand_in(whose: Person | Unit) -> Person:
    """Somebody with whose eyes to tell which tasks are the unit's: its head, for a unit as a whole."""
    if isinstance(whose, Person):
        return whose
    return Person(id="", name="", unit=whose, role=Role.HEAD)


def _sees(whose: Person | Unit, standing: Standing | None) -> bool:
    if isinstance(whose, Unit) or whose.role is not Role.OFFICER or standing is None:
        return True
    return standing.assignee in (None, whose.id)


def _duty_row(duty: Task) -> str:
    """What names a duty of prose for good: its place and its words."""
    return f"{duty.number}#{hashlib.sha256(duty.title.encode()).hexdigest()[:16]}"
