"""The word index: BM25 over folded syllables and bigrams, on disk, with tantivy.

Each group of entries has an index of its own, since tantivy passes over what cannot be among the best only where it
need not look at each entry for its group. Together they are a folder that belongs to one revision of the task database.
It is built beside the old one and takes its place by a rename, so that a reader or a crash never meets half an index.
"""

from __future__ import annotations

import contextlib
import math
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import tantivy

from retrieval.tokens import syllables, terms

FORMAT = 4
VOCABULARY = "vocabulary.txt"
_HEAP_BYTES = 64 * 1024 * 1024
_HEADING_BOOST = 0.35
_ALSO_BOOST = 0.5
_MAX_TERMS = 160
_FIELDS = ("body", "heading")


@dataclass(frozen=True)
class Entry:
    """Something to find: its key, the document it stands in, its words and the words above it."""

    key: str
    document: str
    group: str
    body: str
    heading: str = ""
    damaged: bool = False


@dataclass(frozen=True)
class WordHit:
    """An entry that was found and its BM25 score."""

    key: str
    score: float


class WordIndex:
    """Indexes, one a group, that are ready to be asked."""

    def __init__(self, indexes: Mapping[str, tantivy.Index], vocabulary: Callable[[], frozenset[str]]) -> None:
        self._schema = _schema()
        self._searchers = {group: index.searcher() for group, index in indexes.items()}
        self._read_vocabulary = vocabulary

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every folded syllable that occurs in an entry or its heading."""
        return self._read_vocabulary()

    @cached_property
    def size(self) -> int:
        """How many entries it holds."""
        return sum(int(searcher.num_docs) for searcher in self._searchers.values())

    def search(
        self,
        tokens: list[str],
        limit: int = 20,
        *,
        also: Iterable[str] = (),
        documents: Iterable[str] | None = None,
        group: str | None = None,
    ) -> list[WordHit]:
        """The best entries for the folded words of a question, best first.

        ``also``: terms (words, pairs) that may stand for some of them, counted less.
        ``documents`` restricts to entries of those documents, ``group`` to one group.
        """
        wanted = self._words_query(tokens, also)
        if wanted is None:
            return []
        query = self._restricted(wanted, documents)
        hits = [hit for searcher in self._asked(group) for hit in _hits(searcher, query, limit)]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def held(self, terms: Mapping[str, float], keys: Sequence[str], group: str) -> dict[str, float]:
        """Of some entries of a group the summed weights of the terms that they or their headings hold, where any."""
        if not terms or not keys:
            return {}
        weighed = [(tantivy.Occur.Must, self._any_of("key", keys))]
        weighed += [(tantivy.Occur.Should, self._holds(term, weight)) for term, weight in terms.items()]
        query = tantivy.Query.boolean_query(weighed)
        hits = (hit for searcher in self._asked(group) for hit in _hits(searcher, query, len(keys)))
        return {hit.key: hit.score for hit in hits if hit.score > 0}

    def _holds(self, term: str, weight: float) -> tantivy.Query:
        fields = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, name, term, index_option="basic"))
            for name in _FIELDS
        ]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(fields), weight)

    def _asked(self, group: str | None) -> Iterable[tantivy.Searcher]:
        """The indexes of a group that hold anything."""
        chosen = self._searchers.values() if group is None else filter(None, [self._searchers.get(group)])
        return (searcher for searcher in chosen if searcher.num_docs)

    def rarity(self, term: str) -> float:
        """How telling a term is: its inverse document frequency (BM25 form), highest where it never occurs."""
        found = self._found_in(term)
        return math.log(1 + (self.size - found + 0.5) / (found + 0.5))

    def knows(self, term: str) -> bool:
        """Whether a term occurs in any entry's own words."""
        return any(searcher.doc_freq("body", term) for searcher in self._searchers.values())

    def _found_in(self, term: str) -> int:
        """How many entries hold a term."""
        return sum(int(searcher.doc_freq("body", term)) for searcher in self._searchers.values())

    def _words_query(self, tokens: list[str], also: Iterable[str]) -> tantivy.Query | None:
        unique = list(dict.fromkeys(terms(tokens)))[:_MAX_TERMS]
        if not unique:
            return None
        clauses = []
        for term in unique:
            clauses.append((tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "body", term)))
            heading = tantivy.Query.term_query(self._schema, "heading", term)
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(heading, _HEADING_BOOST)))
        for term in list(dict.fromkeys(also))[:_MAX_TERMS]:
            other = tantivy.Query.term_query(self._schema, "body", term)
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(other, _ALSO_BOOST)))
        return tantivy.Query.boolean_query(clauses)

    def _restricted(self, wanted: tantivy.Query, documents: Iterable[str] | None) -> tantivy.Query:
        if documents is None:
            return wanted
        clauses = [(tantivy.Occur.Must, wanted), (tantivy.Occur.Must, self._any_of("document", documents))]
        return tantivy.Query.boolean_query(clauses)

    def _any_of(self, name: str, values: Iterable[str]) -> tantivy.Query:
        terms_query = tantivy.Query.term_set_query(self._schema, name, list(values))
        return tantivy.Query.const_score_query(terms_query, 0.0)


