"""``troly backup``, ``restore``, ``data``, ``audit`` and ``calendar``: loaded only when one of them is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import JSON, Fault, open_settings
from prompts import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
NAME = Annotated[str, typer.Argument(help=say("people.opt_name"), show_default=False)]
BY = Annotated[str | None, typer.Option("--as", help=say("keeping.opt_by"))]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _day(value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise Fault(say("errors.bad_date", value=value)) from error


calendar = typer.Typer(help=say("calendar.command"), no_args_is_help=True)
app.add_typer(calendar, name="calendar")
_PERSON = Annotated[str | None, typer.Argument(help=say("people.opt_name"), show_default=False)]
_OF_UNIT = Annotated[str | None, typer.Option("--unit", help=say("calendar.opt_unit"))]


@calendar.command("link", help=say("calendar.command_link"))
def calendar_link(
    person: _PERSON = None,
    unit: _OF_UNIT = None,
    renew: Annotated[bool, typer.Option("--renew", help=say("calendar.opt_renew"))] = False,
    revoke: Annotated[bool, typer.Option("--revoke", help=say("calendar.opt_revoke"))] = False,
    by: BY = None,
) -> None:
    from assistant.calendar_commands import run_link, run_revoke

    if revoke:
        run_revoke(open_settings(), person, unit, by=by, now=_now())
        return
    run_link(open_settings(), person, unit, renew=renew, by=by, now=_now())


@calendar.command("export", help=say("calendar.command_export"))
def calendar_export(
    names: Annotated[list[str], typer.Argument(help=say("calendar.opt_names"), metavar="[PERSON] FILE")],
    unit: _OF_UNIT = None,
    by: BY = None,
) -> None:
    from assistant.calendar_commands import run_export

    *person, file = names
    run_export(open_settings(), " ".join(person) or None, unit, Path(file), by=by, now=_now())


@app.command(help=say("keeping.backup"))
def backup(
    file: Annotated[Path | None, typer.Argument(help=say("keeping.opt_backup_file"), show_default=False)] = None,
    by: BY = None,
) -> None:
    from assistant.keeping_commands import run_backup

    run_backup(open_settings(), file, by=by, now=_now())


@app.command(help=say("keeping.restore"))
def restore(
    file: Annotated[Path, typer.Argument(help=say("keeping.opt_restore_file"), show_default=False)],
    replace: Annotated[bool, typer.Option("--replace", help=say("keeping.opt_replace"))] = False,
    by: BY = None,
) -> None:
    from assistant.keeping_commands import run_restore

    run_restore(open_settings(), file, replace=replace, by=by, now=_now())


data = typer.Typer(help=say("keeping.data"), no_args_is_help=True)
app.add_typer(data, name="data")


@data.command("export", help=say("keeping.data_export"))
def data_export(
    name: NAME,
    file: Annotated[Path, typer.Argument(help=say("keeping.opt_data_file"), show_default=False)],
    by: BY = None,
) -> None:
    from assistant.personal_commands import run_export

    run_export(open_settings(), name, file, by=by, now=_now())


@data.command("erase", help=say("keeping.data_erase"))
def data_erase(
    name: NAME, yes: Annotated[bool, typer.Option("--yes", help=say("keeping.opt_yes"))] = False, by: BY = None
) -> None:
    from assistant.personal_commands import confirmed, person_to_erase, run_erase

    settings = open_settings()
    person = person_to_erase(settings, name, by=by)
    if not yes:
        confirmed(person)
    run_erase(settings, person, by=by, now=_now())


@data.command("clean", help=say("keeping.data_clean"))
def data_clean(by: BY = None) -> None:
    from assistant.personal_commands import run_clean

    run_clean(open_settings(), by=by, now=_now())


@app.command(help=say("keeping.audit"))
def audit(
    since: Annotated[str | None, typer.Option("--since", help=say("keeping.opt_since"))] = None,
    person: Annotated[str | None, typer.Option("--person", help=say("keeping.opt_audit_person"))] = None,
    action: Annotated[str | None, typer.Option("--action", help=say("keeping.opt_action"))] = None,
    most: Annotated[int, typer.Option("--most", min=1, help=say("keeping.opt_most"))] = 200,
    by: BY = None,
    as_json: JSON = False,
) -> None:
    from assistant.personal_commands import LogFilter, run_audit

    wanted = LogFilter(_day(since), person, action, most)
    run_audit(open_settings(), wanted, by=by, as_json=as_json, now=_now())
