"""Documents named by a number: that of a plan, of what it carries out, of its annex."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.catalogue import Catalogue
from assistant.understand.named import KIND, MANY, STRONG, Named
from assistant.understand.question import Question
from corpus.vietnamese import spoken_figure

_NUMBERED = re.compile(rf"(?<!\w){KIND}(?: (?:so|thu))? (\d{{1,5}})(?!\w|\.\d)")
_KIND_BEFORE_WORDS = re.compile(rf"(?<!\w){KIND}(?: (?:so|thu))? (?=[a-z])")
_SPOKEN = re.compile(r"[a-z]+(?: [a-z]+){0,6}")
_LEAST_SPOKEN = 2  # words: "kế hoạch năm" is of a year
_SIGNED = re.compile(
    r"(?<![\w/.])(?:so )?(\d{1,5})/(?:ke hoach|quyet dinh|nghi quyet|[a-z]{2,})(?:[-/](?:uy ban nhan dan|[a-z]+))*"
)
_ANNEX = re.compile(r"(?<!\w)(?:phu luc|annex)(?: so)? (x{0,2}(?:ix|iv|v?i{1,3}|v|x)|\d{1,2}|[a-h])(?![\w.]|/)")
_OWN_KIND = re.compile(r"(?<!\w)(?:ke hoach|phu luc|plan|annex)(?!\w)")
_FRACTION = re.compile(r"(?<![\w/.])(\d{1,3})/(\d{2,5})(?![\w/])")
_BARE_NUMBER = re.compile(
    r"(?<=trong )(\d{2,5})(?= (?:viec|nhiem vu|co|thi|ai|phong|van phong)(?!\w))|(?<!nhiem vu )(?<!viec )(?<!task )(?<!stt )(?<!so )(?<!muc )(?<![\w/.,%-])(\d{2,5})(?![\w/.%]| (?:nhiem vu|viec|ngay|nam|thang|phan tram|nguoi|cuoc|%))"
)
_BARE_CONTENT = re.compile(
    r"(?<!nhiem vu )(?<!viec )(?<!stt )(?<!muc )(?<!dinh )(?<!luan )(?<!thi )(?<!quyet )(?<!luat )(?<!thong tu )(?<!so )(?<![\w/.,%-])((?!20\d\d)\d{3,4})(?![\w/.%-]| (?:nhiem vu|viec|ngay|nam|thang|phan tram|nguoi|cuoc|ho|trieu|ty|dong|%))"
)
_DAYS = 31


def by_number(question: Question, catalogue: Catalogue, named: Named, knows: Callable[[str], bool]) -> None:
    """Adds the plans that bear a number of the question, or carry out what it names; else notes what is not here."""
    for pattern in (_SIGNED, _NUMBERED):
        for match in pattern.finditer(question.line):
            cards = catalogue.by_figure.get(match[1], ())
            for card in cards:
                named.add(card, 2 * STRONG)
                named.tokens |= question.tokens_in(*match.span())
            if not cards:
                _titled_with(match, question, catalogue, named)
            cited = _is_cited(match[1], catalogue) or knows(f"so_{match[1]}") or knows(f"hoach_{match[1]}")
            if not cards and not named.scores and _OWN_KIND.search(match[0]):
                typed = _as_typed(question, match)
                named.cited = named.cited or (typed if cited else None)
                named.unknown = named.unknown or (None if cited else typed)
    if not named.scores:
        _by_number_in_words(question, catalogue, named)
    if not named.scores:
        _by_bare_number(question, catalogue, named)


def _as_typed(question: Question, match: re.Match[str]) -> str:
    """The words of a match as they were typed, with their accents."""
    tokens = sorted(question.tokens_in(*match.span()))
    return question.text[question.tokens[tokens[0]].start : question.tokens[tokens[-1]].end]


def _by_number_in_words(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Reads the number of a plan that is held here in words: "kế hoạch một năm tám", "kế hoạch số tám mươi chín"."""
    for kind in _KIND_BEFORE_WORDS.finditer(question.line):
        said = _SPOKEN.match(question.line, kind.end())
        words = said[0].split() if said else []
        for size in range(len(words), _LEAST_SPOKEN - 1, -1):
            cards = catalogue.by_figure.get(spoken_figure(words[:size]) or "", ())
            for card in cards:
                named.add(card, 2 * STRONG)
                named.tokens |= question.tokens_in(kind.start(), kind.end() + len(" ".join(words[:size])))
            if cards:
                break


def _by_bare_number(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes a number that stands alone for the plan that bears it: "158 nói về gì"."""
    for match in _BARE_NUMBER.finditer(question.line):
        group = 1 if match[1] else 2
        for card in catalogue.by_figure.get(match[group], ()):
            named.add(card, STRONG)
            named.tokens |= question.tokens_in(*match.span(group))


def by_bare_content(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes the number of what plans carry out for these plans: "báo cáo 226 gửi ai"; beside the name of a place, for
    those of the place: "kinh phí làm 226 bên Hà Nội"."""
    of_place = frozenset(named.scores)
    for match in _BARE_CONTENT.finditer(question.line) if named.unknown is None else ():
        cards = () if match[1] in catalogue.by_figure else catalogue.titled_with(match[1])
        tokens = question.tokens_in(*match.span(1))
        if of_place:
            cards = tuple(card for card in cards if card.id in of_place)
        if not cards or len(cards) > MANY or tokens & named.tokens:
            continue
        named.by_content = named.by_content or not named.scores
        named.tokens |= tokens
        for card in () if of_place else cards:
            named.add(card, 1.0)


def _titled_with(match: re.Match[str], question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes "kế hoạch 226" for the plans whose title names Kết luận 226."""
    if not match[0].startswith(("ke hoach", "phu luc", "plan", "van ban")):
        return
    for card in catalogue.titled_with(match[1]):
        named.add(card, 1.0)
        named.by_content = True
        named.tokens |= question.tokens_in(*match.span())


def _is_cited(figure: str, catalogue: Catalogue) -> bool:
    """Whether a number is of a document that a title or a ground names, not of one that should be here."""
    return bool(catalogue.titled_with(figure)) or figure in catalogue.cited


def by_fraction(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes "12/158" for task 12 of plan 158; the number before the stroke stays for the finder of tasks."""
    for match in _FRACTION.finditer(question.line):
        for card in catalogue.by_figure.get(match[2], ()) if int(match[2]) > _DAYS else ():
            named.add(card, 2 * STRONG)
            named.tokens |= question.tokens_in(*match.span(2))
            named.fraction = match[1]


def by_annex(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Adds the annexes that a question names by number or letter; notes one that is not here."""
    for match in _ANNEX.finditer(question.line):
        label = f"phu luc {match[1]}"
        arabic = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v"}.get(match[1])
        labels = {label, f"phu luc {arabic}"} if arabic else {label}
        cards = catalogue.in_order(card for label in labels for card in catalogue.by_annex.get(label, ()))
        for card in cards:
            named.add(card, STRONG)
            named.tokens |= question.tokens_in(*match.span())
        if not cards:
            named.unknown = named.unknown or _as_typed(question, match)
