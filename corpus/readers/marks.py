"""Marks of secrecy that stand outside the text of a file: in headers, footers and watermarks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.vietnamese import fold, squeeze

# Law on the protection of state secrets 2018, article 8; "lưu hành nội bộ" is what offices add.
_MARK = re.compile(r"\W*(?:(?:tuyet|toi) mat|mat|(?:tai lieu )?(?:luu hanh noi bo|noi bo))\W*")


def secrecy_marks(lines: Iterable[str]) -> list[str]:
    """The lines that are nothing but such a mark, each once, in capitals as they are stamped.

    >>> secrecy_marks(["Trang 1", " MẬT ", "Mật khẩu"])
    ['MẬT']
    """
    found = (squeeze(line).upper() for line in lines)
    return list(dict.fromkeys(line for line in found if _MARK.fullmatch(fold(line))))
