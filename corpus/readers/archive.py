"""The parts of an Office file (a ZIP of XML), opened so that no file can harm: sizes first, entities never.

Nothing is unpacked to the disk; only the parts that a reader asks for are read. XML is parsed without entities,
without a DTD and without a network (lxml's own limits on depth and size of text stay on).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from lxml import etree

from corpus.errors import CorpusError

MAX_ENTRIES = 20_000
MAX_PART = 256 * 2**20  # bytes of one part of XML, unpacked
MAX_WHOLE = 2 * 2**30  # bytes of all parts, unpacked
MAX_RATIO = 250  # what XML of Office packs to is 5 to 60 times smaller
_SMALL = 8 * 2**20  # bytes: what is no larger unpacked may be packed as it likes
_XML = (".xml", ".rels", ".vml")
_ENCRYPTED = 0x1
_PROLOG = 4096  # bytes
_STRICT = b"http://purl.oclc.org/ooxml/"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WHOLE = re.compile("[0-9]{1,9}")
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


@dataclass(frozen=True)
class Relation:
    """A part that another one points at: by which name, as what, where it is."""

    id: str
    kind: str
    target: str


class Package:
    """An opened Office file. ``name`` is what a person is told of it."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self.name = name
        self.parts = frozenset(archive.namelist())

    def xml(self, part: str) -> Any | None:
        """The root element of a part; None where the file has no such part."""
        if part not in self.parts:
            return None
        with self.stream(part) as file:
            return etree.parse(file, etree.XMLParser(remove_comments=True, remove_pis=True, **_SAFE)).getroot()

    def elements(self, part: str, *tags: str) -> Iterator[Any]:
        """The elements of some tags of a large part, each when it is closed; who takes them empties them."""
        with self.stream(part) as file:
            found = etree.iterparse(file, events=("end",), tag=tags, remove_comments=True, remove_pis=True, **_SAFE)
            for _, element in found:
                yield element

    @contextmanager
    def stream(self, part: str) -> Iterator[IO[bytes]]:
        """A part as bytes. Raises CorpusError file_unsafe where its XML declares a type, as no Office does."""
        with self._archive.open(part) as file:
            start = file.read(_PROLOG)
            if b"<!DOCTYPE" in start.replace(b"\0", b""):
                raise CorpusError("file_unsafe", file=self.name)
            file.seek(0)
            yield BytesIO(_usual_names(file.read())) if _STRICT in start else file

    def relations(self, part: str) -> list[Relation]:
        """The parts that one points at within the file ("" = the file itself)."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = []
        for relation in () if root is None else root.iter(_RELATIONS):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found.append(Relation(relation.get("Id", ""), relation.get("Type", "").rsplit("/", 1)[-1], target))
        return found


def whole(written: str | None, otherwise: int = 0) -> int:
    """The whole number that an attribute states, ``otherwise`` where it states none within reason."""
    return int(written) if written and _WHOLE.fullmatch(written) else otherwise


@contextmanager
def open_package(path: Path, name: str) -> Iterator[Package]:
    """An Office file, checked before anything of it is unpacked.

    Raises CorpusError: file_damaged, file_password, file_bomb, file_unsafe, file_too_complex; also for what goes
    wrong with the archive or its XML while it is open.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check(archive, name)
            yield Package(archive, name)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error) or "huge" in str(error).lower() or "too long" in str(error)
        raise CorpusError("file_too_complex" if deep else "file_damaged", file=name) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError) as error:
        raise CorpusError("file_damaged", file=name) from error
    except RuntimeError as error:  # zipfile's way of asking for a password
        raise CorpusError("file_password", file=name) from error


def check(archive: zipfile.ZipFile, name: str) -> None:
    """Raises CorpusError where the list of an archive's parts alone says that it must not be unpacked."""
    entries = archive.infolist()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise CorpusError("file_password", file=name)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_WHOLE:
        raise CorpusError("file_bomb", file=name)
    for entry in entries:
        if _leads_out(entry.filename):
            raise CorpusError("file_unsafe", file=name)
        if entry.filename.lower().endswith(_XML) and _bursts(entry):
            raise CorpusError("file_bomb", file=name)


def _usual_names(xml: bytes) -> bytes:
    """XML of the strict form of the standard with the names of the usual one (ISO 29500-1 and -4)."""
    return re.sub(rb"http://purl\.oclc\.org/ooxml/(\w+)(?=/)", rb"http://schemas.openxmlformats.org/\1/2006", xml)


def _bursts(entry: zipfile.ZipInfo) -> bool:
    dense = entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    return dense or entry.file_size > MAX_PART


def _leads_out(name: str) -> bool:
    """Whether a part's name would leave the folder that an archive is unpacked to."""
    path = name.replace("\\", "/")
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")
