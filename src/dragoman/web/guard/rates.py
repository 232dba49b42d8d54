"""Rates: how often an address may ask, by a bucket of tokens for each kind of asking."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.web.urls import SIGN_IN, reads

MOST = 10_000  # addresses that are remembered


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a minute."""

    burst: int
    minute: float


ASK = Rate(300, 1200)
WRITE = Rate(60, 240)
READ = Rate(20, 30)
TRY = Rate(5, 4)  # signing in


class Buckets:
    """A bucket for each address and kind."""

    def __init__(self) -> None:
        self._left: OrderedDict[tuple[str, Rate], tuple[float, float]] = OrderedDict()

    def wait(self, address: str, rate: Rate) -> float:
        """Take a token; 0 where there was one, else the seconds until there is."""
        at = time.monotonic()
        left, since = self._left.pop((address, rate), (float(rate.burst), at))
        left = min(float(rate.burst), left + (at - since) * rate.minute / 60)
        short = max(0.0, 1 - left)
        self._left[address, rate] = (left if short else left - 1, at)
        if len(self._left) > MOST:
            self._left.popitem(last=False)
        return short * 60 / rate.minute


class Rates:
    """Refuses who asks too often (429).

    Signing in and reading are limited always; the rest only where the desk is public.
    """

    def __init__(self, app: ASGIApp, public: bool) -> None:
        self.app, self.public, self.buckets = app, public, Buckets()

    def _rate(self, scope: Scope) -> Rate | None:
        path = scope["path"]
        if scope["method"] == "POST":
            if path == SIGN_IN:
                return TRY
            if reads(path):
                return READ if self.public else None
            return WRITE if self.public else None
        return ASK if self.public and not path.startswith("/static/") else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a token or answer 429."""
        rate = self._rate(scope) if scope["type"] == "http" else None
        if rate is not None:
            client = scope.get("client") or ("unknown", 0)
            wait = self.buckets.wait(client[0], rate)
            if wait:
                seconds = math.ceil(wait)
                answer = JSONResponse(
                    {"detail": f"too many requests; again in {seconds} s"}, 429, {"retry-after": str(seconds)}
                )
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)
