"""Agencies: every cell of the three clean annexes, look-alikes, questions, learning, data files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.agencies import Agencies, AgencyFileError, load_agencies
from corpus.agency_names import THRESHOLD, score
from corpus.records import Agency, AgencyLevel, AgencyMention
from corpus.vietnamese import fold, nfc, words

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
AGENCIES = load_agencies()

# Cell: (id, name) of each mention, and the words as written where they are not the name.
CELLS: dict[str, list[tuple[str, ...]]] = {
    "- Sở, Ban, Ngành, đơn vị sự nghiệp thuộc TP - UBND các xã, phường": [
        ("so-ban-nganh-don-vi-su-nghiep", "Sở, Ban, Ngành, đơn vị sự nghiệp thuộc TP"),
        ("ubnd-cac-xa-phuong", "UBND các xã, phường"),
    ],
    "Sở Nội vụ": [
        ("so-noi-vu", "Sở Nội vụ"),
    ],
    "Văn phòng UBND Thành phố": [
        ("van-phong-ubnd-thanh-pho", "Văn phòng UBND Thành phố"),
    ],
    "Sở Tư pháp": [
        ("so-tu-phap", "Sở Tư pháp"),
    ],
    "Các cơ quan, đơn vị được giao nhiệm vụ xây dựng văn bản QPPL": [
        ("cac-co-quan-don-vi", "Các cơ quan, đơn vị được giao nhiệm vụ xây dựng văn bản QPPL"),
    ],
    "- Văn phòng UBND Thành phố; - Sở Nội vụ,": [
        ("van-phong-ubnd-thanh-pho", "Văn phòng UBND Thành phố"),
        ("so-noi-vu", "Sở Nội vụ"),
    ],
    "Sở Khoa học và Công nghệ": [
        ("so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ"),
    ],
    "- Sở Khoa học và Công nghệ - Sở Nội vụ": [
        ("so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ"),
        ("so-noi-vu", "Sở Nội vụ"),
    ],
    "Sở Tư pháp; Sở Nội vụ; Sở Tài chính": [
        ("so-tu-phap", "Sở Tư pháp"),
        ("so-noi-vu", "Sở Nội vụ"),
        ("so-tai-chinh", "Sở Tài chính"),
    ],
    "Sở Nội vụ; Thanh tra Thành phố; các cơ quan, đơn vị có liên quan": [
        ("so-noi-vu", "Sở Nội vụ"),
        ("thanh-tra-thanh-pho", "Thanh tra Thành phố"),
        ("cac-co-quan-don-vi-lien-quan", "các cơ quan, đơn vị có liên quan"),
    ],
    "- Văn phòng UBND Thành phố - Sở Khoa học và Công nghệ": [
        ("van-phong-ubnd-thanh-pho", "Văn phòng UBND Thành phố"),
        ("so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ"),
    ],
    "Trung tâm phục vụ hành chính công Thành phố": [
        (
            "trung-tam-phuc-vu-hanh-chinh-cong-thanh-pho",
            "Trung tâm Phục vụ hành chính công Thành phố",
            "Trung tâm phục vụ hành chính công Thành phố",
        ),
    ],
    "Các Sở, ban, ngành": [
        ("cac-so-ban-nganh", "Các Sở, ban, ngành"),
    ],
    "Các cơ quan có liên quan": [
        ("cac-co-quan-don-vi-lien-quan", "Các cơ quan có liên quan"),
    ],
    "Sở Văn hóa và Thể thao": [
        ("so-van-hoa-va-the-thao", "Sở Văn hóa và Thể thao"),
    ],
    "Các cơ quan báo chí, truyền thông": [
        ("cac-co-quan-bao-chi", "Các cơ quan báo chí, truyền thông"),
    ],
    "Các Sở, ban, ngành, UBND các xã, phường, đặc khu": [
        ("cac-so-ban-nganh", "Các Sở, ban, ngành"),
        ("ubnd-cac-xa-phuong", "UBND các xã, phường, đặc khu"),
    ],
    "Sở Nội vụ; Sở Văn hóa, Thể thao và Du lịch các báo, đài ở trung ương và địa phương": [
        ("so-noi-vu", "Sở Nội vụ"),
        ("so-van-hoa-the-thao-va-du-lich", "Sở Văn hóa, Thể thao và Du lịch"),
        ("cac-bao-dai", "các báo, đài ở trung ương và địa phương"),
    ],
    "Các Sở, ban, ngành thành phố": [
        ("cac-so-ban-nganh", "Các Sở, ban, ngành thành phố"),
    ],
    "Sở Tư pháp, Văn phòng UBND thành phố và các cơ quan, đơn vị liên quan": [
        ("so-tu-phap", "Sở Tư pháp"),
        ("van-phong-ubnd-thanh-pho", "Văn phòng UBND Thành phố", "Văn phòng UBND thành phố"),
        ("cac-co-quan-don-vi-lien-quan", "các cơ quan, đơn vị liên quan"),
    ],
    "Các Sở, ban, ngành và UBND xã, phường, thị trấn": [
        ("cac-so-ban-nganh", "Các Sở, ban, ngành"),
        ("ubnd-cac-xa-phuong", "UBND xã, phường, thị trấn"),
    ],
    "Các Sở, ban, ngành chủ trì soạn thảo các văn bản quy phạm pháp luật": [
        ("cac-so-ban-nganh", "Các Sở, ban, ngành chủ trì soạn thảo các văn bản quy phạm pháp luật"),
    ],
    "Hội Luật gia, Văn phòng VCCI, các hiệp hội, các cơ quan, tổ chức, cá nhân có liên quan": [
        ("hoi-luat-gia", "Hội Luật gia"),
        ("van-phong-vcci", "Văn phòng VCCI"),
        ("cac-hiep-hoi", "các hiệp hội"),
        ("cac-co-quan-to-chuc-ca-nhan-lien-quan", "các cơ quan, tổ chức, cá nhân có liên quan"),
    ],
    "Các Sở, ban, ngành, UBND cấp xã": [
        ("cac-so-ban-nganh", "Các Sở, ban, ngành"),
        ("ubnd-cac-xa-phuong", "UBND cấp xã"),
    ],
    "Các Sở, ban, ngành; các tổ chức có liên quan; UBND cấp xã": [
        ("cac-so-ban-nganh", "Các Sở, ban, ngành"),
        ("cac-to-chuc-lien-quan", "các tổ chức có liên quan"),
        ("ubnd-cac-xa-phuong", "UBND cấp xã"),
    ],
    "Văn phòng UBND thành phố": [
        ("van-phong-ubnd-thanh-pho", "Văn phòng UBND Thành phố", "Văn phòng UBND thành phố"),
    ],
    "Các sở, ban, ngành thành phố và UBND cấp xã": [
        ("cac-so-ban-nganh", "Các sở, ban, ngành thành phố"),
        ("ubnd-cac-xa-phuong", "UBND cấp xã"),
    ],
    "Các sở, ban, ngành thành phố; UBND cấp xã và các cơ quan, đơn vị liên quan": [
        ("cac-so-ban-nganh", "Các sở, ban, ngành thành phố"),
        ("ubnd-cac-xa-phuong", "UBND cấp xã"),
        ("cac-co-quan-don-vi-lien-quan", "các cơ quan, đơn vị liên quan"),
    ],
    "Các sở, ban, ngành thành phố; UBND cấp xã": [
        ("cac-so-ban-nganh", "Các sở, ban, ngành thành phố"),
        ("ubnd-cac-xa-phuong", "UBND cấp xã"),
    ],
    "Văn phòng UBND thành phố, Sở Tư pháp": [
        ("van-phong-ubnd-thanh-pho", "Văn phòng UBND Thành phố", "Văn phòng UBND thành phố"),
        ("so-tu-phap", "Sở Tư pháp"),
    ],
    "Các cơ quan, đơn vị có liên quan": [
        ("cac-co-quan-don-vi-lien-quan", "Các cơ quan, đơn vị có liên quan"),
    ],
    "Sở Nội vụ; Sở Tài chính.": [
        ("so-noi-vu", "Sở Nội vụ"),
        ("so-tai-chinh", "Sở Tài chính"),
    ],
    "Sở Tài chính": [
        ("so-tai-chinh", "Sở Tài chính"),
    ],
    "Sở Tài chính; Sở Nội vụ": [
        ("so-tai-chinh", "Sở Tài chính"),
        ("so-noi-vu", "Sở Nội vụ"),
    ],
    "Sở Nội vụ; Sở Tài chính": [
        ("so-noi-vu", "Sở Nội vụ"),
        ("so-tai-chinh", "Sở Tài chính"),
    ],
    "Công an thành phố": [
        ("cong-an-thanh-pho", "Công an thành phố"),
    ],
    "UBND các xã, phường, đặc khu": [
        ("ubnd-cac-xa-phuong", "UBND các xã, phường, đặc khu"),
    ],
    "Phòng Văn hóa - Xã hội (VHXH)": [
        ("phong-van-hoa-xa-hoi", "Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội (VHXH)"),
    ],
    "Các phòng, đơn vị": [
        ("cac-phong-don-vi", "Các phòng, đơn vị"),
    ],
    "Văn phòng HĐND và UBND, Trung tâm Phục vụ hành chính công phường": [
        ("van-phong-hdnd-va-ubnd-phuong", "Văn phòng HĐND và UBND phường", "Văn phòng HĐND và UBND"),
        ("trung-tam-phuc-vu-hanh-chinh-cong-phuong", "Trung tâm Phục vụ hành chính công phường"),
    ],
    "Phòng Văn hóa - Xã hội": [
        ("phong-van-hoa-xa-hoi", "Phòng Văn hóa - Xã hội"),
    ],
    "Văn phòng HĐND và UBND phường": [
        ("van-phong-hdnd-va-ubnd-phuong", "Văn phòng HĐND và UBND phường"),
    ],
    "UBND phường; Các phòng, cơ quan, đơn vị": [
        ("ubnd-phuong", "UBND phường"),
        ("cac-phong-don-vi", "Các phòng, cơ quan, đơn vị"),
    ],
    "Phòng VHXH": [
        ("phong-van-hoa-xa-hoi", "Phòng Văn hóa - Xã hội", "Phòng VHXH"),
    ],
    "Văn phòng HĐND và UBND phường và các phòng, đơn vị": [
        ("van-phong-hdnd-va-ubnd-phuong", "Văn phòng HĐND và UBND phường"),
        ("cac-phong-don-vi", "các phòng, đơn vị"),
    ],
    "Văn phòng HĐND và UBND; Phòng VHXH": [
        ("van-phong-hdnd-va-ubnd-phuong", "Văn phòng HĐND và UBND phường", "Văn phòng HĐND và UBND"),
        ("phong-van-hoa-xa-hoi", "Phòng Văn hóa - Xã hội", "Phòng VHXH"),
    ],
    "Trung tâm Phục vụ hành chính công": [
        (
            "trung-tam-phuc-vu-hanh-chinh-cong-phuong",
            "Trung tâm Phục vụ hành chính công phường",
            "Trung tâm Phục vụ hành chính công",
        ),
    ],
    "Phòng VHXH; Văn phòng HĐND và UBND phường": [
        ("phong-van-hoa-xa-hoi", "Phòng Văn hóa - Xã hội", "Phòng VHXH"),
        ("van-phong-hdnd-va-ubnd-phuong", "Văn phòng HĐND và UBND phường"),
    ],
    "Phòng VHXXH": [
        ("phong-van-hoa-xa-hoi", "Phòng Văn hóa - Xã hội", "Phòng VHXXH"),
    ],
    "Trung tâm Dịch vụ sự nghiệp công": [
        ("trung-tam-dich-vu-su-nghiep-cong", "Trung tâm Dịch vụ sự nghiệp công"),
    ],
}


def annex_cells(document: str) -> Iterator[str]:
    """The lead and coordinate cells of a document's table, those over a page break joined."""
    rows: list[list[str]] = []
    for line in (DOCUMENTS / f"{document}.txt").read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) != 6 or cells[0].lower() == "stt":
            continue
        if cells[0].strip() or not rows:
            rows.append(cells)
        else:
            rows[-1] = [f"{left} {right}".strip() for left, right in zip(rows[-1], cells, strict=True)]
    for row in rows:
        yield from filter(None, row[2:4])


