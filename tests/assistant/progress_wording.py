"""Measures how wordings of reports and of questions about progress are read: what is recorded, against what ought."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import yaml

from assistant.assistant import Assistant
from assistant.reply import Reply, Status
from corpus.people import Channel
from corpus.progress import Change, ChangeKind, Entry, TaskKey, TaskState
from corpus.vietnamese import fold
from tests.assistant.desk import NOW, Desk

_DATA = Path(__file__).parents[1] / "data"
LOOKED_AT, HELD_OUT = _DATA / "progress_wording.yaml", _DATA / "progress_wording_held_out.yaml"
_DOCUMENT = "nhi-chieu-158"
# How the office stands before anything is said: number, who said it, what.
_BEFORE = (
    ("13", "lan", Change(state=TaskState.UNDERWAY, percent=60)),
    ("14", "lan", Change(state=TaskState.DONE)),
    ("12", "minh", Change(state=TaskState.EXTENSION)),
)


class Verdict(StrEnum):
    RIGHT = "right"
    ASKED = "asked back"
    WRONG = "wrong"
    PROPOSED = "wrongly proposed"
    RECORDED = "WRONGLY RECORDED"


def wordings(path: Path) -> list[dict[str, str]]:
    loaded: list[dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def open_desk(assistant: Assistant) -> Desk:
    """The office as it stands before a wording is said."""
    desk = Desk(assistant)
    for number, who, change in _BEFORE:
        key = TaskKey(document=_DOCUMENT, row=f"#{number}")
        desk.office.progress.record(key, change, by=desk.people[who].id, channel=Channel.TELEGRAM, now=NOW, seen=None)
    return desk


def judged(assistant: Assistant, wording: Mapping[str, str]) -> tuple[Verdict, str, Reply]:
    """How a wording fares, what it came to ("7 done; 8 done"), and the reply."""
    desk = open_desk(assistant)
    who = wording.get("as", "chu_tich")
    for earlier in filter(None, wording.get("before", "").split(" ;; ")):
        desk.say(who, earlier)
    last = max(entry.id for entry in _entries(desk))
    reply = desk.say(who, wording["say"])
    recorded = [
        _in_words(desk, entry.task, entry.change if entry.change.kind is not ChangeKind.UNDONE else None)
        for entry in _entries(desk)
        if entry.id > last
    ]
    waiting = [_in_words(desk, step.task, step.change) for step in desk.conversations[who].state.pending]
    got = {*recorded, *waiting}
    came_to = "; ".join(sorted(got)) + (" recorded" if recorded else "")
    if any(_is_met(want, recorded, got, reply) for want in wording["want"].split(" / ")):
        return Verdict.RIGHT, came_to, reply
    if recorded:
        return Verdict.RECORDED, came_to, reply
    if waiting:
        return Verdict.PROPOSED, came_to, reply
    asked = reply.status is Status.CLARIFY and not got
    return Verdict.ASKED if asked else Verdict.WRONG, came_to, reply


def measured(assistant: Assistant, path: Path) -> Counter[Verdict]:
    return Counter(judged(assistant, wording)[0] for wording in wordings(path))


def _is_met(want: str, recorded: list[str], got: set[str], reply: Reply) -> bool:
    kind, _, words = want.partition(" ")
    if want == "nothing":
        return not got
    if want == "asks":
        return not got and reply.status is Status.CLARIFY
    if kind == "list":
        return not got and reply.status is Status.ANSWERED and _says(words, reply)
    if kind == "tells":
        number, _, words = words.partition(" ")
        return not got and any(task.number == number for task in reply.tasks) and _says(words, reply)
    if want.endswith(" recorded"):
        return set(recorded) == {want.removesuffix(" recorded")}
    return got == set(want.split("; "))


def _says(words: str, reply: Reply) -> bool:
    return re.search(fold(words), fold(reply.text)) is not None


def _in_words(desk: Desk, task: TaskKey, change: Change | None) -> str:
    if change is None:
        return f"{task.number} undone"
    if change.kind is ChangeKind.ASSIGNED:
        who = next((name for name, person in desk.people.items() if person.id == change.assignee), "?")
        return f"{task.number} > {who}"
    parts = [task.number, str(change.state or "note")]
    if change.percent is not None and change.state is not TaskState.DONE:
        parts.append(str(change.percent))
    return " ".join(parts + ([change.asked_due.isoformat()] if change.asked_due else []))


def _entries(desk: Desk) -> list[Entry]:
    return desk.office.progress.between(NOW, NOW + dt.timedelta(days=1), desk.assistant.library.shelf().catalogue.ids)
