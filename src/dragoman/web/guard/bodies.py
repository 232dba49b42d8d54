"""Bodies: how large a request may be, and how long it may take to come in."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.settings import BODY_SECONDS, LARGEST_BODY


class _Refused(Exception):  # noqa: N818 - it says what is done, not what went wrong
    def __init__(self, status: int, why: str) -> None:
        self.status = status
        self.why = why


class Bodies:
    """Refuses what is too large (413) or too slow (408)."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST_BODY, seconds: float = BODY_SECONDS) -> None:
        self.app, self.largest, self.seconds = app, largest, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what comes in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        taken, whole, started = 0, False, False
        deadline = asyncio.get_running_loop().time() + self.seconds

        async def counting() -> Message:
            nonlocal taken, whole
            if whole:
                return await receive()  # waits for the client to go away
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise _Refused(408, "the request took too long to come in") from None
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                whole = not message.get("more_body", False)
                if taken > self.largest:
                    raise _Refused(413, f"a request may have {self.largest:,} bytes at most")
            return message

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            if declared.isdecimal() and int(declared) > self.largest:
                raise _Refused(413, f"a request may have {self.largest:,} bytes at most")
            await self.app(scope, counting, noting)
        except _Refused as refused:
            if started:
                raise
            answer = JSONResponse({"detail": refused.why}, refused.status, {"connection": "close"})
            await answer(scope, receive, send)
