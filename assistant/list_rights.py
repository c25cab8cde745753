"""Who exchanges lists: who runs the command, and which of a list's changes are theirs to make."""

from __future__ import annotations

from assistant.library import Library
from assistant.office import Office
from assistant.rights import Action, Asker, denial
from assistant.who import allowed_at_terminal
from connectors.database import Store
from connectors.lists import Bad
from connectors.lists_changes import Preview, RowChange
from corpus.people import Role
from corpus.progress import TaskState
from corpus.records import Task

_ACTIONS = {TaskState.EXTENSION: Action.EXTEND, TaskState.STOPPED: Action.STOP}


def exchanger(office: Office, name: str | None) -> Asker:
    """Who is at the terminal and may exchange lists. Raises as ``allowed_at_terminal``."""
    return allowed_at_terminal(office, name, Action.EXCHANGE_LISTS)


def permitted(asker: Asker, seen: Preview, store: Store, library: Library) -> Preview:
    """A preview without the changes that a head of a unit may not make, which are told as bad rows. The lists of the
    office as a whole are brought by its leadership, by IT or at the terminal."""
    if asker.person is None or asker.person.role is not Role.HEAD or not seen.changes:
        return seen
    tasks = store.tasks_by_row([change.told.task for change in seen.changes])
    kept: list[RowChange] = []
    denied: list[RowChange] = []
    for change in seen.changes:
        may = _may(asker, change, tasks[change.told.task], library)
        (kept if may else denied).append(change)
    bad = [
        Bad(line=c.line, sheet=c.sheet, code="not_own", details={"number": c.number, "title": c.title}) for c in denied
    ]
    return seen.model_copy(update={"changes": tuple(kept), "bad": (*seen.bad, *bad)})


def _may(asker: Asker, change: RowChange, task: Task, library: Library) -> bool:
    action = _ACTIONS.get(change.told.change.state or TaskState.UNDERWAY, Action.REPORT)
    return denial(asker, action, task=task, catalogue=library.shelf().catalogue) is None
