"""What a run leaves: one result a question, kept in a folder from which an interrupted run goes on.

``run.json`` says what was run, ``results.jsonl`` holds a result a line as they came, ``report.html`` is for people.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from assistant.reply import Status
from corpus.errors import CorpusError
from corpus.records import Record
from eval.case import Case
from eval.judging import Fault
from eval.variants import PLAIN

RUN, RESULTS, REPORT = "run.json", "results.jsonl", "report.html"


class Result(Record):
    """One question with what became of it; ``ms`` is the time of the last turn.

    What was said is kept for questions as written and for those that failed, the steps of the
    explanation where they tell something new.
    """

    case: str
    variant: str
    suite: str
    turns: tuple[str, ...]
    status: Status | None
    ms: float
    right: bool
    measures: dict[str, tuple[int, int]]
    faults: tuple[Fault, ...] = ()
    text: str = ""
    tasks: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The question: its case and the way in which it was typed."""
        return f"{self.case}+{self.variant}"


class RunInfo(Record):
    """What was run, on what; times are UTC. ``finished`` is None while it goes on."""

    name: str
    version: str
    fingerprint: str
    started: dt.datetime
    finished: dt.datetime | None = None
    seconds: float = 0.0
    seed: int
    variants: tuple[str, ...]
    jobs: int
    python: str
    machine: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Run:
    """A run and its results in the order of the cases."""

    info: RunInfo
    results: tuple[Result, ...]

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        return {case.id: case for case in self.info.cases}

    @property
    def plain(self) -> list[Result]:
        """The results of the questions as they are written in the cases."""
        return [result for result in self.results if result.variant == PLAIN]

    @property
    def failed(self) -> list[Result]:
        return [result for result in self.results if not result.right]


class RunFolder:
    """The folder of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def make(cls, runs: Path, info: RunInfo) -> Self:
        """A new folder below ``runs``, named like the run."""
        path = runs / info.name
        path.mkdir(parents=True)
        folder = cls(path)
        folder.write_info(info)
        (path / RESULTS).touch()
        return folder

    @property
    def report(self) -> Path:
        return self.path / REPORT

    @property
    def results(self) -> Path:
        return self.path / RESULTS

    def write_info(self, info: RunInfo) -> None:
        """Writes what was run, whole or not at all."""
        work = self.path / f".{RUN}"
        work.write_text(info.model_dump_json(indent=1), encoding="utf-8")
        work.replace(self.path / RUN)

    def add(self, results: Iterable[Result]) -> None:
        """Adds results at the end, so that they survive an interruption."""
        with self.results.open("a", encoding="utf-8") as file:
            for result in results:
                file.write(result.model_dump_json(exclude_defaults=True) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def read_info(self) -> RunInfo:
        """What was run. Raises CorpusError where there is none that can be read."""
        try:
            return RunInfo.model_validate_json((self.path / RUN).read_text(encoding="utf-8"))
        except (OSError, ValidationError) as error:
            raise CorpusError("run_unreadable", run=str(self.path)) from error

    def read_results(self) -> list[Result]:
        """The results that are there; a line that was cut off by an interruption is left out."""
        results = []
        for line in self._lines():
            try:
                results.append(Result.model_validate_json(line))
            except ValidationError:
                continue
        return results

    def mend(self) -> list[Result]:
        """The results of whole cases, in a file that holds nothing else: the last one may have been interrupted."""
        results = self.read_results()
        results = [result for result in results if result.case != results[-1].case]
        work = self.path / f".{RESULTS}"
        work.write_text("".join(r.model_dump_json(exclude_defaults=True) + "\n" for r in results), encoding="utf-8")
        work.replace(self.results)
        return results

    def read(self) -> Run:
        """The run with its results, in the order of cases and variants. Raises CorpusError."""
        info = self.read_info()
        places = {case.id: i for i, case in enumerate(info.cases)}
        order = {name: i for i, name in enumerate(info.variants)}
        results = [r for r in self.read_results() if r.case in places and r.variant in order]
        return Run(info, tuple(sorted(results, key=lambda r: (places[r.case], order[r.variant]))))

    def _lines(self) -> Iterator[str]:
        try:
            yield from self.results.read_text(encoding="utf-8", errors="replace").split("\n")  # U+2028 ends no line
        except OSError as error:
            raise CorpusError("run_unreadable", run=str(self.path)) from error


def run_folders(runs: Path) -> list[RunFolder]:
    """The runs below a folder, oldest first; what is no run is passed over."""
    if not runs.is_dir():
        return []
    return [RunFolder(path) for path in sorted(runs.iterdir()) if (path / RUN).is_file()]


def find_run(name: str, runs: Path) -> RunFolder:
    """A run by its name below ``runs`` or by its path. Raises CorpusError that names the runs there are."""
    for path in (runs / name, Path(name), Path(name).parent):
        if name and (path / RUN).is_file():
            return RunFolder(path)
    raise CorpusError("run_unknown", run=name, known=[folder.path.name for folder in run_folders(runs)][-5:])


def last_finished(runs: Path) -> RunFolder:
    """The newest run that was finished. Raises CorpusError where there is none."""
    for folder in reversed(run_folders(runs)):
        if folder.read_info().finished is not None:
            return folder
    raise CorpusError("run_none")
