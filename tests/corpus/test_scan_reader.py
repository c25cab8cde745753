"""Scans and pictures of the real annexes: what is read of them, and what becomes of pictures that are none.

They need Tesseract with its Vietnamese data (Debian: tesseract-ocr, tesseract-ocr-vie) and the DejaVu fonts.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from PIL import Image

from corpus.agencies import Agencies
from corpus.certainty import LEAST
from corpus.errors import CorpusError
from corpus.ingest import ReadDocument, records_of
from corpus.manifest import ManifestEntry
from corpus.readers import engine, tesseract
from corpus.readers.image import read
from corpus.readers.scan import read_page, read_pages
from corpus.records import Quality, Task
from tests.corpus.scanning import Layout, photographed, print_annex, scanned

ANNEXES = yaml.safe_load((Path(__file__).parents[1] / "data" / "annexes.yaml").read_text(encoding="utf-8"))
needs_tesseract = pytest.mark.skipif(
    engine.program() is None, reason="Tesseract with Vietnamese is not installed: apt-get install tesseract-ocr-vie"
)


def scan_of(rows: Sequence[Any], folder: Path, layout: Layout = Layout(), **wear: Any) -> Path:
    """The rows printed and scanned at 200 dpi, as a TIFF of several pages."""
    pages = [scanned(page, i, **wear) for i, page in enumerate(photographed(print_annex(rows, layout), 200))]
    path = folder / "ban-quet.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="jpeg", dpi=(200, 200))
    return path


def records(path: Path, agencies: Agencies) -> ReadDocument:
    return records_of(read(path), ManifestEntry(id="ban-quet", file=path.name), agencies)


def facts(task: Task) -> dict[str, object]:
    """What an answer would state of a task."""
    return {"lead": [mention.name for mention in task.lead], "deadline": (task.deadline.kind, task.deadline.due)}


def compared(read: Sequence[Task], meant: Sequence[Task]) -> tuple[float, list[object]]:
    """The share of numbers, leads and deadlines that are right, and what is wrong though it counts as certain."""
    found = {(task.section, task.number): task for task in read}
    right, stated = 0, list[object]()
    for task in meant:
        other = found.pop((task.section, task.number), None)
        if other is None:
            continue
        wrong = [field for field, value in facts(task).items() if facts(other)[field] != value]
        right += 3 - len(wrong)
        stated += [(task.number, facts(other)[field]) for field in wrong if other.certainty.get(field, 1.0) >= LEAST]
    stated += [key for key, task in found.items() if task.certainty.get("number", 1.0) >= LEAST]
    return right / (3 * len(meant)), stated


@needs_tesseract
@pytest.mark.parametrize(
    ("document", "rows", "layout", "wear"),
    [
        ("nhi-chieu-158", slice(0, 11), Layout("DejaVuSerif"), {"turn": 1.3}),
        ("cchc-2026-2030", slice(0, 9), Layout("DejaVuSans"), {"turn": -2.0, "noise": 18, "quality": 50}),
        ("hn-226-annex", slice(0, 6), Layout("DejaVuSans", double=True), {"contrast": 0.45, "blur": 0.8}),
        ("hn-226-annex", slice(6, 12), Layout("DejaVuSerif", upright=True, size=9), {"light": 0.6, "turn": 3.0}),
    ],
)
def test_numbers_leads_and_deadlines_of_a_scan(
    document: str,
    rows: slice,
    layout: Layout,
    wear: dict[str, float],
    tmp_path: Path,
    agencies: Agencies,
    library_documents: dict[str, ReadDocument],
) -> None:
    scan = records(scan_of(ANNEXES[document][rows], tmp_path, layout, **wear), agencies)
    share, stated = compared(scan.tasks, library_documents[document].tasks[rows])
    assert share >= 0.95
    assert stated == []
    assert scan.document.quality is Quality.OCR
    assert scan.document.pages >= 1


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_stands_on_its_head_is_read(turn: int) -> None:
    page = photographed(print_annex(ANNEXES["hn-226-annex"][:3], Layout()), 150)[0]
    words = [word.text for word in read_page(page.rotate(turn, expand=True), 150).words]
    assert {"Nhiệm", "5/2026", "Thường", "xuyên"} <= set(words)


@needs_tesseract
def test_words_under_a_stamp_are_read_and_the_stamp_is_not() -> None:
    page = photographed(print_annex(ANNEXES["hn-226-annex"][:5], Layout("DejaVuSans")), 200)[0]
    plain = [word.text for word in read_page(page, 200).words]
    stamped = [word.text for word in read_page(scanned(page, 1, turn=0, noise=4), 200).words]
    assert len(set(plain) - set(stamped)) <= 0.05 * len(plain)
    assert len(stamped) <= len(plain) + 2


@needs_tesseract
def test_pages_come_in_order_though_read_side_by_side() -> None:
    pages = photographed(print_annex(ANNEXES["nhi-chieu-158"][:9], Layout(size=13)), 120)
    found = [{word.text for word in page.words} for page in read_pages((page, 120) for page in pages)]
    assert len(found) == len(pages) > 2
    assert "10/5/2026" in found[0]
    assert "9" in found[-1]


@needs_tesseract
def test_a_picture_without_text_says_that_nothing_was_read(tmp_path: Path) -> None:
    down, across = np.mgrid[0:600, 0:800]
    sky = np.stack([120 + down // 8, 150 + across // 16, 220 - down // 10], axis=-1).astype(np.uint8)
    Image.fromarray(sky).save(tmp_path / "anh.png")
    reading = read(tmp_path / "anh.png")
    assert reading.text.strip() == ""
    assert [doubt.code for doubt in reading.doubts] == ["nothing_read"]


@needs_tesseract
@pytest.mark.parametrize("grey", [0, 128, 255])
@pytest.mark.parametrize("size", [(1, 1), (30, 2000), (1200, 1700)])
def test_an_empty_page_of_any_grey_gives_no_word(grey: int, size: tuple[int, int]) -> None:
    assert read_page(Image.new("L", size, grey), 150).words == []


@needs_tesseract
def test_a_huge_picture_is_not_opened_out(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "to.png")
    began = time.monotonic()
    with pytest.raises(CorpusError) as raised:
        read(tmp_path / "to.png")
    assert raised.value.code == "file_bomb"
    assert time.monotonic() - began < 5


@needs_tesseract
@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "bmp"])
def test_a_cut_file_is_damaged(suffix: str, tmp_path: Path) -> None:
    page = photographed(print_annex(ANNEXES["hn-226-annex"][:2], Layout()), 60)[0]
    whole = tmp_path / f"trang.{suffix}"
    page.save(whole)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(CorpusError) as raised:
        read(whole)
    assert raised.value.code == "file_damaged"


@needs_tesseract
def test_too_many_frames_are_refused(tmp_path: Path) -> None:
    frame = Image.new("1", (2, 2), 1)
    frame.save(tmp_path / "nhieu.tif", save_all=True, append_images=[frame] * 2000)
    with pytest.raises(CorpusError) as raised:
        read(tmp_path / "nhieu.tif")
    assert raised.value.code == "file_too_many_pages"


def test_without_tesseract_the_error_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    engine.program.cache_clear()
    Image.new("L", (100, 100), 255).save(tmp_path / "trang.png")
    with pytest.raises(CorpusError) as raised:
        read(tmp_path / "trang.png")
    engine.program.cache_clear()
    assert raised.value.code == "ocr_missing"


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "SECONDS", 0.01)
    page = photographed(print_annex(ANNEXES["hn-226-annex"][:2], Layout()), 100)[0]
    with pytest.raises(CorpusError) as raised:
        read_page(page, 100)
    assert raised.value.code == "page_too_slow"
