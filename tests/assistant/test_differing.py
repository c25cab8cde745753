"""What documents say differently stands side by side; yes and no come first, with what is so."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.library import Library
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
