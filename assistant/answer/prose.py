"""Answers by words: a task that is described, or a quotation from the best passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer.differing import Other, differing_passage, differing_prose, differing_row
from assistant.answer.guess import LIKELY, guess
from assistant.answer.many import ask_which_document
from assistant.answer.quoting import (
    MOST_QUOTES,
    SAME,
    best_of,
    enough,
    finding,
    of_bound_asked,
    of_period_asked,
    of_stage_asked,
    quote,
    quoted,
    scope_of,
    telling_part,
)
from assistant.answer.rest import with_rest
from assistant.answer.session import Session
from assistant.answer.sought import ABOUT_TASKS, in_other_words, more_in_other_words, sought_by
from assistant.answer.tasks import BRIEF, attributes_of, no_such_document, task_choice, tasks_named, tell
from assistant.answer.unfound import SURELY, not_found
from assistant.answer.wording import cite_passage, readable
from assistant.find import CLOSE, ENOUGH, TOLD_FIRST, FoundPassage, FoundTask, Telling
from assistant.library import passage_heading, task_body
from assistant.reply import Citation, Reply, Status
from assistant.understand.follow_ups import ASKS
from assistant.understand.lexicon import FROM_FUNDS, TOLD_BY, WHENEVER
from assistant.understand.query import Ask, Attribute, Query
from corpus.records import Quality, Span, Task
from corpus.vietnamese import fold, words
from prompts import say
from retrieval.coverage import Sought, coverage

_TELLING = 0.7  # share of the best score below which a task that explains less is no answer beside the best one
_LONGER = 2.5  # times the words of the best task: what a row so long holds of the question, it may hold in passing
_FAR_AHEAD = 2.0  # times the score of the best task
_AHEAD = 0.2  # how far prose may be ahead of a row that says who, what or whom
_ALL = 0.995  # coverage by prose that holds all of the question
_SURE_HERE = 0.78  # coverage in the documents of the unit from which on no others are looked at
_FAR_MORE = 0.3  # how much more of a question others must explain to go before those of the unit
_KIND_OF_BODY = re.compile(r"\b(so|phong|ban|trung tam|chi cuc|van phong|hoi|cong an) nao\b")
_NUMBERED = r"\W*(?:(?:[ivx]+|\d+|[a-z])[.)]\s*)?(?:giao |de nghi )?"
_MOST_PLACES = 40  # documents whose outlines are gone through


def answer_by_words(query: Query, session: Session) -> Reply:
    """Finds what a question describes: tasks where it asks of a task, else the passage that says it."""
    if query.unknown_document and not query.documents:
        return no_such_document(query.unknown_document, session)
    sought = sought_by(query)
    tasks, passages = _found(query, session, sought)
    if own := _own_in_other_words(query, session, tasks, passages):
        return _choose(query, session, in_other_words(query, sought), *own)
    if max(best_of(tasks), best_of(passages)) < enough(query):
        sought = in_other_words(query, sought)
        tasks, passages = _found(query, session, sought)
        wanted = enough(query) + more_in_other_words(query)
        held = bool(tasks or passages) and _holds_a_word(query, session, tasks, passages)
        if max(best_of(tasks), best_of(passages)) < wanted or not held:
            if funds := _funds_of_plan(query, session):
                return funds
            session.guess = guess(query, session.shelf, sought, tasks, passages)
            return _guessed(query, session, sought, held=held) or not_found(query, session, sought, tasks, passages)
    return _choose(query, session, sought, tasks, passages)


def _funds_of_plan(query: Query, session: Session) -> Reply | None:
    """What a plan says of the money for it, where that is asked and no single thing of it is found; None where it says
    nothing of it, or where no plan is meant."""
    if FROM_FUNDS.pattern not in query.expects or not query.documents:
        return None
    for document in query.documents:
        for passage in session.shelf.records.passages_of(document, roles=["body"]):
            above = fold(" ".join(passage.headings))
            if "kinh phi" in above and FROM_FUNDS.search(fold(passage.text)):
                found = FoundPassage(passage, 1.0, 0.0)
                return quoted([found], query, session, Sought(("kinh", "phi")))
    return None


def _holds_a_word(query: Query, session: Session, tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]) -> bool:
    """Whether the best thing found in other words holds anything of the question as it was typed."""
    sought, rarity = replace(sought_by(query), expects=(), figures=()), session.shelf.index.rarity
    if best_of(tasks) >= best_of(passages):
        return coverage(sought, task_body(tasks[0].task), "", rarity) > 0
    passage = passages[0].passage
    damaged = session.card(passage.document).quality is Quality.OCR
    return coverage(sought, passage.text, passage_heading(passage), rarity, damaged=damaged) > 0


def _own_in_other_words(
    query: Query, session: Session, tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]
) -> tuple[list[FoundTask], list[FoundPassage]] | None:
    """What the documents of the person's unit hold in other words, where those of others were found by the words as
    typed and explain no more of the question; None where it is not so."""
    scope = scope_of(query, session)
    best = max(best_of(tasks), best_of(passages))
    first = [f.task.document for f in tasks[:1]] + [f.passage.document for f in passages[:1]]
    elsewhere = set(first) - set(scope or ())
    if query.documents_from != "unit" or best < enough(query) or not elsewhere:
        return None
    sought = in_other_words(query, sought_by(query))
    here = session.find_tasks(sought, scope), session.find_passages(sought, scope, told_by=_told_by(query))
    least = max(best, enough(query) + more_in_other_words(query))
    return here if max(best_of(here[0]), best_of(here[1])) >= least else None


def _guessed(query: Query, session: Session, sought: Sought, *, held: bool) -> Reply | None:
    """The nearest thing where it is likely meant, said to be only that; None where it is not. ``held``: it holds
    something of the question as it was typed."""
    nearest = session.guess
    if nearest is None or nearest.likelihood < session.least_likelihood:
        return None
    found = nearest.found
    reply = (
        tell([found.task], query, session) if isinstance(found, FoundTask) else quoted([found], query, session, sought)
    )
    return reply.model_copy(
        update={"text": f"{say('answers.in_other_words', likely=held and nearest.likelihood >= LIKELY)}\n{reply.text}"}
    )


def _found(query: Query, session: Session, sought: Sought) -> tuple[list[FoundTask], list[FoundPassage]]:
    """The tasks and passages for what is sought: in the documents meant, in all where they are only guessed."""
    scope = scope_of(query, session)
    told_by = _told_by(query)
    tasks, passages = session.find_tasks(sought, scope), session.find_passages(sought, scope, told_by=told_by)
    here = max(best_of(tasks), best_of(passages))
    above = query.own_office and bool(query.near) and not query.whether  # what its city says is said to it, too
    if not (query.documents_from in ("unit", "weak", "context") or above) or here >= (
        _SURE_HERE if query.documents_from == "unit" else ENOUGH
    ):
        return tasks, passages
    everywhere = _elsewhere(query, session, sought, told_by, only_near=above)
    there = max(best_of(everywhere[0]), best_of(everywhere[1]))
    if here >= ENOUGH:
        return everywhere if there >= max(SURELY, here + _FAR_MORE) else (tasks, passages)
    if there < enough(query):  # what nothing explains is rather meant where the person is at home
        return (tasks, passages) if here >= there - CLOSE else everywhere
    return (tasks, passages) if here >= max(enough(query), there - SAME) else everywhere


def _elsewhere(
    query: Query, session: Session, sought: Sought, told_by: Telling | None, *, only_near: bool
) -> tuple[list[FoundTask], list[FoundPassage]]:
    """The tasks and passages of all documents; where those of the person's city or province answer, of these."""
    if query.near:
        found = session.find_tasks(sought, query.near), session.find_passages(sought, query.near, told_by=told_by)
        if only_near or max(best_of(found[0]), best_of(found[1])) >= ENOUGH:
            return found
    return session.find_tasks(sought), session.find_passages(sought, told_by=told_by)


