"""A plain-text file is read exactly as it is, or refused with a code that says why."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from assistant.faults import sentence_of
from corpus.errors import CorpusError
from corpus.readers import text as reader
from corpus.readers.text import read_text

SENTENCE = "Kế hoạch của UBND phường Nhị Chiểu.\n"


def fault(path: Path) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        read_text(path)
    assert path.name in sentence_of(caught.value)
    return caught.value


def windows_1258(text: str) -> bytes:
    """The bytes of an old Vietnamese Windows: vowels whole, tone marks apart."""
    parts = [unicodedata.normalize("NFD", char) for char in text]
    return "".join(unicodedata.normalize("NFC", p[:-1]) + p[-1] if len(p) > 1 else p for p in parts).encode("cp1258")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "van-ban.txt"


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "\n\n" + SENTENCE,
        "\ufeff" + SENTENCE,
        SENTENCE.replace("\n", "\r\n") * 2,
        SENTENCE.replace("\n", "\r") * 2,
        SENTENCE + "\f" + SENTENCE,
        "cột\tcột\tcột\n",
        "e\u0302\u0301 tổ hợp",
        "dòng\u2028dòng\u0085dòng",
        "😀 " + SENTENCE,
        "một",
    ],
)
def test_characters_stay_as_received(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8"))
    assert read_text(file) == text


def test_missing(file: Path) -> None:
    assert fault(file).code == "file_missing"


def test_folder(tmp_path: Path) -> None:
    assert fault(tmp_path).code == "file_not_a_file"


@pytest.mark.parametrize("data", [b"", b"\n", b" \t\r\n\f "])
def test_empty(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert fault(file).code == "file_empty"


@pytest.mark.parametrize("text", ["\ufeff", "\ufeff\n\n", "\u00a0\n\u3000"])
def test_nothing_but_marks_and_spaces_is_empty(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8"))
    assert fault(file).code == "file_empty"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00docx",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 8,
        SENTENCE.encode() + b"\0",
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("utf-32"),
        bytes(range(128, 256)) * 4 + bytes(range(1, 32)) * 20,
    ],
)
def test_binary(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert fault(file).code == "file_not_text"


@pytest.mark.parametrize(
    "data",
    [
        windows_1258("Kế hoạch của Ủy ban"),
        "Kê hoach cua phuong – ngày 05".encode("cp1252"),
        "résumé de la réunion".encode("latin-1"),
    ],
)
def test_other_code_pages(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert fault(file).code == "file_not_utf8"


def test_text_cut_inside_a_character(file: Path) -> None:
    file.write_bytes((SENTENCE * 50).encode("utf-8") + "ế".encode()[:2])
    assert fault(file).code == "file_not_utf8"


def test_too_many_control_characters(file: Path) -> None:
    file.write_text(SENTENCE + "\x01\x02\x1b[0m\x07" * 5, encoding="utf-8")
    assert fault(file).code == "file_not_text"


def test_a_stray_control_character_in_a_long_text_is_kept(file: Path) -> None:
    text = SENTENCE * 100 + "\x0e" + SENTENCE
    file.write_bytes(text.encode("utf-8"))
    assert read_text(file) == text


def test_too_large(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 16)
    file.write_text(SENTENCE, encoding="utf-8")
    assert fault(file).code == "file_too_large"


def test_file_that_cannot_be_opened() -> None:
    memory = Path("/proc/self/mem")
    if not memory.exists():
        pytest.skip("no /proc here")
    assert fault(memory).code == "file_unreadable"
