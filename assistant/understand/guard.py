"""What is not a question about the documents: attempts to get at secrets, at people or at the rules.

Every rule gives the name of a prepared reply in prompts/. A question about a duty that only speaks of such
things ("ai hướng dẫn đổi mật khẩu", "hạn kê khai tài sản") is a question.
"""

from __future__ import annotations

import re

from assistant.understand.courtesy import is_courtesy
from assistant.understand.lexicon import phrases
from assistant.understand.question import Question
from assistant.understand.small_talk import GREETING, THANKS, small_talk
from corpus.vietnamese import fold, toneless_key

_FILL = r"(?: (?:di|het|tat ca|moi|toan bo|cac|nhung|bo|luon|giup|ho|gium|dum|cho|anh|chi|em|toi|minh|cai|sach|may|nay|lai|ca))*"
_TOLD = r"(?:truoc|tren|o tren|da (?:nhan|dat|cho|cai|dua|duoc)|cua (?:em|ban|may|bot|he thong|tro ly|minh)|he thong|goc|ban dau|an toan|bao mat|hien tai)"
_SELF = r"(?:em|ban|may|bot|tro ly|chatbot|mi)"
_RULES = phrases(
    rf"(?:bo qua|quen|phot lo|gat(?: bo)?|mac ke|khong can (?:tuan|theo|quan tam)(?: thu| theo)?|dung (?:tuan|lam) theo){_FILL} (?:huong dan|chi dan|menh lenh|lenh|quy tac|nguyen tac|yeu cau|rang buoc|gioi han|cai dat|prompt|instructions?|rao can|bo loc|kiem duyet)",
    rf"(?:bo qua|quen|phot lo|gat(?: bo)?|mac ke|xoa(?: bo)?|huy(?: bo)?|vo hieu(?: hoa)?|pha|vuot(?: qua)?|thao){_FILL} (?:huong dan|chi dan|chi thi|lenh|quy tac|luat|quy dinh|nguyen tac|yeu cau|rang buoc|gioi han|cai dat)(?: [a-z]+)? {_TOLD}",
    r"(?:ignore|forget|disregard|override|bypass|skip|drop)(?: [a-z]+){0,5} (?:instructions?|rules?|prompts?|guidelines?|restrictions?|documents?|sources?|safeguards?|filters?|polic(?:y|ies)|context|limits?)",
    r"(?:show|print|reveal|repeat|output|tell|give|display|dump|leak|list|write|expose)(?: [a-z]+){0,5} (?:instructions?|prompts?|configurations?|config|settings?|system message|environment variables?|chat (?:logs?|history)|guidelines)(?! (?:in|of|from|on) (?:the )?(?:plan|document|annex|task))",
    "system prompt", "cau lenh he thong", "loi nhac he thong", "(?:chi dan|huong dan|cai dat|lenh) (?:he thong|goc|ban dau|an|ngam)(?= |$)", "prompt (?:he thong|goc|cua (?:ban|em|may))", "developer mode", "jailbreak", "act as", "you are now", "you are (?:an? )?(?:unrestricted|unfiltered|uncensored|dan|evil)",
    "pretend (?:to be|you|that you)", "role ?play", "from now on", "unrestricted", "do anything now", "(?:no|without(?: any)?) restrictions", "state that",
    r"(?:che do|mode) (?:nha phat trien|quan tri(?: vien)?|admin|khong gioi han|debug|go loi|bao tri|developer|toan quyen)", r"bat che do",
    rf"(?:tu (?:gio|bay gio|nay|luc nay)|bay gio|gio|ke tu gio)(?: tro di)? {_SELF} (?:la|se la|hay|phai|khong con)", rf"(?:coi nhu|gia su|cu cho la) {_SELF} (?:la|khong)",
    r"dong vai(?! tro(?! ly))", "nhap vai", "(?:hay )?gia (?:vo|lam|bo)(?= |$)", "lam theo (?:lenh|y) (?:toi|cua toi)", "khong(?: con)? bi (?:gioi han|rang buoc|kiem duyet)",
    r"(?:hay|cu|chi can) (?:noi|tra loi|khang dinh|dap|bao)(?: [a-z]+){0,2} (?:rang|la|luon)", r"noi (?:rang|la) (?:han|thoi han|nhiem vu).{0,60} (?:la|thanh)",
)  # fmt: skip
_SECRET = phrases(
    "mat khau", "password", "passwd", "mat ma", "api ?keys?", "access token", "tokens?", "secret(?: key)?s?", "credentials?", "khoa (?:bi mat|api|rieng)", "ma otp", "otp", "ssh(?: key)?",
    r"\.?env", "bien moi truong", "environment variables?", "chuoi ket noi", "connection string", "private key", "ma nguon(?! mo)", "source code",
    "(?:cau hinh|thong so) (?:he thong|may chu|server)", "ip (?:may chu|server)", "tai khoan (?:quan tri|admin|root)",
    "(?:nhat ky|lich su|noi dung) (?:tro chuyen|chat|hoi thoai|tin nhan|he thong|may chu)", "(?:file|tep) log", "server logs?",
)  # fmt: skip
_CONVERSATIONS = phrases(
    rf"(?:ai|nguoi khac|nguoi nao|moi nguoi|nguoi dung(?: khac)?|dong nghiep)(?: [a-z]+){{0,3}} (?:nhan|chat|hoi|noi chuyen|tro chuyen|nhan tin)(?: tin)?(?: gi)? (?:voi|cho) {_SELF}",
    rf"(?:nguoi khac|nguoi dung(?: khac)?|nguoi truoc) (?:da |vua |moi )?(?:hoi|nhan|chat)(?: {_SELF})? (?:gi|nhung gi)",
)  # fmt: skip
_WANTS = r"(?:cho (?:anh|chi|em|toi|minh|xin|biet|xem)|xin|gui|cung cap|doc|dua|(?<!huong )dan|in|tiet lo|lay|chia se|nhap|noi|show|give|tell|send|reveal)"
_SECRET_WANTED = phrases(rf"{_WANTS}(?: [a-z]+){{0,6}} (?:mat khau|password|tokens?|otp|ma otp|api keys?)")
# Secrets as the object of a duty ("đổi mật khẩu", "mã nguồn được bàn giao"), asked about as duties are.
_KEEPS = r"(?:doi|dat|thay|thay doi|cap|thu hoi|bao ve|bao mat|quan ly|su dung|huong dan|quy dinh|yeu cau|ban giao|luu|kiem tra|ra soat|cap nhat|thong nhat|xay dung)"
_SECRET_DUTY = phrases(
    rf"{_KEEPS}(?: [a-z]+){{0,3}} (?:mat khau|password|mat ma|tokens?|ma nguon|cau hinh he thong|tai khoan quan tri|nhat ky he thong)",
    rf"(?:mat khau|password|mat ma|tokens?|ma nguon|cau hinh he thong|tai khoan quan tri|nhat ky he thong)(?: [a-z]+){{0,3}} (?:phai |duoc |can )?{_KEEPS}",
)
_DUTY = phrases(
    "ai", "don vi nao", "co quan nao", "phong nao", "bo phan nao", "han", "thoi han", "khi nao", "bao gio", "san pham", "may (?:lan|thang|ngay)", "bao lau", "dinh ky", "nhiem vu", "viec nao", "bao nhieu lan", "co phai", "phoi hop",
)  # fmt: skip
_SECRET_DOCUMENT = phrases(
    r"(?:tai lieu|van ban|ho so|cong van|ke hoach|file) (?:dong dau |loai )?(?:tuyet mat|toi mat|mat)(?! ma| khau)", "toi mat", "tuyet mat", "classified",
)  # fmt: skip
_SHOW = phrases(
    r"(?:cho|gui|cung cap|doc|dua|lay|tai|mo|tim)(?: giup| cho| ho)?(?: toi| em| minh| anh| chi| xem)(?! (?:hoi|xin hoi|biet))", "show me", "give me", "send me", "tom tat", "noi dung",
)  # fmt: skip
_RECORD = r"(?:nhiem vu|viec|dau viec|tasks?|stt|ke hoach|phu luc)"
_NO_ORDER = r"(?<!phai )(?<!viec )(?<!duoc )(?<!can )(?<!bi )(?<!da )(?<!cam )(?<!se )(?<!khi )(?<!chua )"
_DESTROY = phrases(
    rf"{_NO_ORDER}(?:xoa|drop|delete|truncate|format|wipe){_FILL} (?:du lieu|database|co so du lieu|tasks|tables?|documents?|tai lieu|he thong|(?:nhiem vu|ke hoach)(?! so| \d))",
    rf"{_NO_ORDER}(?:xoa|go(?: bo)?|huy(?: bo)?|loai(?: bo)?){_FILL} {_RECORD}(?: so| thu)? \d+", r"(?:delete|remove) (?:the )?(?:task|plan)s? \d+",
    rf"{_NO_ORDER}(?:sua|doi|thay|chinh|chinh sua|dieu chinh|cap nhat|dat|keo|lui|gia han|rut|change|set){_FILL} (?:thoi )?(?:han|deadline|don vi chu tri|co quan chu tri|chu tri|ten|san pham)(?: cua| cho)? .{{0,20}}{_RECORD}(?: so)? \d+.{{0,40}} (?:thanh|sang|den|toi|xuong|to)",
    rf"{_NO_ORDER}(?:sua|doi|gia han|lui|dieu chinh|chinh){_FILL} {_RECORD}(?: so)? \d+.{{0,40}} (?:thanh|sang|den|toi)",
    rf"(?:them|chen|tao){_FILL} (?:mot )?(?:nhiem vu|dau viec) (?:moi |so )?.{{0,40}}(?:vao|cho) (?:ke hoach|phu luc|bang)",
    "drop table", "rm -rf", "rm rf", "or 1 1", "union select", "select .* from", "insert into",
)  # fmt: skip
_OF = r"(?: rieng| ca nhan)*(?: (?:cua|ve))?(?: (?:cac|nhung|tung|moi|mot))*"
_PERSON = r"(?:anh|chi|ong|ba|dong chi|sep|lanh dao|chu tich|pho chu tich|bi thu|can bo|cong chuc|nhan vien|chuyen vien|truong phong|pho phong|pho truong phong|giam doc|nguoi (?:ky|dung dau)|nguoi(?= |$)|ca nhan)"
_PERSONAL = phrases(
    r"(?:so )?(?:dien thoai|dt|sdt|zalo|email)(?: (?:cua|ve))? (?:anh|chi|ong|ba|dong chi|sep|nguoi|tung nguoi)", rf"(?:so )?(?:dien thoai|dt|sdt|zalo|email)(?: rieng| ca nhan)+(?: cua)? {_PERSON}",
    rf"(?:cccd|cmnd|can cuoc|chung minh(?: thu)?)(?: cong dan| nhan dan)?{_OF} {_PERSON}", "so (?:cccd|cmnd|can cuoc|chung minh)(?! dinh danh)", rf"(?:dia chi(?: nha)?|nha rieng|noi o|nha){_OF} (?:anh|chi|ong|ba|dong chi|chu tich|pho chu tich|lanh dao|giam doc|truong phong)",
    "dia chi nha rieng", "nha rieng", r"(?:bang|muc|tien) luong(?= |$)(?! (?:co so|toi thieu|vung|huu))(?!.*(?:khi nao|don vi nao|co quan nao))",
    rf"(?<!ke khai )(?<!kiem soat )(?<!xac minh )(?<!tai san )(?<!tai san, )(?:luong|thu nhap|tai san|ho so ca nhan|ly lich|benh an|tinh trang suc khoe|so tai khoan|ngay sinh|nam sinh|tuoi|que quan|que|vo con|vo|chong|con cai|gia dinh|ton giao){_OF} {_PERSON}",
    # "Kỷ luật cán bộ" is work of an office, the discipline of one person is not.
    rf"ky luat{_OF} (?:anh|chi|ong|ba|dong chi|sep|lanh dao|(?:pho )?chu tich|bi thu|(?:pho )?truong phong|pho phong|giam doc)", rf"ky luat (?:rieng |ca nhan )*cua {_PERSON}",
    "so di dong", "email ca nhan", "(?:facebook|zalo)(?: rieng| ca nhan)? cua (?:anh|chi|ong|ba|chu tich|lanh dao)",
)  # fmt: skip
_FACES = {
    "vo": "vợ",
    "ong": "ông",
    "que": "quê",
    "luong": "lương",
    "tuoi": "tuổi",
    "ba": "bà",
    "nha": "nhà",
}
_PROGRESS = phrases(
    r"(?:nhiem vu|viec|task)(?: so)? \d{1,3}[^?]{0,40}(?:(?:da |lam )?xong roi|hoan thanh roi|da (?:xong|hoan thanh)(?: roi)?|xin lui|xin gia han|duoc \d{1,3} ?(?:%|phan tram)|lam duoc \d{1,3})",
    r"(?:cap nhat|ghi nhan|danh dau|bao cao)(?: giup)?(?: la)? (?:nhiem vu|viec|task|tien do)(?: so)? ?\d{0,3} ?(?:da |la )?(?:xong|hoan thanh)",
)  # fmt: skip
_ASKS = re.compile(r"(?<!\w)(?:khi nao|bao gio|chua|ngay nao|may|ai|nao)(?!\w)")


