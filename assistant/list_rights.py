"""Who exchanges lists: who runs the command, and which of a list's changes are theirs to make."""

from __future__ import annotations

from assistant.library import Library
from assistant.rights import TERMINAL, Action, Asker, denial
from connectors.database import Store
from connectors.engine import StoreError
from connectors.lists import Bad, ListError
from connectors.lists_changes import Preview, RowChange
from connectors.people import PeopleStore
from corpus.people import Role
from corpus.progress import TaskState
from corpus.records import Task

_ACTIONS = {TaskState.EXTENSION: Action.EXTEND, TaskState.STOPPED: Action.STOP}


def who(name: str | None, people: PeopleStore) -> Asker:
    """Who is at the terminal. Raises StoreError "person_unknown"; ListError "list_person_several", "list_denied"."""
    asker = TERMINAL
    if name is not None:
        found = [person for person in people.find(name) if person.active]
        if not found:
            raise StoreError("person_unknown", name=name)
        if len(found) > 1:
            known = [f"{person.name}, {person.unit.short} ({person.id})" for person in found]
            raise ListError("list_person_several", name=name, known=known)
        asker = Asker(person=found[0], local=True)
    if denial(asker, Action.EXCHANGE_LISTS) is not None:
        raise ListError("list_denied")
    return asker


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
