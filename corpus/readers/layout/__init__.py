"""The layout engine: words and ruled lines of pages, digital or scanned, into the text of a Reading."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.readers.layout.edges import without_edges
from corpus.readers.layout.page import Page, Rule, Word
from corpus.readers.layout.runon import over_pages
from corpus.readers.layout.sheet import Sheets
from corpus.readers.layout.writer import Writer
from corpus.reading import Reading

__all__ = ["Page", "Rule", "Word", "write_pages"]


def write_pages(pages: Iterable[Page]) -> Reading:
    """The text of pages in reading order, with where each page begins and what was read unsurely.

    The pages may come one by one; a few are held at a time. Where a paragraph goes over a page break, the offset
    of the new page stands within its line.
    """
    writer = Writer()
    for blocks in over_pages(map(Sheets().blocks_of, without_edges(pages))):
        writer.page(blocks)
    return writer.reading()
