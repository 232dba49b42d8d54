"""Address: which hosts may be fetched from, told from the very address that is connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

from dragoman.domain import BadInput

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")  # RFC 8215


def carried(address: Address) -> Iterator[Address]:
    """Yield the addresses that a connection to `address` may end at.

    Python 3.11 calls ``64:ff9b::7f00:1`` and ``2002:7f00:1::`` global, which lead to 127.0.0.1.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            yield address.ipv4_mapped
            return
        if address in NAT64:
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
            return
        if address.sixtofour:
            yield address.sixtofour
        if address.teredo:
            yield from address.teredo
    yield address


def is_public(address: Address) -> bool:
    """Tell whether `address`, and whatever it carries, is one of the open internet."""
    return all(
        item.is_global
        and not (item.is_multicast or item.is_reserved or item.is_unspecified)
        and not (isinstance(item, ipaddress.IPv6Address) and (item.is_site_local or item in LOCAL_NAT64))
        for item in carried(address)
    )


def allowed_addresses(host: str, port: int, *, allow_loopback: bool = False) -> list[Address]:
    """Look up `host` and return its addresses, if all of them may be connected to.

    Raises
    ------
    BadInput
        When there is no such host, or one of its addresses is private, loopback, link-local, multicast or reserved.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadInput(f"no such host: {host}") from None
    addresses = list(dict.fromkeys(ipaddress.ip_address(item[4][0]) for item in found))
    for address in addresses:
        if not (is_public(address) or (allow_loopback and address.is_loopback)):
            raise BadInput(f"{host} is at {address}, which is not a public address")
    return addresses
