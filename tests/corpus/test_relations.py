"""What a document says it does to others, and only what it says of itself."""

from __future__ import annotations

import pytest

from corpus.agencies import Agencies
from corpus.ingest import records_of
from corpus.manifest import ManifestEntry
from corpus.reading import Reading

HEAD = "UBND PHƯỜNG X\n\nSố: 20/KH-UBND\n\nPhường X, ngày 03 tháng 4 năm 2027\n\nKẾ HOẠCH\n\n"


def told(text: str, agencies: Agencies) -> list[tuple[str, str]]:
    document = records_of(Reading(text), ManifestEntry(id="a", file="a.txt"), agencies).document
    for relation in document.relations:
        assert " ".join(text[relation.span.start : relation.span.end].split()) == relation.text
    return [(str(relation.kind), relation.number) for relation in document.relations]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 05/01/2027.", [("replaces", "12/kh-ubnd")]),
        (
            "Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 05/01/2027 và Kế hoạch số 14/KH-UBND của UBND phường X.",
            [("replaces", "12/kh-ubnd"), ("replaces", "14/kh-ubnd")],
        ),
        ("Bãi bỏ Quyết định số 7/QĐ-UBND ngày 01/02/2025.", [("replaces", "7/qd-ubnd")]),
        (
            "Quyết định số 33/QĐ-UBND ngày 2/2/2024 của UBND phường X hết hiệu lực kể từ ngày Kế hoạch này ban hành.",
            [("replaces", "33/qd-ubnd")],
        ),
        ("Sửa đổi, bổ sung một số nội dung của Kế hoạch số 12/KH-UBND như sau: a.", [("amends", "12/kh-ubnd")]),
        ("Thực hiện theo Nghị định số 9/2026/NĐ-CP thay thế Nghị định số 8/2025/NĐ-CP.", []),
        ("Nghị định số 8/2025/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 9/2026/NĐ-CP.", []),
        ("Kế hoạch này căn cứ Nghị quyết số 5/NQ-HĐND.", []),
        ("Bãi bỏ khoản 2 Điều 5 của Quyết định số 7/QĐ-UBND ngày 01/02/2025.", [("amends", "7/qd-ubnd")]),
        ("Kế hoạch này thay thế Phụ lục II của Kế hoạch số 12/KH-UBND.", [("amends", "12/kh-ubnd")]),
        ("Bãi bỏ một số nội dung của Quyết định số 7/QĐ-UBND.", [("amends", "7/qd-ubnd")]),
        ("Bãi bỏ toàn bộ Quyết định số 7/QĐ-UBND.", [("replaces", "7/qd-ubnd")]),
    ],
)
def test_relations_in_a_sentence(body: str, expected: list[tuple[str, str]], agencies: Agencies) -> None:
    assert told(f"{HEAD}Chuyển đổi số\n\nI. NỘI DUNG\n\n1. {body}\n", agencies) == expected


@pytest.mark.parametrize(
    ("body", "until"),
    [
        ("Kế hoạch này thực hiện đến hết 31/12/2026.", "2026-12-31"),
        ("Kế hoạch này có hiệu lực kể từ ngày ký đến hết ngày 30 tháng 6 năm 2027.", "2027-06-30"),
        ("Quy chế này được áp dụng đến hết năm 2026, sau đó xây dựng mới.", "2026-12-31"),
        ("Quyết định này có hiệu lực từ 01/01/2026 đến 31/12/2028.", "2028-12-31"),
        ("Nghị định số 9/2026/NĐ-CP có hiệu lực đến hết năm 2026.", None),
        ("Kế hoạch này có hiệu lực kể từ ngày ký.", None),
        ("Kế hoạch này được thực hiện đến từng tổ dân phố, giao 12 đơn vị.", None),
        ("Kết quả thực hiện Kế hoạch này báo cáo trước ngày 15/12/2026.", None),
    ],
)
def test_until_when_a_document_holds(body: str, until: str | None, agencies: Agencies) -> None:
    text = f"{HEAD}Chuyển đổi số\n\nI. NỘI DUNG\n\n1. {body}\n"
    found = records_of(Reading(text), ManifestEntry(id="a", file="a.txt"), agencies).document.relations
    assert [str(relation.until) for relation in found] == ([until] if until else [])


def test_the_title_of_an_amending_plan_tells_it(agencies: Agencies) -> None:
    title = "Sửa đổi, bổ sung Kế hoạch số 12/KH-UBND ngày 05/01/2027 của UBND phường X về chuyển đổi số"
    assert told(f"{HEAD}{title}\n\nI. NỘI DUNG\n\n1. Một việc.\n", agencies) == [("amends", "12/kh-ubnd")]


def test_grounds_are_no_relations(agencies: Agencies) -> None:
    ground = "Căn cứ Luật số 72/2025/QH15 sửa đổi, bổ sung Luật số 77/2015/QH13;"
    assert told(f"{HEAD}Chuyển đổi số\n\n{ground}\n\nI. NỘI DUNG\n\n1. Một việc.\n", agencies) == []


def test_an_annex_names_its_plan_and_a_blank_number_names_none(agencies: Agencies) -> None:
    text = "PHỤ LỤC\n\nPHÂN CÔNG NHIỆM VỤ\n\n(Kèm theo Kế hoạch số {}/KH-UBND ngày 03/01/2027 của UBND phường X)\n"
    assert told(text.format("12"), agencies) == [("attached", "12/kh-ubnd")]
    assert told(text.format(" "), agencies) == []
