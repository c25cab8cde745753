"""Questions that compare: which of two tasks is due first, are they alike, who leads more, what comes first of all."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understand.base import base_query
from assistant.understand.bodies import role_in
from assistant.understand.lexicon import ATTRIBUTES, COORDINATING, LEADING, WORK, phrases
from assistant.understand.own_bodies import own_match
from assistant.understand.periods import find_period
from assistant.understand.query import AgencyRef, Attribute, Comparison, Period, Relation, Things
from assistant.understand.reading import Reading, hide, meant, read
from assistant.understand.sides import CONNECTORS, Frame, splits

_ONE = r"(?:(?:cai|viec|nhiem vu|dau viec|cong viec|muc|ben|noi|task|dang) nao)"
# Words of being due, each on its own and few in a row, so that no text makes the patterns slow.
_DUE = (
    r"(?:(?:den|toi|het|co|thoi|ky|phai|can|se|thi|duoc|lai|han|chot|cuoi|xong|hoan|thanh|nop|ket|thuc|lam|hien) ){0,6}"
)
_DUE_SAID = rf"(?:han|xong|hoan thanh|nop|ket thuc|lam|thuc hien|den) {_DUE}"
_END = r"(?= ?(?:,|$|(?:nhi|vay|a|ha|the|nhe|hon|han)(?!\w)))"
_FIRST = phrases(
    rf"(?:{_ONE} )?{_DUE}(?:som|gap|nhanh|truoc) hon",
    rf"{_ONE} {_DUE}truoc{_END}",
    rf"{_DUE_SAID}truoc{_END}",
)
_LAST = phrases(
    rf"(?:{_ONE} )?{_DUE}(?:muon|tre|cham|sau|lau) hon",
    rf"{_ONE} {_DUE}sau{_END}",
    rf"{_DUE_SAID}sau{_END}",
)
_EARLIEST = phrases(
    rf"{_DUE}(?:som|gap|truoc) nhat",
    rf"{_DUE}gan(?: (?:den|toi|het|sat|ke))?(?: ky)?(?: han)? nhat",
    r"(?:gap(?: gap| rut)?|can kip|cap bach|khan cap) nhat",
    rf"(?:can |nen |phai )?uu tien (?:lam |giai quyet |xu ly |thuc hien )?{_ONE}(?: truoc)?(?: nhat)?",
    rf"(?:can|nen|phai) (?:lam|giai quyet|xu ly|thuc hien) (?:{_ONE} )?truoc(?: nhat| tien)?",
    rf"sap {_DUE_SAID}nhat",
    r"sap (?:den |toi |het |can )?han nhat",
    rf"{_DUE_SAID}(?:dau tien|truoc tien)",
)
# "Muộn nhất tháng mấy phải xong" asks for a day, not for the last of several.
_LATEST = phrases(
    rf"{_DUE}(?:muon|tre|sau|xa) nhat(?! (?:la |vao |den |toi )*(?:(?:thang|ngay|quy|nam|hom) (?:may|nao)|khi nao|bao gio|luc nao)(?!\w))",
    rf"{_DUE_SAID}(?:sau cung|cuoi cung)",
)
_COMING = phrases("sap", "gan", "sap toi", "toi day", "gap(?: gap| rut)?", "can kip", "cap bach", "khan cap", "uu tien")
_THING = r"(?:thoi han|ky han|han(?: chot)?|ngay|thoi diem|don vi|co quan|so|phong|ban|ben|noi dung|san pham|ket qua|dau moi|nguoi|noi|chu tri|phoi hop|lead|ty le|chi tieu|muc|so luong|so ngay|so lan|dinh muc|lich)"
_MORE_OR_LESS = r"(?P<how>cao|lon|nhieu|dai|thap|nho|it|ngan)"
# "Bên nào cao hơn", "bên nào phải cắt nhiều giấy tờ hơn": which of two is the greater.
_GREATER = re.compile(
    rf"(?<!\w)(?P<one>(?:cai|ben|noi|phuong|xa|tinh|cho|dia phuong|van ban|ke hoach|phu luc) nao|dau|ai)"
    rf"(?: (?:phai|duoc|bi|can|co|la|thi|quy dinh|ghi|yeu cau|dat))*(?: [a-z]+){{0,3}}? {_MORE_OR_LESS}(?: [a-z]+){{0,8}}? (?P<than>hon)(?!\w)"
)
_ONE_OF_TWO = re.compile(r"(?<!\w)(?:moi )?(?:ben|noi|cho) nao(?! (?:chu tri|phu trach|lam|lo|dam nhan|chiu))(?!\w)")
_LESSER = frozenset({"thap", "nho", "it", "ngan"})
_SAME = phrases(
    r"^so(?: sanh)?(?: giup| ho| dum| gium)(?: (?:em|anh|chi|minh|toi|a|e))?",
    r"(?:(?:ty le|muc|chi tieu|so luong) )?(?:co )?(?:ghi )?(?:giong|khac|trung|bang|khop|nhu)(?: y| het| hoan toan)? nhau(?: o)?(?: (?:cho|diem) nao| the nao| ra sao| gi| khong| k)*",
    r"(?:giong|khac) (?:gi|the nao|cho nao|diem nao|ra sao|o dau)(?: nhau)?",
    rf"(?:co )?(?:cung|chung)(?: mot| 1)? {_THING}",
    r"(?:co )?(?:cung|deu|bang)(?: la| mot| muc| chi tieu| ty le)* \d+(?: phan tram| ngay| lan| cuoc)?(?= (?:khong|k|chua|phai khong|a)(?!\w)|$|,)",
    r"so sanh(?: giup| ho)?",
    r"(?:co )?giong(?= ·)",
)
_DIFFERENT = re.compile(r"(?<!\w)(?:khac|so sanh)(?!\w)")
_WHETHER = re.compile(r"(?<!\w)(?:khong|k|chua|phai khong)(?: a| nhi| vay| ha| the)*(?:$|,)|^co ")
_BOTH = phrases(r"(?:o )?ca (?:hai|2)(?: viec| nhiem vu)?", r"(?:o )?ca(?= .{1,200}(?<!\w)(?:lan|va)(?!\w))")
_WHO = phrases(
    r"(?P<head>don vi|co quan|phong|so|ban|nganh|to chuc|doan the|hoi|noi|ben|chi cuc|doi|xa|phuong) nao", "ai"
)
_MORE = phrases(rf"nhieu(?: {WORK}| muc)? hon", rf"nhieu hon(?: {WORK})?")
_LESS = phrases(rf"it(?: {WORK}| muc)? hon")
_MOST = phrases(rf"nhieu(?: {WORK}| muc)? nhat")
_FEWEST = phrases(rf"it(?: {WORK}| muc)? nhat")
_GIVEN = phrases("giao", "lam", "nhan", "dam nhan", "ganh")
_SECTION_ASKED = phrases(r"(?:muc|phan|nhom|linh vuc|chuong) nao")
_DOCUMENT_ASKED = phrases(r"(?:ke hoach|van ban|phu luc|ben|noi|tai lieu|dia phuong|phuong|xa|tinh) nao")
_WITHOUT = phrases(
    r"(?:khong (?:ke|tinh)|ngoai tru|loai tru|tru|bo qua)(?: cac| nhung)?(?: viec| nhiem vu)?(?: ghi| han)?(?: chung)?"
)
_WORK = phrases(WORK)
_ANY_ONE = phrases(_ONE)
_ITEM = re.compile(r"[a-z][a-z ]*?(?=,|·|$| (?:hay|va|hoac|voi|lan) )")
_PLACES = frozenset({"phuong", "xa", "ben", "noi"})
_ANY_BODY = frozenset({"don vi", "co quan", "noi", "ben", "to chuc"})
_MOST_BARE = 4  # words
_LEAST_WORDS = 2


def find_comparison(reading: Reading) -> Comparison | None:
    """What a question compares, or None."""
    line = _plain(reading)
    counted = _counted(reading, line)
    if counted is not None:
        return counted
    frame = _frame(reading, line)
    if frame is None and len(_families(reading)) < 2:
        return None
    sides = tuple(splits(reading, frame))
    if sides:
        relation = frame.relation if frame else Relation.BESIDE
        whether = bool(_WHETHER.search(line)) and not _DIFFERENT.search(line)
        asked = _asked(reading)
        return Comparison(relation=relation, by=_by(relation, asked), asked=asked, splits=sides, whether=whether)
    return _superlative(reading, line)


def compared_bodies(reading: Reading, refs: tuple[AgencyRef, ...]) -> tuple[AgencyRef, ...]:
    """The bodies that a comparison names, also by their head word alone ("VHXH, văn phòng, trung tâm …")."""
    found = {ref.agency_id: ref for ref in refs}
    role = role_in(reading.line())
    catalogue = reading.context.catalogue
    names = catalogue.names_of_bodies(meant(reading) or catalogue.ids)
    agency_tokens = {t for f in reading.agencies for t in reading.question.tokens_at(f.start, f.end)}
    line = hide(reading.question, reading.taken | agency_tokens)
    for item in _ITEM.finditer(line):
        words = item[0].split()
        while words and words[0] in (*CONNECTORS, "ca"):
            words.pop(0)
        for size in range(min(len(words), _MOST_BARE), _LEAST_WORDS - 1, -1):
            short = " ".join(words[:size])
            named = names.opening_with(short)
            if len(named) != 1:
                continue
            body = named[0]
            found.setdefault(body.agency_id, AgencyRef(agency_id=body.agency_id, name=body.name, role=role))
            start = item.start() + item[0].index(short)
            reading.taken |= reading.question.tokens_in(start, start + len(short))
            break
    return tuple(ref.model_copy(update={"role": role}) for ref in found.values())


def asks_who(reading: Reading) -> bool:
    """Whether a question asks for a body of all, not among those it names."""
    return bool(_WHO.search(_plain(reading)))


def _plain(reading: Reading) -> str:
    """The line without the names in it."""
    agency_tokens = {t for f in reading.agencies for t in reading.question.tokens_at(f.start, f.end)}
    return hide(reading.question, reading.taken | agency_tokens)


def _counted(reading: Reading, line: str) -> Comparison | None:
    """Who has more tasks, the most or the fewest: bodies, sections or documents."""
    pairs = ((Relation.MOST, _MOST), (Relation.MOST, _MORE), (Relation.FEWEST, _FEWEST), (Relation.FEWEST, _LESS))
    relation = next((relation for relation, pattern in pairs if pattern.search(line)), None)
    if relation is None:
        return None
    who = _WHO.search(line)
    led = (
        LEADING.search(line)
        or COORDINATING.search(line)
        or _GIVEN.search(line)
        or _asks_of_one_office(reading, line, who)
    )
    if led and (who or reading.agencies or own_match(reading)):
        head = (who["head"] or "") if who else ""
        role = "coordinate" if COORDINATING.search(line) and not LEADING.search(line) else "lead"
        return Comparison(relation=relation, things=Things.BODIES, role=role, head="" if head in _ANY_BODY else head)
    if not (_WORK.search(line) or _WORK.search(reading.question.line)):
        return None
    if _SECTION_ASKED.search(line):
        return Comparison(relation=relation, things=Things.SECTIONS)
    if _DOCUMENT_ASKED.search(line) or len(_families(reading)) > 1:
        return Comparison(relation=relation, things=Things.DOCUMENTS)
    return None


def _asks_of_one_office(reading: Reading, line: str, who: re.Match[str] | None) -> bool:
    """Whether bodies of one office are compared ("phòng nào nhiều việc nhất"), not places or documents."""
    return bool(who and who["head"] not in _PLACES and _WORK.search(line)) and len(_families(reading)) <= 1


def _frame(reading: Reading, line: str) -> Frame | None:
    """The words by which two sides are compared."""
    pairs = (
        (Relation.FIRST, _FIRST),
        (Relation.LAST, _LAST),
        (Relation.FIRST, _EARLIEST),
        (Relation.LAST, _LATEST),
        (Relation.SAME, _SAME),
    )
    for relation, pattern in pairs:
        if match := pattern.search(line):
            tokens = frozenset(reading.question.tokens_in(*match.span()))
            return Frame(relation, tokens, by_words=pattern not in (_EARLIEST, _LATEST))
    greater = _GREATER.search(line) if len(_families(reading)) > 1 else None
    if greater:
        relation = Relation.LOWER if greater["how"] in _LESSER else Relation.HIGHER
        said = (greater.span("one"), greater.span("how"), greater.span("than"))
        return Frame(relation, frozenset(t for span in said for t in reading.question.tokens_in(*span)))
    asked = {Attribute.LEAD, Attribute.COORDINATE} & set(reading.attributes)
    if asked and _WHO.search(line) and (both := _BOTH.search(line)):
        return Frame(Relation.BOTH, frozenset(reading.question.tokens_in(*both.span())))
    return None


def _by(relation: Relation, asked: tuple[Attribute, ...]) -> Attribute | None:
    if relation in (Relation.FIRST, Relation.LAST):
        return Attribute.DEADLINE
    if relation in (Relation.HIGHER, Relation.LOWER):
        return None
    return asked[0] if asked else None


def _asked(reading: Reading) -> tuple[Attribute, ...]:
    """The attributes that are compared; "bên nào" of two documents asks for one of them, not who leads."""
    asked = base_query(reading).attributes
    if Attribute.LEAD not in asked or len(_families(reading)) < 2:
        return asked
    leads = dict(ATTRIBUTES)[Attribute.LEAD].search(_ONE_OF_TWO.sub("·", reading.line()))
    return asked if leads else tuple(attribute for attribute in asked if attribute is not Attribute.LEAD)


def _families(reading: Reading) -> list[set[str]]:
    """The documents named, those of one family together."""
    families: list[set[str]] = []
    for document in reading.named.scores:
        family = set(reading.context.catalogue.family((document,)))
        if family not in families:
            families.append(family)
    return families


def _superlative(reading: Reading, line: str) -> Comparison | None:
    """Which of all tasks described is due first or last."""
    for relation, pattern in ((Relation.FIRST, _EARLIEST), (Relation.LAST, _LATEST)):
        match = pattern.search(line)
        if match and (_WORK.search(line) or _ANY_ONE.search(line) or reading.attributes or reading.agencies):
            coming = bool(_COMING.search(match[0]))
            return Comparison(
                relation=relation,
                things=Things.LISTED,
                by=Attribute.DEADLINE,
                asked=base_query(reading).attributes,
                coming=coming,
                without=_left_out(reading, line),
            )
    return None


def _left_out(reading: Reading, line: str) -> Period | None:
    """The period whose tasks are left out: "không kể các việc ghi chung 2026 - 2030"."""
    match = _WITHOUT.search(line)
    if match is None:
        return None
    found = find_period(line[match.end() :], reading.context.today)
    return found[0] if found else None


def without_frame(reading: Reading) -> Reading:
    """The reading of a superlative without its words, as of a list."""
    line = _plain(reading)
    gone: set[int] = set()
    for pattern in (_EARLIEST, _LATEST, _MOST, _FEWEST, _WITHOUT):
        for match in pattern.finditer(line):
            gone |= reading.question.tokens_in(*match.span())
    tokens = tuple(token for i, token in enumerate(reading.question.tokens) if i not in gone)
    return read(replace(reading.question, tokens=tokens), reading.context)
