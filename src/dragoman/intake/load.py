"""Load: the one report in a file, at an address or from standard input."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path

from dragoman.domain import BadInput
from dragoman.intake.collection import collect
from dragoman.intake.fetch import ADDRESS, Fetcher
from dragoman.intake.files import shown
from dragoman.intake.source import Taken


def load(where: str, *, fetcher: Fetcher | None = None) -> Taken:
    """Take in one report, told by what it holds and not by its name.

    Parameters
    ----------
    where
        A path, an http or https address, or ``-`` for standard input.
    fetcher
        Fetches addresses; one of its own where none is given.

    Raises
    ------
    BadInput
        When there is no text to be had, or there are many reports; the message is one line that says what and where.
    """
    name = "standard input" if where == "-" else shown(where)
    if where != "-" and not ADDRESS.match(where):
        _there(where, name)
    with closing(collect([where], fetcher=fetcher)) as items:  # type: ignore[type-var]
        found = list(islice(items, 2))
    if not found:
        raise BadInput(f"{name}: holds no report")
    if len(found) > 1:
        raise BadInput(f"{name}: holds more than one report; dragoman add takes them all into a record")
    one = found[0]
    if isinstance(one, Taken):
        return one
    raise BadInput(one.reason if name in one.reason else f"{name}: {one.reason}")


def _there(where: str, name: str) -> None:
    try:
        if Path(where).is_dir():
            raise BadInput(f"{name}: is a directory, not a report")
        if not Path(where).exists():
            raise BadInput(f"{name}: no such file")
    except ValueError as error:
        raise BadInput(f"{name}: cannot be read ({error})") from None
