"""The folded words by which officers ask: attributes, roles, lists, document fields, small talk.

Phrases, not sentences; data for the rules in this folder. Longer phrases come first where they overlap.
"""

from __future__ import annotations

import re

from assistant.understand.query import Attribute, DocumentField
from corpus.patterns import lazily
from corpus.records import DeadlineKind


def phrases(*alternatives: str) -> re.Pattern[str]:
    """A pattern for whole phrases in a line of folded words."""
    return lazily(rf"(?<![\w/.])(?:{'|'.join(alternatives)})(?!\w)")


WORK = r"(?:nhiem vu|dau viec|dau muc cong viec|cong viec|viec|tasks?|cong tac nao|muc tieu cong viec)"
WHICH = r"(?:nao|gi|j|may|bao nhieu)"

GENERIC_WORK = phrases(WORK)

# What a task leads to, named as the last of several things asked: "hạn nào, báo cáo gì".
_WRITING = r"(?:phai |can |nop |co )*(?:bao cao|van ban|giay to|to trinh|tai lieu|ho so) (?:gi|nao)(?=$|,)"

_BODY = "(?:don vi|co quan|phong|so|ben|trung tam|hoi|chi cuc|nganh|bo phan|to chuc)"
# Who is asked for; not whom something goes to or through, or before whom one answers ("gửi phòng nào", "trước ai").
_WHO = rf"(?<!qua )(?<!bao )(?<!gui )(?<!gui ve )(?<!nop )(?<!nop ve )(?<!gui cho )(?<!nop cho )(?<!gui len )(?<!trach nhiem truoc )(?<!trach nhiem voi )(?:ai|{_BODY} nao)"
_GOES = rf"(?:gui|nop)(?: ve| cho| den| toi| len)? (?:ai|dau|{_BODY} nao)"
NUMBER_ASKED = phrases(
    r"(?:la )?(?:(?:nhiem vu|viec|dau viec|muc|stt) )?(?:so|thu|stt) (?:may|bao nhieu)(?=$| trong| cua| o )",
    r"(?:la )?(?:nhiem vu|dau viec|stt) (?:may|bao nhieu)(?=$| trong| cua| o )",
)
_CITED = "(?:nghi dinh|thong tu|luat|nghi quyet|chi thi|quyet dinh|ket luan|cong van|ke hoach)"
_WHICH_NUMBER = "(?:so )?(?:nao|may|bao nhieu)"
_BY = "(?:(?:thuc hien |lam |quy dinh )?(?:theo|can cu|dua)(?: vao| theo| tren)?|quy dinh (?:tai|trong)|tai)"

ATTRIBUTES: tuple[tuple[Attribute, re.Pattern[str]], ...] = (
    (
        Attribute.LEADER,
        phrases(
            r"lanh dao (?:nao|phu trach|chi dao|ubnd|uy ban nhan dan|chu tri)(?: (?:la nguoi )?(?:truc tiep )?(?:chi dao|phu trach|theo doi))*", r"(?:pho )?chu tich nao",
            r"ai (?:la lanh dao )?chi dao", "lanh dao la ai", "dong chi nao",
        ),
    ),
    (
        Attribute.COORDINATE,
        phrases(
            r"(?:cac )?(?:don vi|co quan|ben|phong|so)? ?(?:cung )?phoi hop(?: thuc hien| la| voi ai| cung ai)?",
            r"(?:di|lam|tham gia) (?:chung )?(?:cung|voi) (?:ai|(?=so |phong |cong an |chi cuc ))", r"lam (?:chung )?(?:cung|voi) ai", r"cung voi ai", r"cung ai", "ho tro ai", "phu giup", "giup suc", "phu viec", r"(?:nhung )?(?:ai|(?:don vi|co quan|phong|so|ban|ben) nao)(?: nua)? cung (?:lam|tham gia|phoi hop|thuc hien|vao cuoc)(?: nua)?", "ai tham gia(?: cung)?", "coordinat(?:e|es|or|ors|ing)", "supports?",
            r"ai (?:ho tro|giup|lam cung)", r"lam chung (?:voi|vs) (?:may|nhung|cac) [a-z]+ nao", r"(?:nao|ai|gi) (?:phai )?phu (?:voi|vs|cho|mot tay|them)", r"(?:nhung |cac )?(?:ai|ben nao|don vi nao) (?:di |lam |tham gia )?(?:cung|chung)(?: (?:voi|vs))?", "voi ai",
            r"(?<=, )[a-z]+(?: [a-z]+){0,4} co (?:phai |duoc )*(?:dinh|tham gia|lien quan|gop mat|vao cuoc|phu)(?: vao| den| toi| gi| cung| viec nay| do)* (?:khong|k)(?= |$|,)",
        ),
    ),
    (
        Attribute.LEAD,
        phrases(
            rf"(?:ai|{_BODY} nao|cho nao)(?: la)?(?: don vi| co quan)?"
            r" (?:chu tri|phu trach|dau moi|dung ra|chiu(?! (?:trach nhiem )?(?:truc tiep )?(?:truoc|voi) )(?: trach nhiem(?: chinh)?)?|lam(?: chinh)?|thuc hien|dam nhan|dam nhiem"
            r"|lo|trien khai|xay dung|to chuc|duoc giao|cam trich|cam|quan ly|nhan|theo doi)",
            r"(?:don vi|co quan|phong|ben|dau moi)? ?chu tri", "phu trach(?: chinh)?", "chiu trach nhiem(?! (?:truc tiep )?(?:truoc|voi) )(?: chinh)?",
            r"(?:lam )?dau moi", rf"giao (?:cho )?(?:ai|{_BODY} nao)", "cua (?:ai|don vi nao|co quan nao|phong nao|so nao|ben nao)",
            r"(?:do|thuoc) (?:ai|don vi nao|co quan nao|phong nao|so nao)(?: lam)?", "who(?: is)?", "leads?", "in charge(?: of)?", "responsible(?: for)?",
            _WHO, "owner",
        ),
    ),
    (
        Attribute.DEADLINE,
        phrases(
            r"(?:thoi|ky) han(?: hoan thanh| cuoi| la| khi nao| the nao)*", "han chot", "han cuoi(?: cung)?", r"(?:den|toi|het) han",
            r"han (?:nop|hoan thanh|bao gio|khi nao|ngay nao|den|toi|la|the nao|luc nao|cuoi)", r"han(?! (?:che|hep|muc|ngach)(?!\w))", "deadline", "due(?: date)?", "when",
            r"(?:khi nao|bao gio|luc nao) (?:thi |moi )?(?:trien khai|thuc hien|lam|xong|hoan thanh|bat dau|nop|gui|phai)(?: xong)?",
            r"(?:cham nhat |muon nhat |tre nhat |den |toi |tu |truoc |vao |trong |la )*(?:khi nao|bao gio|luc nao|ngay nao|ngay (?:may|bao nhieu)(?! (?:luot|lan|buoi|chuyen|bua|ca|vien|phieu|ho so|nguoi|cuoc|tin|ban tin|km|kg|tan|gio|tieng)(?!\w))|thang nao|thang may|quy nao|nam nao|hom nao|chung nao|quy may|(?:ngay )?(?:mung|mong) may)",
            r"(?:hoan thanh|xong|nop|lam) (?:khi nao|bao gio|truoc ngay nao|luc nao)", r"moc(?: thoi gian| thoi han)? (?:nao|may|khi nao|the nao)(?= |$|,)", r"(?:ngay|khi|thoi diem) (?:hoan thanh|xong)",
            r"thoi gian (?:hoan thanh|thuc hien|xong|nao|la|the nao|khi nao|bao gio)(?: la| khi nao| nao)*", r"thoi gian(?=$|,| va | cua | (?:nhiem vu|viec|nv) )", r"(?<=, )thoi gian", r"(?<=va )thoi gian", "con (?:bao nhieu|may) ngay", "may ngay nua", "tien do(?: hoan thanh)?",
            r"(?:keo dai |mat |het )*(?:bao|may) lau(?: (?:lam )?(?:1|mot) lan)?", r"(?:may|bao nhieu) (?:nam|thang|quy|tuan|ngay)(?: (?:lam|to chuc|bao cao|thuc hien|ra soat|do|moi))* (?:1|mot) lan", "phai xong",
        ),
    ),
    (
        Attribute.PRODUCT,
        phrases(
            r"(?:san pham|(?<!ve )ket qua)(?:/| hoac )?(?:san pham|ket qua)?(?: dau ra| can dat| du kien| phai nop| phai co| la| gi)*", "dau ra", "outputs?",
            r"(?:phai )?(?:nop|trinh|ra|ban hanh) (?:cai |nhung )?(?:van ban |giay to )?(?:gi|nhung gi)", "deliverables?", "ra (?:cai )?gi", r"(?:ra|la|bang|duoi) (?:loai|kieu|dang|hinh thuc) (?:van ban|giay to|tai lieu|san pham|ho so)(?: (?:gi|nao)(?!\w)|(?=$|,))", "(?:phai|can) dat (?:duoc )?(?:bao nhieu|may)(?: phan tram)?", r"(?<=, )(?:duoi |bang |theo )?hinh thuc (?:gi|nao)(?!\w)", "^(?:the |vay |con )?bao cao (?:ve |cho |gui |len )+(?:dau|ai|noi nao|don vi nao|co quan nao|cap nao)", "results?", "products?", rf"(?<=, ){_WRITING}", rf"(?<=va ){_WRITING}",
        ),
    ),
    (
        Attribute.TITLE,
        phrases(NUMBER_ASKED.pattern, r"(?:co )?noi dung(?: gi| la gi| the nao)*", r"(?:la|lam) (?:viec|nhiem vu|cai)? ?gi", "ten(?: la)? gi", r"noi (?:ve )?gi", "ve (?:cai |viec )?gi", "what(?: is)?"),
    ),
)  # fmt: skip

