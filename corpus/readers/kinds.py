"""Which reader a file needs, told by its first bytes: a suffix may be wrong, a name may have none."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from corpus.errors import CorpusError


class Kind(StrEnum):
    """The formats that offices send."""

    TEXT = "text"
    HTML = "html"
    CSV = "csv"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    IMAGE = "image"
    OLE = "ole"  # what LibreOffice reads: .doc, .xls, .rtf, .odt; also documents of Office under a password


SUFFIXES: dict[str, Kind] = {
    ".txt": Kind.TEXT, ".text": Kind.TEXT, ".md": Kind.TEXT,
    ".html": Kind.HTML, ".htm": Kind.HTML, ".xhtml": Kind.HTML,
    ".csv": Kind.CSV, ".tsv": Kind.CSV,
    ".docx": Kind.DOCX, ".docm": Kind.DOCX, ".dotx": Kind.DOCX,
    ".xlsx": Kind.XLSX, ".xlsm": Kind.XLSX,
    ".pdf": Kind.PDF,
    ".png": Kind.IMAGE, ".jpg": Kind.IMAGE, ".jpeg": Kind.IMAGE, ".tif": Kind.IMAGE, ".tiff": Kind.IMAGE,
    ".bmp": Kind.IMAGE, ".webp": Kind.IMAGE,
    ".doc": Kind.OLE, ".xls": Kind.OLE, ".rtf": Kind.OLE, ".odt": Kind.OLE,
    ".ods": Kind.OLE, ".xlsb": Kind.OLE,
}  # fmt: skip
_IMAGE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")
_HEAD = 1024  # bytes


def kind_of(path: Path) -> Kind:
    """The format of a file. Raises CorpusError: file_missing, file_not_a_file, file_unreadable, file_empty,
    file_not_text (a binary format that is not read).
    """
    head = _head_of(path)
    if b"%PDF-" in head:
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0") or head.lstrip().startswith(b"{\\rtf") or b'progid="Word' in head:
        return Kind.OLE
    if head.startswith(_IMAGE_STARTS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Kind.IMAGE
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return Kind.HTML
    stated = SUFFIXES.get(path.suffix.lower())
    return stated if stated in (Kind.HTML, Kind.CSV) else Kind.TEXT


def _head_of(path: Path) -> bytes:
    if not path.exists():
        raise CorpusError("file_missing", file=str(path))
    if not path.is_file():
        raise CorpusError("file_not_a_file", file=str(path))
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise CorpusError("file_unreadable", file=path.name) from error
    if not head:
        raise CorpusError("file_empty", file=path.name)
    return head


def _kind_of_archive(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CorpusError("file_damaged", file=path.name) from error
    if "xl/workbook.bin" in names:
        return Kind.OLE
    if any(name.startswith("ppt/") for name in names):
        raise CorpusError("file_not_text", file=path.name)
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    if any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    if "content.xml" in names:
        return Kind.OLE
    raise CorpusError("file_archive", file=path.name)
