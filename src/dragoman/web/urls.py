"""URLs: every address of the desk is made here, and nowhere else."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import quote, urlencode

API = "/api/v1"
OVERVIEW = "/"
STANDING = "/standing"
NETWORK = "/network"
SEARCH = "/search"
REVIEW = "/review"
PASTE = "/paste"
EXAMPLE = "/example"
SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
AUDIT = "/audit"
CHANGES = "/changes.atom"
DOCS = f"{API}/docs"
OPENAPI = f"{API}/openapi.json"


def reads(path: str) -> bool:
    """Whether something is read where this is posted to, which takes long."""
    return path in (PASTE, EXAMPLE, f"{API}/read", f"{API}/reports")


@lru_cache(4096)
def _part(given: str) -> str:
    return quote(given, safe="")


def _path(*parts: str) -> str:
    return "/" + "/".join(map(_part, parts))


def _asked(path: str, asked: dict[str, str | int | None]) -> str:
    given = {name.rstrip("_"): str(value) for name, value in asked.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def standing(toward: str | None = None, **asked: str | int | None) -> str:
    """The standing of a polity or regime with all others; `on` and `known` are dates."""
    return _asked(_path("standing", toward) if toward else STANDING, asked)


def pair(one: str, other: str, **asked: str | int | None) -> str:
    """The dossier of two."""
    return _asked(_path("pairs", one, other), asked)


def entity(one: str, **asked: str | int | None) -> str:
    """All about an entity."""
    return _asked(_path("entities", one), asked)


def event(one: str, **asked: str | int | None) -> str:
    """An event."""
    return _asked(_path("events", one), asked)


def cite(one: str, style: str) -> str:
    """An event as a citation."""
    return _asked(_path("api", "v1", "events", one, "cite"), {"style": style})


def report(one: str, event: str | None = None) -> str:
    """A report; what it tells of the event is lit."""
    return _asked(_path("reports", one), {"event": event})


def search(**asked: str | int | None) -> str:
    """Events that fit."""
    return _asked(SEARCH, asked)


def network(**asked: str | int | None) -> str:
    """Who engages whom."""
    return _asked(NETWORK, asked)


def review(origin: str | None = None, **asked: str | int | None) -> str:
    """The queue, or one telling of it."""
    return _asked(_path("review", origin) if origin else REVIEW, asked)


def api(*parts: str, **asked: str | int | None) -> str:
    """A question to the API."""
    return _asked(_path("api", "v1", *parts), asked)


@cache
def static(path: str) -> str:
    """A file that is shipped, with a mark of what is in it, so that browsers may keep it for ever."""
    places = [files(package) / "static" / path for package in ("dragoman.web", "dragoman.show")]
    data = next(place for place in places if place.is_file()).read_bytes()
    return f"/static/{path}?v={hashlib.sha256(data).hexdigest()[:12]}"
