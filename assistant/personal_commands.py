"""``troly data …`` and ``troly audit``: what is held on a person, for how long, and who did or read what."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.office import Office
from assistant.rights import Action
from assistant.settings import Settings
from assistant.terminal import VIETNAM, new_table, write, write_json, write_table
from assistant.who import allowed_at_terminal, one_person
from connectors.audit import Note
from connectors.engine import open_engine
from connectors.personal_data import erase, held_on
from connectors.retention import Retention, clean
from connectors.whole_files import written_whole
from corpus.errors import CorpusError
from corpus.people import Channel, Person
from corpus.vietnamese import fold
from prompts import say


def run_export(settings: Settings, name: str, file: Path, *, by: str | None, now: dt.datetime) -> None:
    """Writes all that is held on a person as JSON, and beside it a summary to be read. Raises StoreError."""
    engine = open_engine(settings.store)
    office = Office.of(engine)
    asker = allowed_at_terminal(office, by or settings.person, Action.KEEP)
    person = one_person(office, name)
    summary = file.with_suffix(".md")
    if summary == file:
        file = file.with_suffix(".json")
    office.audit.note("data_export", by=asker.id, channel=Channel.CLI, now=now, about=person.id)
    held = held_on(engine, person)
    made = {"made_at": now.isoformat(), **held}
    _write(file, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    _write(summary, say("keeping.summary", person=person, held=held, at=_local(now)) + "\n")
    write(say("keeping.data_exported", name=person.name, file=str(file), summary=str(summary)))


def _write(file: Path, words: str) -> None:
    with written_whole(file) as target:
        target.write(words.encode())


def person_to_erase(settings: Settings, name: str, *, by: str | None) -> Person:
    """Whom a name means, to ask before anything is erased. Raises StoreError, CorpusError "not_allowed"."""
    office = Office.of(open_engine(settings.store))
    allowed_at_terminal(office, by or settings.person, Action.KEEP)
    return one_person(office, name)


def confirmed(person: Person) -> None:
    """Asks whether to erase. Raises CorpusError for any answer but yes, and where nobody can be asked."""
    write(say("keeping.erase_ask", name=person.name, unit=person.unit.name))
    try:
        answer = fold(input()).strip(" .!”“\"'")
    except EOFError:
        answer = ""
    if answer != "xoa":
        raise CorpusError("erase_not_confirmed")


def run_erase(settings: Settings, person: Person, *, by: str | None, now: dt.datetime) -> None:
    """Takes all that is held on a person out of the database. Raises StoreError."""
    engine = open_engine(settings.store)
    office = Office.of(engine)
    asker = allowed_at_terminal(office, by or settings.person, Action.KEEP)
    done = erase(engine, person, name=say("keeping.erased_name"), now=now)
    own = asker.id == person.id  # nobody is named who has just been erased
    office.audit.note("data_erase", by=None if own else asker.id, channel=Channel.CLI, now=now, details=done)
    write(say("keeping.erased", done=done))


def run_clean(settings: Settings, *, by: str | None, now: dt.datetime) -> None:
    """Removes what is older than the settings keep it. Raises StoreError."""
    engine = open_engine(settings.store)
    asker = allowed_at_terminal(Office.of(engine), by or settings.person, Action.KEEP)
    kept = Retention(
        conversations=settings.keep_conversations_days,
        audit=settings.keep_audit_days,
        unanswered=settings.keep_unanswered_days,
        feedback=settings.keep_feedback_days,
    )
    done = clean(engine, kept, now)
    if any(done.values()):
        Office.of(engine).audit.note("data_clean", by=asker.id, channel=Channel.CLI, now=now, details=done)
    write(say("keeping.cleaned", done=done, kept=kept))


@dataclass(frozen=True)
class LogFilter:
    """Which lines of the log are wanted: from a day on, of a person (name or id), of one action, so many at most."""

    since: dt.date | None
    person: str | None
    action: str | None
    most: int


def run_audit(settings: Settings, wanted: LogFilter, *, by: str | None, as_json: bool, now: dt.datetime) -> None:
    """Prints the last lines of the audit log, and notes in it who read it. Raises StoreError, CorpusError
    "not_allowed"."""
    office = Office.of(open_engine(settings.store))
    asker = allowed_at_terminal(office, by or settings.person, Action.SEE_AUDIT)
    of = one_person(office, wanted.person).id if wanted.person else None
    start = dt.datetime.combine(wanted.since, dt.time(), VIETNAM) if wanted.since else None
    lines = office.audit.lines(since=start, by=of, action=wanted.action, most=wanted.most)
    office.audit.note("audit_read", by=asker.id, channel=Channel.CLI, now=now, about=of or "")
    names = office.people.named({word for line in lines for word in (line.by, line.about) if word})
    if as_json:
        write_json([_as_json(line, names) for line in lines])
        return
    table = new_table("keeping.audit_columns")
    for line in lines:
        details = ", ".join(f"{key}={value}" for key, value in line.details.items())
        table.add_row(
            _local(line.at),
            names.get(line.by or "", say("keeping.terminal") if _at_terminal(line) else ""),
            str(line.channel),
            line.action,
            names.get(line.about, line.about),
            details,
        )
    write_table(table)
    write(say("keeping.audit_total", n=len(lines), most=wanted.most))


def _as_json(line: Note, names: dict[str, str]) -> dict[str, Any]:
    shown = {**line.model_dump(mode="json"), "at": _at(line.at).isoformat(), "name": names.get(line.by or "")}
    return {**shown, "terminal": _at_terminal(line)}


def _at_terminal(line: Note) -> bool:
    """Whether something was done at the machine's own terminal without a name."""
    return line.by is None and line.channel in (Channel.CLI, Channel.LIST)


def _at(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(VIETNAM)


def _local(moment: dt.datetime) -> str:
    return f"{_at(moment):%d/%m/%Y %H:%M:%S}"
