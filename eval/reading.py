"""What the program alone reads of a damaged table, held against the transcription that a person made of it.

A field is right, unreadable (the program says that it could not read it) or wrong, which is counted once more where the
program was certain of it. Titles and products are right from ``ALIKE`` per cent of equal letters, bodies and days when
they are the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from corpus.agencies import Agencies
from corpus.certainty import LEAST
from corpus.ingest import records_of
from corpus.readers import read
from corpus.records import Deadline, DeadlineKind, Task
from corpus.reviews import SHIPPED
from corpus.sources import Source
from corpus.vietnamese import fold

ALIKE = 90.0
_SAME_EVENT = 75.0  # per cent of letters by which two deadlines without a day are the same
NAMES = ("lead", "coordinate", "leader", "deadline", "title", "product")
RIGHT, UNREADABLE, WRONG, CERTAIN_WRONG = "right", "unreadable", "wrong", "certain_wrong"
_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass
class Score:
    """How many rows there are, how many were found and numbered right, and by field how many were right."""

    document: str
    rows: int
    found: int = 0
    numbered: int = 0
    fields: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in NAMES})

    def as_json(self) -> dict[str, object]:
        """The score as plain values."""
        kinds = (RIGHT, UNREADABLE, WRONG, CERTAIN_WRONG)
        fields = {name: {kind: counts[kind] for kind in kinds} for name, counts in self.fields.items()}
        whole = {"document": self.document, "rows": self.rows, "found": self.found, "numbered": self.numbered}
        return {**whole, "fields": fields}


def score(source: Source, agencies: Agencies) -> Score | None:
    """The program alone against the transcription that ships of a document; None where there is none."""
    if not (SHIPPED / f"{source.entry.id}.yaml").is_file():
        return None
    reading = read(source.path)
    wanted = [task for task in records_of(reading, source.entry, agencies).tasks if task.origin == "review"]
    own = records_of(reading, source.entry, agencies, ()).tasks
    return compared(source.entry.id, wanted, own)


def compared(document: str, wanted: Sequence[Task], own: Sequence[Task]) -> Score:
    """The tasks that the program read against those that are right; rows are matched by where they stand."""
    found = Score(document, len(wanted))
    for task in wanted:
        same = max(own, key=lambda other: _common(task, other), default=None)
        if same is None or 2 * _common(task, same) < task.span.end - task.span.start:
            for counts in found.fields.values():
                counts[UNREADABLE] += 1
            continue
        found.found += 1
        found.numbered += (same.number, same.section) == (task.number, task.section)
        for name, counts in found.fields.items():
            verdict = judged(name, task, same)
            counts[verdict] += 1
            counts[CERTAIN_WRONG] += verdict == WRONG and same.certainty.get(name, 1.0) >= LEAST
    return found


def _common(one: Task, other: Task) -> int:
    return min(one.span.end, other.span.end) - max(one.span.start, other.span.start)


def judged(name: str, wanted: Task, own: Task) -> str:
    """Whether a field is right, unreadable or wrong."""
    if name == "deadline":
        return _judged_deadline(wanted.deadline, own.deadline)
    if own.certainty.get(name, 1.0) < LEAST:
        return UNREADABLE
    return RIGHT if _is_same(name, wanted, own) else WRONG


def _is_same(name: str, wanted: Task, own: Task) -> bool:
    if name in ("lead", "coordinate"):
        ids = ([mention.agency_id for mention in getattr(task, name)] for task in (wanted, own))
        return next(ids) == next(ids)
    return _alike(getattr(wanted, name) or "", getattr(own, name) or "") >= ALIKE


def _judged_deadline(wanted: Deadline, own: Deadline) -> str:
    if own.kind is DeadlineKind.UNREADABLE:
        return RIGHT if wanted.kind is DeadlineKind.UNREADABLE else UNREADABLE
    same = (wanted.kind, wanted.due, wanted.tentative) == (own.kind, own.due, own.tentative)
    return RIGHT if same and (wanted.due or _alike(wanted.text, own.text) >= _SAME_EVENT) else WRONG


def _alike(one: str, other: str) -> float:
    return fuzz.ratio(_LETTERS.sub("", fold(one)), _LETTERS.sub("", fold(other)))
