"""Abbreviations of the office, folded, with what they stand for.

``SHARED`` ones mean the same in documents and in questions, so that both are read in full;
``TYPED`` ones are what officers type on a phone and are read in questions only. Those of an office's own
field ("attp") are learned from its titles: the initials of the words that run there.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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
    "ds": "danh sach",
    "dtn": "doan thanh nien",
    "nnmt": "nong nghiep va moi truong",
    "trc": "truoc",
    "nilon": "ni long",
    "nylon": "ni long",
    "fb": "facebook",
    "cty": "cong ty",
    "ktra": "kiem tra",
    "kte": "kinh te",
    "htac": "hop tac",
    "gddt": "giao duc va dao tao",
    "bql": "ban quan ly",
    "ql": "quan ly",
    "pa": "phuong an",
    "tb": "thong bao",
    "vh": "van hoa",
    "bqlda": "ban quan ly du an",
    "bcd": "ban chi dao",
    "sdt": "so dien thoai",
    "tyt": "tram y te",
    "cax": "cong an xa",
    "hpn": "hoi phu nu",
    "hnd": "hoi nong dan",
    "thcs": "trung hoc co so",
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


class Initials:
    """The words of titles by their initials: gives the run of words that stands behind an abbreviation.

    ``letters`` holds the initial of every word, a line for each title, ``ids`` at the same place the number of the word
    in ``vocabulary``. What an abbreviation stands for is looked for when it is asked, as only few ever are.
    """

    def __init__(self, letters: str, ids: array[int], vocabulary: Sequence[str]) -> None:
        self.letters = letters
        self.ids = ids
        self.vocabulary = vocabulary
        self._known: dict[str, tuple[str, ...] | None] = {}

    def __contains__(self, initials: str) -> bool:
        return self.get(initials) is not None

    def __getitem__(self, initials: str) -> tuple[str, ...]:
        found = self.get(initials)
        if found is None:
            raise KeyError(initials)
        return found

    def get(self, initials: str) -> tuple[str, ...] | None:
        """The words that initials stand for: the most frequent run of theirs; None where there is none, or where it
        is a run of three words seen once, or where two are as frequent."""
        if len(initials) not in _LENGTHS:
            return None
        if initials not in self._known:
            self._known[initials] = self._most_frequent(initials)
        return self._known[initials]

    def _most_frequent(self, initials: str) -> tuple[str, ...] | None:
        size = len(initials)
        runs = Counter(tuple(self.ids[at : at + size]) for at in self._places(initials)).most_common(2)
        if not runs or (len(runs) > 1 and runs[0][1] == runs[1][1]):
            return None
        run, count = runs[0]
        return tuple(self.vocabulary[i] for i in run) if count > 1 or size > _LENGTHS.start else None

    def _places(self, initials: str) -> Iterator[int]:
        at = self.letters.find(initials)
        while at >= 0:
            yield at
            at = self.letters.find(initials, at + 1)


def learned(titles: Iterable[Sequence[str]]) -> Initials:
    """The initials of the words of titles (folded), each with what it stands for.

    >>> learned([["bao", "dam", "an", "toan", "thuc", "pham"]])["attp"]
    ('an', 'toan', 'thuc', 'pham')
    """
    numbers: dict[str, int] = {"": 0}
    letters, ids = [], array("I")
    for words in titles:
        letters.append("".join(word[0] for word in words))
        ids.extend(numbers.setdefault(word, len(numbers)) for word in words)
        ids.append(0)
    return Initials("\n".join(letters), ids, list(numbers))
