"""Understanding: from the words of a question to one ``Query``, by rules over folded text.

Names (documents, agencies, places, sections) are matched against what the store really holds, so that a
new document is understood with no new code. What names and question words leave over is the topic.
"""

from __future__ import annotations

import re

from assistant.understand.agreement import Agreement, find_agreement
from assistant.understand.alternatives import find_alternatives
from assistant.understand.bodies import agency_refs
from assistant.understand.compare import asks_who, compared_bodies, find_comparison, without_frame
from assistant.understand.confirm import (
    asked_of_all,
    asks_alone,
    asks_whether,
    claimed_amounts,
    claims_lead,
    confirmed_body,
)
from assistant.understand.events import Event, find_event
from assistant.understand.expectations import CITED, cited_patterns
from assistant.understand.guard import guard
from assistant.understand.leaders import find_leader
from assistant.understand.lexicon import (
    COLLECTIVE_LEAD,
    COORDINATING,
    COUNT,
    COUNT_IN_ROLE,
    DOCUMENT_KINDS,
    EMPTY,
    GENERIC_WORK,
    GROUPED,
    HELD,
    JOINT_LEAD,
    LATE,
    LEADING,
    LIST,
    LIST_OF_WORK,
    OVERDUE,
    SHARED_LEAD,
    SOLE_LEAD,
    phrases,
)
from assistant.understand.own import office_match
from assistant.understand.own_bodies import own_match
from assistant.understand.periods import DAYS_LEFT, asks_working_days, find_period
from assistant.understand.progress.questions import find_progress_question
from assistant.understand.progress.shorthand import written_out
from assistant.understand.progress.updates import find_update
from assistant.understand.query import (
    About,
    AgencyRef,
    Ask,
    Attribute,
    Comparison,
    DocumentField,
    Query,
    TaskRef,
    Things,
    Update,
)
from assistant.understand.question import MAX_CHARS, Question, clean_question, read_question
from assistant.understand.reading import Context, Reading, meant, read
from assistant.understand.topic import LINKS, accented_form, as_typed, beyond_titles, topic_fields, topic_of
from assistant.understand.units import documents_of_unit, within_reach
from corpus.vietnamese import words

_ASKED_ROLE = re.compile(
    r"(?:chu tri|phu trach|phoi hop|lam|tham gia|dau moi|co|duoc giao)(?: nhung| cac)? (?:viec |nhiem vu |cai )?(?:gi|nao|j)(?!\w)"
)
_WHAT_THERE_IS = phrases(
    "(?:co|con|dang) (?:nhung )?(?:cai |viec )?(?:gi|nao)",
    "nhung gi",
    "cai (?:gi|nao)",
    "(?:xong|lam|lam xong|hoan thanh|nop|trien khai|den han|toi han|het han) (?:nhung |cai |viec )*(?:gi|nao)",
)
_WORK_NOUN = phrases("nhiem vu", "dau viec", "tasks?")
_BOTH_BODIES = re.compile(r"(?<!\w)ca(?!\w).{2,80}(?<!\w)(?:va|lan)(?!\w)")
# "Kế hoạch thực hiện Quyết định 534": the document that is cited names the one that is meant.
_NAMED_BY_CITED = re.compile(
    r"(?<!\w)(?:ke hoach|phu luc|van ban)(?: cua [^,]{1,40}?)? (?:de )?(?:trien khai|thuc hien|cu the hoa)(?: thuc hien)? $"
)
# Who does it, not with whom: twice so where lead and coordinators are asked ("ai làm, ai phối hợp").
_WHO = re.compile(r"(?<!voi )(?<!cung )(?<!\w)(?:ai|(?:don vi|co quan|phong|so|ben) nao)(?!\w)")
_RULED_OUT = re.compile(r"(?<!\w)(?:khong|k|chang|chua)(?: (?:phai|la|duoc|can))* (?:chu tri|phoi hop|phu trach)(?!\w)")
_OF_ONE_TASK = frozenset({About.HISTORY, About.ASSIGNEE})
_LIKE_REPORTS = frozenset({"refuse_progress", "refuse_destroy"})
# "Phòng mình có phải làm …", "có phải văn phòng làm không".
_DOES = re.compile(
    r"(?:(?<=·)|(?<=phong )|(?<=tam )) (?:(?:co|phai|can|se|la|dang|duoc|noi|don vi) )*(?P<act>lam|lo|thuc hien|phu trach|trien khai|dam nhan)(?!\w)"
)
_BY_THEN = phrases(
    "(?:phai|can|se) (?:[a-z]+ ){0,4}?(?:xong|hoan thanh|nop)", "(?:xong|hoan thanh) (?:trong|truoc|vao)"
)
_TOGETHER = phrases("(?:lam|thuc hien|trien khai|xu ly|tham gia) (?:cung(?: voi)?|chung(?: voi)?|voi)")
_FEW = 2
_DIGITS = 2  # of the number of a task that stands alone
_PAIR = 2
_WEAK = 3.0  # the score of a document that only words of its title name


