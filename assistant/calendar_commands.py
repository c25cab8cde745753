"""``troly calendar …``: the secret address of a calendar, and its file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assistant.calendar_feed import CalendarFeeds, name_of
from assistant.office import Office
from assistant.rights import Action, Asker
from assistant.settings import Settings
from assistant.terminal import write
from assistant.who import allowed_at_terminal, asker_at_terminal, one_person
from assistant.wiring import open_library
from connectors.calendar_links import CalendarLinks
from connectors.engine import StoreError
from connectors.people import PeopleStore
from connectors.whole_files import written_whole
from corpus.errors import CorpusError
from corpus.people import Channel, Person, Unit
from corpus.vietnamese import fold
from prompts import say

PATH = "/calendar/{token}.ics"


def run_link(
    settings: Settings, person: str | None, unit: str | None, *, renew: bool, by: str | None, now: dt.datetime
) -> None:
    """Makes the secret address of a calendar and prints it, this once. Raises StoreError."""
    engine = open_library(settings).store.engine
    office, links = Office.of(engine), CalendarLinks(engine)
    whose = _whose(office, person, unit)
    asker = _allowed(office, by or settings.person, whose)
    token = links.make(whose, now, renew=renew)
    office.audit.note("calendar_link", by=asker.id, channel=Channel.CLI, now=now, about=whose.id)
    base = (settings.public_url or "").rstrip("/")
    write(say("calendar.link", whose=name_of(whose), address=base + PATH.format(token=token), base=base))


def run_revoke(settings: Settings, person: str | None, unit: str | None, *, by: str | None, now: dt.datetime) -> None:
    """Ends the address of a calendar. Raises StoreError."""
    engine = open_library(settings).store.engine
    office = Office.of(engine)
    whose = _whose(office, person, unit)
    asker = _allowed(office, by or settings.person, whose)
    ended = CalendarLinks(engine).revoke(whose, now)
    if ended:
        office.audit.note("calendar_revoked", by=asker.id, channel=Channel.CLI, now=now, about=whose.id)
    write(say("calendar.revoked" if ended else "calendar.none_to_revoke", whose=name_of(whose)))


def run_export(
    settings: Settings, person: str | None, unit: str | None, file: Path, *, by: str | None, now: dt.datetime
) -> None:
    """Writes a calendar to a file. Raises StoreError."""
    library = open_library(settings)
    office = Office.of(library.store.engine)
    whose = _whose(office, person, unit)
    asker = _allowed(office, by or settings.person, whose)
    data = CalendarFeeds(library).calendar(whose, now, asker)
    with written_whole(file) as target:
        target.write(data)
    write(say("calendar.exported", events=data.count(b"BEGIN:VEVENT"), file=str(file)))


def _allowed(office: Office, name: str | None, whose: Person | Unit) -> Asker:
    """Who is at the terminal: anybody for their own calendar and that of their unit, else who manages people."""
    asker = asker_at_terminal(office, name)
    own = asker.person is not None and whose.id in (asker.person.id, asker.person.unit.id)
    return asker if own else allowed_at_terminal(office, name, Action.MANAGE_PEOPLE)


def _whose(office: Office, person: str | None, unit: str | None) -> Person | Unit:
    """Raises CorpusError where not just one of both is named."""
    if (person is None) == (unit is None):
        raise CorpusError("calendar_of_whom")
    return _unit_named(office.people, unit) if unit is not None else one_person(office, person or "")


def _unit_named(people: PeopleStore, name: str) -> Unit:
    """The unit of a name, whole or without its office. Raises StoreError "unit_unknown"."""
    units, wanted = people.units(), fold(" ".join(name.split()))
    whole = [unit for unit in units if wanted in (fold(unit.name), unit.id)]
    meant = whole or [unit for unit in units if fold(unit.short) == wanted]
    if len(meant) != 1:
        raise StoreError("unit_unknown", name=name, known=[unit.name for unit in units])
    return meant[0]
