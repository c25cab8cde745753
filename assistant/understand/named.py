"""What a question names as a document, and what the finders of names share."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from assistant.catalogue import Card

WORD = re.compile(r"[^\W_]+")
KIND = r"(?:ke hoach|phu luc|van ban|quyet dinh|tai lieu|plan|document|annex|cong van|quy che)"
MADE = re.compile(
    r"(?<!\w)(?:ban hanh|xay dung|trien khai|lap|phe duyet|trinh|gui|nop|thuc hien)(?: mot| cac| nhung)? $"
)
STRONG = 8.0
MANY = 40  # documents: what so many have in common names none of them
COMMON_TITLE = frozenset(
    "ke hoach phu luc trien khai thuc hien nam so cua ve cac nhiem vu trong uy ban nhan dan hoi dong chu tich pho van phong"
    " thong bao ket luan tai cuoc hop cong tac tren dia ban phuong xa tinh thanh".split()
)


@dataclass
class Named:
    """The documents that a question names, with the score of each; tokens that named them; what is unknown."""

    scores: dict[str, float] = field(default_factory=dict)
    tokens: set[int] = field(default_factory=set)
    unknown: str | None = None
    fraction: str | None = None
    cited: str | None = None  # a plan that is only cited here, as it was typed
    weak: bool = False
    by_content: bool = False  # by a number that titles hold ("kế hoạch 226"), which the plans of many offices do
    by_place: bool = False
    own_office: bool = False  # as those of "phường mình"

    @property
    def source(self) -> str:
        """How the documents were named: "named", or "weak" by the level of government or words of the title alone."""
        return "weak" if self.weak else "named"

    @property
    def ids(self) -> tuple[str, ...]:
        """The documents with the best score."""
        best = max(self.scores.values(), default=0.0)
        return tuple(doc for doc, score in self.scores.items() if score >= best - 1e-9) if best > 0 else ()

    def add(self, card: Card, score: float) -> None:
        self.scores[card.document.id] = self.scores.get(card.document.id, 0.0) + score


def known_in(line: str, known: Container[str], longest: int) -> dict[str, list[int]]:
    """The known phrases of up to so many words that a line of folded words holds, with where each starts."""
    found: dict[str, list[int]] = {}
    tokens = list(WORD.finditer(line))
    for i, first in enumerate(tokens):
        for last in tokens[i : i + longest]:
            phrase = line[first.start() : last.end()]
            if phrase in known:
                found.setdefault(phrase, []).append(first.start())
    return found
