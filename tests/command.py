"""Runs the command line as an officer's shell does: a process of its own, bytes in, bytes out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

TROLY = Path(sys.executable).with_name("troly")
_LIMIT_S = 60


@dataclass(frozen=True)
class Ran:
    """How a command ended; ``raw`` is its standard output as bytes."""

    rc: int
    raw: bytes
    stderr: str

    @property
    def stdout(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.stdout.splitlines() if line]


class RunTroly(Protocol):
    """``run("tasks", "--json")``: the command over the shared, filled data folder unless ``data`` names another."""

    def __call__(
        self, *arguments: str | Path, data: Path | None = None, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> Ran: ...


def environment(data: Path, more: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a command: none of this machine's TROLY_ settings, only ``data``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TROLY_")}
    return {**kept, "TROLY_DATA": str(data), "COLUMNS": "160", **(more or {})}


def run_command(
    arguments: tuple[str | Path, ...], data: Path, folder: Path, stdin: bytes, env: dict[str, str] | None
) -> Ran:
    """Runs ``troly`` with its working folder in ``folder``, where no .env lies."""
    done = subprocess.run(
        [TROLY, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=_LIMIT_S,
        check=False,
        cwd=folder,
        env=environment(data, env),
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8"))