def understand(text: str, context: Context) -> Query:
    """Reads a message into a query. Never raises on any text."""
    reason = unusable(text)
    question = read_question("" if reason else text, context.speller)
    reason = reason or guard(question)
    update = _reported(text, question, reason, context)
    if update is not None and not any(step.words for step in update.steps):
        return _update_query(update, text, context)
    query = _asked(question, reason, context)
    return query if update is None else query.model_copy(update={"perhaps": update})


def _asked(question: Question, reason: str | None, context: Context) -> Query:
    """What a message asks that reports nothing."""
    if reason is not None:
        kind = {"refuse": Ask.REFUSE, "chat": Ask.CHAT}.get(reason.split("_")[0], Ask.UNCLEAR)
        return Query(ask=kind, reason=reason)
    reading = read(question, context)
    compared = find_comparison(reading, _side)
    asked = find_progress_question(reading)
    if compared is not None and not (asked and reading.numbers.tasks and asked.about in _OF_ONE_TASK):
        return _compared(reading, compared)
    query = _decide(reading)
    return query if asked is None else query.model_copy(update={"progress": asked})


def _reported(text: str, question: Question, reason: str | None, context: Context) -> Update | None:
    """What a message reports. A refusal goes before it, but for what only looks like an order to change a plan."""
    if reason is not None and reason.startswith(("unclear_", "refuse_")) and reason not in _LIKE_REPORTS:
        return None
    return find_update(text, question, context)


def _update_query(update: Update, text: str, context: Context) -> Query:
    """A report with the documents in which its tasks are looked for."""
    base = _base(read(read_question(written_out(text), context.speller), context))
    return Query(
        ask=Ask.UPDATE,
        documents=base.documents,
        documents_from=base.documents_from,
        unknown_document=base.unknown_document,
        update=update,
    )


def _compared(reading: Reading, compared: Comparison) -> Query:
    """A comparison, with the query that answers where it finds nothing to compare."""
    if compared.things is Things.TASKS:
        return _decide(reading).model_copy(update={"compared": compared})
    if compared.things is Things.LISTED:
        reading = without_frame(reading)
        line = reading.line()
        refs = agency_refs(reading, line)
        if refs is None:
            return _unknown_body(reading)
        query = _list_query(_base(reading), reading, Ask.LIST, refs, line)
        if compared.without:
            query = query.model_copy(update={"period": None})
        return query.model_copy(update={"compared": compared})
    bodies = compared_bodies(reading, agency_refs(reading, reading.line()) or ())
    if compared.things is Things.BODIES and len(bodies) < _PAIR and not asks_who(reading):
        return _decide(reading)
    documents = tuple(reading.named.scores) if compared.things is Things.DOCUMENTS else _base(reading).documents
    changes = {"compared": compared, "agencies": bodies, "documents": documents, "period": reading.period}
    return _decide(reading).model_copy(update=changes)


def _side(reading: Reading) -> Query:
    """A part of a question as a query for its tasks."""
    topic = [i for i in topic_of(reading, keep_agencies=True) if not _is_place_word(i, reading)]
    ask = Ask.TASK if reading.numbers.tasks else Ask.FIND
    return _base(reading).model_copy(
        update={"ask": ask, **topic_fields(reading, topic), "topic": as_typed(reading, topic)}
    )


def _is_place_word(i: int, reading: Reading) -> bool:
    """Whether a word only leads to the name of a document: "bên" of "bên Nhị Chiểu"."""
    return reading.question.words[i] in ("ben", "phia", "phan") and i + 1 in reading.named.tokens


def unusable(text: str) -> str | None:
    """Why a message is no question at all: the name of the prepared reply, or None where it may be one."""
    if len(text) > MAX_CHARS and len(clean_question(text)) > MAX_CHARS:
        return "unclear_long"
    question = read_question(text)
    if not question.tokens:
        return "unclear_empty"
    return None if question.has_letters else "unclear_script"


