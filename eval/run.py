"""A run: every case in every way of typing it, on all cores, kept as it goes."""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.index_commands import refresh_meaning
from assistant.ingest import ingest
from assistant.settings import Settings
from assistant.terminal import VIETNAM
from assistant.wiring import library_in
from corpus.errors import CorpusError
from eval import examiner
from eval.case import CASES, Case, CaseError, Suite, check_against, load_suites
from eval.examiner import Home, Plan
from eval.result import Result, RunFolder, RunInfo, run_folders
from eval.variants import NAMES

ROOT = Path(__file__).resolve().parent.parent
_ROOMS = ("assistant", "connectors", "corpus", "eval", "prompts", "retrieval")
_COUNTED = {".py", ".j2", ".yaml", ".txt", ".json"}
SEED = 7
KEPT = 10  # runs
_MOST_DEATHS = 5  # in a row
Start = Callable[[tuple[Home, ...]], None]
Examine = Callable[[str, Case, Plan], list[Result]]


@dataclass(frozen=True)
class Order:
    """What to run: the case files, the documents that those right in their folder ask about (None: those that
    ship), the ways of typing, the cases (ids or tags; empty: all), and on how many processes.
    """

    cases: Path = CASES
    documents: Path | None = None
    agencies: Path | None = None
    variants: tuple[str, ...] = NAMES
    only: tuple[str, ...] = ()
    seed: int = SEED
    jobs: int = 0

    @property
    def plan(self) -> Plan:
        return Plan(self.variants, self.seed)

    @property
    def processes(self) -> int:
        return self.jobs or os.cpu_count() or 1


Step = Callable[[int, int], None]


def run(
    order: Order,
    runs: Path,
    now: Callable[[], dt.datetime],
    step: Step,
    *,
    fresh: bool = False,
    resumed: Callable[[str], None] = lambda _name: None,
) -> RunFolder:
    """Runs an order, or goes on with an interrupted run of the same order, code and documents.

    ``step`` is told after each case how many of how many are done, ``resumed`` the name of a run that goes on.
    Raises CaseError, CorpusError.
    """
    suites = chosen(load_suites(order.cases, order.documents), order.only)
    with ready(suites, order) as homes:
        folder, done = _folder(order, suites, runs, now, fresh=fresh)
        if done:
            resumed(folder.path.name)
        with _timed(folder):
            ask_all([(s.name, case) for s in suites for case in s.cases], homes, order, folder, done, step)
        folder.write_info(folder.read_info().model_copy(update={"finished": now()}))
    forget_old(runs)
    return folder


def forget_old(runs: Path, kept: int = KEPT) -> None:
    """Removes all runs but the newest ones."""
    for folder in run_folders(runs)[:-kept]:
        shutil.rmtree(folder.path, ignore_errors=True)


@contextmanager
def _timed(folder: RunFolder) -> Iterator[None]:
    """Adds the seconds of the block to those of the run, also where it is interrupted."""
    started = time.perf_counter()
    try:
        yield
    finally:
        info = folder.read_info()
        seconds = round(info.seconds + time.perf_counter() - started, 1)
        folder.write_info(info.model_copy(update={"seconds": seconds}))


def chosen(suites: Sequence[Suite], only: Sequence[str]) -> list[Suite]:
    """The suites with the cases that carry one of the ids or tags (none given: all).

    Raises CorpusError where one of them is carried by no case.
    """
    wanted = set(only)
    known = {name for s in suites for c in s.cases for name in (c.id, s.name, *c.tags)}
    if wanted - known:
        raise CorpusError("cases_not_known", names=sorted(wanted - known))
    kept = [
        Suite(s.name, s.documents, tuple(c for c in s.cases if not wanted or wanted & {c.id, s.name, *c.tags}))
        for s in suites
    ]
    return [suite for suite in kept if suite.cases]


@contextmanager
def ready(suites: Sequence[Suite], order: Order) -> Iterator[tuple[Home, ...]]:
    """Data folders with the documents of each suite, gone at the end.

    Raises CaseError where cases expect what the documents do not hold.
    """
    with TemporaryDirectory(prefix="troly-eval-", ignore_cleanup_errors=True) as work:
        homes, problems = [], []
        for suite in suites:
            home = Home(suite.name, Path(work) / suite.name, order.agencies)
            settings = Settings(data=home.data, agencies=home.agencies, unit=None)
            library = library_in(settings)
            for result in ingest([suite.documents], library.store, library.agencies):
                if result.error is not None:
                    raise result.error
            library.shelf()
            refresh_meaning(settings, library)
            problems += check_against(suite, library.store, order.cases)
            library.store.close()
            homes.append(home)
        if problems:
            raise CaseError(problems)
        yield tuple(homes)


