"""The command: `dragoman score`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

GOLD = Path("../shared/gold")
CASES = Path("tests/cases/acts")
MARK = "score"
WIDE = 120  # characters, where the output is no terminal


class Stage(StrEnum):
    """A stage that can be scored alone."""

    TIMES = "times"


def score(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help=f"Gold files and folders; without any, {GOLD} and {CASES} where they are."),
    ] = None,
    task: Annotated[
        list[str] | None, typer.Option(help="Score only tasks whose name begins so; may be repeated.")
    ] = None,
    stage: Annotated[Stage | None, typer.Option(help="Score one stage alone, on the tasks that fit it.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Take so many cases of each file.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Show what went wrong in context, by cause.")] = False,
    against: Annotated[Path | None, typer.Option(help="Compare with the JSON of an earlier run.")] = None,
    bootstrap: Annotated[int, typer.Option(min=0, help="Rounds of the bootstrap over cases, for 95 % intervals.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    write: Annotated[
        Path | None, typer.Option(help=f"Refresh the table between <!-- {MARK} --> and <!-- /{MARK} --> in it.")
    ] = None,
) -> None:
    """Score readings against gold cases: precision, recall and F1 of each task."""
    from rich.console import Console

    from dragoman.score import summary, table
    from dragoman.score.gold import tasks
    from dragoman.score.run import scored

    before = summary.earlier(against) if against else {}
    given = paths or [path for path in (GOLD, CASES) if path.exists()] or [GOLD]
    chosen = tasks(given, only=tuple(task or ()), limit=limit, times_alone=stage is Stage.TIMES)
    outcomes = scored(chosen, Console(stderr=True), times_alone=stage is Stage.TIMES)
    summaries = [summary.summary(one, bootstrap, errors) for one in outcomes]
    if write is not None:
        table.replace(write, MARK, table.markdown(summaries))
    if as_json:
        typer.echo(summary.encoded(summaries))
        return
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    table.show(console, summaries, before)
    if errors:
        table.show_slips(console, summaries)
