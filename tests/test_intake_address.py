"""Addresses that may be connected to, and the disguises of those that may not."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.domain import BadInput
from dragoman.intake.address import allowed_addresses, is_public

PRIVATE = [ipaddress.IPv4Network(block) for block in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.168.0.0/16")]


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"],
)
def test_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "::ffff:127.0.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)
def test_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@given(st.sampled_from(PRIVATE), st.integers(0, 2**32 - 1), st.sampled_from(["::ffff:{}", "64:ff9b::{}"]))
def test_a_private_address_is_private_in_any_wrapping(
    block: ipaddress.IPv4Network, number: int, wrapping: str
) -> None:
    inner = block[number % block.num_addresses]
    assert not is_public(inner)
    assert not is_public(ipaddress.ip_address(wrapping.format(inner)))
    assert not is_public(ipaddress.IPv6Address((0x2002 << 112) | (int(inner) << 80)))


def test_names_of_the_own_machine() -> None:
    with pytest.raises(BadInput, match="not a public address"):
        allowed_addresses("localhost", 80)
    assert all(address.is_loopback for address in allowed_addresses("localhost", 80, allow_loopback=True))
    with pytest.raises(BadInput, match="no such host"):
        allowed_addresses("nowhere.invalid", 80)
