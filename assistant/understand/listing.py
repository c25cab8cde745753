"""Questions for several tasks: whether one is, and what it describes."""

from __future__ import annotations

import re

from assistant.understand.compare import compared_bodies
from assistant.understand.leaders import find_leader
from assistant.understand.lexicon import (
    COLLECTIVE_LEAD,
    COORDINATING,
    COUNT,
    COUNT_IN_ROLE,
    DOCUMENT_KINDS,
    EITHER,
    EMPTY,
    EVERY,
    EXPECTED,
    FROM_FUNDS,
    GENERIC_WORK,
    GROUPED,
    JOINT_LEAD,
    LEADING,
    LIST,
    LIST_OF_WORK,
    OVERDUE,
    ROWS,
    SHARED_LEAD,
    SOLE_LEAD,
    SYNONYMS,
    phrases,
)
from assistant.understand.own import office_match
from assistant.understand.periods import DAYS_LEFT
from assistant.understand.query import (
    AgencyRef,
    Ask,
    Attribute,
    Query,
)
from assistant.understand.reading import Reading, meant
from assistant.understand.topic import LINKS, accented_form, as_typed, topic_fields, topic_of
from corpus.vietnamese import words
from corpus.vocabulary import is_syllable
from retrieval.thesaurus import Substitute, substitutes

_ASKED_ROLE = re.compile(
    r"(?:chu tri|phu trach|phoi hop|lam|tham gia|dau moi|co|duoc giao)(?: nhung| cac)? (?:viec |nhiem vu |cai )?(?:gi|nao|j)(?!\w)"
)
_WHAT_THERE_IS = phrases(
    "(?:co|con|dang) (?:nhung )?(?:cai |viec )?(?:gi|nao)",
    "nhung gi",
    "cai (?:gi|nao)",
    "(?:xong|lam|lam xong|hoan thanh|nop|trien khai|den han|toi han|het han) (?:nhung |cai |viec )*(?:gi|nao)",
)
_BOTH_BODIES = re.compile(r"(?<!\w)ca(?!\w).{2,80}(?<!\w)(?:va|lan)(?!\w)")
_RULED_OUT = re.compile(r"(?<!\w)(?:khong|k|chang|chua)(?: (?:phai|la|duoc|can))* (?:chu tri|phoi hop|phu trach)(?!\w)")
_WRITTEN = re.compile(
    r"(?<!\w)(?:(?:ghi|de|dat)(?: ro)?(?: la)? (?:thoi )?han|(?:thoi )?han (?:duoc |chi |ma |thi )*ghi)(?!\w)"
)
# "Hạn quý IV", "mốc tháng 12": said of the deadline as it is written; "đến hạn" and "phải xong" are said of the day.
_DUE_IN = re.compile(
    r"(?<!\w)(?<!den )(?<!toi )(?<!het )(?<!qua )(?<!sap )(?<!ky )(?:thoi han|(?<!thoi )han(?: chot| cuoi)?|moc|ghi)(?: (?:la|vao|trong|ghi|o|chi|ghi la))* $"
)
_OR_YEAR = re.compile(r",? (?:hoac|hay|va|lan|,)(?: la| ca| ghi)* nam(?!\w)")
_PART_OF_YEAR = re.compile(
    r"(?:trong )?(?:quy|thang) (?:iv|i{1,3}|[1-9]|0[1-9]|1[0-2]|mot|nhat|hai|ba|bon|tu|cuoi)(?!\w)"
)
_TOGETHER = phrases("(?:lam|thuc hien|trien khai|xu ly|tham gia) (?:cung(?: voi)?|chung(?: voi)?|voi)")
_OF_FUNDS = next(asked for asked, answer in EXPECTED if answer is FROM_FUNDS)
_CALLING = frozenset({"vu", "ve", "viec", "chuyen", "mang", "cai"})
_LEVELS = frozenset({"thanh", "pho", "phuong", "xa", "tinh"})
PAIR = 2


def listed_as(reading: Reading, line: str, refs: tuple[AgencyRef, ...]) -> Ask | None:
    """LIST or COUNT where the question wants several tasks, else None."""
    if _OF_FUNDS.search(line):
        return None
    if COUNT.search(line) or (refs and COUNT_IN_ROLE.search(line)):
        return Ask.COUNT
    if refs and _asks_both_roles(line) and not topic_of(reading, keep_agencies=False, listing=True):
        return Ask.LIST
    if LIST_OF_WORK.search(line):
        return Ask.LIST
    if refs and ROWS.search(line) and any(role.search(line) for role in (EITHER, LEADING, COORDINATING)):
        return Ask.LIST
    if GROUPED.search(line) and reading.named.ids:
        return Ask.COUNT
    if reading.ordering and (GENERIC_WORK.search(line) or refs):
        return Ask.LIST
    if LIST.search(line) and (refs or reading.period or reading.kinds or reading.numbers.section):
        return Ask.LIST
    if (LIST.search(line) or (reading.period and _WHAT_THERE_IS.search(line))) and not topic_of(
        reading, keep_agencies=True, listing=True
    ):
        return Ask.LIST
    if (
        OVERDUE.search(line)
        and not DAYS_LEFT.search(line)
        and (GENERIC_WORK.search(line) or refs or _WHAT_THERE_IS.search(line))
    ):
        return Ask.LIST
    if refs and _ASKED_ROLE.search(line):
        return Ask.LIST
    return None


