"""The store against real SQLite: one transaction per document, filters, removal, faults, a killed writer."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.faults import sentence_of
from connectors.database import Store, StoreError, TaskFilter
from corpus.records import Deadline, DeadlineKind, Milestone, Recurrence
from tests import postgres
from tests.connectors.records import document, due, passage, put, task

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["memory", "file", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "postgresql":
        engine = request.getfixturevalue("postgres_engine")
        postgres.emptied(engine)
        yield Store(engine)
        return
    opened = Store.open(tmp_path / "troly.sqlite3" if request.param == "file" else None)
    yield opened
    opened.close()


# --- writing ---------------------------------------------------------------------------------------------


def test_a_new_store_is_empty(store: Store) -> None:
    assert store.revision() == 0
    assert store.reader() is None
    assert (store.documents(), store.tasks(), store.passages(), store.counts(), store.fingerprints()) == (
        [],
        [],
        [],
        {},
        {},
    )
    assert store.text_of("a") is None
    assert store.is_sound()


def test_what_is_put_in_comes_out(store: Store) -> None:
    tasks = [task("a", 0, lead=["so-noi-vu"], deadline=due("2027-03-31"))]
    store.replace(document("a", "Nội dung\r\n\f"), '{"id": "a"}', "Nội dung\r\n\f", [passage("a", 0)], tasks)
    assert store.documents() == [document("a", "Nội dung\r\n\f")]
    assert store.text_of("a") == "Nội dung\r\n\f"
    assert store.passages() == [passage("a", 0)]
    assert store.tasks() == tasks
    assert store.counts() == {"a": (1, 1)}
    assert store.entries() == {"a": '{"id": "a"}'}
    assert store.fingerprints() == {"a": document("a", "Nội dung\r\n\f").sha256}


def test_replacing_takes_the_place_of_the_old_records_and_keeps_the_order(store: Store) -> None:
    put(store, "a", passages=3, tasks=[task("a", i, lead=["so-noi-vu"]) for i in range(4)])
    put(store, "b")
    put(store, "a", "Bản mới", passages=1, tasks=[task("a", 0, lead=["so-tu-phap"])])
    assert [d.id for d in store.documents()] == ["a", "b"]
    assert store.counts() == {"a": (1, 1), "b": (0, 2)}
    assert [p.text for p in store.passages_of("a")] == ["Bản mới 0."]
    assert store.tasks(TaskFilter(agencies=("so-noi-vu",))) == []
    assert len(store.tasks(TaskFilter(agencies=("so-tu-phap",)))) == 1


def test_revision_rises_with_every_change_and_with_nothing_else(store: Store) -> None:
    seen = [store.revision()]
    put(store, "a")
    seen.append(store.revision())
    put(store, "a", "Bản mới")
    seen.append(store.revision())
    store.remove("a")
    seen.append(store.revision())
    assert seen == sorted(set(seen))
    assert store.remove("a") is False
    store.tasks()
    store.documents()
    assert store.revision() == seen[-1]


def test_reader_version_is_kept(store: Store) -> None:
    store.set_reader("1")
    store.set_reader("2")
    assert store.reader() == "2"


def test_removal_leaves_nothing_of_a_document_behind(store: Store) -> None:
    put(store, "a", tasks=[task("a", 0, lead=["so-noi-vu"])])
    put(store, "b", tasks=[task("b", 0, lead=["so-noi-vu"])])
    assert store.remove("a") is True
    assert [d.id for d in store.documents()] == ["b"]
    assert {t.document for t in store.tasks(TaskFilter(agencies=("so-noi-vu",)))} == {"b"}
    assert {p.document for p in store.passages()} == {"b"}
    assert store.text_of("a") is None


@pytest.mark.parametrize("fault", ["passage", "task"])
def test_replace_that_fails_in_the_middle_changes_nothing(store: Store, fault: str) -> None:
    """Two records with one ordinal break the second insert, after the old records were deleted."""
    put(store, "a", "Bản cũ", passages=3, tasks=[task("a", 0, lead=["so-noi-vu"])])
    before = (
        store.revision(),
        store.documents(),
        store.passages(),
        store.tasks(),
        store.text_of("a"),
        store.fingerprints(),
    )
    passages = [passage("a", 0, "Bản mới."), passage("a", 0 if fault == "passage" else 1)]
    tasks = [task("a", 0), task("a", 0 if fault == "task" else 1)]
    with pytest.raises(StoreError) as caught:
        store.replace(document("a", "Bản mới"), "{}", "Bản mới", passages, tasks)
    assert caught.value.code == "store_not_written"
    assert "\n" not in sentence_of(caught.value)
    after = (
        store.revision(),
        store.documents(),
        store.passages(),
        store.tasks(),
        store.text_of("a"),
        store.fingerprints(),
    )
    assert after == before
    assert len(store.tasks(TaskFilter(agencies=("so-noi-vu",)))) == 1


def test_a_task_that_names_one_body_twice_is_stored(store: Store) -> None:
    put(store, "a", tasks=[task("a", 0, lead=["so-noi-vu", "so-noi-vu"], coordinate=["so-noi-vu"])])
    assert len(store.tasks(TaskFilter(agencies=("so-noi-vu",), role="lead"))) == 1


def test_long_numbers_sections_and_bodies_are_stored(store: Store) -> None:
    put(store, "a", tasks=[task("a", 0, number="1" * 200, section="X" * 200, lead=["b" * 1000])])
    assert store.tasks(TaskFilter(number="1" * 200))[0].section == "X" * 200


# --- reading ---------------------------------------------------------------------------------------------


@pytest.fixture
def office(store: Store) -> Store:
    """Two plans: tasks by section, number, body, kind and date."""
    milestones = Deadline(
        text="Tháng 5; tháng 12/2027",
        kind=DeadlineKind.MILESTONES,
        milestones=(
            Milestone(text="Tháng 5", due=dt.date(2027, 5, 31), inferred=True),
            Milestone(text="tháng 12/2027", due=dt.date(2027, 12, 31)),
        ),
    )
    yearly = Deadline(text="Hằng năm", kind=DeadlineKind.RECURRING, recurrence=Recurrence(days=((12, 31),)))
    put(
        store,
        "b-plan",
        tasks=[
            task("b-plan", 0, number="1", section="I", lead=["vhxh"], deadline=due("2027-03-31")),
            task("b-plan", 1, number="2", section="I", lead=["vp"], coordinate=["vhxh"], deadline=milestones),
            task("b-plan", 2, number="1", section="II", coordinate=["vp"], deadline=yearly),
        ],
    )
    put(store, "a-plan", tasks=[task("a-plan", 0, number="1", lead=["vhxh", "vp"])])
    return store


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


ALL = ["b-plan 0", "b-plan 1", "b-plan 2", "a-plan 0"]
FILTERS: list[tuple[TaskFilter, list[str]]] = [
    (TaskFilter(), ALL),
    (TaskFilter(documents=("a-plan",)), ["a-plan 0"]),
    (TaskFilter(documents=("a-plan", "b-plan")), ALL),
    (TaskFilter(documents=()), []),
    (TaskFilter(documents=("khong-co",)), []),
    (TaskFilter(number="1"), ["b-plan 0", "b-plan 2", "a-plan 0"]),
    (TaskFilter(number="1", section="II"), ["b-plan 2"]),
    (TaskFilter(section="I"), ["b-plan 0", "b-plan 1"]),
    (TaskFilter(section="i"), []),
    (TaskFilter(number="1.1"), []),
    (TaskFilter(agencies=("vhxh",)), ["b-plan 0", "b-plan 1", "a-plan 0"]),
    (TaskFilter(agencies=("vhxh",), role="lead"), ["b-plan 0", "a-plan 0"]),
    (TaskFilter(agencies=("vhxh",), role="coordinate"), ["b-plan 1"]),
    (TaskFilter(agencies=("vhxh", "vp"), role="lead"), ["b-plan 0", "b-plan 1", "a-plan 0"]),
    (TaskFilter(agencies=("ai-do",)), []),
    (TaskFilter(kinds=(DeadlineKind.DATE,)), ["b-plan 0"]),
    (TaskFilter(kinds=(DeadlineKind.RECURRING, DeadlineKind.ONGOING)), ["b-plan 2", "a-plan 0"]),
    (TaskFilter(due_to=day("2027-03-31")), ["b-plan 0", "b-plan 2"]),
    (TaskFilter(due_to=day("2027-03-30")), ["b-plan 2"]),
    (TaskFilter(due_from=day("2027-03-31"), due_to=day("2027-03-31")), ["b-plan 0", "b-plan 2"]),
    (TaskFilter(due_from=day("2027-05-31"), due_to=day("2027-06-30")), ["b-plan 1", "b-plan 2"]),
    (TaskFilter(due_from=day("2027-12-31")), ["b-plan 1", "b-plan 2"]),
    (TaskFilter(due_from=day("2028-01-01")), ["b-plan 2"]),
    (TaskFilter(keys=(("b-plan", 2), ("a-plan", 0), ("a-plan", 7))), ["b-plan 2", "a-plan 0"]),
    (TaskFilter(keys=(("b-plan", 1), ("a-plan", 0)), number="1"), ["a-plan 0"]),
    (TaskFilter(keys=()), []),
    (
        TaskFilter(documents=("b-plan",), agencies=("vp",), role="coordinate", kinds=(DeadlineKind.RECURRING,)),
        ["b-plan 2"],
    ),
]


@pytest.mark.parametrize(("wanted", "found"), FILTERS)
def test_filters(office: Store, wanted: TaskFilter, found: list[str]) -> None:
    assert [f"{t.document} {t.ordinal}" for t in office.tasks(wanted)] == found


@pytest.mark.parametrize(("wanted", "found"), FILTERS)
def test_tasks_are_counted_by_document_without_being_read(office: Store, wanted: TaskFilter, found: list[str]) -> None:
    assert office.spread(wanted) == Counter(key.split()[0] for key in found)
    assert office.holds(wanted) is bool(found)


def test_filter_words_are_data_never_sql(office: Store) -> None:
    for words in ("1' OR '1'='1", "1; DROP TABLE tasks", "%", "\x00"):
        assert office.tasks(TaskFilter(number=words)) == []
    assert len(office.tasks()) == 4


def test_records_by_key_come_in_the_order_asked_and_unknown_keys_are_left_out(office: Store) -> None:
    keys = [("a-plan", 0), ("b-plan", 2), ("b-plan", 9), ("b-plan", 0)]
    assert [(t.document, t.ordinal) for t in office.tasks_by_key(keys)] == [("a-plan", 0), ("b-plan", 2), ("b-plan", 0)]
    assert [(p.document, p.ordinal) for p in office.passages([("b-plan", 1), ("a-plan", 0)])] == [
        ("b-plan", 1),
        ("a-plan", 0),
    ]
    assert office.passages([]) == []
    assert office.tasks_by_key([]) == []


def test_a_thousand_keys_at_once(store: Store) -> None:
    put(store, "a", passages=1500)
    assert len(store.passages([("a", i) for i in range(1500)])) == 1500


def test_passages_of_a_document_by_role(store: Store) -> None:
    passages = [passage("a", 0), passage("a", 1, role="basis"), passage("a", 2, role="debris")]
    store.replace(document("a"), "{}", "Văn bản", passages, [])
    assert [p.ordinal for p in store.passages_of("a")] == [0, 1, 2]
    assert [p.ordinal for p in store.passages_of("a", ("basis", "debris"))] == [1, 2]
    assert store.passages_of("b") == []


# --- faults ----------------------------------------------------------------------------------------------


def test_a_store_is_made_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "một" / "hai" / "troly.sqlite3"
    store = Store.open(path)
    store.close()
    assert path.is_file()


def test_a_store_is_found_again(tmp_path: Path) -> None:
    first = Store.open(tmp_path / "troly.sqlite3")
    put(first, "a")
    revision = first.revision()
    first.close()
    second = Store.open(tmp_path / "troly.sqlite3")
    assert second.counts() == {"a": (0, 2)}
    assert second.revision() == revision
    second.close()


@pytest.mark.parametrize("data", ["Đây không phải cơ sở dữ liệu.\n" * 200, "SQLite format 3\0" + "x" * 4096])
def test_a_file_that_is_no_database(tmp_path: Path, data: str) -> None:
    path = tmp_path / "troly.sqlite3"
    path.write_bytes(data.encode())
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.code == "store_unusable"
    assert str(path) in sentence_of(caught.value)
    assert path.read_bytes() == data.encode()


def test_a_folder_in_the_place_of_the_database(tmp_path: Path) -> None:
    (tmp_path / "troly.sqlite3").mkdir()
    with pytest.raises(StoreError):
        Store.open(tmp_path / "troly.sqlite3")


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("tệp", encoding="utf-8")
    with pytest.raises(StoreError):
        Store.open(tmp_path / "data" / "troly.sqlite3")


@pytest.fixture
def broken_store(tmp_path: Path) -> Iterator[Store]:
    """A store from under which the tables were taken."""
    store = Store.open(tmp_path / "troly.sqlite3")
    put(store, "a")
    raw = sqlite3.connect(tmp_path / "troly.sqlite3")
    for name in ("documents", "passages", "tasks", "task_agencies", "meta"):
        raw.execute(f"DROP TABLE {name}")
    raw.commit()
    raw.close()
    yield store
    store.close()


@pytest.mark.parametrize(
    "reading", ["documents", "tasks", "passages", "counts", "revision", "fingerprints", "entries", "reader"]
)
def test_reading_a_broken_store_is_a_store_error(broken_store: Store, reading: str) -> None:
    with pytest.raises(StoreError) as caught:
        getattr(broken_store, reading)()
    assert caught.value.code == "store_not_read"


def test_replacing_in_a_broken_store_is_a_store_error(broken_store: Store) -> None:
    with pytest.raises(StoreError):
        put(broken_store, "a")


def test_removing_from_a_broken_store_is_a_store_error(broken_store: Store) -> None:
    with pytest.raises(StoreError):
        broken_store.remove("a")


def test_setting_the_reader_of_a_broken_store_is_a_store_error(broken_store: Store) -> None:
    with pytest.raises(StoreError):
        broken_store.set_reader("2")


def test_a_damaged_page_is_not_called_sound(tmp_path: Path) -> None:
    path = tmp_path / "troly.sqlite3"
    store = Store.open(path)
    put(store, "a", passages=2000)
    store.close()
    data = bytearray(path.read_bytes())
    data[100 * 4096 : 150 * 4096] = b"\xab" * (50 * 4096)  # behind the tables of tables
    path.write_bytes(data)
    damaged = Store.open(path)
    try:
        assert damaged.is_sound() is False
    finally:
        damaged.close()


# --- a writer that is killed -----------------------------------------------------------------------------

# Writes the second version of a document and stops for good before the statement that begins with argv[2];
# says so on standard output, so that the parent knows when to kill it.
_STOPPING_WRITER = """
import sys
from pathlib import Path
from sqlalchemy import Engine, event
from connectors.database import Store
from tests import postgres
from tests.connectors.records import put, task

