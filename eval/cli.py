"""``troly eval …``: measuring the assistant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from prompts import say

app = typer.Typer(help=say("eval.app"), no_args_is_help=True)