LIST = phrases(
    rf"(?:nhung|cac|tat ca|toan bo|may|danh sach|liet ke|ke ten|ke ra)(?: nhung| cac| cai)? {WORK}(?: {WHICH})?",
    rf"{WORK} (?:nao|gi|j)", "liet ke", r"(?<!lap )(?<!trinh )(?<!gui )(?<!nop )(?<!duyet )danh sach", "ke ten", "list", "show", "cho (?:toi )?xem", "thong ke", "tong hop nhung", "gom (?:nhung )?gi",
    r"(?<!de )lam (?:nhung )?(?:viec )?gi", r"(?<!khoi )(?<!phai )(?<!dung )lo (?:nhung )?(?:viec )?gi", r"(?:duoc )?giao (?:nhung )?(?:viec )?gi", r"(?:om|ganh(?: vac)?|cang dang|dam duong) (?:nhung )?(?:viec )?gi", "nhung gi", "what tasks", "which tasks?", "viec minh",
    r"(?:nhung|cac) (?:cai|muc|dau muc|khoan) (?:nao|gi)", "cai nao", "ra sao roi",
    r"(?:nhung|cac|may) ·[· -]* nao(?= (?:co|do|thuoc|duoc|phai|giao|chu tri|phoi hop)(?!\w))",
    rf"(?:nhung|cac|may) {WORK}(?: (?!(?:don|co quan|phong|so|ban|ben|nguoi|ai|ngay|thang|nam|quy|khi|luc)(?!\w))[^\s,]+){{1,6}} nao(?= (?:co|do|cua|thuoc|duoc|la|phai|can|lien quan|giao|chu tri|phoi hop|lam|han)(?!\w))",
    rf"{WORK} (?:(?!(?:don|co|phong|so|ban|ben|nguoi|ai|do|giao|noi|cap|ngay|thang|nam|quy|khi|luc|nay)(?!\w))[a-z]+ ){{1,3}}nao(?= (?:phai|can|sap|chua|con|se|den|toi|het|xong|han)(?!\w)|$)",
)  # fmt: skip
# Of these, the ones that name the work itself; the others list tasks only beside a body, a period or a kind.
LIST_OF_WORK = phrases(
    rf"(?:nhung|cac|tat ca|toan bo|may|danh sach|liet ke|ke ten|ke ra)(?: nhung| cac| cai)? {WORK}(?: {WHICH})?", rf"{WORK} (?:nao|gi|j)", "what tasks", "which tasks?", "viec minh", "liet ke", r"(?<!lap )(?<!trinh )(?<!gui )(?<!nop )(?<!duyet )danh sach",
)  # fmt: skip
COUNT = phrases(
    rf"(?:bao nhieu|may|tong so|so luong|dem)(?: tat ca)?(?: xem| thu| giup| ho)*(?: so(?: luong)?)?(?: cai| dau)? ?{WORK}", rf"(?:tong )?so (?:luong )?{WORK}(?= (?:[^,]* )?(?:la )?(?:bao nhieu|may)(?:$|,))", "(?<!ngay )(?<!thang )(?<!nguoi )(?<!buoi )(?<!gio )(?<!luot )(?<!ky )(?<!lan )(?<!kg )(?<!het )(?<!mat )(?<!ton )(?<!thu )(?<!tra )(?<!nop )(?:bao nhieu|may) (?:dong|hang)(?= |$)(?! (?:1|mot|moi|cho|tren)(?!\\w))", rf"{WORK} (?:la )?(?:bao nhieu|may)(?: cai)?",
    "how many", rf"(?:tong cong|tat ca|tong) (?:co )?(?:bao nhieu|may)(?: {WORK})?", "dem (?:giup|ho|xem)?", "(?:co )?bao nhieu (?:cai|muc|dau muc)",
)  # fmt: skip
# How many, said of a role: "chủ trì bao nhiêu, phối hợp mấy".
COUNT_IN_ROLE = phrases(
    r"(?:chu tri|phoi hop|phu trach|tham gia) (?:bao nhieu|may)(?=$|,| va | viec| nhiem vu| thi | trong | o )"
)
LEADING = phrases(
    "chu tri", "(?:lam|thuc hien|dung|chiu|cam) chinh", "cam cai", "phu trach", "lam dau moi", "dau moi", "chiu trach nhiem(?: chinh)?", r"(?<!nguoi )dung (?:ten|dau|ra)(?: (?:chu tri|lam|lo|thuc hien|to chuc|chiu trach nhiem))?", "leads?", "leading", "in charge of", "led by", "lead by",
)  # fmt: skip
COORDINATING = phrases(
    "phoi hop",
    "tham gia phoi hop",
    "ho tro",
    "(?:phai |duoc )?phu (?:lam|giup|mot tay)",
    "tiep tay",
    "coordinat(?:e|es|ing)",
    "support(?:s|ing)?",
)
EITHER = phrases(
    "(?:lam|chu tri|phu trach|lo|chinh)(?: va|,| ca| lan| hay| hoac)+ phoi hop",
    "(?:tinh|ke|gom) ca(?: cac| nhung)?(?: viec| nhiem vu)?(?: tham gia)? phoi hop",
    "lien quan(?: den| toi)?",
    "tham gia",
    "co mat(?: o| trong| tai)?",
    "(?:co ten|xuat hien)(?: o| trong| tai)?(?! (?:(?:o|trong|tai) )?(?:cot|phan|o) (?:phoi hop|chu tri))",
    "gop mat(?: o| trong| tai)?",
    "dinh (?:den|toi)",
    rf"dinh(?: vao)?(?= (?:may |bao nhieu |nhung |cac )*(?:cai )?{WORK}(?!\w))",
    "involved?",
)

