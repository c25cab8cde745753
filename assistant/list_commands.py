"""``troly lists …``: lists of the office read in, written out, fetched and compared with its plans."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from assistant.library import Library
from assistant.list_rights import exchanger, permitted
from assistant.office import Office
from assistant.rights import Asker
from assistant.settings import Settings
from assistant.terminal import VIETNAM, complain, progress, write, write_json
from assistant.wiring import open_library
from connectors.database import TaskFilter
from connectors.lists import Bad, ListError, ReadList
from connectors.lists_changes import Conflict, Preview, RowChange, preview
from connectors.lists_comparison import Difference, compare
from connectors.lists_matching import Plans
from connectors.lists_reading import Sorted, sort_rows
from connectors.lists_sources import FILE, RestSource, SqlSource, read_sources, secret
from connectors.lists_store import ListInfo, ListStore
from corpus.errors import CorpusError
from corpus.people import Channel
from corpus.progress import keyed
from prompts import say

Item = TypeVar("Item")
_SHOWN = 40  # rows of each kind
_LONGEST_NAME = 64  # characters; of the column of the database


class Room:
    """What the commands work with: the documents, what is kept beside them, and who asks."""

    def __init__(self, settings: Settings, person: str | None) -> None:
        self.settings = settings
        self.library: Library = open_library(settings)
        self.store = self.library.store
        self.office = Office.of(self.store.engine)
        self.lists = ListStore(self.store.engine)
        self.asker: Asker = exchanger(self.office, person or settings.person)


def run_import(
    settings: Settings,
    file: Path,
    *,
    name: str | None,
    apply: bool,
    person: str | None,
    now: dt.datetime,
    as_json: bool,
) -> bool:
    """Shows what a file would change, and writes it where that is wanted; False where a row does not go in."""
    from connectors.sheets import read_sheets

    room = Room(settings, person)
    with progress(say("lists.reading")) as step:
        read = read_sheets(file)
        listed = (name or file.stem).strip()
        return _take_in(
            room, ListInfo(id=_named(listed), kind="file", cursor=None, read_at=now), read, apply, step, as_json
        )


def run_fetch(
    settings: Settings, name: str, *, apply: bool, whole: bool, person: str | None, now: dt.datetime, as_json: bool
) -> bool:
    """Fetches a list that list-sources.yaml names, and does with it as ``run_import``."""
    sources = read_sources(settings.data / FILE)
    source = sources.get(name)
    if source is None:
        raise ListError("list_unknown", name=name, known=sorted(sources))
    room = Room(settings, person)
    with progress(say("lists.reading")) as step:
        since = None if whole else room.lists.cursor(name)
        read = _fetched(name, source, since, now, step)
        info = ListInfo(id=name, kind=source.kind, cursor=read.cursor or since, read_at=now)
        return _take_in(room, info, read, apply, step, as_json)


def _fetched(name: str, source: RestSource | SqlSource, since: str | None, now: dt.datetime, step: Any) -> ReadList:
    if isinstance(source, SqlSource):
        from connectors.sql_view import read_view

        return read_view(name, source, secret(source.database_from, os.environ))
    from connectors.rest import read_rest

    token = secret(source.token_from, os.environ) if source.token_from else None
    return read_rest(name, source, token, since, now, step)


def _named(name: str) -> str:
    if not name or len(name) > _LONGEST_NAME:
        raise ListError("list_name", name=name)
    return name


def _take_in(room: Room, info: ListInfo, read: ReadList, apply: bool, step: Any, as_json: bool) -> bool:
    """Sorts, compares, shows and, where it is wanted, writes. Nothing is written where one step fails."""
    found = _sorted(room, read, step)
    kept = {each.row.ref: each for each in room.lists.kept(info.id)}
    documents = {row.task.document for row in found.listed if row.task is not None}
    standings = room.office.progress.standings_of(documents)
    names = room.office.people.named({standing.assignee for standing in standings.values() if standing.assignee})
    seen = preview(found.listed, found.bad, standings, room.office.progress, kept, read.at, names)
    seen = permitted(room.asker, seen, room.store, room.library)
    if apply:
        told = [change.told for change in seen.changes]
        rows = [*found.listed, *found.strange, *(kept[row.ref].row if row.ref in kept else row for row in found.unread)]
        bulk = room.lists.write(info, rows, told, whole=read.whole, by=room.asker.id, now=info.read_at)
        seen = _without(seen, {standing.task: standing for standing in bulk.overtaken})
    if as_json:
        write_json({"list": info.id, "rows": len(read.rows), "applied": apply, **seen.model_dump(mode="json")})
    else:
        _show(room, info.id, seen, len(read.rows), apply)
    return not seen.bad and not seen.conflicts


def _sorted(room: Room, read: ReadList, step: Any) -> Sorted:
    """The rows of a list with the tasks that they mean."""
    documents = room.store.documents()
    wanted = _wanted(read, [document.id for document in documents])
    tasks = keyed(room.store.tasks(TaskFilter(documents=wanted) if wanted is not None else None))
    plans = Plans(documents, tasks, read.heading)
    years = {document.id: document.date.year if document.date else None for document in documents}
    bodies = [unit.short for unit in room.office.people.units()]
    return sort_rows(read, plans, room.library.agencies, bodies, years, step)


def _wanted(read: ReadList, known: Sequence[str]) -> tuple[str, ...] | None:
    """The documents whose tasks are needed: those of the codes where every row has one, else all (None)."""
    named = {row.cells.get("code", "").partition("|")[0].strip() for row in read.rows}
    return tuple(sorted(named)) if named <= set(known) else None


def _without(seen: Preview, overtaken: dict[Any, Any]) -> Preview:
    """A preview without the changes that others forestalled, which it tells as conflicts."""
    late = [
        Conflict(
            **change.model_dump(include={"line", "sheet", "number", "title"}),
            fields=change.fields,
            standing=overtaken[change.told.task],
        )
        for change in seen.changes
        if change.told.task in overtaken
    ]
    done = tuple(change for change in seen.changes if change.told.task not in overtaken)
    return seen.model_copy(update={"changes": done, "conflicts": (*seen.conflicts, *late)})


# --- what is shown ---------------------------------------------------------------------------------------


def _show(room: Room, name: str, seen: Preview, rows: int, applied: bool) -> None:
    by = room.office.people.named({c.standing.by for c in seen.conflicts if c.standing.by})
    _show_part("lists.heading_changed" if applied else "lists.heading_changes", seen.changes, _change)
    _show_part("lists.heading_conflicts", seen.conflicts, partial(_conflict, by))
    _show_part("lists.heading_unused", seen.unused, _bad)
    _show_part("lists.heading_bad", seen.bad, _bad)
    write(
        say(
            "lists.counted",
            changes=len(seen.changes),
            conflicts=len(seen.conflicts),
            bad=len(seen.bad),
            same=seen.same,
            rows=rows,
        )
    )
    if applied:
        write(say("lists.applied", n=len(seen.changes), name=name))
    else:
        write(say("lists.not_applied") if seen.changes else say("lists.nothing_new", name=name))


def _show_part(heading: str, items: Sequence[Item], told: Callable[[Item], str]) -> None:
    if not items:
        return
    write(say(heading))
    for item in items[:_SHOWN]:
        write(f"- {told(item)}")
    if len(items) > _SHOWN:
        write(say("lists.more", n=len(items) - _SHOWN))


def _change(row: RowChange) -> str:
    return say("lists.change", row=row)


def _conflict(names: dict[str, str], row: Conflict) -> str:
    at = row.standing.at.astimezone(VIETNAM)
    return say("lists.conflict", row=row, name=names.get(row.standing.by or "", ""), at=at)


def _bad(row: Bad) -> str:
    place, reason = say("lists.place", line=row.line, sheet=row.sheet), f"bad_{row.code}"
    return say("lists.bad", place=place, reason=say(f"lists.{reason}", **row.details))


# --- writing out and comparing ---------------------------------------------------------------------------


def run_export(
    settings: Settings, file: Path, *, document: str | None, unit: str | None, person: str | None, now: dt.datetime
) -> None:
    """Writes the tasks of all documents, of one, or of a unit to a file."""
    from connectors.sheets_export import Line, write_list

    room = Room(settings, person)
    names = {each.id: each.number or each.title or each.id for each in room.store.documents()}
    if document is not None and document not in names:
        raise CorpusError("unknown_document", id=document, known=sorted(names))
    tasks = list(keyed(room.store.tasks(TaskFilter(documents=(document,)) if document else None)))
    led = _led(room, unit) if unit else None
    tasks = [(key, task) for key, task in tasks if led is None or any(m.agency_id in led for m in task.lead)]
    standings = room.office.progress.standings_of({key.document for key, _ in tasks})
    people = room.office.people.named({s.assignee for s in standings.values() if s.assignee})
    lines = [
        Line(
            key=key,
            task=task,
            document=names[key.document],
            standing=(standing := standings.get(key)),
            assignee=people.get(standing.assignee or "", "") if standing else "",
        )
        for key, task in tasks
    ]
    with progress(say("lists.writing")) as step:
        write_list(file, lines, say("lists.title", unit=unit, today=now.astimezone(VIETNAM).date()), step)
    room.office.audit.note(
        "list_exported", by=room.asker.id, channel=Channel.CLI, now=now, about=file.name, details={"rows": len(lines)}
    )
    write(say("lists.exported", n=len(lines), file=file.name))


def _led(room: Room, unit: str) -> frozenset[str]:
    """The ids of the body of a name and of the expressions that stand for it. Raises CorpusError "unknown_agency"."""
    agencies = room.library.shelf().catalogue.agencies
    body = agencies.match(unit)
    if body is None:
        raise CorpusError("unknown_agency", value=unit)
    wider = (a.id for a in agencies if a.collective and agencies.includes(a, body.agency))
    return frozenset({body.agency.id, *wider})


def run_compare(settings: Settings, name: str | None, *, person: str | None, as_json: bool) -> None:
    """Shows what lists and plans say differently."""
    room = Room(settings, person)
    known = [each.id for each in room.lists.lists()]
    if name is not None and name not in known:
        raise ListError("list_unknown", name=name, known=known)
    found = {each: compare(each, room.store, room.lists, room.office.progress) for each in ([name] if name else known)}
    if as_json:
        write_json([d.model_dump(mode="json") for differences in found.values() for d in differences])
        return
    if not found:
        complain(say("lists.no_lists"))
    titles = {each.id: each.number or each.title or each.id for each in room.store.documents()}
    for each, differences in found.items():
        write(say("lists.compared", n=len(differences), name=each))
        _show_part("lists.heading_differences", differences, partial(_difference, titles))


def _difference(titles: dict[str, str], difference: Difference) -> str:
    document = titles.get(difference.task.document, difference.task.document) if difference.task else ""
    return say("lists.difference", d=difference, document=document)
