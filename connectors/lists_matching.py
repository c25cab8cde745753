"""Which task a row of a list means: by its code, else by document, section and number, else by its title."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from connectors.lists import RawRow
from corpus.progress import TaskKey
from corpus.records import Document, Record, Task
from corpus.tables import clean_number, section_label
from corpus.vietnamese import fold, squeeze, words

_ALIKE = 90.0  # of 100: titles so much alike are one, where no number says so
_FITTING = 65.0  # of 100: titles so much alike do not gainsay a number
_CLEARLY = 3.0  # points by which the best is better than the next
_OPENING = 40  # characters of a title that was cut off
_TELLING_WORDS = 8  # the rarest words of a title, by which others like it are found
_CANDIDATES = 40
_COMMON = 2000  # tasks: a word that so many hold tells little
_SHORT_NUMBER = re.compile(r"^\D*(\d{1,5})\D*$")
_SIGNED = re.compile(r"\d+\s*/\s*[\w-]+")


class Match(Record):
    """The task that a row means, or why none is known: "code_unknown", "not_in_plan", "ambiguous", "empty"."""

    task: TaskKey | None = None
    fault: str = ""


class Plans:
    """The tasks of the documents, ready to be found. Inside, a task is its place in the order of the plans."""

    def __init__(
        self, documents: Sequence[Document], tasks: Iterable[tuple[TaskKey, Task]], heading: Sequence[str] = ()
    ) -> None:
        self.tasks = dict(tasks)
        self._documents = documents
        self._keys = list(self.tasks)
        self._sections = [(task.section or "").casefold() for task in self.tasks.values()]
        self._titles = [plain(task.title) for task in self.tasks.values()]
        self._by_number: dict[str, dict[str, list[int]]] = defaultdict(dict)  # and by document
        self._by_title: dict[str, list[int]] = defaultdict(list)
        for i, task in enumerate(self.tasks.values()):
            self._by_number[_figure(task.number)].setdefault(task.document, []).append(i)
            self._by_title[self._titles[i]].append(i)
        self._by_word: dict[str, list[int]] | None = None
        self._named = lru_cache(maxsize=1024)(self._find_documents)
        told = [self._named(line) for line in heading if _SIGNED.search(line)]
        self._usual = frozenset().union(*told)  # the documents that the lines above a table name

    def documents_named(self, said: str) -> frozenset[str]:
        """The documents that words name by id, number or title."""
        return self._named(said) if said else frozenset()

    def match(self, row: RawRow) -> Match:
        """The task of a row."""
        cells = row.cells
        if code := cells.get("code"):
            return self._by_code(code, cells)
        title, number = plain(cells.get("title", "")), clean_number(cells.get("number", ""))
        if not title and not number:
            return Match(fault="empty")
        said = cells.get("document", "")
        documents = self.documents_named(said)
        if said and not documents:
            return Match(fault="not_in_plan")
        numbered = self._numbered(number, cells.get("section", ""), documents) if number else []
        return self._titled(title, numbered, documents) if title else self._one(numbered, title)

    def _by_code(self, code: str, cells: dict[str, str]) -> Match:
        document, _, name = code.partition("|")
        key = TaskKey(document=document.strip(), row=name.strip())
        if key in self.tasks:
            return Match(task=key)
        if "|" in code:
            return Match(fault="code_unknown")
        return self.match(RawRow(line=0, cells={role: told for role, told in cells.items() if role != "code"}))

    def _within(self, places: Iterable[int], documents: frozenset[str]) -> list[int]:
        return [i for i in places if not documents or self._keys[i].document in documents]

    def _numbered(self, number: str, section: str, documents: frozenset[str]) -> list[int]:
        held = self._by_number.get(_figure(number), {})
        found = [i for document in (documents & held.keys() if documents else held) for i in held[document]]
        wanted = _section(section)
        return [i for i in found if wanted and self._sections[i] == wanted] or found

    def _one(self, found: list[int], title: str) -> Match:
        """The one that is meant of several: the one in the document that the sheet's heading names, or whose title is
        clearly the most alike."""
        if len(found) > 1 and self._usual:
            found = self._within(found, self._usual) or found
        if len(found) == 1:
            return Match(task=self._keys[found[0]])
        if not found:
            return Match(fault="not_in_plan")
        scored = sorted(((fuzz.ratio(title, self._titles[i]), i) for i in found), reverse=True)
        clear = title and scored[0][0] >= _ALIKE and scored[0][0] - scored[1][0] >= _CLEARLY
        return Match(task=self._keys[scored[0][1]]) if clear else Match(fault="ambiguous")

    def _titled(self, title: str, numbered: list[int], documents: frozenset[str]) -> Match:
        """The task of a title: with the very words, else with words that fit and the number, else with words alike."""
        exact = self._within(self._by_title.get(title, ()), documents)
        if exact:
            return self._one(sorted(set(numbered) & set(exact)) or exact, title)
        near: list[int] | None = None
        if len(numbered) > _CANDIDATES:
            near = self._within(self._near(title), documents)
            numbered = sorted(set(numbered) & set(near))
        if fitting := [i for i in numbered if self._alike(title, i) >= _FITTING]:
            return self._one(fitting, title)
        near = self._within(self._near(title), documents) if near is None else near
        return self._one([i for i in near if self._alike(title, i) >= _ALIKE], title)

    def _alike(self, title: str, place: int) -> float:
        """How much a title is like a task's, of 100; one that was cut off in the list is it wholly."""
        if len(title) >= _OPENING and self._titles[place].startswith(title.rstrip(". ")):
            return 100.0
        return fuzz.ratio(title, self._titles[place])

    def _near(self, title: str) -> list[int]:
        """The tasks that share most of a title's rare words."""
        if self._by_word is None:
            self._by_word = defaultdict(list)
            for i, other in enumerate(self._titles):
                for word in set(other.split()):
                    self._by_word[word].append(i)
        held = sorted((len(self._by_word[w]), w) for w in set(title.split()) if w in self._by_word)
        counts: Counter[int] = Counter()
        for size, word in held[:_TELLING_WORDS]:
            if counts and size > _COMMON:
                break
            counts.update(self._by_word[word])
        return [i for i, _ in counts.most_common(_CANDIDATES)]

    def _find_documents(self, said: str) -> frozenset[str]:
        named = " ".join(words(said))
        signed = {_signature(part) for part in _SIGNED.findall(said)}
        for fits in (
            lambda d: d.id == said.strip() or (d.number and _signature(d.number) in signed),
            lambda d: d.number and (figure := _SHORT_NUMBER.match(fold(said))) and d.number.split("/")[0] == figure[1],
            lambda d: d.title and (plain(d.title) == named or fuzz.ratio(plain(d.title), named) >= _ALIKE),
        ):
            found = frozenset(document.id for document in self._documents if fits(document))
            if found:
                return found
        return frozenset()


@lru_cache(maxsize=65536)
def plain(title: str) -> str:
    """A title by which it is compared: its folded words."""
    return " ".join(words(squeeze(title)))


def _figure(number: str) -> str:
    """A number as it is compared: "01" is "1"."""
    return number.casefold().lstrip("0") or "0"


def _section(said: str) -> str:
    label = section_label(said)
    return (label.value if label else said.strip(" .)")).casefold()


def _signature(number: str) -> str:
    return re.sub(r"\s", "", fold(number))
