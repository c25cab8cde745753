"""Files made to do harm, or harmed on their way: each is refused with its sentence or read, none crashes or stalls."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.faults import sentence_of
from corpus.errors import CorpusError
from corpus.readers import archive, read, xlsx
from corpus.readers.kinds import Kind
from tests.corpus.files import Table, Xml, save_docx, save_html, save_xlsx, shared

ROWS = [["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["1", "Họp dân", "Công an phường", "Hằng quý"]]
LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
DOCTYPE = f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{LAUGHS}]>'


def fault(path: Path) -> str:
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert path.name in sentence_of(caught.value)
    return caught.value.code


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """An archive with one of its parts made otherwise."""
    made = path.with_name(f"x-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == part else data)
    return made


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    return save_docx(tmp_path / "a.docx", "Họp giao ban.", Table(ROWS))


@pytest.fixture
def xlsx_file(tmp_path: Path) -> Path:
    return shared(save_xlsx(tmp_path / "a.xlsx", {"Sheet1": ["Bảng phân công", Table(ROWS)]}))


def test_archive_that_bursts(docx: Path, xlsx_file: Path) -> None:
    room = b"<w:p></w:p>" * 2_000_000
    assert (
        fault(changed(docx, "word/document.xml", lambda d: d.replace(b"<w:body>", b"<w:body>" + room))) == "file_bomb"
    )
    assert fault(changed(docx, "word/numbering.xml", lambda d: b" " * 20_000_000 + d)) == "file_bomb"
    assert fault(changed(xlsx_file, "xl/sharedStrings.xml", lambda d: d + b" " * 20_000_000)) == "file_bomb"


def test_archive_of_too_many_parts(docx: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 5)
    assert fault(docx) == "file_bomb"


@pytest.mark.parametrize("doctype", [DOCTYPE, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'])
def test_entities_and_types_of_others(doctype: str, docx: Path, xlsx_file: Path) -> None:
    def put(data: bytes) -> bytes:
        return data.replace(b"?>", b"?>" + doctype.encode(), 1).replace(b"<w:t>", b"<w:t>&a9;", 1)

    assert fault(changed(docx, "word/document.xml", put)) == "file_unsafe"
    assert fault(changed(docx, "word/styles.xml", put)) == "file_unsafe"
    assert fault(changed(xlsx_file, "xl/sharedStrings.xml", lambda d: doctype.encode() + d)) == "file_unsafe"
    hidden = changed(
        docx, "word/document.xml", lambda d: d.replace(b"?>", b"?><!--" + b"-x" * 4000 + b"-->" + doctype.encode(), 1)
    )
    assert "ha" not in read(hidden).text.split()


def test_entity_of_a_file_is_not_read(docx: Path) -> None:
    doctype = b"<!--" + b"x" * 5000 + b'--><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    path = changed(
        docx, "word/document.xml", lambda d: d.replace(b"?>", b"?>" + doctype, 1).replace(b"<w:t>", b"<w:t>&a;", 1)
    )
    assert "root:" not in read(path).text


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/x", "C:\\x", "word/..\\..\\x"])
def test_names_that_lead_out_of_a_folder(name: str, docx: Path) -> None:
    with zipfile.ZipFile(docx, "a") as file:
        file.writestr(name, "x")
    assert fault(docx) == "file_unsafe"


def test_truncated_files(docx: Path, xlsx_file: Path) -> None:
    for path in (docx, xlsx_file):
        data = path.read_bytes()
        for share in (0.01, 0.3, 0.7, 0.99):
            path.write_bytes(data[: int(len(data) * share)])
            assert fault(path) == "file_damaged"
        path.write_bytes(b"")
        assert fault(path) == "file_empty"


def test_parts_cut_short_or_missing(docx: Path, xlsx_file: Path) -> None:
    assert fault(changed(docx, "word/document.xml", lambda d: d[: len(d) // 2])) == "file_damaged"
    assert fault(changed(xlsx_file, "xl/workbook.xml", lambda d: d[:-20])) == "file_damaged"
    assert (
        fault(changed(docx, "_rels/.rels", lambda d: d.replace(b"word/document.xml", b"word/none.xml")))
        == "file_damaged"
    )


def test_files_under_a_password(tmp_path: Path, docx: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
    locked = tmp_path / "khoa.docx"
    locked.write_bytes(ole + "EncryptedPackage\0".encode("utf-16-le"))
    assert fault(locked) == "file_password"
    old = bytearray(b"\0" * 512 + b"\xec\xa5\xc1\x00" + b"\0" * 100)
    old[512 + 11] = 0x01
    locked.write_bytes(ole[:512] + bytes(old[512:]) + b"\0" * 500 + "WordDocument\0".encode("utf-16-le"))
    assert fault(locked) == "file_password"
    record = b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 12 + b"\x2f\x00\x36\x00"
    locked.write_bytes(ole + record + "Workbook\0".encode("utf-16-le"))
    assert fault(locked) == "file_password"
    data = bytearray(docx.read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    docx.write_bytes(bytes(data))
    assert fault(docx) == "file_password"


def test_other_containers_are_told_apart(tmp_path: Path) -> None:
    mail = tmp_path / "thu.msg"
    mail.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "__nameid_version1.0\0".encode("utf-16-le"))
    assert fault(mail) == "file_not_text"
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.docx", "x")
    assert fault(packed) == "file_archive"


def test_a_table_of_a_hundred_thousand_cells(tmp_path: Path) -> None:
    row = "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>ô {i}</w:t></w:r></w:p></w:tc>" for i in range(10)) + "</w:tr>"
    text = read(save_docx(tmp_path / "a.docx", Xml(f"<w:tbl>{row * 10_000}</w:tbl>"))).text
    assert text.count("\t") == 90_000


def test_fifty_thousand_paragraphs(tmp_path: Path, docx: Path) -> None:
    many = "".join(f"<w:p><w:r><w:t>Đoạn {i}.</w:t></w:r></w:p>" for i in range(50_000)).encode()
    path = changed(docx, "word/document.xml", lambda d: d.replace(b"<w:body>", b"<w:body>" + many))
    assert read(path).text.count("Đoạn") == 50_000


@pytest.mark.parametrize("depth", [40, 2000])
def test_tables_in_tables_in_tables(depth: int, docx: Path) -> None:
    begin, end = b"<w:tbl><w:tr><w:tc>" * depth, b"<w:p/></w:tc></w:tr></w:tbl>" * depth
    words = b"<w:p><w:r><w:t>s\xc3\xa2u</w:t></w:r></w:p>"
    path = changed(docx, "word/document.xml", lambda d: d.replace(b"<w:body>", b"<w:body>" + begin + words + end))
    if depth > 100:
        assert fault(path) == "file_too_complex"
    else:
        assert "sâu" in read(path).text


def test_spans_and_figures_beyond_reason(docx: Path) -> None:
    def stretch(data: bytes) -> bytes:
        huge = b'<w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'
        return data.replace(b"<w:tc>", b"<w:tc>" + huge)

    assert "Họp dân" in read(changed(docx, "word/document.xml", stretch)).text


def test_a_sheet_as_large_as_sheets_can_be(xlsx_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>xa</t></is></c></row></sheetData>'
    merges = b"<mergeCells>" + b"".join(b'<mergeCell ref="A1:XFD1048576"/>' for _ in range(50)) + b"</mergeCells>"
    path = changed(xlsx_file, "xl/worksheets/sheet1.xml", lambda d: d.replace(b"</sheetData>", far + merges))
    assert "Họp dân" in read(path).text
    monkeypatch.setattr(xlsx, "MAX_ROWS", 2)
    assert fault(xlsx_file) == "file_too_many_rows"


@pytest.mark.parametrize("page", ["<div>" * 100_000 + "sâu", "<table><tr><td>" * 3000 + "sâu", "<b>" * 50_000 + "sâu"])
def test_pages_of_endless_depth(page: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><p>Đầu trang.</p>{page}", encoding="utf-8")
    try:
        assert "Đầu trang." in read(path).text
    except CorpusError as error:
        assert error.code == "file_too_complex"


def test_page_of_spans_beyond_reason_and_links_that_are_not_followed(tmp_path: Path) -> None:
    path = save_html(tmp_path / "a.html", Table(ROWS))
    words = path.read_text(encoding="utf-8").replace('colspan="1"', 'colspan="999999999" rowspan="999999999"')
    link = '<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><img src="http://127.0.0.1:9/x.png">'
    path.write_text(words.replace("<body>", f"<body>{link}"), encoding="utf-8")
    assert "Họp dân" in read(path).text


@pytest.mark.parametrize("seed", range(30))
def test_bytes_changed_by_chance(seed: int, tmp_path: Path, docx: Path, xlsx_file: Path) -> None:
    """Whatever is broken inside the parts, a file is read or refused."""
    chance = random.Random(seed)

    def scramble(data: bytes) -> bytes:
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.choice((1, 1, 8, 40))] = chance.randbytes(chance.choice((0, 1, 3)))
        return bytes(damaged)

    for path, parts in (
        (docx, ("word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels")),
        (xlsx_file, ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml")),
    ):
        part = chance.choice(parts)
        try:
            read(changed(path, part, scramble))
        except CorpusError as error:
            assert sentence_of(error)


def test_every_office_format_has_its_reader() -> None:
    from corpus.readers import MODULES

    assert {Kind.DOCX, Kind.XLSX, Kind.HTML, Kind.CSV, Kind.OLE} <= set(MODULES)
