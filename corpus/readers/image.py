"""Reads a picture of a document: PNG, JPEG, TIFF of several pages, BMP, WEBP."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from corpus.errors import CorpusError
from corpus.readers.engine import program
from corpus.readers.layout import Page, write_pages
from corpus.readers.scan import MOST_SIDE, fitted, read_pages
from corpus.reading import Doubt, Reading
from corpus.records import Quality
from corpus.steps import step

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
MOST_PIXELS = 50_000_000  # of one page: an A4 sheet at 700 dots per inch
MOST_PAGES = 2000
_PAGE_INCHES = 11.7  # the longer side of A4, where a picture says nothing of its size
_BELIEVED = range(100, 1201)  # dots per inch that scanners have
_DRAFT = (MOST_SIDE, MOST_SIDE)  # a JPEG is decoded no larger than twice what will be looked at
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError)  # what Pillow raises for damaged files


def read(path: Path) -> Reading:
    """The text of a picture, a page for each frame; a doubt says where nothing was read.

    Raises CorpusError: file_damaged, file_bomb, file_too_many_pages, ocr_missing, page_too_slow.
    """
    if program() is None:
        raise CorpusError("ocr_missing", file=path.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large pictures and of odd tags
        with _opened(path) as picture:
            frames = int(getattr(picture, "n_frames", 1))
            if frames > MOST_PAGES:
                raise CorpusError("file_too_many_pages", file=path.name, pages=frames, most=MOST_PAGES)
            reading = write_pages(_counted(read_pages(_pages(picture, path.name)), frames))
    doubts = (Doubt("nothing_read", {"file": path.name}),) if not reading.text.strip() else ()
    return Reading(reading.text, reading.pages, Quality.OCR, reading.unsure, (*reading.doubts, *doubts))


def _opened(path: Path) -> Image.Image:
    try:
        return Image.open(path, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise CorpusError("file_bomb", file=path.name) from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise CorpusError("file_damaged", file=path.name) from error


def _pages(picture: Image.Image, file: str) -> Iterator[Page | tuple[Image.Image, int]]:
    try:
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            step(number, int(getattr(picture, "n_frames", 1)))
            if frame.width * frame.height > MOST_PIXELS:
                raise CorpusError("file_bomb", file=file)
            stated = frame.info.get("dpi")
            wide = frame.width
            frame.draft("RGB", _DRAFT)
            dpi = _dpi(frame, stated, wide)
            small, dpi = fitted(frame, dpi)
            small.getexif().update(frame.getexif())
            yield ImageOps.exif_transpose(small).convert("RGB"), dpi
    except Image.DecompressionBombError as error:
        raise CorpusError("file_bomb", file=file) from error
    except _BROKEN as error:
        if isinstance(error, CorpusError):
            raise
        raise CorpusError("file_damaged", file=file) from error


def _counted(pages: Iterator[Page], total: int) -> Iterator[Page]:
    for done, page in enumerate(pages, start=1):
        step(done, total)
        yield page


def _dpi(frame: Image.Image, stated: object, wide: int) -> int:
    """Dots per inch: what the file says where a scanner can have said it, else as if the picture were an A4 sheet."""
    if isinstance(stated, tuple) and stated and round(float(stated[0])) in _BELIEVED:
        return round(float(stated[0]) * frame.width / wide)
    return round(max(frame.size) / _PAGE_INCHES)
