"""Abbreviations of the office, folded, with what they stand for.

``SHARED`` ones mean the same in documents and in questions, so that both are read in full;
``TYPED`` ones are what officers type on a phone and are read in questions only. Those of an office's own
field ("attp") are learned from its titles: the initials of the words that run there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

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
    "trc": "truoc",
    "nilon": "ni long",
    "nylon": "ni long",
    "fb": "facebook",
    "ktra": "kiem tra",
    "htac": "hop tac",
    "gddt": "giao duc va dao tao",
}

_LENGTHS = range(3, 7)  # letters of an abbreviation that is learned

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


def learned(titles: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Initials with the words that they stand for, by runs of folded words in titles, the most frequent run each.

    Left out are initials of three letters that stand for a run seen once, and those that run evenly for two.

    >>> learned([["bao", "dam", "an", "toan", "thuc", "pham"]])["attp"]
    ('an', 'toan', 'thuc', 'pham')
    """
    runs: Counter[tuple[str, ...]] = Counter()
    for words in titles:
        for size in _LENGTHS:
            runs.update(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
    best: dict[str, tuple[int, tuple[str, ...]]] = {}
    tied: set[str] = set()
    for run, count in runs.items():
        initials = "".join(word[0] for word in run)
        if initials not in best or count > best[initials][0]:
            best[initials] = (count, run)
            tied.discard(initials)
        elif count == best[initials][0]:
            tied.add(initials)
    return {
        initials: run
        for initials, (count, run) in best.items()
        if initials not in tied and (count > 1 or len(run) > _LENGTHS.start)
    }
