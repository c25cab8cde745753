"""``make bench-service``: how fast the service answers when several people ask at once, and what memory it takes.

The questions of questions.txt go to a service of its own over a fresh store; each client waits for its reply before it
asks the next. The clients run on the same machine, so the figures are upper bounds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from eval.bench import QUESTIONS, TODAY, Figure, read_questions, run_troly, write

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_UNLIMITED = "100000"  # requests a minute of one client, which here asks for all


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument(
        "--rounds", type=int, default=2, help="how often each question is asked at each number of clients"
    )
    wanted = parser.parse_args()
    write(f"troly serve on Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores")
    with TemporaryDirectory(prefix="troly-bench-", ignore_cleanup_errors=True) as folder:
        run_troly(Path(folder), "ingest", "--json")
        with service(Path(folder)) as (process, address):
            for clients in wanted.clients:
                for figure in load(address, clients, wanted.rounds):
                    write(figure.line())
            write(Figure("peak memory of the service", _peak_mb(process.pid), "MB", 250).line())


@contextmanager
def service(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A service over a data folder, and its address; it is ended in good order."""
    command = [str(Path(sys.executable).with_name("troly")), "serve", "--port", "0"]
    env = {**os.environ, "TROLY_DATA": str(data), "TROLY_WEB_RATE": _UNLIMITED}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = _ADDRESS.search(process.stderr.readline())
        if address is None:
            raise RuntimeError("the service did not start")
        yield process, address[0]
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def load(address: str, clients: int, rounds: int) -> Iterator[Figure]:
    """Throughput and latency with so many clients at once."""
    import httpx

    questions = [question.text for question in read_questions(QUESTIONS)] * rounds

    def ask(question: str) -> float:
        started = time.perf_counter()
        answer = client.post("/api/v1/chat", json={"turns": [question], "today": TODAY.isoformat()})
        json.loads(answer.content)["status"]
        return (time.perf_counter() - started) * 1000

    limits = httpx.Limits(max_connections=clients)
    with httpx.Client(base_url=address, timeout=60, limits=limits) as client, ThreadPoolExecutor(clients) as threads:
        list(threads.map(ask, questions[:20]))  # warm
        started = time.perf_counter()
        times = list(threads.map(ask, questions))
        seconds = time.perf_counter() - started
    name = f"{clients} client{'s' if clients > 1 else ''}"
    yield Figure(f"{name}, replies a second", len(times) / seconds, "/s")
    yield Figure(f"{name}, p50", median(times), "ms")
    yield Figure(f"{name}, p95", quantiles(times, n=20, method="inclusive")[-1], "ms")
    yield Figure(f"{name}, slowest", max(times), "ms")


def _peak_mb(process: int) -> float:
    """The most memory that a process has held so far (Linux)."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return float("nan")
    return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0]) / 1024


if __name__ == "__main__":
    main()
