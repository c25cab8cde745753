"""What people say of answers, taken down for who looks after the assistant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

from assistant.office import Office
from assistant.reply import Reply, Status
from assistant.rights import Asker
from assistant.state import Exchange, State
from corpus.vietnamese import fold
from prompts import say

if TYPE_CHECKING:
    from assistant.understand.opinions import Opinion

MOST_NOTE = 1000  # characters
# One of these is in every opinion; the patterns that tell one are only made where it is (20 ms of a cold start).
_NAMES = ("tra loi", "dap", "gop y", "phan hoi", "nhan xet", "feedback", "bao loi", "thong tin", "ket qua")


class Message(Protocol):
    """A turn of a conversation (``assistant.assistant.Turn``)."""

    @property
    def text(self) -> str: ...
    @property
    def asker(self) -> Asker: ...
    @property
    def now(self) -> dt.datetime: ...


def judged_in_chat(turn: Message, state: State, office: Office) -> Reply | None:
    """The reply to a message that says what somebody thinks of the last answer; None for any other message.

    Raises StoreError where it cannot be taken down.
    """
    line = " ".join(fold(turn.text).split())
    if state.pending or not any(name in line for name in _NAMES):
        return None
    from assistant.understand.opinions import opinion

    found = opinion(turn.text, after_answer=bool(state.exchanges))
    if found is None:
        return None
    about = state.exchanges[-1] if state.exchanges else None
    take_down(found, about, turn.asker, office, turn.now)
    return Reply(status=Status.DONE, text=say("feedback.taken", useful=found.useful, about=about is not None))


def take_down(found: Opinion, about: Exchange | None, asker: Asker, office: Office, now: dt.datetime) -> None:
    """Keeps an opinion of an answer (None: of no answer in particular), without names of persons. Raises StoreError."""
    from assistant.privacy import without_persons

    names = [person.name for person in office.people.all()]
    office.feedback.add(
        useful=found.useful,
        question=without_persons(about.question, names) if about else "",
        reply=without_persons(about.reply, names) if about else "",
        note=without_persons(found.note[:MOST_NOTE], names),
        person=asker.id,
        channel=asker.channel,
        now=now,
    )
