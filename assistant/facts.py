"""What follows from all records of a store at one revision, worked out once and kept beside the word index.

A start reads these facts and no task: who has a hundred thousand of them waits as long as who has a hundred. They
are parts of one file, each read when it is first needed: the cards of the catalogue, the words of titles for
abbreviations, the counts of words for mending.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.catalogue import Card, Catalogue, Place, Section, file_words, places_in
from assistant.understand.wordstock import Counts, count_words
from connectors.database import Store, TaskFilter
from corpus.abbreviations import Initials, in_full, learned
from corpus.agencies import Agencies
from corpus.records import AgencyMention, Document, Quality, Task
from corpus.vietnamese import fold, words

if TYPE_CHECKING:
    from assistant.kin import Kin

# Raised whenever the same records come to give other facts, or the same facts another file.
FORMAT = 3
_CITED = re.compile(r"(?<!\d)(\d+)(?=\W)")
_LINE = "\n"


class Facts:
    """The facts of one revision, from their parts, which ``derive`` makes and ``keep`` puts into a file."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = parts

    def catalogue(self, revision: int, agencies: Agencies) -> Catalogue:
        """The catalogue of the revision; ``agencies`` learn the bodies that its tables name."""
        data = json.loads(self.parts["catalogue"])
        cards = tuple(map(_card_from, data["cards"]))
        return Catalogue(
            revision=revision,
            cards=cards,
            sections=tuple(Section(document, number, tuple(title)) for document, number, title in data["sections"]),
            known_agencies=agencies,
            names=frozenset(self.parts["names"].decode().split()),
            lookups=data["lookups"],
            named_bodies=tuple(_mention_from(body) for body in data["bodies"]),
            named_in=data["named_in"],
        )

    @property
    def learned_names(self) -> frozenset[str]:
        """The folded words of the names of bodies that were learned from tables."""
        return frozenset(self.parts["learned names"].decode().split())

    @cached_property
    def initials(self) -> Initials:
        """The words of all titles, by which abbreviations are understood."""
        vocabulary = self.parts["title vocabulary"].decode().split(_LINE)
        return Initials(self.parts["title letters"].decode(), self._numbers("title words"), vocabulary)

    @cached_property
    def counts(self) -> Counts:
        """How often the sound documents hold words, and which side by side."""
        counted = self.parts["counted"].decode().split(_LINE)
        forms, folded, times = (self._numbers(f"counts of {name}") for name in ("forms", "folded", "pairs"))
        return Counts(counted, forms, folded, self._numbers("pairs", "Q"), times)

    def _numbers(self, name: str, typecode: str = "I") -> array[int]:
        return array(typecode, self.parts[name])


def derive(store: Store, agencies: Agencies) -> dict[str, bytes]:
    """The parts of the facts of a store, from all its records, one document after the other."""
    gathered = _Gathered(store)
    new = [agency for agency in agencies.learn(gathered.bodies()) if agencies.get(agency.id) is None]
    names = (name for agency in chain(agencies, new) for name in (agency.name, *agency.aliases))
    counts = count_words(chain(gathered.sound_texts(), names, gathered.document_titles()))
    initials = learned(gathered.titles)
    return {
        "catalogue": json.dumps(gathered.as_json(), ensure_ascii=False, separators=(",", ":")).encode(),
        "names": " ".join(sorted(gathered.names())).encode(),
        "learned names": " ".join(sorted({word for agency in new for word in words(agency.name)})).encode(),
        "title letters": initials.letters.encode(),
        "title words": initials.ids.tobytes(),
        "title vocabulary": _LINE.join(initials.vocabulary).encode(),
        "counted": _LINE.join(counts.words).encode(),
        "counts of forms": counts.forms.tobytes(),
        "counts of folded": counts.folded.tobytes(),
        "counts of pairs": counts.times.tobytes(),
        "pairs": counts.pairs.tobytes(),
    }


