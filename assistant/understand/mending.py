"""What was meant by the words of a question that hands have slipped on: keys of Telex and VNI, lost spaces, slips.

Each doubtful word has candidates with a cost; the row of words that is likeliest as a whole is taken, by how
often the documents hold words and neighbours. Words that are known, names, numbers and signs stay as typed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.understand.keys import decoded
from assistant.understand.wordstock import OFTEN, Wordstock
from corpus.vietnamese import TONES, fold, nfc, toneless_key
from corpus.vocabulary import is_syllable

_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(.)\1+")
_NUMBERED = re.compile(r"^[a-z]+\d+$")
_VALUE = re.compile(r"\s*(?:\d|[ivxIVX]+\b)")
_ROMAN = re.compile(r"^[IVX]{1,4}$")
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:phường|phuong|xã|xa|tỉnh|huyện|quận|đặc khu|thành phố|thanh pho|tp|thôn)(?: \w+)? $", re.IGNORECASE
)
_ROMAN_LETTERS = frozenset("ivxlc")
_VOWEL = re.compile(r"[aeiouy]")
_COUNTED = frozenset(
    "so quy thang muc viec to phan khu thon diem khoan dieu lop chuong bang mau cap nhom tuan ngay nam lan buoc lo".split()
)
_SHAPED = re.compile(r"^[a-z]+[678][1-5]$")
_BEARERS = frozenset("hoach vu viec dinh luan thi luc quyet luat tu muc task".split())
_SIGNS = frozenset("/@_-.&")
_LONGEST_PIECE, _MOST_PIECES = 14, 3
_NEAR = 40  # candidates one letter away that are weighed
# Costs, as logarithms of how unlikely: of each way to slip, and of leaving a word that nobody knows.
_DOUBLE, _SWAP, _LOSE, _ADD, _CHANGE = 0.5, 1.0, 1.2, 4.0, 4.5
_KEYS, _GUESSED_KEYS, _SPLIT, _UNACCENTED, _ACCENTS_LOST = 0.0, 4.0, 1.5, 1.0, 3.0
_LEAVE_IMPOSSIBLE, _LEAVE_INITIALS, _LEAVE_POSSIBLE, _LEAVE_MET, _MISTAKEN = 14.0, 4.0, 4.0, 2.0, 2.5
_LONG_CAPITALS, _LONG = 6, 6
_RARITY, _TOGETHER, _MOST_TOGETHER, _SPELLED_TOGETHER = 0.5, 1.0, 4.0, 0.5


@dataclass(frozen=True)
class Candidate:
    """Words that may have been meant, as typed or spelled, and what it costs to think so."""

    words: tuple[str, ...]
    cost: float


@dataclass(frozen=True)
class _Place:
    """A word of the question: where it stands, whether only a space stands before it, what it may be."""

    start: int
    end: int
    follows: bool
    candidates: tuple[Candidate, ...]


class Mender:
    """Mends questions against a stock of words.

    ``known`` says whether a folded word must stay as it is (a word of questions, an abbreviation), ``met``
    whether it is met in the documents at all, be it in a damaged text.
    """

    def __init__(
        self, stock: Callable[[], Wordstock], known: Callable[[str], bool], met: Callable[[str], bool]
    ) -> None:
        self._stock = stock
        self._known = known
        self._met = met

    def mended(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text with what was meant, and the pairs (typed, meant); the text itself where nothing is doubtful."""
        matches = list(_WORD.finditer(text))
        places = [self._place(text, matches, i) for i in range(len(matches))]
        if all(len(place.candidates) == 1 for place in places):
            return text, ()
        return _rewritten(text, places, _likeliest(places, self._stock()))

    def _place(self, text: str, matches: list[re.Match[str]], i: int) -> _Place:
        match = matches[i]
        follows = i > 0 and text[matches[i - 1].end() : match.start()].isspace()
        candidates: tuple[Candidate, ...] = (Candidate((match[0],), 0.0),)
        if self._doubtful(text, matches, i):
            inside = bool(text[: match.start()].strip()) and not re.search(r"[.!?:]\s*$", text[: match.start()])
            name = (inside and match[0][0].isupper()) or bool(_PLACE_BEFORE.search(text[: match.start()]))
            candidates = tuple(sorted(self._candidates(match[0], name), key=lambda c: c.cost)[:_NEAR])
        elif match[0].isalpha() and match[0].islower() and not _PLACE_BEFORE.search(text[: match.start()]):
            candidates = (*candidates, *self._mistaken(match[0], *_neighbours(text, matches, i)))
        return _Place(match.start(), match.end(), follows, candidates)

    def _mistaken(self, word: str, left: str, right: str) -> Iterator[Candidate]:
        """What a word may be that is known, but stands beside no word that it is known to stand beside: one that
        lost a letter and fits ("phi hợp")."""
        stock = self._stock()
        if stock.together(fold(left), fold(word)) or stock.together(fold(word), fold(right)):
            return
        if len(word) < 3 or (word.isascii() and self._known(word)):  # without accents it may be anything
            return
        own = _RARITY * stock.weight(word)
        for form in stock.fitting(left, right):
            if len(form) != len(word) + 1 or OSA.distance(word, form, score_cutoff=1) > 1:
                continue
            if max(_beside(stock, left, form), _beside(stock, form, right)) >= OFTEN:
                yield Candidate((form,), _LOSE + _MISTAKEN + _RARITY * stock.weight(form) - own)

    def _doubtful(self, text: str, matches: list[re.Match[str]], i: int) -> bool:
        """Whether a word may be a slip: it is long enough, no part of a sign, and neither known nor a number."""
        word = matches[i][0]
        if word.isdigit() or not set(word.lower()) - _ROMAN_LETTERS or _in_sign(text, matches[i]):
            return False
        if word.isupper() and not text.isupper() and len(word) < _LONG_CAPITALS:
            return False
        if any(char.isdigit() for char in word):
            return decoded(word) is not None and not self._is_number(text, matches, i)
        lower = nfc(word).lower()
        if len(word) < 3:
            return word.isascii() and decoded(lower) is not None
        if lower.isascii() and self._known(lower):
            return False
        return not self._stock().holds(lower)

    def _is_number(self, text: str, matches: list[re.Match[str]], i: int) -> bool:
        """Whether "muc5", "so61" is a word with its number: no number follows it and no other word holds VNI keys."""
        word = matches[i][0].lower()
        if not _NUMBERED.match(word):
            return False
        if len(word) == 2 or re.sub(r"\d", "", word) in _COUNTED:
            if self._is_shaped(matches, i):
                return False
            others = (match[0].lower() for match in matches if match is not matches[i])
            return not _VALUE.match(text, matches[i].end()) and not any(map(_is_vni, others))
        return not self._stock().holds(decoded(word) or "")

    def _is_shaped(self, matches: list[re.Match[str]], i: int) -> bool:
        """Whether "so73" is "sở" in keys: a shape and a tone, words after it that follow it in the documents, and
        nothing before it that bears a number."""
        if not _SHAPED.match(matches[i][0].lower()) or i + 1 == len(matches):
            return False
        before = fold(matches[i - 1][0]) if i else ""
        meant, following = decoded(matches[i][0]) or "", nfc(matches[i + 1][0]).lower()
        return before not in _BEARERS and _beside(self._stock(), meant, following) >= OFTEN

    def _candidates(self, word: str, name: bool) -> Iterator[Candidate]:
        """What a doubtful word may be, the word itself first. ``name``: it may be one that nobody knows here."""
        stock, lower = self._stock(), nfc(word).lower()
        yield Candidate((word,), self._leaving(lower))
        if meant := decoded(lower):
            if stock.holds(meant):
                yield Candidate((_cased(meant, word),), _KEYS)
                return
            if stock.holds_folded(fold(meant)):
                yield Candidate((_cased(fold(meant), word),), _GUESSED_KEYS + _RARITY * stock.weight(fold(meant)))
        if any(char.isdigit() for char in word) or len(word) < 3:
            return
        if not (name and _is_possible(lower)):
            yield from self._near(lower, word, name)
        yield from self._split(word, lower)

    def _leaving(self, lower: str) -> float:
        """What it costs to leave a word that nobody knows as it was typed."""
        if not _is_possible(lower):
            return _LEAVE_IMPOSSIBLE if _VOWEL.search(fold(lower)) or len(lower) > 4 else _LEAVE_INITIALS
        return _LEAVE_MET if lower.isascii() and self._met(lower) else _LEAVE_POSSIBLE

    def _near(self, lower: str, word: str, name: bool) -> Iterator[Candidate]:
        """Words one slip away; of a name, or of what is a syllable, no letter is changed for another."""
        stock, folded = self._stock(), fold(lower)
        possible = _is_possible(lower)
        strict = name or possible or (lower.isascii() and len(lower) < _LONG)
        seen = set()
        ways = [(lower, _undone(lower), 0.0), (lower, _one_away(lower, stock.forms), 0.0)]
        if lower.isascii() or not possible:
            ways.append((folded, _one_away(folded, stock.folded), _UNACCENTED if lower.isascii() else _ACCENTS_LOST))
        for typed, forms, extra in ways:
            for form in forms:
                cost = _slip_cost(typed, form)
                if fold(form) != folded and form not in seen and not (strict and cost >= _ADD):
                    seen.add(form)
                    cost += _ACCENTS_LOST if form.isascii() and extra == 0.0 and not lower.isascii() else 0.0
                    yield Candidate((_cased(form, word),), cost + extra + _RARITY * stock.weight(form))

    def _split(self, word: str, lower: str) -> Iterator[Candidate]:
        """The word as two or three that were typed without the space between them."""
        stock = self._stock()
        rows: list[tuple[int, tuple[str, ...], float]] = [(0, (), 0.0)]
        for _ in range(_MOST_PIECES):
            longer = []
            for at, pieces, cost in rows:
                for end in range(at + 1, min(len(word), at + _LONGEST_PIECE) + 1):
                    if end - at < len(word) and (piece := self._piece(word, at, end)):
                        more = cost + _RARITY * stock.weight(nfc(piece).lower())
                        more -= _bonus(stock, pieces[-1], piece) if pieces else 0.0
                        longer.append((end, (*pieces, piece), more))
            yield from (
                Candidate(pieces, cost + _SPLIT * (len(pieces) - 1))
                for end, pieces, cost in longer
                if end == len(word) and len(pieces) > 1 and _is_row(pieces, stock)
            )
            rows = [row for row in longer if row[0] < len(word)]

    def _piece(self, word: str, at: int, end: int) -> str | None:
        """The word of its own that letters of a word can be: a known syllable, also one in keys, an abbreviation, a
        Roman number, or what stands between a small letter and a capital; None where they cannot."""
        piece, lower = word[at:end], nfc(word[at:end]).lower()
        if not word.isupper() and ((piece.isupper() and len(piece) > 1) or _ROMAN.match(piece)):
            return piece if _ROMAN.match(piece) or self._known(fold(piece)) or self._stock().holds(lower) else None
        if len(piece) == 1:
            return piece if not piece.isascii() and self._stock().holds(lower) else None
        if self._stock().holds(lower) and (is_syllable(fold(lower)) or len(piece) > 2 or self._known(lower)):
            return piece
        if (meant := decoded(lower)) and self._stock().holds(meant):
            return _cased(meant, piece)
        if self._known(lower) and not is_syllable(lower):
            return piece
        bounded = (at == 0 or _is_seam(word, at)) and (end == len(word) or _is_seam(word, end))
        return piece if bounded and _is_possible(lower) else None


