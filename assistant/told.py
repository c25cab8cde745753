"""What a follow-up asks of the task just told: its other cells, whether a body takes part in it, the row beside it, the
same work in another plan; and of the list just told, the tasks that somebody else directs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from assistant.reply import TaskView
from assistant.state import State
from assistant.understand.follow_ups import NEXT_ROW, ROW_BEFORE, THAT
from assistant.understand.lexicon import TIMES
from assistant.understand.query import Ask, Attribute, Comparison, Query, Relation, TaskRef
from assistant.understand.question import Question
from assistant.understand.reading import Context
from assistant.understand.understand import understand
from corpus.vietnamese import fold
from corpus.vietnamese import words as words_of

SHORT = 12  # words: a longer message stands on its own
ROLES = {Attribute.LEAD: "lead", Attribute.COORDINATE: "coordinate"}
_FEW_OF_TOLD = 4  # words: what says more is hardly about the task told of
_TAKING_PART = frozenset("tham gia phoi hop lien quan cung lam dinh vao co chung vai tro gi dong viec do".split())
_LEADER_NAMED = re.compile(
    r"^(?:the |con |vay |the con )*(?:(?:pho )?chu tich |pct |giam doc )?(?:anh|chi|ong|ba|dong chi|co|chu|sep) "
    r"(?P<name>[a-z]+(?: [a-z]+){0,3}?)"
    r"(?: (?:thi sao|thi|theo doi|phu trach|lo|may viec|bao nhieu viec|viec nao|nua))*$"
)


def content(query: Query) -> list[str]:
    """The words of a query that name something, without bodies, periods and half-sentence words."""
    named = {word for ref in query.agencies for word in words_of(ref.name)}
    named |= set(words_of(query.period.text)) if query.period else set()
    return [word for word in query.naming if word not in named]


def about(tasks: Iterable[TaskView], query: Query, attributes: tuple[Attribute, ...] | None = None) -> Query:
    """Asks a query's attributes of some tasks that were told of."""
    tasks = tuple(tasks)
    return changed(
        query,
        ask=Ask.TASK,
        tasks=tuple(dict.fromkeys(TaskRef(number=t.number, section=t.section, document=t.document) for t in tasks)),
        documents=tuple(dict.fromkeys(t.document for t in tasks)),
        documents_from="context",
        attributes=query.attributes if attributes is None else attributes,
        unknown_document=None,
        reason="",
    )


def of_task_told(text: str, query: Query, state: State) -> Query | None:
    """A short question that found nothing, taken to be about the only task told of before, whose words it shares or
    whose product may answer it; None where it can be of no such task."""
    if len(state.tasks) != 1 or query.ask is not Ask.FIND or query.documents_from == "named":
        return None
    told, new = state.tasks[0], content(query)
    if len(text.split()) > SHORT or len(new) > _FEW_OF_TOLD:
        return None
    held = {*words_of(told.title), *words_of(told.product), *words_of(told.deadline.text)}
    wanted = [pattern for pattern in query.expects if pattern not in TIMES]
    answered = bool(wanted) and all(re.search(pattern, fold(told.product)) for pattern in wanted)
    return about([told], query) if answered or (query.attributes and held & set(new)) else None


def of_another_leader(question: Question, last: Query) -> Query | None:
    """The last list, of the tasks that somebody else of the leadership directs: "còn anh Đạt?"."""
    match = _LEADER_NAMED.match(question.line)
    if match is None or last.ask not in (Ask.LIST, Ask.COUNT) or not (last.leader or last.leader_name):
        return None
    tokens = sorted(question.tokens_in(*match.span("name")))
    said = question.text[question.tokens[tokens[0]].start : question.tokens[tokens[-1]].end]
    return changed(last, leader="", leader_name=match["name"], leader_said=said)


def takes_part_in_told(line: str, query: Query, state: State) -> Query | None:
    """Whether a body takes part in the only task told of: "sở xây dựng có tham gia không"."""
    if len(state.tasks) != 1 or len(query.agencies) != 1 or query.documents_from == "named" or query.tasks:
        return None
    told, ref = state.tasks[0], query.agencies[0]
    whether = query.ask is Ask.FIND and query.whether
    pointed = query.ask in (Ask.FIND, Ask.LIST) and THAT.search(line)
    if not (whether or pointed) or set(content(query)) - _TAKING_PART:
        return None
    role = ref.role if ref.role in ROLES.values() else "lead" if ref.name in told.lead else "coordinate"
    asked = Attribute.LEAD if role == "lead" else Attribute.COORDINATE
    return changed(about([told], query, (asked,)), agencies=(ref.model_copy(update={"role": role}),), whether=True)


def row_beside(line: str, query: Query, state: State) -> Query | None:
    """The row below or above the only one told of; None where no such row is asked for."""
    step = 1 if NEXT_ROW.search(line) else -1 if ROW_BEFORE.search(line) else 0
    if not step or len(state.tasks) != 1 or query.tasks or query.documents_from == "named":
        return None
    told = state.tasks[0]
    if not told.number.isdigit():
        return None
    return about([told.model_copy(update={"number": str(int(told.number) + step)})], query)


def beside_other(query: Query, state: State, context: Context) -> Query:
    """The task told of, held against the same work in the documents that a message names."""
    told = state.tasks[0]
    left = about([told], query)
    words = state.query if state.query and any(state.query.words) else understand(told.title, context)
    changes = {"ask": Ask.FIND, "tasks": (), "section": None, "expects": (), "reason": "", "compared": None}
    right = changed(words, **changes, documents=query.documents, documents_from="named", attributes=query.attributes)
    by = query.attributes[0] if query.attributes else None
    compared = Comparison(relation=Relation.SAME, by=by, asked=query.attributes, splits=((left, right),))
    return changed(
        left, ask=Ask.FIND, tasks=(), words=words.words, accented=words.accented, search=words.search, compared=compared
    )


def changed(query: Query, **changes: Any) -> Query:
    return query.model_copy(update=changes)
