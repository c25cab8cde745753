"""Digital PDF: the annexes cell by cell in many layouts, prose, turned pages, old fonts, locked and broken files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Spacer

from assistant.faults import sentence_of
from corpus.agencies import Agencies
from corpus.errors import CorpusError
from corpus.ingest import ReadDocument, records_of
from corpus.manifest import ManifestEntry
from corpus.paragraphs import lines_of, paragraphs_of
from corpus.passages import passages_of
from corpus.readers import pdf, read
from corpus.readers.old_fonts import Coding, coding_of, decoded
from corpus.records import Task
from tests.corpus.pdf_files import annex_rows, table, title, words, write, write_annex

LIBRARY = Path(__file__).parents[2] / "corpus" / "documents"
STYLES: dict[str, dict[str, Any]] = {
    "ruled": {"rules": "all", "repeat": 1},
    "header-once": {"rules": "all"},
    "no-outer-border": {"rules": "inner", "valign": "MIDDLE", "repeat": 1},
    "level-only": {"rules": "level", "repeat": 1},
    "upright-only": {"rules": "upright"},
    "no-rules": {"rules": "none", "repeat": 1},
    "portrait": {"rules": "all", "page": A4, "size": 8, "repeat": 1},
}
HEADER = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn"]
ROWS = [
    ["1", "Xây dựng kế hoạch cải cách hành chính năm 2026 của phường và tổ chức thực hiện theo lộ trình được duyệt",
     "Văn phòng HĐND và UBND", "Các phòng, đơn vị", "Kế hoạch", "Quý I/2026"],
    ["2", "Rà soát, sửa đổi quy chế làm việc", "Phòng Văn hóa - Xã hội", "Công an phường", "Quyết định",
     "Trước ngày 30/6/2026"],
    ["3", "Tuyên truyền cải cách hành chính", "Trung tâm Dịch vụ sự nghiệp công", "Các phòng, đơn vị", "Tin bài",
     "Thường xuyên"],
]  # fmt: skip
HEAD = ("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ")


def records(path: Path, agencies: Agencies) -> ReadDocument:
    return records_of(read(path), ManifestEntry(id="van-ban", file=path.name), agencies)


def told(task: Task) -> tuple[object, ...]:
    """What a row says, cell by cell."""
    lead, coordinate = ([mention.text for mention in side] for side in (task.lead, task.coordinate))
    return (task.section, task.number), task.title, lead, coordinate, task.product, task.deadline.text


def share_of_cells(read_tasks: Sequence[Task], true_tasks: Sequence[Task]) -> float:
    found: dict[tuple[str | None, str], list[Task]] = {}
    for task in read_tasks:
        found.setdefault((task.section, task.number), []).append(task)
    right = 0
    for task in true_tasks:
        same = found.get((task.section, task.number))
        right += sum(one == other for one, other in zip(told(task), told(same.pop(0)), strict=True)) if same else 0
    return right / (6 * len(true_tasks))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("document", ["hn-226-annex", "cchc-2026-2030", "nhi-chieu-158"])
def test_annexes(document: str, style: str, tmp_path: Path, agencies: Agencies, library_documents: Any) -> None:
    path = write_annex(tmp_path / "a.pdf", document, **STYLES[style])
    found = records(path, agencies)
    assert len(found.tasks) == len(library_documents[document].tasks)
    assert share_of_cells(found.tasks, library_documents[document].tasks) >= 0.99
    assert found.doubts == ()


def cells(found: ReadDocument) -> list[list[str]]:
    """The rows as written: number, title and deadline, with the first words of who leads."""
    return [[task.number, task.title, task.deadline.text, task.lead[0].text] for task in found.tasks]


WANTED = [[row[0], row[1], row[5], row[2]] for row in ROWS]
LONG = [[str(i + 1), *ROWS[i % 3][1:]] for i in range(40)]
DOUBLE = [["STT", "Nhiệm vụ", "Phân công", "", "Sản phẩm", "Thời hạn"], ["", "", "Chủ trì", "Phối hợp", "", ""]]
DOUBLE_SPANS = [
    *[("SPAN", (column, 0), (column, 1)) for column in (0, 1, 4, 5)],
    ("SPAN", (2, 0), (3, 0)),
]
TURNED = ["Thời hạn", "Lãnh đạo chỉ đạo", "Nội dung công việc", "Đơn vị thực hiện", "TT"]
LINED = ["T T", "Nội dung nhiệm vụ", "Cơ quan, đơn vị chủ trì", "Cơ quan phối hợp", "Kết quả, sản phẩm",
         "Thời gian hoàn thành"]  # fmt: skip
TURNED_ROWS = [[row[5], "Phó Chủ tịch Nguyễn Văn A", row[1], row[2], row[0]] for row in ROWS]
WIDTHS = [30, 180, 110, 100, 80, 90]
NARROW = [28, 95, 80, 80, 70, 80]


@pytest.mark.parametrize("rules", ["all", "none", "dotted"])
@pytest.mark.parametrize(
    ("rows", "how"),
    [
        ([*DOUBLE, *ROWS], {"heads": 2, "spans": DOUBLE_SPANS, "widths": WIDTHS}),
        ([HEADER, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], *ROWS], {"heads": 2, "widths": WIDTHS}),
        ([HEADER, *ROWS], {"widths": NARROW}),
        ([HEADER, *ROWS], {"widths": WIDTHS, "valign": "MIDDLE"}),
        ([LINED, *ROWS], {"widths": WIDTHS, "valign": "MIDDLE"}),
        ([TURNED, *TURNED_ROWS], {"widths": [90, 110, 200, 120, 40]}),
        ([HEADER, *LONG], {"widths": WIDTHS, "valign": "MIDDLE"}),
        ([HEADER, *LONG], {"widths": WIDTHS, "repeat": 1}),
        ([HEADER, *LONG], {"widths": WIDTHS, "padding": 0}),
    ],
)
def test_layouts_of_tables(rules: str, rows: Any, how: dict[str, Any], tmp_path: Path, agencies: Agencies) -> None:
    wanted = [[row[0], row[1], row[5], row[2]] for row in LONG] if len(rows) > 20 else WANTED
    path = write(tmp_path / "a.pdf", [*title(*HEAD), table(rows, rules, **how)])
    assert cells(records(path, agencies)) == wanted


@pytest.mark.parametrize("rules", ["all", "none"])
def test_two_tables_on_a_page_and_what_stands_below(rules: str, tmp_path: Path, agencies: Agencies) -> None:
    between = words("II. Danh sách các nhiệm vụ giao cho các phòng chuyên môn của Ủy ban nhân dân phường như sau:")
    note = words("Ghi chú: Các đơn vị báo cáo kết quả trước ngày 10 hằng tháng về Văn phòng HĐND và UBND để tổng hợp.")
    story = [*title(*HEAD), table([HEADER, *ROWS], rules, widths=WIDTHS), Spacer(1, 14), between, Spacer(1, 8)]
    story += [table([HEADER, *ROWS], rules, widths=WIDTHS), Spacer(1, 14), note]
    assert cells(records(write(tmp_path / "a.pdf", story), agencies)) == [*WANTED, *WANTED]


def test_running_lines_are_left_out(tmp_path: Path, agencies: Agencies) -> None:
    def running(canvas: Any, _: object) -> None:
        canvas.setFont("Serif", 8)
        canvas.drawString(60, 560, "Kế hoạch cải cách hành chính của phường")
        canvas.drawRightString(780, 30, f"Trang {canvas.getPageNumber()}/9")
        canvas.line(60, 555, 780, 555)

    story = [*title(*HEAD), table([HEADER, *LONG], "none", widths=WIDTHS, repeat=1)]
    found = records(write(tmp_path / "a.pdf", story, each=running), agencies)
    assert len(found.tasks) == len(LONG)
    assert "Trang" not in found.text
    assert "của phường\n" not in found.text


@pytest.mark.parametrize(("size", "indent", "justified"), [(14.0, 28.0, True), (11.0, 0.0, False)])
def test_prose(size: float, indent: float, justified: bool, tmp_path: Path) -> None:
    text = (LIBRARY / "nhi-chieu-158.txt").read_text(encoding="utf-8").split("\nPHỤ LỤC")[0]
    paragraphs = paragraphs_of(lines_of(text), text)
    story = [words(p.text, bold=p.marked, size=size, justified=justified, indent=indent) for p in paragraphs]
    reading = read(write(tmp_path / "a.pdf", story if indent else [x for p in story for x in (p, Spacer(1, 6))], A4))
    wanted = [(p.path, p.text) for p in passages_of(paragraphs, text, "a") if p.role == "body"]
    found = passages_of(paragraphs_of(lines_of(reading.text), reading.text), reading.text, "a")
    got = {(passage.path, passage.text) for passage in found}
    assert sum(passage in got for passage in wanted) >= 0.98 * len(wanted)
    assert len(reading.pages) > 3
    assert list(reading.pages) == sorted(reading.pages)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(turn: int, tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", [*title(*HEAD), table([HEADER, *ROWS], widths=WIDTHS)])
    with pypdfium2.PdfDocument(path) as document:
        document[0].set_rotation(turn)
        document.save(tmp_path / "b.pdf")
    assert read(tmp_path / "b.pdf").text == read(path).text


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_table_printed_by_libreoffice(tmp_path: Path, agencies: Agencies, library_documents: Any) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    rows = annex_rows("nhi-chieu-158")
    made = document.add_table(0, 6, style="Table Grid")
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "a.docx"]
    subprocess.run(convert, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    found = records(tmp_path / "a.pdf", agencies)
    assert share_of_cells(found.tasks, library_documents["nhi-chieu-158"].tasks) >= 0.99


def simple(path: Path, *pages: str, **how: Any) -> Path:
    canvas = Canvas(str(path), **how)
    for page in pages:
        canvas.drawString(72, 700, page)
        canvas.showPage()
    canvas.save()
    return path


def fault(path: Path) -> str:
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert path.name in sentence_of(caught.value)
    return caught.value.code


def test_a_password(tmp_path: Path) -> None:
    locked = pdfencrypt.StandardEncryption("mat-khau", strength=128)
    assert fault(simple(tmp_path / "a.pdf", "a", encrypt=locked)) == "file_password"


def test_a_password_for_changes_only_is_none(tmp_path: Path) -> None:
    locked = pdfencrypt.StandardEncryption("", "mat-khau", strength=128, canCopy=0)
    assert read(simple(tmp_path / "a.pdf", "Ke hoach", encrypt=locked)).text == "Ke hoach\n"


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_truncated_file(share: float, tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", *["Ke hoach"] * 20)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    assert fault(path) == "file_damaged"


def test_nothing_but_the_name_of_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF")
    assert fault(tmp_path / "a.pdf") == "file_damaged"


def test_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    assert fault(simple(tmp_path / "a.pdf", "a", "b", "c")) == "file_too_many_pages"


def test_blank_pages(tmp_path: Path) -> None:
    assert fault(simple(tmp_path / "a.pdf", "", "")) == "file_empty"


def scanned(path: Path, digital: int) -> Path:
    """A PDF with some digital pages and a picture of one behind them."""
    canvas = Canvas(str(path))
    for _ in range(digital):
        canvas.drawString(72, 700, "Ke hoach")
        canvas.showPage()
    with pypdfium2.PdfDocument(simple(path.with_name("page.pdf"), "Ke hoach")) as document:
        picture = document[0].render(scale=2).to_pil()
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    return path


def test_scanned_pages_without_ocr_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "corpus.readers.scan", None)
    reading = read(scanned(tmp_path / "a.pdf", 2))
    assert [(doubt.code, doubt.details["pages"]) for doubt in reading.doubts] == [("pages_without_ocr", [3])]
    assert reading.text.count("Ke hoach") == 2
    assert len(reading.pages) == 3


def test_a_scan_without_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "corpus.readers.scan", None)
    with pytest.raises(CorpusError) as caught:
        read(scanned(tmp_path / "a.pdf", 0))
    assert caught.value.code == "ocr_missing"


@pytest.mark.parametrize(
    ("coding", "typed", "meant"),
    [
        (Coding.TCVN3, "NghÞ quyÕt §¹i héi, ch-¬ng tr×nh ®Çu t-", "Nghị quyết Đại hội, chương trình đầu tư"),
        (Coding.TCVN3, "Quy ®Þnh sè 226-KL/TW", "Quy định số 226-KL/TW"),
        (Coding.VNI, "UÛy ban nhaân daân phöôøng, naêm 2026, kyø hoïp", "Ủy ban nhân dân phường, năm 2026, kỳ họp"),
        (Coding.TCVN3_CAPITALS, "kÕ ho¹ch", "KẾ HOẠCH"),
    ],
)  # fmt: skip
def test_old_codings(coding: Coding, typed: str, meant: str) -> None:
    assert decoded(typed, coding) == meant


@pytest.mark.parametrize(
    ("font", "text", "coding"),
    [
        ("ABCDEF+.VnTime", "KÕ ho¹ch triÓn khai NghÞ quyÕt", Coding.TCVN3),
        ("ABCDEF+.VnTimeH", "kÕ ho¹ch triÓn khai nghÞ quyÕt", Coding.TCVN3_CAPITALS),
        ("F1", "KÕ ho¹ch triÓn khai NghÞ quyÕt", Coding.TCVN3),
        ("F1", "Keá hoaïch trieån khai Nghò quyeát", Coding.VNI),
        (".VnTime", "Kế hoạch triển khai Nghị quyết", None),
        ("Times", "résumé façade naïve Zürich Köln", None),
        ("VNI-Times", "2026", Coding.VNI),
    ],
)
def test_the_coding_of_a_font(font: str, text: str, coding: Coding | None) -> None:
    assert coding_of(font, text.split()) is coding


def test_marks_of_footnotes_are_no_part_of_a_word(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for x, word, mark in ((72, "226-KL/TW", "1"), (172, "m", "2"), (272, "QH", "")):
        text = canvas.beginText(x, 700)
        text.setFont("Helvetica", 12)
        text.textOut(word)
        text.setFont("Helvetica", 7)
        text.setRise(4)
        text.textOut(mark)
        canvas.drawText(text)
    canvas.save()
    assert read(tmp_path / "a.pdf").text.split() == ["226-KL/TW", "m2", "QH"]


def test_a_page_in_an_old_font(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.pdf", "KÕ ho¹ch triÓn khai NghÞ quyÕt cña §¶ng uû")
    assert read(path).text == "Kế hoạch triển khai Nghị quyết của Đảng uỷ\n"
