"""The light mark-up that converters leave in text: Markdown emphasis and headings, a few HTML tags."""

from __future__ import annotations

import html
import re

from corpus.vietnamese import squeeze

_INLINE_TAG = re.compile(r"</?(?:i|b|u|em|strong|span|sup|sub)\b[^<>]*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:ul|ol|li|p|br|div)\b[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(r"^\s*#{1,6}\s+")
# A pair of marks around words; its text is kept. Single stars inside words ("7*7", "2*3*4") are no pair.
_PAIR = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]*)(?<=[^\s*])\1(?!\*)"
    r"|(?<!\*)(\*{1,3})(?=[^\s*])([^*]*)(?<=[^\s*])\3(?![\w*])"
    r"|(?<!\*)(\*{2,3})(?=[^\s*])([^*]*)(?<=[^\s*])\5(?!\*)"
)
# A mark whose other half a line or page break cut off: at the edge of words, never between two.
_LOOSE = re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])")
_BOLD_LINE = re.compile(r"^\s*(?:#{1,6}\s+)?\*{2,3}(?=\S)[^*]*\*{2,3}\s*$")


def clean(text: str) -> str:
    """The words of a piece of source text: no tags, no emphasis marks, single spaces, NFC.

    >>> clean("### **2. Sở <i>Nội vụ</i>**  ")
    '2. Sở Nội vụ'
    >>> clean("**Sở**: {{ 7*7 }}")
    'Sở: {{ 7*7 }}'
    """
    text = _HEADING.sub("", text.replace("\ufeff", ""))
    if "<" in text or "&" in text:
        text = html.unescape(_BLOCK_TAG.sub(" ", _INLINE_TAG.sub("", text)))
    if "*" in text:
        text = _LOOSE.sub("", _PAIR.sub(lambda m: m[2] or m[4] or m[6] or "", text))
    return squeeze(text)


def is_heading_line(line: str) -> bool:
    """Whether the mark-up itself says that the line is a heading: ``# …`` or a line wholly in bold."""
    return bool(_HEADING.match(line) or _BOLD_LINE.match(line))
