"""The courtesies around a question: "dạ anh chị cho em hỏi …", "could you please tell me …", "… giúp em với ạ, tks".

They are recognised as a class, by small words in an order that only courtesies have, and taken off at both
ends before anything else is read. A message of nothing but courtesies is left whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.understand.courtesies import (
    CLAUSE_ENDS,
    CLOSING,
    FORMS,
    LABELS,
    PURPOSE,
    REQUEST_END,
    REQUESTED,
    SUBJECTS,
    TAIL,
    TITLES,
    UNITS,
)
from corpus.vietnamese import fold, toneless_key

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"\s*[,:;.!?…–—-]+(?=\s|$)")
_EDGE = " ,:;.!?…–—-"
_HIDDEN = "·"
_LAST = re.compile(r"[a-z]+(?=[^a-z]*$)")
_LETTERS = (["a"], ["v"])
_CONTENT_NEXT = frozenset({"xem"})  # "cho xem" asks for a list
_KEYS = {word: frozenset(map(toneless_key, forms.split())) for word, forms in FORMS.items()}


@dataclass(frozen=True)
class _Unit:
    """A small phrase of a courtesy: its kinds and its place in the text."""

    kind: str
    start: int
    end: int


def bare(text: str, knows: Callable[[str], bool] = lambda _term: False) -> str:
    """The question without the courtesies around it; the text itself where it is nothing else.

    ``knows`` says whether the documents hold a pair of folded words ("chi_dao"): then the word typed without
    accents is theirs, not the courtesy that it looks like.
    """
    start, end = _core(text, knows)
    core = text[start:end].strip(_EDGE)
    peeled = bool(start) or end < len(text.rstrip(_EDGE))
    return core if peeled and _WORD.search(core) else text


def is_courtesy(text: str) -> bool:
    """Whether a message is nothing but courtesies ("em chào anh ạ, em cảm ơn anh nhiều")."""
    start, end = _core(text, lambda _term: False)
    return not _WORD.search(text[start:end])


def _core(text: str, knows: Callable[[str], bool]) -> tuple[int, int]:
    """Where the question begins and ends between the courtesies."""
    folded = _readable(text, knows)
    end = _tail_start(text, folded, len(text.rstrip(_EDGE)))
    start = _head_end(text[:end], folded[:end], knows)
    if REQUESTED.search(folded[:start]) and (asked := REQUEST_END.search(folded[start:end])):
        end = start + asked.start()
    return start, end


def _readable(text: str, knows: Callable[[str], bool]) -> str:
    """The folded text in which the words that are no courtesies by their accents or by their neighbours are hidden."""
    folded = fold(text)
    places = list(_WORD.finditer(folded))
    hidden = []
    for i, place in enumerate(places):
        if place[0] in _KEYS and _is_content(text, folded, places, i, knows):
            hidden.append(place)
    for place in hidden:
        folded = folded[: place.start()] + _HIDDEN * len(place[0]) + folded[place.end() :]
    return folded


def _is_content(text: str, folded: str, places: list[re.Match[str]], i: int, knows: Callable[[str], bool]) -> bool:
    word, place = places[i][0], places[i]
    typed = text[place.start() : place.end()]
    if toneless_key(typed) in _KEYS[word]:
        return False
    if not typed.isascii():
        return True
    pairs = []
    if i and folded[places[i - 1].end() : place.start()] == " " and places[i - 1][0] not in UNITS.small:
        pairs.append(f"{places[i - 1][0]}_{word}")
    if i + 1 < len(places) and folded[place.end() : places[i + 1].start()] == " ":
        pairs.append(f"{word}_{places[i + 1][0]}")
    return any(knows(pair) for pair in pairs)


def _head_end(text: str, folded: str, knows: Callable[[str], bool]) -> int:
    """Where the courtesies at the beginning end; 0 where there are none."""
    cut = 0
    clause: list[_Unit] = []
    for unit in _units(folded):
        if unit.kind == "person" and clause and cut == clause[-1].end and SUBJECTS.match(folded, unit.end):
            return cut
        clause.append(unit)
        if stop := _STOP.match(folded, unit.end):
            if _is_courtesy(clause):
                cut = stop.end()
            clause = []
        elif _closes(clause) and not _goes_on(text, folded, unit, knows):
            cut = unit.end
    return cut


def _goes_on(text: str, folded: str, unit: _Unit, knows: Callable[[str], bool]) -> bool:
    """Whether the words after a unit make it content: "trợ lý ảo", "anh Thắng", "bạn là ai", "cho xem"."""
    following = _WORD.search(folded, unit.end)
    if following is None:
        return False
    if unit.kind != "person":
        return following[0] in _CONTENT_NEXT
    last = folded[unit.start : unit.end].split()
    named = last[-1] in TITLES and text[following.start()].isupper()
    whole = len(last) > 1 and knows(f"{last[-1]}_{following[0]}")
    return named or whole or following[0] in _CONTENT_NEXT or bool(SUBJECTS.match(folded, unit.end))


def _units(folded: str) -> Iterator[_Unit]:
    """The units that follow one another from the beginning, the longest at each place."""
    at = 0
    while match := UNITS.pattern.match(folded, at):
        yield _Unit(str(match.lastgroup), match.start(match.lastgroup or 0), match.end())
        at = match.end()
        if stop := _STOP.match(folded, at):
            at = stop.end()


def _is_courtesy(clause: list[_Unit]) -> bool:
    """Whether units up to a comma or the like are one: not "cho" or "cần" alone."""
    kinds = {unit.kind for unit in clause}
    return bool(kinds & CLAUSE_ENDS) or (kinds <= {"person", "particle"})


def _closes(clause: list[_Unit]) -> bool:
    """Whether a courtesy is whole at its last unit, so that content may follow without a comma."""
    last, before = clause[-1].kind, {unit.kind for unit in clause[:-1]}
    if last in ("greet", "sorry", "told", "vocative"):
        return True
    if last == "please":
        return not (before & {"person"} and not before - {"person", "particle"})
    if last == "ask":
        return bool(before)
    if last == "know":
        return bool(before & {"give", "want", "help", "please"})
    if last == "help":
        return bool(before & {"please", "look", "give"})
    if last == "look":
        return bool(before & {"please", "help"}) and "give" not in before
    if last == "person":
        return bool(before & {"help", "please", "greet", "sorry", "give", "ask", "told"}) or (
            "look" in before and bool(before - {"look", "person"})
        )
    return last in ("small", "particle") and bool(before & {"ask", "know", "help", "greet", "sorry", "told", "label"})


def _tail_start(text: str, folded: str, end: int) -> int:
    """Where the courtesies at the end begin."""
    if " con " in folded and (purpose := PURPOSE.search(folded[:end])) and purpose.start():
        end = len(folded[: purpose.start()].rstrip(_EDGE))
    while (last := _LAST.search(folded, 0, end)) and last[0] in CLOSING and (match := TAIL.search(folded[:end])):
        start = match.start()
        if start == 0 or match.end() == start or _is_label(text, folded[:start], match[0]):
            break
        end = len(folded[:start].rstrip(_EDGE))
    return end


def _is_label(text: str, before: str, tail: str) -> bool:
    """Whether "a" or "v" at the end is a letter that names something ("điểm a", "phụ lục A", "cấp V")."""
    words = _WORD.findall(tail)
    if words[:1] not in _LETTERS:
        return False
    place = len(before) + tail.find(words[0])
    if not text[place : place + 1].isascii():
        return False
    return bool(LABELS.search(before.rstrip())) or text[place : place + 1].isupper()
