"""The numbers that Word counts for its lists and does not write down: "II.", "1.2.", "a)", "-".

Rules: ECMA-376 part 1, 17.9. Levels count on within their list; a level begins anew after one above it was counted;
lists of one abstract list count together, until one of them states its own start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from corpus.readers.archive import whole
from corpus.readers.docx_styles import Numbered, W, switched, value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_MOST_LETTERS = 780  # thirty of one letter
_DASHES = frozenset("-–—+•*·")
_ROMANS = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True))  # fmt: skip # noqa: E501


@dataclass(frozen=True)
class Level:
    """How a level of a list is counted and written; ``restart`` = the level (from 1) after which it begins anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False  # all figures decimal
    restart: int | None = None
    style: str | None = None  # whose paragraphs stand on this level


class Numbering:
    """The lists of a document while it is read from top to bottom."""

    def __init__(self, root: Any | None) -> None:
        self._abstract = {} if root is None else {a.get(f"{W}abstractNumId"): a for a in root.iter(f"{W}abstractNum")}
        self._lists = {} if root is None else {n.get(f"{W}numId"): n for n in root.iterchildren(f"{W}num")}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, numbered: Numbered | None) -> str:
        """Counts a paragraph of a list and gives the label that it bears, "" for none."""
        if numbered is None or numbered.list_id not in self._lists or numbered.level >= _LEVELS:
            return ""
        levels = self._levels_of(numbered.list_id)
        counts = self._counts.setdefault(self._source(numbered.list_id), {})
        self._begin(numbered.list_id, levels, counts)
        styled = (i for i, level in levels.items() if numbered.style and level.style == numbered.style)
        place = next(styled, numbered.level)
        level = levels.get(place, Level())
        counts[place] = counts.get(place, level.start - 1) + 1
        for deeper in [d for d in counts if d > place and _restarts(levels.get(d), place)]:
            del counts[deeper]
        return _written(level, place, levels, counts)

    def _begin(self, list_id: str, levels: dict[int, Level], counts: dict[int, int]) -> None:
        """At the first paragraph of a list that states its own starts, those levels begin anew."""
        if list_id in self._begun:
            return
        self._begun.add(list_id)
        for override in self._lists[list_id].iterchildren(f"{W}lvlOverride"):
            if override.find(f"{W}startOverride") is not None:
                counts.pop(whole(override.get(f"{W}ilvl"), 0), None)

    def _source(self, list_id: str) -> str:
        """The abstract list that a list is one of, through a style of lists where it points at one."""
        found = value(self._lists[list_id].find(f"{W}abstractNumId")) or ""
        abstract = self._abstract.get(found)
        linked = None if abstract is None else value(abstract.find(f"{W}numStyleLink"))
        same = (i for i, a in self._abstract.items() if linked and value(a.find(f"{W}styleLink")) == linked)
        return next(same, found)

    def _levels_of(self, list_id: str) -> dict[int, Level]:
        if list_id not in self._levels:
            abstract = self._abstract.get(self._source(list_id))
            levels = {} if abstract is None else _levels_in(abstract)
            for override in self._lists[list_id].iterchildren(f"{W}lvlOverride"):
                place = whole(override.get(f"{W}ilvl"), 0)
                levels.update(_levels_in(override))
                start = value(override.find(f"{W}startOverride"))
                if start is not None:
                    levels[place] = replace(levels.get(place, Level()), start=whole(start, 1))
            self._levels[list_id] = levels
        return self._levels[list_id]


def _levels_in(element: Any) -> dict[int, Level]:
    return {whole(level.get(f"{W}ilvl"), 0): _level(level) for level in element.iterchildren(f"{W}lvl")}


def _level(element: Any) -> Level:
    restart = value(element.find(f"{W}lvlRestart"))
    return Level(
        start=whole(value(element.find(f"{W}start")), 1),
        form=value(element.find(f"{W}numFmt")) or "decimal",
        text=value(element.find(f"{W}lvlText")) or "",
        legal=bool(switched(element.find(f"{W}isLgl"))),
        restart=None if restart is None else whole(restart, 0),
        style=value(element.find(f"{W}pStyle")),
    )


def _restarts(level: Level | None, counted: int) -> bool:
    """Whether a level begins anew after one above it (from 0) was counted."""
    if level is None or level.restart is None:
        return True
    return level.restart > counted


def _written(level: Level, place: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.form == "bullet":
        mark = level.text.strip()
        return mark if mark in _DASHES and len(mark) == 1 else "+" if place else "-"
    if level.form == "none":
        return _PLACE.sub("", level.text).strip()

    def figure(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        own = levels.get(at, Level())
        return in_form(counts.get(at, own.start), "decimal" if level.legal else own.form)

    return _PLACE.sub(figure, level.text).strip()


def in_form(count: int, form: str) -> str:
    """A count as a list writes it.

    >>> [in_form(4, form) for form in ("decimal", "upperRoman", "lowerLetter", "decimalZero")]
    ['4', 'IV', 'd', '04']
    """
    if form in ("upperRoman", "lowerRoman") and 0 < count < 4000:
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and 0 < count <= _MOST_LETTERS:
        letters = "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("none", "bullet"):
        return ""
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    written = ""
    for worth, sign in _ROMANS:
        written += sign * (count // worth)
        count %= worth
    return written
