"""Reading a report of progress: "nv 7 kh 158 xong rồi", "xin lùi nv 12 đến 15/1 vì chờ hướng dẫn".

A message is a report only where nothing in it asks, supposes or says what ought to be, and where the words that are
left over are few: what is no report is a question, as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.understand.progress.days import day_asked, longer_asked
from assistant.understand.progress.names import find_assignee
from assistant.understand.progress.notes import without_note
from assistant.understand.progress.words import (
    ASKS,
    CHANGES_PLAN,
    DO,
    DONE,
    EXTENSION,
    FILLER,
    HALF,
    HINT,
    LONGER,
    MAY_I,
    NOT_DONE,
    NOT_STARTED,
    OUGHT,
    PARTLY,
    PERCENT,
    RATHER,
    SLIP,
    STOPPED,
    SUPPOSES,
    SURE,
    THAT_TASK,
    UNDERWAY,
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
    r"\s*[;\n]+\s*|(?<=\w\w)\.\s+|,\s*(?:con |va |roi )?(?=(?:nv|nhiem vu|viec|task|cv|stt|dau viec) ?(?:so )?\d)"
    r"|\s+(?:con|va)\s+(?=(?:nv|nhiem vu|viec|task|cv|stt) ?(?:so )?\d)"
)
_SIGNS = re.compile(r"[\s,.\-/&·:]+")
_MOST_LEFT = {"named": 6, "that": 3, "told": 1}  # words that may be left over, by how the task is named
_MOST_NOTE = 2000
_LONGEST = 60  # words: nobody reports in more


@dataclass
class _Said:
    """A part of a message while it is read: its line, the same with names hidden, what was found in it."""

    reading: Reading
    line: str
    plain: str
    note: str
    spans: list[tuple[int, int]] = field(default_factory=list)

    def take(self, match: re.Match[str]) -> re.Match[str]:
        self.spans.append(match.span())
        return match

    def left(self) -> list[str]:
        """The words that nothing explains."""
        rest = self.plain
        for start, end in self.spans:
            rest = rest[:start] + " " * (end - start) + rest[end:]
        for _ in range(2):  # "là đã" is two small words
            rest = FILLER.sub(" ", rest)
        return [word for word in _SIGNS.split(rest) if word]


def find_update(text: str, question: Question, context: Context) -> Update | None:
    """What a message reports; None where it is none. ``question`` is the message as it was read."""
    if len(text) > MAX_CHARS or not HINT.search(question.framed or question.line) or len(question.tokens) > _LONGEST:
        return None
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
        parts.append(text[start : match.start()])
        start = match.end()
    return [part for part in (*parts, text[start:]) if part.strip(" .,")]


def _asks(text: str, line: str) -> bool:
    return text.rstrip(" .!)").endswith("?") or bool(ASKS.search(line))


def _asks_at_all(text: str, context: Context) -> bool:
    """Whether a message asks anywhere, also where a note was cut off ("do đơn vị nào chủ trì")."""
    question = read_question(text, context.speller)
    return _asks(text, question.framed or question.line)


def _undo(text: str, question: Question, context: Context) -> Update | None:
    """An order to take back what was recorded last, of a task where one is named."""
    line = question.framed or question.line
    match = UNDO.search(line)
    if match is None or SUPPOSES.search(line) or (_asks(text, line) and not MAY_I.search(line)):
        return None
    reading = read(question, context)
    said = _Said(reading, question.line, hide(question, _named(reading)), "")
    said.spans += [m.span() for pattern in (UNDO, THAT_TASK) for m in pattern.finditer(said.plain)]
    if slip := SLIP.search(said.plain):
        said.take(slip)
    if len(said.left()) > _MOST_LEFT["that"]:
        return None
    return Update(undo=True, wrong=_refs(reading))


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
    if step is None or (match is not None and not wrong):
        return None
    return Update(steps=(step,), undo=True, wrong=wrong)


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
    if not question.tokens or SUPPOSES.search(line) or (_asks(head, line) and not MAY_I.search(line)):
        return None
    reading = read(question, context)
    said = _Said(reading, question.line, hide(question, _named(reading)), note)
    step = next((step for read_one in _READERS if (step := read_one(said, head, context))), None)
    if step is None and note and reading.numbers.tasks and not said.left():
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
    if len(said.left()) > _MOST_LEFT[named] or (vague and step.change and step.change.note and not note):
        return None
    return step.model_copy(update={"tasks": refs, "documents": reading.named.ids})


# --- what a part reports, the surest forms first --------------------------------------------------------------


def _extension(said: _Said, _head: str, context: Context) -> Step | None:
    match = EXTENSION.search(said.plain)
    if match is None or CHANGES_PLAN.search(said.plain):
        return None
    said.take(match)
    more = longer_asked(said.plain)
    day = None if more else day_asked(_with_days(said), context.today)
    if more and (found := LONGER.search(said.plain)):
        said.take(found)
    asked = re.search(r"(?<!\w)(?:den|toi|sang|qua|het|cuoi)(?!\w).*", said.plain[match.end() :])
    if day and asked:
        said.spans.append((match.end() + asked.start(), len(said.plain)))
    change = Change(state=TaskState.EXTENSION, asked_due=day, note=said.note)
    return Step(change=change, longer=more)


def _with_days(said: _Said) -> str:
    """The line with the names of tasks hidden; a day that was taken for part of a name stands in it again."""
    numbers = {t for span in said.reading.numbers.spans for t in said.reading.question.tokens_in(*span)}
    return hide(said.reading.question, numbers)


def _assignment(said: _Said, head: str, _context: Context) -> Step | None:
    found = find_assignee(head)
    if found is None:
        return None
    for word in found.words:
        said.spans += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", said.plain)]
    return Step(change=Change(note=said.note), assignee=found.name, to_self=found.to_self)


def _percent(said: _Said, _head: str, _context: Context) -> Step | None:
    match = PERCENT.search(said.plain) or HALF.search(said.plain)
    if match is None or OUGHT.search(said.plain):
        return None
    percent = int(match["n"]) if match.re is PERCENT else 50
    if percent > 100:
        return None
    said.take(match)
    for pattern in (NOT_DONE, UNDERWAY, NOT_STARTED):
        said.spans += [m.span() for m in pattern.finditer(said.plain)]
    state = {0: TaskState.NOT_STARTED, 100: TaskState.DONE}.get(percent, TaskState.UNDERWAY)
    return Step(change=Change(state=state, percent=percent, note=said.note))


def _stopped(said: _Said, _head: str, _context: Context) -> Step | None:
    return _plain_state(said, STOPPED, TaskState.STOPPED)


def _not_started(said: _Said, _head: str, _context: Context) -> Step | None:
    return _plain_state(said, NOT_STARTED, TaskState.NOT_STARTED)


def _partly(said: _Said, _head: str, _context: Context) -> Step | None:
    """ "Cơ bản xong", "xong phần dự thảo": underway, in the words of the person."""
    match = PARTLY.search(said.plain)
    if match is None or OUGHT.search(said.plain) or NOT_DONE.search(said.plain):
        return None
    said.take(match)
    note = said.note or _typed(said, match)
    return Step(change=Change(state=TaskState.UNDERWAY, note=note))


def _done(said: _Said, _head: str, _context: Context) -> Step | None:
    match = DONE.search(said.plain)
    if match is None or OUGHT.search(_outside(said, match)) or NOT_DONE.search(said.plain):
        return None
    ends = not said.plain[match.end() :].strip(" ,.·")
    if not (SURE.search(said.plain) or ends or said.reading.numbers.tasks):
        return None
    said.take(match)
    return Step(change=Change(state=TaskState.DONE, percent=100, note=said.note or _way(said, match)))


def _underway(said: _Said, _head: str, _context: Context) -> Step | None:
    step = _plain_state(said, UNDERWAY, TaskState.UNDERWAY)
    if step is None or step.change is None or step.change.note:
        return step
    words = next(m for m in UNDERWAY.finditer(said.plain))
    return step.model_copy(update={"change": step.change.model_copy(update={"note": _waiting(said, words)})})


def _plain_state(said: _Said, pattern: re.Pattern[str], state: TaskState) -> Step | None:
    match = pattern.search(said.plain)
    if match is None or NOT_DONE.search(said.plain):
        return None
    if OUGHT.search(_outside(said, match)):
        return None
    said.take(match)
    return Step(change=Change(state=state, note=said.note))


def _outside(said: _Said, match: re.Match[str]) -> str:
    """The line without what was matched."""
    return said.plain[: match.start()] + " " * len(match[0]) + said.plain[match.end() :]


_READERS: tuple[Callable[[_Said, str, Context], Step | None], ...] = (
    _extension, _assignment, _percent, _stopped, _not_started, _partly, _done, _underway,
)  # fmt: skip


def _way(said: _Said, match: re.Match[str]) -> str:
    """What was done, where "đã … xong" says it: "trình ký"."""
    if not (match.re.groupindex.get("what") and match["what"]) or not match["what"].strip("· "):
        return ""
    words = FILLER.sub(" ", match["what"])
    return _typed_span(said, *match.span("what")) if _SIGNS.sub("", words) else ""


def _waiting(said: _Said, match: re.Match[str]) -> str:
    """What a task waits for or is at, where more is said than that it is done: "chờ sở góp ý"."""
    beyond = re.sub(rf"(?<!\w){DO}(?!\w)", " ", FILLER.sub(" ", match[0]))
    return _typed(said, match) if beyond.split() else ""


def _typed(said: _Said, match: re.Match[str]) -> str:
    return _typed_span(said, *match.span())


def _typed_span(said: _Said, start: int, end: int) -> str:
    """A part of the line as it was typed."""
    tokens = sorted(said.reading.question.tokens_in(start, end))
    if not tokens:
        return ""
    held = said.reading.question.tokens
    return said.reading.question.text[held[tokens[0]].start : held[tokens[-1]].end][:_MOST_NOTE]
