"""Keeps the vectors of a running service up to date: built by a process of their own, with what served before serving.

An office that names another embedding model restarts the service; the old model answers until the new one is ready.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType

from assistant.index_commands import entries_of
from assistant.library import PASSAGE, Library
from assistant.meaning import read_serving, serves_setting
from assistant.renewal import is_behind
from assistant.settings import Settings
from assistant.traces import trace_of
from connectors.engine import StoreError

_LOG = logging.getLogger(__name__)
_BUILD = (sys.executable, "-m", "assistant", "index", "refresh")
_LOOK_S = 30.0
_SETTLED_S = 120.0  # documents that came in are left to whoever takes them in for so long
_PAUSE_S, _LONGEST_PAUSE_S = 600.0, 6 * 3600.0  # after a build that failed
_END_S = 10.0
_NICENESS = 10


class Upkeep:
    """Looks now and then, in a thread, whether what serves is behind; used with ``with``."""

    def __init__(
        self,
        settings: Settings,
        library: Callable[[], Library],
        *,
        build: tuple[str, ...] = _BUILD,
        look_s: float = _LOOK_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._library, self._command = settings, library, build
        self._look_s, self._clock = look_s, clock
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="troly-upkeep", daemon=True)
        self._seen: tuple[int, float] | None = None  # a revision, and since when it is known
        self._failed: int | None = None  # the revision that could not be built
        self._pause, self._not_before = _PAUSE_S, 0.0

    def __enter__(self) -> Upkeep:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(2 * _END_S)

    def _go_on(self) -> None:
        while not self._over.is_set():
            try:
                self.look()
            except StoreError as error:
                _LOG.warning("upkeep waits for the database: %s", error.code)
            except Exception as error:  # noqa: BLE001 - the edge of a thread: logged, and the service answers on
                _LOG.error("upkeep failed: %s", trace_of(error))
            self._over.wait(self._look_s)

    def look(self) -> bool:
        """Builds where something is behind; True where it was built. Raises StoreError."""
        library = self._library()
        revision = library.store.revision()
        if not self._is_behind(library):
            self._failed = None
            return False
        if not self._is_settled(revision) or (revision == self._failed and self._clock() < self._not_before):
            return False
        if self._build():
            self._failed = None
            warm(library)
            return True
        self._pause = min(2 * self._pause, _LONGEST_PAUSE_S) if revision == self._failed else _PAUSE_S
        self._failed, self._not_before = revision, self._clock() + self._pause
        return False

    def _is_settled(self, revision: int) -> bool:
        """Whether nobody is likely to build just now: another setting is this service's to follow, documents are
        first of all the business of who takes them in."""
        serving = read_serving(self._settings)
        if serving is not None and not serves_setting(self._settings, serving):
            return True
        if self._seen is None or self._seen[0] != revision:
            self._seen = revision, self._clock()
        return self._clock() - self._seen[1] >= _SETTLED_S

    def _build(self) -> bool:
        """Runs the build to its end or to that of the service; what is wrong with it stands in the log."""
        _LOG.info("vectors are brought up to date")
        below = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        silent = subprocess.DEVNULL
        with subprocess.Popen(self._command, stdin=silent, stdout=silent, stderr=silent, creationflags=below) as child:
            if hasattr(os, "setpriority"):
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, child.pid, _NICENESS)
            while child.poll() is None and not self._over.wait(0.2):
                pass
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(_END_S)
                except subprocess.TimeoutExpired:
                    child.kill()
        return child.returncode == 0 and not self._is_behind(self._library())

    def _is_behind(self, library: Library) -> bool:
        return is_behind(self._settings, entries_of(library), library.store.revision())


def warm(library: Library) -> None:
    """Opens what serves, so that no question waits for a large model."""
    meaning = library.shelf().meaning
    if meaning is not None:
        meaning.near("kế hoạch", PASSAGE, 1, (), None)
