"""What the person who asks may do, the log of it, and who others are."""

from __future__ import annotations

import logging

from assistant.answer.session import Session
from assistant.rights import Action, Denial, denial
from connectors.engine import StoreError
from corpus.people import Channel
from corpus.progress import Entry, Standing
from corpus.records import Task
from prompts import say

_LOG = logging.getLogger(__name__)


def denied(
    session: Session, action: Action, task: Task | None = None, entry: Entry | None = None, assignee: str | None = None
) -> Denial | None:
    """Why the person who asks may not do something; None where they may. ``assignee``: to whom the task was given."""
    return denial(session.asker, action, task=task, catalogue=session.shelf.catalogue, entry=entry, assignee=assignee)


def reason_of(denied: Denial) -> str:
    """A denial in words."""
    return say(f"rights.{denied.code}", **denied.details)


def note(session: Session, action: str, about: str = "", **details: object) -> None:
    """Adds a line to the audit log. One that cannot be written is an error in the log of the program: what was done is
    in the history of the task all the same."""
    asker = session.asker
    try:
        session.office.audit.note(
            action, by=asker.id, channel=asker.channel, now=session.now, about=about, details=details
        )
    except StoreError as error:
        _LOG.error("audit %s: %s", action, error.code)


def who_said(said: Entry | Standing, session: Session) -> str:
    """Who reported something: a person, a list of the office, or somebody whose name was erased."""
    if said.by is None:
        return say("progress.by_list" if said.channel is Channel.LIST else "progress.by_nobody")
    return name_of(said.by, session) or say("progress.by_nobody")


def name_of(person: str | None, session: Session) -> str | None:
    """The name of a person by id; None where it is not known, or no longer."""
    if person is None:
        return None
    if person not in session.names:
        session.names.update(session.office.people.named({person}))
    return session.names.get(person)
