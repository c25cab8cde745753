"""Recording what officers report: who may, what is repeated back first, what is saved, what is taken back."""

from __future__ import annotations

import logging

from assistant.answer.asker import note, reason_of, who_said
from assistant.answer.session import Session
from assistant.answer.standing import brief, change_words, moment, named, seen_task, standings, words_of
from assistant.plans import Plan, Refused, denial_of, plan_steps, plan_undo
from assistant.reply import Choice, Reply, Status, TaskView
from assistant.rights import denial_of_stranger
from assistant.understand.query import Planned, Query, Update
from connectors.engine import StoreError
from corpus.people import Person
from corpus.progress import ChangeKind, Entry, TaskKey, TaskState
from corpus.records import Task
from prompts import say

_LOG = logging.getLogger(__name__)
# What is repeated back before it is recorded; the rest is recorded at once and said.
_WEIGHTY = frozenset({TaskState.DONE, TaskState.STOPPED, TaskState.EXTENSION})


def answer_update(query: Query, session: Session) -> Reply:
    """The reply to a report, a yes or no, or an order to take something back. What waits for a yes is left in
    ``session.pending``."""
    update = query.update
    person = session.asker.person
    if update is None or person is None or not person.active:
        refused = denial_of_stranger(session.asker)
        note(session, "progress_refused", reason=refused.code)
        return Reply(status=Status.REFUSED, text=reason_of(refused))
    if update.agreed is not None:
        return _answered(update, person, session)
    try:
        plan = _planned(update, query, person, session)
    except Refused as refused:
        return refused.reply
    if _is_weighty(plan, person):
        return _proposed(plan, session)
    return _carried_out(plan.steps, plan.notes, person, session)


def _planned(update: Update, query: Query, person: Person, session: Session) -> Plan:
    """What is to be recorded and taken back. Raises Refused."""
    undone = plan_undo(update, query, person, session) if update.undo else Plan()
    made = plan_steps(update, query, person, session) if update.steps else Plan()
    again = {step.task for step in made.steps} if not update.wrong else set()
    kept = [step for step in undone.steps if step.task not in again]  # put right: the new report takes its place
    return Plan((*kept, *made.steps), (*undone.notes, *made.notes), undone.foreign, made.unsure or update.unsure)


def _is_weighty(plan: Plan, person: Person) -> bool:
    """Whether a plan is repeated back first."""
    if len(plan.steps) > 1 or plan.notes or plan.foreign or plan.unsure:
        return True
    change = plan.steps[0].change
    if change is None:
        return False
    to_other = change.kind is ChangeKind.ASSIGNED and change.assignee != person.id
    return to_other or change.state in _WEIGHTY


def _proposed(plan: Plan, session: Session) -> Reply:
    """Repeats back what would be recorded and asks whether that is right."""
    tasks = session.store.tasks_by_row([step.task for step in plan.steps])
    lines = [_line(step, tasks.get(step.task), session) for step in plan.steps]
    session.pending = plan.steps
    only_undo = len(plan.steps) == 1 and plan.steps[0].change is None
    text = (
        say("progress.confirm_undo", line=lines[0])
        if only_undo
        else say("progress.confirm", lines=lines, notes=plan.notes)
    )
    return Reply(
        status=Status.CLARIFY,
        text=text,
        tasks=_views(tasks, session),
        choices=tuple(Choice(label=words, say=words) for words in (say("progress.yes"), say("progress.no"))),
    )


def _line(step: Planned, task: Task | None, session: Session) -> str:
    """What becomes of a task by a step of a plan."""
    what = named(task, session)
    if step.change is None:
        entry = session.office.progress.entry(step.undoes) if step.undoes else None
        return _taken_back(entry, what, session) if entry else what
    due = task.deadline.text if task and step.change.state is TaskState.EXTENSION else None
    return say("progress.planned", task=what, change=change_words(step.change, session, due))


def _taken_back(entry: Entry, what: str, session: Session) -> str:
    words = change_words(entry.change, session)
    who = who_said(entry, session)
    return say("progress.taken_back", task=what, change=words, who=who, when=moment(entry.at))


