"""The older formats: through LibreOffice, or refused with the command that installs it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assistant.faults import sentence_of
from corpus.agencies import Agencies
from corpus.errors import CorpusError
from corpus.ingest import read_source
from corpus.manifest import ManifestEntry
from corpus.readers import office, read
from corpus.readers.kinds import Kind, kind_of
from corpus.sources import Source, sources_in
from tests.corpus.files import Table, save_docx, save_xlsx
from tests.corpus.test_docx_reader import HEADER
from tests.corpus.test_office_annexes import converted, needs_libreoffice

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
OLD_WORD = OLE + "WordDocument\0".encode("utf-16-le")
ROWS = [HEADER, ["1", "Họp dân", "Công an phường", "", "Biên bản", "Hằng quý"]]


@pytest.fixture
def old_word(tmp_path: Path) -> Path:
    path = tmp_path / "cu.doc"
    path.write_bytes(OLD_WORD)
    return path


def test_without_libreoffice_the_sentence_names_the_command(old_word: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    with pytest.raises(CorpusError, match="libreoffice_missing") as caught:
        read(old_word)
    assert "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui" in sentence_of(caught.value)


@needs_libreoffice
def test_a_sheet_of_old_excel(tmp_path: Path, agencies: Agencies) -> None:
    path = converted(save_xlsx(tmp_path / "a.xlsx", {"Sheet1": ["KẾ HOẠCH", Table(ROWS)]}), "xls")
    (task,) = read_source(Source(path, ManifestEntry(id="a", file=path.name)), agencies).tasks
    assert (task.number, task.title, task.deadline.text) == ("1", "Họp dân", "Hằng quý")


@needs_libreoffice
def test_a_file_that_is_none_is_said_to_be_damaged(old_word: Path) -> None:
    with pytest.raises(CorpusError, match="file_damaged"):
        read(old_word)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_what_takes_too_long_is_stopped_with_all_that_it_started(
    old_word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, child = tmp_path / "soffice", tmp_path / "child"
    program.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {child}\nsleep 300\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_program", lambda: str(program))
    monkeypatch.setattr(office, "TIMEOUT", 1)
    with pytest.raises(CorpusError, match="file_too_slow"):
        read(old_word)
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] in "ZX"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLD_WORD, Kind.OLE),
        (b"{\\rtf1\\ansi Ho}", Kind.OLE),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', Kind.OLE),
    ],
)
def test_old_formats_are_known_by_their_first_bytes(data: bytes, kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "khong-ten"
    path.write_bytes(data)
    assert kind_of(path) is kind


def test_what_office_lays_beside_an_open_file_is_no_document(tmp_path: Path) -> None:
    save_docx(tmp_path / "ke-hoach.docx", "Họp.")
    (tmp_path / "~$-hoach.docx").write_bytes(b"\x05Lan")
    assert [source.path.name for source in sources_in(tmp_path)] == ["ke-hoach.docx"]
