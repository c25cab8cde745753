"""Reads an outside list over REST: page by page, only what changed since the last time, and nothing where a page fails.

The token goes out in the header alone, to the address that the office named alone, and to no log.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from connectors.lists import MOST_ROWS, ListError, RawRow, ReadList
from connectors.lists_sources import RestSource, as_words

_TRIES = 4
_LONGEST_WAIT = 30.0  # seconds
_MOST_PAGES = 2000
_MOST_BYTES = 32 * 2**20  # of a page
_BUSY = frozenset({429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 403})
Wait = Callable[[float], None]
Step = Callable[[int, int], None]

for _name in ("httpx", "httpcore"):  # they tell addresses and headers
    logging.getLogger(_name).setLevel(logging.WARNING)


class Item(BaseModel):
    """What an item must be: fields of simple values. What is not mapped is left out."""

    model_config = ConfigDict(extra="ignore")

    values: dict[str, str | int | float | bool | None] = Field(max_length=64)


def read_rest(
    name: str,
    source: RestSource,
    token: SecretStr | None,
    since: str | None,
    now: dt.datetime,
    step: Step,
    wait: Wait = time.sleep,
) -> ReadList:
    """The items of a list, those that changed since a moment or all.

    ``cursor`` of what it gives is the latest moment of change that an item names. Raises ListError: "list_away",
    "list_refused", "list_bad_reply", "list_endless".
    """
    headers = {"Accept": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token.get_secret_value()}"
    rows: list[RawRow] = []
    latest = since
    try:
        with httpx.Client(headers=headers, timeout=source.timeout, trust_env=False) as client:
            for items in _pages(_Caller(client, name, wait), source, since):
                for item in items:
                    row, changed = _row(item, source, name)
                    rows.append(row)
                    latest = max(filter(None, (latest, changed)), default=None)
                if len(rows) > MOST_ROWS:
                    raise ListError("list_endless", name=name)
                step(len(rows), 0)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ListError("list_away", name=name) from _nameless(error)
    return ReadList(rows=tuple(rows), at=None, whole=since is None, cursor=latest if source.since else None)


def _nameless(error: Exception) -> Exception:
    """The cause without its request, which bears the token."""
    return RuntimeError(type(error).__name__)


class _Caller:
    """Asks, and asks again where a server is busy."""

    def __init__(self, client: httpx.Client, name: str, wait: Wait) -> None:
        self._client, self._name, self._wait = client, name, wait

    def get(self, address: str, parameters: dict[str, str]) -> dict[str, Any] | list[Any]:
        for attempt in range(_TRIES):
            try:
                answer = self._ask(address, parameters)
            except httpx.TransportError:
                if attempt == _TRIES - 1:
                    raise
                self._wait(2.0**attempt)
                continue
            if answer.status_code not in _BUSY:
                return self._content(answer)
            if attempt < _TRIES - 1:
                self._wait(_pause(answer, attempt))
        raise ListError("list_away", name=self._name)

    def _ask(self, address: str, parameters: dict[str, str]) -> httpx.Response:
        """An answer, read no further than a page may be long."""
        with self._client.stream("GET", address, params=parameters or None) as answer:
            body = bytearray()
            for part in answer.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES:
                    raise ListError("list_bad_reply", name=self._name, field="")
        headers = {name: answer.headers[name] for name in ("retry-after",) if name in answer.headers}
        return httpx.Response(answer.status_code, headers=headers, content=bytes(body))

    def _content(self, answer: httpx.Response) -> dict[str, Any] | list[Any]:
        if answer.status_code in _REFUSED:
            raise ListError("list_refused", name=self._name)
        if answer.status_code != 200:
            raise ListError("list_bad_reply", name=self._name, field=str(answer.status_code))
        try:
            content = answer.json()
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict | list):
            raise ListError("list_bad_reply", name=self._name, field="")
        return content


def _pause(answer: httpx.Response, attempt: int) -> float:
    """How long to wait, in seconds: as the server asks (RFC 9110, 10.2.3), within reason."""
    asked = answer.headers.get("retry-after", "")
    if asked.isdigit():
        return min(float(asked), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(asked)
        return min(max((until - dt.datetime.now(dt.UTC)).total_seconds(), 0.0), _LONGEST_WAIT)
    except (ValueError, TypeError):
        return 2.0**attempt


def _pages(caller: _Caller, source: RestSource, since: str | None) -> Iterator[list[Any]]:
    name = caller._name
    address = urljoin(source.url.rstrip("/") + "/", source.path.lstrip("/"))
    parameters = {"limit": str(source.limit)}
    if source.since and since:
        parameters[source.since] = since
    if source.paging == "page":
        parameters["page"] = "1"
    seen = set()
    for _ in range(_MOST_PAGES):
        place = (address, *sorted(parameters.items()))
        if place in seen:
            break
        seen.add(place)
        content = caller.get(address, parameters)
        items = content if isinstance(content, list) else _at(content, source.items)
        if not isinstance(items, list):
            raise ListError("list_bad_reply", name=name, field=source.items)
        yield items
        following = _at(content, source.next) if isinstance(content, dict) else None
        if source.paging == "page":
            if len(items) < source.limit:
                return
            parameters = {**parameters, "page": str(int(parameters["page"]) + 1)}
        elif following in (None, ""):
            return
        elif source.paging == "cursor":
            parameters = {**parameters, "cursor": str(following)}
        else:
            address, parameters = _own(urljoin(address, str(following)), source, name), {}
    raise ListError("list_endless", name=name)


def _own(address: str, source: RestSource, name: str) -> str:
    """An address of the same server; another one must not get the token. Raises ListError."""
    there, here = httpx.URL(address), httpx.URL(source.url)
    if (there.scheme, there.host, there.port) != (here.scheme, here.host, here.port):
        raise ListError("list_bad_reply", name=name, field=source.next)
    return address


def _at(content: Any, path: str) -> Any:
    for part in path.split("."):
        content = content.get(part) if isinstance(content, dict) else None
    return content


def _row(item: Any, source: RestSource, name: str) -> tuple[RawRow, str]:
    """An item as a row, and the moment of its last change ("" = not said). Raises ListError "list_bad_reply"."""
    try:
        values = Item(values={role: _at(item, field) for role, field in source.fields.items()}).values
    except ValidationError as error:
        role = str(error.errors()[0]["loc"][1])
    else:
        told = {role: as_words(value) for role, value in values.items()}
        cells = {role: words for role, words in told.items() if words and role not in ("ref", "updated", "deleted")}
        gone = told.get("deleted", "").lower() in ("x", "1", "true")
        return RawRow(line=0, cells=cells, ref=told.get("ref", ""), gone=gone), told.get("updated", "")
    raise ListError("list_bad_reply", name=name, field=source.fields.get(role, role))
