"""Reading a report of progress: "nv 7 kh 158 xong rồi", "xin lùi nv 12 đến 15/1 vì chờ hướng dẫn".

A message is a report only where nothing in it asks, supposes or says what ought to be, and where the words that are
left over are few: what is no report is a question, as before.
"""

from __future__ import annotations

import re

from assistant.understand.progress.notes import without_note
from assistant.understand.progress.readers import READERS
from assistant.understand.progress.said import Said
from assistant.understand.progress.shorthand import written_out
from assistant.understand.progress.words import (
    ASKS,
    BEFORE_NOW,
    DENIED,
    EXTENSION,
    HEDGED,
    HINT,
    MAY_I,
    MISTAKEN,
    NOW,
    RATHER,
    SLIP,
    SUPPOSES,
    SURE,
    THAT_TASK,
    TO_COME,
    UNDO,
    WRONG,
)
from assistant.understand.query import Step, TaskRef, Update
from assistant.understand.question import MAX_CHARS, Question, read_question
from assistant.understand.reading import Context, Reading, hide, read
from corpus.progress import Change, TaskState
from corpus.vietnamese import fold, nfc

# Where one thing that is reported ends and the next may begin.
_CLAUSE = re.compile(
    r"\s*[;\n]+\s*|(?<=\w\w)\.\s+|,\s*(?:con |va |roi |rieng |nhung |tuy nhien |ngoai ra )*(?=(?:nv|nhiem vu|viec|task|cv|stt|dau viec) ?(?:so )?\d)"
    r"|\s+(?:con|va)\s+(?=(?:nv|nhiem vu|viec|task|cv|stt) ?(?:so )?\d)"
    r"|(?P<run>(?:(?<=xong)|(?<=roi)|(?<=%)|(?<=done))\s+(?=(?:nv|nhiem vu|viec|task|cv|stt) ?(?:so )?\d))"
)
_NUMBERED = re.compile(r"(?<!\w)(?:nv|nhiem vu|viec|task|cv|stt|dau viec) ?(?:so )?\d")
_SIGNS = re.compile(r"[\s,.\-/&·:]+")
# By their accents only: "xong rồi à" asks, "xong rồi ạ" is polite.
_ASKING_END = re.compile(r"(?<!\w)(?:à|hả|nhỉ|hở|hử|chứ|ư)[\s.!)]*$")
# "Đừng hủy cập nhật vừa rồi".
_NOT_TO = re.compile(r"(?<!\w)(?:dung|khong|chua|khoi|ko|k)(?: [a-z]+){0,2} $")
# "Nhiệm vụ 13 thời gian hoàn thành": asks by when, and reports nothing.
_ASKED_TIME = re.compile(
    r"(?<!\w)(?:thoi gian|thoi han|han|thoi diem|ky han|deadline|ngay|moc)(?: (?:phai|can|de))? (?:hoan thanh|lam xong|xong)(?= (?:la|cua|cho|nhiem vu|viec)(?!\w)|$|,)"
)
_MOST_LEFT = {"named": 6, "that": 3, "told": 1}  # words that may be left over, by how the task is named
_MOST_NOTE = 2000
_ASKS_NOTE = re.compile(r"(?:^|\s)(?:gi|ai|nao|dau|sao|may)$")
_MOST_WORDS = 14  # by which a task is named
_LONGEST = 60  # words: nobody reports in more


def find_update(text: str, question: Question, context: Context) -> Update | None:
    """What a message reports; None where it is none. ``question`` is the message as it was read."""
    if len(text) > MAX_CHARS or not HINT.search(question.framed or question.line) or len(question.tokens) > _LONGEST:
        return None
    full = written_out(text)
    if full == nfc(text):
        return _found(text, question, context)
    update = _found(full, read_question(full, context.speller), context)
    if update is None:
        return None
    steps = tuple(step.model_copy(update={"unsure": True}) for step in update.steps)
    return update.model_copy(update={"steps": steps})


def _found(text: str, question: Question, context: Context) -> Update | None:
    """What a message reports, its shorthand written out."""
    if undo := _undo(text, question, context):
        return undo
    clauses = _clauses(text)
    steps = [_step(clause, context) for clause in clauses] if len(clauses) > 1 else []
    if steps and all(step and (step.tasks or i == 0) for i, step in enumerate(steps)):
        return Update(steps=tuple(step for step in steps if step))
    corrected = _corrected(text, context)
    if corrected:
        return corrected
    step = _step(text, context)
    return Update(steps=(step,)) if step else None


