"""Checks: what a report says that can be verified without asking anybody."""

from __future__ import annotations

from dragoman.checks.counts import counts
from dragoman.checks.dates import dates
from dragoman.checks.distances import distances
from dragoman.checks.evidence import Evidence
from dragoman.checks.numbers import numbers
from dragoman.checks.references import references
from dragoman.domain import Finding

__all__ = ["Evidence", "check"]


def check(evidence: Evidence) -> list[Finding]:
    """Run every check on what was read of one report."""
    return [finding for one in (counts, distances, dates, references, numbers) for finding in one(evidence)]
