"""A backup is one state of the database, whatever is written meanwhile, and goes back into either engine as it was."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, inspect, select, text

from connectors import backup_restore
from connectors.backup import MANIFEST, Manifest, write_backup
from connectors.backup_check import opened
from connectors.backup_restore import Restored, restore
from connectors.database import Store
from connectors.engine import StoreError, open_engine, writing
from connectors.migrate import FIRST, HEAD, run, version_of
from connectors.people import PeopleStore
from connectors.progress import ProgressStore
from connectors.schema import AUDIT, FEEDBACK, META, METADATA, PROGRESS, STANDINGS
from corpus.people import Channel, Role
from corpus.progress import Change, ChangeKind, TaskKey, TaskState
from tests import postgres
from tests.connectors.records import due, put, task

NOW = dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC)
LINE_BREAKS = "dòng một\ndòng hai\u2028ba\x85bốn “ngoặc”\t\\"


@pytest.fixture
def other(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of the other engine."""
    if engine.dialect.name == "sqlite":
        opened_ = request.getfixturevalue("postgres_engine")
        postgres.emptied(opened_)
        yield opened_
        return
    opened_ = open_engine(tmp_path / "other" / "troly.sqlite3")
    yield opened_
    opened_.dispose()


def fill(engine: Engine) -> None:
    """People, a plan, a history with one change taken back, and a value of every type."""
    store, people, progress = Store(engine), PeopleStore(engine), ProgressStore(engine)
    put(store, "kh-1", LINE_BREAKS, tasks=[task("kh-1", 0, deadline=due("2026-12-31"), lead=["vhxh"]), task("kh-1", 1)])
    hoa = people.add("Nguyễn Thị Hoa", "Phòng Văn hóa - Xã hội, UBND phường A", Role.HEAD, NOW)
    people.redeem(people.make_code(hoa.id, NOW), Channel.TELEGRAM, "77", NOW)
    where: dict[str, Any] = {"by": hoa.id, "channel": Channel.TELEGRAM, "seen": None}
    key = TaskKey(document="kh-1", row="#1")
    progress.record(key, Change(state=TaskState.UNDERWAY, percent=60), now=NOW, **where)
    progress.record(key, Change(state=TaskState.EXTENSION, asked_due=dt.date(2027, 1, 15)), now=NOW, **where)
    progress.record(
        key, Change(kind=ChangeKind.ASSIGNED, assignee=hoa.id), now=NOW + dt.timedelta(microseconds=7), **where
    )
    with engine.begin() as connection:
        values = {
            "at": NOW,
            "person": None,
            "channel": "web",
            "useful": False,
            "question": "",
            "reply": "x",
            "note": "",
        }
        connection.execute(insert(FEEDBACK), values)


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, but for the number that tells stores apart."""
    with engine.connect() as connection:
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(select(table)) if row[0] != "revision"), key=repr
            )
            for table in METADATA.sorted_tables
        }


def backed_up(engine: Engine, folder: Path, **files: Path) -> Path:
    target = folder / "troly.zip"
    write_backup(
        engine, target, {name.replace("__", "/") + ".yaml": f for name, f in files.items()}, program="1", now=NOW
    )
    return target


def put_back(engine: Engine, file: Path, folder: Path, **options: Any) -> Restored:
    folder.mkdir(exist_ok=True)
    with opened(file) as backup:
        return restore(engine, backup, folder, **options)


def rewritten(file: Path, parts: dict[str, bytes | None], manifest: dict[str, Any] | None = None) -> Path:
    """A copy of a backup with other parts (None: left out) or with other values in its manifest."""
    target = file.with_name("other.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        held = {name: old.read(name) for name in old.namelist()} | parts
        if manifest is not None:
            held[MANIFEST] = json.dumps({**json.loads(old.read(MANIFEST)), **manifest}).encode()
        for name, data in held.items():
            if data is not None:
                new.writestr(name, data)
    return target


def stated(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as archive:
        found: dict[str, Any] = json.loads(archive.read(MANIFEST))
        return found


# --- there and back --------------------------------------------------------------------------------------


def test_all_tables_come_back_in_the_other_engine_and_in_the_first(
    engine: Engine, other: Engine, tmp_path: Path
) -> None:
    fill(engine)
    before = contents(engine)
    put_back(other, backed_up(engine, tmp_path), tmp_path / "data")
    assert contents(other) == before
    again = write_backup(other, tmp_path / "back.zip", {}, program="1", now=NOW)
    put_back(engine, tmp_path / "back.zip", tmp_path / "data", replacing=())
    assert contents(engine) == before
    assert again.rows_of("progress") == 3


def test_numbers_go_on_after_those_that_were_restored(engine: Engine, other: Engine, tmp_path: Path) -> None:
    fill(engine)
    put_back(other, backed_up(engine, tmp_path), tmp_path / "data")
    progress, key = ProgressStore(other), TaskKey(document="kh-1", row="#1")
    last = progress.history(key)[-1].id
    added = progress.record(key, Change(state=TaskState.DONE), by=None, channel=Channel.CLI, now=NOW, seen=last)
    assert added.entry.id == last + 1
    assert added.overtaken is None


def test_a_restored_store_has_a_revision_of_its_own(engine: Engine, other: Engine, tmp_path: Path) -> None:
    fill(engine)
    put_back(other, backed_up(engine, tmp_path), tmp_path / "data")
    revisions = {Store(engine).revision(), Store(other).revision(), 0, 1}
    assert len(revisions) == 4, "else an index of the one would be taken for that of the other"


def test_two_new_stores_do_not_count_alike(tmp_path: Path) -> None:
    stores = [Store.open(None), Store.open(None)]
    for store in stores:
        put(store, "a")
    assert stores[0].revision() != stores[1].revision()


def test_files_beside_the_database_come_back(engine: Engine, other: Engine, tmp_path: Path) -> None:
    review = tmp_path / "review.yaml"
    review.write_text("rows: []\n", encoding="utf-8")
    file = backed_up(engine, tmp_path, reviews__kh=review)
    put_back(other, file, tmp_path / "data")
    back = tmp_path / "data" / "reviews" / "kh.yaml"
    assert back.read_text(encoding="utf-8") == "rows: []\n"
    assert back.stat().st_mode & 0o077 == 0
    assert sorted(p.name for p in (tmp_path / "data").iterdir()) == ["reviews"]


def test_a_file_that_differs_stays_unless_all_is_replaced(engine: Engine, other: Engine, tmp_path: Path) -> None:
    review = tmp_path / "review.yaml"
    review.write_text("rows: []\n", encoding="utf-8")
    file = backed_up(engine, tmp_path, kh=review)
    data = tmp_path / "data"
    data.mkdir()
    (data / "kh.yaml").write_text("rows: [1]\n", encoding="utf-8")
    (data / "moi.yaml").write_text("x", encoding="utf-8")
    assert put_back(other, file, data).kept == ("kh.yaml",)
    assert (data / "kh.yaml").read_text(encoding="utf-8") == "rows: [1]\n"
    assert put_back(other, file, data, replacing=("kh.yaml", "moi.yaml")).kept == ()
    assert (data / "kh.yaml").read_text(encoding="utf-8") == "rows: []\n"
    assert not (data / "moi.yaml").exists()


def test_the_half_line_that_somebody_is_writing_is_left_out(engine: Engine, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    journal.write_bytes(b'{"a":1}\n{"b":2}\n{"half')
    write_backup(engine, tmp_path / "b.zip", {"journal.jsonl": journal}, program="1", now=NOW)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.read("files/journal.jsonl") == b'{"a":1}\n{"b":2}\n'


def test_the_manifest_says_what_is_in_it_and_the_file_is_for_its_owner(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    file = backed_up(engine, tmp_path)
    manifest = Manifest.model_validate(stated(file))
    assert (manifest.schema_version, manifest.made_at) == (HEAD, NOW)
    assert {part.name for part in manifest.tables} == set(METADATA.tables)
    assert manifest.rows_of("people") == 1
    assert file.stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


# --- while others write ----------------------------------------------------------------------------------


def test_a_backup_taken_while_progress_is_recorded_is_one_state(engine: Engine, other: Engine, tmp_path: Path) -> None:
    key, stop, begun = TaskKey(document="kh-1", row="#1"), threading.Event(), threading.Event()
    progress = ProgressStore(engine)

    def record() -> None:
        for number in range(100_000):
            change = Change(state=TaskState.UNDERWAY, percent=number % 101, note=str(number))
            progress.record(key, change, by=None, channel=Channel.CLI, now=NOW, seen=None)
            if number == 20:
                begun.set()
            if stop.is_set():
                return

    writer = threading.Thread(target=record)
    writer.start()
    try:
        assert begun.wait(20)
        backups = [tmp_path / f"{i}.zip" for i in range(3)]
        for file in backups:
            write_backup(engine, file, {}, program="1", now=NOW)
    finally:
        stop.set()
        writer.join()
    sizes = []
    for file in backups:
        put_back(other, file, tmp_path / "data", replacing=())
        sizes.append(_assert_one_state(other, key))
    with engine.connect() as connection:
        assert sizes[0] <= sizes[-1] < connection.execute(select(func.count()).select_from(PROGRESS)).scalar_one()


def _assert_one_state(engine: Engine, key: TaskKey) -> int:
    """The standing is that after the last change, and no change is missing; gives how many there are."""
    restored = ProgressStore(engine)
    history = restored.history(key)
    assert [entry.change.note for entry in history] == [str(number) for number in range(len(history))]
    standing = restored.standings([key])[key]
    assert (standing.entry, standing.note) == (history[-1].id, history[-1].change.note)
    return len(history)


# --- what is refused -------------------------------------------------------------------------------------


def refusal(engine: Engine, file: Path, folder: Path) -> str:
    """The code of the fault; the database is then as it was."""
    before = contents(engine)
    with pytest.raises(StoreError) as fault:
        put_back(engine, file, folder)
    assert contents(engine) == before
    assert [p.name for p in folder.iterdir()] == [], "nothing may lie there"
    return fault.value.code


def test_a_database_that_holds_something_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    assert refusal(engine, backed_up(engine, tmp_path), tmp_path / "data") == "restore_not_empty"


@pytest.mark.parametrize("length", [0.2, 0.6, 0.99])
def test_a_cut_backup(engine: Engine, tmp_path: Path, length: float) -> None:
    put(Store(engine), "a", "Văn bản dài " * 500)
    file = backed_up(engine, tmp_path)
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * length)])
    assert refusal(open_engine(None), file, tmp_path / "data") == "backup_damaged"


def test_a_backup_with_any_byte_changed(tmp_path: Path) -> None:
    source = open_engine(None)
    fill(source)
    file = backed_up(source, tmp_path)
    sound = file.read_bytes()
    codes = set()
    for place in range(40, len(sound), max(1, len(sound) // 60)):
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 0x5A]) + sound[place + 1 :])
        try:
            with opened(file):
                codes.add("sound")  # a byte that says nothing of what is inside: a time, a system
        except StoreError as error:
            codes.add(error.code)
    assert codes <= {"backup_damaged", "backup_unknown", "sound"}
    assert "backup_damaged" in codes


@pytest.mark.parametrize("data", [b"", b"khong phai sao luu", b"SQLite format 3\0" * 9, b"PK\x05\x06" + b"\0" * 18])
def test_another_file(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    assert refusal(open_engine(None), file, tmp_path / "data") == "backup_unknown"


def test_another_zip_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(open_engine(None), tmp_path / "a.zip", tmp_path / "data") == "backup_unknown"
    assert refusal(open_engine(None), tmp_path / "b.zip", tmp_path / "data") == "backup_not_there"


@pytest.mark.parametrize(
    "name",
    [
        "../x.yaml",
        "/x.yaml",
        "a/../../x.yaml",
        "..\\x.yaml",
        "C:x.yaml",
        ".env.yaml",
        "troly.sqlite3",
        "a//x.yaml",
        "./x.yaml",
    ],
)
def test_files_that_would_lie_elsewhere(tmp_path: Path, name: str) -> None:
    file = backed_up(open_engine(None), tmp_path)
    part = {"name": name, "bytes": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    bad = rewritten(file, {f"files/{name}": b"x"}, {"files": [part]})
    assert refusal(open_engine(None), bad, tmp_path / "data") == "backup_damaged"
    assert not (tmp_path / "x.yaml").exists()


def test_a_zip_that_swells(tmp_path: Path) -> None:
    data = b"\0" * (200 << 20)
    part = {"name": "a.yaml", "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    bad = rewritten(backed_up(open_engine(None), tmp_path), {"files/a.yaml": data}, {"files": [part]})
    assert refusal(open_engine(None), bad, tmp_path / "data") == "backup_damaged"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"format": 2}, "backup_newer"),
        ({"format": 2, "all": "different"}, "backup_newer"),
        ({"schema_version": "9999"}, "backup_newer"),
        ({"tables": []}, "backup_damaged"),
        ({"made_at": "hom qua"}, "backup_damaged"),
        ({"tables": None}, "backup_damaged"),
    ],
)
def test_manifests_that_do_not_fit(tmp_path: Path, values: dict[str, Any], code: str) -> None:
    bad = rewritten(backed_up(open_engine(None), tmp_path), {}, values)
    assert refusal(open_engine(None), bad, tmp_path / "data") == code


@pytest.mark.parametrize(
    "line",
    [
        b'["revision"]',
        b'["revision", 5]',
        b'{"name": "revision"}',
        b"[",
        b"[" * 100_000,
        b'["a\xff", "b"]',
        b'["\\ud800","b"]',
        b"[null, null]",
    ],
)
def test_rows_that_fit_no_table_change_nothing(engine: Engine, tmp_path: Path, line: bytes) -> None:
    fill(engine)
    file, data = backed_up(engine, tmp_path), line + b"\n"
    told = {"rows": 1, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    tables = [{**part, **(told if part["name"] == "meta" else {})} for part in stated(file)["tables"]]
    bad = rewritten(file, {"tables/meta.jsonl": data}, {"tables": tables})
    before = contents(engine)
    with pytest.raises(StoreError) as fault:
        put_back(engine, bad, tmp_path / "data", replacing=())
    assert fault.value.code in ("backup_damaged", "backup_not_restored")
    assert contents(engine) == before


# --- faults half way -------------------------------------------------------------------------------------


def test_a_restore_that_ends_half_way_changes_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine)
    file, before = backed_up(engine, tmp_path), contents(engine)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(backup_restore, "_place", full)
    with pytest.raises(StoreError, match="backup_not_restored"):
        put_back(engine, file, tmp_path / "data", replacing=())
    assert contents(engine) == before
    assert [p.name for p in (tmp_path / "data").iterdir()] == []


def test_a_disk_that_is_full_leaves_the_backup_of_before(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backed_up(engine, tmp_path)
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("connectors.whole_files.os.fsync", full)
    with pytest.raises(StoreError, match="file_not_written"):
        backed_up(engine, tmp_path)
    assert file.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


# --- of an earlier version -------------------------------------------------------------------------------


def test_a_backup_of_an_earlier_version_is_brought_up(engine: Engine, other: Engine, tmp_path: Path) -> None:
    """Tables of version 0001: no people, and tasks without keys, which the migration gives them."""
    store = Store(engine)
    put(store, "kh-1", tasks=[task("kh-1", 0, number="7", deadline=due("2026-12-31")), task("kh-1", 1, number="7")])
    old = _as_of(backed_up(engine, tmp_path), FIRST, tmp_path)
    put_back(other, old, tmp_path / "data")
    keys = [TaskKey(document="kh-1", row="#7"), TaskKey(document="kh-1", row="#7~2")]
    assert list(Store(other).tasks_by_row(keys)) == keys
    with other.connect() as connection:
        assert version_of(connection) == HEAD
        assert connection.execute(text("SELECT due FROM deadlines")).scalar_one() is not None


def _as_of(file: Path, version: str, folder: Path) -> Path:
    """A backup as a program of an earlier version would have made it."""
    there = _columns_of(version, folder)
    parts: dict[str, bytes | None] = {}
    tables = []
    with zipfile.ZipFile(file) as archive:
        for part in stated(file)["tables"]:
            path = f"tables/{part['name']}.jsonl"
            parts[path] = None
            if part["name"] in there:
                kept = {name: kind for name, kind in part["columns"].items() if name in there[part["name"]]}
                rows = [dict(zip(part["columns"], json.loads(row), strict=True)) for row in archive.open(path)]
                data = "".join(json.dumps([row[name] for name in kept]) + "\n" for row in rows).encode()
                digest = hashlib.sha256(data).hexdigest()
                parts[path] = data
                tables.append({**part, "columns": kept, "bytes": len(data), "sha256": digest})
    return rewritten(file, parts, {"schema_version": version, "tables": tables})


def _columns_of(version: str, folder: Path) -> dict[str, set[str]]:
    earlier = open_engine(folder / "earlier.sqlite3")
    with writing(earlier) as connection:
        run(connection, "downgrade", version)
        looked = inspect(connection)
        found = {name: {c["name"] for c in looked.get_columns(name)} for name in looked.get_table_names()}
    earlier.dispose()
    return found


def test_tables_without_rows_are_restored_too(engine: Engine, other: Engine, tmp_path: Path) -> None:
    put_back(other, backed_up(engine, tmp_path), tmp_path / "data")
    with other.connect() as connection:
        assert connection.execute(select(func.count()).select_from(STANDINGS)).scalar_one() == 0
        assert connection.execute(select(func.count()).select_from(AUDIT)).scalar_one() == 0
        assert connection.execute(select(META.c.name)).scalars().all() == ["revision"]