class _Gathered:
    """What is gathered from the records of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._documents = store.documents()
        self._bodies: dict[AgencyMention, int] = {}
        self._named_in: dict[str, list[int]] = {}
        self._sections: dict[tuple[str, str], tuple[str, ...]] = {}
        self._cards: list[list[Any]] = []
        self._lookups: dict[str, dict[str, list[int]]] = {kind: defaultdict(list) for kind in ("title", "pair", "file")}
        self.titles = [words(title) for title in self.document_titles()]
        from assistant.kin import Kin  # not on the way of a question

        kin = Kin(self._documents)
        counts = store.counts()
        for at, document in enumerate(self._documents):
            self._note(at, document)
            tasks = store.tasks(TaskFilter(documents=(document.id,)))
            self._cards.append(_card_row(document, _annexes(tasks), kin, *counts[document.id]))
            self._take_tasks(document.id, tasks)

    def _note(self, at: int, document: Document) -> None:
        """Notes under which words a document is found."""
        title = words(document.title or "")
        pairs = (f"{left} {right}" for left, right in pairwise(title))
        for kind, held in (("title", title), ("pair", pairs), ("file", file_words(document.id))):
            for word in dict.fromkeys(held):
                self._lookups[kind][word].append(at)

    def names(self) -> set[str]:
        """The folded words of all names of places and titles."""
        places = {place for document in self._documents for place in places_in(document.issuer or "")}
        return {*self._lookups["title"], *(word for place in places for word in (place.name or "").split())}

    def _take_tasks(self, document: str, tasks: Iterable[Task]) -> None:
        named: dict[str, AgencyMention] = {}
        for task in tasks:
            self.titles.append(words(task.title))
            if task.section and (document, task.section) not in self._sections:
                self._sections[document, task.section] = tuple(in_full(words(task.section_title or "")))
            for mention in (*task.lead, *task.coordinate):
                named.setdefault(mention.agency_id, mention)
        self._named_in[document] = [self._bodies.setdefault(body, len(self._bodies)) for body in named.values()]
        self.titles += [words(body.name) for body in named.values()]

    def bodies(self) -> Iterator[AgencyMention]:
        """The bodies that tables name, in the order in which they are first named."""
        yield from self._bodies

    def sound_texts(self) -> Iterator[str]:
        """The texts of the documents that were not damaged by a scan."""
        return (self._store.text_of(d.id) or "" for d in self._documents if d.quality is not Quality.OCR)

    def document_titles(self) -> Iterator[str]:
        return (document.title or "" for document in self._documents)

    def as_json(self) -> dict[str, Any]:
        """What the catalogue is made of."""
        return {
            "cards": self._cards,
            "sections": [[*section, title] for section, title in self._sections.items()],
            "lookups": {kind: dict(places) for kind, places in self._lookups.items()},
            "bodies": [[b.text, b.name, b.agency_id, b.collective, b.score] for b in self._bodies],
            "named_in": self._named_in,
        }


def _card_row(document: Document, annexes: Iterable[str], kin: Kin, tasks: int, passages: int) -> list[Any]:
    """A card as plain values, in the order of ``Card``."""
    number = re.match(r"\d+", document.number or "")
    titled = re.match(r"phu luc [ivx\d]+\b", fold(document.title or ""))
    cited = {figure for basis in document.based_on for figure in _CITED.findall(basis.text)}
    return [
        document.id,
        document.model_dump_json(),
        str(document.quality),
        kin.plan_of(document),
        document.date.isoformat() if document.date else "",
        document.issuer or "",
        document.declared_tasks,
        [[place.level, place.name] for place in places_in(document.issuer or "")],
        number[0] if number else None,
        sorted({*annexes, *([titled[0]] if titled else [])}),
        words(document.title or ""),
        sorted(cited),
        tasks,
        passages,
        kin.changed_by(document),
    ]


def _annexes(tasks: Iterable[Task]) -> set[str]:
    return {fold(table) for table in {task.table for task in tasks} if table}


def _card_from(row: list[Any]) -> Card:
    identity, record, quality, annex_of, date, issuer, declared, places, figure, annexes, title, cited, *rest = row
    tasks, passages, changed_by = rest
    return Card(
        identity,
        record,
        Quality(quality),
        annex_of,
        date,
        issuer,
        declared,
        tuple(Place(level, name) for level, name in places),
        figure,
        tuple(annexes),
        tuple(title),
        tuple(cited),
        tasks,
        passages,
        tuple((kind, by) for kind, by in changed_by),
    )


def _mention_from(row: list[Any]) -> AgencyMention:
    text, name, agency_id, collective, score = row
    return AgencyMention(text=text, name=name, agency_id=agency_id, collective=collective, score=score)


# The file: a line of JSON that says where each part lies, then the parts one after the other.


def keep(parts: Mapping[str, bytes], path: Path) -> None:
    """Writes parts to a file, which appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = json.dumps([[name, len(part)] for name, part in parts.items()]).encode() + b"\n"
    handle, work = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines((head, *parts.values()))
        Path(work).replace(path)
    except OSError:
        Path(work).unlink(missing_ok=True)
        raise


def kept(path: Path) -> Mapping[str, bytes] | None:
    """The parts in a file, each read when it is asked for; None where there is no such file or it is cut short."""
    try:
        with path.open("rb") as file:
            head = file.readline()
        sizes = [(str(name), int(size)) for name, size in json.loads(head)]
        whole = len(head) + sum(size for _, size in sizes) == path.stat().st_size
    except (OSError, ValueError, TypeError):
        return None
    return _Kept(path, len(head), sizes) if whole else None


class _Kept(dict[str, bytes]):
    """Parts of a file that are read when they are first asked for."""

    def __init__(self, path: Path, start: int, sizes: Iterable[tuple[str, int]]) -> None:
        super().__init__()
        self._path = path
        self._spans: dict[str, tuple[int, int]] = {}
        for name, size in sizes:
            self._spans[name] = (start, size)
            start += size

    def __missing__(self, name: str) -> bytes:
        start, size = self._spans[name]
        with self._path.open("rb") as file:
            file.seek(start)
            return file.read(size)
