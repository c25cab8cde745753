"""Understanding: from the words of a question to one ``Query``, by rules over folded text.

Names (documents, agencies, places, sections) are matched against what the store really holds, so that a
new document is understood with no new code. What names and question words leave over is the topic.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from assistant.catalogue import Catalogue
from assistant.understand.documents import Named, documents_of_unit, find_documents
from assistant.understand.guard import guard
from assistant.understand.lexicon import (
    ATTRIBUTES,
    COORDINATING,
    COUNT,
    DOCUMENT_KINDS,
    EITHER,
    EMPTY,
    EXPECTED,
    FIELDS,
    FRAME,
    HELD,
    HOW_MANY,
    KINDS,
    LEADING,
    LIST,
    LIST_OF_WORK,
    LISTING,
    OVERDUE,
    SHARED_LEAD,
    TWO_FACED,
    WORK,
    phrases,
)
from assistant.understand.numbers import Numbers, find_numbers
from assistant.understand.periods import find_period
from assistant.understand.query import AgencyRef, Ask, Attribute, DocumentField, Period, Query, TaskRef
from assistant.understand.question import MAX_CHARS, Question, clean_question, read_question
from assistant.understand.spelling import Speller
from corpus.agencies import Found
from corpus.records import DeadlineKind
from corpus.vietnamese import fold, toneless_key
from retrieval.tokens import plain

_HIDDEN = "·"
_OWN = re.compile(
    r"(?<!\w)(?:phong|so|trung tam|van phong|don vi|co quan|ben|ban)(?: cua)? (?:minh|toi|em|ta|chung toi|chung em|tui|tao)(?!\w)"
)
_BARE = re.compile(
    r"(?<!\w)(?:van phong|trung tam)(?! (?:minh|toi|em|ta|pham|phong))(?=[ ·]+(?:chu tri|phoi hop|co|lam|phu trach|duoc|cung|va))"
)
_ASKED_ROLE = re.compile(
    r"(?:chu tri|phu trach|phoi hop|lam|tham gia|dau moi|co|duoc giao)(?: nhung| cac)? (?:viec |nhiem vu |cai )?(?:gi|nao|j)(?!\w)"
)
_GENERIC_WORK = phrases(WORK)
_WORK_NOUN = phrases("nhiem vu", "dau viec", "tasks?")
_CONFIRMS = re.compile(
    r"(?:dung|phai|co|chua) ?(?:khong|k|chua)?(?: a| nhi| vay| ha)?$|(?<!\w)co phai(?!\w)|(?:dung|phai) khong"
)
_CITED = re.compile(
    r"(?<!\w)(ket luan|quyet dinh|chi thi|nghi quyet|nghi dinh|luat|thong tu|ke hoach|quy dinh)(?: so)? (\d{1,4})(?!\w)"
)
_LINKS = frozenset({"ve", "so", "thuoc", "trong", "cua", "theo", "danh", "sach", "tai", "o", "den", "cho", "voi"})
_WHEN = re.compile(r"(?<!\w)(?:ngay nao|ngay bao nhieu|khi nao|ngay may|hom nao)(?!\w)")
_MADE = re.compile(
    r"(?<!\w)(?:ban hanh|xay dung|trien khai|lap|phe duyet|trinh|gui|nop|thuc hien)(?: mot| cac| nhung)? $"
)
_POST = re.compile(r"(?<!\w)(?:pho )?(?:chu tich|truong phong|giam doc|bi thu|chanh van phong)(?!\w)")
_NAME_ASKED = (phrases("ten (?:la )?gi", "ten ai", "ho ten", "la ai", "ai la"),)
_FEW = 2
_WEAK = 3.0  # the score of a document that only words of its title name


@dataclass(frozen=True)
class Context:
    """What a question is read against: the catalogue, the day, the unit of the person, the speller."""

    catalogue: Catalogue
    today: dt.date
    unit: str | None = None
    speller: Speller | None = None
    knows: Callable[[str], bool] = lambda _term: False


@dataclass
class Reading:
    """A question while it is read: what each finder took, kept for ``troly explain``."""

    question: Question
    context: Context
    taken: set[int] = field(default_factory=set)
    named: Named = field(default_factory=Named)
    numbers: Numbers = field(default_factory=Numbers)
    agencies: tuple[Found, ...] = ()
    period: Period | None = None
    kinds: tuple[DeadlineKind, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    fields: tuple[DocumentField, ...] = ()

    def line(self) -> str:
        """The line with the words of names hidden, so that "phối hợp" in a name is no question word."""
        return hide(self.question, self.taken)


def hide(question: Question, tokens: Iterable[int]) -> str:
    """The line of a question with some of its tokens made unreadable, at the same length."""
    hidden = set(tokens)
    line = question.line
    return "".join(_HIDDEN if question.tokens_in(i, i + 1) & hidden else char for i, char in enumerate(line))


def understand(text: str, context: Context) -> Query:
    """Reads a message into a query. Never raises on any text."""
    reason = unusable(text)
    question = read_question("" if reason else text, context.speller)
    reason = reason or guard(question)
    if reason is not None:
        kind = {"refuse": Ask.REFUSE, "chat": Ask.CHAT}.get(reason.split("_")[0], Ask.UNCLEAR)
        return Query(ask=kind, reason=reason)
    return _decide(read(question, context))


def unusable(text: str) -> str | None:
    """Why a message is no question at all: the name of the prepared reply, or None where it may be one."""
    if len(text) > MAX_CHARS and len(clean_question(text)) > MAX_CHARS:
        return "unclear_long"
    question = read_question(text)
    if not question.tokens:
        return "unclear_empty"
    return None if question.has_letters else "unclear_script"


def read(question: Question, context: Context) -> Reading:
    """Finds all that a question names, in the order in which a later finder must not see the words of an earlier."""
    reading = Reading(question, context)
    reading.named = find_documents(question, context.catalogue, context.knows)
    reading.taken |= reading.named.tokens
    sections = (section.number for section in context.catalogue.sections)
    reading.numbers = find_numbers(hide(question, reading.taken | _other_words(question)), sections)
    if reading.named.fraction and not reading.numbers.tasks:
        reading.numbers.tasks.append(TaskRef(number=reading.named.fraction))
    for span in reading.numbers.spans:
        reading.taken |= question.tokens_in(*span)
    _read_sections(reading)
    reading.agencies = _agencies(reading)
    agency_tokens = {t for found in reading.agencies for t in question.tokens_at(found.start, found.end)}
    line = hide(question, reading.taken | agency_tokens)
    reading.attributes = tuple(name for name, pattern in ATTRIBUTES if pattern.search(line))
    reading.fields = tuple(name for name, pattern in FIELDS if pattern.search(line))
    if reading.fields and DocumentField.DATE not in reading.fields and _WHEN.search(line):
        reading.fields += (DocumentField.DATE,)
    reading.kinds = next((kinds for kinds, pattern in KINDS if pattern.search(line)), ())
    if found := find_period(line, context.today):
        reading.period = found[0]
    return reading


def _other_words(question: Question) -> set[int]:
    """Words typed with accents that only look like "mục" and "số" ("mức 2", "sở 5")."""
    if not question.accented:
        return set()
    asked = {"muc": toneless_key("mục"), "so": toneless_key("số")}
    return {
        i
        for i, t in enumerate(question.tokens)
        if t.word in asked and toneless_key(t.source) != asked[t.word] and not t.source.isascii()
    }


def _read_sections(reading: Reading) -> None:
    """Takes the title of a section ("phần cải cách thể chế") for its number."""
    if reading.numbers.section or any(ref.section for ref in reading.numbers.tasks):
        return
    ids = reading.named.ids
    best: tuple[int, str, re.Match[str]] | None = None
    for section in reading.context.catalogue.sections:
        if ids and section.document not in ids:
            continue
        for size in range(min(len(section.title), 9), 2, -1):
            title = " ".join(section.title[-size:] if size < len(section.title) else section.title)
            match = re.search(
                rf"(?<!\w)(?:muc|phan|nhom|linh vuc|chuong|mang)(?: ve)? {re.escape(title)}(?!\w)",
                reading.question.line,
            )
            if match and (best is None or size > best[0]):
                best = (size, section.number, match)
    if best is None:
        return
    reading.numbers.section = best[1]
    reading.numbers.tasks = [ref.model_copy(update={"section": best[1]}) for ref in reading.numbers.tasks]
    reading.taken |= reading.question.tokens_in(*best[2].span())
    if not ids:
        holders = {s.document for s in reading.context.catalogue.sections if s.number == best[1]}
        for card in reading.context.catalogue.cards:
            if card.document.id in holders:
                reading.named.add(card, 1.0)


def _agencies(reading: Reading) -> tuple[Found, ...]:
    question, agencies = reading.question, reading.context.catalogue.agencies
    found = agencies.find(question.text)
    if not found and question.mended:
        found = tuple(_moved(f, question) for f in agencies.find(question.line))
    return tuple(f for f in found if reading.question.tokens_at(f.start, f.end) - reading.taken)


def _moved(found: Found, question: Question) -> Found:
    """An agency found in the line of mended words, at its place in the question as typed."""
    tokens = [question.tokens[i] for i in sorted(question.tokens_in(found.start, found.end))]
    return found.model_copy(update={"start": tokens[0].start, "end": tokens[-1].end})


def _decide(reading: Reading) -> Query:
    """Chooses what is asked from what was found."""
    line = reading.line()
    refs = _agency_refs(reading, line)
    if refs is None:
        return Query(ask=Ask.UNCLEAR, reason="unclear_unit")
    base = _base(reading)
    if reading.numbers.tasks and not _means_place(reading):
        return base.model_copy(update={"ask": Ask.TASK})
    if reading.numbers.place:
        return base.model_copy(update={"ask": Ask.PLACE})
    if _cites(reading):
        return _cited_query(base, reading)
    listed = _listed(reading, line, refs)
    if HELD.search(line) and not refs and len(_topic(reading, keep_agencies=True, also=(HELD,))) <= 1:
        return base.model_copy(update={"ask": Ask.DOCUMENT, "fields": (DocumentField.HELD,)})
    if reading.fields and not (listed and refs) and len(_beyond_titles(reading)) <= _FEW:
        return base.model_copy(update={"ask": Ask.DOCUMENT})
    if listed is None and _GENERIC_WORK.search(line) and (refs or reading.period or reading.kinds):
        listed = Ask.LIST if not _topic(reading, keep_agencies=False, listing=True) else None
    if listed is not None or SHARED_LEAD.search(line):
        return _list_query(base, reading, listed or Ask.LIST, refs, line)
    return _find_query(base, reading, refs)


def _means_place(reading: Reading) -> bool:
    """Whether "mục IV.1" is a place of the outline: the documents meant have no such section in a table."""
    if not reading.numbers.place:
        return False
    meant = reading.context.catalogue.family(_meant(reading)) or tuple(reading.context.catalogue.by_id)
    known = {(s.document, s.number) for s in reading.context.catalogue.sections}
    return not any((document, ref.section) in known for document in meant for ref in reading.numbers.tasks)


def _base(reading: Reading) -> Query:
    documents, source = reading.named.ids, reading.named.source
    if not documents and reading.context.unit:
        documents, source = documents_of_unit(reading.context.unit, reading.context.catalogue), "unit"
    return Query(
        ask=Ask.FIND,
        attributes=_attributes(reading),
        tasks=tuple(reading.numbers.tasks),
        documents=documents,
        documents_from=source if documents else "",
        unknown_document=reading.named.unknown if not reading.named.ids else None,
        section=reading.numbers.section,
        place=reading.numbers.place,
        fields=reading.fields,
        about_work=bool(_WORK_NOUN.search(reading.question.line)),
    )


def _attributes(reading: Reading) -> tuple[Attribute, ...]:
    found = reading.attributes
    if Attribute.COORDINATE in found and Attribute.LEAD in found and not LEADING.search(reading.line()):
        found = tuple(a for a in found if a is not Attribute.LEAD)
    if Attribute.LEADER in found and not LEADING.search(reading.line()):
        found = tuple(a for a in found if a is not Attribute.LEAD)
    return found


def _listed(reading: Reading, line: str, refs: tuple[AgencyRef, ...]) -> Ask | None:
    """LIST or COUNT where the question wants several tasks, else None."""
    if COUNT.search(line):
        return Ask.COUNT
    if LIST_OF_WORK.search(line):
        return Ask.LIST
    if LIST.search(line) and (refs or reading.period or reading.kinds or reading.numbers.section):
        return Ask.LIST
    if LIST.search(line) and not _topic(reading, keep_agencies=True, listing=True):
        return Ask.LIST
    if OVERDUE.search(line) and (_GENERIC_WORK.search(line) or refs):
        return Ask.LIST
    if refs and _ASKED_ROLE.search(line):
        return Ask.LIST
    return None


def _agency_refs(reading: Reading, line: str) -> tuple[AgencyRef, ...] | None:
    """The agencies asked about with their roles; None where "phòng mình" is said and no unit is known."""
    refs = [
        AgencyRef(agency_id=found.agency.id, name=found.agency.name, role=_role(reading, found, line))
        for found in reading.agencies
    ]
    refs += _bare_bodies(reading, line)
    if match := _OWN.search(reading.question.line):
        own = _own_agency(reading)
        if own is None:
            return None
        reading.taken |= reading.question.tokens_in(*match.span())
        refs.append(AgencyRef(agency_id=own.agency.id, name=own.agency.name, role=_role_in(line)))
    return tuple(refs)


def _bare_bodies(reading: Reading, line: str) -> list[AgencyRef]:
    """Bodies named by their head word alone ("văn phòng"), where the documents meant know just one such."""
    agency_tokens = {t for f in reading.agencies for t in reading.question.tokens_at(f.start, f.end)}
    plain = hide(reading.question, reading.taken | agency_tokens)
    refs = []
    for match in _BARE.finditer(plain):
        known = [a for a in reading.context.catalogue.bodies(_meant(reading)) if fold(a.name).startswith(match[0])]
        if len(known) == 1:
            refs.append(
                AgencyRef(agency_id=known[0].agency_id, name=known[0].name, role=_role_in(plain[match.end() :][:28]))
            )
            reading.taken |= reading.question.tokens_in(*match.span())
    return refs


def _meant(reading: Reading) -> tuple[str, ...]:
    """The documents that a question names, or that its unit stands for."""
    unit = reading.context.unit
    return reading.named.ids or (documents_of_unit(unit, reading.context.catalogue) if unit else ())


def _own_agency(reading: Reading) -> Found | None:
    unit = reading.context.unit
    found = reading.context.catalogue.agencies.find(unit) if unit else ()
    return found[0] if found else None


def _role(reading: Reading, found: Found, line: str) -> str:
    """The role in which an agency is asked about: what is said right after it, else right before it, else anywhere."""
    tokens = reading.question.tokens_at(found.start, found.end)
    places = [i for i in range(len(line)) if reading.question.tokens_in(i, i + 1) & tokens]
    if not places:
        return _role_in(line)
    if (
        LEADING.search(line)
        and COORDINATING.search(line)
        and re.search(r"(?<!\w)ca(?!\w).*(?<!\w)ca(?!\w)|(?<!\w)hoac(?!\w)", line)
    ):
        return "either"
    after, before = line[places[-1] + 1 :][:28], line[: places[0]][-22:]
    for near in (after, before):
        role = _role_in(near)
        if role != "any":
            return role
    return _role_in(line)


def _role_in(words: str) -> str:
    found = [
        (match.start(), role)
        for role, pattern in (("lead", LEADING), ("coordinate", COORDINATING), ("either", EITHER))
        if (match := pattern.search(words))
    ]
    return min(found)[1] if found else "any"


def _list_query(base: Query, reading: Reading, ask: Ask, refs: tuple[AgencyRef, ...], line: str) -> Query:
    topic = _topic(reading, keep_agencies=False, listing=True)
    tokens = reading.question.tokens
    while topic and tokens[topic[0]].word in _LINKS:
        topic.pop(0)
    return base.model_copy(
        update={
            "ask": ask,
            "agencies": tuple(r if r.role != "any" else r.model_copy(update={"role": "lead"}) for r in refs),
            "role_said": any(ref.role != "any" for ref in refs),
            "period": reading.period,
            "kinds": reading.kinds,
            "overdue": bool(OVERDUE.search(line)),
            "empty": tuple(name for name, pattern in EMPTY if pattern.search(line)),
            "shared_lead": bool(SHARED_LEAD.search(line)),
            **_topic_fields(reading, _topic(reading, keep_agencies=True)),
            "listed_words": tuple(tokens[i].word for i in topic),
            "topic": _as_typed(reading, topic),
        }
    )


def _find_query(base: Query, reading: Reading, refs: tuple[AgencyRef, ...]) -> Query:
    base = base.model_copy(update={"agencies": refs, "period": reading.period, "kinds": reading.kinds})
    topic = _topic(reading, keep_agencies=True)
    if not topic and base.documents_from == "named":
        fields = reading.fields or (DocumentField.ALL,)
        return base.model_copy(update={"ask": Ask.DOCUMENT, "fields": fields})
    if not topic:
        reason = "unclear_attribute" if reading.attributes else "unclear_topic"
        return base.model_copy(update={"ask": Ask.UNCLEAR, "reason": reason})
    return base.model_copy(update={**_topic_fields(reading, topic), "topic": _as_typed(reading, topic)})


def _beyond_titles(reading: Reading) -> list[int]:
    """The topic without the words of the titles of the documents named."""
    cards = [reading.context.catalogue.by_id[document] for document in reading.named.ids]
    titles = {word for card in cards for word in card.title_words}
    topic = _topic(reading, keep_agencies=True, also=(*(pattern for _, pattern in FIELDS), DOCUMENT_KINDS))
    return [i for i in topic if reading.question.tokens[i].word not in titles]


def _topic(
    reading: Reading, *, keep_agencies: bool, listing: bool = False, also: tuple[re.Pattern[str], ...] = ()
) -> list[int]:
    """The tokens that neither a name nor a question word explains, in order."""
    question = reading.question
    taken = set(reading.taken)
    agency_tokens = {t for f in reading.agencies for t in question.tokens_at(f.start, f.end)}
    if not keep_agencies:
        taken |= agency_tokens
    line = hide(question, taken | agency_tokens)
    patterns = [*also, *(pattern for _, pattern in ATTRIBUTES)]
    if listing:
        kinds, empty = (tuple(p for _, p in pairs) for pairs in (KINDS, EMPTY))
        patterns = [
            SHARED_LEAD,
            *empty,
            *kinds,
            LIST,
            COUNT,
            OVERDUE,
            LEADING,
            COORDINATING,
            EITHER,
            *patterns,
            LISTING,
            LIST_OF_WORK,
        ]
        if found := find_period(line, reading.context.today):
            taken |= question.tokens_in(*found[1])
    for pattern in patterns:
        for match in pattern.finditer(line):
            taken |= question.tokens_in(*match.span())
    for match in DOCUMENT_KINDS.finditer(line):
        if (reading.named.ids or listing) and not _MADE.search(line[: match.start()]):
            taken |= question.tokens_in(*match.span())
    for match in FRAME.finditer(line):
        words = question.tokens_in(*match.span()) - taken
        if len(words) > 1 or not any(_is_content(i, taken, reading) for i in words):
            taken |= words
    return [i for i in range(len(question.tokens)) if i not in taken]


def _is_content(i: int, taken: set[int], reading: Reading) -> bool:
    """Whether a word that looks like a question word is part of the content ("tài" in "tài liệu")."""
    token = reading.question.tokens[i]
    if token.word not in TWO_FACED:
        return False
    faces = {toneless_key(face) for face in TWO_FACED[token.word].split()}
    if reading.question.accented and toneless_key(token.source) not in faces:
        return True
    return not reading.question.accented and _in_known_pair(i, taken, reading)


def _in_known_pair(i: int, taken: set[int], reading: Reading) -> bool:
    """Whether a word forms a pair with a neighbour that the documents know."""
    tokens, knows = reading.question.tokens, reading.context.knows
    left, right = i - 1, i + 1
    return bool(
        (left >= 0 and left not in taken and knows(f"{tokens[left].word}_{tokens[i].word}"))
        or (right < len(tokens) and right not in taken and knows(f"{tokens[i].word}_{tokens[right].word}"))
    )


def _topic_fields(reading: Reading, kept: list[int]) -> dict[str, object]:
    """The fields of a query that hold its topic: folded words, the same with accents, and all for ranking."""
    tokens = reading.question.tokens
    words: list[str] = []
    accented: list[str] = []
    for place, i in enumerate(kept):
        if place and (kept[place - 1] != i - 1 or _apart(reading.question, i)):
            words.append("")
            accented.append("")
        words.append(plain(tokens[i].word))
        accented.append(tokens[i].source if fold(tokens[i].source) == tokens[i].word else "")
    named = reading.taken
    line = reading.question.line
    return {
        "expects": _expected(reading.question, reading.context.knows),
        "confirms": bool(_CONFIRMS.search(line)),
        "words": tuple(words),
        "accented": tuple(accented),
        "search": tuple(plain(token.word) for i, token in enumerate(tokens) if i not in named),
    }


def _is_how_many(question: Question, place: int, knows: Callable[[str], bool]) -> bool:
    """Whether the word at a place of the line is "mấy", not the syllable of another word ("đám mây")."""
    i = min(question.tokens_in(place, place + 1))
    token = question.tokens[i]
    if token.word != "may":
        return True
    if question.accented:
        return toneless_key(token.source) == toneless_key("mấy")
    return i == 0 or not knows(f"{question.tokens[i - 1].word}_may")


def _apart(question: Question, i: int) -> bool:
    """Whether a comma or the like stands between a token and the one before it."""
    between = question.text[question.tokens[i - 1].end : question.tokens[i].start]
    return any(sign in between for sign in ",;:()")


def _expected(question: Question, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """The patterns that an answer must hold, by what the question asks for."""
    found = [answer.pattern for pattern, answer in EXPECTED if pattern.search(question.line)]
    found += _cited(question.line)
    if (post := _POST.search(question.line)) and any(p.search(question.line) for p in _NAME_ASKED):
        found.append(rf"\b{post[0]}" if post[0].startswith("pho") else rf"(?<!pho ){post[0]}\b")
    match = HOW_MANY.search(question.line)
    if match and _is_how_many(question, match.start(), knows):
        found.append(rf"\d[\d.,]*%? (?:[a-z]+ ){{0,1}}{match['noun']}\b")
    return tuple(found)


def _cites(reading: Reading) -> bool:
    """Whether the date or issuer of a document is asked that is not held here, only cited."""
    cited = _CITED.search(reading.question.line)
    held = {card.figure for card in reading.context.catalogue.cards}
    return cited is not None and cited[2] not in held and bool(_cited(reading.question.line))


def _cited_query(base: Query, reading: Reading) -> Query:
    """A question on a document that is only cited here: searched in the words of all, whoever cites it."""
    strong = any(score > _WEAK for score in reading.named.scores.values())
    kept = _topic(reading, keep_agencies=True)
    changes = _topic_fields(reading, kept) | {"attributes": (), "fields": (), "topic": _as_typed(reading, kept)}
    return base.model_copy(update=changes if strong else {**changes, "documents": (), "documents_from": ""})


def _cited(line: str) -> list[str]:
    """Patterns for a question on a document that these documents cite: its date, its issuer."""
    cited = _CITED.search(line)
    if cited is None:
        return []
    name = rf"{cited[1]}(?: so)? {cited[2]}[^ ,;]*"
    patterns = dict(FIELDS)
    found = []
    if patterns[DocumentField.DATE].search(line) or _WHEN.search(line[cited.end() :][:20]):
        found.append(rf"{name} ngay \d")
    if patterns[DocumentField.ISSUER].search(line) or re.search(r"(?<!\w)cua (?:ai|co quan nao)", line):
        found.append(rf"{name}(?: ngay [\d/]+| ngay \d+ thang \d+ nam \d+)? cua ")
    return found


def _as_typed(reading: Reading, kept: list[int]) -> str:
    """Tokens as they were typed."""
    tokens = [reading.question.tokens[i] for i in kept]
    return " ".join(t.source for i, t in enumerate(tokens) if not i or tokens[i - 1].start != t.start)
