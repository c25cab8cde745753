"""``troly people``: who works here, in which role, and the codes that join their chat accounts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assistant.office import Office
from assistant.rights import TERMINAL, Action, denial
from assistant.settings import Settings
from assistant.terminal import VIETNAM, new_table, write, write_json, write_table
from assistant.who import one_person
from assistant.wiring import open_office
from connectors.people import CODE_VALID
from corpus.errors import CorpusError
from corpus.people import Person, Role
from corpus.vietnamese import fold
from prompts import say

_MOST_NAME = 200  # characters


def run_add(settings: Settings, name: str, unit: str, role: str, *, as_json: bool) -> None:
    """Adds somebody to a unit. Raises StoreError where they are there already, CorpusError for an empty name or an
    unknown role."""
    office, now = _office(settings)
    person = office.people.add(_name(name), _name(unit), _role(role), now)
    _note(office, "person_add", person, now)
    _show(person, say("people.added", name=person.name, unit=person.unit.name, id=person.id), as_json)


def run_change(settings: Settings, name: str, *, unit: str | None, role: str | None, as_json: bool) -> None:
    """Gives somebody another unit or another role."""
    office, now = _office(settings)
    person = one_person(office, name)
    changed = office.people.change(person.id, unit=_name(unit) if unit else None, role=_role(role) if role else None)
    _note(office, "person_change", changed, now)
    role_name = say("people.role", name=str(changed.role))
    text = say("people.changed", name=changed.name, unit=changed.unit.name, role_name=role_name)
    _show(changed, text, as_json)


def run_disable(settings: Settings, name: str, *, as_json: bool) -> None:
    """Ends the access of somebody who leaves, on all channels at once."""
    office, now = _office(settings)
    person = office.people.disable(one_person(office, name).id, now)
    _note(office, "person_disable", person, now)
    _show(person, say("people.disabled", name=person.name), as_json)


def run_link(settings: Settings, name: str, *, as_json: bool) -> None:
    """Prints a code by which a person joins one chat account."""
    office, now = _office(settings)
    person = one_person(office, name)
    code = office.people.make_code(person.id, now)
    _note(office, "link_code", person, now)
    until = now + CODE_VALID
    if as_json:
        write_json({"person": person.id, "code": code, "expires_at": until.isoformat()})
        return
    shown = f"{code[:4]}-{code[4:]}"
    write(say("people.code", name=person.name, code=shown, until=f"{until.astimezone(VIETNAM):%H:%M}"))


def run_unlink(settings: Settings, name: str) -> None:
    """Parts all chat accounts of a person from them."""
    office, now = _office(settings)
    person = one_person(office, name)
    accounts = office.people.identities(person.id)
    for identity in accounts:
        office.people.unlink(identity.channel, identity.account)
    _note(office, "unlink", person, now)
    write(say("people.unlinked", name=person.name, n=len(accounts)))


def run_list(settings: Settings, *, everybody: bool, as_json: bool) -> None:
    """Lists who works here; those who have left too, where that is wanted."""
    office, _ = _office(settings)
    people = [person for person in office.people.all() if person.active or everybody]
    if as_json:
        write_json([_as_json(person, office) for person in people])
        return
    table = new_table("people.columns")
    for person in people:
        channels = ", ".join(str(identity.channel) for identity in office.people.identities(person.id))
        state = say("people.state", active=person.active)
        table.add_row(
            person.id, person.name, person.unit.name, say("people.role", name=str(person.role)), channels, state
        )
    write_table(table)


def _office(settings: Settings) -> tuple[Office, dt.datetime]:
    refused = denial(TERMINAL, Action.MANAGE_PEOPLE)
    if refused is not None:
        raise CorpusError("not_allowed", why=say(f"rights.{refused.code}", **refused.details))
    return open_office(settings), dt.datetime.now(dt.UTC)


def _note(office: Office, action: str, person: Person, now: dt.datetime) -> None:
    details = {"role": str(person.role)}
    office.audit.note(action, by=None, channel=TERMINAL.channel, now=now, about=person.id, details=details)


def _show(person: Person, text: str, as_json: bool) -> None:
    if as_json:
        write_json(_record(person))
    else:
        write(text)


def _record(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "unit": person.unit.name,
        "role": str(person.role),
        "active": person.active,
    }


def _as_json(person: Person, office: Office) -> dict[str, Any]:
    return {**_record(person), "channels": [str(identity.channel) for identity in office.people.identities(person.id)]}


def _name(words: str) -> str:
    """A name on one line. Raises CorpusError for one that is none."""
    name = " ".join(words.split())
    if not any(sign.isalpha() for sign in name) or len(name) > _MOST_NAME:
        raise CorpusError("bad_name", value=name[:60], most=_MOST_NAME)
    return name


def _role(words: str) -> Role:
    """A role by its id or its Vietnamese name."""
    for role in Role:
        if fold(words).strip() in (str(role), fold(say("people.role", name=str(role)))):
            return role
    known = [f"{role} ({say('people.role', name=str(role))})" for role in Role]
    raise CorpusError("bad_role", value=words, known=known)
