"""Reviews written by the program for a person: one row corrected, the rest of the file kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from corpus.records import Task
from corpus.reviews import Review, ReviewRow, fingerprint, lines_of_span, read_review


def corrected(
    folder: Path, task: Task, text: str, fields: Mapping[str, str], illegible: Sequence[str], *,
    by: str, why: str, when: dt.date, what: str,
) -> Path:  # fmt: skip
    """Writes a correction of one task into the review of its document; gives the file.

    A row that the file has already keeps what this correction does not say otherwise. Raises CorpusError where the
    file is there and cannot be used.
    """
    path = folder / f"{task.document}.yaml"
    review = read_review(path) if path.is_file() else None
    if review is None:
        review = Review(document=task.document, who=by, when=when, what=what, why=why)
    first, last = lines_of_span(task.span, text)
    lines = text.split("\n")[first - 1 : last]
    row = ReviewRow.model_validate(
        {
            "number": task.number, "section": task.section, "lines": f"{first}-{last}", "hash": fingerprint(lines),
            **fields, "illegible": tuple(illegible), "by": by, "why": why, "when": when,
        }
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    _write(review.model_copy(update={"rows": _with_row(review.rows, row)}), path)
    return path


def _with_row(rows: Sequence[ReviewRow], row: ReviewRow) -> tuple[ReviewRow, ...]:
    same = next((old for old in rows if (old.number, old.hash) == (row.number, row.hash)), None)
    if same is None:
        return (*rows, row)
    stated = row.model_dump(exclude_none=True)
    kept = [name for name in same.illegible if name not in row.given]
    stated["illegible"] = tuple(dict.fromkeys([*kept, *row.illegible]))
    merged = same.model_copy(update=stated)
    return tuple(merged if old is same else old for old in rows)


def _write(review: Review, path: Path) -> None:
    values = review.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    words = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000)
    partial = path.with_suffix(".tmp")
    partial.write_text(words, encoding="utf-8")
    partial.replace(path)