def _is_row(pieces: tuple[str, ...], stock: Wordstock) -> bool:
    """Whether pieces can be words in a row: not only very short ones without accents ("ca me ra") that nobody
    puts side by side."""
    if any(not piece.isascii() or piece.isupper() for piece in pieces) or sum(map(len, pieces)) > 2.5 * len(pieces):
        return True
    return all(stock.together(fold(a), fold(b)) for a, b in pairwise(pieces))


def _is_seam(word: str, at: int) -> bool:
    """Whether a capital follows a small letter at a place of a word."""
    return word[at - 1].islower() and word[at].isupper()


def _undone(lower: str) -> list[str]:
    """What is a syllable when a doubled letter is taken out, or two neighbours change places."""
    made = [lower[:i] + lower[i + 1 :] for i in range(1, len(lower)) if lower[i] == lower[i - 1]]
    made += [lower[:i] + lower[i + 1] + lower[i] + lower[i + 2 :] for i in range(len(lower) - 1)]
    return [form for form in made if form != lower and _is_possible(form)]


def _is_possible(lower: str) -> bool:
    """Whether a word can be a Vietnamese syllable, with one tone at most."""
    tones = sum(char in TONES for char in toneless_key(lower))
    return is_syllable(fold(lower)) and tones <= 1


def _is_vni(word: str) -> bool:
    """Whether a word in lower case holds keys of VNI for sure, and is no noun with its number."""
    sure = len(word) > 2 and word.rstrip("0123456789") not in _COUNTED
    return sure and any(char.isdigit() for char in word) and decoded(word) is not None


