"""From a report to what would be recorded: which tasks are meant, who is, until when, and whether the person may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.asker import denied, note, reason_of
from assistant.answer.many import MAX_CHOICES
from assistant.answer.session import Session
from assistant.answer.standing import by_key, named, standings
from assistant.answer.tasks import no_such_document, no_such_task, tasks_numbered
from assistant.answer.wording import day, task_title
from assistant.reply import Choice, Reply, Status
from assistant.rights import Action, Denial
from assistant.understand.progress.days import later
from assistant.understand.query import Planned, Query, Step, TaskRef, Update
from corpus.due import next_due
from corpus.people import Person, Role
from corpus.progress import Change, ChangeKind, Entry, TaskKey, TaskState
from corpus.records import Task
from prompts import say

_SHORT_TITLE = 80


class Refused(Exception):
    """Nothing is to be recorded; ``reply`` says why, or asks back."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.text)
        self.reply = reply


@dataclass(frozen=True)
class Plan:
    """What would be recorded, and what has to be said with it. ``foreign``: a change of somebody else is taken back;
    ``unsure``: the message may mean something else."""

    steps: tuple[Planned, ...] = ()
    notes: tuple[str, ...] = ()
    foreign: bool = False
    unsure: bool = False


# --- what is reported -------------------------------------------------------------------------------------------


def plan_steps(update: Update, query: Query, person: Person, session: Session) -> Plan:
    """The changes that a report asks for, those that are not the person's to make left out and named. Raises Refused
    where none is left, or where something has to be asked first."""
    planned: list[Planned] = []
    denials: list[str] = []
    for said in update.steps:
        tasks = _tasks_of(said, query, session)
        step = _same(said, update, query, session) if said.same else said
        if step.half and len(update.steps) == len(tasks) == 1:
            raise Refused(_ask_whether_done(tasks[0], step, session))
        change = _change(step, tasks, person, session)
        for key, task in by_key(tasks, session).items():
            reason = denied(session, _action(change), task, assignee=_assignee(key, session))
            if reason:
                note(session, "progress_refused", f"{key.document} {key.row}", reason=reason.code)
                denials.append(say("progress.denied_of", task=named(task, session), reason=reason_of(reason)))
            else:
                due = _asked_day(step, task, session.today)
                planned.append(_planned(key, change.model_copy(update={"asked_due": due}) if due else change, session))
    if not planned:
        raise Refused(Reply(status=Status.REFUSED, text="\n".join(denials)))
    unsure = any(step.unsure for step in update.steps)
    return Plan(tuple(planned), tuple(denials), unsure=unsure)


def _same(step: Step, update: Update, query: Query, session: Session) -> Step:
    """A step that reports what was said of another task by mistake. Raises Refused where nothing was."""
    of_other = _tasks_of(Step(tasks=update.wrong), query, session)
    stands = standings(list(by_key(of_other, session)), session)
    entry = next((session.office.progress.entry(standing.entry) for standing in stands.values()), None)
    if entry is None:
        text = say("progress.nothing_to_undo", task=named(of_other[0], session))
        raise Refused(Reply(status=Status.NOT_FOUND, text=text))
    return step.model_copy(update={"change": entry.change})


def _ask_whether_done(task: Task, step: Step, session: Session) -> Reply:
    """Asks back what a task is at of which somebody said what was done."""
    change = step.change or Change()
    choices = [
        Choice(label=label, say=_again(task, Step(change=change.model_copy(update={"state": state})), "", session))
        for label, state in (
            (say("progress.half_done"), TaskState.DONE),
            (say("progress.half_underway"), TaskState.UNDERWAY),
            (say("progress.half_note"), None),
        )
    ]
    return _ask_which(say("progress.half", task=named(task, session), what=change.note), choices)


def _planned(key: TaskKey, change: Change, session: Session) -> Planned:
    standing = standings([key], session).get(key)
    return Planned(task=key, change=change, seen=standing.entry if standing else None)


def _assignee(key: TaskKey, session: Session) -> str | None:
    """To whom a task was given."""
    standing = standings([key], session).get(key)
    return standing.assignee if standing else None