def _clauses(text: str) -> list[str]:
    """The parts of a message that may each report something."""
    text = nfc(text)
    folded, parts, start = fold(text), [], 0
    for match in _CLAUSE.finditer(folded):
        if match["run"] and not _NUMBERED.search(folded[start : match.start()]):
            continue  # "xong rồi nv 8": the task stands after what is said of it
        parts.append(text[start : match.start()])
        start = match.end()
    return _joined([part for part in (*parts, text[start:]) if part.strip(" .,")])


def _joined(parts: list[str]) -> list[str]:
    """Parts that say nothing of their own ("nv 3" of "nv 3, nv 5 xong rồi") together with the next, else the last."""
    joined: list[str] = []
    waiting = ""
    for part in parts:
        whole = f"{waiting}, {part}" if waiting else part
        waiting = "" if HINT.search(fold(part)) or "%" in part else whole
        if not waiting:
            joined.append(whole)
    if waiting and joined:
        joined[-1] += f", {waiting}"
    return joined or [waiting]


def _asks(text: str, line: str) -> bool:
    return text.rstrip(" .!)").endswith("?") or bool(ASKS.search(line) or _ASKING_END.search(nfc(text).lower()))


def _asks_at_all(text: str, context: Context) -> bool:
    """Whether a message asks anywhere, also where a note was cut off ("do đơn vị nào chủ trì")."""
    question = read_question(text, context.speller)
    return _asks(text, question.framed or question.line)


def _undo(text: str, question: Question, context: Context) -> Update | None:
    """An order to take back what was recorded last, of a task where one is named."""
    line = question.framed or question.line
    match = UNDO.search(line) or MISTAKEN.search(line)
    if match is None or SUPPOSES.search(line) or (_asks(text, line) and not MAY_I.search(line)):
        return None
    if _NOT_TO.search(line[: match.start()]):
        return None
    reading = read(question, context)
    said = Said(reading, question.line, hide(question, _named(reading)), "")
    said.spans += [m.span() for pattern in (UNDO, MISTAKEN, THAT_TASK) for m in pattern.finditer(said.plain)]
    if slip := SLIP.search(said.plain):
        said.take(slip)
    if len(said.left()) > _MOST_LEFT["that"]:
        return None
    return Update(undo=True, wrong=_refs(reading), unsure=bool(said.left()) or match.re is MISTAKEN)


def _corrected(text: str, context: Context) -> Update | None:
    """ "Nhầm, nv 8 mới xong chứ không phải nv 7": what is right, and the task of which it was said wrongly."""
    question = read_question(text, context.speller)
    reading = read(question, context)
    plain = hide(question, _named(reading))
    match = WRONG.search(plain) or RATHER.search(plain)
    slip = SLIP.match(plain)
    if match is None and slip is None:
        return None
    wrong: tuple[TaskRef, ...] = ()
    kept = text
    if match is not None:
        tokens = question.tokens_in(*match.span())
        wrong_tokens = question.tokens_in(*match.span("wrong"))
        wrong = tuple(ref for ref, place in _placed(reading) if place & wrong_tokens)
        start, end = question.tokens[min(tokens)].start, question.tokens[max(tokens)].end
        kept = f"{question.text[:start]} {question.text[end:]}".strip(" ,")
    elif slip is not None:
        kept = question.text[question.tokens[max(question.tokens_in(*slip.span()))].end :].strip(" ,")
    step = _step(kept, context)
    if step is None and wrong:
        step = _same(reading, plain, match, wrong)
    if step is None or (match is not None and not wrong):
        return None
    return Update(steps=(step,), undo=True, wrong=wrong)


def _same(reading: Reading, plain: str, match: re.Match[str] | None, wrong: tuple[TaskRef, ...]) -> Step | None:
    """ "Nhầm, nv 6 chứ không phải nv 5": the task of which the same is so; None where more is said."""
    right = tuple(ref for ref in reading.numbers.tasks if ref not in wrong)
    said = Said(reading, reading.question.line, plain, "")
    said.spans += [found.span() for found in (match, SLIP.match(plain)) if found]
    return Step(tasks=right, same=True) if right and not said.left() else None


def _placed(reading: Reading) -> list[tuple[TaskRef, set[int]]]:
    """The tasks named, each with the tokens of its number."""
    return [
        (ref, {i for i, token in enumerate(reading.question.tokens) if token.word == ref.number})
        for ref in reading.numbers.tasks
    ]