def _folder(
    order: Order, suites: Sequence[Suite], runs: Path, now: Callable[[], dt.datetime], *, fresh: bool
) -> tuple[RunFolder, list[Result]]:
    """The folder to write into, and what it already holds."""
    mark = fingerprint(order, suites)
    for folder in reversed([] if fresh else run_folders(runs)):
        if _goes_on(folder, mark):
            return folder, folder.mend()
    moment = now()
    name = base = moment.astimezone(VIETNAM).strftime("%Y-%m-%d-%H%M%S")
    taken = 1
    while (runs / name).exists():
        taken += 1
        name = f"{base}-{taken}"
    info = RunInfo(
        name=name,
        version=version("troly"),
        fingerprint=mark,
        started=moment,
        seed=order.seed,
        variants=order.variants,
        jobs=order.processes,
        python=platform.python_version(),
        machine=f"{platform.system()}, {os.cpu_count()} cores",
        cases=tuple(case for suite in suites for case in suite.cases),
    )
    return RunFolder.make(runs, info), []


def _goes_on(folder: RunFolder, mark: str) -> bool:
    """Whether a run was interrupted and is of the same mark; one that cannot be read (an older form) is not."""
    try:
        info = folder.read_info()
    except CorpusError:
        return False
    return info.finished is None and info.fingerprint == mark


def fingerprint(order: Order, suites: Sequence[Suite]) -> str:
    """What decides the results: the code, the cases, the documents, the ways of typing. The same mark, the same run."""
    digest = hashlib.sha256(repr((order.variants, order.seed)).encode())
    for suite in suites:
        digest.update(suite.name.encode())
        digest.update("".join(case.model_dump_json() for case in suite.cases).encode())
    files = [path for room in _ROOMS for path in (ROOT / room).rglob("*")]
    files += [path for suite in suites for path in suite.documents.rglob("*")]
    for path in sorted(path for path in files if path.suffix in _COUNTED and path.is_file()):
        digest.update(path.read_bytes())
    if order.agencies is not None:
        digest.update(order.agencies.read_bytes())
    return digest.hexdigest()


def ask_all(
    cases: Sequence[tuple[str, Case]],
    homes: tuple[Home, ...],
    order: Order,
    folder: RunFolder,
    done: Sequence[Result],
    step: Step,
    *,
    start: Start = examiner.start,
    examine: Examine = examiner.examine,
) -> None:
    """Asks all cases that are not done yet. A case that cannot be examined, or that brings down its whole process,
    fails; the others go on.

    Raises CorpusError where processes die at one case after the other: then it is not the cases.
    """
    finished = {result.case for result in done}
    pending = [(suite, case) for suite, case in cases if case.id not in finished]
    jobs, deaths = order.processes, 0
    blamed: list[Result] = []  # kept once others are answered: until then it may not be the cases
    while pending:
        answered = set()
        with _pool(jobs, start, homes) as pool:
            for case_id, results in _answers(pool, pending, order.plan, examine):
                folder.add([*blamed, *results])
                blamed.clear()
                answered.add(case_id)
                step(len(cases) - len(pending) + len(answered), len(cases))
        pending = [(suite, case) for suite, case in pending if case.id not in answered]
        deaths = 0 if answered else deaths + 1
        if deaths > _MOST_DEATHS:
            raise CorpusError("run_broken")
        if pending and jobs == 1:  # asked one after the other: the first one left brought the process down
            suite, case = pending.pop(0)
            blamed.append(examiner.crashed(case, order.variants[0], suite, case.turns, name="process died"))
        jobs = order.processes if jobs == 1 else 1
    folder.add(blamed)


@contextmanager
def _pool(jobs: int, start: Start, homes: tuple[Home, ...]) -> Iterator[ProcessPoolExecutor]:
    """Processes that end with the block, whatever ends it."""
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), start, (homes,))
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _answers(
    pool: ProcessPoolExecutor, pending: Sequence[tuple[str, Case]], plan: Plan, examine: Examine
) -> Iterator[tuple[str, list[Result]]]:
    """The results of cases as they come, until all are there or a process dies."""
    waiting: dict[Future[list[Result]], tuple[str, Case]] = {}
    with suppress(BrokenProcessPool):
        for suite, case in pending:
            waiting[pool.submit(examine, suite, case, plan)] = suite, case
    for future in as_completed(waiting):
        suite, case = waiting[future]
        try:
            results = future.result()
        except BrokenProcessPool:
            continue
        except Exception as error:  # noqa: BLE001 - one case that cannot be examined
            results = [examiner.crashed(case, plan.variants[0], suite, case.turns, name=type(error).__name__)]
        yield case.id, results
