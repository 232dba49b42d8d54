"""Whole: files that are written whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.domain import BadInput


@contextmanager
def whole(output: Path) -> Iterator[Path]:
    """A path to write to, whose file takes the place of `output` when all is written; a link is followed.

    Raises
    ------
    BadInput
        When that is a folder or a device, or cannot be written.
    """
    if output == Path("-"):
        raise BadInput("-: name a file to write to")
    if output.is_dir():
        raise BadInput(f"{output}: is a folder")
    if output.exists() and not output.is_file():
        raise BadInput(f"{output}: is no file")  # a device: it would be gone
    target = output.resolve()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            made = Path(folder) / target.name
            yield made
            made.replace(target)
    except OSError as error:
        raise BadInput(f"{output}: cannot be written: {error.strerror}") from None
