"""The people of an office, their chat accounts, and the codes that join the two."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, insert, select, update

from connectors.engine import StoreError, rows, writing
from connectors.schema import FEEDS, IDENTITIES, LINK_CODES, LINK_TRIES, PEOPLE, UNITS
from corpus.people import Channel, Identity, Person, Role, Unit
from corpus.vietnamese import fold, nfc

CODE_VALID = dt.timedelta(minutes=15)
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike: a code is read out and typed
_CODE_LENGTH = 8  # 31^8: with the tries below, not to be guessed while it is valid
_MOST_WRONG = 5
_TRIES_FORGOTTEN = dt.timedelta(hours=1)
_COLUMNS = (PEOPLE, UNITS.c.name.label("unit_name"))


class PeopleStore:
    """The people of an office. All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # People

    def add(self, name: str, unit: str, role: Role, now: dt.datetime) -> Person:
        """Adds somebody to a unit, which is added where it is new. Raises StoreError "person_known" where somebody of
        that name works there already."""
        name, unit = " ".join(nfc(name).split()), " ".join(nfc(unit).split())
        with writing(self._engine) as connection:
            home = _unit(connection, unit)
            values = {"name": name, "folded": fold(name), "unit": home.id}
            same = select(PEOPLE.c.id).where(
                PEOPLE.c.folded == values["folded"], PEOPLE.c.unit == home.id, PEOPLE.c.disabled_at.is_(None)
            )
            if connection.execute(same).first():
                raise StoreError("person_known", name=name, unit=home.name)
            person = Person(id=_new_id(), name=name, unit=home, role=role)
            connection.execute(
                insert(PEOPLE), {**values, "id": person.id, "role": str(role), "created_at": now, "disabled_at": None}
            )
            return person

    def get(self, person: str) -> Person | None:
        return next(iter(self._people(_query().where(PEOPLE.c.id == person))), None)

    def all(self) -> list[Person]:
        """Everybody, those who have left too, in the order in which they came."""
        return self._people(_query().order_by(PEOPLE.c.created_at, PEOPLE.c.id))

    def find(self, name: str) -> list[Person]:
        """The people whose name is, or ends with, the words given: "hoa" finds "Nguyễn Thị Hoa". Those who work here
        come first. An id finds its person."""
        wanted = " ".join(fold(name).split())
        found = [p for p in self.all() if p.id == name or _ends_with(fold(p.name), wanted)]
        whole = [p for p in found if fold(p.name) == wanted or p.id == name]
        return sorted(whole or found, key=lambda person: not person.active)

    def named(self, people: set[str]) -> dict[str, str]:
        """By id the names of some people."""
        query = select(PEOPLE.c.id, PEOPLE.c.name).where(PEOPLE.c.id.in_(sorted(people)))
        return {row.id: row.name for row in rows(self._engine, query)} if people else {}

    def change(self, person: str, *, role: Role | None = None, unit: str | None = None) -> Person:
        """Gives a person another role or another unit."""
        with writing(self._engine) as connection:
            values: dict[str, Any] = {}
            if role is not None:
                values["role"] = str(role)
            if unit is not None:
                values["unit"] = _unit(connection, " ".join(nfc(unit).split())).id
            if values:
                connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(values))
        return self._known(person)

    def disable(self, person: str, now: dt.datetime) -> Person:
        """Ends the access of somebody who leaves: their chat accounts, codes and calendars are gone at once."""
        with writing(self._engine) as connection:
            left = update(PEOPLE).where(PEOPLE.c.id == person, PEOPLE.c.disabled_at.is_(None))
            connection.execute(left.values(disabled_at=now))
            for table in (IDENTITIES, LINK_CODES):
                connection.execute(delete(table).where(table.c.person == person))
            feeds = update(FEEDS).where(FEEDS.c.person == person, FEEDS.c.revoked_at.is_(None))
            connection.execute(feeds.values(revoked_at=now))
        return self._known(person)

    def units(self) -> list[Unit]:
        query = select(UNITS.c.id, UNITS.c.name).order_by(UNITS.c.folded)
        return [Unit(id=row.id, name=row.name) for row in rows(self._engine, query)]

    # Chat accounts

    def by_account(self, channel: Channel, account: str) -> Person | None:
        """Who a chat account belongs to; None where to nobody who works here."""
        query = (
            _query()
            .join(IDENTITIES, IDENTITIES.c.person == PEOPLE.c.id)
            .where(
                IDENTITIES.c.channel == str(channel), IDENTITIES.c.account == account, PEOPLE.c.disabled_at.is_(None)
            )
        )
        return next(iter(self._people(query)), None)

    def identities(self, person: str) -> list[Identity]:
        """The chat accounts of a person."""
        query = select(IDENTITIES).where(IDENTITIES.c.person == person).order_by(IDENTITIES.c.linked_at)
        return [
            Identity(channel=row.channel, account=row.account, person=row.person, linked_at=row.linked_at)
            for row in rows(self._engine, query)
        ]

    def unlink(self, channel: Channel, account: str) -> bool:
        """Parts a chat account from its person; False where it had none."""
        with writing(self._engine) as connection:
            here = (IDENTITIES.c.channel == str(channel)) & (IDENTITIES.c.account == account)
            return connection.execute(delete(IDENTITIES).where(here)).rowcount > 0

    def make_code(self, person: str, now: dt.datetime) -> str:
        """A code by which one chat account may be joined to a person, once and within CODE_VALID.

        Only its hash is kept; earlier codes of the person end.
        """
        known = self._known(person)
        if not known.active:
            raise StoreError("person_left", name=known.name)
        code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
        values = {"code_hash": _hash(code), "person": person, "made_at": now, "expires_at": now + CODE_VALID}
        with writing(self._engine) as connection:
            connection.execute(delete(LINK_CODES).where(LINK_CODES.c.person == person))
            connection.execute(insert(LINK_CODES), {**values, "used_at": None})
        return code

    def redeem(self, code: str, channel: Channel, account: str, now: dt.datetime) -> Person:
        """Joins a chat account to the person whose code it gives.

        Raises StoreError: "code_bad" (unknown, used or past its time), "code_tries" (too many wrong ones from this
        account: it has to wait an hour).
        """
        with writing(self._engine) as connection:
            _count_try(connection, channel, account, now)
            person = _use(connection, code, now)
            if person is not None:
                _join(connection, person, channel, account, now)
        if person is None:
            raise StoreError("code_bad")
        return self._known(person)

    # Helpers

    def _people(self, query: Select[Any]) -> list[Person]:
        return [_read(row) for row in rows(self._engine, query)]

    def _known(self, person: str) -> Person:
        found = self.get(person)
        if found is None:
            raise StoreError("person_unknown", name=person)
        return found


