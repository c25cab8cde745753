"""Reports of progress in a conversation: the tasks that "việc này" means, yes or no to what was proposed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.anaphora import task_in_list
from assistant.picking import picked_tasks
from assistant.reply import TaskView
from assistant.state import State
from assistant.understand.lexicon import phrases
from assistant.understand.progress.days import day_asked, longer_asked
from assistant.understand.progress.words import FILLER, LONGER, NO, YES
from assistant.understand.query import Ask, Query, Step, TaskRef, Update
from assistant.understand.question import clean_question, read_question
from assistant.understand.reading import Context, hide, read
from assistant.understand.understand import understand
from corpus.progress import Change, TaskState
from corpus.vietnamese import fold, nfc

_ALL_TOLD = phrases(
    "ca (?:hai|ba|bon|nam|2|3|4|5)",
    "tat ca",
    "het (?:cac|nhung) viec",
    "(?:cac|nhung|may) (?:viec|nhiem vu) (?:nay|do|tren)",
)


_NO_BUT = re.compile(
    r"(?:(?:da|a|ah|oi|em|anh|chi)[ ,.!]+)*"
    r"(?:(?:khong phai|khong dung|ko phai|k phai|sai roi|nham roi|sai|nham)(?: (?:vay|dau|the|a|em|anh|chi))*[ ,.;:!]+"
    r"|(?:khong|ko|k|thoi|chua)(?: (?:a|em|anh|chi|vay))?[,.;:!]+ ?)(?=\w)"
)
_DAY_WORDS = phrases(
    "den", "toi", "sang", "qua", "het", "cuoi", "dau", "giua", "mung", "mong", "ngay", "hom", "thu", "thang", "quy",
    "nam", "tuan", "sau", "nay", "mai", "lui", "xin", r"\d[\d./-]*",
)  # fmt: skip
_AFTER_ALL = phrases("co", "moi dung", "moi phai", "dung hon", "chinh xac", "y em", "y toi", "phai", "dung")


def says_yes(text: str) -> bool | None:
    """Whether a message agrees to what was proposed; None where it is neither yes nor no."""
    said = fold(clean_question(text)).strip(" .!")
    if said.endswith("?"):
        return None
    return False if NO.match(said) else True if YES.match(said) else None


def answers_nothing(text: str) -> bool | None:
    """The yes or no that a message is by itself, where it can be nothing else; None where it is none."""
    return None if re.search(r"\d", text) else says_yes(text)


def amended_pending(text: str, context: Context, state: State) -> Query | None:
    """A no to what was proposed with what is right instead ("không phải, đến 15/2", "không, nv 10 cơ"); None where a
    message is no such thing."""
    text = nfc(clean_question(text))
    refused = _NO_BUT.match(fold(text))
    changes = {step.change for step in state.pending}
    change = next(iter(changes)) if len(changes) == 1 else None
    if refused is None or change is None:
        return None
    rest = text[refused.end() :]
    query = understand(rest, context)
    if query.update is not None:
        return query.model_copy(update={"update": query.update.model_copy(update={"amends": True})})
    step = _amended(rest, change, context, state)
    return Query(ask=Ask.UPDATE, update=Update(steps=(step,), amends=True)) if step else None


def _amended(rest: str, change: Change, context: Context, state: State) -> Step | None:
    """What was proposed, of another task or until another day."""
    question = read_question(rest, context.speller)
    reading = read(question, context)
    numbers = {token for span in reading.numbers.spans for token in question.tokens_in(*span)}
    plain = hide(question, numbers | reading.named.tokens)
    refs = tuple(reading.numbers.tasks)
    proposed = [step.task for step in state.pending]
    said = tuple(TaskRef(number=key.number, section=key.section, document=key.document) for key in proposed)
    if refs and not reading.named.ids and len({key.document for key in proposed}) == 1:
        refs = tuple(ref.model_copy(update={"document": proposed[0].document}) for ref in refs)
    longer, day = longer_asked(plain), day_asked(plain, context.today)
    if change.state is TaskState.EXTENSION and (longer or day):
        left = _DAY_WORDS.sub(" ", LONGER.sub(" ", plain))
        changed = change.model_copy(update={"asked_due": None if longer else day})
    elif refs:
        left, changed, longer = plain, change, None
    else:
        return None
    if re.search(r"\w", FILLER.sub(" ", _AFTER_ALL.sub(" ", left))):
        return None
    return Step(tasks=refs or said, documents=reading.named.ids, change=changed, longer=longer)


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
    return tuple(map(ref_of, tasks))


def ref_of(task: TaskView) -> TaskRef:
    """A task that was told of, as a question names one."""
    return TaskRef(number=task.number, section=task.section, document=task.document)
