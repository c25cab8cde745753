"""What documents say differently stands side by side; yes and no come first, with what is so."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.library import Library
from assistant.wiring import assistant_in_memory
from connectors.database import Store
from corpus.agencies import Agencies
from tests.assistant.test_compare import ask, told

NOTE = "ghi không giống"


@pytest.fixture(scope="module")
def shipped(stocked_store: Store, agencies: Agencies) -> Assistant:
    """The assistant over the five documents that ship."""
    return Assistant(Library(stocked_store, agencies, None))


@pytest.mark.parametrize(
    "question",
    [
        "hà nội: kế hoạch của từng cơ quan đơn vị để thực hiện KL 226 phải ban hành xong khi nào",
        "các xã phường hà nội phải ban hành kế hoạch thực hiện riêng trước ngày nào",
        "Hạn để các sở, UBND xã, phường Hà Nội ban hành kế hoạch triển khai KL 226 là tháng 5/2026 hay trước 05/6?",
    ],
)
def test_plan_and_annex_name_other_days(shipped: Assistant, question: str) -> None:
    reply = ask(shipped, question)
    assert NOTE in reply.text
    assert "Tháng 5/2026" in reply.text
    assert "05/6/2026" in reply.text
    assert {citation.document for citation in reply.citations} == {"hn-226-plan", "hn-226-annex"}


@pytest.mark.parametrize(
    ("question", "wordings"),
    [
        (
            "nhị chiểu xử lý TTHC trên môi trường số đạt 95% là việc của phòng VHXH hay của TTPVHCC",
            ("Chủ trì: Trung tâm Phục vụ hành chính công phường", "(Phòng Văn hóa - Xã hội)"),
        ),
        (
            "Trợ lý ảo ở Nhị Chiểu phải chờ hướng dẫn của Sở Khoa học và Công nghệ hay của Bộ Khoa học và Công nghệ?",
            ("Sau khi có hướng dẫn của Bộ Khoa học & Công nghệ", "hướng dẫn của Sở Khoa học và Công nghệ"),
        ),
        (
            "so noi vu ha noi theo doi don doc ket luan 226 phoi hop voi van phong ubnd tp hay cac so, xa phuong",
            ("Phối hợp: Sở, Ban, Ngành", "phối hợp với Văn phòng UBND Thành phố"),
        ),
    ],
)
def test_prose_and_row_name_other_bodies(shipped: Assistant, question: str, wordings: tuple[str, str]) -> None:
    reply = ask(shipped, question)
    assert NOTE in reply.text
    assert all(wording in reply.text for wording in wordings)


@pytest.mark.parametrize(
    "question",
    [
        "thí điểm trợ lý ảo ở nhị chiểu ai chủ trì",
        "nhị chiểu chuẩn hóa chế độ báo cáo hạn khi nào",
        "nhiệm vụ 11 kế hoạch 158 ai chủ trì",
        "đề án đô thị thông minh ai chủ trì, hạn khi nào",
    ],
)
def test_no_note_where_nothing_differs(shipped: Assistant, question: str) -> None:
    assert NOTE not in ask(shipped, question).text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("III.2 cchc có phải Văn phòng UBND thành phố chủ trì k", "Đúng, Văn phòng UBND Thành phố chủ trì"),
        ("nhiệm vụ 12 kh 158 có phải phòng vhxh chủ trì không", "Không phải: Phòng Văn hóa - Xã hội không chủ trì"),
        (
            "Ở Nhị Chiểu thí điểm trợ lý ảo là do Sở Khoa học và Công nghệ chủ trì đúng không?",
            "Không phải: Sở Khoa học và Công nghệ không chủ trì việc này; đơn vị chủ trì là Phòng Văn hóa - Xã hội",
        ),
        ("nhiệm vụ 10 kế hoạch 158 có phải chỉ mỗi văn phòng HĐND và UBND chủ trì không?", "Không chỉ Văn phòng"),
        ("nhiệm vụ 4 kế hoạch 158 phòng vhxh phối hợp đúng không", "Văn bản không nêu riêng Phòng Văn hóa - Xã hội"),
        ("nhiệm vụ 4 kế hoạch 158 hạn 15/8/2026 đúng không", "Không phải: văn bản ghi thời hạn là “Quý II/2026”"),
        ("nhiệm vụ 4 kế hoạch 158 hạn quý II/2026 đúng không", "Đúng như vậy"),
        ("Sở Xây dựng chủ trì trợ lý ảo ở hà nội hạn khi nào", "Lưu ý: theo văn bản, việc này do Sở Khoa học"),
    ],
)
def test_verdict_comes_first(shipped: Assistant, question: str, opening: str) -> None:
    assert ask(shipped, question).text.startswith(opening)


@pytest.mark.parametrize(
    "question",
    [
        "nhiệm vụ 12 kế hoạch 158 ai chủ trì",
        "việc sở khcn chủ trì về trợ lý ảo ở hà nội hạn khi nào",
        "kh 158 nhiem vu 3 co ai phoi hop ko",
    ],
)
def test_no_verdict_where_none_is_asked(shipped: Assistant, question: str) -> None:
    reply = ask(shipped, question)
    assert reply.text.startswith("Nhiệm vụ")
    assert len(told(reply)) == 1


@pytest.fixture(scope="module")
def fire(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over a plan whose prose and table set different days for one work, and the same for another."""
    folder = tmp_path_factory.mktemp("ke-hoach")
    rows = [
        "STT\tNhiệm vụ\tChủ trì\tThời hạn",
        "1\tTổng rà soát, lập danh sách nhà trọ, nhà ở kết hợp kinh doanh\tCông an phường\tTháng 9/2026",
        "2\tTập huấn kỹ năng thoát nạn cho học sinh các trường\tPhòng Văn hóa - Xã hội\tQuý IV/2026",
    ]
    text = (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG CỬA LÂN\nSố: 112/KH-UBND\n\nCửa Lân, ngày 14 tháng 8 năm 2026\n\nKẾ HOẠCH\n"
        "Phòng cháy, chữa cháy trên địa bàn phường Cửa Lân\n\nI. NHIỆM VỤ\n"
        "1. Công an phường chủ trì tổng rà soát nhà trọ, nhà ở kết hợp kinh doanh; hoàn thành trước ngày 15/10/2026.\n"
        "2. Tổ chức tập huấn kỹ năng thoát nạn cho học sinh các trường xong trước ngày 31/12/2026.\n\n"
        "PHỤ LỤC\nDANH MỤC CÔNG VIỆC\n\n" + "\n".join(rows) + "\n"
    )
    (folder / "cua-lan.txt").write_text(text, encoding="utf-8")
    return assistant_in_memory(folder)


