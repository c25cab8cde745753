"""An office at work for tests: four colleagues, a stranger and one assistant over the documents that ship."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete

from assistant.assistant import Assistant, Conversation, Turn
from assistant.reply import Reply
from assistant.rights import Asker
from connectors.schema import AUDIT, IDENTITIES, PEOPLE, PROGRESS, STANDINGS, UNITS
from corpus.people import Channel, Person, Role

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)  # nine in the morning in Vietnam
WARD = "UBND phường Nhị Chiểu"
CULTURE = f"Phòng Văn hóa - Xã hội, {WARD}"
ECONOMY = f"Phòng Kinh tế, {WARD}"
CAST = {
    "lan": ("Nguyễn Thị Lan", CULTURE, Role.OFFICER),
    "hoa": ("Lê Thị Hoa", CULTURE, Role.OFFICER),
    "nam": ("Trần Văn Nam", CULTURE, Role.HEAD),
    "minh": ("Phạm Văn Minh", ECONOMY, Role.OFFICER),
    "chu_tich": ("Vũ Thị Mai", WARD, Role.LEADERSHIP),
}


class Desk:
    """Each person has a conversation of their own; a minute passes from message to message."""

    def __init__(self, assistant: Assistant) -> None:
        with assistant.library.store.engine.begin() as connection:
            for table in (PROGRESS, STANDINGS, AUDIT, IDENTITIES, PEOPLE, UNITS):
                connection.execute(delete(table))
        self.assistant, self.office = assistant, assistant.office
        people = self.office.people
        self.people: dict[str, Person] = {who: people.add(*given, NOW) for who, given in CAST.items()}
        self.conversations: dict[str, Conversation] = {}
        self.minutes = 0

    def say(self, who: str, *messages: str) -> Reply:
        """Sends messages of one person; gives the last reply. "stranger" belongs to nobody of the office."""
        person = self.people.get(who)
        conversation = self.conversations.setdefault(who, Conversation())
        for text in messages:
            self.minutes += 1
            now = NOW + dt.timedelta(minutes=self.minutes)
            asker = Asker(person=person, channel=Channel.TELEGRAM)
            reply = self.assistant.reply(Turn(text, TODAY, None, asker, now), conversation)
        return reply

    def noted(self) -> list[str]:
        """The actions in the audit log, the oldest first."""
        return [line.action for line in reversed(self.office.audit.lines())]


def told(reply: Reply) -> Sequence[tuple[str, str | None]]:
    """The numbers of the tasks of a reply with how they stand."""
    return [(task.number, task.progress.state if task.progress else None) for task in reply.tasks]
