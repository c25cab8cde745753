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
    if "\t" in raw or not barred:
        return raw.split("\t")
    words = raw.strip().removeprefix("|")
    if words.endswith("|") and not words.endswith("\\|"):
        words = words[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(words)]
