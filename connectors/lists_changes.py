"""What reading a list in would change: row by row, nothing written; and what it may not change, for somebody else did.

A sheet of the program's own names the change after which it was written: what its cells say otherwise than the task
stood then was changed in the sheet. Another list is compared with what it said when it was last read; what it has said
before is no news.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.lists import Bad, Listed
from connectors.lists_store import Kept
from connectors.lists_values import state_of
from connectors.progress import ProgressStore, Told, after
from corpus.progress import Change, ChangeKind, Standing, TaskKey, TaskState
from corpus.records import Record
from corpus.vietnamese import fold

FIELDS = ("state", "percent", "asked_due", "note")


class FieldChange(Record):
    """A field of a task's progress with what it said and would say; None = nothing."""

    field: str
    before: Any = None
    after: Any = None


class RowChange(Record):
    """What a row would change."""

    line: int
    sheet: str
    number: str
    title: str
    fields: tuple[FieldChange, ...]
    told: Told


class Conflict(Record):
    """A row that says something new of a task which somebody changed since; ``standing`` is how it stands."""

    line: int
    sheet: str
    number: str
    title: str
    fields: tuple[FieldChange, ...]
    standing: Standing


class Preview(Record):
    """What reading a list in would do. ``same`` counts the rows that say nothing new; ``unused`` are cells that were
    changed and yet change nothing."""

    changes: tuple[RowChange, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    bad: tuple[Bad, ...] = ()
    unused: tuple[Bad, ...] = ()
    same: int = 0


class _Base(Record):
    """What a list's row is compared with, and from when the task may have been changed by others."""

    state: TaskState | None = None
    percent: int | None = None
    asked_due: dt.date | None = None
    note: str = ""
    entry: int | None = None
    at: dt.datetime | None = None
    own: bool = False


def preview(
    listed: Sequence[Listed],
    bad: Sequence[Bad],
    standings: Mapping[TaskKey, Standing],
    progress: ProgressStore,
    kept: Mapping[str, Kept],
    at: dt.datetime | None,
    names: Mapping[str, str],
) -> Preview:
    """What the rows would change. ``standings`` are how their tasks stand; ``kept`` is what the list said before, by
    ref; ``at`` when it was last changed; ``names`` are the people by id."""
    bases = _bases(listed, standings, progress, kept, at)
    changes: list[RowChange] = []
    conflicts: list[Conflict] = []
    unused: list[Bad] = []
    same = 0
    for row in listed:
        if row.task is None or row.gone:
            continue
        standing = standings.get(row.task)
        found = _fields(row, bases[row.ref], standing)
        place = {"line": row.line, "sheet": row.sheet, "number": row.number, "title": row.title}
        holder = names.get(standing.assignee or "", "") if standing else ""
        if row.seen is not None and fold(row.assignee) != fold(holder):
            unused.append(Bad(line=row.line, sheet=row.sheet, code="assignee", details={"value": row.assignee}))
        if not found:
            same += 1
        elif standing is not None and _is_newer(standing, bases[row.ref]):
            conflicts.append(Conflict(**place, fields=found, standing=standing))
        else:
            told = Told(task=row.task, change=_change(found, standing), seen=standing.entry if standing else None)
            changes.append(RowChange(**place, fields=found, told=told))
    return Preview(changes=tuple(changes), conflicts=tuple(conflicts), bad=tuple(bad), unused=tuple(unused), same=same)


def _bases(
    listed: Sequence[Listed],
    standings: Mapping[TaskKey, Standing],
    progress: ProgressStore,
    kept: Mapping[str, Kept],
    at: dt.datetime | None,
) -> dict[str, _Base]:
    """By ref what each row is compared with."""
    older = {row.seen for row in listed if row.seen and row.task and _entry(standings.get(row.task)) != row.seen}
    entries = progress.entries([number for number in older if number])
    found: dict[str, _Base] = {}
    for row in listed:
        standing = standings.get(row.task) if row.task else None
        if row.seen is not None:
            entry = entries.get(row.seen)
            then = (
                standing if _entry(standing) == row.seen else after(entry) if entry and entry.task == row.task else None
            )
            found[row.ref] = _base_of(then).model_copy(update={"entry": row.seen, "own": True})
        elif (before := kept.get(row.ref)) is not None:
            said = before.row
            found[row.ref] = _Base(
                state=said.state, percent=said.percent, asked_due=said.asked_due, note=said.note, at=before.changed_at
            )
        else:
            found[row.ref] = _Base(at=at)
    return found


def _base_of(standing: Standing | None) -> _Base:
    if standing is None:
        return _Base()
    return _Base(**{field: getattr(standing, field) for field in FIELDS})


def _entry(standing: Standing | None) -> int:
    return standing.entry if standing else 0


def _is_newer(standing: Standing, base: _Base) -> bool:
    """Whether somebody changed a task after the list was written, or where nobody knows when it was."""
    if base.own:
        return standing.entry != base.entry
    return base.at is None or standing.at > base.at


def _fields(row: Listed, base: _Base, standing: Standing | None) -> tuple[FieldChange, ...]:
    """What a row says that is news, and is not so yet."""
    state = _state(row, base, standing)
    said: dict[str, Any] = {"state": state, "percent": row.percent, "asked_due": row.asked_due}
    news = {field: value for field, value in said.items() if value is not None and value != getattr(base, field)}
    if "note" in row.said and row.note != base.note:
        news["note"] = row.note
    if news.get("asked_due"):
        if state is None or (base.own and state == base.state):
            news["state"] = TaskState.EXTENSION
        elif state is not TaskState.EXTENSION:
            del news["asked_due"]
    if news and standing is None:
        news.setdefault("state", TaskState.NOT_STARTED)
    now = {field: getattr(standing, field) if standing else None for field in FIELDS}
    now["note"] = now["note"] or ""
    changed = [field for field in FIELDS if field in news and news[field] != now[field]]
    return tuple(FieldChange(field=field, before=now[field], after=news[field]) for field in changed)


def _state(row: Listed, base: _Base, standing: Standing | None) -> TaskState | None:
    """The state that a row tells, in words or by its per cent alone."""
    if row.state is not None or row.percent is None or (row.percent == base.percent and not row.open):
        return row.state
    implied = state_of(row.percent)
    known = standing.state if standing else None
    if implied is TaskState.UNDERWAY and known in (TaskState.UNDERWAY, TaskState.EXTENSION):
        return known
    return TaskState.UNDERWAY if row.open and implied is TaskState.DONE else implied


def _change(fields: Sequence[FieldChange], standing: Standing | None) -> Change:
    """The change of some fields: what is not among them stays as it stands."""
    news = {change.field: change.after for change in fields}
    kept: dict[str, Any] = {}
    if standing is not None:
        kept = {"state": standing.state, "note": standing.note}
        if news.get("state", standing.state) is standing.state:
            kept |= {"percent": standing.percent, "asked_due": standing.asked_due}
    return Change(kind=ChangeKind.STATE, **{**kept, **news})
