"""The office's documents, ready to be asked: the store, the word index over it and the catalogue.

Index and catalogue follow the store's revision; after an ingest by another process the next question
sees the new documents.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import ModuleType

from assistant.catalogue import Catalogue, read_catalogue
from assistant.understand import courtesies, guard, lexicon, small_talk
from assistant.understand.spelling import Speller
from assistant.understand.wordstock import Wordstock
from connectors.database import Store
from corpus.abbreviations import SHARED, TYPED, learned
from corpus.agencies import Agencies
from corpus.records import Passage, Quality, Task
from corpus.vietnamese import words
from corpus.vocabulary import is_syllable
from retrieval.search import Meaning
from retrieval.words import FORMAT, Entry, WordIndex, build_index, open_index

TASK, PASSAGE, DEBRIS = "task", "passage", "debris"
_INDEX_NAME = re.compile(r"^words-\d+-\d+$")
_LEXICON_PAIR = re.compile(r"(?<![a-z\\])([a-z]{2,}) (?=([a-z]{2,}))")
_LEXICON_WORD = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True)
class Shelf:
    """What belongs to one revision of the store."""

    catalogue: Catalogue
    index: WordIndex
    speller: Speller
    meaning: Meaning | None = None


class Library:
    """Gives the shelf of the store's present revision. ``folder`` is where indexes lie (None = in memory).

    ``meaning`` finds by meaning beside the words, where there is something to do so.
    """

    def __init__(self, store: Store, agencies: Agencies, folder: Path | None, meaning: Meaning | None = None) -> None:
        self.store = store
        self._meaning = meaning
        self.agencies = agencies
        self._folder = folder
        self._shelf: Shelf | None = None

    def shelf(self) -> Shelf:
        """The present shelf; made anew only when the store has changed."""
        revision = self.store.revision()
        if self._shelf is None or self._shelf.catalogue.revision != revision:
            catalogue = read_catalogue(self.store, self.agencies)
            index = self._index(catalogue)
            self._shelf = Shelf(catalogue, index, self._speller(index, catalogue), self._meaning)
        return self._shelf

    def _speller(self, index: WordIndex, catalogue: Catalogue) -> Speller:
        known, asked = _known_words(index, catalogue), _words_in(lexicon)
        foreign = {word for word in _words_in(guard, small_talk) if not is_syllable(word)} - known
        return Speller(
            known,
            asked | {word for word in _words_in(guard, small_talk) if is_syllable(word)},
            lambda: learned(self._titles(catalogue)),
            kept=foreign,
            knows=index.knows,
            stock=lambda: self._stock(catalogue),
        )

    def _stock(self, catalogue: Catalogue) -> Wordstock:
        """The words of the sound documents, of names and of questions."""
        sound = (card.document.id for card in catalogue.cards if card.document.quality is not Quality.OCR)
        texts = (self.store.text_of(document) or "" for document in sound)
        names = (name for agency in catalogue.agencies for name in (agency.name, *agency.aliases))
        titles = (card.document.title or "" for card in catalogue.cards)
        asked = sorted({*_words_in(lexicon, guard, small_talk), *SHARED, *TYPED, *spellings(), *catalogue.names})
        places = (tuple((place.name or "").split()[:2]) for card in catalogue.cards for place in card.places)
        return Wordstock(chain(texts, names, titles), asked, {*_lexicon_pairs(), *(p for p in places if len(p) == 2)})

    def _titles(self, catalogue: Catalogue) -> Iterator[list[str]]:
        """The words of all titles: of documents, of tasks, of the bodies in their tables."""
        yield from (words(card.document.title or "") for card in catalogue.cards)
        yield from (words(task.title) for task in self.store.tasks())
        yield from (words(mention.name) for _, mention in catalogue.mentions)

    def _index(self, catalogue: Catalogue) -> WordIndex:
        if self._folder is None:
            return build_index(None, entries(self.store, catalogue))
        place = self._folder / f"words-{FORMAT}-{catalogue.revision}"
        index = open_index(place)
        if index is None or index.size == 0:
            index = build_index(place, entries(self.store, catalogue))
            self._forget_others(place)
        return index

    def rebuild_words(self) -> int:
        """Makes the word index of the present revision anew; gives how many entries it holds."""
        if self._folder is not None:
            for place in self._folder.glob("words-*"):
                shutil.rmtree(place, ignore_errors=True)
        self._shelf = None
        return self.shelf().index.size

    def _forget_others(self, keep: Path) -> None:
        for other in keep.parent.iterdir():
            if other != keep and _INDEX_NAME.match(other.name):
                shutil.rmtree(other, ignore_errors=True)


def entries(store: Store, catalogue: Catalogue) -> Iterator[Entry]:
    """What is indexed: each passage with its headings, each task row with the title of its section."""
    for passage in store.passages():
        damaged = catalogue.document(passage.document).quality is Quality.OCR
        yield Entry(
            key=f"{passage.document}\t{passage.ordinal}",
            document=passage.document,
            group=DEBRIS if passage.role == "debris" else PASSAGE,
            body=passage.text,
            heading=passage_heading(passage),
            damaged=damaged,
        )
    for task in store.tasks():
        key = f"{task.document}\t{task.ordinal}"
        yield Entry(key, task.document, TASK, task_body(task), task_heading(task))


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


def _known_words(index: WordIndex, catalogue: Catalogue) -> set[str]:
    known = set(index.vocabulary) | set(catalogue.names) | set(SHARED) | set(TYPED)
    known.update(
        word for agency in catalogue.agencies for name in (agency.name, *agency.aliases) for word in words(name)
    )
    known.update(_words_in(lexicon))
    known.update(word for word in _words_in(guard, small_talk) if is_syllable(word))
    return known


@cache
def _words_in(*modules: ModuleType) -> frozenset[str]:
    """The words of the patterns of some modules."""
    patterns = [pattern for module in modules for value in vars(module).values() for pattern in _patterns_in(value)]
    return frozenset(word for pattern in patterns for word in _LEXICON_WORD.findall(pattern.replace("\\w", " ")))


def _lexicon_pairs() -> set[tuple[str, str]]:
    """The words that stand side by side in the phrases of the lexicon."""
    values = (value for module in (lexicon, guard, small_talk) for value in vars(module).values())
    return {pair for value in values for pattern in _patterns_in(value) for pair in _LEXICON_PAIR.findall(pattern)}


def spellings() -> Iterator[str]:
    """The words of questions that the lexicons hold with their accents."""
    for forms in (lexicon.SPELLED_ASKED, *courtesies.FORMS.values(), *lexicon.TWO_FACED.values()):
        yield from forms.split()


def _patterns_in(value: object) -> Iterator[str]:
    if isinstance(value, re.Pattern):
        yield value.pattern
    elif isinstance(value, tuple):
        for item in value:
            yield from _patterns_in(item)
