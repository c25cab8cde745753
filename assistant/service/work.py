"""Blocking work of the service: in threads, so many at once, none waited for longer than it is worth."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from assistant.service.refusals import Refusal
from prompts import say

Result = TypeVar("Result")
_MOST_WAITING = 100  # requests: whoever comes later is told at once
_LONGEST_S = 30.0


class Work:
    """At most ``at_once`` pieces of work run; the others wait in their order."""

    def __init__(self, at_once: int, longest_s: float = _LONGEST_S, most_waiting: int = _MOST_WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="troly")
        self._longest_s, self._most = longest_s, at_once + most_waiting
        self._open = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """What the work gives. Raises Refusal where there is too much to do, or it takes too long; what has not begun
        by then is not done any more."""
        if self._open >= self._most:
            raise Refusal(503, "busy", say("service.busy"), 5)
        loop = asyncio.get_running_loop()
        future = self._threads.submit(work)
        self._open += 1
        future.add_done_callback(lambda _done: loop.call_soon_threadsafe(self._end))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._longest_s)
        except TimeoutError:
            raise Refusal(503, "too_slow", say("service.too_slow"), 10) from None

    def _end(self) -> None:
        self._open -= 1

    def close(self) -> None:
        """Waits for what has begun; what has not is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)
