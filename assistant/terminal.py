"""What commands write to the terminal: sentences, tables, JSON; progress and complaints go to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from prompts import say

if TYPE_CHECKING:
    from rich.table import Table

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_WIDTH = 160  # columns where the output is no terminal


def write(text: str) -> None:
    """Writes a line to standard output, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write_json(value: Any) -> None:
    """Writes a value as JSON."""
    write(json.dumps(value, ensure_ascii=False, indent=2))


def complain(sentence: str) -> None:
    """Writes a line to standard error."""
    sys.stderr.write(sentence + "\n")


def new_table(columns: str) -> Table:
    """A table with the columns of a sentence of prompts/, divided by "|"."""
    from rich.table import Table

    return Table(*say(columns).split("|"))


def write_table(table: Table) -> None:
    """Writes a table to standard output."""
    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else _WIDTH).print(table)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error where that is a terminal; gives what is to be told (done, of how many)."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
