"""The part of a run that works in processes of its own: asks the questions of a case and judges the replies."""

from __future__ import annotations

import contextlib
import gc
import logging
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from assistant.assistant import Assistant, Conversation, Turn
from assistant.explanation import Explanation
from assistant.settings import Settings
from assistant.wiring import library_in
from corpus.records import Origin
from eval.case import Case
from eval.judging import Source, Verdict, judge, judge_crash, told_tasks
from eval.result import Result
from eval.variants import PLAIN, spelled_in, variants

LIMIT_S = 60
_GC_THRESHOLD = 50_000


@dataclass(frozen=True)
class Home:
    """A data folder into which the documents of a suite were taken, and the office's own bodies, if any."""

    suite: str
    data: Path
    agencies: Path | None


@dataclass(frozen=True)
class Plan:
    """How questions are typed: in which ways, from which seed."""

    variants: tuple[str, ...]
    seed: int


class TooSlow(Exception):
    """A question was not answered within LIMIT_S seconds."""


class Examiner:
    """Asks the cases of one suite; ``guess_from``: see ``assistant.answer.session.Session``."""

    def __init__(self, home: Home, guess_from: float | None = None) -> None:
        self.suite = home.suite
        library = library_in(Settings(data=home.data, agencies=home.agencies, unit=None))
        self.assistant = Assistant(library, guess_from=guess_from)
        store = self.assistant.library.store
        texts = {document.id: store.text_of(document.id) or "" for document in store.documents()}
        transcribed = frozenset(task.document for task in store.tasks() if task.origin is Origin.REVIEW)
        self.source = Source(texts, self.assistant.library.shelf().catalogue.agencies, transcribed)
        self.spelled = spelled_in(texts.values())

    def examine(self, case: Case, plan: Plan) -> list[Result]:
        """The results of a case in every way of typing it; what goes wrong inside fails that question alone."""
        typed = variants(case.turns, f"{plan.seed}/{case.id}", self.spelled, plan.variants)
        results: list[Result] = []
        for variant, turns in typed.items():
            known = bool(results) and results[0].variant == PLAIN and not results[0].right
            results.append(self._ask(case, variant, turns, explained=not known))
        return results

    def _ask(self, case: Case, variant: str, turns: tuple[str, ...], *, explained: bool) -> Result:
        """Asks all turns and judges the last reply; a failed one is explained where that tells something new."""
        started = time.perf_counter()
        try:
            with _limited(LIMIT_S):
                explanation = self.converse(case, turns)
                verdict = judge(explanation.reply, case, self.source)
                steps = tuple(explanation.lines()) if verdict.faults and explained else ()
        except Exception as error:  # noqa: BLE001 - a crash of the assistant fails one question
            elapsed = (time.perf_counter() - started) * 1000
            return self._crashed(case, variant, turns, error, elapsed)
        return self._result(case, variant, turns, explanation, verdict, steps)

    def converse(self, case: Case, turns: tuple[str, ...]) -> Explanation:
        """Asks the turns of a case in one conversation; how the last reply came about."""
        conversation = Conversation()
        for turn in turns:
            explanation = self.assistant.explain(Turn(turn, case.today, case.unit), conversation)
        return explanation

    def _result(
        self,
        case: Case,
        variant: str,
        turns: tuple[str, ...],
        explanation: Explanation,
        verdict: Verdict,
        steps: tuple[str, ...],
    ) -> Result:
        reply = explanation.reply
        shown = variant == PLAIN or bool(verdict.faults)
        return Result(
            case=case.id,
            variant=variant,
            suite=self.suite,
            turns=turns,
            status=reply.status,
            ms=round(explanation.understand_ms + explanation.answer_ms, 2),
            right=not verdict.faults,
            measures=dict(verdict.measures),
            faults=verdict.faults,
            text=reply.text if shown else "",
            tasks=tuple(told_tasks(reply)) if shown else (),
            steps=steps,
        )

    def _crashed(self, case: Case, variant: str, turns: tuple[str, ...], error: Exception, ms: float) -> Result:
        return crashed(case, variant, self.suite, turns, name=type(error).__name__, where=_where(error), ms=ms)


def crashed(
    case: Case,
    variant: str,
    suite: str,
    turns: tuple[str, ...],
    *,
    name: str,
    where: tuple[str, ...] = (),
    ms: float = 0,
) -> Result:
    """The result of a question at which the assistant, or its whole process, broke down."""
    verdict = judge_crash(case, name)
    return Result(
        case=case.id, variant=variant, suite=suite, turns=turns, status=None, ms=round(ms, 2), right=False,
        measures=dict(verdict.measures), faults=verdict.faults, steps=where,
    )  # fmt: skip


def _where(error: Exception) -> tuple[str, ...]:
    """The innermost places of a traceback, without folders."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return tuple(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)


@contextlib.contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """Raises TooSlow in the block when it takes longer, where the system has such an alarm."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


_EXAMINERS: dict[str, Examiner] = {}


def start(homes: tuple[Home, ...]) -> None:
    """Makes a process ready: an examiner for each suite. An interruption is for the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    logging.lastResort = None
    gc.set_threshold(_GC_THRESHOLD)
    _EXAMINERS.update({home.suite: Examiner(home) for home in homes})


def _end_with_parent() -> None:
    """Ends this process when the one that started it is gone, so that a killed run leaves none behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def examine(suite: str, case: Case, plan: Plan) -> list[Result]:
    """The results of a case, by the examiner of this process."""
    return _EXAMINERS[suite].examine(case, plan)
