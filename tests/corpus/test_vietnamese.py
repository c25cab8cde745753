"""Folding, words, Roman numerals and numbers in words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.markup import clean, is_heading_line
from corpus.vietnamese import fold, nfc, number_in_words, roman_value, squeeze, toneless_key, words

ANY = st.text(alphabet=st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đẩy mạnh chuyển đổi số", "day manh chuyen doi so"),
        ("ỦY BAN NHÂN DÂN", "uy ban nhan dan"),
        ("Nghị định 09/2019/NĐ-CP", "nghi dinh 09/2019/nd-cp"),
        ("hòa hoà hóa hoá", "hoa hoa hoa hoa"),
        ("Ưu tiên, ơn, ăn, âm, ê, ô", "uu tien, on, an, am, e, o"),
        ("", ""),
        ("abc 123", "abc 123"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Kế hoạch", "Ủy ban", "điều chỉnh đặc khu"])
def test_fold_of_composed_and_decomposed_text_is_one(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(ANY)
@settings(derandomize=True, max_examples=500, deadline=None)
def test_folded_text_is_as_long_as_its_normal_form(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@given(ANY)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_folding_twice_changes_nothing_and_words_are_folded(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(word == fold(word) and word for word in words(text))


@given(ANY)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_normal_form_can_always_be_written_as_utf8(text: str) -> None:
    assert nfc(text).encode("utf-8").decode("utf-8") == nfc(text)


def test_lone_surrogate_is_replaced() -> None:
    assert "\ud800" not in nfc("a\ud800b")
    assert len(nfc("a\ud800b")) == 3


def test_words_and_squeeze() -> None:
    assert words("Sở Nội vụ, (VHXH) - 15%!") == ["so", "noi", "vu", "vhxh", "15"]
    assert words("a_b") == ["a", "b"]
    assert squeeze("  Sở \t\n Nội\u00a0vụ ") == "Sở Nội vụ"


@pytest.mark.parametrize("pair", [("hòa", "hoà"), ("thủy", "thuỷ"), ("Hóa", "hoá")])
def test_both_ways_to_place_a_tone_mark_are_one_key(pair: tuple[str, str]) -> None:
    assert toneless_key(pair[0]) == toneless_key(pair[1])


@pytest.mark.parametrize("pair", [("hoa", "hòa"), ("ma", "mã"), ("bán", "bạn"), ("o", "ô"), ("d", "đ")])
def test_different_words_have_different_keys(pair: tuple[str, str]) -> None:
    assert toneless_key(pair[0]) != toneless_key(pair[1])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I", 1), ("IV", 4), ("VII", 7), ("IX", 9), ("XIV", 14), ("XL", 40), ("XC", 90), ("MMXXVI", 2026),
        ("", None), ("IIII", None), ("VX", None), ("IC", None), ("i", None), ("1", None), ("A", None), ("I ", None),
    ],
)  # fmt: skip
def test_roman_value(text: str, value: int | None) -> None:
    assert roman_value(text) == value


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mười tám", (18, 2)),
        ("mười", (10, 1)),
        ("mười lăm", (15, 2)),
        ("hai mươi", (20, 2)),
        ("hai mươi mốt", (21, 3)),
        ("hai lăm", (25, 2)),
        ("bốn mươi ba", (43, 3)),
        ("hai mươi tư", (24, 3)),
        ("năm", (5, 1)),
        ("một việc", (1, 1)),
        ("chín mươi chín", (99, 3)),
        ("mười hai tháng", (12, 2)),
        ("việc", None),
        ("", None),
    ],
)
def test_number_in_words(text: str, read: tuple[int, int] | None) -> None:
    assert number_in_words(words(text)) == read


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("### **2. Sở <i>Nội vụ</i>**  ", "2. Sở Nội vụ"),
        ("***Nơi nhận:***", "Nơi nhận:"),
        ("“*6 rõ*”: rõ việc", "“6 rõ”: rõ việc"),
        ("<p>một</p><p>hai</p>", "một hai"),
        ('<ul style="x"> - a;<br>- b </ul>', "- a; - b"),
        ("Khoa học &amp; Công nghệ", "Khoa học & Công nghệ"),
        ("Khoa học & Công nghệ", "Khoa học & Công nghệ"),
        ("tỷ lệ < 60% và > 40%", "tỷ lệ < 60% và > 40%"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        ("", ""),
    ],
)
def test_clean(source: str, cleaned: str) -> None:
    assert clean(source) == cleaned


@given(ANY)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_clean_never_fails_and_leaves_single_spaces(text: str) -> None:
    assert clean(text) == squeeze(clean(text))


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## KẾ HOẠCH", True),
        ("**Triển khai**", True),
        ("  ### **1. Phòng**  ", True),
        ("**3. Văn phòng** phối hợp", False),
        ("#nhãn", False),
        ("thường", False),
        ("", False),
    ],
)
def test_heading_line(line: str, heading: bool) -> None:
    assert is_heading_line(line) is heading
