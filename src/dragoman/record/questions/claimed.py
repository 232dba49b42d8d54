"""Claims and findings: who says what, and what the checks noticed."""

from __future__ import annotations

from typing import Any, get_args

from sqlalchemy import Select, func, select, tuple_

from dragoman.domain import BadInput, Verdict
from dragoman.record import tables
from dragoman.record.questions.answers import ClaimLine, ClaimPage, FindingLine, FindingPage
from dragoman.record.questions.filters import among, cursor, first_day, last_day, paged, place_of
from dragoman.record.questions.lines import names
from dragoman.record.questions.listing import PAGE
from dragoman.record.questions.who import who
from dragoman.record.store import Record

GATE = "gate"


def claims(
    record: Record,
    *,
    speaker: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = PAGE,
    after: str | None = None,
) -> ClaimPage:
    """A page of claims, latest first.

    Parameters
    ----------
    speaker
        Who says it: any common name or id, or the words by which reports name them.
    since, until
        Days, months or years in which it was said (that of publication where no other is told).
    limit, after
        How many, 1 to 1000, and the `next` of the page before.

    Raises
    ------
    BadInput
        When one of them cannot be.
    """
    claim, report = tables.claim, tables.report
    start, end, place = first_day("since", since), last_day("until", until), place_of(after)
    asked: Select[Any] = (
        select(claim, report.c.outlet)
        .join(report, report.c.id == claim.c.report_id)
        .where(claim.c.superseded_at.is_(None))
        .order_by(claim.c.day.desc(), claim.c.num.desc())
        .limit(paged(limit) + 1)
    )
    asked = asked.where(*([claim.c.day >= start] if start else []), *([claim.c.day <= end] if end else []))
    if place is not None:
        asked = asked.where(tuple_(claim.c.day, claim.c.num) < tuple_(*place))
    with record.asking() as connection:
        if speaker is not None:
            words = select(claim.c.num).where(func.lower(claim.c.speaker_text) == func.lower(speaker)).limit(1)
            try:
                asked = asked.where(claim.c.speaker.in_(who(connection, speaker).ids))
            except BadInput:
                if connection.scalar(words) is None:
                    raise
                asked = asked.where(func.lower(claim.c.speaker_text) == func.lower(speaker))
        rows = connection.execute(asked).all()
        shown = rows[:limit]
        called = names(connection, {row.speaker for row in shown if row.speaker})
    found = tuple(
        ClaimLine(
            speaker=row.speaker,
            name=called.get(row.speaker, row.speaker) if row.speaker else row.speaker_text or "nobody named",
            cue=row.cue,
            manner=row.manner,
            day=row.day,
            quote=row.quote,
            start=row.start,
            end=row.end,
            report=row.report_id,
            outlet=row.outlet,
        )
        for row in shown
    )
    more = cursor(shown[-1].day, shown[-1].num) if len(rows) > limit else None
    return ClaimPage(claims=found, next=more)


def findings(
    record: Record,
    *,
    kind: str | None = None,
    verdict: str | None = None,
    report: str | None = None,
    limit: int = PAGE,
    after: str | None = None,
) -> FindingPage:
    """A page of findings, the last added first.

    Parameters
    ----------
    kind, verdict
        Only those of this kind (such as ``distance``) or verdict (such as ``inconsistent``).  Without a kind, those
        of the gate are left out: they say of most reports of an archive that nothing diplomatic is told.
    report
        Only those of the report of that id.
    limit, after
        How many, 1 to 1000, and the `next` of the page before.

    Raises
    ------
    BadInput
        When one of them cannot be.
    """
    columns = tables.finding.c
    place = place_of(after)
    among("verdict", [verdict] if verdict is not None else [], get_args(Verdict))
    asked: Select[Any] = (
        select(tables.finding, tables.report.c.outlet, tables.report.c.published)
        .join(tables.report, tables.report.c.id == columns.report_id)
        .where(columns.superseded_at.is_(None))
        .order_by(columns.num.desc())
        .limit(paged(limit) + 1)
    )
    given = {columns.kind: kind, columns.verdict: verdict, columns.report_id: report}
    asked = asked.where(*(column == value for column, value in given.items() if value is not None))
    if kind is None and report is None:
        asked = asked.where(columns.kind != GATE)
    if place is not None:
        asked = asked.where(columns.num < place[1])
    with record.asking() as connection:
        rows = connection.execute(asked).all()
    shown = rows[:limit]
    found = tuple(
        FindingLine(
            kind=row.kind,
            verdict=row.verdict,
            quote=row.quote,
            start=row.start,
            end=row.end,
            why=row.why,
            report=row.report_id,
            outlet=row.outlet,
            published=row.published,
        )
        for row in shown
    )
    more = cursor("", shown[-1].num) if len(rows) > limit else None
    return FindingPage(findings=found, next=more)
