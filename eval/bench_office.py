"""``make bench-office``: how fast the assistant is with thousands of plans, beside itself with those that ship.

Plans are made up (eval/plans.py) and taken in by the installed command. Then the questions of questions.txt are asked,
by nobody in particular and by a ward's officer, and questions whose right answer is planted in a plan: a task by its
number, by words of its title, all that a body leads. Half of them are asked without accents.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from assistant.catalogue import Card
from assistant.settings import Settings
from assistant.wiring import BUNDLED_DOCUMENTS, open_assistant
from connectors.database import TaskFilter
from corpus.records import Task
from corpus.vietnamese import fold
from eval.bench import (
    COLD_QUESTION,
    QUESTIONS,
    Answered,
    Figure,
    Question,
    answer,
    middle_and_slow,
    read_questions,
    run_troly,
    spread,
    write,
)
from eval.plans import known_chain, make_plans, write_plans

COLD_RUNS = 5
PLANTED = 60  # questions of each kind
RATIO = 3  # at most so many times as long as with the documents that ship
BARS = (30, 120)  # ms, p50 and p95
_LEAST_FOUND = 90  # per cent
_NUMBER, _WORDS, _LISTS = "by number", "by words of the title", "all that a body leads"
_TITLE_WORDS = 12


@dataclass(frozen=True)
class Planted:
    """A question with the tasks (document, number) that a right reply is about, all of them."""

    question: Question
    tasks: frozenset[tuple[str, str]]


def main() -> None:
    """Measures all, in a temporary folder, and prints each figure as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=2000)
    parser.add_argument("--tasks", type=int, default=50)
    wanted = parser.parse_args()
    with TemporaryDirectory(prefix="troly-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        write_plans(folder / "plans", make_plans(wanted.plans, wanted.tasks, known_chain()))
        for figure in measured(folder, wanted.plans, wanted.tasks):
            write(figure.line())


def measured(folder: Path, plans: int, tasks: int) -> Iterator[Figure]:
    """Ingest, cold questions and turns, with the documents that ship and with the plans in a folder besides."""
    small, large = folder / "small", folder / "large"
    run_troly(small, "ingest", "--json")
    write(f"{plans} plans of {tasks} tasks, beside the documents that ship")
    taken_in = run_troly(large, "ingest", "--json", str(BUNDLED_DOCUMENTS), str(folder / "plans"))
    yield Figure("ingest", taken_in.seconds, "s")
    yield Figure("ingest, peak memory", taken_in.megabytes, "MB")
    yield Figure("task database", _megabytes(Settings(data=large).database_file), "MB")
    yield Figure("index and facts", sum(map(_megabytes, Settings(data=large).index.rglob("*"))), "MB")
    yield from cold_questions(small, large)
    few, many = open_assistant(Settings(data=small)), open_assistant(Settings(data=large))
    yield from shipped_questions(few, many)
    yield from planted_questions(few, many)


def cold_questions(small: Path, large: Path) -> Iterator[Figure]:
    """A question in a process of its own."""
    few, many = ([run_troly(data, "ask", COLD_QUESTION) for _ in range(COLD_RUNS)] for data in (small, large))
    before, now = (median(run.seconds for run in runs) for runs in (few, many))
    yield Figure(f"cold ask, median of {COLD_RUNS}", now, "s", 1.5)
    yield Figure("  with the documents that ship", before, "s")
    yield Figure("cold ask, peak memory", max(run.megabytes for run in many), "MB", 250)


def shipped_questions(few: Assistant, many: Assistant) -> Iterator[Figure]:
    """The questions of questions.txt, by nobody in particular and by an officer of a ward."""
    questions = read_questions(QUESTIONS)
    yield from _beside("no unit", _asked(few, questions), _asked(many, questions))
    yield from _beside("with a unit", _asked(few, _of_unit(questions, few)), _asked(many, _of_unit(questions, many)))


def planted_questions(few: Assistant, many: Assistant) -> Iterator[Figure]:
    """Questions with answers that are known, on documents that are drawn by lot."""
    beside, planted = plant(few), plant(many)
    for group in (_NUMBER, _WORDS, _LISTS):
        asked = [item for item in planted if item.question.group == group]
        before = _asked(few, [item.question for item in beside if item.question.group == group])
        answers = _asked(many, [item.question for item in asked])
        yield from _beside(group, before, answers)
        found = sum(is_found(item, reply) for item, reply in zip(asked, answers, strict=True))
        yield Figure(f"{group}, right tasks told", 100 * found / len(asked), "%", _LEAST_FOUND, more_is_better=True)


def plant(assistant: Assistant, seed: int = 20261121) -> list[Planted]:
    """Questions on tasks that are drawn by lot from the numbered plans of wards; every second without accents."""
    rng = random.Random(seed)
    store, catalogue = assistant.library.store, assistant.library.shelf().catalogue
    plans = [card for card in catalogue.cards if card.figure and card.tasks and card.places and card.places[0].name]
    planted: list[Planted] = []
    for at in range(PLANTED):
        card = rng.choice(plans)
        tasks = store.tasks(TaskFilter(documents=(card.id,)))
        items = _on(card, tasks, rng.choice(tasks))
        planted += items if at % 2 else map(_unaccented, items)
    return planted


def _on(card: Card, tasks: Sequence[Task], task: Task) -> Iterator[Planted]:
    """Three questions on a task of a plan."""
    unit = card.issuer
    place = unit.split(",")[0].removeprefix("UBND ")
    only = frozenset({(card.id, task.number)})
    yield Planted(Question(_NUMBER, f"nhiệm vụ {task.number} kế hoạch {card.figure} {place} ai chủ trì"), only)
    words = " ".join(task.title.split()[:_TITLE_WORDS])
    yield Planted(Question(_WORDS, f"{words} ai chủ trì, hạn khi nào", unit), only)
    body = task.lead[0]
    led = frozenset((card.id, t.number) for t in tasks if body.agency_id in {lead.agency_id for lead in t.lead})
    yield Planted(Question(_LISTS, f"{body.name} chủ trì những việc nào", unit), led)


def is_found(item: Planted, answered: Answered) -> bool:
    """Whether a reply is about all the tasks that a question asks for."""
    return item.tasks <= {(task.document, task.number) for task in answered.reply.tasks}


def _unaccented(item: Planted) -> Planted:
    question = item.question
    return Planted(Question(question.group, fold(question.text), question.unit), item.tasks)


def _of_unit(questions: Sequence[Question], assistant: Assistant) -> list[Question]:
    """The same questions, asked by an officer of the ward that issued the last plan."""
    wards = [c for c in assistant.library.shelf().catalogue.cards if c.tasks and c.places and not c.places[0].is_city]
    return [Question(question.group, question.text, wards[-1].issuer) for question in questions]


def _asked(assistant: Assistant, questions: Sequence[Question]) -> list[Answered]:
    answer(assistant, Question("warm-up", COLD_QUESTION))
    return [answer(assistant, question) for question in questions]


def _beside(name: str, before: Sequence[Answered], now: Sequence[Answered]) -> Iterator[Figure]:
    """The times now with their bars, and how many times those with the documents that ship they are."""
    yield from spread(f"{name} ({len(now)})", now, BARS)
    (middle, slow), (old_middle, old_slow) = middle_and_slow(now), middle_and_slow(before)
    write(f"  with the documents that ship: p50 {old_middle:.2f} ms, p95 {old_slow:.2f} ms")
    yield Figure(f"{name}, p50 beside these", middle / old_middle, "x", RATIO)
    yield Figure(f"{name}, p95 beside these", slow / old_slow, "x", RATIO)


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 2**20 if path.is_file() else 0.0


if __name__ == "__main__":
    main()
