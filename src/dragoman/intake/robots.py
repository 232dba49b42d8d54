"""Robots: what a host's robots.txt lets us fetch (RFC 9309)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from dragoman.domain import BadInput
from dragoman.intake.answer import Later
from dragoman.intake.limits import LONGEST_WAIT, ROBOTS_SECONDS

if TYPE_CHECKING:
    import httpx
    from protego import Protego

NAME = "Dragoman"


class Robots:
    """The rules of the hosts that were asked, each read once a day (section 2.4).

    Parameters
    ----------
    get
        Fetches a robots.txt: its text.
    """

    def __init__(self, get: Callable[[str], bytes]) -> None:
        self._get = get
        self._rules: dict[tuple[str, str, int | None], tuple[float, Protego]] = {}

    def check(self, url: httpx.URL) -> float:
        """Tell how many seconds the host wants between two requests.

        Raises
        ------
        BadInput
            When the rules forbid the address.
        Later
            When the rules cannot be had now: until then the whole host is closed (section 2.3.1.4).
        """
        rules = self._of(url)
        if not rules.can_fetch(str(url), NAME):
            raise BadInput(f"{url}: the host's robots.txt does not let it be fetched")
        return min(float(rules.crawl_delay(NAME) or 0), LONGEST_WAIT)

    def _of(self, url: httpx.URL) -> Protego:
        from protego import Protego

        key = (url.scheme, url.host, url.port)
        kept = self._rules.get(key)
        if kept is None or time.monotonic() - kept[0] > ROBOTS_SECONDS:
            try:
                text = self._get(str(url.copy_with(raw_path=b"/robots.txt", fragment=None)))
            except Later as error:
                raise Later(f"{url}: the host's robots.txt cannot be had ({_tail(str(error))})", error.after) from None
            except BadInput as error:
                if "not a public address" in str(error) or "only http" in str(error) or "no such host" in str(error):
                    raise
                text = b""  # a host that has none lets everything be fetched (section 2.3.1.3)
            kept = (time.monotonic(), Protego.parse(text.decode("utf-8", "replace")))
            self._rules[key] = kept
        return kept[1]


def _tail(message: str) -> str:
    return message.rpartition(": ")[2]