def _decide(reading: Reading) -> Query:
    """Chooses what is asked from what was found."""
    line = reading.line()
    refs = agency_refs(reading, line)
    if refs is None:
        return _unknown_body(reading)
    base = _base(reading)
    if event := find_event(reading.question.line, reading.context.today):
        return _event_query(base, reading, event)
    if agreement := find_agreement(reading):
        return _agreement_query(base, reading, agreement)
    if reading.numbers.tasks and not _means_place(reading):
        base = _of_a_cited_plan(base, reading)
        base = base.model_copy(update={"all_by": asked_of_all(reading, refs)})
        return base.model_copy(update={"ask": Ask.TASK, "agencies": refs, "period": reading.period})
    if reading.numbers.place:
        return base.model_copy(update={"ask": Ask.PLACE})
    if _cites(reading):
        return _cited_query(base, reading)
    if whole := asked_of_all(reading, refs):
        return _all_query(base, reading, whole, line)
    listed = _listed(reading, line, refs)
    if HELD.search(line) and not refs and len(topic_of(reading, keep_agencies=True, also=(HELD,))) <= 1:
        return base.model_copy(update={"ask": Ask.DOCUMENT, "fields": (DocumentField.HELD,)})
    if reading.fields and not (listed and refs) and len(beyond_titles(reading)) <= _most_beyond(reading):
        return base.model_copy(update={"ask": Ask.DOCUMENT})
    if listed is None and GENERIC_WORK.search(line) and (refs or reading.period or reading.kinds):
        listed = Ask.LIST if not topic_of(reading, keep_agencies=False, listing=True) else None
    if listed is not None and _is_of_unknown_office(reading):
        return _unknown_body(reading)
    if listed is not None or SHARED_LEAD.search(line) or _is_given_to_all(reading, line):
        return _list_query(_of_a_cited_plan(base, reading), reading, listed or Ask.LIST, refs, line)
    return _find_query(base, reading, refs)


def _of_a_cited_plan(base: Query, reading: Reading) -> Query:
    """The query without a document where the tasks of a plan are wanted that is not held here, only cited."""
    if reading.named.cited is None or reading.named.ids:
        return base
    return base.model_copy(update={"documents": (), "documents_from": "", "unknown_document": reading.named.cited})


def _most_beyond(reading: Reading) -> int:
    """How many words may be left over in a question on a document itself: none where nothing names a document."""
    return _FEW if reading.named.ids or DOCUMENT_KINDS.search(reading.question.line) else 0


def _agreement_query(base: Query, reading: Reading, agreement: Agreement) -> Query:
    """The work on which a plan and its annex are held against each other; all of it where none is named."""
    topic = [i for i in topic_of(reading, keep_agencies=True) if i not in agreement.tokens]
    ask = Ask.TASK if base.tasks else Ask.FIND
    changes = {"ask": ask, "doubted": True, "agreement": agreement.asked, "topic": as_typed(reading, topic)}
    return base.model_copy(update={**changes, **topic_fields(reading, topic), "expects": ()})


def _unknown_body(reading: Reading) -> Query:
    """A question about the person's own body where that is not known, or where the documents are not for it."""
    unit = reading.context.unit
    if unit is None:
        return Query(ask=Ask.UNCLEAR, reason="unclear_unit")
    return Query(ask=Ask.UNCLEAR, reason="outside_unit", topic=unit.split(",")[0].strip(), documents=meant(reading))


def _event_query(base: Query, reading: Reading, event: Event) -> Query:
    """What is asked to follow from an event, by number or by words; those of the event itself where it says no more."""
    reading.taken |= reading.question.tokens_in(*event.span)
    topic = topic_of(reading, keep_agencies=True)
    asked = reading.question.tokens_in(event.after, len(reading.question.line))
    kept = [i for i in topic if i in asked]
    kept = kept if len(kept) >= _FEW else topic
    fields = {**topic_fields(reading, kept), "expects": (), "topic": as_typed(reading, kept)}
    reason = "" if kept or base.tasks else "unclear_attribute"
    return base.model_copy(update={"ask": Ask.EVENT, "event": event.day, "reason": reason, **fields})


def _means_place(reading: Reading) -> bool:
    """Whether "mục IV.1" is a place of the outline: the documents meant have no such section in a table."""
    if not reading.numbers.place:
        return False
    catalogue = reading.context.catalogue
    documents = catalogue.family(meant(reading))
    if not documents:
        return not any(ref.section in catalogue.section_numbers for ref in reading.numbers.tasks)
    known = catalogue.numbered_sections
    return not any((document, ref.section) in known for document in documents for ref in reading.numbers.tasks)