def ids(cell: str, agencies: Agencies = AGENCIES) -> list[str]:
    return [mention.agency_id for mention in agencies.split(cell)]


def found(question: str, agencies: Agencies = AGENCIES) -> list[str]:
    return [item.agency.id for item in agencies.find(question)]


def agency(agency_id: str) -> Agency:
    known = AGENCIES.get(agency_id)
    assert known is not None
    return known


# --- cells


@pytest.mark.parametrize("document", ["hn-226-annex", "cchc-2026-2030", "nhi-chieu-158"])
def test_every_cell_of_the_clean_annexes_is_in_the_table(document: str) -> None:
    assert set(annex_cells(document)) <= set(CELLS)


@pytest.mark.parametrize("cell", CELLS)
def test_cell(cell: str) -> None:
    mentions = AGENCIES.split(cell)
    expected = [(*row, row[1]) if len(row) == 2 else row for row in CELLS[cell]]
    assert [(m.agency_id, m.name, m.text) for m in mentions] == expected


@pytest.mark.parametrize("cell", CELLS)
def test_cell_says_which_mentions_are_collective(cell: str) -> None:
    for mention in AGENCIES.split(cell):
        plural = words(mention.text)[0] == "cac" or mention.agency_id in (
            "so-ban-nganh-don-vi-su-nghiep",
            "ubnd-cac-xa-phuong",
        )
        assert mention.collective == plural
        assert mention.score == (100.0 if AGENCIES.get(mention.agency_id) else 0.0)


