"""Cells of the lead and coordinate columns, split into the agencies they name.

Nothing is lost: the mentions' texts hold every word of the cell, save the "và" between two of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from corpus.agency_names import Hit, Names, begins
from corpus.records import Agency, AgencyMention
from corpus.vietnamese import fold, nfc, squeeze, words

_CUT = re.compile(r"[;\n\r\v\f\x85\u2028\u2029]|,|\bva\b|(?:(?<=\s)|^)[-–—+•*·](?=\s|$)")
_PARENTHESES = re.compile(r"\([^()]*\)")
_BULLETS = "-–—+•*·"
_BULLETED = re.compile(r"\s*[-–—+•*·]\s")
_OPENING = 80  # characters: enough to tell how a piece begins
_EDGES = " \t\n\r,;.:-–—+•*·/&"


class _Fragment(NamedTuple):
    """Characters ``[start, end)`` between two cuts; ``hard`` says that the cut before it always splits."""

    start: int
    end: int
    hit: Hit | None
    hard: bool


def split_cell(cell: str, names: Names) -> tuple[AgencyMention, ...]:
    """The mentions of a cell, in order (see ``Agencies.split``)."""
    text = nfc(cell)
    pieces: list[_Fragment] = []
    for fragment in _fragments(text, names):
        if pieces and not fragment.hard and _continues(text, pieces[-1], fragment, names):
            pieces[-1] = pieces[-1]._replace(end=fragment.end)
        else:
            pieces.append(fragment)
    return tuple(_mention(text, piece, names) for piece in pieces)


def _fragments(text: str, names: Names) -> list[_Fragment]:
    """The text between cuts, without the empty stretches. A cut lies in no known name and no "(...)"."""
    folded = fold(text)
    closed = [match.span() for match in _PARENTHESES.finditer(folded)]
    hits = [hit for hit in names.scan(folded) if not _within(hit.start, closed)]
    cuts = _cuts(folded, sorted([*closed, *((hit.start, hit.end) for hit in hits)]))
    cuts += [(b.start, b.start, True) for a, b in pairwise(hits) if _touch(folded, a, b)]
    cuts.sort()
    by_start = {hit.start: hit for hit in hits}
    result: list[_Fragment] = []
    start, hard = 0, True
    for left, right, is_hard in [*cuts, (len(folded), len(folded), True)]:
        begin = _first_word(folded, start, left)
        if begin is not None:
            result.append(_Fragment(_opening(folded, start, begin), left, by_start.get(begin), hard))
            hard = False
        start, hard = right, hard or is_hard
    return result


def _cuts(folded: str, closed: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Where a separator stands outside the closed ranges: (start, end, if it always splits)."""
    listed = bool(_BULLETED.match(folded))
    found = []
    for match in _CUT.finditer(folded):
        if not _within(match.start(), closed):
            hard = match[0] not in (",", "va") and (listed or match[0] not in _BULLETS)
            found.append((match.start(), match.end(), hard))
    return found


def _within(place: int, ranges: list[tuple[int, int]]) -> bool:
    at = bisect_right(ranges, (place, len(ranges) + 10**9)) - 1
    return at >= 0 and ranges[at][0] <= place < ranges[at][1]


def _touch(folded: str, left: Hit, right: Hit) -> bool:
    return not words(folded[left.end : right.start])


def _first_word(folded: str, start: int, end: int) -> int | None:
    for place in range(start, end):
        if folded[place].isalnum():
            return place
    return None


def _opening(folded: str, start: int, begin: int) -> int:
    """The start of a fragment: its first word, or the bracket or quotation mark before it."""
    while begin > start and folded[begin - 1] in "([“\"'":
        begin -= 1
    return begin


def _continues(text: str, piece: _Fragment, fragment: _Fragment, names: Names) -> bool:
    """If the words after a comma, "và" or hyphen belong to the same body or collective expression."""
    tokens, lexicon = words(text[fragment.start : fragment.end][:_OPENING]), names.lexicon
    size = begins(tokens, lexicon.heads)
    named = len(tokens) > size or size > 1  # "Đoàn Thanh niên" is a body, "phòng" alone is none
    if fragment.hit or (size and named and size >= begins(tokens, lexicon.generics)):
        return False
    if begins(tokens, lexicon.plurals):
        return False
    before = words(text[piece.start : piece.end][:_OPENING])
    if not _is_collective(piece.hit.agency if piece.hit else None, before, names):
        return piece.hit is None and begins(before, lexicon.heads) > 0
    qualified = piece.hit is not None and _first_word(text, piece.hit.end, piece.end) is not None
    return piece.hit is None or qualified or begins(tokens, lexicon.generics) > 0


def _is_collective(agency: Agency | None, before: list[str], names: Names) -> bool:
    return agency.collective if agency else begins(before, names.lexicon.plurals) > 0


def _mention(text: str, piece: _Fragment, names: Names) -> AgencyMention:
    written = squeeze(text[piece.start : piece.end].strip(_EDGES))
    agency, value = _recognise(text, piece, names)
    if agency is None:
        tokens = words(written)
        collective = _is_collective(None, tokens, names)
        slug = "-".join(tokens)
        return AgencyMention(text=written, name=written, agency_id=slug, collective=collective, score=0.0)
    name = written if agency.collective else agency.name
    return AgencyMention(text=written, name=name, agency_id=agency.id, collective=agency.collective, score=value)


def _recognise(text: str, piece: _Fragment, names: Names) -> tuple[Agency | None, float]:
    if piece.hit:
        name, tail = text[piece.hit.start : piece.hit.end], text[piece.hit.end : piece.end]
        if piece.hit.agency.collective or not words(tail) or names.qualified(name, tail):
            return piece.hit.agency, piece.hit.score
        return None, 0.0
    key = names.key(text[piece.start : piece.end])
    if entry := names.lookup(key):
        return entry.agency, 100.0
    near = names.nearest(key)
    return (near[0].agency, round(near[1], 1)) if near else (None, 0.0)
