"""``troly serve`` and ``troly feedback``: loaded only when one of them is named."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from assistant.cli import AS, JSON, open_settings
from prompts import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_MOST_PORT = 65_535


@app.command(help=say("service.command"))
def serve(
    host: Annotated[str, typer.Option("--host", help=say("service.opt_host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=_MOST_PORT, help=say("service.opt_port"))] = 8000,
) -> None:
    from assistant.service.server import run_serve

    run_serve(open_settings(), host, port)


feedback = typer.Typer(help=say("feedback.command"), no_args_is_help=True)
app.add_typer(feedback, name="feedback")


@feedback.callback()
def _feedback() -> None:
    pass


@feedback.command("list", help=say("feedback.list"))
def feedback_list(
    most: Annotated[int, typer.Option("--most", min=1, help=say("feedback.opt_most"))] = 50,
    wrong: Annotated[bool, typer.Option("--wrong", help=say("feedback.opt_wrong"))] = False,
    person: AS = None,
    as_json: JSON = False,
) -> None:
    from assistant.feedback_commands import run_list

    run_list(open_settings(), most, wrong=wrong, person=person, now=dt.datetime.now(dt.UTC), as_json=as_json)
