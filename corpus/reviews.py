"""Reviews: what a person read in a document where the program could not, kept beside the documents.

A review is a file ``DOCUMENT.yaml`` in a folder ``reviews/``: who read it, when, what and why, and by row the fields
as they should be. Each row names the lines that it was read from and a hash of their words, so that it is not applied
to other words than it was made from. The files that ship are applied first, then those of the office.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpus.errors import CorpusError
from corpus.manifest import ID_PATTERN
from corpus.records import Span
from corpus.vietnamese import squeeze

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SHIPPED = Path(__file__).with_name("reviews")
FIELDS = ("title", "lead", "coordinate", "leader", "product", "deadline")
FieldName = Literal["title", "lead", "coordinate", "leader", "product", "deadline"]
_HASH = 12  # hexadecimal figures
_LINES = re.compile(r"^(\d+)(?:-(\d+))?$")


def folders_of(office: Path | None) -> tuple[Path, ...]:
    """The folders of reviews in the order in which they are applied; the ``office``'s own go last and win."""
    return (SHIPPED, office) if office else (SHIPPED,)


class ReviewRow(BaseModel):
    """One row of a table as a person read it; fields left out stay as the program read them.

    ``lines`` are the lines of the text from which it was read ("740-746", counted from 1), ``hash`` is
    ``fingerprint`` of them. ``illegible`` names fields that nobody can read: their words are only what is left of them.
    ``by``, ``when`` and ``why`` are given where they differ from those of the file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    lines: str = Field(pattern=_LINES.pattern)
    hash: str = Field(pattern=rf"^[0-9a-f]{{{_HASH}}}$")
    section: str | None = None
    title: str | None = None
    lead: str | None = None
    coordinate: str | None = None
    leader: str | None = None
    product: str | None = None
    deadline: str | None = None
    illegible: tuple[FieldName, ...] = ()
    note: str | None = None
    by: str | None = None
    when: dt.date | None = None
    why: str | None = None

    @field_validator("number", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    @property
    def given(self) -> tuple[str, ...]:
        """The fields that the row states."""
        return tuple(name for name in FIELDS if getattr(self, name) is not None)


class Review(BaseModel):
    """What one person read in one document. ``table`` names the annex and ``sections`` its sections' titles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str = Field(pattern=ID_PATTERN)
    who: str
    when: dt.date
    what: str
    why: str
    table: str | None = None
    sections: dict[str, str] = Field(default_factory=dict)
    rows: tuple[ReviewRow, ...] = ()


def fingerprint(lines: Sequence[str]) -> str:
    """The hash of some lines of a text; white space does not count."""
    words = "\n".join(squeeze(line) for line in lines)
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:_HASH]


def read_review(path: Path) -> Review:
    """The review in a file. Raises CorpusError: review_unreadable, review_bad (row and field)."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return Review.model_validate(raw if raw is not None else {})
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        row = _row_named(raw, place[1]) if len(place) > 1 and place[0] == "rows" else None
        field = ".".join(str(part) for part in place[2 if row else 0 :]) or "-"
        raise CorpusError("review_bad", file=path.name, row=row, field=field) from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        raise CorpusError("review_unreadable", file=path.name, line=None if line is None else line + 1) from error


def _row_named(raw: object, place: object) -> str | None:
    rows = raw.get("rows") if isinstance(raw, dict) else None
    if not isinstance(rows, list) or not isinstance(place, int):
        return None
    row = rows[place]
    return str(row.get("number", place + 1)) if isinstance(row, dict) else str(place + 1)


def reviews_of(document: str, folders: Sequence[Path]) -> Iterator[Review | CorpusError]:
    """The reviews of a document in some folders, in their order; in place of one that cannot be used, why."""
    for folder in folders:
        path = folder / f"{document}.yaml"
        if not path.is_file():
            continue
        try:
            review = read_review(path)
        except CorpusError as error:
            yield error
            continue
        if review.document == document:
            yield review
        else:
            yield CorpusError("review_bad", file=path.name, row=None, field="document")


def place_of(row: ReviewRow, lines: Sequence[str]) -> tuple[int, int] | None:
    """The lines ``(first, last)`` from 1 that a row was read from, wherever they stand now; None where they changed."""
    first, last = line_range(row.lines)
    size = last - first + 1
    starts = [first - 1, *(i for i in range(len(lines) - size + 1) if i != first - 1)]
    for start in starts:
        if start >= 0 and start + size <= len(lines) and fingerprint(lines[start : start + size]) == row.hash:
            return start + 1, start + size
    return None


def line_range(written: str) -> tuple[int, int]:
    """The first and last line that "740-746" or "740" names."""
    match = _LINES.match(written)
    first = int(match[1]) if match else 1
    return first, max(first, int(match[2] or first)) if match else 1


def span_of_lines(first: int, last: int, lines: Sequence[str]) -> Span:
    """The range of characters of lines (from 1), without the white space around them."""
    start = sum(len(line) + 1 for line in lines[: first - 1])
    raw = "\n".join(lines[first - 1 : last])
    return Span(start=start + len(raw) - len(raw.lstrip()), end=start + len(raw.rstrip()))


def lines_of_span(span: Span, text: str) -> tuple[int, int]:
    """The first and last line (from 1) that a range of characters touches."""
    return text.count("\n", 0, span.start) + 1, text.count("\n", 0, max(span.start, span.end - 1)) + 1
