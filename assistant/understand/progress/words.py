"""The folded words by which officers report how far they are. Data for ``updates`` beside this file."""

from __future__ import annotations

import re

from assistant.understand.lexicon import phrases

REF = "·+(?: ·+)*"  # names of tasks and documents, hidden
_END = r"(?:xong|hoan thanh|hoan tat|ket thuc|done|finish(?:ed)?|completed?|nghiem thu xong)"
DO = r"(?:lam|trien khai|thuc hien|xu ly|tien hanh|soan thao|soan|xay dung|hoan thien|to chuc|chuan bi|lay y kien|trinh|gop y|ra soat|thuc thi|khan truong)"

# A message without any of these is no report; whatever they are, most questions go no further than this.
HINT = phrases(
    _END, "phan tram", "mot nua", "duoc nua", "dang", "chua", "tam dung", "tam ngung", "tam hoan", "ngung", "dung(?= lai| thuc hien| trien khai)", "hoan(?= lai| den| sang)",
    "lui", "gia han", "keo dai", "xin (?:them|doi|hoan|chuyen)", "giao", "phan cong", "de", "nho", "chuyen", "khong (?:lam|thuc hien|trien khai)", "huy", "bo", "xoa", "rut(?: lai)?", "undo", "hoan tac", "thu hoi", "nhan(?= viec| nhiem vu| lam)", "phu trach", "bat dau", "khoi dong", "ghi chu", "note", "luu y", "sap", "gan", "ok", "nhan", "nham", "sua lai", "cham", "tre", "khong kip", "gac", "dung", "nua", "kha", "bat tay", "(?:mot|hai|ba|bon|nam|bay) phan (?:hai|ba|tu|nam|tam|muoi)", r"\d{1,2}(?:/| phan )\w+", "xin (?:den|toi|phep)", "da (?:duoc )?(?:gui|trinh|nop|ban hanh|ky|phat hanh|cong bo|to chuc|hop)",
)  # fmt: skip