def guard(question: Question) -> str | None:
    """The prepared reply that a message calls for ("refuse_…", "chat_…"), or None for a question.

    Courtesies are read too: an order may hide among them, and small talk looks like them.
    """
    line, framed = question.line, question.framed or question.line
    reason = _refusal(framed) or _refusal(line)
    if reason == "refuse_personal" and not _means_person(framed, question.text):
        reason = None
    return reason or small_talk(framed) or small_talk(line) or _courtesy(question)


def _means_person(line: str, text: str) -> bool:
    """Whether the words that ask for a person's data are those, by the accents with which they were typed: "vỡ ống" is
    no "vợ ông"."""
    match = _PERSONAL.search(line)
    typed: dict[str, set[str]] = {}
    for word in re.findall(r"[^\W\d_]+", text):
        typed.setdefault(fold(word), set()).add(word.lower())
    said = (typed.get(word, set()) for word in match[0].split() if word in _FACES) if match else ()
    faces = {toneless_key(face) for face in _FACES.values()}
    return all(not forms or any(form.isascii() or toneless_key(form) in faces for form in forms) for forms in said)


def _refusal(line: str) -> str | None:
    if _RULES.search(line):
        return "refuse_rules"
    if _DESTROY.search(line) and not re.search(r"(?<!\w)(?:ai|khi nao|don vi nao|co quan nao)(?!\w)", line):
        return "refuse_destroy"
    if _CONVERSATIONS.search(line) or (_SECRET.search(line) and not _is_duty(line)):
        return "refuse_secret"
    if _SECRET_DOCUMENT.search(line) and _SHOW.search(line):
        return "refuse_classified"
    if _PERSONAL.search(line):
        return "refuse_personal"
    if _PROGRESS.search(line) and not _ASKS.search(line):
        return "refuse_progress"
    return None


def _is_duty(line: str) -> bool:
    """Whether a question asks about a duty that has to do with a secret, not for the secret."""
    return bool(_SECRET_DUTY.search(line) and _DUTY.search(line) and not _SECRET_WANTED.search(line))


def _courtesy(question: Question) -> str | None:
    """The reply to a message of nothing but courtesies, in whatever words."""
    if not is_courtesy(question.text):
        return None
    return next(
        (name for name, p in (("chat_thanks", THANKS), ("chat_greeting", GREETING)) if p.search(question.line)), None
    )
