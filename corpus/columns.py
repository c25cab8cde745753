"""What the columns of an assignment table mean, read from the words of their headers.

Roles: number, title, lead, leader, coordinate, product, deadline, note, other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from corpus.vietnamese import fold

# Folded header words, as offices write them (sources: the five plans; Decree 30/2020 annex tables).
HEADERS: dict[str, str] = {
    "stt": "number", "tt": "number", "so tt": "number", "so thu tu": "number", "thu tu": "number",
    "nhiem vu": "title", "noi dung": "title", "noi dung cong viec": "title", "noi dung nhiem vu": "title",
    "cong viec": "title", "ten nhiem vu": "title", "noi dung thuc hien": "title", "nhiem vu giai phap": "title",
    "nhiem vu cu the": "title", "noi dung cong viec nhiem vu": "title", "nhiem vu trong tam": "title",
    "ten cong viec": "title", "hoat dong": "title", "dau viec": "title", "noi dung trien khai": "title",
    "nhom nhiem vu": "title", "cac nhiem vu": "title", "nhiem vu chu yeu": "title", "noi dung hoat dong": "title",
    "chu tri": "lead", "co quan chu tri": "lead", "don vi chu tri": "lead", "co quan don vi chu tri": "lead",
    "don vi thuc hien": "lead", "co quan thuc hien": "lead", "don vi chu tri thuc hien": "lead",
    "phong ban chu tri": "lead", "bo phan chu tri": "lead", "don vi dau moi": "lead", "dau moi": "lead",
    "co quan chu tri thuc hien": "lead", "trach nhiem chu tri": "lead", "don vi phu trach": "lead",
    "co quan don vi thuc hien": "lead", "phan cong thuc hien": "lead", "thuc hien": "lead",
    "don vi chiu trach nhiem": "lead", "nguoi chu tri": "lead", "phan cong chu tri": "lead",
    "phoi hop": "coordinate", "co quan phoi hop": "coordinate", "don vi phoi hop": "coordinate",
    "co quan don vi phoi hop": "coordinate", "phong ban phoi hop": "coordinate", "bo phan phoi hop": "coordinate",
    "don vi phoi hop thuc hien": "coordinate", "co quan phoi hop thuc hien": "coordinate",
    "lanh dao chi dao": "leader", "lanh dao phu trach": "leader", "lanh dao ubnd phuong chu tri": "leader",
    "lanh dao ubnd phu trach": "leader", "lanh dao ubnd chi dao": "leader", "nguoi chi dao": "leader",
    "chi dao": "leader", "lanh dao ubnd phuong phu trach": "leader", "lanh dao ubnd xa phu trach": "leader",
    "lanh dao ubnd xa chi dao": "leader", "lanh dao ubnd phuong chi dao": "leader",
    "san pham": "product", "ket qua": "product", "san pham ket qua": "product", "ket qua san pham": "product",
    "du kien ket qua": "product", "du kien san pham": "product", "ket qua dau ra": "product",
    "san pham dau ra": "product", "noi dung san pham": "product", "ket qua dat duoc": "product",
    "san pham hoan thanh": "product", "ket qua can dat": "product", "san pham du kien": "product",
    "san pham ket qua dau ra": "product", "yeu cau ket qua": "product", "hinh thuc san pham": "product",
    "thoi han": "deadline", "thoi gian": "deadline", "thoi gian hoan thanh": "deadline", "tien do": "deadline",
    "thoi gian thuc hien": "deadline", "thoi han hoan thanh": "deadline", "han hoan thanh": "deadline",
    "tien do hoan thanh": "deadline", "thoi han thuc hien": "deadline", "tien do thuc hien": "deadline",
    "thoi diem hoan thanh": "deadline", "ngay hoan thanh": "deadline", "han xu ly": "deadline",
    "thoi gian hoan thanh du kien": "deadline", "thoi han trinh": "deadline", "moc thoi gian": "deadline",
    "ghi chu": "note", "kinh phi": "note", "nguon kinh phi": "note", "can cu": "note", "muc tieu": "note",
}  # fmt: skip
# Words that tell a column wherever they stand in a header ("Phòng chủ trì", "Phối hợp cùng"), the first that fits.
TELLING: tuple[tuple[str, str], ...] = (
    (r"\b(?:kinh phi|ghi chu|can cu|du toan|nguon von)\b", "note"),
    (r"\blanh dao\b|\bnguoi chi dao\b", "leader"),
    (r"\bphoi hop\b", "coordinate"),
    (r"\b(?:chu tri|dau moi|phu trach|chiu trach nhiem)\b", "lead"),
    (r"^(?:phong|ban|don vi|co quan|bo phan)\b.*\bthuc hien$", "lead"),
    (r"\b(?:thoi (?:gian|han|diem)|tien do|han (?:chot|cuoi|hoan thanh|xong)|ngay (?:xong|hoan thanh))\b", "deadline"),
    (r"\bsan pham\b|\bket qua\b|\bdau ra\b", "product"),
    (r"\bnhiem vu\b|\bcong viec\b|\bdau viec\b", "title"),
)  # fmt: skip
MIN_SCORE = 88.0
_LONGEST = 60  # characters
_PUNCTUATION = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True)
class Column:
    """A column: its place from 0, its role, its header as written."""

    index: int
    role: str
    header: str


def role_of(header: str) -> str:
    """The role of a column by its header's words; "other" where they are not known."""
    words = " ".join(_PUNCTUATION.sub(" ", fold(header)).split())
    closed = " ".join(_PUNCTUATION.sub("", fold(header)).split())
    if words in HEADERS or closed in HEADERS:
        return HEADERS.get(words) or HEADERS[closed]
    if len(words) < 3 or len(words) > _LONGEST:
        return "other"
    if found := process.extractOne(words, HEADERS.keys(), scorer=fuzz.ratio, score_cutoff=MIN_SCORE):
        return HEADERS[found[0]]
    return next((role for pattern, role in TELLING if re.search(pattern, words)), "other")


def read_header(cells: Sequence[str]) -> list[Column] | None:
    """The columns of a table's header row, or None where the row is no such header.

    A header names a number or title column and at least one of lead, coordinate, product, deadline.
    A role named twice keeps its first place.
    """
    if len(cells) < 3 or sum(map(len, cells)) > 60 * len(cells):
        return None
    roles: list[str] = []
    for cell in cells:
        role = role_of(cell)
        roles.append(role if role not in roles else "other")
    named = set(roles) - {"other", "note"}
    if "title" not in named or len(named) < 3:
        return None
    return [Column(i, role, cell) for i, (role, cell) in enumerate(zip(roles, cells, strict=True))]
