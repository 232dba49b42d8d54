"""The lexicon: the language knowledge, as data that a political scientist can edit.

The files stand in ``data/``: YAML for entries with structure, CSV for tables.  Each stage asks for its own file and
converts it to its own types; nothing but this module knows where the files are.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import yaml

T = TypeVar("T")
DATA = files("dragoman.lexicon") / "data"


def entries(name: str, kind: type[T]) -> T:
    """Read one YAML file of the lexicon as `kind`.

    Raises
    ------
    dragoman.lexicon.BadLexicon
        When the file does not fit `kind`; the message names the file and the place in it.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw: Any = yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=loader)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise BadLexicon(f"lexicon file {name}: {error}") from None


def table(name: str) -> list[dict[str, str]]:
    """Read one CSV file of the lexicon; a cell with several values separates them by ``|``."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def digest() -> str:
    """Digest of all files of the lexicon, in name order (SHA-256, 16 hexadecimal digits)."""
    whole = hashlib.sha256()
    for file in sorted(DATA.iterdir(), key=lambda item: item.name):
        if file.is_file():
            whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:16]


class BadLexicon(ValueError):  # noqa: N818
    """A file of the lexicon is not as it should be."""
