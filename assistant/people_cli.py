"""``troly people``: loaded only when one of them is named."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli import JSON, open_settings
from prompts import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
people = typer.Typer(help=say("people.command"), no_args_is_help=True)
app.add_typer(people, name="people")
NAME = Annotated[str, typer.Argument(help=say("people.opt_name"), show_default=False)]


@people.command("add", help=say("people.add"))
def people_add(
    name: NAME,
    unit: Annotated[str, typer.Option("--unit", help=say("people.opt_person_unit"))],
    role: Annotated[str, typer.Option("--role", help=say("people.opt_role"))] = "officer",
    as_json: JSON = False,
) -> None:
    from assistant.people_commands import run_add

    run_add(open_settings(), name, unit, role, as_json=as_json)


@people.command("list", help=say("people.list"))
def people_list(
    everybody: Annotated[bool, typer.Option("--all", help=say("people.opt_everybody"))] = False, as_json: JSON = False
) -> None:
    from assistant.people_commands import run_list

    run_list(open_settings(), everybody=everybody, as_json=as_json)


@people.command("change", help=say("people.change"))
def people_change(
    name: NAME,
    unit: Annotated[str | None, typer.Option("--unit", help=say("people.opt_person_unit"))] = None,
    role: Annotated[str | None, typer.Option("--role", help=say("people.opt_role"))] = None,
    as_json: JSON = False,
) -> None:
    from assistant.people_commands import run_change

    run_change(open_settings(), name, unit=unit, role=role, as_json=as_json)


@people.command("disable", help=say("people.disable"))
def people_disable(name: NAME, as_json: JSON = False) -> None:
    from assistant.people_commands import run_disable

    run_disable(open_settings(), name, as_json=as_json)


@people.command("link", help=say("people.link"))
def people_link(name: NAME, as_json: JSON = False) -> None:
    from assistant.people_commands import run_link

    run_link(open_settings(), name, as_json=as_json)


@people.command("unlink", help=say("people.unlink"))
def people_unlink(name: NAME) -> None:
    from assistant.people_commands import run_unlink

    run_unlink(open_settings(), name)
