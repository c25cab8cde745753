"""The body of the person in a question: "phòng mình", "bên em", "bọn mình"."""

from __future__ import annotations

import re

from assistant.catalogue import places_in
from assistant.understand.own import ME, US, is_of_person
from assistant.understand.query import AgencyRef
from assistant.understand.reading import Reading, meant
from assistant.understand.units import collectives_of, is_whole_office, ward_office, within_reach
from corpus.agencies import Found
from corpus.records import AgencyMention
from corpus.vietnamese import fold

_ALWAYS = "phong|p|vp|dv|tt|so|trung tam|van phong|don vi|co quan|ben|ban"
_WHERE_SO = "cong an|tram|truong|hoi|doan|chi cuc|thon|to"  # only where the unit is one
_OWN = re.compile(rf"(?<!\w)(?<!van )(?:(?P<head>{_ALWAYS}|{_WHERE_SO}){US}|bon|tui|chung) {ME}")
_OWN_IN_SHORT = re.compile(
    rf"(?<!\w)(?P<head>phong|p|so|ban|tt|trung tam) (?P<short>[a-z]{{2,6}}) {ME}"
)  # "phòng KT mình"
# "Mình phải lo những việc nào": asked by one person of the body's work.
_SELF = re.compile(
    r"(?<!\w)(?:minh|toi|em|tui)(?= (?:(?:dang|se|hien|con|duoc|phai|can|bi) )*(?:chu tri|phu trach|lo|lam|ganh|om|giao|chiu trach nhiem|phoi hop|tham gia) (?:nhung |cac |may |bao nhieu )?(?:viec|nhiem vu|dau viec)(?!\w))"
)


def own_match(reading: Reading) -> re.Match[str] | None:
    """Where a question says "phòng mình" or "bọn em"; None where it does not."""
    unit = fold(reading.context.unit or "")
    for match in _OWN.finditer(reading.question.line):
        if not is_of_person(reading.question, match):
            continue
        head = match["head"]
        if head not in _WHERE_SO.split("|") or re.search(rf"(?<!\w){head}(?!\w)", unit):
            return match
    for match in _OWN_IN_SHORT.finditer(reading.question.line):
        name = unit.split(",")[0].replace("-", " ").split()
        short = match["short"]
        if any("".join(word[0] for word in name[i:]) == short for i in range(1, len(name))) and is_of_person(
            reading.question, match
        ):
            return match
    alone = _SELF.search(reading.question.line) if unit and not is_whole_office(unit) else None
    return alone if alone and is_of_person(reading.question, alone) else None


def own_refs(reading: Reading, head: str | None, role: str, unit: str | None = None) -> tuple[AgencyRef, ...] | None:
    """The person's unit (or the one given) as a body asked about; () for an office as a whole, whose documents are
    meant; None where it is not known which body that is, or the documents are not for it."""
    unit = unit or reading.context.unit
    if unit is None:
        return None
    own = _own_agency(reading, unit)
    if own and head == "so" and not fold(own.agency.name).startswith("so "):
        return ()
    if is_whole_office(unit) and _issued_by_own_place(reading):
        return ()
    catalogue = reading.context.catalogue
    documents = within_reach(unit, meant(reading) or catalogue.ids, catalogue)
    if not documents:
        return None
    through: tuple[AgencyMention, ...] = ()
    if own is None or own.agency.id not in {body.agency_id for body in catalogue.bodies(documents)}:
        through = _collectives(reading, own, documents, unit)
    if own is None and not through:
        return None
    identity, name = (own.agency.id, own.agency.name) if own else ("own", unit.split(",")[0].strip())
    return (AgencyRef(agency_id=identity, name=name, role=role, through=tuple(m.agency_id for m in through)),)


def is_governed(reading: Reading) -> bool:
    """Whether the unit is of an office that stands in documents of another place: a ward in the plan of its city."""
    unit = reading.context.unit
    return bool(unit and ward_office(unit) and meant(reading) and not _issued_by_own_place(reading))


def _issued_by_own_place(reading: Reading) -> bool:
    """Whether the unit's own place issued the documents meant."""
    places = places_in(reading.context.unit or "")
    cards = [reading.context.catalogue.by_id[d] for d in meant(reading)]
    return bool(places) and any(c.own_place is not None and c.own_place.name == places[0].name for c in cards)


def _own_agency(reading: Reading, unit: str) -> Found | None:
    found = reading.context.catalogue.agencies.find(unit)
    return found[0] if found and found[0].start == 0 else None


def _collectives(
    reading: Reading, own: Found | None, documents: tuple[str, ...], unit: str
) -> tuple[AgencyMention, ...]:
    """The collective expressions of the documents meant that include a unit, each once."""
    catalogue = reading.context.catalogue
    named = (m for document in catalogue.family(documents) for m in catalogue.mentions_in(document))
    bodies = {m.agency_id: m for m in named if m.collective}
    found = {m.agency_id: m for m in collectives_of(unit, tuple(bodies.values()))}
    for mention in bodies.values():
        whole = catalogue.agencies.get(mention.agency_id)
        if own and whole and catalogue.agencies.includes(whole, own.agency):
            found[mention.agency_id] = mention
    return tuple(found.values())
