"""Two places side by side: which names the greater amount or the earlier day, or that they name the same."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.days import days_in
from assistant.answer.session import Session
from assistant.answer.wording import day
from assistant.understand.amounts import PERCENT, amounts_in
from assistant.understand.expectations import is_amount
from assistant.understand.query import Amount, Attribute, Comparison, Query, Relation
from corpus.due import FIRM
from corpus.records import Deadline, Task
from corpus.vietnamese import fold, words
from prompts import say

_CLAUSE = re.compile(r"[;:.\n|\t]|,(?!\d)| va (?=[^;:.,]*\d)")
_PAIR = 2
_GREATER = frozenset({Relation.HIGHER, Relation.LOWER})
_DATED = frozenset({Relation.FIRST, Relation.LAST})
_SHARE = re.compile(r"(?<!\w)(?:ty le|phan tram|chi tieu|dinh muc|muc)(?!\w)")


@dataclass(frozen=True)
class Place:
    """A place that was compared: the name of its document, the words that are told of it, the folded words of the
    subject, its row where it is one."""

    document: str
    text: str
    subject: frozenset[str]
    task: Task | None = None


def verdict(places: Sequence[Place], query: Query, compared: Comparison, session: Session) -> str:
    """What two places say against each other in what was asked; "" where nothing of it can be compared."""
    if len(places) != _PAIR:
        return ""
    of_days = compared.relation in _DATED or compared.by is Attribute.DEADLINE
    if of_days or (Attribute.DEADLINE in compared.asked and compared.relation not in _GREATER):
        return _on_days(places, compared, session)
    return _on_amounts(places, query, compared)


def due_day(deadline: Deadline) -> dt.date | None:
    """The last day on time of a deadline that names a firm day, else None."""
    return deadline.due if deadline.kind in FIRM and not deadline.tentative else None


def asks_amount(query: Query, compared: Comparison) -> bool:
    """Whether an amount is compared: a share, so many of something."""
    expected = any("%" in pattern or is_amount(pattern) for pattern in query.expects)
    return compared.relation in _GREATER or expected or bool(_SHARE.search(" ".join(query.search)))


def _on_amounts(places: Sequence[Place], query: Query, compared: Comparison) -> str:
    """Which place names the greater amount, where each names one of a unit that both have."""
    found = [_amounts(place) for place in places]
    units = {amount.unit for amount in found[0]} & {amount.unit for amount in found[1]}
    if any("%" in pattern for pattern in query.expects):
        units &= {PERCENT}
    unit = PERCENT if PERCENT in units else next(iter(units)) if len(units) == 1 else ""
    named = [{amount.value: amount for amount in amounts if amount.unit == unit} for amounts in found]
    if not unit or any(len(amounts) != 1 for amounts in named):
        return ""
    first, second = (next(iter(amounts.values())) for amounts in named)
    if {first.value, second.value} <= {word.lstrip("0") for word in query.words}:
        return ""  # the question itself says so
    values = [say("compare.amounts", amounts=[amount]) for amount in (first, second)]
    names = [place.document for place in places]
    if first.value == second.value:
        return say("compare.places_alike", value=values[0], whether=compared.whether)
    if compared.relation not in _GREATER:
        return say("compare.places_differ", names=names, values=values, whether=compared.whether)
    lower = compared.relation is Relation.LOWER
    turned = (float(first.value) < float(second.value)) != lower
    order = (1, 0) if turned else (0, 1)
    return say("compare.greater", name=names[order[0]], values=[values[i] for i in order], lower=lower)


def _amounts(place: Place) -> list[Amount]:
    """The amounts of the clauses of a place that hold most of the words of its subject."""
    found = []
    for clause in _CLAUSE.split(fold(place.text)):
        amounts = list(amounts_in(clause))
        if amounts:
            found.append((len(place.subject & set(words(clause))), amounts))
    most = max((fit for fit, _ in found), default=0)
    return [amount for fit, amounts in found if fit == most for amount in amounts]


def _on_days(places: Sequence[Place], compared: Comparison, session: Session) -> str:
    """Whether two places name the same days, else which is due first, where each names one."""
    found = [_days(place, session) for place in places]
    if not all(found):
        return ""
    said = [" và ".join(sorted(f"{d.day:02d}/{d.month:02d}" for d in days)) for days in found]
    if said[0] == said[1]:
        return say("compare.places_alike", value=said[0], whether=compared.whether)
    names = [place.document for place in places]
    if any(len(days) > 1 for days in found) or compared.relation not in _DATED:
        return say("compare.places_differ", names=names, values=said, whether=compared.whether)
    first, second = (next(iter(days)) for days in found)
    last = compared.relation is Relation.LAST
    chosen = 0 if (first < second) != last else 1
    return say("compare.due_differ", names=[names[chosen]], due=day((first, second)[chosen]), last=last)


def _days(place: Place, session: Session) -> set[dt.date]:
    if place.task is None:
        return {named.named for named in days_in(place.text, session.today)}
    due = due_day(place.task.deadline)
    return {due} if due else set()
