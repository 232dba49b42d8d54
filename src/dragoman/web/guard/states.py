"""States: an ETag for every page and answer, so that what has not changed is not made again (RFC 9110, 13.1.2)."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import UTC, datetime
from importlib.metadata import version

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.desk import Desk
from dragoman.web.urls import SIGN_IN

ASKED_BY = ("cookie", "authorization", "accept", "accept-encoding")
VERSION = version("dragoman")
LARGEST = 1 << 19  # bytes of an answer that is kept
MOST = 1 << 24  # bytes that are kept


class _Answers:
    """Whole answers of one state of the record, the least used dropped first."""

    def __init__(self) -> None:
        self._state = ""
        self._kept: OrderedDict[str, list[Message]] = OrderedDict()
        self._size = 0

    def get(self, state: str, tag: str) -> list[Message] | None:
        """The answer, where it is kept."""
        if state != self._state:
            self._kept.clear()
            self._size, self._state = 0, state
        found = self._kept.get(tag)
        if found is not None:
            self._kept.move_to_end(tag)
        return found

    def keep(self, state: str, tag: str, messages: list[Message]) -> None:
        """Keep an answer, unless the record has changed since it was asked for."""
        size = _size(messages)
        if state != self._state or size > LARGEST or tag in self._kept:
            return
        self._kept[tag] = messages
        self._size += size
        while self._size > MOST:
            self._size -= _size(self._kept.popitem(last=False)[1])


def _copied(message: Message) -> Message:
    """A message of its own: headers are added to on the way out."""
    return {name: list(value) if name == "headers" else value for name, value in message.items()}


def _size(messages: list[Message]) -> int:
    return sum(len(one.get("body", b"")) for one in messages)


class States:
    """Answers 304 where the asker has what would be answered.

    Where nobody signs in, whole answers are kept as well.  Where somebody does, who asks is looked up every time.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._answers = _Answers()

    def _tag(self, scope: Scope, state: str, desk: Desk) -> str:
        headers = Headers(scope=scope)
        said = [
            VERSION,
            state,
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
        asks = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not asks or path == SIGN_IN or path.startswith("/static/"):
            await self.app(scope, receive, send)
            return
        desk: Desk = scope["app"].state.desk
        state = await desk.now()
        tag = self._tag(scope, state, desk)
        given = Headers(scope=scope).get("if-none-match", "")
        if tag.removeprefix("W/") in [one.strip().removeprefix("W/") for one in given.split(",")]:
            await Response(status_code=304, headers={"etag": tag})(scope, receive, send)
            return
        keeps = scope["method"] == "GET" and desk.open
        for message in (self._answers.get(state, tag) or []) if keeps else []:
            await send(_copied(message))
            if not message.get("more_body", message["type"] == "http.response.start"):
                return
        messages: list[Message] = []

        async def tagging(message: Message) -> None:
            nonlocal keeps
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if message["status"] == 200:
                    headers["etag"] = tag
                keeps = keeps and message["status"] == 200 and "set-cookie" not in headers
            if keeps:
                messages.append(_copied(message))
            await send(message)

        await self.app(scope, receive, tagging)
        if keeps and messages:
            self._answers.keep(state, tag, messages)
