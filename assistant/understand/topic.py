"""The topic of a question: the words that neither a name nor a question word explains."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.understand.expectations import CONFIRMS, HEARSAY, expected
from assistant.understand.fields import FILLERS
from assistant.understand.follow_ups import EMPTY as EMPTY_WORDS
from assistant.understand.follow_ups import EMPTY_TERMS
from assistant.understand.lexicon import (
    ACCENTED_ALONE,
    ATTRIBUTES,
    COLLECTIVE_LEAD,
    COORDINATING,
    COUNT,
    COUNT_IN_ROLE,
    DOCUMENT_KINDS,
    DOCUMENT_WORDS,
    EITHER,
    EMPTY,
    FIELDS,
    FRAME,
    GENERIC_WORK,
    JOINT_LEAD,
    KINDS,
    LATE,
    LEADING,
    LIST,
    LIST_OF_WORK,
    LISTING,
    OVERDUE,
    ROWS,
    SHARED_LEAD,
    SOLE_LEAD,
    TWO_FACED,
)
from assistant.understand.named import MADE
from assistant.understand.periods import DAYS_LEFT, RELATIVE, find_period, spans_around
from assistant.understand.question import Question, Token
from assistant.understand.reading import Reading, hide
from corpus.vietnamese import fold, toneless_key
from corpus.vietnamese import words as words_of
from corpus.vocabulary import is_syllable
from retrieval.thesaurus import substitutes
from retrieval.tokens import plain

LINKS = frozenset({"ve", "so", "thuoc", "trong", "cua", "theo", "danh", "sach", "tai", "o", "den", "cho", "voi"})


def beyond_titles(reading: Reading) -> list[int]:
    """The topic without the words of the titles of the documents named."""
    cards = [reading.context.catalogue.by_id[document] for document in reading.named.ids]
    titles = {word for card in cards for word in card.title_words}
    topic = topic_of(reading, keep_agencies=True, also=(*(pattern for _, pattern in FIELDS), DOCUMENT_KINDS, FILLERS))
    return [i for i in topic if reading.question.tokens[i].word not in titles]


def topic_of(
    reading: Reading, *, keep_agencies: bool, listing: bool = False, also: tuple[re.Pattern[str], ...] = ()
) -> list[int]:
    """The tokens that neither a name nor a question word explains, in order."""
    question = reading.question
    taken = set(reading.taken)
    agency_tokens = {t for f in reading.agencies for t in question.tokens_at(f.start, f.end)}
    if not keep_agencies:
        taken |= agency_tokens
    line = hide(question, taken | agency_tokens)
    patterns = [*also, *(pattern for _, pattern in ATTRIBUTES), RELATIVE, DAYS_LEFT, HEARSAY, LATE]
    if listing:
        kinds, empty = (tuple(p for _, p in pairs) for pairs in (KINDS, EMPTY))
        patterns = [
            SHARED_LEAD,
            SOLE_LEAD,
            JOINT_LEAD,
            COLLECTIVE_LEAD,
            COUNT_IN_ROLE,
            *empty,
            *kinds,
            ROWS,
            LIST,
            COUNT,
            OVERDUE,
            LEADING,
            COORDINATING,
            EITHER,
            *patterns,
            LISTING,
            LIST_OF_WORK,
            GENERIC_WORK,
        ]
        dated, today = hide(question, taken | agency_tokens | reading.subject), reading.context.today
        if found := find_period(dated, today):
            for span in (found[1], *spans_around(dated, today, found[1])):
                taken |= question.tokens_in(*span)
    for pattern in patterns:
        for match in pattern.finditer(line):
            taken |= question.tokens_in(*match.span())
    for match in DOCUMENT_KINDS.finditer(line):
        words = question.tokens_in(*match.span())
        if listing or also or (_beside_name(words, reading, 2) and not MADE.search(line[: match.start()])):
            taken |= words
    for match in DOCUMENT_WORDS.finditer(line):
        words = question.tokens_in(*match.span())
        if _beside_name(words, reading, 1) and not MADE.search(line[: match.start()]):
            taken |= words
    for match in FRAME.finditer(line):
        words = question.tokens_in(*match.span()) - taken
        if len(words) > 1 or not any(_is_content(i, taken, reading) for i in words):
            taken |= words
    kept = [i for i in range(len(question.tokens)) if i not in taken and not _leads_to_name(i, reading)]
    beyond = [i for i in kept if i not in reading.subject and not (listing and i in reading.beside)]
    return beyond if beyond or listing else kept


def _beside_name(words: set[int], reading: Reading, near: int) -> bool:
    """Whether some tokens stand at most ``near`` words before or after the name of a document."""
    around = range(min(words) - near, max(words) + near + 1)
    return bool(set(around) & (reading.named.tokens | reading.subject))


def _leads_to_name(i: int, reading: Reading) -> bool:
    """Whether a word only leads to the name of a document: "bên" of "bên phụ lục II"."""
    return reading.question.words[i] in ("ben", "phia") and i + 1 in reading.named.tokens


def _is_content(i: int, taken: set[int], reading: Reading) -> bool:
    """Whether a word that looks like a question word is part of the content ("tài" in "tài liệu")."""
    token = reading.question.tokens[i]
    if token.word not in TWO_FACED:
        return False
    faces = {toneless_key(face) for face in TWO_FACED[token.word].split()}
    if reading.question.accented and toneless_key(token.source) not in faces:
        return True
    if token.word in ACCENTED_ALONE:
        return False
    return not reading.question.accented and _in_known_pair(i, taken, reading)


def _in_known_pair(i: int, taken: set[int], reading: Reading) -> bool:
    """Whether a word forms a pair with a neighbour that the documents know."""
    tokens, knows = reading.question.tokens, reading.context.knows
    left, right = i - 1, i + 1
    return bool(
        (left >= 0 and left not in taken and knows(f"{tokens[left].word}_{tokens[i].word}"))
        or (right < len(tokens) and right not in taken and knows(f"{tokens[i].word}_{tokens[right].word}"))
    )


def topic_fields(reading: Reading, kept: list[int]) -> dict[str, object]:
    """The fields of a query that hold its topic: folded words, the same with accents, and all for ranking."""
    tokens = reading.question.tokens
    words, accented = _written(reading, kept)
    said, said_accented = _written(reading, _with_phrases(reading, kept))
    named = reading.taken
    line = reading.question.line
    return {
        "expects": () if DAYS_LEFT.search(line) else expected(reading.question, reading.context.knows),
        "confirms": bool(CONFIRMS.search(line)),
        "words": words,
        "accented": accented,
        "said": said,
        "said_accented": said_accented,
        "naming": tuple(naming_words(words, reading.context.knows)),
        "search": tuple(plain(token.word) for i, token in enumerate(tokens) if i not in named),
    }


def naming_words(words: Sequence[str], knows: Callable[[str], bool]) -> Iterator[str]:
    """The words of a topic that name something: words of half sentences only in a term of the documents ("bản sao số")."""
    for i, word in enumerate(words):
        beside = [
            pair for pair in ((words[i - 1] if i else "", word), (word, (*words[i + 1 : i + 2], "")[0])) if all(pair)
        ]
        if word and (word not in EMPTY_WORDS or any(p not in EMPTY_TERMS and knows("_".join(p)) for p in beside)):
            yield word


def _written(reading: Reading, kept: list[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tokens as folded words and as typed with accents, "" where others stood between."""
    tokens = reading.question.tokens
    words: list[str] = []
    accented: list[str] = []
    spelled = _spelled_bodies(reading)
    for place, i in enumerate(kept):
        if place and (kept[place - 1] != i - 1 or _apart(reading.question, i)):
            words.append("")
            accented.append("")
        if i in spelled:
            words += spelled[i]
            accented += [""] * len(spelled[i])
        else:
            words.append(plain(tokens[i].word))
            accented.append(accented_form(tokens[i]))
    _yearly(words, accented)
    return tuple(words), tuple(accented)


