"""The same document received twice: as another file with the same words, or the same plan as Word file and as scan."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from connectors.database import Store
from corpus.records import Document
from corpus.relations import plain_number
from corpus.vietnamese import fold, words

if TYPE_CHECKING:
    from corpus.ingest import ReadDocument

ALIKE = 0.85  # share of the words that two files of one document have in common at least, whatever read them


class Copies:
    """Finds the stored document that a file holds once more."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _numbered(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self._store.documents():
            if document.number:
                found[plain_number(document.number)].append(document)
        return found

    def add(self, document: Document) -> None:
        """Notes a document that was stored since."""
        if document.number:
            self._numbered[plain_number(document.number)].append(document)

    def of(self, read: ReadDocument, content_hash: str) -> Document | None:
        """The document with the same words, or with the same number, day and issuer and nearly the same words."""
        same = [other for other in self._store.alike(content_hash) if other != read.document.id]
        if same:
            return next((d for d in self._store.documents() if d.id == same[0]), None)
        if not read.document.number:
            return None
        bearing = self._numbered.get(plain_number(read.document.number), ())
        return next((other for other in bearing if self._is_same(other, read)), None)

    def _is_same(self, other: Document, read: ReadDocument) -> bool:
        mine = read.document
        if other.id == mine.id or {other.date, mine.date} - {None} != {other.date or mine.date} - {None}:
            return False
        if fold(other.kind or "") != fold(mine.kind or ""):
            return False
        return _shared(read.text, self._store.text_of(other.id) or "") >= ALIKE


def _shared(one: str, other: str) -> float:
    """The share of the words of the longer text that the other one holds, too (0 to 1)."""
    first, second = Counter(words(one)), Counter(words(other))
    return (first & second).total() / max(first.total(), second.total(), 1)
