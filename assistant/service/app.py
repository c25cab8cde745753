"""The application: what stands at which address, and how the parts at the edge are put around it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from assistant.service.desk import MOST_CHARS, MOST_TURNS, ChatTurn, Desk, Judgement
from assistant.service.edge import BodyLimit, Buckets, Caught, RateLimit, SecurityHeaders, charge
from assistant.service.refusals import Refusal, answer_refused, refused
from assistant.service.work import Work
from assistant.settings import Settings
from connectors.engine import StoreError
from prompts import say

_LOG = logging.getLogger(__name__)
Body = TypeVar("Body", bound=BaseModel)
MOST_BODY = 256 * 1024  # bytes
_CONVERSATION, _ANSWER = "Troly-Conversation", "Troly-Answer"
_AWAY_S = 10
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")
_STAMPS = re.compile(rb"^(?:DTSTAMP|LAST-MODIFIED)[:;].*\r?\n", re.MULTILINE)  # the moment of asking, not of a change
router = APIRouter()


def build_app(settings: Settings, desk: Desk, now: Callable[[], dt.datetime] | None = None) -> ASGIApp:
    """The service over a desk. ``now`` gives the moment of asking (UTC)."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.work.close()
        desk.close()

    buckets = Buckets(settings.web_rate)
    app = FastAPI(openapi_url=None, lifespan=lifespan, middleware=_edge(settings, buckets))
    app.state.desk, app.state.work, app.state.buckets = desk, Work(settings.web_at_once), buckets
    app.state.now = now or (lambda: dt.datetime.now(dt.UTC))
    app.add_exception_handler(Refusal, answer_refused)
    app.add_exception_handler(StoreError, _answer_store)
    app.add_exception_handler(HTTPException, _answer_http)
    app.include_router(router)
    if not settings.proxies:
        return app
    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

    return ProxyHeadersMiddleware(app, trusted_hosts=settings.proxies)  # type: ignore[arg-type,return-value]


def _edge(settings: Settings, buckets: Buckets) -> list[Middleware]:
    """From the outside in."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Content-Type"],
        expose_headers=[_CONVERSATION, _ANSWER, "Retry-After"],
    )
    return [
        Middleware(SecurityHeaders),
        *([cors] if settings.origins else []),
        Middleware(Caught),
        Middleware(RateLimit, buckets=buckets),
        Middleware(BodyLimit, most=MOST_BODY),
    ]


@router.post("/api/v1/chat")
async def chat(request: Request) -> Response:
    """Answers the last message of a conversation: the reply of ``troly ask --json``."""
    asked = await _body(request, ChatTurn)
    charge(request.app.state.buckets, request.scope, len(asked.turns) - 1)  # each message is work
    talk = await _work(request, partial(request.app.state.desk.chat, asked, request.app.state.now()))
    headers = {"Cache-Control": "no-store"}
    if talk.token:
        headers[_CONVERSATION] = talk.token
    if talk.number:
        headers[_ANSWER] = str(talk.number)
    return JSONResponse(talk.reply.as_json(), headers=headers)


@router.post("/api/v1/feedback")
async def feedback(request: Request) -> Response:
    """Takes down what somebody thinks of an answer."""
    said = await _body(request, Judgement)
    await _work(request, partial(request.app.state.desk.judge, said, request.app.state.now()))
    text = say("feedback.taken", useful=said.verdict == "right", about=True)
    return JSONResponse({"recorded": True, "text": text}, headers={"Cache-Control": "no-store"})


@router.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"])
async def calendar(request: Request, token: str) -> Response:
    """The calendar behind a secret address."""
    data = None
    if _TOKEN.fullmatch(token):
        data = await _work(request, partial(request.app.state.desk.calendar, token, request.app.state.now()))
    if data is None:
        raise Refusal(404, "calendar_unknown", say("service.calendar_unknown"))
    tag = f'W/"{hashlib.sha256(_STAMPS.sub(b"", data)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if _matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    headers |= {"Content-Length": str(len(data)), "Content-Disposition": 'inline; filename="troly.ics"'}
    body = b"" if request.method == "HEAD" else data
    return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")


def _matches(wanted: str, tag: str) -> bool:
    """Whether an If-None-Match names a tag, compared weakly (RFC 9110, 13.1.2)."""
    tags = {each.strip().removeprefix("W/") for each in wanted.split(",")}
    return "*" in tags or tag.removeprefix("W/") in tags


@router.api_route("/healthz", methods=["GET", "HEAD"])
async def healthz() -> Response:
    """The process lives."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.api_route("/readyz", methods=["GET", "HEAD"])
async def readyz(request: Request) -> Response:
    """The store opens and holds documents."""
    documents = await _work(request, request.app.state.desk.documents)
    if not documents:
        raise Refusal(503, "no_documents", say("service.no_documents"), _AWAY_S)
    return JSONResponse({"status": "ready", "documents": documents}, headers={"Cache-Control": "no-store"})


async def _work(request: Request, work: Callable[[], Body]) -> Body:
    return await request.app.state.work.run(work)  # type: ignore[no-any-return]


async def _body(request: Request, form: type[Body]) -> Body:
    """The body of a request, whatever its type is said to be. Raises Refusal."""
    raw = await request.body()
    try:
        return form.model_validate(json.loads(raw.decode("utf-8-sig")))
    except ValidationError as error:
        raise _bad_field(error) from None
    except (ValueError, RecursionError):
        raise Refusal(400, "bad_json", say("service.bad_json")) from None


def _bad_field(error: ValidationError) -> Refusal:
    """What is wrong with the first field at fault; its value is not repeated."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(map(str, first["loc"]))
    if first["type"] == "too_long":
        return Refusal(422, "too_many_turns", say("service.too_many_turns", most=MOST_TURNS))
    if first["type"] == "string_too_long" and field.startswith("turns."):
        return Refusal(422, "message_too_long", say("service.message_too_long", most=MOST_CHARS))
    if field == "today":
        return Refusal(422, "bad_date", say("service.bad_date"))
    if not field:
        return Refusal(422, "bad_body", say("service.bad_body"))
    return Refusal(422, "bad_field", say("service.bad_field", field=field, missing=first["type"] == "missing"))


async def _answer_store(_request: Request, error: Exception) -> JSONResponse:
    """The database is away, or too much was said: the person learns that, the log why."""
    code = error.code if isinstance(error, StoreError) else ""
    if code == "feedback_many":
        return refused(Refusal(429, code, say("errors.feedback_many"), 3600))
    _LOG.error("store: %s", code)
    return refused(Refusal(503, "store_away", say("service.store_away"), _AWAY_S))


async def _answer_http(_request: Request, error: Exception) -> JSONResponse:
    """An address or a method that is not there."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    if status == 404:
        return refused(Refusal(404, "not_found", say("service.not_found")))
    if status == 405:
        response = refused(Refusal(405, "bad_method", say("service.bad_method")))
        response.headers.update(getattr(error, "headers", None) or {})
        return response
    return refused(Refusal(status, "bad_request", say("service.bad_request")))
