"""What a part of a message reports, the surest forms first."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.understand.progress.days import day_asked, longer_asked
from assistant.understand.progress.names import find_assignee
from assistant.understand.progress.said import SIGNS, Said
from assistant.understand.progress.words import (
    ACTED,
    ACTED_SURE,
    AT_IT,
    CHANGES_PLAN,
    COUNTED,
    DIGITS,
    DO,
    DONE,
    EXTENSION,
    FILLER,
    FRACTION,
    HALF,
    LEFT_TO_DO,
    LONGER,
    MEASURED,
    NOT_DONE,
    NOT_STARTED,
    OPEN_WORD,
    OUGHT,
    PARTLY,
    PERCENT,
    STOPPED,
    SURE,
    TO_COME,
    UNDERWAY,
    WAITS,
)
from assistant.understand.query import Step
from assistant.understand.reading import Context, hide
from corpus.progress import Change, TaskState


def _extension(said: Said, _head: str, context: Context) -> Step | None:
    match = EXTENSION.search(said.plain)
    if match is None or CHANGES_PLAN.search(said.outside(match)):
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


def _with_days(said: Said) -> str:
    """The line with the names of tasks hidden; a day that was taken for part of a name stands in it again."""
    numbers = {t for span in said.reading.numbers.spans for t in said.reading.question.tokens_in(*span)}
    return hide(said.reading.question, numbers)


def _assignment(said: Said, head: str, _context: Context) -> Step | None:
    found = find_assignee(head)
    if found is None:
        return None
    for word in found.words:
        said.spans += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", said.plain)]
    return Step(change=Change(note=said.note), assignee=found.name, to_self=found.to_self)


def _percent(said: Said, _head: str, _context: Context) -> Step | None:
    match = PERCENT.search(said.plain) or HALF.search(said.plain)
    if match is None or OUGHT.search(said.plain):
        return None
    percent = int(match["n"]) if match.re is PERCENT else 50
    if percent > 100 or MEASURED.search(said.plain[: match.start()]) or COUNTED.match(said.plain, match.end()):
        return None
    more = list(PERCENT.finditer(said.plain)) if match.re is PERCENT else [match]
    if left := len(more) == 1 and _is_left(said, match):
        percent = 100 - percent
    elif len(more) > 1:  # "hôm qua 40%, hôm nay 60%": the last is how it stands
        percent = int(more[-1]["n"])
    for found in more:
        said.take(found)
    for pattern in (NOT_DONE, UNDERWAY, NOT_STARTED):
        said.spans += [m.span() for m in pattern.finditer(said.plain)]
    state = {0: TaskState.NOT_STARTED, 100: TaskState.DONE}.get(percent, TaskState.UNDERWAY)
    return Step(change=Change(state=state, percent=percent, note=said.note), unsure=left or len(more) > 1)


def _is_left(said: Said, match: re.Match[str]) -> bool:
    """Whether a share is what is left to do: "còn 20%", "20% nữa là xong"."""
    before = LEFT_TO_DO.search(said.plain[: match.start()] + " " * (said.plain[match.start() :][:1] == " "))
    return bool(before) or said.plain[match.end() :].startswith(" nua")


def _fraction(said: Said, _head: str, _context: Context) -> Step | None:
    """ "Được 2/3", "ba phần tư". "Xong 2/3" may be the second of March, too: asked back."""
    match = FRACTION.search(said.plain)
    if match is None or OUGHT.search(said.plain):
        return None
    part, whole = (DIGITS.get(match[name]) or int(match[name]) for name in ("n", "of"))
    if not 0 < part < whole:
        return None
    said.take(match)
    lead = match["lead"].split()
    sure = match["sign"] != "/" or bool(match["whole"]) or bool({"duoc", "dat", "khoang"} & set(lead))
    change = Change(state=TaskState.UNDERWAY, percent=round(100 * part / whole), note=said.note)
    return Step(change=change, unsure=not sure)


def _stopped(said: Said, _head: str, _context: Context) -> Step | None:
    """A task that rests. "Dung" is "dừng" by its accents, where it has any."""
    match = STOPPED.search(said.plain)
    for word in re.finditer(r"(?<!\w)dung(?!\w)", match[0] if match else ""):
        start = match.start() + word.start() if match else 0
        if not said.spells(start, start + len(word[0]), "dừng"):
            return None
    step = _plain_state(said, STOPPED, TaskState.STOPPED)
    if step is None or match is None or said.note or "huy" not in match[0]:
        return step
    return step.model_copy(update={"change": Change(state=TaskState.STOPPED, note=said.typed(*match.span()).strip())})


def _not_started(said: Said, _head: str, _context: Context) -> Step | None:
    return _plain_state(said, NOT_STARTED, TaskState.NOT_STARTED)


def _partly(said: Said, _head: str, _context: Context) -> Step | None:
    """ "Cơ bản xong", "xong phần dự thảo": underway, in the words of the person."""
    match = PARTLY.search(said.plain)
    if match and " viec" in match[0] and not said.reading.numbers.tasks:
        return None  # "xong việc bồi dưỡng": which task is said by its words
    if match is None or OUGHT.search(said.plain) or NOT_DONE.search(said.plain):
        return None
    said.take(match)
    note = said.note or said.typed(*match.span())
    return Step(change=Change(state=TaskState.UNDERWAY, note=note))


def _done(said: Said, _head: str, _context: Context) -> Step | None:
    match = DONE.search(said.plain)
    if match is None or OUGHT.search(said.outside(match)) or NOT_DONE.search(said.plain):
        return None
    if WAITS.match(said.plain) or (TO_COME.search(said.outside(match)) and not SURE.search(said.plain)):
        return None
    ends = not said.plain[match.end() :].strip(" ,.·")
    if not (SURE.search(said.plain) or ends or said.reading.numbers.tasks):
        return None
    said.take(match)
    return Step(change=Change(state=TaskState.DONE, percent=100, note=said.note or _way(said, match)))


def _underway(said: Said, _head: str, _context: Context) -> Step | None:
    step = _plain_state(said, UNDERWAY, TaskState.UNDERWAY)
    match = UNDERWAY.search(said.plain)
    if step is None or match is None or OPEN_WORD.search(match[0]):
        return None
    if step.change is None or step.change.note:
        return step
    return step.model_copy(update={"change": step.change.model_copy(update={"note": _waiting(said, match)})})


def _at_it(said: Said, _head: str, _context: Context) -> Step | None:
    """ "Đang" and any work, of a task that is named."""
    match = AT_IT.search(said.plain)
    if match is None or not said.reading.numbers.tasks or OUGHT.search(said.outside(match)):
        return None
    if OPEN_WORD.search(match[0]) or not said.spells(match.start("dang"), match.end("dang"), "đang"):
        return None
    said.take(match)
    note = said.note or said.typed(*match.span())
    return Step(change=Change(state=TaskState.UNDERWAY, note=note), unsure=True)


def _acted(said: Said, _head: str, _context: Context) -> Step | None:
    """ "Đã gửi sở": what was done of a task that is named, not whether it is done; that is asked back."""
    match = ACTED.search(said.plain)
    if match is None or not said.reading.numbers.tasks or not ACTED_SURE.search(match[0]):
        return None
    if OPEN_WORD.search(match[0]):
        return None
    if NOT_DONE.search(said.plain) or OUGHT.search(said.outside(match)):
        return None
    said.take(match)
    return Step(change=Change(note=said.note or said.typed(*match.span())), half=True)


def _plain_state(said: Said, pattern: re.Pattern[str], state: TaskState) -> Step | None:
    match = pattern.search(said.plain)
    if match is None or NOT_DONE.search(said.plain):
        return None
    if OUGHT.search(said.outside(match)):
        return None
    said.take(match)
    return Step(change=Change(state=state, note=said.note))


READERS: tuple[Callable[[Said, str, Context], Step | None], ...] = (
    _extension, _assignment, _percent, _fraction, _stopped, _not_started, _partly, _done, _underway, _at_it, _acted,
)  # fmt: skip


def _way(said: Said, match: re.Match[str]) -> str:
    """What was done, where "đã … xong" says it: "trình ký"."""
    if not (match.re.groupindex.get("what") and match["what"]) or not match["what"].strip("· "):
        return ""
    words = FILLER.sub(" ", match["what"])
    return said.typed(*match.span("what")) if SIGNS.sub("", words) else ""


def _waiting(said: Said, match: re.Match[str]) -> str:
    """What a task waits for or is at, where more is said than that it is done: "chờ sở góp ý"."""
    beyond = re.sub(rf"(?<!\w){DO}(?!\w)", " ", FILLER.sub(" ", match[0]))
    return said.typed(*match.span()) if beyond.split() else ""
