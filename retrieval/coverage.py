"""How much of a question a text explains: the basis of "the documents do not say".

A BM25 score says which text fits best, not whether it fits. Coverage is the share, weighed by rarity, of
the question's syllables and neighbouring pairs that stand in the text or in the headings above it; a
word typed with accents that stands there only with other accents ("lương" against "lượng") counts less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice, pairwise

from rapidfuzz.distance import Levenshtein

from corpus.vietnamese import fold, nfc, toneless_key
from corpus.vocabulary import is_syllable
from retrieval.ranges import amounts_in, ranges_in
from retrieval.standing import Stand, commonest, instead, shared, standing
from retrieval.thesaurus import Substitute, is_whole
from retrieval.tokens import pairs, syllables

_WORD = re.compile(r"[^\W_]+")
_PAIR_WEIGHT = 0.5
_MOST = 6.0
_FIGURE_EMPHASIS = 1.6
_YEAR_EMPHASIS = 0.4
_YEAR = re.compile(r"(?:^|_)20\d\d$")
_SYNONYM_SHARE = 0.9
_OWN_RARITY = 0.5  # the share of a word's own rarity that it keeps where common words may stand for it
_UNHELD_PAIR = 0.6  # words side by side that stand so nowhere: more often by chance than a name
_UNFIT = 0.45
_UNFIT_DAMAGED = 0.65
_HEADED = 0.85
_LOOSE = 0.75
_FEW = 4  # words
_RARE_SHARE = 0.68
_LOST = 1.06  # what a damaged text has lost of its words beyond mending, made up for
_NEAR_SHARE = 0.75
_DIGIT = re.compile(r"\d")
_HEADING_SHARE = 0.9
_OTHER_ACCENT_SHARE = 0.35
_RANGE_SHARE = 0.9  # what a range that holds an amount is worth beside the amount itself
_BARELY = 0.3  # what is worth less is as good as not there


@dataclass(frozen=True)
class Sought:
    """What is sought: folded words ("" where other words stood between), the same with accents where they
    were typed so (else ""), and the words by which candidates are ranked (all, if not given).

    ``expects``: patterns that a text must hold to be an answer at all ("how many per cent" wants a "%");
    ``figures``: numbers that it must name, each as the terms of which one must stand there;
    ``synonyms``: terms that may stand for a term; ``substitutes``: phrases that may stand for some of the words;
    ``weights``: how much of the question each word carries (all alike, if not given). ``beyond``: an amount may lie
    outside of the ranges of a text, which then answers no. ``dated``: a day is asked for, so that a quotation should
    name one.
    """

    words: tuple[str, ...]
    accented: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    expects: tuple[str, ...] = ()
    figures: tuple[tuple[str, ...], ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    substitutes: tuple[Substitute, ...] = ()
    weights: tuple[float, ...] = ()
    beyond: bool = False
    dated: bool = False

    @property
    def ranking(self) -> tuple[str, ...]:
        return self.search or tuple(filter(None, self.words))

    @cached_property
    def typed_keys(self) -> Mapping[str, str]:
        """By word its toneless key, of those that were typed with all their accents."""
        return {w: toneless_key(a) for w, a in zip(self.words, self.accented, strict=False) if is_whole(a)}

    @cached_property
    def neighbours(self) -> tuple[tuple[int, str], ...]:
        """The pairs of neighbouring words without a figure, each after the place of its first word."""
        placed = [(i, f"{a}_{b}") for i, (a, b) in enumerate(pairwise(self.words)) if a and b]
        return tuple((i, pair) for i, pair in placed if not _DIGIT.search(pair))


def coverage(
    sought: Sought, body: str, heading: str, rarity: Callable[[str], float], *, damaged: bool = False
) -> float:
    """The share (0 to 1) of what is sought that a text explains."""
    text = _compared(sought, _read(body, heading, damaged), rarity)
    total = matched = 0.0
    for _, weight, worth in _explained(sought, text, rarity):
        total += weight
        matched += weight * worth
    share = matched / total if total else 0.0
    if damaged:
        share = min(1.0, share * _LOST)
    if _stands_apart(sought, text.known, text.stands) and not _names_a_rare_word(sought, text.known, rarity):
        share *= _LOOSE
    return share * _fitness(sought, text)


@dataclass(frozen=True)
class Evidence:
    """What speaks for a text beside its coverage: how much rare wording it shares with what is sought.

    ``syllables`` and ``pairs``: the rarities of those it holds, summed, in units of the greatest that counts;
    ``held_pairs``: how many pairs it holds; ``unheld``: the share (0 to 1) of the syllables sought that it lacks and
    that no text holds.
    """

    syllables: float
    pairs: float
    held_pairs: int
    unheld: float


def evidence(
    sought: Sought, body: str, heading: str, rarity: Callable[[str], float], *, damaged: bool = False
) -> Evidence:
    """What speaks for a text beside its coverage."""
    most = rarity("\0")
    sums = {"syllables": 0.0, "pairs": 0.0}
    unheld = total = 0.0
    held_pairs = 0
    for term, weight, worth in _explained(sought, _compared(sought, _read(body, heading, damaged), rarity), rarity):
        held = min(rarity(term), _MOST) / _MOST * worth if worth > _BARELY else 0.0
        sums["pairs" if "_" in term else "syllables"] += held
        if "_" in term:
            held_pairs += worth > _BARELY
        else:
            total += weight
            unheld += weight if worth <= _BARELY and rarity(term) >= most else 0.0
    return Evidence(**sums, held_pairs=held_pairs, unheld=unheld / total if total else 0.0)


@dataclass(frozen=True, eq=False)
class _Text:
    """A text and the headings above it, as they are compared; what is worked out of them is kept."""

    body: str
    heading: str
    damaged: bool

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(syllables(self.body, repair=self.damaged))

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """Its words and those of its headings."""
        return (*self.words, *syllables(self.heading, repair=self.damaged))

    @cached_property
    def worths(self) -> Mapping[str, float]:
        """What each of its syllables and pairs is worth; shared by all who ask, so never changed."""
        heading = self.all_words[len(self.words) :]
        return {**dict.fromkeys(_terms(heading), _HEADING_SHARE), **dict.fromkeys(_terms(self.words), 1.0)}

    @cached_property
    def spelled(self) -> frozenset[str]:
        """The toneless keys of its words."""
        return frozenset(toneless_key(word) for word in _WORD.findall(nfc(f"{self.body} {self.heading}")))

    @cached_property
    def folded(self) -> str:
        return fold(self.body)

    @cached_property
    def folded_heading(self) -> str:
        return fold(self.heading)

    @cached_property
    def mended(self) -> str:
        """The words of a damaged text as they were most likely written, "" of a sound one."""
        return " ".join(self.words) if self.damaged else ""

    @cached_property
    def places(self) -> Mapping[str, frozenset[int]]:
        """Where each of its words and those of its headings stands."""
        found: dict[str, set[int]] = {}
        for i, word in enumerate(self.all_words):
            found.setdefault(word, set()).add(i)
        return {word: frozenset(at) for word, at in found.items()}

    @cached_property
    def no_syllables(self) -> tuple[str, ...]:
        """Those of its words that are no syllables: what damage has made of others."""
        return tuple(word for word in self.places if not is_syllable(word))


@lru_cache(maxsize=4096)
def _read(body: str, heading: str, damaged: bool) -> _Text:
    return _Text(body, heading, damaged)


@dataclass(frozen=True)
class _Compared:
    """A text beside what is sought: what each of its terms is worth, what stands there for others."""

    text: _Text
    known: Mapping[str, float]
    stands: Mapping[int, Stand]
    in_range: frozenset[str] = frozenset()  # the amounts sought, as terms, that lie in a range of the text


def _compared(sought: Sought, text: _Text, rarity: Callable[[str], float]) -> _Compared:
    known = text.worths if text.damaged else _with_other_accents_weaker(sought, text)
    stands: Mapping[int, Stand] = {}
    if sought.substitutes:
        present = None if text.damaged else text.spelled
        stands = standing(shared(sought.words, sought.substitutes, rarity), known, present)
    return _Compared(text, known, stands, _in_range(sought.words, text, beyond=sought.beyond))


def _explained(sought: Sought, text: _Compared, rarity: Callable[[str], float]) -> Iterator[tuple[str, float, float]]:
    """Each syllable and pair sought with its weight, and what the text is worth for it (0 to 1)."""
    known, synonyms, stands, in_range = text.known, sought.synonyms, text.stands, text.in_range
    for term, weight, at in _weighed(sought.words, sought.weights, sought.substitutes, rarity):
        worth = known.get(term)
        if worth is None:
            worth = _by_synonyms(term, known, synonyms) if synonyms else 0.0
        if stands and worth < 1.0:
            worth = max(worth, instead(term, at, known, stands))
        if term in in_range:
            worth = max(worth, _RANGE_SHARE)
        if text.text.damaged and not worth:
            worth = _near(term, text.text)
        yield term, weight, worth


def _in_range(words: tuple[str, ...], text: _Text, *, beyond: bool) -> frozenset[str]:
    """The amounts in words sought, each as figure and as pair with its unit, that lie in a range of a text (or beside
    one): 4 days in "từ 03 đến 05 ngày"."""
    amounts = _amounts(words)
    if not amounts:
        return frozenset()
    ranges = ranges_in(text.folded)
    held = {at for at, unit, value in amounts if any(r.unit == unit and (beyond or r.holds(value)) for r in ranges)}
    return frozenset(term for at in held for term in (words[at], "_".join(words[at : at + 2])))


@lru_cache(maxsize=256)
def _amounts(words: tuple[str, ...]) -> tuple[tuple[int, str, float], ...]:
    """The amounts in words sought: the place of each figure, its unit, its value."""
    return tuple(
        (i, unit, value)
        for i, word in enumerate(words[:-1])
        if word.isdigit()
        for _, unit, value in islice(amounts_in(f"{word} {words[i + 1]}"), 1)
    )


def _by_synonyms(term: str, known: Mapping[str, float], synonyms: Mapping[str, tuple[str, ...]]) -> float:
    """What a text that lacks a term is worth by what may stand for it."""
    first, _, second = term.partition("_")
    if first not in synonyms and second not in synonyms and term not in synonyms:
        return 0.0
    return max((_SYNONYM_SHARE * known.get(other, 0.0) for other in _others(term, synonyms)), default=0.0)


def _others(term: str, synonyms: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What may stand for a term; for a pair also the pair that it makes where a synonym of one word stands."""
    yield from synonyms.get(term, ())
    first, _, second = term.partition("_")
    if second:
        yield from (f"{other.rpartition('_')[2]}_{second}" for other in synonyms.get(first, ()))
        yield from (f"{first}_{other.partition('_')[0]}" for other in synonyms.get(second, ()))


