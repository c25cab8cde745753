"""To whom a task is given: the name as typed after "giao cho", "để … làm"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.numbers import find_numbers
from assistant.understand.progress.said import spells
from assistant.understand.progress.words import ASSIGN, ASSIGN_BARE, BODIES, FAVOURS, NOT_NAMES, SELF, TITLES
from assistant.understand.question import Question, read_whole
from assistant.understand.reading import hide


@dataclass(frozen=True)
class Assignee:
    """A colleague as named, or the person who writes. ``words`` are the folded words that say so."""

    name: str
    to_self: bool
    words: tuple[str, ...]


def find_assignee(text: str) -> Assignee | None:
    """The person to whom a message gives a task; None where it gives it to nobody, or to a body.

    The words are read as typed, without mending: names are in no document.
    """
    question = read_whole(text)
    line = question.line
    numbers = {token for span in find_numbers(line).spans for token in question.tokens_in(*span)}
    plain = hide(question, numbers)
    for pattern in ASSIGN:
        for match in pattern.finditer(plain):
            if found := _named(question, match):
                return found
    for match in (match for pattern in ASSIGN_BARE for match in pattern.finditer(plain)):
        named = question.tokens_in(*match.span("name"))
        if all(question.tokens[i].source[:1].isupper() for i in named) and (found := _named(question, match)):
            return found
    return None


def _named(question: Question, match: re.Match[str]) -> Assignee | None:
    said = match["name"]
    for word in re.finditer(r"(?<!\w)nhan(?!\w)", match[0]):
        if not spells(question, match.start() + word.start(), match.start() + word.end(), "nhận"):
            return None  # "em nhắn"
    words = tuple(dict.fromkeys(word for word in re.findall(r"[a-z]+", match[0])))
    if said in SELF:
        return Assignee("", True, words)
    bare = TITLES.sub("", said)
    titled = bare != said
    if (BODIES.match(said) and not titled) or (BODIES.match(bare) and bare.split()[0] in ("phong", "so")):
        return None
    if not bare or bare in (SELF - {"minh"} if titled else SELF) or _is_no_name(bare):
        return None
    start = match.start("name") + len(said) - len(bare)
    tokens = sorted(question.tokens_in(start, match.end("name")))
    first = question.tokens[tokens[0]]
    if first.word in FAVOURS and first.source[:1].islower():
        return None  # "nhờ anh xem giúp nv 14"
    name = " ".join(question.tokens[i].source for i in tokens)
    return Assignee(name, False, words)


def _is_no_name(words: str) -> bool:
    """Whether words open as no name does ("việc", "đó"); "Đỗ Thị Hoa" is one."""
    first, *others = words.split()
    return first in NOT_NAMES and not (first == "do" and others)
