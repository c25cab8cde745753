"""Every sentence the assistant says, as Jinja2 macros in the files beside this one, and every page.

``say("answers.task_card", task=…)`` renders macro ``task_card`` of answers.j2. A missing macro or value
is an error at once, not an empty sentence.
"""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text: each channel escapes for itself
    )


class _Cache(FileSystemBytecodeCache):
    """A folder of compiled sentences; one that is full, write-protected or gone is done without."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled_in(folder: Path) -> None:
    """Keeps compiled sentences in a folder, so that the next process need not compile them (50 ms)."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _environment().bytecode_cache = _Cache(str(folder))


@cache
def _macros(file: str) -> Any:
    return _environment().get_template(f"{file}.j2").module


def say(sentence: str, /, **values: object) -> str:
    """The sentence ``file.macro`` with its values. Raises KeyError where there is no such sentence."""
    file, _, macro = sentence.partition(".")
    found = getattr(_macros(file), macro, None)
    if found is None:
        raise KeyError(sentence)
    return str(found(**values)).strip()


def page(name: str, /, **values: object) -> str:
    """The HTML page ``name`` (report.html.j2: "report") with its values, which are escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    return environment.get_template(f"{name}.html.j2").render(values)


def knows(sentence: str, /) -> bool:
    """Whether there is a sentence of this name."""
    file, _, macro = sentence.partition(".")
    return hasattr(_macros(file), macro)
