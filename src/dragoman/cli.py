"""The command line: a thin layer over the package."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cluster.command import sql
from dragoman.domain import BadInput
from dragoman.export.command import export
from dragoman.record import command as record
from dragoman.record.questions import command as questions
from dragoman.record.review.command import review
from dragoman.record.standing.command import standing
from dragoman.score.command import score
from dragoman.watch.command import watch
from dragoman.web.command import serve, users
from dragoman.whole import whole

if TYPE_CHECKING:
    from dragoman.domain import Reading

STOPPED = 130  # exit code of what is interrupted (128 + SIGINT)
app = typer.Typer(
    name="dragoman",
    help="Reads news reports and keeps the diplomatic record, every fact tied to the text that supports it.",
    add_completion=False,
    rich_markup_mode=None,  # rich takes 0.2 s to load, and help should not wait
    pretty_exceptions_enable=False,
)
COMMANDS: tuple[Callable[..., None], ...] = (
    score,
    record.add,
    watch,
    record.diff,
    record.verify,
    record.rebuild,
    standing,
    serve,
    sql,
    questions.events,
    questions.show,
    questions.timeline,
    questions.people,
    questions.claims,
    questions.findings,
    questions.cite,
    review,
    export,
)
for _one in COMMANDS:
    app.command()(_one)
app.add_typer(users)


class Format(StrEnum):
    """How a reading is shown."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dragoman {version('dragoman')}")
        raise typer.Exit


@app.callback()
def _options(
    shown: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read diplomacy out of news."""


@app.command()
def read(
    where: Annotated[str | None, typer.Argument(help="A file, an address, or - for standard input.")] = None,
    example: Annotated[
        bool, typer.Option("--example", help="Read the report that is shipped as the example.")
    ] = False,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication, such as 2022-07-26.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to show the reading.")] = Format.TERMINAL,
    model: Annotated[str | None, typer.Option(help="Name of an installed spaCy model.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of showing.")] = None,
) -> None:
    """Read one report: who did what to whom, when, where, and who says so."""
    if bool(where) == example:
        raise BadInput("name a report to read (a file, an address or -), or ask for --example")
    reading = _reading(where, published, model)
    if output is None and format is Format.TERMINAL:
        _print(reading)
        return
    shown = _rendered(reading, format)
    if output is None:
        typer.echo(shown, nl=not shown.endswith("\n"))
    else:
        with whole(output) as made:
            made.write_text(shown, encoding="utf-8", errors="surrogatepass")


def _reading(where: str | None, published: str | None, model: str | None) -> Reading:
    from dragoman.examples import BRIEF
    from dragoman.intake import load
    from dragoman.reading.parse import DEFAULT_MODEL
    from dragoman.reading.reader import Draft, read_all
    from dragoman.reading.reader import read as read_report

    if not where:
        return read_report(BRIEF.read_bytes(), published, model=model or DEFAULT_MODEL)
    return next(read_all([Draft.of(load(where), published)], model=model or DEFAULT_MODEL))


def _print(reading: Reading) -> None:
    from rich.console import Console

    from dragoman.show.terminal import WIDTH, show

    console = Console(highlight=False)
    show(reading, console if console.is_terminal else Console(width=WIDTH, highlight=False))


def _rendered(reading: Reading, format: Format) -> str:
    if format is Format.HTML:
        from dragoman.show.page import page

        return page(reading)
    if format is Format.JSON:
        from dragoman.show.contract import encoded

        return encoded(reading)
    from io import StringIO

    from rich.console import Console

    from dragoman.show.terminal import WIDTH, show

    target = StringIO()
    show(reading, Console(file=target, width=WIDTH, highlight=False))
    return target.getvalue()


@app.command()
def schema() -> None:
    """Print the JSON Schema of a reading."""
    from dragoman.show.contract import schema as published

    typer.echo(published())


def main() -> None:
    """Run the command line; no traceback reaches a user unless DRAGOMAN_DEBUG is set."""
    if len(sys.argv) == 1:
        sys.argv.append("--help")
    try:
        code = app(standalone_mode=False) or 0
        if code == STOPPED:  # Typer takes the interrupt for itself
            raise KeyboardInterrupt
        sys.exit(code)
    except BadInput as error:
        _end(str(error), 2)
    except (KeyboardInterrupt, typer.Abort):
        _end("stopped", STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if hasattr(error, "format_message"):  # Typer's own errors of use share no public class
            _end(f"{error.format_message()} (see {_command(error)} --help)", 2)
        if os.environ.get("DRAGOMAN_DEBUG"):
            raise
        _end(
            f"unexpected {type(error).__name__} on {' '.join(sys.argv[1:])}: {error} (DRAGOMAN_DEBUG=1 shows where)", 1
        )


def _command(error: Exception) -> str:
    """The command that was used wrongly, as it is called."""
    names: list[str] = []
    context = getattr(error, "ctx", None)
    while context is not None and context.parent is not None:
        names.insert(0, context.info_name)
        context = context.parent
    return " ".join(["dragoman", *names])


def _end(message: str, code: int) -> None:
    print(f"dragoman: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)
