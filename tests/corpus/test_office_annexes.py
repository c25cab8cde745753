"""The clean annexes as an office would send them: in every format each cell is what the text gives."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.ingest import ReadDocument, read_source
from corpus.manifest import ManifestEntry
from corpus.readers.office import find_program
from corpus.records import Document, Task
from corpus.sources import Source
from tests.corpus.files import DOCUMENTS, annex_blocks, save_docx, save_html, save_xlsx

ANNEXES = {"hn-226-annex": 24, "cchc-2026-2030": 43, "nhi-chieu-158": 19}
needs_libreoffice = pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")


def as_docx(folder: Path, annex: str) -> Path:
    return save_docx(folder / f"{annex}.docx", *annex_blocks(annex))


def as_html(folder: Path, annex: str) -> Path:
    return save_html(folder / f"{annex}.html", *annex_blocks(annex))


def as_xlsx(folder: Path, annex: str) -> Path:
    return save_xlsx(folder / f"{annex}.xlsx", {"Sheet1": annex_blocks(annex)})


def as_csv(folder: Path, annex: str) -> Path:
    from corpus.readers import xlsx

    rows = xlsx.read(as_xlsx(folder, annex)).text.split("\n")
    quoted = (";".join('"' + cell.replace('"', '""') + '"' for cell in row.split("\t")) for row in rows)
    path = folder / f"{annex}.csv"
    path.write_text("\r\n".join(quoted), encoding="utf-16")
    return path


def read_as(path: Path, annex: str, agencies: Agencies) -> ReadDocument:
    return read_source(Source(path, ManifestEntry(id=annex, file=path.name)), agencies)


def told(task: Task) -> dict[str, object]:
    """All that a task says, without the place where it says so."""
    return task.model_dump(exclude={"span", "ordinal"})


def said(document: Document) -> dict[str, object]:
    return document.model_dump(include={"kind", "number", "issuer", "date", "title", "signer", "quality"})


@pytest.mark.parametrize("annex", ANNEXES)
@pytest.mark.parametrize("save", [as_docx, as_html, as_xlsx, as_csv])
def test_every_cell_is_what_the_text_gives(
    save: Callable[[Path, str], Path],
    annex: str,
    tmp_path: Path,
    agencies: Agencies,
    library_documents: dict[str, ReadDocument],
) -> None:
    read = read_as(save(tmp_path, annex), annex, agencies)
    assert len(read.tasks) == ANNEXES[annex]
    assert list(map(told, read.tasks)) == list(map(told, library_documents[annex].tasks))
    assert all(read.text[t.span.start : t.span.end].startswith(t.number) for t in read.tasks)
    assert read.doubts == ()


@pytest.mark.parametrize("annex", ANNEXES)
def test_prose_and_letterhead_are_what_the_text_gives(
    annex: str, tmp_path: Path, agencies: Agencies, library_documents: dict[str, ReadDocument]
) -> None:
    for save in (as_docx, as_html):
        read, known = read_as(save(tmp_path, annex), annex, agencies), library_documents[annex]
        plain = read_as(DOCUMENTS / known.document.file, annex, agencies)
        assert said(read.document) == said(plain.document)
        assert [(p.path, p.role, p.text) for p in read.passages] == [(p.path, p.role, p.text) for p in plain.passages]


@needs_libreoffice
@pytest.mark.parametrize(
    ("form", "annex"), [("doc", "cchc-2026-2030"), ("odt", "nhi-chieu-158"), ("rtf", "hn-226-annex")]
)
def test_saved_by_libreoffice(
    form: str, annex: str, tmp_path: Path, agencies: Agencies, library_documents: dict[str, ReadDocument]
) -> None:
    path = converted(as_docx(tmp_path, annex), form)
    read = read_as(path, annex, agencies)
    assert list(map(told, read.tasks)) == list(map(told, library_documents[annex].tasks))


def converted(path: Path, form: str) -> Path:
    """The file as LibreOffice saves it."""
    program = find_program()
    assert program
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.rmtree(path.parent / "profile")
    return path.with_suffix(f".{form}")
