"""The audit log on both engines."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine

from connectors.audit import AuditLog
from corpus.people import Channel

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


def test_lines_come_newest_first_and_can_be_narrowed(engine: Engine) -> None:
    log = AuditLog(engine)
    log.note(
        "progress", by="hoa", channel=Channel.TELEGRAM, now=NOW, about="a#7", details={"state": "done", "entry": 3}
    )
    log.note("read", by=None, channel=Channel.WEB, now=NOW + dt.timedelta(hours=1), about="b")
    newest, oldest = log.lines()
    assert (newest.action, newest.by, newest.about) == ("read", None, "b")
    assert (oldest.at, oldest.channel, oldest.details) == (NOW, Channel.TELEGRAM, {"state": "done", "entry": 3})
    assert log.lines(since=NOW + dt.timedelta(minutes=1)) == [newest]
    assert log.lines(by="hoa") == log.lines(action="progress") == [oldest]
    assert log.lines(most=1) == [newest]
