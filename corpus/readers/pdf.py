"""Reads a PDF: the words and lines that it draws, page by page, by the layout engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from corpus.readers.layout import Page, write_pages
from corpus.readers.pdf_page import drawn_on
from corpus.reading import Reading

MOST_PAGES = 2000


def read(path: Path) -> Reading:
    """The text of a PDF with its pages. Raises CorpusError: file_password, file_damaged, file_too_many_pages."""
    with pypdfium2.PdfDocument(path) as document:
        return write_pages(_pages(document))


def _pages(document: Any) -> Iterator[Page]:
    for number in range(len(document)):
        page = document[number]
        try:
            yield drawn_on(page).page
        finally:
            page.close()
