"""Taking files into the library: what is new or changed is read, all else is left as it is."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.database import Received, Store, StoreError, TaskFilter
from corpus.agencies import Agencies
from corpus.errors import CorpusError
from corpus.records import Document, Quality
from corpus.steps import Step
from corpus.vietnamese import words

if TYPE_CHECKING:  # the readers are loaded when a file is read, not when a question is asked
    from corpus.ingest import ReadDocument
    from corpus.readers.guarded import GuardedReader
    from corpus.reading import Doubt, Reading
    from corpus.sources import Source

_LOG = logging.getLogger(__name__)
# Raised whenever the readers come to give other records for the same file.
READER_VERSION = "16"


class Outcome(StrEnum):
    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    SAME = "same"  # what stands in it has come before, in another file
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """What became of one file; ``seconds`` is the time that it took."""

    file: str
    outcome: Outcome
    document: str | None = None
    pages: int = 0
    tasks: int = 0
    passages: int = 0
    doubts: tuple[Doubt, ...] = ()
    error: CorpusError | StoreError | None = None
    seconds: float = 0.0


class Intake:
    """Takes files into a store, one after another, each in its own transaction."""

    def __init__(self, store: Store, agencies: Agencies, reader: GuardedReader, reviews: Path | None) -> None:
        self._store = store
        self._agencies = agencies
        self._reader = reader
        self._reviews = reviews
        from assistant.copies import Copies  # with what reads documents, which a question does not need

        self._copies = Copies(store)

    def take_in(self, source: Source, step: Step = lambda _done, _total: None) -> Result:
        """Takes in one file; ``step`` hears of pages read and of how many."""
        began = time.monotonic()
        try:
            result = self._take_in(source, step)
        except (CorpusError, StoreError) as error:
            result = Result(source.path.name, Outcome.FAILED, error=error)
        return replace(result, seconds=time.monotonic() - began)

    def _take_in(self, source: Source, step: Step) -> Result:
        from corpus.ingest import checked, records_of
        from corpus.reviews import folders_of

        file_hash = _hash_of(source.path)
        received = self._store.received(source.entry.id)
        if received and received.file_hash == file_hash and received.reader == READER_VERSION:
            reading = _stored_reading(self._store.text_of(source.entry.id) or "", received)
        else:
            reading = checked(self._reader.read(source.path, step), source.path.name)
            received = _received(file_hash, reading)
        read = records_of(reading, source.entry, self._agencies, folders_of(self._reviews))
        return self._put(read, source.entry.model_dump_json(exclude_unset=True), received)

    def _put(self, read: ReadDocument, entry: str, received: Received) -> Result:
        from corpus.manifest import ManifestEntry

        document = read.document
        known, old_entry = self._store.read_from(document.id) or (None, None)
        if old_entry is not None:
            stored_file = ManifestEntry.model_validate_json(old_entry).file
            if Path(stored_file).name != Path(document.file).name:
                raise CorpusError("document_id_taken", file=document.file, id=document.id, other=stored_file)
        copy = self._copies.of(read, received.content_hash) if known is None else None
        if copy is not None and not _is_better(document, copy):
            return Result(document.file, Outcome.SAME, copy.id)
        outcome = Outcome.ADDED if known is None and copy is None else Outcome.REPLACED
        if known == document.sha256 and old_entry == entry and _same_tasks(read, self._store):
            outcome = Outcome.UNCHANGED
        # what is unchanged is kept again where it was read anew, else it would be read anew every time
        if outcome is not Outcome.UNCHANGED or self._store.received(document.id) != received:
            self._store.replace(document, entry, read.text, read.passages, read.tasks, received, read.duties)
            if copy is not None:
                self._store.remove(copy.id)
            self._copies.add(document)
        counts = (document.pages, len(read.tasks), len(read.passages))
        return Result(document.file, outcome, document.id, *counts, doubts=read.doubts)


def _is_better(document: Document, copy: Document) -> bool:
    """Whether a document is the clean text of one that was read from a scan."""
    return copy.quality is Quality.OCR and document.quality is not Quality.OCR


def _same_tasks(read: ReadDocument, store: Store) -> bool:
    """Whether the stored tasks of a document are those just read: a review changes them and not the text."""
    return tuple(store.tasks(TaskFilter(documents=(read.document.id,)))) == read.tasks


def ingest(
    paths: Sequence[Path],
    store: Store,
    agencies: Agencies,
    reviews: Path | None = None,
    step: Step = lambda _done, _total: None,
) -> Iterator[Result]:
    """Takes in the files that paths name, each in its own transaction; a bad one does not stop the others.

    ``reviews`` is the office's folder of reviews. ``step`` hears how far the work has come, in hundredths of a file.
    """
    from corpus.readers.guarded import GuardedReader

    refresh(store, agencies, reviews)
    named = [found for path in paths for found in _named(path)]
    with GuardedReader() as reader:
        intake = Intake(store, agencies, reader, reviews)
        for place, found in enumerate(named):

            def page_done(done: int, of: int, before: int = place) -> None:
                step(100 * before + 100 * done // max(of, 1), 100 * len(named))

            yield found if isinstance(found, Result) else intake.take_in(found, page_done)
            step(100 * (place + 1), 100 * len(named))


def _named(path: Path) -> Sequence[Source | Result]:
    """The files that a path names, or the failure of one that names none."""
    from corpus.sources import sources_in

    try:
        return sources_in(path)
    except CorpusError as error:
        return [Result(path.name or str(path), Outcome.FAILED, error=error)]


def _hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes; of nothing where it cannot be opened, which its reader will say."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _received(file_hash: str, reading: Reading) -> Received:
    from corpus.readers.guarded import READING

    return Received(
        file_hash=file_hash,
        content_hash=hashlib.sha256(" ".join(words(reading.text)).encode("utf-8")).hexdigest(),
        reader=READER_VERSION,
        record=READING.dump_json(replace(reading, text="")).decode("utf-8"),
    )


def read_again(document: str, store: Store, agencies: Agencies, reviews: Path | None = None) -> Result:
    """Makes the records of a stored text again, as after a review. Raises CorpusError, StoreError."""
    raw = store.entries()[document]
    read = _read_again(document, raw, store, agencies, reviews)
    counts = (read.document.pages, len(read.tasks), len(read.passages))
    return Result(read.document.file, Outcome.REPLACED, document, *counts, doubts=read.doubts)


def refresh(store: Store, agencies: Agencies, reviews: Path | None = None) -> bool:
    """Makes the records of all stored texts again where older readers made them; True where that was done."""
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
    from corpus.ingest import checked, records_of
    from corpus.manifest import ManifestEntry
    from corpus.reviews import folders_of

    entry = ManifestEntry.model_validate_json(raw)
    received = store.received(document)
    reading = checked(_stored_reading(store.text_of(document) or "", received), entry.file)
    read = records_of(reading, entry, agencies, folders_of(reviews))
    store.replace(read.document, raw, read.text, read.passages, read.tasks, received, read.duties)
    return read


def _stored_reading(text: str, received: Received | None) -> Reading:
    from corpus.readers.guarded import READING
    from corpus.reading import Reading

    return replace(READING.validate_json(received.record), text=text) if received else Reading(text)


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
