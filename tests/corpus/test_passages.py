"""Prose into passages: whole sentences, their place in the outline, their exact range, their role."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.agencies import Agencies
from corpus.ingest import ReadDocument
from corpus.letterhead import read_letterhead
from corpus.markup import clean
from corpus.outline import find_label
from corpus.paragraphs import is_annex_line, lines_of, paragraphs_of
from corpus.passages import MAX_CHARS, passages_of
from corpus.records import Passage, Span
from corpus.sentences import clauses, sentences
from corpus.tables import CellLines, read_tables
from corpus.task_table import TableContext, tasks_of
from corpus.vietnamese import words
from tests.corpus.reading import outline_of, passages_in

CLEAN = ["hn-226-plan", "nhi-chieu-158", "hn-226-annex", "cchc-2026-2030"]
_PAGE_NUMBER = re.compile(r"\n\s*\n[ \t]*\d{1,3}[ \t]*\n\s*\n")


def roles(passages: list[Passage]) -> list[str]:
    return [passage.role for passage in passages]


def as_written(text: str, span: Span) -> str:
    """The clean words at a span, without page numbers that stand alone between blank lines."""
    return clean(_PAGE_NUMBER.sub("\n\n", text[span.start : span.end]))


# --- outline ---------------------------------------------------------------------------------------------


def test_paths_of_a_plan() -> None:
    passages = passages_in(
        "KẾ HOẠCH\n\nI. MỤC ĐÍCH\n\n1. Mục đích\n\na) Tổ chức quán triệt.\n\nb) Khắc phục hạn chế.\n\n"
        "II. NHIỆM VỤ\n\n1. Tuyên truyền\n\na) Các phòng, đơn vị\n\n- Phổ biến kế hoạch.\n\n+ Niêm yết tại trụ sở.\n\n"
        "2. Phòng Văn hóa - Xã hội theo dõi, đôn đốc việc thực hiện.\n"
    )
    assert outline_of(passages) == [
        ("I.1.a", "a) Tổ chức quán triệt."),
        ("I.1.b", "b) Khắc phục hạn chế."),
        ("II.1.a", "- Phổ biến kế hoạch."),
        ("II.1.a", "+ Niêm yết tại trụ sở."),
        ("II.2", "2. Phòng Văn hóa - Xã hội theo dõi, đôn đốc việc thực hiện."),
    ]
    assert passages[-2].headings == ("II. NHIỆM VỤ", "1. Tuyên truyền", "a) Các phòng, đơn vị")


def test_paths_of_a_regulation() -> None:
    passages = passages_in(
        "QUY CHẾ\nLàm việc của Ủy ban nhân dân phường\n\nChương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi điều chỉnh\n\n"
        "Quy chế này quy định chế độ làm việc.\n\nĐiều 2. Nguyên tắc\n\n1. Làm việc theo chế độ tập thể.\n\n"
        "2. Mỗi việc chỉ giao một cơ quan:\n\na) Chủ trì thực hiện;\n\nb) Phối hợp thực hiện.\n"
    )
    assert outline_of(passages) == [
        ("Điều 1", "Quy chế này quy định chế độ làm việc."),
        ("Điều 2.1", "1. Làm việc theo chế độ tập thể."),
        ("Điều 2.2", "2. Mỗi việc chỉ giao một cơ quan:"),
        ("Điều 2.2.a", "a) Chủ trì thực hiện;"),
        ("Điều 2.2.b", "b) Phối hợp thực hiện."),
    ]


def test_byte_order_mark_does_not_hide_the_first_label() -> None:
    text = "I. CHUNG\n\n1. Một việc của phường.\n"
    assert outline_of(passages_in("\ufeff" + text)) == outline_of(passages_in(text)) != []


def test_paths_of_the_plans_that_ship(library_documents: dict[str, ReadDocument]) -> None:
    for document, path, opening in [
        ("hn-226-plan", "II.2.đ", "đ) Sử dụng kết quả đánh giá xuyên suốt"),
        ("hn-226-plan", "II.5.c", "Nghiên cứu, xây dựng và thí điểm ứng dụng Trợ lý ảo"),
        ("hn-226-plan", "IV.1.a", "a) Căn cứ Kế hoạch này"),
        ("hn-226-plan", "IV.3", "3. Văn phòng UBND Thành phố phối hợp"),
        ("nhi-chieu-158", "II.4.a", "- Xây dựng kế hoạch tổ chức hội nghị hằng năm"),
        ("nhi-chieu-158", "II.3.b", "Nâng cao chất lượng các dự thảo"),
        ("nhi-chieu-158", "IV.1", "- Định kỳ 6 tháng (trước ngày 10 tháng 6)"),
        ("nhi-chieu-158", "IV.4", "Phối hợp chặt chẽ với Ủy ban nhân dân phường"),
        ("ngoc-ha-89", "II.7.2", "- Duy tri, van hanh"),
        ("ngoc-ha-89", "III.2.1", "- Bao cao CCHC 6 thang dau nam"),
        ("ngoc-ha-89", "IV", "Nguén kinh phi bao dam"),
    ]:
        found = [p.path for p in library_documents[document].passages if p.text.startswith(opening)]
        assert found == [path], (document, opening)


def test_closing_words_stand_under_no_heading(library_documents: dict[str, ReadDocument]) -> None:
    for document, opening in [
        ("hn-226-plan", "Trên đây là"),
        ("nhi-chieu-158", "Trên đây là"),
        ("ngoc-ha-89", "Trén day"),
    ]:
        (closing,) = [p for p in library_documents[document].passages if p.text.startswith(opening)]
        assert (closing.path, closing.headings) == ("", ())


def test_heading_without_prose_below_is_kept_as_prose() -> None:
    passages = passages_in("I. CHUNG\n\n1. Phạm vi áp dụng trong toàn phường\n\n2. Thời gian áp dụng từ năm 2027\n")
    assert [p.text for p in passages if p.role == "body"] == [
        "1. Phạm vi áp dụng trong toàn phường",
        "2. Thời gian áp dụng từ năm 2027",
    ]


@pytest.mark.parametrize("document", ["hn-226-plan", "nhi-chieu-158"])
def test_no_line_of_the_prose_is_lost(document: str, library_documents: dict[str, ReadDocument]) -> None:
    """Every line stands in passages from its first to its last word, in a table, or is a heading."""
    read = library_documents[document]
    held = {place for passage in read.passages for place in range(passage.span.start, passage.span.end)}
    headings = {title for passage in read.passages for title in passage.headings}
    for line in lines_of(read.text):
        first, last = line.end - len(line.raw.lstrip()), line.start + len(line.raw.rstrip()) - 1
        marked = line.raw.lstrip().startswith(("#", "**"))
        assert {first, last} <= held or len(line.cells) >= 3 or marked or clean(line.raw) in headings, line.raw


# --- sentences and ranges --------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [*CLEAN, "ngoc-ha-89"])
def test_text_of_every_passage_is_the_clean_source_at_its_span(
    document: str, library_documents: dict[str, ReadDocument]
) -> None:
    read = library_documents[document]
    for passage in read.passages:
        assert passage.text == as_written(read.text, passage.span), passage.ordinal
        assert passage.text


@pytest.mark.parametrize("document", [*CLEAN, "ngoc-ha-89"])
def test_passages_are_numbered_in_order_and_do_not_overlap(
    document: str, library_documents: dict[str, ReadDocument]
) -> None:
    passages = library_documents[document].passages
    assert [p.ordinal for p in passages] == list(range(len(passages)))
    for before, after in pairwise(passages):
        assert before.span.start < before.span.end <= after.span.start < after.span.end


@pytest.mark.parametrize("document", ["hn-226-plan", "nhi-chieu-158"])
def test_no_passage_of_a_clean_plan_cuts_a_sentence(document: str, library_documents: dict[str, ReadDocument]) -> None:
    body = [p for p in library_documents[document].passages if p.role == "body"]
    for before, after in pairwise(body):
        assert before.text[-1] in '.;:!?”")' or find_label(after.text), before.text[-60:]
        assert not after.text[0].islower() or find_label(after.text), after.text[:60]


@pytest.mark.parametrize(
    ("document", "words_before", "words_after"),
    [
        ("nhi-chieu-158", "hoàn thiện thể chế quản", "lý nhà nước về ngành"),
        ("nhi-chieu-158", "yêu cầu của Kết", "luận 226-KL/TW"),
        ("nhi-chieu-158", "các đơn", "vị sự nghiệp công lập thuộc phường nghiên cứu"),
        (
            "hn-226-plan",
            "các nội dung Kết luận",
            "số 226-KL/TW, Quyết định số 534/QĐ-TTg, Chỉ thị 09-CT/TU và Kế hoạch",
        ),
        ("ngoc-ha-89", "cua UBND thanh", "pho Ha Noi vé viéc"),
        ("ngoc-ha-89", "trén dia", "ban dé ling nghe"),
        ("ngoc-ha-89", "cac co quan, don", "vi phan anh kip thoi"),
    ],
)
def test_sentence_cut_by_a_page_break_is_one_passage(
    document: str, words_before: str, words_after: str, library_documents: dict[str, ReadDocument]
) -> None:
    found = [p for p in library_documents[document].passages if f"{words_before} {words_after}" in p.text]
    assert len(found) == 1


@pytest.mark.parametrize("page_break", ["\n\n", "\n\n\n6\n\n", "\n\n- 6 -\n\n", "\n\f", "\n\n6\n\f"])
@pytest.mark.parametrize(
    "rest", ["hồ sơ theo quy định.", "15% số lượng văn bản trong năm.", "Thành phố theo quy định."]
)
def test_sentence_goes_on_after_a_page_break_and_its_page_number(page_break: str, rest: str) -> None:
    opening = "a) Các phòng, đơn vị thực hiện nghiêm việc tiếp nhận, xử lý và giải quyết theo hướng dẫn của"
    passages = passages_in(f"I. CHUNG\n\n1. Nhiệm vụ\n\n{opening}{page_break}{rest}\n\nb) Việc khác của phường.\n")
    assert [p.text for p in passages if p.role == "body"] == [f"{opening} {rest}", "b) Việc khác của phường."]


def test_the_sentence_of_ngoc_ha_cut_before_a_capital_is_one_passage(
    library_documents: dict[str, ReadDocument],
) -> None:
    """Page 10 ends "… theo lộ trình và hướng dẫn của", page 11 goes on with "Thành phố trong hoạt động …"."""
    passages = library_documents["ngoc-ha-89"].passages
    (found,) = [p for p in passages if "trong hoat dong cua UBND phuong nham nang cao" in p.text]
    assert found.text.startswith("- Trién khai cac")


def test_hard_wrapped_prose_of_a_scan_is_joined() -> None:
    passages = passages_in(
        "I. MUC DICH\n\n1. Muc dich\n\n- Tiep tuc kien toan to chuc bo may cua UBND phuong theo huong tinh\n"
        "gon, hoat dong hieu luc, hieu qua; doi moi phuong thuc quan ly, dieu hanh theo\n"
        "huong hien dai. Tang cuong ky luat, ky cuong hanh chinh trong toan the can bo cua\n"
        "UBND phuong va cac don vi.\n- Nang cao cac chi so.\n"
    )
    assert [p.text for p in passages if p.role == "body"] == [
        "- Tiep tuc kien toan to chuc bo may cua UBND phuong theo huong tinh gon, hoat dong hieu luc, hieu qua; doi moi"
        " phuong thuc quan ly, dieu hanh theo huong hien dai. Tang cuong ky luat, ky cuong hanh chinh trong toan the"
        " can bo cua UBND phuong va cac don vi.",
        "- Nang cao cac chi so.",
    ]


def test_wrapped_line_that_begins_with_the_number_of_an_article_goes_on() -> None:
    passages = passages_in(
        "I. CHUNG\n\n1. Nhiệm vụ\n\na) Các cơ quan chủ động xây dựng văn bản quy định chi tiết theo quy định tại\n"
        "Điều 9 của Luật Thủ đô và các văn bản có liên quan.\n"
    )
    assert [(p.path, p.text) for p in passages if p.role == "body"] == [
        (
            "I.1.a",
            "a) Các cơ quan chủ động xây dựng văn bản quy định chi tiết theo quy định tại Điều 9 của Luật Thủ đô và các"
            " văn bản có liên quan.",
        )
    ]


def test_long_paragraph_is_cut_between_sentences_only() -> None:
    sentence = (
        "Các phòng, đơn vị thuộc phường tổ chức thực hiện nghiêm Kế hoạch này, báo cáo UBND phường (qua TP. Hà Nội)."
    )
    text = "I. CHUNG\n\n1. Việc chung\n\na) " + " ".join([sentence] * 40) + "\n"
    pieces = [p for p in passages_in(text) if p.role == "body"]
    assert len(pieces) > 1
    assert all(p.text.endswith("(qua TP. Hà Nội).") and len(p.text) <= MAX_CHARS for p in pieces)
    assert {p.path for p in pieces} == {"I.1.a"}
    assert " ".join(p.text for p in pieces) == "a) " + " ".join([sentence] * 40)
    assert all(clean(text[p.span.start : p.span.end]) == p.text for p in pieces)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Một câu. Hai câu. Ba câu.", 3),
        ("Công an TP. Hà Nội chủ trì.", 1),
        ("Gửi báo cáo về Sở Nội vụ, v.v. trước ngày 15/6.", 1),
        ("Theo Nghị định số 09/2019/NĐ-CP ngày 24.01.2019 của Chính phủ. Sau đó báo cáo.", 2),
        ("Tỷ lệ đạt 1.500 hồ sơ. Còn lại 2.000.", 2),
        ("Ai chủ trì? Phòng VHXH!", 2),
        ("Không có dấu chấm", 1),
        ("", 0),
        ("   \n ", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    found = [text[s.start : s.end] for s in sentences(text, 0, len(text))]
    assert len(found) == count
    assert " ".join(found) == " ".join(text.split())


def test_clauses() -> None:
    text = "Rà soát quy chế; bãi bỏ quy trình; báo cáo kết quả."
    assert [text[s.start : s.end] for s in clauses(text, 0, len(text))] == [
        "Rà soát quy chế;",
        "bãi bỏ quy trình;",
        "báo cáo kết quả.",
    ]


# --- roles -----------------------------------------------------------------------------------------------


def test_roles_of_a_plan() -> None:
    passages = passages_in(
        "Số: 12/KH-UBND\n\nKẾ HOẠCH\n\n**Triển khai việc chung năm 2027**\n\n"
        "Căn cứ Quyết định số 534/QĐ-TTg ngày 31/3/2026 của Thủ tướng Chính phủ;\n\n"
        "I. CHUNG\n\n1. Việc chung của phường.\n\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n\n"
        "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n(Kèm theo Kế hoạch số 12/KH-UBND)\n"
    )
    assert list(dict.fromkeys(roles(passages))) == ["letterhead", "basis", "body", "recipients", "signature", "annex"]
    by_role = {p.role: p.text for p in passages}
    assert by_role["recipients"] == "Nơi nhận: - Như trên; - Lưu: VT."
    assert by_role["signature"] == "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn An"


@pytest.mark.parametrize(
    "signed", ["KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG", "TUQ. CHỦ TỊCH", "GIÁM ĐỐC"]
)
def test_forms_of_signature(signed: str) -> None:
    passages = passages_in(
        f"I. CHUNG\n\n1. Việc chung của phường.\n\nNơi nhận:\n- Như trên.\n\n{signed}\n\nNguyễn Văn An\n"
    )
    assert roles(passages)[-1] == "signature"
    assert passages[-1].text.endswith("Nguyễn Văn An")


def test_recipients_and_signature_of_the_plans_are_one_passage_each(
    library_documents: dict[str, ReadDocument],
) -> None:
    for document, signer in (("hn-226-plan", "Vũ Đại Thắng"), ("nhi-chieu-158", "Lãnh Duy Tiên")):
        found = [p for p in library_documents[document].passages if p.role in ("recipients", "signature")]
        assert [p.role for p in found] == ["recipients", "signature"]
        assert found[0].text.startswith("Nơi nhận")
        assert "Lưu: VT" in found[0].text
        assert found[1].text.endswith(signer)
        assert {p.path for p in found} == {""}


def test_damaged_table_of_ngoc_ha_is_debris(library_documents: dict[str, ReadDocument]) -> None:
    read = library_documents["ngoc-ha-89"]
    start = read.text.index("TT Nhiém vu Nf'n")
    debris = [p for p in read.passages if p.role == "debris"]
    assert debris
    assert all(p.span.start >= start for p in debris)
    assert all(p.role == "debris" for p in read.passages if p.span.start >= start)
    assert debris[-1].span.end >= len(read.text.rstrip()) - 1
    assert not any(p.role == "debris" for d in CLEAN for p in library_documents[d].passages)


@pytest.mark.parametrize(
    ("line", "annex"),
    [
        ("PHỤ LỤC", True),
        ("Phụ lục II", True),
        ("PHỤ LỤC SỐ 03", True),
        ("Phụ lục 1.", True),
        ("Phụ lục A", True),
        ("Phụ lục kèm theo", False),
        ("Có Phụ lục kèm theo", False),
        ("", False),
    ],
)
def test_annex_line(line: str, annex: bool) -> None:
    assert is_annex_line(line) is annex


# --- whatever comes in -----------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "STT\tNhiệm vụ\tChủ trì\tPhối hợp\tSản phẩm\tThời hạn",
        "1\tXây dựng kế hoạch\tSở Nội vụ\t\t\tQuý I/2027",
        "\tphần còn lại\t\t\t\t",
        "I\tCHUNG\t\t\t\t",
        "PHỤ LỤC",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "KẾ HOẠCH",
        "## **I. MỤC ĐÍCH**",
        "**",
        "1. Việc chung",
        "a) Các phòng, đơn vị",
        "- gạch đầu dòng;",
        "Điều 12. Phạm vi",
        "Số: /KH-UBND",
        "ngày 31 tháng 02 năm 2026",
        "Căn cứ Quyết định số 534/QĐ-TTg của Thủ tướng Chính phủ;",
        "TT Nhiệm vụ Chủ trì Phối hợp Thời gian",
        "<ul><li>mục</li></ul>&amp;&#x110000;",
        "12",
        "- 3 -",
        "\ufeff",
        "\u2028",
        "\x00\x07",
        "e\u0301\u0323",
        "Nguyễn Văn An",
        "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/5/2026)",
    ]
)
_ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\f", " ", "\t", "\v", "\n \n"])
TEXTS = st.lists(st.tuples(st.one_of(_PIECES, st.text(max_size=12)), _ENDS), max_size=14).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)


@given(TEXTS)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_no_text_breaks_the_readers_and_all_ranges_stand_in_it(text: str) -> None:
    lines = lines_of(text)
    paragraphs = paragraphs_of([line for line in lines if len(line.cells) < 3], text)
    passages = passages_of(paragraphs, text, "van-ban")
    tables, _ = read_tables([CellLines([line for line in lines if len(line.cells) >= 3], after_prose=False)], text)
    letterhead = read_letterhead(text, paragraphs, passages)
    spans = [p.span for p in paragraphs] + [p.span for p in passages]
    spans += [row.span for table in tables for row in table.rows]
    spans += [table.header for table in tables]
    spans += list(letterhead.marks.values())
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()
    assert all(0 <= line.start < line.end <= len(text) and text[line.start : line.end] == line.raw for line in lines)


@given(TEXTS)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_no_table_breaks_the_reading_of_tasks(text: str) -> None:
    agencies = _agencies()
    lines = [line for line in lines_of(text) if len(line.cells) >= 3]
    for table in read_tables([CellLines(lines, after_prose=False)], text)[0]:
        tasks = list(tasks_of(table, TableContext("van-ban", "", 2027), agencies))
        assert len({task.ordinal for task in tasks}) == len(tasks)
        for task in tasks:
            assert 0 <= task.span.start < task.span.end <= len(text)
            assert task.number


@given(TEXTS)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_passages_hold_only_words_of_the_text_in_their_order(text: str) -> None:
    passages = passages_in(text)
    starts = [p.span.start for p in passages]
    assert starts == sorted(starts)
    for passage in passages:
        assert passage.text.strip()
        rest = iter(words(clean(text[passage.span.start : passage.span.end])))
        assert all(word in rest for word in words(passage.text)), passage.text


_KEPT: list[Agencies] = []


def _agencies() -> Agencies:
    """The agencies, loaded once: hypothesis takes no fixture that changes nothing."""
    if not _KEPT:
        from corpus.agencies import load_agencies

        _KEPT.append(load_agencies())
    return _KEPT[0]


def test_article_that_is_a_sentence_is_kept_and_what_follows_a_list_is_the_articles() -> None:
    wide = "x" * 150
    text = (
        "Điều 3. Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã, Trưởng Công an xã chịu trách nhiệm "
        "thi hành.\n"
        f"\nĐiều 9. Từ chối tiếp công dân\nNgười tiếp được từ chối trong các trường hợp sau:\n1. Người say {wide}.\n"
        "2. Vụ việc đã giải quyết đúng pháp luật mà vẫn cố tình đến nhiều lần.\n"
        "Việc từ chối phải giải thích rõ lý do.\n"
    )
    found = [(p.path, p.text[:20]) for p in passages_in(text) if p.role == "body"]
    assert found[0] == ("Điều 3", "Điều 3. Chánh Văn ph")
    assert found[-1] == ("Điều 9", "Việc từ chối phải gi")
    assert found[-2][0] == "Điều 9.2"
