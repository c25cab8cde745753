"""What is held on a person: shown as a whole, and taken out as a whole (law on the protection of personal data).

What was done about tasks belongs to the office and stays; who did it does not.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, or_, select, text, tuple_, update

from connectors.engine import reading, writing
from connectors.people import PeopleStore
from connectors.schema import (
    AUDIT,
    CONVERSATIONS,
    FEEDBACK,
    FEEDS,
    IDENTITIES,
    LINK_CODES,
    LINK_TRIES,
    PEOPLE,
    PROGRESS,
    STANDINGS,
)
from corpus.people import Identity, Person, Role

_HASHES = frozenset({"code_hash", "token_hash"})
_LEFT_OUT = "…"


def held_on(engine: Engine, person: Person) -> dict[str, list[dict[str, Any]]]:
    """All that is held on a person, by kind, without the hashes of codes and addresses. Times are UTC.

    Raises StoreError.
    """
    accounts = PeopleStore(engine).identities(person.id)
    with reading(engine) as connection:
        found = {name: _dicts(connection, table, where) for name, table, where in _places(person.id, accounts)}
    who = {**found["person"][0], "unit": person.unit.name} if found["person"] else {}
    return {**found, "person": [who]}


def _places(person: str, accounts: list[Identity]) -> Iterator[tuple[str, Table, ColumnElement[bool]]]:
    """Where something is held on a person: what it is, the table, its rows."""
    yield "person", PEOPLE, PEOPLE.c.id == person
    yield "accounts", IDENTITIES, IDENTITIES.c.person == person
    yield "link_codes", LINK_CODES, LINK_CODES.c.person == person
    yield "link_tries", LINK_TRIES, _of_accounts(LINK_TRIES, accounts)
    yield "calendars", FEEDS, FEEDS.c.person == person
    yield "changes", PROGRESS, PROGRESS.c.by == person
    yield "given_to", PROGRESS, PROGRESS.c.assignee == person
    yield "tasks_now", STANDINGS, or_(STANDINGS.c.assignee == person, STANDINGS.c.by == person)
    yield "conversations", CONVERSATIONS, or_(CONVERSATIONS.c.person == person, _of_accounts(CONVERSATIONS, accounts))
    yield "feedback", FEEDBACK, FEEDBACK.c.person == person
    yield "log", AUDIT, or_(AUDIT.c.by == person, *_names_in_log(person))


def _of_accounts(table: Table, accounts: list[Identity]) -> ColumnElement[bool]:
    pairs = [(str(identity.channel), identity.account) for identity in accounts]
    return tuple_(table.c.channel, table.c.account).in_(pairs)


def _names_in_log(person: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return AUDIT.c.about.contains(person, autoescape=True), AUDIT.c.details.contains(person, autoescape=True)


def _dicts(connection: Connection, table: Table, where: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = select(table).where(where).order_by(*table.primary_key.columns)
    return [
        {name: _shown(value) for name, value in row.items() if name not in _HASHES and value is not None}
        for row in connection.execute(query).mappings()
    ]


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


# Erasing


def erase(engine: Engine, person: Person, *, name: str, now: dt.datetime) -> dict[str, int]:
    """Takes all that is held on a person out of the database, in one transaction; ``name`` stands for theirs from then
    on. What they did stays without them. Gives by kind how much was removed or made nameless. Raises StoreError.
    """
    accounts = PeopleStore(engine).identities(person.id)
    with writing(engine) as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA secure_delete=ON"))  # else the words stay in the file
        done = _removed(connection, person.id, accounts) | _nameless(connection, person, accounts)
        nobody = {"name": name, "folded": "", "role": str(Role.OFFICER), "disabled_at": person.disabled_at or now}
        connection.execute(update(PEOPLE).where(PEOPLE.c.id == person.id).values(nobody))
    _write_over_log(engine)
    return done


def _write_over_log(engine: Engine) -> None:
    """Lets go of what SQLite's log still holds of the words that were removed; while somebody reads, that waits."""
    if engine.dialect.name == "sqlite":
        with contextlib.closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _removed(connection: Connection, person: str, accounts: list[Identity]) -> dict[str, int]:
    gone = ("link_tries", "conversations", "feedback", "calendars", "link_codes", "accounts")
    places = {name: (table, where) for name, table, where in _places(person, accounts) if name in gone}
    return {name: connection.execute(delete(places[name][0]).where(places[name][1])).rowcount for name in gone}


