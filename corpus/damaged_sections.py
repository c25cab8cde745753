"""The titles of sections between the rows of a damaged table: lines that begin with the next Roman numeral."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.damaged_words import Word
from corpus.vietnamese import roman_value

_NUMERAL = re.compile(r"^\W{0,3}([IVXL]{1,6})[.,:)|]*$")
_LONGEST = 16  # words of a line of a section's title
_GAP = 2  # a numeral may be lost
_REST = 2  # words of the last line of a title that goes on below its numeral


@dataclass(frozen=True)
class Block:
    """The lines ``[first, last)`` of a table that stand in one section, with that section's number and title.

    ``number`` is None above the first section; ``title`` holds the words of its lines.
    """

    number: str | None
    title: Sequence[Word]
    first: int
    last: int


def blocks_of(
    lines: Sequence[Sequence[Word]], raw: Sequence[str], is_title: Callable[[Sequence[Word]], bool]
) -> list[Block]:
    """The blocks of a table's lines; ``is_title`` tells whether all words of a line may be a title's."""
    found: list[Block] = []
    number: str | None = None
    title: list[Word] = []
    first = 0
    for start, end, label in _titles(lines, raw, is_title):
        if start > first:
            found.append(Block(number, title, first, start))
        number, first = label, end
        title = [word for line in lines[start:end] for word in line if word.text.strip(".,:)") != label]
    if first < len(lines):
        found.append(Block(number, title, first, len(lines)))
    return found


def _titles(
    lines: Sequence[Sequence[Word]], raw: Sequence[str], is_title: Callable[[Sequence[Word]], bool]
) -> Iterator[tuple[int, int, str]]:
    """The titles of sections: their lines ``[start, end)`` and their numerals."""
    last, taken = 0, 0
    for place, text in enumerate(raw):
        label = section_label(text)
        value = roman_value(label) if label else None
        if place < taken or label is None or value is None or not last < value <= last + _GAP:
            continue
        rest = [word for word in lines[place] if word.text.strip(".,:)") != label]
        following = lines[place + 1] if place + 1 < len(lines) else []
        told = _is_ruled_off(text, rest) or _is_capital(text) or bool(following and following[0].key == "1")
        if len(rest) > _LONGEST or not (told or is_title(rest)):
            continue
        start, taken = _extent(lines, place, rest, is_title)
        last = value
        yield start, taken, label


def section_label(raw: str) -> str | None:
    """The Roman numeral that opens a line, None where none does."""
    pieces = raw.replace("|", " ").split(maxsplit=1)
    match = _NUMERAL.match(pieces[0]) if pieces else None
    return match[1] if match else None


def _is_ruled_off(raw: str, rest: Sequence[Word]) -> bool:
    """Whether a bar stands between the numeral and the title and nowhere else: the row is one wide cell."""
    return bool(rest) and rest[0].barred and raw.strip(" |").count("|") == 1


def _is_capital(raw: str) -> bool:
    return raw.isupper() and len(raw.split()) > 1


def _extent(
    lines: Sequence[Sequence[Word]], place: int, rest: Sequence[Word], is_title: Callable[[Sequence[Word]], bool]
) -> tuple[int, int]:
    """The lines of a title around the one with its numeral, which may stand beside the middle of it."""
    start, end = place, place + 1
    if not rest and end < len(lines):
        return start, end + 1
    if rest and rest[0].text[:1].islower() and start and is_title(lines[start - 1]):
        start -= 1
        if end < len(lines) and len(lines[end]) <= _REST and not any(word.opens for word in lines[end]):
            end += 1
    return start, end
