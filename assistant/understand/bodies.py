"""Which bodies a question asks about, and in which role."""

from __future__ import annotations

import re

from assistant.understand.documents import known_in
from assistant.understand.lexicon import COORDINATING, EITHER, LEADING
from assistant.understand.own import office_match
from assistant.understand.own_bodies import is_governed, own_match, own_refs
from assistant.understand.query import AgencyRef
from assistant.understand.reading import Reading, hide, meant
from corpus.vietnamese import fold

_NOT = re.compile(r"(?<!\w)(?:khong|chua)(?: (?:co|do|phai|phai do|giao|giao cho|thuoc))? ?$")
_DOES_NOT = re.compile(r"[ ·]*(?:khong|chua) (?:duoc |phai )?(?:chu tri|phoi hop|tham gia|phu trach|lam)(?!\w)")
_EITHER_ROLE = re.compile(
    r"(?<!\w)ca(?!\w).*(?<!\w)ca(?!\w)|(?<!\w)(?:hoac|lan)(?!\w)|(?<!\w)(?:tinh|ke|gom) ca(?!\w).*phoi hop"
)
_BARE = re.compile(
    r"(?<!\w)(?:van phong|trung tam)(?! (?:minh|toi|em|ta|pham|phong))(?=[ ·]+(?:chu tri|phoi hop|co|lam|phu trach|duoc|cung|va))"
)


def agency_refs(reading: Reading, line: str) -> tuple[AgencyRef, ...] | None:
    """The agencies asked about with their roles; None where "phòng mình" is said and no unit is known."""
    own = own_match(reading)
    own_tokens = reading.question.tokens_in(*own.span()) if own else set()
    refs = [
        AgencyRef(
            agency_id=found.agency.id,
            name=found.agency.name,
            role=_role(reading, reading.question.tokens_at(found.start, found.end), line),
            negated=_is_negated(reading, reading.question.tokens_at(found.start, found.end), line),
        )
        for found in reading.agencies
        if not reading.question.tokens_at(found.start, found.end) & own_tokens
    ]
    refs += _bare_bodies(reading, line)
    if own:
        mine = own_refs(reading, own["head"], role_in(line))
        if mine is None:
            return None
        reading.taken |= own_tokens
        refs += mine
    elif office_match(reading.question) and is_governed(reading):
        refs += own_refs(reading, None, role_in(line)) or ()
    return tuple(refs)


def _bare_bodies(reading: Reading, line: str) -> list[AgencyRef]:
    """Bodies named by their head word alone ("văn phòng"), where the documents meant know just one such."""
    agency_tokens = {t for f in reading.agencies for t in reading.question.tokens_at(f.start, f.end)}
    plain = hide(reading.question, reading.taken | agency_tokens)
    refs = _without_level(reading, plain, line) if not reading.agencies else []
    if refs:
        return refs
    for match in _BARE.finditer(plain):
        known = [a for a in reading.context.catalogue.bodies(meant(reading)) if fold(a.name).startswith(match[0])]
        if len(known) == 1:
            refs.append(
                AgencyRef(agency_id=known[0].agency_id, name=known[0].name, role=role_in(plain[match.end() :][:28]))
            )
            reading.taken |= reading.question.tokens_in(*match.span())
    return refs


def _without_level(reading: Reading, plain: str, line: str) -> list[AgencyRef]:
    """Bodies named without the level that ends their names ("đoàn thanh niên" for that of the commune)."""
    catalogue = reading.context.catalogue
    names = catalogue.names_of_bodies(meant(reading) or catalogue.ids)
    starts = known_in(plain, names.short, names.longest)
    for short in sorted(starts, key=lambda short: -len(short)):
        named = names.short[short]
        if len(named) > 1:
            continue
        tokens = reading.question.tokens_in(starts[short][0], starts[short][0] + len(short))
        role = _role(reading, tokens, line)
        reading.taken |= tokens
        return [AgencyRef(agency_id=named[0].agency_id, name=named[0].name, role=role)]
    return []


def _role(reading: Reading, tokens: set[int], line: str) -> str:
    """The role in which a body is asked about: what is said right after it, else right before it, else anywhere."""
    places = [i for i in range(len(line)) if reading.question.tokens_in(i, i + 1) & tokens]
    if not places:
        return role_in(line)
    if LEADING.search(line) and COORDINATING.search(line) and _EITHER_ROLE.search(line):
        return "either"
    after, before = line[places[-1] + 1 :][:28], line[: places[0]][-22:]
    for near in (after, before):
        role = role_in(near)
        if role != "any":
            return role
    return role_in(line)


def _is_negated(reading: Reading, tokens: set[int], line: str) -> bool:
    """Whether a body is named as one that takes no part ("không có Sở Tài chính phối hợp")."""
    places = [i for i in range(len(line)) if reading.question.tokens_in(i, i + 1) & tokens]
    return bool(places and (_NOT.search(line[: places[0]]) or _DOES_NOT.match(line[places[-1] + 1 :])))


def role_in(words: str) -> str:
    found = [
        (match.start(), role)
        for role, pattern in (("lead", LEADING), ("coordinate", COORDINATING), ("either", EITHER))
        if (match := pattern.search(words))
    ]
    return min(found)[1] if found else "any"
