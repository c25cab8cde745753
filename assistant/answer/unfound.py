"""What the documents do not hold: that it stands in another one, or what is nearest to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.answer.quoting import (
    SAME,
    best_of,
    heading_of,
    scope_of,
    telling_part,
)
from assistant.answer.session import Session
from assistant.answer.wording import cite_passage, passage_locator, readable, shorten, task_title
from assistant.find import FoundPassage, FoundTask
from assistant.reply import Citation, Reply, Status
from assistant.understand.query import Attribute, Query
from corpus.records import DeadlineKind, Task
from prompts import say
from retrieval.coverage import Sought

_NEAREST = 0.36  # coverage from which on something found is worth naming where nothing was
_NAMED_FROM = 0.33  # the likelihood from which on it is named whatever it explains
_LONGEST = 600  # characters of a quotation where nothing was found
_PERHAPS = 0.45  # coverage from which on something of the document asked about may be what was meant
SURELY = 0.72  # coverage from which on another document is said to hold what was asked of one


def not_found(
    query: Query,
    session: Session,
    sought: Sought,
    tasks: Sequence[FoundTask],
    passages: Sequence[FoundPassage],
) -> Reply:
    """Says that the documents do not hold it, and names the nearest thing."""
    if elsewhere := _elsewhere(query, session, sought):
        return elsewhere
    nearest, citation = "", None
    likely = session.guess is not None and session.guess.likelihood >= _NAMED_FROM
    if likely or max(best_of(tasks), best_of(passages)) >= _NEAREST:
        nearest = _nearest(session, tasks, passages, query.attributes)
        citation = _quotation(session, sought, tasks, passages)
    quote = readable(citation.quote) if citation else ""
    citations = (citation,) if citation else ()
    lost = session.unreadable(query.documents or None)
    if lost and query.documents_from == "named":
        name = session.name(lost[0].document.id)
        text = say("endings.not_found_readable", document=name, nearest=nearest, quote=quote)
        return Reply(status=Status.NOT_FOUND, text=text, citations=citations)
    text = say("endings.not_found", nearest=nearest, quote=quote)
    return Reply(status=Status.NOT_FOUND, text=text, citations=citations)


def _quotation(
    session: Session, sought: Sought, tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]
) -> Citation | None:
    """The words of the nearest passage, where it is no task and may be what was meant: the person then sees at once
    whether it is."""
    guess = session.guess
    if guess is None or best_of(tasks) >= best_of(passages) or guess.found != passages[0]:
        return None
    if not guess.signs.held_pairs and guess.likelihood < _NAMED_FROM:
        return None
    passage = passages[0].passage
    citation = cite_passage(passage, session.text_of(passage.document), telling_part(passage, sought, session))
    return citation if len(citation.quote) <= _LONGEST else None


def _elsewhere(query: Query, session: Session, sought: Sought) -> Reply | None:
    """That the document named does not hold it, and where another one does; None where none does."""
    asked = scope_of(query, session)
    if query.documents_from != "named" or asked is None:
        return None
    near = session.find_tasks(sought, asked), session.find_passages(sought, asked)
    perhaps = max(best_of(near[0]), best_of(near[1])) >= _PERHAPS  # what is near may be it in other words: no "no"
    tasks = [f for f in session.find_tasks(sought) if f.task.document not in asked and _surely(f, f.task.title, query)]
    found = (f for f in session.find_passages(sought) if f.passage.document not in asked)
    passages = [f for f in found if _surely(f, f.passage.text, query)]
    if not tasks and not passages:
        return None
    tasks = tasks if best_of(tasks) >= best_of(passages) - SAME else []
    if tasks:
        citation = session.cite(tasks[0].task)
    else:
        passage = passages[0].passage
        part = telling_part(passage, sought, session)
        citation = cite_passage(passage, session.text_of(passage.document), part)
    names = [session.name(document) for document in query.documents]
    where = _nearest(session, tasks, () if tasks else passages)
    nearest = _nearest(session, *near) if perhaps else ""
    text = say("endings.elsewhere", documents=names, no=query.whether and not perhaps, where=where, nearest=nearest)
    return Reply(status=Status.NOT_FOUND, text=text, citations=(citation,))


def _surely(found: FoundTask | FoundPassage, text: str, query: Query) -> bool:
    """Whether something found in another document is what a question asks for: nearly all its words, its figures."""
    return found.coverage >= SURELY and all(re.search(rf"(?<!\d){claim.figure}\D", text) for claim in query.claims)


def _is_legible(task: Task) -> bool:
    return task.deadline.kind is not DeadlineKind.UNREADABLE


def _nearest(
    session: Session,
    tasks: Sequence[FoundTask],
    passages: Sequence[FoundPassage],
    asked: Collection[Attribute] = (),
) -> str:
    """The nearest thing: a place, or a task with what its row says of the attributes that are asked about."""
    if best_of(tasks) >= best_of(passages):
        task = tasks[0].task
        return say(
            "endings.nearest_task",
            number=task.number,
            section=task.section,
            document=session.name(task.document),
            title=task_title(task, 90),
            lead=[body.name for body in task.lead] if Attribute.LEAD in asked else (),
            coordinate=[body.name for body in task.coordinate] if Attribute.COORDINATE in asked else (),
            deadline=task.deadline.text if Attribute.DEADLINE in asked and _is_legible(task) else "",
            product=shorten(task.product, 120) if Attribute.PRODUCT in asked else "",
        )
    passage = passages[0].passage
    return say(
        "endings.nearest_passage",
        document=session.name(passage.document),
        locator=passage_locator(passage),
        heading=heading_of(passage),
    )
