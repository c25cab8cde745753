"""The folded words by which officers ask: attributes, roles, lists, document fields, small talk.

Phrases, not sentences; data for the rules in this folder. Longer phrases come first where they overlap.
"""

from __future__ import annotations

import re

from assistant.understand.query import Attribute, DocumentField
from corpus.records import DeadlineKind


def phrases(*alternatives: str) -> re.Pattern[str]:
    """A pattern for whole phrases in a line of folded words."""
    return re.compile(rf"(?<![\w/.])(?:{'|'.join(alternatives)})(?!\w)")


WORK = r"(?:nhiem vu|dau viec|dau muc cong viec|cong viec|viec|tasks?|cong tac nao|muc tieu cong viec)"
WHICH = r"(?:nao|gi|j|may|bao nhieu)"

ATTRIBUTES: tuple[tuple[Attribute, re.Pattern[str]], ...] = (
    (
        Attribute.LEADER,
        phrases(
            r"lanh dao (?:nao|phu trach|chi dao|ubnd|uy ban nhan dan|chu tri)", r"(?:pho )?chu tich nao",
            r"ai (?:la lanh dao )?chi dao", "lanh dao la ai", "dong chi nao",
        ),
    ),
    (
        Attribute.COORDINATE,
        phrases(
            r"(?:cac )?(?:don vi|co quan|ben|phong|so)? ?(?:cung )?phoi hop(?: thuc hien| la| voi ai| cung ai)?",
            r"lam cung ai", r"cung voi ai", r"cung ai", "ho tro ai", "coordinat(?:e|es|or|ors|ing)", "supports?",
            r"ai (?:ho tro|giup|lam cung)", "voi ai",
        ),
    ),
    (
        Attribute.LEAD,
        phrases(
            r"(?:ai|don vi nao|co quan nao|phong nao|so nao|ben nao|cho nao)(?: la)?(?: don vi| co quan)?"
            r" (?:chu tri|phu trach|dau moi|dung ra|chiu trach nhiem(?: chinh)?|lam(?: chinh)?|thuc hien|dam nhan|dam nhiem"
            r"|lo|trien khai|xay dung|to chuc|duoc giao|cam trich|cam|quan ly|nhan|theo doi)",
            r"(?:don vi|co quan|phong|ben|dau moi)? ?chu tri", "phu trach(?: chinh)?", "chiu trach nhiem(?: chinh)?",
            r"(?:lam )?dau moi", r"giao (?:cho )?(?:ai|don vi nao|co quan nao|phong nao)", "cua (?:ai|don vi nao|co quan nao|phong nao)",
            r"(?:do|thuoc) (?:ai|don vi nao|co quan nao|phong nao|so nao)(?: lam)?", "who(?: is)?", "leads?", "in charge(?: of)?", "responsible(?: for)?",
            r"(?:ai|don vi nao|co quan nao|phong nao|so nao|ben nao)", "owner",
        ),
    ),
    (
        Attribute.DEADLINE,
        phrases(
            r"(?:thoi|ky) han(?: hoan thanh| cuoi| la| khi nao| the nao)*", "han chot", "han cuoi(?: cung)?", r"(?:den|toi|het) han",
            r"han (?:nop|hoan thanh|bao gio|khi nao|ngay nao|den|toi|la|the nao|luc nao|cuoi)", "han", "deadline", "due(?: date)?", "when",
            r"(?:den |toi |tu )?(?:khi nao|bao gio|luc nao|ngay nao|thang nao|quy nao|nam nao|hom nao|chung nao)",
            r"(?:hoan thanh|xong|nop|lam) (?:khi nao|bao gio|truoc ngay nao|luc nao)", r"(?:ngay|khi|thoi diem) (?:hoan thanh|xong)",
            r"thoi gian(?: hoan thanh| thuc hien| xong| nao| la)*", "con (?:bao nhieu|may) ngay", "may ngay nua", "tien do(?: hoan thanh)?",
            "bao lau", "phai xong",
        ),
    ),
    (
        Attribute.PRODUCT,
        phrases(
            r"(?:san pham|ket qua)(?:/| hoac )?(?:san pham|ket qua)?(?: dau ra| can dat| du kien| phai nop| phai co| la| gi)*", "dau ra", "outputs?",
            r"(?:phai )?(?:nop|trinh) (?:cai )?(?:gi|nhung gi)", "deliverables?", "ra (?:cai )?gi", "results?", "products?",
        ),
    ),
    (
        Attribute.TITLE,
        phrases(r"(?:co )?noi dung(?: gi| la gi| the nao)*", r"(?:la|lam) (?:viec|nhiem vu|cai)? ?gi", "ten(?: la)? gi", r"noi (?:ve )?gi", "ve (?:cai |viec )?gi", "what(?: is)?"),
    ),
)  # fmt: skip

