"""What to look for: the words of a question as typed, then what may stand for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.find import OTHER_WORDS_MORE, UNACCENTED_MORE
from assistant.understand.expectations import is_amount
from assistant.understand.lexicon import CITED_KINDS, FROM_FUNDS, SYNONYMS
from assistant.understand.query import Attribute, Query
from retrieval.coverage import Sought
from retrieval.thesaurus import is_accented, substitutes, weights

ABOUT_TASKS = frozenset({Attribute.LEAD, Attribute.COORDINATE, Attribute.PRODUCT, Attribute.LEADER})

FUNDS = {"tien": ("kinh_phi",), "von": ("kinh_phi",)}  # money that comes from somewhere


def sought_by(query: Query) -> Sought:
    """What to look for; the figures of a question must stand in an answer, unless it asks whether they are right."""
    figures = () if query.confirms or query.doubted else tuple(_figures(query))
    expects = tuple(p for p in query.expects if not (query.whether and is_amount(p)))  # "mấy ấp phải ký … đúng không"
    synonyms = {**SYNONYMS, **FUNDS} if FROM_FUNDS.pattern in query.expects else SYNONYMS
    dated = Attribute.DEADLINE in query.attributes or query.days_left
    return Sought(
        query.words, query.accented, query.search, expects, figures, synonyms, beyond=query.whether, dated=dated
    )


def in_other_words(query: Query, sought: Sought) -> Sought:
    """The same with what may stand for its words, and with less weight on words that carry little.

    Asked only where the words as typed find nothing, so that the words of the documents always go first. Where it
    is asked who, "mấy tổ" are some teams: no number is expected.
    """
    words, accented = query.said, query.said_accented
    who = ABOUT_TASKS & set(query.attributes)
    expects = tuple(pattern for pattern in sought.expects if not (who and is_amount(pattern)))
    return replace(
        sought,
        words=words,
        accented=accented,
        expects=expects,
        substitutes=substitutes(words, accented),
        weights=weights(words, accented),
    )


def more_in_other_words(query: Query) -> float:
    """How much more coverage is needed where other words stand for those that were typed."""
    return OTHER_WORDS_MORE if is_accented(query.accented) else UNACCENTED_MORE


def _figures(query: Query) -> Iterator[tuple[str, ...]]:
    """The numbers that an answer must name; that of a law or plan right after its kind ("nghị định 100")."""
    words, shares = query.words, any("%" in pattern for pattern in query.expects)
    for i, word in enumerate(words):
        if not word.isdigit() or len(word) < 2:
            continue
        before = [w for w in words[max(0, i - 3) : i] if w and w != "so"]
        if not shares and (" ".join(before[-2:]) in CITED_KINDS or before[-1:] == ["luat"]):
            yield f"{before[-1]}_{word}", f"so_{word}"
        else:
            yield (word,)
