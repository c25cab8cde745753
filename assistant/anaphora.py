"""What points back to the last turn: the body told of ("sở đó"), a place of the list ("số 2 ở trên"), the task told
of with its event or its lateness."""

from __future__ import annotations

import re

from assistant.reply import TaskView
from assistant.state import State
from assistant.understand.follow_ups import (
    ANAPHOR,
    EMPTY,
    FROM_WHEN,
    IN_LIST,
    LATE_WORDS,
    THAT_BODY,
)
from assistant.understand.lexicon import COORDINATING, LATE, LEADING
from assistant.understand.query import Ask, Attribute, Query
from assistant.understand.question import Question
from corpus.vietnamese import toneless_key, words

_BARE = frozenset({"cai", "day", "dau", "vay", "noi", "ma", "nhi"})


_POINTING = frozenset(
    map(toneless_key, ("đó", "này", "nầy", "ấy", "đấy", "đây", "kia", "trên", "rồi", "nói", "nữa", "họ"))
)


def with_body(question: Question, state: State) -> str | None:
    """The message with the body of the last turn in the place of "sở này"; None where it points to none."""
    match = next((m for m in THAT_BODY.finditer(question.line) if _is_body_word(question, m)), None)
    body = _body_told(state) if match else None
    if match is None or body is None:
        return None
    tokens = sorted(question.tokens_in(*match.span()))
    start, end = question.tokens[tokens[0]].start, question.tokens[tokens[-1]].end
    return f"{question.text[:start]}{body}{question.text[end:]}"


def points_to_body(question: Question) -> bool:
    """Whether a message says "sở này", and asks for what that body does."""
    found = any(_is_body_word(question, match) for match in THAT_BODY.finditer(question.line))
    return found and bool(LEADING.search(question.line) or COORDINATING.search(question.line))


def _is_body_word(question: Question, match: re.Match[str]) -> bool:
    """Whether "so do" is "sở đó", not "số đó", and "ho" is "họ", not "hộ": by accents, else by what stands before."""
    token = question.tokens[min(question.tokens_in(*match.span()))]
    if token.word == "ho":
        return token.source.isascii() or toneless_key(token.source) == toneless_key("họ")
    pointing = question.tokens[max(question.tokens_in(*match.span()))]
    if not pointing.source.isascii() and toneless_key(pointing.source) not in _POINTING:  # "bản đồ" is no "ban đó"
        return False
    if token.word != "so":
        return True
    if token.source.isascii():
        return not re.search(r"trong $", question.line[: match.start()])
    return toneless_key(token.source) == toneless_key("sở")


def _body_told(state: State) -> str | None:
    """The body that was asked about last, else the one that the task told of last names in the role asked."""
    last = state.query
    if last is None:
        return None
    if last.agencies:
        return last.agencies[0].name
    if len(state.tasks) != 1:
        return None
    task = state.tasks[0]
    asked = (
        task.coordinate
        if Attribute.COORDINATE in last.attributes and Attribute.LEAD not in last.attributes
        else task.lead
    )
    return asked[0] if asked else None


def task_in_list(line: str, state: State) -> tuple[TaskView, ...]:
    """The task of the last list that "việc thứ 3 trong đó" or "số 2 ở trên" means: by number where it is said and
    the list has it, else by place."""
    match = IN_LIST.search(line)
    listed = state.in_list
    if match is None or len(listed) < 2:
        return ()
    number = match["number"] or match["ordinal"]
    numbered = [task for task in listed if task.number == number]
    if match["number"] and len(numbered) == 1:
        return (numbered[0],)
    place = int(number)
    return (listed[place - 1],) if 1 <= place <= len(listed) else ()


def asks_of_told(line: str, content: list[str], state: State) -> bool:
    """Whether a message asks from when the days of the task told of are counted, or whether it is late."""
    if len(state.tasks) != 1:
        return False
    known = {*words(state.tasks[0].title), *words(state.tasks[0].deadline.text), *LATE_WORDS}
    return bool(FROM_WHEN.search(line) or LATE.search(line)) and set(content) <= known


def is_bare(line: str, query: Query, state: State) -> bool:
    """Whether a message points back ("cái việc đấy") where nothing was told of, and names nothing itself."""
    if state.tasks or query.tasks or query.agencies or query.documents_from == "named" or not ANAPHOR.search(line):
        return False
    left = {word for word in query.words if word and word not in EMPTY} - _BARE
    return query.ask in (Ask.FIND, Ask.LIST, Ask.COUNT) and not left
