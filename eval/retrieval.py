"""Measuring search on a folder in BEIR layout: corpus.jsonl, queries.jsonl, qrels.tsv.

The corpus is indexed by the project's own search in a temporary store; measures are those of ir_measures.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import CorpusError
from corpus.records import Record
from corpus.vietnamese import fold
from retrieval.embeddings import Embedder
from retrieval.search import VectorMeaning
from retrieval.search import search as fused_search
from retrieval.tokens import syllables
from retrieval.vectors import VectorFile, write_vectors
from retrieval.words import Entry, build_index

DEPTH = 10
_GROUP = "passage"
_GRADE = re.compile(r"-?[0-9]+")
Search = Callable[[str], list[tuple[str, float]]]


class Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: Annotated[str, Field(alias="_id", min_length=1)]
    text: str
    title: str = ""


@dataclass(frozen=True)
class Collection:
    """Documents and queries by id, and for each query the grades of the documents that answer it."""

    corpus: Mapping[str, Line]
    queries: Mapping[str, str]
    judged: Mapping[str, Mapping[str, int]]


class Ranking(Record):
    """How a ranking did: measures from 0 to 1, queries per second.

    ``R@k`` is the share of relevant documents among the first k, ``S@k`` that of queries with at least one there.
    """

    ranking: str
    typed: str
    measures: dict[str, float]
    queries_per_second: float


def read_collections(folder: Path) -> list[Collection]:
    """The collection in a folder, or those in the folders right below it. Raises CorpusError as ``read_collection``."""
    parts = sorted(path.parent for path in folder.glob("*/corpus.jsonl"))
    if (folder / "corpus.jsonl").exists() or not parts:
        return [read_collection(folder)]
    return [read_collection(part) for part in parts]


def read_collection(folder: Path) -> Collection:
    """Reads a folder. Raises CorpusError that names the file and the line at fault."""
    corpus = {line.id: line for line in _lines(folder / "corpus.jsonl")}
    queries = {line.id: line.text for line in _lines(folder / "queries.jsonl")}
    judged = _judgements(folder / "qrels.tsv", queries, corpus)
    asked = {query: text for query, text in queries.items() if query in judged}
    if not corpus or not asked:
        raise CorpusError("beir_empty", folder=str(folder))
    return Collection(corpus, asked, judged)


def _lines(path: Path) -> Iterator[Line]:
    for number, line in enumerate(_text(path).split("\n"), 1):  # U+2028 ends no line
        if not line.strip():
            continue
        try:
            yield Line.model_validate_json(line)
        except ValidationError as error:
            raise CorpusError("beir_bad_line", file=path.name, line=number) from error


def _text(path: Path) -> str:
    if not path.is_file():
        raise CorpusError("file_missing", file=str(path))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError("file_not_utf8", file=path.name) from error


def _judgements(path: Path, queries: Mapping[str, str], corpus: Mapping[str, Line]) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, row in enumerate(csv.reader(_text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        if not row or (number == 1 and row[-1] == "score"):
            continue
        if len(row) != 3 or not _GRADE.fullmatch(row[2]) or row[0] not in queries or row[1] not in corpus:
            raise CorpusError("beir_bad_line", file=path.name, line=number)
        judged.setdefault(row[0], {})[row[1]] = int(row[2])
    return {query: grades for query, grades in judged.items() if any(grade > 0 for grade in grades.values())}


def measure(
    collection: Collection, step: Callable[[int, int], None], embedder: Embedder | None = None
) -> list[Ranking]:
    """Every ranking on the questions as they are and without accents. ``step``: rankings done, of how many.

    ``embedder``: what makes the vectors; None = the static model, trained on this corpus. Where the corpus is too small
    to train on, only words rank.
    """
    found: list[Ranking] = []
    with TemporaryDirectory(prefix="troly-eval-", ignore_cleanup_errors=True) as work:
        indexed = _Indexed(collection.corpus.values(), Path(work), embedder)
        names = [name for name in RANKINGS if name == WORDS or indexed.meaning is not None]
        for name in names:
            search = RANKINGS[name](indexed)
            for typed, change in TYPED.items():
                found.append(_measured(name, typed, search, collection, change))
                step(len(found), len(names) * len(TYPED))
    return found


def measure_each(
    collections: Sequence[Collection], step: Callable[[int, int], None], embedder: Embedder | None = None
) -> list[Ranking]:
    """Collections measured each by itself, and their figures as means over all questions; as ``measure``.

    One that is too small to train on counts with its ranking by words, as an office of its size is searched.
    """
    parts: list[tuple[int, dict[tuple[str, str], Ranking]]] = []
    for done, collection in enumerate(collections):
        found = measure(collection, lambda _done, _total: None, embedder)
        parts.append((len(collection.queries), {(r.ranking, r.typed): r for r in found}))
        step(done + 1, len(collections))
    names = list(dict.fromkeys(name for _, held in parts for name in held))
    return [
        _mean([(size, held.get(name) or held[WORDS, name[1]]) for size, held in parts]).model_copy(
            update={"ranking": name[0]}
        )
        for name in names
    ]


def _mean(parts: Sequence[tuple[int, Ranking]]) -> Ranking:
    """A ranking with the means of the figures of several, each counted by its questions."""
    first, total = parts[0][1], sum(size for size, _ in parts)
    means = {label: sum(size * part.measures[label] for size, part in parts) / total for label in first.measures}
    seconds = sum(size / part.queries_per_second for size, part in parts if part.queries_per_second)
    return first.model_copy(
        update={
            "measures": {label: round(mean, 4) for label, mean in means.items()},
            "queries_per_second": round(total / seconds, 1) if seconds else 0.0,
        }
    )


def _measured(name: str, typed: str, search: Search, collection: Collection, change: Callable[[str], str]) -> Ranking:
    import ir_measures
    from ir_measures import RR, R, Success, nDCG

    questions = {query: change(text) for query, text in collection.queries.items()}
    search(next(iter(questions.values())))
    started = time.perf_counter()
    found = {query: search(text) for query, text in questions.items()}
    seconds = time.perf_counter() - started
    qrels = [ir_measures.Qrel(q, d, grade) for q, grades in collection.judged.items() for d, grade in grades.items()]
    run = [ir_measures.ScoredDoc(q, d, score) for q, hits in found.items() for d, score in hits]
    wanted = {
        "R@1": R @ 1, "R@5": R @ 5, "R@10": R @ 10, "S@1": Success @ 1, "S@5": Success @ 5, "S@10": Success @ 10,
        "MRR@10": RR @ DEPTH, "nDCG@10": nDCG @ DEPTH,
    }  # fmt: skip
    values = ir_measures.calc_aggregate(list(wanted.values()), qrels, run)
    return Ranking(
        ranking=name,
        typed=typed,
        measures={label: round(float(values[m]), 4) for label, m in wanted.items()},
        queries_per_second=round(len(questions) / seconds, 1),
    )


class _Indexed:
    """A corpus as the product indexes it, titles as headings; ``meaning`` is None where it is too small for that."""

    def __init__(self, lines: Iterable[Line], work: Path, embedder: Embedder | None) -> None:
        entries = [Entry(line.id, "", _GROUP, line.text, line.title) for line in lines]
        self.index = build_index(work / WORDS, entries)
        self.meaning = _meaning(entries, work, embedder)


def _meaning(entries: Sequence[Entry], work: Path, embedder: Embedder | None) -> VectorMeaning | None:
    if embedder is None:
        from retrieval.training import TooSmallError, train

        try:
            embedder = train(entries, work / "models", lambda _done, _total: None)
        except TooSmallError:
            return None
    vectors = embedder.passages([f"{entry.heading} {entry.body}".strip() for entry in entries])
    write_vectors(work / "vectors", [(_GROUP, entry.document, entry.key) for entry in entries], vectors)
    return VectorMeaning(embedder, VectorFile(work / "vectors"))


def _by_words(indexed: _Indexed) -> Search:
    def search(question: str) -> list[tuple[str, float]]:
        return [(hit.key, hit.score) for hit in indexed.index.search(syllables(question), DEPTH)]

    return search


def _by_vectors(indexed: _Indexed) -> Search:
    def search(question: str) -> list[tuple[str, float]]:
        assert indexed.meaning is not None
        found = indexed.meaning.near(question, _GROUP, DEPTH, (), None)
        return sorted(found.cosines.items(), key=lambda item: -item[1]) if found else []

    return search


def _by_both(indexed: _Indexed) -> Search:
    def search(question: str) -> list[tuple[str, float]]:
        found = fused_search(indexed.index, indexed.meaning, syllables(question), question, _GROUP, DEPTH)
        return [(hit.key, hit.score) for hit in found]

    return search


WORDS = "words"
# The rankings of retrieval/, each over a corpus that is indexed once; "both" is what answers questions.
RANKINGS: dict[str, Callable[[_Indexed], Search]] = {WORDS: _by_words, "vectors": _by_vectors, "both": _by_both}
TYPED: dict[str, Callable[[str], str]] = {"accents": lambda text: text, "no_accents": fold}


def as_objects(rankings: Sequence[Ranking]) -> dict[str, dict[str, dict[str, float]]]:
    """Figures by ranking and way of typing, as ``--json`` prints them."""
    objects: dict[str, dict[str, dict[str, float]]] = {}
    for found in rankings:
        figures = {**found.measures, "queries_per_second": found.queries_per_second}
        objects.setdefault(found.ranking, {})[found.typed] = figures
    return objects
