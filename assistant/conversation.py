"""How a follow-up takes up what was said before.

A follow-up keeps what was said and changes what is new: another number, document, body, attribute or
period. A message that stands on its own starts anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from assistant.anaphora import asks_of_told, is_bare, points_to_body, task_in_list, with_body
from assistant.narrowing import another_list, rest_of_list
from assistant.picking import extreme_tasks, picked_choice, picked_tasks, task_before, topic_before
from assistant.reply import TaskView
from assistant.reports import amended_pending, answers_nothing, of_tasks_told, says_yes
from assistant.state import State
from assistant.topics import going_on, in_part_of_document
from assistant.understand.follow_ups import (
    ASKER,
    BACK,
    BARE_NUMBER,
    CLAUSE,
    COMPARES,
    CORRECTS,
    NEXT_ROW,
    OPENING,
    ORDER,
    ROLE_ALONE,
    ROW_BEFORE,
    SUPPOSING,
    THAT,
    THAT_BODY,
    THAT_DOCUMENT,
    THAT_SECTION,
)
from assistant.understand.lexicon import NUMBER_ASKED, TIMES
from assistant.understand.progress.questions import STANDS_ALONE, asks_standing
from assistant.understand.query import Ask, Attribute, Comparison, DocumentField, Query, Relation, TaskRef, Update
from assistant.understand.question import Question, read_question
from assistant.understand.reading import Context
from assistant.understand.understand import understand
from corpus.records import DeadlineKind
from corpus.vietnamese import fold
from corpus.vietnamese import words as words_of

_SHORT = 12  # words: a longer message stands on its own
_SHORT_LIST = 16  # words: the same of a list
_FEW_TASKS = 5  # of so many a list, "thời hạn?" asks of each
_A_TOPIC = 2  # words: what says so much stands on its own
_FEW_NEW = 1  # words of a supposed event that the deadline does not hold
_LEADER_NAMED = re.compile(
    r"^(?:the |con |vay |the con )*(?:(?:pho )?chu tich |pct |giam doc )?(?:anh|chi|ong|ba|dong chi|co|chu|sep) "
    r"(?P<name>[a-z]+(?: [a-z]+){0,3}?)"
    r"(?: (?:thi sao|thi|theo doi|phu trach|lo|may viec|bao nhieu viec|viec nao|nua))*$"
)
_FEW_OF_TOLD = 4  # words: what says more is hardly about the task told of
_TAKING_PART = frozenset("tham gia phoi hop lien quan cung lam dinh vao co chung vai tro gi dong viec do".split())
_ROLES = {Attribute.LEAD: "lead", Attribute.COORDINATE: "coordinate"}


def follow(text: str, context: Context, state: State) -> Query:
    """Understands a message in the light of what was said before."""
    if state.pending and (agreed := says_yes(text)) is not None:
        return Query(ask=Ask.UPDATE, update=Update(agreed=agreed, planned=state.pending))
    if state.pending and (amended := amended_pending(text, context, state)) is not None:
        return of_tasks_told(amended, "", state)
    picked = picked_choice(text, state)
    if picked is not None:
        return understand(picked, context)
    query = understand(text, context)
    if query.ask not in (Ask.CHAT, Ask.REFUSE, Ask.UPDATE) and (agreed := answers_nothing(text)) is not None:
        query = query.model_copy(update={"perhaps": Update(agreed=agreed)})
    if query.ask in (Ask.CHAT, Ask.REFUSE) or query.reason in ("unclear_long", "unclear_script", "unclear_empty"):
        return query
    question = read_question(text, context.speller)
    if query.ask is Ask.UPDATE:
        return of_tasks_told(query, question.line, state)
    if query.progress is not None and query.progress.about in STANDS_ALONE:
        return query
    followed = _followed(question, query, context, state).model_copy(update={"perhaps": query.perhaps})
    if query.progress is not None and followed.progress != query.progress:
        followed = _changed(followed, progress=query.progress, skip=0)
    asked = asks_standing(question.line) if 0 < len(state.tasks) <= _FEW_TASKS and not query.tasks else None
    if asked is None or query.documents_from == "named":
        return followed
    about = followed if followed.ask is Ask.TASK else _about(state.tasks, query)
    return _changed(about, progress=asked)


def _followed(question: Question, query: Query, context: Context, state: State) -> Query:
    """The query of a message completed from what was said before."""
    line = question.line
    if state.query is not None and (rest := rest_of_list(line, state.query)):
        return rest
    if points_to_body(question):
        return _of_the_same_body(question, query, context, state)
    if is_bare(line, query, state):
        return _changed(query, ask=Ask.UNCLEAR, reason="unclear_attribute" if query.attributes else "unclear_topic")
    if state.query is None:
        return query
    short = len(question.text.split()) <= _SHORT
    if short and (led := _of_another_leader(question, state.query)):
        return led
    if BACK.search(line) and (back := _gone_back(line, query, state)):
        return back
    continued = _continued(line, query, state, state.query, context, short=short)
    short = len(question.text.split()) <= _SHORT_LIST
    return _list_there(line, continued, state, state.query) if continued is query and short else continued


def _list_there(line: str, query: Query, state: State, last: Query) -> Query:
    """A list that names no document, in the documents that the last question named, and "in that section"; everywhere
    where they hold none."""
    if query.ask not in (Ask.LIST, Ask.COUNT) or query.documents or query.unknown_document:
        return query
    documents = last.documents if last.documents_from == "weak" else _spoken_of(state, last) if last.documents else ()
    sections = {task.section for task in state.tasks} if THAT_SECTION.search(line) and not query.section else set()
    section = next(iter(sections)) if len(sections) == 1 else query.section
    told = tuple(dict.fromkeys(task.document for task in state.tasks))
    documents = documents or (told if section and len(told) == 1 else ())
    if not documents:
        return query
    return _changed(query, documents=documents, documents_from="context", section=section, instead=query)


def _of_the_same_body(question: Question, query: Query, context: Context, state: State) -> Query:
    """What the body of the last turn does; a question back where none was spoken of."""
    if query.agencies or query.tasks:
        return query
    named = with_body(question, state)
    pointing = {word for match in THAT_BODY.finditer(question.line) for word in match[0].split()}
    if state.query is None and len(set(content(query)) - pointing) >= _A_TOPIC:
        return query
    if named is None or state.query is None:
        return _changed(query, ask=Ask.UNCLEAR, reason="unclear_body")
    query = understand(named, context)
    documents = _spoken_of(state, state.query)
    if query.documents_from == "named" or not documents:
        return query
    return _changed(query, documents=documents, documents_from="context")


def _continued(line: str, query: Query, state: State, last: Query, context: Context, *, short: bool) -> Query:
    """A query completed from the last one where it leaves open what that one said."""
    opened = bool(OPENING.match(line))
    bare = short and not content(query)
    if told := _one_of_the_told(line, query, state, last):
        return told
    if short and (beside := _row_beside(line, query, state)):
        return beside
    if short and (taking := _takes_part_in_told(line, query, state)):
        return taking
    if query.ask is Ask.EVENT:
        return _of_the_same_event(query, state, last)
    if last.ask is Ask.PLACE and last.place and (clause := CLAUSE.search(line)):
        steps = [last.place.split(".")[0], clause["clause"], clause["letter"]]
        return _changed(last, place=".".join(step for step in steps if step))
    if (
        query.documents_from in ("named", "weak")
        and not content(query)
        and (elsewhere := _elsewhere(line, query, state, context))
    ):
        return elsewhere
    if short and (role := _other_role(line, query, _list_before(query, state, last))):
        return role
    if (
        NUMBER_ASKED.search(line)
        and THAT.search(line)
        and (elsewhere := _elsewhere(line, _titled(query), state, context))
    ):
        return elsewhere
    if short and (part := in_part_of_document(line, query, last, context.catalogue)):
        return part
    unclear = query.reason in ("unclear_attribute", "unclear_topic")
    if unclear and query.documents_from != "named" and (asked := _of_what_was_sought(query, state, last)):
        return asked
    elsewhere_too = _changes_document(query, opened, bare, short)
    of_told = query.reason == "unclear_attribute" or (bare and query.ask is Ask.FIND)
    if of_told and query.attributes and not elsewhere_too:
        same = _same_tasks(query, state, last)
        if same is not query or query.reason:
            return same
    if query.ask is Ask.TASK:
        return _another_number(line, query, state, last)
    if (number := BARE_NUMBER.match(line)) and last.ask is Ask.TASK and short and query.documents_from != "named":
        refs = (TaskRef(number=number[1]),)
        return _another_number(line, query.model_copy(update={"ask": Ask.TASK, "tasks": refs}), state, last)
    if elsewhere_too:
        told = query.model_copy(update={"about_work": True}) if state.tasks else query
        return _in_other_documents(told, last)
    if query.section and bare and query.reason == "unclear_topic" and last.ask in (Ask.TASK, Ask.LIST, Ask.COUNT):
        return _in_section(query, last)
    if query.ask is Ask.DOCUMENT:
        return _of_the_same_document(line, query, state, last)
    if last.ask in (Ask.LIST, Ask.COUNT):
        return another_list(line, query, last, opened=opened, bare=bare, short=short)
    return going_on(query, last, opened=opened, short=short, quoted=state.quoted)


def content(query: Query) -> list[str]:
    """The words of a query that name something, without bodies, periods and half-sentence words."""
    named = {word for ref in query.agencies for word in words_of(ref.name)}
    named |= set(words_of(query.period.text)) if query.period else set()
    return [word for word in query.naming if word not in named]


def _gone_back(line: str, query: Query, state: State) -> Query | None:
    """What was spoken of before the last turn, named by its number, place or words; None where nothing fits."""
    if picked := picked_tasks(BACK.sub(" ", line).strip(" ,"), state):
        return _about(picked, query)
    if query.tasks and query.documents_from != "named":
        ref = query.tasks[0]
        task = task_before(ref.number, ref.section, state)
        return _about([task], query) if task else None
    if query.tasks or query.documents_from == "named":
        return None
    topic = topic_before(content(query), state)
    return _about(topic.tasks, query) if topic else None


def _about(tasks: Iterable[TaskView], query: Query, attributes: tuple[Attribute, ...] | None = None) -> Query:
    """Asks a query's attributes of some tasks that were told of."""
    tasks = tuple(tasks)
    return _changed(
        query,
        ask=Ask.TASK,
        tasks=tuple(dict.fromkeys(TaskRef(number=t.number, section=t.section, document=t.document) for t in tasks)),
        documents=tuple(dict.fromkeys(t.document for t in tasks)),
        documents_from="context",
        attributes=query.attributes if attributes is None else attributes,
        unknown_document=None,
        reason="",
    )


