"""The service as a program meets it: a real server on a free port, in a thread of the test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from assistant.service.desk import Desk
from assistant.service.server import bound, server_of
from assistant.settings import Settings

_WAIT = 30.0


def settings_in(data: Path, **others: object) -> Settings:
    """The settings of a data folder; nothing is read from the environment of this machine."""
    values = {"data": data, "embeddings": "none", "web_rate": 10_000, **others}
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


@contextmanager
def served(settings: Settings, desk: Desk | None = None) -> Iterator[httpx.Client]:
    """A client of a running service, which ends in good order."""
    with bound("127.0.0.1", 0) as taken:
        server = server_of(settings, desk or Desk(settings))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}", timeout=_WAIT) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(_WAIT)
            assert not thread.is_alive()
