"""Judging a reply: what a case expects against what was said, with no language model.

Each measure is a pair of whole numbers, (right, of how many); shares are formed over many replies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.reply import Reply, Status, TaskView
from corpus.agencies import Agencies
from corpus.records import Record
from corpus.vietnamese import fold, nfc, words
from eval.case import Case, matches_any
from prompts import say

LOOSE = frozenset({Status.CLARIFY, Status.NOT_FOUND, Status.REFUSED, Status.CHAT})
NO_ANSWER = frozenset({Status.NOT_FOUND, Status.REFUSED})
# Measures by name, with what is better. A reply counts in a measure only where the case speaks of it.
MEASURES = {
    "right": "higher",
    "facts": "higher",
    "task_sets": "higher",
    "task_precision": "higher",
    "task_recall": "higher",
    "sources": "higher",
    "citation_validity": "higher",
    "citation_support": "higher",
    "right_refusals": "higher",
    "wrong_refusals": "lower",
    "right_questions_back": "higher",
    "needless_questions_back": "lower",
    "crashes": "lower",
}


class Fault(Record):
    """One thing that is wrong with a reply; ``kind`` names the sentence that tells it."""

    kind: str
    value: str = ""

    def sentence(self) -> str:
        """The fault in words."""
        return say("eval.fault", kind=self.kind, value=self.value)


@dataclass
class Source:
    """What replies are checked against: the texts as received, by document, and the agencies that are known.

    ``transcribed`` are the documents whose rows a person read where the text is damaged: what such a row states is in
    no quotation, which the reply says.
    """

    texts: Mapping[str, str]
    agencies: Agencies
    transcribed: frozenset[str] = frozenset()
    _folded: dict[str, str] = field(default_factory=dict)

    def holds(self, wording: str) -> bool:
        """Whether a wording stands in any document, accents and case aside."""
        if not self._folded:
            self._folded = {document: _flat(text) for document, text in self.texts.items()}
        return any(_stands(wording, text) for text in self._folded.values())


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a reply (nothing: it is right), and its measures."""

    faults: tuple[Fault, ...]
    measures: Mapping[str, tuple[int, int]]


def judge(reply: Reply, case: Case, source: Source) -> Verdict:
    """Judges the reply to the last turn of a case."""
    invalid = [
        c for c in reply.citations if not c.quote or c.quote != source.texts.get(c.document, "")[c.start : c.end]
    ]
    faults = (*_faults(reply, case), *(Fault(kind="quote_invalid", value=c.document) for c in invalid))
    claims = list(_claims(reply, case, source))
    measures = {
        "right": (int(not faults), 1),
        **_content(reply, case),
        **_endings(reply.status, case),
        "citation_validity": (len(reply.citations) - len(invalid), len(reply.citations)),
        "citation_support": (sum(claims), len(claims)),
        "crashes": (0, 1),
    }
    return Verdict(faults, {name: pair for name, pair in measures.items() if pair[1]})


def judge_crash(case: Case, error: str) -> Verdict:
    """The verdict where there was no reply: wrong in all that the case asks for."""
    silent = Reply(status=Status.DONE, text="")
    asked = {**_content(silent, case), **_endings(silent.status, case)}
    measures = {name: (0, total) for name, (_, total) in asked.items() if total}
    return Verdict((Fault(kind="crashed", value=error),), {"right": (0, 1), **measures, "crashes": (1, 1)})


def _faults(reply: Reply, case: Case) -> Iterator[Fault]:
    if reply.text == say("endings.failed"):
        yield Fault(kind="own_check")
    if reply.status not in case.status:
        yield Fault(kind="status", value=str(reply.status))
    loose = _is_loose(reply, case)
    if not loose:
        yield from _wrong_tasks(reply, case)
        yield from (Fault(kind="not_cited", value=names) for names in _not_cited(reply, case))
        yield from (Fault(kind="not_quoted", value=quote) for quote in _not_quoted(reply, case))
    if not (loose and reply.status is Status.CLARIFY):
        yield from (Fault(kind="not_said", value=fact[0]) for fact in case.facts if not _said(fact, reply.text))
    yield from (Fault(kind="said", value=wording) for wording in case.forbidden if _said((wording,), reply.text))


def _is_loose(reply: Reply, case: Case) -> bool:
    """Whether a reply may do without tasks and sources: another ending than an answer that the case accepts."""
    return reply.status in LOOSE and reply.status in case.status and Status.ANSWERED in case.status


def _wrong_tasks(reply: Reply, case: Case) -> Iterator[Fault]:
    if case.tasks is None:
        return
    told = set(told_tasks(reply))
    yield from (Fault(kind="task_missing", value=key) for key in sorted(set(case.tasks) - told))
    extra = sorted(told - set(case.tasks))
    yield from (Fault(kind="task_extra", value=key) for key in extra if not matches_any(key, case.tasks_optional))


def told_tasks(reply: Reply) -> list[str]:
    """The tasks of a reply as cases name them."""
    return [f"{task.document}/{task.section or ''}/{task.number}" for task in reply.tasks]


def _not_cited(reply: Reply, case: Case) -> Iterator[str]:
    cited = {citation.document for citation in reply.citations}
    return (names for names in case.documents if not cited & set(names.split("|")))


