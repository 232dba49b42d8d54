"""Inflection: the forms in which the words of the lexicon stand in a text, before any parse tells their lemmas."""

from __future__ import annotations

from dragoman.reading.offices import plural
from dragoman.reading.syntax import irregular

VOWELS = frozenset("aeiou")
SIBILANTS = ("s", "x", "z", "ch", "sh", "o")


def noun_forms(lemma: str) -> frozenset[str]:
    """Singular and plural."""
    other = lemma[:-2] + "a" if lemma.endswith("um") else lemma + ("es" if lemma.endswith("o") else "s")
    return frozenset({lemma, plural(lemma), other})


def verb_forms(lemma: str) -> frozenset[str]:
    """The base, the third person, past and participles; a doubled consonant where there can be one."""
    forms = {lemma, *irregular().get(lemma, ())}
    if lemma.endswith("e"):
        forms |= {lemma + "s", lemma + "d", lemma[:-1] + "ing", lemma + "ing"}
    elif lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        forms |= {lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    else:
        forms |= {lemma + ("es" if lemma.endswith(SIBILANTS) else "s"), lemma + "ed", lemma + "ing"}
        if lemma[-2:-1] in VOWELS and lemma[-1] not in VOWELS | {"w", "x", "y"}:
            forms |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    return frozenset(forms)