store = Store.open(Path(sys.argv[1]))

def stop(*_):
    print("ready", flush=True)
    sys.stdin.read()

@event.listens_for(Engine, "before_cursor_execute")
def before(connection, cursor, statement, parameters, context, executemany):
    if statement.startswith(sys.argv[2]):
        stop()

if sys.argv[2] == "COMMIT":
    event.listen(Engine, "commit", stop)
put(store, "a", "Bản mới", passages=6000, tasks=[task("a", i) for i in range(3000)])
"""
_RESTLESS_WRITER = """
import sys
from pathlib import Path
from connectors.database import Store
from tests import postgres
from tests.connectors.records import put, task

store = Store.open(Path(sys.argv[1]))
for version in range(2, 10_000):
    size = 500 + version
    put(store, "a", f"Bản {version}", passages=size, tasks=[task("a", i) for i in range(size)])
    print(version, flush=True)
"""


def start(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def kill(writer: subprocess.Popen[bytes]) -> None:
    writer.send_signal(signal.SIGKILL)
    writer.communicate(timeout=30)
    assert writer.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    "moment",
    ["DELETE", "INSERT INTO documents", "INSERT INTO passages", "INSERT INTO tasks", "UPDATE meta", "COMMIT"],
)
def test_writer_killed_in_the_middle_leaves_the_old_state(tmp_path: Path, moment: str) -> None:
    path = tmp_path / "troly.sqlite3"
    store = Store.open(path)
    put(store, "a", "Bản cũ", passages=50, tasks=[task("a", 0)])
    revision = store.revision()
    store.close()
    writer = start(_STOPPING_WRITER, str(path), moment)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"ready\n"
    kill(writer)
    reopened = Store.open(path)
    assert reopened.is_sound()
    assert reopened.revision() == revision
    assert reopened.text_of("a") == "Bản cũ"
    assert reopened.counts() == {"a": (1, 50)}
    put(reopened, "a", "Bản sau", passages=1)
    assert reopened.revision() == revision + 1
    reopened.close()


@pytest.mark.parametrize("after", [1, 2, 5])
def test_writer_killed_at_any_moment_leaves_one_whole_version(tmp_path: Path, after: int) -> None:
    path = tmp_path / "troly.sqlite3"
    store = Store.open(path)
    put(store, "a", "Bản 1", passages=501)
    first = store.revision()
    store.close()
    writer = start(_RESTLESS_WRITER, str(path))
    assert writer.stdout is not None
    said = [int(writer.stdout.readline()) for _ in range(after)][-1]
    kill(writer)
    reopened = Store.open(path)
    assert reopened.is_sound()
    version = 1 + reopened.revision() - first
    assert version >= said
    assert reopened.text_of("a") == f"Bản {version}"
    assert reopened.counts() == {"a": (500 + version, 500 + version)}
    assert {p.text.rsplit(" ", 1)[0] for p in reopened.passages()} == {f"Bản {version}"}
    reopened.close()
