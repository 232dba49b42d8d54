"""Export: the events of a record in formats of the field; what each of them loses is told in ``docs/export.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.export.formats import export

__all__ = ["export"]


def __getattr__(name: str) -> object:
    """Load the writers only when they are first asked for: the command stands in this package."""
    if name == "export":
        from dragoman.export.formats import export

        return export
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
