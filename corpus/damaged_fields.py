"""The fields of a damaged row: the words of its cells for the eye, and how certain each is.

A field is certain as far as it is what such a column says: a body that is known, a day that the calendar has, words
that the office writes. Nothing is made up: words that were not understood stand as they were read, and cost certainty.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from rapidfuzz import fuzz

from corpus.accents import Language, restored
from corpus.agencies import Agencies
from corpus.certainty import LEAST
from corpus.damaged_columns import END, START, Columns
from corpus.damaged_rows import RawRow
from corpus.damaged_search import NOISE
from corpus.damaged_terms import PHRASES
from corpus.damaged_words import DATE, Word, chain_key
from corpus.deadlines import read_deadline
from corpus.records import AgencyMention, Deadline, DeadlineKind
from corpus.vietnamese import fold
from corpus.vocabulary import is_syllable

_FLUENT = 0.02  # a word that follows another one so often at least is at its place
_UNUSUAL, _SYLLABLE = 0.7, 0.35  # what words are worth that are known but not at their place, that are only syllables
_ALIKE = 0.55  # two names that differ more than this are not compared
_WHOLE = 0.62  # as certain as that a whole cell is one name
_CLEAR = 0.12  # by how much a name must fit better than the next one
_SURE_NAME = 0.97
_USUAL_NAME = 3  # rows that name a body which is in no list
_LOST_PIECE = 4  # letters of signs at a cell's side by which a piece of it was lost
_LOST_SHARE = 0.5
_GUESS = 0.3
_DAY = re.compile(r"^(?:(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/)?(?P<year>20[2-4]\d)$")


@dataclass(frozen=True)
class Field:
    """The words of a field for the eye and how certain they are (0 to 1)."""

    text: str
    certainty: float


class Reader:
    """Reads the fields of the rows of one damaged table; ``rows`` tell it what is usual there."""

    def __init__(self, rows: Sequence[RawRow], columns: Columns, agencies: Agencies, language: Language) -> None:
        self._columns, self._agencies, self._language = columns, agencies, language
        self._usual = {role: _usual(rows, role) for role in ("leader", "lead", "coordinate")}
        self._leaders = [*PHRASES["leader"]]

    def words(self, row: RawRow, role: str) -> Field:
        """A title or product: certain as far as its words are known and at their place."""
        words = row.words(role)
        if not words:
            return Field("", 0.0)
        certainty = fmean(self._worth(role, before, word) for before, word in _with_before(words))
        return Field(self._restored(words), round(certainty, 2))

    def line(self, words: Sequence[Word]) -> str:
        """Words for the eye."""
        return self._restored(words)

    def leader(self, row: RawRow) -> Field:
        """The leader in charge, as one of the usual ones."""
        words = row.words("leader")
        key = _joined(words)
        found = _nearest(key, [fold(phrase) for phrase in self._leaders])
        if not words or found is None:
            return Field(self._restored(words), 0.0)
        place, certainty = found
        return Field(self._leaders[place], certainty)

    def bodies(self, row: RawRow, role: str) -> tuple[tuple[AgencyMention, ...], float]:
        """The bodies that a lead or coordinate cell names, and how certain they are; none where it is not understood."""
        words = row.words(role)
        if not words:
            return (), 0.0
        whole = self._whole(words, role)
        if whole[1] >= _WHOLE:
            return whole[0], round(whole[1], 2)
        mentions = self._agencies.split(self._restored(words))
        known = min((mention.score for mention in mentions), default=0.0) / 100 * _SURE_NAME
        known *= self._left_over(words, mentions)
        return (mentions, round(known, 2)) if known >= whole[1] else (whole[0], round(whole[1], 2))

    def _whole(self, words: Sequence[Word], role: str) -> tuple[tuple[AgencyMention, ...], float]:
        """The one known or usual name that a whole cell most resembles."""
        usual = [self._restored_keys(name) for name in self._usual[role]]
        names = [*usual, *(agency.name for agency in self._agencies if not agency.collective or role == "coordinate")]
        found = _nearest(_joined(words), [_letters(name) for name in names])
        return (self._agencies.split(names[found[0]]), found[1]) if found else ((), 0.0)

    def _left_over(self, words: Sequence[Word], mentions: Sequence[AgencyMention]) -> float:
        """The share (0 to 1) of a cell that its bodies hold."""
        held = sum(len(_letters(mention.text)) for mention in mentions if mention.score)
        return min(1.0, held / max(len(_joined(words)), 1))

    def deadline(self, row: RawRow, product: str, year: int | None) -> tuple[Deadline, float]:
        """A deadline with its certainty; unreadable where that is too little."""
        words = row.words("deadline")
        if not words:
            return Deadline(text="", kind=DeadlineKind.UNREADABLE), 0.0
        text = self._restored(words)
        found = read_deadline(text, product=product, year=year)
        certainty = fmean(self._worth("deadline", before, word) for before, word in _with_before(words))
        if found.kind is DeadlineKind.UNREADABLE or any(_is_broken(word) for word in words):
            certainty = min(certainty, _GUESS)
        if chain_key(words[-1].key) != DATE and self._columns.fluent("deadline", chain_key(words[-1].key), END) < _FLUENT:
            certainty = min(certainty, LEAST - 0.05)
        if _lost_beside(row, words):
            certainty *= _LOST_SHARE
        return found, round(certainty, 2)

    def _worth(self, role: str, before: str, word: Word) -> float:
        key = chain_key(word.key)
        if key == DATE:
            return 0.0 if _is_broken(word) else 1.0
        if self._columns.fluent(role, before, key) >= _FLUENT:
            return 1.0
        if self._language.knows(word.key) or word.key.isdigit():
            return 0.9 if role == "title" else _UNUSUAL
        return _SYLLABLE if is_syllable(word.key) else 0.0

    def _restored_keys(self, name: str) -> str:
        keys = name.split()
        return restored(self._language, keys, keys).capitalize()

    def _restored(self, words: Sequence[Word]) -> str:
        return restored(self._language, [word.key for word in words], [word.text for word in words])


def _usual(rows: Sequence[RawRow], role: str) -> Mapping[str, int]:
    counts = Counter(" ".join(word.key for word in row.words(role)) for row in rows)
    return {name: count for name, count in counts.items() if name and count >= _USUAL_NAME}


def _with_before(words: Sequence[Word]) -> Iterable[tuple[str, Word]]:
    return zip([START, *(chain_key(word.key) for word in words[:-1])], words, strict=True)


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.key for word in words)


def _letters(name: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", fold(name)))


def _nearest(key: str, names: Sequence[str]) -> tuple[int, float] | None:
    """The name that a key is most like, with how certainly it is that one and no other."""
    ratios = [fuzz.ratio(key, "".join(re.findall(r"[a-z0-9]+", name))) / 100 for name in names]
    order = sorted(range(len(names)), key=lambda i: -ratios[i])
    if not order or ratios[order[0]] < _ALIKE:
        return None
    best = ratios[order[0]]
    second = next((ratios[i] for i in order[1:] if names[i] != names[order[0]]), 0.0)
    doubt = max(0.0, _CLEAR - (best - second)) if best < 1.0 else 0.0
    return order[0], max(0.0, min(_SURE_NAME, best**2 - doubt))


def _is_broken(word: Word) -> bool:
    """Whether a word of figures is no day, month, year or small number."""
    if word.key == DATE:
        found = _DAY.match(word.letters)
        return found is None or not 1 <= int(found["month"] or 1) <= 12 or not 1 <= int(found["day"] or 1) <= 31
    return word.key.isdigit() and (len(word.key) > 2 or int(word.key) > 31)


def _lost_beside(row: RawRow, words: Sequence[Word]) -> bool:
    """Whether signs that are no words stand to the right of a row's lines, where its deadline should go on."""
    last = {}
    for role, word in row.dealt:
        last[word.span.end] = (role, word)
    dealt = [pair for _, pair in sorted(last.items())]
    for (role, word), following in zip(dealt, [*dealt[1:], None], strict=True):
        ends_line = following is None or following[1].span.start - word.span.end > 1
        if role == NOISE and ends_line and len(word.letters) >= _LOST_PIECE and not is_syllable(word.key):
            return True
    return False
