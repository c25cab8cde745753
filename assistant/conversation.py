"""What a conversation remembers, and how a follow-up takes up what was said before.

A follow-up keeps what was said and changes what is new: another number, document, body, attribute or
period. A message that stands on its own starts anew.
"""

from __future__ import annotations

import re
from typing import Any

from assistant.reply import Choice, Reply, Status, TaskView
from assistant.understand.courtesy import bare
from assistant.understand.lexicon import phrases
from assistant.understand.query import Ask, DocumentField, Query, TaskRef
from assistant.understand.question import clean_question, read_question
from assistant.understand.reading import Context
from assistant.understand.understand import understand
from corpus.records import Record
from corpus.vietnamese import fold

_MAX_KEPT = 50
_SHORT = 12  # words: a longer message stands on its own
_OPENING = re.compile(
    r"^(?:(?:khong|k|a|ah|o|sai roi|nham),? ?)?"
    r"(?:con|the con|the|vay|vay con|a the|y (?:toi|minh|em|anh|chi) la|khong phai)(?!\w)"
)
_AMONG = phrases(
    "trong (?:so )?(?:do|nay|cac viec do|nhung viec do|danh sach (?:do|tren))",
    "viec nao trong",
    "cai nao trong",
    "^cai nao",
    "^muc nao",
    "nhung viec do",
)
_SPELL_OUT = phrases(
    "liet ke(?: ra| het| di)?",
    "ke ra",
    "la nhung viec nao",
    "do la nhung viec nao",
    "cu the la viec nao",
    "la nhung gi",
    "viec gi",
)
_ORDINALS = {"dau tien": 1, "thu nhat": 1, "thu hai": 2, "thu ba": 3, "thu tu": 4, "thu nam": 5, "cuoi cung": -1}
_PICK = re.compile(
    r"^(?:so|cau|chon|lay|muc|cai|y|phuong an|lua chon|dap an|viec)? ?(?:so |thu )?(\d{1,2})[.)]?(?: nhe| di| a)?$"
)
_CLAUSE = re.compile(r"(?<!\w)khoan (?P<clause>\d{1,2})(?:,? diem (?P<letter>[a-z]))?(?!\w)(?!.*dieu)")
_BARE_NUMBER = re.compile(
    r"^(?:con|the con|the|vay|vay con)?,? ?(?:so |cai |nhiem vu |viec |thu )*(\d{1,3})(?: thi)?(?!\w|/|%|\.\d)"
)


class State(Record):
    """The end of the last turn: its query, the tasks that it told of, the choices that it offered."""

    query: Query | None = None
    tasks: tuple[TaskView, ...] = ()
    choices: tuple[Choice, ...] = ()

    def after(self, query: Query, reply: Reply) -> State:
        """The state after a reply; small talk, refusals and questions not understood leave it as it was."""
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
    question = read_question(text, context.speller)
    return _continued(question.line, query, state, state.query, short=len(question.text.split()) <= _SHORT)


def _picked(text: str, state: State) -> str | None:
    """The message that a choice stands for, where the text picks one by number, place or label."""
    if not state.choices:
        return None
    words = fold(bare(clean_question(text))).strip(" .!")
    number = int(match[1]) if (match := _PICK.match(words)) else 0
    number = number or _ordinal(words, len(state.choices))
    if 1 <= number <= len(state.choices):
        return state.choices[number - 1].say
    labels = [choice for choice in state.choices if len(words) > 3 and words in fold(choice.label)]
    return labels[0].say if len(labels) == 1 else None


def _ordinal(words: str, count: int) -> int:
    """The place that "cái đầu tiên", "việc thứ hai" names among ``count``; 0 where none is named."""
    for phrase, place in _ORDINALS.items():
        if re.match(rf"^(?:con |the )?(?:cai|muc|y|so|chon|viec|nhiem vu)? ?{phrase}(?!\w)", words):
            return place if place > 0 else count
    return 0


def _continued(line: str, query: Query, state: State, last: Query, *, short: bool) -> Query:
    """A query completed from the last one where it leaves open what that one said."""
    opened = bool(_OPENING.match(line))
    if told := _one_of_the_told(line, query, state):
        return told
    if last.ask is Ask.PLACE and last.place and (clause := _CLAUSE.search(line)):
        steps = [last.place.split(".")[0], clause["clause"], clause["letter"]]
        return _changed(last, place=".".join(step for step in steps if step))
    if query.reason == "unclear_attribute":
        return _same_tasks(query, state, last)
    if query.ask is Ask.TASK:
        return _another_number(query, state, last)
    if (number := _BARE_NUMBER.match(line)) and last.ask is Ask.TASK and short and query.documents_from != "named":
        refs = (TaskRef(number=number[1]),)
        return _another_number(query.model_copy(update={"ask": Ask.TASK, "tasks": refs}), state, last)
    if _changes_document(query, opened, short):
        return _in_other_documents(query, last)
    if last.ask in (Ask.LIST, Ask.COUNT):
        return _another_list(line, query, last, opened=opened, short=short)
    if opened and query.ask is Ask.FIND and last.ask is Ask.FIND and short:
        query = _with_last_topic(query, last)
    if query.ask is Ask.FIND and query.documents_from != "named" and last.documents_from in ("named", "context"):
        return _changed(
            query, documents=last.documents, documents_from="context", attributes=query.attributes or last.attributes
        )
    return query


