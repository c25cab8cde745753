"""The assistant: a turn of a conversation in, a reply out."""

from __future__ import annotations

import datetime as dt
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.answer.compose import compose
from assistant.answer.session import Session
from assistant.conversation import follow
from assistant.explanation import Explanation
from assistant.library import Library
from assistant.reply import Reply, Status
from assistant.state import State
from assistant.understand.reading import Context
from connectors.database import StoreError
from prompts import say

if TYPE_CHECKING:
    from assistant.journal import Journal

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """A message with who asks and on which day (Vietnam)."""

    text: str
    today: dt.date
    unit: str | None = None


@dataclass
class Conversation:
    """What was said so far; one per chat. ``id`` is given by the journal, where there is one."""

    state: State = field(default_factory=State)
    id: str = ""


class Assistant:
    """Answers turns from a library, and notes them in a journal where there is one."""

    def __init__(self, library: Library, journal: Journal | None = None) -> None:
        self.library = library
        self.journal = journal

    def reply(self, turn: Turn, conversation: Conversation | None = None) -> Reply:
        """Answers one turn. Never raises: what goes wrong inside is logged and said kindly."""
        started = time.perf_counter()
        conversation = conversation or Conversation()
        try:
            reply = self.answer(turn, conversation)
        except StoreError as error:
            _LOG.error("store: %s", error.code)
            reply = Reply(status=Status.NOT_FOUND, text=say(f"errors.{error.code}", **error.details))
        except Exception:  # noqa: BLE001 - the edge of a turn: logged, then a prepared reply
            _LOG.exception("a turn failed")
            reply = Reply(status=Status.NOT_FOUND, text=say("endings.failed"))
        elapsed = (time.perf_counter() - started) * 1000
        if self.journal is not None:
            self.journal.keep(turn, conversation, reply)
        return reply.model_copy(update={"elapsed_ms": round(elapsed, 2)})

    def answer(self, turn: Turn, conversation: Conversation) -> Reply:
        """Answers one turn as ``reply`` does, but what goes wrong inside is raised."""
        return self.explain(turn, conversation).reply

    def explain(self, turn: Turn, conversation: Conversation) -> Explanation:
        """Answers one turn and tells each step of the way. What goes wrong inside is raised."""
        shelf = self.library.shelf()
        context = Context(shelf.catalogue, turn.today, turn.unit, shelf.speller, shelf.index.knows)
        started = time.perf_counter()
        query = follow(turn.text, context, conversation.state)
        understood = time.perf_counter()
        session = Session(self.library.store, shelf, turn.today, turn.text)
        reply = compose(query, session)
        answered = time.perf_counter()
        conversation.state = conversation.state.after(query, reply)
        return Explanation(
            turn.text, context, query, session, reply, (understood - started) * 1000, (answered - understood) * 1000
        )