def _hits(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> Iterator[WordHit]:
    for score, address in searcher.search(query, limit).hits:
        yield WordHit(str(searcher.doc(address).get_first("key")), float(score))


def open_index(folder: Path) -> WordIndex | None:
    """The index in a folder, or None where there is none or it cannot be read."""
    if not (folder / VOCABULARY).is_file():
        return None
    try:
        return _open(folder)
    except (ValueError, OSError):
        return None


def build_index(folder: Path | None, entries: Iterable[Entry]) -> WordIndex:
    """Indexes entries into ``folder`` (None = in memory), in place of what stood there."""
    words: set[str] = set()
    if folder is None:
        return WordIndex(_fill(None, entries, words), lambda: frozenset(words))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _work_folder(folder) as work:
        _fill(work, entries, words)
        (work / VOCABULARY).write_text("\n".join(sorted(words)), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # another process was faster with the same content
            work.rename(folder)
    return _open(folder)


def _open(folder: Path) -> WordIndex:
    def vocabulary() -> frozenset[str]:
        return frozenset((folder / VOCABULARY).read_text(encoding="utf-8").split("\n"))

    groups = (place for place in folder.iterdir() if place.is_dir())
    return WordIndex({place.name: tantivy.Index.open(str(place)) for place in groups}, vocabulary)


@contextlib.contextmanager
def _work_folder(folder: Path) -> Iterator[Path]:
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _fill(folder: Path | None, entries: Iterable[Entry], words: set[str]) -> dict[str, tantivy.Index]:
    """Indexes of entries by group, below a folder or in memory; ``words`` takes up their syllables."""
    indexes: dict[str, tantivy.Index] = {}
    writers: dict[str, tantivy.IndexWriter] = {}
    for entry in entries:
        if entry.group not in indexes:
            indexes[entry.group] = _new_index(folder / entry.group if folder else None)
            writers[entry.group] = indexes[entry.group].writer(_HEAP_BYTES, 1)
        writers[entry.group].add_document(_indexed(entry, words))
    for group, writer in writers.items():
        writer.commit()
        writer.wait_merging_threads()
        indexes[group].reload()
    return indexes


def _new_index(folder: Path | None) -> tantivy.Index:
    if folder is None:
        return tantivy.Index(_schema())
    folder.mkdir()
    return tantivy.Index(_schema(), path=str(folder))


def _indexed(entry: Entry, words: set[str]) -> tantivy.Document:
    body = syllables(entry.body, repair=entry.damaged)
    heading = syllables(entry.heading, repair=entry.damaged)
    words.update(body, heading)
    return tantivy.Document(
        key=entry.key,
        document=entry.document,
        body=" ".join(terms(body)),
        heading=" ".join(terms(heading)),
    )
