"""How far a long reading has come: readers say ``step(page, of how many)``, whoever waits for them listens."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[int, int], None]
_listeners: list[Step] = []


def listen(listener: Step) -> None:
    """Makes ``listener`` the one that hears of steps in this process."""
    _listeners[:] = [listener]


def step(done: int, total: int) -> None:
    """Says that ``done`` of ``total`` pages have been read."""
    for listener in _listeners:
        listener(done, total)
