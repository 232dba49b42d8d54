"""Groups: the kinds of events as the lexicon's files gather them (contact, recognition, representation, …)."""

from __future__ import annotations

from functools import cache

from dragoman.reading.frames import frames
from dragoman.record.kinds import types


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """The kinds of each group, in the order of the lexicon's files."""
    found: dict[str, dict[str, None]] = {}
    for frame in frames().all:
        group = frame.rule.split("#")[0].rpartition("/")[2].removesuffix(".yaml")
        act = frame.act
        kinds = found.setdefault(group, {})
        kinds[act.kind] = None
        for turned in (act.denied, act.requested, act.conditional):
            if turned is not None:
                kinds[turned.kind] = None
    return {group: tuple(kind for kind in kinds if kind in types()) for group, kinds in sorted(found.items())}
