"""The words of damaged lines: each with what it most likely was, folded, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.paragraphs import Line
from corpus.records import Span
from corpus.vietnamese import fold
from corpus.vocabulary import is_syllable, repaired

DATE, NUMBER = "#d", "#n"
_PIECE = re.compile(r"\|+|[^\s|]+")
_STRIPPED = re.compile(r"[^a-z0-9/]+")
_DATE = re.compile(r"^(?:(?:\d{1,2}/){1,2}20\d\d|20\d\d|\d{1,2}/\d{1,2})$")
_FIGURES = (str.maketrans("6014583", "oolasbe"), str.maketrans("6014583", "ooiasba"))
_EDGE_MARKS = ".,;:()[]“”\"'-–"
_SHORTEST_ABBREVIATION = 3
_LEAST_GLUED = 6  # letters of two words without the space between them


@dataclass(frozen=True)
class Word:
    """A word of a damaged line: as it stands, its key (folded and mended; "#d" a date, "#n" a number), its place.

    ``barred`` says that a bar of the table's frame stands before it in its line.
    """

    text: str
    key: str
    span: Span
    barred: bool
    line: int  # where its line starts

    @property
    def letters(self) -> str:
        """What stands there, folded, nothing mended."""
        return _STRIPPED.sub("", fold(self.text)).strip("/")

    @property
    def is_sign(self) -> bool:
        """Whether it is hardly a word at all: no syllable, no figures, signs or figures between its letters."""
        if self.key == DATE or self.key.isdigit() or is_syllable(self.key):
            return False
        return not self.text.strip(_EDGE_MARKS).isalpha() or len(self.letters) < _SHORTEST_ABBREVIATION

    @property
    def opens(self) -> bool:
        """Whether it looks like the first word of a cell: a capital, a figure, or with a dash or bracket before."""
        first = self.text[0]
        return not first.islower()


def words_of(line: Line) -> list[Word]:
    """The words of a line, without marks that are no words, and single figures among such marks."""
    found: list[Word] = []
    barred = stray = False
    for piece in _PIECE.finditer(line.raw):
        if piece[0].startswith("|"):
            barred, stray = True, False
            continue
        key = _key(piece[0])
        if not key or (len(key) == 1 and found and (stray or piece[0] != key)):
            stray = True
            continue
        span = Span(start=line.start + piece.start(), end=line.start + piece.end())
        found.append(Word(piece[0], key, span, barred, line.start))
        barred = stray = False
    return found


def _key(text: str) -> str:
    letters = _STRIPPED.sub("", fold(text)).strip("/")
    if not letters or (len(letters) == 1 and not letters.isdigit()):
        return ""
    if _DATE.match(letters):
        return DATE
    if letters.isdigit():
        return letters
    return next((read for read in _without_figures(letters) if is_syllable(read)), None) or repaired(letters)


def _without_figures(letters: str) -> Iterator[str]:
    """A word in which letters were read as figures, "16ng" for "long", as it may have been."""
    if len(letters) >= _SHORTEST_ABBREVIATION and not letters.isalpha() and "/" not in letters:
        yield from (letters.translate(figures) for figures in _FIGURES)


def chain_key(key: str) -> str:
    """A key as the columns' models count it: all numbers are one."""
    return NUMBER if key.isdigit() else key


def unglued(lines: Sequence[list[Word]], pairs: Mapping[str, Iterable[str]]) -> list[list[Word]]:
    """The words of lines, those parted that lost the space between them: "vanphong"; ``pairs`` are known neighbours."""
    return [[part for word in line for part in _parted(word, pairs)] for line in lines]


def _parted(word: Word, pairs: Mapping[str, Iterable[str]]) -> list[Word]:
    key = word.key
    if len(key) < _LEAST_GLUED or is_syllable(key) or not key.isalpha():
        return [word]
    for cut in range(2, len(key) - 1):
        left, right = repaired(key[:cut]), repaired(key[cut:])
        if right in pairs.get(left, ()):
            return _two(word, left, right)
    return [word]


def _two(word: Word, left: str, right: str) -> list[Word]:
    cut = word.span.start + len(word.text) * len(left) // (len(left) + len(right))
    middle = cut - word.span.start
    return [
        Word(word.text[:middle] or left, left, Span(start=word.span.start, end=cut), word.barred, word.line),
        Word(word.text[middle:] or right, right, Span(start=cut, end=word.span.end), barred=False, line=word.line),
    ]
