"""``troly lists``: loaded only when one of them is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import AS, JSON, open_settings
from prompts import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
lists = typer.Typer(help=say("lists.command"), no_args_is_help=True)
app.add_typer(lists, name="lists")
APPLY = Annotated[bool, typer.Option("--apply", help=say("lists.opt_apply"))]


@lists.command("import", help=say("lists.import_command"))
def lists_import(
    file: Annotated[Path, typer.Argument(help=say("lists.opt_file"), show_default=False)],
    name: Annotated[str | None, typer.Option(help=say("lists.opt_name"))] = None,
    apply: APPLY = False,
    person: AS = None,
    as_json: JSON = False,
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
    person: AS = None,
) -> None:
    from assistant.list_commands import run_export

    run_export(open_settings(), file, document=document, unit=unit, person=person, now=dt.datetime.now(dt.UTC))


@lists.command("fetch", help=say("lists.fetch_command"))
def lists_fetch(
    name: Annotated[str, typer.Argument(help=say("lists.opt_source"), show_default=False)],
    apply: APPLY = False,
    whole: Annotated[bool, typer.Option("--all", help=say("lists.opt_whole"))] = False,
    person: AS = None,
    as_json: JSON = False,
) -> None:
    from assistant.list_commands import run_fetch

    now = dt.datetime.now(dt.UTC)
    if not run_fetch(open_settings(), name, apply=apply, whole=whole, person=person, now=now, as_json=as_json):
        raise typer.Exit(1)


@lists.command("compare", help=say("lists.compare_command"))
def lists_compare(
    name: Annotated[str | None, typer.Argument(help=say("lists.opt_list"), show_default=False)] = None,
    person: AS = None,
    as_json: JSON = False,
) -> None:
    from assistant.list_commands import run_compare

    run_compare(open_settings(), name, person=person, as_json=as_json)
