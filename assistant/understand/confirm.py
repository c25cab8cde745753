"""Questions that want yes or no: whether, and whether something alone ("chỉ mỗi")."""

from __future__ import annotations

import re

from assistant.understand.amounts import UNITS, unit_of
from assistant.understand.expectations import CONFIRMS
from assistant.understand.query import AgencyRef, Amount
from assistant.understand.reading import Reading

_WHETHER = re.compile(r"(?<!\w)(?:co|phai|dung)(?!\w).*(?<!\w)(?:khong|k)(?: a| nhi| vay| ha| the)*(?:$| hay )")
_SURELY_NOT = re.compile(
    r"(?<!\w)la .{2,60}(?:chu tri|phoi hop|phu trach|lam)(?: viec (?:nay|do))? (?:a|ha|hu|nhi|phai k|dung k)$"
)
_ONLY = re.compile(r"(?<!\w)(?:chi|moi|mot minh|duy nhat|rieng)(?!\w)")
_WHO = re.compile(r"(?<!\w)(?:ai|(?:don vi|co quan|phong|so|ban|ben) nao)(?!\w)")
_LEADS = re.compile(r"[ ,]*(?:dang |duoc giao |duoc |la don vi )?(?:chu tri|phu trach|lam dau moi|dau moi)(?!\w)")
_CLAIMED = re.compile(rf"(?<![\w.,/])(?P<figure>\d{{1,9}}(?:[.,]\d+)*) ?(?P<unit>{UNITS})(?!\w)")
_ALL = re.compile(r"(?<!\w)(?:deu|tat ca|toan bo|het)(?!\w)")
_SOLE = ("lead", "coordinate")


def asks_whether(reading: Reading) -> bool:
    """Whether yes or no is wanted."""
    line = reading.question.line
    wants = CONFIRMS.search(line) or _WHETHER.search(line) or _SURELY_NOT.search(reading.question.framed or line)
    return bool(wants) and not _WHO.search(line)


def asks_alone(reading: Reading) -> bool:
    """Whether it is asked that a body has a role alone."""
    return bool(_ONLY.search(reading.line()))


def claims_lead(reading: Reading) -> bool:
    """Whether a question says in passing that a body leads ("việc Sở A chủ trì hạn khi nào")."""
    line = reading.question.line
    if len(reading.agencies) != 1 or asks_whether(reading) or _WHO.search(line):
        return False
    tokens = reading.question.tokens_at(reading.agencies[0].start, reading.agencies[0].end)
    after = max((i for i in range(len(line)) if reading.question.tokens_in(i, i + 1) & tokens), default=-1) + 1
    return bool(after and _LEADS.match(line, after))


def confirmed_body(reading: Reading, refs: tuple[AgencyRef, ...]) -> frozenset[int]:
    """The tokens of the one body whose role a question wants confirmed: it is no topic to search for."""
    if len(refs) != 1 or refs[0].role not in _SOLE or not asks_whether(reading):
        return frozenset()
    return frozenset(t for f in reading.agencies for t in reading.question.tokens_at(f.start, f.end))


def claimed_amounts(reading: Reading) -> tuple[tuple[Amount, ...], frozenset[int]]:
    """The amounts that a question wants confirmed ("phải cắt 20% … đúng không", "2 lần phải không") with the tokens
    of their figures; one that opens it is what it asks about ("95% là … phải không")."""
    if not asks_whether(reading):
        return (), frozenset()
    question = reading.question
    found = [match for match in _CLAIMED.finditer(question.line) if match.start()]
    tokens = frozenset(t for match in found for t in question.tokens_in(*match.span("figure")))
    return tuple(Amount(figure=match["figure"], unit=unit_of(match["unit"])) for match in found), tokens


def asked_of_all(reading: Reading, refs: tuple[AgencyRef, ...]) -> AgencyRef | None:
    """The body of which it is asked whether it leads (or coordinates) all ("đều do Sở A chủ trì đúng không")."""
    if (
        len(refs) != 1
        or refs[0].role not in _SOLE
        or not _ALL.search(reading.line())
        or _WHO.search(reading.question.line)
    ):
        return None
    return refs[0] if asks_whether(reading) else None
