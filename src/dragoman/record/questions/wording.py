"""Wording: an event of the record as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.record.questions.answers import Part
from dragoman.show.phrases import act, listed, owned, told


def sentence(
    kind: str, modality: str, polarity: str, actors: Sequence[Part], targets: Sequence[Part], about: Sequence[Part]
) -> str:
    """Who did what to whom."""
    target = listed([_named(one) for one in targets]) if targets else None
    done = act(kind, modality, polarity, target)
    if about:
        done += f" {listed([_named(one) for one in about])}"
    return told(kind, polarity, listed([_named(one) for one in actors]) if actors else None, done, target)


def _named(one: Part) -> str:
    if one.entity is None and one.office:
        return f"{one.who_name}’s {owned(one.office)}" if one.who_name else f"the {one.office}"
    name = one.name or one.who_name
    if name is None:
        return "somebody not settled"
    office = one.office if one.office and one.office.lower() not in name.lower() else None
    polity = one.who_name if one.who != one.entity else None
    aside = ", ".join(part for part in (polity, office) if part)
    return f"{name} ({' '.join(aside.split())})" if aside else name
