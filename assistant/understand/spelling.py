"""Mends typing errors in a question against the words that the documents and the lexicon hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache, cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from assistant.understand.courtesies import OTHERS
from assistant.understand.mending import Mender
from assistant.understand.wordstock import Wordstock
from corpus.abbreviations import SHARED, TYPED
from corpus.vocabulary import is_syllable

_TELEX_DOUBLES = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"))
_TELEX_TONE = re.compile(r"[sfrxj](?=[a-z]?$)|(?<=[aeiouy])[sfrxjw](?=[a-z]{0,2}$)")
_DOUBLED = re.compile(r"([aeiouy])\1+")
_VNI = re.compile(r"(?<=[a-z])[1-9]")
_ROMAN_LETTERS = frozenset("ivxlc")
_MIN_FUZZY = 4
_MAX_WORDS = 5
_REMEMBERED = 64  # questions: one is read several times on its way


class Speller:
    """Knows the folded words of the corpus and of the lexicon; ``asked`` are those of the lexicon alone.

    ``learn`` gives the words that an abbreviation of the corpus stands for.
    ``kept`` words stay as they are typed, but no other word is mended into one of them.
    ``knows`` says whether the documents hold a folded word or pair of words ("chi_dao"). ``stock`` makes the
    stock of words for mending whole questions; it is called when the first doubtful word is met.
    """

    def __init__(
        self,
        known: Iterable[str],
        asked: Iterable[str] = (),
        learn: Callable[[str], tuple[str, ...] | None] = lambda _word: None,
        kept: Iterable[str] = (),
        knows: Callable[[str], bool] = lambda _term: False,
        stock: Callable[[], Wordstock] | None = None,
    ) -> None:
        self.knows = knows
        self._make_stock = stock
        asked = list(asked)
        self._words_asked = frozenset(asked)
        self._full = learn
        self._kept = frozenset(kept)
        self._known = frozenset(known) | self._kept
        self._asked = sorted(word for word in asked if len(word) >= _MIN_FUZZY + 1)

    @cached_property
    def _long_words(self) -> list[str]:
        return sorted(word for word in self._known - self._kept if len(word) >= _MIN_FUZZY - 1 and word.isalpha())

    @cached_property
    def meant(self) -> Callable[[str], tuple[str, tuple[tuple[str, str], ...]]]:
        """Gives for a whole question what was meant, and its words that were mended as pairs (typed, meant)."""
        make = self._make_stock
        if make is None:
            return lambda text: (text, ())
        mender = Mender(cache(make), self.is_word, self._known.__contains__)
        return lru_cache(maxsize=_REMEMBERED)(mender.mended)

    def is_word(self, word: str) -> bool:
        """Whether a folded word stays as it is: a word of questions, an abbreviation, English."""
        return word in self._words_asked or word in SHARED or word in TYPED or word in OTHERS

    def mend(self, word: str) -> tuple[str, ...]:
        """The word itself where it is known or could be a syllable; else what was most likely meant."""
        if word.isdigit() or len(word) < 3 or not set(word) - _ROMAN_LETTERS:
            return (word,)
        if not is_syllable(word) and (full := self._full(word)):
            return full
        if word in self._known:
            return (word,)
        if plain := self._keyboard(word) or self._doubled(word):
            return (plain,)
        if is_syllable(word):
            return self._lost_letter(word) or (word,)
        return self._split(word) or self._near(word) or (word,)

    def _keyboard(self, word: str) -> str | None:
        """What a word was before a Vietnamese keyboard left its marks in it (Telex, VNI)."""
        if any(char.isdigit() for char in word):
            plain = _VNI.sub("", word)
            return plain if plain.isalpha() and self._can_be(plain) else None
        plain = word
        for doubled, single in _TELEX_DOUBLES:
            plain = plain.replace(doubled, single)
        if plain != word and self._can_be(plain):
            return plain
        for candidate in (
            plain.replace("w", ""),
            _TELEX_TONE.sub("", plain),
            _TELEX_TONE.sub("", plain).replace("w", ""),
        ):
            if candidate != word and len(candidate) > 1 and not is_syllable(word) and self._can_be(candidate):
                return candidate
        return None

    def _doubled(self, word: str) -> str | None:
        """A word in which a key was held too long ("vuu" for "vụ")."""
        single = _DOUBLED.sub(r"\1", word)
        return single if single != word and single in self._known else None

    def _can_be(self, word: str) -> bool:
        return word in self._known and is_syllable(word)

    def _split(self, word: str) -> tuple[str, ...] | None:
        """The known syllables of words typed without a space between them, the fewest pieces first."""
        best: dict[int, tuple[str, ...]] = {0: ()}
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 6), end):
                piece = word[start:end]
                if start in best and len(piece) > 1 and piece in self._known and is_syllable(piece):
                    candidate = (*best[start], piece)
                    if end not in best or len(candidate) < len(best[end]):
                        best[end] = candidate
        found = best.get(len(word))
        return found if found and 2 <= len(found) <= _MAX_WORDS else None

    def _lost_letter(self, word: str) -> tuple[str, ...] | None:
        """A question word that lost a letter and is a syllable still ("nhiu" for "nhiều")."""
        if len(word) < _MIN_FUZZY:
            return None
        found = process.extractOne(word, self._asked, scorer=Indel.distance, score_cutoff=1)
        return (found[0],) if found else None

    def _near(self, word: str) -> tuple[str, ...] | None:
        if len(word) < _MIN_FUZZY or not word.isalpha():
            return None
        limit = 1 if len(word) < 8 else 2
        for known in (self._asked, self._long_words):
            found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=limit)
            if found:
                return (found[0],)
        return None

    @property
    def known(self) -> Collection[str]:
        return self._known