VHXH, OFFICE = "phong-van-hoa-xa-hoi", "van-phong-hdnd-va-ubnd-phuong"
KTHT, WARD_DESK = "phong-kinh-te-ha-tang-va-do-thi", "trung-tam-phuc-vu-hanh-chinh-cong-phuong"
CITY_DESK, CITY_OFFICE = "trung-tam-phuc-vu-hanh-chinh-cong-thanh-pho", "van-phong-ubnd-thanh-pho"
SAME_BODY = {
    VHXH: ["Phòng VHXXH", "Phong Van hoa - Xa hoi", "Phong Van hoa\n- Xa hoi", "Phong Vian hoa - X3 hoi"],
    OFFICE: [
        "Văn phòng HĐND-UBND phường", "Van phong HDND va UBND", "Van phong\nHDND va\nUBND", "VP HĐND & UBND",
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường", "Văn phòng HĐND và UBND phường Ngọc Hà",
    ],
    KTHT: ["Phong Kinh té, Ha tang va Do thi", "Phong Kinh té, Ha tﬁng va Do thi", "Phong Kinh tế,\nHạ tầng và Đô thị"],
    WARD_DESK: ["Trung tâm PVHCC", "Trung tâm Phục vụ hành chính công xã"],
    CITY_DESK: ["Trung tam Phuc vu hanh chinh cong thanh pho Ha Noi", "Trung tâm Phục vụ hành chính công tỉnh"],
    CITY_OFFICE: ["VPUBTP", "Văn phòng Ủy ban nhân dân thành phố Hải Phòng", "Văn phòng UBND tỉnh"],
    "ubnd-phuong": ["UBND phường Nhị Chiểu", "Ủy ban nhân dân phường", "UBND phường (qua Phòng Văn hóa - Xã hội)"],
    "ubnd-thanh-pho": ["UBND Thành phố", "UBND TP Hải Phòng (qua Sở Nội vụ, Sở Tư pháp)", "Uỷ ban nhân dân tỉnh"],
    "so-noi-vu": ["Sở Nội vụ (chủ trì)", "- Sở Nội vụ;", "S\u01a1\u0309 Nội vụ", "và Sở Nội vụ", "Sở Nội vụu"],
    "cac-phong-don-vi": ["Céc phong, ban, don\nvi lién quan", "Các phòng, ban, đơn vị thuộc phường"],
    "cac-so-ban-nganh": ["Các Sở, ban, ngành chủ trì soạn thảo, ban hành và theo dõi văn bản", "các sở, ngành"],
    "trung-tam-truyen-thong-du-lieu-va-cong-nghe-so": ["Trung tâm TT, DL và CNS Thành phố"],
}  # fmt: skip


