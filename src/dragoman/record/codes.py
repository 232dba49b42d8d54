"""Codes: an event in CAMEO, with Goldstein's intensity and the quad class of its PLOVER type (``codes.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from dragoman import lexicon

DONE = ("happened", "ongoing")


class KindCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes of a kind: done, intended, asked for."""

    cameo: str | None = None
    planned: str | None = None
    requested: str | None = None


class CodeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``codes.yaml``."""

    kinds: dict[str, KindCodes]
    goldstein: dict[str, float]
    quad: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO code with its intensity (-10 to 10); `root` is its first two digits."""

    cameo: str
    goldstein: float

    @property
    def root(self) -> str:
        """CAMEO's root code."""
        return self.cameo[:2]

    @property
    def quad_class(self) -> int:
        """GDELT's quad class: 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict."""
        root = int(self.root)
        return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


@cache
def code_entries() -> CodeFile:
    """Load ``codes.yaml``."""
    return lexicon.entries("codes.yaml", CodeFile)


def code(kind: str, modality: str, polarity: str) -> Code | None:
    """The code of an event; None where CAMEO has none, as for everything that is denied or only possible."""
    entries = code_entries()
    codes = entries.kinds.get(kind, KindCodes())
    if polarity == "denied" and kind != "non-recognition":
        return None
    found = codes.cameo if modality in DONE else {"planned": codes.planned, "requested": codes.requested}.get(modality)
    return Code(found, entries.goldstein[found]) if found else None


@cache
def plover_quad(type_: str) -> str:
    """PLOVER's quad class of a type, in words."""
    return next(name for name, types in code_entries().quad.items() if type_ in types)
