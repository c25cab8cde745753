"""``troly data …`` and ``troly audit``: what is held on a person, for how long, and who did or read what."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from assistant.office import Office
from assistant.settings import Settings
from assistant.terminal import VIETNAM, new_table, write, write_json, write_table
from assistant.who import one_person
from connectors.audit import Note
from connectors.engine import open_engine
from connectors.personal_data import erase, held_on
from connectors.retention import Retention, clean
from connectors.whole_files import written_whole
from corpus.errors import CorpusError
from corpus.people import Channel, Person
from corpus.vietnamese import fold
from prompts import say


def run_export(settings: Settings, name: str, file: Path, *, now: dt.datetime) -> None:
    """Writes all that is held on a person as JSON, and beside it a summary to be read. Raises StoreError."""
    engine = open_engine(settings.store)
    office = Office.of(engine)
    person = one_person(office, name)
    summary = file.with_suffix(".md")
    if summary == file:
        file = file.with_suffix(".json")
    office.audit.note("data_export", by=None, channel=Channel.CLI, now=now, about=person.id)
    held = held_on(engine, person)
    made = {"made_at": now.isoformat(), **held}
    _write(file, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    _write(summary, say("keeping.summary", person=person, held=held, at=_local(now)) + "\n")
    write(say("keeping.data_exported", name=person.name, file=str(file), summary=str(summary)))


def _write(file: Path, words: str) -> None:
    with written_whole(file) as target:
        target.write(words.encode())


def person_to_erase(settings: Settings, name: str) -> Person:
    """Whom a name means, to ask before anything is erased. Raises StoreError."""
    return one_person(Office.of(open_engine(settings.store)), name)


def confirmed(person: Person) -> None:
    """Asks whether to erase. Raises CorpusError for any answer but yes, and where nobody can be asked."""
    write(say("keeping.erase_ask", name=person.name, unit=person.unit.name))
    try:
        answer = fold(input()).strip(" .!”“\"'")
    except EOFError:
        answer = ""
    if answer != "xoa":
        raise CorpusError("erase_not_confirmed")


def run_erase(settings: Settings, person: Person, *, now: dt.datetime) -> None:
    """Takes all that is held on a person out of the database. Raises StoreError."""
    engine = open_engine(settings.store)
    done = erase(engine, person, name=say("keeping.erased_name"), now=now)
    Office.of(engine).audit.note("data_erase", by=None, channel=Channel.CLI, now=now, details=done)
    write(say("keeping.erased", done=done))


def run_clean(settings: Settings, *, now: dt.datetime) -> None:
    """Removes what is older than the settings keep it. Raises StoreError."""
    engine = open_engine(settings.store)
    kept = Retention(
        conversations=settings.keep_conversations_days,
        audit=settings.keep_audit_days,
        unanswered=settings.keep_unanswered_days,
        feedback=settings.keep_feedback_days,
    )
    done = clean(engine, kept, now)
    if any(done.values()):
        Office.of(engine).audit.note("data_clean", by=None, channel=Channel.CLI, now=now, details=done)
    write(say("keeping.cleaned", done=done, kept=kept))


def run_audit(
    settings: Settings,
    *,
    since: dt.date | None,
    person: str | None,
    action: str | None,
    most: int,
    as_json: bool,
    now: dt.datetime,
) -> None:
    """Prints the last lines of the audit log, and notes in it that it was read. Raises StoreError."""
    office = Office.of(open_engine(settings.store))
    by = one_person(office, person).id if person else None
    start = dt.datetime.combine(since, dt.time(), VIETNAM) if since else None
    lines = office.audit.lines(since=start, by=by, action=action, most=most)
    office.audit.note("audit_read", by=None, channel=Channel.CLI, now=now, about=by or "")
    names = office.people.named({word for line in lines for word in (line.by, line.about) if word})
    if as_json:
        write_json([_as_json(line, names) for line in lines])
        return
    table = new_table("keeping.audit_columns")
    for line in lines:
        details = ", ".join(f"{key}={value}" for key, value in line.details.items())
        table.add_row(
            _local(line.at),
            names.get(line.by or "", ""),
            str(line.channel),
            line.action,
            names.get(line.about, line.about),
            details,
        )
    write_table(table)
    write(say("keeping.audit_total", n=len(lines), most=most))


def _as_json(line: Note, names: dict[str, str]) -> dict[str, Any]:
    return {**line.model_dump(mode="json"), "at": _at(line.at).isoformat(), "name": names.get(line.by or "")}


def _at(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(VIETNAM)


def _local(moment: dt.datetime) -> str:
    return f"{_at(moment):%d/%m/%Y %H:%M:%S}"
