"""Which words may stand for others, and how much of a question a word carries.

``thesaurus.txt`` holds groups of words and phrases of offices, ``slight.txt`` words that carry little. Both are spelled
with accents: a word that was typed with accents means only what is spelled alike, one typed without may mean each.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.vietnamese import TONES, fold, nfc, toneless_key
from retrieval.tokens import SPELLED

LONGEST = 6  # syllables
FILLER, LIGHT = 0.1, 0.4
UNSURE = 0.85  # what a word typed without accents carries at least, where it may be another word
FEW = 2  # words of full weight below which a question has too few to let the others weigh little
_FOLDER = Path(__file__).parent
_SPELLED = re.compile(rf"(?<!\w)(?:{'|'.join(SPELLED)})(?!\w)")


@dataclass(frozen=True)
class Phrase:
    """Words that may stand for others: folded, and as they are spelled."""

    words: tuple[str, ...]
    spelled: tuple[str, ...]


@dataclass(frozen=True)
class Substitute:
    """What may stand for the words of a question from ``start`` to before ``end``."""

    start: int
    end: int
    phrases: tuple[Phrase, ...]


def substitutes(words: Sequence[str], accented: Sequence[str]) -> tuple[Substitute, ...]:
    """What may stand for words and phrases of a question, wherever the thesaurus holds them.

    A word inside a phrase that is held is not looked up alone: the phrase says what is meant.
    """
    groups, sources = _thesaurus()
    strict = is_accented(accented)
    found: list[Substitute] = []
    for start, end in _known_phrases(words, sources):
        typed = _typed(words, accented, start, end)
        held = sources[" ".join(words[start:end])]
        meant = [(i, spelled) for i, spelled in held if is_spelled(typed, spelled, strict=strict)]
        others = {p for i, spelled in meant for p in groups[i] if p != spelled}
        if others:
            if not strict and end - start == 1 and not is_whole(typed[0]):
                continue
            found.append(Substitute(start, end, tuple(_phrase(p) for p in sorted(others))))
    longest = [s for s in found if not any(_within(s, other) for other in found)]
    return tuple(longest)


def weights(words: Sequence[str], accented: Sequence[str]) -> tuple[float, ...]:
    """How much of the question each word carries (0 to 1): little for fillers, half for general words."""
    slight, strict = _slight(), is_accented(accented)
    carried = [1.0] * len(words)
    phrases = sorted(_known_phrases(words, slight), key=lambda span: span[0] - span[1])
    taken: set[int] = set()
    for start, end in phrases:
        typed = _typed(words, accented, start, end)
        held = slight[" ".join(words[start:end])]
        shares = [share for spelled, share in held if is_spelled(typed, spelled, strict=strict)]
        if not shares or taken & set(range(start, end)):
            continue
        share = min(shares)
        sure = strict or end - start > 1 or not typed[0].isascii() or is_spelled_plainly(words[start])
        for i in range(start, end):
            carried[i] = share if sure else max(share, UNSURE)
        taken |= set(range(start, end))
    full = {word for word, share in zip(words, carried, strict=True) if share == 1.0 and word and not word.isdigit()}
    return tuple(carried) if len(full) >= FEW else ()


def is_spelled(typed: Sequence[str], spelled: str, *, strict: bool) -> bool:
    """Whether words as typed may be a phrase as it is spelled: with all accents only that one, without any.

    ``strict``: the question was typed with accents, so that a word without any has none.
    """
    return all(
        toneless_key(word) == toneless_key(form) if strict and word.isascii() else _may_be(word, form)
        for word, form in zip(typed, spelled.split(), strict=True)
    )


def _may_be(typed: str, form: str) -> bool:
    return not is_whole(typed) or toneless_key(typed) == toneless_key(form)


def is_accented(accented: Sequence[str]) -> bool:
    """Whether a question was typed with accents: half of its words bear some."""
    typed = [word for word in accented if word]
    return 2 * sum(not word.isascii() for word in typed) >= len(typed) > 0


def is_whole(typed: str) -> bool:
    """Whether a word was typed with all its accents; one that ends in a stop has a tone ("thuôc" has lost it)."""
    if not typed or typed.isascii():
        return False
    return toneless_key(typed)[-1] in TONES or fold(typed)[-1] not in "cpt"


def is_spelled_plainly(word: str) -> bool:
    """Whether a slight word is spelled without accents ("ai", "con"), so that it may be taken as typed."""
    return any(spelled.isascii() for spelled, _ in _slight().get(word, ()))


def _typed(words: Sequence[str], accented: Sequence[str], start: int, end: int) -> list[str]:
    """Words as typed; those whose accents are not known folded."""
    return [(accented[i] if i < len(accented) else "") or words[i] for i in range(start, end)]


def _known_phrases(words: Sequence[str], held: Container[str]) -> Iterator[tuple[int, int]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            if not words[end - 1]:
                break
            if " ".join(words[start:end]) in held:
                yield start, end


def _within(inner: Substitute, outer: Substitute) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner.end - inner.start < outer.end - outer.start


@lru_cache(maxsize=4096)
def _phrase(spelled: str) -> Phrase:
    return Phrase(tuple(_folded(spelled).split()), tuple(spelled.split()))


def _folded(text: str) -> str:
    """Folded text in the spelling of ``retrieval.tokens``, at the same length."""
    return _SPELLED.sub(lambda match: SPELLED[match[0]], fold(text))


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """Each line that says something, as it is spelled and folded."""
    text = nfc((_FOLDER / name).read_text(encoding="utf-8"))
    for spelled, folded in zip(text.split("\n"), _folded(text).split("\n"), strict=True):
        if spelled and not spelled.startswith("#"):
            yield spelled, folded


Groups = list[tuple[str, ...]]
Sources = dict[str, list[tuple[int, str]]]


@lru_cache(maxsize=1)
def _thesaurus() -> tuple[Groups, Sources]:
    """The phrases of each group that may stand for another, and by folded phrase its groups."""
    groups: Groups = []
    sources: Sources = {}
    for spelled, folded in _lines("thesaurus.txt"):
        asked, _, meant = spelled.partition(" > ")
        asked_folded, _, _ = folded.partition(" > ")
        groups.append(tuple((meant or asked).split(", ")))
        for form, key in zip(asked.split(", "), asked_folded.split(", "), strict=True):
            sources.setdefault(key, []).append((len(groups) - 1, form))
    return groups, sources


@lru_cache(maxsize=1)
def _slight() -> dict[str, list[tuple[str, float]]]:
    """The words that carry little, by their folded form: how they are spelled and what they carry."""
    held: dict[str, list[tuple[str, float]]] = {}
    share = FILLER
    for spelled, folded in _lines("slight.txt"):
        if spelled.startswith("["):
            share = LIGHT if spelled == "[light]" else FILLER
            continue
        for form, key in zip(spelled.split(", "), folded.split(", "), strict=True):
            held.setdefault(key, []).append((form, share))
    return held
