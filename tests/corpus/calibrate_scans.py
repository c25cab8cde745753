"""How often a word is right for what Tesseract says of it: the figures behind ``corpus/readers/scan_certainty.py``.

Run by hand (a quarter of an hour): ``python -m tests.corpus.calibrate_scans``. Prints, for each kind of word and each
step of the engine's figure, how many words there were and the share that was right; then the points of the table that
ships: the mean figure of a step with the least share that its words bear out (Wilson's bound, 95 per cent), steps that
do not rise taken together.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml

from corpus.readers import scan, scan_certainty
from corpus.readers.layout import write_pages
from corpus.reading import Certainty, Reading
from corpus.records import Span
from tests.corpus.scanning import HEADS, Layout, photographed, print_annex, scanned

ANNEXES = yaml.safe_load((Path(__file__).parents[1] / "data" / "annexes.yaml").read_text(encoding="utf-8"))
FONTS = ("DejaVuSerif", "DejaVuSans", "LiberationSerif")
WEAR: tuple[dict[str, Any], ...] = (
    {"turn": 1.2},
    {"noise": 22, "blur": 0.9, "quality": 35, "turn": -2.3},
    {"contrast": 0.45, "noise": 14, "blur": 0.8, "turn": 0.7},
    {"light": 0.6, "noise": 10, "blur": 0.8, "turn": 3.4, "quality": 70},
)
Seen = list[tuple[float, bool]]  # what the engine said of words, and whether they were right
STEPS = (0, 30, 50, 60, 70, 80, 85, 88, 90, 92, 94, 95, 96, 97, 101)


def printed(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The words of an annex, cell by cell."""
    words, section = list[str](), None
    for row in rows:
        if row.get("section") != section:
            section = row["section"]
            words += [section, *row["section_title"].split()]
        words += [word for column in HEADS for word in str(row.get(column, "")).split()]
    return words


def told(reading: Reading) -> Iterator[tuple[str, float]]:
    """The words of a table's rows with what the engine said of them (0 to 100)."""
    certainty, at = Certainty(reading.unsure), 0
    for line in reading.text.splitlines(keepends=True):
        if "\t" in line and not line.startswith(("STT\t", "TT\t")):
            place = at
            for word in line.split():
                place = reading.text.index(word, place)
                yield word, 100 * certainty.of([Span(start=place, end=place + len(word))])
                place += len(word)
        at += len(line)


def points(steps: Sequence[Seen]) -> list[tuple[float, float]]:
    """The mean figure of each step and the least share of right words that it bears out, rising."""
    pooled: list[Seen] = []
    for seen in steps:
        pooled.append(seen)
        while len(pooled) > 1 and least(pooled[-1]) <= least(pooled[-2]):
            last = pooled.pop()
            pooled[-1] = [*pooled[-1], *last]
    return [(round(fmean(said for said, _ in seen), 1), round(least(seen), 3)) for seen in pooled]


def least(seen: Seen) -> float:
    """The lower bound of Wilson's interval for the share of words that were right."""
    n, share, z = len(seen), fmean(right for _, right in seen), 1.645
    middle = share + z * z / (2 * n)
    return (middle - z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def main() -> None:
    """Prints the figures."""
    setattr(scan, "certainty_of", lambda _text, said: said / 101)  # noqa: B010 - what the engine says, as it is
    counts: defaultdict[tuple[str, int], Seen] = defaultdict(list)
    for font, wear, rows in product(FONTS, WEAR, ANNEXES.values()):
        pages = enumerate(photographed(print_annex(rows, Layout(font)), 200))
        words = list(told(write_pages(scan.read_pages((scanned(page, i, **wear), 200) for i, page in pages))))
        matcher = SequenceMatcher(None, printed(rows), [word for word, _ in words], autojunk=False)
        for tag, _, _, first, last in matcher.get_opcodes():
            for word, said in words[first:last]:
                step = max(step for step in STEPS if step <= said * 1.01)
                counts[scan_certainty.kind_of(word), step].append((said, tag == "equal"))
    for (kind, step), seen in sorted(counts.items()):
        share = sum(right for _, right in seen) / len(seen)
        sys.stdout.write(f"{kind:9} from {step:3}: {len(seen):6} words, {share:.3f} right\n")
    for kind in sorted({kind for kind, _ in counts}):
        steps = [seen for (other, _), seen in sorted(counts.items()) if other == kind]
        sys.stdout.write(f"{kind}: {points(steps)}\n")


if __name__ == "__main__":
    main()
