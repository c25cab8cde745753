"""``troly feedback list``: what people said of answers."""

from __future__ import annotations

import datetime as dt

from assistant.rights import Action
from assistant.settings import Settings
from assistant.terminal import VIETNAM, new_table, write, write_json, write_table
from assistant.who import allowed_at_terminal
from assistant.wiring import open_office
from prompts import say

_SHOWN = 120  # characters of a question or a reply


def run_list(
    settings: Settings, most: int, *, wrong: bool, person: str | None, now: dt.datetime, as_json: bool
) -> None:
    """Lists opinions, the newest first, and notes in the audit log that they were read. Raises StoreError, CorpusError
    "not_allowed"."""
    office = open_office(settings)
    asker = allowed_at_terminal(office, person or settings.person, Action.SEE_FEEDBACK)
    found = office.feedback.last(most, useful=False if wrong else None)
    office.audit.note("feedback_read", by=asker.id, channel=asker.channel, now=now, details={"n": len(found)})
    if as_json:
        write_json([each.model_dump(mode="json") for each in found])
        return
    if not found:
        write(say("feedback.nothing"))
        return
    table = new_table("feedback.columns")
    for each in found:
        at = f"{each.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
        verdict = say("feedback.verdict", useful=each.useful)
        table.add_row(at, str(each.channel), verdict, _cut(each.question), _cut(each.reply), each.note)
    write_table(table)
    write(say("feedback.total", n=len(found), most=most))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
