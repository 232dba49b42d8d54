"""The commands that keep a record: `dragoman add`, `diff`, `verify` and `rebuild`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.domain import BadInput
from dragoman.record.options import (
    DEFAULT,
    SECONDS,
    DateColumn,
    Delay,
    Loopback,
    OutletColumn,
    RecordOption,
    TextColumn,
    TitleColumn,
    UrlColumn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from dragoman.intake import Columns, Refused, Taken
    from dragoman.record.diff import Compared
    from dragoman.record.filing import Filed, Refuse, Step

SOME_REFUSED = 3  # exit code: the rest was added
UNSOUND = 4  # exit code of verify
FIRST = 20  # faults that are shown


class Shape(StrEnum):
    """How answers are printed."""

    TABLE = "table"
    JSON = "json"


def add(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH…", help="Files, folders, addresses, or - for standard input.")
    ] = None,
    record: RecordOption = DEFAULT,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication for reports that bear none.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read side by side.")] = 1,
    again: Annotated[
        bool,
        typer.Option("--again", help="Read anew what another reader or lexicon read; without PATH, all the record."),
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Parse reports too whose words can tell no diplomatic act.")
    ] = False,
    model: Annotated[str | None, typer.Option(help="Name of an installed spaCy model.")] = None,
    ray: Annotated[
        str | None,
        typer.Option(metavar="local|ADDRESS", help="Read on a Ray cluster, or one of this machine's."),
    ] = None,
    readings: Annotated[
        str, typer.Option(metavar="FOLDER", help="With --ray: where Parquet readings are kept; all workers reach it.")
    ] = "readings",
    text_column: TextColumn = None,
    date_column: DateColumn = None,
    title_column: TitleColumn = None,
    outlet_column: OutletColumn = None,
    url_column: UrlColumn = None,
    delay: Delay = SECONDS,
    allow_loopback: Loopback = False,
) -> None:
    """Read reports into a record; what is there already is skipped, so that a run can be taken up again.

    A report that cannot be read is named with its reason and does not stop the rest: then the exit code is 3.
    """
    if not paths and not again:
        raise BadInput("name what to add: files, folders, or - for standard input")
    from dragoman.intake import Columns, Fetcher, collect, total_size
    from dragoman.record.filing import Filed

    filed = Filed()
    columns = Columns(text_column, date_column, title_column, outlet_column, url_column)
    fetcher = Fetcher(allow_loopback=allow_loopback, delay=delay)
    items = collect(paths, columns=columns, fetcher=fetcher) if paths else None
    size = total_size(paths) if paths else None
    try:
        if ray is not None:
            _add_archive(
                paths or [], record, filed, ray, readings, columns, published=published, every=every, model=model
            )
        else:
            _file(
                items, size, record, filed, published=published, workers=workers, again=again, every=every, model=model
            )
    except BaseException as error:
        if filed.read or isinstance(error, KeyboardInterrupt):
            typer.echo(_summary(filed, record))
        raise
    typer.echo(_summary(filed, record))
    if filed.refused:
        raise typer.Exit(SOME_REFUSED)


def _file(
    items: Iterator[Taken | Refused] | None,
    size: int | None,
    where: str,
    filed: Filed,
    *,
    published: str | None,
    workers: int,
    again: bool,
    every: bool,
    model: str | None,
) -> None:
    from dragoman.reading.parse import DEFAULT_MODEL
    from dragoman.record.filing import file_reports, stored_reports
    from dragoman.record.standing.command import day
    from dragoman.record.store import Record

    published = day("--published", published)
    opened = Record(where, create=items is not None)
    try:
        with _progress(size) as (step, name):
            file_reports(
                opened,
                stored_reports(opened) if items is None else items,
                filed,
                published=published,
                model=model or DEFAULT_MODEL,
                gated=not every,
                again=again,
                workers=workers,
                step=step,
                refuse=name,
            )
    finally:
        opened.close()


def _add_archive(
    paths: Sequence[str],
    where: str,
    filed: Filed,
    address: str,
    readings: str,
    columns: Columns,
    *,
    published: str | None,
    every: bool,
    model: str | None,
) -> None:
    if not paths:
        raise BadInput("--ray reads archives: name their files or folders")
    try:
        from dragoman.cluster.archive import add_archive
        from dragoman.cluster.readings import Options
        from dragoman.cluster.units import units
    except ImportError as error:
        raise BadInput(f"--ray takes the extra cluster (pip install 'dragoman[cluster]'): {error}") from None
    from dragoman.reading.parse import DEFAULT_MODEL
    from dragoman.record.standing.command import day
    from dragoman.record.store import Record

    given = day("--published", published)
    options = Options(model or DEFAULT_MODEL, gated=not every, published=given, columns=columns)
    cut = list(units(paths, columns=columns))
    opened = Record(where, create=True)
    try:
        with _progress(sum(one.size for one in cut)) as (step, name):
            told = add_archive(opened, cut, readings, options, address=address, step=step)
            for one in told.refused:
                name(one)
    finally:
        opened.close()
    filed.read, filed.events, filed.refused = told.loaded, told.events, told.refused
    filed.skipped = told.reports - told.loaded


def _progress(size: int | None) -> AbstractContextManager[tuple[Step, Refuse]]:
    """A bar on standard error with rate and time left; by bytes where they are known."""
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False, soft_wrap=True)

    @contextmanager
    def shown() -> Iterator[tuple[Step, Refuse]]:
        columns = (
            TextColumn("reading"),
            BarColumn(),
            TextColumn("{task.fields[reports]} reports, {task.fields[rate]:.1f}/s"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("reading", total=size, reports=0, rate=0.0)
            done = 0

            def step(reports: int, read: int) -> None:
                nonlocal done
                done += reports
                elapsed = progress.tasks[0].elapsed or 0.0
                progress.update(task, advance=read, reports=done, rate=done / elapsed if elapsed else 0.0)

            def name(one: Refused) -> None:
                console.print(f"dragoman: {one.origin}: {one.reason}", markup=False)

            yield step, name

    return shown()


def _summary(filed: Filed, where: str) -> str:
    parts = [f"{_count(filed.read, 'report')} read into {where}, {_count(filed.events, 'event')} told"]
    parts += [f"{_count(filed.copies, 'copy', 'copies')} of others among them"] if filed.copies else []
    parts += [f"{filed.skipped} skipped that are there already"] if filed.skipped else []
    parts += [f"{len(filed.refused)} refused"] if filed.refused else []
    return "; ".join(parts)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def diff(
    report: Annotated[str | None, typer.Argument(help="A report's id; all that were read again without.")] = None,
    before: Annotated[
        str | None, typer.Option("--from", metavar="LEXICON", help="Digest of the lexicon of the earlier reading.")
    ] = None,
    after: Annotated[
        str | None, typer.Option("--to", metavar="LEXICON", help="Digest of the lexicon of the later reading.")
    ] = None,
    format: Annotated[Shape, typer.Option(help="table, or json: a line for each report.")] = Shape.TABLE,
    record: RecordOption = DEFAULT,
) -> None:
    """What a newer reading changed: events that came, went or became others."""
    from dragoman.record.diff import compare
    from dragoman.record.store import Record

    opened = Record(record)
    try:
        with opened.asking() as connection:
            found = list(compare(connection, report, before, after))
    finally:
        opened.close()
    if format is Shape.JSON:
        import msgspec

        for one in found:
            typer.echo(msgspec.json.encode(one).decode())
        return
    for one in found:
        _show_diff(one)
    changed = sum(len(one.changed) for one in found)
    typer.echo(f"{_count(len(found), 'report')} read more than once; {_count(changed, 'event')} differ")


def _show_diff(one: Compared) -> None:
    if not one.changed:
        return
    typer.echo(f"{one.report}  {one.title}\n  from {one.made_before}\n  to   {one.made_after}")
    marks = {"new": "+", "gone": "-", "changed": "~"}
    for change in one.changed:
        typer.echo(f"  {marks[change.what]} {change.origin}  {change.kind}  “{change.quote}”")
        for name, (was, now) in change.fields.items():
            typer.echo(f"      {name}: {was or 'nothing'} → {now or 'nothing'}")


def verify(record: RecordOption = DEFAULT) -> None:
    """Recheck the seals and every span, in the text and in the bytes it came from; exit code 4 where one fails."""
    from dragoman.record.store import Record
    from dragoman.record.verify import verify as verified

    opened = Record(record)
    try:
        found = verified(opened)
    finally:
        opened.close()
    for fault in found.faults[:FIRST]:
        typer.echo(f"dragoman: {fault}", err=True)
    if len(found.faults) > FIRST:
        typer.echo(f"dragoman: and {len(found.faults) - FIRST} more", err=True)
    kept = f"{found.traced} of them in the {_count(found.originals, 'original')} kept"
    typer.echo(
        f"{_count(found.reports, 'report')}, {_count(found.readings, 'reading')}, {_count(found.seals, 'seal')}: "
        + (_count(len(found.faults), "fault") if found.faults else f"all {found.spans} spans hold, {kept}")
    )
    if found.faults:
        raise typer.Exit(UNSOUND)


def rebuild(record: RecordOption = DEFAULT) -> None:
    """Make the index of a record anew out of its ledger: after a change of the rules of merging or standing."""
    from dragoman.record.indexing import rebuild as rebuilt
    from dragoman.record.store import Record

    opened = Record(record)
    try:
        typer.echo(f"{_count(rebuilt(opened), 'telling')} filed anew")
    finally:
        opened.close()