def is_of_unknown_office(reading: Reading) -> bool:
    """Whether all of "phường mình" is asked for, and nobody said which that is."""
    open_ = reading.context.unit is None and not reading.named.ids and office_match(reading.question) is not None
    return open_ and not topic_of(reading, keep_agencies=False, listing=True)


def is_given_to_all(reading: Reading, line: str) -> bool:
    """Whether nothing but what is given to all is asked for ("có việc giao chung không")."""
    return bool(COLLECTIVE_LEAD.search(line)) and not topic_of(reading, keep_agencies=False, listing=True)


def _asks_both_roles(line: str) -> bool:
    """Whether a question asks about both roles, none of them ruled out ("không phải chủ trì")."""
    line = _RULED_OUT.sub(" ", line)
    return bool(LEADING.search(line) and COORDINATING.search(line))


def list_query(base: Query, reading: Reading, ask: Ask, refs: tuple[AgencyRef, ...], line: str) -> Query:
    if refs and _BOTH_BODIES.search(line):
        refs = compared_bodies(reading, refs)
    topic = topic_of(reading, keep_agencies=False, listing=True)
    tokens = reading.question.tokens
    if led := find_leader(reading):
        topic = [i for i in topic if i not in led.tokens]
        held = {f.agency.id for f in reading.agencies if reading.question.tokens_at(f.start, f.end) <= led.tokens}
        refs = tuple(ref for ref in refs if ref.agency_id not in held)
    named = tuple(r if r.role != "any" else r.model_copy(update={"role": "lead"}) for r in refs)
    if len(named) == 1 and _asks_both_roles(line) and not SOLE_LEAD.search(line):
        named = (named[0].model_copy(update={"role": "either"}),)
    if len(named) == PAIR and _TOGETHER.search(reading.question.line):
        named = tuple(ref.model_copy(update={"role": "either"}) for ref in named)
    joint = SHARED_LEAD.search(line) or (refs and JOINT_LEAD.search(line))
    led_to = bool(topic) and tokens[topic[0]].word in LINKS
    while topic and tokens[topic[0]].word in LINKS:
        topic.pop(0)
    topic = [i for i in topic if not (refs and _leads_to_list(i, reading))]
    names = _names_of(named, reading) if topic else []
    if all(any(_is_of_name(tokens[i].word, name) for name in names) for i in topic):
        topic = []  # what is left of a body's name in other words: "ttphuc vu hcc", "p kte ht dt"
    elif refs and _is_called(topic, {word for ref in refs for word in words(ref.name)}, reading):
        topic = []  # a body named twice: "bộ phận một cửa, trung tâm phục vụ hành chính công"
    if reading.named.ids and {tokens[i].word for i in topic} <= _LEVELS:
        topic = []  # "phụ lục kế hoạch 226 của TP"
    if _ends_name_of_plan(topic, reading) or _is_title_of_section(topic, reading):
        topic = []
    empty = tuple(name for name, pattern in EMPTY if pattern.search(line))
    return base.model_copy(
        update={
            "ask": ask,
            "agencies": tuple(ref for ref in named if not ref.negated),
            "without": tuple(ref for ref in named if ref.negated),
            "role_said": any(ref.role != "any" for ref in refs),
            "period": None if _is_as_of_today(reading, line) else reading.period,
            "as_written": bool(reading.period and _WRITTEN.search(reading.question.line)),
            "longer_beside": _is_due_in(reading),
            "every": tuple(unit for unit, pattern in EVERY if pattern.search(line)) if reading.kinds else (),
            "kinds": () if Attribute.DEADLINE in empty else reading.kinds,
            "grouped": bool(GROUPED.search(line)),
            "overdue": bool(OVERDUE.search(line)),
            "leader": led.title if led else "",
            "leader_name": led.name if led else "",
            "leader_said": as_typed(reading, sorted(led.tokens)) if led else "",
            "order": reading.ordering.order if reading.ordering else None,
            "most": reading.ordering.most if reading.ordering else None,
            "empty": empty,
            "left_out": tuple(tokens[i].word for i in reading.left_out),
            "shared_lead": bool(joint) and not SOLE_LEAD.search(line),
            "collective_lead": bool(COLLECTIVE_LEAD.search(line)),
            "sole_lead": bool(SOLE_LEAD.search(line)) and not joint,
            **topic_fields(reading, topic_of(reading, keep_agencies=True)),
            "listed_words": tuple(tokens[i].word for i in topic),
            "listed_accented": tuple(accented_form(tokens[i]) for i in topic),
            "topic": as_typed(reading, topic),
            "loosely": len(topic) == 1 and not led_to and bool(refs or reading.period or reading.kinds),
        }
    )