# Which rows of the table a body stands in: "có tên ở những dòng nào".
ROWS = phrases(
    r"(?:(?:o|tai|trong|vao) )?(?:(?:nhung|cac|may|tat ca) )*(?:dong|hang|stt|so thu tu|muc)(?: so| thu)? (?:nao|may)"
)

KINDS: tuple[tuple[tuple[DeadlineKind, ...], re.Pattern[str]], ...] = (
    (
        (DeadlineKind.ON_EVENT,),
        phrases(
            r"(?:con )?(?:phai )?(?:cho|phu thuoc|tuy)(?: vao)? (?:huong dan|chi dao|van ban|su kien|cap tren)(?: cua [a-z]+ [a-z]+)?", "theo chi dao", "khi co (?:huong dan|chi dao)",
            "sau khi co (?:huong dan|chi dao)",
        ),
    ),
    (
        (DeadlineKind.ONGOING, DeadlineKind.ON_EVENT),
        phrases(
            r"(?:khong|chua)(?: co| neu| ghi| an dinh| quy dinh| ro| biet)* (?:thoi han|han|ngay|deadline|moc thoi gian)(?: cu the| co dinh| ro rang| nao| hoan thanh| ro)*",
            "no (?:fixed )?deadline", r"vo thoi han",
        ),
    ),
    (
        (DeadlineKind.DATE, DeadlineKind.MILESTONES, DeadlineKind.RECURRING, DeadlineKind.ON_EVENT),
        phrases("(?:khong|ko|k|chua|tru|bo)(?: phai| tinh| ke| gom)?(?: la| ca)?(?: may| cac| nhung)?(?: cai)?(?: viec| nhiem vu)?(?: lam)? (?:thuong xuyen|lien tuc)"),
    ),
    ((DeadlineKind.ONGOING,), phrases("thuong xuyen", "(?:lam )?(?:(?:hoai|mai|suot|deu|lien tuc) )*(?:quanh|suot|(?<!cao )(?<!ket )(?<!qua )(?<!lieu )(?<!so )ca) nam(?! (?:nay|20))", "lien tuc", "lam (?:hoai|mai)(?: hoai| mai)?", "khong (?:dut|ngung|co han cuoi)", "ongoing")),
    ((DeadlineKind.RECURRING,), phrases("dinh ky", r"(?:hang|moi) (?:nam|quy|thang|tuan)", r"(?:tuan|thang|quy) nao cung", "lap lai", "theo chu ky", "recurring", "annual(?:ly)?")),
    ((DeadlineKind.MILESTONES,), phrases("(?:nhieu|hai) moc", "co moc(?! (?:thoi gian|thang|ngay|quy|nam))")),
    ((DeadlineKind.UNREADABLE,), phrases("khong doc duoc", "mo khong ro")),
)  # fmt: skip
# How often something comes again, where that is said.
EVERY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("week", phrases("(?:hang|moi) tuan", "tuan nao cung")),
    ("month", phrases("(?:hang|moi) thang", "thang nao cung")),
    ("quarter", phrases("(?:hang|moi) quy", "quy nao cung")),
    ("half", phrases("(?:moi )?(?:6|sau) thang (?:mot|1) lan")),
    ("year", phrases("(?:hang|moi) nam", "nam nao cung")),
)
# Words of a question for a list that are no topic.
LISTING = phrases(
    "vua", "(?:gon|ngan gon|ngan|gom|rut gon)(?: lai)(?: thoi)?", "gom(?: lai| het| tat ca| luon| cho)+(?: (?:cac |moi )?(?:muc|phan|bang))?", "dich than", "chot(?= (?:nhung |cac |may |cai )*(?:viec|nhiem vu|cai|gi|nao|xong))", "(?:(?:voi )?(?:dung|nguyen|y) )?(?:(?:nguyen )?(?:cum tu|cau|dong) chu|(?:dung|nguyen|y)(?: nguyen| nhu)? (?:chu(?! (?:tri|tich|de|yeu|dau|nhiem|so|the))|cum tu|nguyen van))(?: la)?", "nguyen van(?: la)?", "(?:trong |o |cong |het )*(?:cac |het cac )?bang(?: phu luc| phan cong| nhiem vu| cong viec| nay| do)?", "cong (?:het|lai|don|tat ca)(?: lai)?", "ket thuc", "(?:co )?thoi han (?:ket thuc|den|toi)", "(?:chi )?(?:ghi|de|dat|viet)(?: la)?(?= (?:thoi )?han)", "chi(?= ghi)", r"(?:trong |giai doan )?(?:5|nam) nam(?! (?:20\d\d|nay|sau|toi))", "(?:chu )?(?:khong|ko|k) phai (?:la )?(?:(?:ong|ba|cac|cap) )*pho(?: (?:chu tich|ct))?", "(?:khong(?=,)|khong phai(?=,)),? ?", "y (?:toi|minh|em|anh|chi)(?: la| noi| hoi| muon hoi)?", r"sang(?= (?:(?:dau |giua |cuoi )?nam |quy |thang )?(?:20\d\d|sau|toi|[1-4]|i)|$)", "(?:o |trong |theo )?cot(?: (?:thoi han|han|phoi hop|chu tri|san pham|ket qua))?", "(?:co )?ten(?= (?:o|trong) (?:cot|phan|muc))", "(?:ca )?(?:loai|kieu|dang)(?= (?:viec|nhiem vu|thuong|dinh ky|hang|co|khong|lam)|$)", "dich danh", "(?:duoc )?(?:neu|ghi|giao|goi) (?:dich danh|dung ten|ro ten)", "dung ten", "(?:ca|tat|het) thay", "thoi", "z", "(?:de|ghi|dat)(?= (?:thoi )?han)", "(?:bi )?(?:mo|nhoe)", "(?:khong|ko|k|chu khong|tru|bo)(?: phai| tinh| ke| gom)?(?: la| ca)?(?: may| cac| nhung)?(?: cai)? (?:pho (?:chu tich|ct)|(?:viec|nhiem vu) thuong xuyen|thuong xuyen|(?:ca )?giai doan)", "(?:hay |hoac )?ca giai doan", "moc(?: thang| ngay| thoi gian)?(?: cu the)?", "(?:uy ban nhan dan )?(?:thanh pho|tinh|phuong|xa)(?= (?:giao|yeu cau|dat ra|de ra|phan cong))", "yeu cau(?: doi voi| o)?", "tat tan tat", "(?:nao |gi )?khac(?: nua)?", "deu", "lan", "nua", "con", "(?:chia|gom|phan)(?: lam| thanh| ra| theo)?(?: may| bao nhieu| nhung| cac) (?:nhom|muc|phan|linh vuc|mang|chuong)(?: nao| gi)?", "(?:bon|tui|chung) (?:minh|em|toi|ta)", "sang nam", "nam (?:sau|toi)", "gio", "hien tai", "don vi khac", "trong (?:so )?(?:do|nay)", "de nghi", "xin", "tinh (?:den|toi|ca)", "lan(?= ·)", "(?:duoc )?(?:neu|nhac|ghi)(?: ro)? ten", "chi(?= (?:phoi hop|chu tri|·))", "chua", "ca", "lo", "theo su kien", "thuc hien", "(?<!hanh )(?<!tai )chinh", "di", "ghi(?: ro| la)?", "ro(?: rang)?", "ke(?: ra)?", "cap tren", "ben", "dum", "hien", "moi", "dung", "la", "ra", "dang", "toi", "minh", "ay", "cai", "het(?: tat ca)?", "tat ca(?: cac| moi)?(?: van ban| ke hoach)?", "toan bo", "lam", "phan cong", "duoc giao", "giao", "hien co", "dang co", "phai lam", "can lam", "(?:phai |can )?nop", "tinh tu(?: nay| gio| hom nay| bay gio)?", "vai tro", "cung", "rieng", "chung", "tung", "cu the", "nhung", "den han", "het han",
    "trong (?:cac|moi|tat ca|toan bo)(?: cac)? (?:van ban|ke hoach|phu luc)", "ca (?:hai|ba|nam)? ?(?:van ban|ke hoach)", "co (?:thoi )?han", "thoi han", "han", "phai xong", "xong", "hoan thanh", "phai", "nam trong", "roi vao", "nao", "gi", "ngay", "co", "tong(?: cong| so)?",
)  # fmt: skip
_BLANK = r"(?:de trong|bo trong|con trong|bi trong|chua (?:ghi|co|neu|dien)|khong (?:ghi|co|neu|dien)|thieu)"
_CELL = r"(?: het)?(?: ca)?(?: o| cot| muc| phan| cho)?(?: ten)?"
_WRITTEN = r"(?:de trong|bo trong|con trong|bi trong|(?:chua|khong|ko) (?:ghi|dien)|thieu)"


