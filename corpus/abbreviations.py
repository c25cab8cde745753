"""Abbreviations of the office, folded, with what they stand for.

``SHARED`` ones mean the same in documents and in questions, so that both are read in full;
``TYPED`` ones are what officers type on a phone and are read in questions only.
"""

from __future__ import annotations

SHARED: dict[str, str] = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "tthc": "thu tuc hanh chinh",
    "cchc": "cai cach hanh chinh",
    "dvc": "dich vu cong",
    "dvctt": "dich vu cong truc tuyen",
    "dvcqg": "dich vu cong quoc gia",
    "cntt": "cong nghe thong tin",
    "cds": "chuyen doi so",
    "khcn": "khoa hoc cong nghe",
    "qppl": "quy pham phap luat",
    "vbqppl": "van ban quy pham phap luat",
    "vbpl": "van ban phap luat",
    "cbccvc": "can bo cong chuc vien chuc",
    "cbcc": "can bo cong chuc",
    "ccvc": "cong chuc vien chuc",
    "vhxh": "van hoa xa hoi",
    "vhxxh": "van hoa xa hoi",
    "ktxh": "kinh te xa hoi",
    "pctn": "phong chong tham nhung",
    "nsnn": "ngan sach nha nuoc",
    "csdl": "co so du lieu",
    "ttdt": "thong tin dien tu",
    "atttm": "an toan thong tin mang",
    "dvsn": "don vi su nghiep",
    "ttpvhcc": "trung tam phuc vu hanh chinh cong",
}

TYPED: dict[str, str] = {
    "nv": "nhiem vu",
    "nvu": "nhiem vu",
    "kh": "ke hoach",
    "khoach": "ke hoach",
    "pl": "phu luc",
    "sp": "san pham",
    "spham": "san pham",
    "qd": "quyet dinh",
    "nq": "nghi quyet",
    "nd": "nghi dinh",
    "kl": "ket luan",
    "vb": "van ban",
    "bc": "bao cao",
    "bcao": "bao cao",
    "cq": "co quan",
    "dv": "don vi",
    "tg": "thoi gian",
    "tgian": "thoi gian",
    "tp": "thanh pho",
    "ctri": "chu tri",
    "phop": "phoi hop",
    "ptrach": "phu trach",
    "ld": "lanh dao",
    "hs": "ho so",
    "hso": "ho so",
    "dl": "deadline",
    "ddl": "deadline",
    "ko": "khong",
    "k": "khong",
    "kg": "khong",
    "hok": "khong",
    "hong": "khong",
    "dc": "duoc",
    "dk": "duoc",
    "bn": "bao nhieu",
    "bnhieu": "bao nhieu",
    "baonhieu": "bao nhieu",
    "ntn": "nhu the nao",
    "j": "gi",
    "vs": "voi",
    "lq": "lien quan",
    "ng": "nguoi",
    "xdung": "xay dung",
    "tkhai": "trien khai",
    "ttruyen": "tuyen truyen",
    "clb": "cau lac bo",
    "chqs": "chi huy quan su",
    "bchqs": "ban chi huy quan su",
    "tdp": "to dan pho",
    "ccb": "cuu chien binh",
    "lhpn": "lien hiep phu nu",
    "dtn": "doan thanh nien",
    "nnmt": "nong nghiep va moi truong",
    "gddt": "giao duc va dao tao",
}

_SHARED_WORDS = {short: tuple(full.split()) for short, full in SHARED.items()}


def in_full(tokens: list[str]) -> list[str]:
    """The folded words with shared abbreviations written out.

    >>> in_full(["giai", "quyet", "tthc"])
    ['giai', 'quyet', 'thu', 'tuc', 'hanh', 'chinh']
    """
    full: list[str] = []
    for token in tokens:
        full.extend(_SHARED_WORDS.get(token, (token,)))
    return full
