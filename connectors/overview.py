"""How many tasks stand how, counted in the database: for offices with more tasks than anybody reads one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, Table, and_, case, func, or_, select, tuple_

from connectors.database import TaskFilter, conditions
from connectors.engine import rows
from connectors.schema import STANDINGS, TASK_AGENCIES, TASKS
from corpus.progress import TaskKey, TaskState
from corpus.records import Record

_ENDED = (str(TaskState.DONE), str(TaskState.STOPPED))


class Counts(Record):
    """Of ``total`` tasks how many are recorded as done or stopped, how many are past due and neither (``overdue``), and
    of how many nobody has said anything (``silent``)."""

    total: int = 0
    done: int = 0
    stopped: int = 0
    overdue: int = 0
    silent: int = 0

    @property
    def open(self) -> int:
        return self.total - self.done - self.stopped


class BodyCounts(Counts):
    """The same of the tasks that one body leads, by its id; a task led by two counts for both."""

    agency: str


class Overview:
    """Counts and short lists over all that a filter keeps. All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def counts(self, wanted: TaskFilter, today: dt.date) -> Counts:
        """How many of the tasks stand how on a day."""
        query = select(TASKS.c.state, *_figures(TASKS, today)).where(*conditions(wanted)).group_by(TASKS.c.state)
        return Counts(**_summed(rows(self._engine, query)))

    def behind(self, wanted: TaskFilter, today: dt.date, most: int) -> list[BodyCounts]:
        """The bodies that lead overdue tasks, those with most of them first, with the counts of all that they lead."""
        lead = _led(wanted)
        late = func.count().label("late")
        # No "is not null" beside the "<": with it SQLite expects few rows and leaves the index that holds all of this.
        query = select(TASK_AGENCIES.c.agency, late).where(
            *lead, TASK_AGENCIES.c.late_after < today, _is_open(TASK_AGENCIES)
        )
        query = query.group_by(TASK_AGENCIES.c.agency).order_by(late.desc(), TASK_AGENCIES.c.agency).limit(most)
        bodies = [row.agency for row in rows(self._engine, query)]
        grouped = (TASK_AGENCIES.c.agency, TASK_AGENCIES.c.state)
        figures = select(*grouped, *_figures(TASK_AGENCIES, today)).where(*lead, TASK_AGENCIES.c.agency.in_(bodies))
        found: dict[str, list[Any]] = {body: [] for body in bodies}
        for row in rows(self._engine, figures.group_by(*grouped)) if bodies else ():
            found[row.agency].append(row)
        return [BodyCounts(agency=body, **_summed(parts)) for body, parts in found.items()]

    def overdue(self, wanted: TaskFilter, today: dt.date, most: int) -> list[TaskKey]:
        """The tasks that are past due and not recorded as done or stopped, the longest overdue first."""
        query = select(TASKS.c.document, TASKS.c.task_row).where(*conditions(wanted), TASKS.c.late_after < today)
        order = (TASKS.c.late_after, TASKS.c.document, TASKS.c.task_row)
        return self._keys(query.where(_is_open(TASKS)).order_by(*order).limit(most))

    def standing_as(self, wanted: TaskFilter, state: TaskState, most: int) -> list[TaskKey]:
        """The tasks that are recorded in a state, the last changed first."""
        kept = conditions(wanted)
        # Where more is known than the state, SQLite is not to begin with all tasks in that state.
        stands = (func.coalesce(TASKS.c.state, "") if kept else TASKS.c.state) == str(state)
        found = select(TASKS.c.document, TASKS.c.task_row).where(*kept, stands).subquery()
        same = and_(STANDINGS.c.document == found.c.document, STANDINGS.c.task_row == found.c.task_row)
        query = select(found.c.document, found.c.task_row).join(STANDINGS, same)
        return self._keys(query.order_by(STANDINGS.c.at.desc(), STANDINGS.c.entry.desc()).limit(most))

    def _keys(self, query: Select[Any]) -> list[TaskKey]:
        return [TaskKey(document=row.document, row=row.task_row) for row in rows(self._engine, query)]


def _led(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    """What keeps the bodies that lead the tasks of a filter."""
    kept = conditions(wanted)
    if not kept:
        return [TASK_AGENCIES.c.role == "lead"]
    # Where tasks are known by more than that, SQLite is not to begin with all that are led.
    key = tuple_(TASK_AGENCIES.c.document, TASK_AGENCIES.c.ordinal)
    found = [
        func.coalesce(TASK_AGENCIES.c.role, "") == "lead",
        key.in_(select(TASKS.c.document, TASKS.c.ordinal).where(*kept)),
    ]
    return found if wanted.documents is None else [*found, TASK_AGENCIES.c.document.in_(wanted.documents)]


def _is_open(table: Table) -> ColumnElement[bool]:
    return or_(table.c.state.is_(None), table.c.state.not_in(_ENDED))


def _figures(table: Table, today: dt.date) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Of the tasks of one state how many there are, and how many are past due."""
    return func.count().label("n"), func.sum(case((table.c.late_after < today, 1), else_=0)).label("past")


def _summed(parts: Iterable[Any]) -> dict[str, int]:
    """The counts of a group, from those of its states."""
    known = {part.state: part for part in parts}
    count = {state: int(part.n) for state, part in known.items()}
    return {
        "total": sum(count.values()),
        "done": count.get(str(TaskState.DONE), 0),
        "stopped": count.get(str(TaskState.STOPPED), 0),
        "overdue": sum(int(part.past) for state, part in known.items() if state not in _ENDED),
        "silent": count.get(None, 0),
    }
