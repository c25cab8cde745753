"""How far very many tasks are: counted in the database, with the bodies that are behind; and back the question which
document is meant."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answer.many import ask_which_document
from assistant.answer.session import Session
from assistant.reply import Reply
from assistant.understand.query import Query
from connectors.database import TaskFilter
from prompts import say

_BODIES = 5


def very_many(spread: Mapping[str, int], query: Query, session: Session) -> Reply:
    """The counts of all tasks that a question about progress touches; ``spread`` says how many in which documents."""
    catalogue = session.shelf.catalogue
    all_of_them = len(spread) == sum(bool(card.tasks) for card in catalogue.cards)
    wanted = TaskFilter(
        documents=None if all_of_them else tuple(sorted(spread)),
        agencies=tuple(ref.agency_id for ref in query.agencies),
        role="lead" if query.agencies else "either",
    )
    counts = session.office.overview.counts(wanted, session.today)
    bodies = [
        {"name": agency.name if (agency := catalogue.agencies.get(body.agency)) else body.agency, "counts": body}
        for body in session.office.overview.behind(wanted, session.today, _BODIES)
    ]
    head = say("progress.very_many", counts=counts, documents=len(spread), bodies=bodies)
    return ask_which_document(head, spread, session)