def _near(term: str, text: _Text) -> float:
    """What a term is worth where a damaged text holds one that differs in a letter."""
    first, _, second = term.partition("_")
    places = _alike(first, text)
    if second and places:
        following = _alike(second, text)
        places = {i for i in places if i + 1 in following}
    return _NEAR_SHARE if places else 0.0


def _alike(term: str, text: _Text) -> set[int]:
    """The places of words that may be the term: the same, or no syllable and one letter away."""
    near = [word for word in text.no_syllables if abs(len(word) - len(term)) <= 1 and _one_off(word, term)]
    return {i for word in (term, *near) for i in text.places.get(word, ())}


def _one_off(word: str, term: str) -> bool:
    return len(term) > 2 and not term.isdigit() and Levenshtein.distance(word, term, score_cutoff=1) <= 1


def _stands_apart(sought: Sought, known: Mapping[str, float], stands: Mapping[int, Stand]) -> bool:
    """Whether few words are sought and stand only apart: too little to go by.

    One pair that stands together is enough, but for three words in a row typed without accents.
    """
    places = sought.neighbours
    if not places or len(list(filter(None, sought.words))) > _FEW:
        return False
    if len(sought.words) == 3 and "" not in sought.words and all(accented.isascii() for accented in sought.accented):
        return not all(pair in known for _, pair in places)
    return not any(pair in known or (stands and instead(pair, i, known, stands)) for i, pair in places)


