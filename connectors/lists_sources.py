"""Lists that other systems hold, as list-sources.yaml names them: where each is, and which of its fields says what.

Secrets do not stand there: ``token_from`` and ``database_from`` name the environment variables that hold them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError, field_validator

from connectors.lists import ROLES, ListError

FILE = "list-sources.yaml"
MAPPED = (*ROLES, "ref", "updated", "deleted")
_VARIABLE = r"^[A-Z][A-Z0-9_]{0,63}$"


class _Source(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    fields: dict[str, str] = Field(min_length=1)  # by role the field of the other system

    @field_validator("fields")
    @classmethod
    def _known(cls, fields: dict[str, str]) -> dict[str, str]:
        if set(fields) - set(MAPPED) or not {"title", "code", "number"} & set(fields):
            raise ValueError("unknown field, or none that tells which task is meant")
        return fields


class RestSource(_Source):
    """A list behind a REST interface; docs/lists.md has its contract.

    ``paging``: "page" (``?page=1&limit=…`` until a page is short), "next" (the reply names the next address) or
    "cursor" (the reply gives what to send as ``cursor``). ``items`` and ``next`` are paths in the reply, such as
    "data.items"; ``since`` is the parameter that asks for what changed since a moment ("" = always everything).
    """

    kind: Literal["rest"]
    url: str = Field(pattern=r"^https?://[^\s/]+")
    path: str = "/"
    token_from: str | None = Field(default=None, pattern=_VARIABLE)
    paging: Literal["page", "next", "cursor"] = "page"
    limit: int = Field(default=200, ge=1, le=1000)
    items: str = "items"
    next: str = "next"
    since: str = "updated_since"
    timeout: float = Field(default=20.0, gt=0, le=120)  # seconds


class SqlSource(_Source):
    """A list that is a view of another database (SQLite or PostgreSQL)."""

    kind: Literal["sql"]
    database_from: str = Field(pattern=_VARIABLE)
    view: str = Field(pattern=r"^[^\W\d]\w*(?:\.[^\W\d]\w*)?$")


Source = Annotated[RestSource | SqlSource, Field(discriminator="kind")]
_SOURCE: TypeAdapter[RestSource | SqlSource] = TypeAdapter(Source)


def read_sources(path: Path) -> dict[str, RestSource | SqlSource]:
    """The lists that an office names, by name; none where there is no file. Raises ListError "list_settings"."""
    if not path.exists():
        return {}
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ListError("list_settings", file=path.name, entry="", field="") from error
    if not isinstance(data, dict) or not all(isinstance(name, str) and 0 < len(name) <= 64 for name in data):
        raise ListError("list_settings", file=path.name, entry="", field="")
    return {name: _source(path, name, entry) for name, entry in data.items()}


def _source(path: Path, name: str, entry: Any) -> RestSource | SqlSource:
    try:
        return _SOURCE.validate_python(entry)
    except ValidationError as error:
        place = [str(part) for part in error.errors()[0]["loc"] if part not in ("rest", "sql")]
        field = ".".join(place) or "kind"
    raise ListError("list_settings", file=path.name, entry=name, field=field)


def secret(name: str, environment: Mapping[str, str]) -> SecretStr:
    """The value of an environment variable. Raises ListError "list_secret"."""
    value = environment.get(name, "").strip()
    if not value:
        raise ListError("list_secret", name=name)
    return SecretStr(value)


def as_words(value: Any) -> str:
    """A value of another system as a cell would say it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float | Decimal) and value == int(value):
        return str(int(value))
    return str(value).strip()
