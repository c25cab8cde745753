"""How a follow-up takes up what was said before.

A follow-up keeps what was said and changes what is new: another number, document, body, attribute or
period. A message that stands on its own starts anew.
"""

from __future__ import annotations

from assistant.anaphora import asks_of_told, is_bare, points_to_body, task_in_list, with_body
from assistant.narrowing import another_list, rest_of_list
from assistant.picking import beyond_list, extreme_tasks, picked_choice, picked_tasks, task_before, topic_before
from assistant.reports import amended_pending, answers_nothing, of_tasks_told, says_yes
from assistant.state import State
from assistant.told import (
    ROLES,
    SHORT,
    about,
    beside_other,
    changed,
    content,
    of_another_leader,
    row_beside,
    takes_part_in_told,
)
from assistant.topics import going_on, in_part_of_document, row_of_told
from assistant.understand.follow_ups import (
    ADDS,
    ASKER,
    BACK,
    BARE_NUMBER,
    CLAUSE,
    COMPARES,
    CORRECTING,
    CORRECTS,
    OPENING,
    ORDER,
    ROLE_ALONE,
    SIMILAR,
    SUPPOSING,
    THAT,
    THAT_BODY,
    THAT_DOCUMENT,
    THAT_SECTION,
)
from assistant.understand.lexicon import DOCUMENT_KINDS, NUMBER_ASKED
from assistant.understand.progress.questions import STANDS_ALONE, asks_standing
from assistant.understand.query import Ask, Attribute, DocumentField, Query, TaskRef, Update
from assistant.understand.question import Question, read_question
from assistant.understand.reading import Context
from assistant.understand.understand import understand
from corpus.records import DeadlineKind
from corpus.vietnamese import words as words_of

_SHORT_LIST = 16  # words: the same of a list
_FEW_TASKS = 5  # of so many a list, "thời hạn?" asks of each
_A_TOPIC = 2  # words: what says so much stands on its own
_OF_SIMILAR = frozenset("cung tuong tu viec giong nhu vay the co muc nhiem vu".split())
_FEW_NEW = 1  # words of a supposed event that the deadline does not hold


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
        followed = changed(followed, progress=query.progress, skip=0)
    asked = asks_standing(question.line) if 0 < len(state.tasks) <= _FEW_TASKS and not query.tasks else None
    if asked is None or query.documents_from == "named":
        return followed
    asked_of = followed if followed.ask is Ask.TASK else about(state.tasks, query)
    return changed(asked_of, progress=asked)


def _followed(question: Question, query: Query, context: Context, state: State) -> Query:
    """The query of a message completed from what was said before."""
    line = question.line
    if state.query is not None and (rest := rest_of_list(line, state.query)):
        return rest
    if points_to_body(question):
        return _of_the_same_body(question, query, context, state)
    if is_bare(line, query, state):
        return changed(query, ask=Ask.UNCLEAR, reason="unclear_attribute" if query.attributes else "unclear_topic")
    if state.query is None:
        return query
    short = len(question.text.split()) <= SHORT
    if short and (led := of_another_leader(question, state.query)):
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
    return changed(query, documents=documents, documents_from="context", section=section, instead=query)


def _of_the_same_body(question: Question, query: Query, context: Context, state: State) -> Query:
    """What the body of the last turn does; a question back where none was spoken of."""
    if query.agencies or query.tasks:
        return query
    named = with_body(question, state)
    pointing = {word for match in THAT_BODY.finditer(question.line) for word in match[0].split()}
    if state.query is None and len(set(content(query)) - pointing) >= _A_TOPIC:
        return query
    if named is None or state.query is None:
        return changed(query, ask=Ask.UNCLEAR, reason="unclear_body")
    query = understand(named, context)
    documents = _spoken_of(state, state.query)
    if query.documents_from == "named" or not documents:
        return query
    return changed(query, documents=documents, documents_from="context")