def _one_of_the_told(line: str, query: Query, state: State, last: Query) -> Query | None:
    """ "Cái đầu tiên" of the tasks just listed, or the one of them that is due first."""
    if query.documents_from == "named":
        return None
    if asks_of_told(line, content(query), state):
        return _about(state.tasks, query, (Attribute.DEADLINE,))
    if picked := task_in_list(line, state) or picked_tasks(line, state):
        carried = last.attributes if last.ask is Ask.TASK else ()
        return _about(picked, query, query.attributes or carried)
    chosen = extreme_tasks(line, state.in_list) if not set(content(query)) - ORDER else ()
    return _about(chosen, query, (Attribute.LEAD, Attribute.DEADLINE)) if chosen else None


def of_task_told(text: str, query: Query, state: State) -> Query | None:
    """A short question that found nothing, taken to be about the only task told of before, whose words it shares or
    whose product may answer it; None where it can be of no such task."""
    if len(state.tasks) != 1 or query.ask is not Ask.FIND or query.documents_from == "named":
        return None
    told, new = state.tasks[0], content(query)
    if len(text.split()) > _SHORT or len(new) > _FEW_OF_TOLD:
        return None
    held = {*words_of(told.title), *words_of(told.product), *words_of(told.deadline.text)}
    wanted = [pattern for pattern in query.expects if pattern not in TIMES]
    answered = bool(wanted) and all(re.search(pattern, fold(told.product)) for pattern in wanted)
    return _about([told], query) if answered or (query.attributes and held & set(new)) else None


