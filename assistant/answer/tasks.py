"""Answers about tasks named by number, and about tasks found by their words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from assistant.answer.many import MAX_CHOICES
from assistant.answer.rest import cells_for_rest
from assistant.answer.session import Session
from assistant.answer.standing import values_told
from assistant.answer.wording import cite_passage, day, lacks_column
from assistant.reply import Choice, Reply, Status
from assistant.understand.numbers import LAST
from assistant.understand.query import Attribute, Query, TaskRef
from connectors.database import TaskFilter
from corpus.due import is_overdue, next_due, working_days
from corpus.records import Task
from prompts import say

MAX_PLACES = 4
BRIEF = 3
_MAX_NAMED = 8  # documents named in one sentence
_ALL = ("lead", "deadline", "coordinate", "product")
_BRIEF = ("lead", "deadline")


def attributes_of(query: Query, otherwise: Sequence[str]) -> list[str]:
    """The attributes to tell, in the order in which officers need them."""
    order = [*_ALL, "leader"]
    asked = {str(a) for a in query.attributes} - {str(Attribute.TITLE)}
    return [name for name in order if name in asked] or list(otherwise)


def answer_by_number(query: Query, session: Session) -> Reply:
    """Tells of the tasks with the numbers that a question names."""
    documents = session.with_tasks(query.documents) if query.documents else None
    if query.unknown_document and not query.documents:
        return no_such_document(query.unknown_document, session)
    if query.documents and not documents and session.unreadable(query.documents):
        return table_unreadable(query.documents, session)
    if query.documents and not documents:
        return no_such_task(query.tasks[0], query.documents, session)
    for ref in query.tasks:
        if spread := _many_places(ref, documents, session):
            return _ask_which_of_many(ref, spread, query, session)
    found = [(ref, _numbered_there(ref, query, documents, session)) for ref in query.tasks]
    missing = [ref for ref, tasks in found if not tasks]
    if missing and len(missing) == len(found):
        return no_such_task(missing[0], documents, session)
    tasks = [task for _, tasks in found for task in tasks]
    crowded = next(((ref, tasks) for ref, tasks in found if len(tasks) > MAX_PLACES), None)
    if crowded:
        return _ask_which(crowded[0], crowded[1], query, session)
    return tell(tasks, query, session, number=query.tasks[0].number if len(query.tasks) == 1 else None)


def _numbered_there(ref: TaskRef, query: Query, documents: Sequence[str] | None, session: Session) -> list[Task]:
    """The tasks with a number; outside of the section that was only spoken of before, where that holds none."""
    tasks = tasks_numbered(ref, documents, session)
    if tasks or query.documents_from != "context" or ref.section is None or query.section:
        return tasks
    return tasks_numbered(ref.model_copy(update={"section": None}), documents, session)


def tasks_named(query: Query, session: Session) -> list[Task]:
    """The tasks with the numbers that a question names, in the documents meant."""
    documents = session.with_tasks(query.documents) if query.documents else None
    return [task for ref in query.tasks for task in tasks_numbered(ref, documents, session)]


def tasks_numbered(ref: TaskRef, documents: Sequence[str] | None, session: Session) -> list[Task]:
    """The tasks with a number, in some documents (None = all)."""
    if ref.number == LAST:
        return _last_tasks(ref, documents, session)
    return session.tasks(_numbered(ref, documents))


def _numbered(ref: TaskRef, documents: Sequence[str] | None) -> TaskFilter:
    scope = (ref.document,) if ref.document else tuple(documents) if documents else None
    return TaskFilter(documents=scope, number=None if ref.number == LAST else ref.number, section=ref.section)


def _many_places(ref: TaskRef, documents: Sequence[str] | None, session: Session) -> dict[str, int]:
    """The documents with how many tasks of a number each, where they are more than can be offered; else none."""
    among = len(documents or session.shelf.catalogue.cards)
    if ref.document or ref.number == LAST or among <= MAX_CHOICES:
        return {}
    spread = session.store.spread(_numbered(ref, documents))
    return spread if len(spread) > MAX_CHOICES else {}


def _ask_which_of_many(ref: TaskRef, spread: Mapping[str, int], query: Query, session: Session) -> Reply:
    """Asks back which document is meant, where a number stands in very many: the newest are offered."""
    newest = session.shelf.catalogue.newest(spread, MAX_CHOICES)
    tasks = tasks_numbered(ref, newest, session)
    tasks.sort(key=lambda task: newest.index(task.document))
    choices = _choices(ref, tasks, query, session)
    lines = [
        say("answers.which_task_of_many", number=ref.number, total=sum(spread.values())),
        say("answers.numbered_choices", labels=[choice.label for choice in choices]),
    ]
    return Reply(status=Status.CLARIFY, text="\n".join(lines), choices=tuple(choices))


def _last_tasks(ref: TaskRef, documents: Sequence[str] | None, session: Session) -> list[Task]:
    """The last task of each document, or of a section of it."""
    wanted = TaskFilter(documents=tuple(documents) if documents else None, section=ref.section)
    return list({task.document: task for task in session.tasks(wanted)}.values())


def tell(tasks: Sequence[Task], query: Query, session: Session, number: str | None = None) -> Reply:
    """Tells of one task in full, or of several briefly."""
    if len(tasks) == 1:
        held = [name for name in _ALL if not lacks_column(tasks[0], name)]
        told = attributes_of(query, held)
        told += cells_for_rest(tasks[0], query, told)
        text = say("answers.task_card", task=values_told(tasks, session)[0], attributes=told)
    else:
        values = values_told(tasks, session)
        text = say("answers.tasks_brief", tasks=values, number=number, attributes=attributes_of(query, _BRIEF))
    if number and not query.documents:
        text = "\n".join([text, *_notes_on_lost_tables(number, session)])
    if query.days_left and len(tasks) <= BRIEF:
        text = "\n".join([*(_days_left(task, query, session) for task in tasks), "", text])
    elif query.late and len(tasks) <= BRIEF:
        text = "\n".join([*(_lateness(task, session) for task in tasks), "", text])
    several = len(tasks) > 1
    return Reply(
        status=Status.ANSWERED,
        text=text,
        tasks=tuple(map(session.view, tasks)),
        citations=tuple(map(session.cite, tasks)),
        choices=tuple(task_choice(task, query, session) for task in tasks[:MAX_CHOICES]) if several else (),
    )


def _lateness(task: Task, session: Session) -> str:
    """Whether a task is late today, or why that cannot be said."""
    due, left = _due_and_left(task, session)
    return say(
        "answers.lateness",
        number=task.number,
        today=day(session.today),
        due=day(due) if due else None,
        left=left,
        kind=str(task.deadline.kind),
        words=task.deadline.text,
        tentative=task.deadline.tentative,
    )


def _due_and_left(task: Task, session: Session) -> tuple[dt.date | None, int | None]:
    """The next day on which a task is due, or the last one where it is over, with the days from today."""
    deadline = task.deadline
    firm = None if deadline.tentative else deadline.due
    due = next_due(deadline, session.today) or (firm if is_overdue(deadline, session.today) else None)
    return due, (due - session.today).days if due else None


def _days_left(task: Task, query: Query, session: Session) -> str:
    """How many days lie between today and the day on which a task is due, with both days."""
    deadline = task.deadline
    due, left = _due_and_left(task, session)
    return say(
        "answers.days_between",
        number=task.number,
        today=day(session.today),
        due=day(due) if due else None,
        left=left,
        working=working_days(session.today, due) if due and query.working_days else None,
        words=deadline.text,
        tentative=deadline.tentative,
    )


def _notes_on_lost_tables(number: str, session: Session) -> list[str]:
    """A note for each document that should have a task of this number but whose table was lost."""
    cards = [
        c for c in session.unreadable(None) if number.isdigit() and int(number) <= (c.document.declared_tasks or 0)
    ]
    return [say("answers.unreadable_table", document=session.name(card.document.id)) for card in cards]


def _ask_which(ref: TaskRef, tasks: Sequence[Task], query: Query, session: Session) -> Reply:
    """Asks back which of many tasks of one number is meant."""
    choices = _choices(ref, tasks, query, session)
    shown, more = choices[:MAX_CHOICES], choices[MAX_CHOICES:]
    lines = [
        say("answers.which_task", number=ref.number, total=len(tasks)),
        say("answers.numbered_choices", labels=[c.label for c in shown], more=[c.label for c in more]),
    ]
    return Reply(status=Status.CLARIFY, text="\n".join(lines), choices=tuple(shown), tasks=())


def _choices(ref: TaskRef, tasks: Sequence[Task], query: Query, session: Session) -> list[Choice]:
    """One choice per task; where they are too many, one per document with its sections."""
    if len(tasks) <= MAX_CHOICES or len({task.document for task in tasks}) == 1:
        titled = len(tasks) <= MAX_CHOICES
        return [task_choice(task, query, session, titled=titled) for task in tasks]
    by_document: dict[str, list[Task]] = {}
    for task in tasks:
        by_document.setdefault(task.document, []).append(task)
    return [
        task_choice(group[0], query, session) if len(group) == 1 else _document_choice(ref, group, query, session)
        for group in by_document.values()
    ]


def task_choice(task: Task, query: Query, session: Session, *, titled: bool = False) -> Choice:
    """A task as a choice; picking it asks the same attributes of it."""
    document = session.name(task.document)
    label = say("answers.choice_task", number=task.number, section=task.section, document=document)
    if titled:
        title = session.values(task)["short_title"]
        label = say("answers.choice_titled", number=task.number, section=task.section, document=document, title=title)
    say_again = say("answers.choice_task", number=task.number, section=task.section, document=document)
    return Choice(label=label, say=_with_attributes(say_again, query))


def _document_choice(ref: TaskRef, tasks: Sequence[Task], query: Query, session: Session) -> Choice:
    document = session.name(tasks[0].document)
    sections = [task.section or "" for task in tasks]
    label = say("answers.choice_sections", number=ref.number, document=document, sections=sections)
    return Choice(
        label=label,
        say=_with_attributes(say("answers.choice_task", number=ref.number, section=None, document=document), query),
    )


def _with_attributes(words: str, query: Query) -> str:
    asked = [say("answers.attribute_words", name=name) for name in attributes_of(query, ())]
    return f"{words}: {', '.join(asked)}" if asked else words


def no_such_document(name: str, session: Session) -> Reply:
    """The document that a question names is not here."""
    catalogue = session.shelf.catalogue
    shown = catalogue.ids if len(catalogue.ids) <= _MAX_NAMED else catalogue.newest(catalogue.ids, _MAX_NAMED)
    known = [session.name(document) for document in shown]
    text = say("endings.no_such_document", name=name, known=known, more=len(catalogue.ids) - len(known))
    return Reply(status=Status.NOT_FOUND, text=text)


def table_unreadable(documents: tuple[str, ...], session: Session) -> Reply:
    """The table of the document that a question names was lost: said, never guessed."""
    card = session.unreadable(documents)[0]
    text = say("endings.table_unreadable", document=session.name(card.document.id))
    debris = session.shelf.records.passages_of(card.document.id, roles=["debris"])
    citations = [cite_passage(debris[0], session.text_of(card.document.id))] if debris else []
    return Reply(status=Status.NOT_FOUND, text=text, citations=tuple(citations))


def no_such_task(ref: TaskRef, documents: Sequence[str] | None, session: Session) -> Reply:
    """No task bears the number: says how many there are, and where else the number stands."""
    catalogue = session.shelf.catalogue
    shown = documents or [card.id for card in catalogue.cards if card.tasks]
    rows = [{"words": _extent(document, session, ref.section)} for document in shown[:_MAX_NAMED]]
    if len(shown) > _MAX_NAMED:
        rows = [{"words": say("endings.documents_extent", count=len(shown))}]
    others = set(session.store.spread(_numbered(ref, None))).difference(shown) if documents else set()
    named = sorted(catalogue.newest(others, _MAX_NAMED), key=catalogue.position.__getitem__)
    elsewhere = list(dict.fromkeys(session.name(document) for document in named))
    text = say(
        "endings.no_such_task",
        number=ref.number,
        section=ref.section,
        rows=rows,
        elsewhere=elsewhere,
        more=len(others) - len(named),
    )
    return Reply(status=Status.NOT_FOUND, text=text)


def _extent(document: str, session: Session, section: str | None = None) -> str:
    tasks = session.tasks(TaskFilter(documents=(document,)))
    sections = len({task.section for task in tasks if task.section})
    return say(
        "endings.document_extent",
        document=session.name(document),
        count=len(tasks),
        first=tasks[0].number if tasks else None,
        last=tasks[-1].number if tasks else None,
        sections=sections,
        section=section,
        within=sum(task.section == section for task in tasks if section),
    )
