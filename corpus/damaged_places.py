"""Whether a text may hold a damaged table at all: a quick look, before anything heavier is loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.paragraphs import Line

_NUMBER_HEAD = re.compile(r"^\W{0,4}s?tt\b", re.IGNORECASE)  # "TT", "STT" at the head of the column of numbers


def opens_header(line: Line) -> bool:
    """Whether a line begins with the head of a column of row numbers."""
    return _NUMBER_HEAD.match(line.raw) is not None


def may_be_damaged(lines: Sequence[Line]) -> bool:
    """Whether any line may belong to the header of a table whose cells were lost."""
    return any(opens_header(line) for line in lines)
