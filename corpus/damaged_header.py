"""Where damaged tables of tasks stand in a text, and what their columns are.

A scan breaks a header into lines that each hold pieces of several columns. Which columns there are is told by the words
that are left; their order by the places of those words, and by which order fits the lines below best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from rapidfuzz.distance import Levenshtein

from corpus.damaged_columns import Columns
from corpus.damaged_places import opens_header
from corpus.damaged_search import line_dealt
from corpus.damaged_sections import section_label
from corpus.damaged_terms import HEADS, ROLES
from corpus.damaged_words import Word, words_of
from corpus.markup import clean
from corpus.paragraphs import Line, is_annex_line
from corpus.vietnamese import fold

_MOST_HEADER_LINES = 8
_LONGEST_LINE = 130  # characters of a line of a header
_LEAST_ROLES = 4
_NUMBER_HEADS = frozenset({"tt", "stt"})
_TRIED_LINES = 40  # by which the order of columns is told
_MOST_ORDERS = 60
_LEAST_BODY = 6  # lines
_REPEATED = 3  # columns that a line names where the header is repeated on another page
_ENDS = ("noi nhan",)


@dataclass(frozen=True)
class DamagedTable:
    """A table whose cells are mixed: the lines of its header and below it, and its columns as far as they are told.

    ``before`` holds pairs of columns of which the first stands left of the second.
    """

    header: Sequence[Line]
    body: Sequence[Line]
    roles: frozenset[str]
    before: frozenset[tuple[str, str]]


def find_damaged(lines: Sequence[Line]) -> Iterator[DamagedTable]:
    """The damaged tables among lines that belong to no sound table, in order."""
    place = 0
    while place < len(lines):
        near = any(opens_header(line) for line in lines[place : place + _MOST_HEADER_LINES])
        size = _header_size(lines, place) if near else 0
        if not size:
            place += 1
            continue
        header = lines[place : place + size]
        end = _end(lines, place + size)
        named = [_named(words_of(line)) for line in header]
        roles = frozenset(role for found in named for role, _ in found)
        body = [line for line in lines[place + size : end] if not _is_repeated(line)]
        if len(body) >= _LEAST_BODY:
            yield DamagedTable(header, body, roles, _order(named))
        place = end


def _header_size(lines: Sequence[Line], place: int) -> int:
    """How many lines a header takes that begins at a place; 0 where none does."""
    if not _named(words_of(lines[place])) or len(lines[place].raw) > _LONGEST_LINE:
        return 0
    roles: set[str] = set()
    numbered, size = False, 0
    for count, line in enumerate(lines[place : place + _MOST_HEADER_LINES], start=1):
        if len(line.raw) > _LONGEST_LINE or "\t" in line.raw:
            break
        words = words_of(line)
        if _is_index(words) and len(roles) >= _LEAST_ROLES:
            return count
        named = _named(words)
        numbered = numbered or opens_header(line)
        if _opens_section(line, words) and len(roles) >= _LEAST_ROLES:
            size = count - 1  # with the last words of the header, which name nothing
            break
        if words and words[0].key.isdigit():
            break
        if named or _is_short(words):
            roles |= {role for role, _ in named}
            size = count if named else size
    return size if numbered and len(roles) >= _LEAST_ROLES and "title" in roles else 0


def _opens_section(line: Line, words: Sequence[Word]) -> bool:
    """Whether a line may be the title of a section: what it says is no head of a column."""
    return len(words) > 1 and section_label(line.raw) is not None


def _is_short(words: Sequence[Word]) -> bool:
    return len(words) <= len(ROLES) + 1


def _is_index(words: Sequence[Word]) -> bool:
    """Whether a line only counts the columns: "1 2 3 4 5 6 7"."""
    return len(words) >= _REPEATED and [word.key for word in words] == [str(i + 1) for i in range(len(words))]


def _is_repeated(line: Line) -> bool:
    words = words_of(line)
    return _is_index(words) or (
        bool(words) and words[0].key in _NUMBER_HEADS and len({role for role, _ in _named(words)}) >= _REPEATED
    )


def _named(words: Sequence[Word]) -> list[tuple[str, int]]:
    """The columns that a line of a header names, each with the place of the word; "chủ trì" of a leader is no lead."""
    found: list[tuple[str, int]] = []
    for role, phrases in HEADS.items():
        places = [place for phrase in phrases for place in _places(phrase.split(), words)]
        found.extend((role, place) for place in places[:1])
    return sorted(found, key=lambda pair: pair[1])


def _places(phrase: Sequence[str], words: Sequence[Word]) -> Iterator[int]:
    for place in range(len(words) - len(phrase) + 1):
        pairs = zip(phrase, words[place:], strict=False)
        if all(Levenshtein.distance(wanted, word.key) <= (len(wanted) > 3) for wanted, word in pairs):
            yield place


def _order(named: Sequence[Sequence[tuple[str, int]]]) -> frozenset[tuple[str, str]]:
    pairs = {(left[0], right[0]) for found in named for left, right in combinations(found, 2)}
    return frozenset((a, b) for a, b in pairs if (b, a) not in pairs)


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the body of a table ends: at the next annex, table or list of recipients, or with the text."""
    for place in range(start, len(lines)):
        words = clean(lines[place].raw)
        if is_annex_line(words) or "\t" in lines[place].raw or fold(words).startswith(_ENDS):
            return place
    return len(lines)


def roles_in_order(table: DamagedTable, lines: Sequence[Sequence[Word]], columns: Columns) -> tuple[str, ...]:
    """The columns of a table from left to right: the order that its header leaves open and its lines fit best."""
    sample = [line for line in lines if line][:_TRIED_LINES]
    orders = list(_orders(table))[:_MOST_ORDERS]
    if len(orders) == 1:
        return orders[0]
    return max(orders, key=lambda order: sum(line_dealt(line, order, columns)[1] for line in sample))


def _orders(table: DamagedTable) -> Iterator[tuple[str, ...]]:
    others = [role for role in ROLES if role in table.roles and role != "title"]
    for order in permutations(others):
        whole = ("title", *order)
        if all(whole.index(a) < whole.index(b) for a, b in table.before if a in whole and b in whole and b != "title"):
            yield whole
