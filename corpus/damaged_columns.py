"""What the columns of a damaged table say, as chains of words learned from the table's own rows.

A column is a chain: how likely a word begins its cells, follows another one, ends them. The first chains come from
``corpus.damaged_terms``, the names of bodies and the office's clean documents; each reading of the table corrects them.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rapidfuzz.distance import Levenshtein

from corpus.agencies import Agencies
from corpus.damaged_terms import PHRASES
from corpus.damaged_words import DATE, chain_key
from corpus.vietnamese import fold
from corpus.vocabulary import is_syllable

START, END = "<", ">"
Chain = Sequence[str]

_KNOWN_WORDS = 3000  # what was never seen is shared among so many words
_WORTH, _WORTH_ELSE = {"title": 300.0}, 60.0  # how many words of the table the first idea of a column weighs
_UNSEEN, _UNSEEN_ELSE = {"title": 1500.0}, 30.0  # and how many what was never seen
_BACK_OFF = 0.7
_FREE = {"title": 0.5}  # the share of words that may follow any other one
_LEAST_SHARE, _STRONGEST_PAIR = 0.5, 5.0  # of a pair's count in the first idea
_USUAL, _BEGUN_ANEW = 0.25, -4.0  # a cell does not usually begin again after its usual end
_LONGEST, _TOO_LONG, _LEAST_ROWS = 1.5, -1.5, 5  # times the usual length; for each word more; rows that tell it
_RARE = math.log(0.15)  # a word less likely than this in its place may be another one misread
_MISREAD = math.log(0.2)  # for each letter that differs
_NO_SYLLABLE = -4.0  # a word that nobody can say is hardly the word that was meant
_LEAST_MET, _LETTERS_PER_ERROR = 1.0, 3
_LEAST_END = 1 / 30  # a cell may end after any word
_WORD = re.compile(r"#[dn]|[a-z0-9/]+")
_DATE_WORD = re.compile(r"^(?:(?:\d{1,2}/){1,2}\d{2,4}|20\d\d)$")


def chain_of(phrase: str) -> list[str]:
    """A phrase as the words of a chain, with its start and end."""
    found = [DATE if _DATE_WORD.match(word) else chain_key(word) for word in _WORD.findall(fold(phrase))]
    return [START, *found, END]


@dataclass(frozen=True)
class Counts:
    """How often words and pairs of neighbours were met in the cells of a column."""

    singles: Counter[str]
    pairs: Mapping[str, Counter[str]]
    longest: float = math.inf  # words that a cell has at most, as a rule


class Columns:
    """The chains of some columns, by role."""

    def __init__(self, counts: Mapping[str, Counts]) -> None:
        self._counts = counts
        self._totals = {role: sum(found.singles.values()) for role, found in counts.items()}
        self._seen = {r: {w: sum(c.values()) for w, c in found.pairs.items()} for r, found in counts.items()}
        self._known: dict[tuple[str, str, str], tuple[float, str]] = {}

    def after(self, role: str, before: str, word: str) -> float:
        """The logarithm of how likely a word follows another one in the cells of a column."""
        return self.read(role, before, word)[0]

    def read(self, role: str, before: str, word: str) -> tuple[float, str]:
        """The logarithm of how likely what was read as a word follows another one, and which word it then is.

        A word that differs in a letter or two from one that usually stands there may be that one misread.
        """
        key = (role, before, word)
        if key not in self._known:
            likely = self._likely(role, before, word)
            meant, best = word, likely
            odd = 0.0 if is_syllable(word) else _NO_SYLLABLE
            if role != "title" and word.isalnum() and not word.isdigit() and likely + odd < _RARE:
                meant, best = self._meant(role, before, word, likely + odd)
            self._known[key] = (best, meant)
        return self._known[key]

    def fluent(self, role: str, before: str, word: str) -> float:
        """How likely (0 to 1) a word follows another one, by what all other rows say."""
        seen = self._seen[role].get(before, 0.0) - 1
        return max(0.0, self._counts[role].pairs[before][word] - 1) / seen if seen > 0 else 0.0

    def _likely(self, role: str, before: str, word: str) -> float:
        seen = self._seen[role].get(before, 0.0)
        pair = self._counts[role].pairs[before][word] if seen else 0.0
        alone, share = self._alone(role, word), _FREE.get(role, 0.0)
        likely = share * alone + (1 - share) * (pair + _BACK_OFF * alone) / (seen + _BACK_OFF)
        found = math.log(max(likely, _LEAST_END) if word == END else likely)
        return found + (_BEGUN_ANEW if self._begins_anew(role, before, word) else 0.0)

    def _meant(self, role: str, before: str, word: str, likely: float) -> tuple[str, float]:
        """The usual word that one was most likely misread for, with how likely that is."""
        best = word, likely
        for other, count in self._counts[role].pairs.get(before, {}).items():
            if count < _LEAST_MET or not other.isalpha() or not is_syllable(other):
                continue
            errors = _errors(word, other)
            if 0 < errors * _LETTERS_PER_ERROR <= len(other):
                value = self._likely(role, before, other) + _MISREAD * errors
                best = (other, value) if value > best[1] else best
        return best

    def too_long(self, role: str, size: int) -> float:
        """What it costs (a logarithm) that a cell has so many words, far more than its column's others."""
        return _TOO_LONG * max(0.0, size - self._counts[role].longest)

    def _begins_anew(self, role: str, before: str, word: str) -> bool:
        """Whether cells of a column usually end with the one word and begin with the other."""
        if role == "title" or START in (before, word) or END in (before, word):
            return False
        return self._share(role, before, END) > _USUAL and self._share(role, START, word) > _USUAL

    def _share(self, role: str, before: str, word: str) -> float:
        seen = self._seen[role].get(before, 0.0)
        return self._counts[role].pairs[before][word] / seen if seen else 0.0

    def _alone(self, role: str, word: str) -> float:
        unseen = _UNSEEN.get(role, _UNSEEN_ELSE)
        return (self._counts[role].singles[word] + unseen / _KNOWN_WORDS) / (self._totals[role] + unseen)


