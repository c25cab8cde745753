"""What cells of a task list mean: states in words, per cents, days."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from corpus.deadlines import read_deadline
from corpus.progress import TaskState
from corpus.records import DeadlineKind, Record
from corpus.vietnamese import fold, nfc

_DAY_ZERO = dt.date(1899, 12, 30)  # of the serial numbers of spreadsheets (the calendar of 1900)
_SERIAL = re.compile(r"[3-7]\d{4}(?:\.\d+)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_DAY = re.compile(
    rf"(?:{_CLOCK} )?(?:(?:den )?ngay )?(\d{{1,2}}) ?([./-]) ?(\d{{1,2}}) ?\2 ?(\d{{4}}|\d{{2}})\.?(?: {_CLOCK})?"
)
_PERCENT = re.compile(r"(?:khoang |dat |tren |~ ?)?(-?\d+(?:[.,]\d+)?)\s*(%|phan tram)?")
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|phan tram\b)")
_MARKS = frozenset({"x", "v", "✓", "✔", "☑", "√", "true", "co"})
_STATES = frozenset(map(str, TaskState))
_NO_MARKS = frozenset({"", "-", "0", "false", "khong", "o", "☐"})

_ENDS = (
    r"(?: (?:toan bo|tat ca|day du|tot|nhiem vu|cong viec|dung|qua|tre|cham|som|truoc|han|thoi han|tien do|roi|"
    r"ngay [\d/.-]+))*"
)
_FINISHED = re.compile(
    rf"(?:da )?(?:hoan thanh|hoan tat|ht|xong|thuc hien xong|lam xong|dat|done|completed|finished){_ENDS}"
)
_FINISHED_OPENING = re.compile(r"da (?:hoan thanh|hoan tat|xong|ht|thuc hien xong|lam xong)\b")
_CARRIED_OUT = re.compile(rf"da (?:thuc hien|th){_ENDS}")
_PARTLY = re.compile(r"\b(?:mot phan|co ban|buoc dau|giai doan|gan|sap)\b")
_NOT_BEGUN = re.compile(
    r"(?:chua|moi(?: giao| nhan)?|cho|cth|ckt|not started|not_started)"
    r"(?: (?:duoc |to chuc )?(?:thuc hien|th|trien khai|tk|lam|bat dau|khoi dong|tien hanh|xu ly|giao))?"
)
_UNDERWAY = re.compile(
    r"(?:dang|tiep tuc|thuong xuyen|thuc hien thuong xuyen|da trien khai|da va dang|co ban|sap|gan|dth|dtk|underway|"
    r"in progress|(?:da )?(?:hoan thanh|xong) (?:mot phan|co ban|buoc dau))\b"
)
_MORE_TIME = re.compile(
    r"(?:.*\b(?:xin|de nghi|duoc|cho phep)\b.*\b(?:lui|gia han|dieu chinh|them thoi gian)|"
    r"lui\b|gia han\b|dieu chinh (?:han|thoi han|thoi gian)|extension$)"
)
_STOPPED = re.compile(
    r"(?:đã |xin |đề nghị )?(?:tạm )?(?:dừng|ngừng|hủy|huỷ|bỏ|rút|không thực hiện|không triển khai)\b"
)
_STOPPED_BARE = re.compile(
    r"(?:da |xin |de nghi )?(?:tam )?(?:dung|ngung|huy|rut|khong thuc hien|khong trien khai|stopped|cancelled)"
    r"(?! (?:han|tien do|ke hoach|thoi))\b"
)
_STILL_OPEN = re.compile(
    r"(?:chua|khong) (?:hoan thanh|xong|ht|dat|kip)\b.*|"
    r"(?:da |con |dang )?(?:qua|tre|cham|trong|chua den|sap den|sap qua|den) (?:han|tien do|thoi han)\b.*|"
    r"cham|tre|dung tien do|bao dam tien do|theo tien do|dung ke hoach|theo ke hoach"
)


class StateRead(Record):
    """What a cell says of how a task stands. ``state`` is None where it says only that the task is not done."""

    state: TaskState | None
    percent: int | None = None


@lru_cache(maxsize=4096)
def read_state(cell: str) -> StateRead | None:
    """How a task stands by the words of a cell, None where they do not say.

    >>> read_state("Đã hoàn thành").state, read_state("đang t/h 60%").percent, read_state("Chưa xong").state
    (<TaskState.DONE: 'done'>, 60, None)
    """
    share = _SHARE.search(fold(cell))
    percent = round(float(share[1].replace(",", "."))) if share else None
    if percent is not None and percent > 100:
        return None
    words = _plain(_without_shares(cell))
    if not words:
        return None if percent is None else StateRead(state=state_of(percent), percent=percent)
    told = _told(words, _plain_accented(cell))
    if told is TaskState.DONE and percent is not None and percent < 100:
        told = state_of(percent)
    if told is not None:
        return StateRead(state=told, percent=percent)
    return StateRead(state=None, percent=percent) if _STILL_OPEN.fullmatch(words) else None


def is_marked(cell: str) -> bool:
    """Whether a cell of a column of marks is marked."""
    return fold(cell).strip(" .") not in _NO_MARKS


def state_of(percent: int) -> TaskState:
    """The state that a per cent alone tells of."""
    return TaskState.NOT_STARTED if percent == 0 else TaskState.DONE if percent == 100 else TaskState.UNDERWAY


def _told(words: str, accented: str) -> TaskState | None:
    if words in _MARKS:
        return TaskState.DONE
    if words in _STATES:
        return TaskState(words)
    if _STOPPED.match(accented) or (accented == words and _STOPPED_BARE.match(words)):
        return TaskState.STOPPED
    if _MORE_TIME.match(words):
        return TaskState.EXTENSION
    if _STILL_OPEN.fullmatch(words):
        return None
    if _NOT_BEGUN.fullmatch(words):
        return TaskState.NOT_STARTED
    if _UNDERWAY.match(words):
        return TaskState.UNDERWAY
    if _FINISHED.fullmatch(words) or _CARRIED_OUT.fullmatch(words):
        return TaskState.DONE
    if _FINISHED_OPENING.match(words):
        return TaskState.UNDERWAY if _PARTLY.search(words) else TaskState.DONE
    return None


def _without_shares(cell: str) -> str:
    folded, text = fold(cell), nfc(cell)
    share = _SHARE.search(folded)
    return text if share is None else f"{text[: share.start()]} {text[share.end() :]}"


def _plain(text: str) -> str:
    """Folded words without the signs around them; "t/h" as "th"."""
    words = re.sub(r"\b([a-z])/([a-z])\b", r"\1\2", re.sub(r"\([^()]*\)", " ", fold(text)))
    return " ".join(re.sub(r"[;:,!()\[\]\"“”+*–—]|(?<!\d)[-./](?!\d)|\.$", " ", words).split()).removesuffix(" khoang")


def _plain_accented(text: str) -> str:
    return " ".join(re.sub(r"[;:,!.()\-–]", " ", _without_shares(text).lower()).split())


@lru_cache(maxsize=4096)
def read_percent(cell: str, shares: bool) -> int | None:
    """A per cent from 0 up; None where the cell is none. ``shares`` says that bare numbers of the column are shares of
    one (0.6 is 60).

    >>> read_percent("60%", False), read_percent("0,6", False), read_percent("1", True), read_percent("140", False)
    (60, 60, 100, 140)
    """
    found = _PERCENT.fullmatch(fold(cell).strip(" .").lower())
    if found is None:
        return None
    value = float(found[1].replace(",", "."))
    is_share = not found[2] and (shares or (0 < value < 1))
    return round(value * 100 if is_share else value)


def are_shares(cells: list[str]) -> bool:
    """Whether the bare numbers of a column of per cents are shares of one: none is above it, and one is not whole or
    all are 0 and 1."""
    bare = [found for cell in cells if (found := _PERCENT.fullmatch(fold(cell).strip(" ."))) and not found[2]]
    return bool(bare) and all(0 <= float(found[1].replace(",", ".")) <= 1 for found in bare)


class DayRead(Record):
    """What a cell of days says: the last day, or none where it names none (``understood``) or cannot be read."""

    due: dt.date | None
    understood: bool


@lru_cache(maxsize=8192)
def read_day(cell: str, year: int | None) -> DayRead:
    """The last day that a cell names: "15/7/2026", "15.7.26", "2026-07-15", a serial number, "tháng 7/2026"."""
    words = " ".join(fold(cell).split())
    if _SERIAL.fullmatch(words):
        return DayRead(due=_DAY_ZERO + dt.timedelta(days=int(float(words))), understood=True)
    if found := _ISO_DAY.fullmatch(words):
        return _day(found[1], found[2], found[3])
    if found := _DAY.fullmatch(words):
        years = found[4] if len(found[4]) == 4 else f"20{found[4]}"
        return _day(years, found[3], found[1])
    read = read_deadline(nfc(cell), year=year)
    return DayRead(due=read.due, understood=read.kind is not DeadlineKind.UNREADABLE)


def _day(year: str, month: str, day: str) -> DayRead:
    try:
        return DayRead(due=dt.date(int(year), int(month), int(day)), understood=True)
    except ValueError:
        return DayRead(due=None, understood=False)