def _blank(cell: str, before: str = _BLANK) -> re.Pattern[str]:
    """Phrases that ask for tasks in which a cell is empty, the cell named before or after."""
    return phrases(rf"{before}{_CELL} {cell}", rf"{cell}(?: thi)?(?: bi| con| dang| van)? {before}")


EMPTY: tuple[tuple[Attribute, re.Pattern[str]], ...] = (
    (Attribute.PRODUCT, _blank("(?:san pham|ket qua|dau ra)")),
    (
        Attribute.COORDINATE,
        _blank(
            "(?:(?:cac )?(?:co quan|don vi|ben|phong) )?(?:(?:nao )?(?:cung )?phoi hop|(?:cung )?tham gia|cung (?:lam|thuc hien)|ho tro)"
        ),
    ),
    (Attribute.LEAD, _blank("(?:(?:cac )?(?:co quan|don vi|ben|phong|nguoi) )?(?:chu tri|phu trach|dau moi|chiu trach nhiem)")),
    (
        Attribute.DEADLINE,
        _blank("(?:thoi han|han|thoi gian|tien do|deadline)(?: hoan thanh| thuc hien)?(?! cu the| co dinh| ro)", _WRITTEN),
    ),
)  # fmt: skip
SHARED_LEAD = phrases(
    r"(?:tu )?(?:hai|2|02|nhieu|may)(?: hay nhieu)? (?:don vi|co quan|phong|ben)(?: cung)? chu tri(?: tro len)?",
    r"dong chu tri(?: voi(?: cac| mot| nhung)? (?:don vi|co quan|phong|ben|noi)(?: nao)? khac(?: o| trong)?)?",
    "cung chu tri voi (?:ai|don vi nao)",
    "(?:co )?chung chu tri",
    "(?:cung |dong )?chu tri (?:chung|cung)?(?: voi)?(?: cac| mot)? (?:don vi|co quan|phong|ben|noi) khac",
)
# "Tính cả việc đồng chủ trì": joint ones are counted with the others, not alone.
_JOINT = r"(?:(?:dong|cung|chung|chu tri|lam|lam chung|lead) ?)"
INCLUDING_JOINT = phrases(
    rf"(?:bao gom|tinh|ke|gom)(?: luon| them)? ca(?: nhung| cac)?(?: cai| phan)?(?: viec| nhiem vu| dau viec)?(?= (?:[a-z]+ )?(?:dong|chung|cung)) {_JOINT}+"
    r"(?:voi [^,?;]{1,60}?(?=$|,|;| (?:la|thi|co|tong cong|tat ca) )|(?:nua|luon))?"
)
# The same said of a body that is named, in a list.
_WITH_OTHERS = r"(?: voi(?: cac| mot| nhung)? (?:don vi|co quan|phong|ben|noi)(?: nao)? khac(?: o| trong)?)?"
JOINT_LEAD = phrases(f"(?:cung|dong|chung) chu tri{_WITH_OTHERS}", f"chu tri (?:chung|cung){_WITH_OTHERS}", f"lam chung{_WITH_OTHERS}")  # fmt: skip
COLLECTIVE_LEAD = phrases(
    r"(?:duoc )?giao chung(?: cho)?(?: (?:tat ca|toan bo|toan the|cac|moi|ca|nhieu))*(?:,? (?:don vi|co quan|phong|ban|nganh|so|xa|phuong|dia phuong))*",
    r"(?:giao|ap dung|danh) (?:cho )?(?:tat ca|toan bo|moi)(?: cac)? (?:don vi|co quan|phong|so)(?: ban nganh)?",
    r"(?:viec|nhiem vu) chung(?: cua)?(?: (?:tat ca|cac|moi))* (?:don vi|co quan|phong|so)",
)
GROUPED = phrases(
    r"(?:chia|phan|xep)(?: lam| thanh| ra| theo)?(?: may| bao nhieu| nhung| cac) (?:nhom|muc|phan|linh vuc|mang|chuong)(?: nao| gi| lon)?",
)
SOLE_LEAD = phrases(
    "(?:tu )?(?:lam |chu tri )?(?:chi )?(?:co )?(?:mot|1) minh",
    "chu tri (?:rieng|doc lap|mot minh)",
    "(?:tu|rieng) chu tri",
    "(?:lam|chu tri|phu trach) rieng",
    "khong (?:chung|cung)(?: voi)?(?: chu tri)?(?: voi)?(?: cac)? (?:don vi|co quan|phong|ben|ai)(?: nao)?(?: khac)?",
)
HELD = phrases(
    r"(?:co|gom|dang co|da nap|luu|giu)(?: nhung| cac| bao nhieu| may)? (?:van ban|ke hoach|tai lieu)(?: nao| gi)?(?: trong (?:he thong|kho|may|du lieu))?", r"(?:nhung|cac|bao nhieu|may) (?:van ban|tai lieu|ke hoach)(?: nao)? (?:da (?:duoc )?nap|trong (?:he thong|kho)|dang co|hien co)",
    "danh sach (?:van ban|tai lieu|ke hoach)", r"(?:liet ke|ke(?: ra| ten)?|xem|xem giup|cho xem) (?:nhung |cac |tat ca |toan bo )*(?:van ban|tai lieu|ke hoach)(?: (?:nao|ma|em|ban|minh|bot|he thong|dang|da|hien|co|nap|giu|luu|trong|may))*$", r"(?:hien )?(?:co|dang co) nhung (?:van ban|ke hoach|tai lieu) nao(?: trong (?:he thong|kho|may))?",
)  # fmt: skip
OVERDUE = phrases(
    "(?:qua|lo|tre|cham|vuot)(?: thoi| ky)? han", "(?:qua|tre|lo) deadline", "(?:cham|tre|lo) (?:tien do|hen)", "(?:cham|tre) (?:tre|nai)", "overdue",
    "da het han", "het han (?:roi )?(?:ma |nhung |van )*chua (?:xong|lam|hoan thanh|nop|bao cao)", "(?:dang|con|bi) no(?= (?:viec|nhiem vu|lai|nhung|gi))", "bi (?:tre|cham)", "da (?:tre|cham)(?: (?:roi|han))?",
    rf"(?:{WORK}|cai|muc|phan|dau muc) (?:nao|gi) (?:dang |da |bi |con )*(?:tre|cham)(?: roi| qua| the)*(?=$|,| khong| k | chua)", rf"co (?:{WORK} |cai |muc )?(?:gi|nao) (?:dang |da |bi |con )*(?:tre|cham)(?=$|,| khong| k | chua)", rf"(?:tre|cham) (?:nhung |cac |may |bao nhieu )?(?:{WORK}|cai) (?:gi|nao)",
)  # fmt: skip

