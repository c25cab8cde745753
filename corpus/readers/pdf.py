"""Reads a PDF: the words and lines that it draws, page by page, by the layout engine; scanned pages by OCR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2

from corpus.errors import CorpusError
from corpus.readers.layout import Page, write_pages
from corpus.readers.pdf_page import drawn_on
from corpus.readers.pdf_quality import in_unicode, is_scan
from corpus.reading import Doubt, Reading
from corpus.records import Quality
from corpus.steps import step

MOST_PAGES = 2000
_TAIL = 65_536  # bytes: the end of the file is marked in these
_USUAL_DPI = 200
_LEAST_DPI = 150
_MOST_DPI = 300
_MOST_SIDE = 4_500  # pixels of a page as it is rendered
_ANEW = 25  # pages drawn from one opening of a file


@dataclass(frozen=True)
class _Sheet:
    """A page: as drawn where its text can be trusted, else None and the resolution at which it is to be read."""

    number: int
    page: Page | None
    dpi: int = 0


@dataclass
class _Seen:
    """The pages (from 1) that were read by OCR, that should have been, and that could not be opened."""

    scanned: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)


class _Book:
    """An open PDF. What PDFium has read of it stays in memory until it is closed, so that a file of scans would be held
    whole by and by: after some drawn pages it is opened anew."""

    def __init__(self, path: Path) -> None:
        self._path, self._drawn = path, 0
        self._document = _opened(path)

    def __enter__(self) -> _Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def page(self, number: int) -> Any:
        return self._document[number]

    def drawn(self) -> None:
        """Hears that a page was drawn and closed, with no other one open."""
        self._drawn += 1
        if self._drawn % _ANEW == 0:
            self._document.close()
            self._document = pypdfium2.PdfDocument(self._path)


def read(path: Path) -> Reading:
    """The text of a PDF with its pages; a doubt names those read by OCR.

    Raises CorpusError: file_password, file_damaged, file_too_many_pages, file_empty (no words on any page);
    ocr_missing where all of it is scanned and no OCR is installed.
    """
    seen = _Seen()
    with _Book(path) as document:
        count = len(document)
        if count > MOST_PAGES:
            raise CorpusError("file_too_many_pages", file=path.name, pages=count, most=MOST_PAGES)
        reading = write_pages(_pages(document, seen))
    if len(seen.broken) == count:
        raise CorpusError("file_damaged", file=path.name)
    if not reading.text.strip():
        raise CorpusError("ocr_missing" if seen.unread else "file_empty", file=path.name)
    by_ocr = Quality.OCR if 2 * len(seen.scanned) > count else None
    return replace(reading, quality=by_ocr, doubts=tuple(_doubts(seen, path.name)))


def _doubts(seen: _Seen, file: str) -> Iterator[Doubt]:
    if seen.scanned:
        yield Doubt("pages_by_ocr", {"file": file, "pages": seen.scanned})
    if seen.unread:
        yield Doubt("pages_without_ocr", {"file": file, "pages": seen.unread})
    if seen.broken:
        yield Doubt("pages_damaged", {"file": file, "pages": seen.broken})


def _opened(path: Path) -> Any:
    """The document; a file whose end is missing counts as damaged, though PDFium would show what is left of it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise CorpusError("file_damaged", file=path.name)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        code = "file_password" if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else "file_damaged"
        raise CorpusError(code, file=path.name) from error
    if not len(document):
        document.close()
        raise CorpusError("file_damaged", file=path.name)
    return document


def _pages(document: _Book, seen: _Seen) -> Iterator[Page]:
    sheets = _sheets(document, seen)
    for scanned, run in groupby(sheets, key=lambda sheet: sheet.page is None):
        if scanned:
            yield from _scanned(document, run, seen)
        else:
            yield from (sheet.page for sheet in run if sheet.page is not None)


def _sheets(document: _Book, seen: _Seen) -> Iterator[_Sheet]:
    for number in range(len(document)):
        step(number, len(document))
        yield _sheet(document, number, seen)


def _sheet(document: _Book, number: int, seen: _Seen) -> _Sheet:
    try:
        page = document.page(number)
    except pypdfium2.PdfiumError:
        seen.broken.append(number + 1)
        return _Sheet(number, Page(0, 0))
    try:
        drawn = drawn_on(page)
    except pypdfium2.PdfiumError:
        seen.broken.append(number + 1)
        return _Sheet(number, Page(0, 0))
    finally:
        page.close()
    whole = in_unicode(drawn)
    if is_scan(replace(drawn, page=whole)):
        return _Sheet(number, None, _dpi(drawn.pictures.dpi))
    return _Sheet(number, whole)


def _dpi(pictured: float) -> int:
    return round(min(max(pictured, _LEAST_DPI), _MOST_DPI)) if pictured else _USUAL_DPI


def _scanned(document: _Book, sheets: Iterator[_Sheet], seen: _Seen) -> Iterator[Page]:
    """Pages read by OCR; where none is installed they are empty, and noted."""
    numbers: list[int] = []

    def images() -> Iterator[tuple[Any, int]]:
        for sheet in sheets:
            numbers.append(sheet.number)
            yield scan.fitted(*_image(document, sheet))

    given = 0
    try:
        scan = import_module("corpus.readers.scan")
        for page in scan.read_pages(images()):
            seen.scanned.append(numbers[given] + 1)
            given += 1
            yield page
    except (ImportError, CorpusError) as error:
        if isinstance(error, CorpusError) and error.code != "ocr_missing":
            raise
        left = [*numbers[given:], *(sheet.number for sheet in sheets)]
        seen.unread += [number + 1 for number in left]
        yield from (Page(0, 0) for _ in left)


def _image(document: _Book, sheet: _Sheet) -> tuple[Any, int]:
    """A page as a picture, and its resolution: less than asked for where the page is very large."""
    page = document.page(sheet.number)
    try:
        longest = max(*page.get_size(), 1.0)
        dpi = min(float(sheet.dpi), 72 * _MOST_SIDE / longest)
        return page.render(scale=dpi / 72, may_draw_forms=False).to_pil(), max(1, round(dpi))
    finally:
        page.close()
        document.drawn()