def _of_another_leader(question: Question, last: Query) -> Query | None:
    """The last list, of the tasks that somebody else of the leadership directs: "còn anh Đạt?"."""
    match = _LEADER_NAMED.match(question.line)
    if match is None or last.ask not in (Ask.LIST, Ask.COUNT) or not (last.leader or last.leader_name):
        return None
    tokens = sorted(question.tokens_in(*match.span("name")))
    said = question.text[question.tokens[tokens[0]].start : question.tokens[tokens[-1]].end]
    return _changed(last, leader="", leader_name=match["name"], leader_said=said)


def _takes_part_in_told(line: str, query: Query, state: State) -> Query | None:
    """Whether a body takes part in the only task told of: "sở xây dựng có tham gia không"."""
    if len(state.tasks) != 1 or len(query.agencies) != 1 or query.documents_from == "named" or query.tasks:
        return None
    told, ref = state.tasks[0], query.agencies[0]
    whether = query.ask is Ask.FIND and query.whether
    pointed = query.ask in (Ask.FIND, Ask.LIST) and THAT.search(line)
    if not (whether or pointed) or set(content(query)) - _TAKING_PART:
        return None
    role = ref.role if ref.role in _ROLES.values() else "lead" if ref.name in told.lead else "coordinate"
    asked = Attribute.LEAD if role == "lead" else Attribute.COORDINATE
    return _changed(_about([told], query, (asked,)), agencies=(ref.model_copy(update={"role": role}),), whether=True)


