"""A person's conversation goes on after the program was ended."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.going_on import LASTS, keep_conversation, resumed
from assistant.ingest import ingest
from assistant.library import Library
from assistant.rights import TERMINAL, Asker
from connectors.database import Store
from corpus.agencies import Agencies
from corpus.people import Role
from tests.conftest import DOCUMENTS

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def assistant(agencies: Agencies) -> Assistant:
    store = Store.open(None)
    assert not [result.error for result in ingest([DOCUMENTS / "nhi-chieu-158.txt"], store, agencies) if result.error]
    return Assistant(Library(store, agencies, None))


def test_what_that_task_was_is_known_the_next_hour_and_not_the_next_day(assistant: Assistant) -> None:
    person = assistant.office.people.add("Nguyễn Thị Hoa", "Phòng Văn hóa - Xã hội", Role.OFFICER, NOW)
    asker = Asker(person=person)
    talk = Conversation()
    assistant.reply(Turn("nhiệm vụ 13 ai chủ trì?", TODAY, None, asker, NOW), talk)
    keep_conversation(assistant.office, asker, talk, NOW)
    later = resumed(assistant.office, asker, NOW + dt.timedelta(hours=1))
    reply = assistant.reply(Turn("thế hạn bao giờ?", TODAY, None, asker, NOW), later)
    assert [task.number for task in reply.tasks] == ["13"]
    assert resumed(assistant.office, asker, NOW + LASTS + dt.timedelta(seconds=1)) == Conversation()


def test_nobody_in_particular_begins_anew(assistant: Assistant) -> None:
    talk = Conversation()
    assistant.reply(Turn("nhiệm vụ 13 ai chủ trì?", TODAY), talk)
    keep_conversation(assistant.office, TERMINAL, talk, NOW)
    assert resumed(assistant.office, TERMINAL, NOW) == Conversation()


def test_a_conversation_of_another_version_begins_anew(assistant: Assistant) -> None:
    person = assistant.office.people.add("Nguyễn Thị Hoa", "Phòng Văn hóa - Xã hội", Role.OFFICER, NOW)
    assistant.office.conversations.put(TERMINAL.channel, person.id, person.id, '{"gone": 1}', NOW)
    assert resumed(assistant.office, Asker(person=person), NOW) == Conversation()
