"""Requests that are refused: a status, a code for programs and one sentence for people."""

from __future__ import annotations

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
