"""Reads CSV and TSV: the delimiter and the code page are told by the file itself."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

from corpus.errors import CorpusError
from corpus.readers.sheet import write_sheet
from corpus.readers.text import MAX_BYTES
from corpus.readers.writing import Writing
from corpus.reading import Reading
from corpus.vietnamese import nfc
from corpus.vocabulary import damage_share

MAX_ROWS = 100_000
_DELIMITERS = ("\t", ";", ",", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # characters
_STATED = "sep="  # how Excel states the delimiter in a first line of its own
_WIDE = 0.2  # share of zero bytes of UTF-16 without a mark
_MUCH_DAMAGE = 0.2  # share of damaged words that says: not this code page


def read(path: Path) -> Reading:
    """The rows of a CSV or TSV.

    Raises CorpusError: file_too_large, file_unreadable, file_empty, file_not_utf8, file_damaged, file_too_many_rows.
    """
    writing = Writing(path.name)
    write_sheet([row for row in rows_of(path) if row], writing)
    if not writing.text.strip():
        raise CorpusError("file_empty", file=path.name)
    return Reading(writing.text)


def rows_of(path: Path) -> list[list[str]]:
    """The cells of a CSV or TSV, an empty row for a line that only states the delimiter. Raises as ``read``."""
    text = decoded(_bytes_of(path), path.name).replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith(_STATED) and "\n" in text[:8]:
        return [[], *_rows(text.split("\n", 1)[1], text[len(_STATED)], path.name)]
    return _rows(text, delimiter_of(text), path.name)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CorpusError("file_too_large", file=path.name, megabytes=MAX_BYTES // 2**20)
        return path.read_bytes()
    except OSError as error:
        raise CorpusError("file_unreadable", file=path.name) from error


def decoded(data: bytes, name: str) -> str:
    """Bytes as text, NFC: by their mark, as UTF-8, as UTF-16, or in the code page of an old Vietnamese Windows.

    Raises CorpusError file_not_utf8.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", *_wide_forms(data), "cp1258"]:
        try:
            text = nfc(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding != "cp1258" or damage_share([text[:_SAMPLE]]) <= _MUCH_DAMAGE:
            return text
    raise CorpusError("file_not_utf8", file=name)


def _wide_forms(data: bytes) -> list[str]:
    zeros = data[:4096].count(0)
    if zeros < _WIDE * len(data[:4096]):
        return []
    return ["utf-16-le"] if data[1:4096:2].count(0) * 2 > zeros else ["utf-16-be"]


def delimiter_of(text: str) -> str:
    """What parts the cells: the sign that gives most rows the same number of cells, more than one.

    >>> delimiter_of('STT;Nhiệm vụ;Hạn\\n1;"Họp, báo cáo";2026\\n')
    ';'
    """
    return max(_DELIMITERS, key=lambda sign: _evenness(text[:_SAMPLE], sign))


def _evenness(text: str, sign: str) -> tuple[float, int]:
    sizes = [len(row) for row in csv.reader(text.split("\n")[:200], delimiter=sign) if len(row) > 1]
    usual = max(set(sizes), key=sizes.count, default=0)
    return sizes.count(usual) * min(usual, 6), -_DELIMITERS.index(sign)


def _rows(text: str, delimiter: str, name: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(
            text.split("\n") if '"' not in text else text.splitlines(keepends=True), delimiter=delimiter
        ):
            rows.append(row)
            if len(rows) > MAX_ROWS:
                raise CorpusError("file_too_many_rows", file=name, most=MAX_ROWS)
    except csv.Error as error:
        raise CorpusError("file_damaged", file=name) from error
    return rows
