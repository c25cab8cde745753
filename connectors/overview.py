"""How many tasks stand how, counted in the database: for offices with more tasks than anybody reads one by one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, case, func, or_, select

from connectors.database import TaskFilter, conditions
from connectors.engine import rows
from connectors.schema import STANDINGS, TASK_AGENCIES, TASKS
from corpus.progress import TaskKey, TaskState
from corpus.records import Record

_ENDED = [str(TaskState.DONE), str(TaskState.STOPPED)]


class Counts(Record):
    """Of ``total`` tasks how many are recorded as done or stopped, how many are past due and neither (``overdue``), and
    of how many nobody has said anything (``silent``)."""

    total: int
    done: int
    stopped: int
    overdue: int
    silent: int

    @property
    def open(self) -> int:
        return self.total - self.done - self.stopped


class BodyCounts(Counts):
    """The same of the tasks that one body leads, by its id."""

    agency: str


class Overview:
    """Counts and short lists over all that a filter keeps. All raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def counts(self, wanted: TaskFilter, today: dt.date) -> Counts:
        """How many of the tasks stand how on a day."""
        query = _beside(select(*_figures(today))).where(*conditions(wanted))
        return Counts.model_validate(dict(rows(self._engine, query)[0]._mapping))

    def by_body(self, wanted: TaskFilter, today: dt.date) -> list[BodyCounts]:
        """The same for each body that leads some of them, those with most overdue tasks first."""
        figures = _figures(today)
        led = and_(
            TASK_AGENCIES.c.document == TASKS.c.document,
            TASK_AGENCIES.c.ordinal == TASKS.c.ordinal,
            TASK_AGENCIES.c.role == "lead",
        )
        joined = TASKS.join(TASK_AGENCIES, led).outerjoin(STANDINGS, _same_row())
        query = select(TASK_AGENCIES.c.agency, *figures).select_from(joined).where(*conditions(wanted))
        query = query.group_by(TASK_AGENCIES.c.agency).order_by(
            func.sum(case((_overdue(today), 1), else_=0)).desc(), TASK_AGENCIES.c.agency
        )
        return [BodyCounts.model_validate(dict(row._mapping)) for row in rows(self._engine, query)]

    def overdue(self, wanted: TaskFilter, today: dt.date, most: int) -> list[TaskKey]:
        """The tasks that are past due and not recorded as done or stopped, the longest overdue first."""
        query = _beside(select(TASKS.c.document, TASKS.c.task_row))
        query = query.where(*conditions(wanted), _overdue(today))
        return self._keys(query.order_by(TASKS.c.late_after, TASKS.c.document, TASKS.c.task_row).limit(most))

    def standing_as(self, wanted: TaskFilter, state: TaskState, most: int) -> list[TaskKey]:
        """The tasks that are recorded in a state, the last changed first."""
        query = select(TASKS.c.document, TASKS.c.task_row).join(STANDINGS, _same_row())
        query = query.where(*conditions(wanted), STANDINGS.c.state == str(state))
        return self._keys(query.order_by(STANDINGS.c.at.desc(), TASKS.c.document, TASKS.c.task_row).limit(most))

    def _keys(self, query: Select[Any]) -> list[TaskKey]:
        return [TaskKey(document=row.document, row=row.task_row) for row in rows(self._engine, query)]


def _same_row() -> ColumnElement[bool]:
    return and_(STANDINGS.c.document == TASKS.c.document, STANDINGS.c.task_row == TASKS.c.task_row)


def _beside(query: Select[Any]) -> Select[Any]:
    """Tasks, with how they stand where that is recorded."""
    return query.select_from(TASKS.outerjoin(STANDINGS, _same_row()))


def _overdue(today: dt.date) -> ColumnElement[bool]:
    past = and_(TASKS.c.late_after.is_not(None), TASKS.c.late_after < today)
    return and_(past, or_(STANDINGS.c.state.is_(None), STANDINGS.c.state.not_in(_ENDED)))


def _figures(today: dt.date) -> list[ColumnElement[int]]:
    wanted = {
        "done": STANDINGS.c.state == str(TaskState.DONE),
        "stopped": STANDINGS.c.state == str(TaskState.STOPPED),
        "overdue": _overdue(today),
        "silent": STANDINGS.c.state.is_(None),
    }
    sums = [func.coalesce(func.sum(case((which, 1), else_=0)), 0).label(name) for name, which in wanted.items()]
    return [func.count().label("total"), *sums]
