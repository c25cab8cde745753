"""Lists of Word for tests: a numbering part made of levels, and paragraphs that stand in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.corpus.files import Xml

Level = tuple[str, str]  # its format and its text: ("upperRoman", "%1.")
OFFICE: tuple[Level, ...] = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))


def item(words: str, level: int = 0, list_id: int = 1, style: str = "") -> Xml:
    """A paragraph of a list."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return Xml(f"<w:p><w:pPr>{named}{place}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")


def lists(
    *abstract: Sequence[Level], nums: Mapping[int, tuple[int, str]] | None = None, extra: str = ""
) -> Callable[[Any], None]:
    """A change of a document: its numbering part becomes these abstract lists.

    ``nums`` gives for each list its abstract one and its overrides; without it list 1 is the first, and so on.
    ``extra`` stands within every level.
    """
    used = nums or {i: (i - 1, "") for i in range(1, len(abstract) + 1)}

    def change(document: Any) -> None:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        for i, levels in enumerate(abstract):
            root.append(_parsed(f'<w:abstractNum w:abstractNumId="{i}">{_levels(levels, extra)}</w:abstractNum>'))
        for number, (source, override) in used.items():
            link = f'<w:abstractNumId w:val="{source}"/>'
            root.append(_parsed(f'<w:num w:numId="{number}">{link}{override}</w:num>'))

    return change


def starting(level: int, at: int) -> str:
    """The override with which a list states where a level starts."""
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


def _levels(levels: Sequence[Level], extra: str) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )


def _parsed(words: str) -> Any:
    return parse_xml(words.replace(" ", f" {nsdecls('w')} ", 1))