def _continued(line: str, query: Query, state: State, last: Query, context: Context, *, short: bool) -> Query:
    """A query completed from the last one where it leaves open what that one said."""
    opened = bool(OPENING.match(line))
    bare = short and not content(query)
    if told := _one_of_the_told(line, query, state, last):
        return told
    if short and (beside := row_beside(line, query, state)):
        return beside
    if short and (taking := takes_part_in_told(line, query, state)):
        return taking
    if query.ask is Ask.EVENT:
        return _of_the_same_event(query, state, last)
    if last.ask is Ask.PLACE and last.place and (clause := CLAUSE.search(line)):
        steps = [last.place.split(".")[0], clause["clause"], clause["letter"]]
        return changed(last, place=".".join(step for step in steps if step))
    if (
        query.documents_from in ("named", "weak")
        and (not content(query) or (SIMILAR.search(line) and not set(content(query)) - _OF_SIMILAR))
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
    if short and not content(query) and (row := row_of_told(line, last, state, context.catalogue)):
        return row
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
        if ADDS.search(line):
            told = changed(told, attributes=tuple(dict.fromkeys((*last.attributes, *query.attributes))))
        return _in_other_documents(told, last)
    if query.section and bare and query.reason == "unclear_topic" and last.ask in (Ask.TASK, Ask.LIST, Ask.COUNT):
        return _in_section(query, last)
    corrected = short and bool(query.section) and set(filter(None, query.words)) <= CORRECTING
    if corrected and last.ask is Ask.TASK and query.ask is Ask.FIND:
        return _in_section(query, last)
    if query.ask is Ask.DOCUMENT:
        return _of_the_same_document(line, query, state, last)
    if last.ask in (Ask.LIST, Ask.COUNT):
        return another_list(line, query, last, opened=opened, bare=bare, short=short)
    return going_on(query, last, state, opened=opened, short=short)


def _gone_back(line: str, query: Query, state: State) -> Query | None:
    """What was spoken of before the last turn, named by its number, place or words; None where nothing fits."""
    if picked := picked_tasks(BACK.sub(" ", line).strip(" ,"), state):
        return about(picked, query)
    if query.tasks and query.documents_from != "named":
        ref = query.tasks[0]
        task = task_before(ref.number, ref.section, state)
        return about([task], query) if task else None
    if query.tasks or query.documents_from == "named":
        return None
    topic = topic_before(content(query), state)
    return about(topic.tasks, query) if topic else None


def _one_of_the_told(line: str, query: Query, state: State, last: Query) -> Query | None:
    """ "Cái đầu tiên" of the tasks just listed, or the one of them that is due first."""
    if query.documents_from == "named":
        return None
    if asks_of_told(line, content(query), state):
        return about(state.tasks, query, (Attribute.DEADLINE,))
    if picked := task_in_list(line, state) or picked_tasks(line, state):
        carried = last.attributes if last.ask is Ask.TASK else ()
        return about(picked, query, query.attributes or carried)
    chosen = extreme_tasks(line, state.in_list) if not set(content(query)) - ORDER else ()
    if chosen:
        return about(chosen, query, (Attribute.LEAD, Attribute.DEADLINE))
    whole = last.ask is Ask.LIST and not last.skip
    if whole and query.period is None and beyond_list(line, content(query), state):
        return changed(query, ask=Ask.UNCLEAR, reason="outside_list", topic=str(len(state.in_list)))
    return None


def _of_the_same_event(query: Query, state: State, last: Query) -> Query:
    """Another day for the event of the task that was told of, where nothing but that event is named."""
    waiting = [task for task in state.tasks if task.deadline.kind == DeadlineKind.ON_EVENT]
    if not waiting or query.tasks or query.documents_from == "named":
        return query
    known = {word for task in waiting for word in (*words_of(task.deadline.text), *words_of(task.title))}
    new = [word for word in content(query) if word not in known | SUPPOSING]
    if last.ask is not Ask.EVENT and len(new) > _FEW_NEW:
        return query
    return changed(about(waiting, query), ask=Ask.EVENT)


def _elsewhere(line: str, query: Query, state: State, context: Context) -> Query | None:
    """The task told of, sought by its words in another document: "việc đó bên Nhị Chiểu thì ai chủ trì"."""
    compares = COMPARES.search(SIMILAR.sub(" ", line))
    if not (query.attributes or compares) or query.tasks or len(state.tasks) != 1 or state.query is None:
        return None
    if compares:
        others = [t for topic in state.topics for t in topic.tasks if t.document in query.documents]
        return about([*state.tasks, *others[-1:]], query) if others else beside_other(query, state, context)
    if not THAT.search(line) and not SIMILAR.search(line):
        return None
    by_words = state.query.ask is Ask.FIND and any(state.query.words)
    words = state.query if by_words else understand(state.tasks[0].title, context)
    return changed(
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


def _titled(query: Query) -> Query:
    """A query for the number of a task as one for what it is."""
    return query if query.attributes else changed(query, attributes=(Attribute.TITLE,))


def _list_before(query: Query, state: State, last: Query) -> Query:
    """The list of a body that a role alone is about: the last turn's, or for "phối hợp việc nào" the last there was."""
    goes_back = last.ask is Ask.TASK and query.ask in (Ask.LIST, Ask.COUNT) and state.listing is not None
    return state.listing if goes_back and state.listing else last


def _other_role(line: str, query: Query, last: Query) -> Query | None:
    """The last list of a body's tasks in another role: "không, phối hợp cơ", "thế còn phối hợp?"."""
    roles = [ROLES[attribute] for attribute in query.attributes if attribute in ROLES]
    if len(roles) != 1 or not last.agencies or last.ask not in (Ask.LIST, Ask.COUNT) or query.agencies:
        return None
    counted = query.ask is Ask.COUNT and not content(query) and not query.period
    if ASKER.search(line) or not (counted or CORRECTS.match(line) or ROLE_ALONE.match(line)):
        return None
    first, *others = last.agencies
    ask = Ask.COUNT if query.ask is Ask.COUNT else Ask.LIST
    first = first.model_copy(update={"role": roles[0]})
    return changed(
        last, ask=ask, agencies=(first, *others), role_said=True, whether=False, sole_lead=False, shared_lead=False
    )


def _same_tasks(query: Query, state: State, last: Query) -> Query:
    """The tasks told of last, asked for other attributes."""
    listed = last.ask in (Ask.LIST, Ask.COUNT) and len(state.tasks) <= _FEW_TASKS
    if not state.tasks or not (listed or last.ask in (Ask.FIND, Ask.TASK, Ask.EVENT)):
        return query
    told = about(state.tasks, query)
    return changed(told, words=last.words, accented=last.accented, search=last.search, topic=last.topic)


def _of_what_was_sought(query: Query, state: State, last: Query) -> Query | None:
    """Attributes with nothing beside them, of what the last turn sought by words and found in prose ("trợ lý ảo",
    then "ai làm"); of a document its day ("ai ký", then "ngày nào"). None where the last turn was about neither."""
    if last.ask is Ask.DOCUMENT and query.attributes == (Attribute.DEADLINE,):
        return changed(last, fields=(DocumentField.DATE,))
    if last.ask is Ask.FIND and any(last.words) and query.expects and not query.attributes:
        return changed(last, expects=query.expects, whether=False, confirms=False)
    if last.ask is Ask.FIND and any(last.words) and not state.tasks:
        return changed(last, attributes=query.attributes, late=query.late, days_left=query.days_left)
    return None


def _another_number(line: str, query: Query, state: State, last: Query) -> Query:
    """Another task of the document that was spoken of, asked for the same attributes; of the one that a correction, a
    number with its section or "phụ lục cchc" names, however loosely."""
    spoken_of = _spoken_of(state, last)
    another = DOCUMENT_KINDS.search(line) and not set(query.documents) & set(spoken_of)
    loosely = CORRECTS.match(line) or any(ref.section for ref in query.tasks) or another
    if query.documents_from == "named" or (query.documents_from == "weak" and loosely):
        return changed(query, attributes=query.attributes or last.attributes)
    documents = spoken_of or query.documents
    section = last.tasks[0].section if last.tasks else None
    refs = tuple(ref if ref.section else ref.model_copy(update={"section": section}) for ref in query.tasks)
    return changed(
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
        last, refs = changed(last, ask=Ask.FIND), ()
    if query.section:
        refs = tuple(ref.model_copy(update={"section": query.section}) for ref in refs)
    elif refs:
        refs = tuple(TaskRef(number=ref.number) for ref in refs)
    return changed(
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
    return changed(last, tasks=refs, section=query.section)


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
    return changed(query, documents=documents, documents_from="context")
