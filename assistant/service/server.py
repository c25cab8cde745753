"""The process of the service: its socket, its signals, its end."""

from __future__ import annotations

import errno
import signal
import socket
from contextlib import AbstractContextManager, nullcontext
from ipaddress import ip_address

import uvicorn

from assistant.service.app import build_app
from assistant.service.desk import Desk
from assistant.service.upkeep import Upkeep, warm
from assistant.settings import NO_EMBEDDINGS, Settings
from assistant.terminal import complain
from connectors.engine import StoreError
from corpus.errors import CorpusError
from prompts import say

_BACKLOG, _MOST_CONNECTIONS = 256, 500
_GRACE_S = 35  # seconds that running turns are given at the end: a little more than they may take
_HEADER_BYTES = 16 * 1024


def run_serve(settings: Settings, host: str, port: int) -> None:
    """Serves until SIGTERM or Ctrl+C; running turns are answered first. Raises CorpusError where the address cannot
    be taken."""
    taken = bound(host, port)
    with taken:
        desk = Desk(settings)
        try:
            desk.documents()  # the first question need not wait for the index
            warm(desk.assistant().library)
        except StoreError as error:
            complain(say(f"errors.{error.code}", **error.details))
        if not _is_local(host):
            complain(say("service.open_to_all", host=host))
        complain(say("service.serving", address=_address(taken)))
        for told_to_end in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told_to_end, lambda *_: None)  # uvicorn raises it again at its end, where it is no fault
        with upkeep(settings, desk):
            server_of(settings, desk).run(sockets=[taken])
    complain(say("service.ended"))


def upkeep(settings: Settings, desk: Desk) -> AbstractContextManager[object]:
    """What follows another embedding model and new documents while the service runs."""
    if settings.embeddings == NO_EMBEDDINGS:
        return nullcontext()
    return Upkeep(settings, lambda: desk.assistant().library)


def server_of(settings: Settings, desk: Desk) -> uvicorn.Server:
    """The server over a desk. No log of requests is kept: addresses of calendars are secrets."""
    config = uvicorn.Config(
        build_app(settings, desk),
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws="none",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE_S,
        h11_max_incomplete_event_size=_HEADER_BYTES,
    )
    return uvicorn.Server(config)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises CorpusError "port_taken" or "address_unusable"."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as error:
        raise CorpusError("address_unusable", host=host, port=port) from error
    try:
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        code = "port_taken" if error.errno == errno.EADDRINUSE else "address_unusable"
        raise CorpusError(code, host=host, port=port) from error


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(taken: socket.socket) -> str:
    host, port = taken.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
