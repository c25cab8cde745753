"""Headings and their numbering: which label a paragraph bears, and where it stands in the outline.

Official documents nest: phần, chương, mục, điều, A., I., 1., 1.1., a), -, + (Decree 30/2020,
annex I). A label of a rank closes every open label of the same or a deeper rank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.vietnamese import fold, roman_value

RANKS = (
    "part", "chapter", "division", "article", "capital", "roman", "number", "dotted2", "dotted3", "dotted4",
    "letter", "dash", "plus",
)  # fmt: skip
BULLETS = frozenset({"dash", "plus"})
_RANK = {kind: rank for rank, kind in enumerate(RANKS)}
_NAMED = re.compile(r"^(phan|chuong|muc|dieu)\s+([ivxlc]+|\d+[a-z]?|thu \w+)\s*[.:]?(?=\s|$)")
_NAMED_KIND = {"phan": "part", "chuong": "chapter", "muc": "division", "dieu": "article"}
_ROMAN = re.compile(r"^([IVXLC]{1,7})\s?[.)]\s*(?=\S)")
_OCR_ROMAN = re.compile(r"^([IVX1l|]{2,6})\.\s*(?=[A-ZĐ]{2})")
_DOTTED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?=\S)")
_NUMBER = re.compile(r"^(\d{1,3})[.)]\s*(?=[^\W\d])")
_CAPITAL = re.compile(r"^([A-HK])\.\s+(?=[^\W\d])")
_LETTER = re.compile(r"^([a-zđ])\)\s*(?=\S)")
_BULLET = re.compile(r"^[-–—•*~+·]\s*(?=[^\W\d]|\d)")


@dataclass(frozen=True)
class Label:
    """The numbering at the start of a paragraph: its kind (see RANKS), its value, its length in characters."""

    kind: str
    value: str
    length: int

    @property
    def rank(self) -> int:
        return _RANK[self.kind]


def find_label(text: str) -> Label | None:
    """The label with which a clean paragraph begins, or None.

    >>> find_label("a) Sở Tư pháp")
    Label(kind='letter', value='a', length=3)
    """
    match = _NAMED.match(fold(text[:40]))
    if match and not (match[0][-1] not in ".:" and text[match.end() :].lstrip()[:1].islower()):
        return Label(_NAMED_KIND[match[1]], match[2].upper(), match.end())
    return _roman(text) or _plain(text)


def _roman(text: str) -> Label | None:
    if (match := _ROMAN.match(text)) and roman_value(match[1]):
        return Label("roman", match[1], match.end())
    if match := _OCR_ROMAN.match(text):
        value = re.sub(r"[1l|]", "I", match[1])
        return Label("roman", value, match.end()) if roman_value(value) else None
    return None


def _plain(text: str) -> Label | None:
    if match := _DOTTED.match(text):
        return Label(f"dotted{match[1].count('.') + 1}", match[1], match.end())
    for kind, pattern in (("number", _NUMBER), ("capital", _CAPITAL), ("letter", _LETTER)):
        if match := pattern.match(text):
            return Label(kind, match[1], match.end())
    if match := _BULLET.match(text):
        return Label("plus" if text[0] == "+" else "dash", "", match.end())
    return None


@dataclass(frozen=True)
class Node:
    """One open heading: its label and the words under which its children stand."""

    label: Label
    title: str


@dataclass
class Outline:
    """The open headings while a document is read from top to bottom."""

    nodes: list[Node] = field(default_factory=list)

    def open(self, label: Label, title: str) -> None:
        """Opens a heading, closing those that it ends."""
        while self.nodes and self.nodes[-1].label.rank >= label.rank:
            self.nodes.pop()
        self.nodes.append(Node(label, title))

    def reset(self) -> None:
        self.nodes.clear()

    @property
    def path(self) -> str:
        """The place in figures, such as "II.4.a" or "Điều 12.1.a"; bullets add nothing."""
        labels = [node.label for node in self.nodes if node.label.kind not in BULLETS]
        articles = [i for i, label in enumerate(labels) if label.kind == "article"]
        if articles:
            labels = labels[articles[-1] :]
        dotted = [i for i, label in enumerate(labels) if label.kind.startswith("dotted")]
        if dotted:
            keep = dotted[-1]
            labels = [
                label
                for i, label in enumerate(labels)
                if i == keep or not (label.kind == "number" or label.kind.startswith("dotted"))
            ]
        return ".".join(map(_component, labels))

    @property
    def titles(self) -> tuple[str, ...]:
        """The words of the open headings, outermost first."""
        return tuple(node.title for node in self.nodes if node.title)


def _component(label: Label) -> str:
    names = {"part": "Phần ", "chapter": "Chương ", "division": "Mục ", "article": "Điều "}
    return names.get(label.kind, "") + label.value
