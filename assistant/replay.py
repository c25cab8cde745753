"""A conversation that comes as a whole: one line of ``troly ask --jsonl``, or the body of ``POST /api/v1/chat``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.assistant import Conversation, Turn
from assistant.reply import Reply
from assistant.rights import TERMINAL, Asker


class BatchTurn(BaseModel):
    """A conversation of which the last turn is answered; ``unit`` is whose eyes to look through, ``today`` the day of
    asking in Vietnam (DESIGN, "Contract")."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    unit: str | None = None
    today: dt.date | None = None
    turns: list[str] = Field(min_length=1)

    @field_validator("today", mode="before")
    @classmethod
    def _written_day(cls, value: object) -> object:
        if value is None:
            return None
        if not isinstance(value, str):
            raise ValueError("a day is written YYYY-MM-DD")
        return dt.date.fromisoformat(value)


def replay(
    batch: BatchTurn,
    reply_to: Callable[[Turn, Conversation], Reply],
    conversation: Conversation,
    *,
    unit: str | None,
    today: dt.date,
    asker: Asker = TERMINAL,
) -> Reply:
    """The reply to the last message, with which the conversation goes on; ``unit`` and ``today`` hold where the batch
    names none."""
    *before, last = (Turn(text, batch.today or today, batch.unit or unit, asker) for text in batch.turns)
    for turn in before:
        reply_to(turn, conversation)
    return reply_to(last, conversation)
