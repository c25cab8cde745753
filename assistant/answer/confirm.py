"""Yes or no before an answer, and a word where a question takes for granted what is not so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.guess import LIKELY
from assistant.answer.session import Session
from assistant.catalogue import without_level
from assistant.reply import Reply, Status, TaskView
from assistant.understand.amounts import PERCENT, amounts_in
from assistant.understand.query import AgencyRef, Amount, Ask, Attribute, Query
from connectors.database import TaskFilter
from corpus.records import AgencyMention, Task
from corpus.vietnamese import fold, words
from prompts import say

_CLAUSE = re.compile(r"[;:.\n|\t]|,(?!\d)")
_MOST_AMOUNTS = 3
_OTHER = {"lead": "coordinate", "coordinate": "lead"}


def with_verdict(reply: Reply, query: Query, session: Session) -> Reply:
    """The reply with its verdict in front, where the question takes one and the records can give it."""
    if reply.status is not Status.ANSWERED or (session.guess is not None and session.guess.likelihood < LIKELY):
        return reply
    if query.all_by and len(reply.tasks) > 1:
        return _front(_on_all(reply.tasks, query.all_by, session), reply)
    if query.ask not in (Ask.TASK, Ask.FIND):
        return reply
    verdict = _on_task(reply.tasks[0], query, session) if len(reply.tasks) == 1 else ""
    if not verdict and (query.claims or (not reply.tasks and query.confirms)):
        verdict = _on_amounts(reply, query)
    return _front(verdict, reply)


def _front(verdict: str, reply: Reply) -> Reply:
    return reply.model_copy(update={"text": f"{verdict}\n{reply.text}"}) if verdict else reply


def _on_all(views: Sequence[TaskView], ref: AgencyRef, session: Session) -> str:
    """Whether a body has its role in all tasks, and who has it in the others."""
    tasks = [task for view in views if (task := _record(view, session))]
    others = [task for task in tasks if not _has(ref, _cell(task, ref.role))]
    rows = [{"section": t.section, "number": t.number, "bodies": _names(t, ref.role)} for t in others]
    return say("compare.all_by", name=ref.name, role_name=ref.role, n=len(tasks), others=rows)


def _on_task(view: TaskView, query: Query, session: Session) -> str:
    task = _record(view, session)
    refs = [ref for ref in query.agencies if ref.role in _OTHER]
    if task is None or query.doubted or len(query.agencies) > 1:
        return ""
    if refs and query.whether:
        return _on_body(refs[0], task, query, session)
    if refs and query.claimed and _is_untrue(refs[0], task, session):
        return say("compare.premise", name=refs[0].name, role_name=refs[0].role, bodies=_names(task, refs[0].role))
    return _on_day(task, query) if query.whether and Attribute.DEADLINE in query.attributes else ""


def _record(view: TaskView, session: Session) -> Task | None:
    wanted = TaskFilter(documents=(view.document,), number=view.number, section=view.section)
    return next((task for task in session.tasks(wanted) if task.title == view.title), None)


def _on_body(ref: AgencyRef, task: Task, query: Query, session: Session) -> str:
    """Whether a body has a role in a task, and who has it instead."""
    names = _names(task, ref.role)
    if _has(ref, _cell(task, ref.role)):
        if query.alone and len(names) > 1:
            return say("compare.not_alone", name=ref.name, role_name=ref.role, bodies=names)
        return say("compare.yes", name=ref.name, role_name=ref.role)
    other = _OTHER[ref.role]
    in_other = other if _has(ref, _cell(task, other)) else ""
    if shared := _through(ref, _cell(task, ref.role), session):
        return say("compare.through", name=ref.name, role_name=ref.role, bodies=shared, other_role=in_other)
    return say("compare.no", name=ref.name, role_name=ref.role, bodies=names, other_role=in_other)


def _is_untrue(ref: AgencyRef, task: Task, session: Session) -> bool:
    """Whether a body that is said to lead a task does not."""
    return ref.role == "lead" and bool(task.lead) and not (_has(ref, task.lead) or _through(ref, task.lead, session))


def _cell(task: Task, role: str) -> tuple[AgencyMention, ...]:
    return task.coordinate if role == "coordinate" else task.lead


def _names(task: Task, role: str) -> list[str]:
    return [body.name for body in _cell(task, role)]


def _has(ref: AgencyRef, bodies: tuple[AgencyMention, ...]) -> bool:
    """Whether a body is among some, its namesake of another level counted as the same."""
    base = without_level(ref.name)
    return any(body.agency_id == ref.agency_id or without_level(body.name) == base for body in bodies)


def _through(ref: AgencyRef, bodies: tuple[AgencyMention, ...], session: Session) -> list[str]:
    """The collective expressions among some bodies that include one."""
    agencies = session.shelf.catalogue.agencies
    member = agencies.get(ref.agency_id)
    wholes = [(body.name, agencies.get(body.agency_id)) for body in bodies if body.collective]
    return [name for name, whole in wholes if whole and member and agencies.includes(whole, member)]


def _on_day(task: Task, query: Query) -> str:
    """Whether a task is due when a question says."""
    due, period = task.deadline.due, query.period
    if due is None or period is None or task.deadline.milestones:
        return ""
    if period.end == due:
        return say("compare.yes_day")
    within = (period.start is None or period.start <= due) and (period.end is None or due <= period.end)
    return "" if within else say("compare.no_day", text=task.deadline.text)


def _on_amounts(reply: Reply, query: Query) -> str:
    """Whether the quoted words hold the amounts that a question wants confirmed, and which they hold."""
    asked = query.claims
    if not asked and any("%" in pattern for pattern in query.expects):
        asked = tuple(Amount(figure=word, unit=PERCENT) for word in query.words if word.isdigit())
    units = {amount.unit for amount in asked}
    quoted = [a for citation in reply.citations for a in amounts_in(fold(citation.quote)) if a.unit in units]
    held = {(amount.value, amount.unit) for amount in quoted}
    wrong = [amount for amount in asked if (amount.value, amount.unit) not in held]
    if not quoted or not asked or (wrong and len(wrong) < len(asked)):
        return ""
    if wrong:
        written = _fitting_amounts(reply, query, units)
        return say("compare.no_amount", asked=wrong, written=written[:_MOST_AMOUNTS])
    return say("compare.yes_amount", asked=asked) if query.claims else ""


def _fitting_amounts(reply: Reply, query: Query, units: set[str]) -> list[Amount]:
    """The amounts, of the units asked about, of the quoted clauses that hold most of the words asked about."""
    asked = {word for word in query.words if word}
    found: dict[Amount, int] = {}
    for citation in reply.citations:
        for clause in _CLAUSE.split(fold(citation.quote)):
            fit = len(asked & set(words(clause)))
            found |= {a: max(fit, found.get(a, 0)) for a in amounts_in(clause) if a.unit in units}
    best = max(found.values(), default=0)
    return [amount for amount, fit in found.items() if fit == best]
