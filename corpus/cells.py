"""The cells of one line of a table: between tabs, or between the bars of Markdown.

A bar that stands for itself is written ``\\|``; it stays in its cell.
"""

from __future__ import annotations

import re

MIN_CELLS = 3
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")


def is_rule(raw: str) -> bool:
    """Whether a line is the one of dashes below the header of a Markdown table.

    >>> is_rule("|---|:--:|"), is_rule("---"), is_rule("| - việc |")
    (True, False, False)
    """
    return "|" in raw and bool(_RULE.match(raw))


def is_framed(raw: str) -> bool:
    """Whether a line stands between bars, as rows of Markdown do: "| 1 | Việc | Phòng |"."""
    words = raw.strip()
    return words.startswith("|") and len(words) > 1 and bool(_BAR.search(words[1:])) and words[-1] == "|"


def has_bars(raw: str) -> bool:
    """Whether a line is cut into cells by bars."""
    return bool(_BAR.search(raw))


def cells_of(raw: str, *, barred: bool) -> list[str]:
    """The cells of a line as written: between tabs where it has any, else between bars where ``barred``.

    >>> cells_of("| 1. | Đọc \\\\| ghi | |", barred=True)
    ['1.', 'Đọc | ghi', '']
    """
    pieces = [raw[start:end] for start, end in ranges_of(raw, barred=barred)]
    return pieces if "\t" in raw or not barred else [cell.strip().replace("\\|", "|") for cell in pieces]


def ranges_of(raw: str, *, barred: bool) -> list[tuple[int, int]]:
    """Where the cells of a line stand in it: half-open ranges of characters.

    >>> ranges_of("1\\tĐọc\\t", barred=False)
    [(0, 1), (2, 5), (6, 6)]
    """
    if "\t" in raw or not barred:
        return _between([i for i, char in enumerate(raw) if char == "\t"], 0, len(raw))
    start, end = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    start += raw.startswith("|", start)
    end -= end > start and raw[end - 1] == "|" and raw[end - 2 : end] != "\\|"
    return _between([bar.start() for bar in _BAR.finditer(raw) if start <= bar.start() < end], start, end)


def _between(marks: list[int], start: int, end: int) -> list[tuple[int, int]]:
    return list(zip([start, *(mark + 1 for mark in marks)], [*marks, end], strict=True))