def _base(reading: Reading) -> Query:
    documents, source = reading.named.ids, reading.named.source
    if source == "weak" and reading.context.unit:
        own = documents_of_unit(reading.context.unit, reading.context.catalogue)
        source = "unit" if set(documents) <= set(own) else source
    if not documents and reading.context.unit:
        documents, source = documents_of_unit(reading.context.unit, reading.context.catalogue), "unit"
        if not documents and own_match(reading):
            ids = reading.context.catalogue.ids
            within = within_reach(reading.context.unit, ids, reading.context.catalogue)
            documents = within if len(within) < len(ids) else ()
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
        whether=asks_whether(reading),
        alone=asks_alone(reading),
        claimed=claims_lead(reading),
        about_work=bool(_WORK_NOUN.search(reading.question.line)),
        late=bool(LATE.search(reading.line())),
        days_left=bool(DAYS_LEFT.search(reading.question.line)),
        working_days=asks_working_days(reading.question.line),
    )


def _attributes(reading: Reading) -> tuple[Attribute, ...]:
    found = reading.attributes
    line = reading.line()
    asks_two = len(_WHO.findall(line)) > 1
    if Attribute.COORDINATE in found and Attribute.LEAD in found and not (LEADING.search(line) or asks_two):
        found = tuple(a for a in found if a is not Attribute.LEAD)
    if Attribute.LEADER in found and not LEADING.search(line):
        found = tuple(a for a in found if a is not Attribute.LEAD)
    return found


def _listed(reading: Reading, line: str, refs: tuple[AgencyRef, ...]) -> Ask | None:
    """LIST or COUNT where the question wants several tasks, else None."""
    if COUNT.search(line) or (refs and COUNT_IN_ROLE.search(line)):
        return Ask.COUNT
    if refs and _asks_both_roles(line) and not topic_of(reading, keep_agencies=False, listing=True):
        return Ask.LIST
    if LIST_OF_WORK.search(line):
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


def _is_of_unknown_office(reading: Reading) -> bool:
    """Whether all of "phường mình" is asked for, and nobody said which that is."""
    open_ = reading.context.unit is None and not reading.named.ids and office_match(reading.question) is not None
    return open_ and not topic_of(reading, keep_agencies=False, listing=True)


def _is_given_to_all(reading: Reading, line: str) -> bool:
    """Whether nothing but what is given to all is asked for ("có việc giao chung không")."""
    return bool(COLLECTIVE_LEAD.search(line)) and not topic_of(reading, keep_agencies=False, listing=True)


def _asks_both_roles(line: str) -> bool:
    """Whether a question asks about both roles, none of them ruled out ("không phải chủ trì")."""
    line = _RULED_OUT.sub(" ", line)
    return bool(LEADING.search(line) and COORDINATING.search(line))


