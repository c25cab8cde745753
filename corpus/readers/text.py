"""Reads a plain-text file: its characters exactly as received, decoded as UTF-8."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import CorpusError
from corpus.reading import Reading

MAX_BYTES = 50 * 1024 * 1024
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v")
_MAX_CONTROL_SHARE = 0.001


def read(path: Path) -> Reading:
    """The text of a file; its pages, where form feeds part them, are not counted: what was received may be a part."""
    return Reading(read_text(path))


def read_text(path: Path) -> str:
    """The text of a file, unchanged (line ends and a byte order mark stay, so that offsets hold).

    Raises CorpusError: file_missing, file_not_a_file, file_unreadable, file_too_large, file_empty,
    file_not_text (binary content) or file_not_utf8.
    """
    data = _bytes_of(path)
    if not data.strip():
        raise CorpusError("file_empty", file=path.name)
    if b"\0" in data:
        raise CorpusError("file_not_text", file=path.name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        code = "file_not_utf8" if _mostly_printable(data) else "file_not_text"
        raise CorpusError(code, file=path.name) from error
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise CorpusError("file_empty", file=path.name)
    if _control_share(text) > _MAX_CONTROL_SHARE:
        raise CorpusError("file_not_text", file=path.name)
    return text


def _bytes_of(path: Path) -> bytes:
    if not path.exists():
        raise CorpusError("file_missing", file=str(path))
    if not path.is_file():
        raise CorpusError("file_not_a_file", file=str(path))
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CorpusError("file_too_large", file=path.name, megabytes=MAX_BYTES // 2**20)
        return path.read_bytes()
    except OSError as error:
        raise CorpusError("file_unreadable", file=path.name) from error


def _control_share(text: str) -> float:
    controls = sum(char < " " and char not in _ALLOWED_CONTROLS for char in text)
    return controls / len(text)


def _mostly_printable(data: bytes) -> bool:
    sample = data[:4096]
    printable = sum(byte >= 32 or byte in b"\t\n\r\f" for byte in sample)
    return printable / len(sample) > 0.97
