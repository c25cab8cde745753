"""What the store holds, at a glance: documents with the names by which people call them, sections, agencies.

A catalogue belongs to one revision of the store and is made anew when that changes. Whatever a question is
looked up by (a figure, the name of a place, a word of a title) has a dictionary, so that a question takes no
longer where there are thousands of documents; each is made when it is first needed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from typing import TypeVar

from corpus.agencies import Agencies
from corpus.records import Agency, AgencyMention, Document, Quality
from corpus.vietnamese import fold, words

_SOME = re.compile(r"(?<=\w) cac (?=\w)")
_PLACE = re.compile(
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND)?\s*(?P<level>phường|xã(?!\s+hội(?!\s+an))|đặc khu|thị trấn|thành phố|tỉnh|quận|huyện|thị xã)"
    r"\s+(?P<name>[A-ZĐÀ-Ỹ][^,;(]*)?",
    re.IGNORECASE,
)
_CITY_LEVELS = frozenset({"thanh pho", "tinh"})
_LEVEL_AT_END = re.compile(r"(?: (?:cua )?(?:phuong|xa|dac khu|thanh pho|tinh))+$")
SECTION_TAIL = 3  # words: the least of a section's title by which it is recognised


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


@dataclass(frozen=True, eq=False)
class Card:
    """A document and what it is called: its places, the figure of its number, its annexes, its title's words.

    ``record`` is the document as JSON, read when it is first asked for; ``date`` is its day in ISO form ("" = not said);
    ``cited`` are the numbers of the documents
    that it names as its grounds; ``changed_by`` says which stored documents amend or replace it, as (kind, id).
    """

    id: str
    record: str
    quality: Quality
    annex_of: str | None
    date: str
    issuer: str
    declared_tasks: int | None
    places: tuple[Place, ...]
    figure: str | None
    annexes: tuple[str, ...]
    title_words: tuple[str, ...]
    cited: tuple[str, ...]
    tasks: int
    passages: int
    changed_by: tuple[tuple[str, str], ...] = ()

    @cached_property
    def document(self) -> Document:
        return Document.model_validate_json(self.record)

    @property
    def own_place(self) -> Place | None:
        return self.places[0] if self.places else None


Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


def by_key(items: Iterable[Item], keys: Callable[[Item], Iterable[Key]]) -> dict[Key, tuple[Item, ...]]:
    """Items by each of their keys, in their order."""
    found: dict[Key, list[Item]] = {}
    for item in items:
        for key in keys(item):
            found.setdefault(key, []).append(item)
    return {key: tuple(held) for key, held in found.items()}


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All cards of a store at one revision.

    ``names`` are the folded words of all names of places and titles; ``lookups`` say at which places in ``cards`` the
    documents stand whose titles hold a word or a pair of words, or whose files bear a word in their names.
    """

    revision: int
    cards: tuple[Card, ...]
    sections: tuple[Section, ...]
    known_agencies: Agencies
    names: frozenset[str]
    lookups: Mapping[str, Mapping[str, Sequence[int]]]
    named_bodies: tuple[AgencyMention, ...] = ()
    named_in: Mapping[str, Sequence[int]] = field(default_factory=dict)
    documents_by_unit: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Card]:
        return {card.id: card for card in self.cards}

    @cached_property
    def position(self) -> dict[str, int]:
        """By document id its place in the store's order."""
        return {card.id: place for place, card in enumerate(self.cards)}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all documents."""
        return tuple(self.by_id)

    @cached_property
    def tasks(self) -> int:
        """How many tasks all documents hold."""
        return sum(card.tasks for card in self.cards)

    @cached_property
    def unreadable(self) -> tuple[Card, ...]:
        """The documents whose assignment table was lost: tasks declared, none read."""
        return tuple(card for card in self.cards if not card.tasks and card.declared_tasks)

    # By name

    @cached_property
    def by_figure(self) -> Mapping[str, tuple[Card, ...]]:
        """Documents by the figure of their number."""
        return by_key(self.cards, lambda card: filter(None, [card.figure]))

    @cached_property
    def by_place(self) -> Mapping[str, tuple[Card, ...]]:
        """Documents by the name of the place that issued them."""
        placed = (card for card in self.cards if card.places and card.places[0].name)
        return by_key(placed, lambda card: [card.places[0].name or ""])

    @cached_property
    def longest_place(self) -> int:
        """Of how many words the longest name of a place consists that issued a document."""
        return max((name.count(" ") + 1 for name in self.by_place), default=0)

    @cached_property
    def by_level(self) -> Mapping[bool, tuple[Card, ...]]:
        """Documents that a place issued, by whether it is a city or province."""
        return by_key((card for card in self.cards if card.places), lambda card: [card.places[0].is_city])

    @cached_property
    def by_annex(self) -> Mapping[str, tuple[Card, ...]]:
        """Documents by the labels of their annexes ("phu luc ii")."""
        return by_key(self.cards, lambda card: card.annexes)

    def titled_with(self, word: str) -> tuple[Card, ...]:
        """Documents whose titles hold a word."""
        return self._at("title", word)

    def titled_with_pair(self, left: str, right: str) -> tuple[Card, ...]:
        """Documents in whose titles two words stand side by side."""
        return self._at("pair", f"{left} {right}")

    def about(self, word: str) -> tuple[Card, ...]:
        """Documents whose titles or names of files hold a word."""
        return (*self._at("title", word), *self._at("file", word))

    def _at(self, kind: str, word: str) -> tuple[Card, ...]:
        return tuple(self.cards[place] for place in self.lookups.get(kind, {}).get(word, ()))

    @cached_property
    def by_issuer(self) -> Mapping[str, tuple[Card, ...]]:
        """Documents that no named place issued, by the first word of their issuer and by all of it, folded."""
        bodies = (card for card in self.cards if card.issuer and not (card.own_place and card.own_place.name))
        return by_key(bodies, lambda card: dict.fromkeys((*words(card.issuer)[:1], fold(card.issuer))))

    @cached_property
    def places(self) -> Mapping[str | None, frozenset[Place]]:
        """All places that issuers name, by name."""
        found = by_key(dict.fromkeys(place for card in self.cards for place in card.places), lambda place: [place.name])
        return {name: frozenset(named) for name, named in found.items()}

    @cached_property
    def cited(self) -> frozenset[str]:
        """The numbers of the documents that others name as their grounds."""
        return frozenset(figure for card in self.cards for figure in card.cited)

    def newest(self, documents: Iterable[str], count: int) -> list[str]:
        """Some documents by their days, the newest first; of one day the one that came last first."""
        return nlargest(count, documents, key=lambda d: (self.by_id[d].date, self.position[d]))

    def in_order(self, cards: Iterable[Card]) -> list[Card]:
        """Cards in the store's order, each once."""
        return sorted(dict.fromkeys(cards), key=lambda card: self.position[card.id])

    # Families

    @cached_property
    def _annexes(self) -> Mapping[str, tuple[str, ...]]:
        """By id the annexes of a plan."""
        kin = by_key(self.cards, lambda card: filter(None, [card.annex_of]))
        return {plan: tuple(card.id for card in cards) for plan, cards in kin.items()}

    def document(self, document_id: str) -> Document:
        """The document with this id. Raises KeyError where there is none."""
        return self.by_id[document_id].document

    def family(self, document_ids: Sequence[str]) -> tuple[str, ...]:
        """The documents with their annexes and the plans that they are annexes of, in the store's order."""
        wanted = set(document_ids)
        for document in document_ids:
            plan = self.by_id[document].annex_of if document in self.by_id else None
            wanted |= {*self._annexes.get(document, ()), *filter(None, [plan])}
        return tuple(sorted((d for d in wanted if d in self.position), key=self.position.__getitem__))

    # Sections

    @cached_property
    def section_numbers(self) -> frozenset[str]:
        """The numbers that sections bear."""
        return frozenset(section.number for section in self.sections)

    @cached_property
    def numbered_sections(self) -> frozenset[tuple[str, str]]:
        """The sections that there are, as (document, number)."""
        return frozenset((section.document, section.number) for section in self.sections)

    @cached_property
    def sections_ending(self) -> Mapping[tuple[str, ...], Mapping[tuple[str, ...], tuple[Section, ...]]]:
        """By the last three words of their titles, sections by their titles."""
        titled = by_key((s for s in self.sections if len(s.title) >= SECTION_TAIL), lambda section: [section.title])
        found: dict[tuple[str, ...], dict[tuple[str, ...], tuple[Section, ...]]] = {}
        for title, sections in titled.items():
            found.setdefault(title[-SECTION_TAIL:], {})[title] = sections
        return found

    # Bodies

    @cached_property
    def agencies(self) -> Agencies:
        """The agencies that are known, with those that the tables name."""
        return self.known_agencies.learn(self.named_bodies)

    def mentions_in(self, document_id: str) -> tuple[AgencyMention, ...]:
        """The bodies that a document's tables name, each once."""
        return tuple(self.named_bodies[i] for i in self.named_in.get(document_id, ()))

    @cached_property
    def naming(self) -> Mapping[str, tuple[str, ...]]:
        """By the id of a body the documents whose tables name it."""
        found: dict[str, list[str]] = {}
        for document, bodies in self.named_in.items():
            for agency_id in {self.named_bodies[i].agency_id for i in bodies}:
                found.setdefault(agency_id, []).append(document)
        return {agency_id: tuple(documents) for agency_id, documents in found.items()}

    @cached_property
    def collectives(self) -> tuple[AgencyMention, ...]:
        """The collective expressions of all tables, each once."""
        return tuple({m.agency_id: m for m in self.named_bodies if m.collective}.values())

    @cached_property
    def _all_bodies(self) -> tuple[AgencyMention, ...]:
        in_order = (self.named_bodies[i] for card in self.cards for i in self.named_in.get(card.id, ()))
        return tuple({m.agency_id: m for m in in_order if not m.collective}.values())

    def bodies(self, document_ids: Sequence[str]) -> tuple[AgencyMention, ...]:
        """The single bodies that the tasks of some documents (with their families) name, each once."""
        if len(document_ids) == len(self.cards):
            return self._all_bodies
        named = (m for document in self.family(document_ids) for m in self.mentions_in(document))
        return tuple({m.agency_id: m for m in named if not m.collective}.values())

    @cached_property
    def _all_names(self) -> BodyNames:
        return BodyNames(self._all_bodies)

    def names_of_bodies(self, document_ids: Sequence[str]) -> BodyNames:
        """The names of ``bodies``, to look some up by a part of theirs."""
        return self._all_names if len(document_ids) == len(self.cards) else BodyNames(self.bodies(document_ids))

    @cached_property
    def namesakes(self) -> Mapping[str, tuple[Agency, ...]]:
        """The agencies that are known, by their names without the level."""
        return by_key(self.agencies, lambda agency: [without_level(agency.name)])


