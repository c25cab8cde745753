"""How many days are left until a day that prose names: "trước ngày 10 tháng 12", counted from today."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from assistant.answer.session import Session
from assistant.answer.wording import day
from assistant.reply import Reply, Status
from assistant.understand.query import Ask, Query
from corpus.due import ONE_DAY, working_days
from corpus.vietnamese import fold
from prompts import say

_DATE = re.compile(
    r"(?P<before>truoc )?(?:ngay )?(?<![\w/.])(?P<d>\d{1,2})(?:/(?P<m>\d{1,2})(?:/(?P<y>\d{4}))?(?![\w/])"
    r"| thang (?P<mw>\d{1,2})(?: nam (?P<yw>\d{4}))?(?!\w))"
)
_NEAR = 6  # words before a day that say of what it is
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Named:
    """A day that a text names: what stands before it, the last day on time, whether "before" is said."""

    words: frozenset[str]
    named: dt.date
    before: bool

    @property
    def last(self) -> dt.date:
        return self.named - ONE_DAY if self.before else self.named


def with_days_left(reply: Reply, query: Query, session: Session) -> Reply:
    """The reply with the days from today to the day that its prose names, where that was asked and is plain."""
    prose = reply.status is Status.ANSWERED and query.ask is Ask.FIND and not reply.tasks
    if not (query.days_left or query.late) or not prose or not reply.citations:
        return reply
    chosen = _chosen(days_in(reply.citations[0].quote, session.today), query, session.today)
    if chosen is None:
        return reply
    line = say(
        "answers.prose_days",
        today=day(session.today),
        named=day(chosen.named),
        before=chosen.before,
        last=day(chosen.last),
        left=(chosen.last - session.today).days,
        working=working_days(session.today, chosen.last) if query.working_days else None,
    )
    return reply.model_copy(update={"text": f"{line}\n\n{reply.text}"})


def days_in(quote: str, today: dt.date) -> list[_Named]:
    """The days that a text names, each with the words since the one before; one without a year is the next."""
    folded = " ".join(fold(quote).split())
    found, start = [], 0
    for match in _DATE.finditer(folded):
        words = frozenset(_WORD.findall(folded[start : match.start()])[-_NEAR:])
        start = match.end()
        named = _date(match, today)
        if named is not None:
            found.append(_Named(words, named, bool(match["before"])))
    return found


def _date(match: re.Match[str], today: dt.date) -> dt.date | None:
    month, year = int(match["m"] or match["mw"]), match["y"] or match["yw"]
    try:
        if year:
            return dt.date(int(year), month, int(match["d"]))
        named = dt.date(today.year, month, int(match["d"]))
        passed = named - ONE_DAY * bool(match["before"]) < today
        return named.replace(year=today.year + 1) if passed else named
    except ValueError:
        return None


def _chosen(days: list[_Named], query: Query, today: dt.date) -> _Named | None:
    """The day whose words are asked about; of several alike the next one."""
    if not days:
        return None
    asked = {word for word in query.words if word}
    most = max(len(asked & named.words) for named in days)
    fit = [named for named in days if len(asked & named.words) == most]
    coming = [named for named in fit if named.last >= today]
    return min(coming, key=lambda named: named.last) if coming else fit[0] if len(fit) == 1 else None
