"""``troly eval …``: measuring the assistant."""

from __future__ import annotations

import typer

from prompts import say

app = typer.Typer(help=say("eval.app"), no_args_is_help=True)