@pytest.mark.parametrize(("agency_id", "spelling"), [(i, s) for i, all_ in SAME_BODY.items() for s in all_])
def test_spellings_of_one_body_are_one_mention(agency_id: str, spelling: str) -> None:
    assert ids(spelling) == [agency_id]


SEVERAL = {
    "Sở Nội vụ Sở Tài chính": ["so-noi-vu", "so-tai-chinh"],
    "Sở Nội vụ/Sở Tài chính": ["so-noi-vu", "so-tai-chinh"],
    "Phòng VHXH, Công an phường và Trạm Y tế": [VHXH, "cong-an-phuong", "tram-y-te-phuong"],
    "+ Phòng Văn hóa - Xã hội\n+ Phòng Kinh tế": [VHXH, "phong-kinh-te"],
    "Sở Nội vụ (chủ trì), Sở Tài chính và Sở Xây dựng": ["so-noi-vu", "so-tai-chinh", "so-xay-dung"],
    "Sở Du lịch, Sở Văn hóa và Thể thao": ["so-du-lich", "so-van-hoa-va-the-thao"],
    "Van phong HDND va UBND, Phong Van hoa - Xa hoi.": [OFFICE, VHXH],
    "VCCI, VNPT và Viettel": ["vcci", "vnpt", "viettel"],
    "Ban Quản lý dự án đầu tư, xây dựng và hạ tầng; Hội Luật gia": [
        "ban-quan-ly-du-an-dau-tu-xay-dung-va-ha-tang",
        "hoi-luat-gia",
    ],
    "Các hội, đoàn thể và cá nhân có liên quan; UBND xã": [
        "cac-hoi-doan-the-va-ca-nhan-co-lien-quan",
        "ubnd-xa",
    ],
    "Chủ tịch UBND phường, Sở Nội vụ": ["chu-tich-ubnd-phuong", "so-noi-vu"],
    "Các cơ quan, đơn vị thuộc Sở Nội vụ; Sở Y tế": ["cac-co-quan-don-vi", "so-y-te"],
    "Cơ quan Báo và PTTH HN; Cổng Thông tin điện tử thành phố": [
        "bao-va-phat-thanh-truyen-hinh-ha-noi",
        "cong-thong-tin-dien-tu-thanh-pho",
    ],
    "": [],
    " - ; , và ...": [],
}


@pytest.mark.parametrize("cell", SEVERAL)
def test_cells_with_several_bodies(cell: str) -> None:
    assert ids(cell) == SEVERAL[cell]


