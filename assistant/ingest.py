"""Taking files into the library: what is new or changed is read, all else is left as it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from connectors.database import Store, StoreError, TaskFilter
from corpus.agencies import Agencies
from corpus.errors import CorpusError

if TYPE_CHECKING:  # the readers are loaded when a file is read, not when a question is asked
    from corpus.ingest import ReadDocument, Source
    from corpus.manifest import ManifestEntry
    from corpus.reading import Doubt

_LOG = logging.getLogger(__name__)
# Raised whenever the readers come to give other records for the same file.
READER_VERSION = "12"


class Outcome(StrEnum):
    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """What became of one file."""

    file: str
    outcome: Outcome
    document: str | None = None
    tasks: int = 0
    passages: int = 0
    doubts: tuple[Doubt, ...] = ()
    error: CorpusError | StoreError | None = None


def ingest(paths: Sequence[Path], store: Store, agencies: Agencies, reviews: Path | None = None) -> Iterator[Result]:
    """Takes in the files that paths name, each in its own transaction; a bad one does not stop the others.

    ``reviews`` is the office's folder of reviews.
    """
    from corpus.ingest import sources_in

    refresh(store, agencies, reviews)
    for path in paths:
        try:
            sources = sources_in(path)
        except CorpusError as error:
            yield Result(path.name or str(path), Outcome.FAILED, error=error)
            continue
        for source in sources:
            yield take_in(source, store, agencies, reviews)


def take_in(source: Source, store: Store, agencies: Agencies, reviews: Path | None = None) -> Result:
    """Takes in one file."""
    from corpus.ingest import read_source

    try:
        read = read_source(source, agencies, reviews)
        entry = source.entry.model_dump_json(exclude_unset=True)
        return _put(read, entry, store)
    except (CorpusError, StoreError) as error:
        return Result(source.path.name, Outcome.FAILED, error=error)


def _put(read: ReadDocument, entry: str, store: Store) -> Result:
    from corpus.manifest import ManifestEntry

    document = read.document
    known, old_entry = store.read_from(document.id) or (None, None)
    if old_entry is not None:
        stored_file = ManifestEntry.model_validate_json(old_entry).file
        if Path(stored_file).name != Path(document.file).name:
            raise CorpusError("document_id_taken", file=document.file, id=document.id, other=stored_file)
    outcome = Outcome.ADDED if known is None else Outcome.REPLACED
    if known == document.sha256 and old_entry == entry and _same_tasks(read, store):
        outcome = Outcome.UNCHANGED
    else:
        store.replace(document, entry, read.text, read.passages, read.tasks)
    return Result(document.file, outcome, document.id, len(read.tasks), len(read.passages), read.doubts)


def _same_tasks(read: ReadDocument, store: Store) -> bool:
    """Whether the stored tasks of a document are those just read: a review changes them and not the text."""
    return tuple(store.tasks(TaskFilter(documents=(read.document.id,)))) == read.tasks


def read_again(document: str, store: Store, agencies: Agencies, reviews: Path | None = None) -> Result:
    """Reads a stored text again, as after a review. Raises CorpusError, StoreError."""
    raw = store.entries()[document]
    read = _read_again(document, raw, store, agencies, reviews)
    return Result(read.document.file, Outcome.REPLACED, document, len(read.tasks), len(read.passages), read.doubts)


def refresh(store: Store, agencies: Agencies, reviews: Path | None = None) -> bool:
    """Reads all stored texts again where older readers made their records; True where that was done."""
    if store.reader() == READER_VERSION:
        return False
    entries = store.entries()
    for document, raw in entries.items():
        try:
            _read_again(document, raw, store, agencies, reviews)
        except (CorpusError, ValueError) as error:
            _LOG.error("%s keeps its old records: %s", document, error)
    store.set_reader(READER_VERSION)
    return bool(entries)


def _read_again(document: str, raw: str, store: Store, agencies: Agencies, reviews: Path | None) -> ReadDocument:
    from corpus.ingest import Source, read_source
    from corpus.manifest import ManifestEntry

    entry = ManifestEntry.model_validate_json(raw)
    with _as_file(entry, store.text_of(document) or "") as path:
        read = read_source(Source(path, entry), agencies, reviews)
    store.replace(read.document, raw, read.text, read.passages, read.tasks)
    return read


class _as_file:
    """A stored text as a file for the readers, gone afterwards."""

    def __init__(self, entry: ManifestEntry, text: str) -> None:
        self._folder = TemporaryDirectory(prefix="troly-")
        self._path = Path(self._folder.name) / Path(entry.file).name
        self._path.write_bytes(text.encode("utf-8"))

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def ensure_documents(
    store: Store, agencies: Agencies, bundled: Path, note: Callable[[], None], reviews: Path | None = None
) -> None:
    """Takes in the documents that ship, where the store holds none yet; ``note`` is called before."""
    refresh(store, agencies, reviews)
    if store.fingerprints():
        return
    note()
    for _ in ingest([bundled], store, agencies, reviews):
        pass
