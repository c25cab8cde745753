"""Migrations up and down with data in them, on SQLite and PostgreSQL; the schema they make is that of schema.py."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, inspect, text

from assistant.faults import sentence_of
from connectors import migrate
from connectors.database import Store, TaskFilter
from connectors.engine import StoreError, open_engine, writing
from connectors.people import PeopleStore
from connectors.progress import ProgressStore
from connectors.schema import METADATA
from corpus.people import Channel, Role
from corpus.progress import Change, TaskKey, TaskState
from tests import postgres
from tests.connectors.records import due, put, task

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | SecretStr]:
    """Where an office's database is: a new file, or a new database of a server."""
    if request.param == "sqlite":
        yield tmp_path / "troly.sqlite3"
        return
    server = request.getfixturevalue("postgres_server")
    server.psql("CREATE DATABASE moving")
    yield postgres.url(server, "moving")
    server.psql("DROP DATABASE moving WITH (FORCE)")


def filled(target: Path | SecretStr) -> Engine:
    """A store of this version with two documents, one of them internal, and a change."""
    engine = open_engine(target)
    store = Store(engine)
    put(store, "a", tasks=[task("a", 0, number="7", deadline=due("2027-03-31")), task("a", 1, number="7")])
    put(store, "b", tasks=[task("b", 0, section="II", number="1")])
    with writing(engine) as connection:
        connection.execute(text("UPDATE documents SET access = 'internal' WHERE id = 'b'"))
        record = json.loads(connection.execute(text("SELECT record FROM documents WHERE id = 'b'")).scalar_one())
        record["access"] = "internal"
        connection.execute(text("UPDATE documents SET record = :r WHERE id = 'b'"), {"r": json.dumps(record)})
    return engine


def go(engine: Engine, command: str, version: str) -> None:
    with writing(engine) as connection:
        migrate.run(connection, command, version)


def test_the_head_is_that_of_the_scripts() -> None:
    scripts = ScriptDirectory(str(Path(migrate.__file__).with_name("migrations")))
    assert scripts.get_heads() == [migrate.HEAD]


def test_down_and_up_again_keeps_what_was_there_and_makes_the_schema(target: Path | SecretStr) -> None:
    engine = filled(target)
    before = (Store(engine).tasks(), Store(engine).documents(), Store(engine).revision())
    go(engine, "downgrade", migrate.FIRST)
    assert "progress" not in inspect(engine).get_table_names()
    assert "access" not in {column["name"] for column in inspect(engine).get_columns("documents")}
    engine.dispose()
    again = open_engine(target)
    store = Store(again)
    assert (store.tasks(), store.documents(), store.revision()) == before
    assert [d.id for d in store.public().documents()] == ["a"]
    assert {place: key.row for place, (key, _) in store.keys_of(store.tasks()).items()} == {
        ("a", 0): "#7",
        ("a", 1): "#7~2",
        ("b", 0): "II#1",
    }
    with again.connect() as connection:
        days = connection.execute(text("SELECT document, task_row, due FROM deadlines")).all()
        assert [(d, r, str(day)) for d, r, day in days] == [("a", "#7", "2027-03-31")]
        assert differences(connection) == []
    again.dispose()


def test_a_new_database_has_the_schema_of_the_migrations(target: Path | SecretStr) -> None:
    engine = open_engine(target)
    with engine.connect() as connection:
        assert migrate.version_of(connection) == migrate.HEAD
        assert differences(connection) == []
    engine.dispose()


def differences(connection: Any) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA))


def test_all_the_way_down_leaves_nothing(target: Path | SecretStr) -> None:
    engine = filled(target)
    go(engine, "downgrade", "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_a_store_of_before_versions_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "troly.sqlite3"
    engine = filled(path)
    go(engine, "downgrade", migrate.FIRST)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TABLE alembic_version; DROP TABLE duties; DROP INDEX tasks_filtered;")
    engine = open_engine(path)
    assert Store(engine).holds(TaskFilter(number="1", section="II"))
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(
    target: Path | SecretStr, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = filled(target)
    go(engine, "downgrade", migrate.FIRST)
    with writing(engine) as connection:  # a record that the migration cannot read, after it has made its tables
        connection.execute(text("UPDATE tasks SET record = '{' WHERE document = 'b'"))
    engine.dispose()
    with pytest.raises(StoreError) as caught:
        open_engine(target)
    assert caught.value.code == "store_not_migrated"
    plain = create_engine(f"sqlite:///{target}" if isinstance(target, Path) else postgres.plain(target))
    with plain.connect() as connection:
        assert migrate.version_of(connection) == migrate.FIRST
        assert not inspect(connection).has_table("progress")
        assert not inspect(connection).has_table("audit")
        assert connection.execute(text("SELECT count(*) FROM tasks")).scalar_one() == 3
    plain.dispose()


def test_a_database_of_a_later_version_is_left_alone(target: Path | SecretStr) -> None:
    engine = open_engine(target)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError) as caught:
        open_engine(target)
    assert caught.value.code == "store_newer"
    assert "9999" in sentence_of(caught.value)


def test_progress_outlives_a_new_reading_of_its_document(engine: Engine) -> None:
    store, progress = Store(engine), ProgressStore(engine)
    put(store, "a", tasks=[task("a", 0, number="7"), task("a", 1, number="8")])
    person = PeopleStore(engine).add("Nguyễn Thị Hoa", "Phòng Văn hóa - Xã hội", Role.OFFICER, NOW)
    key = TaskKey(document="a", row="#8")
    change = Change(state=TaskState.DONE)
    progress.record(key, change, by=person.id, channel=Channel.CLI, now=NOW, seen=None)
    put(store, "a", "Bản mới", tasks=[task("a", 5, number="8")])
    assert store.tasks_by_row([key])[key].ordinal == 5
    assert store.keys_of(store.tasks()) == {("a", 5): (key, True)}
    assert progress.standings([key])[key].state is TaskState.DONE


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://troly:secret-word@127.0.0.1:1/office", "store_away"),
        ("mysql://troly:secret-word@127.0.0.1/office", "database_unknown"),
        ("secret-word", "store_away"),
    ],
)
def test_a_server_that_cannot_be_reached_is_named_without_its_password(url: str, code: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_engine(SecretStr(url))
    assert caught.value.code == code
    assert caught.value.__cause__ is None
    assert "secret-word" not in sentence_of(caught.value)
