"""The office of the person in a question: "phường mình", "xã em"."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.catalogue import Catalogue, places_in
from assistant.understand.lexicon import DOCUMENT_KINDS
from assistant.understand.named import STRONG, Named
from assistant.understand.question import Question
from assistant.understand.units import documents_of_unit, within_reach
from corpus.vietnamese import toneless_key

US = r"(?: cua)?(?: (?:bon|tui|chung|ben|nha))*"
ME = r"(?:chung toi|chung em|minh|toi|em|ta|tui|tao)(?!\w)(?! (?:muon|can|hoi|xin|dang can|cam on))"
OFFICE = re.compile(
    rf"(?<!\w)(?:cua |o |tai |ben |cho )?(?:uy ban nhan dan )?(?:phuong|xa|dac khu|thanh pho|tinh|dia phuong){US} {ME}"
)


def office_match(question: Question) -> re.Match[str] | None:
    """Where a question says "phường mình"; None where it does not."""
    return next((match for match in OFFICE.finditer(question.line) if is_of_person(question, match)), None)


def is_of_person(question: Question, match: re.Match[str]) -> bool:
    """Whether the last word of a match stands for a person: "tôi", not "tới"."""
    token = question.tokens[max(question.tokens_in(*match.span()))]
    if token.word != "toi":
        return True
    return (
        toneless_key(token.source) == toneless_key("tôi") if not token.source.isascii() else "tinh toi" not in match[0]
    )


def read_own_office(named: Named, question: Question, unit: str | None, catalogue: Catalogue) -> None:
    """Takes "phường mình" for the documents of the person's unit; as unknown where that has none here."""
    match = office_match(question)
    if match is None:
        return
    documents = documents_of_unit(unit, catalogue) if unit else ()
    sure = bool(named.scores) and not named.weak
    if sure or documents or named.scores or unit is None:
        named.tokens |= question.tokens_in(*match.span())
    if sure and named.by_place and max(named.scores.values()) <= STRONG:
        named.scores |= dict.fromkeys(documents, max(named.scores.values()))
    if sure or unit is None:
        return
    if documents:
        guessed = {document: score for document, score in named.scores.items() if document in documents}
        named.scores, named.weak, named.unknown = guessed or dict.fromkeys(documents, STRONG), False, None
        named.own_office = True
    elif named.scores and _govern(named.scores, unit, catalogue):
        return
    elif not DOCUMENT_KINDS.search(question.line) and _above(unit, catalogue):
        return  # what its city or province says is said to it, too
    elif placed := [part.strip() for part in unit.split(",") if any(place.name for place in places_in(part))]:
        named.scores.clear()
        named.unknown = placed[0]


def _above(unit: str, catalogue: Catalogue) -> bool:
    """Whether there are documents of the city or province that a unit says it belongs to."""
    if not any(place.is_city for place in places_in(unit)):
        return False
    cards = (catalogue.by_id[document] for document in within_reach(unit, catalogue.ids, catalogue))
    return any(card.own_place is not None and card.own_place.is_city for card in cards)


def _govern(documents: Collection[str], unit: str, catalogue: Catalogue) -> bool:
    """Whether documents are of offices above a unit: of none of the communes, and not of another city or province."""
    within = within_reach(unit, documents, catalogue)
    return all(
        document in within
        and (catalogue.by_id[document].own_place is None or catalogue.by_id[document].places[0].is_city)
        for document in documents
    )