# Whether a task is late, asked of one that is named or was told of.
LATE = phrases(
    "(?:bi |duoc )?(?:(?:coi|xem|tinh) )?(?:la )?(?:bi )?(?:tre|qua|cham)(?: han| tien do)?(?: roi)?(?: hay)?(?: khong| chua| k)(?: (?:a|nhi|vay|the|e|em|anh|chi|ad|z|v|ha|ban))*$",
    "(?:coi|tinh|xem) (?:la )?(?:bi )?(?:tre|qua|cham) han",
    "da (?:tre|qua|cham)(?: han)?",
    "con kip (?:khong|k|chua|nua)(?: khong)?",
)

FIELDS: tuple[tuple[DocumentField, re.Pattern[str]], ...] = (
    (DocumentField.SIGNER, phrases("ai (?:la nguoi )?(?:da )?ky", "nguoi ky", "ky ten", "do ai ky", "ai ki", "who sign(?:ed|s)", "chu ky cua ai", "ai dung ten ky", "(?:duoc )?ky boi(?: ai)?", "(?:nguoi|ong|ba|vi|sep|lanh dao|dong chi|can bo|chu tich|pho chu tich) nao (?:da |la nguoi |dung ten )?ky", "ai (?:la nguoi )?dung ten", "(?:ong|ba|ai) (?:nao )?(?:da )?phe duyet(?= ·|$)", r"(?:do |la )?(?:pho )?(?:chu tich|giam doc|truong phong|bi thu|chanh van phong|ong|ba|dong chi)(?: (?!(?:phai|se|duoc|moi|chi|co|thi)(?!\w))[a-z]+){1,4} (?:la nguoi )?(?:da )?ky(?= (?:a|ha|phai khong|dung khong|phai k|dung k|khong|k)$|$)", r"(?:co phai )?do (?:pho )?(?:chu tich|giam doc|truong phong|bi thu|ong|ba)(?: [a-z]+){0,4}? (?:la nguoi )?(?:da )?ky(?= |$)", r"ky(?: (?:cai |ban )?(?:ke hoach|van ban|phu luc|quyet dinh))?(?: ·+)* la (?:ai|nguoi nao|ong nao|vi nao)")),
    (
        DocumentField.NUMBER,
        phrases(r"so (?:hieu|van ban|ke hoach|may|ky hieu)", r"(?:ke hoach|van ban|phu luc|quyet dinh) so (?:may|bao nhieu|nao)", "so bao nhieu", "ky hieu", "so cua (?:ke hoach|van ban)", "mang so", "danh so"),
    ),
    (
        DocumentField.DATE,
        phrases(
            r"ngay (?:ban hanh|ky|ra van ban|phat hanh|thang nam)(?: la)?", r"(?:duoc )?(?:ban hanh|ky|ra doi|phat hanh) (?:vao )?(?:ngay nao|khi nao|luc nao|hom nao|bao gio|ngay may|thang may|thang nao|nam nao|nam may)",
            r"(?:ban hanh|ky) (?:vao )?ngay", "issued when", "when (?:was )?(?:it )?(?:issued|signed)", "date of", r"(?<=· )(?:ra|co)(?: tu)? (?:ngay nao|ngay may|ngay bao nhieu|khi nao|hom nao|bao gio|luc nao|thang nao|thang may)",
        ),
    ),
    (
        DocumentField.BASIS,
        phrases(
            r"(?:dua |can )(?:tren |cu )?(?:vao )?(?:can cu )?(?:van ban|cai|quyet dinh|ke hoach|nghi quyet|co so|dau|gi)(?: nao| gi| dau)*", "can cu(?: vao)?(?: phap ly)?(?: van ban)?(?: nao| gi| dau)?",
            r"(?:thuc hien|trien khai|kem theo|ban hanh kem theo) (?:theo )?(?:van ban|quyet dinh|ke hoach|ket luan) (?:nao|gi|so may|so bao nhieu|so nao)", "theo (?:van ban|quyet dinh|ke hoach) nao", "co so phap ly", "based on", "kem theo (?:van ban|quyet dinh|ke hoach)? ?(?:nao|gi|so may)",
        ),
    ),
    (DocumentField.RECIPIENTS, phrases("noi nhan", r"gui (?:cho|den|toi) (?:nhung |cac )?(?:ai|dau|(?:don vi|co quan|noi|so|phong|ban|nganh|so nganh) nao)", r"(?:^|(?<=· ))gui (?:di |cho |den )?(?:nhung |cac )?(?:dau|noi nao|cho nao)", "ai nhan(?: duoc)?(?: van ban| ke hoach)?", "recipients?")),
    (DocumentField.ISSUER, phrases(r"(?:cua|thuoc) (?:thanh pho|tinh|phuong|xa|co quan|don vi|dia phuong|noi) nao", r"(?:do )?(?:ai|co quan nao|don vi nao|cap nao) (?:la noi )?(?:ban hanh|ra|phat hanh)", r"co quan ban hanh", "(?:cua|do) (?:co quan|don vi|cap|noi) nao ban hanh", "who issued", "(?<!ha )noi ban hanh")),
    (DocumentField.TITLE, phrases(r"(?<!ke )(?<!neu )(?<!tung )(?:ten|tieu de|trich yeu)(?: day du| cua)?(?: la gi)?", "title")),
)  # fmt: skip

DOCUMENT_KINDS = phrases(
    "ke hoach", "phu luc", "van ban", "quyet dinh", "tai lieu", "cong van", "plan", "document", "annex", "bang phan cong(?: nhiem vu)?", "quy che", "nghi quyet", r"thong bao(?= (?:so |ket luan|nay|do|\d|·))",
)  # fmt: skip

# Words for a document that are as often the topic itself: they name it only right beside its name.
DOCUMENT_WORDS = phrases(
    "chuong trinh", "de an", "danh muc(?: nhiem vu| cong viec)?", "bang(?: nhiem vu| cong viec| viec)?", "file", "ban"
)

