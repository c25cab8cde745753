"""What the commands do, once their arguments are read."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.answer.wording import day, task_title
from assistant.assistant import Assistant, Conversation, Turn
from assistant.going_on import keep_conversation, resumed
from assistant.index_commands import refresh_meaning
from assistant.ingest import ensure_documents
from assistant.library import Library
from assistant.office import Office
from assistant.readings import note_readings
from assistant.replay import BatchTurn, replay
from assistant.reply import Reply, Status, view_task
from assistant.rights import Asker
from assistant.settings import Settings
from assistant.terminal import VIETNAM, complain, new_table, write, write_json, write_table
from assistant.understand.understand import unusable
from assistant.who import asker_at_terminal
from assistant.wiring import BUNDLED_DOCUMENTS, open_library, open_office
from connectors.database import TaskFilter
from corpus.errors import CorpusError
from corpus.records import Task
from prompts import say

_END = frozenset({"thoát", "thoat", "exit", "quit", "q"})
_QUOTE = 160
_SHOWN_SOURCES = 5


@dataclass(frozen=True)
class TaskOptions:
    """The filters of ``troly tasks``; dates are inclusive."""

    document: str | None
    section: str | None
    number: str | None
    lead: str | None
    coordinate: str | None
    kind: str | None
    due_from: dt.date | None
    due_to: dt.date | None
    duties: bool = False  # those that stand in prose instead of the rows of tables


def ready_library(settings: Settings) -> Library:
    """The library with documents in it: the ones that ship are taken in where there are none."""
    library = open_library(settings)
    ensure_documents(library.store, library.agencies, BUNDLED_DOCUMENTS, _note_first_ingest, settings.reviews)
    return library


def ready_assistant(settings: Settings) -> Assistant:
    """The assistant over the library with documents in it, with its journal where that is turned on."""
    library = ready_library(settings)
    if not settings.journal:
        return Assistant(library)
    from assistant.journal import Journal

    return Assistant(library, Journal(settings.journal_file, Office.of(library.store.engine)))


def _note_first_ingest() -> None:
    complain(say("cli.first_ingest"))


def run_ask(
    settings: Settings, question: str, *, unit: str | None, today: dt.date, as_json: bool, person: str | None = None
) -> bool:
    """Answers one question, of a person where one is named; False where it is none (empty, too long, …)."""
    reason = unusable(question)
    if reason is not None and not as_json:
        complain(say(f"endings.{reason}"))
        return False
    assistant = ready_assistant(settings)
    asker = asker_at_terminal(assistant.office, person or settings.person)
    reply = assistant.reply(Turn(question, today, _eyes(unit, asker, settings), asker))
    if as_json:
        write_json(reply.as_json())
    else:
        write(reply.text)
        _print_sources(reply)
    return reason is None


def _eyes(unit: str | None, asker: Asker, settings: Settings) -> str | None:
    """The unit through whose eyes to look: the one said, else that of who asks, else that of this terminal."""
    return unit or (None if asker.person else settings.unit)


def _print_sources(reply: Reply) -> None:
    items = []
    for citation in reply.citations[:_SHOWN_SOURCES]:
        quote = " ".join(citation.quote.split())
        quote = quote if len(quote) <= _QUOTE else quote[:_QUOTE].rsplit(" ", 1)[0] + " …"
        items.append(f"{citation.document} ({citation.locator}): {quote}")
    if items:
        write("\n" + say("cli.sources", items=items))


def run_explain(settings: Settings, question: str, *, unit: str | None, today: dt.date, as_json: bool) -> None:
    """Answers one question and shows each step: words, names recognised, query, what was weighed, reply."""
    assistant = Assistant(ready_library(settings))
    explanation = assistant.explain(Turn(question, today, unit or settings.unit), Conversation())
    if as_json:
        write_json(explanation.as_json())
        return
    write("\n".join(explanation.lines()))
    write("\n" + say("explain.reply", status=str(explanation.reply.status), text=explanation.reply.text))


def run_batch(settings: Settings, source: str, *, unit: str | None, today: dt.date) -> bool:
    """Answers conversations, a line each, in order; a bad line gets its reply too. False where one was bad."""
    lines = _lines(source)
    assistant = Assistant(ready_library(settings))
    good = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        answer, sound = _answer_line(assistant, line, number, unit or settings.unit, today)
        good = good and sound
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return good


def _lines(source: str) -> Iterator[str]:
    if source == "-":
        return iter(sys.stdin.buffer.read().decode("utf-8-sig", "replace").split("\n"))
    path = Path(source)
    if not path.is_file():
        raise CorpusError("file_missing", file=source)
    return iter(path.read_bytes().decode("utf-8-sig", "replace").split("\n"))


def _answer_line(
    assistant: Assistant, line: str, number: int, unit: str | None, today: dt.date
) -> tuple[dict[str, Any], bool]:
    raw: Any = None
    try:
        raw = json.loads(line)
        batch = BatchTurn.model_validate(raw)
    except (ValueError, RecursionError) as error:
        return {"id": _id_of(raw), "reply": _bad_line(number, error).as_json()}, False
    reply = replay(batch, assistant.reply, Conversation(), unit=unit, today=today)
    return {"id": batch.id, "reply": reply.as_json()}, True


def _id_of(raw: Any) -> Any:
    found = raw.get("id") if isinstance(raw, dict) else None
    return found if isinstance(found, str | int) else None


def _bad_line(number: int, error: Exception) -> Reply:
    problem = say("errors.bad_line_json")
    if isinstance(error, ValidationError):
        problem = say("errors.bad_line_field", field=".".join(map(str, error.errors()[0]["loc"])) or "turns")
    return Reply(status=Status.CLARIFY, text=say("errors.bad_line", line=number, problem=problem))


def run_chat(settings: Settings, *, unit: str | None, today: Callable[[], dt.date], person: str | None = None) -> None:
    """A conversation in the terminal, until "thoát" or the end of input; it may stay open over midnight."""
    assistant = ready_assistant(settings)
    assistant.library.shelf()
    asker = asker_at_terminal(assistant.office, person or settings.person)
    conversation = resumed(assistant.office, asker, dt.datetime.now(dt.UTC))
    write(say("cli.chat_open"))
    while True:
        try:
            message = input("\n" + say("cli.chat_prompt") + " ")
        except (EOFError, KeyboardInterrupt):
            break
        if message.strip().lower() in _END:
            break
        reply = assistant.reply(Turn(message, today(), _eyes(unit, asker, settings), asker), conversation)
        keep_conversation(assistant.office, asker, conversation, dt.datetime.now(dt.UTC))
        write("\n" + reply.text)
    write("\n" + say("cli.chat_close"))


def run_unanswered(settings: Settings, most: int, *, as_json: bool) -> None:
    """Lists the questions that found no answer, those asked most first; they are kept with the journal."""
    found = open_office(settings).unanswered.most_asked(most)
    if as_json:
        write_json([question.model_dump(mode="json") for question in found])
        return
    if not found:
        write(say("cli.unanswered_none", on=settings.journal))
        return
    table = new_table("cli.unanswered_columns")
    for item in found:
        table.add_row(str(item.times), day(item.last_at.astimezone(VIETNAM).date()), item.question)
    write_table(table)


def _note_read(settings: Settings, library: Library, person: str | None, documents: set[str] | None) -> None:
    """Notes who reads of internal documents among some (None: all) at the terminal. Raises StoreError."""
    office = Office.of(library.store.engine)
    asker = asker_at_terminal(office, person or settings.person)
    if library.store.holds_internal():
        read = (each for each in library.store.documents() if documents is None or each.id in documents)
        note_readings(office, asker, read, dt.datetime.now(dt.UTC))


def run_tasks(settings: Settings, options: TaskOptions, *, today: dt.date, person: str | None, as_json: bool) -> None:
    """Lists tasks as a table, or as a JSON array of the reply's task objects."""
    library = ready_library(settings)
    tasks = _tasks(library, options)
    _note_read(settings, library, person, {task.document for task in tasks})
    if as_json:
        write_json([view_task(task, today).model_dump(mode="json") for task in tasks])
        return
    table = new_table("cli.task_columns")
    for task in tasks:
        due = day(task.deadline.due) if task.deadline.due else ""
        lead = "; ".join(mention.name for mention in task.lead)
        table.add_row(task.document, task.section or "", task.number, task_title(task), lead, task.deadline.text, due)
    write_table(table)
    write(say("cli.task_total", n=len(tasks)))