def _names_a_rare_word(sought: Sought, known: Mapping[str, float], rarity: Callable[[str], float]) -> bool:
    """Whether a text holds a word sought that few texts hold ("EMC"): enough to go by alone."""
    rare = _RARE_SHARE * rarity("\0")
    return any(word in known and rarity(word) >= rare for word in sought.words)


def _fitness(sought: Sought, compared: _Compared) -> float:
    """1 where a text can be an answer by its kind, less where it lacks what the question asks for, a little less where
    only a heading above it holds that ("đến hết năm 2027" is no day of each aim below it)."""
    text, fit = compared.text, 1.0
    if any(
        not any(term in compared.known or term in compared.in_range for term in figure) for figure in sought.figures
    ):
        fit *= _UNFIT
    for pattern in sought.expects:
        fit *= _shown(pattern, text)
    return fit


@lru_cache(maxsize=16384)
def _shown(pattern: str, text: _Text) -> float:
    """1 where a text shows what a pattern expects, less where only its heading does, or nothing."""
    if re.search(pattern, text.folded) or (text.mended and re.search(pattern, text.mended)):
        return 1.0
    if re.search(pattern, text.folded_heading):
        return _HEADED
    return _UNFIT if not (text.mended and _DIGIT.search(text.folded)) else _UNFIT_DAMAGED