# Words that carry a question but no content of their own; the longer phrase wins.
_FRAME = (
    r"^(?:(?:o |trong |theo )?(?:cai |ban )?(?:ke hoach|van ban|phu luc)(?: nay| do| cua (?:minh|phuong|xa|thanh pho))*|·(?:[ ·]*·)?) (?:(?:thi|co|da|dang) )*(?:noi|yeu cau|quy dinh|neu|ghi|nhac|de cap|de ra|dat ra|bat buoc)(?: ro| cu the)?(?: (?:nhung )?(?:gi|the nao|ra sao|nhu the nao|dieu gi))+(?: (?:ve|toi|den|doi voi|cho|o))?(?= )",
    "(?:viec|cai|nhiem vu|y|muc|noi dung) (?:nay|do|ay|kia)", "no", "de nghi(?: cho)?",
    "(?:em |toi |minh )?(?:xin )?cam on(?: anh| chi| em| ban)*(?: rat)?(?: nhieu)?", "da(?: vang)?(?= )", "(?:lam )?phien(?: anh| chi| em| ban)+", "thua(?: anh| chi)*", "kinh (?:gui|thua|chao)(?: anh| chi| ban)*",
    "tasks?", "led", "list", "show", "me", "us", "there", "about", "any", "all", "hello", "hi",
    "sep", "gap(?: lam)?", "khan(?: cap)?", "nhanh", "tien the", "lam phien", "phien", "nho",
    "moi nhat", "hien hanh",
    r"(?:xin |vui long |lam on |nho )*(?:cho|giup|bao|chi|tra cuu|tra|kiem tra|tim|xem|noi|doc)(?: (?:giup|ho|gium|dum|toi|em|minh|anh|chi|ban|hoi|biet|xem|voi))+",
    r"(?:anh|chi|em|ban|ad|admin|bot|tro ly)(?: oi| a)", "xin (?:chao|hoi|phep)", "chao(?: anh| chi| em| ban)*", "(?:toi|em|minh|anh|chi) (?:muon|can|dinh) (?:hoi|biet|xem|tim|tra)", "cho hoi(?: chut| ti| mot chut)?", "hoi (?:chut|ti|mot chut)",
    "(?:co )?chac(?: chan)?(?: la)?(?: (?:lam|co))?(?= khong| k |$)", "(?:dung|phai|co dung|co phai)? ?(?:khong|k)(?: a| nhi| vay| ha| nhe)?$", "(?:dung|phai) khong", "co phai(?: la)?", "the nao", "nhu the nao", "ra sao", "(?:la|thi) (?:bao nhieu|may|gi|ai|dau|sao|nhu nao)",
    "bao nhieu(?: phan tram)?", "phan tram", "la gi", "khi nao", "bao gio", "luc nao", "(?:o|tai|tu|ve|den|vao) dau", "cho nao", "tai sao", "vi sao", "la (?:ai|cai gi|viec gi|cua ai)", "do ai", "boi ai", "voi ai", "cho ai",
    "(?:may|bao nhieu) (?:gio|tieng)", "(?:vao |luc |khung )+gio nao", "nam ngoai", "may (?=ngay|thang|nam|lan|cuoc|muc|loai|gio|nguoi|buoi)", "(?:ngay|thang|nam|quy|muc|loai|ai|gi|don vi|cai|viec|dieu) (?:nao|may|gi|bao nhieu)", "thu may", "toi da", "toi thieu", "it nhat", "nhieu nhat", "khong qua", "dung khong", "phai khong",
    "ghi (?:may|sao|gi|the nao|bao nhieu|ra sao|ngay nao)", "cau hoi", "thong tin ve", r"thong tin(?= (?:nhiem vu|viec|ke hoach|van ban|cua|·)|$)", "cu the", "chi tiet", "hien nay", "bay gio", "quy dinh(?: ve| the nao| ra sao)", "noi (?:ve|den|toi|gi)", "(?:duoc|co) (?:neu|nhac|ghi|quy dinh|noi|dua ra)(?: den| toi| trong| o)*", "(?:neu|nhac|ghi|nam) (?:den|toi|trong|o|ro)+",
    r"(?<=bao nhieu )(?:tien )?(?:1|mot|moi)(?= (?:ky|kg|can|nguoi|con|m2|lit|cai|suat)(?!\w))",
    "cai", "dau tien", "cuoi cung", "lien quan(?: den| toi)?", "nhiem vu", "lam (?:gi|sao)", "viec", "phai lam",
    "^mang(?= )", "cho", "hoi", "thi", "la", "nao", "gi", "ai", "may", "a", "nhe", "nhi", "vay", "ha", "oi", "voi", "va", "nhung", "cac", "cua", "trong", "theo", "den", "tu", "o", "tai", "ve", "nay", "do", "kia", "ay", "the", "con", "thuoc", "duoc", "bi", "da", "se",
    "dang", "can", "phai", "nen", "co", "hay", "hoac", "ma", "rang", "neu", "em", "anh", "chi", "toi", "minh", "roi", "nua", "luon", "xong", "hoan thanh", "gom", "bao gom", "biet", "vao", "muon", "giup", "xin", "khong", "moi", "dau",
    rf"(?:{_BY} )?(?:nghi dinh|thong tu|luat|nghi quyet|chi thi) {_WHICH_NUMBER}", rf"{_BY} {_CITED} {_WHICH_NUMBER}", _GOES, "truoc ai", "(?:phong|so|nganh|trung tam|hoi|chi cuc|bo phan) nao",
    "(?:lay|trich|chi|bo tri|huy dong)?(?: ra)? ?(?:tu|o) (?:dau|nguon nao|quy nao)(?: ra)?", "lay (?:dau|nguon nao|o dau)(?: ra)?", r"(?:bo ra|chi ra|het|mat|ton|khoang)(?= (?:bao nhieu|may (?:tien|trieu|ty)))",
    r"(?:may|bao nhieu) (?:thang|tuan|nam|quy|ngay)(?= (?:[a-z]+ ){0,14}(?:mot|1) lan)",
    "tro (?:len|xuong)", "(?:phan |mang )?linh vuc(?= [a-z]+ [a-z]+)", "(?<=· )yeu cau(?: la| rang| phai)?", "(?:de )?lam(?= (?:ban |cai )?(?:ke hoach |quyet dinh )?·)", "(?<=tien )(?:thuc hien|trien khai)",
    "the", "is", "are", "of", "to", "in", "on", "for", "plan", "task", "please", "pls", "and", "by", "does", "must", "should", "has", "have", "it", "this", "that", "much", "many", "which", "what", "how", "who", "when", "where",
)  # fmt: skip
FRAME = phrases(*sorted(_FRAME, key=len, reverse=True))
# Question words that are, with other accents, syllables of content ("tại" in "tài liệu"): how they are written as
# question words. Typed with other accents they are content; typed without, a known pair decides.
TWO_FACED: dict[str, str] = {
    "cho": "cho", "vay": "vậy", "duoc": "được", "voi": "với", "cua": "của", "nao": "nào", "nhi": "nhỉ",
    "cai": "cái", "mang": "mảng", "no": "nó", "o": "ở", "in": "in", "thi": "thì",
    "do": "do đó", "tai": "tại", "trong": "trong", "ve": "về", "the": "thế", "tu": "từ", "theo": "theo", "bi": "bị", "den": "đến", "co": "có",
    "ma": "mà", "hay": "hay hãy", "da": "đã dạ", "dang": "đang", "nen": "nên", "can": "cần", "con": "còn", "nay": "này nay", "dau": "đâu", "neu": "nếu nêu",
    "moi": "mỗi", "may": "mấy", "anh": "anh", "chi": "chị", "minh": "mình", "toi": "tôi tới", "hoi": "hỏi", "gom": "gồm", "kia": "kia", "ha": "hả",
    "a": "ạ à a", "to": "to", "is": "is", "on": "on", "of": "of", "ay": "ấy ý", "biet": "biết", "vao": "vào", "muon": "muốn", "giup": "giúp", "xin": "xin",
    "xong": "xong", "luon": "luôn", "nua": "nữa", "roi": "rồi", "thuoc": "thuộc", "bao": "bao", "viec": "việc", "em": "em", "oi": "ơi",
}  # fmt: skip

# Of these the ones that only their accents tell apart: "của" is in every document.
ACCENTED_ALONE = frozenset({"cho", "vay", "duoc", "voi", "cua", "nao", "nhi"})

# The words of questions as they are written, for those that documents rarely hold.
SPELLED_ASKED = (
    "nào gì mấy ai đâu sao chưa bao nhiêu giờ khi hôm ngày tháng năm quý việc nhiệm vụ hạn thời chủ trì phối hợp làm phải xong nộp"
    " hết trễ chậm quá liệt kê danh sách kế hoạch phụ lục mục phần số của trong thuộc theo cho với cùng được giao ký người nhận"
    " đơn vị cơ quan phòng bên sở ban chỗ nơi nói về thế còn vậy kia ấy tất cả những các cái lãnh đạo chịu trách đầu mối sản phẩm"
    " một hai ba bốn sáu bảy tám chín mười mươi mốt lăm tư nhất nhì thứ là thì mà nếu hay hoặc cũng đã đang sẽ bị đủ đầy tên"
    " này đó đây thế nên vì sao tại nhiều ít nhất lớn nhỏ mới cũ đúng sai nữa rồi luôn lại vẫn chỉ đều rất lắm hơn bằng nhau"
    " kết quả trình duyệt chốt lúc đến trước sau cuối đầu tuần tiến độ hàng hằng thường xuyên định kỳ không có"
)