def _duties(library: Library, wanted: TaskFilter) -> list[Task]:
    found = library.store.duties(wanted.documents)
    found = [duty for duty in found if wanted.number in (None, duty.number)]
    return [duty for duty in found if not wanted.kinds or duty.deadline.kind in wanted.kinds]


def _tasks(library: Library, options: TaskOptions) -> list[Task]:
    from assistant.answer.described import falls_in
    from assistant.understand.query import Period
    from corpus.records import DeadlineKind

    kinds = [str(kind) for kind in DeadlineKind]
    if options.kind is not None and options.kind not in kinds:
        raise CorpusError("bad_kind", value=options.kind, known=kinds)
    documents = (_known(library, options.document),) if options.document else None
    wanted = TaskFilter(
        documents=documents,
        section=options.section,
        number=options.number,
        kinds=(DeadlineKind(options.kind),) if options.kind else (),
        due_from=options.due_from,
        due_to=options.due_to,
    )
    tasks = _duties(library, wanted) if options.duties else library.store.tasks(wanted)
    if options.due_from or options.due_to:
        period = Period(start=options.due_from, end=options.due_to, text="")
        tasks = [task for task in tasks if falls_in(task.deadline, period)]
    for name, role in ((options.lead, "lead"), (options.coordinate, "coordinate")):
        if name:
            tasks = _with_agency(library, tasks, name, role)
    return tasks