def _action(change: Change) -> Action:
    if change.kind is ChangeKind.ASSIGNED:
        return Action.ASSIGN
    special = {TaskState.EXTENSION: Action.EXTEND, TaskState.STOPPED: Action.STOP}
    return special.get(change.state, Action.REPORT) if change.state else Action.REPORT


def _change(step: Step, tasks: Sequence[Task], person: Person, session: Session) -> Change:
    """The change of a step, its assignee found among the people of the unit. Raises Refused."""
    change = step.change or Change()
    if change.kind is ChangeKind.ASSIGNED:
        return change
    if step.to_self:
        return Change(kind=ChangeKind.ASSIGNED, assignee=person.id, note=change.note)
    if step.assignee:
        colleague = _colleague(step, tasks, person, session)
        return Change(kind=ChangeKind.ASSIGNED, assignee=colleague.id, note=change.note)
    if change.state is TaskState.EXTENSION:
        if change.asked_due is None and step.longer is None:
            what = named(tasks[0], session)
            raise Refused(Reply(status=Status.CLARIFY, text=say("progress.until_when", task=what)))
        if change.asked_due and change.asked_due < session.today:
            text = say("progress.until_past", day=day(change.asked_due))
            raise Refused(Reply(status=Status.CLARIFY, text=text))
    return change


def _asked_day(step: Step, task: Task, today: dt.date) -> dt.date | None:
    """The day that "thêm 2 tuần" means for a task: from its deadline, from today where it has none."""
    if step.longer is None:
        return None
    base = task.deadline.due or next_due(task.deadline, today) or today
    return later(base, step.longer)


def denial_of(step: Planned, task: Task, session: Session) -> Denial | None:
    """Why the person may not do what was planned: asked again when they agree, which may be much later."""
    if step.change is None:
        entry = session.office.progress.entry(step.undoes) if step.undoes else None
        return denied(session, Action.UNDO, task, entry)
    return denied(session, _action(step.change), task, assignee=_assignee(step.task, session))


# --- which tasks ------------------------------------------------------------------------------------------------


def _tasks_of(step: Step, query: Query, session: Session) -> list[Task]:
    """The tasks that a step names. Raises Refused where one is not there, or several may be meant."""
    if not step.tasks:
        raise Refused(Reply(status=Status.CLARIFY, text=say("progress.which_task")))
    documents = session.with_tasks(step.documents or query.documents) or None
    if query.unknown_document and not documents:
        raise Refused(no_such_document(query.unknown_document, session))
    if step.one_of and len(step.tasks) > 1:
        among = [task for ref in step.tasks for task in tasks_numbered(ref, documents, session)]
        choices = [_task_choice(task, step, session) for task in among[:MAX_CHOICES]]
        raise Refused(_ask_which(say("progress.which_by_words"), choices))
    found = [_one_task(ref, step, documents, session) for ref in step.tasks]
    return list({(task.document, task.ordinal): task for task in found}.values())


def _one_task(ref: TaskRef, step: Step, documents: tuple[str, ...] | None, session: Session) -> Task:
    """The task of a number: the only one, or the only one that is the person's to report of. Raises Refused."""
    tasks = tasks_numbered(ref, documents, session)
    if not tasks:
        raise Refused(no_such_task(ref, documents, session))
    if len(tasks) == 1:
        return tasks[0]
    own = [task for task in tasks if denied(session, Action.REPORT, task) is None]
    if len(own) == 1:
        return own[0]
    among = own or tasks
    head = say("progress.which_of", number=ref.number, total=len(among))
    raise Refused(_ask_which(head, [_task_choice(task, step, session) for task in among[:MAX_CHOICES]]))


def _ask_which(head: str, choices: Sequence[Choice]) -> Reply:
    labels = say("progress.choices", labels=[choice.label for choice in choices])
    return Reply(status=Status.CLARIFY, text=f"{head}\n{labels}", choices=tuple(choices))


def _task_choice(task: Task, step: Step, session: Session) -> Choice:
    """A task as a choice; picking it reports the same of it."""
    title = task_title(task, _SHORT_TITLE)
    document = session.name(task.document)
    label = say("answers.choice_titled", number=task.number, section=task.section, document=document, title=title)
    return Choice(label=label, say=_again(task, step, step.assignee, session))