def _names_of(refs: tuple[AgencyRef, ...], reading: Reading) -> list[list[str]]:
    """The words of the names of bodies, and of those here whose names are longer: "Phòng Kinh tế, Hạ tầng và Đô thị"."""
    said = [words(ref.name) for ref in refs]
    held = (words(body.name) for body in reading.context.catalogue.bodies(meant(reading)))
    return [*said, *(name for name in held if any(name[: len(short)] == short for short in said))]


def _is_of_name(word: str, name: list[str]) -> bool:
    """Whether a word is one of a name, or the initials of some that stand side by side in it."""
    initials = "".join(part[0] for part in name if part != "va")
    return word in name or (len(word) > 1 and not is_syllable(word) and word in initials)


def _is_title_of_section(topic: list[int], reading: Reading) -> bool:
    """Whether a topic only says what the section named by its number is called: "mục II thể chế"."""
    section, said = reading.numbers.section, {reading.question.tokens[i].word for i in topic}
    if section is None or not said:
        return False
    among = meant(reading)
    titles = (s.title for s in reading.context.catalogue.sections if s.document in among and s.number == section)
    return any(said <= set(title) for title in titles)


def _ends_name_of_plan(topic: list[int], reading: Reading) -> bool:
    """Whether what is left only ends what the plan meant is called: "theo kế hoạch rác thải" of that on solid waste."""
    question, catalogue = reading.question, reading.context.catalogue
    in_a_row = bool(topic) and topic == list(range(topic[0], topic[-1] + 1))
    if not in_a_row or any(question.tokens[i].is_number for i in topic):
        return False
    if topic[0] - 1 in reading.subject:
        return True
    named = {max(question.tokens_in(*match.span())) for match in DOCUMENT_KINDS.finditer(question.line)}
    titles = {word for document in meant(reading) for word in catalogue.by_id[document].title_words}
    if topic[0] - 1 not in named:
        return False
    words_said = [question.tokens[i].word for i in topic]
    return any(word in titles for word in words_said) or _is_called(topic, titles, reading)


def _is_called(topic: list[int], titles: set[str], reading: Reading) -> bool:
    """Whether words say otherwise what a title or name says: "vụ rác" of a plan on solid waste."""
    said = [reading.question.tokens[i] for i in topic]
    while said and said[0].word in _CALLING:
        said = said[1:]
    others = substitutes([token.word for token in said], [accented_form(token) for token in said])
    meant_by = {i for other in others for i in range(other.start, other.end) if _in_title(other, titles)}
    meant_by |= {
        i for i, token in enumerate(said) if any(set(s.split("_")) <= titles for s in SYNONYMS.get(token.word, ()))
    }
    return bool(said) and meant_by == set(range(len(said)))


def _in_title(other: Substitute, titles: set[str]) -> bool:
    return any(set(phrase.words) <= titles for phrase in other.phrases)


def _is_due_in(reading: Reading) -> bool:
    """Whether a month or quarter is named as the deadline itself, which longer ones that end in it are not."""
    period, line = reading.period, reading.question.line
    if period is None or not _PART_OF_YEAR.match(period.text):
        return False
    before, _, after = line.partition(period.text)
    return bool(_DUE_IN.search(before)) and not _OR_YEAR.match(after)


def _is_as_of_today(reading: Reading, line: str) -> bool:
    """Whether a day only says as of when work is late ("hôm nay có gì quá hạn"): what was due on it is not meant."""
    period, today = reading.period, reading.context.today
    return bool(OVERDUE.search(line)) and period is not None and period.start == period.end == today


def _leads_to_list(i: int, reading: Reading) -> bool:
    """Whether a word stands right between a body and what is counted or listed, alone or with one more: the verb of
    its role, whichever ("phòng mình ôm bao nhiêu việc", "văn phòng cáng đáng mấy việc")."""
    question = reading.question
    bodies = {t for found in reading.agencies for t in question.tokens_at(found.start, found.end)} | reading.taken
    asked = (match for pattern in (COUNT, LIST_OF_WORK) for match in pattern.finditer(question.line))
    begins = {min(question.tokens_in(*match.span())) for match in asked}
    return any(first - 1 in bodies and first <= i < start for start in begins for first in (start - 1, start - 2))
