"""Conversations of people who are known go on where they stood, also after the program was ended."""

from __future__ import annotations

import datetime as dt
import logging

from pydantic import ValidationError

from assistant.assistant import Conversation
from assistant.office import Office
from assistant.rights import Asker
from assistant.state import State
from connectors.engine import StoreError

_LOG = logging.getLogger(__name__)
LASTS = dt.timedelta(hours=12)  # after that a message begins anew: nobody remembers what "việc đó" was


def resumed(office: Office, asker: Asker, now: dt.datetime) -> Conversation:
    """The conversation of an asker as it was left, a new one where there is none or it cannot be read."""
    if not _place(asker):
        return Conversation()
    kept = office.conversations.get(asker.channel, _place(asker), now - LASTS)
    try:
        return Conversation(State.model_validate_json(kept)) if kept else Conversation()
    except ValidationError:
        _LOG.warning("a conversation of another version was begun anew")
        return Conversation()


def keep_conversation(office: Office, asker: Asker, conversation: Conversation, now: dt.datetime) -> None:
    """Keeps where a conversation stands. One that cannot be kept is logged and stops nobody."""
    if not _place(asker):
        return
    try:
        state = conversation.state.model_dump_json()
        office.conversations.put(asker.channel, _place(asker), asker.id, state, now)
    except StoreError as error:
        _LOG.warning("conversation not kept: %s", error.code)


def _place(asker: Asker) -> str:
    """The account whose conversation it is; at the terminal that of the person, "" for nobody in particular."""
    return asker.account or asker.id or ""
