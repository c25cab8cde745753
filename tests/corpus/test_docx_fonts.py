"""Words typed in fonts of before Unicode inside a DOCX, run by run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.readers.docx import read
from corpus.readers.old_fonts import _TCVN3
from tests.corpus.files import Xml, save_docx

_CODED = {new: old for old, new in _TCVN3.items()}


def coded(words: str) -> str:
    return "".join(_CODED.get(char, char) for char in words)


def run(words: str, font: str = "") -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    return f'<w:r>{fonts}<w:t xml:space="preserve">{words}</w:t></w:r>'


def text_of(folder: Path, *runs: str, change: Any = None) -> str:
    return read(save_docx(folder / "a.docx", Xml(f"<w:p>{''.join(runs)}</w:p>"), change=change)).text.strip()


def test_runs_in_old_and_new_fonts_stand_side_by_side(tmp_path: Path) -> None:
    said = text_of(
        tmp_path,
        run(coded("Kế hoạch tuyên truyền "), ".VnTime"),
        run("phòng cháy, chữa cháy ", "Times New Roman"),
        run(coded("của phường"), ".VnTime"),
    )
    assert said == "Kế hoạch tuyên truyền phòng cháy, chữa cháy của phường"


def test_a_word_cut_into_runs_is_read_whole(tmp_path: Path) -> None:
    pieces = [run(coded(piece), ".VnTime") for piece in ("Ph", "ư", "ơng án nhiệm v", "ụ")]
    assert text_of(tmp_path, *pieces) == "Phương án nhiệm vụ"


def test_capitals_and_vni(tmp_path: Path) -> None:
    assert text_of(tmp_path, run(coded("quyết định phê duyệt"), ".VnTimeH")) == "QUYẾT ĐỊNH PHÊ DUYỆT"
    assert text_of(tmp_path, run("Keá hoaïch", "VNI-Times")) == "Kế hoạch"


def test_unicode_that_only_kept_the_name_of_an_old_font_stays(tmp_path: Path) -> None:
    assert text_of(tmp_path, run("Phê duyệt đề án, kế hoạch", ".VnTime")) == "Phê duyệt đề án, kế hoạch"
    assert text_of(tmp_path, run("Résumé à la carte", "Times New Roman")) == "Résumé à la carte"


def test_the_font_of_a_style_counts(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.styles["Normal"].font.name = ".VnTime"

    assert text_of(tmp_path, run(coded("Tăng cường kiểm tra")), change=change) == "Tăng cường kiểm tra"
