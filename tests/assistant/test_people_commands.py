"""``troly people`` in processes of its own: what is printed, what is refused, what the log keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.audit import AuditLog
from connectors.engine import open_engine
from tests.command import RunTroly

UNIT = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"


def test_adding_listing_linking_and_ending(call_troly: RunTroly, tmp_path: Path) -> None:
    hoa = call_troly(
        "people", "add", "Nguyễn Thị Hoa", "--unit", UNIT, "--role", "trưởng đơn vị", "--json", data=tmp_path
    ).json
    assert (hoa["role"], hoa["unit"], hoa["active"]) == ("head", UNIT, True)
    code = call_troly("people", "link", "hoa", "--json", data=tmp_path).json
    assert (code["person"], len(code["code"])) == (hoa["id"], 8)
    assert call_troly("people", "change", "hoa", "--role", "cán bộ", "--json", data=tmp_path).json["role"] == "officer"
    assert "Nguyễn Thị Hoa" in call_troly("people", "list", data=tmp_path).stdout
    call_troly("people", "disable", "hoa", data=tmp_path)
    assert call_troly("people", "list", "--json", data=tmp_path).json == []
    assert call_troly("people", "list", "--all", "--json", data=tmp_path).json[0]["active"] is False
    engine = open_engine(tmp_path / "troly.sqlite3")
    lines = list(reversed(AuditLog(engine).lines()))
    engine.dispose()
    assert [line.action for line in lines] == ["person_add", "link_code", "person_change", "person_disable"]
    assert {line.about for line in lines} == {hoa["id"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Hoa", "--unit", UNIT, "--role", "sếp"), "vai trò"),
        (("add", "   ", "--unit", UNIT), "tên"),
        (("add", "12345", "--unit", UNIT), "tên"),
        (("link", "Lan"), "Lan"),
        (("disable", "Lan"), "Lan"),
        (("add", "Hoa"), "--unit"),
    ],
)
def test_bad_input_is_one_sentence(call_troly: RunTroly, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = call_troly("people", *arguments, data=tmp_path)
    assert ran.rc == 2
    assert ran.stdout == ""
    assert said in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
