"""Bodies: how large a request may be, and how long it may take to come in."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.settings import BODY_SECONDS, LARGEST_BODY


class _Broken(Exception):  # noqa: N818 - the request is, by us
    """What ends the reading of a body; whoever reads it may take it for a fault of the client's."""


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
        refused: tuple[int, str] | None = None
        deadline = asyncio.get_running_loop().time() + self.seconds
        large = (413, f"a request may have {self.largest:,} bytes at most")

        async def counting() -> Message:
            nonlocal taken, whole, refused
            if whole:
                return await receive()  # waits for the client to go away
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                refused = (408, "the request took too long to come in")
                raise _Broken from None
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                whole = not message.get("more_body", False)
                if taken > self.largest:
                    refused = large
                    raise _Broken
            return message

        async def noting(message: Message) -> None:
            nonlocal started
            if refused is None or started:
                started = True
                await send(message)

        if declared.isdecimal() and int(declared) > self.largest:
            refused = large
        else:
            try:
                await self.app(scope, counting, noting)
            except _Broken:
                if started:
                    raise
        if refused is not None and not started:
            answer = JSONResponse({"detail": refused[1]}, refused[0], {"connection": "close"})
            await answer(scope, receive, send)
