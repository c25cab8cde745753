"""Folders in BEIR layout to measure search on, made of what is at hand (``make retrieval-sets``).

    python -m eval.retrieval_sets FOLDER [ALQAC]

``office``: all tasks and passages of the documents that ship and of those of the evaluation; its questions are the
cases that ask by content, and an answer is a task that the case names or a passage that holds its quotations, or else
its facts. ``names``: generated passages that differ mainly in names (eval/scale.py). ``by-law``, where a folder of
articles is given whose ids read LAW@ARTICLE: each law with at least FEWEST questions as a corpus of its own.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from assistant.library import DEBRIS, PASSAGE, entries
from assistant.reply import Status
from assistant.wiring import assistant_in_memory
from corpus.vietnamese import fold
from eval.case import Case, Wordings, load_suites, matches_any, task_key
from eval.retrieval import Collection, Line, read_collection
from eval.scale import generate
from retrieval.words import Entry

FEWEST = 5  # questions of a law
NAMES_SIZE = 10_000  # passages
_BY_CONTENT = frozenset({"words", "prose"})
_MOST_ANSWERS = 5  # a question that more places answer tells nothing of search
_UNSAFE = re.compile(r"[^a-z0-9]+")


def main(arguments: Sequence[str]) -> None:
    """Writes the sets into a folder and says of each how large it is."""
    to = Path(arguments[0])
    sets: dict[str, Collection] = {"office": office(), "names": names()}
    if len(arguments) > 1:
        sets |= {f"by-law/{name}": found for name, found in by_law(read_collection(Path(arguments[1]))).items()}
    for name, collection in sets.items():
        write_collection(to / name, collection)
        sys.stdout.write(f"{to / name}: {len(collection.corpus)} texts, {len(collection.queries)} questions\n")


def office() -> Collection:
    """The documents that ship and those of the evaluation, with the cases that are asked by content."""
    suites = load_suites()
    library = assistant_in_memory(*(suite.documents for suite in suites)).library
    held = [e for e in entries(library.store, library.shelf().catalogue) if e.group != DEBRIS]
    tasks = {f"{task.document}\t{task.ordinal}": task_key(task) for task in library.store.tasks()}
    cases = [case for suite in suites for case in suite.cases if _is_by_content(case)]
    return _collection(held, {case.id: (case.turns[0], _answers(case, held, tasks)) for case in cases})


def _is_by_content(case: Case) -> bool:
    return case.kind in _BY_CONTENT and len(case.turns) == 1 and case.status == (Status.ANSWERED,)


def _answers(case: Case, held: Iterable[Entry], tasks: Mapping[str, str]) -> list[str]:
    """The ids of what answers a case: its tasks, else the passages that hold its quotations, else those with its
    facts."""
    if case.tasks:
        return [_id(e) for e in held if e.group != PASSAGE and matches_any(tasks[e.key], case.tasks)]
    documents = frozenset(chain.from_iterable(names.split("|") for names in case.documents))
    passages = [e for e in held if e.group == PASSAGE and (not documents or e.document in documents)]
    quoted = [_id(e) for e in passages if any(_plain(quote) in _plain(e.body) for quote in case.quotes)]
    return quoted or [_id(e) for e in passages if case.facts and _tells(e, case.facts)]


def _tells(entry: Entry, facts: Iterable[Wordings]) -> bool:
    body = _plain(f"{entry.heading} {entry.body}")
    return all(any(_plain(wording) in body for wording in fact) for fact in facts)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _collection(held: Iterable[Entry], asked: Mapping[str, tuple[str, Sequence[str]]]) -> Collection:
    corpus = {_id(e): Line.model_validate({"_id": _id(e), "text": e.body, "title": e.heading}) for e in held}
    kept = {name: (text, answers) for name, (text, answers) in asked.items() if 0 < len(answers) <= _MOST_ANSWERS}
    queries = {name: text for name, (text, _) in kept.items()}
    return Collection(corpus, queries, {name: dict.fromkeys(answers, 1) for name, (_, answers) in kept.items()})


def _id(entry: Entry) -> str:
    return f"{entry.group}:{entry.key}".replace("\t", "/")


def names() -> Collection:
    """Generated passages with planted facts."""
    made = generate(NAMES_SIZE)
    asked = {f"q{i:03d}": (p.question, [f"{made.entries[0].group}:{p.key}".replace("\t", "/")])
             for i, p in enumerate(made.planted)}  # fmt: skip
    return _collection(made.entries, asked)


def by_law(whole: Collection) -> dict[str, Collection]:
    """The laws of a collection that are asked about often enough, each with its own articles and questions."""
    laws: dict[str, dict[str, Line]] = {}
    for name, line in whole.corpus.items():
        laws.setdefault(_law(name), {})[name] = line
    found = {}
    for law, articles in laws.items():
        judged = {q: own for q, grades in whole.judged.items() if (own := _own(grades, articles))}
        if len(judged) >= FEWEST:
            queries = {query: whole.queries[query] for query in judged}
            found[_UNSAFE.sub("-", fold(law)).strip("-")] = Collection(articles, queries, judged)
    return found


def _law(article: str) -> str:
    return article.rpartition("@")[0]


def _own(grades: Mapping[str, int], articles: Mapping[str, Line]) -> dict[str, int]:
    """The grades of a question among the articles of a law; none where no article of the law answers it."""
    own = {name: grade for name, grade in grades.items() if name in articles}
    return own if any(grade > 0 for grade in own.values()) else {}


def write_collection(folder: Path, collection: Collection) -> None:
    """Writes a collection as ``read_collection`` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus = ({"_id": name, "title": line.title, "text": line.text} for name, line in collection.corpus.items())
    queries = ({"_id": name, "text": text} for name, text in collection.queries.items())
    rows = (f"{q}\t{name}\t{grade}" for q, grades in collection.judged.items() for name, grade in grades.items())
    (folder / "corpus.jsonl").write_text(_lines(corpus), encoding="utf-8")
    (folder / "queries.jsonl").write_text(_lines(queries), encoding="utf-8")
    (folder / "qrels.tsv").write_text("\n".join(("query-id\tcorpus-id\tscore", *rows)) + "\n", encoding="utf-8")


def _lines(records: Iterable[Mapping[str, str]]) -> str:
    def written() -> Iterator[str]:
        for record in records:
            yield json.dumps(record, ensure_ascii=False) + "\n"

    return "".join(written())


if __name__ == "__main__":
    main(sys.argv[1:])
