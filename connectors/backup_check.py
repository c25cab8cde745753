"""Whether a file is a whole and sound backup: all of it is looked at before anything is changed."""

from __future__ import annotations

import contextlib
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from connectors.backup import FORMAT, MANIFEST, FilePart, Manifest, TablePart, fits
from connectors.engine import StoreError

_CHUNK = 1 << 20  # bytes
_LONGEST_MANIFEST = 16 << 20  # bytes
_MOST_FOR_A_BYTE, _ALWAYS_ALLOWED = 300, 64 << 20  # how far a sound backup shrinks at the most; bytes
_TABLE = re.compile(r"[a-z_]{1,60}")
_UNSOUND = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValidationError, ValueError)


class Backup:
    """A backup that was found to be sound, open to be read."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest, file: str) -> None:
        self._archive = archive
        self.manifest = manifest
        self.file = file

    def lines(self, part: TablePart) -> Iterator[bytes]:
        """The rows of a table as they are written."""
        with self._archive.open(part.path) as stream:
            yield from stream

    def chunks(self, part: TablePart | FilePart) -> Iterator[bytes]:
        """What a part holds. Raises StoreError "backup_damaged" past the length that the manifest states."""
        left = part.bytes
        with self._archive.open(part.path) as stream:
            while data := stream.read(_CHUNK):
                left -= len(data)
                if left < 0:
                    raise ValueError(part.path)
                yield data


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """A backup, checked from its first to its last byte.

    Raises StoreError: "backup_not_there", "backup_unknown" (no backup at all), "backup_newer" (of a later version of
    this program), "backup_damaged" (cut, changed, or made by somebody who means harm).
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise StoreError("backup_not_there", file=path.name) from error
    with file:
        try:
            archive = zipfile.ZipFile(file)
        except (*_UNSOUND, OSError) as error:
            code = "backup_damaged" if _begins_as_zip(path) else "backup_unknown"
            raise StoreError(code, file=path.name) from error
        with archive:
            yield _checked(archive, path)


def _begins_as_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\3\4"


def _checked(archive: zipfile.ZipFile, path: Path) -> Backup:
    if MANIFEST not in archive.namelist():
        raise StoreError("backup_unknown", file=path.name)
    try:
        backup = Backup(archive, _manifest(archive, path), path.name)
        _check_names(archive, backup.manifest)
        if sum(part.bytes for part in backup.manifest.parts) > _ALWAYS_ALLOWED + _MOST_FOR_A_BYTE * path.stat().st_size:
            raise ValueError("too long")
        for part in backup.manifest.parts:
            _check(backup, part)
    except StoreError:
        raise
    except (*_UNSOUND, OSError) as error:
        raise StoreError("backup_damaged", file=path.name) from error
    return backup


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    with archive.open(MANIFEST) as stream:
        data = stream.read(_LONGEST_MANIFEST + 1)
    if len(data) > _LONGEST_MANIFEST:
        raise ValueError(MANIFEST)
    found = re.search(rb'^\s*\{\s*"format"\s*:\s*(\d{1,6})\b', data)
    if found and int(found[1]) > FORMAT:
        raise StoreError("backup_newer", file=path.name)
    return Manifest.model_validate_json(data)


def _check_names(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Raises ValueError where the parts are not just those of the manifest, or would lie elsewhere."""
    named = [MANIFEST, *(part.path for part in manifest.parts)]
    if len(set(named)) != len(named) or sorted(named) != sorted(archive.namelist()):
        raise ValueError("other parts")
    if not all(_TABLE.fullmatch(part.name) for part in manifest.tables):
        raise ValueError("table")
    if not all(fits(part.name) for part in manifest.files):
        raise ValueError("place")


def _check(backup: Backup, part: TablePart | FilePart) -> None:
    """Raises ValueError where a part is not what the manifest says."""
    digest, length, rows = hashlib.sha256(), 0, 0
    for data in backup.chunks(part):
        digest.update(data)
        length += len(data)
        rows += data.count(b"\n")
    if digest.hexdigest() != part.sha256 or length != part.bytes:
        raise ValueError(part.path)
    if isinstance(part, TablePart) and rows != part.rows:
        raise ValueError(part.path)
