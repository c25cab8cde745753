"""Dated words: the years they leave out, the steps they name, and the day on which each is due."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.deadline_cells import Cell, Dates, unreadable
from corpus.deadline_grammar import Role, Unit
from corpus.due import FIRM, ONE_DAY
from corpus.records import Deadline, DeadlineKind, Milestone

_YEAR_LONG = 12  # months
_FOLLOWING_YEARS = re.compile(r"[ ,]*(?:va|cung)(?: trong)? (?:cac|nhung) nam (?:tiep theo|sau|ke tiep|toi)\b")


def resolved(cell: Cell, pieces: list[Deadline | Dates]) -> list[Deadline]:
    """The pieces in order; dated ones get their years from each other, then from the document."""
    dated = [piece for piece in pieces if isinstance(piece, Dates)]
    if len(dated) > 1 and len(dated) == len(pieces) and not any(piece.applies_to for piece in dated):
        units = tuple(unit for piece in dated for unit in piece.units)
        clauses = [(piece.start, piece.end) for piece in dated]
        return [_from_units(cell, Dates(0, len(cell.text), units, None), _years(units), clauses)]
    years = _years([unit for piece in dated for unit in piece.units])
    readings = [
        (piece, piece if isinstance(piece, Deadline) else _from_units(cell, piece, years, [])) for piece in pieces
    ]
    if not any(reading.kind in FIRM for _, reading in readings):  # "thường xuyên trong năm", of no known year
        readings = [
            (piece, reading) for piece, reading in readings if isinstance(piece, Deadline) or reading.window_start
        ]
    return [reading for _, reading in readings]


def _years(units: Iterable[Unit]) -> dict[Unit, int]:
    """Years for units that name none: from the next that does, so that steps stay in order ("tháng 11;
    tháng 2/2027" is November 2026), else from the one before, where that keeps the order too."""
    every = list(units)
    years: dict[Unit, int] = {}
    following: tuple[int, Unit] | None = None
    for unit in reversed(every):
        if unit.year is not None:
            following = unit.year, unit
        elif following is not None:
            year = following[0] - (unit.first[0] > following[1].last[0])
            years[unit], following = year, (year, unit)
    previous: tuple[int, Unit] | None = None
    for unit in every:
        known = unit.year if unit.year is not None else years.get(unit)
        if known is None and previous is not None:
            in_order = unit.last[0] >= previous[1].first[0]
            known = previous[0] if in_order else previous[0] + 1 if unit.linked else 0
            years[unit] = known
        previous = (known, unit) if known else previous
    return years


@dataclass(frozen=True, slots=True)
class _Step:
    start: int
    end: int
    first: dt.date | None
    due: dt.date
    unit: Unit


def _from_units(cell: Cell, piece: Dates, years: dict[Unit, int], clauses: list[tuple[int, int]]) -> Deadline:
    bounded = [(unit, unit.bounds(_year_of(unit, years, cell.year))) for unit in piece.units]
    steps: list[_Step] = []
    since: dt.date | None = None
    for place, (unit, bounds) in enumerate(bounded):
        if bounds is None or unit.first[0] == 0:
            return unreadable(cell, piece.start, piece.end)
        linked_on = place + 1 < len(bounded) and bounded[place + 1][0].linked
        if unit.role == Role.FROM or linked_on:
            since = since or bounds[0]
            continue
        steps.append(_step(unit, bounds, since))
        since = None
        if steps[-1].first and steps[-1].first > steps[-1].due:
            return unreadable(cell, piece.start, piece.end)
    if steps and _and_on(cell, piece):
        return (
            _open_ended(cell, piece, steps[0].first or steps[0].due)
            if steps
            else unreadable(cell, piece.start, piece.end)
        )
    steps = _without_containers(cell, steps)
    if since and not steps:
        return _open_ended(cell, piece, since)
    return _dates(cell, piece, steps, clauses)


def _and_on(cell: Cell, piece: Dates) -> bool:
    """Whether whole years are named with those that follow ("năm 2026 và các năm tiếp theo"): nothing is due then."""
    last = piece.units[-1]
    return last.months == _YEAR_LONG and bool(_FOLLOWING_YEARS.match(cell.folded, last.end))


def _year_of(unit: Unit, years: dict[Unit, int], documents: int | None) -> int | None:
    return unit.year if unit.year is not None else years.get(unit, documents)


def _step(unit: Unit, bounds: tuple[dt.date, dt.date], since: dt.date | None) -> _Step:
    if unit.role == Role.BEFORE:
        return _Step(unit.start, unit.end, since, bounds[0] - ONE_DAY, unit)
    single = bounds[0] == bounds[1]
    return _Step(unit.start, unit.end, since or (None if single else bounds[0]), bounds[1], unit)


def _without_containers(cell: Cell, steps: list[_Step]) -> list[_Step]:
    """ "Năm 2026 (quý IV)", "tháng 12/2026, chậm nhất 15/12/2026": the finer words are the deadline."""
    kept: list[_Step] = []
    for place, step in enumerate(steps):
        following = steps[place + 1] if place + 1 < len(steps) else None
        if following and step.first and step.first <= following.due <= step.due:
            finer = following.unit.months < step.unit.months
            if finer and not re.search(r";|\bva\b", cell.folded[step.end : following.start]):
                continue
        kept.append(step)
    return kept


def _open_ended(cell: Cell, piece: Dates, since: dt.date) -> Deadline:
    text = cell.words(piece.start, piece.end)
    return Deadline(text=text, kind=DeadlineKind.ONGOING, window_start=since, applies_to=piece.applies_to)


def _dates(cell: Cell, piece: Dates, steps: list[_Step], clauses: list[tuple[int, int]]) -> Deadline:
    last = max(steps, key=lambda step: step.due)
    reading = Deadline(
        text=cell.words(piece.start, piece.end),
        kind=DeadlineKind.DATE,
        due=last.due,
        window_start=last.first,
        tentative=any(step.unit.tentative for step in steps),
        applies_to=piece.applies_to,
    )
    if len(steps) == 1:
        return reading
    milestones = tuple(
        Milestone(text=_step_words(cell, step, steps, clauses), due=step.due, inferred=step.unit.year is None)
        for step in steps
    )
    return reading.model_copy(update={"kind": DeadlineKind.MILESTONES, "milestones": milestones, "window_start": None})


def _step_words(cell: Cell, step: _Step, steps: list[_Step], clauses: list[tuple[int, int]]) -> str:
    """The clause that names the step, or only its date where a clause names several."""
    for start, end in clauses:
        if start <= step.start < end and sum(start <= other.start < end for other in steps) == 1:
            return cell.words(start, end)
    return cell.words(step.start, step.end)
