"""When reports are due: asked by what the plan is about, of one's own office as their recipient, on a scan; and which
of two bounds, or of two days, is asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.library import Library
from assistant.reply import Reply
from connectors.database import Store
from corpus.agencies import Agencies
from corpus.vietnamese import fold

TODAY = dt.date(2026, 11, 21)
NHI_CHIEU = "UBND phường Nhị Chiểu, thành phố Hải Phòng"
NGOC_HA = "UBND phường Ngọc Hà, Hà Nội"
HOME_AFFAIRS = "Sở Nội vụ thành phố Hà Nội"


@pytest.fixture(scope="module")
def assistant(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


def said(office: Assistant, question: str, unit: str | None = None) -> Reply:
    return office.reply(Turn(question, TODAY, unit), Conversation())


def test_reports_are_named_by_what_the_whole_plan_is_about(assistant: Assistant) -> None:
    reply = said(assistant, "báo cáo năm về chấn chỉnh lề lối làm việc gửi thành phố trước ngày nào", NHI_CHIEU)
    assert "hằng năm (trước ngày 10 tháng 12)" in reply.text


def test_reports_that_go_to_a_body_are_not_those_that_it_makes(assistant: Assistant) -> None:
    asked = "báo cáo giữa năm về Kết luận 226 phường em gửi lên Sở Nội vụ trước ngày nào"
    assert "(trước ngày 10 tháng 6)" in said(assistant, asked, NGOC_HA).text
    ours = said(assistant, "báo cáo năm kế hoạch 226 các phường nộp về sở mình chậm nhất ngày nào", HOME_AFFAIRS)
    assert "10 tháng 12" in ours.text


@pytest.mark.parametrize(
    "question",
    ["báo cáo CCHC nhập lên hệ thống chậm nhất là mùng mấy", "còn mấy ngày phải gửi báo cáo CCHC năm"],
)
def test_the_sentence_with_the_day_is_quoted_where_a_day_is_asked_for(assistant: Assistant, question: str) -> None:
    assert "ngay 18" in fold(said(assistant, question, NGOC_HA).text)


def test_from_which_day_to_which_wants_both(assistant: Assistant) -> None:
    reply = said(assistant, "báo cáo CCHC quý III ở Ngọc Hà lấy số liệu từ hôm nào đến hôm nào")
    assert "15/6/2026" in reply.text
    assert "14/9/2026" in reply.text


def test_the_upper_bound_is_told_where_the_upper_is_asked_for(assistant: Assistant) -> None:
    most = said(assistant, "hội nghị trực tiếp ở Hà Nội nhiều nhất bao nhiêu phần trăm số hội nghị trong năm")
    assert "không quá 40%" in most.text


def test_the_nearest_thing_is_looked_for_at_home_first(assistant: Assistant) -> None:
    reply = said(assistant, "cấp trên quy định rồi thì phường có cần ra công văn nhắc lại nữa không", NHI_CHIEU)
    assert {citation.document for citation in reply.citations} == {"nhi-chieu-158"}