# Where money comes from, as plans say it.
FROM_FUNDS = lazily(
    r"\b(?:tu|do|bang|gom)\b[^.;]{0,30}\b(?:ngan sach|nguon|quy|xa hoi hoa|dong gop|tai tro)\b|\bngan sach [^.;]{0,40}(?:bao dam|cap|ho tro|chi)\b|\bnguon [^.;]{0,20}(?:xa hoi hoa|huy dong|hop phap|tai tro)"
)
# What a question asks for, by its words, and what a text must hold to answer it (folded, with signs).
EXPECTED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (phrases(r"(?:bao nhieu|may|ty le|ti le)(?: la)? (?:phan tram|%)", "phan tram", "percent", r"(?:ty le|ti le)(?: [a-z]+){1,12} (?:la |dat |phai dat |chiem )*(?:bao nhieu|may)(?=$|,| (?:a|vay|the|tro len)(?!\w))"), lazily(r"\d ?%|phan tram")),
    (
        phrases(r"(?:bao nhieu|may|het|tong)(?: la)? (?:tien|ty|ti|trieu|dong|nghin)(?: dong)?", "(?:kinh phi|ngan sach|chi phi|gia|phi|von)(?: la)? bao nhieu", r"(?:phi|gia|muc thu|muc phi|tien)(?: [a-z0-9]+){1,10} bao nhieu(?=$|,| (?:1|mot|moi) (?:nguoi|luot|ve|lan|thang|nam|ngay|gio|tieng|km|kg|ky|met|ha|ho|con|chiec|suat|buoi|chuyen|dem)(?!\w))", "(?:may|bao nhieu) (?:(?:tram|chuc|muoi) )?(?:dong|nghin|ngan|trieu|tien|ty)(?: dong)?(?: (?:1|mot|moi) [a-z0-9]+)?", "may (?:tram|xu)(?=$|,| (?:mot|1|moi) )", "muc phat", "phat bao nhieu", "bao nhieu tien",
            r"(?:(?<!chat )(?<!so )(?<!khoi )(?<!du )(?<!nang )(?<!luc )luong|phu cap|tro cap|tien (?:thuong|cong|an|xang|ho tro)|cong tac phi|kinh phi|ngan sach|thu lao)(?: [a-z0-9/]+){0,12} (?:la )?(?:bao nhieu|may (?:trieu|tien|dong))(?=$|,| (?:mot|1|moi|hang) )",
            r"(?:tien|kinh phi|ngan sach|chi phi|muc chi|muc thu|von|le phi)(?: [a-z]+){1,14} (?:la |het |mat |bo ra )?bao nhieu(?! (?:phan tram|%|nguoi|lan|ngay))",
            "(?:duoc|huong|linh|nhan|nop|dong|tra|thu|chi) bao nhieu (?:mot|1|moi) (?:thang|nam|ngay|nguoi|ho|lan|buoi)"),
        lazily(
            r"\d[\d.,]* ?(?:ty|ti|trieu|nghin|ngan|dong|vnd)\b|\bhe so \d|lan muc luong"
            r"|\bmien (?:le |hoc )?phi\b|\bkhong (?:phai )?(?:thu|nop|dong|tra|mat)\b[^.;]{0,20}\b(?:phi|tien)\b"
        ),
    ),
    (
        phrases(r"(?:ho tro|tro cap|boi thuong|den bu|thuong|dat coc|tien coc|the chan)(?: (?:toi da|cao nhat|it nhat))? (?:la )?(?:bao nhieu|may)(?=$|,| (?:a|vay|the|nhi|thi|em|anh|chi)(?!\w))"),
        lazily(r"\d ?%|phan tram|\d{1,3}(?:\.\d{3})+|\d[\d.,]* ?(?:ty|ti|trieu|nghin|ngan|dong|vnd|lit|kg|suat)\b|\bmien\b|\bkhong (?:phai )?(?:thu|nop|dong|tra)\b"),
    ),
    (phrases(r"(?:tien|kinh phi|ngan sach|von|chi phi|nguon)(?: [a-z0-9/]+){0,12} (?:tu|o|lay) (?:dau|nguon nao|quy nao)", "nguon (?:kinh phi|tien|von|ngan sach) nao", "(?:tien|kinh phi) (?:o |lay )?dau(?: ra| ma| de)?(?! (?:tu|thau|vao|gia|nam|ky|tien)(?!\\w))", "(?:lay |chi |dung |trich )(?:tu |o )?(?:nguon|quy|khoan) nao"), FROM_FUNDS),
    (phrases(r"(?:thong )?qua (?:phong|so|ban|van phong|trung tam|don vi|co quan|bo phan) nao"), lazily(r"\bqua (?:phong|so|ban|van phong|trung tam|bo phan)\b")),
    (phrases(r"chiu trach nhiem(?: truc tiep)? (?:truoc|voi) (?:ai|cap nao|don vi nao|co quan nao)"), lazily(r"\bchiu trach nhiem[^.;]{0,30}\b(?:truoc|voi)\b")),
    (phrases(r"(?:may|bao nhieu) (?:thang|tuan|nam|quy|ngay)(?: [a-z]+){0,14} (?:mot|1) lan"), lazily(r"\b(?:moi|hang|\d+|mot|hai|ba|sau) (?:ngay|tuan|thang|quy|nam)\b|\b(?:\d+|mot) lan\b|\bdinh ky\b")),
    (phrases(r"(?:dat|to chuc|dien ra|tru so|lam viec|xay|tiep nhan|dong)(?: [a-z]+){0,3} (?:o dau|cho nao)", "dia chi", "dia diem nao", "noi nao"), lazily(r"\b(?:dat|to chuc|nam|dong|lap dat|tai tru so) (?:tai|o)\b|\bdia (?:chi|diem)\b|\btai (?:cac )?(?:phong|tru so|so \d|trung tam|ben|san|hoi truong|nha|cho|truong|khu|quang truong|cong vien|tram|thon|to dan pho|diem|bai)\b")),
    (phrases("e?mail", "so dien thoai", "sdt", "hotline", "website", "so fax", "fax"), lazily(r"@|\b0\d{8,10}\b|\b0\d{1,4}(?:[ .\-]\d{1,4}){2,3}\b|www\.|https?:")),
    (
        phrases(r"(?:chu tich|pho chu tich|truong phong|pho phong|giam doc|bi thu|chanh van phong|can bo|chuyen vien|truong (?:ban|khu|thon|ap|ban|xom|lang|tram)|to truong|khom truong|khu truong)(?: [a-z]+){0,10} (?:ten (?:la )?gi|la ai|ten ai|ho ten)", r"(?:truong|giam doc|chu tich|bi thu|chi huy|doi truong|hieu truong)(?: [a-z]+){1,10} (?:ten (?:la )?gi|ten ai|ho ten)", r"(?:ten|ho ten|ai la)(?: cua)? (?:chu tich|pho chu tich|truong phong|giam doc|bi thu|chanh van phong)"),
        lazily(r"^\W*(?:tm|kt|tl)\b|\b(?:ong|ba|dong chi) [a-z]+ [a-z]+ [a-z]+"),
    ),
    (phrases(r"(?:phan mem|hang|cong ty|nha cung cap|nha thau|model|mo hinh) (?:nao|gi)", "(?:cua|do) hang nao"), lazily(r"\b(?:cong ty|tap doan|vnpt|viettel|fpt|microsoft|google|nha cung cap)\b")),
    (phrases("(?:vao )?thu may(?: hang tuan)?", "ngay thu may", "(?:luc|hom|ngay|khi|bao) (?:nao|gio|may) (?:trong|cua|hang|moi) (?:moi |hang )?tuan"), lazily(r"\bthu (?:hai|ba|tu(?! (?:uu tien|cac|cua|nhu|sau|tu|xet|giam|tang))|nam|sau|bay|\d)\b|\bchu nhat\b|\bhang \d")),
    (phrases(r"(?:may|bao nhieu) (?:gio|tieng|phut)", "luc may gio", r"(?:vao |luc |khung )gio nao", "khung gio nao"), lazily(r"\d+ ?(?:gio|phut|h)\b|\d+h\d*")),
    (phrases("xep (?:thu|hang)(?: may| bao nhieu| nao)?", "(?:dat |duoc )?(?:bao nhieu|may) diem", "diem (?:so )?(?:bao nhieu|la may)", "hang may"), lazily(r"\b(?:thu|hang|top) \d|(?:\d[\d.,]*|\b(?:mot|hai|ba|bon|muoi)) diem\b|\bdiem[^.]{0,20}\d")),
    (phrases(r"(?:may|bao nhieu) (?:ngay|buoi)"), lazily(r"\d[\d.,/]* (?:ngay|gio|buoi)|nua ngay")),
    (phrases(r"tu (?:ngay|hom|thang|khi|luc) (?:nao|may) (?:cho )?(?:den|toi|het)(?: het)? (?:ngay|hom|thang|khi|luc) (?:nao|may)"), lazily(r"\d[\d/]* (?:den|toi)(?: het)?(?: ngay| thang)? \d|\bngay \d[^.;]{0,30}\b(?:den|toi) (?:het )?(?:ngay|thang) \d")),
    (phrases("truoc ngay (?:nao|may|bao nhieu)", "cham nhat (?:la )?ngay (?:nao|may)"), lazily(r"\btruoc (?:ngay )?\d|\bcham nhat|\bdinh ky|\bden (?:het )?ngay \d")),
    (phrases(r"(?:ngay|thang) (?:nao|may)", "khi nao", "bao gio", "luc nao", "chot den ngay"), lazily(r"\d{1,2}[/.]\d{1,2}|\bngay \d|\bthang \d|\bquy [ivx\d]|\bnam \d{4}|\bkhi co\b|\bsau khi\b|\bthuong xuyen\b|\bdinh ky\b|\bhang (?:nam|quy|thang|tuan|ngay)\b|\bthu (?:hai|ba|tu(?! (?:uu tien|cac|cua|nhu|sau|tu|xet|giam|tang))|nam|sau|bay)\b")),
)  # fmt: skip
# Of these the patterns for a day: a task that has a deadline answers them, however it is written.
TIMES = frozenset(answer.pattern for _, answer in EXPECTED[-2:])
WHENEVER = EXPECTED[-1][1].pattern
HOW_MANY = phrases(
    r"(?<!thang )(?<!quy )(?<!nam )(?<!thu )(?<!dieu )(?<!so )(?<!muc )(?:(?<!ngay )|(?<=ngay )(?=(?:may|bao nhieu) (?:luot|lan|chuyen|bua|phieu|tan|km|kg)\b))(?:bao nhieu|may)(?: cai| con)? (?P<noun>(?!cai\b|con\b|tram\b|chuc\b|muoi\b|trieu\b|nghin\b|ngan\b|xu\b|cay\b|phan\b|tien\b|ty\b|viec\b|nhiem\b|ngay\b|gio\b|tieng\b|buoi\b|thang\b|nam\b|quy\b|la\b|thi\b|o\b|trong\b|cua\b|nhu\b|diem\b|mot\b|moi\b|cho\b|de\b|vay\b|the\b)[a-z]+)"
)