def _told_by(query: Query) -> Telling | None:
    """How passages tell the attribute asked about: who does it also by the body of the kind asked for above them."""
    attribute = next((attribute for attribute in query.attributes if attribute in TOLD_BY), None)
    if attribute is None:
        return None
    kind = _KIND_OF_BODY.search(" ".join(query.search)) if attribute is Attribute.LEAD else None
    return Telling(*TOLD_BY[attribute], above=rf"{_NUMBERED}{kind[1]}\b" if kind else "")


def _choose(
    query: Query,
    session: Session,
    sought: Sought,
    tasks: Sequence[FoundTask],
    passages: Sequence[FoundPassage],
) -> Reply:
    best_task, best_passage = best_of(tasks), best_of(passages)
    plain = bool(passages) and passages[0].telling >= 1.0 and best_passage >= _ALL
    loosely = plain or Attribute.PRODUCT in query.attributes  # "kết quả" is often no product
    told_by_prose = _charges_section(session, sought, tasks, passages) or _says_what_rows_do_not(tasks, passages)
    dated = bool(passages) and re.search(WHENEVER, fold(passages[0].passage.text)) is not None
    ahead = _AHEAD + CLOSE if query.about_work else CLOSE if loosely else _AHEAD
    silent = bool(passages) and passages[0].telling < 1.0 and bool(ABOUT_TASKS & set(query.attributes))
    ahead_of_row = min(best_passage - CLOSE, passages[0].rank + CLOSE) if passages else 0.0
    row_instead = silent and best_task >= max(ahead_of_row, enough(query) - CLOSE)
    if (row_instead or _prefers_task(query, best_task, best_passage, ahead, dated=dated)) and not told_by_prose:
        told = with_rest(_tell_tasks(query, session, tasks), query, session, sought, passages)
        return _with_other_prose(told, query, session, sought, tasks, passages)
    passages = of_bound_asked(query, of_stage_asked(query, of_period_asked(query, passages)))
    return _with_other_row(quote(query, session, sought, passages), query, session, tasks, passages)