def _not_quoted(reply: Reply, case: Case) -> Iterator[str]:
    quotes = [" ".join(nfc(citation.quote).split()) for citation in reply.citations]
    return (quote for quote in case.quotes if not any(" ".join(quote.split()) in words for words in quotes))


def _content(reply: Reply, case: Case) -> dict[str, tuple[int, int]]:
    """The measures of what an answer holds; of other endings that the case accepts, only what must not be said."""
    loose = _is_loose(reply, case)
    facts = [] if loose and reply.status is Status.CLARIFY else case.facts
    good = all(_said(fact, reply.text) for fact in facts)
    clean = not any(_said((wording,), reply.text) for wording in case.forbidden)
    measures = {"facts": (int(good and clean), int(bool(facts or case.forbidden)))}
    if case.documents and not loose:
        measures["sources"] = (len(case.documents) - len(list(_not_cited(reply, case))), len(case.documents))
    if case.tasks is None or loose:
        return measures
    told = {key for key in told_tasks(reply) if key in case.tasks or not matches_any(key, case.tasks_optional)}
    wanted = set(case.tasks)
    measures["task_sets"] = (int(told == wanted), 1)
    measures["task_precision"] = (len(told & wanted), len(told))
    measures["task_recall"] = (len(told & wanted), len(wanted))
    return measures


def _endings(status: Status, case: Case) -> dict[str, tuple[int, int]]:
    """The measures of refusing, not finding and asking back."""
    accepted = set(case.status)
    measures = {}
    if accepted <= NO_ANSWER:
        measures["right_refusals"] = (int(status in accepted), 1)
    if not accepted & NO_ANSWER:
        measures["wrong_refusals"] = (int(status in NO_ANSWER), 1)
    if accepted == {Status.CLARIFY}:
        measures["right_questions_back"] = (int(status is Status.CLARIFY), 1)
    if Status.CLARIFY not in accepted:
        measures["needless_questions_back"] = (int(status is Status.CLARIFY), 1)
    return measures


_DATE = re.compile(r"(?<!\d)(\d{1,2}) thang (\d{1,2}) nam (\d{4})(?!\d)")
_ZEROS = re.compile(r"(?<![\d.,])0+(?=\d)")


def _claims(reply: Reply, case: Case, source: Source) -> Iterator[bool]:
    """For each thing that a reply states, whether a quotation of it holds that.

    Stated are the bodies and the deadline of each task; where it tells of no task, those facts that the case
    expects, that the reply names, that are a body or hold a figure, and that stand in the documents (a computed
    date stands nowhere). Rows that a person transcribed from a damaged scan are left out.
    """
    if reply.status is not Status.ANSWERED:
        return
    for task in (task for task in reply.tasks if task.document not in source.transcribed):
        quotes = " ".join(c.quote for c in reply.citations if c.document == task.document)
        yield _holds_task(quotes, task, source.agencies)
    if reply.tasks:
        return
    quoted = " ".join(c.quote for c in reply.citations)
    for fact in case.facts:
        named = [w for w in fact if _said((w,), reply.text) and _is_checkable(w, source.agencies) and source.holds(w)]
        if named:
            yield any(_said((w,), quoted) or _names_body(quoted, w, source.agencies) for w in named)


def _is_checkable(wording: str, agencies: Agencies) -> bool:
    """Whether a fact is a figure or a body, and so must stand in a quotation."""
    return any(char.isdigit() for char in wording) or agencies.match(wording) is not None


def _holds_task(quotes: str, task: TaskView, agencies: Agencies) -> bool:
    """Whether quotations hold the deadline of a task and the bodies that lead it, by any of their names."""
    spelled = " ".join(words(quotes))
    if task.deadline.text and not _holds_pieces(spelled, task.deadline.text):
        return False
    return all(_holds_pieces(spelled, name) or _names_body(quotes, name, agencies) for name in task.lead)


def _holds_pieces(spelled: str, wording: str) -> bool:
    """Whether the words of a cell stand together, or in two pieces where a page ends within the row."""
    wanted = words(wording)
    pieces = ((" ".join(wanted[:cut]), " ".join(wanted[cut:])) for cut in range(len(wanted)))
    return not wanted or any(head in spelled and tail in spelled for head, tail in pieces)


def _names_body(quotes: str, name: str, agencies: Agencies) -> bool:
    """Whether quotations name the same body by another name."""
    match = agencies.match(name)
    return match is not None and any(found.agency.id == match.agency.id for found in agencies.find(quotes))


def _said(wordings: tuple[str, ...], text: str) -> bool:
    flat = _flat(text)
    return any(_stands(wording, flat) for wording in wordings)


def _stands(wording: str, flat: str) -> bool:
    """Whether a wording stands in a folded text; figures at its ends do not run on."""
    return bool(_pattern(wording).search(flat))


@lru_cache(maxsize=16384)
def _pattern(wording: str) -> re.Pattern[str]:
    wanted = _flat(wording)
    left = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
    right = r"(?!\d|[.,]\d)" if wanted[-1:].isdigit() else ""
    return re.compile(left + re.escape(wanted) + right)


@lru_cache(maxsize=64)
def _flat(text: str) -> str:
    """A text folded, numbers and dates in one spelling: "07 ngày" as "7 ngày", "01 tháng 5 năm 2026" as "1/5/2026"."""
    folded = _DATE.sub(r"\1/\2/\3", fold(" ".join(text.split())))
    return _ZEROS.sub("", folded)
