"""The contract: a reading as JSON, and the JSON Schema of it."""

from __future__ import annotations

import msgspec

from dragoman.domain import Reading

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def encoded(reading: Reading) -> str:
    """A reading as JSON, indented; the same reading gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(reading), indent=2).decode() + "\n"


def schema() -> str:
    """The JSON Schema of a reading."""
    made = {"$schema": DIALECT, "title": "Dragoman reading", **msgspec.json.schema(Reading)}
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode()
