"""``python -m eval.bench_lists``: how long the command takes to read a list of many rows in, as an office would.

Plans are made up (eval/plans.py) and put into a new database: a SQLite file, or that of TROLY_DATABASE, which has to be
empty. Two lists are read in: one that the program wrote and people changed, and one of an office's own, without codes.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

from assistant.settings import read_settings
from assistant.wiring import open_library
from corpus.agencies import Agencies
from corpus.deadlines import read_deadline
from corpus.records import Document, Span, Task
from eval.plans import Plan, known_chain, make_plans

BAR = 10.0  # seconds, of reading 10,000 rows in
_TASKS = 40  # of a plan
_STATES = ("Đã hoàn thành", "Đang thực hiện 60%", "chưa", "đang t/h", "HT", "xin lùi")
_HEADERS = ("TT", "Kế hoạch", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian hoàn thành", "Tình trạng", "Ghi chú")


def main() -> None:
    """Measures and prints; ends with 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    with TemporaryDirectory() as folder:
        os.environ["TROLY_DATA"] = folder
        plans = list(make_plans(max(rows // _TASKS, 1), _TASKS, known_chain()))
        fill(plans)
        slow = [s for name, s in measured(plans, Path(folder)) if _told(name, s) > BAR]
    raise SystemExit(1 if slow else 0)


def _told(name: str, seconds: float) -> float:
    sys.stdout.write(f"{name}: {seconds:.1f} s\n")
    sys.stdout.flush()
    return seconds


def measured(plans: Sequence[Plan], folder: Path) -> Iterator[tuple[str, float]]:
    """The name of each step and how many seconds its command took."""
    own, foreign, text = (folder / name for name in ("own.xlsx", "foreign.xlsx", "foreign.csv"))
    yield "export", troly("lists", "export", own)
    change(own)
    yield "import of its own list, preview", troly("lists", "import", own)
    yield "import of its own list, written", troly("lists", "import", own, "--apply")
    write_foreign(plans, foreign)
    yield "import of another list, written", troly("lists", "import", foreign, "--apply")
    write_csv(plans, text)
    yield "import of another list as CSV, written", troly("lists", "import", text, "--name", "text", "--apply")
    yield "comparison", troly("lists", "compare", "foreign")


def troly(*arguments: str | Path) -> float:
    """Runs a command; how many seconds it took. What it says of rows goes to standard error in one line."""
    code = "from assistant.cli import main; main()"
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    sys.stderr.write("  " + " ".join((done.stdout + done.stderr).strip().splitlines()[-2:]) + "\n")
    return seconds


def fill(plans: Sequence[Plan]) -> None:
    """Puts plans into the database, as if they had been read from files."""
    library = open_library(read_settings())
    for plan in plans:
        document = Document(id=plan.id, file=f"{plan.id}.txt", number=plan.number, issuer=plan.issuer, sha256=plan.id)
        tasks = [_task(plan, i, library.agencies) for i in range(len(plan.rows))]
        library.store.replace(document, "{}", plan.text, [], tasks)
    library.store.close()


def _task(plan: Plan, place: int, agencies: Agencies) -> Task:
    row = plan.rows[place]
    return Task(
        document=plan.id,
        ordinal=place,
        table="",
        section=None,
        section_title=None,
        number=row.number,
        title=row.title,
        lead=agencies.split(row.lead),
        coordinate=agencies.split(row.coordinate),
        product=row.product,
        deadline=read_deadline(row.deadline, year=2026),
        span=Span(start=place, end=place + 1),
    )


def change(path: Path) -> None:
    """Changes the state of every row, as people would in Excel."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[2] if cell.value == "Trạng thái")
    rng = random.Random(1)
    for row in range(3, sheet.max_row + 1):
        sheet.cell(row, column).value = rng.choice(_STATES)
    book.save(path)


def _rows(plans: Sequence[Plan]) -> Iterator[tuple[str, ...]]:
    rng = random.Random(2)
    for plan in plans:
        for row in plan.rows:
            title = row.title if rng.random() < 0.9 else row.title[:-3]
            state = rng.choice(_STATES)
            yield (row.number, plan.id, title, row.lead, row.deadline, state, f"Ghi chú {row.number}")


def write_foreign(plans: Sequence[Plan], path: Path) -> None:
    """A list as an office keeps it: a title above, no codes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Theo dõi")
    sheet.append(["BẢNG THEO DÕI NHIỆM VỤ"])
    sheet.append(_HEADERS)
    for row in _rows(plans):
        sheet.append(row)
    book.save(path)


def write_csv(plans: Sequence[Plan], path: Path) -> None:
    """The same without the column of documents: rows are found by their titles."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow([header for header in _HEADERS if header != _HEADERS[1]])
        out.writerows((row[0], *row[2:]) for row in _rows(plans))


if __name__ == "__main__":
    main()
