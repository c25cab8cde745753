"""The folded words of follow-ups: what opens them, picks, goes back, narrows, corrects.

Data for ``conversation``, ``topics``, ``several``, ``picking`` and ``narrowing`` in assistant/.
"""

from __future__ import annotations

import re

from assistant.understand.lexicon import phrases

OPENING = re.compile(
    r"^(?:(?:khong|k|a|ah|o|sai roi|nham(?: roi)?|a nham|khong phai|thoi),? ?)?"
    r"(?:con|the con|the|vay|vay con|a the|y (?:toi|minh|em|anh|chi) (?:la|noi|hoi)|y la|khong phai|(?:toi|minh|em|anh|chi) (?:hoi|muon hoi|noi)|a khong|nham|sai roi)(?!\w)"
)
CLAUSE = re.compile(r"(?<!\w)khoan (?P<clause>\d{1,2})(?:,? diem (?P<letter>[a-z]))?(?!\w)(?!.*dieu)")
BARE_NUMBER = re.compile(
    r"^(?:(?:khong|a|nham|the|vay|con|y (?:toi|minh|em|anh|chi) la),? )*(?:so |cai |nhiem vu |viec |thu )*(\d{1,3})(?: thi)?(?!\w|/|%|\.\d)(?! (?:ngay|tuan|thang|nam|quy|phan tram|viec|nhiem vu|nguoi|cuoc|don vi|cai|chiec|ho|nha|tram|diem|xe|con|km|ha|trieu|ty|nghin|dong|tuoi|lan|buoi|lop|ban|mau)(?!\w))"
)
_POINTS = "(?:do|nay|ay|day|kia|tren|noi tren|vua roi|vua noi)"
THAT = phrases(f"(?:viec|nhiem vu|cai|noi dung|van de|muc|y) {_POINTS}")
ANAPHOR = phrases(
    f"(?:viec|nhiem vu|cai|dau viec|muc|don vi|co quan|phong|so|ben|ban) {_POINTS}(?! (?:nam|thang|quy|tuan))",
    "no(?= )",
)
THAT_BODY = phrases(
    "(?:so|phong|don vi|co quan|van phong|trung tam|cong an|hoi|truong|tram|ban|ben|chi cuc)(?: chu tri| phoi hop)? (?:do|nay|ay|day|kia|tren|noi tren|vua roi|vua noi)",
    "(?<=cua )ho(?=$|,| (?:la|thi|o|trong|khong|nua|luon|a|nhi)(?!\\w))",
)
IN_LIST = re.compile(
    r"(?<!\w)(?:viec |nhiem vu |dau viec |cai |muc )?(?:(?:thu (?P<ordinal>\d{1,2}))|(?:so )?(?P<number>\d{1,2}))"
    r" (?:trong (?:so )?(?:do|nay|ay|danh sach(?: (?:do|nay|tren))?|(?:cac|nhung|may) (?:viec|nhiem vu|cai) (?:do|nay|ay|tren))|o (?:ben )?tren|ben tren|tren day|vua (?:neu|ke|liet ke|roi))(?!\w)"
)
FROM_WHEN = phrases(
    r"(?:dem|tinh|ke)(?: ngay)? tu (?:luc|khi|ngay|dau|thoi diem|hom|bao gio|moc)(?: nao| may| gi)?",
    "moc (?:tinh|dem) (?:la )?(?:luc|ngay|khi) nao",
)
_STEP_NOUN = r"(?:cai|viec|nhiem vu|dau viec|muc|dong|hang|nv|stt)"
_STEP_OF = r"(?:(?: (?:no|do|nay|ay|kia|viec (?:do|nay|ay)|nhiem vu (?:do|nay|ay)|cai (?:do|nay|ay)))+)?(?!\w)"
# The row below or above the one told of: "việc ngay sau nó", "nhiệm vụ kế tiếp là gì", "dòng trên nó".
NEXT_ROW = re.compile(
    rf"(?<!\w){_STEP_NOUN} (?:(?:o|nam|dung|phia) )*(?:tiep theo|ke tiep|lien ke|(?:ngay |lien |ke )(?:sau|duoi)|(?:ben |phia )?duoi(?= (?:no|do|viec|nhiem vu|cai))|sau(?= (?:no|do|viec do|nhiem vu do)(?!\w))){_STEP_OF}"
)
ROW_BEFORE = re.compile(
    rf"(?<!\w){_STEP_NOUN} (?:(?:o|nam|dung|phia) )*(?:(?:ngay |lien |ke )(?:truoc|tren)|(?:ben |phia )?tren(?= (?:no|do|viec|nhiem vu|cai))|truoc(?= (?:no|viec do|nhiem vu do)(?!\w))){_STEP_OF}"
)
LATE_WORDS = frozenset(
    "gio bay hien tai chua moi lam xet coi la bi tre cham qua han tinh xem nop xong thi dem tu luc khi nao ngay ke moc thoi diem den ma van khong da hom nay dau vay nhu the".split()
)
THAT_DOCUMENT = phrases("(?:quyet dinh|van ban|ke hoach|nghi quyet|chi thi|ket luan) (?:do|nay|ay)")
THAT_SECTION = phrases("(?:trong |o |thuoc |cung )?(?:muc|phan|nhom|chuong|linh vuc) (?:do|nay|ay|kia|tren)")
# What is asked beside what was asked before: "còn Hà Nội, hạn nữa".
ADDS = phrases("nua", "luon", "them", "(?:va|voi|ke) ca")
# The same work in another plan, as its words are there: "bên Hà Nội cũng có việc tương tự".
SIMILAR = phrases(
    "tuong tu",
    "(?:giong|nhu) (?:vay|the|viec (?:do|nay|tren))",
    "cung (?:co |la )?(?:mot )?(?:viec|cai|nhiem vu|muc) (?:do|nay|ay|nhu vay|nhu the)",
)
# Which row of the table is about what was told of: "dòng số mấy trong phụ lục", "là STT bao nhiêu".
ROW_ASKED = phrases(
    r"(?:dong|hang|stt|so thu tu|nhiem vu|dau viec|viec) (?:so |thu )?(?:may|bao nhieu|nao)(?= (?:trong|o|cua|ben) (?:cai |ban )?(?:phu luc|bang)|$)"
)
COMPARES = phrases("giong", "khac", "so voi", "trung(?! (?:tam|uong|hoc|binh|gian))", "nhu")
# Words of a half sentence that name nothing.
EMPTY = frozenset(
    "sao ra roi co ben giong khac so voi thoi luon vay thay ha day lai quay tiep nua y nhi nay luc gi khong phai nham cua tai muc tro ve hoi ban"
    " vua truoc khi vay cai muc phan phia thanh pho phuong xa tinh trung nhu the nao thuc hien viec chuyen vu lam nop".split()
)

