"""Answers by words: a task that is described, or a quotation from the best passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer.differing import Other, differing_passage, differing_prose, differing_row
from assistant.answer.guess import guess
from assistant.answer.many import ask_which_document
from assistant.answer.session import Session
from assistant.answer.sought import ABOUT_TASKS, in_other_words, more_in_other_words, sought_by
from assistant.answer.tasks import BRIEF, attributes_of, no_such_document, task_choice, tasks_named, tell
from assistant.answer.wording import cite_heading, cite_passage, passage_locator, readable, shorten
from assistant.find import CLOSE, ENOUGH, NAMED_BONUS, TOLD_FIRST, FoundPassage, FoundTask, part_of
from assistant.library import passage_heading
from assistant.reply import Citation, Reply, Status
from assistant.understand.follow_ups import ASKS
from assistant.understand.lexicon import GOES_TO, TIMES, TOLD_BY, WHENEVER, WHITHER
from assistant.understand.query import Ask, Attribute, Query
from corpus.records import Passage, Quality, Span, Task
from corpus.sentences import clauses, sentences
from corpus.vietnamese import fold, words
from prompts import say
from retrieval.coverage import Sought, coverage
from retrieval.duplicates import grouped

_LONG_QUOTE = 420
_NAMES_DAY = re.compile(r"\bngay \d|(?<![\d/])\d{1,2}/\d{1,2}(?!\d)|\bthang \d|\bquy (?:[ivx]+|\d)\b")
_MAX_QUOTES = 3
_MOST_ALSO = 5  # places that are named for one quotation
_SAME = 0.04
_TELLING = 0.7  # share of the best score below which a task that explains less is no answer beside the best one
_LONGER = 2.5  # times the words of the best task: what a row so long holds of the question, it may hold in passing
_FAR_AHEAD = 2.0  # times the score of the best task
_AHEAD = 0.2  # how far prose may be ahead of a row that says who, what or whom
_ALL = 0.995  # coverage by prose that holds all of the question
_NEAREST = 0.36  # coverage from which on something found is worth naming where nothing was
_SURE_HERE = 0.78  # coverage in the documents of the unit from which on no others are looked at
_FAR_MORE = 0.3  # how much more of a question others must explain to go before those of the unit
_PERHAPS = 0.45  # coverage from which on something of the document asked about may be what was meant
_BESIDE = 0.6  # of the coverage of the best passage
_IN_PART = 0.5  # the same where it stands in the same part and says what else was asked
_PERIODS = {
    "half": re.compile(r"\b(?:0?6|sau) thang\b"),
    "nine": re.compile(r"\b(?:0?9|chin) thang\b"),
    "quarter": re.compile(r"\b(?:hang )?quy\b(?! (?:che|dinh|trinh|hoach|mo)\b)"),
    "year": re.compile(r"\bnam\b(?! 20)"),
}
_PARTS_OF_YEAR = re.compile(r"\b(?:dau|cuoi|giua) nam\b")
_WHOLE_YEAR = re.compile(r"\bnam\b(?! 20)")
_SURELY = 0.72  # coverage from which on another document is said to hold what was asked of one
_MOST_PLACES = 40  # documents whose outlines are gone through
_DOUBTED = 0.14  # where a question offers answers, each may stand in another passage


def answer_by_words(query: Query, session: Session) -> Reply:
    """Finds what a question describes: tasks where it asks of a task, else the passage that says it."""
    if query.unknown_document and not query.documents:
        return no_such_document(query.unknown_document, session)
    sought = sought_by(query)
    tasks, passages = _found(query, session, sought)
    if own := _own_in_other_words(query, session, tasks, passages):
        return _choose(query, session, in_other_words(query, sought), *own)
    if max(_best(tasks), _best(passages)) < enough(query):
        sought = in_other_words(query, sought)
        tasks, passages = _found(query, session, sought)
        if max(_best(tasks), _best(passages)) < enough(query) + more_in_other_words(query):
            session.guess = guess(query, session.shelf, sought, tasks, passages)
            return _guessed(query, session, sought) or not_found(query, session, sought, tasks, passages)
    return _choose(query, session, sought, tasks, passages)


def _own_in_other_words(
    query: Query, session: Session, tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]
) -> tuple[list[FoundTask], list[FoundPassage]] | None:
    """What the documents of the person's unit hold in other words, where those of others were found by the words as
    typed and explain no more of the question; None where it is not so."""
    scope = scope_of(query, session)
    best = max(_best(tasks), _best(passages))
    first = [f.task.document for f in tasks[:1]] + [f.passage.document for f in passages[:1]]
    elsewhere = set(first) - set(scope or ())
    if query.documents_from != "unit" or best < enough(query) or not elsewhere:
        return None
    sought = in_other_words(query, sought_by(query))
    here = session.find_tasks(sought, scope), session.find_passages(sought, scope, told_by=_told_by(query))
    least = max(best, enough(query) + more_in_other_words(query))
    return here if max(_best(here[0]), _best(here[1])) >= least else None


def _guessed(query: Query, session: Session, sought: Sought) -> Reply | None:
    """The nearest thing where it is likely meant, said to be only that; None where it is not."""
    nearest = session.guess
    if nearest is None or nearest.likelihood < session.least_likelihood:
        return None
    found = nearest.found
    reply = (
        tell([found.task], query, session) if isinstance(found, FoundTask) else _quoted([found], query, session, sought)
    )
    return reply.model_copy(update={"text": f"{say('answers.in_other_words')}\n{reply.text}"})


def _found(query: Query, session: Session, sought: Sought) -> tuple[list[FoundTask], list[FoundPassage]]:
    """The tasks and passages for what is sought: in the documents meant, in all where they are only guessed."""
    scope = scope_of(query, session)
    told_by = _told_by(query)
    tasks, passages = session.find_tasks(sought, scope), session.find_passages(sought, scope, told_by=told_by)
    here = max(_best(tasks), _best(passages))
    if query.documents_from not in ("unit", "weak", "context") or here >= (
        _SURE_HERE if query.documents_from == "unit" else ENOUGH
    ):
        return tasks, passages
    everywhere = session.find_tasks(sought), session.find_passages(sought, told_by=told_by)
    there = max(_best(everywhere[0]), _best(everywhere[1]))
    if here >= ENOUGH:
        return everywhere if there >= max(_SURELY, here + _FAR_MORE) else (tasks, passages)
    return (tasks, passages) if here >= max(enough(query), there - _SAME) else everywhere


def _told_by(query: Query) -> tuple[str, str] | None:
    """The patterns of passages that tell the attribute asked about."""
    return next((TOLD_BY[attribute] for attribute in query.attributes if attribute in TOLD_BY), None)


def scope_of(query: Query, session: Session) -> tuple[str, ...] | None:
    return session.shelf.catalogue.family(query.documents) if query.documents else None


def _best(found: Sequence[FoundTask] | Sequence[FoundPassage]) -> float:
    return found[0].coverage if found else 0.0


def _choose(
    query: Query,
    session: Session,
    sought: Sought,
    tasks: Sequence[FoundTask],
    passages: Sequence[FoundPassage],
) -> Reply:
    best_task, best_passage = _best(tasks), _best(passages)
    plain = bool(passages) and passages[0].telling >= 1.0 and best_passage >= _ALL
    loosely = plain or Attribute.PRODUCT in query.attributes  # "kết quả" is often no product
    told_by_prose = _charges_section(session, sought, tasks, passages) or _says_what_rows_do_not(tasks, passages)
    dated = bool(passages) and re.search(WHENEVER, fold(passages[0].passage.text)) is not None
    ahead = CLOSE if loosely else _AHEAD
    if _prefers_task(query, best_task, best_passage, ahead, dated=dated) and not told_by_prose:
        told = _tell_tasks(query, session, tasks)
        return _with_other_prose(told, query, session, sought, tasks, passages)
    passages = of_period_asked(query, passages)
    return _with_other_row(quote(query, session, sought, passages), query, session, tasks, passages)


def _says_what_rows_do_not(tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]) -> bool:
    """Whether prose tells all that is asked, where so many tasks would fit that it had to be asked back which."""
    if not tasks or not passages or passages[0].telling < 1.0 or passages[0].coverage < _ALL:
        return False
    top = tasks[0]
    rivals = [f for f in tasks if f.task.document == top.task.document and f.coverage >= top.coverage - _SAME]
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


def enough(query: Query) -> float:
    """The coverage from which on a text is an answer: less is needed where the document was named."""
    return ENOUGH - NAMED_BONUS.get(query.documents_from, 0.0)


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
        return best_task >= best_passage - (_SAME if dated else ahead)
    bare = not ASKS.search(" ".join(query.search))  # nothing but a topic: "trợ lý ảo", "việc về khen thưởng"
    return best_task > best_passage + (-CLOSE if query.about_work or bare else _SAME)


def _tell_tasks(query: Query, session: Session, found: Sequence[FoundTask]) -> Reply:
    """The best task of each document that is about as good as the best of all; asks back among equals."""
    top = found[0].coverage
    near = [f for f in found if f.coverage >= max(enough(query), top - CLOSE)]
    chosen = [f for f in _one_per_document(near) if _is_beside(f, found[0])]
    rivals = [f for f in near if f.task.document == chosen[0].task.document and f.coverage >= top - _SAME]
    if len(chosen) == 1 and len(rivals) > 1:
        return _among_rivals(query, session, [f.task for f in rivals])
    return tell([f.task for f in chosen[:_MAX_QUOTES]], query, session)


def _is_beside(item: FoundTask, best: FoundTask) -> bool:
    """Whether a task is told beside the best one: it says nearly as much of what is asked, and not just in passing."""
    if item.score >= _TELLING * best.score:
        return True
    longer = len(words(item.task.title)) > _LONGER * len(words(best.task.title))
    return item.coverage >= best.coverage - _SAME and not longer


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


def quote(query: Query, session: Session, sought: Sought, found: Sequence[FoundPassage]) -> Reply:
    """Quotes the best passage, and one of each other document that says about the same; what says quite the same is
    named with its place."""
    best = _near_best(query, found)
    near = [*best[:1], *_saying_whither(query, found), *best[1:]]
    return _quoted(near[:_MAX_QUOTES], query, session, sought, near[_MAX_QUOTES:])


def _saying_whither(query: Query, found: Sequence[FoundPassage]) -> list[FoundPassage]:
    """The passage of the same part that says to whom something goes, where that is asked and the best one does not."""
    if not WHITHER.search(" ".join(query.search)) or GOES_TO.search(fold(found[0].passage.text)):
        return []
    top = found[0]
    beside = (p for p in found[1:] if p.passage.document == top.passage.document)
    near = (p for p in beside if part_of(p.passage) == part_of(top.passage) and p.coverage >= top.coverage * _IN_PART)
    return [p for p in near if GOES_TO.search(fold(p.passage.text))][:1]


def _quoted(
    found: Sequence[FoundPassage],
    query: Query,
    session: Session,
    sought: Sought,
    others: Sequence[FoundPassage] = (),
) -> Reply:
    """Quotes passages, each with the places of those (also of ``others``) that say the same."""

    def cited(item: FoundPassage) -> Citation:
        return cite_passage(
            item.passage, session.text_of(item.passage.document), telling_part(item.passage, sought, session)
        )

    quotes = [(item, cited(item)) for item in (*found, *others)]
    groups = grouped(quotes, lambda quote: quote[1].quote, lambda quote: quote[1].document)
    groups = [group for group in groups if group.first in quotes[: len(found)]]
    findings, citations = [], []
    for group in groups:
        item, citation = group.first
        told = [other for _, other in group.also[:_MOST_ALSO]]
        citations += [citation, *_who(query, item.passage, session), *told]
        places = [{"document": session.name(other.document), "locator": other.locator} for other in told]
        more = len(group.also) - len(told)
        findings.append(finding(item.passage, citation, session) | {"also": places, "more": more})
    return Reply(status=Status.ANSWERED, text=say("answers.prose", findings=findings), citations=tuple(citations))


def of_period_asked(query: Query, found: Sequence[FoundPassage]) -> Sequence[FoundPassage]:
    """The passages with the one on the yearly report (or half-yearly, quarterly) first, where that was asked about
    and the best one, beside it in the same place, is on another."""
    wanted = _periods(" ".join(query.words))
    if not found or not wanted or wanted & _periods(fold(found[0].passage.text)):
        return found
    top = found[0]
    fit = [
        item
        for item in found
        if (item.passage.document, item.passage.path) == (top.passage.document, top.passage.path)
        and item.coverage >= top.coverage * _BESIDE
        and wanted & _periods(fold(item.passage.text))
    ]
    if not fit:
        return found
    first = replace(fit[0], coverage=top.coverage)
    return [first, *(item for item in found if item is not top and item is not fit[0])]


def _periods(words: str) -> set[str]:
    """The periods of reports that folded words name."""
    found = {name for name, pattern in _PERIODS.items() if pattern.search(words)}
    return found - {"year"} if len(found) > 1 and not _WHOLE_YEAR.search(_PARTS_OF_YEAR.sub("", words)) else found


def _who(query: Query, passage: Passage, session: Session) -> list[Citation]:
    """The heading above a passage as a citation, where it was asked who: there stand the bodies addressed."""
    if not ABOUT_TASKS & set(query.attributes):
        return []
    heading = cite_heading(passage, session.text_of(passage.document))
    return [heading] if heading else []


def _near_best(query: Query, found: Sequence[FoundPassage]) -> list[FoundPassage]:
    """The best passage of each document that is about as good as the best of all; two where answers are offered."""
    close, each = (_DOUBTED, 2) if query.doubted else (_SAME, 1)
    near = [item for item in found if item.coverage >= max(enough(query), found[0].coverage - close)]
    taken: dict[str, int] = {}
    chosen = []
    for item in near:
        taken[item.passage.document] = taken.get(item.passage.document, 0) + 1
        if taken[item.passage.document] <= each:
            chosen.append(item)
    return chosen


def finding(passage: Passage, citation: Citation, session: Session) -> dict[str, object]:
    return {
        "document": session.name(passage.document),
        "locator": citation.locator,
        "heading": _heading(passage),
        "quote": readable(citation.quote),
        "damaged": session.card(passage.document).document.quality is Quality.OCR,
        "also": (),
        "more": 0,
    }


def _heading(passage: Passage) -> str:
    """The title right above a passage, without its number, short."""
    titles = [t for t in passage.headings if not re.match(r"(?i)ph[uụ]\s+l[uụ]c", t)]
    if not titles:
        return ""
    return shorten(re.sub(r"^(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s*", "", titles[-1]).rstrip(" :.;"), 90)


def telling_part(passage: Passage, sought: Sought, session: Session) -> Span:
    """The part of a passage to quote: all of it if short, else the sentences, else the clauses that tell most."""
    if passage.span.end - passage.span.start <= _LONG_QUOTE:
        return passage.span
    text = session.text_of(passage.document)
    if _by_heading(passage, sought, session):
        return _opening(passage, text)
    part = _best_part(list(sentences(text, passage.span.start, passage.span.end)), passage, sought, session)
    if part.end - part.start <= 2 * _LONG_QUOTE:
        return part
    return _best_part(list(clauses(text, part.start, part.end)), passage, sought, session)


def _by_heading(passage: Passage, sought: Sought, session: Session) -> bool:
    """Whether it is the words above a passage that were asked for, so that all of it is the answer."""
    rarity = session.shelf.index.rarity
    above = coverage(sought, "", passage_heading(passage), rarity)
    return above > 0 and coverage(sought, passage.text, passage_heading(passage), rarity) < above + CLOSE


def _opening(passage: Passage, text: str) -> Span:
    """The first sentences of a passage, as many as make a long quotation."""
    end = passage.span.start
    for sentence in sentences(text, passage.span.start, passage.span.end):
        if end > passage.span.start and sentence.end - passage.span.start > 2 * _LONG_QUOTE:
            break
        end = sentence.end
    return Span(start=passage.span.start, end=end)


def _best_part(parts: Sequence[Span], passage: Passage, sought: Sought, session: Session) -> Span:
    """The part that explains most, widened to its neighbours while they add something and it stays short."""
    text = session.text_of(passage.document)
    rarity = session.shelf.index.rarity
    damaged = session.card(passage.document).document.quality is Quality.OCR

    def explained(first: int, last: int) -> float:
        piece = text[parts[first].start : parts[last].end]
        return coverage(sought, piece, passage_heading(passage), rarity, damaged=damaged)

    first = last = max(range(len(parts)), key=lambda i: explained(i, i))
    best = explained(first, last)
    while True:
        wider = [(a, b) for a, b in ((first - 1, last), (first, last + 1)) if a >= 0 and b < len(parts)]
        gains = [(explained(a, b), -abs(b - last), a, b) for a, b in wider]
        gains = [g for g in gains if g[0] > best + 0.02 and parts[g[3]].end - parts[g[2]].start <= 2 * _LONG_QUOTE]
        if not gains:
            return _with_day(parts, first, last, sought, text)
        best, _, first, last = max(gains)


def _with_day(parts: Sequence[Span], first: int, last: int, sought: Sought, text: str) -> Span:
    """The parts from ``first`` to ``last``, with the neighbour that names the day where one was asked for."""
    chosen = Span(start=parts[first].start, end=parts[last].end)
    if not set(sought.expects) & set(TIMES) or _NAMES_DAY.search(fold(text[chosen.start : chosen.end])):
        return chosen
    for a, b in ((first, last + 1), (first - 1, last)):
        if a < 0 or b >= len(parts) or parts[b].end - parts[a].start > 2 * _LONG_QUOTE:
            continue
        added = parts[b] if b > last else parts[a]
        if _NAMES_DAY.search(fold(text[added.start : added.end])):
            return Span(start=parts[a].start, end=parts[b].end)
    return chosen


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
    nearest = ""
    if max(_best(tasks), _best(passages)) >= _NEAREST:
        nearest = _nearest(session, tasks, passages)
    lost = session.unreadable(query.documents or None)
    if lost and query.documents_from == "named":
        name = session.name(lost[0].document.id)
        text = say("endings.not_found_readable", document=name, nearest=nearest)
        return Reply(status=Status.NOT_FOUND, text=text)
    return Reply(status=Status.NOT_FOUND, text=say("endings.not_found", nearest=nearest))


def _elsewhere(query: Query, session: Session, sought: Sought) -> Reply | None:
    """That the document named does not hold it, and where another one does; None where none does."""
    asked = scope_of(query, session)
    if query.documents_from != "named" or asked is None:
        return None
    near = session.find_tasks(sought, asked), session.find_passages(sought, asked)
    perhaps = max(_best(near[0]), _best(near[1])) >= _PERHAPS  # what is near may be it in other words: no "no"
    tasks = [f for f in session.find_tasks(sought) if f.task.document not in asked and _surely(f, f.task.title, query)]
    found = (f for f in session.find_passages(sought) if f.passage.document not in asked)
    passages = [f for f in found if _surely(f, f.passage.text, query)]
    if not tasks and not passages:
        return None
    tasks = tasks if _best(tasks) >= _best(passages) - _SAME else []
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
    return found.coverage >= _SURELY and all(re.search(rf"(?<!\d){claim.figure}\D", text) for claim in query.claims)


def _nearest(session: Session, tasks: Sequence[FoundTask], passages: Sequence[FoundPassage]) -> str:
    if _best(tasks) >= _best(passages):
        task = tasks[0].task
        return say(
            "endings.nearest_task",
            number=task.number,
            section=task.section,
            document=session.name(task.document),
            title=shorten(task.title, 90),
        )
    passage = passages[0].passage
    return say(
        "endings.nearest_passage",
        document=session.name(passage.document),
        locator=passage_locator(passage),
        heading=_heading(passage),
    )


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
        under = [p for p in session.store.passages_of(document) if _is_under(p.path, query.place or "")]
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
