"""Sentences and clauses of a piece of source text, as ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import Span

_SENTENCE_END = re.compile(r"[.!?…]+[\"”’)*]*(?=\s+[\"“‘(*#+\-–]*[^\W\d_a-z])|\n\s*\n")
_CLAUSE_END = re.compile(r";(?=\s)")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:TP|Tp|TM|KT|TL|PGS|TS|ThS|GS|BS|Ths|Mr|Ms|St|số|Số|[A-ZĐ])\.$")


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of ``text[start:end]``, trimmed; together they hold all its words.

    A full stop after an abbreviation ("TP. Hà Nội") or before a small letter ends none.
    """
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if _ABBREVIATION.search(text[max(begin, match.end() - 6) : match.end()]):
            continue
        if match[0].strip() or not _open_sentence(text, match.start(), match.end()):
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
    yield from _trimmed(text, begin, end)


def clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """The clauses of a sentence: what stands between its semicolons."""
    begin = start
    for match in _CLAUSE_END.finditer(text, start, end):
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _open_sentence(text: str, start: int, end: int) -> bool:
    """Whether a blank line stands inside a sentence (a page break): the words go on in small letters."""
    rest = text[end : end + 40].lstrip(" *_#")
    return bool(rest) and (rest[0].islower() or rest[0].isdigit())


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    stop = start + len(piece.rstrip())
    if begin < stop:
        yield Span(start=begin, end=stop)
