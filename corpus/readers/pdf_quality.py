"""Whether the text layer of a PDF's page can be trusted, or the page has to be read as a picture."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.readers.layout import Page, Word
from corpus.readers.old_fonts import Coding, coding_of, decoded
from corpus.readers.pdf_page import Drawn
from corpus.vocabulary import damage_share

_COVERED = 0.5  # of the page: so much under pictures makes it a scan
_PARTLY = 0.15  # of a page without words
_FEW_WORDS = 25  # beside a scan: a stamp, a signature, a number
_MANY_SHAPES = 300  # on a page without words: letters drawn as curves
_ACCENTED = 0.5  # of the words of Vietnamese at least; in clean documents 0.8 to 0.9, with lost accents 0.2
_DAMAGED = 0.1  # of the words no Vietnamese, under a picture
_STRANGE = 0.15  # of the characters no letters, digits or usual signs: a font that does not tell its letters
_ENOUGH = 20  # words by which a page is judged
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def is_scan(drawn: Drawn) -> bool:
    """Whether a page has to be read as a picture: no words or few on one, or words that cannot be what it shows."""
    page = drawn.page
    share = drawn.pictures.share(page.width, page.height)
    count = len(page.words)
    if not count:
        return share > _PARTLY or drawn.shapes > _MANY_SHAPES
    if share > _COVERED and count < _FEW_WORDS:
        return True
    texts = [word.text for word in page.words]
    if count >= _ENOUGH and _strange_share(texts) > _STRANGE:
        return True
    return share > _COVERED and count >= _ENOUGH and _is_poor(texts)


def _is_poor(texts: Sequence[str]) -> bool:
    words = [word for text in texts for word in _LETTERS.findall(text) if not word.isupper()]
    if len(words) < _ENOUGH:
        return False
    accented = sum(not word.isascii() for word in words) / len(words)
    return accented < _ACCENTED or damage_share([" ".join(texts)]) > _DAMAGED


def _strange_share(texts: Sequence[str]) -> float:
    """The share of characters that no text of an office holds: unmapped, private, controls."""
    joined = "".join(texts)
    strange = sum(char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs") for char in joined)
    return strange / len(joined) if joined else 0.0


def in_unicode(drawn: Drawn) -> Page:
    """The page with what old fonts coded in their own way (TCVN3, VNI) as Unicode."""
    page = drawn.page
    by_font: dict[str, list[str]] = defaultdict(list)
    for word, font in zip(page.words, drawn.fonts, strict=True):
        by_font[font].append(word.text)
    codings = {font: coding for font, texts in by_font.items() if (coding := coding_of(font, texts)) is not None}
    if not codings:
        return page
    words = [_decoded(word, codings.get(font)) for word, font in zip(page.words, drawn.fonts, strict=True)]
    return replace(page, words=words)


def _decoded(word: Word, coding: Coding | None) -> Word:
    return word if coding is None else replace(word, text=decoded(word.text, coding))
