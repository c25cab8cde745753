"""A part of a message while it is read: its words, what was found in it, what nothing explains."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.understand.progress.words import FILLER
from assistant.understand.question import Question
from assistant.understand.reading import Reading
from corpus.vietnamese import toneless_key

SIGNS = re.compile(r"[\s,.\-/&·:]+")
_MOST_NOTE = 2000


@dataclass
class Said:
    """A part of a message while it is read: its line, the same with names hidden, what was found in it."""

    reading: Reading
    line: str
    plain: str
    note: str
    spans: list[tuple[int, int]] = field(default_factory=list)

    def take(self, match: re.Match[str]) -> re.Match[str]:
        self.spans.append(match.span())
        return match

    def left(self) -> list[str]:
        """The words that nothing explains."""
        rest = self.plain
        for start, end in self.spans:
            rest = rest[:start] + " " * (end - start) + rest[end:]
        for _ in range(2):  # "là đã" is two small words
            rest = FILLER.sub(" ", rest)
        return [word for word in SIGNS.split(rest) if word]

    def outside(self, match: re.Match[str]) -> str:
        """The line without what was matched."""
        return self.plain[: match.start()] + " " * len(match[0]) + self.plain[match.end() :]

    def typed(self, start: int, end: int) -> str:
        """A part of the line as it was typed."""
        tokens = sorted(self.reading.question.tokens_in(start, end))
        if not tokens:
            return ""
        held = self.reading.question.tokens
        return self.reading.question.text[held[tokens[0]].start : held[tokens[-1]].end][:_MOST_NOTE]

    def spells(self, start: int, end: int, *forms: str) -> bool:
        """Whether the word there is one of some forms, or was typed without accents."""
        return spells(self.reading.question, start, end, *forms)


def spells(question: Question, start: int, end: int, *forms: str) -> bool:
    """Whether the words there are one of some forms, their tones aside, or were typed without accents."""
    sources = {question.tokens[i].source for i in question.tokens_in(start, end)}
    keys = {toneless_key(form) for form in forms}
    return all(source.isascii() or toneless_key(source) in keys for source in sources)