def _terms(words: Sequence[str]) -> list[str]:
    return [*words, *pairs(list(words))]


@lru_cache(maxsize=256)
def _weighed(
    words: tuple[str, ...],
    weights: tuple[float, ...],
    found: tuple[Substitute, ...],
    rarity: Callable[[str], float],
) -> tuple[tuple[str, float, int], ...]:
    """The syllables and pairs sought, each with its weight and place; the same for all candidates of a question."""
    carried = weights or (1.0,) * len(words)
    common = commonest(found, rarity)
    most = rarity("\0")
    terms: dict[str, tuple[float, int]] = {}
    for i, word in enumerate(words):
        if word and word not in terms:
            terms[word] = (carried[i] * _emphasis(word) * _telling(word, i, common, rarity), i)
    for i, (a, b) in enumerate(pairwise(words)):
        pair = f"{a}_{b}"
        if a and b and pair not in terms:
            share = _PAIR_WEIGHT * min(carried[i], carried[i + 1])
            if weights and rarity(pair) >= most and rarity(a) < most and rarity(b) < most:
                share *= _UNHELD_PAIR
            terms[pair] = (share * _emphasis(pair) * min(rarity(pair), _MOST), i)
    return tuple((term, weight, i) for term, (weight, i) in terms.items())


def _telling(word: str, at: int, common: Mapping[int, float], rarity: Callable[[str], float]) -> float:
    """How telling a word is: its rarity, less where common phrases may stand for it."""
    own = min(rarity(word), _MOST)
    return max(_OWN_RARITY * own, min(own, common.get(at, own)))


def _emphasis(term: str) -> float:
    """Figures tell more than words of the same rarity ("quý 3" is not "quý 1"), years less: all plans name them."""
    if _YEAR.search(term):
        return _YEAR_EMPHASIS
    return _FIGURE_EMPHASIS if term[-1].isdigit() else 1.0


def _with_other_accents_weaker(sought: Sought, text: _Text) -> Mapping[str, float]:
    """The worths, less for words that stand in the text only with other accents than were typed."""
    known = text.worths
    lost = [word for word, key in sought.typed_keys.items() if word in known and key not in text.spelled]
    if not lost:
        return known
    share = 0.0 if sought.weights else _OTHER_ACCENT_SHARE
    return {**known, **{word: known[word] * share for word in lost}}
