"""Who is there: at the terminal by the name that was given, in a chat by the account; and the joining of the two."""

from __future__ import annotations

import datetime as dt
import re

from assistant.office import Office
from assistant.reply import Reply, Status
from assistant.rights import TERMINAL, Action, Asker, denial
from connectors.engine import StoreError
from corpus.errors import CorpusError
from corpus.people import Channel, Person
from corpus.vietnamese import fold
from prompts import say

# "liên kết ABCD-2345", as an officer types it who was given a code; Telegram sends "/start CODE" for a link.
_LINK = re.compile(
    r"^\W*(?:lien ket|ma lien ket|link|start)(?: tai khoan)?(?: ma)? *:? *(?P<code>[a-z0-9]{4}[- ]?[a-z0-9]{4})\W*$"
)


def one_person(office: Office, name: str) -> Person:
    """The one person of a name or id. Raises StoreError where there is none, or several."""
    found = office.people.find(name)
    working = [person for person in found if person.active] or found
    if not working:
        raise StoreError("person_unknown", name=name)
    if len(working) > 1:
        names = [f"{person.name} ({person.id}, {person.unit.short})" for person in working]
        raise StoreError("person_ambiguous", name=name, people=names)
    return working[0]


def asker_at_terminal(office: Office, name: str | None) -> Asker:
    """Who is at the terminal: the person named, or the terminal itself. Raises StoreError for a name of nobody here."""
    if name is None:
        return TERMINAL
    person = one_person(office, name)
    if not person.active:
        raise StoreError("person_left", name=person.name)
    return Asker(person=person, local=True)


def allowed_at_terminal(office: Office, name: str | None, action: Action) -> Asker:
    """Who is at the terminal and may do something for the office as a whole. Raises StoreError for a name of nobody
    here; CorpusError "not_allowed"."""
    asker = asker_at_terminal(office, name)
    refused = denial(asker, action)
    if refused is not None:
        raise CorpusError("not_allowed", why=say(f"rights.{refused.code}", **refused.details))
    return asker


def asker_in_chat(office: Office, channel: Channel, account: str) -> Asker:
    """Who a chat account belongs to at this moment: who has left is a stranger with the next message."""
    return Asker(person=office.people.by_account(channel, account), channel=channel, account=account)


def linked(text: str, asker: Asker, office: Office, now: dt.datetime) -> Reply | None:
    """The reply to a message that gives a code to join an account to a person; None for any other message."""
    match = _LINK.match(" ".join(fold(text).split()))
    if match is None or not asker.account:
        return None
    try:
        person = office.people.redeem(match["code"], asker.channel, asker.account, now)
    except StoreError as error:
        if error.code not in ("code_bad", "code_tries"):
            raise
        office.audit.note("link_refused", by=asker.id, channel=asker.channel, now=now, details={"why": error.code})
        return Reply(status=Status.REFUSED, text=say(f"errors.{error.code}"))
    office.audit.note("link", by=person.id, channel=asker.channel, now=now, about=person.id)
    return Reply(status=Status.DONE, text=say("people.linked", name=person.name, unit=person.unit.short))