ASKS = phrases(
    "khi nao", "bao (?:gio|h|g|gi)", "luc nao", "bao nhieu", "bao lau", "the nao", "nhu nao", "ra sao", "vi sao", "tai sao", "lam sao", "sao(?=$| roi| vay| the)", "nao", "ai", "(?:den|toi|o) dau", "dau roi", "may (?:ngay|phan tram|viec|nhiem vu|thang|tuan|nguoi|don vi)", "(?:hom|ngay|tuan|thang|quy|nam|luc) (?:may|nao)",
    "chua(?: (?:a|vay|nhi|ha|the|em|anh|chi|ban|nua))*$", "hay chua", "(?:xong|lam|co|da) chua(?=,|$)", "(?:phai|dung|duoc|xong|co) (?:khong|k|ko)(?: (?:a|vay|nhi|ha|the))*$", "khong$", "(?:khong|k|ko) (?:a|vay|nhi|ha|the)$", "a ha$", "ha$", "when", "who", "what", "is it", "dang (?:lam|trien khai|thuc hien) (?:nhung )?gi", "la gi", "nhung gi", "can (?:lam )?gi", rf"(?:chua|roi|{_END}) (?:v|z|zay|zi|hen|hem|hong|hok|ta|ca|do)* ?(?:v|z|zay|zi|hen|hem|hong|hok|ta)$", r"^(?:u |a |the |vay |oi |em |anh |chi |a,? )*sao(?= (?!luu|chep|ke|y))", "sao (?:lai|ma|van|chua)", "hay sao", "cach (?:bao|ghi|cap nhat|bao cao)", "cho (?:em |toi |minh |anh |chi )?(?:biet|hoi|xem)", "kiem tra", "liet ke", "xem", "tinh hinh",
)  # fmt: skip
MAY_I = phrases("(?:co )?(?:duoc|dc) (?:khong|k|ko|chu)(?: (?:a|anh|chi|em|nhe))*$")
SUPPOSES = phrases(
    r"mong (?:sao |cho |rang |la )*(?:nv|nhiem vu|viec|task|cong viec|no)(?!\w)", "(?:hy|hi) vong", r"(?:so|lo|ngai)(?: rang| la)?(?= (?:nv|nhiem vu|viec|task|cong viec) ?\d)", "dung de",
    "la (?:tot|hay|sai|dung|duoc|kem|gioi|on|mung|may|cham|nhanh|vi du)", "that(?: su)?(?: a| ha| khong| sao)?$", "(?:khong dung|sai)$", "noi dua", "dua (?:thoi|day|chut)",
    "neu", "gia su", "gia du", "gia dinh", "(?:trong )?truong hop", "(?:sau |truoc |den |mot |cho )?khi(?! nao)", "lieu", rf"coi nhu(?! (?:la |da )?{_END})", "uoc(?: gi| sao)?(?! tinh| chung| khoang| dat)", "gia (?:nhu|ma)", "tru khi", rf"{_END}(?: roi| duoc| som)?,? thi(?! phai$)", rf"{_END}(?: roi)? moi(?! bao)", rf"{_END} da$", rf"{_END} (?:roi )?(?:hay|hang|tinh sau|roi tinh)", "(?:ke hoach|kh)(?: cua)? (?:nam (?:ngoai|truoc|kia|cu)|cu)", "(?:phuong|xa|don vi|phong|co quan|cho|noi|ben) khac", r"(?:sua|doi|thay|chinh|them|xoa|bo|ghi)(?!\w)[^,]* (?:trong|vao|khoi) (?:ke hoach|kh|van ban|phu luc|tai lieu)",
    "vi du", "nghe (?:noi|dau|don|bao|ke|thay)", "nghe(?: [a-z]+){1,4} (?:noi|bao|ke)", "theo ke hoach", "ke hoach giao", "(?:khong|dung)(?: duoc| nen| can| co)? (?:ghi|danh dau|cap nhat)(?! (?:gi|nao))", "huong dan (?:em|toi|minh|cach)", "(?:dau|lam gi) (?:co|duoc|da|toi|den)", "(?:noi|don|ke) (?:la|rang)", "hinh nhu", "co (?:ve|le)", "thi phai$", rf"chac (?:(?:la|da|cung|se|lam) )*{_END}", "chac la", "tuong", "theo quy dinh",
)  # fmt: skip
# What is still to be done, or wished for: no report of it.
OUGHT = phrases(
    "phai", "can phai", "can", "nen", "se", "du kien", "yeu cau", "mong", "hy vong", "muon", "de nghi", "co the", "phan dau", "co gang", "bao dam", "dam bao", "thoi han", "han", "ke hoach la", "deadline", "truoc ngay", "chi tieu", "muc tieu", "ty le", "don doc", "giuc", "thuc giuc", "hoi thuc", "nhac", "tranh thu", "quyet tam", "hua", "cam ket", "hi vong", "cau", "chuc", "uu tien", "nham(?= (?:den|toi|muc|hoan|thuc|nang|bao|tao|phat|tang))",
)  # fmt: skip
NOT_DONE = re.compile(
    rf"(?<!\w)(?:chua|khong|chang|chua the|khong the|deo|ko)(?: [a-z]+){{0,3}} {_END}(?!\w)|(?<!\w){_END}(?: roi)?(?: gi)? dau(?= a| nhe|,|$)|(?<!\w)(?:lam gi|dau) (?:da|co) {_END}"
)
_BEFORE_DONE = "(?<!chua )(?<!khong )(?<!sap )(?<!gan )(?<!phai )(?<!chua lam )(?<!khong lam )(?<!co ban )(?<!gan nhu )"
DONE = re.compile(
    rf"(?<!\w)(?:(?:da|vua|moi|vua moi)(?P<what>(?: (?!{_END})[a-z]+){{0,4}}) )?{_BEFORE_DONE}(?:lam |trien khai |thuc hien )?{_END}"
    r"(?: (?:roi|het|ca|luon|xuoi|toan bo|tat ca|ngay|hom nay|hom qua|sang nay|chieu nay|nhe|nha|viec|nhiem vu|dung han|som|truoc han))*(?!\w)"
    r"|(?<=·) (?:da |thi )*ok(?: (?:roi|het|ca|luon|nhe|nha|a))*$"
)
SURE = re.compile(
    rf"(?:(?<!\w)(?:da|vua|moi) (?:[a-z]+ ){{0,4}}{_END}|{_END}(?: het| ca)? (?:roi|luon|xuoi|het)|ok roi|^{_END} [^,]+ roi$)(?!\w)"
)
PARTLY = phrases(
    rf"(?:da |moi |vua )*(?:sap|gan(?: nhu)?|co ban(?: da)?) {_END}", rf"(?:da |moi |vua )*(?:lam )?{_END} (?:phan|buoc|giai doan|khau|dot|mot (?:nua|phan|so)|co ban|du thao|so bo|ban nhap|noi dung|viec)(?: [a-z0-9]+)*",
    "sap (?:toi noi|den noi)", "(?:da |moi |vua )*(?:lam )?(?:duoc )?(?:qua|hon|non) (?:mot )?nua(?: chang duong| roi)?", "(?:duoc )?nua (?:chung|duong)", "(?:da |moi )*(?:lam |trien khai )?(?:duoc )?(?:kha (?:kha|nhieu)|phan lon|nhieu roi)",
)  # fmt: skip
NOT_STARTED = phrases(
    r"(?:van |hien |thi )?chua (?:he )?(?:lam|bat dau|trien khai|thuc hien|dong (?:den|toi|gi|vao)|khoi dong|tien hanh|co gi)(?: (?:gi|duoc gi|duoc|ca|het|lam|trien khai|thuc hien|den|chi|dau|gi ca))*(?! (?:xong|hoan|het|tot|dat))",
)  # fmt: skip
UNDERWAY = phrases(
    rf"(?:van |hien |thi |minh |em |toi )*dang (?:duoc )?(?:{DO}|cho|trong qua trinh|do dang|tien trien|chay)(?: [a-z]+){{0,3}}", "(?:da|moi|vua|vua moi) (?:bat dau|khoi dong|trien khai|tien hanh)(?: (?:lam|trien khai|thuc hien|roi))*", "bat dau (?:lam|trien khai|thuc hien) roi", "dang do", "in progress", "dang lam", "bat tay vao(?: [a-z]+){0,3}",
)  # fmt: skip
STOPPED = phrases(
    "(?:xin |da |de nghi |phai |cho |tam )*(?:tam dung|tam ngung|tam hoan|dung lai|ngung lai|dung (?:thuc hien|trien khai|lam)|ngung (?:thuc hien|trien khai|lam))(?: (?:lai|lam|viec|thuc hien|trien khai|da))*",
    "khong (?:lam|thuc hien|trien khai) nua", "(?:da |bi )(?:dung|ngung|hoan)(?: lai)?(?! thanh| tat| thien)", "hoan lai", "(?:tam )?(?:gac|dep|de) lai", "tam (?:gac|dep)", "(?:cho|nen|xin|phai|da|bi) dung(?: lai| han)?(?= ·| nhe| nha| a$| em| anh|$)", r"(?<=·) (?:da |bi |xin )?huy(?: bo)?(?= nhe| nha| a$|$)",
)  # fmt: skip
PERCENT = re.compile(
    r"(?<!\w)(?:(?:dang |da |moi |vua |lam |thuc hien |trien khai |xong |hoan thanh |tien do |hien |thi |len |toi |den |la |chi )*(?:duoc|dat|khoang|tam|chung|hon|gan|co)? ?)*(?P<n>\d{1,3})(?:[.,]\d+)? phan tram(?: (?:roi|cong viec|khoi luong|viec))*(?!\w)"
)
HALF = phrases(
    "(?:(?:dang |da |moi |lam |xong |hoan thanh )*(?:duoc|khoang|gan) )?(?:mot nua|phan nua)",
    "duoc nua(?= roi| nhe| nha| a$|$)",
)
DIGITS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
FRACTION = re.compile(
    r"(?<![\w/])(?<!ngay )(?<!hom )(?<!mung )(?<!mong )(?<!den )(?<!toi )(?P<lead>(?:dang |da |moi |lam |xong |hoan thanh |duoc |dat |khoang |tam |hon |gan )*)"
    rf"(?P<n>\d|{'|'.join(DIGITS)})(?P<sign>/| phan )(?P<of>[2-9]|10|{'|'.join(DIGITS)})(?P<whole>(?: (?:khoi luong|cong viec|viec|chang duong|phan viec|noi dung|tien do))*)(?![\w/])"
)
# "Đang" and any work; "đã gửi …", which says what was done but not whether that was all.
AT_IT = re.compile(r"(?<!\w)(?P<dang>dang)(?! (?:bai|tin|tai|le|ra|qua|tre|cham|den han|sap)(?!\w))(?: [a-z]+){1,6}")
ACTED = re.compile(
    r"(?<!\w)(?:da |vua |moi )*(?:duoc )?(?:gui|trinh|nop|ban hanh|ky|phat hanh|cong bo|to chuc|hop|bao cao|tham muu|xin y kien|du thao|dang tai|co (?:cong van|van ban|quyet dinh|bao cao))(?!\w)[^?]*$"
)
ACTED_SURE = re.compile(r"(?<!\w)(?:da|vua|roi)(?!\w)")
# What leaves something open and so asks, where only something is told.
OPEN_WORD = phrases("gi", "nao", "ai", "(?<!bat )dau", "may", "bao nhieu", "sao", "chua", "khong", "ko", "k")
# Said of a task without knowing: nothing but more time is taken from it.
HEDGED = phrases("chac(?! chan)", "dau (?:do|chung)(?! khoang)", "co khi", "khong biet", "khong ro", "khong chac")
# What is measured, or counted, rather than how far a task is: "giảm 10%", "10% số cuộc họp".
MEASURED = phrases(
    "(?:tang|giam|cat giam|vuot|thua|thieu|tiet kiem|chiem)(?: duoc| them| hon| tren| khoang| toi thieu| it nhat)*"
)
COUNTED = re.compile(
    r" (?:tong |cua )*(?:so (?!voi)|van ban|ho so|cuoc|hoi nghi|kinh phi|chi phi|tien|von|nguoi|can bo|cong chuc|thu tuc|dich vu|don vi|bien che|bao cao|thoi gian|du toan|che tai)(?!\w)"
)
LEFT_TO_DO = re.compile(r"(?<!\w)con(?: lai| khoang| tam)* $")
# "Được 60% đâu" denies; "chưa làm gì đâu" does not.
DENIED = phrases("(?<!bat )dau(?: a| nhe| em| anh| chi)*$")
# How it was says nothing of how it is, unless both are said.
BEFORE_NOW = phrases(
    "(?:tuan|thang|quy|nam) (?:truoc|ngoai|qua)", "(?:dau|giua) (?:nam|quy|thang)", "hoi do", "luc do", "truoc day"
)
NOW = phrases("nay", "gio", "hien", "hom nay", "hom qua", "den nay")
# Days to come: what is done by then is not done.
TO_COME = phrases(
    r"(?<!chi )(?<!co )(?<!ba )(?<!thi )mai",
    "(?:tuan|thang|quy|nam) (?:sau|toi)",
    "toi nay",
    "(?:lat|ti|chut|mai) nua",
    "sap toi",
    r"truoc (?:tet|ngay|cuoi|thang|quy|\d)",
    "trong (?:tuan|thang|quy|nam|hom nay|ngay)(?: nay| sau| toi)?",
    "(?:tuan|thang|quy|nam) nay",
    "(?:cuoi|het) (?:tuan|thang|nam|quy)",
)
WAITS = re.compile(r"^(?:[a-z]+ )?(?:cho|doi)(?: cho| khi| den khi)? ?(?=·|nhiem vu|viec|cai|no(?!\w)|may)")
_COUNT = r"(?P<n>\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua)"
EXTENSION = phrases(
    "(?:xin |em |toi |minh |cho |phep |duoc |de nghi |can |muon |ngay )*(?:lui|gia han|keo dai)(?: (?:thoi han|thoi gian|han|lai|them|ngay|hoan thanh))*",
    "(?:xin|cho (?:em|toi|minh)(?: xin)?|de nghi(?: cho)?)(?: phep)? (?:nop |bao cao |hoan thanh |lam )?(?:cham|tre|muon)(?: (?:lai|han|hon|tien do))*",
    r"(?:xin|cho (?:em|toi|minh) xin)(?: phep)?(?= (?:den|toi|sang|qua|het) (?:(?:ngay|het|cuoi|thu|mung|mong|thang|tuan|quy|dau|giua) |\d))",
    "(?:xin|cho (?:em|toi|minh)(?: xin)?|de nghi(?: cho)?)(?: phep)? (?:them|doi(?: lai)?|hoan|chuyen|de)(?: (?:thoi gian|thoi han|han|lai|ngay|hoan thanh))*(?! giao| sang phong)",
)  # fmt: skip
LONGER = re.compile(
    rf"(?<!\w)(?:(?:them|lui|gia han|keo dai|lai|khoang|toi|cham|tre|muon)(?: khoang| tam)? )+{_COUNT} (?P<unit>ngay|hom|tuan|thang|quy)(?: lam viec)?(?: nua)?(?!\w)"
)
COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
UNTIL = re.compile(
    r"(?<!\w)(?:den|toi|sang|qua|vao|het|truoc|cuoi|ngay|thanh|lai)(?: (?:het|cuoi|ngay|truoc))* ?(?=\d|thang|quy|nam|tuan|thu|cuoi|dau|giua|het|ngay|hom|mai|chu nhat|·)"
)
CHANGES_PLAN = phrases(
    "sua",
    "doi",
    "thay",
    "thay doi",
    "chinh",
    "chinh sua",
    "dieu chinh",
    "cap nhat(?= (?:thoi )?han)",
    "dat lai",
    "rut ngan",
    "change",
    "set",
)

