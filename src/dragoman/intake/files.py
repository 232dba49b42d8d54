"""Files: what a path leads to."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from dragoman.domain import BadInput


def shown(where: str) -> str:
    """A path or address as it is named to people, on one line whatever is in it."""
    return where if where.isprintable() else ascii(where)


def tree(path: Path) -> Iterator[Path]:
    """The file itself, or the files of a folder and its folders by name; hidden ones and links out of it are left."""
    if not path.is_dir():
        yield path
        return
    root = path.resolve()
    for inner in sorted(path.rglob("*")):
        if any(part.startswith(".") for part in inner.relative_to(path).parts):
            continue
        if inner.is_file() and inner.resolve().is_relative_to(root):
            yield inner


@contextmanager
def opened(file: str) -> Iterator[io.BufferedReader]:
    """Open a file, or standard input for ``-``."""
    if file == "-":
        if sys.stdin is None:  # closed by whoever began us
            raise BadInput("standard input: is closed")
        yield cast(io.BufferedReader, sys.stdin.buffer)
        return
    with Path(file).open("rb") as opening:
        yield opening
