"""The question sets in eval/cases: how a case is read, asked and judged; ``python -m eval.answers`` prints the shares.

A case holds what a right reply must have: its status, the tasks that it is about, facts that its text
must name (one wording of each), documents that it must cite, wordings that it must not hold. The sets
``other`` and ``fifth`` ask about fictional documents in eval/documents, all others about the five that ship.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.assistant import Assistant, Conversation, Turn
from assistant.reply import Reply
from assistant.wiring import BUNDLED_DOCUMENTS, assistant_in_memory
from corpus.vietnamese import fold

QUESTIONS = Path(__file__).with_name("cases")
DOCUMENTS = Path(__file__).with_name("documents")
SETS = {  # by name, with the folder of the documents that a set asks about
    "first": BUNDLED_DOCUMENTS,
    "second": BUNDLED_DOCUMENTS,
    "third": BUNDLED_DOCUMENTS,
    "fourth": BUNDLED_DOCUMENTS,
    "other": DOCUMENTS / "other",
    "fifth": DOCUMENTS / "fifth",
}
TODAY = dt.date(2026, 11, 21)
_LOOSE = frozenset({"clarify", "not_found", "refused", "chat"})


@dataclass(frozen=True)
class Case:
    """One question, or several turns of which the last is judged."""

    id: str
    turns: tuple[str, ...]
    statuses: frozenset[str]
    unit: str | None
    today: dt.date
    tasks: frozenset[str] | None
    optional: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    documents: tuple[str, ...]
    forbidden: tuple[str, ...]


@dataclass
class Tally:
    """How many cases of a set were asked, and what was wrong with those that missed."""

    asked: int = 0
    misses: dict[str, list[str]] = field(default_factory=dict)
    wrongly_refused: int = 0
    wrongly_answered: int = 0

    @property
    def share(self) -> float:
        """The share (0 to 1) of right replies."""
        return 1 - len(self.misses) / self.asked


def cases(set_name: str) -> Iterator[Case]:
    """The cases of a set, group by group."""
    for path in sorted(QUESTIONS.glob(f"{set_name}_*.yaml")):
        for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield _case(raw)


def _case(raw: dict[str, Any]) -> Case:
    status = raw["status"]
    today = raw.get("today")
    return Case(
        id=raw["id"],
        turns=tuple(raw["turns"]),
        statuses=frozenset([status] if isinstance(status, str) else status),
        unit=raw.get("unit"),
        today=dt.date.fromisoformat(str(today)) if today else TODAY,
        tasks=frozenset(raw["tasks"]) if raw.get("tasks") is not None else None,
        optional=tuple(raw.get("tasks_optional") or ()),
        facts=tuple(map(tuple, raw.get("facts") or ())),
        documents=tuple(raw.get("documents") or ()),
        forbidden=tuple(raw.get("forbidden") or ()),
    )


def ask(assistant: Assistant, case: Case, *, folded: bool = False) -> Reply:
    """The reply to the last turn of a case; ``folded`` asks without accents and capitals."""
    conversation = Conversation()
    replies = [
        assistant.reply(Turn(fold(turn) if folded else turn, case.today, case.unit), conversation)
        for turn in case.turns
    ]
    return replies[-1]


def judge(assistant: Assistant, set_name: str, *, folded: bool = False) -> Tally:
    """Asks all cases of a set."""
    tally = Tally()
    for case in cases(set_name):
        tally.asked += 1
        reply = ask(assistant, case, folded=folded)
        tally.wrongly_refused += reply.status == "not_found" and "not_found" not in case.statuses
        tally.wrongly_answered += reply.status == "answered" and "answered" not in case.statuses
        if faults := list(faults_of(reply, case)):
            tally.misses[case.id] = faults
    return tally


def faults_of(reply: Reply, case: Case) -> Iterator[str]:
    """What is wrong with a reply."""
    if str(reply.status) not in case.statuses:
        yield f"status {reply.status}"
    loose = str(reply.status) in _LOOSE & case.statuses and "answered" in case.statuses
    if not loose:
        yield from _wrong_tasks(reply, case)
        cited = {citation.document for citation in reply.citations}
        yield from (f"not cited: {d}" for d in case.documents if not cited & set(d.split("|")))
    if not (loose and reply.status == "clarify"):
        yield from (f"not said: {fact[0]}" for fact in case.facts if not any(_occurs(f, reply.text) for f in fact))
    yield from (f"said: {words}" for words in case.forbidden if _occurs(words, reply.text))


def _wrong_tasks(reply: Reply, case: Case) -> Iterator[str]:
    if case.tasks is None:
        return
    told = {f"{task.document}/{task.section or ''}/{task.number}" for task in reply.tasks}
    yield from (f"no task {key}" for key in sorted(case.tasks - told))
    extra = told - case.tasks
    yield from (f"task {key}" for key in sorted(extra) if not any(fnmatch.fnmatchcase(key, p) for p in case.optional))


def _occurs(wording: str, text: str) -> bool:
    """Whether a wording stands in a text, accents and case aside; figures at its ends do not run on."""
    wanted = fold(" ".join(wording.split()))
    left = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
    right = r"(?!\d|[.,]\d)" if wanted[-1:].isdigit() else ""
    return bool(re.search(left + re.escape(wanted) + right, fold(" ".join(text.split()))))


def main() -> None:
    """Prints, for each set, the share of right replies, of questions with and without accents."""
    assistants = {folder: assistant_in_memory(folder) for folder in set(SETS.values())}
    row = "{:8} {:9} {:>5} {:>7} {:>16} {:>17}"
    lines = [row.format("set", "typed", "cases", "right", "wrongly refused", "wrongly answered")]
    for set_name, folder in SETS.items():
        for folded in (False, True):
            tally = judge(assistants[folder], set_name, folded=folded)
            typed = "folded" if folded else "as is"
            right = f"{tally.share:.1%}"
            lines.append(row.format(set_name, typed, tally.asked, right, tally.wrongly_refused, tally.wrongly_answered))
            lines += [f"  {case}: {'; '.join(faults)}" for case, faults in tally.misses.items() if "-v" in sys.argv]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
