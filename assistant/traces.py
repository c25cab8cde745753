"""What went wrong, as it may stand in a log."""

from __future__ import annotations

import traceback


def trace_of(error: BaseException) -> str:
    """What went wrong where, for the log: kinds of errors and places in code. Messages are left out, since they may
    hold what a person typed."""
    parts: list[str] = []
    at: BaseException | None = error
    while at is not None:
        frames = traceback.extract_tb(at.__traceback__)
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        parts.append(f"{type(at).__name__} at {places}")
        at = at.__cause__
    return "; because of ".join(parts)
