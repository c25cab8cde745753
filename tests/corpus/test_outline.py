"""Labels at the start of paragraphs, and the path that the open ones make."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.outline import RANKS, Label, Outline, find_label


def path_of(*paragraphs: str) -> str:
    """The path after these labelled paragraphs."""
    outline = Outline()
    for text in paragraphs:
        label = find_label(text)
        assert label is not None, text
        outline.open(label, text)
    return outline.path


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Phần thứ nhất", "part", "THU NHAT"),
        ("PHẦN II", "part", "II"),
        ("Chương III", "chapter", "III"),
        ("CHƯƠNG 3. QUY ĐỊNH", "chapter", "3"),
        ("Mục 2", "division", "2"),
        ("Điều 12. Phạm vi điều chỉnh", "article", "12"),
        ("Điều 12a. Bổ sung", "article", "12A"),
        ("ĐIỀU 5: HIỆU LỰC", "article", "5"),
        ("A. TÌNH HÌNH CHUNG", "capital", "A"),
        ("I. MỤC ĐÍCH, YÊU CẦU", "roman", "I"),
        ("VII.TỔ CHỨC THỰC HIỆN", "roman", "VII"),
        ("IV) Kinh phí", "roman", "IV"),
        ("1. Mục đích", "number", "1"),
        ("1) Mục đích", "number", "1"),
        ("12. Đề nghị", "number", "12"),
        ("1.1. Chỉ tiêu", "dotted2", "1.1"),
        ("2.3 Cơ quan thực hiện", "dotted2", "2.3"),
        ("1.2.3. Nội dung", "dotted3", "1.2.3"),
        ("1.2.3.4. Nội dung", "dotted4", "1.2.3.4"),
        ("a) Sở Tư pháp", "letter", "a"),
        ("đ) Sử dụng kết quả", "letter", "đ"),
        ("- Nâng cao trách nhiệm", "dash", ""),
        ("– Nâng cao trách nhiệm", "dash", ""),
        ("-Nâng cao", "dash", ""),
        ("• Nâng cao", "dash", ""),
        ("- 100% hồ sơ", "dash", ""),
        ("+ Tỷ lệ hồ sơ", "plus", ""),
    ],
)
def test_label_at_the_start(text: str, kind: str, value: str) -> None:
    label = find_label(text)
    assert label is not None
    assert (label.kind, label.value) == (kind, value)
    assert 0 < label.length <= len(text)


@pytest.mark.parametrize("text", ["I1I. CHE PQ BAO CAO", "1I. CHI TIEU", "Il. MUC TIEU"])
def test_roman_numeral_that_a_scan_damaged(text: str) -> None:
    label = find_label(text)
    assert label is not None
    assert label.kind == "roman"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Phòng Văn hóa - Xã hội phối hợp",
        "Điều này cho thấy kết quả",
        "Phần lớn các nhiệm vụ",
        "Mục tiêu chung",
        "Chương trình tổng thể",
        "15% số lượng văn bản",
        "31/12/2026 là hạn cuối",
        "1,5 ngày",
        "2026 - 2030",
        "TP. Hà Nội",
        "UBND phường",
        "Ủy ban nhân dân",
        "(qua Sở Nội vụ)",
        "ở) không phải",
        "-",
        "1.",
        "a)",
    ],
)
def test_prose_bears_no_label(text: str) -> None:
    assert find_label(text) is None


@pytest.mark.parametrize(
    "text", ["Điều 9 của Luật Thủ đô quy định", "Mục 2 của Kế hoạch này", "Chương II của Luật này"]
)
def test_mention_of_an_article_at_the_start_of_a_line_is_no_heading(text: str) -> None:
    """A hard-wrapped line may begin with "Điều 9 của Luật …": a heading has a dot, a colon or nothing after it."""
    assert find_label(text) is None


@pytest.mark.parametrize(
    ("paragraphs", "path"),
    [
        (["II. NHIỆM VỤ", "4. Đổi mới", "a) Các Sở"], "II.4.a"),
        (["II. NHIỆM VỤ", "4. Đổi mới", "a) Các Sở", "- Xây dựng"], "II.4.a"),
        (["II. NHIỆM VỤ", "4. Đổi mới", "a) Các Sở", "+ Xây dựng"], "II.4.a"),
        (["I. CHUNG", "2. Yêu cầu", "c) Đề cao", "II. NHIỆM VỤ"], "II"),
        (["I. CHUNG", "2. Yêu cầu", "c) Đề cao", "3. Khác"], "I.3"),
        (["I. CHUNG", "1. Mục đích", "a) Một", "b) Hai"], "I.1.b"),
        (["II. NHIỆM VỤ", "1. Chỉ đạo", "1.1. Chỉ tiêu"], "II.1.1"),
        (["II. NHIỆM VỤ", "1. Chỉ đạo", "1.1. Chỉ tiêu", "a) Một"], "II.1.1.a"),
        (["II. NHIỆM VỤ", "1. Chỉ đạo", "1.1. Chỉ tiêu", "1.1.2. Nhỏ"], "II.1.1.2"),
        (["II. NHIỆM VỤ", "1. Chỉ đạo", "1.2. Chỉ tiêu", "2. Thể chế"], "II.2"),
        (["Điều 12. Phạm vi", "1. Khoản một", "a) Điểm a"], "Điều 12.1.a"),
        (["Chương II. CHUNG", "Điều 12. Phạm vi", "1. Khoản một"], "Điều 12.1"),
        (["Chương II. CHUNG", "Mục 1. RIÊNG"], "Chương II.Mục 1"),
        (["Phần thứ nhất", "I. CHUNG"], "Phần THU NHAT.I"),
        (["A. TÌNH HÌNH", "I. CHUNG", "1. Một"], "A.I.1"),
        (["A. TÌNH HÌNH", "I. CHUNG", "B. NHIỆM VỤ"], "B"),
    ],
)
def test_path(paragraphs: list[str], path: str) -> None:
    assert path_of(*paragraphs) == path


def test_titles_are_those_of_the_open_headings_outermost_first() -> None:
    outline = Outline()
    for text in ("II. NHIỆM VỤ", "4. Đổi mới", "a) Các Sở"):
        label = find_label(text)
        assert label is not None
        outline.open(label, text)
    assert outline.titles == ("II. NHIỆM VỤ", "4. Đổi mới", "a) Các Sở")
    outline.reset()
    assert not outline.path
    assert not outline.nodes


@given(st.text(max_size=60))
@settings(derandomize=True, max_examples=400, deadline=None)
def test_any_text_has_a_sound_label_or_none(text: str) -> None:
    label = find_label(text)
    if label is not None:
        assert label.kind in RANKS
        assert 0 < label.length <= len(text)


@given(st.lists(st.sampled_from(RANKS), max_size=12))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_open_headings_are_always_of_rising_rank(kinds: list[str]) -> None:
    outline = Outline()
    for i, kind in enumerate(kinds):
        outline.open(Label(kind, str(i), 1), kind)
    ranks = [node.label.rank for node in outline.nodes]
    assert ranks == sorted(set(ranks))
    assert bool(ranks) == bool(kinds)
