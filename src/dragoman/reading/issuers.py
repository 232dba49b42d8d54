"""Issuers: whose release a text is, by the standing lines at its head."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman import lexicon


class Issuer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A standing line and the polity whose office puts it above its releases."""

    phrase: str
    of: str
    example: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    issuers: list[Issuer]
    head: int


@cache
def issuers() -> _File:
    """Load ``issuers.yaml``."""
    return lexicon.entries("issuers.yaml", _File)


def issuer(text: str) -> str | None:
    """The polity whose release the text is, or None."""
    known = issuers()
    head = text[: known.head]
    return next((one.of for one in known.issuers if one.phrase in head), None)
