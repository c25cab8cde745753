"""How much of damaged tables is read right, left to review, or wrong and held for certain, field by field.

Run by hand: ``python -m tests.corpus.measure_damaged [--held-out]``. Without the option the three annexes that ship
are damaged, each held against the texts of the others; with it the plans of ``eval/documents``, which nothing here was
tuned on, held against the documents that ship. Rows are matched by their numbers, as officers ask for them.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz

from corpus.agencies import Agencies, load_agencies
from corpus.damaged import Known, damaged_tasks, known_from_shipped
from corpus.ingest import ReadDocument, read_source
from corpus.paragraphs import lines_of
from corpus.records import Quality, Task
from corpus.sources import sources_in
from corpus.task_table import TableContext
from corpus.vietnamese import fold
from eval.reading import NAMES, RIGHT, WRONG, judged
from tests.corpus.damaging import BAD, FADED, PLAIN, Damage, Row, damaged

ROOT = Path(__file__).parents[2]
SHIPPED, HELD_OUT = ROOT / "corpus" / "documents", ROOT / "eval" / "documents"
DAMAGES: Mapping[str, tuple[Damage, int]] = {"plain": (PLAIN, 7), "faded": (FADED, 11), "bad": (BAD, 7)}
_FEW = 6  # rows: a smaller table is none that could be learned from
_SAME_ROW = 50.0  # per cent of equal letters of two titles


def columns_of(tasks: Sequence[Task]) -> list[str]:
    """The columns that a table has, in the order in which offices usually print them."""
    names = ["title", "leader", "lead", "coordinate", "product", "deadline"]
    return ["number", *(name for name in names if any(_cell(task, name) for task in tasks))]


def _cell(task: Task, name: str) -> str:
    if name == "number":
        return task.number
    if name in ("lead", "coordinate"):
        return ", ".join(mention.text for mention in getattr(task, name))
    return task.deadline.text if name == "deadline" else getattr(task, name) or ""


def rows_of(tasks: Sequence[Task]) -> list[Row]:
    """The rows of a table to be damaged, with the titles of its sections between them."""
    rows: list[Row] = []
    section = None
    for task in tasks:
        if task.section != section:
            section = task.section
            if section:
                rows.append({"section": section, "title": task.section_title or ""})
        rows.append({name: " ".join(_cell(task, name).split()) for name in columns_of(tasks)})
    return rows


def tables_of(documents: Sequence[ReadDocument]) -> Iterator[tuple[str, list[Task]]]:
    """The tables of documents that are long enough, each with its name."""
    for document in documents:
        tables: defaultdict[str | None, list[Task]] = defaultdict(list)
        for task in document.tasks:
            tables[task.table].append(task)
        for table, tasks in tables.items():
            if len(tasks) >= _FEW and len(columns_of(tasks)) > len(("number", "title", "lead", "deadline")):
                yield f"{document.document.id} {table}", tasks


def measured(wanted: Sequence[Task], own: Sequence[Task], columns: Sequence[str]) -> Counter[str]:
    """How many fields were right, left out and wrong though certain, and how many rows were found."""
    counts: Counter[str] = Counter()
    by_number = {(task.section, task.number): task for task in own}
    for task in wanted:
        counts["rows"] += 1
        found = by_number.pop((task.section, task.number), None)
        if found is None:
            continue
        counts["found"] += fuzz.ratio(fold(found.title), fold(task.title)) >= _SAME_ROW
        for name in set(NAMES) & set(columns):
            verdict = judged(name, task, found)
            counts[f"{name} {verdict}"] += 1
            if verdict == WRONG:
                shown(name, task, found)
    counts["nowhere"] = len(by_number)
    return counts


def shown(name: str, wanted: Task, own: Task) -> None:
    """Tells on request what was read wrong."""
    if "--show" in sys.argv:
        said = f"{_cell(own, name)!r} for {_cell(wanted, name)!r}"
        sys.stdout.write(f"   {own.section}/{own.number} {name} {own.certainty.get(name)}: {said}\n")


def main() -> None:
    """Prints the figures."""
    held_out = "--held-out" in sys.argv
    agencies = load_agencies()
    folders = sorted(HELD_OUT.iterdir()) if held_out else [SHIPPED]
    documents = [read_source(source, agencies) for folder in folders for source in sources_in(folder)]
    documents = [document for document in documents if document.document.quality is Quality.CLEAN]
    totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, tasks in tables_of(documents):
        known = known_from_shipped(agencies) if held_out else others(documents, tasks[0].document, agencies)
        columns = columns_of(tasks)
        for kind, (damage, seed) in DAMAGES.items():
            page = damaged(rows_of(tasks), columns, damage, seed)
            own = read_page(page, known)
            found = measured(tasks, own, columns)
            totals[kind] += found
            sys.stdout.write(f"{name}, {kind}: {told(found)}\n")
    for kind, counts in totals.items():
        sys.stdout.write(f"ALL {kind}: {told(counts)}\n")
    sys.stdout.write(f"ALL: {told(sum(totals.values(), Counter()))}\n")


def read_page(page: str, known: Known) -> list[Task]:
    """The tasks of a damaged page."""
    return damaged_tasks(lines_of(page), lambda _: TableContext("page", "Phụ lục", 2026), lambda: known)


def others(documents: Sequence[ReadDocument], own: str, agencies: Agencies) -> Known:
    """What a table is held against: the texts of the other documents."""
    return Known.of(agencies, [document.text for document in documents if document.document.id != own])


def told(counts: Counter[str]) -> str:
    """Counts as a line: rows found, then by field right and wrong."""
    fields = [f"{name} {counts[f'{name} {RIGHT}']}/{counts[f'{name} {WRONG}']}w" for name in NAMES]
    return f"{counts['found']} of {counts['rows']} rows, {counts['nowhere']} of no number; " + ", ".join(fields)


if __name__ == "__main__":
    main()
