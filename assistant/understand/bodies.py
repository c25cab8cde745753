"""Which bodies a question asks about, and in which role."""

from __future__ import annotations

import re

from assistant.understand.lexicon import COORDINATING, EITHER, LEADING
from assistant.understand.named import MANY, known_in
from assistant.understand.own import office_match
from assistant.understand.own_bodies import is_governed, own_match, own_refs
from assistant.understand.query import AgencyRef
from assistant.understand.reading import Reading, hide, meant
from assistant.understand.units import ward_office
from corpus.records import AgencyMention
from corpus.vietnamese import fold
from corpus.vietnamese import words as words_of

_NOT = re.compile(
    r"(?<!\w)(?:bo|tru|loai|ngoai)(?: (?:may|cac|nhung))?(?: (?:cai|viec|nhiem vu|muc))?(?: (?:cua|do))? ?$|(?<!\w)(?:khong|chua)(?: (?:co|do|phai|phai do|giao|giao cho|thuoc))? ?$"
)
_DOES_NOT = re.compile(r"[ ·]*(?:khong|chua) (?:duoc |phai )?(?:chu tri|phoi hop|tham gia|phu trach|lam)(?!\w)")
_EITHER_ROLE = re.compile(
    r"(?<!\w)ca(?!\w).*(?<!\w)ca(?!\w)|(?<!\w)(?:hoac|lan)(?!\w)|(?<!\w)(?:tinh|ke|gom) ca(?!\w).*phoi hop"
)
_ACTS = re.compile(
    r"[ ·]*(?:(?:thi|dang|phai|duoc giao|duoc|cung|la|co) )*(?:chu tri|phoi hop|phu trach|dau moi|dung (?:dau|ra|ten)|lam|tham gia|thuc hien|lo|co (?:may|bao nhieu|nhung|cac|viec|nhiem vu))(?!\w)"
)
_OF_LEVEL = r"(?: (?:phuong|xa|thanh pho|tinh)(?! [a-z]+ (?:co|lam)))?(?!\w)"
_COMMON_NAMES = tuple(
    (re.compile(rf"(?<!\w){said}{_OF_LEVEL}"), openings)
    for said, openings in (
        (r"(?:ben )?mat tran(?! to quoc)", ("uy ban mttq", "uy ban mat tran to quoc", "mat tran to quoc")),
        (
            r"(?<!cong )(?:ben )?doan(?: thanh nien)?(?! (?:the|kiem|thanh|cong|giam|ra|vien))",
            ("doan thanh nien", "doan tncs"),
        ),
        (r"(?:hoi |ben )phu nu", ("hoi lien hiep phu nu", "hoi lhpn")),
        (r"(?:hoi |ben )cuu chien binh", ("hoi cuu chien binh",)),
        (r"(?:hoi |ben )nong dan", ("hoi nong dan",)),
        (
            r"(?:(?:ben )?quan su(?! viec)|(?:phuong|xa) doi(?! (?:thoai|ngu|tuong|moi|voi)))",
            ("ban chi huy quan su", "ban chqs"),
        ),
        (r"(?:thanh|tinh) doan", ("thanh doan", "tinh doan")),
        (r"mot cua", ("trung tam phuc vu hanh chinh cong", "bo phan mot cua")),
    )
)
# "Theo kế hoạch của thành phố thì phường phải chủ trì những việc nào": the ward of who asks.
_OFFICE_ACTS = re.compile(
    r"(?<!\w)(?<!cac )(?<!, )(?<!xa )(?<!nhan dan )(?:phuong|xa)(?= (?:(?:thi|phai|duoc|se|co|can|co phai) )*(?:chu tri|phoi hop|lam|phu trach|lo|giao|co nhung viec|thuc hien)(?!\w))"
)
_BY = re.compile(r"(?<!\w)(?:do|giao(?: cho)?|thuoc) $")
_NEAR_AFTER, _NEAR_BEFORE = 28, 22  # characters beside a body in which its role is said
_LEAST_TYPED = 3  # words of a name typed in short
_BARE = re.compile(
    r"(?<!\w)(?P<head>van phong|trung tam|vp)(?! (?:minh|toi|em|ta|pham|phong))(?: (?:uy ban nhan dan|phuong|xa|thanh pho))*(?=[ ·]+(?:vua|may|bao nhieu|chu tri|phoi hop|co|lam|phu trach|duoc|cung|va|om|ganh|lo|nhan|giu|cang dang|dam duong))"
    r"|(?:(?<=cung )|(?<=voi )|(?<=cua )|(?<=do ))(?P<other>van phong|trung tam|vp)(?= (?:khong|k|nao|gi|thi|lam|han|trong|chu tri|phoi hop|quy|thang|den)(?!\w)|$|,| ·)"
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
        mine = own_refs(reading, own.groupdict().get("head"), role_in(line))
        if mine is None:
            return None
        reading.taken |= own_tokens
        refs += mine
    elif (office_match(reading.question) or _OFFICE_ACTS.search(line)) and is_governed(reading):
        mine = own_refs(reading, None, role_in(line), ward_office(reading.context.unit or ""))
        if mine is None:
            return None
        if acting := _OFFICE_ACTS.search(line):
            reading.taken |= reading.question.tokens_in(*acting.span())
        refs += mine
    return tuple(refs)


def _bare_bodies(reading: Reading, line: str) -> list[AgencyRef]:
    """Bodies named by their head word alone ("văn phòng"), where the documents meant know just one such."""
    agency_tokens = {t for f in reading.agencies for t in reading.question.tokens_at(f.start, f.end)}
    plain = hide(reading.question, reading.taken | agency_tokens)
    refs = _without_level(reading, plain, line) if not reading.agencies else []
    if not refs and not reading.agencies:
        refs = _in_short(reading, plain, line) or _by_common_name(reading, plain, line)
    if refs:
        return refs
    for match in _BARE.finditer(plain):
        known = [
            a
            for a in reading.context.catalogue.bodies(meant(reading))
            if fold(a.name).startswith(_written_out(match["head"] or match["other"]))
        ]
        if len(known) == 1:
            refs.append(
                AgencyRef(agency_id=known[0].agency_id, name=known[0].name, role=role_in(plain[match.end() :][:28]))
            )
            reading.taken |= reading.question.tokens_in(*match.span())
    return refs


def _written_out(head: str) -> str:
    return "van phong" if head == "vp" else head


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


def _in_short(reading: Reading, plain: str, line: str) -> list[AgencyRef]:
    """The body that some words of its name in their order name ("Trung tâm CNTT", "Hội Phụ nữ") where it is said to
    act, and no other body here has these words."""
    fitting: dict[str, tuple[AgencyMention, set[int]]] = {}
    most = 0
    held = reading.context.catalogue.ids
    for body in reading.context.catalogue.bodies(meant(reading) or (held if len(held) <= MANY else ())):
        tokens = _typed_of(body, reading)
        if len(tokens) < max(most, _LEAST_TYPED) or not _is_said_to_act(tokens, reading, plain):
            continue
        fitting = fitting if len(tokens) == most else {}
        most = len(tokens)
        fitting[body.agency_id] = (body, tokens)
    if len(fitting) != 1:
        return []
    body, tokens = next(iter(fitting.values()))
    role = _role(reading, tokens, line)
    reading.taken |= tokens
    return [AgencyRef(agency_id=body.agency_id, name=body.name, role=role)]


def _by_common_name(reading: Reading, plain: str, line: str) -> list[AgencyRef]:
    """A body by what everybody calls it ("mặt trận"), where the documents meant know just one such."""
    catalogue = reading.context.catalogue
    for pattern, openings in _COMMON_NAMES:
        match = pattern.search(plain)
        if match is None:
            continue
        bodies = catalogue.bodies(meant(reading) or (catalogue.ids if len(catalogue.ids) <= MANY else ()))
        known = [body for body in bodies if fold(body.name).startswith(openings)]
        if len(known) == 1:
            tokens = reading.question.tokens_in(*match.span())
            role = _role(reading, tokens, line)
            reading.taken |= tokens
            return [AgencyRef(agency_id=known[0].agency_id, name=known[0].name, role=role)]
    return []


def _typed_of(body: AgencyMention, reading: Reading) -> set[int]:
    """The longest run of words in a question that are words of a name, in its order and from its first on."""
    name = [word for word in words_of(body.name) if word != "va"]
    typed, best = reading.question.words, range(0)
    for first in (i for i, word in enumerate(typed) if word == name[0] and i not in reading.taken):
        left, end = name[1:], first + 1
        while end < len(typed) and end not in reading.taken and (typed[end] in left or typed[end] == "va"):
            left = left[left.index(typed[end]) + 1 :] if typed[end] in left else left
            end += 1
        best = range(first, end) if end - first > len(best) else best
    return set(best)


def _is_said_to_act(tokens: set[int], reading: Reading, plain: str) -> bool:
    """Whether the words beside a body say that it does something, or is given it."""
    places = [i for i in range(len(plain)) if reading.question.tokens_in(i, i + 1) & tokens]
    return bool(_ACTS.match(plain, places[-1] + 1) or _BY.search(plain[: places[0]]))


def _role(reading: Reading, tokens: set[int], line: str) -> str:
    """The role in which a body is asked about: what is said right after it, else right before it, else anywhere."""
    places = [i for i in range(len(line)) if reading.question.tokens_in(i, i + 1) & tokens]
    if not places:
        return role_in(line)
    if LEADING.search(line) and COORDINATING.search(line) and _EITHER_ROLE.search(line):
        return "either"
    for near, reach in ((line[places[-1] + 1 :], _NEAR_AFTER), (line[: places[0]][-_NEAR_BEFORE:], _NEAR_BEFORE)):
        role = role_in(near, reach)
        if role != "any":
            return role
    return role_in(line)


def _is_negated(reading: Reading, tokens: set[int], line: str) -> bool:
    """Whether a body is named as one that takes no part ("không có Sở Tài chính phối hợp")."""
    places = [i for i in range(len(line)) if reading.question.tokens_in(i, i + 1) & tokens]
    return bool(places and (_NOT.search(line[: places[0]]) or _DOES_NOT.match(line[places[-1] + 1 :])))


def role_in(words: str, reach: int | None = None) -> str:
    """The role that some words say first, within so many characters."""
    found = [
        (match.start(), role)
        for role, pattern in (("lead", LEADING), ("coordinate", COORDINATING), ("either", EITHER))
        if (match := pattern.search(words)) and (reach is None or match.end() <= reach)
    ]
    return min(found)[1] if found else "any"
