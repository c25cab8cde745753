"""Reads an outside list from a view or table of another database, SQLite or PostgreSQL; never writes there."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import URL, Engine, column, create_engine, make_url, select, table
from sqlalchemy.exc import SQLAlchemyError

from connectors.lists import MOST_ROWS, ListError, RawRow, ReadList
from connectors.lists_sources import SqlSource, as_words

_WAIT = 15  # seconds


def read_view(name: str, source: SqlSource, database: SecretStr) -> ReadList:
    """The rows of a view. Raises ListError "list_away", "list_view", "file_too_many_rows"."""
    schema, _, view = source.view.rpartition(".")
    columns = list(dict.fromkeys(source.fields.values()))
    query = select(*map(column, columns)).select_from(table(view, *map(column, columns), schema=schema or None))
    rows: list[RawRow] = []
    engine = _engine(name, database)
    try:
        with engine.connect() as connection:
            for number, row in enumerate(connection.execute(query.limit(MOST_ROWS + 1)).mappings(), start=1):
                rows.append(_row(number, {role: as_words(row[field]) for role, field in source.fields.items()}))
    except SQLAlchemyError as error:
        away = type(error).__name__ == "OperationalError" and engine.dialect.name == "postgresql"
        code = "list_away" if away else "list_view"
        raise ListError(code, name=name, **({} if away else {"view": source.view})) from RuntimeError(
            type(error).__name__
        )
    finally:
        engine.dispose()
    if len(rows) > MOST_ROWS:
        raise ListError("file_too_many_rows", file=source.view, most=MOST_ROWS)
    return ReadList(rows=tuple(rows))


def _row(number: int, told: dict[str, str]) -> RawRow:
    cells = {role: words for role, words in told.items() if words and role not in ("ref", "updated", "deleted")}
    gone = told.get("deleted", "").lower() in ("x", "1", "true")
    return RawRow(line=number, cells=cells, ref=told.get("ref", ""), gone=gone)


def _engine(name: str, database: SecretStr) -> Engine:
    """An engine that can only read."""
    try:
        url = make_url(database.get_secret_value())
    except SQLAlchemyError:
        url = URL.create("none")
    if url.get_backend_name() == "sqlite" and url.database and Path(url.database).is_file():
        readonly = f"file:{Path(url.database).resolve().as_posix()}?mode=ro"
        return create_engine(f"sqlite:///{readonly}&uri=true", connect_args={"timeout": _WAIT})
    if url.get_backend_name() == "postgresql":
        options = f"-c default_transaction_read_only=on -c statement_timeout={_WAIT * 4000}"
        arguments = {"connect_timeout": _WAIT, "options": options}
        return create_engine(url.set(drivername="postgresql+psycopg"), connect_args=arguments, hide_parameters=True)
    raise ListError("list_away", name=name)
