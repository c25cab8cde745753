"""Questions for what their words describe: a task, a fact, a document that is only cited."""

from __future__ import annotations

import re

from assistant.understand.alternatives import find_alternatives
from assistant.understand.confirm import (
    claimed_amounts,
    confirmed_body,
)
from assistant.understand.expectations import CITED, cited_patterns
from assistant.understand.lexicon import (
    phrases,
)
from assistant.understand.periods import find_period
from assistant.understand.query import (
    AgencyRef,
    Ask,
    Attribute,
    DocumentField,
    Query,
    TaskRef,
)
from assistant.understand.reading import Reading
from assistant.understand.topic import as_typed, topic_fields, topic_of

# "Kế hoạch thực hiện Quyết định 534": the document that is cited names the one that is meant.
_NAMED_BY_CITED = re.compile(
    r"(?<!\w)(?:ke hoach|phu luc|van ban)(?: cua [^,]{1,40}?)? (?:de )?(?:trien khai|thuc hien|cu the hoa)(?: thuc hien)? $"
)
# "Phòng mình có phải làm …", "có phải văn phòng làm không".
_DOES = re.compile(
    r"(?:(?<=·)|(?<=phong )|(?<=tam )) (?:(?:co|phai|can|se|la|dang|duoc|noi|don vi) )*(?P<act>lam|lo|thuc hien|phu trach|trien khai|dam nhan)(?!\w)"
)
_BY_THEN = phrases(
    "(?:phai|can|se) (?:[a-z]+ ){0,4}?(?:xong|hoan thanh|nop)", "(?:xong|hoan thanh) (?:trong|truoc|vao)"
)
_DIGITS = 2  # of the number of a task that stands alone
_WEAK = 3.0  # the score of a document that only words of its title name


def find_query(base: Query, reading: Reading, refs: tuple[AgencyRef, ...]) -> Query:
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


def cites(reading: Reading) -> bool:
    """Whether the date or issuer of a document is asked that is not held here, only cited."""
    cited = CITED.search(reading.question.line)
    held = reading.context.catalogue.by_figure
    if cited and _NAMED_BY_CITED.search(reading.question.line[: cited.start()]) and reading.named.source == "named":
        return False
    return cited is not None and cited[2] not in held and bool(cited_patterns(reading.question.line))


def cited_query(base: Query, reading: Reading) -> Query:
    """A question on a document that is only cited here: searched in the words of all, whoever cites it."""
    strong = any(score > _WEAK for score in reading.named.scores.values())
    kept = topic_of(reading, keep_agencies=True)
    changes = topic_fields(reading, kept) | {"attributes": (), "fields": (), "topic": as_typed(reading, kept)}
    return base.model_copy(update=changes if strong else {**changes, "documents": (), "documents_from": ""})
