"""Fetch: pages over http or https, politely: robots.txt, a delay for each host, and patience with what fails."""

from __future__ import annotations

import re
import threading
import time
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING

from dragoman.domain import BadInput
from dragoman.intake.answer import Answer, Later, ask
from dragoman.intake.limits import (
    CONNECT_SECONDS,
    DELAY,
    FETCH_SECONDS,
    LARGEST,
    LONGEST_WAIT,
    MOST_REDIRECTS,
    ROBOTS,
    TRIES,
)
from dragoman.intake.robots import NAME, Robots

if TYPE_CHECKING:
    import httpx

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class Fetcher:
    """Fetches pages, one after the other.

    Parameters
    ----------
    allow_loopback
        Whether the own machine may be fetched from.
    delay
        Seconds between two requests to one host, at least; its robots.txt may ask for more.
    backoff
        Seconds to wait after the first failure; twice as long after each further one.
    """

    def __init__(self, *, allow_loopback: bool = False, delay: float = DELAY, backoff: float = 1.0) -> None:
        self._allow_loopback = allow_loopback
        self._delay = delay
        self._backoff = backoff
        self._client: httpx.Client | None = None
        self._asked: dict[str, float] = {}
        self._robots = Robots(lambda url: self._followed(url, {}, ROBOTS, None).data)
        self._pause = threading.Event()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """Fetch an address, following redirects; each hop is checked before it is connected to.

        Parameters
        ----------
        url
            An http or https address, without a user name.
        etag, modified
            Validators of an earlier answer; where it is unchanged, so says the answer.

        Raises
        ------
        BadInput
            When the address or one that it redirects to may not be fetched, or its answer is an error or too large.
        Later
            When it cannot be had now, after three tries.
        """
        headers = {"if-none-match": etag, "if-modified-since": modified}
        asked = {name: value for name, value in headers.items() if value}
        for tried in range(1, TRIES + 1):
            try:
                return self._followed(url, asked, LARGEST, self._robots)
            except Later as error:
                wait = max(self._backoff * 2 ** (tried - 1), error.after or 0)
                if tried == TRIES or wait > LONGEST_WAIT:
                    raise
                self._pause.wait(wait)
        raise AssertionError

    def _followed(self, url: str, headers: dict[str, str], most: int, robots: Robots | None) -> Answer:
        import httpx

        until = time.monotonic() + FETCH_SECONDS
        try:
            at = httpx.URL(url)
            for _ in range(MOST_REDIRECTS + 1):
                wait = robots.check(at) if robots and at.scheme in ("http", "https") and at.host else 0.0
                if robots:
                    self._wait(at.host, max(self._delay, wait))
                    until = max(until, time.monotonic() + FETCH_SECONDS / 2)
                answer = ask(self._opened(), at, headers, until, allow_loopback=self._allow_loopback, most=most)
                if answer.to is None:
                    return answer
                at = httpx.URL(answer.to)
        except httpx.InvalidURL as error:
            raise BadInput(f"{url}: is no address ({str(error).splitlines()[0]})") from None
        raise BadInput(f"{url}: redirects more than {MOST_REDIRECTS} times")

    def _wait(self, host: str, delay: float) -> None:
        """Wait until the host may be asked again."""
        rest = self._asked.get(host, -delay) + delay - time.monotonic()
        if rest > 0:
            self._pause.wait(rest)
        self._asked[host] = time.monotonic()

    def _opened(self) -> httpx.Client:
        import httpx

        if self._client is None:
            headers = {
                "user-agent": f"{NAME}/{version('dragoman')}",
                "accept-encoding": "gzip",
                "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            }
            timeout = httpx.Timeout(FETCH_SECONDS / 2, connect=CONNECT_SECONDS)
            self._client = httpx.Client(headers=headers, timeout=timeout, trust_env=False)
        return self._client
