"""The text of a reading in the making, as ``corpus.reading`` asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.errors import CorpusError
from corpus.vietnamese import nfc, squeeze

MAX_CHARS = 50_000_000
MAX_CELLS = 2_000_000
# Characters that are not to be seen, and those of old symbol fonts that only their font can draw.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]")
_BREAKS = re.compile(r"[ \xa0]*[\n\r\v\f\x85\u2028\u2029]+[ \xa0]*")


class Writing:
    """Paragraphs, headings and tables, one after the other; ``text`` is what they make."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._parts: list[str] = []
        self._size = 0
        self._cells = 0

    @property
    def text(self) -> str:
        return "".join(self._parts) + ("\n" if self._parts else "")

    def paragraph(self, words: str, *, close: bool = False) -> None:
        """Lines of prose; ``close`` = on the line below, as lines of a letterhead stand."""
        if told := prose(words):
            self._put(told, "\n" if close else "\n\n")

    def heading(self, words: str) -> None:
        """A heading that the file itself marks as one; its lines become one."""
        if told := squeeze(prose(words)):
            self._put(f"## {told}", "\n\n")

    def bold(self, words: str) -> None:
        """A paragraph wholly in bold: what the outline may take for a heading."""
        if told := squeeze(prose(words)):
            self._put(told if "*" in told else f"**{told}**", "\n\n")

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Rows of cells, each row a line; rows without a word and columns without a word are left out."""
        filled = [[cell_words(cell) for cell in row] for row in rows]
        filled = [row for row in filled if any(row)]
        used = sorted({i for row in filled for i, cell in enumerate(row) if cell})
        gap = "\n\n"
        for row in filled:
            self._cells += len(used)
            self._put("\t".join(row[i] if i < len(row) else "" for i in used), gap)
            gap = "\n"

    def _put(self, words: str, gap: str) -> None:
        if self._parts:
            words = gap + words
        self._size += len(words)
        if self._size > MAX_CHARS or self._cells > MAX_CELLS:
            raise CorpusError("file_too_heavy", file=self._file)
        self._parts.append(words)


def prose(words: str) -> str:
    """Words of prose: no tab (which parts cells only), no blank line, nothing unseen; NFC.

    >>> prose("Số: 1/KH-UBND\\tHà Nội,\\n\\nngày 1 ")
    'Số: 1/KH-UBND  Hà Nội,\\nngày 1'
    """
    seen = _BREAKS.sub("\n", _UNSEEN.sub("", words)).replace("\t", "  ").replace("\xa0", " ")
    return nfc(seen).strip()


def cell_words(words: str) -> str:
    """The words of a cell on one line.

    >>> cell_words(" - Sở A\\n- Sở\\xa0B ")
    '- Sở A - Sở B'
    """
    return squeeze(_UNSEEN.sub("", words))
