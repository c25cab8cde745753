"""What a document says of itself: number, date, kind, title, issuer, signer and what it is based on.

Layout after Decree 30/2020, annex I. Each find gives the value, None where the place was left blank
("Số: /KH-UBND"), and the range where the value or the blank stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.markup import clean
from corpus.paragraphs import Paragraph, is_annex_line
from corpus.records import Basis, Passage, Span
from corpus.vietnamese import fold, nfc

KINDS = (
    "nghị quyết", "quyết định", "chỉ thị", "quy chế", "quy định", "thông cáo", "thông báo", "hướng dẫn",
    "chương trình", "kế hoạch", "phương án", "đề án", "dự án", "báo cáo", "biên bản", "tờ trình", "hợp đồng",
    "công văn", "công điện", "kết luận", "luật", "nghị định", "thông tư", "phụ lục", "điều lệ", "nội quy",
)  # fmt: skip
_FOLDED_KINDS = {fold(kind): kind.capitalize() for kind in KINDS}
_GROUND = re.compile(r"^\W*(?:c.n c[a-z]{0,2}|thuc hien|theo|xet)\b")
_HEAD_CHARS = 3000
_DATE_LINE = 130  # characters: the line of place and date is short, a ground ("Căn cứ …") is not
_NUMBER = re.compile(
    r"^\W*S[ốỐoO06óỎ][: ]{1,3}\s*(?P<sign>(?:\d[\w.]*(?:/\d{4})?\s*[/-]|/)\s*[A-ZĐ]{2,5}(?:\s?[-/]\s?[A-ZĐ0-9]+)*)",
    re.MULTILINE,
)
_DATE = re.compile(r"ngay\s*(\S{0,3}?)\s*thang\s*(\d{1,2})?\s*nam\s*(\d{4})")
_SLASH_DATE = re.compile(r"ngay\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
REFERENCE = re.compile(
    r"(?P<kind>Luật|Nghị quyết|Nghị định|Quyết định|Quy định|Chỉ thị|Kết luận|Kế hoạch|Thông tư|Chương trình|Công văn"
    r"|Quyét dinh|Quyết dinh|Hướng dẫn|Thông báo|Đề án)\s+(?:s[ốo6óôb]{1,2}\s*)?"
    r"(?P<number>\d[\d.]*\s?[-/][\w./-]*[A-ZĐa-z0-9]|:?\s?/[A-ZĐ][\w./-]*[A-ZĐa-z0-9])"
    r"(?:\s+ng[aà]y\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|(?:\d{1,2}\s+)?th[aá]ng\s+(?:\d{1,2}\s+)?n[aă]m\s+\d{4}))?"
    r"(?:\s+c[uủ]a\s+(?:(?!\s(?:v[eềé]|ban h[àa]nh|phê duyệt|quy định|và|trên|tại|(?:hết|có) hiệu lực|kể từ)\b)"
    r"[^,;:.()]){3,70})?"
)
# "Luật Tiếp công dân ngày 25 tháng 11 năm 2013": a law that is cited by its name.
_LAW = re.compile(
    r"(?P<kind>Bộ luật|Luật|Pháp lệnh)\s+(?:(?!\s(?:ngày|số)\b)[^;:.()\d]){3,160}?"
    r"\s+ngày\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
)
_BODY = r"(?:UBND|[ỦU][ỷyỶY] ban nhân dân|Ủy ban nhân dân|Uy ban nhan dan)"
_PLACE = (
    r"\s+(?:phường|xã|đặc khu|thành phố|Thành phố|tỉnh|thị trấn|phuong|xa|thanh pho|tinh)"
    r"(?:\s+(?:[A-ZĐÀ-Ỹ][\w’'-]*\s?){1,4})?"
)
_ISSUER_CAPITALS = re.compile(
    r"(?m)^\W*(?P<who>(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)\s+(?:PHƯỜNG|XÃ|ĐẶC KHU|THÀNH PHỐ|TỈNH)"
    r"(?: [A-ZĐÀ-Ỹ]+){1,4}|SỞ(?: [A-ZĐÀ-Ỹ]+){1,6})(?=\s*$|\s{2,}|\t|\W*$)"
)
_SUPERIOR = re.compile(
    r"(?P<who>(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND)\s+"
    r"(?:PHƯỜNG|XÃ|ĐẶC KHU|THÀNH PHỐ|TỈNH)(?: [A-ZĐÀ-Ỹ]+){1,4})"
)
_UNNAMED = frozenset({"van phong", "thanh tra", "cong an"})  # of which office it is stands above
_LEFT = re.compile(r"(?m)^[ \t*_]*(?P<words>\S+(?: \S+)*)")  # what stands left of a tab or of two spaces
_NUMBER_LINE = re.compile(r"(?mi)^\W*s[ốôoó]\s*[:.]")
_LEVELS = "phường|xã|đặc khu|thành phố|tỉnh"
_BODY_HEAD = re.compile(
    r"(?:uy ban|ubnd|hdnd|hoi dong|so|phong|ban|bo|cuc|chi cuc|tong cuc|vu|vien|trung tam|van phong|cong an|truong"
    r"|dai hoc|hoc vien|benh vien|tram|thanh tra|dang uy|thanh uy|tinh uy|hoi|lien doan|doan|kho bac|thue|bao hiem"
    r"|cong ty|toa an|dai|bao tang|thu vien|quy|mat tran)\b"
)
_ISSUER_ACTING = re.compile(
    rf"(?P<who>{_BODY}{_PLACE})\s*(?:ban hành|xây dựng|triển khai|tổ chức|yêu cầu|xay dung|ban hanh|trien khai)"
)
_ISSUER_OF = re.compile(rf"c[uủ]a\s+(?:Chủ tịch\s+)?(?P<who>{_BODY}{_PLACE})")
_NUMBERED_ANNEX = re.compile(r"^\W*phu luc (?:so )?(?:[ivx]+|\d+|[a-h])\b")
_FINAL_POSTS = re.compile(
    r"^(?:pho )?(?:chu tich|truong phong|giam doc|chanh van phong|bi thu|bo truong|cuc truong|hieu truong|truong ban)$"
)


@dataclass
class Letterhead:
    """What was found, each with the range where it stands."""

    values: dict[str, str | dt.date | None] = field(default_factory=dict)
    marks: dict[str, Span] = field(default_factory=dict)

    def put(self, name: str, value: str | dt.date | None, span: Span) -> None:
        if name not in self.marks:
            self.values[name] = value
            self.marks[name] = span


def read_letterhead(text: str, paragraphs: list[Paragraph], passages: list[Passage]) -> Letterhead:
    """Reads what a document says of itself from its text and its paragraphs."""
    found = Letterhead()
    attached = _attached(paragraphs)
    _find_number(text, attached, found)
    _find_date(text, paragraphs, attached, found)
    _find_kind_and_title(paragraphs, found)
    _find_issuer(text, attached, paragraphs, found)
    _find_signer(paragraphs, passages, found)
    return found


def _attached(paragraphs: list[Paragraph]) -> Span | None:
    """The words that bind an annex to its plan: "(Kèm theo Kế hoạch số … ngày …)", near the top."""
    if not any(is_annex_line(p.text) for p in paragraphs[:4]):
        return None
    return next((p.span for p in paragraphs[:8] if "kem theo" in fold(p.text)[:60]), None)


def _find_number(text: str, attached: Span | None, found: Letterhead) -> None:
    match = _NUMBER.search(text, 0, _HEAD_CHARS)
    if match:
        sign = "".join(match["sign"].split())
        value = sign if sign[0].isdigit() else None
        found.put("number", value, Span(start=match.start() + _indent(match[0]), end=match.end()))
    elif attached:
        number = re.search(r"số\s*:?\s*(\S*?)\s*/\s*([\w-]+)", text[attached.start : attached.end])
        if number:
            found.put("number", None, _inside(attached, number))


def _find_date(text: str, paragraphs: list[Paragraph], attached: Span | None, found: Letterhead) -> None:
    lines = [p.span for p in paragraphs[:12] if len(p.text) <= _DATE_LINE and not _GROUND.match(fold(p.text))]
    places = [attached] if attached else lines
    for place in places:
        folded = fold(text[place.start : place.end])
        if len(folded) != place.end - place.start:
            continue
        match = _DATE.search(folded) or _SLASH_DATE.search(folded)
        if match and (attached or match.end() > len(folded) - 12 or "ngay" in folded[:40]):
            found.put("date", _date(match), _inside(place, match))
            return


def _date(match: re.Match[str]) -> dt.date | None:
    day, month, year = match[1], match[2], match[3]
    if not (day and day.isdigit() and month):
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def year_of(text: str, letterhead: Letterhead) -> int | None:
    """The year of a document, even where day and month were left blank; None where it names none."""
    span = letterhead.marks.get("date")
    match = re.search(r"\b(19|20)\d\d\b", text[span.start : span.end]) if span else None
    return int(match[0]) if match else None


def _find_kind_and_title(paragraphs: list[Paragraph], found: Letterhead) -> None:
    for i, paragraph in enumerate(paragraphs[:20]):
        kind = _kind_line(paragraph.text)
        if kind is None:
            continue
        found.put("kind", kind, paragraph.span)
        title = next((p for p in paragraphs[i + 1 : i + 3] if _is_title(p)), None)
        if title is not None:
            label = f"{paragraph.text.strip(' .:]|[')} - " if _NUMBERED_ANNEX.match(fold(paragraph.text)) else ""
            found.put("title", label + title.text.strip(" ,.~"), title.span)
        return


def _kind_line(words: str) -> str | None:
    folded = fold(words).strip(" .:]|[")
    if is_annex_line(words):
        return "Phụ lục"
    return _FOLDED_KINDS.get(folded)


def _is_title(paragraph: Paragraph) -> bool:
    folded = fold(paragraph.text)
    return len(folded) > 12 and not folded.startswith(("(", "can cu", "c.n c", "so:", "kinh gui"))


def _find_issuer(text: str, attached: Span | None, paragraphs: list[Paragraph], found: Letterhead) -> None:
    """The issuer: the letterhead in capitals, else who "ban hành" the plan, else whom its annex names."""
    head = [p.span for p in paragraphs[:14]]
    top = [Span(start=head[0].start, end=head[:6][-1].end)] if head else []
    stacked = _stacked_issuer(text, top[0]) if top else None
    if stacked and not fold(text[stacked.start : stacked.end]).startswith(("uy ban", "ubnd")):
        name = _as_written(text[stacked.start : stacked.end], text)
        above = _SUPERIOR.search(text, top[0].start, stacked.start) if fold(name) in _UNNAMED else None
        name = f"{name} {_issuer_name(' '.join(above['who'].split()), text, found)}" if above else name
        found.put("issuer", name, stacked)
        return
    for places, pattern in ((top, _ISSUER_CAPITALS), (head, _ISSUER_ACTING), ([attached], _ISSUER_OF)):
        for place in filter(None, places):
            match = pattern.search(text, place.start, place.end)
            if match:
                span = Span(start=match.start("who"), end=match.end("who"))
                found.put("issuer", _issuer_name(match["who"], text, found), span)
                return


def _stacked_issuer(text: str, top: Span) -> Span | None:
    """The lowest body of those in capitals at the left, above the number: a department stands below its superior."""
    number = _NUMBER_LINE.search(text, top.start, top.end)
    lowest = None
    for match in _LEFT.finditer(text, top.start, number.start() if number else top.end):
        words = match["words"].strip("*_ ")
        folded = fold(words)
        if not words.isupper() or folded.startswith(("cong hoa", "dang cong san")) or folded in _FOLDED_KINDS:
            continue
        span = Span(start=match.start("words"), end=match.start("words") + len(words))
        if _BODY_HEAD.match(folded):
            lowest = span
        elif lowest is not None and text[lowest.end : span.start].strip(" *_") == "\n":
            lowest = Span(start=lowest.start, end=span.end)
    return lowest


def _as_written(capitals: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere, else with a capital at its first and its second part."""
    name = " ".join(capitals.replace("*", " ").split())
    pattern = r"\s+".join(map(re.escape, name.split()))
    for match in re.finditer(pattern, text, re.IGNORECASE):
        if not match[0].isupper():
            return nfc(clean(match[0][0].upper() + match[0][1:]))
    head = _BODY_HEAD.match(fold(name))
    size = head.end() if head else 0
    rest = name[size:].strip().lower()
    plain = f"{name[:size].capitalize()} {rest[:1].upper()}{rest[1:]}".strip()
    return re.sub(rf"(?i)\b({_LEVELS}) (.+)$", lambda m: f"{m[1].lower()} {m[2].title()}", plain)