def _answered(update: Update, person: Person, session: Session) -> Reply:
    """Yes or no to what was proposed."""
    if not update.planned:
        return Reply(status=Status.CHAT, text=say("progress.nothing_waits"))
    if not update.agreed:
        note(session, "progress_dropped")
        return Reply(status=Status.CHAT, text=say("progress.dropped"))
    tasks = session.store.tasks_by_row([step.task for step in update.planned])
    if any(step.task not in tasks for step in update.planned):
        return Reply(status=Status.NOT_FOUND, text=say("progress.gone"))
    for step in update.planned:
        if denial := denial_of(step, tasks[step.task], session):
            note(session, "progress_refused", _about(step.task), reason=denial.code)
            return Reply(status=Status.REFUSED, text=reason_of(denial))
    return _carried_out(update.planned, (), person, session)


# --- recording --------------------------------------------------------------------------------------------------


def _carried_out(steps: tuple[Planned, ...], notes: tuple[str, ...], person: Person, session: Session) -> Reply:
    """Records and takes back; says what was saved, what was not, and who else was at the same tasks."""
    tasks = session.store.tasks_by_row([step.task for step in steps])
    session.stands.clear()
    done, failed, remarks = [], [], list(notes)
    undone = None
    for step in steps:
        line = _line(step, tasks.get(step.task), session)
        try:
            if step.change is None:
                undone = _take_back(step, person, session)
            else:
                remarks += _record(step, tasks.get(step.task), person, session)
            done.append(line)
        except StoreError as error:
            _LOG.error("an update was not saved: %s", error.code)
            if len(steps) == 1 and error.code.startswith("undo_"):
                return Reply(status=Status.NOT_FOUND, text=say(f"errors.{error.code}"))
            failed.append(line)
    session.stands.clear()
    if failed:
        remarks.append(say("progress.not_saved", lines=failed))
    if not done:
        return Reply(status=Status.NOT_FOUND, text=remarks[-1], tasks=_views(tasks, session))
    return Reply(
        status=Status.DONE,
        text=_said(steps, done, remarks, undone, person, session),
        tasks=_views(tasks, session),
    )


def _said(
    steps: tuple[Planned, ...],
    done: list[str],
    remarks: list[str],
    undone: Entry | None,
    person: Person,
    session: Session,
) -> str:
    when = moment(session.now)
    if undone is None or len(steps) > 1:
        return say("progress.recorded", lines=done, who=person.name, when=when, notes=remarks)
    now = standings([undone.task], session).get(undone.task)
    return say("progress.undone", lines=done, now=brief(now, session) if now else None)


def _record(step: Planned, task: Task | None, person: Person, session: Session) -> list[str]:
    """Records one change; gives what is to be said of others who changed the same task. Raises StoreError."""
    if step.change is None:
        return []
    recorded = session.office.progress.record(
        step.task, step.change, by=person.id, channel=session.asker.channel, now=session.now, seen=step.seen
    )
    if (other := recorded.overtaken) and other.by != person.id:
        words = change_words(other.change, session)
        who, when = who_said(other, session), moment(other.at)
        return [say("progress.overtaken", task=named(task, session), who=who, change=words, when=when)]
    before = recorded.entry.before
    if before is None or before.by == person.id:
        return []
    return [say("progress.before", who=who_said(before, session), change=words_of(before), when=moment(before.at))]


def _take_back(step: Planned, person: Person, session: Session) -> Entry | None:
    """Takes one change back. Raises StoreError."""
    if step.undoes is None:
        return None
    return session.office.progress.undo(step.undoes, by=person.id, channel=session.asker.channel, now=session.now)


def _about(key: TaskKey) -> str:
    return f"{key.document} {key.row}"


def _views(tasks: dict[TaskKey, Task], session: Session) -> tuple[TaskView, ...]:
    stands = standings(list(tasks), session)
    return tuple(seen_task(task, stands.get(key), session) for key, task in tasks.items())
