"""Resolve what a user typed (a name, a demonym, a code, a capital) to an entity."""

from __future__ import annotations

from functools import cache

from dragoman.reading.names import tables
from dragoman.reading.names.atlas import catalogue, polity_of_capital
from dragoman.reading.names.index import index
from dragoman.reading.names.namesakes import several


@cache
def _keys() -> dict[str, tuple[str, ...]]:
    """Every name and code in lower case, with what it may stand for."""
    keys: dict[str, tuple[str, ...]] = {}
    known = index()
    for name, senses in zip(known.names, known.senses, strict=True):
        keys.setdefault(name.lower(), tuple(sense.entity for sense in senses))
    for polity in tables.polities().values():
        for code in (polity.id, polity.iso2):
            if code and code.lower() not in keys:
                keys[code.lower()] = (polity.id,)
    for id in catalogue():
        keys.setdefault(id.lower(), (id,))
    return keys


def resolve(text: str) -> str | None:
    """The id of the entity of that name, demonym, id, ISO 3166 code or capital, in any case; None when unknown.

    A capital is its polity.  Nothing is matched loosely: `suggestions` has what is spelled alike.  A name with
    several bearers is None too, unless one of them is the usual one.
    """
    wanted = " ".join(text.split())
    polity = tables.polities().get(wanted.upper()) if len(wanted) == 3 else None
    if polity is not None:
        return polity.id
    lower = wanted.lower()
    spelled = (lower.removeprefix("the "), lower, lower.replace("-", " "))  # "south-sudan", as ids are written
    ids = next((found for one in spelled if (found := _keys().get(one))), ())
    if len(ids) > 1:
        told = next((one for name, one in several().items() if name.lower() == wanted.lower()), None)
        ids = (told.usual,) if told and told.usual else () if told else ids[:1]
    if not ids:
        return None
    return polity_of_capital(ids[0]) or ids[0]


def suggestions(text: str, limit: int = 3) -> list[str]:
    """Known names spelled like `text`, the nearest first, or its bearers where it has several.

    For the message about a name that `resolve` does not settle.
    """
    from rapidfuzz import fuzz, process

    bearers = _keys().get(text.lower(), ())
    if len(bearers) > 1:
        return [catalogue()[id].name for id in bearers]
    near = process.extract(text.lower(), list(_keys()), scorer=fuzz.ratio, limit=limit, score_cutoff=70)
    return [_shown(name) for name, _, _ in near]


def _shown(name: str) -> str:
    known = catalogue()
    ids = _keys()[name]
    return known[ids[0]].name if len(ids) == 1 and ids[0] in known else name


def capital_of(name: str) -> str | None:
    """The polity whose capital has that place id or name ("kabul", "Kiev"), or None."""
    ids = (name, *_keys().get(name.lower(), ()))
    return next((polity for id in ids if (polity := polity_of_capital(id))), None)
