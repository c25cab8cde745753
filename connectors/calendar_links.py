"""The secret addresses of calendars: one for a person or a unit, of which only the hash is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from sqlalchemy import ColumnElement, Engine, insert, select, update

from connectors.engine import StoreError, rows, writing
from connectors.schema import FEEDS, PEOPLE
from corpus.people import Person, Unit
from corpus.records import Record

_TOKEN_BYTES = 32


class Feed(Record):
    """Whose deadlines an address shows: those of a person or of a unit, by id."""

    person: str | None = None
    unit: str | None = None


class CalendarLinks:
    """All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, whose: Person | Unit, now: dt.datetime, *, renew: bool = False) -> str:
        """The secret of a new address; with ``renew`` the one of before ends at once.

        Raises StoreError: "calendar_there" (there is an address already, which cannot be shown again), "person_left".
        """
        person = whose.id if isinstance(whose, Person) else None
        unit = whose.id if isinstance(whose, Unit) else None
        if isinstance(whose, Person) and not whose.active:
            raise StoreError("person_left", name=whose.name)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with writing(self._engine) as connection:
            live = _whose(person, unit) & FEEDS.c.revoked_at.is_(None)
            before = connection.execute(select(FEEDS.c.made_at).where(live)).first()
            if before is not None and not renew:
                raise StoreError("calendar_there", name=whose.name)
            connection.execute(update(FEEDS).where(live).values(revoked_at=now))
            values = {"token_hash": _hash(token), "person": person, "unit": unit, "made_at": now, "revoked_at": None}
            connection.execute(insert(FEEDS), values)
        return token

    def revoke(self, whose: Person | Unit, now: dt.datetime) -> bool:
        """Ends the address of a person or a unit; False where there was none."""
        person = whose.id if isinstance(whose, Person) else None
        unit = whose.id if isinstance(whose, Unit) else None
        with writing(self._engine) as connection:
            live = _whose(person, unit) & FEEDS.c.revoked_at.is_(None)
            return connection.execute(update(FEEDS).where(live).values(revoked_at=now)).rowcount > 0

    def whose(self, token: str) -> Feed | None:
        """Whose calendar a secret opens; None where it opens none, or that of somebody who has left."""
        query = (
            select(FEEDS.c.person, FEEDS.c.unit)
            .outerjoin(PEOPLE, PEOPLE.c.id == FEEDS.c.person)
            .where(FEEDS.c.token_hash == _hash(token), FEEDS.c.revoked_at.is_(None), PEOPLE.c.disabled_at.is_(None))
        )
        found: list[Any] = rows(self._engine, query)
        return Feed(person=found[0].person, unit=found[0].unit) if found else None


def _whose(person: str | None, unit: str | None) -> ColumnElement[bool]:
    return FEEDS.c.person == person if person else FEEDS.c.unit == unit


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
