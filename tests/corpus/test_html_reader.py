"""HTML: what a person sees of a page, nothing that is hidden, run or fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.errors import CorpusError
from corpus.ingest import read_source
from corpus.manifest import ManifestEntry
from corpus.readers import read
from corpus.sources import Source
from tests.corpus.files import Cell, Row, Table, letterhead, save_html, windows_1258
from tests.corpus.test_docx_reader import HEADER


def lines(body: str, folder: Path, encoding: str = "utf-8") -> list[str]:
    path = folder / "a.html"
    path.write_bytes(f"<html><head><title>x</title></head><body>{body}</body></html>".encode(encoding))
    return [line for line in read(path).text.split("\n") if line]


def test_headings_paragraphs_and_bold(tmp_path: Path) -> None:
    body = "<h2>I.\n MỤC\n ĐÍCH</h2><p>Một <i>hai</i>\n ba.<br>Bốn</p><div>Năm<p><b>1. Sáu</b></p>bảy</div>"
    assert lines(body, tmp_path) == ["## I. MỤC ĐÍCH", "Một hai ba.", "Bốn", "Năm", "**1. Sáu**", "bảy"]


def test_lists_bear_their_labels(tmp_path: Path) -> None:
    body = (
        '<ol type="I"><li>A<ol start="3"><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>E</li></ol><ul><li>f</ul>'
    )
    assert lines(body, tmp_path) == ["I. A", "3. b", "4. c", "+ d", "II. E", "- f"]


def test_what_is_not_seen_is_left_out(tmp_path: Path) -> None:
    body = (
        "<nav>menu</nav><script>x()</script><style>p{}</style><p hidden>ẩn</p><p style='display:none'>ẩn</p><!-- ẩn -->"
        "<noscript>ẩn</noscript><button>Gửi</button><p>hiện</p><span aria-hidden='true'>ẩn</span>"
    )
    assert lines(body, tmp_path) == ["hiện"]


def test_tables_with_spans(tmp_path: Path, agencies: Agencies) -> None:
    rows: list[Row] = [
        [Cell("TT", down=2), Cell("Nội dung", down=2), Cell("Phân công", across=2), Cell("Thời hạn", down=2)],
        ["Chủ trì", "Phối hợp"],
        [Cell("I. KIỂM TRA", across=5)],
        ["1", "Chợ", Cell("Phòng Kinh tế", down=2), "- Công an phường\n- Trạm Y tế phường", "Tháng 8/2026"],
        ["2", "Bến xe", "", "Tháng 9/2026"],
    ]
    path = save_html(tmp_path / "a.html", Table(rows))
    read = read_source(Source(path, ManifestEntry(id="van-ban", file=path.name)), agencies)
    assert [(t.section, t.number, [m.name for m in t.lead], t.deadline.text) for t in read.tasks] == [
        ("I", "1", ["Phòng Kinh tế"], "Tháng 8/2026"),
        ("I", "2", ["Phòng Kinh tế"], "Tháng 9/2026"),
    ]
    assert [m.name for m in read.tasks[0].coordinate] == ["Công an phường", "Trạm Y tế phường"]


def test_tables_that_only_lay_out_the_page(tmp_path: Path, agencies: Agencies) -> None:
    head = letterhead("ỦY BAN NHÂN DÂN\nPHƯỜNG BẾN GỖ", "Số: 27/KH-UBND", "Bến Gỗ, ngày 04 tháng 6 năm 2026")
    inner = save_html(
        tmp_path / "a.html", head, "KẾ HOẠCH", "Nâng cao chất lượng dịch vụ", Table([HEADER, ["1", *"abcde"]])
    )
    page = inner.read_text(encoding="utf-8")
    page = page.replace('<div id="content">', "<table><tr><td><ul><li>Mục</li></ul></td><td>").replace(
        "</div>", "</td></tr></table>"
    )
    inner.write_text(page, encoding="utf-8")
    read = read_source(Source(inner, ManifestEntry(id="van-ban", file="a.html")), agencies)
    assert (read.document.number, read.document.issuer) == ("27/KH-UBND", "UBND phường Bến Gỗ")
    assert [task.title for task in read.tasks] == ["a"]


@pytest.mark.parametrize("page", ["utf-8", "utf-16", "windows-1258"])
def test_code_pages(page: str, tmp_path: Path) -> None:
    words = f'<html><head><meta charset="{page}"></head><body><p>Kế hoạch của phường</p></body></html>'
    path = tmp_path / "a.htm"
    path.write_bytes(windows_1258(words) if page == "windows-1258" else words.encode(page))
    assert read(path).text == "Kế hoạch của phường\n"


def test_xhtml_with_its_declaration(tmp_path: Path) -> None:
    path = tmp_path / "a.xhtml"
    path.write_text('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html><body><p>Họp</p></body></html>')
    assert read(path).text == "Họp\n"


def test_a_page_without_words_is_empty(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="file_empty"):
        lines("<script>x()</script>", tmp_path)
