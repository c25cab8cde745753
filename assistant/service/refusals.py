"""Requests that are refused: a status, a code for programs and one sentence for people."""

from __future__ import annotations

import traceback

from starlette.requests import Request
from starlette.responses import JSONResponse


class Refusal(Exception):
    """``status`` is that of HTTP, ``sentence`` what a person reads, ``retry_after`` seconds."""

    def __init__(self, status: int, code: str, sentence: str, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.sentence, self.retry_after = status, code, sentence, retry_after


def refused(refusal: Refusal) -> JSONResponse:
    """``{"error": {"code", "message"}}``."""
    headers = {"Cache-Control": "no-store"}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    body = {"error": {"code": refusal.code, "message": refusal.sentence}}
    return JSONResponse(body, refusal.status, headers)


async def answer_refused(_request: Request, error: Exception) -> JSONResponse:
    """The handler of an application for Refusal."""
    assert isinstance(error, Refusal)
    return refused(error)


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
