"""Which columns of a sheet say what, by the words of a header of one or two rows, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.lists import MARK
from connectors.lists_values import read_day, read_percent, read_state
from connectors.sheets_grid import Grid
from corpus.columns import role_of
from corpus.progress import TaskState
from corpus.tables import clean_number
from corpus.vietnamese import fold, words

_SEARCHED = 200  # rows in which a header stands
_SAMPLE = 60  # cells by which a column is told whose header may mean two things
_MOSTLY = 0.6
_WORK = r"(?:thuc hien|th|trien khai|cong viec|nhiem vu|hoan thanh)"
# Words of headers, folded, the first that fits; what none fits is read as in a plan (corpus.columns).
_ISSUED = r"(?: (?:giao|giao viec|giao nhiem vu|chi dao|so|goc|ban hanh|lien quan|cua ubnd|nguon|can cu))*"
_CHARGED = r"(?: (?:duoc giao|phu trach|theo doi|xu ly|tham muu|chu tri|thuc hien|truc tiep|lam|dau moi))*"
_UNTIL = r"(?: (?:den nay|hien nay|den \S+))?"
_HEADERS: tuple[tuple[str, str], ...] = (
    (r"^(?:ma|ma so|ma (?:nhiem vu|nv|cong viec|viec|dong)|id|code|task id)$", "code"),
    (r"^(?:so cap nhat|lan cap nhat)$", "seen"),
    (r"^(?:cap nhat luc|ngay cap nhat|thoi gian cap nhat|nguoi cap nhat)$", "other"),
    (rf"^(?:so |ten |so ky hieu )?(?:van ban|vb|ke hoach|kh){_ISSUED}$", "document"),
    (r"^so(?: va)? ky hieu(?: van ban| vb)?$|^(?:can cu|nguon)(?: giao)?(?: nhiem vu)?$", "document"),
    (r"^(?:muc|phan|nhom|nhom nhiem vu|linh vuc|chuong)$", "section"),
    (r"\b(?:lui|gia han|dieu chinh|han moi|thoi han moi)\b", "asked"),
    (r"%|\b(?:ty le|ti le|phan tram|muc do hoan thanh|muc do)\b", "percent"),
    (r"^(?:trang thai|tinh trang|tinh hinh)\b", "state"),
    (rf"^(?:can bo|chuyen vien|cong chuc|nguoi|ca nhan|nhan su|dong chi){_CHARGED}$", "assignee"),
    (r"^(?:nguoi|can bo) .*\b(?:thuc hien|phu trach|xu ly)$", "assignee"),
    (rf"^(?:ket qua|tien do|ket qua tien do|tien do ket qua|danh gia)(?: {_WORK})*{_UNTIL}$", "result"),
    (r"^(?:da|dang) (?:thuc hien|lam) (?:den|duoc)\b", "result"),
    (r"^(?:ghi chu|ly do|vuong mac|kho khan|kien nghi|de xuat|y kien|dien giai|noi dung cap nhat)\b", "note"),
    (r"^han cuoi(?: cung)?$|^ngay han$|^ngay den han$", "due"),
)  # fmt: skip
_IS_STATE = re.compile(r"^tien do\b")  # what was achieved is told in prose too, how far it is in few words
_HEAD_CELL = 80  # characters
_LEAST = 3  # columns with a meaning


class Columns:
    """The columns of a table: by role the column (from 1), and the rows that the header takes."""

    def __init__(self, by_role: dict[str, int], first: int, last: int) -> None:
        self.by_role, self.first, self.last = by_role, first, last


def find_columns(grid: Grid, start: int = 0) -> Columns | None:
    """The first header after a row; None where there is none."""
    numbers = [number for number in sorted(grid.rows) if number > start][:_SEARCHED]
    for number in numbers:
        width = max(max(grid.rows[number]), max(grid.rows.get(number + 1, {1: ""})))
        upper, lower = grid.row(number, width), grid.row(number + 1, width)
        if _is_second(upper, lower, grid, number + 1):
            roles = _roles([_joined(up, low) for up, low in zip(upper, lower, strict=True)], grid, number + 1)
            if roles:
                return Columns(roles, number, number + 1)
        roles = _roles(upper, grid, number)
        if roles:
            return Columns(roles, number, number)
    return None


def _is_second(upper: Sequence[str], lower: Sequence[str], grid: Grid, number: int) -> bool:
    """Whether a row divides cells of the header above it: all its own words are such as headers hold."""
    own = [
        low for i, low in enumerate(lower, start=1) if low and ((number, i) not in grid.inner or low != upper[i - 1])
    ]
    named = [low for low in own if _named(low) != "other" or _mark_of(low)]
    whole = {"number", "title", "code"} & {_named(low) for low in own}
    return len(own) >= 2 and not whole and len(named) * 2 > len(own) and not any(clean_number(low) for low in own)


def _joined(upper: str, lower: str) -> str:
    if not lower or lower == upper:
        return upper
    return lower if not upper or _named(lower) != "other" or _mark_of(lower) else f"{upper} {lower}"


def _roles(headers: Sequence[str], grid: Grid, last: int) -> dict[str, int] | None:
    """By role its column, or None where the cells are no header."""
    if not _is_header(headers):
        return None
    named = [_named(header) for header in headers]
    marks = {i: state for i, header in enumerate(headers) if (state := _mark_of(header))}
    if len(marks) > 1:
        named = [f"{MARK}{marks[i]}" if i in marks else role for i, role in enumerate(named)]
    named = [_settled(role, i, headers[i], named, grid, last) for i, role in enumerate(named)]
    roles: dict[str, int] = {}
    for i, role in enumerate(named, start=1):
        if role != "other":
            roles.setdefault("due" if role == "deadline" and role in roles else role, i)
    known = set(roles) - {"leader", "note"}
    tells = {"title", "code", "number"} & known and len(known) >= _LEAST
    return roles if tells and ("code" in roles or "title" in roles or {"document", "number"} <= known) else None


def _is_header(headers: Sequence[str]) -> bool:
    filled = [header for header in headers if header]
    return len(set(filled)) >= _LEAST and all(len(h) <= _HEAD_CELL and not h.isdigit() for h in filled)


def _settled(role: str, index: int, header: str, named: Sequence[str], grid: Grid, last: int) -> str:
    """The role of a column whose header may mean two things, by what stands below it and beside it."""
    if role == "due":
        return "due" if "deadline" in named else "deadline"
    if role != "result":
        return role
    below = [c for n in sorted(grid.rows) if n > last and (c := grid.rows[n].get(index + 1, ""))][:_SAMPLE]
    if below and sum(1 for cell in below if read_state(cell)) >= _MOSTLY * len(below):
        return "state" if "state" not in named and _IS_STATE.match(_plain(header)) else "result"
    if below and sum(1 for cell in below if read_percent(cell, False) is not None) >= _MOSTLY * len(below):
        return "percent"
    if "deadline" not in named and sum(1 for c in below if read_day(c, None).understood) >= _MOSTLY * len(below):
        return "deadline"
    return "result" if "product" in named or "state" in named else "product"


def _named(header: str) -> str:
    words = _plain(header)
    told = next((role for pattern, role in _HEADERS if re.search(pattern, words)), None)
    return told or {"group": "section", "leader": "other"}.get(role := role_of(header), role)


def _plain(header: str) -> str:
    return " ".join(re.sub(r"[^\w\s%]|_", " ", re.sub(r"\((?!%)[^()]*\)", " ", fold(header))).split())


def _mark_of(header: str) -> TaskState | None:
    """The state that a column of marks stands for ("Đã xong", "Đang làm", "Chưa làm")."""
    if len(words(header)) > 4 or "%" in header:
        return None
    read = read_state(header)
    return read.state if read and read.percent is None and fold(header).strip() not in ("x", "v") else None
