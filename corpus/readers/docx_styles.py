"""What the styles of a DOCX say of a paragraph: heading or not, bold or not, which list numbers it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus.readers.archive import whole
from corpus.vietnamese import fold

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Names of styles of headings, folded: those of Word and LibreOffice in English and Vietnamese, and offices' own.
_HEADING = re.compile(
    r"^(?:heading|tieu de|dau de|de muc|chu de|muc)\s*[1-9]\b"
    r"|^(?:title|subtitle|tieu de(?: phu)?|ten van ban)$"
)
_CONTENTS = re.compile(r"^(?:toc|muc luc|contents|table of figures)\s*(?:\d|heading|$)")
_BODY_LEVEL = 9  # of an outline: no heading
_DEEPEST = 30  # styles that rest on one another


@dataclass(frozen=True)
class Numbered:
    """The list that numbers a paragraph, and its level from 0; ``style`` = the style that says so."""

    list_id: str
    level: int
    style: str | None = None


@dataclass(frozen=True)
class Style:
    """What a style, with those that it rests on, says."""

    heading: bool = False
    contents: bool = False  # a line of a table of contents
    bold: bool | None = None
    hidden: bool = False
    numbered: Numbered | None = None
    bordered: bool = False  # a style of tables that draws lines
    font: str = ""  # "" = not said


class Styles:
    """The styles of a document by their identifier."""

    def __init__(self, root: Any | None) -> None:
        self._elements = {} if root is None else {s.get(f"{W}styleId"): s for s in root.iterchildren(f"{W}style")}
        kinds = [s for s in self._elements.values() if s.get(f"{W}default") in ("1", "true", "on")]
        self._defaults = {s.get(f"{W}type"): s.get(f"{W}styleId") for s in kinds}
        self._known: dict[str | None, Style] = {}
        self._font = "" if root is None else font_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def of(self, identifier: str | None, kind: str = "paragraph") -> Style:
        """A style; the default one of its kind where none is named."""
        identifier = identifier if identifier in self._elements else self._defaults.get(kind)
        if identifier not in self._known:
            self._known[identifier] = self._read(identifier)
        return self._known[identifier]

    def _chain(self, identifier: str | None) -> list[Any]:
        """A style and those that it rests on, the nearest first."""
        chain: list[Any] = []
        while identifier in self._elements and len(chain) < _DEEPEST:
            chain.append(self._elements[identifier])
            identifier = value(chain[-1].find(f"{W}basedOn"))
        return chain

    def _read(self, identifier: str | None) -> Style:
        chain = self._chain(identifier)
        names = [fold(value(element.find(f"{W}name")) or "") for element in chain]
        levels = [value(element.find(f"{W}pPr/{W}outlineLvl")) for element in chain]
        level = next((found for found in levels if found is not None), None)
        bolds = [switched(element.find(f"{W}rPr/{W}b")) for element in chain]
        lists = [numbered_of(element.find(f"{W}pPr"), element.get(f"{W}styleId")) for element in chain]
        return Style(
            heading=is_heading_level(level) if level is not None else any(map(_HEADING.match, names)),
            contents=any(map(_CONTENTS.match, names[:1])),
            bold=next((bold for bold in bolds if bold is not None), None),
            hidden=any(switched(element.find(f"{W}rPr/{W}vanish")) for element in chain),
            numbered=next((found for found in lists if found is not None), None),
            bordered=any(draws_lines(element.find(f"{W}tblPr/{W}tblBorders")) for element in chain),
            font=next(filter(None, (font_of(element.find(f"{W}rPr")) for element in chain)), self._font),
        )


def value(element: Any | None) -> str | None:
    """The ``w:val`` of an element, None where there is no element."""
    return None if element is None else element.get(f"{W}val")


def switched(element: Any | None) -> bool | None:
    """Whether a property is on; None where nothing is said of it."""
    return None if element is None else element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def font_of(properties: Any | None) -> str:
    """The font of Western letters that the properties of a run or a style name; "" where they name none."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def is_heading_level(level: str | None) -> bool:
    return whole(level, _BODY_LEVEL) < _BODY_LEVEL


def numbered_of(properties: Any | None, style: str | None = None) -> Numbered | None:
    """The list that a paragraph's properties name; list "0" = none, though its style names one."""
    found = None if properties is None else properties.find(f"{W}numPr")
    if found is None:
        return None
    return Numbered(value(found.find(f"{W}numId")) or "", whole(value(found.find(f"{W}ilvl"))), style)


def draws_lines(borders: Any | None, least: int = 2) -> bool:
    """Whether so many borders at least are to be seen."""
    seen = () if borders is None else [b for b in borders if b.get(f"{W}val") not in (None, "nil", "none")]
    return len(seen) >= least
