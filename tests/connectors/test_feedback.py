"""What people said of answers, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from connectors.engine import StoreError
from connectors.feedback import DAY, MOST_UNNAMED, FeedbackStore
from corpus.people import Channel

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


def say(store: FeedbackStore, useful: bool = False, *, person: str | None = None, now: dt.datetime = NOW) -> None:
    words = {"question": "nv 18 ai chủ trì?", "reply": "Phòng Văn hóa", "note": "hạn là 30/6"}
    store.add(useful=useful, person=person, channel=Channel.WEB, now=now, **words)


def test_the_newest_stand_first_and_the_wrong_ones_can_be_asked_for_alone(engine: Engine) -> None:
    store = FeedbackStore(engine)
    say(store, useful=True)
    say(store, person="p1", now=NOW + DAY)
    first, second = store.last(9)
    assert (first.person, first.useful, first.at, first.channel) == ("p1", False, NOW + DAY, Channel.WEB)
    assert (second.person, second.useful, second.note) == (None, True, "hạn là 30/6")
    assert store.last(9, useful=True) == [second]
    assert store.last(1) == [first]


def test_nobody_in_particular_cannot_fill_the_table(engine: Engine) -> None:
    store = FeedbackStore(engine)
    for _ in range(MOST_UNNAMED):
        say(store)
    with pytest.raises(StoreError, match="feedback_many"):
        say(store)
    say(store, person="p1")
    say(store, now=NOW + DAY)
    assert len(store.last(MOST_UNNAMED * 2)) == MOST_UNNAMED + 2
