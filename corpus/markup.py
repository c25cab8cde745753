"""The light mark-up that converters leave in text: Markdown emphasis and headings, a few HTML tags."""

from __future__ import annotations

import html
import re

from corpus.vietnamese import squeeze

_INLINE_TAG = re.compile(r"</?(?:i|b|u|em|strong|span|sup|sub)\b[^<>]*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:ul|ol|li|p|br|div)\b[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_EMPHASIS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}")
_BOLD_LINE = re.compile(r"^\s*(?:#{1,6}\s+)?\*{2,3}(?=\S)[^*]*\*{2,3}\s*$")


def clean(text: str) -> str:
    """The words of a piece of source text: no tags, no emphasis marks, single spaces, NFC.

    >>> clean("### **2. Sở <i>Nội vụ</i>**  ")
    '2. Sở Nội vụ'
    """
    text = _HEADING.sub("", text.replace("\ufeff", ""))
    if "<" in text or "&" in text:
        text = html.unescape(_BLOCK_TAG.sub(" ", _INLINE_TAG.sub("", text)))
    if "*" in text:
        text = _EMPHASIS.sub("", text)
    return squeeze(text)


def is_heading_line(line: str) -> bool:
    """Whether the mark-up itself says that the line is a heading: ``# …`` or a line wholly in bold."""
    return bool(_HEADING.match(line) or _BOLD_LINE.match(line))
