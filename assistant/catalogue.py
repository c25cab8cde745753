"""What the store holds, at a glance: documents with the names by which people call them, sections, agencies.

A catalogue belongs to one revision of the store and is made anew when that changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from connectors.database import Store
from corpus.agencies import Agencies
from corpus.records import AgencyMention, Document, Task
from corpus.vietnamese import fold, words

_PLACE = re.compile(
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND)?\s*(?P<level>phường|xã|đặc khu|thị trấn|thành phố|tỉnh|quận|huyện|thị xã)"
    r"\s+(?P<name>[A-ZĐÀ-Ỹ][^,;(]*)?",
    re.IGNORECASE,
)
_CITY_LEVELS = frozenset({"thanh pho", "tinh"})


@dataclass(frozen=True)
class Place:
    """A unit of the country: its folded level ("phuong", "thanh pho") and name (None = not said)."""

    level: str
    name: str | None

    @property
    def is_city(self) -> bool:
        return self.level in _CITY_LEVELS


def places_in(text: str) -> list[Place]:
    """The places that an issuer or a unit names, the own one first, those above it after."""
    places = []
    for match in _PLACE.finditer(text):
        name = " ".join(words(match["name"])) if match["name"] else None
        places.append(Place(fold(match["level"]), name or None))
    return places


@dataclass(frozen=True)
class Section:
    """A section of an assignment table."""

    document: str
    number: str
    title: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A document and what it is called: its places, the figure of its number, its annexes, its title's words."""

    document: Document
    places: tuple[Place, ...]
    figure: str | None
    annexes: tuple[str, ...]
    title_words: tuple[str, ...]
    tasks: int
    passages: int

    @property
    def own_place(self) -> Place | None:
        return self.places[0] if self.places else None


@dataclass(frozen=True)
class Catalogue:
    """All cards of a store at one revision."""

    revision: int
    cards: tuple[Card, ...]
    sections: tuple[Section, ...]
    agencies: Agencies
    names: frozenset[str] = field(default_factory=frozenset)
    mentions: tuple[tuple[str, AgencyMention], ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Card]:
        return {card.document.id: card for card in self.cards}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all documents."""
        return tuple(self.by_id)

    def bodies(self, document_ids: Sequence[str]) -> tuple[AgencyMention, ...]:
        """The single bodies that the tasks of some documents (with their families) name, each once."""
        wanted = set(self.family(document_ids))
        found = {m.agency_id: m for document, m in self.mentions if document in wanted and not m.collective}
        return tuple(found.values())

    def document(self, document_id: str) -> Document:
        """The document with this id. Raises KeyError where there is none."""
        return self.by_id[document_id].document

    def family(self, document_ids: Sequence[str]) -> tuple[str, ...]:
        """The documents with their annexes and the plans that they are annexes of, in the store's order."""
        wanted = set(document_ids)
        for card in self.cards:
            plan = card.document.annex_of
            if plan and (card.document.id in document_ids or plan in document_ids):
                wanted |= {card.document.id, plan}
        return tuple(card.document.id for card in self.cards if card.document.id in wanted)


def read_catalogue(store: Store, agencies: Agencies) -> Catalogue:
    """Reads the catalogue of a store; bodies that its tables name are learned."""
    counts = store.counts()
    tasks = store.tasks()
    annexes = _annexes(tasks)
    cards = tuple(
        _card(document, annexes.get(document.id, ()), *counts.get(document.id, (0, 0)))
        for document in store.documents()
    )
    mentions = _mentions(tasks)
    learned = agencies.learn(mention for _, mention in mentions)
    return Catalogue(store.revision(), cards, _sections(tasks), learned, _names(cards), mentions)


def _mentions(tasks: Sequence[Task]) -> tuple[tuple[str, AgencyMention], ...]:
    """Each body once for each document that names it."""
    found: dict[tuple[str, str], AgencyMention] = {}
    for task in tasks:
        for mention in (*task.lead, *task.coordinate):
            found.setdefault((task.document, mention.agency_id), mention)
    return tuple((document, mention) for (document, _), mention in found.items())


def _card(document: Document, annexes: tuple[str, ...], tasks: int, passages: int) -> Card:
    number = re.match(r"\d+", document.number or "")
    titled = re.match(r"phu luc [ivx\d]+\b", fold(document.title or ""))
    labels = {*annexes, *([titled[0]] if titled else [])}
    return Card(
        document=document,
        places=tuple(places_in(document.issuer or "")),
        figure=number[0] if number else None,
        annexes=tuple(sorted(labels)),
        title_words=tuple(words(document.title or "")),
        tasks=tasks,
        passages=passages,
    )


def _annexes(tasks: Sequence[Task]) -> dict[str, tuple[str, ...]]:
    labels: dict[str, dict[str, None]] = {}
    for task in tasks:
        if task.table:
            labels.setdefault(task.document, {})[fold(task.table)] = None
    return {document: tuple(found) for document, found in labels.items()}


def _sections(tasks: Sequence[Task]) -> tuple[Section, ...]:
    found: dict[tuple[str, str], Section] = {}
    for task in tasks:
        if task.section:
            title = tuple(words(task.section_title or ""))
            found.setdefault((task.document, task.section), Section(task.document, task.section, title))
    return tuple(found.values())


def _names(cards: Sequence[Card]) -> frozenset[str]:
    """The folded words of all names of places and titles, known to the speller."""
    found = {word for card in cards for word in card.title_words}
    found |= {word for card in cards for place in card.places if place.name for word in place.name.split()}
    return frozenset(found)
