"""References: pronouns and "the same day" that nothing before them settles."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.checks.evidence import Evidence
from dragoman.domain import Finding, Verdict

PERSONAL = frozenset({"he", "him", "his", "she", "her"})


def references(evidence: Evidence) -> Iterator[Finding]:
    """Personal pronouns and anaphoric times without one clear antecedent."""
    for one in evidence.cast.references:
        if one.form != "pronoun" or not one.reason:
            continue
        if evidence.text[one.start : one.end].lower() not in PERSONAL:
            continue
        who = ", ".join(evidence.name(each) for each in one.candidates or ())
        why = one.reason + (f": {who}" if who else "")
        verdict: Verdict = "ambiguous" if one.candidates else "unresolved"
        yield evidence.finding("unresolved-reference", verdict, one.start, one.end, why)
    for time in evidence.times:
        if time.anchor == "previous" and time.status != "resolved":
            among = f" (possibly {', '.join(time.candidates)})" if time.candidates else ""
            yield evidence.finding(
                "unresolved-reference",
                "ambiguous" if time.candidates else "unresolved",
                time.at.start,
                time.at.end,
                (time.reason or "nothing before it says which day") + among,
            )
