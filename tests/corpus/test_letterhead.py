"""What a document says of itself: number, date, kind, title, issuer, signer, grounds, and where that stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.agencies import Agencies
from corpus.ingest import ReadDocument
from corpus.letterhead import Letterhead, read_letterhead, year_of
from corpus.paragraphs import lines_of, paragraphs_of
from corpus.passages import passages_of
from corpus.vietnamese import fold
from tests.corpus.reading import read_text_as_document

PLAN = """ỦY BAN NHÂN DÂN
PHƯỜNG AN BIÊN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}

An Biên, {date}

KẾ HOẠCH

**Chuyển đổi số năm 2027 của phường An Biên**

Căn cứ Quyết định số 534/QĐ-TTg ngày 31/3/2026 của Thủ tướng Chính phủ;

Thực hiện Kế hoạch số 144/KH-UBND ngày 21/4/2026 của Ủy ban nhân dân thành phố Hải Phòng;

Ủy ban nhân dân phường An Biên ban hành Kế hoạch như sau:

I. MỤC ĐÍCH

1. Thực hiện chuyển đổi số.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Thị Bích
"""


def letterhead(text: str) -> Letterhead:
    paragraphs = paragraphs_of([line for line in lines_of(text) if len(line.cells) < 3], text)
    return read_letterhead(text, paragraphs, passages_of(paragraphs, text, "van-ban"))


def plan(number: str = "15/KH-UBND", date: str = "ngày 05 tháng 01 năm 2027") -> str:
    return PLAN.format(number=number, date=date)


def test_a_plan_with_everything_filled_in() -> None:
    found = letterhead(plan()).values
    assert found["number"] == "15/KH-UBND"
    assert found["date"] == dt.date(2027, 1, 5)
    assert found["kind"] == "Kế hoạch"
    assert found["title"] == "Chuyển đổi số năm 2027 của phường An Biên"
    assert found["signer"] == "Trần Thị Bích"


def test_issuer_of_a_plan_and_the_place_where_it_stands() -> None:
    text = plan()
    found = letterhead(text)
    issuer, span = str(found.values["issuer"]), found.marks["issuer"]
    assert "phuong an bien" in fold(issuer)
    assert "phuong an bien" in fold(" ".join(text[span.start : span.end].split()))


@pytest.mark.parametrize(
    ("top", "issuer"),
    [
        ("UBND TỈNH ĐỒNG THÁP\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ\tĐộc lập", "Sở Nội vụ"),
        ("SỞ Y TẾ\tCỘNG HÒA XÃ HỘI\nCHI CỤC DÂN SỐ\nVÀ TRẺ EM", "Chi cục Dân số và trẻ em"),
        ("**UBND PHƯỜNG AN BIÊN**\n**VĂN PHÒNG HĐND VÀ UBND**", "Văn phòng HĐND và UBND"),
        ("ĐẢNG BỘ THÀNH PHỐ\nĐẢNG ỦY PHƯỜNG AN BIÊN   ĐẢNG CỘNG SẢN VIỆT NAM", "Đảng ủy phường An Biên"),
    ],
)
def test_issuer_is_the_lower_of_two_bodies_in_the_letterhead(top: str, issuer: str) -> None:
    below = "\n\nSố: 12/KH\n\nKẾ HOẠCH\nĐào tạo năm 2027\n\nVăn phòng HĐND và UBND xây dựng Kế hoạch.\n\nI. MỤC ĐÍCH"
    found = letterhead(top + below)
    span = found.marks["issuer"]
    assert found.values["issuer"] == issuer
    assert fold((top + below)[span.start : span.end].replace("\n", " ")) == fold(issuer)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("15/KH-UBND", "15/KH-UBND"),
        ("158/KH-UBND", "158/KH-UBND"),
        ("05/2025/TT-VPCP", "05/2025/TT-VPCP"),
        ("226-KL/TW", "226-KL/TW"),
        ("09/BC-PVHXH", "09/BC-PVHXH"),
        ("12/KH - UBND", "12/KH-UBND"),
        ("/KH-UBND", None),
        ("      /KH-UBND", None),
    ],
)
def test_number(written: str, number: str | None) -> None:
    found = letterhead(plan(number=written))
    assert found.values["number"] == number
    assert "number" in found.marks


@pytest.mark.parametrize(
    ("written", "date", "year"),
    [
        ("ngày 05 tháng 01 năm 2027", dt.date(2027, 1, 5), 2027),
        ("ngày 5 tháng 1 năm 2027", dt.date(2027, 1, 5), 2027),
        ("ngày 05/01/2027", dt.date(2027, 1, 5), 2027),
        ("ngày tháng năm 2027", None, 2027),
        ("ngày    tháng 5 năm 2027", None, 2027),
        ("ngày … tháng 5 năm 2027", None, 2027),
        ("ngày /3 tháng 02 năm 2027", None, 2027),
        ("ngày 31 tháng 02 năm 2027", None, 2027),
    ],
)
def test_date_and_year(written: str, date: dt.date | None, year: int) -> None:
    text = plan(date=written)
    found = letterhead(text)
    assert found.values["date"] == date
    span = found.marks["date"]
    assert "2027" in text[span.start : span.end]
    assert year_of(text, found) == year


def test_date_of_a_ground_is_not_the_date_of_the_plan() -> None:
    text = (
        "Số: 7/KH-UBND\n\nKẾ HOẠCH\n\n**Việc chung**\n\nCăn cứ Quyết định số 1/QĐ-TTg ngày 31/3/2026 của Thủ tướng;\n"
    )
    assert letterhead(text).values.get("date") is None


@pytest.mark.parametrize("opening", ["KẾ HOẠCH\n\n", "Số: 15/KH-UBND\n\nKẾ HOẠCH\n\n"])
def test_byte_order_mark_of_a_windows_editor_hides_nothing(opening: str) -> None:
    text = opening + "**Chuyển đổi số năm 2027 của phường**\n\nI. CHUNG\n\n1. Một việc.\n"
    plain, marked = letterhead(text), letterhead("\ufeff" + text)
    assert plain.values["kind"] == "Kế hoạch"
    assert marked.values == plain.values


def test_text_without_a_letterhead() -> None:
    found = letterhead("Chỉ có một câu thường.\n")
    assert not any(found.values.values())
    assert year_of("Chỉ có một câu thường.\n", found) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [("QUYẾT ĐỊNH", "Quyết định"), ("BÁO CÁO", "Báo cáo"), ("THÔNG BÁO", "Thông báo"), ("Kế hoạch", "Kế hoạch")],
)
def test_kinds(line: str, kind: str) -> None:
    assert letterhead(plan().replace("KẾ HOẠCH", line)).values["kind"] == kind


def test_the_document_without_a_manifest_is_read_from_itself(tmp_path: Path, agencies: Agencies) -> None:
    document = read_text_as_document(plan(), tmp_path, agencies).document
    assert (document.kind, document.number, document.date) == ("Kế hoạch", "15/KH-UBND", dt.date(2027, 1, 5))
    assert document.quality == "clean"
    decision, plan_of_city = document.based_on
    assert decision.text.startswith("Quyết định số 534/QĐ-TTg")
    assert plan_of_city.text.startswith("Kế hoạch số 144/KH-UBND")


# --- the documents that ship -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "name", "written"),
    [
        ("hn-226-plan", "number", "Số: /KH-UBND"),
        ("hn-226-plan", "date", "ngày tháng năm 2026"),
        ("hn-226-plan", "signer", "Vũ Đại Thắng"),
        ("hn-226-annex", "number", "số: /KH-UBND"),
        ("hn-226-annex", "date", "ngày tháng 5 năm 2026"),
        ("cchc-2026-2030", "date", "ngày tháng 4 năm 2026"),
        ("ngoc-ha-89", "number", "89 /KH-UBND"),
        ("ngoc-ha-89", "date", "ngay /3 thang 02 nam 2026"),
        ("nhi-chieu-158", "number", "158/KH-UBND"),
        ("nhi-chieu-158", "date", "ngày 05 tháng 5 năm 2026"),
        ("nhi-chieu-158", "signer", "Lãnh Duy Tiên"),
    ],
)
def test_mark_holds_the_words_or_the_blank(
    document: str, name: str, written: str, library_documents: dict[str, ReadDocument]
) -> None:
    read = library_documents[document]
    assert name in read.document.marks
    span = read.document.marks[name]
    assert written in read.text[span.start : span.end]
    assert span.end - span.start < len(written) + 12


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ("hn-226-plan", "UBND Thành phố"),
        ("hn-226-annex", "UBND Thành phố"),
        ("cchc-2026-2030", "Ủy ban nhân dân thành phố"),
        ("nhi-chieu-158", "phường Nhị Chiểu"),
    ],
)
def test_mark_of_the_issuer_holds_the_issuer(
    document: str, place: str, library_documents: dict[str, ReadDocument]
) -> None:
    """Who asks "do ai ban hành?" is shown these words: they must name the issuer, not "Ban Bí thư …"."""
    read = library_documents[document]
    span = read.document.marks["issuer"]
    written = read.text[span.start : span.end]
    assert fold(place) in fold(written)
    assert "Ban hành" not in written
    assert "ngày" not in written


@pytest.mark.parametrize(
    ("document", "grounds"),
    [
        ("hn-226-plan", ["534/QĐ-TTg", "226-KL/TW"]),
        ("nhi-chieu-158", ["144/KH-UBND", "534/QĐ-TTg", "226-KL/TW"]),
        ("ngoc-ha-89", ["600/QD-UBND"]),
        ("cchc-2026-2030", ["/QĐ-UBND"]),
    ],
)
def test_grounds(document: str, grounds: list[str], library_documents: dict[str, ReadDocument]) -> None:
    read = library_documents[document]
    assert len(read.document.based_on) == len(grounds)
    assert all(number in basis.text for number, basis in zip(grounds, read.document.based_on, strict=True))
    for basis in read.document.based_on:
        assert basis.text == " ".join(read.text[basis.span.start : basis.span.end].split())


def test_no_document_rests_on_itself(library_documents: dict[str, ReadDocument]) -> None:
    for read in library_documents.values():
        number = read.document.number
        assert not number or all(number not in basis.text for basis in read.document.based_on), read.document.id


def test_what_the_manifest_states_goes_before_what_is_read(library_documents: dict[str, ReadDocument]) -> None:
    assert library_documents["ngoc-ha-89"].document.issuer == "UBND phường Ngọc Hà, thành phố Hà Nội"
    assert library_documents["ngoc-ha-89"].document.date is None
    assert library_documents["ngoc-ha-89"].document.quality == "ocr"
    assert library_documents["hn-226-annex"].document.annex_of == "hn-226-plan"
