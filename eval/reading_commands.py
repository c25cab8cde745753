"""``troly eval reading``: the program alone against the transcriptions that ship, field by field."""

from __future__ import annotations

from pathlib import Path

from assistant.terminal import new_table, write, write_json, write_table
from assistant.wiring import BUNDLED_DOCUMENTS
from corpus.agencies import load_agencies
from corpus.sources import sources_in
from eval.reading import CERTAIN_WRONG, RIGHT, UNREADABLE, WRONG, Score, score
from prompts import say


def run_reading(documents: Path | None, agencies: Path | None, *, as_json: bool) -> None:
    """Prints how much of each transcribed document the program read by itself."""
    known = load_agencies(agencies)
    scores = [found for source in sources_in(documents or BUNDLED_DOCUMENTS) if (found := score(source, known))]
    if as_json:
        write_json([found.as_json() for found in scores])
        return
    for found in scores:
        _print(found)
    if not scores:
        write(say("eval.reading_none"))


def _print(found: Score) -> None:
    write(
        say("eval.reading_rows", document=found.document, rows=found.rows, found=found.found, numbered=found.numbered)
    )
    table = new_table("eval.reading_columns")
    for name, counts in found.fields.items():
        shares = (str(counts[kind]) for kind in (RIGHT, UNREADABLE, WRONG, CERTAIN_WRONG))
        table.add_row(say("review.field", name=name), *shares)
    write_table(table)