def _errors(word: str, other: str) -> float:
    """In how many letters two words differ; a letter that was read as a figure is half an error."""
    return Levenshtein.distance(word, other) - sum(char.isdigit() for char in word) / 2


class Prior:
    """The first idea of all columns: usual phrases, the names of bodies, the words of clean documents."""

    def __init__(self, agencies: Agencies, prose: Iterable[str]) -> None:
        chains = {role: [chain_of(phrase) for phrase in found] for role, found in PHRASES.items()}
        bodies = [chain_of(name) for agency in agencies for name in (agency.name, *agency.aliases)]
        chains["lead"] += [*bodies, *chains["coordinate"]]
        chains["coordinate"] += bodies
        chains["title"] = [chain_of(sentence) for sentence in prose]
        self._own = {role: _counted(found) for role, found in chains.items()}

    def pairs(self) -> dict[str, set[str]]:
        """The words that follow each other in any column."""
        found: dict[str, set[str]] = defaultdict(set)
        for counts in self._own.values():
            for before, after in counts.pairs.items():
                found[before].update(after)
        return found

    def columns(self, roles: Sequence[str], learned: Mapping[str, Sequence[Chain]] | None = None) -> Columns:
        """The chains of some columns, with what a reading of the table has learned."""
        return Columns({role: self._counts(role, (learned or {}).get(role, ())) for role in roles})

    def _counts(self, role: str, learned: Sequence[Chain]) -> Counts:
        own = self._own[role]
        share = min(1.0, _WORTH.get(role, _WORTH_ELSE) / max(sum(own.singles.values()), 1))
        singles: Counter[str] = Counter({word: count * share for word, count in own.singles.items()})
        kept = max(share, _LEAST_SHARE)
        pairs: dict[str, Counter[str]] = defaultdict(Counter)
        for before, found in own.pairs.items():
            strengths = {word: min(count * kept, _STRONGEST_PAIR) for word, count in found.items()}
            pairs[before] = Counter(strengths)
        _add(learned, singles, pairs)
        return Counts(singles, pairs, _longest(role, learned))


def _longest(role: str, learned: Sequence[Chain]) -> float:
    if role == "title" or len(learned) < _LEAST_ROWS:
        return math.inf
    return _LONGEST * median(len(chain) - 2 for chain in learned)


def _counted(chains: Iterable[Chain]) -> Counts:
    singles: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    _add(chains, singles, pairs)
    return Counts(singles, pairs)


def _add(chains: Iterable[Chain], singles: Counter[str], pairs: dict[str, Counter[str]]) -> None:
    for chain in chains:
        singles.update(chain[1:])
        for before, word in pairwise(chain):
            pairs[before][word] += 1