def _again(task: Task, step: Step, assignee: str, session: Session) -> str:
    """The message that reports a step of one task, named whole."""
    change = step.change or Change()
    what = say(
        "progress.again_what",
        state=str(change.state) if change.state else None,
        percent=change.percent,
        asked_due=day(change.asked_due) if change.asked_due else None,
        days=step.longer.days if step.longer else 0,
        months=step.longer.months if step.longer else 0,
        note=change.note,
        assignee="em" if step.to_self else assignee,
    )
    document = session.name(task.document)
    return say("progress.again", number=task.number, section=task.section, document=document, what=what)


# --- to whom ----------------------------------------------------------------------------------------------------


def _colleague(step: Step, tasks: Sequence[Task], person: Person, session: Session) -> Person:
    """The colleague of a name: of the person's unit, for the leadership of its office. Raises Refused."""
    found = [p for p in session.office.people.find(step.assignee) if p.active]
    near = [p for p in found if _is_near(p, person)]
    if len(near) == 1:
        return near[0]
    if near:
        head = say("progress.which_person", name=step.assignee)
        choices = [Choice(label=p.name, say=_again(tasks[0], step, p.name, session)) for p in near[:MAX_CHOICES]]
        raise Refused(_ask_which(head, choices))
    if found:
        text = say("progress.works_elsewhere", name=found[0].name, unit=person.unit.short, other=found[0].unit.short)
        raise Refused(Reply(status=Status.NOT_FOUND, text=text))
    text = say("progress.nobody_named", name=step.assignee, unit=person.unit.short)
    raise Refused(Reply(status=Status.NOT_FOUND, text=text))


def _is_near(colleague: Person, person: Person) -> bool:
    if person.role is Role.LEADERSHIP:
        return colleague.unit.office == person.unit.office
    return colleague.unit.id == person.unit.id


# --- what is taken back -----------------------------------------------------------------------------------------


def plan_undo(update: Update, query: Query, person: Person, session: Session) -> Plan:
    """The change to take back: the last one of the task that is named, else the person's own last one. Raises Refused;
    where something else is reported too, that there is nothing to take back is only said."""
    history = session.office.progress
    if not update.wrong:
        last: list[Entry | None] = [*_last_said(person, session)]
        return _joined([_undoing(entry, None, update, person, session) for entry in last or [None]])
    step = Step(tasks=update.wrong)
    plans = []
    for key, task in by_key(_tasks_of(step, query, session), session).items():
        standing = standings([key], session).get(key)
        entry = history.entry(standing.entry) if standing else None
        plans.append(_undoing(entry, task, update, person, session))
    return _joined(plans)


def _joined(plans: Sequence[Plan]) -> Plan:
    steps = tuple(step for plan in plans for step in plan.steps)
    notes = tuple(note for plan in plans for note in plan.notes)
    return Plan(steps, notes, any(plan.foreign for plan in plans))


def _last_said(person: Person, session: Session) -> list[Entry]:
    """The changes that a person's last message recorded, without those that were taken back."""
    history = session.office.progress
    last = history.last_by(person.id)
    if last is None:
        return []
    own = [entry for entry in history.said_with(last) if entry.undoes is None]
    stands = standings([entry.task for entry in own], session)
    standing = {standing.entry for standing in stands.values()}
    return [entry for entry in own if entry.id in standing] or [last]


def _undoing(entry: Entry | None, task: Task | None, update: Update, person: Person, session: Session) -> Plan:
    if entry is None:
        text = say("progress.nothing_to_undo", task=named(task, session) if task else None)
        if update.steps:
            return Plan(notes=(text,) if task else ())
        raise Refused(Reply(status=Status.NOT_FOUND, text=text))
    task = task or session.store.tasks_by_row([entry.task]).get(entry.task)
    reason = denied(session, Action.UNDO, task, entry) if task else None
    if reason:
        note(session, "progress_refused", f"{entry.task.document} {entry.task.row}", reason=reason.code)
        raise Refused(Reply(status=Status.REFUSED, text=reason_of(reason)))
    return Plan((Planned(task=entry.task, undoes=entry.id),), foreign=entry.by != person.id)
