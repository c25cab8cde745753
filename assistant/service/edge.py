"""The edge of the service, as ASGI middleware: headers of security, limits, and what goes wrong inside."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service.refusals import Refusal, refused
from assistant.traces import trace_of
from prompts import say

_LOG = logging.getLogger(__name__)
_MOST_CLIENTS = 10_000
_FREE = frozenset({"/healthz"})  # paths that no limit counts
_BODY_S = 15  # seconds within which a body must have come
_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


class SecurityHeaders:
    """Adds to every answer what browsers are not to do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Caught:
    """What goes wrong inside becomes one sentence; the log gets the kind and the place, no words of a person."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:  # noqa: BLE001 - the edge of a request
            _LOG.error("a request failed: %s", trace_of(error))
            if not begun:
                await refused(Refusal(500, "failed", say("service.failed")))(scope, receive, send)


class Buckets:
    """Token buckets, one a client: ``rate`` messages a minute, as many at once after a pause."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, when they were counted

    def take(self, client: str, tokens: int = 1) -> float:
        """Takes tokens; gives the seconds until there are as many again, 0 where they were taken. What is more than a
        bucket holds takes all of it."""
        now, most, wanted = self._clock(), float(self._rate), min(tokens, self._rate)
        left, since = self._left.pop(client, (most, now))
        left = min(most, left + (now - since) * most / 60)
        wait = 0.0 if left >= wanted else (wanted - left) * 60 / most
        self._left[client] = (left if wait else left - wanted, now)
        if len(self._left) > _MOST_CLIENTS:
            self._left.popitem(last=False)  # who has not come for longest
        return wait


class RateLimit:
    """Answers 429 to a client that asks too often."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self.app, self._buckets = app, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in _FREE:
            try:
                charge(self._buckets, scope, 1)
            except Refusal as refusal:
                await refused(refusal)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def charge(buckets: Buckets, scope: Scope, tokens: int) -> None:
    """Takes tokens from the bucket of whoever sent a request. Raises Refusal where there are too few."""
    if tokens and (wait := buckets.take(client_of(scope), tokens)):
        seconds = int(wait) + 1
        raise Refusal(429, "too_many", say("service.too_many", seconds=seconds), seconds)


def client_of(scope: Scope) -> str:
    """Who asks, as far as limits go: the address; of IPv6 the network, since a machine has as many as it likes."""
    host = str((scope.get("client") or ("", 0))[0])
    try:
        address = ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))
    return host


class BodyLimit:
    """Refuses bodies of more than ``most`` bytes, at once where the length is told, and those that do not come."""

    def __init__(self, app: ASGIApp, most: int, seconds: float = _BODY_S) -> None:
        self.app, self._most, self._seconds = app, most, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "0")
        if not told.isdecimal() or int(told[:20]) > self._most:
            response = refused(_too_large(self._most))
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
            return
        await self.app(scope, _Counted(receive, self._most, self._seconds), send)


class _Counted:
    """Receives a body as long as it is not too large and comes in time. Raises Refusal."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive, self._most = receive, most
        self._until = anyio.current_time() + seconds
        self._came, self._whole = 0, False

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()
        try:
            with anyio.fail_after(max(0.0, self._until - anyio.current_time())):
                message = await self._receive()
        except TimeoutError:
            raise Refusal(408, "body_late", say("service.body_late")) from None
        self._came += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._came > self._most:
            raise _too_large(self._most)
        return message


def _too_large(most: int) -> Refusal:
    return Refusal(413, "body_too_large", say("service.body_too_large", kilobytes=most // 1024))
