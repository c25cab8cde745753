"""Question words of the centre and the south, said in those that documents and the rules of this folder know.

"Khi mô", "ở mô", "làm chi rứa", "tháng ni", "mần"; typed without accents too, where the word beside leaves no doubt.
So are short names of bodies that need the word before them ("đoàn TN"), and syllables that hurried hands begin with "f"
("fòng", "fối hợp").
"""

from __future__ import annotations

import re

from corpus.patterns import lazily
from corpus.vietnamese import fold
from corpus.vocabulary import is_syllable

_END = r"(?=\s*(?:$|[,?.!;])|\s+(?:rứa|rua|vậy|vay|hè|hỉ|hầy|nữa|nua|không|khong|ko|đó|do|rồi|roi|em|anh|ạ|a)\b)"
_ASKED = (
    "hồi|hoi|việc|viec|nhiệm vụ|nhiem vu|nv|phòng|phong|đơn vị|don vi|cơ quan|co quan|bên|ben|sở|ngày|ngay|tháng|thang|năm|nam"
    "|quý|quy|hôm|hom|bữa|người|nguoi|ông|văn bản|van ban|kế hoạch|ke hoach|mục|khi|lúc|luc"
)
_NO_MODEL = r"(?!\s+(?:hình|hinh|tả|ta|phỏng|phong|rộng|rong|to|lớn|lon))"  # "mô hình", "mở rộng"


def _begun(said: str) -> str:
    """A pattern at the begin of a word; one that looks back says itself where it may stand."""
    return said if said.startswith("(?<=") else rf"(?<!\w)(?:{said})"