_TITLE = r"(?:anh|chi|em|dong chi|dc|ong|ba|co|chu|bac|ban|can bo|chuyen vien)"
SELF = frozenset({"em", "toi", "minh", "tui", "chau", "tao"})
TITLES = re.compile(rf"^(?:{_TITLE} )+(?=[a-z])")
_STOP = r"(?=,| (?:phong|bo phan|ben|o|trong|cua) (?:minh|em|toi|ta|chung ta|don vi)| phong| (?:lam|phu trach|thuc hien|xu ly|lo|theo doi|dam nhan|nhan|trien khai|chu tri|nhiem vu|viec|nhe|nha|roi|luon|di|giup|nua|voi|a|ah)(?!\w)| ·|$)"
_NAME = r"(?P<name>[a-z]+(?: [a-z]+){0,5}?)"
_WORK = rf"(?:(?:viec|nhiem vu|cai|dau viec)? ?(?:nay|do|ay|{REF})[, ]*)"
ASSIGN = (
    re.compile(rf"(?<!\w)(?:(?:da |vua )?(?:giao|phan cong|ban giao|chuyen)(?: lai| viec| giao)?)(?: {_WORK})? ?cho {_NAME}{_STOP}"),
    re.compile(rf"(?<!\w)(?:giao|phan cong|nho) (?P<name>{_TITLE} [a-z]+(?: [a-z]+){{0,4}}?){_STOP}"),
    re.compile(rf"(?<!\w)(?:de|nho|cu de|cho)(?: cho)? (?P<name>(?:{_TITLE} )[a-z]+(?: [a-z]+){{0,4}}?)(?: (?:phong|ben) (?:minh|em|toi))? (?:lam|phu trach|thuc hien|xu ly|lo|theo doi|dam nhan|nhan)(?!\w)"),
    re.compile(r"(?<!\w)(?:de|cho) (?P<name>em|toi|minh) (?:lam|phu trach|thuc hien|xu ly|lo|theo doi|dam nhan|nhan)(?!\w)"),
    re.compile(r"(?<!\w)(?:de|cho) (?P<name>em|toi|minh)(?= nhe| nha| a$|$)"),
    re.compile(r"(?<!\w)(?P<name>em|toi|minh) (?:xin )?(?:nhan|dam nhan)(?= (?:viec|lam|nhiem vu|·)|$)"),
    re.compile(r"(?<=·) (?P<name>em|toi|minh) (?:xin |se )?(?:phu trach|nhan|dam nhan|lo|lam)(?= nhe| nha| a$|$)"),
)  # fmt: skip
# "Nhờ Lan làm": without a title only where it is written as a name.
ASSIGN_BARE = (
    re.compile(r"(?<!\w)(?:de|nho|cu de)(?: cho)? (?P<name>[a-z]+(?: [a-z]+){0,3}?) (?:lam|phu trach|thuc hien|xu ly|lo|theo doi|dam nhan|nhan)(?!\w)"),
    re.compile(r"(?<!\w)(?:giao|phan cong) (?P<name>[a-z]+(?: [a-z]+){0,3}?)(?= ·| (?:lam|phu trach|thuc hien|xu ly|lo|theo doi|dam nhan|nhan)(?!\w))"),
)  # fmt: skip
# What follows "giao cho" and is no person.
BODIES = re.compile(
    r"^(?:phong|so|ban(?! [a-z]+$)|don vi|co quan|uy ban|ubnd|cong an|trung tam|van phong|hoi|to (?:dan|cong)|bo phan|chi cuc|truong (?:thon|hoc)|tram|xa|phuong|thanh pho|ai|nhau|cac|tat ca|moi|ho|nguoi|toan|mot|hai|nhung|mat tran|quan|doan|thon|khu)(?!\w)"
)
NOT_NAMES = frozenset(
    "do nay ay kia viec nhiem vu nguoi khac ben chu tri phoi hop truong pho nop gui trinh ky vao xong roi thoi".split()
)
# What one asks a colleague or the assistant for; written as names begin, they are names ("chị Chi").
FAVOURS = frozenset(
    "xem tra tim lam giup kiem doc noi chi cho hoi soan viet cach check tong thong in ke liet ho dum xac cap nhap luu tinh chay mo bao".split()
)
UNDO = phrases(
    "(?:xin |cho (?:em|toi|minh) )?(?:huy|bo|xoa|rut(?: lai)?|thu hoi|undo|hoan tac|go)(?: (?:cai|lan|giup|ho|luon|di|em|toi|minh|anh|chi|cho))* (?:cap nhat|bao cao|ghi nhan|thay doi|thao tac)(?: (?:tien do|vua roi|vua xong|vua nay|vua ghi|cuoi cung|cuoi|gan nhat|luc nay|truoc|do|nay|cua|cho|ve|em|toi))*",
    "(?:huy|bo|rut lai|xoa)(?: (?:cai|lan))? (?:vua roi|vua xong|vua nay|vua ghi)", "undo", "hoan tac",
    "(?:bao|ghi|nhap|noi|nhan) (?:nham|lon|sai)(?: (?:roi|a|em|anh|chi|so))*,? (?:nho |xin |cho )?(?:em |anh |chi |minh )?(?:xoa|huy|bo|rut|thu hoi|go)(?: (?:lai|giup|ho|di|em|toi|minh|cai|vua|roi|do|nay|a|nhe|luon|bo))*", "(?:xoa|huy|bo|rut(?: lai)?|thu hoi|go)(?: (?:giup|ho|di|em|toi|minh))* (?:cai|lan|tin)(?: (?:vua|bao|ghi|nhan))+(?: (?:roi|xong|nay))?",
)  # fmt: skip
# A mistake that is owned, without a word on what to do about it.
MISTAKEN = re.compile(
    r"^(?:(?:a|oi|xin loi|em|toi|minh|anh|chi|da),? )*(?:bao|ghi|nhap) (?:nham|lon|sai)(?: (?:roi|mat|a|em|anh|chi|so))*[ .]*$"
)
WRONG = re.compile(
    r"(?:,? (?:chuc?|ma)(?: la)?)? (?:khong phai|ko phai|k phai|chu khong|not)(?: la)? (?P<wrong>·+(?: ·+)*)"
)
RATHER = re.compile(r"(?<!\w)khong phai(?: la)? (?P<wrong>·+(?: ·+)*),? (?:ma (?:la )?)?(?=·)")
SLIP = re.compile(
    r"^(?:(?:a|oi|xin loi|em|toi|minh),? )*(?:nham|lon|ghi nham|bao nham|em nham)(?: (?:roi|so|a))*(?:,| )"
)
THAT_TASK = phrases("(?:viec|nhiem vu|cai|dau viec|muc|task|cv) (?:do|nay|ay|kia|tren|vua roi|vua noi)", r"(?<!\w)no", "this(?: task)?", "it")  # fmt: skip

