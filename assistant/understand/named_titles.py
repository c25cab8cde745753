"""Documents named by words that run as in their titles."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from assistant.catalogue import Card, Catalogue
from assistant.understand.lexicon import DOCUMENT_KINDS, FRAME
from assistant.understand.named import COMMON_TITLE, MANY, Named
from assistant.understand.question import Question
from corpus.vietnamese import fold

CITED_NUMBER = re.compile(r"(?<!\w)(?:ket luan|quyet dinh|chi thi|nghi quyet)(?: so)? (\d{1,4})(?!\w)")
_SORT = re.compile(r" (?:hanh chinh|quy pham|phap luat|mat|dien tu|giay|chi dao|den|di|quan ly)(?!\w)")
_LEAST_RUN = 3  # words
_FEW = 20  # documents
_LEAST_TITLE = 0.75
_A_YEAR = re.compile(r"20\d\d")


def by_title(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes words that run as in a title ("cchc 2026-2030") and the numbers of laws in it for the document."""
    cited = {match[1] for match in CITED_NUMBER.finditer(question.line)}
    before, taken = set(named.scores), frozenset(named.tokens)
    kinds = {match[0] for match in _naming_kinds(question)}
    least = _least_run(catalogue)
    for card in _alike_in_title(question, catalogue, cited, before):
        run = _longest_run(question, card.title_words, _LEAST_RUN if before else least)
        run = set() if run <= taken else run  # a title that repeats the name of its place says no more than the place
        score = max(len(run), 3 * bool(run)) / 4 + sum(1.0 for figure in cited if figure in card.title_words)
        if score < _LEAST_TITLE:
            continue
        if before:
            run |= {
                t
                for m in CITED_NUMBER.finditer(question.line)
                if m[1] in card.title_words
                for t in question.tokens_in(*m.span())
            }
        kind = fold(card.document.kind or "")
        named.add(card, min(score, 2.5) + (0.5 if run and kind in kinds else 0.0))
        named.tokens |= run
        named.weak = named.weak or not before


def _alike_in_title(question: Question, catalogue: Catalogue, cited: set[str], before: set[str]) -> list[Card]:
    """The documents whose titles may run as the question does, of those named before if any were: they share two
    words side by side with it, or a number that it cites. Words that the titles of many share name none of them."""
    if before:
        return catalogue.in_order(catalogue.by_id[document] for document in before)
    shared = [catalogue.titled_with_pair(*pair) for pair in pairwise(question.words)]
    shared += [catalogue.titled_with(figure) for figure in cited]
    return catalogue.in_order(card for cards in shared if len(cards) <= MANY for card in cards)


def by_one_word(question: Question, catalogue: Catalogue, named: Named, knows: Callable[[str], bool]) -> None:
    """Takes "kế hoạch rác" for the one document whose title holds that word, where it opens no longer term."""
    for match in _naming_kinds(question):
        i = max(question.tokens_in(*match.span())) + 1
        if i >= len(question.tokens):
            continue
        word, following = question.words[i], question.words[i + 1] if i + 1 < len(question.tokens) else ""
        if word in COMMON_TITLE or word.isdigit() or FRAME.fullmatch(word) or knows(f"{word}_{following}"):
            continue
        cards = catalogue.titled_with(word) or catalogue.about(word)
        if len(cards) == 1:
            named.add(cards[0], _LEAST_TITLE)
            named.tokens |= {i, *question.tokens_in(*match.span())}
            named.weak = True


def _naming_kinds(question: Question) -> Iterator[re.Match[str]]:
    """The words for a document that may lead to its name; "văn bản hành chính" are documents of a sort."""
    line = question.line
    return (m for m in DOCUMENT_KINDS.finditer(line) if not (m[0] == "van ban" and _SORT.match(line, m.end())))


def _least_run(catalogue: Catalogue) -> int:
    """Of how many words at least a run consists that names a document: the more titles there are, the more words
    some title shares with a question by chance."""
    return _LEAST_RUN + max(0, math.ceil(math.log10(max(len(catalogue.cards), 1) / _FEW)))


def _longest_run(question: Question, title: tuple[str, ...], least: int) -> set[int]:
    """The tokens of the longest run of so many words that the question shares with a title, with the years after it;
    less is enough after the word for a document. Empty where the run holds nothing telling."""
    words, best = question.words, range(0)
    named_as = {max(question.tokens_in(*m.span())) + 1 for m in _naming_kinds(question)}
    places: dict[str, list[int]] = {}
    for place, word in enumerate(title):
        places.setdefault(word, []).append(place)
    for start in range(len(words)):
        for place in places.get(words[start], ()):
            length = 0
            while (
                start + length < len(words)
                and place + length < len(title)
                and words[start + length] == title[place + length]
            ):
                length += 1
            while length and words[start + length : start + length + 1] == ["nao"]:
                length -= 1  # "việc của sở nào" asks for a body, whatever a title runs like
            if length > len(best):
                best = range(start, start + length)
    after_kind = best.start in named_as  # a year tells only there: "quý IV/2026 của phường" runs as many a title does
    telling = [w for i in best if (w := words[i]) not in COMMON_TITLE and (after_kind or not _A_YEAR.fullmatch(w))]
    if len(best) < (_LEAST_RUN - 1 if after_kind else least) or not telling:
        return set()
    return set(best) | _years_after(words, best.stop, title)


def _years_after(words: list[str], start: int, title: tuple[str, ...]) -> set[int]:
    """The years of a title right after its words: "cchc 2026-2030", "cchc 26-30", "cchc nam 2026"."""
    taken: set[int] = set()
    for i in range(start, min(start + 4, len(words))):
        word = words[i]
        if word in ("nam", "giai", "doan", "den") or f"20{word}" in title or (len(word) == 4 and word in title):
            taken.add(i)
        else:
            break
    return taken if any(words[i].isdigit() for i in taken) else set()