def _issuer_name(words: str, text: str, found: Letterhead) -> str:
    """The issuer as offices write it: "UBND phường Nhị Chiểu"; a city without a name gets that of the date line."""
    name = re.sub(r"(?i)^(?:ủy|uỷ|uy) ban nhân dân|^uy ban nhan dan", "UBND", clean(words))
    if name.isupper():
        level, _, rest = name.removeprefix("UBND").strip().partition(" ")
        level, rest = (
            (f"{level} {rest.split(' ', 1)[0]}", rest.partition(" ")[2]) if level == "THÀNH" else (level, rest)
        )
        name = f"UBND {level.lower()} {rest.title()}".strip()
    place = found.marks.get("date")
    if place and re.search(r"(?i)(?:thành phố|tỉnh|phường|xã)$", name):
        line = text[max(0, place.start - 40) : place.start].rsplit("\n", 1)[-1].strip(" ,*_")
        name = f"{name} {line}" if line and line[0].isupper() and len(line) < 30 else name
    return name


def _find_signer(paragraphs: list[Paragraph], passages: list[Passage], found: Letterhead) -> None:
    signature = next((p for p in reversed(passages) if p.role == "signature"), None)
    if signature is None:
        return
    inside = [p for p in paragraphs if signature.span.start <= p.span.start and p.span.end <= signature.span.end]
    for paragraph in reversed(inside):
        if _is_name(paragraph.text):
            found.put("signer", paragraph.text.strip(" ."), paragraph.span)
            return


