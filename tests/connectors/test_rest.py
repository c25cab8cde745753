"""An outside list over REST, against a real server: pages, tokens, what changed, and what a server can do wrong."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from connectors.lists import ListError, ReadList
from connectors.lists_sources import RestSource, SqlSource, read_sources, secret
from connectors.rest import read_rest
from tests.connectors.list_server import ListServer, list_server

NOW = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
TOKEN = "bi-mat-khong-duoc-lo"
FIELDS = {
    "ref": "id", "number": "stt", "title": "ten", "state": "trang_thai", "percent": "ty_le",
    "updated": "updated_at", "deleted": "da_xoa", "lead": "don_vi.ten",
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[ListServer]:
    with list_server(TOKEN) as running:
        running.items = [item(i) for i in range(1, 6)]
        yield running


def item(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"t{number}", "stt": number, "ten": f"Nhiệm vụ {number}", "trang_thai": "đang làm", "ty_le": 10 * number,
        "updated_at": f"2026-06-{number:02}T08:00:00Z", "don_vi": {"ten": "Sở Nội vụ"}, "thua": ["x"], **more,
    }  # fmt: skip


def fetch(server: ListServer, since: str | None = None, waits: list[float] | None = None, **more: Any) -> ReadList:
    source = RestSource(
        **{
            "kind": "rest",
            "url": server.url,
            "path": "/tasks",
            "limit": 2,
            "items": "data.items",
            "fields": FIELDS,
            **more,
        }
    )
    wait = (waits if waits is not None else []).append
    return read_rest("vp", source, SecretStr(TOKEN), since, NOW, lambda _done, _of: None, wait)


def code_of(server: ListServer, **more: Any) -> str:
    with pytest.raises(ListError) as raised:
        fetch(server, **more)
    return raised.value.code


@pytest.mark.parametrize(("paging", "following"), [("page", "next"), ("next", "next"), ("cursor", "cursor")])
def test_all_pages_are_read(server: ListServer, paging: str, following: str) -> None:
    read = fetch(server, paging=paging, next=following)
    assert [row.ref for row in read.rows] == ["t1", "t2", "t3", "t4", "t5"]
    assert read.rows[2].cells == {
        "number": "3", "title": "Nhiệm vụ 3", "state": "đang làm", "percent": "30", "lead": "Sở Nội vụ",
    }  # fmt: skip
    assert len(server.asked) == 3
    assert {authorization for _, authorization in server.asked} == {f"Bearer {TOKEN}"}


def test_only_what_changed_is_asked_for(server: ListServer) -> None:
    first = fetch(server)
    assert (first.whole, first.cursor) == (True, "2026-06-05T08:00:00Z")
    server.items[1] |= {"updated_at": "2026-06-20T08:00:00Z", "da_xoa": True}
    later = fetch(server, since=first.cursor)
    assert [(row.ref, row.gone) for row in later.rows] == [("t2", True)]
    assert (later.whole, later.cursor) == (False, "2026-06-20T08:00:00Z")
    assert fetch(server, since=later.cursor).cursor == later.cursor


def test_a_busy_server_is_asked_again_when_it_says(server: ListServer) -> None:
    server.ills = [(429, {"Retry-After": "7"}), (503, {}), (500, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})]
    waits: list[float] = []
    assert len(fetch(server, waits=waits).rows) == 5
    assert waits == [7.0, 2.0, 0.0]


def test_a_server_that_stays_busy_is_given_up(server: ListServer) -> None:
    server.ills = [(503, {"Retry-After": "99999"})] * 9
    waits: list[float] = []
    assert code_of(server, waits=waits) == "list_away"
    assert waits == [30.0, 30.0, 30.0]


def test_a_server_that_is_not_there() -> None:
    with list_server() as gone:
        pass
    assert code_of(gone) == "list_away"


def test_a_wrong_token_is_told(server: ListServer) -> None:
    server.token = "khác"
    assert code_of(server) == "list_refused"


@pytest.mark.parametrize(
    "raw", [b"<html>", b"[1, 2]", b'{"data": 3}', b'{"data": {"items": {"a": 1}}}', b"null", b"\xff"]
)
def test_a_reply_of_another_form_is_refused(server: ListServer, raw: bytes) -> None:
    server.raw = raw
    if raw == b"[1, 2]":
        assert [row.cells for row in fetch(server, paging="next").rows] == [{}, {}], "rows that say nothing"
    else:
        assert code_of(server) == "list_bad_reply"


def test_a_field_that_is_no_simple_value_is_named(server: ListServer) -> None:
    server.items[3]["ten"] = {"vi": "Nhiệm vụ"}
    with pytest.raises(ListError) as raised:
        fetch(server)
    assert raised.value.details["field"] == "ten"


def test_the_token_goes_to_no_other_server(server: ListServer) -> None:
    with list_server() as other:
        server.next_link = f"{other.url}/tasks"
        assert code_of(server, paging="next") == "list_bad_reply"
        assert other.asked == []


def test_pages_that_repeat_end(server: ListServer) -> None:
    server.next_link = "/tasks?limit=2&page=1"
    assert code_of(server, paging="next") == "list_endless"


def test_a_redirect_is_not_followed(server: ListServer) -> None:
    with list_server() as other:
        server.ills = [(302, {"Location": other.url})]
        assert code_of(server) == "list_bad_reply"
        assert other.asked == []


def test_the_token_is_in_no_log(server: ListServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        fetch(server)
        server.token = "khác"
        with pytest.raises(ListError) as raised:
            fetch(server)
    assert TOKEN not in caplog.text + repr(raised.value) + repr(raised.value.__cause__)


# --- list-sources.yaml ------------------------------------------------------------------------------------------


def test_sources_are_read_and_faults_named(tmp_path: Path) -> None:
    file = tmp_path / "list-sources.yaml"
    assert read_sources(file) == {}
    file.write_text(
        "vp:\n  kind: rest\n  url: https://vp.example\n  token_from: VP_TOKEN\n  fields: {title: ten}\n"
        "kho:\n  kind: sql\n  database_from: KHO_URL\n  view: public.v_nhiem_vu\n  fields: {number: stt, title: ten}\n"
    )
    found = read_sources(file)
    assert isinstance(found["vp"], RestSource)
    assert isinstance(found["kho"], SqlSource)
    for text, field in (
        ("vp: {kind: rest, url: ftp://x, fields: {title: a}}", "url"),
        ("vp: {kind: rest, url: https://x, fields: {la: a}}", "fields"),
        ("vp: {kind: rest, url: https://x, token: abc, fields: {title: a}}", "token"),
        ("vp: {kind: la}", "kind"),
        ("vp: {kind: sql, database_from: A, view: 'x; drop', fields: {title: a}}", "view"),
        ("- a", ""),
        ("a: [", ""),
    ):
        file.write_text(text)
        with pytest.raises(ListError) as raised:
            read_sources(file)
        assert (raised.value.code, raised.value.details["field"]) == ("list_settings", field)


def test_a_secret_comes_from_the_environment() -> None:
    assert secret("VP_TOKEN", {"VP_TOKEN": " abc "}).get_secret_value() == "abc"
    with pytest.raises(ListError) as raised:
        secret("VP_TOKEN", {})
    assert raised.value.code == "list_secret"
