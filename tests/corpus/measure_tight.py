"""How much of tables without any line, whose rows stand directly below one another, is read right, cell by cell.

Run by hand: ``python -m tests.corpus.measure_tight [--held-out] [--office] [--show] [SEED]``. Without ``--held-out``
the annexes that ship are printed in the layouts that the reader was made with, or with a seed in layouts by lot; with
it the plans of ``eval/documents`` in layouts by lot, on which nothing was tuned. ``--office`` lets LibreOffice print
them instead of reportlab.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.agencies import Agencies, load_agencies
from corpus.certainty import LEAST
from corpus.ingest import read_source, records_of
from corpus.manifest import ManifestEntry
from corpus.readers import read
from corpus.reading import Reading
from corpus.records import Task
from corpus.sources import sources_in
from tests.corpus.pdf_files import annex_rows
from tests.corpus.tight_tables import WIDTHS, Tight, as_docx, by_libreoffice, by_reportlab, drawn

ANNEXES = ("hn-226-annex", "cchc-2026-2030", "nhi-chieu-158")
FIELDS = ("number", "title", "lead", "coordinate", "product", "deadline")
_UPRIGHT = (0.07, 0.30, 0.18, 0.17, 0.15, 0.13)
_SHORT = ("number", "title", "deadline", "lead", "coordinate")
LAYOUTS = {
    "centred": Tight(),
    "centred, uncut": Tight(cut=False),
    "centred, header once": Tight(repeat=False),
    "centred, upright": Tight("Liberation Serif", 9, upright=True, shares=_UPRIGHT),
    "centred, header not bold": Tight(bold=False),
    "centred, wide lines": Tight("Liberation Sans", 11, 1.4),
    "centred, a little white": Tight(padding=1),
    "centred, five columns": Tight("DejaVu Sans", 9, 1.2, columns=_SHORT, shares=(0.06, 0.4, 0.14, 0.2, 0.2)),
    "number centred, rest at the top": Tight(at_top=("title", "lead", "coordinate", "product", "deadline")),
    "title at the top": Tight(at_top=("title",)),
    "number at the top": Tight(at_top=("number",)),
    "at the top": Tight(valign="TOP"),
    "at the top, header once": Tight("Liberation Serif", 11, valign="TOP", repeat=False),
    "at the foot": Tight(valign="BOTTOM"),
}
_DRAWN = 24  # layouts by lot
_SEED = 20261122
_FOLDERS = Path(__file__).parents[2] / "eval" / "documents"


def texts(agencies: Agencies, *, held_out: bool) -> dict[str, list[list[str]]]:
    """The rows of tables by name, in the order of ``WIDTHS``."""
    if not held_out:
        return {name: annex_rows(name)[1:] for name in ANNEXES}
    sources = [source for folder in sorted(_FOLDERS.iterdir()) for source in sources_in(folder)]
    read_all = [read_source(source, agencies) for source in sources]
    plans = {found.document.id: [*_rows(found.tasks)] for found in read_all if len(found.tasks) > 5}
    names = sorted(plans)
    both = zip(names[::2], names[1::2], strict=False)
    return {f"{one} + {other}": [*plans[one], *_renumbered(plans[other], len(plans[one]))] for one, other in both}


def _rows(tasks: Sequence[Task]) -> Iterator[list[str]]:
    for i, task in enumerate(tasks, 1):
        sides = ["; ".join(mention.text for mention in side) for side in (task.lead, task.coordinate)]
        yield [" ".join(cell.split()) for cell in (str(i), task.title, *sides, task.product or "", task.deadline.text)]


def _renumbered(rows: Sequence[Sequence[str]], start: int) -> list[list[str]]:
    return [[str(start + i), *row[1:]] for i, row in enumerate(rows, 1)]


def ordered(rows: Sequence[Sequence[str]], layout: Tight) -> list[list[str]]:
    """The rows with the columns of a layout."""
    places = [list(WIDTHS).index(column) for column in layout.columns]
    return [[row[place] for place in places] for row in rows]


def tasks_of(reading: Reading, agencies: Agencies) -> Sequence[Task]:
    """The tasks of what was read."""
    return records_of(reading, ManifestEntry(id="van-ban", file="van-ban.pdf"), agencies).tasks


def reference(rows: Sequence[Sequence[str]], layout: Tight, agencies: Agencies) -> Sequence[Task]:
    """The tasks of a table where nothing of its layout can be misread."""
    lines = ["\t".join(row) for row in (layout.header(), *rows)]
    return tasks_of(Reading("PHỤ LỤC\n\n" + "\n".join(lines) + "\n", ()), agencies)


def told(task: Task) -> dict[str, object]:
    """What a task says, field by field."""
    lead, coordinate = ([mention.text for mention in side] for side in (task.lead, task.coordinate))
    return {"number": task.number, "title": task.title, "lead": lead, "coordinate": coordinate,
            "product": task.product, "deadline": task.deadline.text}  # fmt: skip


def measured(own: Sequence[Task], wanted: Sequence[Task], *, show: bool = False) -> Counter[str]:
    """How many fields are right, and how many are wrong but held for certain; rows are matched by their numbers."""
    counts: Counter[str] = Counter()
    found: dict[tuple[str | None, str], list[Task]] = {}
    for task in own:
        found.setdefault((task.section, task.number), []).append(task)
    for task in wanted:
        same = found.get((task.section, task.number))
        other = same.pop(0) if same else None
        for name, value in told(task).items():
            counts[name] += 1
            got = told(other)[name] if other else None
            counts[f"{name} right"] += other is not None and got == value
            certain = other is not None and other.certainty.get(name, 1.0) >= LEAST
            counts["certain"] += certain
            counts["certain wrong"] += certain and got != value
            if show and got != value:
                sys.stdout.write(f"   {task.number} {name} {'CERTAIN' if certain else ''}: {got!r} for {value!r}\n")
    counts["nowhere"] = sum(map(len, found.values()))
    return counts


def line_of(counts: Counter[str]) -> str:
    """Counts as a line: per cent of the cells right, certain and wrong though certain, then by field right."""
    total = sum(counts[name] for name in FIELDS) or 1
    right = sum(counts[f"{name} right"] for name in FIELDS)
    fields = [f"{name} {100 * counts[f'{name} right'] / max(counts[name], 1):.1f}" for name in FIELDS]
    sure = (
        f"{100 * counts['certain'] / total:.0f} certain, {counts['certain wrong']} of {total} cells certain but wrong"
    )
    return f"{100 * right / total:.1f} % right, {sure}, {counts['nowhere']} of no number; {', '.join(fields)}"


def layouts(*, held_out: bool) -> dict[str, Tight]:
    """The layouts by name."""
    seed = next((int(word) for word in sys.argv[1:] if word.isdigit()), 0)
    chance = random.Random(seed or _SEED)
    return {f"by lot {i}": drawn(chance) for i in range(_DRAWN)} if held_out or seed else LAYOUTS


def printed(folder: Path, jobs: Sequence[tuple[list[list[str]], Tight]], *, office: bool) -> list[Path]:
    """The PDFs of tables."""
    if not office:
        return [by_reportlab(folder / f"{i}.pdf", rows, layout) for i, (rows, layout) in enumerate(jobs)]
    return by_libreoffice(
        [as_docx(folder / f"{i}.docx", rows, layout) for i, (rows, layout) in enumerate(jobs)], folder
    )


def main() -> None:
    """Prints the figures."""
    held_out, office, show = (name in sys.argv for name in ("--held-out", "--office", "--show"))
    agencies = load_agencies()
    tables = texts(agencies, held_out=held_out)
    jobs = [(name, text, layout) for name, layout in layouts(held_out=held_out).items() for text in tables]
    kinds = layouts(held_out=held_out)
    whole: Counter[str] = Counter()
    by_layout: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        pages = [(ordered(tables[text], layout), layout) for _, text, layout in jobs]
        paths = printed(Path(folder), pages, office=office)
        for (name, text, _), (rows, layout), path in zip(jobs, pages, paths, strict=True):
            if show:
                sys.stdout.write(f"{name}, {text}\n")
            found = measured(tasks_of(read(path), agencies), reference(rows, layout, agencies), show=show)
            by_layout.setdefault(name, Counter()).update(found)
            whole += found
    for name in kinds:
        sys.stdout.write(f"{name}: {line_of(by_layout[name])}\n")
    sys.stdout.write(f"ALL: {line_of(whole)}\n")


if __name__ == "__main__":
    main()