def _row_beside(line: str, query: Query, state: State) -> Query | None:
    """The row below or above the only one told of; None where no such row is asked for."""
    step = 1 if NEXT_ROW.search(line) else -1 if ROW_BEFORE.search(line) else 0
    if not step or len(state.tasks) != 1 or query.tasks or query.documents_from == "named":
        return None
    told = state.tasks[0]
    if not told.number.isdigit():
        return None
    return _about([told.model_copy(update={"number": str(int(told.number) + step)})], query)


def _of_the_same_event(query: Query, state: State, last: Query) -> Query:
    """Another day for the event of the task that was told of, where nothing but that event is named."""
    waiting = [task for task in state.tasks if task.deadline.kind == DeadlineKind.ON_EVENT]
    if not waiting or query.tasks or query.documents_from == "named":
        return query
    known = {word for task in waiting for word in (*words_of(task.deadline.text), *words_of(task.title))}
    new = [word for word in content(query) if word not in known | SUPPOSING]
    if last.ask is not Ask.EVENT and len(new) > _FEW_NEW:
        return query
    return _changed(_about(waiting, query), ask=Ask.EVENT)


def _elsewhere(line: str, query: Query, state: State, context: Context) -> Query | None:
    """The task told of, sought by its words in another document: "việc đó bên Nhị Chiểu thì ai chủ trì"."""
    compares = COMPARES.search(line)
    if not (query.attributes or compares) or query.tasks or len(state.tasks) != 1 or state.query is None:
        return None
    if compares:
        others = [t for topic in state.topics for t in topic.tasks if t.document in query.documents]
        return _about([*state.tasks, *others[-1:]], query) if others else _beside_other(query, state, context)
    if not THAT.search(line):
        return None
    words = state.query if state.query.words else understand(state.tasks[0].title, context)
    return _changed(
        words,
        ask=Ask.FIND,
        tasks=(),
        section=None,
        attributes=query.attributes,
        documents=query.documents,
        documents_from="named",
        expects=(),
        confirms=False,
        reason="",
    )


def _beside_other(query: Query, state: State, context: Context) -> Query:
    """The task told of, held against the same work in the documents that a message names."""
    told = state.tasks[0]
    left = _about([told], query)
    words = state.query if state.query and any(state.query.words) else understand(told.title, context)
    changes = {"ask": Ask.FIND, "tasks": (), "section": None, "expects": (), "reason": "", "compared": None}
    right = _changed(words, **changes, documents=query.documents, documents_from="named", attributes=query.attributes)
    by = query.attributes[0] if query.attributes else None
    compared = Comparison(relation=Relation.SAME, by=by, splits=((left, right),))
    return _changed(
        left, ask=Ask.FIND, tasks=(), words=words.words, accented=words.accented, search=words.search, compared=compared
    )


def _titled(query: Query) -> Query:
    """A query for the number of a task as one for what it is."""
    return query if query.attributes else _changed(query, attributes=(Attribute.TITLE,))


def _list_before(query: Query, state: State, last: Query) -> Query:
    """The list of a body that a role alone is about: the last turn's, or for "phối hợp việc nào" the last there was."""
    goes_back = last.ask is Ask.TASK and query.ask in (Ask.LIST, Ask.COUNT) and state.listing is not None
    return state.listing if goes_back and state.listing else last


def _other_role(line: str, query: Query, last: Query) -> Query | None:
    """The last list of a body's tasks in another role: "không, phối hợp cơ", "thế còn phối hợp?"."""
    roles = [_ROLES[attribute] for attribute in query.attributes if attribute in _ROLES]
    if len(roles) != 1 or not last.agencies or last.ask not in (Ask.LIST, Ask.COUNT) or query.agencies:
        return None
    counted = query.ask is Ask.COUNT and not content(query) and not query.period
    if ASKER.search(line) or not (counted or CORRECTS.match(line) or ROLE_ALONE.match(line)):
        return None
    first, *others = last.agencies
    ask = Ask.COUNT if query.ask is Ask.COUNT else Ask.LIST
    first = first.model_copy(update={"role": roles[0]})
    return _changed(
        last, ask=ask, agencies=(first, *others), role_said=True, whether=False, sole_lead=False, shared_lead=False
    )


