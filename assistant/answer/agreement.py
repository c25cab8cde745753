"""Whether the prose of a plan and its annex agree: the verdict first, then both places side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.differing import ASKED, differs, speaks
from assistant.answer.duties import Duty, duties_of, said_on
from assistant.answer.quoting import finding, scope_of
from assistant.answer.session import Session
from assistant.answer.sought import sought_by
from assistant.answer.tasks import attributes_of, tasks_named
from assistant.answer.wording import cite_passage
from assistant.reply import Citation, Reply, Status
from assistant.understand.agreement import UNLIKE
from assistant.understand.query import Ask, Attribute, Query
from corpus.records import Task
from prompts import say
from retrieval.coverage import coverage

_CANDIDATES = 5
_MEANT = 0.45  # coverage of the question by a row and its sentence together from which on they are meant
_SHOWN = 3
_DAYS = (Attribute.DEADLINE,)  # all that is compared where no work is named


@dataclass(frozen=True)
class Pair:
    """A row and a sentence of prose on the same work; ``differs`` in what was asked."""

    task: Task
    duty: Duty
    differs: bool


def answer_agreement(query: Query, session: Session) -> Reply | None:
    """Says whether prose and table agree on the work meant, or on the days of all; None where no such work is found."""
    if not query.agreement:
        return None
    every = not (query.words or query.tasks)
    asked = tuple(a for a in ASKED if a in query.attributes) or (_DAYS if every else ASKED)
    if every and (asked != _DAYS or not query.documents):
        return None
    query = query.model_copy(update={"attributes": asked})
    pairs = _all(query, session) if every else _meant(query, session)
    if not pairs:
        return Reply(status=Status.ANSWERED, text=say("compare.no_pair")) if every else None
    differing = [pair for pair in pairs if pair.differs]
    return _side_by_side(differing or pairs[:1], query, session, differs=bool(differing))


def _meant(query: Query, session: Session) -> list[Pair]:
    """The pair that the words of a question explain best, or those of the tasks that it names."""
    if query.ask is Ask.TASK or query.tasks:
        return [pair for task in tasks_named(query, session) for pair in _pairs(task, query, session)][:1]
    sought = sought_by(query)
    best: tuple[float, Pair] | None = None
    for found in session.find_tasks(sought, scope_of(query, session))[:_CANDIDATES]:
        for pair in _pairs(found.task, query, session):
            text = f"{pair.task.title} {pair.duty.text}"
            share = coverage(sought, text, " ".join(pair.duty.passage.headings[-1:]), session.shelf.index.rarity)
            if share >= _MEANT and (best is None or share > best[0]):
                best = share, pair
    return [best[1]] if best else []


def _pairs(task: Task, query: Query, session: Session) -> list[Pair]:
    """A row with the sentence that says otherwise, else with one that says the same."""
    said = list(said_on(task, session, plainly=False))
    differing = [Pair(task, duty, differs=True) for duty in said if differs(task, duty, query, session)]
    alike = [Pair(task, duty, differs=False) for duty in said if speaks(task, duty, query, session)]
    return (differing or alike)[:1]


def _all(query: Query, session: Session) -> list[Pair]:
    """Every row of the documents meant for which prose sets a day."""
    family = session.shelf.catalogue.family(query.documents)
    tasks = (row.task for row in duties_of(family[0], session).rows)
    return [pair for task in tasks for pair in _pairs(task, query, session)]


def _side_by_side(pairs: Sequence[Pair], query: Query, session: Session, *, differs: bool) -> Reply:
    yes = differs == (query.agreement == UNLIKE)
    names = [str(name) for name in query.attributes]
    lines = [say("compare.agreement", yes=yes, differs=differs, n=len(pairs), names=names)]
    citations: list[Citation] = []
    shown = pairs[:_SHOWN]
    for pair in shown:
        passage = pair.duty.passage
        citation = cite_passage(passage, session.text_of(passage.document), pair.duty.span)
        values = {"finding": finding(passage, citation, session), "task": session.values(pair.task)}
        lines.append(say("compare.both_places", attributes=attributes_of(query, ("deadline",)), **values))
        citations += [session.cite(pair.task), citation]
    return Reply(
        status=Status.ANSWERED,
        text="\n\n".join(lines),
        tasks=tuple(session.view(pair.task) for pair in shown),
        citations=tuple(citations),
    )
