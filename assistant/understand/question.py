"""The question as typed, cut into folded words that know where they stand.

Control characters and lone surrogates are dropped, abbreviations read in full, words that no document
knows mended where one near them is known (typing errors, joined words, Telex left-overs). The courtesies
around it are left out of the words; ``Question.framed`` still holds them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from assistant.understand.courtesy import bare
from assistant.understand.dialects import in_common
from assistant.understand.spelling import Speller
from corpus.abbreviations import SHARED, TYPED
from corpus.vietnamese import fold, nfc
from corpus.vocabulary import is_syllable
from retrieval.tokens import SPELLED

MAX_CHARS = 2000
_KEPT = 32  # questions: one is read at several steps of its answer
_WORD = re.compile(r"[^\W_]+")
_PREFIXED_NUMBER = re.compile(r"^(nv|kh|pl|stt|tt|so|task|qd|kl|nq|quy|q|t|thang|muc|ct|viec|n)(\d{1,4})$")
_SHORT_NUMBER = re.compile(r"^[tqn]\d+$")  # "T3": month 3, or the name of something
_HOURS = frozenset({"h", "g", "jo", "zo"})  # "bao h": bao giờ
_PREFIXES = {"q": "quy", "t": "thang"}
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True)
class Token:
    """A folded word; ``start`` and ``end`` are its place in the clean question."""

    word: str
    start: int
    end: int
    source: str

    @property
    def is_number(self) -> bool:
        return self.word.isdigit()


@dataclass(frozen=True)
class Question:
    """A question, clean and in words. ``accented`` says that it was typed with Vietnamese accents.

    ``text`` and all that follows from it is without the courtesies around the question, ``framed`` the line
    of words with them ("" where there are none).
    """

    text: str
    folded: str
    tokens: tuple[Token, ...]
    mended: tuple[tuple[str, str], ...] = ()
    framed: str = ""

    @property
    def words(self) -> list[str]:
        return [token.word for token in self.tokens]

    @cached_property
    def line(self) -> str:
        """The words in one line; ".", "/", "-" and "," stay where they join or follow words."""
        return "".join(piece for piece, _ in self._pieces)

    @cached_property
    def _pieces(self) -> list[tuple[str, int]]:
        pieces: list[tuple[str, int]] = []
        for i, token in enumerate(self.tokens):
            if i:
                pieces.append((_glue(self.folded[self.tokens[i - 1].end : token.start], token, self.tokens[i - 1]), -1))
            pieces.append((token.word, i))
        return pieces

    @cached_property
    def _at(self) -> list[int]:
        """For each character of ``line`` the token it belongs to, -1 between tokens."""
        return [i for piece, i in self._pieces for _ in piece]

    def tokens_in(self, start: int, end: int) -> set[int]:
        """The tokens that characters ``[start, end)`` of ``line`` touch."""
        return {i for i in self._at[start:end] if i >= 0}

    def with_hidden(self, tokens: Container[int], sign: str) -> str:
        """``line`` with every character of some of its tokens as a sign."""
        return "".join(sign * len(piece) if i in tokens else piece for piece, i in self._pieces)

    def tokens_at(self, start: int, end: int) -> set[int]:
        """The tokens that characters ``[start, end)`` of ``text`` touch."""
        return {i for i, token in enumerate(self.tokens) if token.start < end and token.end > start}

    @property
    def accented(self) -> bool:
        return _is_accented(self.text)

    @property
    def has_letters(self) -> bool:
        return bool(_LATIN.search(self.folded)) or any(token.is_number for token in self.tokens)


def _glue(between: str, token: Token, previous: Token) -> str:
    if token.start == previous.start:
        return " "
    if between in (".", "/", "-", "&"):
        return between
    return ", " if "," in between or ";" in between else " "


def _is_accented(text: str) -> bool:
    """Whether a text was typed with Vietnamese accents."""
    return any(unicodedata.normalize("NFD", char) != char or char in "đĐ" for char in text)


def clean_question(text: str) -> str:
    """The question in NFC, with line breaks and control characters as spaces and "%" in words, typed like the others."""
    text = nfc(text).replace("\ufffd", " ")
    text = text.replace("%", " phần trăm " if _is_accented(text) else " phan tram ")
    kept = (" " if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn") else char for char in text)
    return " ".join("".join(kept).split())


@lru_cache(maxsize=_KEPT)
def read_question(text: str, speller: Speller | None = None) -> Question:
    """Cuts a question into words. ``speller`` mends words that the documents do not know."""
    clean = in_common(clean_question(text))
    meant, mended = (clean, ()) if speller is None else speller.meant(clean)
    core = bare(meant) if speller is None else bare(meant, speller.knows)
    question = _in_words(core, speller)
    framed = "" if core == meant else _in_words(meant, speller).line
    return replace(question, framed=framed, mended=(*mended, *question.mended))


def read_whole(text: str) -> Question:
    """All words of a message as typed, none mended, with the courtesies around it."""
    return _in_words(clean_question(text), None)


def _in_words(clean: str, speller: Speller | None) -> Question:
    folded = fold(clean)
    mended: list[tuple[str, str]] = []
    tokens: list[Token] = []
    for match in _WORD.finditer(folded):
        source = clean[match.start() : match.end()]
        words = _in_full(SPELLED.get(match[0], match[0]), folded, match.start(), match.end())
        if match[0] in TYPED and is_syllable(match[0]) and _is_toned(source):
            words = (match[0],)  # "hỏng" is no "hong"
        if speller is not None and match[0] in speller.known and _SHORT_NUMBER.match(match[0]):
            words = (match[0],)
        spelled = is_syllable(match[0]) and _is_toned(source)  # "nuôi": a word that no document holds, no slip
        if words == (match[0],) and speller is not None and not spelled:
            words = _mend(match[0], speller.mend, mended)
        tokens.extend(Token(word, match.start(), match.end(), source) for word in words)
    return Question(clean, folded, tuple(tokens), tuple(mended))


def _is_toned(source: str) -> bool:
    """Whether a syllable was typed with a tone or the mark of a vowel; "đ" is but a letter."""
    return any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", source))


def _in_full(word: str, folded: str, start: int, end: int) -> tuple[str, ...]:
    if match := _PREFIXED_NUMBER.match(word):
        prefix = _PREFIXES.get(match[1], match[1])
        return (*(TYPED.get(prefix, prefix).split()), match[2])
    if word in _HOURS and folded[:start].endswith("bao "):
        return ("gio",)
    if word == "kh" and folded[end : end + 3].strip(" &") == "cn":
        return (word,)
    in_sign = start > 0 and folded[start - 1] in "/-"  # part of "158/KH-UBND": documents write it so too
    full = SHARED.get(word) or (None if in_sign else TYPED.get(word))
    return tuple(full.split()) if full else (word,)


def _mend(word: str, mend: Callable[[str], tuple[str, ...]], mended: list[tuple[str, str]]) -> tuple[str, ...]:
    words = mend(word)
    if words != (word,):
        mended.append((word, " ".join(words)))
    return words
