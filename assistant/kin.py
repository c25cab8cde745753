"""Which stored documents belong together: an annex and its plan, a document and those that amend or replace it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from assistant.catalogue import Place, places_in
from corpus.records import Document, Relation, RelationKind
from corpus.relations import plain_number


class Kin:
    """The relations that documents state, with the stored documents that they mean."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._numbered: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            if document.number:
                self._numbered[plain_number(document.number)].append(document)
        self._changed: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for document in documents:
            for relation in document.relations:
                meant = self._meant(relation, document)
                if meant is not None and relation.kind in (RelationKind.AMENDS, RelationKind.REPLACES):
                    self._changed[meant].append((str(relation.kind), document.id))

    def plan_of(self, document: Document) -> str | None:
        """The id of the document that this one is an annex of: as its keeper states, else as its title block does."""
        attached = (r for r in document.relations if r.kind is RelationKind.ATTACHED)
        return document.annex_of or next(filter(None, (self._meant(r, document) for r in attached)), None)

    def changed_by(self, document: Document) -> list[tuple[str, str]]:
        """The stored documents that amend or replace this one, as (kind, id)."""
        return self._changed[document.id]

    def _meant(self, relation: Relation, teller: Document) -> str | None:
        """The one stored document that bears the number and whose issuer may be the one that is meant."""
        own = places_in(teller.issuer or "")
        named = places_in(relation.text) or own
        fitting = [
            document
            for document in self._numbered.get(relation.number, ())
            if document.id != teller.id and _may_be(places_in(document.issuer or ""), named)
        ]
        return fitting[0].id if len(fitting) == 1 else None


def _may_be(places: Sequence[Place], named: Sequence[Place]) -> bool:
    """Whether an issuer's own place does not speak against the one that is named."""
    if not places or not named:
        return True
    own, other = places[0], named[0]
    return own.level == other.level and (own.name == other.name or None in (own.name, other.name))
