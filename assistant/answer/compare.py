"""Tasks against each other: which is due first, whether they are alike, which comes first of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.answer.counts import count_bodies, count_documents, count_sections
from assistant.answer.described import described
from assistant.answer.many import MAX_CHOICES
from assistant.answer.measures import Place, asks_amount, due_day
from assistant.answer.measures import verdict as measured_verdict
from assistant.answer.quoting import finding, telling_part
from assistant.answer.rest import cells_for_rest
from assistant.answer.session import Session
from assistant.answer.sides import Found, sides
from assistant.answer.sought import sought_by
from assistant.answer.tasks import task_choice
from assistant.answer.wording import cite_passage, day
from assistant.reply import Citation, Reply, Status
from assistant.understand.amounts import amounts_in
from assistant.understand.query import SHOWN, Attribute, Comparison, Query, Relation, Things
from corpus.records import AgencyMention, Deadline, Task
from corpus.vietnamese import fold
from prompts import say

_ROLES = (Attribute.LEAD, Attribute.COORDINATE)
_SHOWN_BY_DEFAULT = (Attribute.LEAD, Attribute.DEADLINE)
_TOLD = (Attribute.LEAD, Attribute.COORDINATE, Attribute.DEADLINE, Attribute.PRODUCT, Attribute.LEADER)
_COMPARED_IN_ALL = (Attribute.TITLE, Attribute.LEAD, Attribute.DEADLINE)
_SAME_TITLE = 0.6  # share of words that two titles of one work have in common


def answer_comparison(query: Query, session: Session) -> Reply | None:
    """Compares what a question compares; None where it finds nothing to compare."""
    compared = query.compared
    if compared is None:
        return None
    if compared.things is Things.LISTED:
        return _first_of_all(query, compared, session)
    if compared.things is Things.BODIES:
        return count_bodies(query, compared, session)
    if compared.things is Things.SECTIONS:
        return count_sections(query, compared, session)
    if compared.things is Things.DOCUMENTS:
        return count_documents(query, compared, session)
    found = sides(query, compared, session)
    return _side_by_side(found, query, compared, session) if found else None


def _side_by_side(found: Sequence[tuple[Query, Found]], query: Query, compared: Comparison, session: Session) -> Reply:
    """The verdict, then what was compared, each with its citation."""
    tasks = [thing for _, thing in found if isinstance(thing, Task)]
    lines, citations, places = [], [], []
    for index, (side, thing) in enumerate(found, 1):
        line, citation = _told(index, thing, side, compared, session)
        lines.append(line)
        citations.append(citation)
        places.append(_in_words(side, thing, citation, session))
    measured = measured_verdict(places, query, compared, session)
    if len(tasks) < len(found) or (measured and asks_amount(query, compared)):
        lines.insert(0, measured or say("compare.beside"))
    else:
        lines.insert(0, _verdicts(tasks, query, compared, session))
    return Reply(
        status=Status.ANSWERED,
        text="\n".join(lines),
        tasks=tuple(map(session.view, tasks)),
        citations=tuple(citations),
        choices=tuple(task_choice(task, query, session) for task in tasks[:MAX_CHOICES]),
    )


def _in_words(side: Query, thing: Found, citation: Citation, session: Session) -> Place:
    """What a side names, as what is told of it."""
    subject = frozenset(filter(None, side.words))
    if not isinstance(thing, Task):
        return Place(session.name(thing.passage.document), citation.quote, subject)
    text = thing.title if any(amounts_in(fold(thing.title))) else f"{thing.title}; {thing.product}"
    return Place(session.name(thing.document), text, subject, thing)


def _told(index: int, side: Found, query: Query, compared: Comparison, session: Session) -> tuple[str, Citation]:
    if not isinstance(side, Task):
        span = telling_part(side.passage, sought_by(query), session)
        citation = cite_passage(side.passage, session.text_of(side.passage.document), span)
        return say("compare.passage", index=index, finding=finding(side.passage, citation, session)), citation
    asked = _several(compared)
    shown = asked or ((compared.by,) if compared.by else _SHOWN_BY_DEFAULT)
    rest = cells_for_rest(side, query.model_copy(update={"attributes": shown}), [str(name) for name in shown])
    asked = (*shown, *(Attribute(name) for name in rest)) if rest else asked
    return task_line(index, side, session, compared.by, asked), session.cite(side)


def _several(compared: Comparison) -> tuple[Attribute, ...]:
    """The attributes that are compared, where they are more than one."""
    asked = tuple(name for name in _TOLD if name in compared.asked)
    return asked if len(asked) > 1 else ()


def task_line(
    index: int, task: Task, session: Session, by: Attribute | None, several: tuple[Attribute, ...] = ()
) -> str:
    """A task that was compared with what it was compared by, or with all that was asked."""
    shown = several or (_SHOWN_BY_DEFAULT if by in (None, Attribute.TITLE) else (by,))
    values = session.values(task)
    values["shown_title"] = values["title"] if by in (None, Attribute.TITLE) else values["short_title"]
    answers = [say("answers.attribute", name=str(name), task=values) for name in shown]
    return say("compare.task", index=index, task=values, answers=answers)


def _verdicts(tasks: Sequence[Task], query: Query, compared: Comparison, session: Session) -> str:
    """The verdict; where several attributes are asked whether they are alike, one for each."""
    several = _several(compared)
    if compared.relation is not Relation.SAME or not several:
        return _verdict(tasks, compared, session)
    return " ".join(_alike(tasks, compared.model_copy(update={"by": name})) for name in several)


def _verdict(tasks: Sequence[Task], compared: Comparison, session: Session) -> str:
    if compared.relation in (Relation.FIRST, Relation.LAST):
        return _by_day(tasks, compared, session)
    if compared.relation is Relation.BOTH and compared.by in _ROLES:
        shared = _shared(tasks, compared.by)
        names = [body.name for body in shared]
        return say("compare.both", bodies=names, name=str(compared.by), n=len(tasks))
    if compared.relation is Relation.SAME:
        return _alike(tasks, compared)
    return say("compare.beside")


def _by_day(tasks: Sequence[Task], compared: Comparison, session: Session) -> str:
    """Which task is due first or last, or that it cannot be said."""
    undated = [task for task in tasks if due_day(task.deadline) is None]
    if undated:
        return say("compare.due_unknown", names=task_names(undated, tasks, session))
    days = {task.ordinal: due for task in tasks if (due := due_day(task.deadline))}
    last = compared.relation is Relation.LAST
    end = max(days.values()) if last else min(days.values())
    chosen = [task for task in tasks if days[task.ordinal] == end]
    sentence = "due_alike" if len(chosen) == len(tasks) else "due_differ"
    values = {"names": task_names(chosen, tasks, session), "due": day(end)}
    return say(f"compare.{sentence}", **values, **({} if sentence == "due_alike" else {"last": last}))


def task_names(tasks: Sequence[Task], among: Sequence[Task], session: Session) -> list[str]:
    """Tasks by number; with their documents where several documents are spoken of."""
    many = len({task.document for task in among}) > 1
    return [say("compare.task_name", task=session.values(task), show_document=many) for task in tasks]


def _alike(tasks: Sequence[Task], compared: Comparison) -> str:
    """Whether tasks are alike in what was asked, or in what."""
    by, whether = compared.by, compared.whether
    if by is None:
        names = {name: say("compare.attribute", name=str(name)) for name in _COMPARED_IN_ALL}
        same = [names[name] for name in _COMPARED_IN_ALL if _same(tasks, name)]
        different = [names[name] for name in _COMPARED_IN_ALL if not _same(tasks, name)]
        return say("compare.in_all", same=same, different=different)
    if any(not _value(task, by) for task in tasks):
        return say("compare.blank", name=str(by))
    if _same(tasks, by):
        due = due_day(tasks[0].deadline) if by is Attribute.DEADLINE else None
        return say("compare.alike", name=str(by), value=day(due) if due else _value(tasks[0], by), whether=whether)
    shared = _shared(tasks, by) if by in _ROLES else []
    if shared:
        value = "; ".join(body.name for body in shared)
        return say("compare.partly_alike", name=str(by), value=value, whether=whether)
    return say("compare.different", name=str(by), whether=whether)


def _value(task: Task, by: Attribute) -> str:
    if by in _ROLES:
        return "; ".join(body.name for body in _bodies(task, by))
    if by is Attribute.DEADLINE:
        return task.deadline.text
    return str(getattr(task, str(by)) or "")


def _same(tasks: Sequence[Task], by: Attribute) -> bool:
    first, *others = tasks
    if by in _ROLES:
        wanted = {body.agency_id for body in _bodies(first, by)}
        return all({body.agency_id for body in _bodies(task, by)} == wanted for task in others)
    if by is Attribute.DEADLINE:
        return all(_same_deadline(first.deadline, task.deadline) for task in others)
    return all(_overlap(_value(first, by), _value(task, by)) >= _SAME_TITLE for task in others)


def _same_deadline(one: Deadline, other: Deadline) -> bool:
    if due_day(one) and due_day(other):
        return due_day(one) == due_day(other)
    if one.recurrence and other.recurrence:
        return one.recurrence == other.recurrence
    return fold(one.text) == fold(other.text)


def _overlap(one: str, other: str) -> float:
    """The share of words that two texts have in common."""
    first, second = set(fold(one).split()), set(fold(other).split())
    return len(first & second) / len(first | second) if first | second else 1.0


def _shared(tasks: Sequence[Task], by: Attribute | None) -> list[AgencyMention]:
    """The bodies that have a role in all tasks."""
    role = by or Attribute.LEAD
    ids = set.intersection(*({body.agency_id for body in _bodies(task, role)} for task in tasks))
    return [body for body in _bodies(tasks[0], role) if body.agency_id in ids]


def _bodies(task: Task, by: Attribute) -> tuple[AgencyMention, ...]:
    return task.lead if by is Attribute.LEAD else task.coordinate


def _first_of_all(query: Query, compared: Comparison, session: Session) -> Reply | None:
    """The task due first or last of those that a question describes."""
    if query.documents and not session.with_tasks(query.documents):
        return None
    query, tasks = described(query, session)
    if not tasks:
        return None
    if compared.without:
        window = (compared.without.start, compared.without.end)
        tasks = [t for t in tasks if (t.deadline.window_start, t.deadline.due) != window]
    days = {(t.document, t.ordinal): due for t in tasks if (due := due_day(t.deadline))}
    if compared.coming:
        days = {key: due for key, due in days.items() if due >= session.today}
    if not days:
        return Reply(status=Status.ANSWERED, text=say("compare.nothing_dated", coming=compared.coming))
    last = compared.relation is Relation.LAST
    end = max(days.values()) if last else min(days.values())
    chosen = [t for t in tasks if days.get((t.document, t.ordinal)) == end]
    return _told_first(chosen, tasks, end, compared, session, _several(compared))


def _told_first(
    chosen: Sequence[Task],
    tasks: Sequence[Task],
    end: dt.date,
    compared: Comparison,
    session: Session,
    asked: tuple[Attribute, ...],
) -> Reply:
    names = task_names(chosen, tasks, session)
    lines = [say("compare.listed", names=names, due=day(end), last=compared.relation is Relation.LAST)]
    lines += [task_line(i, task, session, None, asked) for i, task in enumerate(chosen[:SHOWN], 1)]
    if len(chosen) > SHOWN:
        lines.append(say("answers.list_more", n=len(chosen) - SHOWN, goes_on=False))
    undated = sum(due_day(task.deadline) is None for task in tasks)
    if undated:
        lines.append(say("compare.undated", n=undated))
    return Reply(
        status=Status.ANSWERED,
        text="\n".join(lines),
        tasks=tuple(map(session.view, chosen)),
        citations=tuple(map(session.cite, chosen[:SHOWN])),
    )
