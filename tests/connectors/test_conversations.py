"""Conversations and unanswered questions on both engines."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine

from connectors.conversations import ConversationStore, UnansweredStore
from connectors.people import PeopleStore
from corpus.people import Channel, Role

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def test_a_conversation_is_found_by_its_account_until_it_is_old(engine: Engine) -> None:
    store = ConversationStore(engine)
    store.put(Channel.TELEGRAM, "7", None, '{"a": 1}', NOW)
    store.put(Channel.TELEGRAM, "7", None, '{"a": 2}', NOW + HOUR)
    store.put(Channel.WEB, "7", None, '{"a": 3}', NOW)
    assert store.get(Channel.TELEGRAM, "7", NOW) == '{"a": 2}'
    assert store.get(Channel.WEB, "7", NOW) == '{"a": 3}'
    assert store.get(Channel.TELEGRAM, "7", NOW + 2 * HOUR) is None
    store.forget(Channel.TELEGRAM, "7")
    assert store.get(Channel.TELEGRAM, "7", NOW) is None


def test_those_of_nobody_in_particular_end_once_they_are_old(engine: Engine) -> None:
    hoa = PeopleStore(engine).add("Hoa", "Phòng Kinh tế", Role.OFFICER, NOW)
    store = ConversationStore(engine)
    store.put(Channel.WEB, "old", None, "{}", NOW - HOUR)
    store.put(Channel.WEB, "new", None, "{}", NOW)
    store.put(Channel.WEB, "hers", hoa.id, "{}", NOW - HOUR)
    store.put(Channel.TELEGRAM, "old", None, "{}", NOW - HOUR)
    store.forget_unnamed(Channel.WEB, NOW)
    there = [(Channel.WEB, "old"), (Channel.WEB, "new"), (Channel.WEB, "hers"), (Channel.TELEGRAM, "old")]
    assert [store.get(*place, NOW - HOUR) is not None for place in there] == [False, True, True, True]


def test_a_question_typed_with_and_without_accents_is_one(engine: Engine) -> None:
    store = UnansweredStore(engine)
    store.note("Lương cơ sở 2027?", NOW)
    store.note("luong co so 2027", NOW + HOUR)
    store.note("giá vàng", NOW + 2 * HOUR)
    first, second = store.most_asked(9)
    assert (first.question, first.times, first.first_at, first.last_at) == ("Lương cơ sở 2027?", 2, NOW, NOW + HOUR)
    assert second.question == "giá vàng"
    assert store.most_asked(1) == [first]
