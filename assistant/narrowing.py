"""A list that goes on: narrowed by what is new, changed in one thing, or shown where it was only counted."""

from __future__ import annotations

from assistant.told import changed
from assistant.understand.follow_ups import AMONG, HOW_MANY, MORE, SPELL_OUT, WHOLE
from assistant.understand.query import SHOWN, AgencyRef, Ask, Query


def rest_of_list(line: str, last: Query) -> Query | None:
    """The last list where a message only wants more of it ("xem tiếp") or all ("kể hết ra"), else None."""
    if last.ask not in (Ask.LIST, Ask.COUNT) or last.compared is not None:
        return None
    if MORE.fullmatch(line):
        return changed(last, ask=Ask.LIST, skip=last.skip + SHOWN)
    return changed(last, ask=Ask.LIST, skip=0, whole=True) if WHOLE.fullmatch(line) else None


def another_list(line: str, query: Query, last: Query, *, opened: bool, bare: bool, short: bool) -> Query:
    """A list that changes one thing of the last one: its body, period, kind, or shows what was counted."""
    among = bool(AMONG.search(line))
    if among and (query.ask in (Ask.LIST, Ask.COUNT) or _adds(query)) and query.documents_from != "named":
        return _merged(query, last)
    new = _adds(query) or query.documents_from == "named" or query.listed_words
    if short and not new and SPELL_OUT.search(line):
        return changed(last, ask=Ask.LIST, skip=0)
    if short and not new and query.ask is Ask.COUNT and HOW_MANY.search(line):
        return changed(last, ask=Ask.COUNT)
    if not short or not (opened or bare) or query.documents_from == "named":
        return query
    if query.ask in (Ask.LIST, Ask.COUNT) and not opened:
        return query
    if query.agencies and query.ask in (Ask.FIND, Ask.LIST, Ask.COUNT, Ask.UNCLEAR):
        role = last.agencies[0].role if last.agencies else "lead"
        agencies = tuple(a if a.role != "any" else a.model_copy(update={"role": role}) for a in query.agencies)
        return changed(last, agencies=agencies, **_dated(query if query.period else last))
    if query.period or query.kinds:
        return changed(last, **_dated(query if query.period else last), kinds=query.kinds or last.kinds)
    if query.overdue:
        return changed(last, overdue=True)
    return query


def _dated(query: Query) -> dict[str, object]:
    """The period of a list, and how it is meant."""
    return {"period": query.period, "as_written": query.as_written, "longer_beside": query.longer_beside}


def _adds(query: Query) -> bool:
    """Whether a question names something by which a list can be narrowed."""
    return bool(query.agencies or query.period or query.kinds or query.overdue or query.section)


def _merged(query: Query, last: Query) -> Query:
    """The last list narrowed by what a new question adds."""
    return changed(
        last,
        ask=query.ask if query.ask in (Ask.LIST, Ask.COUNT) else Ask.LIST,
        agencies=_all_bodies(query.agencies, last.agencies),
        without=(*last.without, *query.without),
        role_said=query.role_said or last.role_said,
        section=query.section or last.section,
        **_dated(query if query.period else last),
        kinds=query.kinds or last.kinds,
        compared=query.compared,
        overdue=query.overdue or last.overdue,
        empty=query.empty or last.empty,
        shared_lead=query.shared_lead or last.shared_lead,
        listed_words=(*last.listed_words, *query.listed_words),
        listed_accented=(*last.listed_accented, *query.listed_accented),
    )


def _all_bodies(new: tuple[AgencyRef, ...], old: tuple[AgencyRef, ...]) -> tuple[AgencyRef, ...]:
    """The bodies of a list and those that narrow it, each in its role; a body named again in its new one."""
    named = tuple(ref if ref.role != "any" else ref.model_copy(update={"role": "either"}) for ref in new)
    return (*(ref for ref in old if ref.agency_id not in {r.agency_id for r in named}), *named)
