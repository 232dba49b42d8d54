"""Filing: reports from wherever they are into a record, batch by batch, with what went wrong named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from sqlalchemy import select

from dragoman.domain import Finding, Maker, Reading, Report
from dragoman.intake import Refused, Source, Taken
from dragoman.reading.parse import DEFAULT_MODEL
from dragoman.reading.pool import Outcome, read_batches
from dragoman.reading.reader import Draft, maker
from dragoman.record import tables
from dragoman.record.adding import add, known
from dragoman.record.rows import report_id, unbody
from dragoman.record.store import Record

BATCH = 512  # reports that are read and kept together,
READ = 128 << 10  # or so many characters of them,
HELD = 16 << 20  # or so many bytes of what they were taken from
STORED = 64  # reports that are taken out of the record together
OF_INTAKE = frozenset({"encoding", "mojibake", "published"})  # kinds of findings
Step = Callable[[int, int], None]  # reports done, bytes done
Refuse = Callable[[Refused], None]


@dataclass(slots=True)
class Filed:
    """What came of filing."""

    read: int = 0
    skipped: int = 0
    events: int = 0
    copies: int = 0
    refused: list[Refused] = field(default_factory=list)


def file_reports(
    record: Record,
    items: Iterable[Taken | Refused],
    filed: Filed,
    *,
    published: str | None = None,
    model: str = DEFAULT_MODEL,
    gated: bool = True,
    again: bool = False,
    workers: int = 1,
    step: Step = lambda reports, size: None,
    refuse: Refuse = lambda one: None,
) -> Filed:
    """Read those reports that the record does not have and add them.

    Parameters
    ----------
    record
        Where they go.
    items
        Reports as `dragoman.intake.collect` gives them.
    filed
        Is counted up as batches are kept, so that it holds when this is stopped.
    published
        Day of publication for reports that bear none.
    model, gated, workers
        As in `dragoman.reading.pool.read_batches`.
    again
        Read reports too that another reader, lexicon or model read last; the new reading supersedes.
    step, refuse
        Are told of progress, and of each report that is refused.
    """
    pending: list[list[Taken]] = []

    def batches() -> Iterator[Sequence[Draft]]:
        for items_of in _batched(items):
            for one in items_of:
                if isinstance(one, Refused):
                    filed.refused.append(one)
                    refuse(one)
            taken = [one for one in items_of if isinstance(one, Taken)]
            new = _new(record, taken, published, maker(model) if again else None)
            filed.skipped += len(taken) - len(new)
            step(len(items_of) - len(new), sum(one.size for one in items_of) - sum(one.size for one in new))
            if new:
                pending.append(new)
                yield [draft_of(one, published) for one in new]

    with closing(read_batches(batches(), model=model, gated=gated, workers=workers)) as read:
        for outcomes in read:
            _keep(record, pending.pop(0), outcomes, filed, step, refuse)
    return filed


def _keep(
    record: Record, taken: Sequence[Taken], outcomes: Sequence[Outcome], filed: Filed, step: Step, refuse: Refuse
) -> None:
    """Add what was read of one batch."""
    made: list[tuple[Reading, str]] = []
    sources: dict[str, Source] = {}
    for one, outcome in zip(taken, outcomes, strict=True):
        if isinstance(outcome, str):
            filed.refused.append(Refused(one.origin, outcome))
            refuse(filed.refused[-1])
        else:
            made.append((outcome, one.origin))
            if one.source:
                sources[report_id(outcome.report)] = one.source
    if made:
        added = add(record, made, sources=sources)
        filed.read += added.readings
        filed.skipped += added.skipped
        filed.events += added.events
        filed.copies += added.copies
    step(len(taken), sum(one.size for one in taken))


def _batched(items: Iterable[Taken | Refused]) -> Iterator[list[Taken | Refused]]:
    batch: list[Taken | Refused] = []
    read = held = 0
    for one in items:
        batch.append(one)
        if isinstance(one, Taken):
            read += len(one.text)
            held += len(one.source.data) if one.source else 0
        if len(batch) == BATCH or read > READ or held > HELD:
            yield batch
            batch, read, held = [], 0, 0
    if batch:
        yield batch


def draft_of(one: Taken, published: str | None) -> Draft:
    """The report's own day of publication goes before the one given for reports that bear none."""
    return Draft.of(one, None if one.published else published)


def stored_reports(record: Record) -> Iterator[Taken]:
    """All reports of the record, to be read again."""
    columns, last = tables.report.c, ""
    while True:
        with record.asking() as connection:
            found = connection.execute(
                select(tables.report).where(columns.id > last).order_by(columns.id).limit(STORED)
            ).all()
        if not found:
            return
        last = found[-1].id
        for row in found:
            findings, author = _of_intake(record, row.id, row.text)
            yield Taken(
                row.origin,
                row.text,
                row.published,
                row.title,
                row.outlet,
                row.url,
                len(row.text),
                dated_by=row.dated_by,
                findings=findings,
                author=author,
            )


def _of_intake(record: Record, report: str, text: str) -> tuple[tuple[Finding, ...], str | None]:
    """What the intake noticed, and who it says wrote it: only the bytes of the report tell that anew."""
    columns = tables.reading.c
    with record.asking() as connection:
        body = connection.scalar(
            select(columns.body).where(columns.report_id == report).order_by(columns.id.desc()).limit(1)
        )
    if not body:
        return (), None
    found = unbody(body, text)
    return tuple(one for one in found.findings if one.kind in OF_INTAKE), found.report.author


def _new(record: Record, taken: Sequence[Taken], published: str | None, newer: Maker | None) -> list[Taken]:
    """Those that the record does not have, each once; with `newer`, those too that something else read last."""
    ids = {_id(one, published): one for one in taken}
    there = known(record, list(ids), newer)
    return [one for report, one in ids.items() if report not in there]


def _id(one: Taken, published: str | None) -> str:
    draft = draft_of(one, published)
    return report_id(
        Report(
            id="",
            title=draft.title,
            outlet=draft.outlet,
            url=draft.url,
            published=draft.published,
            language=draft.language,
            text=one.text,
        )
    )
