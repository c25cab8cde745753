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
# Commands that a question needs nothing of, by the module that has them: reading all their options takes 80 ms.
LATER = {
    **dict.fromkeys(("tasks", "documents", "text", "review", "doctor", "index", "unanswered"), "assistant.office_cli"),
    "people": "assistant.people_cli",
    "lists": "assistant.lists_cli",
    **dict.fromkeys(("serve", "feedback"), "assistant.service_cli"),
    **dict.fromkeys(("backup", "restore", "data", "audit", "calendar"), "assistant.keeping_cli"),
}


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
JSON = Annotated[bool, typer.Option("--json", help=say("cli.opt_json"))]
UNIT = Annotated[str | None, typer.Option("--unit", help=say("cli.opt_unit"))]
AS = Annotated[str | None, typer.Option("--as", help=say("cli.opt_as"))]
TODAY = Annotated[str | None, typer.Option("--today", help=say("cli.opt_today"))]


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


def day_of(value: str | None) -> dt.date:
    """A day as it is written in an option, today in Vietnam where none is. Raises Fault."""
    if value is None:
        return dt.datetime.now(VIETNAM).date()
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise Fault(say("errors.bad_date", value=value)) from error


@app.command(help=say("cli.ingest"))
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help=say("cli.opt_paths"), show_default=False)] = None,
    as_json: JSON = False,
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
    as_json: JSON = False,
    jsonl: Annotated[str | None, typer.Option("--jsonl", help=say("cli.opt_jsonl"))] = None,
    unit: UNIT = None,
    today: TODAY = None,
    person: AS = None,
) -> None:
    from assistant.commands import run_ask, run_batch

    day = day_of(today)
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
    as_json: JSON = False,
    unit: UNIT = None,
    today: TODAY = None,
) -> None:
    from assistant.commands import run_explain

    run_explain(open_settings(), question, unit=unit, today=day_of(today), as_json=as_json)


@app.command(help=say("cli.chat"))
def chat(unit: UNIT = None, today: TODAY = None, person: AS = None) -> None:
    from assistant.commands import run_chat

    day_of(today)  # a date that is none is said at once
    run_chat(open_settings(), unit=unit, today=lambda: day_of(today), person=person)


__all__ = ["SettingsError", "app", "main"]
