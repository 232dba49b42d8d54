"""Answer: one request over http or https, to the very address that was checked, with every limit kept."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from dragoman.domain import BadInput
from dragoman.intake.address import Address, allowed_addresses
from dragoman.intake.limits import CONNECT_SECONDS, FETCH_SECONDS, RATIO, RATIO_FROM

if TYPE_CHECKING:
    import httpx

PIECE = 1 << 16
LEEWAY = 0.5  # seconds, for what is in time to end by itself
T = TypeVar("T")
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})  # answers after which it may be well another time


class Later(BadInput):
    """It cannot be had now and may be another time; `after` is how many seconds the server asks to wait."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers.

    Attributes
    ----------
    data
        The body, unpacked; empty where it is unchanged or a redirect.
    url
        The address that was asked.
    to
        Where it redirects to.
    etag, modified
        The validators to ask again with (RFC 9110, section 8.8).
    unchanged
        Whether it is as it was (304).
    """

    data: bytes = field(repr=False)
    url: str
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    to: str | None = None


def ask(
    client: httpx.Client, url: httpx.URL, headers: dict[str, str], until: float, *, allow_loopback: bool, most: int
) -> Answer:
    """Make one request.

    Raises
    ------
    BadInput
        When the address may not be asked, the server refuses, or the answer is too large or packed out of proportion.
    Later
        When the server cannot answer now, or takes too long.
    """
    import httpx

    if url.scheme not in ("http", "https") or not url.host:
        raise BadInput(f"only http and https addresses are fetched, not {str(url)!r}")
    if url.userinfo:
        raise BadInput(f"{url.host}: addresses with a user name are not fetched")
    port = url.port or (443 if url.scheme == "https" else 80)
    addresses = _looked_up(url.raw_host.decode("ascii"), port, allow_loopback)

    def sent() -> Answer:
        response = _sent(client, url, headers, addresses)
        try:
            return _read(response, url, until, most)
        finally:
            response.close()

    try:
        answer = _by(until + LEEWAY, sent)
    except (httpx.HTTPError, httpx.StreamError, zlib.error) as error:
        lines = str(error).splitlines()
        raise Later(f"{url}: cannot be fetched ({lines[0] if lines else type(error).__name__})") from None
    if answer is None:
        raise _late(url)
    return answer


def _by(until: float, work: Callable[[], T]) -> T | None:
    """Do something in a thread, which is left alone where it does not end in time; then it is None.

    The system's look-up of names knows no limit, and a server that sends a byte now and then meets every limit of
    httpx's, which are for one byte to the next.
    """
    done: list[T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(until - time.monotonic(), 0))
    if failed:
        raise failed[0]
    return done[0] if done else None


def _late(url: httpx.URL) -> Later:
    return Later(f"{url}: takes longer than {FETCH_SECONDS:.0f} seconds")


def _looked_up(host: str, port: int, allow_loopback: bool) -> list[Address]:
    found = _by(
        time.monotonic() + CONNECT_SECONDS, lambda: allowed_addresses(host, port, allow_loopback=allow_loopback)
    )
    if found is None:
        raise Later(f"{host}: the look-up of its address takes longer than {CONNECT_SECONDS:.0f} seconds")
    return found


def _sent(client: httpx.Client, url: httpx.URL, headers: dict[str, str], addresses: list[Address]) -> httpx.Response:
    """Ask the addresses in turn until one can be connected to; the host's name goes in the header and in TLS."""
    import httpx

    failed: httpx.ConnectError | httpx.ConnectTimeout | None = None
    for address in addresses:
        request = client.build_request(
            "GET",
            url.copy_with(host=str(address)),
            headers={**headers, "host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        try:
            return client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failed = error
    raise failed or httpx.ConnectError("no address")


def _read(response: httpx.Response, url: httpx.URL, until: float, most: int) -> Answer:
    etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
    if response.status_code == 304:
        return Answer(b"", str(url), None, etag, modified, unchanged=True)
    if response.is_redirect:
        return Answer(b"", str(url), to=str(url.join(response.headers["location"])))
    if response.status_code in AGAIN:
        after = _after(response.headers.get("retry-after"))
        raise Later(f"{url}: the server answers {response.status_code} {response.reason_phrase}", after)
    if response.status_code != 200:
        raise BadInput(f"{url}: the server answers {response.status_code} {response.reason_phrase}")
    return Answer(_body(response, url, until, most), str(url), response.charset_encoding, etag, modified)


def _after(said: str | None) -> float | None:
    """Seconds to wait, by ``Retry-After``: a number or a moment (RFC 9110, section 10.2.3)."""
    if said is None:
        return None
    if said.strip().isdecimal():
        return float(said[:9])
    try:
        return max(parsedate_to_datetime(said).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None


def _body(response: httpx.Response, url: httpx.URL, until: float, most: int) -> bytes:
    """Read the body and unpack it piece by piece, so that a bomb is never held."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip"):
        raise BadInput(f"{url}: answers in {packing}, which was not asked for")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in packing else None
    parts: list[bytes] = []
    size = packed = 0
    for piece in response.iter_raw():
        packed += len(piece)
        waiting = piece
        while waiting:
            part = unpack.decompress(waiting, PIECE) if unpack else waiting
            waiting = unpack.unconsumed_tail if unpack else b""
            size += len(part)
            parts.append(part)
            if size > most:
                raise BadInput(f"{url}: larger than {most >> 20} MB")
            if size > RATIO_FROM and size > RATIO * packed:
                raise BadInput(f"{url}: unpacks to more than {RATIO} times its size")
        if time.monotonic() > until:
            raise _late(url)
    if unpack and not unpack.eof and packed:
        raise Later(f"{url}: breaks off")
    return b"".join(parts)
