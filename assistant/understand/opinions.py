"""Messages that say what somebody thinks of an answer: "góp ý: …", "câu trả lời chưa đúng, hạn là 30/6".

Only a message that begins by naming the answer and judges it is one; in doubt it is a question, a correction ("không, ý
tôi là …") or a report, which others read.
"""

from __future__ import annotations

import re

from corpus.records import Record
from corpus.vietnamese import fold, nfc

_ADDRESS = r"(?:(?:da|uh|a|o|hmm?|nay|oi|ban oi|em oi|theo (?:toi|minh|em)|(?:toi|minh|em) thay|hinh nhu|co ve),? )*"
_SELF = r"(?:ban|em|bot|chatbot|tro ly(?: ao| so)?|ad|may|he thong|phan mem|ung dung)"
_HERE = r"(?: (?:nay|tren|do|vua roi|vua xong|luc nay|ben tren|o tren|cua (?:ban|em|bot|tro ly|he thong)))*"
# What is judged: an answer by name, or the assistant's answering. A bare "trả lời" is the duty of an office as well.
_ANSWER = rf"(?:(?:cau|phan|noi dung) (?:tra loi|dap|giai dap)|dap an|{_SELF} (?:vua )?tra loi(?: (?:the|nhu vay|cau nay))?|(?:thong tin|ket qua)(?: (?:ban|em|bot|tro ly) (?:dua ra|tra loi|cung cap|neu)))"
_NAMED = rf"{_ANSWER}{_HERE}"
_BARE = r"tra loi"
_VERY = r"(?:rat|qua|hoan toan|bi|dang|van|van con|con|la|nhu the la|nhu vay la|the la|thi|nay|hoi) "
_WRONG = r"(?:sai(?: bet| toet| het| hoan toan| lech)?|nham(?: lan)?|(?:chua|khong|ko|k|chang|deo)(?: duoc| he| con| thuc su)? (?:dung|chinh xac|chuan(?: xac)?|phu hop|day du|du y|sat(?: y)?|ro(?: rang)?|on|hop ly|huu ich|lien quan|khop)|lac de|thieu(?: y| sot)?|linh tinh|lung tung|vo ly|te)"
_RIGHT = r"(?:dung|chinh xac|chuan(?: xac)?|(?:huu|bo) ich|tot|hay|day du|ro rang|de hieu|tuyet(?: voi)?)"
_AFTER = r"(?: (?:roi|lam|qua|het|ca|a|nhe|nha|day|do|the|vay|luon|ghe|that|ban|em|ban oi|em oi|tro ly))*"
_END = r"(?P<end>\s*(?:[.!…]+|$)|\s*[,;:–—-]\s*|[.!…]\s+|\s+(?=(?:vi|do|phai la|dung ra|le ra|dang le|thuc te|o cho|cho|ve|phan)\b))(?P<note>.*)"
_THANKS = r"(?:[,.! ]*(?:cam on|cam on (?:ban|em|nhieu)|thanks?|tks)[^,.!?]{0,20})?[.! ]*"
_TOLD_WRONG = re.compile(rf"^{_ADDRESS}{_NAMED} (?:{_VERY})*{_WRONG}{_AFTER}{_END}$")
_TOLD_WRONG_BARELY = re.compile(rf"^{_ADDRESS}{_BARE}{_HERE} (?:{_VERY})*{_WRONG}{_AFTER}\s*(?P<end>[.!…]*)(?P<note>)$")
_TOLD_RIGHT = re.compile(rf"^{_ADDRESS}(?:{_NAMED}|{_BARE}{_HERE}) (?:{_VERY})*{_RIGHT}{_AFTER}{_THANKS}$")
_LABEL = re.compile(
    r"^(?:(?:toi|minh|em|anh|chi) )?(?:xin |co |muon |gui )?(?P<label>gop y|phan hoi|nhan xet|feedback|bao loi)"
    rf"(?: (?:cho|ve) (?:{_NAMED}|tro ly(?: ao)?|phan mem|he thong))?(?: cua (?:toi|minh|em))? *[:：–—-] *(?P<note>\S.*)$"
)
# A wish for another answer, which the assistant can give at once: not to be swallowed.
_ASKS = re.compile(
    r"\?|(?<!\w)(?:y (?:toi|minh|em|anh|chi)|(?:toi|minh|em|anh|chi) (?:dang |muon |can )?hoi|hoi (?:la|ve|lai)|bao gio|khi nao|the nao|bao nhieu|o dau|la ai|do ai"
    r"|ai (?:chu tri|lam|phu trach|phoi hop)|(?:don vi|phong|so|co quan|viec|nhiem vu|van ban|ngay) nao|may (?:viec|nhiem vu)|cho (?:toi|minh|em|anh|chi) (?:hoi|biet|xem)"
    r"|tra loi lai|tim lai|xem lai|kiem tra lai|lam lai|liet ke|la gi|vi sao|tai sao|dung khong|phai khong|khong (?:a|nhi|vay)$)(?!\w)"
)
# How a task stands: somebody reports, under whatever label.
_REPORTS = re.compile(
    r"(?<!\w)(?:nv|nhiem vu|viec|cv|task)(?!\w).*(?<!\w)(?:xong|hoan thanh|(?:dat|duoc|len) \d+ ?%|\d+ ?%|phan tram|xin (?:lui|gia han)|dang lam|dang trien khai|da (?:lam|nop|trinh|gui|ban hanh)|tam dung|huy)(?!\w)"
)
_LONGEST = 1000  # characters


class Opinion(Record):
    """What somebody thinks of an answer, and what they say about it (their words, empty where there are none)."""

    useful: bool
    note: str = ""


def opinion(text: str, *, after_answer: bool) -> Opinion | None:
    """The opinion that a message is; None where it is something else, or may be.

    Without an answer before it only a message under its own label ("góp ý: …") is one.

    >>> opinion("câu trả lời chưa đúng, hạn là 30/6", after_answer=True)
    Opinion(useful=False, note='hạn là 30/6')
    """
    typed = " ".join(nfc(text).split())
    line = fold(typed)
    if len(line) != len(typed) or len(line) > _LONGEST or _ASKS.search(line) or _REPORTS.search(line):
        return None
    if labelled := _LABEL.match(line):
        note = typed[labelled.start("note") :]
        return Opinion(useful=bool(_TOLD_RIGHT.match(labelled["note"])), note=note)
    if not after_answer:
        return None
    if _TOLD_RIGHT.match(line):
        return Opinion(useful=True)
    told = _TOLD_WRONG.match(line) or _TOLD_WRONG_BARELY.match(line)
    return Opinion(useful=False, note=typed[told.start("note") :].strip(" .,;:")) if told else None
