"""What people said of replies: whether one was of use, and what was wrong with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Engine, func, insert, select

from connectors.engine import StoreError, rows, writing
from connectors.schema import FEEDBACK
from corpus.people import Channel
from corpus.records import Record

DAY = dt.timedelta(days=1)
MOST_UNNAMED = 500  # a day from accounts of nobody on one channel: more is no feedback but a flood


class Feedback(Record):
    """One opinion: of whom (the id of a person, None for nobody in particular), on which channel, whether the reply was
    of use. ``question`` and ``reply`` are empty where it is about no reply; no names of persons stand in the texts."""

    id: int
    at: dt.datetime
    person: str | None
    channel: Channel
    useful: bool
    question: str
    reply: str
    note: str


class FeedbackStore:
    """All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self,
        *,
        useful: bool,
        question: str,
        reply: str,
        note: str,
        person: str | None,
        channel: Channel,
        now: dt.datetime,
    ) -> None:
        """Keeps an opinion; the caller has taken persons out of its texts.

        Raises StoreError "feedback_many" where nobody in particular has said too much within a day.
        """
        words = {"question": question, "reply": reply, "note": note}
        values = {"at": now, "person": person, "channel": str(channel), "useful": useful, **words}
        with writing(self._engine) as connection:
            if person is None:
                here = (FEEDBACK.c.channel == str(channel), FEEDBACK.c.person.is_(None), FEEDBACK.c.at > now - DAY)
                if connection.execute(select(func.count()).where(*here)).scalar_one() >= MOST_UNNAMED:
                    raise StoreError("feedback_many")
            connection.execute(insert(FEEDBACK), values)

    def last(self, most: int, *, useful: bool | None = None) -> list[Feedback]:
        """The last opinions, the newest first; with ``useful`` only those of this kind."""
        query = select(FEEDBACK).order_by(FEEDBACK.c.id.desc()).limit(most)
        found = rows(self._engine, query if useful is None else query.where(FEEDBACK.c.useful == useful))
        return [_read(row) for row in found]


def _read(row: Any) -> Feedback:
    return Feedback(**row._mapping)
