"""Regular expressions that are compiled when they are first used.

There are very many of them, one question needs few, and compiling all took a quarter of a cold start.
"""

from __future__ import annotations

import re
from typing import Any, cast


class LazyPattern:
    """A pattern that is compiled when it is first asked for anything but its source.

    In all else as ``re.Pattern``; only the ``re`` of its matches is the compiled one, never this.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        if name == "compiled":
            self.compiled = re.compile(self.pattern)
            return self.compiled
        found = getattr(self.compiled, name)
        setattr(self, name, found)
        return found


def lazily(pattern: str) -> re.Pattern[str]:
    """A pattern for what is seldom asked."""
    return cast("re.Pattern[str]", LazyPattern(pattern))
