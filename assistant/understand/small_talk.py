"""Small talk: greetings, thanks, wishes, questions about the assistant itself.

A message is small talk where nothing is left once its phrases and the words between them are taken out.
"""

from __future__ import annotations

import re

from assistant.understand.lexicon import phrases

_SELF = r"(?:ban|em|may|bot|tro ly(?: ao| so)?|chatbot|ad|admin|ung dung|he thong|phan mem|mi)(?: nay)?"
_ME = r"(?:anh|chi|toi|minh|em|chu|co|ban|ca nha|moi nguoi)"
_KIND = r"(?:nguoi(?: that| may)?|may(?: moc| tinh)?(?! tuoi)|robot|bot|ai(?! (?:lam|chu tri|phu trach|xay dung|trien khai|thuc hien|to chuc))|chatgpt|gpt|gemini|phan mem|ung dung|tri tue nhan tao|chatbot|con gi|cai gi)"

_WHO = phrases(
    rf"{_SELF} (?:la|ten)(?: la)? (?:ai|gi|cai gi|con gi|nguoi hay may|robot|nguoi that|may)(?: vay| the)?",
    rf"{_SELF} (?:co )?(?:phai )?(?:la )?{_KIND}(?: (?:that|gia))?(?: hay(?: la)? {_KIND}(?: that)?)?(?: (?:day|vay|the|ha|phai khong|dung khong|khong))*",
    rf"ai (?:tao|lam|viet|lap trinh|sinh) ra {_SELF}", rf"{_SELF} (?:do|cua) ai(?: (?:tao|lam|viet|phat trien)(?: ra)?)?", rf"{_SELF} (?:may|bao nhieu) tuoi", rf"{_SELF} (?:o|den tu|song o) dau",
    "(?:dang |toi )?(?:noi chuyen|chat|tro chuyen) voi (?:ai|nguoi hay may|may hay nguoi|robot|may)(?: vay| the| day)?", "who are you", "what are you", "are you (?:a )?(?:human|robot|bot|ai|real)", "what is your name", "gioi thieu(?: ve)?(?: ban than| minh| em| ban)*",
)  # fmt: skip
_ABLE = phrases(
    rf"{_SELF} (?:co the |thi )?(?:lam|giup|ho tro|tra loi|biet|noi)(?: duoc)?(?: {_ME})?(?: lam)?(?: duoc)?(?: nhung| cac| cai)? ?(?:viec |cau )?(?:gi|nhung gi|cai gi|viec nao|hoi gi|hoi nao)(?: duoc)?",
    rf"(?:(?:huong dan|chi|bay|cho (?:biet|hoi)|giai thich)(?: giup)?(?: {_ME})? )?cach (?:dung|su dung|hoi|tra cuu|nhan|noi chuyen)(?: (?:voi )?{_SELF})?", r"huong dan(?: cach)? (?:su )?dung", rf"huong dan {_ME}",
    rf"(?<!khong )(?<!het )(?:co the |muon |nen |{_ME} )?hoi(?: {_SELF})?(?: duoc)? (?:nhung |ve )?(?:gi|nhung gi|cai gi)(?: duoc)?", rf"dung (?:{_SELF} )?(?:nhu the nao|the nao|nhu nao|sao|lam sao)", rf"(?:{_SELF} )?(?:co )?(?:chuc nang|tinh nang|kha nang|cong dung)(?: nao| gi| nhung gi)*", rf"{_SELF} co gi (?:hay|moi)",
    rf"(?:giup|ho tro)(?: duoc)? (?:nhung )?gi(?: duoc)? cho (?:(?:phuong|xa|so|phong|don vi|co quan|bon|ben|tui|chung) )*{_ME}", rf"giup(?: duoc)? (?:{_ME})(?: voi| duoc gi| gi| duoc nhung gi)?", rf"(?:{_SELF} )?(?:co the )?(?:lam|biet|giup|ho tro)(?: duoc)? (?:nhung )?(?:gi|viec gi)(?: duoc)? cho {_ME}", "giup gi duoc", "help(?: me)?", "tro giup", "what can (?:you|i)(?: do| ask)?", "how (?:do|to|can)(?: i| you)? (?:use|ask)(?: you| this)?", "menu", "bat dau", "start",
)  # fmt: skip
_WISH = phrases(
    rf"chuc (?:mung )?(?:{_SELF}|{_ME}|cac ban|nam moi|sinh nhat|giang sinh|mot|ngay|buoi|cuoi tuan|ngu ngon|suc khoe)",
    "(?:ngay|buoi|cuoi tuan|tuan)(?: moi| lam viec| sang| chieu| toi)?(?: that)? (?:vui ve|tot lanh|an lanh|hieu qua|vui|tuyet voi)", "ngu ngon", "nam moi", "vui ve", "manh khoe", "suc khoe", "may man", "thanh cong", "hanh phuc", "cuoi tuan", "tot lanh", "an khang thinh vuong", "happy new year", "merry christmas", "have a (?:nice|good) day", "tet vui", "le vui",
)  # fmt: skip
_SMALL_TOPIC = phrases(
    rf"(?:(?:gio|thoi|{_ME}) )*(?:di )?(?:{_SELF} )?(?:da )?(?:an|uong)(?: (?:com|sang|trua|toi|ca phe|nuoc|tra|gi))+(?: (?:chua|roi|khong|nhe|da|day|cai|chut))*", rf"(?:{_SELF} )?(?:co )?(?:khoe|met|vui|buon|ranh|ban|doi|lanh|nong|chan)(?: (?:khong|chua|qua|lam|the|nhi|a))+", rf"(?:{_SELF} )?co nguoi yeu(?: chua)?", rf"{_SELF} dang (?:lam gi|o dau)(?: (?:do|day|the|vay))*",
    rf"(?:yeu|nho|thuong|men|thich|ghet) {_SELF}(?: (?:qua|lam|nhieu))*", rf"{_SELF} (?:de thuong|dang yeu|thong minh|gioi|ngoan|xinh|dep|dinh|xin|chan|ngu|do|kem|vui tinh)(?: (?:qua|the|lam|ghe|that|nhi))*",
    "(?:da )?(?:lam viec|di lam|thuc)(?: (?:chua|roi|a|khong))+", "troi (?:hom nay )?(?:nong|lanh|mua|dep|nang|ret)(?: (?:qua|nhi|the|khong))*", "thoi tiet(?: hom nay)?(?: (?:the nao|ra sao|dep|nong|lanh|qua|nhi))*", "(?:met|buon|chan|vui|doi|nong|lanh|nan)(?: qua| lam| ghe| the| nhi)+", "ke(?: mot)?(?: cau)? (?:chuyen|chuyen cuoi|chuyen vui)(?: [a-z]+){0,2}", "hat(?: mot)? bai", "(?:ha){2,}", "(?:hi){2,}", "(?:he){2,}", "k{2,}", "lol",
)  # fmt: skip
_BYE = phrases(
    "tam biet",
    "bye(?: bye)?",
    "goodbye",
    "hen gap lai",
    "gap lai sau",
    "chao nhe",
    "thoi (?:nhe|chao|vay)",
    "mai gap(?: lai)?",
    "(?:di|nghi) (?:day|nhe|thoi)",
    rf"(?:de )?(?:(?:luc khac|khi khac|hom (?:khac|sau)|ngay mai|mai(?: mot)?|sau|chieu|toi|ti(?: nua)?|lat(?: nua)?|tuan sau|khi nao can|bao gio can|can gi|co gi) ?(?:roi |thi |{_ME} |se |lai )*)+(?:hoi|noi chuyen|trao doi|quay lai|tra|nhan|gap|lam phien|lam)(?: (?:tiep|sau|lai|{_SELF}|nhe|them|nua))*",
    r"(?:hoi|noi chuyen|trao doi|lam viec)(?: tiep)? (?:sau|luc khac|hom sau|mai)(?: (?:nhe|tiep))*",
    rf"(?:(?:de|cho) )+{_ME} (?:xem|doc|nghien cuu|tim hieu|nghi|lam|kiem tra|bao cao|hop)(?: (?:xem|lai|da|them|ky|ki|qua|nhe|cai|roi|tinh))*",
    r"(?:khong|k|het|chang|ko) (?:con )?(?:hoi|can|co)(?: gi| them)? (?:nua|them|roi)",
    "het(?: cau hoi)? (?:roi|viec)",
    rf"(?:(?:gio|thoi|{_ME}) )*(?:di|ve) (?:ngu|nghi)(?: (?:trua|toi|da|day|cai|chut|nhe|roi))*",
    "see you",
)
_PRAISED = r"(?:tien(?: loi| ich| dung)?|huu (?:ich|dung)|nhanh(?: gon| chong| nhay)?|duoc viec|lam tot|gon(?: gang)?|de hieu|chi tiet|day du|ro rang|dinh|xin|chuyen nghiep|tuyet(?: voi)?|hay|pro|ngon|thong minh|gioi|chuan|chinh xac|tot|ok(?:e|i|ie)?|on)"
THANKS = phrases(
    rf"(?:rat |that |qua |cuc ky |sieu )*{_PRAISED}(?: (?:qua|ghe|lam|that|phet|luon|the|vay))+(?: (?:di|nhi|day|a|ha|nhe|nha))*", rf"(?:rat|that|qua la|cuc ky|sieu) {_PRAISED}",
    "oki", "okay", "okey", "okela", "thks?", "thx", "nhat (?:ban|em|tro ly|bot)", "hieu roi", "ra the", "ra vay", "yeu (?:em|ban|bot)",
    "cam on", "thanks?(?: a lot| you)?", "thank you", "tks", "thks", "camon", "cam ta", "biet on", "tot(?: lam| qua| roi)?", "tuyet(?: voi)?", "hay(?: qua| lam)", "gioi qua", "ok(?:e|ay|ie|i)?(?: roi)?", "duoc roi", "vang", "da", "uh", "um", "u", "roi nhe",
    "(?:da )?(?:ro|hieu|biet|nam duoc|nhan duoc|ghi nhan|xong|on|du|chuan|dung)(?: (?:roi|het roi))+", "(?:da )?(?:ro|hieu)", "chuan(?: luon| qua)?", "chinh xac", "the (?:thoi|la (?:du|duoc|xong|on))", "vay thoi", "(?:khong|k) (?:can|con gi)(?: hoi)?(?: gi)? (?:nua|them|dau)", "great", "perfect", "good(?: job)?", "nice", "noted", "got it", "on", "hoan ho",
)  # fmt: skip
GREETING = phrases(
    "xin chao", "chao", "hello+", "h[iy]", "hey", "helo", "alo+", "he lo", "e", "good (?:morning|afternoon|evening)", "chao buoi (?:sang|chieu|toi)", rf"{_SELF} oi", "co (?:(?:ai|em|ban|nguoi) )?(?:o |truc )?(?:day|do|dau|truc|mat|nha)(?: (?:khong|k|ko|chua|day|do|a|the|vay))*", "(?:em|ban|bot) (?:co )?(?:o )?(?:day|do) (?:khong|a|chu)", "test(?:ing)?", "thu (?:xem|ti)",
)  # fmt: skip
# What may stand between the phrases of small talk.
_BETWEEN = phrases(
    "o", "uh", "ua", "ghe", "phet", _PRAISED, "ca", "noi chung", "lam viec", "hieu", "tin", "thong tin", "ban", "em", "anh", "chi", "chu", "co", "bot", "tro ly", "nhe", "nha", "nhen", "ha", "hen", "a", "ah", "oi", "nhieu", "ca nha", "moi nguoi", "rat", "qua", "lam", "the", "vay", "voi", "roi", "ad", "admin", "buoi", "sang", "trua", "chieu", "toi", "minh", "da", "vang", "thi", "la", "day", "do", "nhi", "thoi", "luon", "cho", "xin", "va", "cung", "cac", "dong chi", "sep",
    "you", "so", "much", "very", "for", "me", "the", "please", "cong vu", "dep trai", "xinh", "gioi", "hom nay", "khoe", "khong", "co", "may", "mot", "ngay", "chuc", "mung", "da giup", "giup do", "ho tro", "tra loi", "vi", "ve", "nua", "that", "nhiet tinh", "nhanh", "hay", "nay",
)  # fmt: skip
_KINDS = (
    ("chat_who", _WHO), ("chat_able", _ABLE), ("chat_wish", _WISH), ("chat_topic", _SMALL_TOPIC),
    ("chat_bye", _BYE), ("chat_thanks", THANKS), ("chat_greeting", GREETING),
)  # fmt: skip
# What no small talk holds: with it nothing else need be looked at.
_BUSINESS = re.compile(
    r"\d|(?<!\w)(?:toi (?:da|thieu) (?:may|bao)|(?:may|bao nhieu) (?:ngay|gio|lan|phut|tieng|buoi)|ke hoach|phu luc|chu tri|phoi hop|thoi han|van ban)(?!\w)"
)
# Thanks with a word on what one does now ("cảm ơn nhé, mình đi họp đây"), and what would still be asked.
_THANKED = re.compile(
    r"(?:(?:ok|oke|da|vang|uh|u|roi|duoc roi),? ?)*(?:(?:minh|em|anh|chi|toi) )?(?:xin |rat )*(?:cam on|thanks?|tks|thank you)(?!\w)"
)
_WANTS = phrases(
    "ai", "nao", "gi", "may", "bao nhieu", "bao gio", "dau", "sao", "khong", "k", "chua", "liet ke", "the nao", "cho", "han", "viec", "nhiem vu", "danh sach", "xem", "tim", "tra", "con", "the", "bao cao", "san pham",
)  # fmt: skip
_SIGNS = re.compile(r"[\s,.\-/&]+")
_MOST = 24  # words: what is longer is no small talk


def small_talk(line: str) -> str | None:
    """The prepared reply to a line that is nothing but small talk, or None."""
    if len(line.split()) > _MOST or _BUSINESS.search(line):
        return None
    if _THANKED.match(line) and not _WANTS.search(line):
        return "chat_thanks"
    kind = next((name for name, pattern in _KINDS if pattern.search(line)), None)
    if kind is None:
        return None
    rest = line
    for pattern in (*(pattern for _, pattern in _KINDS), _BETWEEN):
        rest = pattern.sub(" ", rest)
    return None if _SIGNS.sub("", rest) else kind
