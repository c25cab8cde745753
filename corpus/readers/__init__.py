"""A reader for each format, loaded when a file of that format comes. Each module has ``read(path) -> Reading``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.errors import CorpusError
from corpus.readers.kinds import SUFFIXES, Kind, kind_of
from corpus.reading import Reading

__all__ = ["SUFFIXES", "Kind", "kind_of", "read"]

MODULES: dict[Kind, str] = {
    Kind.TEXT: "corpus.readers.text",
    Kind.PDF: "corpus.readers.pdf",
    Kind.IMAGE: "corpus.readers.image",
    Kind.HTML: "corpus.readers.html",
    Kind.CSV: "corpus.readers.delimited",
    Kind.DOCX: "corpus.readers.docx",
    Kind.XLSX: "corpus.readers.xlsx",
    Kind.OLE: "corpus.readers.office",
}


def read(path: Path) -> Reading:
    """What stands in a file. Raises CorpusError where the file cannot be used."""
    module = MODULES.get(kind_of(path))
    if module is None:
        raise CorpusError("file_not_text", file=path.name)
    return cast(Reading, import_module(module).read(path))
