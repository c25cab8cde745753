"""Puts a backup into a database, in one transaction: afterwards all of it is there, or nothing has changed."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table, delete, func, insert, inspect, select, text

from connectors.backup import Kind, Manifest, Step, TablePart
from connectors.backup_check import Backup
from connectors.database import renew_revision
from connectors.engine import StoreError, reading, writing
from connectors.migrate import HEAD, run, versions
from connectors.schema import META, METADATA, UtcTime
from corpus.records import Record

_AT_ONCE = 1000  # rows
_TYPES: dict[Kind, Callable[[], sa.types.TypeEngine[Any]]] = {
    "text": sa.Text,
    "number": sa.BigInteger,
    "truth": sa.Boolean,
    "day": sa.Date,
    "moment": UtcTime,
}
_FORMS: dict[Kind, type] = {"text": str, "number": int, "truth": bool, "day": str, "moment": str}
_WORK = ".restore-"


class Restored(Record):
    """What was put back. ``kept`` are files of the data folder that were there already and differ: they stayed."""

    manifest: Manifest
    kept: tuple[str, ...] = ()


def is_empty(engine: Engine) -> bool:
    """Whether a database holds nothing yet."""
    with reading(engine) as connection:
        return _is_empty(connection)


def restore(
    engine: Engine,
    backup: Backup,
    folder: Path,
    *,
    replacing: Collection[str] | None = None,
    step: Step = lambda _done, _total: None,
) -> Restored:
    """Puts a checked backup into an empty database, and the office's own files below ``folder``.

    With ``replacing`` it takes the place of what the database holds and of the files so named (below ``folder``, "/").

    Files come first and the database last: where this ends half way, the database is as it was, and restoring again
    does the rest. Raises StoreError: "restore_not_empty", "backup_newer", "backup_damaged" (rows that do not fit),
    "backup_not_restored" (disk full, database away).
    """
    try:
        for left in folder.glob(f"{_WORK}*"):  # by one that was killed
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_WORK, dir=folder) as work:
            _unpack(backup, Path(work))
            with writing(engine, "backup_not_restored") as connection:
                _take_all(connection)
                if replacing is None and not _is_empty(connection):
                    raise StoreError("restore_not_empty")
                _empty(connection)
                _fill(connection, backup, step)
                kept = _place(backup, Path(work), folder, replacing)
    except OSError as error:
        raise StoreError("backup_not_restored") from error
    return Restored(manifest=backup.manifest, kept=tuple(kept))


# Tables


def _is_empty(connection: Connection) -> bool:
    tables = (table for table in METADATA.sorted_tables if table is not META)
    return all(
        connection.execute(select(sa.literal(1)).select_from(table).limit(1)).first() is None for table in tables
    )


def _take_all(connection: Connection) -> None:
    """Keeps others from writing meanwhile; SQLite has one writer at a time."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
        connection.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))


def _empty(connection: Connection) -> None:
    for table in reversed(METADATA.sorted_tables):
        connection.execute(delete(table))


def _fill(connection: Connection, backup: Backup, step: Step) -> None:
    """Fills tables of the backup's own version, and brings them up to that of this program."""
    version = backup.manifest.schema_version
    if version not in versions():
        raise StoreError("backup_newer", file=backup.file)
    if version != HEAD:
        run(connection, "downgrade", version)
    _check_columns(connection, backup)
    done, total = 0, sum(part.rows for part in backup.manifest.tables)
    try:
        for part in backup.manifest.tables:
            for rows in _rows(backup, part):
                connection.execute(insert(_table(part)), rows)
                done += len(rows)
                step(done, total)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise StoreError("backup_damaged", file=backup.file) from error
    if version != HEAD:
        run(connection, "upgrade", HEAD)
    _number_on(connection)
    renew_revision(connection)


def _check_columns(connection: Connection, backup: Backup) -> None:
    """Raises StoreError where the backup's tables are not those of its version."""
    looked = inspect(connection)
    there = {
        name: {column["name"] for column in looked.get_columns(name)}
        for name in looked.get_table_names()
        if name != "alembic_version"
    }
    if there != {part.name: set(part.columns) for part in backup.manifest.tables}:
        raise StoreError("backup_damaged", file=backup.file)


def _table(part: TablePart) -> Table:
    columns = [sa.Column(name, _TYPES[kind]()) for name, kind in part.columns.items()]
    return Table(part.name, sa.MetaData(), *columns)


def _rows(backup: Backup, part: TablePart) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for line in backup.lines(part):
        some.append(_row(json.loads(line), part))
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _row(values: Any, part: TablePart) -> dict[str, Any]:
    if not isinstance(values, list) or len(values) != len(part.columns):
        raise ValueError(part.name)
    return {name: _value(value, kind) for value, (name, kind) in zip(values, part.columns.items(), strict=True)}


def _value(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if type(value) is not _FORMS[kind]:  # a truth is a number to isinstance
        raise TypeError(kind)
    if isinstance(value, str) and kind == "moment":
        return _moment(value)
    return dt.date.fromisoformat(value) if isinstance(value, str) and kind == "day" else value


def _moment(value: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


def _number_on(connection: Connection) -> None:
    """Lets PostgreSQL give numbers after the highest one; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        highest = connection.execute(select(func.max(column))).scalar()
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(sequence, highest or 1, highest is not None)))


# Files


def _unpack(backup: Backup, work: Path) -> None:
    for part in backup.manifest.files:
        path = work / part.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for data in backup.chunks(part):
                file.write(data)
        path.chmod(0o600)


def _place(backup: Backup, work: Path, folder: Path, replacing: Collection[str] | None) -> list[str]:
    """Moves the unpacked files to where they belong; gives those that stay because another one is there."""
    kept: list[str] = []
    names = [part.name for part in backup.manifest.files]
    for name in names:
        target = folder / name
        if replacing is None and target.exists():
            if target.read_bytes() != (work / name).read_bytes():
                kept.append(name)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        (work / name).replace(target)
    for name in set(replacing or ()) - set(names):
        (folder / name).unlink(missing_ok=True)
    return kept


__all__ = ["Restored", "is_empty", "restore"]