def _query() -> Select[Any]:
    return select(*_COLUMNS).join(UNITS, UNITS.c.id == PEOPLE.c.unit)


def _read(row: Any) -> Person:
    unit = Unit(id=row.unit, name=row.unit_name)
    return Person(id=row.id, name=row.name, unit=unit, role=row.role, disabled_at=row.disabled_at)


def _unit(connection: Connection, name: str) -> Unit:
    """The unit of a name, added where it is new."""
    row = connection.execute(select(UNITS.c.id, UNITS.c.name).where(UNITS.c.folded == fold(name))).first()
    if row is not None:
        return Unit(id=row.id, name=row.name)
    unit = Unit(id=_new_id(), name=name)
    connection.execute(insert(UNITS), {"id": unit.id, "name": name, "folded": fold(name)})
    return unit


def _new_id() -> str:
    return secrets.token_hex(6)


def _ends_with(name: str, wanted: str) -> bool:
    return bool(wanted) and f" {name}".endswith(f" {wanted}")


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().upper().replace("-", "").replace(" ", "").encode()).hexdigest()


def _count_try(connection: Connection, channel: Channel, account: str, now: dt.datetime) -> None:
    """Counts a try of an account; a right one forgets them. Raises StoreError "code_tries" after too many."""
    here = (LINK_TRIES.c.channel == str(channel)) & (LINK_TRIES.c.account == account)
    row = connection.execute(select(LINK_TRIES.c.wrong, LINK_TRIES.c.last_at).where(here)).first()
    fresh = row is None or now - row.last_at > _TRIES_FORGOTTEN
    if row is not None and not fresh and row.wrong >= _MOST_WRONG:
        raise StoreError("code_tries")
    connection.execute(delete(LINK_TRIES).where(here))
    wrong = 1 if row is None or fresh else row.wrong + 1
    values = {"channel": str(channel), "account": account, "wrong": wrong, "last_at": now}
    connection.execute(insert(LINK_TRIES), values)


def _use(connection: Connection, code: str, now: dt.datetime) -> str | None:
    """The person of a code, which is used up by this; None where it is none."""
    valid = (
        update(LINK_CODES)
        .where(LINK_CODES.c.code_hash == _hash(code), LINK_CODES.c.used_at.is_(None), LINK_CODES.c.expires_at > now)
        .values(used_at=now)
        .returning(LINK_CODES.c.person)
    )
    person = connection.execute(valid).scalar()
    return None if person is None else str(person)


def _join(connection: Connection, person: str, channel: Channel, account: str, now: dt.datetime) -> None:
    for table in (IDENTITIES, LINK_TRIES):
        connection.execute(delete(table).where(table.c.channel == str(channel), table.c.account == account))
    values = {"channel": str(channel), "account": account, "person": person, "linked_at": now}
    connection.execute(insert(IDENTITIES), values)


__all__ = ["CODE_VALID", "PeopleStore"]
