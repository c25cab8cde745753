"""Who may see and who may change what: the one place where that is decided. docs/rights.md has it as a table."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import partial

from pydantic import Field

from assistant.catalogue import Card, Catalogue, places_in
from corpus.people import Channel, Person, Role
from corpus.progress import Entry
from corpus.records import AgencyMention, Record, Task
from corpus.vietnamese import fold


class Asker(Record):
    """Who sends a message. ``person`` is None for an account that belongs to nobody of the office; ``local`` marks the
    machine's own terminal, from which everything can be seen and the office be run, but no task be changed unnamed."""

    person: Person | None = None
    channel: Channel = Channel.CLI
    account: str = ""
    local: bool = False

    @property
    def id(self) -> str | None:
        return self.person.id if self.person else None


TERMINAL = Asker(local=True)


class Action(StrEnum):
    SEE_PUBLIC = "see_public"
    SEE_INTERNAL = "see_internal"
    SEE_PROGRESS = "see_progress"
    REPORT = "report"  # how far a task is, that it is done
    EXTEND = "extend"  # to ask for more time
    STOP = "stop"
    ASSIGN = "assign"  # to somebody of the unit
    UNDO = "undo"
    SEE_AUDIT = "see_audit"
    EXCHANGE_LISTS = "exchange_lists"
    MANAGE_PEOPLE = "manage_people"
    SEE_FEEDBACK = "see_feedback"  # what people said of answers
    KEEP = "keep"  # backup, restore, export and erase


class Denial(Record):
    """Why not; ``code`` names the sentence in prompts/rights.j2."""

    code: str
    details: dict[str, str] = Field(default_factory=dict)


_SEEING = frozenset({Action.SEE_INTERNAL, Action.SEE_PROGRESS})
_CHANGING = frozenset({Action.REPORT, Action.EXTEND, Action.STOP, Action.ASSIGN, Action.UNDO})
_OF_HEADS = frozenset({Action.STOP, Action.ASSIGN})
# What is done for the office as a whole, and by whom.
_OFFICE = {
    Action.SEE_AUDIT: frozenset({Role.LEADERSHIP, Role.IT}),
    Action.EXCHANGE_LISTS: frozenset({Role.HEAD, Role.LEADERSHIP, Role.IT}),
    Action.MANAGE_PEOPLE: frozenset({Role.IT}),
    Action.SEE_FEEDBACK: frozenset({Role.IT}),
    Action.KEEP: frozenset({Role.IT}),
}


def denial(
    asker: Asker,
    action: Action,
    *,
    task: Task | None = None,
    catalogue: Catalogue | None = None,
    entry: Entry | None = None,
    assignee: str | None = None,
) -> Denial | None:
    """Why an asker may not do something; None where they may.

    A change needs ``task`` and ``catalogue``; taking back a change its ``entry``. ``assignee`` is the id of the person
    to whom the task was given.
    """
    person = asker.person
    if person is not None and not person.active:
        person = None
    if action is Action.SEE_PUBLIC or (asker.local and person is None and action not in _CHANGING):
        return None
    if person is None:
        return denial_of_stranger(asker)
    if action in _SEEING:
        return None
    if action in _OFFICE:
        return None if person.role in _OFFICE[action] else Denial(code="role")
    if task is None or catalogue is None:
        raise ValueError("a change is of a task")
    return _denied_change(person, action, task, catalogue, entry, assignee)


def denial_of_stranger(asker: Asker) -> Denial:
    """Why not, for somebody who is nobody of the office as far as is known; it says how they can be known, if they
    can."""
    if asker.local:
        return Denial(code="unnamed")
    return Denial(code="no_account" if asker.channel is Channel.WEB and not asker.account else "unknown")


def _denied_change(
    person: Person, action: Action, task: Task, catalogue: Catalogue, entry: Entry | None, assignee: str | None
) -> Denial | None:
    own = leads(person, task, catalogue)
    if person.role is Role.IT:
        return Denial(code="it")
    if person.role is Role.LEADERSHIP:
        of_office = own or is_of_office(person, catalogue.by_id[task.document])
        return None if of_office else _not_own(person, task)
    if not own and not (assignee == person.id and action not in _OF_HEADS):
        return _not_own(person, task)
    if action in _OF_HEADS and person.role is not Role.HEAD:
        return Denial(code="head")
    if action is Action.UNDO and entry is not None and entry.by != person.id and person.role is not Role.HEAD:
        return Denial(code="undo")
    return None


def _not_own(person: Person, task: Task) -> Denial:
    names = "; ".join(mention.name for mention in task.lead)
    return Denial(code="unit", details={"unit": person.unit.short, "lead": names})


def leads(person: Person, task: Task, catalogue: Catalogue) -> bool:
    """Whether a person's unit leads a task, by its own name or as one of those that an expression stands for."""
    return any(means(mention, person, task.document, catalogue) for mention in task.lead)


def takes_part(person: Person, task: Task, catalogue: Catalogue) -> bool:
    """Whether a person's unit leads or coordinates a task."""
    stands = partial(means, person=person, document=task.document, catalogue=catalogue)
    return any(stands(mention) for mention in (*task.lead, *task.coordinate))


def is_of_office(person: Person, card: Card) -> bool:
    """Whether a document is one of the person's own office, as far as both say of which place they are."""
    places = places_in(person.unit.name)
    if not places or card.own_place is None or card.own_place.name is None:
        return True
    return card.own_place.name == places[0].name and card.own_place.is_city == places[0].is_city


def means(mention: AgencyMention, person: Person, document: str, catalogue: Catalogue) -> bool:
    """Whether a document's words mean a person's unit: in those of the own office by name, from above as a whole."""
    if not is_of_office(person, catalogue.by_id[document]):
        return _is_share(mention, person, catalogue)
    if fold(mention.name) == fold(person.unit.short):
        return True
    own = set(_bodies(person.unit.short, catalogue))
    if mention.agency_id in own:
        return True
    return mention.collective and _includes(mention, own, catalogue)


def _is_share(mention: AgencyMention, person: Person, catalogue: Catalogue) -> bool:
    """Whether a task from above goes to the person's office as a whole ("UBND các xã, phường"): its heads and
    leadership answer for that."""
    if person.role not in (Role.HEAD, Role.LEADERSHIP) or not mention.collective:
        return False
    return _includes(mention, set(_bodies(person.unit.office, catalogue)), catalogue)


def _bodies(name: str, catalogue: Catalogue) -> Iterator[str]:
    """The ids of the body that a name begins with."""
    found = catalogue.agencies.find(name)
    if found and found[0].start == 0:
        yield found[0].agency.id


def _includes(mention: AgencyMention, members: set[str], catalogue: Catalogue) -> bool:
    whole = catalogue.agencies.get(mention.agency_id)
    bodies = (catalogue.agencies.get(member) for member in members)
    return whole is not None and any(body and catalogue.agencies.includes(whole, body) for body in bodies)
