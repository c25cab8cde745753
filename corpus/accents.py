"""Accents given back to words that lost them, from the language of the office's own clean documents.

Which accents a word bears follows from its neighbours: of all spellings of the words of a line the likeliest is taken
(pairs of neighbours counted in clean text, the accents that the scan did keep as evidence). What is restored is for the
eye; a quotation stays as received.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from corpus.vietnamese import fold, nfc

_WORD = re.compile(r"[^\W\d_]+")
_UNSEEN = 0.1  # pairs
_MOST_FORMS = 6  # spellings that are tried for a word
_KEPT_ACCENT = 2.5  # what it is worth (a logarithm) that a spelling is the very one that was read
_SHORTEST_MENDED = 3  # letters
_EDGES = re.compile(r"^[\"'“”‘’(\[{–—+\-]*|[\"'“”‘’)\]},.;:!?]*$")
_BORN = "“”\"'()[]–-+,.;:!?"


class Language:
    """How words are written with accents, counted in clean texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._folded_pairs: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            written = [word.lower() for word in _WORD.findall(nfc(text))]
            for word in written:
                self._forms[fold(word)][word] += 1
            self._pairs.update(pairwise(written))
            for left, right in pairwise(map(fold, written)):
                self._folded_pairs[left][right] += 1

    def knows(self, key: str) -> bool:
        """Whether a folded word was met in clean text."""
        return key in self._forms

    def spelled(self, keys: Sequence[str], read: Sequence[str]) -> list[str]:
        """The likeliest spellings of folded words, in lower case; ``read`` is each as the scan has it.

        A word that was never met stays as it was read.

        >>> Language(["Báo cáo kết quả thực hiện"]).spelled(["bao", "cao"], ["Bao", "cdo"])
        ['báo', 'cáo']
        """
        if not keys:
            return []
        paths: list[dict[str, tuple[float, str]]] = []
        before = ""
        for key, word in zip(keys, read, strict=True):
            meant = key if key in self._forms else self._near(key, before)
            paths.append(self._step(paths[-1] if paths else {}, meant, nfc(word).lower()))
            before = meant
        last = max(paths[-1], key=lambda form: paths[-1][form][0])
        found = [last]
        for path in reversed(paths[1:]):
            last = path[last][1]
            found.append(last)
        return found[::-1]

    def _near(self, key: str, before: str) -> str:
        """The known word that one which is unknown was most likely misread for, after the word before it."""
        if not key.isalpha() or len(key) < _SHORTEST_MENDED:
            return key
        options = [(count, word) for word, count in self._folded_pairs.get(before, {}).items() if _one_off(word, key)]
        return max(options)[1] if options else key

    def _step(self, before: dict[str, tuple[float, str]], key: str, read: str) -> dict[str, tuple[float, str]]:
        forms = self._forms.get(key)
        bare = "".join(_WORD.findall(read)) or read
        options = forms.most_common(_MOST_FORMS) if forms else [(bare if fold(bare) == key else key, 1)]
        total = sum(count for _, count in options)
        found: dict[str, tuple[float, str]] = {}
        for form, count in options:
            own = math.log(count / total) + (_KEPT_ACCENT if form == bare else 0.0)
            if not before:
                found[form] = (own, "")
                continue
            found[form] = max((score + own + self._joined(left, form), left) for left, (score, _) in before.items())
        return found

    def _joined(self, left: str, right: str) -> float:
        return math.log(self._pairs[left, right] + _UNSEEN)


def _one_off(word: str, key: str) -> bool:
    return abs(len(word) - len(key)) <= 1 and Levenshtein.distance(word, key, score_cutoff=1) <= 1


def restored(language: Language, keys: Sequence[str], read: Sequence[str]) -> str:
    """Damaged words as a line for the eye: accents restored, capitals and marks as far as they were read."""
    spelled = language.spelled(keys, read)
    return " ".join(_dressed(form, word, key) for form, word, key in zip(spelled, read, keys, strict=True))


def _dressed(form: str, read: str, key: str) -> str:
    """A spelling with the capitals and the marks at the edges of what was read."""
    opening, closing = (match[0] for match in list(_EDGES.finditer(read))[:2]) if read else ("", "")
    core = read[len(opening) : len(read) - len(closing)] or read
    if not key.isalpha():
        return f"{_born(opening)}{core}{_born(closing)}"
    letters = [char for char in core if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        form = form.upper()
    elif letters and letters[0].isupper():
        form = form[:1].upper() + form[1:]
    return f"{_born(opening)}{form}{_born(closing)}"


def _born(marks: str) -> str:
    return "".join(char for char in marks if char in _BORN)