@pytest.mark.parametrize(
    "question",
    ["tổng rà soát nhà trọ ở Cửa Lân xong khi nào", "nhiệm vụ 1 kế hoạch 112 thời hạn", "tong ra soat nha tro han nao"],
)
def test_both_days_are_shown_whichever_was_found_first(fire: Assistant, question: str) -> None:
    reply = ask(fire, question)
    assert NOTE in reply.text
    assert "15/10/2026" in reply.text
    assert "Tháng 9/2026" in reply.text


def test_days_of_one_value_are_no_difference(fire: Assistant) -> None:
    assert NOTE not in ask(fire, "tập huấn kỹ năng thoát nạn cho học sinh hạn khi nào").text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("kế hoạch và phụ lục có thống nhất về hạn tổng rà soát nhà trọ không", "Không, "),
        ("ke hoach voi phu luc co ghi khac nhau ve han tong ra soat nha tro khong", "Có, phần lời văn"),
        ("kế hoạch và phụ lục có khớp về hạn tập huấn kỹ năng thoát nạn cho học sinh không", "Có, phần lời văn"),
        ("lời văn kế hoạch 112 và bảng phân công có thống nhất không", "Không, "),
    ],
)
def test_agreement_is_answered_yes_or_no_first(fire: Assistant, question: str, opening: str) -> None:
    assert ask(fire, question).text.startswith(opening)


def test_cells_left_blank_and_columns_that_are_not_there(fire: Assistant) -> None:
    assert (
        "Bảng của Kế hoạch 112/KH-UBND của UBND phường Cửa Lân không có cột phối hợp"
        in ask(fire, "kế hoạch 112 việc nào không ghi đơn vị phối hợp").text
    )
    assert "bảng không có cột phối hợp" in ask(fire, "nhiệm vụ 1 kế hoạch 112 ai phối hợp").text
    assert "Không có nhiệm vụ nào còn để trống thời hạn" in ask(fire, "kế hoạch 112 việc nào bỏ trống thời hạn").text


def test_line_of_the_report_asked_about_is_quoted_from_the_scan(shipped: Assistant) -> None:
    assert "14/12/2026" in ask(shipped, "ngọc hà báo cáo năm CCHC chốt số liệu từ ngày nào đến ngày nào").text
    assert "14/6/2026" in ask(shipped, "ngọc hà chốt số liệu báo cáo 6 tháng đầu năm đến ngày nào").text
    assert "ngay 18" in ask(shipped, "báo cáo CCHC của Ngọc Hà nhập lên hệ thống chậm nhất ngày nào").text


def test_working_days_left_are_counted_where_asked(fire: Assistant) -> None:
    reply = ask(fire, "nhiệm vụ 2 kế hoạch 112 còn mấy ngày làm việc")
    assert "còn 40 ngày, trong đó 29 ngày làm việc (chưa trừ ngày nghỉ lễ)" in reply.text
