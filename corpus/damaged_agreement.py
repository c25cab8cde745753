"""What the rows of a damaged table say of each other: a field is less certain where nothing else bears it out.

A lead that no other row has may be words of the cells beside it; one that is the beginning or end of what other rows
have may have lost the rest; and which of two columns of bodies a body stands in is certain only where both were read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.certainty import LEAST
from corpus.records import AgencyMention, Deadline, DeadlineKind
from corpus.vietnamese import words

_USUAL = 3  # rows that have the same bodies
_ALONE, _PART, _BESIDE = 0.6, 0.6, 0.65  # what is left of the certainty of each of these


@dataclass
class Draft:
    """A row as it was read; ``certainty`` goes down as the rows are held against each other."""

    title: str
    product: str
    leader: str
    lead: tuple[AgencyMention, ...]
    coordinate: tuple[AgencyMention, ...]
    deadline: Deadline
    certainty: dict[str, float]


def agree(drafts: Sequence[Draft], roles: Sequence[str]) -> None:
    """Lowers the certainty of what the other rows of a table do not bear out."""
    for role in ("lead", "coordinate"):
        if role in roles:
            _bodies(drafts, role)
    if {"lead", "coordinate"} <= set(roles):
        for draft in drafts:
            _beside(draft)
    _deadlines(drafts)


def _bodies(drafts: Sequence[Draft], role: str) -> None:
    named = [tuple(mention.agency_id for mention in getattr(draft, role)) for draft in drafts]
    counts = Counter(ids for ids in named if ids)
    usual = [set(ids) for ids, count in counts.items() if count >= _USUAL]
    for draft, ids in zip(drafts, named, strict=True):
        if counts[ids] < _USUAL:
            draft.certainty[role] *= _ALONE
        elif any(set(ids) < other for other in usual):
            draft.certainty[role] *= _PART


def _beside(draft: Draft) -> None:
    lead, coordinate = draft.certainty["lead"], draft.certainty["coordinate"]
    if coordinate < LEAST:
        draft.certainty["lead"] *= _BESIDE
    if lead < LEAST:
        draft.certainty["coordinate"] *= _BESIDE


def _deadlines(drafts: Sequence[Draft]) -> None:
    said = Counter(" ".join(words(draft.deadline.text)) for draft in drafts)
    for draft in drafts:
        own = " ".join(words(draft.deadline.text))
        longer = any(own != other and other.endswith(f" {own}") for other in said)
        if longer and said[own] < _USUAL and draft.deadline.kind is not DeadlineKind.DATE:
            draft.certainty["deadline"] *= _PART