# Small words that say nothing more about the work.
FILLER = phrases(
    "a", "ah", "nhe", "nha", "roi", "em", "toi", "minh", "anh", "chi", "bao cao", "bao", "cap nhat", "ghi nhan", "danh dau", "tien do", "thi", "la", "da", "duoc", "ben", "phong", "viec", "nhiem vu", "cua", "cho", "va", "voi", "xin", "giup", "hom nay", "hom qua", "sang nay", "chieu nay", "den nay", "hien", "hien tai", "hien nay", "gio", "luon", "het", "ca", "nay", "do", "van", "moi", "vua", "dang", "o", "trong", "ke hoach", "so", "cac", "nham", "lon", "khong phai", "chu", "ma", "ay", "gui", "xac nhan", "day", "them", "khoang", "nua", "deu", "cung", "vang", "ok", "de", "lam", "don vi", "phuong", "dc", "luc", "thoi", "update", "status", "please", "the", "is", "nv", "khong con", "trang thai", "ket qua", "muc", "chuyen", "thanh", "sang",
)  # fmt: skip
YES = re.compile(
    r"^(?:(?:da|vang|u|uh|uhm|um|ok|oke|okay|oki|okie|dung|dung vay|dung the|dung roi|chuan|chinh xac|xac nhan|dong y|duoc|duoc roi|chac chan|chac|co|phai|yes|y|ghi di|ghi nhan|luu di|luu|ghi|nhat tri|1|so 1|roi|r|rui|a|ah|nhe|nha|e|em|anh|chi|c|ban|luon|di|day|do|do roi|the|okla|chot|duyet|dc|dung r|ghi luon|ghi giup|giup)[ ,.!]*)+(?:cam on.*)?$"
)
NO = re.compile(
    r"^(?:(?:da|a|ah|oi|em|toi|minh|anh|chi)[ ,.!]+)*(?:khong|khong phai|khong dung|thoi|huy|huy di|huy bo|bo|bo di|bo qua|dung ghi|khong ghi|sai|sai roi|nham|nham roi|chua|khoan|khoan da|no|n|2|so 2|ko|k)(?:[ ,.!]+(?:dau|the|vay|day|a|ah|nhe|nha|em|anh|chi|roi|di|da|luu|ghi|dung|phai|thoi|khong|can|nua|bo|huy))*[ .!]*$"
)
