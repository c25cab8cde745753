"""Deadlines: what a "Thời hạn" cell says (what it asks for on a given day: ``corpus.due``).

``due`` is always the last day on which the work is still on time: "trước 10/5/2026" is due on 09/5.
Words that are not understood, or days that no calendar has, are unreadable: nobody guesses a date.
Fixed days never roll forward; only periods counted from an event do (Civil Code 2015 art. 148).
"""

from __future__ import annotations

import datetime as dt

from corpus.deadline_cells import read_cell
from corpus.deadline_clauses import clauses
from corpus.deadline_dates import resolved
from corpus.due import FIRM
from corpus.records import Deadline, DeadlineKind, Recurrence


def read_deadline(cell: str, *, product: str = "", year: int | None = None) -> Deadline:
    """Reads a deadline cell, any spelling of it; never fails.

    ``year`` is the document's, for words that name none. ``product`` is the product cell, whose days
    count only where this cell recurs without naming days.

    A cell that says several things keeps them all in ``parts``, each with ``applies_to`` where the cell
    says it; several plain dates are milestones instead. The whole then takes its kind from the first
    dated part, else the first recurring one, else the first part. Its ``due`` is the latest firm date
    among the parts, whether they apply to different things or are steps of one: only then is nothing
    left to do. A part with an impossible date makes the whole unreadable.
    """
    read = read_cell(cell, product, year)
    return _whole(read.text, _merged(resolved(read, list(clauses(read)))))


# --- the whole cell -------------------------------------------------------------------------------------


def _merged(readings: list[Deadline]) -> list[Deadline]:
    """Neighbours that say one thing ("hằng quý; hằng năm", "thường xuyên, liên tục") become one."""
    merged: list[Deadline] = []
    for reading in readings:
        if merged and _alike(merged[-1], reading):
            merged[-1] = _joined(merged[-1], reading)
        else:
            merged.append(reading)
    return merged


def _alike(one: Deadline, other: Deadline) -> bool:
    if one.kind != other.kind or one.applies_to != other.applies_to:
        return False
    if one.kind == DeadlineKind.RECURRING and one.recurrence and other.recurrence:
        bounded = (one.due, one.window_start) != (other.due, other.window_start)
        return bool(one.recurrence.days and other.recurrence.days) and not bounded
    return one.kind == DeadlineKind.ONGOING


def _joined(one: Deadline, other: Deadline) -> Deadline:
    update: dict[str, object] = {
        "text": f"{one.text}; {other.text}",
        "window_start": one.window_start or other.window_start,
    }
    if one.recurrence and other.recurrence:
        days = {*one.recurrence.days, *other.recurrence.days}
        update["recurrence"] = Recurrence(days=tuple(sorted(days)))
    return one.model_copy(update=update)


def _whole(text: str, readings: list[Deadline]) -> Deadline:
    if not readings:
        return Deadline(text=text, kind=DeadlineKind.UNREADABLE)
    if len(readings) == 1:
        return readings[0].model_copy(update={"text": text})
    parts = tuple(readings)
    main = _main(parts)
    if main.kind == DeadlineKind.UNREADABLE:
        return Deadline(text=text, kind=main.kind, parts=parts)
    dated = [part for part in parts if part.due and part.kind != DeadlineKind.RECURRING]
    firm = [part for part in dated if part.kind in FIRM and not part.tentative]
    latest = max(firm or dated, key=lambda part: part.due or dt.date.min, default=main)
    counted = next((part for part in parts if part.offset_days), main)
    return main.model_copy(
        update={
            "text": text,
            "due": latest.due,
            "tentative": latest.tentative,
            "event": next((part.event for part in parts if part.event), None),
            "recurrence": next((part.recurrence for part in parts if part.recurrence), None),
            "offset_days": counted.offset_days,
            "working_days": counted.working_days,
            "applies_to": None,
            "parts": parts,
        }
    )


def _main(parts: tuple[Deadline, ...]) -> Deadline:
    """The part that gives the whole its kind."""
    for kinds in ((DeadlineKind.UNREADABLE,), FIRM, (DeadlineKind.RECURRING,)):
        for part in parts:
            if part.kind in kinds:
                return part
    return parts[0]
