"""Running: the app on a server, with its address said once it listens."""

from __future__ import annotations

import signal
import socket
import sys
import webbrowser
from dataclasses import replace
from types import FrameType

import uvicorn

from dragoman.domain import BadInput
from dragoman.web.app import make_app
from dragoman.web.settings import SWITCH, Settings

AT_ONCE = 200  # connections; more are told to come again (503)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, settings: Settings, opened: bool) -> None:
        super().__init__(config)
        self.settings, self.opened = settings, opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say where."""
        await super().startup(sockets)
        if self.should_exit:
            return
        who = "users who sign in" if self.settings.public else "this machine only"
        print(f"{self.settings.record} is open at {self.settings.address} ({who}); Ctrl-C ends it", file=sys.stderr)
        if self.opened:
            webbrowser.open(self.settings.address)


def _told_to_end(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def run(settings: Settings, opened: bool) -> None:
    """Serve until told to stop.

    Raises
    ------
    BadInput
        When the record cannot be opened, or the address is taken.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        raise BadInput(f"{settings.host}:{settings.port}: cannot listen there: {error.strerror}") from None
    settings = replace(settings, port=listening.getsockname()[1])
    config = uvicorn.Config(
        make_app(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
    )
    sys.setswitchinterval(SWITCH)
    signal.signal(signal.SIGTERM, _told_to_end)  # which uvicorn passes on once it has ended what was under way
    _Server(config, settings, opened).run([listening])
