"""Where an office's list and its plans say different things of a task: days, who leads, what only one of them holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from connectors.database import Store, TaskFilter
from connectors.lists_store import Kept, ListStore
from connectors.progress import ProgressStore
from corpus.progress import Standing, TaskKey, TaskState, keyed
from corpus.records import Record, Task


class Differs(StrEnum):
    DUE = "due"
    LEAD = "lead"
    STATE = "state"  # the list says another state than was recorded
    NOT_IN_PLAN = "not_in_plan"
    NOT_IN_LIST = "not_in_list"


class Difference(Record):
    """One thing that a list and a plan say differently. ``plan`` and ``listed`` are days (ISO), names or states; None
    where one says nothing. ``task`` is None where no plan holds it."""

    list: str
    kind: Differs
    task: TaskKey | None
    number: str
    title: str
    plan: str | None = None
    listed: str | None = None


def differences_of(
    tasks: Collection[TaskKey], store: Store, lists: ListStore, progress: ProgressStore
) -> list[Difference]:
    """What the lists say otherwise than the plans, and than was recorded, of some tasks."""
    held = store.tasks_by_row(tasks)
    standings = progress.standings(held)
    return [d for kept in lists.kept_of(held) for d in _of_row(kept, held, standings)]


def compare(name: str, store: Store, lists: ListStore, progress: ProgressStore) -> list[Difference]:
    """All that a list says otherwise than the plans: its rows in the order of the plans, those in no plan, and what is
    in a plan that the list holds tasks of, but not in the list."""
    kept = [row for row in lists.kept(name) if row.gone_at is None]
    documents = {row.row.task.document for row in kept if row.row.task is not None}
    tasks = dict(keyed(store.tasks(TaskFilter(documents=tuple(sorted(documents)))))) if documents else {}
    standings = progress.standings_of(documents)
    by_task = {row.row.task: row for row in kept if row.row.task is not None}
    found = [d for key in tasks if key in by_task for d in _of_row(by_task[key], tasks, standings)]
    strange = [row for row in kept if row.row.task is None or row.row.task not in tasks]
    missing = ((key, task) for key, task in tasks.items() if key not in by_task)
    return [*found, *_strange(strange), *_missing(name, missing)]


def _of_row(kept: Kept, tasks: Mapping[TaskKey, Task], standings: Mapping[TaskKey, Standing]) -> Iterable[Difference]:
    row = kept.row
    if row.task is None or row.task not in tasks:
        return
    task, standing = tasks[row.task], standings.get(row.task)
    place = {"list": kept.list, "task": row.task, "number": task.number, "title": task.title}
    if row.due is not None and task.deadline.due != row.due:
        plan = task.deadline.due.isoformat() if task.deadline.due else task.deadline.text or None
        yield Difference(**place, kind=Differs.DUE, plan=plan, listed=row.due.isoformat())
    leads = [mention.agency_id for mention in task.lead]
    if row.lead_ids and set(row.lead_ids) != set(leads):
        plan = "; ".join(mention.name for mention in task.lead) or None
        yield Difference(**place, kind=Differs.LEAD, plan=plan, listed=row.lead)
    said = row.state
    if said is not None and standing is not None and said is not standing.state and _was_settled(said, standing):
        yield Difference(**place, kind=Differs.STATE, plan=str(standing.state), listed=str(said))


def _was_settled(said: TaskState, standing: Standing) -> bool:
    """Whether two states differ in more than how far the work has come."""
    going = {TaskState.UNDERWAY, TaskState.NOT_STARTED}
    return not (said in going and standing.state in going)


def _strange(kept: Sequence[Kept]) -> Iterable[Difference]:
    for each in kept:
        row = each.row
        listed = row.due.isoformat() if row.due else row.deadline or None
        yield Difference(
            list=each.list, kind=Differs.NOT_IN_PLAN, task=None, number=row.number, title=row.title, listed=listed
        )


def _missing(name: str, tasks: Iterable[tuple[TaskKey, Task]]) -> Iterable[Difference]:
    for key, task in tasks:
        yield Difference(list=name, kind=Differs.NOT_IN_LIST, task=key, number=task.number, title=task.title)
