"""The fields of a damaged row: the words of its cells for the eye, and how certain each is.

A field is certain as far as it is what such a column says: a body that is known, a day that the calendar has, words
that the office writes. Nothing is made up: words that were not understood stand as they were read, and cost certainty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from rapidfuzz import fuzz

from corpus.accents import Language, restored
from corpus.agencies import Agencies
from corpus.certainty import LEAST
from corpus.damaged_columns import END, START, Columns, chain_of
from corpus.damaged_rows import RawRow
from corpus.damaged_search import NOISE
from corpus.damaged_terms import PHRASES
from corpus.damaged_words import DATE, Word, chain_key
from corpus.deadlines import read_deadline
from corpus.records import AgencyMention, Deadline, DeadlineKind
from corpus.vietnamese import fold
from corpus.vocabulary import is_syllable

_FLUENT = 0.015  # a word that follows another one so often at least is at its place
_UNUSUAL, _SYLLABLE = 0.7, 0.35  # what words are worth that are known but not at their place, that are only syllables
_DISFLUENT = 0.9  # for each word of a deadline that is not at its place
_NEARLY = 0.9  # how like a deadline is to the usual one that it most likely is
_OTHER_PRODUCT = 0.55  # what is left of a product's certainty that is no usual one
_WHOLE_TITLE = 7  # a title is certain only where nearly all its words are: the power of their mean certainty
_BEHEADED = 0.5  # what is left of the certainty of a cell that begins with a small letter: words before it are lost
_POINT = 4  # words of a point of a deadline that has several
_LITTLE = 0.2  # share of a deadline's words
_ASTRAY = 0.6  # what is left of a body's certainty where a word of its column stands in another cell
_ALIKE = 0.55  # two names that differ more than this are not compared
_WHOLE = 0.62  # as certain as that a whole cell is one name
_CLEAR = 0.12  # by how much a name must fit better than the next one
_SURE_NAME = 0.97
_USUAL_BONUS = 0.06  # how much liker a cell is held to be to a name that rows of its table often have
_SHORTEST_NAME = 5  # letters
_USUAL_NAME = 3  # rows that name a body which is in no list
_LOST_PIECE = 4  # letters of signs at a cell's side by which a piece of it was lost
_LOST_SHARE = 0.5
_GUESS = 0.3
_PERIODS = frozenset({"ngay", "thang", "quy", "nam"})
_NAMED = _PERIODS | {"dot", "ky", "tu", "den"}  # words before a figure of a deadline
_COUNTED = frozenset({"ngay", "thang", "nam", "quy", "tuan", "lan", "gio", "phut"})  # and after one
_NO_BODIES = ("title", "product", "deadline", "leader")
_FROM, _JOINING = "tu", frozenset({"den", "va", "hoac"})
_PHRASED = frozenset(pair for phrase in PHRASES["deadline"] for pair in pairwise(chain_of(phrase)))
_YEARS = re.compile(r"\b(20\d\d) (20\d\d)\b")  # a dash between two years is lost with the signs
_DAY = re.compile(r"^(?:(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/)?(?P<year>20[2-4]\d)$")


@dataclass(frozen=True)
class Field:
    """The words of a field for the eye and how certain they are (0 to 1)."""

    text: str
    certainty: float


@dataclass(frozen=True)
class _Name:
    """A name in folded letters and for the eye, and whose it is; ``usual`` says that rows of the table have it."""

    letters: str
    text: str
    owner: str
    usual: bool


class Reader:
    """Reads the fields of the rows of one damaged table; ``rows`` tell it what is usual there."""

    def __init__(self, rows: Sequence[RawRow], columns: Columns, agencies: Agencies, language: Language) -> None:
        self._columns, self._agencies, self._language = columns, agencies, language
        self._names = {role: self._known_names(rows, role) for role in ("lead", "coordinate")}
        said = {_joined(words): words for row in rows if (words := _without_strays(row.words("deadline")))}
        self._deadlines = [said[key] for name in _usual(rows, "deadline") if (key := name.replace(" ", "")) in said]
        self._deadlines = [words for words in self._deadlines if all(word.key != DATE for word in words)]
        self._products = {_letters(phrase) for phrase in PHRASES["product"]}
        self._products |= {_letters(name) for name in _usual(rows, "product")}
        self._leaders = [_Name(_letters(phrase), phrase, phrase, usual=False) for phrase in PHRASES["leader"]]

    def words(self, row: RawRow, role: str) -> Field:
        """A title or product: certain as far as its words are known and at their place."""
        words = row.words(role)
        if not words:
            return Field("", 0.0)
        certainty = fmean(self._worth(role, before, word) for before, word in _with_before(words))
        certainty *= 1 - len(row.words(NOISE)) / len(row.dealt)
        if not words[0].opens:
            certainty *= _BEHEADED
        if role == "title":
            certainty **= _WHOLE_TITLE
        elif _joined(words) not in self._products:
            certainty *= _OTHER_PRODUCT * self._usual_edges(role, words)
        return Field(self._restored(words), round(certainty, 2))

    def _usual_edges(self, role: str, words: Sequence[Word]) -> float:
        """What is left of the certainty of a short cell that does not begin and end as others of its column do."""
        begins = self._columns.fluent(role, START, chain_key(words[0].key)) >= _FLUENT
        ends = self._columns.fluent(role, chain_key(words[-1].key), END) >= _FLUENT
        return _UNUSUAL ** (2 - begins - ends)

    def line(self, words: Sequence[Word]) -> str:
        """Words for the eye."""
        return self._restored(words)

    def leader(self, row: RawRow) -> Field:
        """The leader in charge, as one of the usual ones."""
        words = row.words("leader")
        found = _nearest(_joined(words), self._leaders)
        return Field(found[0], round(found[1], 2)) if words and found else Field(self._restored(words), 0.0)

    def bodies(self, row: RawRow, role: str) -> tuple[tuple[AgencyMention, ...], float]:
        """The bodies that a lead or coordinate cell names, none where not understood, and how certain they are."""
        words = row.words(role)
        if not words:
            return (), 0.0
        worth = _ASTRAY if self._has_strayed(row, role) else 1.0
        whole = self._whole(words, role)
        mentions = self._agencies.split(self._restored(words))
        known = min((self._known_as(mention, role) for mention in mentions), default=0.0)
        if whole[1] >= max(_WHOLE, known):
            return whole[0], round(whole[1] * worth, 2)
        return mentions, round(known * worth, 2)

    def _has_strayed(self, row: RawRow, role: str) -> bool:
        """Whether a word that ends cells of a column, and that no clean text has, stands in no cell of bodies."""
        return any(
            not self._language.knows(word.key) and self._columns.fluent(role, word.key, END) >= _FLUENT
            for other in (*_NO_BODIES, NOISE)
            for word in row.words(other)
            if word.key.isalpha()
        )

    def _known_as(self, mention: AgencyMention, role: str) -> float:
        """How certain it is that one of several bodies of a cell is the one that its words are most like."""
        found = _nearest(_letters(mention.text), self._names[role])
        return found[1] if found else 0.0

    def _whole(self, words: Sequence[Word], role: str) -> tuple[tuple[AgencyMention, ...], float]:
        """The one known or usual name that a whole cell most resembles."""
        found = _nearest(_joined(words), self._names[role])
        return (self._agencies.split(found[0]), found[1]) if found else ((), 0.0)

    def _known_names(self, rows: Sequence[RawRow], role: str) -> list[_Name]:
        """The names of bodies, more likely where rows of the table have them, and usual ones that no list has."""
        cells = [_joined(row.words(role)) for row in rows]
        known = [
            _Name(_letters(name), name, agency.id, cells.count(_letters(name)) >= _USUAL_NAME)
            for agency in self._agencies
            for name in (agency.name, *agency.aliases)
            if len(_letters(name)) >= _SHORTEST_NAME
        ]
        opening = {fold(name.text).split()[0] for name in known}
        usual = [
            name
            for name in _usual(rows, role)
            if name.split()[0] in opening and (_nearest(_letters(name), known) or ("", 0.0))[1] < _WHOLE
        ]
        return [*(_Name(_letters(name), self._restored_keys(name), name, usual=True) for name in usual), *known]

    def deadline(self, row: RawRow, product: str, year: int | None) -> tuple[Deadline, float]:
        """A deadline with its certainty; unreadable where that is too little."""
        words: Sequence[Word] = _without_strays(row.words("deadline"))
        if not words:
            words = row.words("deadline")
            text = " ".join(word.text for word in words)
            return Deadline(text=text, kind=DeadlineKind.UNREADABLE), _GUESS if words else 0.0
        strays = len(row.words("deadline")) - len(words)
        words, alike = self._usual_deadline(words)
        found = read_deadline(self._restored(words), product=product, year=year)
        worth = [self._worth("deadline", before, word) for before, word in _with_before(words)]
        certainty = fmean(worth) * _DISFLUENT ** sum(value < 1.0 for value in worth)
        certainty *= alike * _DISFLUENT**strays
        if found.kind is DeadlineKind.UNREADABLE or any(_is_broken(word) for word in words):
            certainty = min(certainty, _GUESS)
        whole = found.kind in (DeadlineKind.RECURRING, DeadlineKind.ONGOING) or chain_key(words[-1].key) == DATE
        if not whole and self._columns.fluent("deadline", chain_key(words[-1].key), END) < _FLUENT:
            certainty = min(certainty, LEAST - 0.05)
        if found.kind is DeadlineKind.ONGOING and not _is_usual(words):
            certainty = min(certainty, _GUESS)
        if self._repeats(words) or _lacks_between(words) or self._is_glued(words):
            certainty = min(certainty, _GUESS)
        if _lost_beside(row):
            certainty *= _LOST_SHARE
        return found, round(certainty, 2)

    def _usual_deadline(self, words: Sequence[Word]) -> tuple[Sequence[Word], float]:
        """The words that most rows have in place of nearly the same ones, and how sure that is; never those of days."""
        if any(word.key == DATE for word in words):
            return words, 1.0
        alike = [(fuzz.ratio(_joined(words), _joined(usual)) / 100, usual) for usual in self._deadlines]
        best, usual = max(alike, key=lambda pair: pair[0], default=(0.0, words))
        return (usual, best) if _NEARLY <= best < 1.0 else (words, 1.0)

    def _repeats(self, words: Sequence[Word]) -> bool:
        """Whether a cell says its beginning again where cells do not go on so: the cells of two rows taken for one."""
        keys = [chain_key(word.key) for word in words]
        half = len(keys) // 2
        if half and keys == keys[:half] * 2:
            return True
        again = (i for i, key in enumerate(keys) if i and key == keys[0])
        return any(self._columns.fluent("deadline", keys[i - 1], keys[i]) < _FLUENT for i in again)

    def _is_glued(self, words: Sequence[Word]) -> bool:
        """Whether what is a whole cell, or begins as one, stands beside words that never stand there.

        Two whole cells of some length may be two points of one; a word or two beside a long cell change nothing.
        """
        keys = [chain_key(word.key) for word in words]
        for place, (before, key) in enumerate(pairwise(keys), start=1):
            if key in _JOINING or self._columns.fluent("deadline", before, key) >= _FLUENT:
                continue
            ends = self._columns.fluent("deadline", before, END) >= _FLUENT
            begins = self._columns.fluent("deadline", START, key) >= _FLUENT
            beside = min(place, len(keys) - place) if ends and begins else len(keys) - place if ends else place
            if (ends and begins and beside < _POINT) or (ends != begins and beside > _LITTLE * len(keys)):
                return True
        return False

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
        text = restored(self._language, [word.key for word in words], [word.text for word in words])
        return _YEARS.sub(r"\1 - \2", text)


def _usual(rows: Sequence[RawRow], role: str) -> Mapping[str, int]:
    counts = Counter(" ".join(word.key for word in row.words(role)) for row in rows)
    return {name: count for name, count in counts.items() if name and count >= _USUAL_NAME}


def _with_before(words: Sequence[Word]) -> Iterable[tuple[str, Word]]:
    return zip([START, *(chain_key(word.key) for word in words[:-1])], words, strict=True)


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.key for word in words)


def _letters(name: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", fold(name)))


def _nearest(key: str, names: Sequence[_Name]) -> tuple[str, float] | None:
    """The name that a key is most like, with how certainly it is that one's and no other's."""
    if not names:
        return None
    alike = [(fuzz.ratio(key, name.letters) / 100 + _USUAL_BONUS * name.usual, name) for name in names]
    best, chosen = max(alike, key=lambda pair: pair[0])
    if best < _ALIKE:
        return None
    second = max((value for value, name in alike if name.owner != chosen.owner), default=0.0)
    doubt = max(0.0, _CLEAR - (best - second)) if key != chosen.letters else 0.0
    return chosen.text, max(0.0, min(_SURE_NAME, min(1.0, best) ** 2 - doubt))


def _is_broken(word: Word) -> bool:
    """Whether a word of figures is no day, month, year or small number."""
    if word.key == DATE:
        found = _DAY.match(word.letters)
        return found is None or not 1 <= int(found["month"] or 1) <= 12 or not 1 <= int(found["day"] or 1) <= 31
    return word.key.isdigit() and (len(word.key) > 2 or int(word.key) > 31)


def _without_strays(words: Sequence[Word]) -> list[Word]:
    """The words of a deadline without figures that count nothing and name no day: signs misread."""
    befores, afters = ["", *(word.key for word in words)], [*(word.key for word in words[1:]), ""]
    held = zip(words, befores, afters, strict=False)
    return [
        w
        for w, before, after in held
        if not w.key.isdigit() or before in _NAMED or (after in _COUNTED and not _is_broken(w))
    ]


def _lacks_between(words: Sequence[Word]) -> bool:
    """Whether words were lost: the same word twice, two days side by side that are no range, only where one begins."""
    if words[0].key == _FROM and sum(word.key == DATE for word in words) == 1:
        return True
    for left, right, after in zip(words, words[1:], [*words[2:], None], strict=False):
        if left.key != DATE:
            if left.key == right.key:
                return True
        elif right.key == DATE:
            if not _is_range(left.letters, right.letters):
                return True
        elif right.key in _PERIODS and after is not None and after.key == DATE:
            return True
    return False


def _is_usual(words: Sequence[Word]) -> bool:
    """Whether each word follows the one before it in a usual phrase, for what rows repeat may be the same error."""
    keys = [chain_key(word.key) for word in words]
    return all(pair in _PHRASED or pair[1] in _JOINING or DATE in pair for pair in pairwise(keys))


def _is_range(first: str, last: str) -> bool:
    return first.isdigit() and last.isdigit() and first < last


def _lost_beside(row: RawRow) -> bool:
    """Whether signs that are no words end a line to the right of the bodies, where its deadline should stand."""
    place = {word.span.start: (role, word) for role, word in row.dealt}
    dealt = [place[start] for start in sorted(place)]
    beside = False
    for (role, word), following in zip(dealt, [*dealt[1:], None], strict=True):
        ends_line = following is None or following[1].line != word.line
        if role == NOISE and beside and ends_line and len(word.letters) >= _LOST_PIECE and word.is_sign:
            return True
        beside = not ends_line and (beside or role in ("lead", "coordinate"))
    return False