# Terms of documents that name nothing all the same.
EMPTY_TERMS = frozenset(
    tuple(term.split())
    for term in (
        "thuc hien", "thanh pho", "phuong xa", "xa phuong", "nhu the", "the nao", "thi sao", "ra sao", "cua thanh", "cua phuong", "cua xa",
        "thuc hien viec", "hien viec", "viec thuc", "ve viec", "tro ve", "tro lai", "noi lai", "gi khac", "co gi", "co muc", "muc tinh", "phan muc", "hoi lai", "muc cua", "cua muc",
    )
)  # fmt: skip

ORDER = frozenset("som muon tre xa lau gan cham gap nhat truoc sau cung tien dau hon".split())
# Beside the number of a section, words of who corrects it: "à nhầm, mục III mới đúng".
CORRECTING = frozenset(
    "nham roi co moi dung phai sai khong la chu day do nhe a nhi y hoi em anh chi toi minh lon".split()
)
CORRECTS = re.compile(
    r"^(?:(?:a|ah|o|u|da|uh),? )*(?:khong|nham|sai roi|a nham|y (?:toi|minh|em|anh|chi) (?:la|noi)|y la)(?!\w)"
)
# A role with nothing beside it: of the body told of, not of a task ("cơ quan phối hợp?").
ROLE_ALONE = re.compile(
    r"^(?:(?:the|con|vay|va|thi|a|uh|ok|nua|ngoai ra),? )*(?:(?:nhung |cac )?(?:viec|phan|vai tro|nhiem vu) )?(?:no |ho |phong do |so do |minh )?(?:chi |duoc |co |thi |lam )*(?:phoi hop|chu tri)(?: thi| la)?"
    r"(?: (?:sao|the nao|ra sao|nua|thi sao|(?:nhung |cac |may |bao nhieu )?(?:viec|nhiem vu|cai)(?: nao| gi)?|nhung gi|gi|may|bao nhieu|co|chu|nhe|vay|phong|so|don vi|ho|no|do|ay))*$"
)
SUPPOSING = frozenset("gia su neu khi luc truong hop coi nhu dinh vd vi du ngay thi".split())
ASKER = phrases("ai", "(?:don vi|co quan|phong|ben|so) nao")
_NOUN = r"(?:cai|muc|y|so|chon|viec|nhiem vu|dau viec|van ban|phuong an|lua chon|dap an|cau)"
COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
ORDINALS = {"dau tien": 1, "thu nhat": 1, "thu hai": 2, "thu ba": 3, "thu tu": 4, "thu nam": 5, "thu sau": 6, "thu bay": 7, "thu tam": 8, "cuoi cung": -1, "sau cung": -1, "ap chot": -2, "ke cuoi": -2}  # fmt: skip
PICK = re.compile(
    r"^(?:a |da |vang |u |ok |oke |thi |cho (?:minh|em|anh|chi|toi)? ?)*(?:lay |chon )?(?:so|cau|chon|lay|muc|cai|y|phuong an|lua chon|dap an|viec)? ?(?:so |thu )?"
    r"(?P<n>\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam)[.)]?(?: (?:nhe|di|a|em|ban|ay|do|nha|thoi))*$"
)
PLACE = re.compile(
    rf"^(?:con |the |vay |a )*(?:lay |chon |cho xem )?{_NOUN}? ?(?:(?P<place>{'|'.join(ORDINALS)})|(?:thu|(?<=cai )so) (?P<nth>\d{{1,2}}))(?!\w)"
    rf"|^(?:con |the |vay |a )*{_NOUN} (?P<edge>dau|cuoi)(?= |$)(?! (?:nam|thang|quy|tuan|ra|moi|tu|vao|thau|gia|mo)(?!\w))"
)
# The same at the end of what is asked of it: "ai chủ trì cái đầu tiên", "hạn của việc thứ hai".
PLACE_LAST = re.compile(
    rf"(?<!\w){_NOUN} (?:(?P<place>{'|'.join(ORDINALS)})|thu (?P<nth>\d{{1,2}}))(?:,? (?:a|nhi|vay|the|day|sao|do|ay|la|thi|den|phai|khi nao|bao gio|luc nao|ngay nao|thang may|the nao|ra sao|ai|gi|nao|do ai|(?:ai|(?:don vi|co quan|phong|so) nao) (?:chu tri|phoi hop|lam|phu trach)|han|thoi han))*$"
    rf"|(?<!\w){_NOUN} (?P<edge>dau|cuoi)(?: (?:a|nhi|vay|the|ay|do))*$"
)
SEVERAL = re.compile(
    rf"^(?:con |the |vay |a )*(?P<n>\d{{1,2}}|hai|ba|bon|nam) {_NOUN} (?P<edge>dau|cuoi)(?: tien| cung)?(?!\w)"
)
EARLIEST = phrases(
    "(?:han )?(?:som|gan) nhat",
    "(?:han )?(?:som|gap) hon",
    "(?:den |toi |het )han (?:truoc|dau tien)",
    "gap nhat",
    "phai xong truoc(?: nhat| tien)?",
)
LATEST = phrases(
    "(?:han )?(?:muon|tre|xa|lau|cham) nhat",
    "(?:han )?(?:muon|tre|cham) hon",
    "(?:den |toi |het )han (?:sau|cuoi) cung",
    "sau cung",
)
BACK = phrases(
    "quay lai",
    "tro lai",
    "quay ve",
    "tro ve",
    "ve lai",
    "luc nay",
    "hoi nay",
    "ban nay",
    "vua nay",
    "luc dau",
    "luc truoc",
    "khi nay",
)
AMONG = phrases(
    "trong (?:so )?(?:do|nay|cac viec do|nhung viec do|danh sach (?:do|tren))",
    "trong (?:cac|nhung|may) (?:viec|nhiem vu|cai|muc|dau viec) (?:do|nay|tren|ay|vua roi)",
    "(?:viec|cai|nhiem vu|muc) nao trong",
    "^(?:con |the |vay )*(?:cai|muc) nao",
    "(?:nhung|cac|may) (?:viec|cai|nhiem vu) (?:do|ay|nay|tren)",
    "chi (?:lay|xem|tinh|can|liet ke)",
    "loc(?: ra| lai)?",
)
SPELL_OUT = phrases(
    "liet ke(?: ra| het| di| giup| cu the)*",
    "ke (?:ra|ten|het|cu the|xem|di)",
    "la nhung viec nao",
    "do la nhung (?:viec|nhiem vu|cai) (?:nao|gi)",
    "(?:cu the|gom|chi tiet)(?: la| do la)? (?:nhung )?(?:viec|cai|nhiem vu) (?:nao|gi)",
    "la nhung gi",
    "(?:gom )?nhung (?:viec|cai|nhiem vu) (?:nao|gi)",
    "viec gi",
    "ke ra",
    "cho xem(?: danh sach| cu the| het)?$",
    "doc ra",
    "viec nao(?: vay| the)?$",
)
_REST = r"(?:nhung |cac )?(?:viec |nhiem vu |cai |muc |phan )?con lai"
# The next tasks of a list, or all that were not told.
MORE = re.compile(
    rf"(?:(?:cho )?(?:xem|liet ke|ke|doc|noi|hien|trang) )?(?:tiep(?: theo| tuc| di| nua| nhe)*|them(?: nua| di| nhe)*)|con (?:nua|gi nua|viec (?:nao|gi) (?:nua|khac))(?: khong| k)?"
    rf"|(?:(?:xem|liet ke|ke|cho xem|la) )?{_REST}(?: la (?:gi|nhung gi)| gom (?:nhung )?gi| thi sao| dau| nua)*"
)
WHOLE = re.compile(
    r"(?:cho )?(?:xem|liet ke|ke|doc|noi|hien|dua)(?: ra)? (?:het|day du|toan bo|tat ca)(?: ra| di| danh sach| luon| cho toi| cac viec| nhe)*"
)
HOW_MANY = phrases(
    "(?:co )?(?:may|bao nhieu)(?: viec| cai| nhiem vu| dau viec)?(?: tat ca| vay| the| nhu (?:the|vay)| kieu (?:do|nay)| loai nay)*$",
    "tong cong",
)
# Words that say of which period a report is: another one takes their place.
PERIODS = frozenset("6 thang dau cuoi nam quy hang tuan dinh ky dot xuat mot hai ba bon i ii iii iv".split())
# Another part of the document spoken of: its table, or its prose.
PART = re.compile(
    r"^(?:the |con |vay |thi |the con |nhung )*(?:o |trong |theo |tai )?(?P<part>phu luc|bang(?: phan cong| nhiem vu)?|ke hoach|van ban(?: chinh)?|phan loi(?: van)?)(?: (?:do|nay|ay|kem theo|thi))*"
    r"(?: (?:thi|co|lai|ghi|neu|noi|quy dinh|giao|yeu cau))*(?: (?:the nao|nhu the nao|ra sao|sao|gi|bao gio|khi nao|ai|nhu nao))?$"
)
# "…, còn bản sao số thì sở nào làm": not what is left ("còn bao nhiêu ngày", "còn phải làm gì").
AND_WHAT_OF = re.compile(
    r"[,.]?\s+(?=(?:(?:the|vay|va)\s+)?con\s+"
    r"(?!lai\b|cai (?:nao|gi)\b|bao\b|may\b|phai\b|duoc\b|co\b|trong\b|hieu luc|han\b|thieu\b|nua\b|gi\b|ai\b|thoi\b|chua\b|khong\b|dang\b|la\b|hon\b|\d+ ngay))"
)
# What makes a piece of a message a question.
ASKS = phrases(
    "ai", "nao", "gi", "j", "may", "bao nhieu", "bao gio", "bao lau", "dau", "sao", "khong", "k", "chua", "liet ke", "the nao", "when", "who", "what", "which",
)  # fmt: skip
