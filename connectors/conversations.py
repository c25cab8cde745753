"""What conversations leave: where each one stands, and the questions that found no answer."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update

from connectors.engine import rows, writing
from connectors.schema import CONVERSATIONS, UNANSWERED
from corpus.people import Channel
from corpus.records import Record
from corpus.vietnamese import words


class ConversationStore:
    """Where each conversation stands, as JSON, by chat account. All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, channel: Channel, account: str, since: dt.datetime) -> str | None:
        """The state of a conversation that went on since a moment; None where there is none."""
        here = (CONVERSATIONS.c.channel == str(channel)) & (CONVERSATIONS.c.account == account)
        found = rows(self._engine, select(CONVERSATIONS.c.state).where(here, CONVERSATIONS.c.updated_at >= since))
        return str(found[0].state) if found else None

    def put(self, channel: Channel, account: str, person: str | None, state: str, now: dt.datetime) -> None:
        """Keeps the state of a conversation in the place of the last one."""
        place = {"channel": str(channel), "account": account}
        values = {"person": person, "state": state, "updated_at": now}
        here = (CONVERSATIONS.c.channel == place["channel"]) & (CONVERSATIONS.c.account == account)
        with writing(self._engine) as connection:
            if connection.execute(update(CONVERSATIONS).where(here).values(values)).rowcount == 0:
                connection.execute(insert(CONVERSATIONS), {**place, **values})

    def forget_unnamed(self, channel: Channel, before: dt.datetime) -> None:
        """Ends the conversations of nobody in particular that have not gone on since a moment."""
        old = (CONVERSATIONS.c.updated_at < before) & CONVERSATIONS.c.person.is_(None)
        with writing(self._engine) as connection:
            connection.execute(delete(CONVERSATIONS).where(old, CONVERSATIONS.c.channel == str(channel)))

    def forget(self, channel: Channel, account: str) -> None:
        """Ends a conversation."""
        here = (CONVERSATIONS.c.channel == str(channel)) & (CONVERSATIONS.c.account == account)
        with writing(self._engine) as connection:
            connection.execute(delete(CONVERSATIONS).where(here))


class Unanswered(Record):
    """A question that found no answer: as it was first typed, without names of persons, how often, and when."""

    question: str
    times: int
    first_at: dt.datetime
    last_at: dt.datetime


class UnansweredStore:
    """Questions that found no answer, counted by their folded words. All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, question: str, now: dt.datetime) -> None:
        """Counts a question; the caller has taken persons out of it."""
        folded = hashlib.sha256(" ".join(words(question)).encode()).hexdigest()
        with writing(self._engine) as connection:
            again = update(UNANSWERED).where(UNANSWERED.c.folded == folded)
            changed = connection.execute(again.values(times=UNANSWERED.c.times + 1, last_at=now))
            if changed.rowcount == 0:
                new = {"folded": folded, "question": question, "times": 1, "first_at": now, "last_at": now}
                connection.execute(insert(UNANSWERED), new)

    def most_asked(self, most: int) -> list[Unanswered]:
        """The questions asked most, then last, first."""
        query = select(UNANSWERED).order_by(UNANSWERED.c.times.desc(), UNANSWERED.c.last_at.desc()).limit(most)
        return [_read(row) for row in rows(self._engine, query)]


def _read(row: Any) -> Unanswered:
    return Unanswered(question=row.question, times=row.times, first_at=row.first_at, last_at=row.last_at)
