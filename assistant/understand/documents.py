"""Which documents a question means: by number, place, annex, level of government or words of the title."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.catalogue import Catalogue
from assistant.understand.named import STRONG, Named
from assistant.understand.named_numbers import by_annex, by_bare_content, by_fraction, by_number
from assistant.understand.named_places import by_level, by_place, of_level_said
from assistant.understand.named_titles import by_one_word, by_title
from assistant.understand.question import Question

# "Phụ lục 226 Hà Nội và phụ lục CCHC 2026-2030"
_AND_ANOTHER = re.compile(
    r"(?<!\w)(?:ke hoach|phu luc)(?: [^,]{2,40}?)? (?:va|voi|cung|lan)(?: ca)?(?: cai| trong| o)? (?=(?:ke hoach|phu luc)(?! nay| do| kem))"
)
_OFFERED = 5  # documents that can be asked back


def find_documents(question: Question, catalogue: Catalogue, knows: Callable[[str], bool]) -> Named:
    """Finds which documents a question names; where it names one and another, each by its own words."""
    named = _found(question, catalogue, knows)
    joint = _AND_ANOTHER.search(question.line)
    if joint is None or not named.scores or named.unknown is not None:
        return named
    cut = min(question.tokens_in(joint.end(), joint.end() + 1))
    parts = [
        (start, _found(replace(question, tokens=question.tokens[start:end]), catalogue, knows))
        for start, end in ((0, cut), (cut, len(question.tokens)))
    ]
    if any(part.unknown is not None or not part.ids for _, part in parts):
        return named
    both = {document for _, part in parts for document in part.ids}
    if both <= set(named.ids):
        return named
    tokens = {token + start for start, part in parts for token in part.tokens}
    return Named(dict.fromkeys(both, STRONG), tokens, fraction=named.fraction, weak=all(p.weak for _, p in parts))


def _found(question: Question, catalogue: Catalogue, knows: Callable[[str], bool]) -> Named:
    """What all words of a question name together."""
    named = Named()
    by_number(question, catalogue, named, knows)
    by_fraction(question, catalogue, named)
    by_annex(question, catalogue, named)
    by_place(question, catalogue, named, knows)
    by_bare_content(question, catalogue, named)
    if not named.scores and named.unknown is None and named.cited is None:
        by_level(question, catalogue, named)
    if named.unknown is None:
        by_title(question, catalogue, named)
    of_level_said(question, catalogue, named)
    if not named.scores and named.unknown is None:
        by_one_word(question, catalogue, named, knows)
    return named


def keep_own(named: Named, own: tuple[str, ...], within: Sequence[str], catalogue: Catalogue) -> None:
    """Of documents that bear the same number, that only their titles name, or of more than can be asked back, keeps
    those of the person's unit, where they are among them (its own plan 158 is meant, not those of other wards), else
    those ``within`` the reach of its city."""
    ids = named.ids
    figures = {catalogue.by_id[document].figure for document in ids}
    kept = [document for document in ids if document in own]
    by_content = named.by_content and not named.by_place
    alike = named.weak or by_content or len(ids) > _OFFERED or (len(figures) == 1 and None not in figures)
    kept = kept or [document for document in ids if by_content and document in within]
    if kept and len(ids) > 1 and alike:
        named.scores = {document: named.scores[document] for document in kept}
