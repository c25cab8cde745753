"""The bodies asked about in a list: as the documents call them, and whether they take part in a task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer.session import Session
from assistant.catalogue import Catalogue, without_level
from assistant.understand.query import AgencyRef, Query
from connectors.database import TaskFilter
from corpus.records import AgencyMention, Task
from corpus.vietnamese import fold


def bodies_present(query: Query, documents: Sequence[str] | None, session: Session) -> tuple[AgencyRef, ...]:
    """The agencies asked about; one that leads nothing here gives way to its namesake of another level that does."""
    if not query.agencies:
        return ()
    first = query.agencies[0]
    meant = (ref for ref in _candidates(first, documents, session) if _has_tasks(ref, documents, session))
    chosen = next(meant, first)
    return (_as_called_here(chosen, documents, session), *query.agencies[1:])


def _candidates(ref: AgencyRef, documents: Sequence[str] | None, session: Session) -> Iterator[AgencyRef]:
    """The agency, its namesakes, the body whose name goes on after its own; each made when it comes to it."""
    yield ref
    yield from _namesakes(ref, session.shelf.catalogue)
    yield from _longer_named(ref, documents, session)


def _longer_named(ref: AgencyRef, documents: Sequence[str] | None, session: Session) -> list[AgencyRef]:
    """The one body of the documents meant whose name goes on after that of the agency: "Phòng Kinh tế, Hạ tầng …"."""
    named = fold(ref.name)
    longer = [body for body in session.shelf.catalogue.bodies(documents or ()) if _goes_on(fold(body.name), named)]
    if len(longer) != 1:
        return []
    return [ref.model_copy(update={"agency_id": longer[0].agency_id, "name": longer[0].name})]


def _goes_on(name: str, opening: str) -> bool:
    """Whether a folded name opens with another one and names more fields after it."""
    return name.startswith((f"{opening},", f"{opening} va ", f"{opening} - "))


def _as_called_here(ref: AgencyRef, documents: Sequence[str] | None, session: Session) -> AgencyRef:
    """The agency under the name that the documents meant give it."""
    catalogue = session.shelf.catalogue
    bodies = catalogue.bodies(documents or tuple(catalogue.by_id))
    name = next((body.name for body in bodies if body.agency_id == ref.agency_id), ref.name)
    return ref.model_copy(update={"name": name})


def _has_tasks(ref: AgencyRef, documents: Sequence[str] | None, session: Session) -> bool:
    wanted = TaskFilter(
        documents=tuple(documents) if documents else None, agencies=(ref.agency_id, *ref.through), role=ref.role
    )
    return session.store.holds(wanted)


def _namesakes(ref: AgencyRef, catalogue: Catalogue) -> list[AgencyRef]:
    return [
        AgencyRef(agency_id=agency.id, name=agency.name, role=ref.role)
        for agency in catalogue.namesakes.get(without_level(ref.name), ())
        if agency.id != ref.agency_id
    ]


def takes_part(task: Task, ref: AgencyRef) -> bool:
    """Whether a body has the role in a task in which it is asked about."""
    return bool({ref.agency_id, *ref.through} & {mention.agency_id for mention in mentions_of(task, ref.role)})


def mentions_of(task: Task, role: str) -> tuple[AgencyMention, ...]:
    """The bodies in the cells of a task that belong to a role ("lead", "coordinate", else both)."""
    return {"lead": task.lead, "coordinate": task.coordinate}.get(role, (*task.lead, *task.coordinate))
