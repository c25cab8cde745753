"""Brings the tables of a database to the form of this version, with Alembic where they are of an earlier one.

Alembic is loaded only where something is to be changed. A migration is one transaction: one that fails half way
leaves the database as it was.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from connectors.engine import StoreError, writing
from connectors.schema import METADATA

HEAD = "0002"
FIRST = "0001"
_SCRIPTS = Path(__file__).with_name("migrations")
_TURN = 7_420_158  # the number of the lock under which one process at a time changes tables


def bring_up(engine: Engine) -> None:
    """Makes the tables, or brings those of an earlier version up. Raises StoreError for those of a later version."""
    with engine.connect() as connection:
        if version_of(connection) == HEAD:
            return
    with writing(engine, "store_not_migrated") as connection:
        _take_turn(connection)
        version = version_of(connection)
        if version is None and not inspect(connection).has_table("documents"):
            _make(connection)
        elif version != HEAD:
            _upgrade(connection, version)


def version_of(connection: Connection) -> str | None:
    """The version of the tables; None where there are none, or those of before there were versions."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _TURN})


def _make(connection: Connection) -> None:
    METADATA.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": HEAD})


def _upgrade(connection: Connection, version: str | None) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError("store_newer", version=version)
    try:
        run(connection, "upgrade", HEAD)
    except Exception as error:
        raise StoreError("store_not_migrated") from error


def run(connection: Connection, command: str, version: str) -> None:
    """Runs "upgrade" or "downgrade" to a version in the transaction of a connection."""
    import alembic.command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    getattr(alembic.command, command)(config, version)
