"""What the columns of an assignment table mean, read from the words of their headers.

Roles: number, group (what several tasks stand under), title, lead, leader, coordinate, product, deadline, note, other.
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
_WHO = r"(?:don vi|co quan|phong|ban|bo phan|to chuc|luc luong|doan the|nganh|ben|can bo|nguoi)"
_BEGINS = r"(?:(?:thoi (?:gian|diem)|ngay|thang) )?(?:bat dau|khoi dong|khoi cong)"
# Words that tell a column wherever they stand in a header ("Phòng chủ trì", "Phối hợp cùng"), the first that fits.
TELLING: tuple[tuple[str, str], ...] = (
    (r"\b(?:kinh phi|ghi chu|can cu|du toan|nguon von|von|don vi tinh|dia ban|khu vuc|linh vuc)\b", "note"),
    (rf"^(?:ty le|ti le|muc do|tinh hinh|tinh trang|so luong|so)\b|^{_BEGINS}", "other"),
    (r"\blanh dao\b|\bnguoi chi dao\b|^(?:pho )?chu tich\b|^(?:thuong truc|dong chi)\b.*\bchi dao\b", "leader"),
    (r"\bchu tri\b.*\bphoi hop\b", "lead"),
    (r"\bphoi hop\b|\bcung (?:thuc hien|lam|tham gia|phu trach|trien khai)\b", "coordinate"),
    (rf"^{_WHO}\b.*\b(?:tham gia|ho tro|lien quan)\b|^(?:cung )?tham gia$|^ho tro$", "coordinate"),
    (r"\b(?:chu tri|dau moi|phu trach|chiu trach nhiem|phan cong)\b", "lead"),
    (rf"^{_WHO}\b.*\b(?:thuc hien(?: chinh)?|tham muu(?: trinh)?|trien khai|duoc giao|trach nhiem)$", "lead"),
    (rf"^giao (?:cho\b|{_WHO}$)|^trach nhiem(?: thuc hien)?$", "lead"),
    (r"\b(?:thoi (?:gian|han|diem)|tien do|ky han|lich|moc|han (?:chot|cuoi|hoan thanh|xong|nop|trinh))\b", "deadline"),
    (r"\bngay (?:xong|hoan thanh|ket thuc)\b|^han$|^nam (?:thuc hien|hoan thanh)$", "deadline"),
    (r"^(?:du kien )?(?:hoan thanh|xong|ket thuc)(?: truoc| xong)?(?: ngay)?$|\bden han$|^deadline$", "deadline"),
    (r"\bsan pham\b|\bket qua\b|\bdau ra\b", "product"),
    (r"\b(?:nhiem vu|cong viec|dau viec|viec|noi dung|hoat dong|hang muc|giai phap)\b", "title"),
)
# Headers that name those who act, where no other column does.
_BARE_LEADS = frozenset({"don vi", "co quan", "phong ban", "co quan don vi", "bo phan", "nguoi thuc hien"})
# Headers that name what is done by a name of its own, where no other column does and who leads it is named.
_BARE_TITLES = re.compile(
    r"^(?:ten|danh muc)\b(?! (?:don vi|co quan|nguoi|can bo))|^(?:van ban|de an|chuyen de|chi tieu|y kien|kien nghi)\b"
)
_GROUPS = re.compile(r"^(?:nhom|linh vuc|mang|chuong muc|muc tieu)\b")  # what several tasks stand under
_FINAL = re.compile(r"\b(?:hoan thanh|ket thuc|xong)\b")
_TELLING_WORDS = 9
_DIVIDED = 2  # a cell of a header is divided into so many at least
MIN_SCORE = 88.0
_LONGEST = 60  # characters
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_PARENTHESIS = re.compile(r"\([^()]*\)")
_NUMERALS = re.compile(r"\d")
_START = re.compile(_BEGINS)


@dataclass(frozen=True)
class Column:
    """A column: its place from 0, its role, its header as written."""

    index: int
    role: str
    header: str


def role_of(header: str) -> str:
    """The role of a column by its header's words; "other" where they are not known."""
    words = _words_of(header)
    closed = " ".join(_PUNCTUATION.sub("", fold(header)).split())
    if words in HEADERS or closed in HEADERS:
        return HEADERS.get(words) or HEADERS[closed]
    if len(words) < 3 or len(words) > _LONGEST or _NUMERALS.search(words):
        return "other"
    if len(words.split()) <= _TELLING_WORDS:
        told = next((role for pattern, role in TELLING if re.search(pattern, words)), None)
        if told:
            return told
    found = process.extractOne(words, HEADERS.keys(), scorer=fuzz.ratio, score_cutoff=MIN_SCORE)
    return HEADERS[found[0]] if found else "other"


