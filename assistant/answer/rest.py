"""What a question asks beside an attribute: "hạn ngày mấy, bao nhiêu bản", "… trạm mình có phải tham gia không".

A row answers it with another of its cells, or the prose of its document does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer.quoting import finding, telling_part
from assistant.answer.session import Session
from assistant.answer.wording import cite_passage
from assistant.find import ENOUGH, FoundPassage
from assistant.reply import Reply, Status
from assistant.understand.lexicon import GOES_TO, TIMES, WHERE_TO, WHITHER
from assistant.understand.query import Attribute, Query
from corpus.records import Task
from corpus.vietnamese import fold
from prompts import say
from retrieval.coverage import Sought

_ROLES = ("lead", "coordinate")


def cells_for_rest(task: Task, query: Query, told: Sequence[str]) -> list[str]:
    """The cells of a row, beside those told, that hold what else is asked: so many of something, to whom it goes,
    whether a body takes part."""
    if not query.attributes:
        return []
    held = fold(task.title)
    wanted = [pattern for pattern in _patterns(query) if pattern == GOES_TO.pattern or not re.search(pattern, held)]
    cells = {"product": fold(task.product), "deadline": fold(task.deadline.text)}
    found = [
        name for name, cell in cells.items() if name not in told and any(re.search(pattern, cell) for pattern in wanted)
    ]
    if WHERE_TO.search(" ".join(query.search)) and not set(_ROLES) & set(told):
        found = ["lead", *found]
    of_body = query.whether and bool(query.agencies) and Attribute.DEADLINE in query.attributes
    return [*(name for name in _ROLES if of_body and name not in told), *found]


def with_rest(reply: Reply, query: Query, session: Session, sought: Sought, passages: Sequence[FoundPassage]) -> Reply:
    """The answer from a row, beside the passage of its document that says what else is asked, if any."""
    if len(reply.tasks) != 1 or reply.status is not Status.ANSWERED or not query.attributes:
        return reply
    missing = [pattern for pattern in _patterns(query) if not re.search(pattern, fold(reply.text))]
    if not missing:
        return reply
    here = (p for p in passages if p.passage.document == reply.tasks[0].document and p.coverage >= ENOUGH)
    found = next((p for p in here if all(re.search(m, fold(p.passage.text)) for m in missing)), None)
    if found is None:
        return reply
    text = session.text_of(found.passage.document)
    citation = cite_passage(found.passage, text, telling_part(found.passage, sought, session))
    note = say("answers.rest_in_prose", finding=finding(found.passage, citation, session))
    return reply.model_copy(update={"text": f"{reply.text}\n\n{note}", "citations": (*reply.citations, citation)})


def _patterns(query: Query) -> Iterable[str]:
    """What an answer must hold beside the attributes asked."""
    yield from (pattern for pattern in query.expects if pattern not in TIMES)
    if WHITHER.search(" ".join(query.search)):
        yield GOES_TO.pattern
