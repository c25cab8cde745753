"""Runs the command line: in a process of its own as an officer's shell does, or, ten times as fast, in this one."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from assistant.cli import main

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


def call_command(
    arguments: tuple[str | Path, ...],
    data: Path,
    folder: Path,
    stdin: bytes,
    env: dict[str, str] | None,
    patch: pytest.MonkeyPatch,
) -> Ran:
    """Calls ``assistant.cli.main`` as a process would, with its own arguments, environment and streams."""
    out, err = io.BytesIO(), io.BytesIO()
    with patch.context() as own:
        for name in [name for name in os.environ if name.startswith("TROLY_")]:
            own.delenv(name)
        for name, value in environment(data, env).items():
            own.setenv(name, value)
        own.chdir(folder)
        own.setattr(sys, "argv", ["troly", *map(str, arguments)])
        own.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        own.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8"))
        own.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8"))
        own.setattr(logging.getLogger(), "handlers", [])
        rc = _exit_code()
        sys.stdout.flush()
        sys.stderr.flush()
        return Ran(rc, out.getvalue(), err.getvalue().decode("utf-8"))


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0