LIST = phrases(
    rf"(?:nhung|cac|tat ca|toan bo|may|danh sach|liet ke|ke ten|ke ra)(?: nhung| cac| cai)? {WORK}(?: {WHICH})?",
    rf"{WORK} (?:nao|gi|j)", "liet ke", "danh sach", "ke ten", "list", "show", "cho (?:toi )?xem", "thong ke", "tong hop nhung", "gom (?:nhung )?gi",
    r"lam (?:nhung )?(?:viec )?gi", r"(?:duoc )?giao (?:nhung )?(?:viec )?gi", "nhung gi", "what tasks", "which tasks?", "viec minh",
    r"(?:nhung|cac) (?:cai|muc|dau muc|khoan) (?:nao|gi)", "cai nao", "ra sao roi",
)  # fmt: skip
COUNT = phrases(
    rf"(?:bao nhieu|may|tong so|so luong|dem)(?: tat ca)?(?: cai| dau)? ?{WORK}", rf"{WORK} (?:la )?(?:bao nhieu|may)(?: cai)?",
    "how many", rf"(?:tong cong|tat ca|tong) (?:co )?(?:bao nhieu|may)(?: {WORK})?", "dem (?:giup|ho|xem)?", "(?:co )?bao nhieu (?:cai|muc|dau muc)",
)  # fmt: skip
LEADING = phrases(
    "chu tri", "phu trach", "lam dau moi", "dau moi", "chiu trach nhiem(?: chinh)?", "dung ten chu tri", "leads?", "leading", "in charge of",
)  # fmt: skip
COORDINATING = phrases("phoi hop", "tham gia phoi hop", "ho tro", "coordinat(?:e|es|ing)", "support(?:s|ing)?")
EITHER = phrases("lien quan(?: den| toi)?", "tham gia", "co mat", "dinh (?:den|toi)", "involved?")

KINDS: tuple[tuple[tuple[DeadlineKind, ...], re.Pattern[str]], ...] = (
    (
        (DeadlineKind.ONGOING, DeadlineKind.ON_EVENT),
        phrases(
            r"(?:khong|chua)(?: co| neu| ghi| an dinh| quy dinh)* (?:thoi han|han|ngay|deadline|moc thoi gian)(?: cu the| co dinh| ro rang| nao| hoan thanh| ro)*",
            "no (?:fixed )?deadline", r"vo thoi han",
        ),
    ),
    ((DeadlineKind.ONGOING,), phrases("thuong xuyen", "lien tuc", "ongoing")),
    ((DeadlineKind.RECURRING,), phrases("dinh ky", r"h[aă]ng (?:nam|quy|thang|tuan)", "lap lai", "moi nam", "theo chu ky", "recurring", "annual(?:ly)?")),
    (
        (DeadlineKind.ON_EVENT,),
        phrases(
            r"(?:con )?(?:phai )?(?:cho|phu thuoc|tuy)(?: vao)? (?:huong dan|chi dao|van ban|su kien|cap tren)", "theo chi dao", "khi co (?:huong dan|chi dao)",
            "sau khi co (?:huong dan|chi dao)",
        ),
    ),
    ((DeadlineKind.MILESTONES,), phrases("(?:nhieu|hai) moc", "co moc")),
    ((DeadlineKind.UNREADABLE,), phrases("khong doc duoc", "mo khong ro")),
)  # fmt: skip
OVERDUE = phrases(
    "qua han", "tre han", "cham han", "cham tien do", "tre tien do", "da het han", "overdue", "bi tre", "bi cham"
)

