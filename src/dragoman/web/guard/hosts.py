"""Hosts: only requests that call this desk by a name of its own are let in.

A page of another site that has its name resolved to this machine (DNS rebinding) still sends its own name.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.web.settings import LOOPBACK, Settings


def host_of(header: str) -> str:
    """The name in a Host header, without its port."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.rpartition(":")[0] or header if header.count(":") == 1 else header


class Hosts:
    """Refuses every host name that is not the desk's."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.names = LOOPBACK | settings.names | ({settings.host} - {"0.0.0.0", "::"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or answer 421."""
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "")
            if host_of(host.lower()).rstrip(".") not in self.names:
                refused = PlainTextResponse("This desk does not answer to that name (see --name).\n", 421)
                await refused(scope, receive, send)
                return
        await self.app(scope, receive, send)
