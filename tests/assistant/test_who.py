"""Who asks: linking of chat accounts by code, and what strangers do not get to see."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.assistant import Assistant, Conversation, Turn
from assistant.ingest import Outcome, ingest
from assistant.library import Library
from assistant.reply import Status
from assistant.rights import Asker
from assistant.who import asker_at_terminal, asker_in_chat
from connectors.database import Store
from connectors.engine import StoreError
from corpus.agencies import Agencies
from corpus.people import Channel, Person, Role

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 22)
UNIT = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"
OPEN = """ỦY BAN NHÂN DÂN
PHƯỜNG NHỊ CHIỂU

Số: 12/KH-UBND
Nhị Chiểu, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Chăm sóc cây xanh trên địa bàn phường

I. MỤC ĐÍCH
Giữ gìn hàng cây xanh dọc các tuyến phố của phường, cắt tỉa trước mùa mưa bão hằng năm.
"""
INTERNAL = """LƯU HÀNH NỘI BỘ
ỦY BAN NHÂN DÂN
PHƯỜNG NHỊ CHIỂU

Số: 34/KH-UBND
Nhị Chiểu, ngày 06 tháng 01 năm 2026

KẾ HOẠCH
Diễn tập ứng phó sự cố hồ chứa trên địa bàn phường

I. MỤC ĐÍCH
Diễn tập ứng phó sự cố vỡ hồ chứa nước Khe Đá vào đêm 14 tháng 3 với lực lượng dân quân tại chỗ.
"""
QUESTION = "diễn tập ứng phó sự cố hồ chứa Khe Đá vào đêm nào?"


@pytest.fixture
def assistant(tmp_path: Path, agencies: Agencies) -> Assistant:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in (("cay-xanh", OPEN), ("dien-tap", INTERNAL)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    store = Store.open(tmp_path / "troly.sqlite3")
    assert {result.outcome for result in ingest([folder], store, agencies)} == {Outcome.ADDED}
    return Assistant(Library(store, agencies, tmp_path / "index"))


@pytest.fixture
def hoa(assistant: Assistant) -> Person:
    return assistant.office.people.add("Nguyễn Thị Hoa", UNIT, Role.OFFICER, NOW)


def ask(assistant: Assistant, text: str, asker: Asker) -> tuple[Status, str]:
    reply = assistant.reply(Turn(text, TODAY, None, asker, NOW), Conversation())
    return reply.status, reply.text + "".join(citation.quote for citation in reply.citations)


def stranger(assistant: Assistant) -> Asker:
    return asker_in_chat(assistant.office, Channel.TELEGRAM, "77")


def test_a_stranger_gets_nothing_of_an_internal_document(assistant: Assistant) -> None:
    status, text = ask(assistant, QUESTION, stranger(assistant))
    assert status is not Status.ANSWERED
    assert "14 tháng 3" not in text
    assert "34/KH" not in ask(assistant, "có những văn bản nào?", stranger(assistant))[1]
    assert "34/KH" not in ask(assistant, "kế hoạch 34 ai ký", stranger(assistant))[1].replace("kế hoạch 34", "")
    assert "mưa bão" in ask(assistant, "cắt tỉa cây xanh khi nào?", stranger(assistant))[1]


def test_an_officer_gets_it_and_the_log_says_so(assistant: Assistant, hoa: Person) -> None:
    asker = Asker(person=hoa, channel=Channel.TELEGRAM, account="77")
    status, text = ask(assistant, QUESTION, asker)
    assert status is Status.ANSWERED
    assert "14 tháng 3" in text
    (line,) = assistant.office.audit.lines(action="read")
    assert (line.by, line.channel, line.about, line.at) == (hoa.id, Channel.TELEGRAM, "dien-tap", NOW)


def test_reading_what_is_public_is_not_logged(assistant: Assistant, hoa: Person) -> None:
    ask(assistant, "cắt tỉa cây xanh khi nào?", Asker(person=hoa))
    assert assistant.office.audit.lines() == []


def test_where_the_log_cannot_be_written_nothing_internal_is_told(
    assistant: Assistant, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreError("audit_not_written")

    monkeypatch.setattr(type(assistant.office.audit), "note", full)
    status, text = ask(assistant, QUESTION, Asker(person=hoa))
    assert status is not Status.ANSWERED
    assert "14 tháng 3" not in text


def test_an_account_is_linked_by_its_code_and_parted_when_its_person_leaves(assistant: Assistant, hoa: Person) -> None:
    code = assistant.office.people.make_code(hoa.id, NOW)
    status, text = ask(assistant, f"Liên kết {code[:4]}-{code[4:].lower()}", stranger(assistant))
    assert status is Status.DONE
    assert "Nguyễn Thị Hoa" in text
    assert "14 tháng 3" in ask(assistant, QUESTION, stranger(assistant))[1]
    assistant.office.people.disable(hoa.id, NOW)
    assert "14 tháng 3" not in ask(assistant, QUESTION, stranger(assistant))[1]
    assert [line.action for line in reversed(assistant.office.audit.lines())] == ["link", "read"]


def test_a_wrong_code_is_said_and_logged_without_the_code(assistant: Assistant) -> None:
    status, text = ask(assistant, "liên kết ABCD-2345", stranger(assistant))
    assert status is Status.REFUSED
    assert "mã" in text.lower()
    (line,) = assistant.office.audit.lines()
    assert (line.action, line.details) == ("link_refused", {"why": "code_bad"})


def test_who_has_left_does_not_come_in_by_the_terminal(assistant: Assistant, hoa: Person) -> None:
    assert asker_at_terminal(assistant.office, "hoa").person == hoa
    assistant.office.people.disable(hoa.id, NOW)
    with pytest.raises(StoreError, match="person_left"):
        asker_at_terminal(assistant.office, "hoa")
    with pytest.raises(StoreError, match="person_unknown"):
        asker_at_terminal(assistant.office, "Lan")


def test_one_name_of_two_people_is_asked_back(assistant: Assistant, hoa: Person) -> None:
    other = assistant.office.people.add("Trần Thị Hoa", UNIT, Role.HEAD, NOW)
    with pytest.raises(StoreError, match="person_ambiguous") as caught:
        asker_at_terminal(assistant.office, "hoa")
    assert other.id in str(caught.value.details["people"])
    assert asker_at_terminal(assistant.office, other.id).person == other
