"""``troly review``: what is doubtful is shown with its lines, a correction is kept and answers from then on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import RunTroly


@pytest.fixture
def own_data(filled_data: Path, tmp_path: Path) -> Path:
    """A data folder of its own, which a test may change."""
    return Path(shutil.copytree(filled_data, tmp_path / "own"))


def test_what_is_doubtful_stands_beside_its_source_lines(call_troly: RunTroly) -> None:
    ran = call_troly("review", "--document", "ngoc-ha-89", "--json")
    found = json.loads(ran.stdout)
    assert [row["number"] for row in found["doubtful"]] == ["5", "17"]
    first = found["doubtful"][0]
    assert first["fields"] == [{"field": "deadline", "read": "00 050006", "confidence": 0.0}]
    assert any("00 050006" in line["text"] and line["number"] == 768 for line in first["lines"])
    assert found["problems"] == []


def test_a_correction_is_kept_and_answers_from_then_on(call_troly: RunTroly, own_data: Path) -> None:
    words = ("--set", "deadline=Tháng 9/2026", "--by", "Lan", "--why", "đối chiếu bản giấy")
    assert call_troly("review", "ngoc-ha-89", "17", *words, data=own_data).rc == 0
    asked = call_troly("ask", "nhiệm vụ 17 kế hoạch 89 hạn bao giờ", "--today", "2026-05-01", "--json", data=own_data)
    reply = json.loads(asked.stdout)
    assert reply["tasks"][0]["deadline"]["due"] == "2026-09-30"
    listed = json.loads(call_troly("review", "--json", data=own_data).stdout)
    assert [row["number"] for row in listed["doubtful"]] == ["5"]


def test_a_correction_survives_another_ingest(call_troly: RunTroly, own_data: Path) -> None:
    words = ("--set", "deadline=Tháng 9/2026", "--by", "Lan", "--why", "đối chiếu bản giấy")
    call_troly("review", "ngoc-ha-89", "17", *words, data=own_data)
    assert call_troly("ingest", data=own_data).rc == 0
    listed = json.loads(
        call_troly("tasks", "--document", "ngoc-ha-89", "--number", "17", "--json", data=own_data).stdout
    )
    assert listed[0]["deadline"]["due"] == "2026-09-30"


def test_a_person_is_asked_field_by_field(call_troly: RunTroly, own_data: Path) -> None:
    answers = "\n\n\n\n\nTháng 10/2026\nLan\nbản giấy\n".encode()
    ran = call_troly("review", "ngoc-ha-89", "5", data=own_data, stdin=answers)
    assert ran.rc == 0, ran.stderr
    assert "00 050006" in ran.stdout
    assert "who: Lan" in (own_data / "reviews" / "ngoc-ha-89.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ngoc-ha-89", "99", "--set", "lead=x", "--by", "a", "--why", "b"), "không có nhiệm vụ 99"),
        (("ngoc-ha-89", "5", "--set", "han=x", "--by", "a", "--why", "b"), "chưa đúng dạng"),
        (("ngoc-ha-89", "5", "--set", "lead=x"), "--by"),
        (("khong-co", "5", "--set", "lead=x", "--by", "a", "--why", "b"), "khong-co"),
    ],
)
def test_bad_input_is_one_sentence(arguments: tuple[str, ...], words: str, call_troly: RunTroly) -> None:
    ran = call_troly("review", *arguments)
    assert ran.rc == 2
    assert words in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_answers_from_a_transcription_say_so_and_quote_the_scan(call_troly: RunTroly) -> None:
    reply = json.loads(call_troly("ask", "nv 18 cua ngoc ha ai chu tri, han bao gio", "--json").stdout)
    assert "bản chép tay đã rà soát từ bản quét" in reply["text"]
    assert reply["tasks"][0]["lead"] == ["Văn phòng HĐND và UBND phường"]
    assert reply["tasks"][0]["deadline"]["due"] == "2026-03-31"
    assert "18 Tiép tuc xay dung va trién khai" in reply["citations"][0]["quote"]


def test_an_illegible_deadline_is_said_to_be_that(call_troly: RunTroly) -> None:
    reply = json.loads(call_troly("ask", "nv 5 của kế hoạch 89 hạn bao giờ", "--json").stdout)
    assert "không đọc chắc được" in reply["text"]
    assert reply["tasks"][0]["deadline"]["due"] is None


def test_answers_from_sound_documents_speak_of_no_transcription(call_troly: RunTroly) -> None:
    reply = json.loads(call_troly("ask", "nhiệm vụ 18 kế hoạch 158 ai chủ trì", "--json").stdout)
    assert "bản chép tay" not in reply["text"]
