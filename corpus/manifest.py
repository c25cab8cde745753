"""The manifest of a folder of documents: what its keeper states of each file (manifest.yaml)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpus.errors import CorpusError
from corpus.records import Access, Quality

MANIFEST_NAME = "manifest.yaml"
ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"


class _Loader(yaml.SafeLoader):
    """Leaves dates as words, so that a wrong one is a fault of its field, not of the file."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class ManifestEntry(BaseModel):
    """One document of a folder. Keys left out are read from the document; null = the text does not say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=ID_PATTERN)
    file: str
    received_as: str | None = None
    kind: str | None = None
    number: str | None = None
    issuer: str | None = None
    date: dt.date | None = None
    title: str | None = None
    signer: str | None = None
    annex_of: str | None = None
    tasks: int | None = Field(default=None, ge=0)
    quality: Quality = Quality.CLEAN
    access: Access = Access.PUBLIC

    @field_validator("file")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        if not Path(value).name or Path(value).is_absolute() or ".." in Path(value).parts:
            raise ValueError("outside the folder")
        return value

    @field_validator("number", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value


def read_manifest(folder: Path) -> list[ManifestEntry]:
    """The entries of a folder's manifest, in order; an empty list where the folder has none.

    Raises CorpusError: manifest_unreadable, manifest_not_a_list, manifest_bad_entry (with entry and
    field), manifest_duplicate_id, manifest_duplicate_file.
    """
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return []
    entries = [_entry(raw, i, path) for i, raw in enumerate(_raw_entries(path))]
    ids = [entry.id for entry in entries]
    for entry_id in ids:
        if ids.count(entry_id) > 1:
            raise CorpusError("manifest_duplicate_id", file=path.name, id=entry_id)
    files = [Path(entry.file) for entry in entries]
    for file in files:
        if files.count(file) > 1:
            raise CorpusError("manifest_duplicate_file", file=path.name, listed=str(file))
    return entries


def _raw_entries(path: Path) -> list[object]:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        raise CorpusError("manifest_unreadable", file=path.name, line=None if line is None else line + 1) from error
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise CorpusError("manifest_not_a_list", file=path.name)
    return raw


def _entry(raw: object, place: int, path: Path) -> ManifestEntry:
    try:
        return ManifestEntry.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        name = raw.get("id", place + 1) if isinstance(raw, dict) else place + 1
        field = ".".join(map(str, first["loc"])) or "-"
        code = "manifest_unknown_key" if first["type"] == "extra_forbidden" else "manifest_bad_entry"
        raise CorpusError(code, file=path.name, entry=name, field=field) from error
