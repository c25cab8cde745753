"""Reads a page of HTML: its headings, paragraphs, lists and tables; nothing that it points at is fetched or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from corpus.errors import CorpusError
from corpus.readers.archive import whole
from corpus.readers.delimited import decoded
from corpus.readers.docx_numbering import in_form
from corpus.readers.grid import Placed, aligned, heads_tasks, is_layout
from corpus.readers.writing import MAX_CELLS, Writing, cell_words
from corpus.reading import Reading
from corpus.vietnamese import nfc

MAX_BYTES = 20 * 2**20
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_SKIPPED = frozenset(
    "head script style noscript template iframe object embed svg canvas nav button select textarea input audio video"
    " math map dialog".split()
)
_BLOCKS = frozenset(
    "html body div section article main header footer aside p li ul ol dl dt dd blockquote pre center form fieldset"
    " address figure figcaption details summary td th caption hr tr tbody thead tfoot".split()
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BOLD = frozenset({"b", "strong"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BOLD_CHARS = 200
_MAX_SPAN = 1000


def read(path: Path) -> Reading:
    """The text of a page. Raises CorpusError: file_too_large, file_unreadable, file_not_utf8, file_empty,
    file_damaged, file_too_complex, file_too_heavy.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CorpusError("file_too_large", file=path.name, megabytes=MAX_BYTES // 2**20)
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError("file_unreadable", file=path.name) from error
    page = _Page(path.name)
    try:
        page.walk(_parsed(_text_of(data, path.name)))
    except etree.ParserError as error:
        raise CorpusError("file_empty", file=path.name) from error
    except RecursionError as error:
        raise CorpusError("file_too_complex", file=path.name) from error
    page.flush()
    if not page.writing.text.strip():
        raise CorpusError("file_empty", file=path.name)
    return Reading(page.writing.text)


def _text_of(data: bytes, name: str) -> str:
    """The characters of a page: by the code page that it states, else as far as its bytes tell."""
    stated = _CHARSET.search(data[:4096])
    if stated:
        try:
            return nfc(data.decode(stated[1].decode("ascii", "replace").lower()))
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(data, name)


def _parsed(text: str) -> Any:
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    return document_fromstring(_DECLARED.sub("", text).encode("utf-8"), parser=parser)


@dataclass
class _List:
    """A list while it is read: how its items are counted (None = not at all), and the count of the last one."""

    form: str | None
    count: int
    depth: int

    def label(self, item: Any) -> str:
        if self.form is None:
            return "-" if self.depth == 1 else "+"
        self.count = whole(item.get("value"), self.count + 1)
        return in_form(self.count, self.form) + (")" if self.form == "lowerLetter" else ".")


class _Page:
    """A page from top to bottom: the words of the paragraph at hand, and the text so far."""

    def __init__(self, name: str) -> None:
        self.writing = Writing(name)
        self._name = name
        self._words: list[str] = []
        self._thin = False  # some word at hand is not bold
        self._lists: list[_List] = []

    def walk(self, element: Any, *, bold: bool = False) -> None:
        """The words of an element and, by the rules of lines and blocks, of all within it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or _is_hidden(element):
            return
        if tag == "br":
            self._words.append("\n")
        elif tag == "table":
            self.flush()
            self._table(element)
        elif tag in _HEADINGS:
            self.flush()
            self.writing.heading(text_in(element))
        elif tag in ("ul", "ol"):
            self._list(element, bold)
        elif tag in _BLOCKS:
            self.flush()
            self._within(element, bold)
            self.flush()
        else:
            self._within(element, bold or tag in _BOLD or bool(_WEIGHT.search(element.get("style", ""))))

    def _within(self, element: Any, bold: bool) -> None:
        self._add(element.text, bold)
        for child in element:
            self.walk(child, bold=bold)
            self._add(child.tail, bold)

    def _add(self, words: str | None, bold: bool) -> None:
        if words:
            self._words.append(_SPACE.sub(" ", words))
            self._thin = self._thin or not (bold or not words.strip())

    def flush(self) -> None:
        """Writes the paragraph at hand."""
        words = "".join(self._words).strip()
        title = not self._thin and len(words) <= _BOLD_CHARS and not words.endswith((".", ";"))
        self._words, self._thin = [], False
        if words and title:
            self.writing.bold(words)
        else:
            self.writing.paragraph(words)

    def _list(self, element: Any, bold: bool) -> None:
        self.flush()
        self._lists.append(_list_of(element, len(self._lists) + 1))
        for item in element:
            if item.tag == "li" and not _is_hidden(item):
                self._words, self._thin = [f"{self._lists[-1].label(item)} "], True
                self._within(item, bold)
                self.flush()
            else:
                self.walk(item, bold=bold)
        self._lists.pop()

    def _table(self, table: Any) -> None:
        rows = list(_rows(table))
        plain = [[text_in(cell) for cell in _cells(row)] for row in rows[:13]]
        widest = max((len(list(_cells(row))) for row in rows), default=0)
        nested = next(table.iterdescendants("table"), None) is not None and not heads_tasks(plain)
        if widest < 2 or nested:
            for row in rows:
                for cell in _cells(row):
                    self.walk(cell)
        elif is_layout(plain, bordered=table.get("border", "0") not in ("", "0")):
            for column in range(widest):
                for row in plain:
                    for i, line in enumerate(row[column].split("\n") if column < len(row) else ()):
                        self.writing.paragraph(line, close=i > 0)
        else:
            self.writing.table(aligned(list(_placed_rows(rows, self._name))))


def _list_of(element: Any, depth: int) -> _List:
    form = _FORMS.get(element.get("type", "1"), "decimal") if element.tag == "ol" else None
    return _List(form, whole(element.get("start"), 1) - 1, depth)


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(element.get("style", "")))


def text_in(element: Any) -> str:
    """The words of an element, a line for each block in it."""
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(filter(None, (cell_words(line) for line in lines)))


def _pieces(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED or _is_hidden(element):
        return
    block = element.tag in _BLOCKS or element.tag == "br"
    if block and element.tag not in ("td", "th"):
        yield "\n"
    if element.tag == "li":
        yield _item_label(element)
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        yield from _pieces(child)
        yield _SPACE.sub(" ", child.tail or "")
    yield "\n" if block and element.tag not in ("td", "th") else " " if element.tag in ("td", "th") else ""


def _item_label(item: Any) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    counted = _list_of(parent, 1)
    for other in parent.iterchildren("li"):
        label = counted.label(other)
        if other is item:
            return f"{label} "
    return ""


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr" and not _is_hidden(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if cell.tag in ("td", "th") and not _is_hidden(cell))


def _placed_rows(rows: list[Any], name: str) -> Iterator[list[Placed]]:
    """Rows with the words of cells that span rows in each of them."""
    above: dict[int, tuple[int, Placed]] = {}  # by column: for how many rows more
    count = 0
    for row in rows:
        placed: list[Placed] = []
        at = 0
        cells = _cells(row)
        cell = next(cells, None)
        while cell is not None or any(column >= at for column in above):
            if at in above:
                left, spanning = above.pop(at)
                placed.append(spanning)
                if left > 1:
                    above[at] = left - 1, spanning
            elif cell is not None:
                placed.append(Placed(at, _span(cell, "colspan"), text_in(cell)))
                if (down := _span(cell, "rowspan")) > 1:
                    above[at] = down - 1, placed[-1]
                cell = next(cells, None)
            else:
                at += 1
                continue
            at += placed[-1].span
            count += 1
        if count > MAX_CELLS:
            raise CorpusError("file_too_heavy", file=name)
        yield placed


def _span(cell: Any, name: str) -> int:
    return max(1, min(whole(cell.get(name, "").strip(), 1), _MAX_SPAN))
