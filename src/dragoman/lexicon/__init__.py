"""The lexicon: the language knowledge, as data that a political scientist can edit.

The files stand in ``data/``: YAML for entries with structure, CSV for tables.  Each stage asks for its own file and
converts it to its own types; nothing but this module knows where the files are.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import IO, Any, TypeVar

import msgspec
import yaml

T = TypeVar("T")
DATA = files("dragoman.lexicon") / "data"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 booleans: in a lexicon of English, "on" and "no" are words."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def entries(name: str, kind: type[T]) -> T:
    """Read one YAML file of the lexicon as `kind`.

    Raises
    ------
    dragoman.lexicon.BadLexicon
        When the file does not fit `kind`; the message names the file and the place in it.
    """
    raw: Any = yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=_Loader)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise BadLexicon(f"lexicon file {name}: {error}") from None


def table(name: str) -> list[dict[str, str]]:
    """Read one CSV file of the lexicon; a cell with several values separates them by ``|``."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def opened(name: str) -> IO[bytes]:
    """Open a file of the lexicon that is no text."""
    return (DATA / name).open("rb")


@cache
def digest() -> str:
    """Digest of all files of the lexicon, in name order (SHA-256, 16 hexadecimal digits)."""
    whole = hashlib.sha256()
    for file in _files(DATA):
        whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:16]


def folder(name: str) -> list[str]:
    """The names of the YAML files in one folder of the lexicon, in order, as `entries` takes them."""
    return [f"{name}/{file.name}" for file in _files(DATA / name) if file.name.endswith(".yaml")]


def _files(place: Traversable) -> Iterator[Traversable]:
    for file in sorted(place.iterdir(), key=lambda item: item.name):
        if file.is_dir():
            yield from _files(file)
        else:
            yield file


class BadLexicon(ValueError):  # noqa: N818
    """A file of the lexicon is not as it should be."""
