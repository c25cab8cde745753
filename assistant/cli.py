"""The command ``troly``: the edge where arguments come in and one sentence goes out when they are bad."""

from __future__ import annotations

import datetime as dt
import gc
import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from assistant.settings import Settings, SettingsError, read_settings
from assistant.terminal import VIETNAM
from prompts import say

BAD_INPUT = 2
GC_THRESHOLD = 50_000  # objects: what starting allocates lives on, looking through it again and again is time lost

PLUGINS = "troly.commands"
# Commands that a question needs nothing of, by the module that has them: with their sentences they take 30 ms to load.
LATER = dict.fromkeys(("backup", "restore", "data", "audit", "calendar"), "assistant.keeping_cli")


class Commands(TyperGroup):
    """The commands of this file; those of LATER and of rooms above this one are looked up only when they are named."""

    def list_commands(self, ctx: Any) -> list[str]:
        from importlib.metadata import entry_points

        return [*super().list_commands(ctx), *LATER, *(point.name for point in entry_points(group=PLUGINS))]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        found = super().get_command(ctx, cmd_name)
        if found is not None:
            return found
        if cmd_name in LATER:
            from importlib import import_module

            return typer.main.get_group(import_module(LATER[cmd_name]).app).get_command(ctx, cmd_name)
        from importlib.metadata import entry_points

        named = entry_points(group=PLUGINS, name=cmd_name)
        return typer.main.get_group(next(iter(named)).load()) if named else None


