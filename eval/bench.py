"""``make bench``: how fast this installation is on this machine, beside the bars that it should keep.

A benchmark, not a test: a figure over its bar is marked and the exit code stays 0. All times are wall
clock. Whole processes are started by a small helper, so that the peak memory is that of ``troly`` alone
(a child inherits the peak of whoever starts it).
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant, Turn
from assistant.reply import Reply
from assistant.settings import Settings
from assistant.wiring import open_assistant
from corpus.vietnamese import fold, nfc

QUESTIONS = Path(__file__).with_name("questions.txt")
TODAY = dt.date(2026, 11, 21)
COLD_QUESTION = "Ai chủ trì nhiệm vụ 18 và khi nào đến hạn?"
INGEST_RUNS, COLD_RUNS = 3, 7
LISTS = "lists"
# Runs a command and prints its wall seconds, its peak memory in kB (macOS: bytes) and its exit code.
_HELPER = """
import os, subprocess, sys, time
started = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(time.perf_counter() - started, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True)
class Question:
    """A question and the group of questions.txt in which it stands."""

    group: str
    text: str
    unit: str | None = None


@dataclass(frozen=True)
class Answered:
    """A question that was answered: how long it took, and the reply."""

    question: Question
    milliseconds: float
    reply: Reply

    @property
    def status(self) -> str:
        return str(self.reply.status)


@dataclass(frozen=True)
class Run:
    """One whole process."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Figure:
    """A measured value with its bar, or with none."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    more_is_better: bool = False

    def line(self) -> str:
        """The figure as it is printed."""
        measured = f"{self.name:<52}{self.value:>9.2f} {self.unit:<3}"
        if self.bar is None:
            return measured.rstrip()
        if self.more_is_better:
            return f"{measured}  at least {self.bar:g} {self.unit:<3} {'ok' if self.value >= self.bar else 'UNDER'}"
        return f"{measured}  at most {self.bar:g} {self.unit:<3} {'ok' if self.value <= self.bar else 'OVER'}"


def main() -> None:
    """Measures all, in a temporary data folder, and prints each figure as soon as it is known."""
    write(f"troly on Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores")
    for section in (whole_processes, single_questions):
        with TemporaryDirectory(prefix="troly-bench-", ignore_cleanup_errors=True) as folder:
            for figure in section(Path(folder)):
                write(figure.line())


def whole_processes(folder: Path) -> Iterator[Figure]:
    """Ingest into a fresh store, then a cold question; each run a process of its own."""
    ingests = [run_troly(folder / f"store-{i}", "ingest", "--json") for i in range(INGEST_RUNS)]
    yield Figure(f"ingest of the documents that ship, best of {INGEST_RUNS}", min(r.seconds for r in ingests), "s", 5)
    yield Figure(f"ingest, median of {INGEST_RUNS}", median(r.seconds for r in ingests), "s", 5)
    colds = [run_troly(folder / "store-0", "ask", COLD_QUESTION) for _ in range(COLD_RUNS)]
    yield Figure(f"cold ask, median of {COLD_RUNS}", median(r.seconds for r in colds), "s", 1)
    yield Figure(f"cold ask, slowest of {COLD_RUNS}", max(r.seconds for r in colds), "s", 1)
    yield Figure("cold ask, peak memory", max(r.megabytes for r in colds), "MB", 150)


def run_troly(data: Path, *arguments: str) -> Run:
    """Runs the installed command to its end. Raises RuntimeError where it does not end well."""
    command = [str(Path(sys.executable).with_name("troly")), *arguments]
    helper = [sys.executable, "-S", "-c", _HELPER, *command]
    environment = {**os.environ, "TROLY_DATA": str(data)}
    done = subprocess.run(helper, capture_output=True, text=True, env=environment, check=True)
    seconds, peak, code = done.stdout.split()
    if code != "0":
        raise RuntimeError(f"{' '.join(command[:2])} ended with exit code {code}")
    unit = 2**20 if platform.system() == "Darwin" else 2**10
    return Run(float(seconds), int(peak) / unit)


def single_questions(folder: Path) -> Iterator[Figure]:
    """Every question once, in one process; then the same without accents."""
    run_troly(folder, "ingest", "--json")
    assistant = open_assistant(Settings(data=folder))
    questions = read_questions(QUESTIONS)
    answer(assistant, Question("warm-up", COLD_QUESTION))
    answers = [answer(assistant, question) for question in questions]
    yield from spread(f"question, one process ({len(answers)} different)", answers)
    yield from spread("of these, lists and counts", [a for a in answers if a.question.group == LISTS])
    yield Figure("no accents / with accents, same questions", _accent_ratio(assistant, questions), "x")
    counted = Counter(a.status for a in answers)
    write("replies: " + ", ".join(f"{status} {n}" for status, n in counted.most_common()))


def read_questions(path: Path) -> list[Question]:
    """The questions of a file: one a line, "## group" before each group, "#" before remarks."""
    questions: list[Question] = []
    group = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("##"):
            group = line.strip("# ")
        elif line.strip() and not line.startswith("#"):
            questions.append(Question(group, line.strip()))
    return questions


def answer(assistant: Assistant, question: Question) -> Answered:
    """Asks a question in a conversation of its own."""
    started = time.perf_counter()
    reply = assistant.reply(Turn(question.text, TODAY, question.unit))
    json.dumps(reply.as_json(), ensure_ascii=False)
    return Answered(question, (time.perf_counter() - started) * 1000, reply)


def middle_and_slow(answers: Sequence[Answered]) -> tuple[float, float]:
    """p50 and p95 of the times, in milliseconds."""
    times = [a.milliseconds for a in answers]
    return median(times), quantiles(times, n=20, method="inclusive")[-1]


def spread(name: str, answers: Sequence[Answered], bars: tuple[float, float] = (10, 30)) -> Iterator[Figure]:
    """p50, p95 and the slowest; ``bars`` are those of the first two."""
    middle, slow = middle_and_slow(answers)
    slowest = max(answers, key=lambda a: a.milliseconds)
    yield Figure(f"{name}, p50", middle, "ms", bars[0])
    yield Figure(f"{name}, p95", slow, "ms", bars[1])
    yield Figure(f"{name}, slowest", slowest.milliseconds, "ms")
    write(f"  slowest: {slowest.question.text}")


def _accent_ratio(assistant: Assistant, questions: Sequence[Question]) -> float:
    """How much longer accented questions take once typed without accents (median of ratios, each asked in turn)."""
    ratios = []
    gc.collect()
    for question in questions:
        if fold(question.text) == nfc(question.text).lower():
            continue
        typed = answer(assistant, question).milliseconds
        ratios.append(answer(assistant, Question(question.group, fold(question.text))).milliseconds / typed)
    return median(ratios)


def write(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
