"""Lists of tasks by how they stand, and bodies by how far behind they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer.described import described
from assistant.answer.session import Session
from assistant.answer.standing import ENDED, brief, by_key, midnight, seen_task, standings, words_of_state
from assistant.answer.wording import SHORT_TITLE, day, task_title
from assistant.reply import Reply, Status
from assistant.understand.query import SHOWN, About, Ask, ProgressAsk, Query
from assistant.understand.units import documents_of_unit
from corpus.due import ONE_DAY, is_overdue
from corpus.progress import Standing, TaskKey, TaskState
from corpus.records import Task
from prompts import say

_MOST = 60  # tasks of a list that is wanted whole
_BODIES = 5
_WEEK = dt.timedelta(days=7)
# Folded words of such questions that are no topic of the tasks.
_WORDS = frozenset(
    "xong chua hoan thanh tat con lai bao nhieu may xin lui gia han them thoi gian qua tre cham dang lam bat dau tam"
    " dung ngung duoc da vua cap nhat bao cao tien do roi ton dong no thang tuan nay quy nam phuong xa gi nao nhung cac"
    " viec nhiem vu phong minh toi em don vi co quan ai nhat trien khai thuc hien xu ly ca het so luong danh sach"
    " liet ke cua trong o tu den gio hien tai khong chi la thi va ma bi i ach nhieu it hon".split()
)


@dataclass(frozen=True)
class Scope:
    """The tasks that a question is about, by key, and how they stand; ``query`` with its bodies as documents call
    them."""

    query: Query
    tasks: Mapping[TaskKey, Task]
    stands: Mapping[TaskKey, Standing]

    @property
    def silent(self) -> int:
        """Of how many nobody has said anything."""
        return sum(key not in self.stands for key in self.tasks)


def scope_of(query: Query, session: Session, *, overdue: bool = False) -> Scope:
    """The tasks that a question describes, without regard to how they stand."""
    topic = [i for i, word in enumerate(query.listed_words) if word and word not in _WORDS]
    kept = tuple(query.listed_words[i] for i in topic)
    accented = (
        tuple(query.listed_accented[i] for i in topic) if len(query.listed_accented) > max(topic, default=-1) else ()
    )
    agencies = tuple(ref if ref.role != "any" else ref.model_copy(update={"role": "lead"}) for ref in query.agencies)
    about = query.progress.about if query.progress else About.OPEN
    person = session.asker.person
    if query.documents_from == "weak" and query.progress and query.progress.own and person:
        own = documents_of_unit(person.unit.name, session.shelf.catalogue)
        query = query.model_copy(update={"documents": own, "documents_from": "unit"})
    query = query.model_copy(
        update={
            "ask": Ask.LIST,
            "overdue": overdue,
            "agencies": agencies,
            "listed_words": kept,
            "listed_accented": accented,
            "topic": query.topic if kept else "",
            "kinds": (),
            "period": None if about in (About.FINISHED, About.SLOWEST) else query.period,
        }
    )
    query, tasks = described(query, session)
    keys = by_key(tasks, session)
    return Scope(query, keys, standings(list(keys), session))


def listed(query: Query, session: Session) -> Reply | None:
    """The tasks that are open, overdue, of some state, or of which nobody has said anything; None where nothing is
    recorded of any: then the plan answers alone."""
    asked = query.progress or ProgressAsk(about=About.OPEN)
    scope = scope_of(query, session, overdue=asked.about is About.OVERDUE)
    if not scope.stands and asked.about is not About.SILENT:
        return None
    found = [key for key in scope.tasks if _belongs(scope.stands.get(key), asked)]
    among = len(scope.tasks) if asked.about in (About.OPEN, About.SILENT) else None
    lines = _told(found, scope, asked, session, among)
    if asked.about is About.OVERDUE:
        lines.append(_left_out(found, scope))
    elif asked.about is not About.SILENT and scope.silent:
        lines.append(say("progress.silent", n=scope.silent, total=len(scope.tasks)))
    return _reply(lines, found, scope, session)


def _belongs(standing: Standing | None, asked: ProgressAsk) -> bool:
    if asked.about is About.SILENT:
        return standing is None
    if asked.about is About.BY_STATE:
        return standing is not None and standing.state in asked.states
    return standing is None or standing.state not in ENDED


def _left_out(found: Sequence[TaskKey], scope: Scope) -> str:
    done = sum(s.state is TaskState.DONE for s in scope.stands.values())
    stopped = sum(s.state is TaskState.STOPPED for s in scope.stands.values())
    silent = sum(key not in scope.stands for key in found)
    return say("progress.overdue_left_out", done=done, stopped=stopped, silent=silent, total=len(found))


def finished(query: Query, session: Session) -> Reply | None:
    """What was done in some days: the tasks that stand as done since then. None where there are no tasks."""
    asked = query.progress
    if asked is None:
        return None
    scope = scope_of(query, session)
    if not scope.tasks:
        return None
    found = [key for key, standing in scope.stands.items() if standing.state is TaskState.DONE]
    if asked.start is not None and asked.end is not None:
        start, end = midnight(asked.start), midnight(asked.end + ONE_DAY)
        entries = session.office.progress.between(start, end, {key.document for key in scope.tasks})
        said = {entry.task for entry in entries if entry.change.state is TaskState.DONE}
        found = [key for key in found if key in said]
    lines = _told(found, scope, asked, session, None)
    if scope.silent:
        lines.append(say("progress.silent_finished", n=scope.silent, total=len(scope.tasks)))
    return _reply(lines, found, scope, session)


def tasks_of_person(query: Query, session: Session) -> Reply | None:
    """What was given to the person who asks; None where they are not known."""
    person = session.asker.person
    if person is None or query.progress is None:
        return None
    stands = {standing.task: standing for standing in session.office.progress.assigned_to(person.id)}
    tasks = session.store.tasks_by_row(list(stands))
    scope = Scope(Query(ask=Ask.LIST), tasks, stands)
    found = [key for key in tasks if stands[key].state not in ENDED]
    return _reply(_told(found, scope, query.progress, session, None), found, scope, session)


def overview(query: Query, session: Session) -> Reply | None:
    """How many tasks are done, underway, late, and of how many nobody has said anything; those that are late are
    listed. None where nothing is recorded of any."""
    scope = scope_of(query, session)
    if not scope.stands:
        return None
    counts = Counter(standing.state for standing in scope.stands.values())
    rows = [{"count": n, "words": words_of_state(state)} for state, n in counts.most_common()]
    late = [key for key in scope.tasks if _is_late(key, scope, session.today)]
    lines = [
        say("progress.overview", total=len(scope.tasks), scope=_words(scope, session), rows=rows, late=len(late)),
        *(_line(i, key, scope, session, many=False) for i, key in enumerate(late[:SHOWN], 1)),
        *([say("progress.silent", n=scope.silent, total=len(scope.tasks))] if scope.silent else []),
    ]
    return _reply(lines, late, scope, session)


def slowest(query: Query, session: Session) -> Reply | None:
    """The bodies that lead tasks which are past due and not recorded as done, most first; and what cannot be said."""
    scope = scope_of(query.model_copy(update={"agencies": ()}), session)
    if not scope.tasks:
        return None
    counts = _by_body(scope, session.today)
    late = [item for item in counts.most_common() if item[1]]
    lines = [say("progress.slowest_head", found=bool(late), scope=_words(scope, session))]
    late_keys = []
    for i, (name, number) in enumerate(late[:_BODIES], 1):
        of_body = [key for key, task in scope.tasks.items() if name in (mention.name for mention in task.lead)]
        states = [scope.stands[key].state if key in scope.stands else None for key in of_body]
        lines.append(
            say(
                "progress.slowest_line",
                index=i,
                name=name,
                late=number,
                open=sum(state not in ENDED for state in states),
                done=states.count(TaskState.DONE),
                total=len(of_body),
                silent=states.count(None),
            )
        )
        late_keys += [key for key in of_body if _is_late(key, scope, session.today)]
    if scope.silent:
        lines.append(say("progress.slowest_unknown", n=scope.silent, total=len(scope.tasks)))
    return _reply(lines, list(dict.fromkeys(late_keys)), scope, session)


def _is_late(key: TaskKey, scope: Scope, today: dt.date) -> bool:
    standing = scope.stands.get(key)
    return is_overdue(scope.tasks[key].deadline, today) and (standing is None or standing.state not in ENDED)


def _by_body(scope: Scope, today: dt.date) -> Counter[str]:
    """By leading body how many of its tasks are late."""
    late = (key for key in scope.tasks if _is_late(key, scope, today))
    return Counter(mention.name for key in late for mention in scope.tasks[key].lead)


# --- how a list is told -----------------------------------------------------------------------------------------


def _told(found: Sequence[TaskKey], scope: Scope, asked: ProgressAsk, session: Session, among: int | None) -> list[str]:
    """The head and the lines of a list, from where it was told to."""
    states = " / ".join(words_of_state(state) for state in asked.states)
    head = say(
        "progress.list_head",
        about=str(asked.about),
        total=len(found),
        among=among,
        states=states,
        start=day(asked.start) if asked.start else None,
        end=day(asked.end) if asked.end else None,
        scope=_words(scope, session),
    )
    if scope.query.skip >= len(found) > 0:
        return [say("progress.list_ended", total=len(found))]
    lines = [head]
    last = scope.query.skip + (_MOST if scope.query.whole else SHOWN)
    many = len({key.document for key in found}) > 1
    for i, key in enumerate(found[scope.query.skip : last], scope.query.skip + 1):
        lines.append(_line(i, key, scope, session, many=many))
    if len(found) > last:
        lines.append(say("progress.list_more", n=len(found) - last))
    return lines


def _line(index: int, key: TaskKey, scope: Scope, session: Session, *, many: bool) -> str:
    task, standing = scope.tasks[key], scope.stands.get(key)
    ended = standing is not None and standing.state in ENDED
    late = not ended and task.deadline.due and is_overdue(task.deadline, session.today)
    return say(
        "progress.list_line",
        index=index,
        number=task.number,
        section=task.section,
        document=session.name(task.document) if many else None,
        title=task_title(task, SHORT_TITLE).rstrip("."),
        lead=[] if scope.query.agencies else [mention.name for mention in task.lead],
        due=task.deadline.text,
        late=(session.today - task.deadline.due).days if late and task.deadline.due else None,
        standing=brief(standing, session) if standing else None,
    )


def _words(scope: Scope, session: Session) -> str:
    """Of whom and of which documents a list is, with a space before it."""
    documents = list(dict.fromkeys(key.document for key in scope.tasks))
    unit = scope.query.agencies[0].name if scope.query.agencies else None
    words = say("progress.scope", unit=unit, documents=[session.name(document) for document in documents])
    return f" {words}" if words else ""


def _reply(lines: Sequence[str], found: Sequence[TaskKey], scope: Scope, session: Session) -> Reply:
    tasks = [scope.tasks[key] for key in found]
    return Reply(
        status=Status.ANSWERED,
        text="\n".join(line for line in lines if line),
        tasks=tuple(seen_task(scope.tasks[key], scope.stands.get(key), session) for key in found),
        citations=tuple(map(session.cite, tasks)),
    )
