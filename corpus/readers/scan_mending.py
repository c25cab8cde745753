"""What only one reading of a scan's letters makes sense of is mended: quarters and dates. Nothing else is touched."""

from __future__ import annotations

import re

from corpus.readers.scan_numbers import romans_like
from corpus.vietnamese import fold

MENDED = 0.7  # how certain a mended word is at most
_QUARTERS = ("I", "II", "III", "IV")
_ALREADY = frozenset((*_QUARTERS, "1", "2", "3", "4"))
_QUARTER = re.compile(r"(?P<quarter>[^/\W]{1,4}|[|!\[\]]{1,3}[^/\W]{0,2})(?P<rest>(?:[/-]\d{4})?[.,;:]?)")
_FIGURE = r"[\dlI|oO]"
_DATE = re.compile(
    rf"{_FIGURE}{{1,2}}[/.-]{_FIGURE}{{1,2}}[/.-][12lI|]{_FIGURE}{{3}}[.,;:)]?|{_FIGURE}{{1,2}}/2[0oO]{_FIGURE}{{2}}[.,;:)]?"
)
_FIGURES = str.maketrans({"l": "1", "I": "1", "|": "1", "o": "0", "O": "0"})


def mended(text: str, before: str) -> str:
    """A word as it must have been, from what stands before it on its line; itself where that is not certain.

    >>> mended("11/2026", "Quý"), mended("3l/12/2026", "ngày"), mended("11/2026", "tháng")
    ('II/2026', '31/12/2026', '11/2026')
    """
    if fold(before).strip("(,;:-") == "quy":
        return _quarter(text)
    if _DATE.fullmatch(text) and not text.replace("/", "").isdigit() and sum(char.isdigit() for char in text) > 2:
        return text.translate(_FIGURES)
    return text


def _quarter(text: str) -> str:
    found = _QUARTER.fullmatch(text)
    if found is None or found["quarter"] in _ALREADY:
        return text
    alike = [roman for roman in romans_like(found["quarter"]) if roman in _QUARTERS]
    return alike[0] + found["rest"] if len(alike) == 1 else text
