"""DOCX: the words as Word shows them, in the order of the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from corpus.agencies import Agencies
from corpus.ingest import ReadDocument, read_source
from corpus.manifest import ManifestEntry
from corpus.readers import read
from corpus.sources import Source
from tests.corpus.files import Block, Bold, Cell, Heading, Row, Table, Xml, letterhead, save_docx, signature
from tests.corpus.numbering import OFFICE, item, lists, starting

HEADER = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn"]


def text_of(folder: Path, *blocks: Block, change: Any = None) -> str:
    return read(save_docx(folder / "van-ban.docx", *blocks, change=change)).text


def document_of(folder: Path, agencies: Agencies, *blocks: Block, change: Any = None) -> ReadDocument:
    path = save_docx(folder / "van-ban.docx", *blocks, change=change)
    return read_source(Source(path, ManifestEntry(id="van-ban", file=path.name)), agencies)


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def test_paragraphs_and_tables_in_the_order_of_the_document(tmp_path: Path) -> None:
    text = text_of(tmp_path, "Trước bảng.", Table([["A", "B", "C"], ["1", "2\n3", ""]]), "Sau bảng.")
    assert text == "Trước bảng.\n\nA\tB\tC\n1\t2 3\t\n\nSau bảng.\n"


def test_headings_by_style_outline_level_and_bold(tmp_path: Path) -> None:
    def rename(document: Any) -> None:
        document.styles["Heading 2"].element.find(qn("w:name")).set(qn("w:val"), "Tiêu đề 2")

    outline = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>III. KINH PHÍ</w:t></w:r></w:p>'
    long = "Các đơn vị nộp báo cáo trước ngày 15 tháng 6 năm 2026."
    text = text_of(
        tmp_path, Heading("I. MỤC ĐÍCH"), Heading("II. YÊU CẦU", 2), Xml(outline), Bold("1. Chung"), Bold(long), "Hết.",
        change=rename,
    )  # fmt: skip
    assert lines(text) == ["## I. MỤC ĐÍCH", "## II. YÊU CẦU", "## III. KINH PHÍ", "**1. Chung**", long, "Hết."]


def test_a_bold_title_over_two_paragraphs_is_one(tmp_path: Path) -> None:
    text = text_of(tmp_path, Bold("KẾ HOẠCH"), Bold("Triển khai Nghị quyết số 5"), Bold("của Đảng ủy phường"), "Xét …")
    assert lines(text) == ["**KẾ HOẠCH**", "**Triển khai Nghị quyết số 5 của Đảng ủy phường**", "Xét …"]


def test_lists_bear_the_labels_that_word_counts(tmp_path: Path) -> None:
    blocks = [
        item("MỤC ĐÍCH"), item("Chung", 1), item("Một", 2), item("Hai", 2), item("Nhỏ", 3), item("Riêng", 1),
        item("Ba", 2), item("NHIỆM VỤ"), item("Đầu", 1),
    ]  # fmt: skip
    text = text_of(tmp_path, *blocks, change=lists(OFFICE))
    assert [line.split()[0] for line in lines(text)] == ["I.", "1.", "a)", "b)", "-", "2.", "a)", "II.", "1."]


def test_labels_of_several_levels_restarts_and_starts(tmp_path: Path) -> None:
    levels = (("decimal", "%1."), ("decimal", "%1.%2."), ("upperRoman", "%1.%2.%3"))
    nums = {1: (0, ""), 2: (0, starting(0, 5)), 3: (0, "")}
    blocks = [item("a"), item("b", 1), item("c", 2), item("d", 0, 3), item("e", 0, 2), item("f", 1, 2), item("g", 0, 2)]
    text = text_of(tmp_path, *blocks, change=lists(levels, nums=nums))
    assert [line.split()[0] for line in lines(text)] == ["1.", "1.1.", "1.1.I", "2.", "5.", "5.1.", "6."]


def test_a_level_that_never_restarts_and_one_in_legal_figures(tmp_path: Path) -> None:
    never = lists((("upperRoman", "%1."), ("decimal", "Điều %2.")), extra='<w:lvlRestart w:val="0"/>')
    text = text_of(tmp_path, item("a"), item("b", 1), item("c"), item("d", 1), change=never)
    assert lines(text) == ["I. a", "Điều 1. b", "II. c", "Điều 2. d"]
    legal = lists((("upperRoman", "%1."), ("decimal", "%1.%2")), extra="<w:isLgl/>")
    assert lines(text_of(tmp_path, item("a"), item("b", 1), change=legal)) == ["1. a", "1.1 b"]


def test_numbers_of_a_style_and_a_paragraph_that_takes_them_off(tmp_path: Path) -> None:
    def style(document: Any) -> None:
        lists(OFFICE)(document)
        properties = document.styles["List Number"].element.get_or_add_pPr()
        for child in list(properties):
            properties.remove(child)
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))
        root = document.part.numbering_part.element
        root.find(f".//{qn('w:lvl')}[2]").insert(0, parse_xml(f'<w:pStyle {nsdecls("w")} w:val="ListNumber"/>'))

    styled = '<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr><w:r><w:t>việc</w:t></w:r></w:p>'
    off = styled.replace("</w:pPr>", '<w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    assert lines(text_of(tmp_path, Xml(styled), Xml(off), Xml(styled), change=style)) == ["1. việc", "việc", "2. việc"]


def test_outline_from_lists_reaches_the_passages(tmp_path: Path, agencies: Agencies) -> None:
    blocks = [item(w, level) for w, level in [("MỤC ĐÍCH", 0), ("NHIỆM VỤ", 0), ("A", 1), ("B", 1), ("C", 1)]]
    blocks += [item("Phần việc", 1), item("Phòng Kinh tế rà soát chợ phường.", 2)]
    read = document_of(tmp_path, agencies, *blocks, change=lists(OFFICE))
    assert [p.path for p in read.passages if p.text.startswith("a)")] == ["II.4.a"]


def test_numbers_that_a_table_counts_itself(tmp_path: Path, agencies: Agencies) -> None:
    number = item("")

    def count(document: Any) -> None:
        lists((("decimal", "%1."),))(document)
        for row in document.tables[0].rows[1:]:
            row._tr.tc_lst[0].p_lst[0].get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
                )
            )

    assert number
    rows = [["", f"Rà soát đợt {i}", "Phòng Kinh tế", "", "Báo cáo", f"Tháng {i}/2026"] for i in (5, 6, 7)]
    read = document_of(tmp_path, agencies, Table([HEADER, *rows]), change=count)
    assert [(t.number, t.deadline.text) for t in read.tasks] == [
        ("1", "Tháng 5/2026"), ("2", "Tháng 6/2026"), ("3", "Tháng 7/2026")
    ]  # fmt: skip


def test_merged_cells(tmp_path: Path, agencies: Agencies) -> None:
    rows: list[Row] = [
        HEADER,
        [Cell("I. TUYÊN TRUYỀN", across=6)],
        ["1", "Phát thanh", Cell("Phòng Văn hóa - Xã hội", down=3), "", "Tin bài", "Tháng 5/2026"],
        ["2", "Treo băng rôn", Cell("Công an phường", across=1), "Băng rôn", "Tháng 6/2026"],
        ["3", "Họp dân", "", "Biên bản", "Hằng quý"],
    ]
    read = document_of(tmp_path, agencies, Table(rows))
    assert [(t.section, t.number, [m.name for m in t.lead], t.deadline.text) for t in read.tasks] == [
        ("I", "1", ["Phòng Văn hóa - Xã hội"], "Tháng 5/2026"),
        ("I", "2", ["Phòng Văn hóa - Xã hội"], "Tháng 6/2026"),
        ("I", "3", ["Phòng Văn hóa - Xã hội"], "Hằng quý"),
    ]


def test_one_task_over_several_rows_stays_one(tmp_path: Path, agencies: Agencies) -> None:
    rows: list[Row] = [
        HEADER,
        [Cell("1", down=3), Cell("Rà soát hộ nghèo", down=3), "Phòng Kinh tế", "", "Danh sách", "Tháng 5/2026"],
        ["Công an phường", "", "Biên bản", Cell("Tháng 6/2026", down=2)],
        ["Trạm Y tế phường", "", "Báo cáo"],
        ["2", "Họp dân", "Công an phường", "", "Biên bản", "Hằng quý"],
    ]
    first, second = document_of(tmp_path, agencies, Table(rows)).tasks
    assert (first.number, first.title) == ("1", "Rà soát hộ nghèo")
    assert [m.name for m in first.lead] == ["Phòng Kinh tế", "Công an phường", "Trạm Y tế phường"]
    assert first.product == "Danh sách; Biên bản; Báo cáo"
    assert first.deadline.text.count("Tháng 6/2026") == 1
    assert (second.number, second.title) == ("2", "Họp dân")


def test_header_of_two_rows_with_merged_cells(tmp_path: Path, agencies: Agencies) -> None:
    rows: list[Row] = [
        [Cell("STT", down=2), Cell("Nhiệm vụ", down=2), Cell("Phân công", across=2), Cell("Thời hạn", down=2)],
        ["Chủ trì", "Phối hợp"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["1", "Kiểm tra chợ", "Phòng Kinh tế", "Công an phường", "Tháng 8/2026"],
        [Cell("Tổng cộng: 01 nhiệm vụ", across=5)],
    ]
    (task,) = document_of(tmp_path, agencies, Table(rows, heads=2)).tasks
    assert ([m.name for m in task.lead], [m.name for m in task.coordinate], task.deadline.text) == (
        ["Phòng Kinh tế"], ["Công an phường"], "Tháng 8/2026"
    )  # fmt: skip


def test_columns_drawn_by_hand_that_hardly_fit(tmp_path: Path, agencies: Agencies) -> None:
    def draw(document: Any) -> None:
        """The second row begins its third cell a little later than the others: seven columns in the grid."""
        table = document.tables[0]._tbl
        grid = table.tblGrid
        grid.insert(2, parse_xml(f'<w:gridCol {nsdecls("w")} w:w="300"/>'))
        for i, row in enumerate(table.tr_lst):
            row.tc_lst[1 if i == 2 else 2].grid_span = 2

    rows = [[str(i), f"Việc số {i}", "Phòng Kinh tế", "Công an", "Báo cáo", f"Tháng {i}/2026"] for i in (5, 6, 7)]
    tasks = document_of(tmp_path, agencies, Table([HEADER, *rows]), change=draw).tasks
    assert [(t.title, t.product, t.deadline.text) for t in tasks] == [
        (f"Việc số {i}", "Báo cáo", f"Tháng {i}/2026") for i in (5, 6, 7)
    ]


def test_insertions_are_read_and_deletions_left_out(tmp_path: Path) -> None:
    changed = (
        "<w:p><w:r><w:t>Trước ngày </w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>15</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> cũ</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>/6/2026</w:t></w:r></w:p>"
    )
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Phòng </w:t></w:r></w:p>"
    reading = read(save_docx(tmp_path / "a.docx", Xml(changed), Xml(joined), "Kinh tế"))
    assert lines(reading.text) == ["Trước ngày 15/6/2026", "Phòng Kinh tế"]
    assert [doubt.code for doubt in reading.doubts] == ["changes_open"]


def test_deleted_rows_and_hidden_words_are_left_out(tmp_path: Path) -> None:
    def delete(document: Any) -> None:
        row = document.tables[0].rows[1]._tr
        row.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))

    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn </w:t></w:r><w:r><w:t>hiện</w:t></w:r></w:p>"
    text = text_of(tmp_path, Xml(hidden), Table([["a", "b", "c"], ["bỏ", "x", "y"], ["d", "e", "f"]]), change=delete)
    assert lines(text) == ["hiện", "a\tb\tc", "d\te\tf"]


def test_text_boxes_once_controls_links_and_fields(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    anchored = (
        f"<w:p><w:r><w:t>Có khung</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'><w:drawing>{box}"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    control = "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>trong ô nhập</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    field = (
        '<w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> 5/6'
        '</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="X"><w:r><w:t>/2026</w:t></w:r>'
        "</w:fldSimple><w:r><w:noBreakHyphen/><w:t>KH</w:t></w:r></w:p>"
    )
    text = text_of(tmp_path, Xml(anchored), Xml(control), Xml(field))
    assert lines(text) == ["Có khung", "MẬT", "trong ô nhập", "liên kết 5/6/2026-KH"]


def test_headers_and_contents_are_left_out_but_marks_of_secrecy_are_not(tmp_path: Path) -> None:
    def head(document: Any) -> None:
        header = document.sections[0].header
        header.paragraphs[0].text = "UBND phường Bến Gỗ"
        header.add_paragraph("TỐI MẬT")
        document.styles.add_style("toc 1", 1)
        document.paragraphs[0].style = "toc 1"

    assert lines(text_of(tmp_path, "I. MỤC ĐÍCH\t3", "Nội dung.", change=head)) == ["TỐI MẬT", "Nội dung."]


def test_notes_stand_at_the_end(tmp_path: Path) -> None:
    note = '<w:p><w:r><w:t>Theo Luật</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'

    def add(document: Any) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        words = "<w:r><w:t>Luật số 1/2026.</w:t></w:r>"
        blob = (
            f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
            f'<w:footnote w:id="2"><w:p>{words}</w:p></w:footnote></w:footnotes>'
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    text = text_of(tmp_path, Xml(note), "Hết.", change=add)
    assert lines(text) == ["Theo Luật.", "Hết.", "[1] Luật số 1/2026."]


def test_letterhead_and_signature_in_tables_without_lines(tmp_path: Path, agencies: Agencies) -> None:
    blocks: list[Block] = [
        letterhead("ỦY BAN NHÂN DÂN\nPHƯỜNG BẾN GỖ", "Số: 27/KH-UBND", "Bến Gỗ, ngày 04 tháng 6 năm 2026"),
        Bold("KẾ HOẠCH", centred=True),
        Bold("Nâng cao chất lượng dịch vụ công", centred=True),
        Bold("I. MỤC TIÊU"),
        "Giảm giấy tờ, giảm đi lại.",
        signature(
            "- Đảng ủy phường;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nLò Thị Mai Anh"
        ),
    ]
    read = document_of(tmp_path, agencies, *blocks)
    document = read.document
    assert (document.number, str(document.date), document.kind) == ("27/KH-UBND", "2026-06-04", "Kế hoạch")
    assert (document.issuer, document.signer) == ("UBND phường Bến Gỗ", "Lò Thị Mai Anh")
    assert document.title == "Nâng cao chất lượng dịch vụ công"
    roles = {p.role: p.text for p in read.passages}
    assert "Lưu: VT" in roles["recipients"]
    assert "PHÓ CHỦ TỊCH" in roles["signature"]


def test_department_below_its_superior(tmp_path: Path, agencies: Agencies) -> None:
    head = letterhead("UBND TỈNH ĐỒNG NAI\nSỞ XÂY DỰNG", "Số: 21/KH-SXD", "Đồng Nai, ngày 02 tháng 6 năm 2026")
    read = document_of(tmp_path, agencies, head, Bold("KẾ HOẠCH"), Bold("Cải cách hành chính"), "I. CHUNG", "Việc.")
    assert read.document.issuer == "Sở Xây dựng"


def test_tables_in_tables(tmp_path: Path, agencies: Agencies) -> None:
    def nest(document: Any) -> None:
        outer, inner = document.tables
        outer._tbl.tr_lst[0].tc_lst[0].p_lst[0].addprevious(inner._tbl)

    rows = [HEADER, ["1", "Họp dân", "Công an phường", "", "Biên bản", "Hằng quý"]]
    read = document_of(tmp_path, agencies, Table([[""]], bordered=False), Table(rows), change=nest)
    assert [task.title for task in read.tasks] == ["Họp dân"]

    def within(document: Any) -> None:
        outer, inner = document.tables
        outer._tbl.tr_lst[1].tc_lst[4].p_lst[0].addprevious(inner._tbl)

    read = document_of(tmp_path, agencies, Table(rows), Table([["Đợt 1", "5 tin"]]), change=within)
    assert [task.product for task in read.tasks] == ["Đợt 1 5 tin Biên bản"]


def test_strict_office_open_xml(tmp_path: Path) -> None:
    import zipfile

    path = save_docx(tmp_path / "a.docx", "Họp giao ban.")
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(strict, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            for name in (b"wordprocessingml", b"officeDocument"):
                data = data.replace(
                    b"http://schemas.openxmlformats.org/" + name + b"/2006", b"http://purl.oclc.org/ooxml/" + name
                )
            new.writestr(entry, data)
    assert read(strict).text == "Họp giao ban.\n"


def test_a_document_with_macros_is_read_and_says_so(tmp_path: Path) -> None:
    import zipfile

    path = save_docx(tmp_path / "a.docm", "Họp giao ban.")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0" * 8)
    reading = read(path)
    assert (reading.text, [doubt.code for doubt in reading.doubts]) == ("Họp giao ban.\n", ["macros_left_out"])


def test_a_document_without_words_is_empty(tmp_path: Path) -> None:
    from corpus.errors import CorpusError

    with pytest.raises(CorpusError, match="file_empty"):
        text_of(tmp_path, "  ", "")