def is_usual(header: str) -> bool:
    """Whether the words of a header are known as they stand."""
    return _words_of(header) in HEADERS


def _is_bare_title(role: str, header: str) -> bool:
    return role == "other" and bool(_BARE_TITLES.match(_words_of(header)))


def _words_of(header: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", fold(_PARENTHESIS.sub("", header))).split())


def read_header(cells: Sequence[str]) -> list[Column] | None:
    """The columns of a table's header row, or None where the row is no such header.

    A header names a title column and at least two of the others that tell of a task. A role named twice
    keeps its first place; but of two columns of titles the first, where it names groups, holds the groups,
    and of two of days the one of the end is the deadline.
    """
    if len(cells) < 3 or sum(map(len, cells)) > 60 * len(cells) or any(cell.isdigit() for cell in cells):
        return None
    named = [role_of(cell) for cell in cells]
    if "lead" not in named:
        named = ["lead" if _words_of(cell) in _BARE_LEADS else role for role, cell in zip(named, cells, strict=True)]
    elif "title" not in named and {"deadline", "coordinate"} & set(named):
        named = ["title" if _is_bare_title(role, cell) else role for role, cell in zip(named, cells, strict=True)]
    roles = _once(named, [_words_of(cell) for cell in cells])
    telling = set(roles) - {"other", "note", "group"}
    if "title" not in telling or len(telling) < 3:
        return None
    return [Column(i, role, cell) for i, (role, cell) in enumerate(zip(roles, cells, strict=True))]


def read_double_header(upper: Sequence[str], lower: Sequence[str]) -> list[Column] | None:
    """The columns of a header of two rows, the lower of which divides some of its cells; None where it is none.

    >>> upper, lower = ["STT", "Nhiệm vụ", "Phân công", "", "Thời hạn"], ["", "", "Chủ trì", "Phối hợp", ""]
    >>> [column.role for column in read_double_header(upper, lower) or ()]
    ['number', 'title', 'lead', 'coordinate', 'deadline']
    """
    lower = [*lower[: len(upper)], *[""] * (len(upper) - len(lower))]
    pairs = list(zip(upper, lower, strict=True))
    divided = [low for up, low in pairs if low and low != up]
    if bodies := _bodies_below(upper, lower):
        return _with_bodies(upper, lower, bodies)
    if len(divided) < _DIVIDED or not all(role_of(low) != "other" or _is_start(low) for low in divided):
        return None
    columns = read_header([low or up for up, low in pairs])
    whole = {"number", "title"}
    divides = columns and any(lower[c.index] and lower[c.index] != upper[c.index] for c in columns if c.role in whole)
    return None if divides else columns


def _bodies_below(upper: Sequence[str], lower: Sequence[str]) -> range | None:
    """The columns that stand below one cell of those who act, each with words of its own: a column for each body."""
    places = [i for i, low in enumerate(lower) if low and low != upper[i]]
    if len(places) < _DIVIDED or any(role_of(lower[i]) != "other" for i in places):
        return None
    first, last = places[0], places[-1]
    beside = {upper[i] for i in range(first + 1, last + 1)} - {"", upper[first]}
    return range(first, last + 1) if role_of(upper[first]) == "lead" and not beside else None


def _with_bodies(upper: Sequence[str], lower: Sequence[str], bodies: range) -> list[Column] | None:
    columns = read_header(upper)
    if columns is None:
        return None
    return [Column(c.index, "other", lower[c.index]) if c.index in bodies else c for c in columns]


def _is_start(header: str) -> bool:
    return _START.match(_words_of(header)) is not None


def _once(named: Sequence[str], headers: Sequence[str]) -> list[str]:
    """Each role once: "other" for what is named again."""
    roles = list(named)
    titles = [i for i, role in enumerate(roles) if role == "title"]
    beside = [i for i in range(titles[0] if titles else 0) if roles[i] == "note" and _GROUPS.match(headers[i])]
    if beside:
        roles[beside[0]] = "group"
    if len(titles) > 1 and _GROUPS.match(headers[titles[0]]):
        roles[titles[0]] = "group"
    days = [i for i, role in enumerate(roles) if role == "deadline"]
    ends = [i for i in days if _FINAL.search(headers[i])]
    if len(days) > 1 and ends:
        roles = ["other" if i in days and i != ends[0] else role for i, role in enumerate(roles)]
    return [role if role == "other" or role not in roles[:i] else "other" for i, role in enumerate(roles)]