app = typer.Typer(
    cls=Commands, help=say("cli.app"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
_JSON = Annotated[bool, typer.Option("--json", help=say("cli.opt_json"))]
_UNIT = Annotated[str | None, typer.Option("--unit", help=say("cli.opt_unit"))]
_AS = Annotated[str | None, typer.Option("--as", help=say("people.opt_as"))]
_TODAY = Annotated[str | None, typer.Option("--today", help=say("cli.opt_today"))]


class Fault(Exception):
    """Bad input; the message is the sentence that the person reads."""


def main() -> None:
    """Runs a command; a fault becomes one sentence on standard error and exit code 2."""
    gc.set_threshold(GC_THRESHOLD)
    # A question multiplies one small matrix: waking a second thread for that takes ten times as long as the work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from assistant.faults import sentence_of

    logging.raiseExceptions = False  # a log that cannot be written is no reason to show a trace
    logging.lastResort = None
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        code = app(standalone_mode=False)
        raise SystemExit(code if isinstance(code, int) else 0)
    except Fault as fault:
        _fail(str(fault))
    except typer.Exit as end:
        raise SystemExit(end.exit_code) from None
    except (KeyboardInterrupt, typer.Abort):
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as error:  # noqa: BLE001 - the edge of a command
        _fail(sentence_of(error))


def _fail(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    raise SystemExit(BAD_INPUT)


def open_settings() -> Settings:
    """The settings; from here on what goes wrong is written to troly.log in the data folder, not to the screen."""
    settings = read_settings()
    log = logging.FileHandler(settings.log, encoding="utf-8", delay=True)
    logging.basicConfig(level=logging.WARNING, handlers=[log], format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    return settings


def _day(value: str | None) -> dt.date:
    if value is None:
        return dt.datetime.now(VIETNAM).date()
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise Fault(say("errors.bad_date", value=value)) from error


@app.command(help=say("cli.ingest"))
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help=say("cli.opt_paths"), show_default=False)] = None,
    as_json: _JSON = False,
    watch: Annotated[bool, typer.Option("--watch", help=say("cli.opt_watch"))] = False,
) -> None:
    from assistant.ingest_commands import run_ingest, run_watch

    if watch:
        run_watch(open_settings(), paths or [], as_json=as_json)
    elif not run_ingest(open_settings(), paths or [], as_json=as_json):
        raise typer.Exit(BAD_INPUT)


@app.command(help=say("cli.ask"))
def ask(
    question: Annotated[str | None, typer.Argument(help=say("cli.opt_question"), show_default=False)] = None,
    as_json: _JSON = False,
    jsonl: Annotated[str | None, typer.Option("--jsonl", help=say("cli.opt_jsonl"))] = None,
    unit: _UNIT = None,
    today: _TODAY = None,
    person: _AS = None,
) -> None:
    from assistant.commands import run_ask, run_batch

    day = _day(today)
    if question is not None and jsonl is not None:
        raise Fault(say("errors.question_and_jsonl"))
    if jsonl is not None:
        if not run_batch(open_settings(), jsonl, unit=unit, today=day):
            raise typer.Exit(BAD_INPUT)
        return
    if question is None:
        raise Fault(say("errors.no_question"))
    if not run_ask(open_settings(), question, unit=unit, today=day, as_json=as_json, person=person):
        raise typer.Exit(BAD_INPUT)


@app.command(help=say("cli.explain"))
def explain(
    question: Annotated[str, typer.Argument(help=say("cli.opt_question"), show_default=False)],
    as_json: _JSON = False,
    unit: _UNIT = None,
    today: _TODAY = None,
) -> None:
    from assistant.commands import run_explain

    run_explain(open_settings(), question, unit=unit, today=_day(today), as_json=as_json)


@app.command(help=say("cli.chat"))
def chat(unit: _UNIT = None, today: _TODAY = None, person: _AS = None) -> None:
    from assistant.commands import run_chat

    _day(today)  # a date that is none is said at once
    run_chat(open_settings(), unit=unit, today=lambda: _day(today), person=person)


@app.command(help=say("cli.unanswered"))
def unanswered(
    most: Annotated[int, typer.Option("--most", help=say("cli.opt_most"), min=1)] = 50, as_json: _JSON = False
) -> None:
    from assistant.commands import run_unanswered

    run_unanswered(open_settings(), most, as_json=as_json)


@app.command(help=say("cli.tasks"))
def tasks(
    document: Annotated[str | None, typer.Option(help=say("cli.opt_document"))] = None,
    section: Annotated[str | None, typer.Option(help=say("cli.opt_section"))] = None,
    number: Annotated[str | None, typer.Option(help=say("cli.opt_number"))] = None,
    lead: Annotated[str | None, typer.Option(help=say("cli.opt_lead"))] = None,
    coordinate: Annotated[str | None, typer.Option(help=say("cli.opt_coordinate"))] = None,
    kind: Annotated[str | None, typer.Option(help=say("cli.opt_kind"))] = None,
    due_from: Annotated[str | None, typer.Option(help=say("cli.opt_due_from"))] = None,
    due_to: Annotated[str | None, typer.Option(help=say("cli.opt_due_to"))] = None,
    duties: Annotated[bool, typer.Option("--duties", help=say("cli.opt_duties"))] = False,
    today: _TODAY = None,
    as_json: _JSON = False,
) -> None:
    from assistant.commands import TaskOptions, run_tasks

    options = TaskOptions(
        document=document,
        section=section,
        number=number,
        lead=lead,
        coordinate=coordinate,
        kind=kind,
        due_from=_day(due_from) if due_from else None,
        due_to=_day(due_to) if due_to else None,
        duties=duties,
    )
    run_tasks(open_settings(), options, today=_day(today), as_json=as_json)


@app.command(help=say("cli.documents"))
def documents(
    as_json: _JSON = False,
    remove: Annotated[str | None, typer.Option(help=say("cli.opt_remove"))] = None,
) -> None:
    from assistant.commands import run_documents, run_remove

    if remove is not None:
        run_remove(open_settings(), remove)
        return
    run_documents(open_settings(), as_json=as_json)


@app.command(help=say("cli.text"))
def text(
    document: Annotated[str, typer.Argument(help=say("cli.opt_document"), show_default=False)],
    as_json: _JSON = False,
) -> None:
    from assistant.commands import run_text

    run_text(open_settings(), document, as_json=as_json)


@app.command(help=say("review.command"))
def review(
    name: Annotated[str | None, typer.Argument(metavar="DOCUMENT", help=say("cli.opt_document"))] = None,
    row: Annotated[str | None, typer.Argument(metavar="ROW", help=say("review.opt_row"))] = None,
    document: Annotated[str | None, typer.Option(help=say("cli.opt_document"))] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", help=say("review.opt_set"))] = None,
    illegible: Annotated[list[str] | None, typer.Option("--illegible", help=say("review.opt_illegible"))] = None,
    by: Annotated[str | None, typer.Option(help=say("review.opt_by"))] = None,
    why: Annotated[str | None, typer.Option(help=say("review.opt_why"))] = None,
    today: _TODAY = None,
    as_json: _JSON = False,
) -> None:
    from assistant.review_commands import correction_of, run_correct, run_review

    said = correction_of(sets or [], illegible or [], by, why)
    if name is None or row is None:
        run_review(open_settings(), name or document, as_json=as_json)
        return
    run_correct(open_settings(), name, row, said, _day(today), as_json=as_json)


@app.command(help=say("cli.doctor"))
def doctor(as_json: _JSON = False) -> None:
    from assistant.doctor import run_doctor

    if not run_doctor(open_settings(), as_json=as_json):
        raise typer.Exit(1)


index = typer.Typer(help=say("cli.index"), no_args_is_help=True)
app.add_typer(index, name="index")


@index.command("rebuild", help=say("cli.index_rebuild"))
def index_rebuild(as_json: _JSON = False) -> None:
    from assistant.index_commands import run_rebuild

    run_rebuild(open_settings(), as_json=as_json)


lists = typer.Typer(help=say("lists.command"), no_args_is_help=True)
app.add_typer(lists, name="lists")
_APPLY = Annotated[bool, typer.Option("--apply", help=say("lists.opt_apply"))]


@lists.command("import", help=say("lists.import_command"))
def lists_import(
    file: Annotated[Path, typer.Argument(help=say("lists.opt_file"), show_default=False)],
    name: Annotated[str | None, typer.Option(help=say("lists.opt_name"))] = None,
    apply: _APPLY = False,
    person: _AS = None,
    as_json: _JSON = False,
) -> None:
    from assistant.list_commands import run_import

    now = dt.datetime.now(dt.UTC)
    if not run_import(open_settings(), file, name=name, apply=apply, person=person, now=now, as_json=as_json):
        raise typer.Exit(1)


@lists.command("export", help=say("lists.export_command"))
def lists_export(
    file: Annotated[Path, typer.Argument(help=say("lists.opt_file"), show_default=False)],
    document: Annotated[str | None, typer.Option(help=say("cli.opt_document"))] = None,
    unit: Annotated[str | None, typer.Option(help=say("lists.opt_unit"))] = None,
    person: _AS = None,
) -> None:
    from assistant.list_commands import run_export

    run_export(open_settings(), file, document=document, unit=unit, person=person, now=dt.datetime.now(dt.UTC))


@lists.command("fetch", help=say("lists.fetch_command"))
def lists_fetch(
    name: Annotated[str, typer.Argument(help=say("lists.opt_source"), show_default=False)],
    apply: _APPLY = False,
    whole: Annotated[bool, typer.Option("--all", help=say("lists.opt_whole"))] = False,
    person: _AS = None,
    as_json: _JSON = False,
) -> None:
    from assistant.list_commands import run_fetch

    now = dt.datetime.now(dt.UTC)
    if not run_fetch(open_settings(), name, apply=apply, whole=whole, person=person, now=now, as_json=as_json):
        raise typer.Exit(1)


@lists.command("compare", help=say("lists.compare_command"))
def lists_compare(
    name: Annotated[str | None, typer.Argument(help=say("lists.opt_list"), show_default=False)] = None,
    person: _AS = None,
    as_json: _JSON = False,
) -> None:
    from assistant.list_commands import run_compare

    run_compare(open_settings(), name, person=person, as_json=as_json)


people = typer.Typer(help=say("people.command"), no_args_is_help=True)
app.add_typer(people, name="people")
_NAME = Annotated[str, typer.Argument(help=say("people.opt_name"), show_default=False)]


@people.command("add", help=say("people.add"))
def people_add(
    name: _NAME,
    unit: Annotated[str, typer.Option("--unit", help=say("people.opt_person_unit"))],
    role: Annotated[str, typer.Option("--role", help=say("people.opt_role"))] = "officer",
    as_json: _JSON = False,
) -> None:
    from assistant.people_commands import run_add

    run_add(open_settings(), name, unit, role, as_json=as_json)


@people.command("list", help=say("people.list"))
def people_list(
    everybody: Annotated[bool, typer.Option("--all", help=say("people.opt_everybody"))] = False, as_json: _JSON = False
) -> None:
    from assistant.people_commands import run_list

    run_list(open_settings(), everybody=everybody, as_json=as_json)


@people.command("change", help=say("people.change"))
def people_change(
    name: _NAME,
    unit: Annotated[str | None, typer.Option("--unit", help=say("people.opt_person_unit"))] = None,
    role: Annotated[str | None, typer.Option("--role", help=say("people.opt_role"))] = None,
    as_json: _JSON = False,
) -> None:
    from assistant.people_commands import run_change

    run_change(open_settings(), name, unit=unit, role=role, as_json=as_json)


@people.command("disable", help=say("people.disable"))
def people_disable(name: _NAME, as_json: _JSON = False) -> None:
    from assistant.people_commands import run_disable

    run_disable(open_settings(), name, as_json=as_json)


@people.command("link", help=say("people.link"))
def people_link(name: _NAME, as_json: _JSON = False) -> None:
    from assistant.people_commands import run_link

    run_link(open_settings(), name, as_json=as_json)


@people.command("unlink", help=say("people.unlink"))
def people_unlink(name: _NAME) -> None:
    from assistant.people_commands import run_unlink

    run_unlink(open_settings(), name)


__all__ = ["SettingsError", "app", "main"]
