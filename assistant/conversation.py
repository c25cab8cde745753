"""What a conversation remembers, and how a follow-up takes up what was said before.

A follow-up keeps what was said and changes what is new: another number, another document, another
attribute. A message that stands on its own starts anew.
"""

from __future__ import annotations

import re

from assistant.reply import Choice, Reply, Status, TaskView
from assistant.understand.lexicon import phrases
from assistant.understand.query import Ask, Query, TaskRef
from assistant.understand.question import clean_question, read_question
from assistant.understand.understand import Context, understand
from corpus.records import Record
from corpus.vietnamese import fold

_MAX_KEPT = 5
_OPENING = phrases(
    "con",
    "the con",
    "the",
    "vay",
    "vay con",
    "the thi",
    "a the",
    "con o",
    "y toi la",
    "khong,? y toi la",
    "y minh la",
    "khong phai",
)
_ORDINALS = {"dau tien": 1, "thu nhat": 1, "thu hai": 2, "thu ba": 3, "thu tu": 4, "thu nam": 5, "cuoi cung": -1}
_PICK = re.compile(r"^(?:so|cau|chon|lay|muc|cai|y|phuong an|lua chon)? ?(?:so |thu )?(\d{1,2})[.)]?$")


class State(Record):
    """The end of the last turn: its query, the tasks that it told of, the choices that it offered."""

    query: Query | None = None
    tasks: tuple[TaskView, ...] = ()
    choices: tuple[Choice, ...] = ()

    def after(self, query: Query, reply: Reply) -> State:
        """The state after a reply; small talk and refusals leave it as it was."""
        if reply.status in (Status.CHAT, Status.REFUSED) or query.reason.startswith("unclear_"):
            return self
        return State(query=query, tasks=reply.tasks[:_MAX_KEPT], choices=reply.choices)


def follow(text: str, context: Context, state: State) -> Query:
    """Understands a message in the light of what was said before."""
    picked = _picked(text, state)
    if picked is not None:
        return understand(picked, context)
    query = understand(text, context)
    if state.query is None or query.ask in (Ask.CHAT, Ask.REFUSE):
        return query
    return _continued(text, query, state)


def _picked(text: str, state: State) -> str | None:
    """The message that a choice stands for, where the text picks one by number, place or label."""
    if not state.choices:
        return None
    words = fold(clean_question(text)).strip(" .!")
    number = int(match[1]) if (match := _PICK.match(words)) else 0
    for phrase, place in _ORDINALS.items():
        if re.fullmatch(rf"(?:cai|muc|y|so|chon)? ?{phrase}", words):
            number = place if place > 0 else len(state.choices)
    if 1 <= number <= len(state.choices):
        return state.choices[number - 1].say
    labels = [choice for choice in state.choices if len(words) > 3 and words in fold(choice.label)]
    return labels[0].say if len(labels) == 1 else None


def _continued(text: str, query: Query, state: State) -> Query:
    """A query completed from the last one where it leaves open what that one said."""
    last = state.query
    assert last is not None
    line = read_question(text).line
    opened = bool(_OPENING.match(line))
    if query.reason == "unclear_attribute":
        return _same_tasks(query, state)
    if query.ask is Ask.TASK and query.documents_from != "named":
        return query.model_copy(
            update={
                "documents": _documents(state) or query.documents,
                "documents_from": "context",
                "attributes": query.attributes or last.attributes,
            }
        )
    if opened and query.ask is Ask.DOCUMENT and query.documents:
        return last.model_copy(update={"documents": query.documents, "documents_from": "named"})
    if opened and query.ask is Ask.FIND and not query.documents and last.documents_from == "named":
        return query.model_copy(update={"documents": last.documents, "documents_from": "context"})
    return query


def _documents(state: State) -> tuple[str, ...]:
    told = tuple(dict.fromkeys(task.document for task in state.tasks))
    last = state.query
    if last is not None and last.documents_from in ("named", "context"):
        return last.documents
    return told if len(told) == 1 else ()


def _same_tasks(query: Query, state: State) -> Query:
    """The tasks told of last, asked for other attributes."""
    if not state.tasks or state.query is None:
        return query
    if state.query.ask in (Ask.FIND, Ask.TASK):
        refs = tuple(TaskRef(number=t.number, section=t.section) for t in state.tasks)
        return state.query.model_copy(
            update={
                "ask": Ask.TASK,
                "tasks": tuple(dict.fromkeys(refs)),
                "documents": tuple(dict.fromkeys(t.document for t in state.tasks)),
                "documents_from": "context",
                "attributes": query.attributes,
                "reason": "",
            }
        )
    return query
