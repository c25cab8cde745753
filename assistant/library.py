"""The office's documents, ready to be asked: the store, the word index over it and the catalogue.

Index, facts and catalogue follow the store's revision; after an ingest by another process the next question
sees the new documents.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType

from assistant.catalogue import Catalogue
from assistant.facts import FORMAT as FACTS_FORMAT
from assistant.facts import Facts, derive, keep, kept
from assistant.records import Records
from assistant.understand import courtesies, guard, lexicon, small_talk
from assistant.understand.progress import words as reports
from assistant.understand.spelling import Speller
from assistant.understand.wordstock import Wordstock
from connectors.database import Store, TaskFilter
from corpus.abbreviations import SHARED, TYPED
from corpus.agencies import Agencies
from corpus.patterns import LazyPattern
from corpus.records import Passage, Quality, Task
from corpus.vietnamese import words
from corpus.vocabulary import is_syllable
from retrieval.search import Meaning
from retrieval.words import FORMAT as INDEX_FORMAT
from retrieval.words import Entry, WordIndex, build_index, open_index

TASK, PASSAGE, DEBRIS = "task", "passage", "debris"
_KEPT_NAME = re.compile(r"^[a-z]+-\d+-\d+$")
_LEXICON_PAIR = re.compile(r"(?<![a-z\\])([a-z]{2,}) (?=([a-z]{2,}))")
_LEXICON_WORD = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True)
class Shelf:
    """What belongs to one revision of the store."""

    catalogue: Catalogue
    index: WordIndex
    speller: Speller
    records: Records
    kept: dict[tuple[str, ...], object] = field(default_factory=dict, compare=False)  # worked out once by answers
    meaning: Meaning | None = None


class Library:
    """Gives the shelf of the store's present revision. ``folder`` is where indexes lie (None = in memory).

    ``meaning`` finds by meaning beside the words, where there is something to do so. Threads may share a library.
    """

    def __init__(self, store: Store, agencies: Agencies, folder: Path | None, meaning: Meaning | None = None) -> None:
        self.store = store
        self._meaning = meaning
        self.agencies = agencies
        self._folder = folder
        self._shelf: Shelf | None = None
        self._public: Library | None = None
        self._lock = threading.RLock()  # whoever comes while a shelf is made waits for it

    def public(self) -> Library:
        """The library as everybody may see it: this one where all documents are public."""
        if not self.store.holds_internal():
            return self
        with self._lock:
            if self._public is None:
                folder = self._folder / "public" if self._folder else None
                self._public = Library(self.store.public(), self.agencies, folder, self._meaning)
            return self._public

    def shelf(self) -> Shelf:
        """The present shelf; made anew only when the store has changed."""
        revision, shelf = self.store.revision(), self._shelf
        if shelf is not None and shelf.catalogue.revision == revision:
            return shelf
        with self._lock:
            return self._shelf_of(self.store.revision())

    def _shelf_of(self, revision: int) -> Shelf:
        if self._shelf is None or self._shelf.catalogue.revision != revision:
            facts, catalogue = self._facts(revision)
            index = self._index(catalogue)
            speller = self._speller(index, catalogue, facts)
            self._shelf = Shelf(catalogue, index, speller, Records(self.store), meaning=self._meaning)
        return self._shelf

    def _facts(self, revision: int) -> tuple[Facts, Catalogue]:
        """The facts of a revision and the catalogue that they make: those kept, else derived anew and kept."""
        place = self._folder / f"facts-{FACTS_FORMAT}-{revision}" if self._folder else None
        if place is not None and (parts := kept(place)) is not None:
            with contextlib.suppress(LookupError, TypeError, ValueError):  # of another form: as if there were none
                return Facts(parts), Facts(parts).catalogue(revision, self.agencies)
        facts = Facts(derive(self.store, self.agencies))
        if place is not None:
            with contextlib.suppress(OSError):  # a folder that cannot be written to is done without
                keep(facts.parts, place)
                _forget_others(place, "facts")
        return facts, facts.catalogue(revision, self.agencies)

    def _speller(self, index: WordIndex, catalogue: Catalogue, facts: Facts) -> Speller:
        known, asked = self._known_words(index, catalogue, facts), _words_in(lexicon)
        foreign = {word for word in _words_in(guard, small_talk, reports) if not is_syllable(word)} - known
        return Speller(
            known,
            asked | {word for word in _words_in(guard, small_talk, reports) if is_syllable(word)},
            lambda word: facts.initials.get(word),
            kept=foreign,
            knows=index.knows,
            stock=lambda: _stock(catalogue, facts),
        )

    def _known_words(self, index: WordIndex, catalogue: Catalogue, facts: Facts) -> set[str]:
        known = {*index.vocabulary, *catalogue.names, *facts.learned_names, *SHARED, *TYPED}
        known.update(
            word for agency in self.agencies for name in (agency.name, *agency.aliases) for word in words(name)
        )
        known.update(_words_in(lexicon))
        known.update(word for word in _words_in(guard, small_talk, reports) if is_syllable(word))
        return known

    def _index(self, catalogue: Catalogue) -> WordIndex:
        if self._folder is None:
            return build_index(None, entries(self.store, catalogue))
        place = self._folder / f"words-{INDEX_FORMAT}-{catalogue.revision}"
        index = open_index(place)
        if index is None or index.size == 0:
            index = build_index(place, entries(self.store, catalogue))
            _forget_others(place, "words")
        return index

    def rebuild_words(self) -> int:
        """Makes the word index of the present revision anew; gives how many entries it holds."""
        if self._folder is not None:
            for place in self._folder.glob("words-*"):
                shutil.rmtree(place, ignore_errors=True)
        self._shelf = None
        return self.shelf().index.size


def _forget_others(keep: Path, kind: str) -> None:
    """Removes what is kept of a kind for other revisions, or in another form."""
    for other in keep.parent.glob(f"{kind}-*"):
        if other == keep or not _KEPT_NAME.match(other.name):
            continue
        if other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
        else:
            other.unlink(missing_ok=True)


def _stock(catalogue: Catalogue, facts: Facts) -> Wordstock:
    """The words of the sound documents, of names and of questions."""
    asked = sorted({*_words_in(lexicon, guard, small_talk, reports), *SHARED, *TYPED, *spellings(), *catalogue.names})
    named = (tuple(name.split()[:2]) for name in catalogue.places if name)
    return Wordstock(facts.counts, asked, {*_lexicon_pairs(), *(pair for pair in named if len(pair) == 2)})


def entries(store: Store, catalogue: Catalogue) -> Iterator[Entry]:
    """What is indexed: each passage with its headings, each task row with the title of its section."""
    for document in sorted(catalogue.ids):
        damaged = catalogue.by_id[document].quality is Quality.OCR
        for passage in store.passages_of(document):
            yield Entry(
                key=f"{document}\t{passage.ordinal}",
                document=document,
                group=DEBRIS if passage.role == "debris" else PASSAGE,
                body=passage.text,
                heading=passage_heading(passage),
                damaged=damaged,
            )
    for card in catalogue.cards:
        for task in store.tasks(TaskFilter(documents=(card.id,))) if card.tasks else ():
            yield Entry(f"{card.id}\t{task.ordinal}", card.id, TASK, task_body(task), task_heading(task))


def passage_heading(passage: Passage) -> str:
    """The words above a passage."""
    return " ".join(passage.headings)


def task_body(task: Task) -> str:
    """The words by which a task is found: what is to be done and what comes of it."""
    return f"{task.title} {task.product}"


def task_heading(task: Task) -> str:
    """The words around a task: its section and the bodies in charge."""
    names = " ".join(mention.name for mention in (*task.lead, *task.coordinate))
    return f"{task.section_title or ''} {names} {task.deadline.text}"


@cache
def _words_in(*modules: ModuleType) -> frozenset[str]:
    """The words of the patterns of some modules."""
    patterns = [pattern for module in modules for value in vars(module).values() for pattern in _patterns_in(value)]
    return frozenset(word for pattern in patterns for word in _LEXICON_WORD.findall(pattern.replace("\\w", " ")))


def _lexicon_pairs() -> set[tuple[str, str]]:
    """The words that stand side by side in the phrases of the lexicon."""
    values = (value for module in (lexicon, guard, small_talk, reports) for value in vars(module).values())
    return {pair for value in values for pattern in _patterns_in(value) for pair in _LEXICON_PAIR.findall(pattern)}


def spellings() -> Iterator[str]:
    """The words of questions that the lexicons hold with their accents."""
    for forms in (lexicon.SPELLED_ASKED, *courtesies.FORMS.values(), *lexicon.TWO_FACED.values()):
        yield from forms.split()


def _patterns_in(value: object) -> Iterator[str]:
    if isinstance(value, re.Pattern | LazyPattern):
        yield value.pattern
    elif isinstance(value, tuple):
        for item in value:
            yield from _patterns_in(item)