# The words of which a question holds one where a row may fit, the pattern, what is commonly said.
_SAID: tuple[tuple[str, str, str], ...] = (
    ("mô", rf"({_ASKED})\s+mô\b{_NO_MODEL}", r"\1 nào"),
    ("mo", rf"({_ASKED})\s+mo\b{_NO_MODEL}(?!\s+(?:lop|cua|thau|ra|dot|dau))", r"\1 nao"),
    ("mô", rf"(ở|o|nơi|chỗ|từ|tới|đến|ra|vô|đi|lên|về)\s+mô\b{_NO_MODEL}", r"\1 đâu"),
    ("chi", r"(những|cái|việc|nhiệm vụ|được|phải)\s+chi(?=\s+(?:trong|của|vậy|hè|cho|để|nữa|hết|rứa)\b)", r"\1 gì"),
    ("chừ", r"(?:bây\s+)?chừ\b", "bây giờ"),
    ("hè", r"(?<!mùa )(?<!dịp )(?<!nghỉ )(?<!vỉa )(?<!lòng )hè(?=\s*(?:$|[?.!]))", ""),
    ("hén nghen", r"(?:hén|nghen)(?=\s*(?:$|[?.!]))", "nhé"),
    ("chi", rf"(làm|việc|cái|có|nộp|ra|trình|nói)\s+chi\b{_END}", r"\1 gì"),
    ("chi", rf"(lam|viec|cai|nop|trinh)\s+chi\b{_END}", r"\1 gi"),
    ("răng rang rứa rua", r"(?:răng|rang)\s+(?:rứa|rua)\b", "thế nào"),
    ("răng", r"làm\s+răng\b", "làm sao"),
    ("răng", r"vì\s+răng\b", "vì sao"),
    ("răng", r"(?:thì|ra)\s+răng\b", "thế nào"),
    ("rứa", r"rứa\b", "vậy"),
    ("rua", r"rua\b(?=\s*(?:$|[,?.!;])|\s+(?:em|anh|chi|a|he)\b)", "vay"),
    ("bữa bua ni", r"(?:bữa|bua|hôm|hom)\s+ni\b", "hôm nay"),
    ("ni", r"(năm|tháng|tuần|quý)\s+ni\b", r"\1 này"),
    ("ni", r"(nam|thang|tuan|quy)\s+ni\b", r"\1 nay"),
    ("nớ", r"(việc|cái|nhiệm vụ)\s+nớ\b", r"\1 đó"),
    ("ni", r"(việc|cái|nhiệm vụ)\s+ni\b", r"\1 này"),
    ("mần", r"mần\b", "làm"),
    ("dzậy zậy dợ", r"(?:dzậy|zậy|dợ)\b", "vậy"),
    (
        "hông hổng hem hong hok",
        r"(?<!bị )(?<!bi )(?<!làm )(?<!lam )(?<!hư )(?<!hu )(?:hông|hổng|hem|hong|hok)\b(?=\s*(?:$|[,?.!;])|\s+(?:em|anh|chị|chi|ta|vậy|vay|ạ|á|a)\b)",
        "không",
    ),
    ("nhiêu", r"(?<!bao )nhiêu\b", "bao nhiêu"),
    ("nhieu", r"(?<!bao )nhieu(?=\s+(?:tiền|tien|1|một|mot)\b)", "bao nhieu"),
    ("nhieu", r"(gia|het|mat|phi|thu|thang|m2|nam|nguoi|ho|cai)\s+nhieu(?=\s*(?:$|[,?.!;]))", r"\1 bao nhieu"),
    ("hồi chừng", r"(?:hồi|chừng)\s+nào\b", "khi nào"),
    ("bữa mô", r"bữa\s+(?:nào|mô)\b", "ngày nào"),
    ("bua mo", r"bua\s+(?:nao|mo)\b", "ngay nao"),
    ("mấy bữa", r"mấy\s+(?:hôm|bữa)\b", "mấy ngày"),
    ("may bua", r"may\s+(?:hom|bua)\b", "may ngay"),
    ("nhiu", r"(?<!bao )nhiu\b", "bao nhiêu"),
    ("tiền", r"tiền\s+(?:ở\s+|lấy\s+)?đâu(?:\s+(?:ra|mà|để))*(?:\s+làm)?\b", "kinh phí lấy từ đâu"),
    (
        "tien",
        r"tien\s+(?:o\s+|lay\s+)?dau(?!\s+(?:tu|thau|vao|gia|nam|ky|tien)\b)(?:\s+(?:ra|ma|de))*(?:\s+lam)?\b",
        "kinh phi lay tu dau",
    ),
    ("tr", r"(?<=\d)\s*tr\b", " triệu"),
    ("m", r"(\d)m([0145-9])\b", r"\1,\2 met"),
    ("dt đt", r"(số|so)\s+(?:dt|đt)\b", r"\1 dien thoai"),
    ("ph", r"(?<!độ )(?<!do )(?<!số )ph\b(?!\s*[:=\d])", "phoi hop"),
    (
        "ct",
        r"(ai|bên|ben|đơn vị|don vi|đv|dv|nào|nao|giao|đứng|dung)\s+ct\b(?!\s+(?:ubnd|uỷ|ủy|hđnd|hdnd|hội|phường|xã|tỉnh|tp)\b)",
        r"\1 chu tri",
    ),
    (
        "chốt chot",
        r"(việc|viec|nhiệm vụ|nhiem vu|nv|mục|muc)\s+(nào|nao|gì|gi)\s+(?:phải\s+|phai\s+)?ch[ốo]t\s+(?=quý|quy|tháng|thang|trong|vào|vao|trước|truoc|năm|nam)",
        r"\1 \2 hạn ",
    ),
    ("ca", r"(?-i:CA)\s+(xã|phường|tỉnh|thành phố|tp|xa|phuong)\b", r"công an \1"),
    ("đội", r"(phường|xã)\s+đội\b(?!\s+(?:ngũ|trưởng))", r"ban chỉ huy quân sự \1"),
    ("tn", r"(đoàn|doan)\s+tn\b", r"\1 thanh niên"),
    ("pn", r"(hội|hoi)\s+pn\b", r"\1 phụ nữ"),
    ("nd", r"(hội|hoi)\s+nd\b", r"\1 nông dân"),
)
_REWRITES = tuple((frozenset(marks.split()), lazily(rf"(?i){_begun(said)}"), common) for marks, said, common in _SAID)
_LETTERS = re.compile(r"[^\W\d_]+")
_BEGINS_WITH_F = re.compile(r"(?<![\w.@/-])[fF][^\W\d_]{1,6}(?!\w)")


def in_common(text: str) -> str:
    """The text with such words said in common ones.

    >>> in_common("bản sao số thì khi mô làm, phòng mô lo rứa")
    'bản sao số thì khi nào làm, phòng nào lo vậy'
    """
    held = set(_LETTERS.findall(text.lower()))
    for marks, pattern, common in _REWRITES:
        if not marks.isdisjoint(held):
            text = pattern.sub(common, text)
    return _BEGINS_WITH_F.sub(_with_ph, text) if "f" in text or "F" in text else text


def _with_ph(match: re.Match[str]) -> str:
    """A word that begins with "f" as the syllable that it stands for; any other ("file", "form") as it is."""
    meant = ("Ph" if match[0][0] == "F" else "ph") + match[0][1:]
    return meant if is_syllable(fold(meant)) else match[0]