def test_a_name_that_goes_on_is_another_body() -> None:
    (mention,) = AGENCIES.split("Phòng Kinh tế Đối ngoại")
    assert (mention.agency_id, mention.score) == ("phong-kinh-te-doi-ngoai", 0.0)


def test_a_misspelled_name_keeps_its_words_and_tells_its_score() -> None:
    (mention,) = AGENCIES.split("Sở Văn hoá, Thể thoa và Du lịch.")
    assert mention.text == "Sở Văn hoá, Thể thoa và Du lịch"
    assert mention.name == "Sở Văn hóa, Thể thao và Du lịch"
    assert THRESHOLD <= mention.score < 100


# --- look-alikes and the threshold

LOOK_ALIKES = [
    ("Sở Văn hóa và Thể thao", "Sở Văn hóa, Thể thao và Du lịch"),
    ("Trung tâm Phục vụ hành chính công phường", "Trung tâm Phục vụ hành chính công Thành phố"),
    ("Văn phòng UBND Thành phố", "Văn phòng HĐND và UBND phường"),
    ("Trung tâm Dịch vụ sự nghiệp công", "Trung tâm Phục vụ hành chính công"),
    ("Sở Tư pháp", "Sở Tài chính"),
    ("Sở Nội vụ", "Sở Ngoại vụ"),
    ("Sở Nội vụ", "Bộ Nội vụ"),
    ("Phòng Kinh tế", "Phòng Kinh tế, Hạ tầng và Đô thị"),
    ("UBND phường", "UBND Thành phố"),
    ("UBND phường", "UBND các xã, phường"),
    ("Công an phường", "Công an thành phố"),
    ("Thanh tra Thành phố", "Thanh tra Chính phủ"),
    ("Các cơ quan, đơn vị", "Các phòng, đơn vị"),
]


@pytest.mark.parametrize(("left", "right"), LOOK_ALIKES)
def test_look_alikes_stay_apart(left: str, right: str) -> None:
    one, other = AGENCIES.match(left), AGENCIES.match(fold(right))
    assert one and other and one.agency.id != other.agency.id
    assert ids(left) != ids(right)
    assert found(f"{left} làm gì") == ids(left)


@pytest.mark.parametrize(
    "phrase", ["Sở Tài nguyên và Môi trường", "Sở Văn hóa", "Sở", "Phòng", "", "ubnd", "văn phòng"]
)
def test_a_body_that_is_not_known_matches_nothing(phrase: str) -> None:
    assert AGENCIES.match(phrase) is None


def spelled_out() -> dict[str, str]:
    """Keys that may be matched with errors: every name and alias that is not an abbreviation."""
    table = AGENCIES._names._fuzzy
    keys = [key for group in table.values() for keys in group.values() for key in keys]
    return {key: AGENCIES._names.entries[key][0].agency.id for key in keys}


def one_error(key: str) -> Iterator[str]:
    """The key with one letter dropped, doubled or swapped with the next, but for the first letter.

    Left out: "va" for "văn", which reads as the word "và", and words of one letter dropped altogether.
    """
    for i, char in enumerate(key):
        if i == 0 or char == " ":
            continue
        yield key[:i] + char + key[i:]
        forms = [key[:i] + key[i + 1 :]]
        if key[i + 1 : i + 2].strip():
            forms.append(key[:i] + key[i + 1] + char + key[i + 2 :])
        whole = [form for form in forms if form.count(" ") == len(form.split()) - 1]
        yield from (form for form in whole if "va" not in set(form.split()) - set(key.split()))


def test_the_threshold_lies_between_look_alikes_and_errors_of_typing() -> None:
    keys = spelled_out()
    pairs = [(a, b) for a, b in combinations(keys, 2) if keys[a] != keys[b] and a.split()[0] == b.split()[0]]
    worst_wrong = max((score(a, b), a, b) for a, b in pairs)
    worst_right = min((score(key, typed), key, typed) for key in keys for typed in one_error(key))
    print(f"wrong at most {worst_wrong}, threshold {THRESHOLD}, right at least {worst_right}")  # noqa: T201
    assert worst_wrong[0] <= THRESHOLD - 2
    assert worst_right[0] >= THRESHOLD + 1.5


def test_one_error_of_typing_never_means_another_body() -> None:
    keys, missed, tried = spelled_out(), [], 0
    for key, agency_id in keys.items():
        for typed in one_error(key):
            tried += 1
            match = AGENCIES.match(typed)
            if match is None or match.agency.id != agency_id:
                missed.append((typed, match and match.agency.id))
    assert {typed for typed, other in missed if other is not None} <= set(keys)  # itself another name
    assert len(missed) < tried / 500


