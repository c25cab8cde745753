"""What officers leave out when they report by phone: "7 xong", "nv 7 8 9", "các nv 3, 5", "cv 3" are written out."""

from __future__ import annotations

import re

from corpus.vietnamese import fold, nfc

_NOUN = r"(?:nv|nvu|nhiem vu|task|viec|cong viec|cviec|dau viec)"
_STATE = r"(?:(?:thi|em|e|minh|toi|da|moi|vua|lam|co ban|gan|sap|dang) )*(?:xong|hoan thanh|hoan tat|done|ok|dang|duoc|dc|dat|chua|tam (?:dung|ngung|hoan)|xin (?:lui|gia han|them)|\d{1,3} ?(?:%|phan tram))"
_SINGLY = r"\d{1,3}(?![\w%./-]| ?(?:%|phan tram|ngay|tuan|thang|quy|nguoi|lan)(?!\w))"
# What is written in place of what is found; the first group stays.
_RULES = (
    (re.compile(rf"(?<!\w)(?:cac|nhung|may|ca) (?={_NOUN} ?\d)"), ""),
    (re.compile(r"(?<!\w)cv (?=(?:so )?\d{1,3}(?![\w/.-]))"), "nv "),
    (
        re.compile(
            rf"(?:(?<=^)|(?<=[,;\n] )|(?<=\n))(?:(?:da|vang) )?(?:so |muc )?(?=\d{{1,3}}(?: ?[:,-])? {_STATE}(?!\w))"
        ),
        "nv ",
    ),
)
_RUN = re.compile(rf"(?<!\w){_NOUN}s? ?\d{{1,3}}(?:,? {_SINGLY})+")
_RANGE = re.compile(rf"(?<!\w)({_NOUN} ?\d{{1,3}}) ?[-–] ?(?=\d{{1,3}}(?![\w/.]))")


def written_out(text: str) -> str:
    """A message with the words that it leaves out; everything else as it was typed."""
    text = nfc(text)
    for pattern, words in _RULES:
        text = _put(text, [(m.start(), m.end(), words) for m in pattern.finditer(_folded(text))])
    text = _put(text, [(m.end(1), m.end(), " đến ") for m in _RANGE.finditer(_folded(text))])
    blanks = [
        (run.start() + blank.start() + 1, run.start() + blank.end(), ", ")
        for run in _RUN.finditer(_folded(text))
        for blank in re.finditer(r"\d (?=\d)", run[0])
    ]
    return _put(text, blanks)


def _folded(text: str) -> str:
    """The folded text, of the same length, its blanks one kind."""
    return re.sub(r"[^\S\n]", " ", fold(text))


def _put(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, end, words in sorted(changes, reverse=True):
        text = text[:start] + words + text[end:]
    return text