def _with_last_topic(query: Query, last: Query) -> Query:
    """A topic that changes a part of the last one ("thế báo cáo năm thì sao?"): its words and those it left alone."""
    kept = [(w, a) for w, a in zip(last.words, last.accented, strict=True) if w not in query.words and not w.isdigit()]
    words, accented = zip(*kept, strict=True) if kept else ((), ())
    return _changed(
        query,
        words=(*query.words, "", *words),
        accented=(*query.accented, "", *accented),
        search=(*query.search, *filter(None, words)),
    )


def _one_of_the_told(line: str, query: Query, state: State) -> Query | None:
    """ "Cái đầu tiên" of the tasks just listed."""
    place = _ordinal(line, len(state.tasks))
    if not place or place > len(state.tasks) or query.documents_from == "named":
        return None
    task = state.tasks[place - 1]
    ref = TaskRef(number=task.number, section=task.section)
    return _changed(query, ask=Ask.TASK, tasks=(ref,), documents=(task.document,), documents_from="context", reason="")


def _same_tasks(query: Query, state: State, last: Query) -> Query:
    """The tasks told of last, asked for other attributes."""
    if not state.tasks or last.ask not in (Ask.FIND, Ask.TASK):
        return query
    refs = tuple(dict.fromkeys(TaskRef(number=t.number, section=t.section) for t in state.tasks))
    documents = tuple(dict.fromkeys(t.document for t in state.tasks))
    return _changed(
        last, ask=Ask.TASK, tasks=refs, documents=documents, documents_from="context", attributes=query.attributes
    )


def _another_number(query: Query, state: State, last: Query) -> Query:
    """Another task of the document that was spoken of, asked for the same attributes."""
    if query.documents_from == "named":
        return _changed(query, attributes=query.attributes or last.attributes)
    documents = _spoken_of(state, last) or query.documents
    section = last.tasks[0].section if last.tasks else None
    refs = tuple(ref if ref.section else ref.model_copy(update={"section": section}) for ref in query.tasks)
    return _changed(
        query,
        tasks=refs,
        documents=documents,
        documents_from="context",
        attributes=query.attributes or last.attributes,
    )


def _spoken_of(state: State, last: Query) -> tuple[str, ...]:
    """The documents that the last question named, or the one that its answer came from."""
    if last.documents_from in ("named", "context"):
        return last.documents
    told = tuple(dict.fromkeys(task.document for task in state.tasks))
    return told if len(told) == 1 else ()


def _changes_document(query: Query, opened: bool, short: bool) -> bool:
    """Whether a message only names another document ("còn ở Ngọc Hà?", "ý tôi là Hà Nội cơ")."""
    if query.documents_from not in ("named", "weak") or not short:
        return False
    if query.ask is Ask.DOCUMENT:
        return query.fields == (DocumentField.ALL,)
    return opened and query.ask is Ask.FIND and len([w for w in query.words if w]) <= 2


def _in_other_documents(query: Query, last: Query) -> Query:
    refs = last.tasks
    if query.section:
        refs = tuple(ref.model_copy(update={"section": query.section}) for ref in refs)
    elif refs:
        refs = tuple(TaskRef(number=ref.number) for ref in refs)
    return _changed(last, documents=query.documents, documents_from="named", tasks=refs, section=query.section)


def _another_list(line: str, query: Query, last: Query, *, opened: bool, short: bool) -> Query:
    """A list that changes one thing of the last one: its body, period, kind, or shows what was counted."""
    if query.ask in (Ask.LIST, Ask.COUNT) and _AMONG.search(line):
        return _merged(query, last)
    if short and _SPELL_OUT.search(line) and not query.agencies and not query.documents and not query.listed_words:
        return _changed(last, ask=Ask.LIST)
    if not (opened and short) or query.documents_from == "named":
        return query
    if query.agencies and query.ask in (Ask.FIND, Ask.LIST, Ask.COUNT):
        role = last.agencies[0].role if last.agencies else "lead"
        agencies = tuple(a if a.role != "any" else a.model_copy(update={"role": role}) for a in query.agencies)
        return _changed(last, agencies=agencies)
    if query.period or query.kinds:
        return _changed(last, period=query.period or last.period, kinds=query.kinds or last.kinds)
    return query


def _merged(query: Query, last: Query) -> Query:
    """The last list narrowed by what a new question adds."""
    return _changed(
        last,
        ask=query.ask,
        agencies=query.agencies or last.agencies,
        period=query.period or last.period,
        kinds=query.kinds or last.kinds,
        overdue=query.overdue or last.overdue,
        listed_words=(*last.listed_words, *query.listed_words),
        listed_accented=(*last.listed_accented, *query.listed_accented),
    )


def _changed(query: Query, **changes: Any) -> Query:
    return query.model_copy(update=changes)
