"""A red stamp of secrecy is seen though it is cleaned off before the page is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.errors import CorpusError
from corpus.ingest import checked
from corpus.readers import read
from corpus.readers.engine import program
from corpus.readers.scan_stamps import secrecy_stamps
from tests.corpus.scanning import FONTS, scanned

pytestmark = pytest.mark.skipif(program() is None, reason="Tesseract with Vietnamese is not installed")
FONT = Path("/usr/share/fonts/truetype") / FONTS["DejaVuSans"]
RED = (205, 30, 40)


def page(stamp: str | None) -> Image.Image:
    made = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(made)
    font = ImageFont.truetype(str(FONT), 38)
    lines = ("ỦY BAN NHÂN DÂN", "PHƯỜNG AN LẠC", "KẾ HOẠCH", "Bảo vệ bí mật nhà nước năm 2026", "1. Việc thứ nhất.")
    for i, line in enumerate(lines):
        draw.text((200, 200 + 90 * i), line, fill="black", font=font)
    if stamp:
        bold = ImageFont.truetype(str(FONT), 60)
        width = round(draw.textlength(stamp, font=bold))
        draw.rectangle((1000, 180, 1060 + width, 290), outline=RED, width=7)
        draw.text((1030, 200), stamp, fill=RED, font=bold)
    draw.ellipse((900, 1500, 1250, 1850), outline=RED, width=9)
    return made


@pytest.mark.parametrize(("stamp", "degree"), [("MẬT", "Mật"), ("TỐI MẬT", "Tối mật"), ("TUYỆT MẬT", "Tuyệt mật")])
def test_a_stamped_scan_is_refused(tmp_path: Path, stamp: str, degree: str) -> None:
    file = tmp_path / "quet.jpg"
    scanned(page(stamp), 1, turn=0.8, stamp=False).save(file, dpi=(200, 200))
    with pytest.raises(CorpusError) as caught:
        checked(read(file), file.name)
    assert caught.value.details["degree"] == degree


def test_a_round_stamp_and_words_on_secrecy_are_no_mark(tmp_path: Path) -> None:
    file = tmp_path / "quet.jpg"
    scanned(page(None), 1).save(file, dpi=(200, 200))
    assert "bí mật nhà nước" in checked(read(file), file.name).text


def test_a_page_without_red_costs_nothing() -> None:
    assert secrecy_stamps(np.full((400, 300, 3), 255, np.uint8), 200) == []
