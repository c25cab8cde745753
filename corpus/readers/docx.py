"""Reads a DOCX: paragraphs, tables, lists and text boxes in the order of the document.

The parts are read as XML and walked once, the body as a stream: python-docx gives neither the numbers of lists nor
insertions, text boxes, notes and content controls, its cells take quadratic time, and it holds all pictures in
memory. A DOCX knows no pages, so the reading has none. Headers and footers are left out but for marks of secrecy.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.readers.archive import Package, open_package
from corpus.readers.docx_numbering import Numbering
from corpus.readers.docx_styles import Style, Styles, W, is_heading_level, numbered_of, value
from corpus.readers.docx_tables import write_table
from corpus.readers.docx_text import DELETED, Words, words_of
from corpus.readers.marks import secrecy_marks
from corpus.readers.writing import Writing, cell_words
from corpus.reading import Doubt, Reading

_PARAGRAPH, _TABLE, _BODY = f"{W}p", f"{W}tbl", f"{W}body"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_HEADING_CHARS = 300
_BOLD_CHARS = 200
_CLOSE_CHARS = 60  # a line of a letterhead or signature is no longer
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(path: Path) -> Reading:
    """The text of a DOCX. Raises CorpusError where it cannot be used (see ``open_package``; also file_empty)."""
    return read_as(path, path.name)


def read_as(path: Path, name: str) -> Reading:
    """The text of a DOCX that a person knows under another name."""
    with open_package(path, name) as package:
        main = next((r.target for r in package.relations("") if r.kind == "officeDocument"), "word/document.xml")
        if main not in package.parts:
            raise CorpusError("file_damaged", file=name)
        reader = _Reader(package, main)
        reader.read()
    if not reader.writing.text.strip():
        raise CorpusError("file_empty", file=name)
    return Reading(reader.writing.text, doubts=tuple(reader.doubts()))


class _Reader:
    """One document from top to bottom: what its styles and lists say, and the text so far."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._relations = package.relations(main)
        self.styles = Styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"))
        self.writing = Writing(package.name)
        self._begun = ""  # words of a paragraph whose end was deleted
        self._bold = ""  # the words of the paragraph before, where it was wholly bold
        self._changed = False

    def _related(self, kind: str) -> Any | None:
        return next((self._package.xml(r.target) for r in self._relations if r.kind == kind), None)

    def read(self) -> None:
        for mark in self._marks():
            self.writing.paragraph(mark)
        wanted = (_PARAGRAPH, _TABLE, *_WRAPPERS)
        for element in self._package.elements(self._main, *wanted):
            body = element.getparent()
            if body is None or body.tag != _BODY:
                continue
            self._changed = self._changed or next(element.iter(*DELETED, f"{W}ins"), None) is not None
            self.block(element)
            element.clear()
            while element.getprevious() is not None:
                del body[0]
        self._flush()
        self._notes()

    def doubts(self) -> Iterator[Doubt]:
        if any(part.lower().endswith("vbaproject.bin") for part in self._package.parts):
            yield Doubt("macros_left_out", {"file": self._package.name})
        if self._changed:
            yield Doubt("changes_open", {"file": self._package.name})

    def _marks(self) -> list[str]:
        """The marks of secrecy in headers and footers."""
        parts = [r.target for r in self._relations if r.kind in ("header", "footer")]
        return secrecy_marks(words for part in parts for words in _lines_in(self._package.xml(part)))

    def block(self, element: Any) -> None:
        """A paragraph or table of the body; what only wraps them is looked into."""
        if element.tag == _PARAGRAPH:
            self._paragraph(element)
        elif element.tag == _TABLE:
            self._flush()
            write_table(element, self)
        elif element.tag in _WRAPPERS:
            for child in element:
                self.block(child)

    def words(self, element: Any) -> tuple[Words, Style, str]:
        """The words of a paragraph, its style, and the label that its list gives it."""
        properties = element.find(f"{W}pPr")
        style = self.styles.of(None if properties is None else value(properties.find(f"{W}pStyle")))
        words = words_of(element, self.styles, style)
        numbered = numbered_of(properties) or style.numbered
        return words, style, "" if words.goes_on else self._numbering.label(numbered)

    def _paragraph(self, element: Any) -> None:
        words, style, label = self.words(element)
        words.text, self._begun = self._begun + words.text, ""
        if words.goes_on:
            self._begun = words.text
        elif words.text.strip() and not style.contents:
            text = f"{label} {words.text.strip()}" if label else words.text
            self._write(text, bold=words.bold, heading=_is_heading(element, style))
        self._boxes(words)

    def _write(self, text: str, *, bold: bool, heading: bool) -> None:
        told = cell_words(text)
        if self._bold and told[:1].islower() and bold:  # a title over several lines
            told, heading = f"{self._bold} {told}", False
            self._bold = told
            return
        self._flush_bold()
        if heading and len(told) <= _HEADING_CHARS:
            self.writing.heading(text)
        elif bold and "\t" not in text and len(told) <= _BOLD_CHARS and not told.endswith((".", ";")):
            self._bold = told
        else:
            self.writing.paragraph(text)

    def _flush_bold(self) -> None:
        self.writing.bold(self._bold)
        self._bold = ""

    def _flush(self) -> None:
        """Writes what waits for a paragraph to go on with."""
        self._flush_bold()
        self.writing.paragraph(self._begun)
        self._begun = ""

    def _boxes(self, words: Words) -> None:
        for box in words.boxes:
            self._flush_bold()
            for child in box:
                self.block(child)

    def laid_out(self, cell: Any) -> None:
        """A cell of a letterhead or signature: its lines below each other, plain."""
        self._flush()
        close = False
        for child in _unwrapped(cell):
            if child.tag == _TABLE:
                write_table(child, self)
                close = False
            elif child.tag == _PARAGRAPH:
                words, _, label = self.words(child)
                text = f"{label} {words.text.strip()}".strip()
                self.writing.paragraph(text, close=close and len(text) <= _CLOSE_CHARS)
                close = (close or bool(text)) and len(text) <= _CLOSE_CHARS
                self._boxes(words)
        self._flush()

    def framed(self, cell: Any) -> None:
        """A cell that stands alone around words: as if it were not there."""
        for child in cell:
            self.block(child)
        self._flush()

    def _notes(self) -> None:
        for kind in ("footnotes", "endnotes"):
            root = self._related(kind)
            notes = [] if root is None else [n for n in root if n.get(f"{W}type") not in _SEPARATORS]
            for count, note in enumerate(notes, 1):
                words = " ".join(self.words(p)[0].text.strip() for p in note.iter(_PARAGRAPH))
                if words.strip():
                    self.writing.paragraph(f"[{count}] {words.strip()}")


def _unwrapped(cell: Any) -> Iterator[Any]:
    for child in cell:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _is_heading(element: Any, style: Style) -> bool:
    level = value(element.find(f"{W}pPr/{W}outlineLvl"))
    return style.heading if level is None else is_heading_level(level)


def _lines_in(root: Any | None) -> Iterator[str]:
    """The lines of a header or footer, those of a watermark too."""
    for element in () if root is None else root.iter():
        if element.tag == _PARAGRAPH:
            yield "".join(t.text or "" for t in element.iter(f"{W}t"))
        elif element.get("string"):
            yield element.get("string")
