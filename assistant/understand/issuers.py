"""Documents named by the body that issued them: "bảng phân công của Sở GD", "kế hoạch của chi cục"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.catalogue import Card, Catalogue
from assistant.understand.lexicon import DOCUMENT_KINDS
from assistant.understand.named import MADE, STRONG, Named
from assistant.understand.question import Question
from corpus.agencies import Found
from corpus.vietnamese import fold, words

_OF = re.compile(r"(?: (?:nhiem vu|cong tac|so|nay|·+)){0,3} (?:cua|do|thuoc) ")
_LEAST = 2  # words of a name by which a body is recognised


def add_by_issuer(question: Question, catalogue: Catalogue, named: Named, bodies: Sequence[Found]) -> None:
    """Adds the documents whose issuer stands right after the word for a document, where no other is named."""
    if named.scores and not named.weak:
        return
    for match in DOCUMENT_KINDS.finditer(question.line):
        of = _OF.match(question.line, match.end())
        if of is None or MADE.search(question.line[: match.start()]):
            continue
        cards = _possible(of.end(), question, catalogue, bodies)
        spans = {card.id: _named_at(of.end(), question, card, bodies) for card in cards}
        longest = max(map(len, spans.values()), default=0)
        for document in [d for d, tokens in spans.items() if longest and len(tokens) == longest]:
            named.add(catalogue.by_id[document], STRONG)
            named.tokens |= spans[document] | question.tokens_in(*match.span())
            named.weak = False


def _possible(start: int, question: Question, catalogue: Catalogue, bodies: Sequence[Found]) -> list[Card]:
    """The documents whose issuer may stand at a character of the line: by its first word, or by the body there."""
    first = min(question.tokens_in(start, start + 1), default=-1)
    if first < 0:
        return []
    names = [question.words[first]]
    names += [fold(b.agency.name) for b in bodies if first in question.tokens_at(b.start, b.end)]
    return catalogue.in_order(card for name in names for card in catalogue.by_issuer.get(name, ()))


def _named_at(start: int, question: Question, card: Card, bodies: Sequence[Found]) -> set[int]:
    """The tokens from a character of the line on that name the issuer of a document."""
    first = min(question.tokens_in(start, start + 1), default=-1)
    for body in bodies:
        tokens = question.tokens_at(body.start, body.end)
        if first in tokens and fold(body.agency.name) == fold(card.issuer):
            return tokens
    name = words(card.issuer)
    size = 0
    while (
        first >= 0
        and first + size < len(question.tokens)
        and question.words[first + size] == (name[size : size + 1] or [""])[0]
    ):
        size += 1
    return set(range(first, first + size)) if size >= _LEAST else set()