def _says_what_rows_do_not(tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]) -> bool:
    """Whether prose tells all that is asked, where so many tasks would fit that it had to be asked back which."""
    if not tasks or not passages or passages[0].telling < 1.0 or passages[0].coverage < _ALL:
        return False
    top = tasks[0]
    rivals = [f for f in tasks if f.task.document == top.task.document and f.coverage >= top.coverage - SAME]
    return len(rivals) > BRIEF and passages[0].score >= _FAR_AHEAD * top.score


def _charges_section(
    session: Session, sought: Sought, tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]
) -> bool:
    """Whether prose says plainly who has a whole part in charge, where all that the tasks found have of the question
    is the title of the section of that document in which they stand."""
    if not passages or passages[0].telling < TOLD_FIRST:
        return False
    task = tasks[0].task
    told = coverage(sought, "", task.section_title or "", session.shelf.index.rarity)
    same = passages[0].passage.document == task.document
    return same and told >= max(ENOUGH, tasks[0].coverage - CLOSE) and passages[0].coverage >= told - CLOSE


def _with_other_prose(
    reply: Reply,
    query: Query,
    session: Session,
    sought: Sought,
    tasks: Sequence[FoundTask],
    passages: Sequence[FoundPassage],
) -> Reply:
    """The answer from a row of a table, beside the passage that says otherwise, if any."""
    if len(reply.tasks) != 1:
        return reply
    other = differing_passage(tasks[0], query, session, passages, enough(query))
    if other is None:
        return reply
    return _noted(reply, other, other.span or telling_part(other.passage, sought, session), session)


def beside_prose(reply: Reply, query: Query, session: Session) -> Reply:
    """The answer on a task named by number, beside the sentence of prose on the same work that says otherwise."""
    if len(reply.tasks) != 1 or query.ask is not Ask.TASK or not query.attributes:
        return reply
    task = next((t for t in tasks_named(query, session) if session.view(t) == reply.tasks[0]), None)
    other = differing_prose(task, query, session) if task else None
    return _noted(reply, other, other.span or other.passage.span, session) if other else reply


def _noted(reply: Reply, other: Other, span: Span, session: Session) -> Reply:
    citation = cite_passage(other.passage, session.text_of(other.passage.document), span)
    note = say("compare.prose_differs", finding=finding(other.passage, citation, session))
    return reply.model_copy(update={"text": f"{reply.text}\n\n{note}", "citations": (*reply.citations, citation)})


def _with_other_row(
    reply: Reply, query: Query, session: Session, tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]
) -> Reply:
    """The answer from prose, beside the row of a table that says otherwise, if any."""
    told = Span(start=reply.citations[0].start, end=reply.citations[0].end)
    task = differing_row(passages[0], told, query, session, tasks, enough(query))
    if task is None:
        return reply
    note = say("compare.row_differs", task=session.values(task), attributes=attributes_of(query, ("lead", "deadline")))
    return reply.model_copy(
        update={
            "text": f"{reply.text}\n\n{note}",
            "tasks": (session.view(task),),
            "citations": (*reply.citations, session.cite(task)),
        }
    )