class BodyNames:
    """The folded names of some bodies."""

    def __init__(self, bodies: Iterable[AgencyMention]) -> None:
        self._bodies = tuple(bodies)

    @cached_property
    def short(self) -> Mapping[str, tuple[AgencyMention, ...]]:
        """Bodies by their names without the level that ends them, those of two words or more that end in one."""
        return by_key(self._bodies, lambda body: filter(None, [_short(body.name)]))

    @cached_property
    def longest(self) -> int:
        """Of how many words the longest short name consists."""
        return max((len(words(name)) for name in self.short), default=0)

    @cached_property
    def _sorted(self) -> list[tuple[str, int]]:
        return sorted((f"{fold(body.name)} ", at) for at, body in enumerate(self._bodies))

    def opening_with(self, said: str) -> list[AgencyMention]:
        """The bodies whose names open with some folded words."""
        found = []
        for name, at in self._sorted[bisect_left(self._sorted, (f"{said} ", -1)) :]:
            if not name.startswith(f"{said} "):
                break
            found.append(self._bodies[at])
        return found


def without_level(name: str) -> str:
    """The folded name of a body without the level at its end: "doan thanh nien" of "Đoàn Thanh niên xã"."""
    return _LEVEL_AT_END.sub("", fold(name))


def _short(name: str) -> str | None:
    short = _SOME.sub(" ", without_level(name))  # "trưởng khóm" of "Trưởng các khóm"
    return short if short != fold(name) and " " in short else None


def file_words(document_id: str) -> tuple[str, ...]:
    """The words of the name of a document's file, which is its id."""
    return tuple(document_id.lower().replace("_", "-").split("-"))
