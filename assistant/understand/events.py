"""A deadline counted from an event that a question supposes: "nếu … ban hành ngày 03/02/2027 thì hạn là ngày nào?"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from assistant.understand.lexicon import phrases
from assistant.understand.periods import find_day

_SUPPOSES = phrases("neu", "gia su", "gia nhu", "khi", "trong truong hop", "truong hop", "if", "sau khi", "gia dinh")
_HAPPENS = phrases(
    "ban hanh", "ra", "ky", "co", "nhan(?: duoc)?", "cong bo", "phe duyet", "thong qua", "giao", "gui", "trinh", "dien ra", "xay ra", "bat dau", "ket thuc", "hop", "khai mac", "co hieu luc", "phat hanh", "tiep nhan", "hoan thanh", "yeu cau", "issued", "nghiem thu", "duoc", "den", "to chuc",
)  # fmt: skip
_ASKS_DAY = phrases(
    r"(?:thoi )?han(?: (?:chot|cuoi|cung|hoan thanh|xong|nop|ban hanh))*", "deadline", "(?:la |den |truoc |vao )*(?:ngay|hom) (?:nao|may|bao nhieu)", "khi nao", "bao gio", "cham nhat", "phai xong", "xong (?:khi nao|ngay nao|luc nao)", "luc nao",
)  # fmt: skip
_SO_WHAT = phrases("thi sao", "thi the nao", "thi (?:ra )?sao", "thi nhu nao", "thi (?:han )?ngay nao")
_COUNTED_FROM = re.compile(r"(?:tinh|dem|ke|lay) (?:ke )?tu(?: ngay| moc)? ?$")
_CLAUSE = re.compile(r",| thi |$")
_THEN = re.compile(r",? (?:thi|=>|:)(?= )|, ")


@dataclass(frozen=True)
class Event:
    """The day on which a question lets something happen, and the characters of the line that name that day."""

    day: dt.date
    span: tuple[int, int]
    after: int  # where what is asked begins


def find_event(line: str, today: dt.date) -> Event | None:
    """The event that a line of folded words supposes, where it asks for the deadline that follows from it."""
    found = find_day(line, today)
    if found is None:
        return None
    day, span = found
    before, after = line[: span[0]], line[span[1] :]
    then = _THEN.match(after)
    if then and _HAPPENS.search(before) and (_ASKS_DAY.search(after) or _SO_WHAT.match(after.lstrip(" ,"))):
        return Event(day, span, span[1] + then.end())
    asks = _ASKS_DAY.search(before + after) or _SO_WHAT.search(after)
    if asks and _COUNTED_FROM.search(before):
        return Event(day, span, 0)
    supposed = _SUPPOSES.search(before)
    clause = _CLAUSE.split(after, maxsplit=1)[0]
    if (
        supposed
        and _HAPPENS.search(f"{before[supposed.end() :]} {clause}")
        and (_ASKS_DAY.search(line[: supposed.start()] + after))
    ):
        return Event(day, span, 0)
    return None
