"""Fetch: one page over http or https, from the very address that was checked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from dragoman.domain import BadInput
from dragoman.intake.address import Address, allowed_addresses
from dragoman.intake.limits import CONNECT_SECONDS, FETCH_SECONDS, LARGEST, MOST_REDIRECTS

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a request: bytes, the address they came from in the end, and the charset declared."""

    data: bytes
    url: str
    charset: str | None


def fetch(url: str, *, allow_loopback: bool = False) -> Fetched:
    """Fetch `url`, following redirects; each hop is checked before it is connected to.

    Parameters
    ----------
    url
        An http or https address, without a user name.
    allow_loopback
        Whether the own machine may be fetched from.

    Raises
    ------
    BadInput
        When the address is not allowed, not reachable, answers with an error, or is larger than 20 MB.
    """
    import httpx

    until = time.monotonic() + FETCH_SECONDS
    headers = {"user-agent": f"Dragoman/{version('dragoman')}", "accept-encoding": "identity"}
    timeout = httpx.Timeout(FETCH_SECONDS / 2, connect=CONNECT_SECONDS)
    try:
        with httpx.Client(headers=headers, timeout=timeout, trust_env=False) as client:
            at = httpx.URL(url)
            for _ in range(MOST_REDIRECTS + 1):
                answer = _one(client, at, until, allow_loopback=allow_loopback)
                if isinstance(answer, Fetched):
                    return answer
                at = answer
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise BadInput(f"{url}: cannot be fetched ({_reason(error)})") from None
    raise BadInput(f"{url}: redirects more than {MOST_REDIRECTS} times")


def _reason(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__


def _one(client: httpx.Client, url: httpx.URL, until: float, *, allow_loopback: bool) -> Fetched | httpx.URL:
    """Make one request; return what came, or where it redirects to."""
    if url.scheme not in ("http", "https") or not url.host:
        raise BadInput(f"only http and https addresses are fetched, not {str(url)!r}")
    if url.userinfo:
        raise BadInput(f"{url.host}: addresses with a user name are not fetched")
    port = url.port or (443 if url.scheme == "https" else 80)
    addresses = allowed_addresses(url.raw_host.decode("ascii"), port, allow_loopback=allow_loopback)
    response = _answer(client, url, addresses)
    try:
        if response.is_redirect:
            return url.join(response.headers["location"])
        if response.status_code >= 400:
            raise BadInput(f"{url}: the server answers {response.status_code} {response.reason_phrase}")
        return Fetched(_body(response, url, until), str(url), response.charset_encoding)
    finally:
        response.close()


def _answer(client: httpx.Client, url: httpx.URL, addresses: list[Address]) -> httpx.Response:
    """Ask the addresses in turn until one can be connected to; the host's name goes in the header and in TLS."""
    import httpx

    failed: httpx.ConnectError | httpx.ConnectTimeout | None = None
    for address in addresses:
        request = client.build_request(
            "GET",
            url.copy_with(host=str(address)),
            headers={"host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        try:
            return client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failed = error
    raise failed or httpx.ConnectError("no address")


def _body(response: httpx.Response, url: httpx.URL, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        parts.append(part)
        if size > LARGEST:
            raise BadInput(f"{url}: larger than {LARGEST >> 20} MB")
        if time.monotonic() > until:
            raise BadInput(f"{url}: takes longer than {FETCH_SECONDS:.0f} seconds")
    return b"".join(parts)
