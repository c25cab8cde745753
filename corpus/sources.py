"""The files that a path names, each with what the manifest of its folder says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.manifest import MANIFEST_NAME, ManifestEntry, read_manifest
from corpus.readers.kinds import SUFFIXES
from corpus.vietnamese import words

_LOCK = "~$"  # Office keeps such a file beside an open one


@dataclass(frozen=True)
class Source:
    """A file to read and what the manifest says of it."""

    path: Path
    entry: ManifestEntry


def sources_in(path: Path) -> list[Source]:
    """The files that a path names: a file alone, or all documents of a folder, those of folders in it and its
    manifest's entries.

    Raises CorpusError for a missing path, a bad manifest or a folder without documents.
    """
    if path.is_dir():
        return _sources_of_folder(path)
    entries = read_manifest(path.parent) if path.parent.is_dir() else []
    entry = next((e for e in entries if e.file == path.name), None)
    return [Source(path, entry or _guess_entry(path))]


def strangers_in(folder: Path) -> list[str]:
    """The files of a folder whose names tell no format that is read, by name."""
    return sorted(file.name for file in _files_of(folder) if file.suffix.lower() not in SUFFIXES)


def is_document(path: Path) -> bool:
    """Whether a file's name tells that it may be a document."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", _LOCK))


def _sources_of_folder(folder: Path) -> list[Source]:
    entries = read_manifest(folder)
    listed = {folder / entry.file for entry in entries}
    sources = [Source(folder / entry.file, entry) for entry in entries]
    sources += [
        Source(file, _guess_entry(file)) for file in _files_of(folder) if is_document(file) and file not in listed
    ]
    if not sources:
        raise CorpusError("folder_empty", folder=str(folder))
    return sources


def _files_of(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", _LOCK)) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.name != MANIFEST_NAME:
            yield path


def _guess_entry(path: Path) -> ManifestEntry:
    slug = "-".join(words(path.stem))[:64].strip("-") or "tai-lieu"
    return ManifestEntry(id=re.sub(r"[^a-z0-9-]", "", slug) or "tai-lieu", file=path.name)