def _with_agency(library: Library, tasks: list[Task], name: str, role: str) -> list[Task]:
    agencies = library.shelf().catalogue.agencies
    match = agencies.match(name)
    found = [match.agency] if match else [f.agency for f in agencies.find(name)]
    if not found:
        raise CorpusError("unknown_agency", value=name)
    wanted = {agency.id for agency in found}
    return [task for task in tasks if wanted & {mention.agency_id for mention in getattr(task, role)}]


def _known(library: Library, document: str) -> str:
    known = [d.id for d in library.store.documents()]
    if document not in known:
        raise CorpusError("unknown_document", id=document, known=known)
    return document


def run_documents(settings: Settings, *, person: str | None, as_json: bool) -> None:
    """Lists the documents."""
    library = ready_library(settings)
    _note_read(settings, library, person, None)
    counts = library.store.counts()
    rows = [_document_as_json(document, counts.get(document.id, (0, 0))) for document in library.store.documents()]
    if as_json:
        write_json(rows)
        return
    table = new_table("cli.document_columns")
    for row in rows:
        table.add_row(
            row["id"], row["kind"] or "", row["number"] or "", row["issuer"] or "", row["date"] or "",
            str(row["tasks"]), str(row["passages"]), say("cli.quality", name=row["quality"]),
        )  # fmt: skip
    write_table(table)


def run_remove(settings: Settings, document: str, *, person: str | None) -> None:
    """Removes a document and all that was read from it; the file itself stays where it is."""
    library = ready_library(settings)
    office = Office.of(library.store.engine)
    asker = asker_at_terminal(office, person or settings.person)
    library.store.remove(_known(library, document))
    now = dt.datetime.now(dt.UTC)
    office.audit.note("document_removed", by=asker.id, channel=asker.channel, now=now, about=document)
    library.shelf()
    refresh_meaning(settings, library)
    write(say("cli.removed", id=document))


def _document_as_json(document: Any, counts: tuple[int, int]) -> dict[str, Any]:
    fields = ("id", "file", "kind", "number", "issuer", "date", "title", "signer", "quality", "access")
    record = document.model_dump(mode="json")
    return {**{name: record[name] for name in fields}, "tasks": counts[0], "passages": counts[1]}


def run_text(settings: Settings, document: str, *, person: str | None, as_json: bool) -> None:
    """Prints the text of a document as received, nothing added."""
    library = ready_library(settings)
    _note_read(settings, library, person, {_known(library, document)})
    words = library.store.text_of(_known(library, document)) or ""
    if as_json:
        write_json({"document": document, "text": words})
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(words.encode("utf-8"))
    sys.stdout.buffer.flush()
