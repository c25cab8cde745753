"""A backup of the task database and of the office's own files, in a form that belongs to no engine.

One zip: ``tables/NAME.jsonl`` for each table (a row a line, its values in the order of its columns), ``files/…`` for
what lies beside the database, and at last ``manifest.json``, which says what each part is. docs/backup.md has the form.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

from sqlalchemy import Boolean, Column, Connection, Date, Engine, Integer, Table, func, select

from connectors.engine import reading
from connectors.migrate import HEAD
from connectors.schema import METADATA, UtcTime
from connectors.whole_files import written_whole
from corpus.records import Record

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, FILES = "tables/", "files/"
_AT_ONCE = 1000  # rows
_KEPT = (".yaml", ".yml", ".jsonl")
_CHUNK = 1 << 20  # bytes
Kind = Literal["text", "number", "truth", "day", "moment"]
Step = Callable[[int, int], None]


class TablePart(Record):
    """A table in a backup: its columns with their kinds, in the order of the values of a row."""

    name: str
    columns: dict[str, Kind]
    rows: int
    bytes: int
    sha256: str

    @property
    def path(self) -> str:
        return f"{TABLES}{self.name}.jsonl"


class FilePart(Record):
    """A file in a backup; ``name`` is its path below the data folder, with "/"."""

    name: str
    bytes: int
    sha256: str

    @property
    def path(self) -> str:
        return f"{FILES}{self.name}"


class Manifest(Record):
    """What a backup holds. ``schema_version`` is that of the tables, in the order of which they can be filled;
    ``made_at`` is UTC."""

    format: int
    schema_version: str
    program: str
    made_at: dt.datetime
    tables: tuple[TablePart, ...]
    files: tuple[FilePart, ...]

    @property
    def parts(self) -> tuple[TablePart | FilePart, ...]:
        return (*self.tables, *self.files)

    def rows_of(self, table: str) -> int:
        return next((part.rows for part in self.tables if part.name == table), 0)


def write_backup(
    engine: Engine,
    target: Path,
    files: Mapping[str, Path],
    *,
    program: str,
    now: dt.datetime,
    step: Step = lambda _done, _total: None,
) -> Manifest:
    """Writes a backup of the database as it is at one moment, whatever others write meanwhile.

    ``files`` are the office's own, by their path below the data folder; each name ``fits``. Raises StoreError,
    "file_not_written" where the disk is full; a file that had this name is then still there.
    """
    with reading(engine) as connection, written_whole(target) as file:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = Manifest(
                format=FORMAT,
                schema_version=HEAD,
                program=program,
                made_at=now,
                tables=tuple(_tables(connection, archive, now, step)),
                files=tuple(_files(archive, files, now)),
            )
            archive.writestr(_entry(MANIFEST, now), manifest.model_dump_json(indent=1))
    return manifest


def _tables(connection: Connection, archive: zipfile.ZipFile, now: dt.datetime, step: Step) -> Iterator[TablePart]:
    total = sum(_count(connection, table) for table in METADATA.sorted_tables)
    done = 0
    for table in METADATA.sorted_tables:
        columns = {column.name: _kind(column) for column in table.columns}
        part = _Part(archive, f"{TABLES}{table.name}.jsonl", now)
        rows = 0
        with part:
            query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
            for some in connection.execute(query).partitions():
                part.write("".join(_line(row) for row in some).encode())
                rows += len(some)
                step(done + rows, total)
        done += rows
        yield TablePart(name=table.name, columns=columns, rows=rows, bytes=part.bytes, sha256=part.sha256)


def _files(archive: zipfile.ZipFile, files: Mapping[str, Path], now: dt.datetime) -> Iterator[FilePart]:
    for name, path in sorted(files.items()):
        part = _Part(archive, f"{FILES}{name}", now)
        with path.open("rb") as source, part:
            left = _whole_lines(source) if path.suffix == ".jsonl" else path.stat().st_size
            while left and (data := source.read(min(left, _CHUNK))):
                part.write(data)
                left -= len(data)
        yield FilePart(name=name, bytes=part.bytes, sha256=part.sha256)


def fits(name: str) -> bool:
    """Whether a name is that of a file below a folder on every system, and of a kind that an office keeps there."""
    path = PurePosixPath(name)
    plain = not re.search(r'[\\:*?"<>|\x00-\x1f]', name) and len(name) < 250
    below = not path.is_absolute() and str(path) == name and not any(part.startswith(".") for part in path.parts)
    return plain and below and path.suffix in _KEPT


def _whole_lines(source: IO[bytes]) -> int:
    """How many bytes of a file to which others add lines are whole lines; it is then read from its beginning."""
    end = source.seek(0, 2)
    while end:
        start = max(0, end - _CHUNK)
        source.seek(start)
        found = source.read(end - start).rfind(b"\n")
        if found >= 0:
            end = start + found + 1
            break
        end = start
    source.seek(0)
    return end


class _Part:
    """One part of a backup while it is written; counts and hashes what goes in."""

    def __init__(self, archive: zipfile.ZipFile, path: str, now: dt.datetime) -> None:
        self._archive, self._entry = archive, _entry(path, now)
        self._hash = hashlib.sha256()
        self.bytes = 0

    def __enter__(self) -> _Part:
        self._stream = self._archive.open(self._entry, "w", force_zip64=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self._hash.update(data)
        self.bytes += len(data)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _entry(path: str, now: dt.datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, now.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _kind(column: Column[Any]) -> Kind:
    kinds: tuple[tuple[type, Kind], ...] = (
        (UtcTime, "moment"),
        (Date, "day"),
        (Boolean, "truth"),
        (Integer, "number"),
    )
    return next((kind for type_, kind in kinds if isinstance(column.type, type_)), "text")


def _line(row: Any) -> str:
    return json.dumps([_written(value) for value in row], ensure_ascii=False, separators=(",", ":")) + "\n"


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
