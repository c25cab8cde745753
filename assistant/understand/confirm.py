"""Questions that want yes or no: whether, and whether something alone ("chỉ mỗi")."""

from __future__ import annotations

import re

from assistant.understand.expectations import CONFIRMS
from assistant.understand.query import AgencyRef
from assistant.understand.reading import Reading

_WHETHER = re.compile(r"(?<!\w)(?:co|phai|dung)(?!\w).*(?<!\w)(?:khong|k)(?: a| nhi| vay| ha| the)*(?:$| hay )")
_ONLY = re.compile(r"(?<!\w)(?:chi|moi|mot minh|duy nhat|rieng)(?!\w)")
_SOLE = ("lead", "coordinate")


def asks_whether(reading: Reading) -> bool:
    """Whether yes or no is wanted."""
    line = reading.question.line
    return bool(CONFIRMS.search(line) or _WHETHER.search(line))


def asks_alone(reading: Reading) -> bool:
    """Whether it is asked that a body has a role alone."""
    return bool(_ONLY.search(reading.line()))


def confirmed_body(reading: Reading, refs: tuple[AgencyRef, ...]) -> frozenset[int]:
    """The tokens of the one body whose role a question wants confirmed: it is no topic to search for."""
    if len(refs) != 1 or refs[0].role not in _SOLE or not asks_whether(reading):
        return frozenset()
    return frozenset(t for f in reading.agencies for t in reading.question.tokens_at(f.start, f.end))