# Which law or plan is asked for, by its number: an answer cites one of that kind.
CITED_ASKED = phrases(
    rf"(?P<sure>nghi dinh|thong tu|luat|nghi quyet|chi thi) {_WHICH_NUMBER}",
    rf"(?:(?:{_BY}|thay (?:the|cho)|bai bo) (?P<by>{_CITED}) {_WHICH_NUMBER}|(?P<numbered>{_CITED}) so (?:may|bao nhieu|nao))",
)
# To whom something goes is asked, and where a text says it.
WHITHER = phrases(
    _GOES,
    "bao cao (?:ve |len |den |toi |cho )+(?:dau|noi nao|cap nao)",
    r"(?<=, )(?:gui |nop )?cho ai",
    r"(?:nop|gui|bao cao)(?: [a-z0-9]+){1,6} cho ai",
)
GOES_TO = lazily(
    r"\b(?:gui|nop|trinh|bao cao|ve|qua)\b[^.;]*\b(?:phong|so|van phong|uy ban|ubnd|chu tich|ban|chi cuc|trung tam|giam doc|lanh dao|bo|hdnd|hoi dong|toa an|vien kiem sat|kho bac|ngan hang|cong an|thanh tra)\b"
)
# Where something is handed in: to the body in charge.
WHERE_TO = phrases("(?:nop|gui|nhan|lam|dang ky|lay|xin)(?: ho so| don| giay)? (?:o |tai )?(?:dau|cho nao|noi nao)")
# A grade is asked for: "cấp độ mấy", "mức độ bao nhiêu".
GRADED = phrases(
    r"(?<!phu )(?<!tro )(?<!cung )(?<!trung )(?P<noun>cap do|muc do|cap|bac|hang|nhom|tang|khoa) (?:thu )?(?:may|bao nhieu)(?=$|,| (?:a|vay|the|nhi)\b)"
)

CITED_KINDS = frozenset(
    {
        "nghi dinh",
        "quyet dinh",
        "thong tu",
        "nghi quyet",
        "chi thi",
        "ket luan",
        "ke hoach",
        "van ban",
        "cong van",
        "quy dinh",
    }
)

# What the words of a passage hold that tells an attribute of a duty: plainly, or by other words.
TOLD_BY: dict[Attribute, tuple[str, str]] = {
    Attribute.LEAD: (
        r"\bchu tri\b",
        r"\b(?:phoi hop voi|phu trach|chiu trach nhiem|dau moi|giao|tham muu|tong hop)\b|\bdo [^.;]{3,60} (?:quyet dinh|cho phep|phe duyet|ky)\b",
    ),
    Attribute.COORDINATE: (r"\bph.i hop\b", r"\bcung\b"),
}

# Words that stand for one another in plans and in what officers say: a folded syllable or pair and what may stand in its place.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "hotline": ("duong_day",),
    "facebook": ("mang_xa",),
    "rac": ("chat_thai",),
    "thuoc_sau": ("thuoc_bao",),
    "thu_2": ("thu_hai",),
    "thu_3": ("thu_ba",),
    "thu_4": ("thu_tu",),
    "thu_5": ("thu_nam",),
    "thu_6": ("thu_sau",),
    "thu_7": ("thu_bay",),
    "mot": ("1",),
    "hai": ("2",),
    "ba": ("3",),
    "1": ("mot",),
    "2": ("hai", "ii"),
    "3": ("ba", "iii"),
    "ii": ("2",),
    "iii": ("3",),
    "iv": ("4",),
    "hop": ("hoi_nghi", "cuoc_hop"),
    "cuoc_hop": ("hoi_nghi",),
    "thu_truong": ("nguoi_dung", "dung_dau"),
    "dung_dau": ("thu_truong",),
    "kinh_phi": ("ngan_sach",),
    "ngan_sach": ("kinh_phi",),
    "giay": ("van_ban",),
    "online": ("truc_tuyen",),
    "gio_giac": ("thoi_gian",),
    "sua": ("sua_doi",),
    "giam": ("cat_giam", "tinh_gian"),
    "cat_giam": ("tinh_gian", "giam"),
    "tinh_gian": ("cat_giam", "tinh_giam"),
    "dam_bao": ("bao_dam",),
    "bao_dam": ("dam_bao",),
    "dien_tu": ("truc_tuyen",),
    "cuoi_nam": ("hang_nam",),
    "ca_nam": ("hang_nam",),
    "nop": ("gui",),
    "thuong": ("khen_thuong",),
    "phat_thanh": ("loa_phat",),
    "tap_huan": ("boi_duong",),
    "boi_duong": ("tap_huan",),
    "dao_tao": ("boi_duong",),
}
