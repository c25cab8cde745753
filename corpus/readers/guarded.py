"""Files of foreign formats are read in a process of their own, which may crash, hang or swell without harm.

The parent gives a path a line and gets JSON lines back: steps (page, of how many), then what was read or what was
wrong. A file that makes no step for ``PATIENCE`` seconds ends the process, with all that it started; the next file
gets a new one.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from pydantic import TypeAdapter

from corpus.errors import CorpusError
from corpus.readers import Kind, kind_of
from corpus.readers.text import read as read_plain
from corpus.reading import Reading
from corpus.steps import Step

_LOG = logging.getLogger(__name__)
PATIENCE = 120.0  # seconds without a page
MAX_BYTES = 300 * 2**20  # of a file: a scan of some hundred pages
MAX_MEMORY = 4 * 2**30  # bytes of address space that the process may take
_GIVEN_BACK = {"MALLOC_MMAP_THRESHOLD_": str(2**20)}  # glibc: images go back to the system, and leave no holes
WORKER = (sys.executable, "-m", "corpus.readers.worker")
READING = TypeAdapter(Reading)


class GuardedReader:
    """Reads files one after another; plain text in this process, everything else in another one.

    ``command`` starts that process, ``patience`` is how long (seconds) it may work at one page.
    """

    def __init__(self, patience: float = PATIENCE, command: Sequence[str] = WORKER) -> None:
        self._patience = patience
        self._command = command
        self._worker: subprocess.Popen[str] | None = None
        self._lines: Queue[str] = Queue()

    def __enter__(self) -> GuardedReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def read(self, path: Path, step: Step = lambda _done, _total: None) -> Reading:
        """What stands in a file; ``step`` hears of pages done and of how many. Raises CorpusError."""
        if kind_of(path) is Kind.TEXT:
            return read_plain(path)
        if path.stat().st_size > MAX_BYTES:
            raise CorpusError("file_too_large", file=path.name, megabytes=MAX_BYTES // 2**20)
        self._ask(path)
        while True:
            try:
                answer = json.loads(self._lines.get(timeout=self._patience))
            except Empty:
                self._stop()
                raise CorpusError("file_too_slow", file=path.name, seconds=int(self._patience)) from None
            except ValueError:
                self._stop()
                raise CorpusError("file_damaged", file=path.name) from None
            if "step" in answer:
                step(*answer["step"])
            elif "error" in answer:
                if "trace" in answer:
                    _LOG.error("%s could not be read\n%s", path.name, answer["trace"])
                raise CorpusError(answer["error"], **answer["details"])
            else:
                return READING.validate_python(answer["reading"])

    def _ask(self, path: Path) -> None:
        if self._worker is None or self._worker.poll() is not None:
            self._start()
        assert self._worker is not None
        assert self._worker.stdin is not None
        self._worker.stdin.write(json.dumps(str(path.resolve())) + "\n")
        self._worker.stdin.flush()

    def _start(self) -> None:
        self._lines = Queue()
        self._worker = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            env={**os.environ, **_GIVEN_BACK},
        )
        threading.Thread(target=_hear, args=(self._worker, self._lines), daemon=True).start()

    def _stop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                worker.kill()
            else:
                os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        for stream in (worker.stdin, worker.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _hear(worker: subprocess.Popen[Any], lines: Queue[str]) -> None:
    """Passes on what a worker says; an empty line when it has ended."""
    assert worker.stdout is not None
    with contextlib.suppress(ValueError, OSError):
        for line in worker.stdout:
            lines.put(line)
    lines.put("")
