"""Documents named by the body that issued them: "bảng phân công của Sở GD", "kế hoạch của chi cục"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.catalogue import Card, Catalogue
from assistant.understand.documents import MADE, STRONG, Named
from assistant.understand.lexicon import DOCUMENT_KINDS
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
        spans = {card.document.id: _named_at(of.end(), question, card, bodies) for card in catalogue.cards}
        longest = max(map(len, spans.values()))
        for document in [d for d, tokens in spans.items() if longest and len(tokens) == longest]:
            named.add(catalogue.by_id[document], STRONG)
            named.tokens |= spans[document] | question.tokens_in(*match.span())
            named.weak = False


def _named_at(start: int, question: Question, card: Card, bodies: Sequence[Found]) -> set[int]:
    """The tokens from a character of the line on that name the issuer of a document; none for a place's office."""
    issuer = card.document.issuer or ""
    if not issuer or (card.own_place is not None and card.own_place.name):
        return set()
    first = min(question.tokens_in(start, start + 1), default=-1)
    for body in bodies:
        tokens = question.tokens_at(body.start, body.end)
        if first in tokens and fold(body.agency.name) == fold(issuer):
            return tokens
    name = words(issuer)
    size = 0
    while (
        first >= 0
        and first + size < len(question.tokens)
        and question.words[first + size] == (name[size : size + 1] or [""])[0]
    ):
        size += 1
    return set(range(first, first + size)) if size >= _LEAST else set()
