"""The command `dragoman watch`."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.domain import BadInput
from dragoman.record.options import DEFAULT, SECONDS, Delay, Loopback, RecordOption


def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED…", help="Addresses of feeds or sitemaps.")],
    record: RecordOption = DEFAULT,
    every: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="Time from one cycle to the next.")] = 900.0,
    once: Annotated[bool, typer.Option("--once", help="Stop after one cycle.")] = False,
    all_reports: Annotated[
        bool, typer.Option("--all", help="Parse reports too whose words can tell no diplomatic act.")
    ] = False,
    model: Annotated[str | None, typer.Option(help="Name of an installed spaCy model.")] = None,
    delay: Delay = SECONDS,
    allow_loopback: Loopback = False,
) -> None:
    """Ask feeds again and again, and read what is new in them into a record; a line for each cycle.

    What was seen is remembered in the record.  SIGTERM stops it within 5 seconds, and nothing is lost.
    """
    from dragoman.intake import Fetcher
    from dragoman.intake.fetch import ADDRESS
    from dragoman.reading.parse import DEFAULT_MODEL
    from dragoman.record.store import Record
    from dragoman.watch.cycle import Watcher
    from dragoman.watch.service import Stopped, serve, stoppable

    for feed in feeds:
        if not ADDRESS.match(feed):
            raise BadInput(f"{feed}: is no address of a feed (http:// or https://)")

    def say(line: str) -> None:
        typer.echo(line)

    opened = Record(record, create=True)
    fetcher = Fetcher(allow_loopback=allow_loopback, delay=delay)
    try:
        with stoppable() as told:
            watcher = Watcher(opened, fetcher, model or DEFAULT_MODEL, gated=not all_reports)
            cycle = serve(watcher, list(dict.fromkeys(feeds)), every, say, told, once=once)
        if once and cycle.failed:
            raise typer.Exit(3)
    except Stopped:
        return
    finally:
        fetcher.close()
        opened.close()