def _in_sign(text: str, match: re.Match[str]) -> bool:
    """Whether a word is part of "158/KH-UBND", "a.b@c.vn": a sign joins it to its neighbour."""
    before, after = text[: match.start()][-2:], text[match.end() :][:2]
    return (len(before) == 2 and before[1] in _SIGNS and before[0].isalnum()) or (
        len(after) == 2 and after[0] in _SIGNS and after[1].isalnum()
    )


def _one_away(word: str, words: list[str]) -> list[str]:
    found = process.extract(word, words, scorer=OSA.distance, score_cutoff=1, limit=_NEAR)
    return [form for form, _, _ in found]


def _slip_cost(typed: str, meant: str) -> float:
    """How unlikely it is to type one for the other: a letter doubled, swapped, lost, added or changed."""
    if len(typed) == len(meant):
        return _SWAP if sorted(typed) == sorted(meant) else _CHANGE
    if len(typed) < len(meant):
        return _LOSE
    return _DOUBLE if _DOUBLED.sub(r"\1", typed) == _DOUBLED.sub(r"\1", meant) else _ADD


def _cased(form: str, typed: str) -> str:
    """A form with the capitals of the word that was typed."""
    if typed.isupper():
        return form.upper()
    return form[0].upper() + form[1:] if typed[0].isupper() else form


