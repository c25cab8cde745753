"""Which cell each word of damaged lines belongs to: the likeliest way to deal the words of lines out to columns.

A scan writes a table line by line across its cells, so a line holds a piece of every cell that it touches, in the
order of the columns. Of all ways to deal them out the likeliest is sought in which each cell goes on from line to line
as its column usually does (the best readings are followed, word by word).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.damaged_columns import END, START, Columns
from corpus.damaged_words import NUMBER, Word, chain_key

NOISE, NUMBERED = "noise", "number"
ANYWHERE = ""  # before the first word of a line's piece of a cell
ABSENT = {"title": -14.0, "lead": -7.0, "deadline": -5.0, "coordinate": -4.0, "product": -4.0, "leader": -4.0}
"""What it costs that a row has nothing in a column (logarithms)."""

_KEPT = 16  # readings that are followed at each word
_LOST_NUMBER, _LOST_SIGN, _LOST_WORD = (
    -12.0,
    -9.0,
    -15.0,
)  # figures or signs that belong to no cell, a word that does not
_STEP, _SKIPPED, _STAY = -1.2, -0.15, -0.1  # to a later column, past one, and on in the same
_AGAINST_BAR, _WITH_BAR = -5.0, 1.5
_LOWER_START, _OPEN_START = -2.5, 0.3  # a cell that begins with a small letter, or as cells do

Dealt = list[tuple[str, Word]]


class _Step(NamedTuple):
    before: _Step | None
    role: str
    word: Word


class _State(NamedTuple):
    """A reading so far: its score, the last word in each column, the column it stands in, its choices."""

    score: float
    lasts: tuple[str, ...]
    column: int
    trail: _Step | None


def dealt(
    lines: Iterable[Sequence[Word]],
    roles: Sequence[str],
    columns: Columns,
    number: str | None = None,
    leaning: Mapping[str, float] | None = None,
) -> Dealt:
    """The words of the lines of one row with their roles, in order.

    ``number`` is the row's number: where a line begins with it, it belongs to no other column. ``leaning`` makes the
    words of a column likelier (a logarithm for each): what changes with a little of it was not read for certain.
    """
    lean = [(leaning or {}).get(role, 0.0) for role in roles]
    readings = [_State(0.0, (START,) * len(roles), -1, None)]
    for line in lines:
        readings = [reading._replace(column=-1) for reading in readings]
        for at, word in enumerate(line):
            if not at and number is not None and word.key == number:
                number = None
                readings = [r._replace(trail=_Step(r.trail, NUMBERED, word)) for r in readings]
            else:
                readings = _best(_taken(readings, word, roles, columns, lean))
    best = max(readings, key=lambda reading: reading.score + _closing(reading, roles, columns))
    return _choices(best.trail)


def line_dealt(line: Sequence[Word], roles: Sequence[str], columns: Columns) -> tuple[Dealt, float]:
    """The words of a line with their roles, looked at alone: its cells may go on from lines above it."""
    readings = [_State(0.0, (ANYWHERE,) * len(roles), -1, None)]
    for word in line:
        readings = _best(_taken(readings, word, roles, columns, [0.0] * len(roles)))
    return _choices(readings[0].trail), readings[0].score


def _closing(reading: _State, roles: Sequence[str], columns: Columns) -> float:
    ends = zip(roles, reading.lasts, strict=True)
    return sum(ABSENT[role] if last == START else columns.after(role, last, END) for role, last in ends)


def _best(readings: list[_State]) -> list[_State]:
    """The best readings, of those alike in all that matters from here on only the better one."""
    found: dict[tuple[tuple[str, ...], int], _State] = {}
    for reading in readings:
        key = (reading.lasts, reading.column)
        known = found.get(key)
        if known is None or known.score < reading.score:
            found[key] = reading
    return sorted(found.values(), key=lambda reading: -reading.score)[:_KEPT]


def _taken(
    readings: Sequence[_State], word: Word, roles: Sequence[str], columns: Columns, lean: Sequence[float]
) -> list[_State]:
    found: list[_State] = []
    key = chain_key(word.key)
    lost = _LOST_NUMBER if key == NUMBER else _LOST_SIGN if word.is_sign else _LOST_WORD
    for reading in readings:
        score, lasts, at, trail = reading
        found.append(_State(score + lost, lasts, at, _Step(trail, NOISE, word)))
        for column in range(max(at, 0), len(roles)):
            role, last = roles[column], lasts[column]
            likely, meant = columns.read(role, last, key)
            after = (*lasts[:column], meant, *lasts[column + 1 :])
            step = _Step(trail, role, word if meant == key else replace(word, key=meant))
            value = score + likely + lean[column] + _moved(word, last, at, column)
            found.append(_State(value, after, column, step))
    return found


def _moved(word: Word, last: str, at: int, column: int) -> float:
    start = (_OPEN_START if word.opens else _LOWER_START) if last == START else 0.0
    if column == at:
        return start + _STAY + (_AGAINST_BAR if word.barred else 0.0)
    return start + _STEP + _SKIPPED * (column - at - 1) + (_WITH_BAR if word.barred else 0.0)


def _choices(trail: _Step | None) -> Dealt:
    found: Dealt = []
    while trail is not None:
        found.append((trail.role, trail.word))
        trail = trail.before
    return found[::-1]
