"""The words of one paragraph of a DOCX as a reader sees them: insertions in, deletions and hidden words out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.readers.docx_styles import Style, Styles, W, font_of, switched, value
from corpus.readers.old_fonts import coding_of, decoded, may_be_old

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_RUN, _TEXT, _PROPERTIES = f"{W}r", f"{W}t", f"{W}rPr"
_BOX = f"{W}txbxContent"
_ALTERNATES, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_SKIPPED = DELETED | {f"{W}{name}" for name in ("pPr", "sdtPr", "sdtEndPr", "rt", "customXmlPr", "smartTagPr")}
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", _ALTERNATES})


@dataclass
class Words:
    """What stands in a paragraph: its text, whether all of it is bold, and the text boxes that hang on it."""

    text: str = ""
    bold: bool = False
    boxes: list[Any] = field(default_factory=list)
    goes_on: bool = False  # its end was deleted: the next paragraph belongs to it


class _Runs:
    """Collects the runs of a paragraph."""

    def __init__(self, styles: Styles, style: Style) -> None:
        self._styles = styles
        self._style = style
        self.pieces: list[tuple[str, str]] = []  # with their fonts
        self._font = style.font
        self.thin = False  # some word is not bold
        self.boxes: list[Any] = []

    def read(self, parent: Any) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag == _MATHS_TEXT:
                self._add(child.text or "", bold=False)
            elif tag in _DRAWN:
                self.boxes.extend(boxes_in(child))
            elif tag not in _SKIPPED:
                self.read(child)

    def _run(self, run: Any) -> None:
        properties = run.find(_PROPERTIES)
        bold = bool(self._style.bold)
        self._font = self._style.font
        if properties is not None:
            style = self._styles.of(value(properties.find(f"{W}rStyle")), "character")
            if switched(properties.find(f"{W}vanish")) or style.hidden:
                return
            own = switched(properties.find(f"{W}b"))
            bold = own if own is not None else style.bold if style.bold is not None else bold
            named = value(properties.find(f"{W}rStyle"))
            self._font = font_of(properties) or (style.font if named else "") or self._style.font
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                self._add(child.text or "", bold=bold)
            elif tag in _SIGNS:
                self._add(_SIGNS[tag], bold=bold)
            elif tag in _DRAWN:
                self.boxes.extend(boxes_in(child))
            elif tag == f"{W}softHyphen" and may_be_old(self._font):
                self._add("\xad", bold=bold)  # in .VnTime it is the letter "ư"
            elif tag == f"{W}ruby":
                self.read(child)

    def _add(self, words: str, *, bold: bool) -> None:
        self.pieces.append((words, self._font))
        self.thin = self.thin or not (bold or not words.strip())


def words_of(paragraph: Any, styles: Styles, style: Style) -> Words:
    """The words of a paragraph of some style."""
    if style.hidden:
        return Words()
    runs = _Runs(styles, style)
    runs.read(paragraph)
    text = _in_unicode(runs.pieces)
    return Words(text, bool(text.strip()) and not runs.thin, runs.boxes, _mark_deleted(paragraph))


def _in_unicode(pieces: Sequence[tuple[str, str]]) -> str:
    """The pieces of a paragraph as one text, those in fonts of before Unicode (.VnTime, VNI-Times) read as drawn."""
    fonts = {font for _, font in pieces if may_be_old(font)}
    if not fonts:
        return "".join(text for text, _ in pieces)
    own = {font: "".join(text if other == font else " " for text, other in pieces).split() for font in fonts}
    codings = {font: coding_of(font, words) for font, words in own.items()}
    return "".join(decoded(text, coding) if (coding := codings.get(font)) else text for text, font in pieces)


def _mark_deleted(paragraph: Any) -> bool:
    properties = paragraph.find(f"{W}pPr")
    own = None if properties is None else properties.find(_PROPERTIES)
    return own is not None and own.find(f"{W}del") is not None


def boxes_in(element: Any) -> Iterator[Any]:
    """The text boxes of a drawing, each once, though it is written for new and for old programs."""
    if element.tag == _BOX:
        yield element
    elif element.tag == _ALTERNATES:
        chosen = [box for choice in element.iterchildren(_CHOICE) for box in boxes_in(choice)]
        yield from chosen or (box for old in element.iterchildren(_FALLBACK) for box in boxes_in(old))
    else:
        for child in element:
            yield from boxes_in(child)


def plain(element: Any) -> str:
    """All words below an element, for a look at what it is."""
    return " ".join("".join(t.text or "" for t in p.iter(_TEXT)) for p in element.iter(f"{W}p"))
