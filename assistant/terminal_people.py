"""Whom a command is about: a person or a unit, by what was typed."""

from __future__ import annotations

from connectors.engine import StoreError
from connectors.people import PeopleStore
from corpus.people import Person, Unit
from corpus.vietnamese import fold


def person_named(people: PeopleStore, name: str) -> Person:
    """The one person of a name or an id, of those who work here where any does.

    Raises StoreError: "person_unknown", "person_several" (with their ids, to be typed instead).
    """
    found = people.find(name)
    active = [person for person in found if person.active]
    meant = active or found
    if not meant:
        raise StoreError("person_unknown", name=name)
    if len(meant) > 1:
        several = [f"{person.name}, {person.unit.short} ({person.id})" for person in meant]
        raise StoreError("person_several", name=name, found=several)
    return meant[0]


def unit_named(people: PeopleStore, name: str) -> Unit:
    """The unit of a name, whole or without its office. Raises StoreError "unit_unknown"."""
    units, wanted = people.units(), fold(" ".join(name.split()))
    whole = [unit for unit in units if wanted in (fold(unit.name), unit.id)]
    meant = whole or [unit for unit in units if fold(unit.short) == wanted]
    if len(meant) != 1:
        raise StoreError("unit_unknown", name=name, known=[unit.name for unit in units])
    return meant[0]
