"""How long what people said and did is kept: what is older is removed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, delete

from connectors.engine import writing
from connectors.schema import AUDIT, CONVERSATIONS, FEEDBACK, LINK_CODES, LINK_TRIES, UNANSWERED
from corpus.records import Record

_TRIES_KEPT = dt.timedelta(days=1)


class Retention(Record):
    """Days after which something is removed."""

    conversations: int
    audit: int
    unanswered: int
    feedback: int


def clean(engine: Engine, kept: Retention, now: dt.datetime) -> dict[str, int]:
    """Removes what is older than it is to be kept, and codes past their time. Gives by kind how much that was.

    Raises StoreError.
    """
    removals = {
        "conversations": CONVERSATIONS.c.updated_at < now - dt.timedelta(days=kept.conversations),
        "audit": AUDIT.c.at < now - dt.timedelta(days=kept.audit),
        "unanswered": UNANSWERED.c.last_at < now - dt.timedelta(days=kept.unanswered),
        "feedback": FEEDBACK.c.at < now - dt.timedelta(days=kept.feedback),
        "link_codes": LINK_CODES.c.expires_at < now,
        "link_tries": LINK_TRIES.c.last_at < now - _TRIES_KEPT,
    }
    tables = (CONVERSATIONS, AUDIT, UNANSWERED, FEEDBACK, LINK_CODES, LINK_TRIES)
    with writing(engine) as connection:
        return {
            name: connection.execute(delete(table).where(where)).rowcount
            for (name, where), table in zip(removals.items(), tables, strict=True)
        }