FIELDS: tuple[tuple[DocumentField, re.Pattern[str]], ...] = (
    (DocumentField.SIGNER, phrases("ai (?:la nguoi )?(?:da )?ky", "nguoi ky", "ky ten", "do ai ky", "ai ki", "who signed", "chu ky cua ai", "ai dung ten ky")),
    (
        DocumentField.NUMBER,
        phrases(r"so (?:hieu|van ban|ke hoach|may|ky hieu)", r"(?:ke hoach|van ban|phu luc|quyet dinh) so (?:may|bao nhieu|nao)", "so bao nhieu", "ky hieu", "so cua (?:ke hoach|van ban)", "mang so", "danh so"),
    ),
    (
        DocumentField.DATE,
        phrases(
            r"ngay (?:ban hanh|ky|ra van ban|phat hanh|thang nam)(?: la)?", r"(?:duoc )?(?:ban hanh|ky|ra doi|phat hanh) (?:vao )?(?:ngay nao|khi nao|luc nao|hom nao|bao gio|ngay may|thang may|nam nao)",
            r"(?:ban hanh|ky) (?:vao )?ngay", "issued when", "when (?:was )?(?:it )?(?:issued|signed)", "date of",
        ),
    ),
    (
        DocumentField.BASIS,
        phrases(
            r"(?:dua |can )(?:tren |cu )?(?:vao )?(?:can cu )?(?:van ban|cai|quyet dinh|co so|dau|gi)(?: nao| gi| dau)*", "can cu(?: vao)?(?: phap ly)?(?: van ban)?(?: nao| gi| dau)?",
            r"(?:thuc hien|trien khai|kem theo|ban hanh kem theo) (?:theo )?(?:van ban|quyet dinh|ke hoach|ket luan) (?:nao|gi)", "theo (?:van ban|quyet dinh|ke hoach) nao", "co so phap ly", "based on", "kem theo (?:van ban|quyet dinh|ke hoach)? ?(?:nao|gi|so may)",
        ),
    ),
    (DocumentField.RECIPIENTS, phrases("noi nhan", r"gui (?:cho|den|toi) (?:nhung )?(?:ai|dau|don vi nao|co quan nao|noi nao)", "ai nhan(?: duoc)?(?: van ban| ke hoach)?", "recipients?")),
    (DocumentField.ISSUER, phrases(r"(?:do )?(?:ai|co quan nao|don vi nao|cap nao) (?:la noi )?(?:ban hanh|ra|phat hanh)", r"co quan ban hanh", "(?:cua|do) (?:co quan|don vi|cap|noi) nao ban hanh", "who issued", "noi ban hanh")),
    (DocumentField.TITLE, phrases(r"(?:ten|tieu de|trich yeu)(?: day du| cua)?(?: la gi)?", "title")),
)  # fmt: skip

DOCUMENT_KINDS = phrases(
    "ke hoach", "phu luc", "van ban", "quyet dinh", "tai lieu", "cong van", "plan", "document", "annex", "bang phan cong(?: nhiem vu)?", "quy che", "nghi quyet",
)  # fmt: skip

# Words that carry a question but no content of their own.
FRAME = phrases(
    r"(?:xin |vui long |lam on |nho )?(?:cho|giup|bao|chi|tra|kiem tra|tim|xem|noi|doc) ?(?:giup|ho|gium|dum)?(?: toi| em| minh| anh| chi| ban)?(?: hoi| biet| xem| voi| duoc)*",
    r"(?:anh|chi|em|ban|ad|admin|bot|tro ly)(?: oi| a)", "xin (?:chao|hoi|phep)", "chao(?: anh| chi| em| ban)*", "toi (?:muon|can|dinh) (?:hoi|biet|xem|tim)?", "cho hoi",
    "em (?:muon|can) (?:hoi|biet)", "minh (?:muon|can) (?:hoi|biet)", "(?:dung|phai)? ?(?:khong|k) ?(?:a|nhi|vay|ha)?$", "the nao", "nhu the nao", "ra sao", "(?:la|thi) (?:bao nhieu|may|gi|ai|dau|sao|nhu nao)",
    "bao nhieu", "la gi", "khi nao", "bao gio", "luc nao", "o dau", "cho nao", "tai sao", "vi sao", "cho", "hoi", "thi", "la", "nao", "gi", "ai", "may", "sao", "dau", "a", "nhe", "nhi", "vay", "ha", "oi",
    "voi", "va", "nhung", "cac", "cua", "trong", "theo", "den", "toi", "tu", "o", "tai", "ve", "nay", "do", "kia", "ay", "the", "con", "thuoc", "duoc", "bi", "da", "se", "dang", "can", "phai", "nen", "co", "hay", "hoac",
    "ma", "rang", "neu", "em", "anh", "chi", "toi", "minh", "ban", "roi", "nua", "luon", "nhat", "it", "nhieu", "viec", "nhiem vu", "thuc hien", "lam", "yeu cau", "quy dinh", "neu ro", "noi", "ghi", "dua ra", "gom", "bao gom",
    "dau tien", "cuoi cung", "the", "is", "are", "of", "to", "in", "on", "for", "plan", "task", "please", "pls", "and", "by", "do", "does", "must", "should", "has", "have", "it", "this", "that", "a", "an", "much", "many", "which",
    "cau hoi", "thong tin", "biet", "hien", "hien nay", "bay gio", "gio", "cu the", "chi tiet", "toi da", "toi thieu", "khong", "vao", "ra", "len", "xong", "hoan thanh", "dung", "lai", "moi", "nguoi", "cai", "thu", "so",
)  # fmt: skip
