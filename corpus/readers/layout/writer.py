"""Paragraphs and rows into the text of a Reading, page by page; what a page break cut is joined."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.readers.layout.pieces import Piece
from corpus.readers.layout.prose import Paragraph, Step
from corpus.readers.layout.rows import Rows
from corpus.readers.layout.runon import Block
from corpus.reading import Reading, Unsure
from corpus.records import Span


class Writer:
    """Takes the blocks of one page after another; ``reading`` is what they give."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._pages: list[int] = []
        self._unsure: list[Unsure] = []
        self._last: Block | None = None
        self._notes: list[Paragraph] = []

    def page(self, blocks: Sequence[Block]) -> None:
        """Writes the blocks of the next page, which may be none. Its footnotes wait until its last paragraph ends."""
        notes = [block for block in blocks if isinstance(block, Paragraph) and block.aside]
        rest = [block for block in blocks if not (isinstance(block, Paragraph) and block.aside)]
        if rest and self._goes_over(rest[0]):
            self._put(" " if not self._parts[-1].endswith(("-", "/")) else "")
            self._pages.append(self._size)
            self._put_piece(rest[0].piece)  # type: ignore[union-attr]
            self._last = rest.pop(0)
            self._write_notes()
        else:
            self._write_notes()
            if self._pages:
                self._put("\n\f")
            self._pages.append(self._size)
            self._last = None
        for block in rest:
            self._block(block)
            self._last = block
        self._notes += notes

    def _write_notes(self) -> None:
        last = self._last
        for note in self._notes:
            self._block(note)
            self._last = note
        self._notes, self._last = [], last

    def reading(self) -> Reading:
        self._write_notes()
        return Reading("".join(self._parts) + "\n", tuple(self._pages), unsure=tuple(self._unsure))

    def _goes_over(self, first: Block) -> bool:
        """Whether a paragraph that the page break cut goes on with the first block of the new page."""
        before = self._last
        if not (isinstance(before, Paragraph) and isinstance(first, Paragraph)):
            return False
        if not (before.open_end and first.open_start) or before.heading != first.heading:
            return False
        over = before.piece.text.endswith((".", ";", ":", "!", "?"))
        return not over or first.piece.text[:1].islower()

    def _block(self, block: Block) -> None:
        if isinstance(block, Rows):
            self._part("\n\n")
            for i, row in enumerate(block.cells):
                self._put("\n" if i else "")
                self._row(row)
            return
        self._part("\n" if block.step is Step.MAYBE else "\n\n")
        self._put("## " if block.heading else "")
        self._put_piece(block.piece)

    def _part(self, white: str) -> None:
        if self._last is not None:
            self._put(white)

    def _row(self, cells: Sequence[Piece]) -> None:
        for i, cell in enumerate(cells):
            self._put("\t" if i else "")
            self._put_piece(cell)

    def _put_piece(self, piece: Piece) -> None:
        for start, end, sure in piece.unsure:
            span = Span(start=self._size + start, end=self._size + end)
            self._unsure.append(Unsure(span, sure))
        self._put(piece.text)

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._size += len(text)
