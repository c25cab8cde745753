"""Where the rows of a damaged table begin and end.

Of all ways to cut the lines into rows the likeliest is sought: each row has its number in turn or has lost it, its
cells begin and end as cells of their columns do, and none lacks what all others have.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

from corpus.damaged_columns import END, START, Columns
from corpus.damaged_search import ABSENT, NOISE, NUMBERED, Dealt, dealt, line_dealt
from corpus.damaged_words import Word, chain_key

_MOST_LINES = 45  # of one row
_NEW_ROW = -1.0
_NO_NUMBER = -1.5  # a row whose number was lost
_PASSED = (0.0, -7.0, -10.0, -12.0)  # the number in its turn, and with one to three left out before it
_OTHER_NUMBER = -8.0  # a line that begins with a number that is not the row's
_LONGEST_NUMBER = 3  # figures
_KEPT = 12  # numbers that are followed at each line
_ANEW = -3.0  # numbering that begins again
_ROUNDS = 3
_LEANING = (("title", 0.8), ("title", -0.8), ("title", -2.5), ("lead", 0.8), ("lead", -0.8), ("product", 2.5))
"""Columns to which a row is tried to lean, and how much: a title's words may be those of any other column."""
_LONGEST_LEARNED = 1.5  # times the usual length of a column's cells
_LOWER_START, _OPEN_START = -2.5, 0.3

Lines = Sequence[Sequence[Word]]
Learn = Callable[[Mapping[str, Sequence[Sequence[str]]] | None], Columns]


@dataclass(frozen=True)
class RawRow:
    """A row as it was cut: its number, whether that stands in it, its first and last line, its words by role."""

    number: int
    read: bool
    first: int
    last: int
    dealt: Dealt

    def words(self, role: str) -> list[Word]:
        """The words of one column in order."""
        return [word for dealt_role, word in self.dealt if dealt_role == role]


def other_readings(row: RawRow, lines: Lines, roles: Sequence[str], columns: Columns) -> list[RawRow]:
    """A row as it would be read if one or another column were a little likelier to hold its words."""
    number = str(row.number) if row.read else None
    held = lines[row.first : row.last + 1]
    leanings = [{role: lean} for role, lean in _LEANING if role in roles]
    return [replace(row, dealt=dealt(held, roles, columns, number, leaning)) for leaning in leanings]


class _Cut(NamedTuple):
    score: float
    first: int
    number: int
    read: bool
    before: _Cut | None


def learned_from(rows: Sequence[RawRow], roles: Sequence[str]) -> dict[str, list[list[str]]]:
    """The cells of rows as chains, by role; not those so long that two rows may have been taken for one."""
    found: dict[str, list[list[str]]] = {}
    for role in roles:
        chains = [[START, *(chain_key(word.key) for word in row.words(role)), END] for row in rows]
        chains = [chain for chain in chains if len(chain) > len((START, END))]
        longest = _LONGEST_LEARNED * median(map(len, chains)) if chains and role != "title" else math.inf
        found[role] = [chain for chain in chains if len(chain) <= longest]
    return found


def line_cells(lines: Lines, roles: Sequence[str], columns: Columns) -> list[Dealt]:
    """Each line's words with their roles, every line looked at alone; a number that opens a line has none."""
    found = []
    for line in lines:
        rest = line[1:] if line and is_number(line[0]) else line
        found.append(line_dealt(rest, roles, columns)[0])
    return found


def is_number(word: Word) -> bool:
    """Whether a word could be the number of a row."""
    return word.key.isdigit() and len(word.key) <= _LONGEST_NUMBER and int(word.key) > 0


