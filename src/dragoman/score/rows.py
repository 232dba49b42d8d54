"""Rows: what a file of gold cases holds, before it is known what sort of cases they are."""

from __future__ import annotations

import gzip
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from dragoman.domain import BadInput

T = TypeVar("T")


class _Plain(yaml.SafeLoader):
    """YAML in which dates, and words such as "no", are strings."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("null", "merge")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def rows(file: Path, limit: int | None = None) -> Any:
    """What a JSON, JSON lines (also packed with gzip) or YAML file holds; of lines, the first `limit`.

    Raises
    ------
    BadInput
        When the file cannot be read as what its name says.
    """
    try:
        if file.suffix == ".yaml":
            return yaml.load(file.read_text(encoding="utf-8"), Loader=_Plain)
        if file.suffix == ".json":
            return msgspec.json.decode(file.read_bytes())
        opened = gzip.open if file.suffix == ".gz" else open
        with opened(file, "rb") as lines:
            return [msgspec.json.decode(line) for line in islice(lines, limit) if line.strip()]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"{file}, line {line}: {error.problem}") from None
    except (OSError, EOFError, UnicodeDecodeError, yaml.YAMLError, msgspec.DecodeError) as error:
        raise BadInput(f"{file}: {' '.join(str(error).split())}") from None


def converted(file: Path, raw: Any, kind: type[T]) -> T:
    """What a file holds as `kind`.

    Raises
    ------
    BadInput
        When it does not fit; the message names the file and the place in it.
    """
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as error:
        raise BadInput(f"{file}: {error}") from None