def _named(reading: Reading) -> set[int]:
    """The tokens that name documents and tasks."""
    numbers = {token for span in reading.numbers.spans for token in reading.question.tokens_in(*span)}
    return set(reading.named.tokens) | (numbers if reading.numbers.tasks else set()) | reading.subject


def _refs(reading: Reading) -> tuple[TaskRef, ...]:
    return tuple(reading.numbers.tasks)


def _step(text: str, context: Context) -> Step | None:
    """What one part of a message reports; None where it reports nothing."""
    head, note = without_note(text)
    if note and not text[len(head) :].strip(" ,;:-.(").casefold().startswith("v") and _asks_at_all(text, context):
        return None
    if note and text.rstrip(" .!)").endswith("?"):
        return None
    found = _step_in(head, note, context) if head.strip() else None
    return found or (_step_in(text, "", context) if note else None)


def _step_in(head: str, note: str, context: Context) -> Step | None:
    question = read_question(head, context.speller)
    line = question.framed or question.line
    if (
        not question.tokens
        or SUPPOSES.search(line)
        or (_asks(head, line) and not (MAY_I.search(line) and EXTENSION.search(line)))
        or (_ASKED_TIME.search(line) and not EXTENSION.search(line))
    ):
        return None
    reading = read(question, context)
    said = Said(reading, question.line, hide(question, _named(reading)), note)
    step = next((step for read_one in READERS if (step := read_one(said, head, context))), None)
    if step is None and note and reading.numbers.tasks and not said.left() and not _ASKS_NOTE.search(fold(note)):
        step = Step(change=Change(note=note))
    if step is None:
        return None
    refs = _refs(reading)
    that = bool(THAT_TASK.search(said.plain))
    said.spans += [match.span() for match in THAT_TASK.finditer(said.plain)]
    named = "named" if refs else "that" if that else "told"
    if named == "told" and step.to_self:
        return None  # "việc giao cho tôi": asked for, not given
    vague = named == "told" and step.change is not None and step.change.state is TaskState.UNDERWAY
    if len(refs) > 1 and _is_between(said):
        return None
    if _is_of_no_account(step, said):
        return None
    left = said.left()
    polite_or_asking = head.isascii() and line.endswith(" a")  # "xong roi a": "ạ" or "à"
    if (left or polite_or_asking) and step.change and step.change.state:
        step = step.model_copy(update={"unsure": True})
    if named == "told" and _MOST_LEFT[named] < len(left) <= _MOST_WORDS and _is_plain(step, said):
        return step.model_copy(update={"words": tuple(left), "unsure": True, "documents": reading.named.ids})
    if len(left) > _MOST_LEFT[named] or (vague and step.change and step.change.note and not note):
        return None
    return step.model_copy(update={"tasks": refs, "documents": reading.named.ids})


def _is_of_no_account(step: Step, said: Said) -> bool:
    """Whether a state is only guessed at, denied, or that of other days."""
    state = step.change.state if step.change else None
    if state in (None, TaskState.EXTENSION):
        return False
    first = min((start for start, _ in said.reading.numbers.spans), default=0)
    if HEDGED.search(said.plain) or TO_COME.search(said.plain[:first]):
        return True
    if state is not TaskState.NOT_STARTED and DENIED.search(said.plain):
        return True
    return state is not TaskState.DONE and bool(BEFORE_NOW.search(said.plain)) and not NOW.search(said.plain)


def _is_between(said: Said) -> bool:
    """Whether what is said stands between two tasks: of which of them it is said is open."""
    start, end = said.spans[0] if said.spans else (0, 0)
    named = said.reading.numbers.spans
    return any(last <= start for _, last in named) and any(first >= end for first, _ in named)


def _is_plain(step: Step, said: Said) -> bool:
    """Whether a report is one for certain, so that its words may name the task."""
    if step.change is None or step.change.state in (None, TaskState.STOPPED) or step.assignee or step.to_self:
        return False
    if step.change.state is TaskState.DONE:
        return bool(SURE.search(said.plain))
    return step.change.state is not TaskState.UNDERWAY or step.change.percent is not None


def sounds_reported(text: str, context: Context) -> bool:
    """Whether a message that was read as a question may have been meant as a report: it asks nothing."""
    question = read_question(text, context.speller)
    line = question.framed or question.line
    return bool(HINT.search(line)) and not _asks(text, line)
