"""Amounts that a question wants confirmed."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assistant import Assistant, Turn
from assistant.library import Library
from assistant.understand.amounts import amounts_in
from connectors.database import Store
from corpus.agencies import Agencies

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def office(stocked_store: Store, agencies: Agencies) -> Assistant:
    return Assistant(Library(stocked_store, agencies, None))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("khong qua 1/2 ngay, toi da 1,5 ngay", [("1.5", "ngay")]),
        ("bo sung 01 lan duy nhat", [("1", "lan")]),
        ("4.860 ho, 95 % van ban", [("4860", "ho"), ("95", "%")]),
        ("dat cap do 3", [("3", "cap do")]),
        ("nghi dinh 42/2022, nam 2026", []),
    ],
)
def test_amounts_are_read_by_value(text: str, read: list[tuple[str, str]]) -> None:
    assert [(amount.value, amount.unit) for amount in amounts_in(text)] == read


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("hội nghị chuyên môn họp tối đa 2 ngày phải không, kế hoạch 158", "Không phải 2 ngày: văn bản ghi 1 ngày"),
        ("hoi nghi chuyen mon hop toi da 1 ngay phai khong, ke hoach 158", "Đúng, văn bản có ghi 1 ngày"),
        ("kế hoạch 158 giảm 20% số lượng hội nghị đúng không", "Không phải 20%: văn bản ghi 10%"),
    ],
)
def test_a_claimed_amount_is_confirmed_or_put_right(office: Assistant, question: str, verdict: str) -> None:
    reply = office.reply(Turn(question, TODAY))
    assert reply.text.startswith(verdict)
    assert reply.citations
