"""Task tables without any line whose rows stand directly below one another: as words with places, and printed."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.readers import read
from corpus.readers.layout import Page, Word, write_pages
from corpus.reading import Reading
from tests.corpus.measure_tight import FIELDS, LAYOUTS, measured, ordered, reference, tasks_of
from tests.corpus.pdf_files import annex_rows
from tests.corpus.tight_tables import Tight, as_docx, by_libreoffice, by_reportlab

STEP = 10.0
XS = (50, 90, 300, 420)
HEADER = ("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn")
Cells = Sequence[Sequence[str]]


def words_at(x: float, y: float, text: str) -> list[Word]:
    found: list[Word] = []
    for word in text.split():
        found.append(Word(word, x, y, x + 5 * len(word), y + 9))
        x = found[-1].x1 + 3
    return found


def stacked(top: float, rows: Sequence[Cells], at_top: bool = False) -> list[Word]:
    """Rows whose cells, given line by line, stand at half the height of their row or at its top."""
    found: list[Word] = []
    for row in rows:
        height = max(map(len, row))
        for x, cell in zip(XS, row, strict=True):
            start = top + (0 if at_top else (height - len(cell)) * STEP / 2)
            found += [word for i, line in enumerate(cell) for word in words_at(x, start + i * STEP, line)]
        top += height * STEP
    return found


def page(top: float, rows: Sequence[Cells], *, header: bool = True) -> Page:
    heads = [word for x, head in zip(XS, HEADER, strict=True) for word in words_at(x, 80, head)] if header else []
    return Page(600, 800, [*heads, *stacked(top, rows)])


ONE = (["1"], ["Xây dựng kế hoạch cải cách", "hành chính của phường", "trong năm 2026"], ["Phòng Kinh tế"], ["Quý I"])
TWO = (["2"], ["Báo cáo"], ["Văn phòng", "HĐND và", "UBND"], ["Trước", "30/6/2026"])
THREE = (["3"], ["Rà soát văn bản của", "các phòng"], ["Công an", "phường"], ["Quý II", "và", "quý III", "hằng năm"])
TEXTS = [
    "1\tXây dựng kế hoạch cải cách hành chính của phường trong năm 2026\tPhòng Kinh tế\tQuý I",
    "2\tBáo cáo\tVăn phòng HĐND và UBND\tTrước 30/6/2026",
    "3\tRà soát văn bản của các phòng\tCông an phường\tQuý II và quý III hằng năm",
]


def unsure(reading: Reading) -> str:
    return " ".join(reading.text[u.span.start : u.span.end] for u in reading.unsure)


def test_rows_with_centred_cells_are_parted_and_certain() -> None:
    reading = write_pages([page(92, [ONE, TWO, THREE])])
    assert reading.text.split("\n")[1:4] == TEXTS
    assert reading.unsure == ()


def test_the_rest_of_a_row_at_the_top_of_a_page() -> None:
    first = page(92, [ONE, (["2"], ["Báo cáo kết quả"], ["Văn phòng"], ["Trước"])])
    rest: Cells = ([], ["thực hiện theo quy", "định"], ["HĐND và", "UBND"], ["30/6/2026"])
    for header in (True, False):
        reading = write_pages([first, page(92, [rest, THREE, ONE], header=header)])
        assert "2\tBáo cáo kết quả thực hiện theo quy định\tVăn phòng HĐND và UBND\tTrước 30/6/2026" in reading.text


def test_a_row_alone_on_the_next_page_is_whole() -> None:
    first = page(92, [THREE, TWO, (["3"], ["Rà soát văn bản của"], ["Công an"], ["Quý II"])])
    second = page(92, [([], ["các phòng và"], ["phường"], [])], header=False)
    assert "3\tRà soát văn bản của các phòng và\tCông an phường\tQuý II" in write_pages([first, second]).text


def test_what_can_be_parted_in_two_ways_is_unsure() -> None:
    odd = (["2"], ["Báo cáo"], ["Văn phòng"], ["Quý I"])
    words = stacked(92, [ONE, odd, THREE])
    moved = [Word(w.text, w.x0, w.top + 5, w.x1, w.bottom + 5) if w.text in ("2", "Báo", "cáo") else w for w in words]
    heads = [word for x, head in zip(XS, HEADER, strict=True) for word in words_at(x, 80, head)]
    assert "cáo" in unsure(write_pages([Page(600, 800, [*heads, *moved])]))


def test_the_first_line_of_a_row_is_no_line_of_the_header() -> None:
    reading = write_pages([page(89, [TWO, THREE, ONE])])
    assert reading.text.split("\n")[0] == "\t".join(HEADER)


def test_numbers_at_the_top_part_rows_for_certain() -> None:
    heads = [word for x, head in zip(XS, HEADER, strict=True) for word in words_at(x, 80, head)]
    reading = write_pages([Page(600, 800, [*heads, *stacked(92, [ONE, TWO, THREE], at_top=True)])])
    assert reading.text.split("\n")[1:4] == TEXTS
    assert reading.unsure == ()


def test_many_lines_are_read_in_bounded_time() -> None:
    column = [f"Dòng {i}" for i in range(1200)]
    reading = write_pages([page(92, [(["1"], column, ["A"], ["Quý I"]), (["2"], column, ["B"], ["Quý I"])])])
    assert "Dòng 1199" in reading.text


def counted(path: Path, rows: Cells, layout: Tight, agencies: Agencies) -> Counter[str]:
    return measured(tasks_of(read(path), agencies), reference(rows, layout, agencies))


def share(counts: Counter[str]) -> float:
    return sum(counts[f"{name} right"] for name in FIELDS) / sum(counts[name] for name in FIELDS)


@pytest.mark.parametrize("document", ["hn-226-annex", "cchc-2026-2030"])
@pytest.mark.parametrize("name", ["centred", "centred, header once", "centred, upright", "title at the top"])
def test_annexes_printed_by_reportlab(name: str, document: str, tmp_path: Path, agencies: Agencies) -> None:
    rows = ordered(annex_rows(document)[1:], LAYOUTS[name])
    counts = counted(by_reportlab(tmp_path / "a.pdf", rows, LAYOUTS[name]), rows, LAYOUTS[name], agencies)
    assert share(counts) >= 0.98
    assert counts["certain wrong"] == 0
    assert counts["certain"] >= 0.6 * sum(counts[field] for field in FIELDS)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_annex_printed_by_libreoffice(tmp_path: Path, agencies: Agencies) -> None:
    layout = LAYOUTS["centred"]
    rows = ordered(annex_rows("nhi-chieu-158")[1:], layout)
    (path,) = by_libreoffice([as_docx(tmp_path / "a.docx", rows, layout)], tmp_path)
    counts = counted(path, rows, layout, agencies)
    assert share(counts) >= 0.98
    assert counts["certain wrong"] == 0
