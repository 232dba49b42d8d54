"""Kinds: every kind of event that the lexicon knows, with its PLOVER types."""

from __future__ import annotations

from functools import cache

from dragoman.reading.frames import frames


@cache
def types() -> dict[str, tuple[str, ...]]:
    """The types that each kind can have, the usual one first (what is agreed on can be of another)."""
    found: dict[str, dict[str, None]] = {}
    acts = {frame.rule: frame.act for frame in frames().all}
    for act in acts.values():
        found.setdefault(act.kind, {})[act.type] = None
    for act in acts.values():
        if act.agreed:
            found[act.kind][act.agreed] = None
        for turned in (act.denied, act.requested, act.conditional):
            if turned is not None:
                found.setdefault(turned.kind, {})[turned.type] = None
    return {kind: tuple(types) for kind, types in sorted(found.items())}
