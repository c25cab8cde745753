"""How much of a question a text explains: the basis of "the documents do not say".

A BM25 score says which text fits best, not whether it fits. Coverage is the share, weighed by rarity, of
the question's syllables and neighbouring pairs that stand in the text or in the headings above it; a
word typed with accents that stands there only with other accents ("lương" against "lượng") counts less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
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
    outside of the ranges of a text, which then answers no.
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

    @property
    def ranking(self) -> tuple[str, ...]:
        return self.search or tuple(filter(None, self.words))


def coverage(
    sought: Sought, body: str, heading: str, rarity: Callable[[str], float], *, damaged: bool = False
) -> float:
    """The share (0 to 1) of what is sought that a text explains."""
    text = _compared(sought, body, heading, rarity, damaged)
    total = matched = 0.0
    for _, weight, worth in _explained(sought, text, rarity):
        total += weight
        matched += weight * worth
    share = matched / total if total else 0.0
    if damaged:
        share = min(1.0, share * _LOST)
    if _stands_apart(sought, text.known, text.stands) and not _names_a_rare_word(sought, text.known, rarity):
        share *= _LOOSE
    mended = " ".join(text.body) if damaged else ""
    return share * _fitness(sought, body, heading, text, mended)


@dataclass(frozen=True)
class Evidence:
    """What speaks for a text beside its coverage: how much rare wording it shares with what is sought.

    ``syllables`` and ``pairs``: the rarities of those it holds, summed, in units of the greatest that counts;
    ``unheld``: the share (0 to 1) of the syllables sought that it lacks and that no text holds.
    """

    syllables: float
    pairs: float
    unheld: float


def evidence(
    sought: Sought, body: str, heading: str, rarity: Callable[[str], float], *, damaged: bool = False
) -> Evidence:
    """What speaks for a text beside its coverage."""
    most = rarity("\0")
    sums = {"syllables": 0.0, "pairs": 0.0}
    unheld = total = 0.0
    for term, weight, worth in _explained(sought, _compared(sought, body, heading, rarity, damaged), rarity):
        held = min(rarity(term), _MOST) / _MOST * worth if worth > _BARELY else 0.0
        sums["pairs" if "_" in term else "syllables"] += held
        if "_" not in term:
            total += weight
            unheld += weight if worth <= _BARELY and rarity(term) >= most else 0.0
    return Evidence(**sums, unheld=unheld / total if total else 0.0)


@dataclass(frozen=True)
class _Text:
    """A text beside what is sought: its words, what each of its terms is worth, what stands there for others."""

    body: tuple[str, ...]
    heading: tuple[str, ...]
    known: Mapping[str, float]
    stands: Mapping[int, Stand]
    damaged: bool
    in_range: frozenset[str] = frozenset()  # the amounts sought, as terms, that lie in a range of the text


def _compared(sought: Sought, body: str, heading: str, rarity: Callable[[str], float], damaged: bool) -> _Text:
    body_words = _words_of(body, damaged)
    heading_words = _words_of(heading, damaged)
    known = _worths(body_words, heading_words)
    if not damaged:
        known = _with_other_accents_weaker(sought, f"{body} {heading}", known)
    stands: Mapping[int, Stand] = {}
    if sought.substitutes:
        present = None if damaged else _accented_words(f"{body} {heading}")
        stands = standing(shared(sought.words, sought.substitutes, rarity), known, present)
    return _Text(body_words, heading_words, known, stands, damaged, _in_range(sought.words, body, beyond=sought.beyond))


def _explained(sought: Sought, text: _Text, rarity: Callable[[str], float]) -> Iterator[tuple[str, float, float]]:
    """Each syllable and pair sought with its weight, and what the text is worth for it (0 to 1)."""
    for term, weight, at in _weighed(sought.words, sought.weights, sought.substitutes, rarity):
        worth = _worth(term, text.known, sought.synonyms)
        if text.stands and worth < 1.0:
            worth = max(worth, instead(term, at, text.known, text.stands))
        if term in text.in_range:
            worth = max(worth, _RANGE_SHARE)
        if text.damaged and not worth:
            worth = _near(term, (*text.body, *text.heading))
        yield term, weight, worth


def _in_range(words: tuple[str, ...], body: str, *, beyond: bool) -> frozenset[str]:
    """The amounts in words sought, each as figure and as pair with its unit, that lie in a range of a text (or beside
    one): 4 days in "từ 03 đến 05 ngày"."""
    amounts = _amounts(words)
    if not amounts:
        return frozenset()
    ranges = ranges_in(_folded(body))
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


@lru_cache(maxsize=4096)
def _worths(body: tuple[str, ...], heading: tuple[str, ...]) -> Mapping[str, float]:
    """What each syllable and pair of a text is worth; shared by all who ask, so never changed."""
    return {**dict.fromkeys(_terms(heading), _HEADING_SHARE), **dict.fromkeys(_terms(body), 1.0)}


def _worth(term: str, known: Mapping[str, float], synonyms: Mapping[str, tuple[str, ...]]) -> float:
    if term in known:
        return known[term]
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


@lru_cache(maxsize=32768)
def _near(term: str, words: tuple[str, ...]) -> float:
    """What a term is worth where a damaged text holds one that differs in a letter."""
    first, _, second = term.partition("_")
    places = _alike(first, words)
    if second and places:
        following = _alike(second, words)
        places = {i for i in places if i + 1 in following}
    return _NEAR_SHARE if places else 0.0


def _alike(term: str, words: tuple[str, ...]) -> set[int]:
    """The places of words that may be the term: the same, or no syllable and one letter away."""
    damaged = _no_syllables(words)
    near = {i for i, word in damaged if abs(len(word) - len(term)) <= 1 and _one_off(word, term)}
    return near | {i for i, word in enumerate(words) if word == term}


def _one_off(word: str, term: str) -> bool:
    return len(term) > 2 and not term.isdigit() and Levenshtein.distance(word, term, score_cutoff=1) <= 1


@lru_cache(maxsize=4096)
def _no_syllables(words: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((i, word) for i, word in enumerate(words) if not is_syllable(word))


def _stands_apart(sought: Sought, known: Mapping[str, float], stands: Mapping[int, Stand]) -> bool:
    """Whether few words are sought and stand only apart: too little to go by.

    One pair that stands together is enough, but for three words in a row typed without accents.
    """
    places = [(i, f"{a}_{b}") for i, (a, b) in enumerate(pairwise(sought.words)) if a and b]
    places = [(i, pair) for i, pair in places if not _DIGIT.search(pair)]
    if not places or len(list(filter(None, sought.words))) > _FEW:
        return False
    if len(sought.words) == 3 and "" not in sought.words and all(accented.isascii() for accented in sought.accented):
        return not all(pair in known for _, pair in places)
    return not any(pair in known or (stands and instead(pair, i, known, stands)) for i, pair in places)


def _names_a_rare_word(sought: Sought, known: Mapping[str, float], rarity: Callable[[str], float]) -> bool:
    """Whether a text holds a word sought that few texts hold ("EMC"): enough to go by alone."""
    rare = _RARE_SHARE * rarity("\0")
    return any(word in known and rarity(word) >= rare for word in sought.words)


def _fitness(sought: Sought, body: str, heading: str, text: _Text, mended: str) -> float:
    """1 where a text can be an answer by its kind, less where it lacks what the question asks for, a little less where
    only a heading above it holds that ("đến hết năm 2027" is no day of each aim below it).

    ``mended`` are the words of a damaged text as they were most likely written, "" for a sound one.
    """
    fit = 1.0
    if any(not any(term in text.known or term in text.in_range for term in figure) for figure in sought.figures):
        fit *= _UNFIT
    folded = _folded(body)
    for pattern in sought.expects:
        if re.search(pattern, folded) or (mended and re.search(pattern, mended)):
            continue
        if re.search(pattern, _folded(heading)):
            fit *= _HEADED
        else:
            fit *= _UNFIT if not (mended and _DIGIT.search(folded)) else _UNFIT_DAMAGED
    return fit


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=8192)
def _words_of(text: str, repair: bool) -> tuple[str, ...]:
    return tuple(syllables(text, repair=repair))


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


def _with_other_accents_weaker(sought: Sought, text: str, known: Mapping[str, float]) -> Mapping[str, float]:
    """The worths, less for words that stand in the text only with other accents than were typed."""
    typed = {w: toneless_key(a) for w, a in zip(sought.words, sought.accented, strict=False) if is_whole(a)}
    wanted = {word: key for word, key in typed.items() if word in known}
    if not wanted:
        return known
    present = _accented_words(text)
    share = 0.0 if sought.weights else _OTHER_ACCENT_SHARE
    weaker = {word: known[word] * share for word, key in wanted.items() if key not in present}
    return {**known, **weaker} if weaker else known


@lru_cache(maxsize=4096)
def _accented_words(text: str) -> frozenset[str]:
    return frozenset(toneless_key(word) for word in _WORD.findall(nfc(text)))
