"""The reference server of docs/lists.md: a small office system with pages, a token and what changed since a moment."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class ListServer(ThreadingHTTPServer):
    """``items`` are what it holds; ``ills`` answers (status, headers) that it gives first; ``asked`` is what came."""

    daemon_threads = True

    def __init__(self, token: str | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.items: list[dict[str, Any]] = []
        self.token = token
        self.ills: list[tuple[int, dict[str, str]]] = []
        self.asked: list[tuple[str, str]] = []  # address, authorization
        self.raw: bytes | None = None
        self.next_link: str | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: ListServer

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization", "")))
        if self.server.ills:
            status, headers = self.server.ills.pop(0)
            self._answer(status, b"{}", headers)
        elif self.server.token and self.headers.get("Authorization") != f"Bearer {self.server.token}":
            self._answer(401, b"{}")
        elif self.server.raw is not None:
            self._answer(200, self.server.raw)
        else:
            self._answer(200, json.dumps(self._page()).encode())

    def _page(self) -> dict[str, Any]:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        since, limit = asked.get("updated_since", ""), int(asked.get("limit", "2"))
        items = [item for item in self.server.items if item.get("updated_at", "") > since]
        start = int(asked.get("cursor") or 0) or (int(asked.get("page", "1")) - 1) * limit
        more = start + limit < len(items)
        link = self.server.next_link or f"/tasks?limit={limit}&cursor={start + limit}"
        return {"data": {"items": items[start : start + limit]}, "next": link if more else None,
                "cursor": str(start + limit) if more else ""}  # fmt: skip

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def list_server(token: str | None = None) -> Iterator[ListServer]:
    """A server that runs meanwhile."""
    server = ListServer(token)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
