"""How often a word is right for what Tesseract says of it: the figures behind ``corpus/readers/scan_certainty.py``.

Run by hand (a quarter of an hour): ``python -m tests.corpus.calibrate_scans``. Prints, for each kind of word and each
step of the engine's figure, how many words there were and the share that was right.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import product
from pathlib import Path
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


def main() -> None:
    """Prints the figures."""
    setattr(scan, "certainty_of", lambda _text, said: said / 101)  # noqa: B010 - what the engine says, as it is
    counts: defaultdict[tuple[str, int], list[bool]] = defaultdict(list)
    for font, wear, rows in product(FONTS, WEAR, ANNEXES.values()):
        pages = enumerate(photographed(print_annex(rows, Layout(font)), 200))
        words = list(told(write_pages(scan.read_pages((scanned(page, i, **wear), 200) for i, page in pages))))
        matcher = SequenceMatcher(None, printed(rows), [word for word, _ in words], autojunk=False)
        for tag, _, _, first, last in matcher.get_opcodes():
            for word, said in words[first:last]:
                step = max(step for step in STEPS if step <= said * 1.01)
                counts[scan_certainty.kind_of(word), step].append(tag == "equal")
    for (kind, step), right in sorted(counts.items()):
        sys.stdout.write(f"{kind:9} from {step:3}: {len(right):6} words, {sum(right) / len(right):.3f} right\n")


if __name__ == "__main__":
    main()
