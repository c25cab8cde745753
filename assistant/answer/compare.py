"""Tasks against each other: which is due first, whether they are alike, which comes first of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.answer.counts import count_bodies, count_documents, count_sections
from assistant.answer.described import described
from assistant.answer.many import MAX_CHOICES
from assistant.answer.quoting import enough, finding, scope_of, telling_part
from assistant.answer.session import Session
from assistant.answer.sought import sought_by
from assistant.answer.tasks import task_choice, tasks_numbered
from assistant.answer.wording import cite_passage, day
from assistant.find import FoundPassage
from assistant.reply import Citation, Reply, Status
from assistant.understand.query import SHOWN, Attribute, Comparison, Query, Relation, Things
from corpus.due import FIRM
from corpus.records import AgencyMention, Deadline, Task
from corpus.vietnamese import fold
from prompts import say

_ROLES = (Attribute.LEAD, Attribute.COORDINATE)
_SHOWN_BY_DEFAULT = (Attribute.LEAD, Attribute.DEADLINE)
_TOLD = (Attribute.LEAD, Attribute.COORDINATE, Attribute.DEADLINE, Attribute.PRODUCT, Attribute.LEADER)
_COMPARED_IN_ALL = (Attribute.TITLE, Attribute.LEAD, Attribute.DEADLINE)
_SAME_TITLE = 0.6  # share of words that two titles of one work have in common
_SAME_COVERAGE = 0.04
_MOST_RIVALS = 2  # more tasks that fit alike: the words are too vague to compare by

Found = Task | FoundPassage


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
    sides = _sides(compared, session)
    return _side_by_side(sides, query, compared, session) if sides else None


def _sides(compared: Comparison, session: Session) -> list[Found] | None:
    """What the sides of a comparison name, by the split that explains them best; None where none does."""
    best: tuple[float, list[Found]] = (0.0, [])
    for split in compared.splits:
        found = _numbered(split, session) if all(query.tasks for query in split) else _worded(split, session)
        if found is None:
            continue
        surety, things = found
        places = {_place(thing) for thing in things}
        if len(places) == len(things) and surety > best[0]:
            best = surety, things
    return best[1] or None


def _place(found: Found) -> tuple[str, str, int]:
    if isinstance(found, Task):
        return "task", found.document, found.ordinal
    return "passage", found.passage.document, found.passage.ordinal


def _numbered(split: Sequence[Query], session: Session) -> tuple[float, list[Found]] | None:
    """The tasks that sides name by number, one each; of several documents the one that holds them all."""
    sides = [
        [t for ref in query.tasks for t in tasks_numbered(ref, session.with_tasks(query.documents) or None, session)]
        for query in split
    ]
    if all(len(tasks) == 1 for tasks in sides):
        return 1.0, [tasks[0] for tasks in sides]
    shared = set.intersection(*({t.document for t in tasks} for tasks in sides))
    if len(shared) != 1:
        return None
    held = [[t for t in tasks if t.document in shared] for tasks in sides]
    return (1.0, [tasks[0] for tasks in held]) if all(len(tasks) == 1 for tasks in held) else None


def _worded(split: Sequence[Query], session: Session) -> tuple[float, list[Found]] | None:
    """What sides name by words: the task, or the passage where no task says it; with the least surety of all."""
    found = [_best(query, session) for query in split]
    if not all(found):
        return None
    sure = [item for item in found if item]
    return min(surety for surety, _ in sure), [thing for _, thing in sure]


def _best(query: Query, session: Session) -> tuple[float, Found] | None:
    if query.tasks:
        numbered = _numbered((query,), session)
        return (numbered[0], numbered[1][0]) if numbered else None
    sought, scope = sought_by(query), scope_of(query, session)
    tasks = session.find_tasks(sought, scope)
    if tasks and tasks[0].coverage >= enough(query):
        rivals = [f for f in tasks if f.coverage >= tasks[0].coverage - _SAME_COVERAGE]
        return (tasks[0].coverage, tasks[0].task) if len(rivals) <= _MOST_RIVALS else None
    passages = session.find_passages(sought, scope)
    if query.documents and passages and passages[0].coverage >= enough(query):
        return passages[0].coverage, passages[0]
    return None


def _side_by_side(sides: Sequence[Found], query: Query, compared: Comparison, session: Session) -> Reply:
    """The verdict, then what was compared, each with its citation."""
    tasks = [side for side in sides if isinstance(side, Task)]
    verdict = _verdicts(tasks, query, compared, session) if len(tasks) == len(sides) else say("compare.beside")
    lines, citations = [verdict], []
    for index, side in enumerate(sides, 1):
        line, citation = _told(index, side, query, compared, session)
        lines.append(line)
        citations.append(citation)
    return Reply(
        status=Status.ANSWERED,
        text="\n".join(lines),
        tasks=tuple(map(session.view, tasks)),
        citations=tuple(citations),
        choices=tuple(task_choice(task, query, session) for task in tasks[:MAX_CHOICES]),
    )


def _told(index: int, side: Found, query: Query, compared: Comparison, session: Session) -> tuple[str, Citation]:
    if not isinstance(side, Task):
        span = telling_part(side.passage, sought_by(query), session)
        citation = cite_passage(side.passage, session.text_of(side.passage.document), span)
        return say("compare.passage", index=index, finding=finding(side.passage, citation, session)), citation
    return task_line(index, side, session, compared.by, _several(query)), session.cite(side)


def _several(query: Query) -> tuple[Attribute, ...]:
    """The attributes that a question names, where it names more than one."""
    asked = tuple(name for name in _TOLD if name in query.attributes)
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
    several = _several(query)
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


def due_day(deadline: Deadline) -> dt.date | None:
    """The last day on time of a deadline that names a firm day, else None."""
    return deadline.due if deadline.kind in FIRM and not deadline.tentative else None


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
    return _told_first(chosen, tasks, end, compared, session, _several(query))


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
