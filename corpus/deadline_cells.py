"""A deadline cell as its readers see it: its own words, the same folded, and where its marks stand."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.deadline_grammar import BLANK, REFERENCE, UNIT, YEARS, Unit, blank, scan
from corpus.records import Deadline, DeadlineKind
from corpus.vietnamese import fold, nfc, squeeze

_NO_MARKS = {ord(UNIT): " ", ord(BLANK): " "}
_NEW_LINE_BULLET = re.compile(r"[\r\n]+[^\S\r\n]*[-–—+*•](?=\s)")
_CONJUNCTION = re.compile(r"(?: ?[,;:.(]| (?:va|hoac|hay|va/hoac))+ ?$")
_SEPARATED = re.compile(r"(?:^|[,.:(+•–-]|\b(?:va|hoac|hay|va/hoac)) ?$")

APPLIES = re.compile(r"\((?:chi )?(?:doi voi|ap dung (?:doi voi|cho)|cho) ([^()]*)\)")
# "Thường xuyên, cao điểm tháng 5": when most is done, no day on which it is due.
EMPHASIS = re.compile(
    r"(?:(?<=thuong xuyen)|(?<=lien tuc)|(?<=hang nam)|(?<=hang quy)|(?<=hang thang)|(?<=moi nam))[ ,(]*"
    r"(?:cao diem|dac biet|nhat la|tap trung|trong tam|chu trong)\b[^;]*"
)
ONGOING = re.compile(
    r"\bthuong xuyen\b|\blien tuc\b|\b(?:hang|moi) ngay\b|\b(?:quanh|suot|ca) nam(?! ?(?:20|\x00))\b"
    r"|(?<![0-9/])24/24(?! ?/)(?: ?(?:gio|h)\b)?|\b(?:khong|vo)(?: co| xac dinh)? thoi han\b"
)
EVENT = re.compile(
    r"\b(?:(?<!tiep )theo|sau khi|ngay sau|ngay khi|ngay tu khi|(?:cho )?den khi|khi|dot xuat|tuy theo|tuy thuoc|"
    r"can cu|(?:tai |trong )?ky hop)\b"
    r"|\btruoc (?=[a-z])(?!(?:ngay|thang|quy|nam|het|thoi diem|moc|luc|dau|giua|cuoi|va|hoac|trong|thu|chu|mung|"
    r"mat|tien|nua)\b)"
    r"|\b(?<!thu )(?<!thang )sau (?!\x00|thang|ngay|nam\b|quy\b|hang\b|moi\b|[0-9])[a-z]"
    r"|\b(?:dau |cuoi |giua )?mua (?:kho|mua|bao|lu|he|dong|xuan|thu|vu|le hoi|tuyen sinh|tuyen quan)\b"
    r"|\bbao cao [^;()]{0,60}\(? ?[l1][o06]ng ghep|\b[l1][o06]ng ghep\b"
)


@dataclass(frozen=True, slots=True)
class Dates:
    """A clause of dated words whose years may stand in another clause."""

    start: int
    end: int
    units: tuple[Unit, ...]
    applies_to: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell's own words, the same folded, and what ``scan`` left of them."""

    text: str
    folded: str
    rest: str
    units: tuple[Unit, ...]
    product: str
    year: int | None
    ongoing: tuple[re.Match[str], ...]
    events: tuple[re.Match[str], ...]

    def words(self, start: int, end: int) -> str:
        tail = _CONJUNCTION.search(self.folded, max(start, end - 30), end)
        words = self.text[start : tail.start() if tail else end].strip(" ,;:.-–—+*•")
        return words.rstrip(") ") if ")" in words and "(" not in words else words

    def within(self, start: int, end: int) -> tuple[Unit, ...]:
        first, after = (bisect_left(self.units, place, key=lambda unit: unit.start) for place in (start, end))
        return self.units[first:after]

    def first_ongoing(self, start: int, end: int) -> re.Match[str] | None:
        return next(between(self.ongoing, start, end), None)

    def first_event(self, start: int, end: int) -> re.Match[str] | None:
        """The first event set apart from what stands before it, "và theo ..." but not "báo cáo theo ..."."""
        for match in between(self.events, start, end):
            if _SEPARATED.search(self.rest[max(start, match.start() - 12) : match.start()]):
                return match
        return None

    def bounds(self, unit: Unit) -> tuple[dt.date, dt.date] | None:
        return unit.bounds(unit.year if unit.year is not None else self.year)


def between(marks: tuple[re.Match[str], ...], start: int, end: int) -> Iterator[re.Match[str]]:
    for place in range(bisect_left(marks, start, key=re.Match.start), len(marks)):
        if marks[place].start() >= end:
            return
        yield marks[place]


def read_cell(cell: str, product: str, year: int | None) -> Cell:
    text = squeeze(cell)
    marked = squeeze(_NEW_LINE_BULLET.sub(" •", nfc(cell)))
    folded = fold(marked if len(marked) == len(text) else text).translate(_NO_MARKS)
    units, rest = scan(blank(REFERENCE, blank(EMPHASIS, blank(APPLIES, folded))))
    known = year if year is not None and year in YEARS else None
    ongoing, events = tuple(ONGOING.finditer(rest)), tuple(EVENT.finditer(rest))
    return Cell(text, folded, rest, tuple(units), product, known, ongoing, events)


def unreadable(cell: Cell, start: int, end: int) -> Deadline:
    return Deadline(text=cell.words(start, end), kind=DeadlineKind.UNREADABLE)
