"""A text taken through the readers without a file, for tests that write their document in place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.agencies import Agencies
from corpus.ingest import ReadDocument, read_source
from corpus.manifest import ManifestEntry
from corpus.paragraphs import lines_of, paragraphs_of
from corpus.passages import passages_of
from corpus.records import Passage, Task
from corpus.sources import Source


def read_text_as_document(text: str, folder: Path, agencies: Agencies) -> ReadDocument:
    """Writes ``text`` to a file, bytes as they are, and reads it as ``troly ingest`` does."""
    path = folder / "van-ban.txt"
    path.write_bytes(text.encode("utf-8"))
    return read_source(Source(path, ManifestEntry(id="van-ban", file=path.name)), agencies)


def passages_in(text: str) -> list[Passage]:
    """The passages of a text without tables."""
    return passages_of(paragraphs_of(lines_of(text), text), text, "van-ban")


def outline_of(passages: Sequence[Passage]) -> list[tuple[str, str]]:
    """(path, words) of the body passages in order."""
    return [(passage.path, passage.text) for passage in passages if passage.role == "body"]


def numbers(tasks: Sequence[Task]) -> list[tuple[str | None, str]]:
    """(section, number) of the tasks in order."""
    return [(task.section, task.number) for task in tasks]


def table(*rows: str, tail: str = "") -> str:
    """Rows written with " | " between cells, as the tab-separated lines of a converter."""
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows) + "\n" + tail
