"""Reads the older formats (.doc, .xls, .rtf, .odt, .ods) through LibreOffice, which makes DOCX or XLSX of them.

It runs with a profile of its own that lasts one file, without macros, without links and with no way to a network, and
is stopped with all that it started when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from importlib import resources
from pathlib import Path

from corpus.errors import CorpusError
from corpus.readers import docx, xlsx
from corpus.readers.archive import check
from corpus.reading import Reading

TIMEOUT = 120  # seconds
MAX_BYTES = 100 * 2**20
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_SECTOR = 512
_WORD_FILE = b"\xec\xa5"  # begins the stream of a .doc; its flags stand 10 bytes further on
_WORD_ENCRYPTED = 0x01  # of the second byte of flags
_BOOK_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # the first record of a .xls, 20 bytes long
_BOOK_ENCRYPTED = b"\x2f\x00"  # the record that follows it where there is a password


def read(path: Path) -> Reading:
    """The text of a file in an older format.

    Raises CorpusError: libreoffice_missing, file_too_large, file_unreadable, file_password, file_not_text,
    file_too_slow, file_damaged, and what the readers of DOCX and XLSX raise.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CorpusError("file_too_large", file=path.name, megabytes=MAX_BYTES // 2**20)
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError("file_unreadable", file=path.name) from error
    suffix, target = _kinds(path, data)
    program = find_program()
    if program is None:
        raise CorpusError("libreoffice_missing", file=path.name)
    with tempfile.TemporaryDirectory(prefix="troly-", ignore_cleanup_errors=True) as folder:
        made = _converted(program, Path(folder), data, suffix, target, path.name)
        return docx.read_as(made, path.name) if target == "docx" else xlsx.read_as(made, path.name)


def find_program() -> str | None:
    """Where LibreOffice is; None where it is not installed."""
    found = next((place for name in _PROGRAMS if (place := shutil.which(name))), None)
    return found or next((str(place) for place in _PLACES if place.exists()), None)


def _kinds(path: Path, data: bytes) -> tuple[str, str]:
    """The suffix that tells LibreOffice what a file is, and what to make of it."""
    if data.startswith(_OLE):
        return _kinds_of_ole(path, data)
    if data.startswith(_ZIP):
        return _kinds_of_archive(path)
    return (".xml", "docx") if b'progid="Word' in data[:1024] else (".rtf", "docx")


def _kinds_of_ole(path: Path, data: bytes) -> tuple[str, str]:
    if _named("EncryptedPackage", data):
        raise CorpusError("file_password", file=path.name)
    if _named("WordDocument", data):
        if _word_encrypted(data):
            raise CorpusError("file_password", file=path.name)
        return ".doc", "docx"
    if _named("Workbook", data) or _named("Book", data):
        begin = data.find(_BOOK_BEGINS)
        if begin >= 0 and data[begin + 20 : begin + 22] == _BOOK_ENCRYPTED:
            raise CorpusError("file_password", file=path.name)
        return ".xls", "xlsx"
    raise CorpusError("file_not_text", file=path.name)


def _named(stream: str, data: bytes) -> bool:
    """Whether the directory of an OLE file names a stream (names stand in UTF-16, ended by a zero)."""
    return (stream + "\0").encode("utf-16-le") in data


def _word_encrypted(data: bytes) -> bool:
    for start in range(_SECTOR, len(data) - 12, _SECTOR):
        if data.startswith(_WORD_FILE, start) and data[start + 2 : start + 4] in (
            b"\xc1\x00",
            b"\xd9\x00",
            b"\x01\x01",
        ):
            return bool(data[start + 11] & _WORD_ENCRYPTED)
    return False


def _kinds_of_archive(path: Path) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            check(archive, path.name)
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
            manifest = archive.open("META-INF/manifest.xml").read(2**20) if "META-INF/manifest.xml" in names else b""
    except (zipfile.BadZipFile, OSError, KeyError, NotImplementedError) as error:
        raise CorpusError("file_damaged", file=path.name) from error
    if b"encryption-data" in manifest:
        raise CorpusError("file_password", file=path.name)
    if "xl/workbook.bin" in names:
        return ".xlsb", "xlsx"
    if b"spreadsheet" in kind:
        return ".ods", "xlsx"
    if b"opendocument.text" in kind or not kind:
        return ".odt", "docx"
    raise CorpusError("file_not_text", file=path.name)


def _converted(program: str, folder: Path, data: bytes, suffix: str, target: str, name: str) -> Path:
    """What LibreOffice makes of a copy under a name of our own."""
    source, profile, out = folder / f"tep{suffix}", folder / "profile", folder / "out"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    settings = resources.files("corpus.readers").joinpath("office_profile.xcu").read_text(encoding="utf-8")
    (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--nodefault", "--nologo", "--convert-to", target, "--outdir", str(out), str(source)]
    if not _run(command, folder):
        raise CorpusError("file_too_slow", file=name, seconds=TIMEOUT)
    made = out / f"tep.{target}"
    if not made.exists():
        raise CorpusError("file_damaged", file=name)
    return made


def _run(command: list[str], folder: Path) -> bool:
    """Runs a program to its end; False where it had to be stopped."""
    environment = {**os.environ, "HOME": str(folder), "SAL_DISABLE_OPENCL": "1", "SAL_USE_VCLPLUGIN": "svp"}
    none = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, env=environment, start_new_session=True, stdin=none, stdout=none, stderr=none
    )
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program and all that it started."""
    if os.name == "nt":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    process.wait()
