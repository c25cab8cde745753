"""Amounts in folded text: a figure with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understand.query import Amount

PERCENT = "%"
UNITS = (
    r"(?:%|phan tram|lan|ngay|gio|phut|thang|tuan|nam|cuoc|buoi|hoi nghi|nguoi|ho|thon|to|lop|can bo|thanh vien"
    r"|trieu|ty|nghin|ngan|dong|m2|km|van ban|mo hinh|cap do)"
)
_FIGURE = r"\d{1,9}(?:[.,]\d+)*"
_AMOUNT = re.compile(rf"(?<![\w.,/])(?P<figure>{_FIGURE}) ?(?P<unit>{UNITS})(?!\w)")
# "cấp độ 3", "mức độ 4": the figure after what it counts.
_LEVEL = re.compile(r"(?<!\w)(?P<unit>cap do|muc do) (?P<figure>\d)(?!\w)")


def unit_of(words: str) -> str:
    """The unit that some words name."""
    return PERCENT if words in ("%", "phan tram") else words


def amounts_in(text: str) -> Iterator[Amount]:
    """The amounts of a folded text; "01 lần" is 1 lần."""
    for pattern in (_AMOUNT, _LEVEL):
        for match in pattern.finditer(text):
            yield Amount(figure=match["figure"], unit=unit_of(match["unit"]))
