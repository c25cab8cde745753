"""What a reader gives of a file, whatever its format: one text in which all ranges count, and what is known beside it.

How a reader writes that text is the whole interface between the formats and everything behind them:

- paragraphs stand on lines of their own, a blank line between those that do not go on with each other;
- a row of a table is one line, a tab between its cells (line ends and tabs inside a cell become spaces); a cell that
  spans columns stands in its first one, one that spans rows in each of them;
- a heading that the file itself marks as one begins with ``## ``;
- a new page begins after a form feed; where a paragraph goes over from one page to the next, the offset of the new
  page stands within its line instead.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.records import Quality, Span


@dataclass(frozen=True)
class Doubt:
    """Something in a document that a person should look at; ``code`` names the sentence in prompts/."""

    code: str
    details: dict[str, object]


@dataclass(frozen=True)
class Unsure:
    """Characters that were read with less than certainty; ``confidence`` from 0 (a guess) to 1 (certain)."""

    span: Span
    confidence: float


@dataclass(frozen=True)
class Reading:
    """A file as text.

    ``pages`` holds the offset in ``text`` (characters) at which each page begins, the first 0; it is empty for a
    format without pages. ``unsure`` is in the order of the text and empty where nothing was guessed.
    """

    text: str
    pages: tuple[int, ...] = ()
    quality: Quality | None = None  # None = to be judged by the words
    unsure: tuple[Unsure, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The page, counted from 1, on which a character stands; None where the file has no pages."""
        return bisect_right(self.pages, offset) or None


class Certainty:
    """How certain the characters of a text are, by range."""

    def __init__(self, unsure: Sequence[Unsure] = ()) -> None:
        self._unsure = sorted(unsure, key=lambda found: found.span.start)
        self._ends = list(accumulate((found.span.end for found in self._unsure), max))

    def of(self, spans: Iterable[Span]) -> float:
        """The lowest confidence of what stands in some ranges; 1.0 where nothing there is unsure."""
        return min((found.confidence for span in spans for found in self._within(span)), default=1.0)

    def _within(self, span: Span) -> Iterator[Unsure]:
        for found in self._unsure[bisect_right(self._ends, span.start) :]:
            if found.span.start >= span.end:
                return
            yield found
