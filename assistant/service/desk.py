"""The assistant behind the service: opened when it is first needed, and again after the database was away."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, Field, StringConstraints

from assistant.assistant import Assistant, Conversation
from assistant.calendar_feed import CalendarFeeds
from assistant.commands import ready_assistant
from assistant.feedback import MOST_NOTE, take_down
from assistant.going_on import LASTS, keep_conversation, resumed
from assistant.replay import BatchTurn, replay
from assistant.reply import Reply
from assistant.rights import Asker
from assistant.service.refusals import Refusal
from assistant.settings import Settings
from assistant.terminal import VIETNAM
from assistant.understand.opinions import Opinion
from connectors.engine import StoreError
from corpus.people import Channel
from prompts import say

MOST_TURNS, MOST_CHARS = 50, 20_000  # of one request; a longer message than the assistant reads it refuses itself
_TOKEN_BYTES, _LONGEST_TOKEN = 32, 128
_RETRY_S = 5.0  # seconds before a database that was away is tried again
_SWEEP_S = 3600.0
_CITIZEN = Asker(channel=Channel.WEB)  # whoever asks here has no account: rights.py says what that means
_Message = Annotated[str, StringConstraints(max_length=MOST_CHARS)]


class ChatTurn(BatchTurn):
    """The body of ``POST /api/v1/chat``. ``conversation`` goes on with what is kept under that token; "new", or one
    that is not known any more, begins a conversation. Without it nothing is kept."""

    turns: list[_Message] = Field(min_length=1, max_length=MOST_TURNS)
    unit: Annotated[str, StringConstraints(max_length=500)] | None = None
    conversation: Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_TOKEN)] | None = None


class Judgement(BaseModel):
    """The body of ``POST /api/v1/feedback``: of an answer of a conversation (by its number), or of the last one."""

    conversation: Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_TOKEN)]
    answer: int | None = Field(default=None, ge=1)
    verdict: Literal["right", "wrong"]
    note: Annotated[str, StringConstraints(max_length=MOST_NOTE, strip_whitespace=True)] = ""


class Talk(NamedTuple):
    """A reply; the token of its conversation and its number there, where one is kept."""

    reply: Reply
    token: str | None = None
    number: int | None = None


class Desk:
    """What the requests do, in threads. All raise StoreError."""

    def __init__(
        self,
        settings: Settings,
        opened: Callable[[Settings], Assistant] = ready_assistant,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._opened, self._clock = settings, opened, clock
        self._assistant: Assistant | None = None
        self._away: StoreError | None = None
        self._not_before = self._swept = float("-inf")
        self._lock = threading.Lock()

    def assistant(self) -> Assistant:
        """The assistant. A database that is away is tried again only after a while: each try may take long."""
        with self._lock:
            if self._assistant is None:
                if self._away is not None and self._clock() < self._not_before:
                    raise self._away
                try:
                    self._assistant = self._opened(self._settings)
                except StoreError as error:
                    self._away, self._not_before = error, self._clock() + _RETRY_S
                    raise
            return self._assistant

    def chat(self, asked: ChatTurn, now: dt.datetime) -> Talk:
        """Answers the last message of a request, in the light of what was said before."""
        assistant, today = self.assistant(), now.astimezone(VIETNAM).date()
        place, token, conversation = self._conversation(assistant, asked.conversation, now)
        reply = replay(asked, assistant.replied, conversation, unit=self._settings.unit, today=today, asker=_CITIZEN)
        if place is None:
            return Talk(reply)
        keep_conversation(assistant.office, place, conversation, now)
        exchanges = conversation.state.exchanges
        return Talk(reply, token, exchanges[-1].number if exchanges else None)

    def _conversation(
        self, assistant: Assistant, token: str | None, now: dt.datetime
    ) -> tuple[Asker | None, str | None, Conversation]:
        """Where a conversation is kept, its token and its state; one that nobody handed out is not taken."""
        if token is None:
            return None, None, Conversation()
        place = _place(token)
        known = assistant.office.conversations.get(Channel.WEB, place.account, now - LASTS) is not None
        if not known:
            self._sweep(assistant, now)
            token = secrets.token_urlsafe(_TOKEN_BYTES)
            place = _place(token)
        conversation = resumed(assistant.office, place, now) if known else Conversation()
        conversation.id = hashlib.sha256(place.account.encode()).hexdigest()[:12]  # one in the journal, too
        return place, token, conversation

    def _sweep(self, assistant: Assistant, now: dt.datetime) -> None:
        """Ends what nobody can go on with, once an hour."""
        if self._clock() - self._swept >= _SWEEP_S:
            self._swept = self._clock()
            assistant.office.conversations.forget_unnamed(Channel.WEB, now - LASTS)

    def judge(self, said: Judgement, now: dt.datetime) -> None:
        """Takes down what somebody thinks of an answer; the same said twice is taken down once. Raises Refusal."""
        office, place = self.assistant().office, _place(said.conversation)
        conversation = resumed(office, place, now)
        exchanges = conversation.state.exchanges
        about = next((e for e in reversed(exchanges) if said.answer in (None, e.number)), None)
        if about is None:
            raise Refusal(404, "answer_unknown", say("service.answer_unknown"))
        useful = said.verdict == "right"
        if about.useful is useful and not said.note:
            return
        take_down(Opinion(useful=useful, note=said.note), about, _CITIZEN, office, now)
        judged = tuple(e.model_copy(update={"useful": useful}) if e is about else e for e in exchanges)
        conversation.state = conversation.state.model_copy(update={"exchanges": judged})
        keep_conversation(office, place, conversation, now)

    def calendar(self, token: str, now: dt.datetime) -> bytes | None:
        """The .ics file behind a secret address; None where there is none."""
        return CalendarFeeds(self.assistant().library).feed_for(token, now)

    def documents(self) -> int:
        """How many documents can be asked about; the shelf of the present revision is made ready."""
        return len(self.assistant().library.public().shelf().catalogue.ids)

    def close(self) -> None:
        if self._assistant is not None:
            self._assistant.library.store.close()


def _place(token: str) -> Asker:
    """Under whom a conversation is kept: by the hash of its token, never as an account that could be joined to a
    person."""
    return Asker(channel=Channel.WEB, account=f"talk {hashlib.sha256(token.encode('utf-8', 'replace')).hexdigest()}")
