"""How a reply came about, step by step: what ``troly explain`` and the evaluation report show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.answer.session import Session
from assistant.find import FoundTask
from assistant.reply import Reply
from assistant.understand.query import Query
from assistant.understand.question import read_question
from assistant.understand.reading import Context, Reading, read
from corpus.records import Record
from prompts import say

MOST_HITS = 8
_TITLE = 90


class Match(Record):
    """A name that was recognised in the question, what for, and how surely (higher is surer)."""

    kind: str
    name: str
    score: float | None = None


class Hit(Record):
    """A task or passage that was weighed: ``coverage`` is the share (0 to 1) of the question that it explains,
    ``score`` its BM25 score.
    """

    kind: str
    document: str
    place: str
    words: str
    coverage: float
    score: float


@dataclass(frozen=True)
class Explanation:
    """One turn with its reply and the steps between; times in milliseconds.

    Only the reply is worked out beforehand: the steps are read again when they are asked for.
    """

    text: str
    context: Context
    query: Query
    session: Session
    reply: Reply
    understand_ms: float
    answer_ms: float
    parts: tuple[str, ...] = ()  # the questions of the message, where they are several; ``query`` is the last one's

    def as_json(self) -> dict[str, Any]:
        """All steps as plain values for JSON."""
        reading = self._reading()
        return {
            "question": reading.question.text,
            "tokens": reading.question.words,
            "mended": [list(pair) for pair in reading.question.mended],
            "matches": [match.model_dump() for match in self._matches(reading)],
            **({"parts": list(self.parts)} if self.parts else {}),
            "query": self.query.model_dump(mode="json", exclude_defaults=True),
            "hits": [hit.model_dump() for hit in self.hits()],
            "guess": self._guess(),
            "reply": self.reply.as_json(),
            "understand_ms": round(self.understand_ms, 2),
            "answer_ms": round(self.answer_ms, 2),
        }

    def lines(self) -> list[str]:
        """The steps but the reply, a line each, as a person reads them."""
        steps = self.as_json()
        query = [f"{name}={_short(value)}" for name, value in steps["query"].items()]
        return [
            say("explain.words", words=steps["tokens"], mended=steps["mended"]),
            say("explain.matches", matches=steps["matches"]),
            *([say("explain.parts", parts=self.parts)] if self.parts else []),
            say("explain.query", fields=query),
            *(say("explain.hit", hit=hit) for hit in steps["hits"]),
            *([say("explain.guess", **steps["guess"])] if steps["guess"] else []),
            say("explain.times", understand=steps["understand_ms"], answer=steps["answer_ms"]),
        ]

    def hits(self) -> list[Hit]:
        """The tasks and passages that explain most, best first."""
        best: dict[tuple[str, str, int], Hit] = {}
        for item in self.session.found:
            hit = _hit(item) if isinstance(item, FoundTask) else _passage_hit(item)
            record = item.task if isinstance(item, FoundTask) else item.passage
            best.setdefault((hit.kind, record.document, record.ordinal), hit)
        return sorted(best.values(), key=lambda hit: (-hit.coverage, -hit.score))[:MOST_HITS]

    def _guess(self) -> dict[str, Any] | None:
        """How likely the nearest thing is meant, where nothing explained enough of the question."""
        guess = self.session.guess
        if guess is None:
            return None
        told = guess.likelihood >= self.session.least_likelihood
        return {"likelihood": round(guess.likelihood, 3), "told": told}

    def _reading(self) -> Reading:
        return read(read_question(self.text, self.context.speller), self.context)

    def _matches(self, reading: Reading) -> Iterator[Match]:
        for document, score in sorted(reading.named.scores.items(), key=lambda item: -item[1]):
            yield Match(kind="document", name=document, score=round(score, 2))
        for found in reading.agencies:
            yield Match(kind="agency", name=found.agency.name, score=round(found.score, 2))
        for ref in reading.numbers.tasks:
            yield Match(kind="task", name="/".join(filter(None, (ref.section, ref.number))))
        if reading.numbers.place:
            yield Match(kind="place", name=reading.numbers.place)
        yield from (Match(kind="attribute", name=str(attribute)) for attribute in reading.attributes)
        yield from (Match(kind="field", name=str(field)) for field in reading.fields)
        if reading.period:
            yield Match(kind="period", name=f"{reading.period.start or ''} – {reading.period.end or ''}")


def _hit(found: FoundTask) -> Hit:
    task = found.task
    place = "/".join(filter(None, (task.section, task.number)))
    return Hit(
        kind="task", document=task.document, place=place, words=_cut(task.title),
        coverage=round(found.coverage, 3), score=round(found.score, 2),
    )  # fmt: skip


def _passage_hit(found: Any) -> Hit:
    passage = found.passage
    return Hit(
        kind="passage", document=passage.document, place=passage.path, words=_cut(passage.text),
        coverage=round(found.coverage, 3), score=round(found.score, 2),
    )  # fmt: skip


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _TITLE else words[:_TITLE].rsplit(" ", 1)[0] + " …"


def _short(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(_short(item) or "·" for item in value)
    if isinstance(value, dict):
        return "/".join(_short(item) for item in value.values() if item is not None)
    return str(value)
