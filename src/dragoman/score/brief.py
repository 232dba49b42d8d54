"""The brief: a report read by hand, its events, claims, checks and standing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.domain import Claim, Reading
from dragoman.score.answers import Brief
from dragoman.score.brief_events import LEAST, judge_events
from dragoman.score.names import Names
from dragoman.score.outcome import Case, Judged, Slip, added, context
from dragoman.score.spans import Stretch, places, shared, shorter_share
from dragoman.score.standing import standing
from dragoman.score.tally import Tally, share


def judge(gold: Brief, reading: Reading) -> Case:
    """Judge events, claims, checks, and what of the standing follows from the events of this report alone."""
    tallies: list[tuple[str, Tally]] = []
    slips: list[Slip] = []
    for name, tally, slip in (
        *judge_events(gold, reading),
        *_claims(gold, reading),
        *_checks(gold, reading),
        *standing(gold.standing, reading),
    ):
        tallies.append((name, tally))
        slips += [slip] if slip else []
    return Case(gold.report, added(tallies), tuple(slips))


def _claims(gold: Brief, reading: Reading) -> Iterator[Judged]:
    text, names = reading.report.text, Names(reading)
    quotes = {one.id: one.quote for one in gold.events}
    used: set[Claim] = set()
    for one in gold.claims:
        wanted = places(text, quotes.get(one.content, one.content))
        where = context(text, *wanted[0]) if wanted else one.content

        near = [claim for claim in reading.claims if _near(claim, wanted)]
        said = [claim for claim in near if names.speaks(claim.source, claim.source_span, one.source)]
        used.update(said or near)
        missed = Slip("missed", "claim", where, f"{one.id}: {one.source}")
        yield "claims", share(bool(near)), None if near else missed
        if near:
            read = ", ".join(f"{each.source}" for each in near)
            wrong = Slip("wrong", "claim's source", where, f"wanted {one.source}, read {read}")
            yield "claims' sources", share(bool(said)), None if said else wrong
    for claim in reading.claims:
        if claim not in used:
            where = context(text, claim.content.start, claim.content.end)
            yield "claims", share(0, 0), Slip("other", "claim that no gold claim overlaps", where, f"{claim.source}")


def _near(claim: Claim, wanted: Sequence[Stretch]) -> bool:
    return any(shorter_share([(claim.content.start, claim.content.end)], [each]) >= LEAST for each in wanted)


def _checks(gold: Brief, reading: Reading) -> Iterator[Judged]:
    text, findings = reading.report.text, reading.findings
    used = set()
    for one in gold.checks:
        quotes = places(text, one.quote)
        there = [
            i
            for i, each in enumerate(findings)
            if each.kind == one.kind and (not one.quote or shared([(each.start, each.end)], quotes))
        ]
        used.update(there)
        right = [i for i in there if not one.verdicts or findings[i].verdict in one.verdicts]
        cause = f"check: {one.kind}, another verdict" if there else f"check: {one.kind}"
        where = context(text, *quotes[0]) if quotes else one.verdict
        yield "checks", share(bool(right)), None if right else Slip("missed", cause, where, one.id)
    for i, each in enumerate(findings):
        if i not in used:
            where = context(text, each.start, each.end)
            yield "checks", share(0, 0), Slip("other", f"finding: {each.kind}, {each.verdict}", where, each.why)
