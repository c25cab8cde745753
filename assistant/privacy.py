"""Taking persons out of what is kept: names, telephone and identity numbers, e-mail addresses.

By rules, so it errs both ways: whoever reads what is left still looks for names. Names of offices, places and
documents stay, since questions are about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.understand.places import PROVINCES
from corpus.vietnamese import fold, nfc
from prompts import say

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w./-])(?:\+?84|0)(?:[ .-]?\d){8,10}(?![\d/])")
_IDENTITY = re.compile(r"(?<![\w./-])\d{9,16}(?![\d/])")
_WORD = re.compile(r"[^\W\d_]+")
_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong dao doan trinh ha mai lam "
    "luong cao luu ta phung chau to quach thai nghiem vuong tong dam kieu la thach lanh trieu nong hua khuc".split()
)
_COMMON = frozenset("nguyen tran pham hoang huynh phan dang bui".split())  # told by a title though typed small
_MIDDLE = frozenset({"van", "thi"})
_TITLES = frozenset("anh ong ông ba bà chi chị co cô chu chú bac bác thay thầy dc".split())
_TWO_WORD_TITLES = frozenset(
    {"d c", "dong chi", "chu tich", "bi thu", "truong phong", "giam doc", "pho phong", "can bo"}
)
_BEFORE_PLACES = frozenset(
    "phuong xa quan huyen tinh pho duong thon to ap khu truong cho song cau tinh thanh dang uy tuong".split()
)
_NO_NAMES = frozenset(
    "phong so ban van trung uy cong ke phu nhiem to hoi doan mat chu pho giam truong bo cuc chi ubnd hdnd oi nao gi "
    "phoi lam co la o cua duoc bao khi may nhung ai se da dang va thi nv kh viec trach".split()
)
_LONGEST = 4  # words of a name


def without_persons(text: str, known: Iterable[str] = ()) -> str:
    """The text (NFC) with persons' names and numbers replaced by what they are; ``known`` are names of people of whom
    it is known that they are.

    >>> without_persons("anh Nguyễn Văn An chủ trì nv 18 phải không, sđt 0912 345 678")
    'anh [tên] chủ trì nv 18 phải không, sđt [số]'
    """
    clean = nfc(text)
    for name in sorted(known, key=len, reverse=True):
        clean = re.sub(rf"(?<!\w){re.escape(nfc(name))}(?!\w)", say("privacy.name"), clean, flags=re.IGNORECASE)
    clean = _EMAIL.sub(say("privacy.email"), clean)
    clean = _PHONE.sub(say("privacy.number"), clean)
    clean = _IDENTITY.sub(say("privacy.number"), clean)
    for start, end in reversed(list(_names(clean))):
        clean = clean[:start] + say("privacy.name") + clean[end:]
    return clean


def _names(text: str) -> Iterator[tuple[int, int]]:
    """The places of persons' names, in order."""
    found = list(_WORD.finditer(text))
    words = [fold(match[0]) for match in found]
    i = 0
    while i < len(found):
        place = _place_at(words, i)
        size = 0 if place else _name_at(text, found, words, i)
        if size:
            yield found[i].start(), found[i + size - 1].end()
        i += place or size or 1


def _name_at(text: str, found: list[re.Match[str]], words: list[str], i: int) -> int:
    """How many words of a name start at word ``i``; 0 where none does."""
    if i and words[i - 1] in _BEFORE_PLACES:
        return 0
    run = _run(text, found, i)
    capital = [_is_capitalised(found[i + k][0]) for k in range(run)]
    capitals = next((k for k, is_capital in enumerate(capital) if not is_capital), run)
    if words[i] in _SURNAMES and run > 2 and words[i + 1] in _MIDDLE:
        return max(3, capitals) if capitals >= 3 or words[i + 2] not in _NO_NAMES else 0
    titled = _is_titled(found, words, i)
    if words[i] in _SURNAMES and capitals >= (2 if titled else 3):
        return capitals
    if titled and capitals and words[i] not in _NO_NAMES and not found[i][0].isupper():
        return capitals
    if titled and words[i] in _COMMON and not capitals:
        return next((k for k in range(1, min(run, 3)) if words[i + k] in _NO_NAMES), min(run, 3))
    return 0


def _run(text: str, found: list[re.Match[str]], i: int) -> int:
    """How many words from ``i`` on are divided by single spaces only."""
    size = 1
    while (
        size < _LONGEST and i + size < len(found) and text[found[i + size - 1].end() : found[i + size].start()] == " "
    ):
        size += 1
    return size


def _place_at(words: list[str], i: int) -> int:
    """How many words of a city or province start at word ``i``; 0 where none does."""
    return next((size for size in (4, 3, 2) if tuple(words[i : i + size]) in _PLACES), 0)


def _is_titled(found: list[re.Match[str]], words: list[str], i: int) -> bool:
    """Whether a title stands before word ``i``; one typed with accents must have those of the title."""
    before = found[i - 1][0].lower() if i else ""
    return before in _TITLES or (i > 1 and " ".join(words[i - 2 : i]) in _TWO_WORD_TITLES)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


_PLACES = frozenset(tuple(place.split()) for place in (*PROVINCES, "ho chi minh"))
