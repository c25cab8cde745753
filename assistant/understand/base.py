"""What every question has: its documents, tasks, attributes, and whether it wants yes or no."""

from __future__ import annotations

import re

from assistant.understand.confirm import (
    asks_alone,
    asks_whether,
    claims_lead,
)
from assistant.understand.lexicon import (
    LATE,
    LEADING,
    phrases,
)
from assistant.understand.own_bodies import own_match
from assistant.understand.periods import DAYS_LEFT, asks_working_days
from assistant.understand.query import (
    Ask,
    Attribute,
    Query,
)
from assistant.understand.reading import Reading
from assistant.understand.units import documents_of_unit, within_reach

_WORK_NOUN = phrases("nhiem vu", "dau viec", "tasks?")
# Who does it, not with whom: twice so where lead and coordinators are asked ("ai làm, ai phối hợp").
_WHO = re.compile(r"(?<!voi )(?<!cung )(?<!\w)(?:ai|(?:don vi|co quan|phong|so|ben) nao)(?!\w)")
# Who does it, asked beside who takes part: "ai làm, làm chung với ai".
_WHO_DOES = re.compile(
    r"(?<!voi )(?<!cung )(?<!\w)(?:ai|(?:don vi|co quan|phong|so|ben) nao) (?:phai |se |duoc giao )?"
    r"(?:lam(?! (?:chung|cung|voi))|lo|thuc hien|dam nhan)(?!\w)"
    r"|(?<!voi )(?<!cung )(?<!\w)(?:ai|(?:don vi|co quan|phong|so|ben) nao)(?:,| va| roi| thi)+ (?:phoi hop|lam chung) (?:voi|cung) (?:ai|(?:don vi|co quan|phong|so|ben) nao)(?!\w)"
)


def base_query(reading: Reading) -> Query:
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
        near=_near(reading),
        own_office=reading.named.own_office,
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


def _near(reading: Reading) -> tuple[str, ...]:
    """The documents of the city or province of the person's unit; () where others have none here."""
    catalogue = reading.context.catalogue
    if reading.context.unit is None:
        return ()
    within = within_reach(reading.context.unit, catalogue.ids, catalogue)
    return within if len(within) < len(catalogue.ids) else ()


def _attributes(reading: Reading) -> tuple[Attribute, ...]:
    found = reading.attributes
    line = reading.line()
    asks_two = len(_WHO.findall(line)) > 1
    leads = LEADING.search(line) or _WHO_DOES.search(line)
    if Attribute.COORDINATE in found and Attribute.LEAD in found and not (leads or asks_two):
        found = tuple(a for a in found if a is not Attribute.LEAD)
    if Attribute.LEADER in found and not LEADING.search(line):
        found = tuple(a for a in found if a is not Attribute.LEAD)
    return found