def _prefers_task(query: Query, best_task: float, best_passage: float, ahead: float, *, dated: bool = True) -> bool:
    """Whether a task is told rather than a passage, which may be ``ahead`` of it where what a row says is asked, and
    where a deadline is asked that the passage does not say (``dated``)."""
    if best_task < enough(query):
        return False
    if best_passage < enough(query):
        return True
    of_body = query.whether and any(ref.role in ("lead", "coordinate") for ref in query.agencies)
    if ABOUT_TASKS & set(query.attributes) or query.days_left or query.late or of_body:
        return best_task >= best_passage - ahead
    if Attribute.DEADLINE in query.attributes:
        return best_task >= best_passage - (SAME if dated else ahead)
    bare = not ASKS.search(" ".join(query.search))  # nothing but a topic: "trợ lý ảo", "việc về khen thưởng"
    return best_task > best_passage + (-CLOSE if query.about_work or bare else SAME)


def _tell_tasks(query: Query, session: Session, found: Sequence[FoundTask]) -> Reply:
    """The best task of each document that is about as good as the best of all; asks back among equals."""
    top = found[0].coverage
    near = [f for f in found if f.coverage >= min(top, max(enough(query), top - CLOSE))]
    chosen = [f for f in _one_per_document(near) if _is_beside(f, found[0])]
    rivals = [f for f in near if f.task.document == chosen[0].task.document and f.coverage >= top - SAME]
    if len(chosen) == 1 and len(rivals) > 1:
        return _among_rivals(query, session, [f.task for f in rivals])
    return tell([f.task for f in chosen[:MOST_QUOTES]], query, session)


def _is_beside(item: FoundTask, best: FoundTask) -> bool:
    """Whether a task is told beside the best one: it says nearly as much of what is asked, and not just in passing."""
    if item.score >= _TELLING * best.score:
        return True
    longer = len(words(item.task.title)) > _LONGER * len(words(best.task.title))
    return item.coverage >= best.coverage - SAME and not longer


def _one_per_document(found: Sequence[FoundTask]) -> list[FoundTask]:
    first: dict[str, FoundTask] = {}
    for item in found:
        first.setdefault(item.task.document, item)
    return list(first.values())


def _among_rivals(query: Query, session: Session, tasks: Sequence[Task]) -> Reply:
    """Several tasks of one document fit alike: told side by side if few, else asked back."""
    if len(tasks) <= BRIEF:
        return tell(tasks, query, session)
    choices = [task_choice(task, query, session, titled=True) for task in tasks[:5]]
    text = "\n".join(
        [
            say("answers.which_found", total=len(tasks)),
            say("answers.numbered_choices", labels=[choice.label for choice in choices]),
        ]
    )
    return Reply(status=Status.CLARIFY, text=text, choices=tuple(choices))


def answer_place(query: Query, session: Session) -> Reply:
    """Quotes a place of the outline, such as "II.4.a", in the documents meant."""
    catalogue = session.shelf.catalogue
    documents = catalogue.family(query.documents) if query.documents else catalogue.ids
    if len(documents) > _MOST_PLACES:
        held = {document: catalogue.by_id[document].tasks for document in documents}
        return ask_which_document(say("answers.which_document"), held, session)
    parts: list[str] = []
    citations: list[Citation] = []
    for document in documents:
        under = [p for p in session.shelf.records.passages_of(document) if _is_under(p.path, query.place or "")]
        if not under:
            continue
        shown = under[:8]
        citations += [cite_passage(passage, session.text_of(document)) for passage in shown]
        quotes = [readable(citation.quote) for citation in citations[-len(shown) :]]
        locator = say("answers.citation_passage", part="", path=query.place, role="body")
        parts.append(say("answers.place", document=session.name(document), locator=locator, quotes=quotes))
    if not parts:
        names = [session.name(document) for document in documents][:4]
        return Reply(status=Status.NOT_FOUND, text=say("endings.no_such_place", place=query.place, documents=names))
    return Reply(status=Status.ANSWERED, text="\n\n".join(parts), citations=tuple(citations))


def _is_under(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}.")
