"""The note of a report: what stands after "vì", "do", "ghi chú", "kết quả", as it was typed."""

from __future__ import annotations

import re

from assistant.understand.courtesy import bare
from assistant.understand.progress.words import EXTENSION
from corpus.vietnamese import fold, nfc, toneless_key

_MARK = re.compile(
    r"(?<![\w/])(?P<mark>(?:boi|tai) vi|vi|do|boi|ly do(?: la)?|nguyen nhan(?: la)?|ghi chu(?: la)?|luu y(?: la)?(?=\s*:| (?:da|dang|chua|can|moi) )|ket qua(?: la)?|san pham(?: la)?|note)(?!\w)\s*[:,-]?\s*(?=\S)"
)
_IN_BRACKETS = re.compile(r"\s*\((?P<note>[^()]{3,})\)[\s.!]*$")
# What is still to come, after what is reported: "đang làm, dự kiến cuối tháng xong".
_FORECAST = re.compile(
    r",\s*(?=(?:du kien|tuan (?:sau|toi)|ngay mai|mai|cuoi (?:tuan|thang|nam|quy)|thang (?:sau|toi)|dau (?:tuan|thang)|het (?:tuan|thang|quy)|chac|hen)(?!\w))"
)
_FORMS = {"vi": "vì", "do": "do", "boi": "bởi"}
# After these the words without accents are "đó", "đơn vị" …: no reason follows.
_NO_MARK_AFTER = re.compile(
    r"(?:viec|cai|nhiem vu|nv|dau viec|task|muc|don|cho|theo|hom|luc|o|tu|trong|nay|tien|muc|trinh|che|quoc|thoi|tren) $"
)
_NO_MARK_BEFORE = re.compile(r"(?:tri|pham|du|the|sao|thi)(?!\w)")
_NAMES_TASK = re.compile(r"^(?:cua|cho|nhiem vu|nv|viec|task)? ?(?:nhiem vu|nv|viec|task)? ?\d{1,3}(?!\w)[^:]*:")
_MOST = 2000  # characters: what a change keeps


def without_note(text: str) -> tuple[str, str]:
    """A message cut into what it reports and the note that follows; ("…", "") where there is none."""
    text = nfc(text)
    if match := _IN_BRACKETS.search(text):
        return text[: match.start()], _tidy(match["note"])
    folded = fold(text)
    for match in _MARK.finditer(folded):
        if match.start() and _is_mark(text, folded, match):
            return text[: match.start()].rstrip(" ,;:-."), _tidy(text[match.end() :])
        if match["mark"].startswith("ghi chu") and (named := _NAMES_TASK.match(folded[match.end() :])):
            place = match.end() + named.end()
            return text[match.end() : place - 1], _tidy(text[place:])
    ahead = _FORECAST.search(folded)
    if ahead and not EXTENSION.search(" ".join(folded.split())):
        return text[: ahead.start()], _tidy(text[ahead.end() :])
    return text, ""


def _is_mark(text: str, folded: str, match: re.Match[str]) -> bool:
    """Whether "vi", "do" are "vì", "do" rather than "vị", "đó": by their accents, else by their neighbours."""
    source = text[match.start("mark") : match.end("mark")]
    wanted = _FORMS.get(match["mark"])
    if wanted is None:
        return True
    if not text.isascii():
        return toneless_key(source) == toneless_key(wanted)
    after = folded[match.end() :]
    return not _NO_MARK_AFTER.search(folded[: match.start()]) and not _NO_MARK_BEFORE.match(after)


def _tidy(note: str) -> str:
    """A note without the courtesies around it."""
    return bare(" ".join(note.split())).strip(" .,;:-")[:_MOST]
