"""Which documents no longer hold: another stored one has replaced them, or their own day has passed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import cast

from assistant.answer.session import Session
from assistant.catalogue import Catalogue
from assistant.understand.query import Query
from corpus.records import Document, Relation, RelationKind
from corpus.vietnamese import fold

_KINDS = r"(?:ke hoach|kh|quyet dinh|qd|nghi quyet|nq|chi thi|ct|cong van|cv|quy che|van ban|vb)"
_OF_DOCUMENT = rf"(?<!\w){_KINDS}[ .]*(?:so )?0*{{figure}}(?!\d)|(?<!\d)0*{{figure}}/[a-z]"


def left_out(query: Query, session: Session) -> frozenset[str]:
    """The replaced documents from which a question is not answered, for it does not ask for them.

    A document is asked for by its number, or by a name that its successor does not share.
    """
    replaced = _replaced(session)
    if not replaced or query.compared is not None:
        return frozenset()
    catalogue = session.shelf.catalogue
    refs = (ref.document for ref in query.tasks if ref.document)
    asked = set(catalogue.family([*query.documents, *refs]))
    unasked = (d for d, by in replaced.items() if d not in asked or by & asked)
    return frozenset(d for d in unasked if not _is_numbered(d, query, session))


def _is_numbered(document: str, query: Query, session: Session) -> bool:
    """Whether the message as it came holds the figure of a document's number; that of a task it names ("nv 12") only
    where it stands as that of a document ("kh 12", "12/KH-UBND")."""
    card = session.card(document)
    figure = (session.card(card.annex_of) if card.annex_of else card).figure
    if figure is None:
        return False
    of_task = figure in {ref.number for ref in query.tasks}
    named = _OF_DOCUMENT.format(figure=figure) if of_task else rf"(?<!\d)0*{figure}(?!\d)"
    return re.search(named, fold(session.asked)) is not None


def _replaced(session: Session) -> Mapping[str, frozenset[str]]:
    """The documents that are replaced on the day of a question, each with those that hold in its place."""
    key = ("replaced", str(session.today))
    kept = session.shelf.kept
    if key not in kept:
        catalogue = session.shelf.catalogue
        own = {card.id: _successors(catalogue, card.changed_by, session.today) for card in catalogue.cards}
        own = {document: by for document, by in own.items() if by}
        found = {document: _in_the_end(document, own) for document in own}
        for document in list(found):
            for one in catalogue.family([document]):
                if catalogue.by_id[one].annex_of == document:
                    found.setdefault(one, found[document])
        kept[key] = {d: frozenset(catalogue.family(sorted(by))) for d, by in found.items() if by}
    return cast("Mapping[str, frozenset[str]]", kept[key])


def _successors(catalogue: Catalogue, changed_by: Iterable[tuple[str, str]], today: dt.date) -> set[str]:
    """The stored documents that replace another one, as far as they are not of a day to come."""
    by = (catalogue.by_id[id_] for kind, id_ in changed_by if kind == RelationKind.REPLACES and id_ in catalogue.by_id)
    return {card.id for card in by if card.date <= today.isoformat()}


def _in_the_end(document: str, own: Mapping[str, set[str]]) -> set[str]:
    """Those that stand at the end of a row of documents each of which replaces the one before it."""
    seen, ends, waiting = {document}, set[str](), [document]
    while waiting:
        following = own.get(waiting.pop(), set()) - seen
        seen |= following
        ends |= {one for one in following if one not in own}
        waiting += following
    return ends


def expired(document: Document, today: dt.date) -> Relation | None:
    """The place where a document says that it held until a day that has passed; None where it may still hold."""
    past = (relation for relation in document.relations if relation.until is not None and relation.until < today)
    return next(past, None)
