"""Names of agencies as keys: words in one spelling, exact and fuzzy look-up, places in a text.

A key is a name as folded words in one spelling, joined by spaces and without "và":
"Văn phòng Hội đồng nhân dân và Ủy ban nhân dân" and "VP HĐND-UBND" are both "van phong hdnd ubnd".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from corpus.records import Agency, AgencyLevel
from corpus.vietnamese import fold, nfc, words

THRESHOLD = 84.0
"""The least fuzzy score (0-100) that counts: tests/corpus/test_agencies.py shows the margins."""

_LONGEST_COUNTED = 30  # letters: a longer name may not hold more typing errors than one of this length
_SHORTEST_FUZZY = 7  # letters: "so y te"; a shorter key is too near to ordinary words
_MOST_FUZZY_STARTS = 64  # places of one text that are tried with typing errors
_WORD = re.compile(r"[^\W_]+")
_FAR_GAP = re.compile(r"[;:?!()\[\]|…]|\.\s*\n")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_LONGEST_SPELLING = 6  # words: "mặt trận tổ quốc Việt Nam"
_PLACES = frozenset((word,) for word in ("phuong", "xa", "khu", "pho", "tp", "tinh"))  # before a place's name
_VOWELS = frozenset("aeiouy")


class Token(NamedTuple):
    """A word in its one spelling, with the characters ``[start, end)`` it was read from."""

    text: str
    start: int
    end: int


class Entry(NamedTuple):
    """An agency that a key stands for; ``own`` says that the key is its canonical name."""

    agency: Agency
    own: bool


class Hit(NamedTuple):
    """A name in a text: the characters ``[start, end)``, the agency, the score, and if it is exact."""

    start: int
    end: int
    agency: Agency
    score: float


def score(key: str, other: str) -> float:
    """How alike two keys are, 0-100: each dropped, added, changed or swapped letter costs its share.

    Names are not alike at all (0) where words that correspond are different words, however long the
    names: "... hành chính công phường" and "... hành chính công Thành phố".
    """
    if not _same_words(key.split(" "), other.split(" ")):
        return 0.0
    counted = min(max(len(key), len(other), 1), _LONGEST_COUNTED)
    return max(0.0, 100.0 * (1 - OSA.distance(key, other) / counted))


def _same_words(left: list[str], right: list[str]) -> bool:
    """If the words of two keys correspond, but for errors of typing and one space left out or put in."""
    if len(left) == len(right):
        return all(map(_same_word, left, right))
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) > 1:
        return False
    return any(
        OSA.distance(short[i], long[i] + long[i + 1]) <= 1
        and all(map(_same_word, short[:i] + short[i + 1 :], long[:i] + long[i + 2 :]))
        for i in range(len(short))
    )


def _same_word(one: str, other: str) -> bool:
    """If two words differ by typing only: one error, two from five letters on.

    Below four letters none may be replaced ("so", "bo"), but by a digit: a scan has "X3 hoi" for "Xã hội".
    """
    if one == other:
        return True
    longest = max(len(one), len(other))
    errors = OSA.distance(one, other, score_cutoff=2)
    if longest < 4:
        moved = len(one) != len(other) or sorted(one) == sorted(other)
        return errors == 1 and (moved or not (one + other).isalpha())
    return errors <= (1 if longest < 5 else 2)


class Words:
    """Keys of one number of words, to find those that correspond to a text word by word.

    Word by word, for there may be thousands that differ in the last words alone ("Trường Tiểu học ...").
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._tree: dict[str, Any] = {}

    def add(self, parts: list[str]) -> None:
        """Adds a key by its words."""
        node = self._tree
        for part in parts[:-1]:
            node = node.setdefault(part, {})
        node[parts[-1]] = " ".join(parts)
        self._keys.append(node[parts[-1]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def alike(self, parts: list[str]) -> list[str]:
        """The keys whose words are, each at its place, the same as these but for errors of typing."""
        nodes: list[Any] = [self._tree]
        for part in parts:
            nodes = [node[word] for node in nodes for word in node if word == part or _same_word(word, part)]
        return nodes


@lru_cache(maxsize=65536)
def _has_vowel(word: str) -> bool:
    return not _VOWELS.isdisjoint(word)


@lru_cache(maxsize=4096)
def _first_word_of(first: str) -> tuple[str, str] | None:
    word = _WORD.search(nfc(first))
    return (fold(word[0]), _toneless(word[0])) if word else None


def _first_word(name: str) -> tuple[str, str] | None:
    """The first word of a name, folded and without its tone."""
    return next(filter(None, map(_first_word_of, name.split())), None)


class Lexicon(NamedTuple):
    """Word lists of the data file, folded to tuples of words."""

    spellings: dict[tuple[str, ...], tuple[str, ...]]
    heads: frozenset[tuple[str, ...]]
    plurals: frozenset[tuple[str, ...]]
    generics: frozenset[tuple[str, ...]]
    qualifiers: frozenset[tuple[str, ...]]
    written: frozenset[str]


def begins(tokens: list[str], phrases: frozenset[tuple[str, ...]]) -> int:
    """How many of the words at the start of ``tokens`` are one of the phrases (the longest); 0 for none."""
    for size in range(min(4, len(tokens)), 0, -1):
        if tuple(tokens[:size]) in phrases:
            return size
    return 0


def _toneless(word: str) -> str:
    """Lower case without the five tone marks: "sỡ" and "Sở" are alike, "số" is another word."""
    marks = unicodedata.normalize("NFD", word.lower())
    return nfc("".join(char for char in marks if char not in _TONES))


class Names:
    """An index of the names and aliases of agencies, earlier agencies first."""

    def __init__(self, agencies: Iterable[Agency], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.entries: dict[str, tuple[Entry, ...]] = {}
        self._prefixes: set[str] = set()
        self._heads: set[str] = set()
        self._written: dict[str, set[str]] = {}
        for phrase in lexicon.written:
            self._note_head(phrase)
        self._spelling_heads = {phrase[0] for phrase in lexicon.spellings}
        self._abbreviated = {word for short in lexicon.spellings.values() for word in short}
        for agency in agencies:
            self._heads.add(self._add(agency.name, Entry(agency, own=True)).split(" ")[0])
            for alias in agency.aliases:
                key = self._add(alias, Entry(agency, own=False))
                if alias.isupper() and key[:1] == "s" and self.key(agency.name).startswith("so "):
                    self._add_key(f"so {key[1:]}", Entry(agency, own=False))  # "SNV" is also typed "sở NV"
        self._fuzzy = self._fuzzy_table()
        self._longest = max(map(len, self.entries), default=0)
        self._typed_heads = self._typed_head_table()

    def _add(self, name: str, entry: Entry) -> str:
        """Notes a name; gives its key."""
        self._note_head(name)
        key = self.key(name)
        self._add_key(key, entry)
        if "&" in name:
            self._add_key(self.key(name.replace("&", "")), entry)
        if key.startswith("phong "):
            self._add_key(key.replace("phong", "p", 1), entry._replace(own=False))
        return key

    def _add_key(self, key: str, entry: Entry) -> None:
        if not key:
            return
        known = self.entries.get(key, ())
        if all(old.agency.id != entry.agency.id for old in known):
            self.entries[key] = (*known, entry)
        parts = key.split(" ")
        self._prefixes.update(" ".join(parts[:size]) for size in range(1, len(parts) + 1))

    def _note_head(self, name: str) -> None:
        if first := _first_word(name):
            self._written.setdefault(first[0], set()).add(first[1])

    def _fuzzy_table(self) -> dict[str, dict[int, Words]]:
        """Keys that may be written with errors: by first word, then by number of words."""
        table: dict[str, dict[int, Words]] = {}
        for key in self.entries:
            parts = key.split(" ")
            if len(key) >= _SHORTEST_FUZZY and parts[0] in self._heads and self._spelled_out(parts):
                table.setdefault(parts[0], {}).setdefault(len(parts), Words()).add(parts)
        return table

    def _typed_head_table(self) -> dict[str, list[str]]:
        """What may be typed for the first word of a key, with errors or without, and the words meant."""
        table: dict[str, list[str]] = {head: [head] for head in self._fuzzy}
        for head in self._fuzzy:
            for form in _misspelled(head) - self._heads:
                table.setdefault(form, []).append(head)
        return table

    def _spelled_out(self, parts: list[str]) -> bool:
        return all(part in self._abbreviated or _has_vowel(part) for part in parts)

    def tokens(self, folded: str) -> list[Token]:
        """The words of a folded text in their one spelling, without "và"."""
        found = [Token(m[0], m.start(), m.end()) for m in _WORD.finditer(folded)]
        plain = [token.text for token in found]
        result: list[Token] = []
        at = 0
        while at < len(found):
            size = self._spelling_at(plain, at)
            if not size:
                if plain[at] != "va":
                    result.append(found[at])
                at += 1
                continue
            start, end = found[at].start, found[at + size - 1].end
            spelled = self.lexicon.spellings[tuple(plain[at : at + size])]
            result.extend(Token(word, start, end) for word in spelled)
            at += size
        return result

    def _spelling_at(self, plain: list[str], at: int) -> int:
        if plain[at] not in self._spelling_heads:
            return 0
        sizes = range(min(_LONGEST_SPELLING, len(plain) - at), 0, -1)
        return next((size for size in sizes if tuple(plain[at : at + size]) in self.lexicon.spellings), 0)

    def key(self, name: str) -> str:
        """The key of a name or phrase."""
        folded = fold(name)
        plain = _WORD.findall(folded)
        if self._spelling_heads.isdisjoint(plain):
            return " ".join(word for word in plain if word != "va")
        return " ".join(token.text for token in self.tokens(folded))

    def lookup(self, key: str, level: AgencyLevel | None = None) -> Entry | None:
        """The first agency (of the level, if one is given) with this name or alias."""
        for entry in self.entries.get(key, ()):
            if level is None or entry.agency.level == level:
                return entry
        return None

    def nearest(self, key: str, level: AgencyLevel | None = None) -> tuple[Entry, float] | None:
        """The agency whose key is most alike at or above the threshold; None if two are equally alike."""
        if not _SHORTEST_FUZZY - 1 <= len(key) <= self._longest + 6:
            return None
        head = key.split(" ")[0]
        groups = [self._fuzzy.get(head, {})] if head in self._heads else self._fuzzy.values()
        return self._best(key, (near for group in groups for keys in group.values() for near in keys), level)

    def _best(self, key: str, candidates: Iterable[str], level: AgencyLevel | None) -> tuple[Entry, float] | None:
        best: tuple[Entry, float] | None = None
        tied = False
        for candidate in candidates:
            entry, value = self.lookup(candidate, level), score(key, candidate)
            if entry is None or value < max(THRESHOLD, best[1] if best else 0.0):
                continue
            if best is None or value > best[1]:
                best, tied = (entry, value), False
            elif best[0].agency.id != entry.agency.id:
                tied = True
        return None if tied else best

    def scan(self, folded: str, original: str | None = None) -> Iterator[Hit]:
        """Names in a folded text, left to right, the longest at each place, none overlapping.

        ``original`` (as long as ``folded``) rules out words whose accents make them others: "số nội
        vụ" is no "sở". Words in between may only be joined by spaces, commas, hyphens, "và" and such.
        """
        tokens = self.tokens(folded)
        at, tried = 0, 0
        while at < len(tokens):
            head = tokens[at].text
            size, hit = 0, None
            if (head in self._typed_heads or head in self._prefixes) and self._may_open(tokens[at], original):
                size, hit = self._exact_at(folded, tokens, at)
                if head in self._typed_heads and tried < _MOST_FUZZY_STARTS:
                    tried += 1
                    size, hit = self._fuzzy_at(folded, tokens, at, size) or (size, hit)
            if hit is None:
                at += 1
                continue
            yield hit
            at += size

    def _may_open(self, token: Token, original: str | None) -> bool:
        if original is None:
            return True
        first = _WORD.match(original, token.start)
        if first is None or first[0].isascii():
            return True
        written = self._written.get(fold(first[0]))
        return written is None or _toneless(first[0]) in written

    def _exact_at(self, folded: str, tokens: list[Token], at: int) -> tuple[int, Hit | None]:
        best, size = None, 0
        key = ""
        for index in range(at, len(tokens)):
            if index > at and not _joined(folded, tokens[index - 1], tokens[index]):
                break
            key = f"{key} {tokens[index].text}" if key else tokens[index].text
            if key not in self._prefixes:
                break
            if entry := self.lookup(key):
                size = index - at + 1
                best = Hit(tokens[at].start, tokens[index].end, entry.agency, 100.0)
        return size, best

    def _fuzzy_at(self, folded: str, tokens: list[Token], at: int, size: int) -> tuple[int, Hit] | None:
        """The longest name, of more than ``size`` words, that is written here with errors of typing."""
        best: tuple[int, Hit] | None = None
        for head in self._typed_heads[tokens[at].text]:
            for length, keys in self._fuzzy[head].items():
                if length <= size or at + length > len(tokens):
                    continue
                window = tokens[at : at + length]
                alike = keys.alike([token.text for token in window])
                near = self._window(folded, window, self._extending(alike, window, size))
                if near and (best is None or (length, near.score) > (best[0], best[1].score)):
                    best = length, near
        return best

    def _extending(self, keys: list[str], window: list[Token], size: int) -> list[str]:
        """Keys for a window that goes on after a known name of ``size`` words: a word there that opens names
        may open the next one ("Phòng" after "UBND"), and is no error for another ("phường")."""
        opening = [i for i in range(size, len(window)) if size and window[i].text in self._heads]
        if not opening:
            return keys
        return [key for key in keys if all(key.split(" ")[i] == window[i].text for i in opening)]

    def _window(self, folded: str, window: list[Token], keys: list[str]) -> Hit | None:
        near = self._best(" ".join(token.text for token in window), keys, None)
        if near and all(_joined(folded, *pair) for pair in pairwise(window)):
            return Hit(window[0].start, window[-1].end, near[0].agency, round(near[1], 1))
        return None

    def qualified(self, name: str, tail: str) -> bool:
        """If the words after a known name leave it that body: a place, "chủ trì", "(...)" and such."""
        if begins(words(name)[-1:], _PLACES) or tail.lstrip()[:1] == "(":
            return True
        return begins(words(tail), self.lexicon.qualifiers) > 0


def _misspelled(head: str) -> set[str]:
    """One-error spellings of a head word that are safe to look for in running text."""
    doubled = {head[:i] + char + head[i:] for i, char in enumerate(head)}
    if len(head) < 4:
        return doubled
    dropped = {head[:i] + head[i + 1 :] for i in range(1, len(head))}
    swapped = {head[:i] + head[i + 1] + head[i] + head[i + 2 :] for i in range(len(head) - 1)}
    return doubled | dropped | swapped


def _joined(folded: str, left: Token, right: Token) -> bool:
    """If two neighbouring words may belong to one name. A full stop only follows "P." and such."""
    gap = folded[left.end : right.start]
    if gap in (" ", ""):
        return True
    if len(gap) > 8 or _FAR_GAP.search(gap):
        return False
    return ". " not in gap or left.end - left.start <= 3