def _same_tasks(query: Query, state: State, last: Query) -> Query:
    """The tasks told of last, asked for other attributes."""
    listed = last.ask in (Ask.LIST, Ask.COUNT) and len(state.tasks) <= _FEW_TASKS
    if not state.tasks or not (listed or last.ask in (Ask.FIND, Ask.TASK, Ask.EVENT)):
        return query
    about = _about(state.tasks, query)
    return _changed(about, words=last.words, accented=last.accented, search=last.search, topic=last.topic)


def _of_what_was_sought(query: Query, state: State, last: Query) -> Query | None:
    """Attributes with nothing beside them, of what the last turn sought by words and found in prose ("trợ lý ảo",
    then "ai làm"); of a document its day ("ai ký", then "ngày nào"). None where the last turn was about neither."""
    if last.ask is Ask.DOCUMENT and query.attributes == (Attribute.DEADLINE,):
        return _changed(last, fields=(DocumentField.DATE,))
    if last.ask is Ask.FIND and any(last.words) and query.expects and not query.attributes:
        return _changed(last, expects=query.expects, whether=False, confirms=False)
    if last.ask is Ask.FIND and any(last.words) and not state.tasks:
        return _changed(last, attributes=query.attributes, late=query.late, days_left=query.days_left)
    return None


def _another_number(line: str, query: Query, state: State, last: Query) -> Query:
    """Another task of the document that was spoken of, asked for the same attributes; of the one that a correction or
    a number with its section names, however loosely."""
    loosely = query.documents_from == "weak" and (CORRECTS.match(line) or any(ref.section for ref in query.tasks))
    if query.documents_from == "named" or loosely:
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


def _changes_document(query: Query, opened: bool, bare: bool, short: bool) -> bool:
    """Whether a message only names another document ("còn ở Ngọc Hà?", "ý tôi là Hà Nội cơ")."""
    if query.documents_from not in ("named", "weak") or not short or (query.attributes and not (opened and bare)):
        return False
    if query.ask is Ask.DOCUMENT:
        return query.fields == (DocumentField.ALL,)
    if query.agencies or query.period:
        return False
    if query.reason == "unclear_topic" or (bare and query.ask is Ask.FIND):
        return True
    return opened and query.ask is Ask.FIND and len([w for w in query.words if w]) <= 2


def _in_other_documents(query: Query, last: Query) -> Query:
    refs = last.tasks
    if last.ask is Ask.TASK and any(last.words):  # found by its words, not by a number that another document shares
        last, refs = _changed(last, ask=Ask.FIND), ()
    if query.section:
        refs = tuple(ref.model_copy(update={"section": query.section}) for ref in refs)
    elif refs:
        refs = tuple(TaskRef(number=ref.number) for ref in refs)
    return _changed(
        last,
        documents=query.documents,
        documents_from="named",
        tasks=refs,
        section=query.section,
        attributes=query.attributes or last.attributes,
        about_work=query.about_work or last.about_work,
        unknown_document=None,
    )


def _in_section(query: Query, last: Query) -> Query:
    """The last question, asked of another section of its document."""
    refs = tuple(ref.model_copy(update={"section": query.section}) for ref in last.tasks)
    return _changed(last, tasks=refs, section=query.section)


def _of_the_same_document(line: str, query: Query, state: State, last: Query) -> Query:
    """What the document spoken of says of itself ("ai ký?"), or of the one that it rests on."""
    if query.fields == (DocumentField.RECIPIENTS,) and last.ask in (Ask.LIST, Ask.COUNT) and state.quoted:
        return last  # of the duty told of: where it goes stands in it
    if DocumentField.HELD in query.fields or query.documents_from == "named" or query.unknown_document:
        return query
    if last.fields == (DocumentField.BASIS,) and THAT_DOCUMENT.search(line):
        return last
    on_basis = DocumentField.BASIS in query.fields and last.ask is Ask.DOCUMENT
    documents = _spoken_of(state, last) or (last.documents if last.ask is Ask.DOCUMENT else ())
    if not documents or (query.documents_from == "weak" and not on_basis):
        return query
    return _changed(query, documents=documents, documents_from="context")


def _changed(query: Query, **changes: Any) -> Query:
    return query.model_copy(update=changes)