def test_match_says_how() -> None:
    exact, alias, fuzzy = map(AGENCIES.match, ["so noi vu", "SNV", "so noij vu"])
    assert exact and alias and fuzzy
    assert (exact.by, exact.score) == ("exact", 100.0)
    assert (alias.by, alias.score) == ("alias", 100.0)
    assert fuzzy.by == "fuzzy" and THRESHOLD <= fuzzy.score < 100
    placed = AGENCIES.match("Phòng VHXH phường Ngọc Hà")
    assert placed and placed.agency.id == VHXH


def test_match_at_a_level() -> None:
    ward = AGENCIES.match("văn phòng UBND", level=AgencyLevel.WARD)
    city = AGENCIES.match("văn phòng UBND")
    assert ward and ward.agency.id == OFFICE
    assert city and city.agency.id == CITY_OFFICE
    assert AGENCIES.match("Sở Nội vụ", level=AgencyLevel.WARD) is None


# --- questions

QUESTIONS = {
    "phong vhxh chu tri may viec": [VHXH],
    "phog van hoa xa hoi co viec gi": [VHXH],
    "p.vhxh phải làm gì?": [VHXH],
    "việc của P. VHXH": [VHXH],
    "phòng văn hóa": [VHXH],
    "phòng kinh tế hạ tầng đô thị": [KTHT],
    "phong kinh te ha tng do thi lam gi": [KTHT],
    "ktht dt": [KTHT],
    "phòng KTHTĐT": [KTHT],
    "phòng kinh tế làm gì": ["phong-kinh-te"],
    "so noi vu phoi hop nhung viec nao": ["so-noi-vu"],
    "so noij vu lam gi": ["so-noi-vu"],
    "sở nội vu; sỡ tài chính": ["so-noi-vu", "so-tai-chinh"],
    "vp ubnd tp": [CITY_OFFICE],
    "vpub": [CITY_OFFICE],
    "vp hdnd ubnd": [OFFICE],
    "văn phòng hđnd": [OFFICE],
    "van phong hoi dong nhan dan va uy ban nhan dan phuong": [OFFICE],
    "văn phòng hđnd thành phố": ["van-phong-doan-dbqh-va-hdnd-thanh-pho"],
    "stp": ["so-tu-phap"],
    "snv": ["so-noi-vu"],
    "so kh&cn": ["so-khoa-hoc-va-cong-nghe"],
    "sở khcn": ["so-khoa-hoc-va-cong-nghe"],
    "skhcn": ["so-khoa-hoc-va-cong-nghe"],
    "tt hcc": [WARD_DESK],
    "tttphcc": [WARD_DESK],
    "trung tâm pvhcc phường": [WARD_DESK],
    "tt pvhcc tp": [CITY_DESK],
    "trung tâm phục vụ hành chính công thành phố hà nội": [CITY_DESK],
    "so van hoa the thao": ["so-van-hoa-va-the-thao"],
    "so vhtt": ["so-van-hoa-va-the-thao"],
    "so vhttdl": ["so-van-hoa-the-thao-va-du-lich"],
    "sở vhtt&dl": ["so-van-hoa-the-thao-va-du-lich"],
    "so van hoa the thao va du lịh": ["so-van-hoa-the-thao-va-du-lich"],
    "công an thành phố": ["cong-an-thanh-pho"],
    "ca tp": ["cong-an-thanh-pho"],
    "ubnd phường": ["ubnd-phuong"],
    "các sở ban ngành": ["cac-so-ban-nganh"],
    "các phòng đơn vị": ["cac-phong-don-vi"],
    "ubnd các xã phường": ["ubnd-cac-xa-phuong"],
    "thanh tra thành phố": ["thanh-tra-thanh-pho"],
    "mttq": ["uy-ban-mttq"],
    "sở nội vụ với sở tư pháp, ai chủ trì": ["so-noi-vu", "so-tu-phap"],
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_find(question: str) -> None:
    assert found(question) == QUESTIONS[question]
    assert found(fold(question)) == QUESTIONS[question]
    assert found(question.upper()) == QUESTIONS[question]


NOTHING = [
    "tăng cường kiểm tra công vụ", "ai chủ trì nhiệm vụ 18", "văn phòng phẩm", "sở hữu trí tuệ",
    "phòng, chống tham nhũng", "thanh tra, kiểm tra công vụ", "an toàn thông tin công an", "văn hóa công vụ",
    "trung tâm dữ liệu", "nhiệm vụ nào quá hạn", "bộ phận một cửa", "báo cáo định kỳ 6 tháng", "cấp xã",
    "cơ sở dữ liệu", "phòng họp trực tuyến", "ban hành kế hoạch", "xstpx", "sản phẩm là gì", "",
]  # fmt: skip


@pytest.mark.parametrize("question", NOTHING)
def test_find_nothing(question: str) -> None:
    assert found(question) == []
    assert found(fold(question)) == []


@pytest.mark.parametrize("question", ["số nội vụ", "các số liệu, số y tế", "bỏ nội vụ"])
def test_accents_tell_other_words_apart(question: str) -> None:
    assert found(question) == []


def test_find_gives_the_place_in_the_question() -> None:
    question = "Hỏi: Phòng Văn hóa - Xã hội\u0301 và so noi vu?"
    for item in AGENCIES.find(question):
        assert nfc(question)[item.start : item.end] == item.text
    assert [item.text for item in AGENCIES.find("việc của Sở Nội vụ?")] == ["Sở Nội vụ"]


def test_find_is_quick() -> None:
    question = "cho toi hoi phong van hoa xa hoi va vp hdnd ubnd phuong phai nop bao cao cho so noi vu truoc ngay nao"
    started = time.perf_counter()
    for _ in range(100):
        AGENCIES.find(question)
    assert (time.perf_counter() - started) / 100 < 0.001


@pytest.mark.parametrize("unit", ["so ", "phong van ", "Sở Nội vụ, ", "- ", "(", "a, b và ", "các đơn vị, "])
def test_long_texts_take_a_moment_at_most(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    started = time.perf_counter()
    AGENCIES.find(text)
    AGENCIES.split(text)
    assert time.perf_counter() - started < 1


# --- collectives


def test_collectives_stand_for_their_members() -> None:
    communes, departments = agency("ubnd-cac-xa-phuong"), agency("cac-so-ban-nganh")
    units, all_units = agency("cac-phong-don-vi"), agency("so-ban-nganh-don-vi-su-nghiep")
    assert {"ubnd-phuong", "ubnd-xa", "ubnd-dac-khu"} == {a.id for a in AGENCIES.members(communes)}
    assert AGENCIES.includes(departments, agency("so-noi-vu"))
    assert AGENCIES.includes(departments, agency("thanh-tra-thanh-pho"))
    assert AGENCIES.includes(all_units, agency("so-y-te"))
    assert AGENCIES.includes(units, agency(VHXH)) and AGENCIES.includes(units, agency(OFFICE))
    assert not AGENCIES.includes(units, agency("so-noi-vu"))
    assert not AGENCIES.includes(departments, agency("ubnd-phuong"))
    assert not AGENCIES.includes(departments, departments)
    assert AGENCIES.members(agency("so-noi-vu")) == ()


# --- learning


def test_bodies_of_new_documents_are_understood() -> None:
    mentions = AGENCIES.split("Hội Luật gia, Văn phòng VCCI, các hiệp hội; Sở Kiến tạo; VNPT; theo quy định; chung")
    learned = AGENCIES.learn(mentions)
    assert found("hoi luat gia phoi hop viec gi", learned) == ["hoi-luat-gia"]
    assert found("văn phòng vcci và sở kiến tạo, vnpt", learned) == ["van-phong-vcci", "so-kien-tao", "vnpt"]
    assert found("các hiệp hội", learned) == ["cac-hiep-hoi"]
    assert found("theo quy định chung", learned) == []
    match = learned.match("hoi luat gai")
    assert match and match.agency.id == "hoi-luat-gia"
    assert learned.includes(agency("cac-so-ban-nganh"), match.agency) is False
    department = learned.get("so-kien-tao")
    assert department and learned.includes(agency("cac-so-ban-nganh"), department)
    assert ids("Hội Luật gia và Sở Nội vụ", learned) == ["hoi-luat-gia", "so-noi-vu"]


def test_learning_leaves_the_old_agencies_as_they_were() -> None:
    AGENCIES.learn([AgencyMention(text="Hội Luật gia", name="Hội Luật gia", agency_id="hoi-luat-gia")])
    assert found("hội luật gia") == []
    assert AGENCIES.learn(AGENCIES.split("Sở Nội vụ")) is AGENCIES


# --- data files


def test_the_data() -> None:
    assert len(AGENCIES) > 70
    assert {a.level for a in AGENCIES} == set(AgencyLevel)
    for known in AGENCIES:
        match = AGENCIES.match(known.name)
        assert match and match.agency == known and match.by == "exact"
        assert set(known.id) <= set("abcdefghijklmnopqrstuvwxyz-")


def office(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "office.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_office_adds_and_overrides(tmp_path: Path) -> None:
    own = office(
        tmp_path,
        "agencies:\n"
        "- {id: phong-noi-vu, name: Phòng Nội vụ, level: ward, parent: ubnd-phuong}\n"
        "- {id: so-van-hoa-va-the-thao, aliases: [Sở Văn hóa]}\n"
        "spellings: {phong van hoa: [PVH]}\nheads: [tổ hợp]\n",
    )
    agencies = load_agencies(own)
    assert found("phòng nội vụ, sở văn hóa", agencies) == ["phong-noi-vu", "so-van-hoa-va-the-thao"]
    assert found("so vhtt, pvh xa hoi", agencies) == [VHXH]  # its aliases replace the old ones
    units = agencies.get("cac-phong-don-vi")
    added = agencies.get("phong-noi-vu")
    assert units and added and agencies.includes(units, added)
    assert len(agencies) == len(AGENCIES) + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("agencies: [", "cannot be read as YAML"),
        ("- a\n- b", "top level"),
        ("agencies: 3", "field agencies"),
        ("other: 3", "field other"),
        ("agencies: [3]", "field agencies.0"),
        ("agencies: [{id: a}]", r"entry 1 \(a\): field name"),
        ("agencies: [{name: A}]", r"entry 1 \(no id\): field id"),
        ("agencies: [{id: a, name: A, level: moon}]", r"entry 1 \(a\): field level"),
        ("agencies: [{id: a, name: A, tags: [b]}]", r"entry 1 \(a\): field tags"),
        ("agencies: [{id: a, name: A}, {id: a, name: B}]", r"entry 2 \(a\): field id"),
        ("agencies: [{id: a, name: '...'}]", r"entry 1 \(a\): field name"),
        ("agencies: [{id: a, name: A, parent: nobody}]", r"entry 1 \(a\): field parent: 'nobody'"),
        ("agencies: [{id: a, name: A, includes: ['moon:Sở']}]", r"entry 1 \(a\): field includes: 'moon:Sở'"),
        (
            "agencies: [{id: a, name: Tổ A}, {id: b, name: B, aliases: [to a]}]",
            r"entry 2 \(b\): field aliases",
        ),
    ],
)
def test_a_file_at_fault_is_named_with_entry_and_field(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(AgencyFileError, match=message) as caught:
        load_agencies(office(tmp_path, text))
    assert "office.yaml" in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(AgencyFileError, match=r"none\.yaml"):
        load_agencies(tmp_path / "none.yaml")


def test_a_ring_of_collectives_ends(tmp_path: Path) -> None:
    ring = "agencies:\n- {id: a, name: Vòng A, collective: true, includes: [b]}\n"
    agencies = load_agencies(office(tmp_path, ring + "- {id: b, name: Vòng B, collective: true, includes: [a]}\n"))
    first = agencies.get("a")
    assert first and agencies.members(first) == ()


# --- properties

STEADY = settings(derandomize=True, max_examples=200, deadline=None)
SEPARATORS = [", ", "; ", " và ", "\n", "\n- ", " - ", " ", " / ", " (", ") ", ". ", " + ", ",", "…"]
PIECES = sorted({*CELLS, *(a.name for a in AGENCIES), "chủ trì", "có liên quan", "Hội Luật gia", "VCCI", "ban", "các"})
CELL_TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(SEPARATORS), max_size=9).map("".join)


@STEADY
@given(st.text() | CELL_TEXTS)
def test_nothing_is_lost_or_made_up(cell: str) -> None:
    mentions = AGENCIES.split(cell)
    kept = [word for mention in mentions for word in words(mention.text) if word != "va"]
    assert kept == [word for word in words(cell) if word != "va"]
    assert all(mention.agency_id and mention.text and mention.name for mention in mentions)


@STEADY
@given(CELL_TEXTS)
def test_a_cell_without_accents_names_the_same_bodies(cell: str) -> None:
    assert ids(fold(cell)) == ids(cell)


@STEADY
@given(st.text() | CELL_TEXTS)
def test_what_is_found_lies_in_the_question_and_does_not_overlap(question: str) -> None:
    text, end = nfc(question), 0
    for item in AGENCIES.find(question):
        assert end <= item.start < item.end
        assert text[item.start : item.end] == item.text
        end = item.end


@STEADY
@given(st.text() | CELL_TEXTS)
def test_any_phrase_is_matched_or_not(phrase: str) -> None:
    match = AGENCIES.match(phrase)
    assert match is None or THRESHOLD <= match.score <= 100
    AGENCIES.learn(AGENCIES.split(phrase)).find(phrase)


def test_names_that_ship_mean_one_body_each() -> None:
    shipped = Path(__file__).parents[2] / "corpus" / "agencies.yaml"
    assert load_agencies(shipped).match("UBND cấp xã") is not None


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Trạm Chăn nuôi và Thú y khu vực; Công an phường", ["Trạm Chăn nuôi và Thú y khu vực", "Công an phường"]),
        ("Đội Trật tự và Quản lý đô thị, Công an phường", ["Đội Trật tự và Quản lý đô thị", "Công an phường"]),
        ("Trạm Y tế và Công an xã", ["Trạm Y tế phường", "Công an phường"]),
        ("Hội Nông dân và Đoàn Thanh niên", ["Hội Nông dân", "Đoàn Thanh niên"]),
    ],
)
def test_what_stands_after_and_is_a_body_or_a_part_of_the_name(cell: str, names: list[str]) -> None:
    assert [mention.name for mention in AGENCIES.split(cell)] == names
