"""The gate: the least that a build must reach, measure by measure, to be let through.

gate.toml holds the floors (shares that must be reached) and ceilings (shares that must not be passed).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from corpus.errors import CorpusError
from corpus.records import Record
from eval.case import tag_labels
from eval.comparison import Comparison
from eval.figures import Figures
from eval.judging import MEASURES
from eval.variants import NAMES

GATE = Path(__file__).with_name("gate.toml")
Limit = Annotated[float, Field(ge=0, le=1)]


class Gate(Record):
    """The limits, shares from 0 to 1, by measure, way of typing, tag and suite.

    ``worse_than_release``: whether a build may be worse than the last release by more than chance.
    """

    measures: dict[str, Limit]
    variants: dict[str, Limit] = Field(default_factory=dict)
    tags: dict[str, Limit] = Field(default_factory=dict)
    suites: dict[str, Limit] = Field(default_factory=dict)
    worse_than_release: bool = False

    @model_validator(mode="after")
    def _names_are_known(self) -> Gate:
        known = {"measures": set(MEASURES), "variants": set(NAMES), "tags": set(tag_labels())}
        for table, names in known.items():
            for name in getattr(self, table):
                if name not in names:
                    raise ValueError(f"{table}.{name}")
        return self


class Check(Record):
    """One limit and what was measured (None: nothing was); ``group`` is the table of gate.toml."""

    group: str
    name: str
    limit: float
    value: float | None
    lower_is_better: bool = False

    @property
    def passed(self) -> bool:
        if self.value is None:
            return False
        return self.value <= self.limit if self.lower_is_better else self.value >= self.limit


def read_gate(path: Path = GATE) -> Gate:
    """The limits in a file. Raises CorpusError that names the key at fault."""
    try:
        return Gate.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise CorpusError("file_missing", file=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError("gate_bad", file=path.name, key=str(error)) from error
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(map(str, fault["loc"])) or fault["msg"].removeprefix("Value error, ")
        raise CorpusError("gate_bad", file=path.name, key=key) from error


def checks(gate: Gate, figures: Figures) -> Iterator[Check]:
    """Every limit beside what was measured."""
    for group, limits in (
        ("measures", gate.measures),
        ("variants", gate.variants),
        ("tags", gate.tags),
        ("suites", gate.suites),
    ):
        measured = getattr(figures, group)
        for name, limit in limits.items():
            share = measured.get(name)
            yield Check(
                group=group,
                name=name,
                limit=limit,
                value=share.value if share else None,
                lower_is_better=group == "measures" and MEASURES[name] == "lower",
            )


def passes(gate: Gate, found: list[Check], comparison: Comparison | None) -> bool:
    """Whether a build is let through."""
    worse = comparison is not None and comparison.is_worse and not gate.worse_than_release
    return all(check.passed for check in found) and not worse
