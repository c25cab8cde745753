"""In what order a list is wanted: by due day, the nearest or the last first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.lexicon import phrases
from assistant.understand.query import Order
from corpus.vietnamese import number_in_words

_DAY = r"(?:thoi han|han|deadline|ngay|thoi gian|ngay den han|han chot|due date)"
_SORT = r"(?:(?:sap xep|xep|sort|phan loai|liet ke)(?: lai)?(?: giup| ho)?(?: theo)?(?: thu tu)?|theo thu tu|order by)"
_SORTING = phrases("(?:sap xep|xep|sort)(?: lai)?(?: giup| ho)?")
_LATE = r"(?:muon|xa|tre|cuoi|sau)"
_SOON = r"(?:som|gan|gap|truoc)"
_SOON_TO_LATE = rf"(?:tu )?{_SOON}(?: nhat)? (?:den|toi|ve) {_LATE}(?: nhat)?"
_LATE_TO_SOON = rf"(?:tu )?{_LATE}(?: nhat)? (?:den|toi|ve) {_SOON}(?: nhat)?"
_AHEAD = r"(?:len |xep |dung )?(?:truoc|dau|tren)(?: nhat)?"
_LAST_FIRST = phrases(
    rf"(?:(?:{_SORT}|theo) )?(?:{_DAY} )?{_LATE}(?: nhat)? {_AHEAD}",
    rf"(?:(?:{_SORT}|theo) )?(?:{_DAY} )?{_LATE_TO_SOON}",
)
_FIRST_FIRST = phrases(
    rf"{_SORT} {_DAY}(?: (?:{_SOON_TO_LATE}|{_SOON}(?: nhat)?(?: {_AHEAD})?))?",
    rf"(?:theo )?(?:{_DAY} )?(?:{_SOON} nhat {_AHEAD}|{_SOON_TO_LATE})",
    r"theo (?:thoi )?han(?: chot)?(?=$|,)",
)
# "3 việc gần đến hạn nhất": so many of the first.
_N = r"(?<![\w/.])(?P<n>[2-9]|1\d|hai|ba|bon|nam|muoi) (?:viec|nhiem vu|dau viec|cai)"
_DATED = r"(?:(?:phai |can |sap |co |ma )*(?:den|toi|het|gan|xong|hoan thanh)? ?(?:thoi )?(?:han )?)"
_FIRST_OF = re.compile(rf"{_N} (?P<dated>{_DATED}{_SOON}(?: (?:den|toi|het))?(?: han)? nhat)(?!\w)")
_LAST_OF = re.compile(rf"{_N} (?P<dated>{_DATED}{_LATE}(?: han)? nhat)(?!\w)")


@dataclass(frozen=True)
class Ordering:
    """An order, how many of the first are wanted (None: all), and the characters of the line that say so."""

    order: Order
    most: int | None
    spans: tuple[tuple[int, int], ...]


def find_order(line: str) -> Ordering | None:
    """The order that a line of folded words asks for; None where it asks for none."""
    for order, pattern in ((Order.DUE_FIRST, _FIRST_OF), (Order.DUE_LAST, _LAST_OF)):
        if match := pattern.search(line):
            return Ordering(order, _count(match["n"]), (match.span("n"), match.span("dated")))
    for order, pattern in ((Order.DUE_LAST, _LAST_FIRST), (Order.DUE_FIRST, _FIRST_FIRST)):
        if match := pattern.search(line):
            sorting = tuple(verb.span() for verb in _SORTING.finditer(line))
            return Ordering(order, None, (match.span(), *sorting))
    return None


def _count(words: str) -> int:
    read = number_in_words([words])
    return int(words) if words.isdigit() else read[0] if read else 1