def cut(lines: Lines, cells: Sequence[Dealt], roles: Sequence[str], columns: Columns, last: int) -> list[RawRow]:
    """The rows of consecutive lines whose words have roles; ``last`` is the number of the row before them.

    Numbering may begin again at 1, as it does below the titles of sections in some tables.
    """
    opening = [int(line[0].key) if line and is_number(line[0]) else 0 for line in lines]
    scores = [_row_scores(cells, start, roles, columns) for start in range(len(lines))]
    anew = _Cut(_ANEW if last else 0.0, 0, 0, False, None)
    reached: list[dict[int, _Cut]] = [{0: anew, last: _Cut(0.0, 0, last, False, None)}]
    for end in range(1, len(lines) + 1):
        best: dict[int, _Cut] = {}
        for start in range(max(0, end - _MOST_LINES), end):
            inside = scores[start][end - start - 1]
            numbers = [number for number in opening[start:end] if number]
            for before in reached[start].values():
                for option in _options(before, start, inside, numbers):
                    known = best.get(option.number)
                    if known is None or known.score < option.score:
                        best[option.number] = option
        kept = sorted(best.values(), key=lambda found: -found.score)[:_KEPT]
        reached.append({found.number: found for found in kept})
    return _rows(max(reached[-1].values(), key=lambda found: found.score), lines, roles, columns)


def _options(before: _Cut, start: int, inside: float, numbers: Sequence[int]) -> list[_Cut]:
    base = before.score + inside + _NEW_ROW
    others = _OTHER_NUMBER * len(numbers)
    found = [_Cut(base + _NO_NUMBER + others, start, before.number + 1, False, before)]
    for passed, cost in enumerate(_PASSED):
        number = before.number + 1 + passed
        if number in numbers:
            found.append(_Cut(base + cost + others - _OTHER_NUMBER, start, number, True, before))
    return found


def _row_scores(cells: Sequence[Dealt], start: int, roles: Sequence[str], columns: Columns) -> list[float]:
    """How likely the lines from ``start`` to each later one are a row, as its cells begin, go on and end."""
    lasts = dict.fromkeys(roles, START)
    sizes = dict.fromkeys(roles, 0)
    total = 0.0
    found = []
    for line in cells[start : start + _MOST_LINES]:
        for role, word in line:
            if role == NOISE:
                continue
            key = chain_key(word.key)
            if lasts[role] == START:
                total += _OPEN_START if word.opens else _LOWER_START
            likely, lasts[role] = columns.read(role, lasts[role], key)
            total += likely
            sizes[role] += 1
        ends = sum(ABSENT[r] if last == START else columns.after(r, last, END) for r, last in lasts.items())
        found.append(total + ends + sum(columns.too_long(role, size) for role, size in sizes.items()))
    return found


def _rows(last: _Cut, lines: Lines, roles: Sequence[str], columns: Columns) -> list[RawRow]:
    rows: list[RawRow] = []
    end = len(lines)
    found: _Cut = last
    while found.before is not None:
        number = str(found.number) if found.read else None
        words = dealt(lines[found.first : end], roles, columns, number)
        rows.append(RawRow(found.number, found.read, found.first, end - 1, words))
        end, found = found.first, found.before
    return rows[::-1]


def read_rows(blocks: Sequence[Lines], roles: Sequence[str], learn: Learn) -> tuple[list[list[RawRow]], Columns]:
    """The rows of blocks of lines and what the columns were found to say.

    The columns are learned from the rows that were read with what was known of them before, some rounds long.
    """
    columns = learn(None)
    cells = [line_cells(lines, roles, columns) for lines in blocks]
    found: list[list[RawRow]] = []
    for turn in range(_ROUNDS):
        found = _cut_all(blocks, cells, roles, columns)
        columns = learn(learned_from([row for rows in found for row in rows], roles))
        if turn % 2:
            cells = [_cells_by_line(lines, rows) for lines, rows in zip(blocks, found, strict=True)]
        else:
            cells = [line_cells(lines, roles, columns) for lines in blocks]
    return found, columns


def _cut_all(
    blocks: Sequence[Lines], cells: Sequence[Sequence[Dealt]], roles: Sequence[str], columns: Columns
) -> list[list[RawRow]]:
    found: list[list[RawRow]] = []
    last = 0
    for lines, dealt_lines in zip(blocks, cells, strict=True):
        found.append(cut(lines, dealt_lines, roles, columns, last))
        last = found[-1][-1].number if found[-1] else last
    return found


def _cells_by_line(lines: Lines, rows: Sequence[RawRow]) -> list[Dealt]:
    """The words of lines with the roles that they were given in their rows."""
    dealt_to = {word.span.start: (role, word) for row in rows for role, word in row.dealt}
    found = [[dealt_to[word.span.start] for word in line] for line in lines]
    return [[pair for pair in line if pair[0] != NUMBERED] for line in found]
