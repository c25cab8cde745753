"""Documents named by their subject: "phụ lục tuyển quân", "bảng phân công an toàn trường học".

The subject are the words of the title and of the name of the file. After the word for a document, a run of
such words is its name, not what is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.catalogue import Card, Catalogue, file_words
from assistant.understand.lexicon import DOCUMENT_KINDS, FRAME, SYNONYMS, phrases
from assistant.understand.named import COMMON_TITLE, MADE, MANY, Named
from assistant.understand.question import Question
from corpus.vietnamese import fold
from retrieval.thesaurus import substitutes

_LINKS = frozenset(
    {"ve", "vu", "chuyen", "mang", "cua", "cong", "tac", "thuc", "hien", "trien", "khai", "viec", "nam", "va"}
)
_NO_SUBJECT = COMMON_TITLE | _LINKS | frozenset(
    {"tren", "dia", "ban", "hanh", "xa", "phuong", "thanh", "pho", "tinh", "tw", "qd", "kl", "ttg", "ubnd", "quyet", "dinh", "ket", "luan", "nghi", "plan", "annex", "2025"}
)  # fmt: skip
# Kinds of documents that are as often what is done: they name one only where it is of that kind.
_ALSO_DONE = phrases("thong bao", "chi thi", "huong dan", "chuong trinh", "de an", "quy dinh")
_PAIR = 2  # telling words that name a document where nothing else does
_LEAST = 0.75


def add_by_subject(question: Question, catalogue: Catalogue, named: Named, bodies: set[int]) -> set[int]:
    """The tokens that name a document by its subject; documents so named are added where none is named, or chosen
    where several are only guessed at. ``bodies`` are the tokens of bodies, which are no subject."""
    runs: dict[str, set[int]] = {}
    called: set[str] = set()  # by a kind that says of which one is spoken: that tells as much as a word
    for pattern in (DOCUMENT_KINDS, _ALSO_DONE):
        for match in pattern.finditer(question.line):
            if MADE.search(question.line[: match.start()]):
                continue
            kind = question.tokens_in(*match.span())
            for card in _possible(max(kind) + 1, question, catalogue, named, bodies):
                run = _run(max(kind) + 1, question, card, named, bodies)
                if pattern is DOCUMENT_KINDS:
                    runs.setdefault(card.id, set()).update(run)
                elif _is_called(match[0], run, question, card, named):
                    runs.setdefault(card.id, set()).update(run | kind)
                    called.add(card.id)
    telling = {
        document: _telling(run, question, named)
        + _said_otherwise(run, question, catalogue.by_id[document])
        + (document in called)
        for document, run in runs.items()
    }
    best = max(telling.values(), default=0)
    chosen = [document for document, count in telling.items() if count == best]
    if named.unknown is not None or best == 0 or (not named.scores and best < _PAIR):
        return set()
    if not named.scores or (named.weak and len(named.ids) > 1):
        for document in chosen:
            named.add(catalogue.by_id[document], _LEAST)
        named.weak = True
    return set().union(*(runs[document] for document in chosen if document in named.ids))


def subject_beside(question: Question, catalogue: Catalogue, named: Named) -> set[int]:
    """The words of the subject right before the name of the place: "tuyển quân" of "tuyển quân Vân Trường"."""
    if len(named.ids) != 1 or not named.tokens:
        return set()
    subject = file_words(named.ids[0])
    found: set[int] = set()
    for first in (i for i in named.tokens if i - 1 not in named.tokens):
        i = first - 1
        while i >= 0 and question.words[i] in subject:
            i -= 1
        run = set(range(i + 1, first))
        if _telling(run, question, named) >= _PAIR:
            found |= run
    return found


def _possible(start: int, question: Question, catalogue: Catalogue, named: Named, bodies: set[int]) -> list[Card]:
    """The documents, of those named if any were, whose subject holds the words from ``start`` on: all that hold the
    first telling one, while they are many those that hold the next one too."""
    if named.scores:
        cards = {catalogue.by_id[document] for document in named.ids}
        return catalogue.in_order(cards) if len(cards) <= MANY else []
    found: set[Card] | None = None
    for i in range(start, len(question.tokens)):
        if i in bodies:
            break
        if question.words[i] in _LINKS or i in named.tokens:
            continue
        holding = catalogue.about(question.words[i]) or _called(i, question, catalogue)
        narrowed = set(holding) if found is None else found.intersection(holding)
        if not narrowed:
            break
        found = narrowed
        if len(found) <= MANY:
            break
    return catalogue.in_order(found) if found and len(found) <= MANY else []


def _run(start: int, question: Question, card: Card, named: Named, bodies: set[int]) -> set[int]:
    """The tokens from ``start`` on that stand in the subject of a document, up to the last telling one."""
    subject = {*file_words(card.id), *card.title_words}
    taken: set[int] = set()
    kept: set[int] = set()
    for i in range(start, len(question.tokens)):
        word = question.words[i]
        meant = word in subject or any(set(phrase) <= subject for phrase in _otherwise(i, question))
        if i in bodies or (not meant and word not in _LINKS and i not in named.tokens):
            break
        taken.add(i)
        if meant and (word not in _NO_SUBJECT or (kept and word.isdigit() and len(word) == 4)):
            kept = set(taken)
    return kept


def _is_called(kind: str, run: set[int], question: Question, card: Card, named: Named) -> bool:
    """Whether a document is of a kind, and a run of words tells its subject."""
    return kind in fold(card.document.kind or "") and len(run) >= _PAIR and _telling(run, question, named) > 0


def _otherwise(i: int, question: Question) -> Iterator[tuple[str, ...]]:
    """The phrases of more words that a word stands for: "chất thải" for "rác"."""
    token = question.tokens[i]
    yield from (tuple(term.split("_")) for term in SYNONYMS.get(token.word, ()) if "_" in term)
    for substitute in substitutes([token.word], ["" if token.source.isascii() else token.source.lower()]):
        yield from (phrase.words for phrase in substitute.phrases if len(phrase.words) > 1)


def _said_otherwise(run: set[int], question: Question, card: Card) -> int:
    """How many words of a run stand for phrases of the title: each tells as much as two words of it."""
    subject = {*file_words(card.id), *card.title_words}
    return sum(question.words[i] not in subject and any(_otherwise(i, question)) for i in run)


def _called(i: int, question: Question, catalogue: Catalogue) -> set[Card]:
    """The documents whose title says a word otherwise."""
    held = (set.intersection(*(set(catalogue.about(word)) for word in phrase)) for phrase in _otherwise(i, question))
    return set().union(*held)


def _telling(run: set[int], question: Question, named: Named) -> int:
    """How many words of a run tell a subject."""
    words = {question.words[i] for i in run if i not in named.tokens}
    return sum(not (word in _NO_SUBJECT or word.isdigit() or FRAME.fullmatch(word)) for word in words)
