"""What the unit of a person stands for: the documents of its office, the body that it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.catalogue import Card, Catalogue, Place, places_in
from assistant.understand.places import PROVINCES
from corpus.records import AgencyMention
from corpus.vietnamese import fold

_WARDS = frozenset({"phuong", "xa", "dac khu", "thi tran"})
# By which words of a collective expression a body belongs to it, by the first word of its own name.
_MEMBERS = {
    "truong": ("co so giao duc", "cac truong", "truong hoc"),
    "thon": ("cac thon", "truong cac thon"),
    "to": ("cac to dan pho",),
    "khu": ("cac khu pho",),
    "phong": ("cac phong",),
}
_OFFICE = re.compile(r"(?:ubnd|uy ban nhan dan)(?!\w)")


def documents_of_unit(unit: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The documents meant where an officer of ``unit`` names none: of the own ward, else of its city, else of
    the office that the unit names, else the only ones that know the unit."""
    if unit not in catalogue.documents_by_unit:
        catalogue.documents_by_unit[unit] = _documents_of(unit, catalogue)
    return catalogue.documents_by_unit[unit]


def _documents_of(unit: str, catalogue: Catalogue) -> tuple[str, ...]:
    named = places_in(unit)
    for place in [*named, *_places_of_folded(unit, catalogue)]:
        found = [card for card in catalogue.by_place.get(place.name or "", ()) if _is_own(card, place)]
        if found:
            return tuple(card.id for card in _of_level_and_city(found, place, named))
    fit = [card for card in catalogue.cards if _may_be_of(card, named)]
    issued = tuple(card.id for card in fit if _issues(card, unit))
    return issued or _knowing(unit, catalogue, {card.id for card in fit})


def within_reach(unit: str, documents: Iterable[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Of some documents those that may give tasks to a unit: not those of another city or province, where both say
    of which they are."""
    city = _city_of(unit, catalogue)
    return tuple(d for d in documents if not city or _city_of_card(catalogue.by_id[d]) in ("", city))


def ward_office(unit: str) -> str | None:
    """The office of the ward that a unit is or belongs to; None where it names none."""
    if is_whole_office(unit):
        return unit
    parts = (part.strip() for part in unit.split(","))
    return next(
        (f"UBND {_from_level(p)}" for p in parts if any(x.name and x.level in _WARDS for x in places_in(p))), None
    )


def _from_level(part: str) -> str:
    """A part of a unit from the word of its level on: "phường Nhị Chiểu" of "Công an phường Nhị Chiểu"."""
    match = re.search(r"(?i)(?:phường|xã|đặc khu|thị trấn)\s+\S.*", part)
    return match[0] if match else part


def _city_of(unit: str, catalogue: Catalogue) -> str:
    """The folded name of the city or province of a unit, as it says or as the documents of its ward say; "" = unknown."""
    named = places_in(unit)
    said = [place.name for place in named if place.is_city and place.name]
    tail = fold(unit).split(",")[-1].strip()
    said += [name for name in PROVINCES if tail == name or tail.endswith(f" {name}")]
    cards = [card for card in catalogue.cards if named and named[0].name and card.own_place == named[0]]
    return next(iter([*said, *filter(None, map(_city_of_card, cards))]), "")


def _city_of_card(card: Card) -> str:
    """The folded name of the city or province of the office that issued a document; "" where it is not said."""
    return next((place.name for place in card.places if place.is_city and place.name), "")


def is_whole_office(unit: str) -> bool:
    """Whether a unit is an office as a whole ("UBND phường Nhị Chiểu"), not a body in it."""
    return bool(_OFFICE.match(fold(unit).strip()))


def collectives_of(unit: str, bodies: tuple[AgencyMention, ...]) -> tuple[AgencyMention, ...]:
    """Of some collective expressions those that a unit belongs to by the first word of its name."""
    opening = re.sub(r"^truong (?=(?:thon|to|khu|phong)(?!\w))", "", fold(unit)).split()[:1]
    wanted = _MEMBERS.get(opening[0], ()) if opening else ()
    return tuple(body for body in bodies if any(words in fold(body.name) for words in wanted))


def _is_own(card: Card, place: Place) -> bool:
    own = card.own_place
    return own is not None and own.name == place.name and own.is_city == place.is_city


def _of_level_and_city(cards: list[Card], place: Place, named: list[Place]) -> list[Card]:
    """Of documents of places with one name those of the level that the unit says, then those of its city: there are
    wards and communes of one name, and in several provinces."""
    alike = [card for card in cards if place in named and card.own_place == place] or cards
    above = {other for other in named if other.is_city}
    return [card for card in alike if above.intersection(card.places)] or alike


def _places_of_folded(unit: str, catalogue: Catalogue) -> list[Place]:
    """The places of a unit typed without accents, capitals or the word of their level, wards first."""
    line = f" {' '.join(fold(unit).replace(',', ' ').split())} "
    levels = {place.name: place.is_city for place in places_in(unit)}
    named = [name for name in catalogue.places if name and f" {name} " in line]
    known = {place for name in named for place in catalogue.places[name]}
    known = {place for place in known if levels.get(place.name, place.is_city) == place.is_city}
    return sorted(known, key=lambda place: (place.is_city, place.level, place.name or ""))


def _may_be_of(card: Card, named: list[Place]) -> bool:
    """Whether a document may be one of the places that a unit names: it is of none, or the unit names none."""
    return not named or (card.own_place is None and not any(place.level in _WARDS and place.name for place in named))


def _issues(card: Card, unit: str) -> bool:
    """Whether the body that issued a document is named in a unit ("Phòng A, Sở B tỉnh C")."""
    issuer = fold(card.issuer)
    return bool(issuer) and bool(re.search(rf"(?<!\w){re.escape(issuer)}(?!\w)", fold(unit)))


def _knowing(unit: str, catalogue: Catalogue, allowed: set[str]) -> tuple[str, ...]:
    """The documents whose tables name the unit, where they are of one office; else none."""
    found = catalogue.agencies.find(unit)
    ids = {found[0].agency.id} if found else set()
    ids |= {m.agency_id for m in collectives_of(unit, catalogue.collectives)}
    naming = {document for agency_id in ids for document in catalogue.naming.get(agency_id, ())}
    holding = tuple(document for document in catalogue.ids if document in naming and document in allowed)
    family = set(catalogue.family(holding[:1]))
    return holding if holding and set(holding) <= family else ()
