"""What the rows of a damaged table say of each other: a field is less certain where nothing else bears it out.

A lead that no other row has may be words of the cells beside it; one that is the beginning or end of what other rows
have may have lost the rest; and which of two columns of bodies a body stands in is certain only where both were read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.certainty import LEAST
from corpus.records import AgencyMention, Deadline, DeadlineKind
from corpus.vietnamese import words

_USUAL = 3  # rows that have the same bodies
_ALONE, _PART, _BESIDE = 0.6, 0.6, 0.65  # what is left of the certainty of each of these
_AFTER = 0.6  # of what stands to the right of a lead that was not read
_SEVERAL = 0.5  # and of several bodies beside a column that was not read, some of which seem to stand there
_UNREAD = 0.7  # of a title, for each column that was not read: its words may be the title's now


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
        alone = {role: {_ids(getattr(draft, role)) for draft in drafts} for role in ("lead", "coordinate")}
        for draft in drafts:
            _beside(draft, alone)
    _deadlines(drafts)
    for draft in drafts:
        unread = sum(value < LEAST for name, value in draft.certainty.items() if name not in ("title", "number"))
        draft.certainty["title"] *= _UNREAD**unread


def _bodies(drafts: Sequence[Draft], role: str) -> None:
    named = [tuple(mention.agency_id for mention in getattr(draft, role)) for draft in drafts]
    counts = Counter(ids for ids in named if ids)
    usual = [set(ids) for ids, count in counts.items() if count >= _USUAL]
    for draft, ids in zip(drafts, named, strict=True):
        if counts[ids] < _USUAL:
            draft.certainty[role] *= _ALONE
        elif any(set(ids) < other for other in usual):
            draft.certainty[role] *= _PART


def _ids(bodies: Sequence[AgencyMention]) -> tuple[str, ...]:
    return tuple(mention.agency_id for mention in bodies)


def _beside(draft: Draft, alone: Mapping[str, set[tuple[str, ...]]]) -> None:
    """Lowers what stands beside a column of bodies that was not read; ``alone`` is what all cells of a column say."""
    lead, coordinate = draft.certainty["lead"], draft.certainty["coordinate"]
    if coordinate < LEAST:
        taken = any(_ids(draft.lead)[i:] in alone["coordinate"] for i in range(1, len(draft.lead)))
        draft.certainty["lead"] *= _SEVERAL if taken or _is_mixed(draft.lead) else _BESIDE
    if lead < LEAST:
        taken = any(_ids(draft.coordinate)[:i] in alone["lead"] for i in range(1, len(draft.coordinate)))
        draft.certainty["coordinate"] *= _SEVERAL if taken or _is_mixed(draft.coordinate) else _AFTER


def _is_mixed(bodies: Sequence[AgencyMention]) -> bool:
    """Whether a single body is followed by a collective one, as a lead is by those that help it."""
    return len(bodies) > 1 and bodies[-1].collective and not bodies[0].collective


def _deadlines(drafts: Sequence[Draft]) -> None:
    said = Counter(" ".join(words(draft.deadline.text)) for draft in drafts)
    for draft in drafts:
        own = " ".join(words(draft.deadline.text))
        longer = any(own != other and other.endswith(f" {own}") for other in said)
        if longer and said[own] < _USUAL and draft.deadline.kind is not DeadlineKind.DATE:
            draft.certainty["deadline"] *= _PART
