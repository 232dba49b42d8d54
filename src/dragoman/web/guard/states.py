"""States: an ETag for every page and answer, so that what has not changed is not made again (RFC 9110, 13.1.2)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.metadata import version

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.desk import Desk
from dragoman.web.urls import SIGN_IN

ASKED_BY = ("cookie", "authorization", "accept")


class States:
    """Answers 304 where the asker has what would be answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def _tag(self, scope: Scope) -> str:
        desk: Desk = scope["app"].state.desk
        headers = Headers(scope=scope)
        said = [
            version("dragoman"),
            desk.state(),
            desk.seal.token("state"),  # changes when the desk is started anew
            datetime.now(UTC).date().isoformat(),
            scope["path"],
            scope["query_string"].decode("latin-1"),
            *(headers.get(name, "") for name in ASKED_BY),
        ]
        return 'W/"' + hashlib.sha256("\0".join(said).encode()).hexdigest()[:24] + '"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compare, and add the tag to what is answered."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or path.startswith("/static/"):
            await self.app(scope, receive, send)
            return
        if path == SIGN_IN:
            await self.app(scope, receive, send)
            return
        tag = await run_in_threadpool(self._tag, scope)
        given = Headers(scope=scope).get("if-none-match", "")
        if tag.removeprefix("W/") in [one.strip().removeprefix("W/") for one in given.split(",")]:
            await Response(status_code=304, headers={"etag": tag})(scope, receive, send)
            return

        async def tagging(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["etag"] = tag
            await send(message)

        await self.app(scope, receive, tagging)
