"""Page numbers and running headers and footers, left out before a page is read."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.readers.layout.header import headers_among
from corpus.readers.layout.lines import TextLine, lines_in
from corpus.readers.layout.page import Page, letter_height
from corpus.readers.marks import secrecy_marks
from corpus.vietnamese import fold

_AHEAD = 4  # pages that are looked at before one is given on
_MARGIN = 0.13  # of the page's height: running lines stand so near its edge
_TOP = 0.3  # of the page's height: so far down the header of a table is looked for
_MOST = 3  # lines at an edge
_NUMBER = re.compile(r"^\W*(?:trang|page)?\s*(?:\d{1,4}|[ivx]{1,5})(?:\s*(?:/|tren|of)\s*\d{1,4})?\W*$")
_DIGITS = re.compile(r"\d+")

Key = tuple[str, int, bool]


def without_edges(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages without the page numbers alone at their edges and the lines that their edges share."""
    seen: Counter[Key] = Counter()
    waiting: deque[tuple[Page, dict[Key, TextLine]]] = deque()
    for page in pages:
        edges = _edge_lines(page)
        waiting.append((page, edges))
        seen.update(edges.keys())
        if len(waiting) > _AHEAD:
            yield _stripped(*waiting.popleft(), seen)
    while waiting:
        yield _stripped(*waiting.popleft(), seen)


def _edge_lines(page: Page) -> dict[Key, TextLine]:
    """The lines near the top and the bottom edge, by their words (digits as one) and place."""
    found: dict[Key, TextLine] = {}
    for foot in (False, True):
        near = [word for word in page.words if _at_edge(word.middle, page.height, foot=foot)]
        lines = [line for line in lines_in(near) if not _is_ruled(line, page)]
        for line in lines[-_MOST:] if foot else lines[:_MOST]:
            place = round(40 * line.middle / page.height)
            found[_DIGITS.sub("#", fold(line.text)), place, foot] = line
    return found


def _is_ruled(line: TextLine, page: Page) -> bool:
    """Whether a line stands in a ruled table: vertical lines pass it."""
    return sum(not rule.level and rule.top < line.middle < rule.bottom for rule in page.rules) > 1


def _at_edge(middle: float, height: float, *, foot: bool) -> bool:
    return middle > (1 - _MARGIN) * height if foot else middle < _MARGIN * height


def _stripped(page: Page, edges: dict[Key, TextLine], seen: Counter[Key]) -> Page:
    running = [line for key, line in edges.items() if _is_running(key, seen)]
    taken = {id(word) for line in running for word in line.words}
    if taken:
        taken -= _header_words(page)
    height = letter_height(page.words)
    for foot in (False, True):
        number = _page_number(page, taken, height, foot=foot)
        taken |= {id(word) for word in number.words} if number else set()
    return replace(page, words=[word for word in page.words if id(word) not in taken]) if taken else page


def _header_words(page: Page) -> set[int]:
    """The words (by identity) of the headers of tables near the top: they are repeated too, but belong to the table."""
    lines = lines_in([word for word in page.words if word.middle < _TOP * page.height])
    return {id(word) for line in headers_among(lines) for word in line.words}


def _is_running(key: Key, seen: Counter[Key]) -> bool:
    words, place, foot = key
    if secrecy_marks([words]):
        return False
    times = sum(seen[words, place + shift, foot] for shift in (-1, 0, 1))
    return times >= 3 and sum(map(str.isalpha, words)) > 2


def _page_number(page: Page, taken: set[int], height: float, *, foot: bool) -> TextLine | None:
    """The outermost line at an edge where it is only the number of the page, with white between it and the rest."""
    near = [w for w in page.words if id(w) not in taken and _at_edge(w.middle, page.height, foot=foot)]
    if not near:
        return None
    lines = lines_in(near)
    line = lines[-1] if foot else lines[0]
    if not _NUMBER.match(fold(line.text)):
        return None
    inner = min(
        (abs(w.middle - line.middle) for w in page.words if id(w) not in {id(x) for x in line.words}), default=9e9
    )
    return line if inner > height else None
