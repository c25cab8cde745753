"""Reports of progress in a conversation: the tasks that "việc này" means, yes or no to what was proposed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.anaphora import task_in_list
from assistant.picking import picked_tasks
from assistant.reply import TaskView
from assistant.state import State
from assistant.understand.lexicon import phrases
from assistant.understand.progress.words import NO, YES
from assistant.understand.query import Query, Step, TaskRef
from assistant.understand.question import clean_question
from corpus.vietnamese import fold

_ALL_TOLD = phrases(
    "ca (?:hai|ba|bon|nam|2|3|4|5)",
    "tat ca",
    "het (?:cac|nhung) viec",
    "(?:cac|nhung|may) (?:viec|nhiem vu) (?:nay|do|tren)",
)


def says_yes(text: str) -> bool | None:
    """Whether a message agrees to what was proposed; None where it is neither yes nor no."""
    said = fold(clean_question(text)).strip(" .!")
    if said.endswith("?"):
        return None
    return False if NO.match(said) else True if YES.match(said) else None


def of_tasks_told(query: Query, line: str, state: State) -> Query:
    """A report with the tasks that it names by pointing to what was told, and the documents of those it names by
    number."""
    if query.update is None:
        return query
    named = query.documents_from == "named"
    steps = tuple(_of_told(step, line, state, named=named) for step in query.update.steps)
    wrong = tuple(ref if named else _as_told(ref, state) for ref in query.update.wrong)
    return query.model_copy(update={"update": query.update.model_copy(update={"steps": steps, "wrong": wrong})})


def _of_told(step: Step, line: str, state: State, *, named: bool) -> Step:
    if picked := task_in_list(line, state) or picked_tasks(line, state):
        return step.model_copy(update={"tasks": _refs(picked)})
    if step.tasks:
        refs = step.tasks if named else tuple(_as_told(ref, state) for ref in step.tasks)
        return step.model_copy(update={"tasks": refs})
    if len(state.tasks) == 1 or _ALL_TOLD.search(line):
        return step.model_copy(update={"tasks": _refs(state.tasks)})
    return step


def _as_told(ref: TaskRef, state: State) -> TaskRef:
    """A task named by its number alone as the one of that number that was told of last."""
    told = [t for t in (*state.tasks, *state.listed) if t.number == ref.number and ref.section in (None, t.section)]
    found = _refs(told)
    return found[0] if len(set(found)) == 1 and ref.document is None else ref


def _refs(tasks: Sequence[TaskView]) -> tuple[TaskRef, ...]:
    return tuple(TaskRef(number=t.number, section=t.section, document=t.document) for t in tasks)
