"""Who has more: bodies, sections and documents by how many tasks they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.bodies import bodies_present
from assistant.answer.list_lines import collective_line
from assistant.answer.session import Session
from assistant.reply import Reply, Status
from assistant.understand.query import SHOWN, AgencyRef, Comparison, Query, Relation
from connectors.database import TaskFilter
from corpus.records import AgencyMention, Task
from corpus.vietnamese import fold
from prompts import say

_MOST_ROWS = 5
_MOST_PLACES = 20


@dataclass(frozen=True)
class _Row:
    """Something that has tasks: these, or so many."""

    name: str
    tasks: tuple[Task, ...] = ()
    held: int = 0
    document: str = ""

    @property
    def count(self) -> int:
        return self.held or len(self.tasks)


def count_bodies(query: Query, compared: Comparison, session: Session) -> Reply | None:
    """Which body leads (or coordinates) more tasks than the others; None where there are no two to compare."""
    documents = session.with_tasks(query.documents) if query.documents else None
    if query.documents and not documents:
        return None
    tasks = session.tasks(TaskFilter(documents=documents, section=query.section))
    rows = _rows_of_bodies(query, compared, tasks, documents, session)
    named = len(query.agencies) > 1
    best, others = _ranked(rows, compared.relation, least=0 if named else 1)
    if not best or (named and len(rows) < 2):
        return None
    pair = named and len(rows) == 2
    lines = [
        say(
            "compare.most",
            names=[row.name for row in best],
            name=compared.role,
            n=len(best[0].tasks),
            fewest=compared.relation is Relation.FEWEST,
            pair=pair,
        )
    ]
    shown = [*best, *others][: max(len(best), _MOST_ROWS)]
    lines += [_row_line(row, compared.role) for row in shown]
    collective = [task for task in tasks if any(m.collective for m in _bodies(task, compared.role))]
    if collective and not named and compared.role == "lead":
        lines.append(collective_line(collective))
    return _reply(lines, shown if named else best, shown, session)


def _rows_of_bodies(
    query: Query, compared: Comparison, tasks: Sequence[Task], documents: Sequence[str] | None, session: Session
) -> list[_Row]:
    """The bodies compared with their tasks: those named, else all single ones of the kind that is asked about."""
    if len(query.agencies) > 1:
        refs = [_as_here(ref, query, documents, session) for ref in query.agencies]
    else:
        mentions = {m.agency_id: m for task in tasks for m in _bodies(task, compared.role) if not m.collective}
        refs = [AgencyRef(agency_id=m.agency_id, name=m.name) for m in mentions.values() if _is_a(m, compared.head)]
    rows = [_Row(ref.name, tuple(t for t in tasks if _has(t, ref.agency_id, compared.role))) for ref in refs]
    if len(query.agencies) <= 1:
        return rows
    return [
        row if row.tasks else _through(ref, row, tasks, compared, session) for ref, row in zip(refs, rows, strict=True)
    ]


def _through(ref: AgencyRef, row: _Row, tasks: Sequence[Task], compared: Comparison, session: Session) -> _Row:
    """What falls to a body that is named only through expressions that stand for it, under the words of these."""
    agencies = session.shelf.catalogue.agencies
    member = agencies.get(ref.agency_id)
    if member is None:
        return row
    wholes = {a.id for a in agencies if a.collective and agencies.includes(a, member)}
    given = [(t, m) for t in tasks for m in _bodies(t, compared.role) if m.agency_id in wholes]
    if not given:
        return row
    return _Row(given[0][1].name, tuple({(t.document, t.ordinal): t for t, _ in given}.values()))


def _as_here(ref: AgencyRef, query: Query, documents: Sequence[str] | None, session: Session) -> AgencyRef:
    return bodies_present(query.model_copy(update={"agencies": (ref,)}), documents, session)[0]


def _is_a(body: AgencyMention, head: str) -> bool:
    """Whether a body is of the kind that a question names: "sở nào"."""
    return not head or f"{fold(body.name)} ".startswith(f"{head} ")


def _bodies(task: Task, role: str) -> tuple[AgencyMention, ...]:
    return task.coordinate if role == "coordinate" else task.lead


def _has(task: Task, agency_id: str, role: str) -> bool:
    return any(body.agency_id == agency_id for body in _bodies(task, role))


def _ranked(rows: Sequence[_Row], relation: Relation, *, least: int) -> tuple[list[_Row], list[_Row]]:
    """The rows with the most (or fewest) tasks, and the others in order; rows of fewer than ``least`` are left out."""
    held = [row for row in rows if row.count >= least]
    if not held:
        return [], []
    ordered = sorted(held, key=lambda row: row.count, reverse=relation is Relation.MOST)
    end = ordered[0].count
    return [r for r in ordered if r.count == end], [r for r in ordered if r.count != end]


def _row_line(row: _Row, role: str = "") -> str:
    joint = sum(len(task.lead) > 1 for task in row.tasks) if role == "lead" else 0
    places = [f"{task.section}.{task.number}" if task.section else task.number for task in row.tasks]
    several = len({task.document for task in row.tasks}) > 1
    return say(
        "compare.counted",
        name=row.name,
        n=len(row.tasks),
        places=[] if several or len(places) > _MOST_PLACES else places,
        joint=joint,
    )


def _reply(lines: Sequence[str], told: Sequence[_Row], cited: Sequence[_Row], session: Session) -> Reply:
    """The rows told with all their tasks; of each row cited the first rows of its table."""
    tasks = {(t.document, t.ordinal): t for row in told for t in row.tasks}
    quoted = {(t.document, t.ordinal): t for row in cited for t in row.tasks[:SHOWN]}
    return Reply(
        status=Status.ANSWERED,
        text="\n".join(lines),
        tasks=tuple(map(session.view, tasks.values())),
        citations=tuple(map(session.cite, quoted.values())),
    )


def count_sections(query: Query, compared: Comparison, session: Session) -> Reply | None:
    """Which section of a table holds the most (or fewest) tasks; None where there are no sections."""
    documents = session.with_tasks(query.documents) if query.documents else None
    by_section: dict[tuple[str, str, str], list[Task]] = {}
    for task in session.tasks(TaskFilter(documents=documents)):
        if task.section:
            by_section.setdefault((task.document, task.section, task.section_title or ""), []).append(task)
    many = len({document for document, _, _ in by_section}) > 1
    rows = []
    for (document, number, title), tasks in by_section.items():
        name = say("compare.section_name", number=number, title=title)
        rows.append(_Row(f"{name} – {session.name(document)}" if many else name, tuple(tasks)))
    best, others = _ranked(rows, compared.relation, least=1)
    if not others:
        return None
    fewest = compared.relation is Relation.FEWEST
    names = [row.name for row in best]
    lines = [say("compare.most_section", names=names, n=len(best[0].tasks), fewest=fewest)]
    lines += [say("compare.counted", name=r.name, n=len(r.tasks), places=[], joint=0) for r in [*best, *others][:SHOWN]]
    return _reply(lines, best, best, session)


def count_documents(query: Query, compared: Comparison, session: Session) -> Reply | None:
    """Which document holds more tasks; None where fewer than two hold any."""
    documents = session.with_tasks(query.documents) if query.documents else ()
    if len(documents) < 2:
        documents = session.with_tasks(session.shelf.catalogue.ids)
    rows = [_Row(session.name(d), held=session.card(d).tasks, document=d) for d in documents]
    best, others = _ranked(rows, compared.relation, least=1)
    if len(rows) < 2 or not best:
        return None
    names = [row.name for row in best[:_MOST_PLACES]]
    pair = len(rows) == 2
    fewest = compared.relation is Relation.FEWEST
    lines = [say("compare.most_document", names=names, n=best[0].count, fewest=fewest, pair=pair)]
    shown = [*best, *others][:_MOST_PLACES]
    lines += [say("compare.counted", name=r.name, n=r.count, places=[], joint=0) for r in shown]
    firsts = [session.tasks(TaskFilter(documents=(row.document,)))[:1] for row in shown[:_MOST_ROWS]]
    return Reply(
        status=Status.ANSWERED,
        text="\n".join(lines),
        citations=tuple(session.cite(task) for tasks in firsts for task in tasks),
    )