def _neighbours(text: str, matches: list[re.Match[str]], i: int) -> tuple[str, str]:
    """The words in lower case with only a space between them and a word; "" where there is none."""
    left = right = ""
    if i and text[matches[i - 1].end() : matches[i].start()] == " ":
        left = matches[i - 1][0].lower()
    if i + 1 < len(matches) and text[matches[i].end() : matches[i + 1].start()] == " ":
        right = matches[i + 1][0].lower()
    return left, right


def _beside(stock: Wordstock, left: str, right: str) -> int:
    """How often two words stand side by side as they are spelled; folded, where one was typed without accents."""
    spelled = stock.together(left, right)
    return spelled or (stock.together(fold(left), fold(right)) if left.isascii() or right.isascii() else 0)


def _bonus(stock: Wordstock, left: str, right: str) -> float:
    """What a row gains by two words that the documents hold side by side."""
    spelled = stock.together(nfc(left).lower(), nfc(right).lower())
    if spelled:
        return min(_MOST_TOGETHER, _TOGETHER * (1.0 + math.log(spelled))) + _SPELLED_TOGETHER
    folded = stock.together(fold(left), fold(right))
    share = _TOGETHER if left.isascii() or right.isascii() else _TOGETHER / 3
    return min(_MOST_TOGETHER, share * (1.0 + math.log(folded))) if folded else 0.0


def _likeliest(places: list[_Place], stock: Wordstock) -> list[Candidate]:
    """The candidate of each place in the row of the least cost (Viterbi)."""
    rows: list[list[tuple[float, int]]] = []
    for i, place in enumerate(places):
        row = []
        for candidate in place.candidates:
            options = [(0.0, -1)]
            if i:
                options = [
                    (cost - (_bonus(stock, before.words[-1], candidate.words[0]) if place.follows else 0.0), at)
                    for at, ((cost, _), before) in enumerate(zip(rows[-1], places[i - 1].candidates, strict=True))
                ]
            cost, at = min(options)
            row.append((cost + candidate.cost, at))
        rows.append(row)
    chosen: list[Candidate] = []
    at = min(range(len(rows[-1])), key=lambda n: rows[-1][n][0])
    for i in range(len(places) - 1, -1, -1):
        chosen.append(places[i].candidates[at])
        at = rows[i][at][1]
    return chosen[::-1]


def _rewritten(text: str, places: list[_Place], chosen: list[Candidate]) -> tuple[str, tuple[tuple[str, str], ...]]:
    changes = []
    for place, candidate in reversed(list(zip(places, chosen, strict=True))):
        typed, meant = text[place.start : place.end], " ".join(candidate.words)
        if typed != meant:
            changes.append((typed, meant))
            text = text[: place.start] + meant + text[place.end :]
    return text, tuple(reversed(changes))