def _is_name(words: str) -> bool:
    parts = words.split()
    if not 2 <= len(parts) <= 5 or _FINAL_POSTS.match(fold(words)) or words.isupper():
        return False
    return all(part.isalpha() and part[0].isupper() and (len(part) == 1 or part[1:].islower()) for part in parts)


def based_on(passages: Iterable[Passage], text: str, number: str | None) -> tuple[Basis, ...]:
    """The documents that the opening names as grounds ("Căn cứ …", "Thực hiện …", "Kèm theo …"), in order.

    ``number`` is the document's own, which its annex names but which is no ground of it.
    """
    found: dict[str, Basis] = {}
    for passage in passages:
        if passage.role == "basis" or (passage.role == "annex" and "kem theo" in fold(passage.text)):
            for basis in _references(text, passage.span):
                sign = re.sub(r"\s", "", re.split(r"\s(?:ng[aà]y|c[uủ]a)\s", basis.text)[0])
                if not (number and sign.endswith(number)):
                    found.setdefault(fold(sign), basis)
    return tuple(found.values())


def _references(text: str, span: Span) -> Iterator[Basis]:
    matches = [*REFERENCE.finditer(text, span.start, span.end), *_LAW.finditer(text, span.start, span.end)]
    for match in sorted(matches, key=lambda match: match.start()):
        yield Basis(text=nfc(" ".join(match[0].split())), span=Span(start=match.start(), end=match.end()))


def _inside(place: Span, match: re.Match[str]) -> Span:
    return Span(start=place.start + match.start(), end=place.start + match.end())


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())