def _nameless(connection: Connection, person: Person, accounts: list[Identity]) -> dict[str, int]:
    done = {"changes": 0}
    names = [] if _has_namesake(connection, person) else [person.name]
    for table in (PROGRESS, STANDINGS):
        for column in ("by", "assignee"):
            where = table.c[column] == person.id
            changed = connection.execute(update(table).where(where).values({column: None})).rowcount
            done["changes"] += changed if table is PROGRESS else 0
        for name in names:
            _leave_out_of_notes(connection, table, name)
    _forget_before(connection, person.id, names)
    done["log"] = _forget_in_log(connection, person.id, [*names, *(identity.account for identity in accounts)])
    return done


def _has_namesake(connection: Connection, person: Person) -> bool:
    """Whether somebody else has the same name, who may be meant where only a name stands."""
    query = select(PEOPLE.c.id).where(PEOPLE.c.name == person.name, PEOPLE.c.id != person.id)
    return connection.execute(query).first() is not None


def _leave_out_of_notes(connection: Connection, table: Table, name: str) -> None:
    """Takes the whole name of a person out of what others wrote of a task."""
    keys = list(table.primary_key.columns)
    query = select(*keys, table.c.note).where(table.c.note.contains(name, autoescape=True))
    for row in connection.execute(query).all():
        here = [key == value for key, value in zip(keys, row, strict=False)]
        connection.execute(update(table).where(*here).values(note=row.note.replace(name, _LEFT_OUT)))


def _forget_before(connection: Connection, person: str, names: list[str]) -> None:
    """Takes a person out of how tasks stood before their changes."""
    held = [PROGRESS.c.before.contains(words, autoescape=True) for words in (f'"{person}"', *names)]
    for row in connection.execute(select(PROGRESS.c.id, PROGRESS.c.before).where(or_(*held))).all():
        before = json.loads(row.before)
        before.update({key: None for key in ("by", "assignee") if before.get(key) == person})
        for name in names:
            before["note"] = before["note"].replace(name, _LEFT_OUT)
        written = json.dumps(before, ensure_ascii=False, separators=(",", ":"))
        connection.execute(update(PROGRESS).where(PROGRESS.c.id == row.id).values(before=written))


def _forget_in_log(connection: Connection, person: str, words: list[str]) -> int:
    """Leaves of the lines of the log what was done and when; ``words`` are the name and the accounts of the person."""
    marks = (person, *words)
    where = or_(AUDIT.c.by == person, *(place for mark in marks for place in _names_in_log(mark)))
    lines = [row for row in connection.execute(select(AUDIT).where(where)).all() if _tells_of(row, person, words)]
    for row in lines:
        values: dict[str, Any] = {
            "by": None if row.by == person else row.by,
            "about": "" if any(mark in row.about.split() or mark == row.about for mark in marks) else row.about,
            "details": json.dumps(_without(json.loads(row.details), marks), ensure_ascii=False),
        }
        connection.execute(update(AUDIT).where(AUDIT.c.id == row.id).values(values))
    return len(lines)


def _tells_of(row: Any, person: str, words: list[str]) -> bool:
    """Whether a line is of a person: an account of two digits stands in many."""
    whole = {row.about, *row.about.split(), *map(str, json.loads(row.details).values())}
    return row.by == person or person in row.about + row.details or any(word in whole for word in words)


def _without(details: dict[str, Any], marks: tuple[str, ...]) -> dict[str, Any]:
    return {
        key: value
        for key, value in details.items()
        if not any(mark in json.dumps(value, ensure_ascii=False) for mark in marks)
    }


__all__ = ["erase", "held_on"]
