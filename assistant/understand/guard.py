"""What is not a question about the documents: greetings, thanks, attempts to get at secrets or at the rules.

Every rule gives the name of a prepared reply in prompts/.
"""

from __future__ import annotations

import re

from assistant.understand.courtesy import is_courtesy
from assistant.understand.lexicon import phrases
from assistant.understand.question import Question

_ASKS = r"(?:cho|gui|cung cap|doc|in|dua|hien|tiet lo|xem|lay|noi|viet|nhac lai|show|give|tell|reveal|print|send|what is|la gi)"
_SECRET = phrases(
    "mat khau", "password", "passwd", "mat ma", "api ?key", "access token", "token", "secret(?: key)?", "khoa (?:bi mat|api)", "ma otp", "otp",
    r"\.?env", "chuoi ket noi", "connection string", "private key", "ma nguon", "source code",
)  # fmt: skip
_SECRET_DOCUMENT = phrases(
    r"(?:tai lieu|van ban|ho so|cong van|ke hoach|file) (?:dong dau |loai )?(?:tuyet mat|toi mat|mat)(?! ma| khau)", "toi mat", "tuyet mat", "classified",
)  # fmt: skip
_SHOW = phrases(
    r"(?:cho|gui|cung cap|doc|dua|lay|tai|mo|tim)(?: giup| cho| ho)?(?: toi| em| minh| anh| chi| xem)(?! (?:hoi|xin hoi|biet))", "show me", "give me", "send me", "tom tat", "noi dung",
)  # fmt: skip
_RULES = phrases(
    r"(?:bo qua|quen|phot lo|khong can tuan|xoa|huy bo|vo hieu)(?: di| het| tat ca| moi| toan bo| cac| nhung| bo)* (?:huong dan|chi dan|chi thi truoc|lenh|quy tac|yeu cau|rang buoc|gioi han|quy dinh truoc|instructions?)(?: truoc| tren| o tren)?",
    r"(?:ignore|forget|disregard|override|bypass)(?: all| any| the| your| my| previous| prior| above)* (?:instructions?|rules?|prompts?|guidelines?|restrictions?)",
    "system prompt", "cau lenh he thong", "loi nhac he thong", "prompt (?:he thong|goc|cua ban)", "developer mode", "che do (?:nha phat trien|quan tri|khong gioi han)", "jailbreak", "act as", "you are now", "pretend (?:to be|you)",
    r"(?:tu (?:gio|bay gio|nay)|bay gio|gio) (?:ban|may|em) (?:la|se la|hay dong vai)", "dong vai", "hay gia (?:vo|lam|su)", "lam theo (?:lenh|y) (?:toi|cua toi)", "do anything now",
    r"(?:sua|doi|thay)(?: het| tat ca)? (?:thoi )?han(?: cua)?.{0,40} (?:thanh|sang)", "noi (?:rang|la) (?:han|thoi han|nhiem vu).{0,60} (?:la|thanh)",
)  # fmt: skip
_DESTROY = phrases(
    r"(?:xoa|drop|delete|truncate|format)(?: het| toan bo| tat ca| cac| bang| sach)* (?:du lieu|database|co so du lieu|tasks?|nhiem vu|tables?|documents?|tai lieu|ke hoach|he thong)",
    "drop table", "rm -rf", "rm rf", "or 1 1", "union select", "select .* from", "insert into",
)  # fmt: skip
_PERSONAL = phrases(
    r"(?:so )?(?:dien thoai|dt|sdt|di dong)(?: rieng| ca nhan)?(?: cua)? (?:anh|chi|ong|ba|dong chi|lanh dao|chu tich|pho chu tich|can bo|truong phong|giam doc|nhan vien)",
    "(?:so )?(?:cccd|cmnd|can cuoc|chung minh)(?: cong dan| nhan dan)?", r"(?:dia chi nha|nha rieng|noi o)", r"(?:luong|thu nhap|tai san|ho so ca nhan|benh an|so tai khoan|ngay sinh|nam sinh|que quan|vo con|gia dinh)(?: rieng| ca nhan)?(?: cua)? (?:anh|chi|ong|ba|dong chi|chu tich|pho chu tich|truong phong|giam doc|lanh dao)",
    "so di dong", "email ca nhan",
)  # fmt: skip
_PROGRESS = phrases(
    r"(?:nhiem vu|viec|task)(?: so)? \d{1,3}[^?]{0,40}(?:(?:da |lam )?xong roi|hoan thanh roi|da (?:xong|hoan thanh)(?: roi)?|xin lui|xin gia han|duoc \d{1,3} ?(?:%|phan tram)|lam duoc \d{1,3})",
    r"(?:cap nhat|ghi nhan|danh dau|bao cao)(?: giup)?(?: la)? (?:nhiem vu|viec|task|tien do)(?: so)? ?\d{0,3} ?(?:da |la )?(?:xong|hoan thanh)",
)  # fmt: skip
_GREETING = phrases(
    "xin chao",
    "chao",
    "hello",
    "hi",
    "hey",
    "alo",
    "he lo",
    "good (?:morning|afternoon|evening)",
    "chao buoi (?:sang|chieu|toi)",
)
_THANKS = phrases(
    "cam on",
    "thanks?",
    "thank you",
    "tks",
    "cam ta",
    "tot lam",
    "tuyet(?: voi)?",
    "hay qua",
    "gioi qua",
    "ok(?:e|ay|ie)?",
    "oke",
    "duoc roi",
    "vang",
    "da",
    "uh",
    "um",
    "roi nhe",
)
_BYE = phrases("tam biet", "bye", "goodbye", "hen gap lai", "chao nhe", "thoi nhe")
_WHO = phrases(
    r"(?:ban|em|may|bot|tro ly) (?:la|ten) (?:ai|gi|cai gi|con gi|nguoi hay may|robot|nguoi that|may)(?: vay| the)?", "ai (?:tao|lam|viet) ra (?:ban|may|em)", "who are you", "what are you",
    r"(?:ban|em|may) (?:co )?(?:phai )?(?:la )?(?:nguoi|may|robot|ai|chatgpt|tri tue nhan tao)(?: that)?(?: khong| ha| a)?", "dang noi chuyen voi ai",
)  # fmt: skip
_ABLE = phrases(
    r"(?:ban|em|bot|tro ly|may|ung dung|he thong)(?: nay)? (?:co the )?(?:lam|giup|ho tro|tra loi|biet)(?: duoc)?(?: toi| minh| em)?(?: nhung| cac| cai)? ?(?:viec )?(?:gi|nhung gi|cai gi|viec nao)", "what can you do", "huong dan(?: cach)? su dung", "cach (?:dung|su dung|hoi)",
    "help", "tro giup", "giup (?:toi|em|minh)(?: voi| duoc gi)?", "dung (?:bot |tro ly )?(?:nhu|the) nao", "hoi (?:nhung )?gi duoc",
)  # fmt: skip
_SMALL = phrases(
    "ban", "em", "anh", "chi", "bot", "tro ly", "nhe", "nha", "a", "oi", "nhieu", "ca nha", "moi nguoi", "rat", "qua", "lam", "the", "vay", "voi", "roi", "ad", "admin", "buoi", "sang", "chieu", "toi", "minh", "da", "vang", "thi", "la",
    "you", "so", "much", "cong vu", "xin", "dep trai", "xinh", "gioi", "hom nay", "khoe", "khong", "co", "may",
)  # fmt: skip


