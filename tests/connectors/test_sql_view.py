"""An outside list as a view of another database, on real SQLite and real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text

from connectors.lists import ListError
from connectors.lists_sources import SqlSource
from connectors.sql_view import read_view
from tests import postgres

FIELDS = {"ref": "id", "number": "stt", "title": "ten", "deadline": "han", "percent": "ty_le", "deleted": "da_xoa"}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SecretStr]:
    """Another office system's database with a view of its tasks."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'kho.db'}"
    else:
        server: Any = request.getfixturevalue("postgres_server")
        server.psql("DROP DATABASE IF EXISTS kho")
        server.psql("CREATE DATABASE kho")
        url = postgres.url(server, "kho").get_secret_value()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(
            text("CREATE TABLE viec (id integer, stt text, ten text, han date, ty_le numeric, da_xoa boolean)")
        )
        first = "(1, '1', 'Họp giao ban', '2026-07-15', 60, false)"
        connection.execute(text(f"INSERT INTO viec VALUES {first}, (2, '2', 'Báo cáo', NULL, NULL, true)"))
        connection.execute(text("CREATE VIEW v_nhiem_vu AS SELECT * FROM viec"))
    engine.dispose()
    yield SecretStr(url)


def source(**more: Any) -> SqlSource:
    return SqlSource(**{"kind": "sql", "database_from": "KHO_URL", "view": "v_nhiem_vu", "fields": FIELDS, **more})


def test_the_rows_of_a_view_are_read(database: SecretStr) -> None:
    read = read_view("kho", source(), database)
    assert read.whole
    assert [(row.ref, row.line, row.gone) for row in read.rows] == [("1", 1, False), ("2", 2, True)]
    assert read.rows[0].cells["title"] == "Họp giao ban"
    assert read.rows[0].cells["percent"] == "60"
    assert read.rows[0].cells["deadline"] in ("15/07/2026", "2026-07-15")
    assert "deadline" not in read.rows[1].cells


@pytest.mark.parametrize("more", [{"view": "khong_co"}, {"fields": {"title": "khong_co"}}])
def test_a_view_or_column_that_is_not_there_is_told(database: SecretStr, more: dict[str, Any]) -> None:
    with pytest.raises(ListError) as raised:
        read_view("kho", source(**more), database)
    assert raised.value.code == "list_view"


def test_nothing_can_be_written_there(database: SecretStr) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from connectors.sql_view import _engine

    engine = _engine("kho", database)
    with pytest.raises(SQLAlchemyError), engine.begin() as connection:
        connection.execute(text("INSERT INTO viec (id) VALUES (9)"))
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ai:mat-khau@127.0.0.1:1/kho",
        "sqlite:////khong/co/kho.db",
        "mysql://ai:mat-khau@x/kho",
        "linh tinh",
    ],
)
def test_a_database_that_is_away_is_told_without_its_address(url: str) -> None:
    with pytest.raises(ListError) as raised:
        read_view("kho", source(), SecretStr(url))
    assert raised.value.code == "list_away"
    assert "mat-khau" not in f"{raised.value!r} {raised.value.__cause__!r}"