def _with_phrases(reading: Reading, kept: list[int]) -> list[int]:
    """The tokens kept, and those that make a phrase of the thesaurus with one of them ("kéo dài tối đa")."""
    tokens = reading.question.tokens
    words = ["" if i in reading.taken else plain(token.word) for i, token in enumerate(tokens)]
    typed = [accented_form(token) for token in tokens]
    spans = (set(range(s.start, s.end)) for s in substitutes(words, typed) if s.end - s.start > 1)
    return sorted(set(kept).union(*(span for span in spans if span & set(kept))))


def _yearly(words: list[str], accented: list[str]) -> None:
    """Writes "báo cáo năm" as plans do: the report of every year."""
    for i in range(2, len(words)):
        after = words[i + 1] if i + 1 < len(words) else ""
        if words[i - 2 : i + 1] == ["bao", "cao", "nam"] and not after.isdigit() and after not in ("hoc", "nay", "sau"):
            words.insert(i, "hang")
            accented.insert(i, "")
            return


def _spelled_bodies(reading: Reading) -> dict[int, list[str]]:
    """For the tokens of bodies named in short ("sở nn&mt") the words of their names, at the first token of each."""
    spelled: dict[int, list[str]] = {}
    for found in reading.agencies:
        tokens = sorted(reading.question.tokens_at(found.start, found.end))
        if all(is_syllable(reading.question.tokens[i].word) for i in tokens):
            continue
        spelled |= {i: [] for i in tokens}
        spelled[tokens[0]] = [plain(word) for word in words_of(found.agency.name)]
    return spelled


def accented_form(token: Token) -> str:
    """A token as typed, "" where its spelling was corrected or written out."""
    return token.source if fold(token.source) == token.word else ""


def _apart(question: Question, i: int) -> bool:
    """Whether a comma or the like stands between a token and the one before it."""
    between = question.text[question.tokens[i - 1].end : question.tokens[i].start]
    return any(sign in between for sign in ",;:()")


def as_typed(reading: Reading, kept: list[int]) -> str:
    """Tokens as they were typed."""
    tokens = [reading.question.tokens[i] for i in kept]
    return " ".join(t.source for i, t in enumerate(tokens) if not i or tokens[i - 1].start != t.start)
