"""Question words of the centre and the south, said in those that documents and the rules of this folder know.

"Khi mô", "ở mô", "làm chi rứa", "tháng ni", "mần"; typed without accents too, where the word beside leaves no doubt.
So are short names of bodies that need the word before them ("đoàn TN").
"""

from __future__ import annotations

import re

_END = r"(?=\s*(?:$|[,?.!;])|\s+(?:rứa|rua|vậy|vay|hè|hỉ|hầy|nữa|nua|không|khong|ko|đó|do|rồi|roi|em|anh|ạ|a)\b)"
_ASKED = (
    "việc|viec|nhiệm vụ|nhiem vu|nv|phòng|phong|đơn vị|don vi|cơ quan|co quan|bên|ben|sở|ngày|ngay|tháng|thang|năm|nam"
    "|quý|quy|hôm|hom|bữa|người|nguoi|ông|văn bản|van ban|kế hoạch|ke hoach|mục|khi|lúc|luc"
)
_NO_MODEL = r"(?!\s+(?:hình|hinh|tả|ta|phỏng|phong|rộng|rong|to|lớn|lon))"  # "mô hình", "mở rộng"


def _begun(said: str) -> str:
    """A pattern at the begin of a word; one that looks back says itself where it may stand."""
    return said if said.startswith("(?<=") else rf"(?<!\w)(?:{said})"


_SAID: tuple[tuple[str, str], ...] = (
    (rf"({_ASKED})\s+mô\b{_NO_MODEL}", r"\1 nào"),
    (rf"({_ASKED})\s+mo\b{_NO_MODEL}(?!\s+(?:lop|cua|thau|ra|dot|dau))", r"\1 nao"),
    (rf"(ở|o|nơi|chỗ|từ)\s+mô\b{_NO_MODEL}", r"\1 đâu"),
    (rf"(làm|việc|cái|có|nộp|ra|trình|nói)\s+chi\b{_END}", r"\1 gì"),
    (rf"(lam|viec|cai|nop|trinh)\s+chi\b{_END}", r"\1 gi"),
    (r"(?:răng|rang)\s+(?:rứa|rua)\b", "thế nào"),
    (r"làm\s+răng\b", "làm sao"),
    (r"vì\s+răng\b", "vì sao"),
    (r"(?:thì|ra)\s+răng\b", "thế nào"),
    (r"rứa\b", "vậy"),
    (r"rua\b(?=\s*(?:$|[,?.!;])|\s+(?:em|anh|chi|a|he)\b)", "vay"),
    (r"(?:bữa|bua|hôm|hom)\s+ni\b", "hôm nay"),
    (r"(năm|tháng|tuần|quý)\s+ni\b", r"\1 này"),
    (r"(nam|thang|tuan|quy)\s+ni\b", r"\1 nay"),
    (r"(việc|cái|nhiệm vụ)\s+nớ\b", r"\1 đó"),
    (r"(việc|cái|nhiệm vụ)\s+ni\b", r"\1 này"),
    (r"mần\b", "làm"),
    (r"(?:dzậy|zậy|dợ)\b", "vậy"),
    (
        r"(?<!bị )(?<!bi )(?<!làm )(?<!lam )(?<!hư )(?<!hu )(?:hông|hổng|hem|hong|hok)\b(?=\s*(?:$|[,?.!;])|\s+(?:em|anh|chị|chi|ta|vậy|vay|ạ|á|a)\b)",
        "không",
    ),
    (r"(?<!bao )nhiêu\b", "bao nhiêu"),
    (r"(?<!bao )nhieu(?=\s+(?:tiền|tien|1|một|mot)\b)", "bao nhieu"),
    (r"(gia|het|mat|phi|thu|thang|m2|nam|nguoi|ho|cai)\s+nhieu(?=\s*(?:$|[,?.!;]))", r"\1 bao nhieu"),
    (r"(?:hồi|chừng)\s+nào\b", "khi nào"),
    (r"bữa\s+(?:nào|mô)\b", "ngày nào"),
    (r"bua\s+(?:nao|mo)\b", "ngay nao"),
    (r"mấy\s+(?:hôm|bữa)\b", "mấy ngày"),
    (r"may\s+(?:hom|bua)\b", "may ngay"),
    (r"(?<!bao )nhiu\b", "bao nhiêu"),
    (r"(?<=\d)\s*tr\b", " triệu"),
    (r"(\d)m([0145-9])\b", r"\1,\2 met"),
    (r"(số|so)\s+(?:dt|đt)\b", r"\1 dien thoai"),
    (r"(ai|bên|ben|đơn vị|don vi|đv|dv)\s+ph\b", r"\1 phoi hop"),
    (r"(phường|xã)\s+đội\b(?!\s+(?:ngũ|trưởng))", r"ban chỉ huy quân sự \1"),
    (r"(đoàn|doan)\s+tn\b", r"\1 thanh niên"),
    (r"(hội|hoi)\s+pn\b", r"\1 phụ nữ"),
    (r"(hội|hoi)\s+nd\b", r"\1 nông dân"),
)
_REWRITES = tuple((re.compile(rf"(?i){_begun(said)}"), common) for said, common in _SAID)


def in_common(text: str) -> str:
    """The text with such words said in common ones.

    >>> in_common("bản sao số thì khi mô làm, phòng mô lo rứa")
    'bản sao số thì khi nào làm, phòng nào lo vậy'
    """
    for pattern, common in _REWRITES:
        text = pattern.sub(common, text)
    return text
