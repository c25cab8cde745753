"""Which tasks a question names by number: "nv 18", "mục VII.3", "việc thứ mười tám", "nhiệm vụ 3, 5 và 7"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from assistant.understand.query import TaskRef
from corpus.vietnamese import number_in_words, roman_value

# "TT 9 trong bảng": the column is called so, too; "TT 22" alone is a circular.
_TT = r"(?<!theo )(?<!cua )(?<!tai )(?<!ve )tt(?= (?:so )?\d{1,3},? (?:trong |o |cua )?(?:bang|phu luc|muc|phan|danh muc)(?!\w))"
_NOUN = rf"(?:{_TT}|nhiem vu|dau viec|cong viec|viec|task|stt|so thu tu|(?<!may )(?<!nhieu )(?<!nghin )(?<!ngan )(?<!trieu )dong|hang|dau muc|item)"
_SECTION_NOUN = r"(?:muc|phan|nhom|chuong|section|linh vuc)"
_ROMAN = r"x{0,2}(?:ix|iv|v?i{1,3}|v|x)"
_NUM = r"(?P<num>\d{1,3}(?:\.\d{1,2})?)"
_LINK = r"(?:[,.]? (?:cua|thuoc|trong|o|tai|stt|so|thu|muc|nhiem vu|viec|task|dau viec|y)|[,.])*"
_B, _E = r"(?<![\w/.%-])", r"(?![\w%]|/\d|\.\d)"

_ARABIC_SECTION = re.compile(rf"{_B}{_SECTION_NOUN} (?:so )?(?P<section>[1-9]|1\d),? (?:{_NOUN}|so)(?: so)? {_NUM}{_E}")
_ORDINALS = {"mot": 1, "nhat": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}  # fmt: skip
_PART = re.compile(
    rf"{_B}(?<!bo )(?P<noun>phan|nhom|chuong|section|linh vuc|mang|muc)(?: viec| nhiem vu)? (?:so )?(?P<thu>thu )?(?P<word>{'|'.join(_ORDINALS)}|[1-9]|1\d)"
    r"(?![\w%]|[./]\d| (?:phan tram|ngay|thang|nam|nguoi|don vi|cua|(?:viec|nhiem vu)(?! (?:so |thu )?\d))(?!\w))"
)
_UNLIKE = frozenset({"bon", "tu", "nam", "sau", "tam", "nhat", "nhi", "muoi"})  # "phân bón", "phần sau"
_BEFORE_PART = re.compile(rf"{_B}(?:{_NOUN}|muc|so|y)(?: (?:so|thu))? {_NUM},? (?:cua |o |trong |thuoc )?$")
_AFTER_PART = re.compile(rf",? (?:{_NOUN}|muc|so|y)(?: (?:so|thu))? {_NUM}{_E}")
_SO = re.compile(rf"(?:(?P<before>[a-z]+),? )?(?<!\w)so {_NUM}{_E}")
_BEARERS = frozenset(
    {"luan", "dinh", "quyet", "thi", "tu", "hoach", "van", "luat", "ban", "quy", "trinh", "an", "chi", "cong", "ho"}
)
_ENDS = re.compile(rf"{_B}{_NOUN} (?P<end>dau tien|thu nhat|cuoi cung|cuoi)(?!\w)")
_PLAIN = re.compile(
    rf"(?<![\w/.%])(?:{_NOUN}|muc)(?: (?:so|thu|stt|no|cua|cai))* (?P<nums>{_NUM.replace('?P<num>', '?:')}"
    rf"(?:(?:,? va|,|,? hoac| hay| voi) (?:{_NOUN} )?(?:so )?\d{{1,3}}(?!\w))*){_E}"
)
_RANGE = re.compile(rf"{_B}{_NOUN}(?: so)? (?:tu )?(\d{{1,3}}) (?:den|toi) (?:{_NOUN} )?(\d{{1,3}})(?![\w/])")
_IN_WORDS = re.compile(rf"{_B}(?:{_NOUN}|muc)(?P<so> (?:so|thu))? (?P<words>[a-z]+(?: [a-z]+){{0,2}})")
_ROMAN_TASK = re.compile(rf"{_B}(?:{_NOUN})(?P<so> (?:so|thu|stt))?(?<!cong viec) (?P<roman>{_ROMAN}){_E}(?![.\-/])")
_AMOUNT = re.compile(r"(?:%| phan tram)")
_PLACE = re.compile(
    rf"{_B}(?:muc|phan|diem|khoan)? ?(?P<path>x{{0,2}}(?:ix|iv|v?i{{1,3}}|v|x)(?:\.\d{{1,2}})+(?:\.[a-z])?){_E}"
)
_PLACE_APART = re.compile(
    rf"{_B}(?:diem (?P<letter>[a-z]) )(?:,? ?(?:khoan|muc) (?P<number>\d{{1,2}}(?:\.\d)?) )?"
    rf"(?:,? ?(?:cua )?(?:phan|muc) (?P<roman>x{{0,2}}(?:ix|iv|v?i{{1,3}}|v|x))){_E}"
)
_ARTICLE = re.compile(
    rf"{_B}(?:diem (?P<letter>[a-z]),? )?(?:khoan (?P<clause>\d{{1,2}}),? )?dieu (?P<article>\d{{1,3}}){_E}"
)
_ARTICLE_FIRST = re.compile(
    rf"{_B}dieu (?P<article>\d{{1,3}}),? khoan (?P<clause>\d{{1,2}})(?:,? diem (?P<letter>[a-z]))?{_E}"
)
_MAX_RANGE = 50
LAST = "last"


@dataclass(frozen=True)
class _Sectioned:
    """The patterns that name a section; letters ("A.4") count only where a table has sections of such names."""

    numbered: tuple[re.Pattern[str], ...]
    listed: re.Pattern[str]
    alone: re.Pattern[str]


@cache
def _sectioned(letters: str) -> _Sectioned:
    section = rf"(?P<roman>{_ROMAN}{f'|[{letters}]' if letters else ''})"
    numbered = [
        rf"{_B}{_SECTION_NOUN} (?:so )?{section}(?:\.|{_LINK} ){_NUM}{_E}",
        rf"{_B}(?:{_NOUN}|muc|so)(?: (?:so|thu|stt))* {_NUM}{_LINK}[,]? (?:{_SECTION_NOUN} ){section}{_E}",
        rf"(?<![\w/])(?:{_NOUN} |{_SECTION_NOUN} )?(?:so )?(?<!quy ){section}[.\-/]{_NUM}{_E}",
        rf"(?<![\w/.])(?<!phu luc ){section},? (?:stt|so|nhiem vu|viec) (?:so )?{_NUM}{_E}",
    ]
    if letters:
        numbered.append(rf"(?<![\w/.])(?P<roman>[{letters}])(?P<num>\d{{1,2}})(?!\w)")
    several = r"\d{1,3}(?:(?:,? va|,| voi| hay|,? hoac) (?:NOUN )?(?:(?:so|thu) )?\d{1,3})+".replace("NOUN", _NOUN)
    listed = rf"{_B}(?:{_NOUN}|muc|so)(?: (?:so|thu|stt))* (?P<nums>{several}){_LINK},? {_SECTION_NOUN} {section}{_E}"
    return _Sectioned(
        tuple(map(re.compile, numbered)), re.compile(listed), re.compile(rf"{_B}{_SECTION_NOUN} (?:so )?{section}{_E}")
    )


@dataclass
class Numbers:
    """The tasks, section and place that were found, and the characters of the line that named them."""

    tasks: list[TaskRef] = field(default_factory=list)
    section: str | None = None
    place: str | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)

    def take(self, refs: list[TaskRef], match: re.Match[str]) -> None:
        self.tasks.extend(ref for ref in refs if ref not in self.tasks)
        self.spans.append(match.span())

    def free(self, match: re.Match[str]) -> bool:
        return self.free_at(*match.span())

    def free_at(self, start: int, end: int) -> bool:
        """Whether nothing that was found touches these characters."""
        return all(end <= first or last <= start for first, last in self.spans)


def find_numbers(line: str, sections: Iterable[str] = ()) -> Numbers:
    """Reads task numbers from a line of folded words; ``sections`` are the numbers of sections that exist."""
    found = Numbers()
    known = frozenset(sections)
    letters = "".join(sorted({s.lower() for s in known if len(s) == 1 and s.isalpha()} - set("ivx")))
    sectioned = _sectioned(letters)
    _places(line, found)
    for match in sectioned.listed.finditer(line):
        numbers = re.findall(r"\d{1,3}", match["nums"])
        found.take([TaskRef(number=number, section=match["roman"].upper()) for number in numbers], match)
    for pattern in sectioned.numbered:
        for match in pattern.finditer(line):
            if found.free(match) and not _AMOUNT.match(line, match.end()):
                found.take([TaskRef(number=match["num"], section=match["roman"].upper())], match)
    _worded_sections(line, found, known)
    _arabic_sections(line, found)
    _ranges(line, found)
    _plain(line, found)
    if not found.tasks:
        _after_so(line, found)
    if not found.tasks:
        _ends(line, found)
    if not found.tasks:
        _in_words(line, found)
    _section(line, found, sectioned.alone)
    return found


def _places(line: str, found: Numbers) -> None:
    if article := _ARTICLE_FIRST.search(line) or _ARTICLE.search(line):
        parts = [f"Điều {article['article']}", article["clause"], article["letter"]]
        found.place = ".".join(part for part in parts if part)
        found.spans.append(article.span())
        return
    if match := _PLACE_APART.search(line):
        parts = [match["roman"].upper(), match["number"], match["letter"]]
        found.place = ".".join(part for part in parts if part)
        found.spans.append(match.span())
    elif match := _PLACE.search(line):
        head, *rest = match["path"].split(".")
        found.place = ".".join([head.upper(), *rest])
        if len(rest) > 1:
            found.spans.append(match.span())


def _worded_sections(line: str, found: Numbers, sections: frozenset[str]) -> None:
    """Reads "nhiệm vụ số 2 phần một", "phần thứ ba việc 6", and the section alone where one exists."""
    for part in _PART.finditer(line):
        value = _ORDINALS.get(part["word"]) or int(part["word"])
        section = _in_roman(value)
        before, after = _BEFORE_PART.search(line[: part.start()]), _AFTER_PART.match(line, part.end())
        number = before or after
        start, end = (
            before.start() if before else part.start(),
            after.end() if number is after and after else part.end(),
        )
        if not found.free_at(start, end):
            continue
        known = section in sections and not part["word"].isdigit()
        if number and (part["thu"] or part["noun"] != "muc" or (before and known)):
            found.tasks.append(TaskRef(number=number["num"], section=section))
            found.spans.append((start, end))
        elif section in sections and _stands_for_section(part):
            found.section = section
            found.spans.append(part.span())


def _stands_for_section(part: re.Match[str]) -> bool:
    """Whether "phần ba" alone is a section: no other word with "phần", no task as "mục 3" is."""
    return bool(part["thu"]) or (part["noun"] != "muc" and part["word"] not in _UNLIKE)


def _after_so(line: str, found: Numbers) -> None:
    """Reads "số 17" where no law or plan stands before it."""
    for match in _SO.finditer(line):
        if found.free(match) and match["before"] not in _BEARERS and not _AMOUNT.match(line, match.end()):
            found.take([TaskRef(number=_without_zero(match["num"]))], match)


def _arabic_sections(line: str, found: Numbers) -> None:
    """Reads "mục 3 nhiệm vụ 8" as task 8 of section III."""
    for match in _ARABIC_SECTION.finditer(line):
        if found.free(match):
            found.take([TaskRef(number=match["num"], section=_in_roman(int(match["section"])))], match)


def _in_roman(value: int) -> str:
    digits = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    roman = ""
    for worth, sign in digits:
        while value >= worth:
            roman, value = roman + sign, value - worth
    return roman


def _ends(line: str, found: Numbers) -> None:
    """Reads "nhiệm vụ đầu tiên" and "nhiệm vụ cuối cùng"."""
    if match := _ENDS.search(line):
        number = LAST if match["end"].startswith("cuoi") else "1"
        found.take([TaskRef(number=number)], match)


def _ranges(line: str, found: Numbers) -> None:
    for match in _RANGE.finditer(line):
        first, last = int(match[1]), int(match[2])
        if found.free(match) and first < last <= first + _MAX_RANGE:
            found.take([TaskRef(number=str(n)) for n in range(first, last + 1)], match)


def _plain(line: str, found: Numbers) -> None:
    for match in _PLAIN.finditer(line):
        if not found.free(match) or _AMOUNT.match(line, match.end()):
            continue
        numbers = re.findall(r"\d{1,3}(?:\.\d{1,2})?", match["nums"])
        found.take([TaskRef(number=_without_zero(number)) for number in numbers], match)


def _without_zero(number: str) -> str:
    return number.lstrip("0") or number


def _in_words(line: str, found: Numbers) -> None:
    for match in _IN_WORDS.finditer(line):
        words = match["words"].split()
        read = number_in_words(words)
        if read is None or read[0] == 0:
            continue
        value, taken = read
        if taken == 1 and value < 10 and not match["so"]:
            continue
        end = match.start("words") + len(" ".join(words[:taken]))
        if line[end : end + 5].strip()[:4].isdigit():
            continue
        found.tasks.append(TaskRef(number=str(value)))
        found.spans.append((match.start(), end))
        return


def roman_tasks(line: str, found: Numbers) -> None:
    """Reads "nhiệm vụ VII" as task 7, where nothing else was read. One letter is a number only after "số"."""
    for match in _ROMAN_TASK.finditer(line):
        value = roman_value(match["roman"].upper())
        if value and found.free(match) and (len(match["roman"]) > 1 or match["so"]):
            found.take([TaskRef(number=str(value))], match)


def _section(line: str, found: Numbers, pattern: re.Pattern[str]) -> None:
    match = pattern.search(line)
    if match is not None and found.free(match):
        found.section = match["roman"].upper()
        found.spans.append(match.span())
    if found.section is None:
        return
    found.tasks = [ref if ref.section else ref.model_copy(update={"section": found.section}) for ref in found.tasks]
