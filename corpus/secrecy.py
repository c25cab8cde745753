"""Marks of secrecy: documents that bear one are refused at the door, those for internal use are kept from the public.

The degrees are those of the Law on Protection of State Secrets 2018, art. 8; the stamp stands alone on
its line (Decree 26/2020/NĐ-CP, art. 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.markup import clean
from corpus.reading import Reading
from corpus.vietnamese import fold

_MOST_CELLS = 2  # of a line: in a table a cell may name the degree of another document
_DEGREES = {"mat": "Mật", "toi mat": "Tối mật", "tuyet mat": "Tuyệt mật"}
_EDGES = " .,:;|[]()*_-–—'\"“”"
_STATED = re.compile(r"^(?:do|muc do|cap do) mat ?: ?(tuyet mat|toi mat|mat)$")
_INTERNAL = re.compile(r"\bluu hanh noi bo\b|^(?:tai lieu )?noi bo$")


def degree_of_secrecy(reading: Reading) -> str | None:
    """The degree that a stamp or line says ("Mật", "Tối mật", "Tuyệt mật"), or None.

    Only capitals alone on a line or in a cell count, or "Độ mật: …": the word also stands in sentences.
    """
    for words in _marks(reading):
        folded = fold(words)
        stated = _STATED.match(folded)
        if stated:
            return _DEGREES[stated[1]]
        if folded in _DEGREES and words.isupper():
            return _DEGREES[folded]
    return None


def is_internal(reading: Reading) -> bool:
    """Whether a line at the head of a page says "LƯU HÀNH NỘI BỘ"."""
    return any(_INTERNAL.search(fold(words)) for words in _marks(reading) if words.isupper())


def _marks(reading: Reading) -> Iterator[str]:
    """What stands alone on a line, or beside one other thing (what stands left and right at the head of a page)."""
    for line in reading.text.splitlines():
        pieces = re.split(r"\t| {3,}", line.strip())
        if len(pieces) <= _MOST_CELLS:
            yield from (clean(piece).strip(_EDGES) for piece in pieces)