def guard(question: Question) -> str | None:
    """The prepared reply that a message calls for ("refuse_…", "chat_…"), or None for a question.

    Courtesies are read too: an order may hide among them, and small talk looks like them.
    """
    line, framed = question.line, question.framed or question.line
    return _refusal(framed) or _refusal(line) or _small_talk(framed) or _small_talk(line) or _courtesy(question)


def _refusal(line: str) -> str | None:
    if _RULES.search(line):
        return "refuse_rules"
    if _DESTROY.search(line):
        return "refuse_destroy"
    if _SECRET.search(line):
        return "refuse_secret"
    if _SECRET_DOCUMENT.search(line) and _SHOW.search(line):
        return "refuse_classified"
    if _PERSONAL.search(line):
        return "refuse_personal"
    if _PROGRESS.search(line) and not re.search(r"(?<!\w)(?:khi nao|bao gio|chua|ngay nao|may|ai)(?!\w)", line):
        return "refuse_progress"
    return None


def _courtesy(question: Question) -> str | None:
    """The reply to a message of nothing but courtesies, in whatever words."""
    if not is_courtesy(question.text):
        return None
    return next(
        (name for name, p in (("chat_thanks", _THANKS), ("chat_greeting", _GREETING)) if p.search(question.line)), None
    )


def _small_talk(line: str) -> str | None:
    for name, pattern in (
        ("chat_who", _WHO), ("chat_able", _ABLE), ("chat_bye", _BYE), ("chat_thanks", _THANKS), ("chat_greeting", _GREETING),
    ):  # fmt: skip
        if pattern.search(line):
            rest = _SMALL.sub(" ", _GREETING.sub(" ", _THANKS.sub(" ", pattern.sub(" ", line))))
            if not re.sub(r"[\s,.\-/&]+", "", rest):
                return name
    return None
