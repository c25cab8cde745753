"""Opens the task database: one SQLite file, or PostgreSQL where an office names one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

_WAIT = 15  # seconds for another writer, or for a server that does not answer
_CACHE = 16_000  # kB: the index by which all tasks of a large office are counted fits


class StoreError(RuntimeError):
    """The database cannot be opened, read or written; ``code`` names the sentence in prompts/."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details


def open_engine(target: Path | SecretStr | None) -> Engine:
    """The engine for a SQLite file, for the URL of a PostgreSQL database, or for one in memory (None), its tables as
    this version needs them.

    Raises StoreError where it cannot be opened, is no database, or is of a later version than this program.
    """
    from connectors.migrate import bring_up

    try:
        engine = _engine(target)
        try:
            bring_up(engine)
        except BaseException:
            engine.dispose()
            raise
    except (SQLAlchemyError, OSError, ImportError) as error:
        code = "store_away" if isinstance(target, SecretStr) else "store_unusable"
        raise StoreError(code, path=_shown(target)) from _cause(error, target)
    return engine


def _engine(target: Path | SecretStr | None) -> Engine:
    if target is None:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    elif isinstance(target, Path):
        target.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{target}", connect_args={"timeout": _WAIT})
    else:
        return _server_engine(target)
    event.listen(engine, "connect", _prepare_file if target else _prepare_memory)
    return engine


def _server_engine(target: SecretStr) -> Engine:
    url = make_url(target.get_secret_value())
    if url.get_backend_name() != "postgresql":
        raise StoreError("database_unknown", kind=url.get_backend_name())
    url = url.set(drivername="postgresql+psycopg")
    options = {"connect_timeout": _WAIT, "options": f"-c lock_timeout={_WAIT * 1000}"}
    engine = create_engine(url, connect_args=options, pool_pre_ping=True, hide_parameters=True)
    event.listen(engine, "connect", _prepare_server)
    return engine


def _shown(target: Path | SecretStr | None) -> str:
    """Where the database is, without the password and the account."""
    if not isinstance(target, SecretStr):
        return str(target or "")
    with contextlib.suppress(SQLAlchemyError, ValueError):
        url = make_url(target.get_secret_value())
        return f"{url.host or ''}/{url.database or ''}"
    return "PostgreSQL"


def _cause(error: Exception, target: Path | SecretStr | None) -> Exception | None:
    """The cause as it may be logged: that of a server holds its address and account."""
    return None if isinstance(target, SecretStr) else error


# The driver of SQLite is left to begin nothing by itself, for it would leave changes of tables out of transactions.
# What needs a transaction begins it; a single query is a view of its own.
def _begin(connection: Connection, how: str) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(how)


def _prepare_memory(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")


def _prepare_file(connection: Any, record: Any) -> None:
    _prepare_memory(connection, record)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(f"PRAGMA cache_size=-{_CACHE}")


def _prepare_server(connection: Any, _record: Any) -> None:
    """PostgreSQL keeps no NUL in texts: another sign takes its place, as long, so that ranges still count."""
    from psycopg.types.string import StrDumper

    class WithoutNul(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    connection.adapters.register_dumper(str, WithoutNul)


@contextlib.contextmanager
def writing(engine: Engine, code: str = "store_not_changed", **details: object) -> Iterator[Connection]:
    """A transaction that is kept as a whole or not at all. Raises StoreError with ``code``."""
    try:
        with engine.connect() as connection, connection.begin():
            # A writer takes its turn at once: one that has read before would be refused without waiting.
            _begin(connection, "BEGIN IMMEDIATE")
            yield connection
    except SQLAlchemyError as error:
        raise StoreError(code, **details) from error


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One view of the database, whatever others write meanwhile. Raises StoreError."""
    try:
        with engine.connect() as connection:
            _begin(connection, "BEGIN")
            yield connection
    except SQLAlchemyError as error:
        raise StoreError("store_not_read") from error


def rows(engine: Engine, query: Any, values: Mapping[str, object] | None = None) -> list[Any]:
    """The rows of a query with the values of its parameters, by name. Raises StoreError."""
    try:
        with engine.connect() as connection:
            return list(connection.execute(query, values))
    except SQLAlchemyError as error:
        raise StoreError("store_not_read") from error


def is_sound(engine: Engine) -> bool:
    """Whether the database answers, and a file passes its own check of consistency."""
    query = text("PRAGMA quick_check") if engine.dialect.name == "sqlite" else text("SELECT 'ok'")
    try:
        return all(row[0] == "ok" for row in rows(engine, query))
    except StoreError:
        return False
