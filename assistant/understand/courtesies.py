"""The folded small words of courtesies, by what they do, and in which order they stand at the end of a message.

Data for ``courtesy``. A unit is a phrase of one kind; a courtesy at the beginning is a run of units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# How courtesies are written; the same letters with other accents are content ("chi" of "chỉ đạo").
FORMS: dict[str, str] = {
    "anh": "anh", "chi": "chị", "em": "em", "ban": "bạn", "minh": "mình", "toi": "tôi", "tui": "tui", "co": "cô có",
    "chu": "chú", "bac": "bác", "ong": "ông", "ba": "bà", "sep": "sếp", "thay": "thầy", "ta": "ta tạ", "cho": "cho",
    "hoi": "hỏi", "biet": "biết", "giup": "giúp", "ho": "hộ", "gium": "giùm", "dum": "dùm giùm", "nho": "nhờ",
    "phien": "phiền", "lam": "làm lắm", "on": "ơn", "loi": "lỗi lời", "cam": "cảm cám", "chao": "chào", "da": "dạ đã",
    "thua": "thưa", "kinh": "kính", "oi": "ơi", "a": "ạ à a á", "nhe": "nhé", "nha": "nha nhá", "nhi": "nhỉ",
    "ha": "hả", "vay": "vậy", "voi": "với", "muon": "muốn", "can": "cần", "tra": "tra trả", "tim": "tìm",
    "noi": "nói", "bao": "bảo báo", "kiem": "kiểm", "doc": "đọc", "chut": "chút", "ti": "tí tý", "ty": "tý",
    "xiu": "xíu", "cai": "cái", "long": "lòng", "hay": "hãy", "tro": "trợ", "ly": "lý lí", "vang": "vâng",
    "dong": "đồng", "nhieu": "nhiều", "truoc": "trước", "nguoi": "người", "nghe": "nghe", "dinh": "định", "gap": "gấp",
    "cau": "câu", "la": "là", "rang": "rằng", "gui": "gửi", "phep": "phép", "nhanh": "nhanh", "lai": "lại", "mong": "mong",
    "the": "thể", "rat": "rất", "hen": "hen", "coi": "coi", "hi": "hi", "hey": "hey", "hello": "hello", "chau": "cháu",
}  # fmt: skip

_PERSON = (
    r"(?:(?:cac|quy|cung) )?(?:anh|chi|em|ban|minh|toi|tui|mk|mn|co|chu|bac|ong|ba|sep|thay|admin|adm|ad|chatbot|bot"
    r"|chau|tro ly|moi nguoi|ca nha|dong chi|chung (?:toi|em|minh|ta)|bn|a|c|e|m|you|u|me|us|i)"
)
_LOOK = (
    r"(?:xem|coi|tra cuu|tra loi|tra|kiem tra|ktra|tim kiem|tim hieu|tim|check|doc|noi|bao|giai dap|giai thich|tu van"
    r"|cung cap|xac nhan|thong tin|nhac|look (?:up|at|into)|find(?: out)?|answer|explain|confirm)"
)
_SMALL = (
    r"(?:ngu(?: ti)?|(?:mot|1) (?:chut|ti|ty|xiu|cau|viec|dieu|cai|phat)(?: nay)?|chut(?: xiu)?|ti|ty|xiu|teo|cai(?: nay)?|cau (?:nay|hoi)"
    r"|nhanh|gap|voi|nhe|nha|la|rang|lai|them|day|luon|xem|(?:with |about )?(?:this|that)(?: one)?|if|quickly|something|sth|out)"
)
_KINDS: dict[str, str] = {
    "greet": r"(?:xin chao|chao(?: buoi (?:sang|chieu|toi|trua))?|hello|helo|hi|hey|alo|a lo|dear|good (?:morning|afternoon|evening|day)|thua|kinh thua|kinh gui|kinh chao)",
    "sorry": r"(?:(?:cho (?:toi|em|minh) )?xin loi(?: vi| da| neu)*(?: lam)?(?: phien)?|(?:da |vi |xin )*lam phien|sorry(?: to bother(?: you)?| for bothering(?: you)?)?|excuse me|xin phep)",
    "told": r"(?:(?:please |pls |kindly |just |to )*(?:tell (?:me|us)|let (?:me|us) (?:know|ask)|inform (?:me|us)|advise|help (?:me|us)?(?: with| check| find| understand| know)*)|(?:want|need|wanna|like|love|wish|try|trying)(?: to)? (?:know|ask|check|find(?: out)?|see)|do you know|wondering|wonder)",
    "please": r"(?:kinh nho|xin nho|nho|lam on|(?:xin )?vui long|lam phuc|phien|kinh mong|mong|(?:can|could|would|will) (?:you|u|i|we)|may i|please|pleas|pls|plz|pliz|kindly)",
    "label": r"(?:(?:quick |a |my |one |another )*(?:questions?|query|request|asking)|q|cau hoi(?: cua (?:toi|em|minh))?|hoi nhanh|thac mac|can hoi|noi dung (?:can )?hoi|thanks?|thank you|tks|(?:xin |rat )?(?:cam on|cam ta)|ok(?:e|ie|ay)?|vang|um|uh|uhm)",
    "vocative": rf"(?:{_PERSON} )+(?:oi|a oi)(?: a)?",
    "particle": r"(?:san tien|tien the|nhan tien|by the way|btw|da thua|da vang|da|vang|a|ah|oi|u)",
    "want": r"(?:(?:dang |rat |co )?(?:muon|can|dinh|tinh)|co the|i'?d|would|im|i'?m|am|have|just|also|do)",
    "give": r"(?:cho phep|cho|de|xin|hay|let|give)",
    "know": r"(?:biet(?: duoc)?|duoc biet|nam|ro|know)",
    "ask": r"(?:duoc hoi|hoi tham|hoi|ask)",
    "help": r"(?:giup do|giup|gium|dum|ho|jup|zup|help)",
    "look": _LOOK,
    "person": _PERSON,
    "small": _SMALL,
}  # fmt: skip
# The kinds of which one makes a clause before a comma or colon a courtesy.
CLAUSE_ENDS = frozenset({"greet", "sorry", "told", "please", "label", "vocative", "ask", "know", "help"})
LABELS = re.compile(
    r"(?:muc|phan|phu luc|cap|bac|nhom|khu|lo|diem|loai|hang|bang|to|thon|chuong|lop|mau|annex|section|quoc gia|block|tieu muc) ?$"
)


@dataclass(frozen=True)
class _Units:
    """The pattern that reads one unit, its group named by the kind; ``small`` are words that stand between units."""

    pattern: re.Pattern[str]
    small: frozenset[str]


def _units() -> _Units:
    kinds = "|".join(rf"(?P<{kind}>{words})" for kind, words in _KINDS.items())
    return _Units(re.compile(rf"[^\S\n]*(?:{kinds})(?![\w'])"), frozenset(FORMS) | {"xin", "vui", "xem", "you"})


UNITS = _units()
TITLES = frozenset({"anh", "chi", "co", "chu", "bac", "ong", "ba", "thay", "sep"})  # before a name: of whom is asked
# "bạn là ai": what follows is said of the person.
SUBJECTS = re.compile(r" (?:la|co(?! the)|ten|biet|lam|giup|duoc|se)(?!\w)")
# "bạn có thể cho tôi biết … được không": the end belongs to the beginning.
REQUESTED = re.compile(r"(?<!\w)(?:co the|giup|nho|phien|lam on|gium|dum)(?!\w)")
REQUEST_END = re.compile(r"[ ,]+(?:duoc|dc) (?:khong|ko|k|hong)$")

# The words above and the commonest others that are no Vietnamese: never mended.
OTHERS = frozenset(word for words in _KINDS.values() for word in re.findall(r"[a-z]{2,}", words)) | frozenset(
    "the and with what when who how why where which from this that these those are was were will would should has have had does did"
    " not any all some more most can may must per via by for into over under between due date report plan task list email update"
    " ok oki oke okie okey okay okela tks thks thx thanks hihi haha hehe hi bye deadline online offline file link web app thanks check time team meeting project yes no coordinator coordinators assigned home camera scan photo copy video clip livestream fanpage wifi test sign signs signed staff ward city department".split()
)

_PEOPLE = rf"(?: (?:{_PERSON}))"
_SOFT = r"(?: (?:a|ah|nhe|nha|nhi|voi|vay|di|cai|gap|xem|luon|nhieu|rat nhieu|lam|truoc|duoc (?:khong|k|ko|hong)|dc (?:khong|k|ko)|nghe|so much|very much|a lot|lots|in advance|all|again|for (?:your |the )?(?:help|support|time)|(?:vi )?(?:da )?(?:giup do|ho tro)))"
_THANKS = r"(?:thanks?(?: (?:you|u))?|many thanks|tks|thks|thx|tnx|thank|camon|cam on|cam un|cam ta|cmon|ty)"
_AFTER = rf"(?:{_PEOPLE}|{_SOFT})*"
_ENDINGS = (
    rf"(?:(?:{_PERSON} )*(?:xin |rat |chan thanh |many |thanh that )*(?<!thu )(?<!loi )(?<!le ){_THANKS}{_AFTER})",
    rf"(?:(?:(?:{_PERSON} )*(?:xin|nho|phien|lam on|vui long|mong|rat mong) )?(?:{_PERSON} )*(?:{_LOOK} )+(?:giup|gium|dum|ho)(?: do)?{_AFTER})",
    rf"(?:(?:(?:{_PERSON} )*(?:xin|nho|phien|lam on|vui long|mong|rat mong) )?(?:{_PERSON} )*(?:giup|gium|dum|ho)(?:{_PEOPLE}{_AFTER}|{_SOFT}+))",
    rf"(?:(?<=[,.;:!?] )(?:(?:{_PERSON}|xin|nho|phien|lam on|vui long|mong|hay) )*(?:cho|noi|tra loi|bao(?! nhieu)|chi)(?: (?:{_PERSON}|biet|hay|nghe|ro))*{_AFTER})",
    rf"(?:(?:cho|noi|bao){_PEOPLE}+ (?:biet|hay|nghe|hoi)(?: ro)?{_AFTER})",
    r"(?:(?:can|could|would) (?:you|u)(?: please| pls)?(?: (?:help|check|tell)(?: me)?)?|(?:help|tell) me(?: please| pls)?|for me|if (?:you can|possible)|please|pleas|pls|plz|pliz|asap|bye)",
    rf"(?:de (?:{_PERSON} )+con (?:bao cao|bao|trinh|hop|gui|chuan bi|len lich|tra loi)(?: [a-z0-9]+){{0,8}}|de (?:{_PERSON} )+(?:con )?(?:nhac|biet|lam|bao|bao cao|chuan bi|theo doi|don doc|lo|sap xep|tinh|hen|in|trinh|gui|ghi)(?: (?:dan|truoc|som|lai|viec|ba con|{_PERSON}))*{_AFTER})",
    r"(?:giup|gium|dum)(?: (?:cai|ti|chut|phat))?",
    rf"(?:{_PERSON} )+(?:oi|a|nhe|nha)",
    rf"(?:a|ah|nhe|nhen|nha|nhi|ha|vay|v|z|voi|nghen)(?:{_PEOPLE}|{_SOFT})*",
)  # fmt: skip
TAIL = re.compile(rf"(?:(?<=[\s,.;:!?])|^)(?:{'|'.join(_ENDINGS)})$")