def _list_query(base: Query, reading: Reading, ask: Ask, refs: tuple[AgencyRef, ...], line: str) -> Query:
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
    if len(named) == _PAIR and _TOGETHER.search(reading.question.line):
        named = tuple(ref.model_copy(update={"role": "either"}) for ref in named)
    joint = SHARED_LEAD.search(line) or (refs and JOINT_LEAD.search(line))
    led_to = bool(topic) and tokens[topic[0]].word in LINKS
    while topic and tokens[topic[0]].word in LINKS:
        topic.pop(0)
    topic = [i for i in topic if not (refs and _leads_to_list(i, reading))]
    if {tokens[i].word for i in topic} <= {word for ref in named for word in words(ref.name)}:
        topic = []  # what is left of a body's name in other words: "ttphuc vu hcc"
    empty = tuple(name for name, pattern in EMPTY if pattern.search(line))
    return base.model_copy(
        update={
            "ask": ask,
            "agencies": tuple(ref for ref in named if not ref.negated),
            "without": tuple(ref for ref in named if ref.negated),
            "role_said": any(ref.role != "any" for ref in refs),
            "period": None if _is_as_of_today(reading, line) else reading.period,
            "kinds": () if Attribute.DEADLINE in empty else reading.kinds,
            "grouped": bool(GROUPED.search(line)),
            "overdue": bool(OVERDUE.search(line)),
            "leader": led.title if led else "",
            "leader_said": as_typed(reading, sorted(led.tokens)) if led else "",
            "order": reading.ordering.order if reading.ordering else None,
            "most": reading.ordering.most if reading.ordering else None,
            "empty": empty,
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


def _all_query(base: Query, reading: Reading, whole: AgencyRef, line: str) -> Query:
    """All that a question describes, and whether one body leads it all."""
    query = _list_query(base, reading, Ask.LIST, (), line)
    if not (query.documents or query.section or query.period or query.listed_words):
        return _find_query(base, reading, (whole,))
    return query.model_copy(update={"all_by": whole, "whether": True})


def _find_query(base: Query, reading: Reading, refs: tuple[AgencyRef, ...]) -> Query:
    base = base.model_copy(update={"agencies": refs, "period": reading.period, "kinds": reading.kinds})
    topic = topic_of(reading, keep_agencies=True)
    if base.whether and len(refs) == 1 and refs[0].role == "any" and (acts := _acts_of(refs, reading)):
        refs = (refs[0].model_copy(update={"role": "lead"}),)
        base = base.model_copy(update={"agencies": refs})
        topic = [i for i in topic if i not in acts] or topic
    offered = find_alternatives(reading)
    if offered and (rest := [i for i in topic if i not in offered.tokens]):
        asked = (offered.by,) if offered.by and offered.by not in base.attributes else ()
        base = base.model_copy(update={"doubted": True, "attributes": (*base.attributes, *asked)})
        topic = rest
    elif rest := [i for i in topic if i not in confirmed_body(reading, refs)]:
        topic = rest
    claims, figures = claimed_amounts(reading)
    if figures and (rest := [i for i in topic if i not in figures]):
        base = base.model_copy(update={"claims": claims})
        topic = rest
    if base.whether and _is_due_day(base, reading) and (rest := _without_period(topic, reading)):
        base = base.model_copy(update={"attributes": base.attributes or (Attribute.DEADLINE,)})
        topic = rest
    if not topic and reading.titled and reading.attributes:  # who has a whole section in charge: sought by its title
        topic = sorted(reading.titled)
        base = base.model_copy(update={"section": None})
    if number := _bare_number(topic, reading):
        return base.model_copy(update={"ask": Ask.TASK, "tasks": (number,)})
    if not topic and base.documents_from == "named":
        fields = reading.fields or (DocumentField.ALL,)
        return base.model_copy(update={"ask": Ask.DOCUMENT, "fields": fields})
    if not topic:
        reason = "unclear_attribute" if reading.attributes else "unclear_topic"
        return base.model_copy(update={"ask": Ask.UNCLEAR, "reason": reason})
    return base.model_copy(update={**topic_fields(reading, topic), "topic": as_typed(reading, topic)})


def _acts_of(refs: tuple[AgencyRef, ...], reading: Reading) -> set[int]:
    """The tokens by which the one body of a yes/no question is said to do the work ("có phải văn phòng làm không")."""
    line = reading.line()
    return (
        {t for match in _DOES.finditer(line) for t in reading.question.tokens_in(*match.span("act"))} if refs else set()
    )


def _bare_number(topic: list[int], reading: Reading) -> TaskRef | None:
    """The task of a question that says nothing but a number and what is asked of it ("43 ai chủ trì", "hạn 32")."""
    words = [reading.question.tokens[i].word for i in topic]
    alone = len(words) == 1 and words[0].isdigit() and len(words[0]) <= _DIGITS
    return TaskRef(number=words[0].lstrip("0")) if alone and reading.attributes and int(words[0]) else None


def _is_due_day(base: Query, reading: Reading) -> bool:
    """Whether the period of a question is that by which work is to be done ("phải xong trong quý 4 đúng không")."""
    by_then = _BY_THEN.search(reading.line()) and reading.period is not None
    return Attribute.DEADLINE in base.attributes or bool(by_then)


def _without_period(topic: list[int], reading: Reading) -> list[int]:
    """A topic without the day that is to be confirmed as its deadline ("có phải hạn quý III không")."""
    found = find_period(reading.question.line, reading.context.today)
    said = reading.question.tokens_in(*found[1]) if found else set()
    return [i for i in topic if i not in said]


def _cites(reading: Reading) -> bool:
    """Whether the date or issuer of a document is asked that is not held here, only cited."""
    cited = CITED.search(reading.question.line)
    held = reading.context.catalogue.by_figure
    if cited and _NAMED_BY_CITED.search(reading.question.line[: cited.start()]) and reading.named.source == "named":
        return False
    return cited is not None and cited[2] not in held and bool(cited_patterns(reading.question.line))


def _cited_query(base: Query, reading: Reading) -> Query:
    """A question on a document that is only cited here: searched in the words of all, whoever cites it."""
    strong = any(score > _WEAK for score in reading.named.scores.values())
    kept = topic_of(reading, keep_agencies=True)
    changes = topic_fields(reading, kept) | {"attributes": (), "fields": (), "topic": as_typed(reading, kept)}
    return base.model_copy(update=changes if strong else {**changes, "documents": (), "documents_from": ""})
