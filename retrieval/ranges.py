"""Amounts that rules name as ranges: "từ 03 đến 05 ngày làm việc" holds 4 days, "trên 05 triệu đồng" 8 million.

Who asks what applies to a case names a figure that stands in no rule. All on folded words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from corpus.patterns import lazily

_SCALES = {"nghin": 1e3, "ngan": 1e3, "trieu": 1e6, "ty": 1e9}
_UNIT = (
    r"(?P<{0}>%|phan tram|ngay|gio|phut|thang|tuan|nam|tuoi|lan|cuoc|buoi|nguoi|ho|km|lit|met|m2|diem|kg|tan|ha"
    r"|nghin|ngan|trieu|ty|dong)(?: (?:lam viec|tuoi|dong))?(?!\w)"
)
_NUMBER = r"(?P<{0}>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,9}}(?:,\d+)?)"
_LOW, _HIGH, _ONE = _NUMBER.format("low"), _NUMBER.format("high"), _NUMBER.format("one")
_AND_UNIT = _UNIT.format("unit")
_ONE_2, _UNIT_2 = _NUMBER.format("one2"), _UNIT.format("unit2")
_FROM_TO = lazily(
    rf"(?<!\w)tu (?:tren |du )?{_LOW} ?(?:{_UNIT.format('first')} )?(?:den|toi) ?(?P<under>duoi )?{_HIGH} ?{_AND_UNIT}"
)
_OR_MORE = lazily(rf"(?<!\w)(?:tu |du )?{_ONE} ?{_AND_UNIT} tro len|(?<!\w)(?:tu du|du tu) {_ONE_2} ?{_UNIT_2}")
_MORE = lazily(rf"(?<!\w)(?<!khong )(?:tren|qua|hon|vuot qua|vuot) {_ONE} ?{_AND_UNIT}")
_LESS = lazily(rf"(?<!\w)(?:duoi|chua den|chua du|it hon) {_ONE} ?{_AND_UNIT}")
_AT_MOST = lazily(
    rf"(?<!\w)(?:khong qua|toi da|khong vuot qua|den(?! ngay)) {_ONE} ?{_AND_UNIT}"
    rf"|(?<!\w){_ONE_2} ?{_UNIT_2} tro xuong"
)
_AMOUNT = lazily(rf"(?<![\w.,/]){_ONE} ?{_AND_UNIT}")


@dataclass(frozen=True)
class Range:
    """From ``low`` to ``high`` of a unit; ``open_low`` and ``open_high`` leave out the ends."""

    unit: str
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def holds(self, value: float) -> bool:
        """Whether an amount of the same unit lies in it."""
        above = value > self.low if self.open_low else value >= self.low
        return above and (value < self.high if self.open_high else value <= self.high)


@lru_cache(maxsize=4096)
def ranges_in(text: str) -> tuple[Range, ...]:
    """The ranges that a folded text names.

    >>> [r.holds(4) for r in ranges_in("cho nghi tu 03 den 05 ngay lam viec")]
    [True]
    >>> [r.holds(8e6) for r in ranges_in("tu 05 trieu dong tro len; duoi 05 trieu dong")]
    [True, False]
    """
    return tuple(_ranges(text))


def _ranges(text: str) -> Iterator[Range]:
    for match in _FROM_TO.finditer(text):
        unit, high = _measured(match["high"], match["unit"])
        low = _measured(match["low"], match["first"] or match["unit"])[1]
        if low < high:
            yield Range(unit, low, high, open_high=bool(match["under"]))
    text = _FROM_TO.sub(" ", text)
    for match in _OR_MORE.finditer(text):
        unit, value = _measured(match["one"] or match["one2"], match["unit"] or match["unit2"])
        yield Range(unit, value, inf)
    for match in _MORE.finditer(text):
        unit, value = _measured(match["one"], match["unit"])
        yield Range(unit, value, inf, open_low=True)
    for match in _LESS.finditer(text):
        unit, value = _measured(match["one"], match["unit"])
        yield Range(unit, 0, value, open_high=True)
    for match in _AT_MOST.finditer(text):
        unit, value = _measured(match["one"] or match["one2"], match["unit"] or match["unit2"])
        yield Range(unit, 0, value)


def amounts_in(line: str) -> Iterator[tuple[str, str, float]]:
    """The amounts in folded words: the figure as typed, its unit, its value in that unit ("trieu" is money)."""
    for match in _AMOUNT.finditer(line):
        yield match["one"], *_measured(match["one"], match["unit"])


def _measured(figure: str, unit: str) -> tuple[str, float]:
    """The unit as one name for all of its kind, and the value in it."""
    value = float(figure.replace(".", "").replace(",", "."))
    if unit in _SCALES or unit == "dong":
        return "dong", value * _SCALES.get(unit, 1.0)
    return ("%" if unit == "phan tram" else unit), value
